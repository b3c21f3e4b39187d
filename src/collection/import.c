#include "collection/import.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/memory.h"
#include "base/translate.h"
#include "collection/care.h"
#include "collection/replay.h"
#include "collection/search.h"
#include "collection/tree.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* What a row of import_change is about. An empty `before`: the import made it, and all up to the key `upto`. */
enum changed { CHANGED_CARD = 1, CHANGED_NOTE, CHANGED_DECK };

struct importing {
    struct collection *c;
    struct import_options what;
    struct import_report report;
    struct arena arena;             /* of the import */
    struct arena each;              /* of one note */
    int64_t last[CHANGED_DECK + 1]; /* keys when it began */
    int64_t has_log;                /* something is known of cards already */
    int64_t deck;                   /* the last that got a card, and its identity for the log */
    struct str deck_id;
    struct {
        int64_t *items;
        size_t count, capacity;
    } decks; /* that got cards */
};

/* New rows get the keys behind the last one, so what an import makes is a range. */
static bool remember_range(struct importing *import, enum changed what, int64_t after, const char *table_max,
                           struct error *e)
{
    int64_t last;
    struct collection *c = import->c;
    if (!query_number(c, query(c, e, table_max, ""), 0, &last, e))
        return false;
    return last <= after || query_run(c,
                                      query(c, e, "INSERT INTO import_change VALUES (?, ?, ?, ?, '')", "iiii",
                                            import->report.key, (int64_t)what, after + 1, last),
                                      e);
}

static const char *const last_keys[] = {
    [CHANGED_CARD] = "SELECT coalesce(max(key), 0) FROM card",
    [CHANGED_NOTE] = "SELECT coalesce(max(key), 0) FROM note",
    [CHANGED_DECK] = "SELECT coalesce(max(key), 0) FROM deck",
};

static bool remember_new(struct importing *import, struct error *e)
{
    for (enum changed what = CHANGED_CARD; what <= CHANGED_DECK; what++)
        if (!remember_range(import, what, import->last[what], last_keys[what], e))
            return false;
    return true;
}

static bool begin(struct importing *import, struct error *e)
{
    struct collection *c = import->c;
    if (!regime_load(c, e) ||
        !query_run(c,
                   query(c, e,
                         "INSERT INTO import(sha256, file, program, counts, at) VALUES (?, ?, ?, '{}', ?)",
                         "ttti", import->what.sha256, import->what.file, import->what.program,
                         import->what.now.at_ms),
                   e))
        return false;
    import->report.key = sqlite3_last_insert_rowid(c->db);
    for (enum changed what = CHANGED_CARD; what <= CHANGED_DECK; what++)
        if (!query_number(c, query(c, e, last_keys[what], ""), 0, &import->last[what], e))
            return false;
    log_hold(c);
    return query_number(c, query(c, e, "SELECT EXISTS (SELECT 1 FROM event WHERE card_id IS NOT NULL)", ""),
                        0, &import->has_log, e);
}

bool import_begin(struct collection *c, const struct import_options *options, struct importing **ret,
                  struct error *e)
{
    if ((!options->dry_run && !collection_backup_daily(c, options->now, true, e)) || !transaction_begin(c, e))
        return false;
    struct importing *import = memory_alloc(sizeof *import);
    *import = (struct importing){.c = c, .what = *options};
    if (execute(c, "PRAGMA cache_size = -48000", e) && begin(import, e)) {
        *ret = import;
        return true;
    }
    log_release(c, false, NULL);
    free(import);
    return transaction_end(c, false, NULL);
}

bool import_deck(struct importing *import, struct str path, struct str lang, int64_t *ret, struct error *e)
{
    return tree_make(import->c, &import->each, path, lang, (struct str){0}, ret, e);
}

bool import_type(struct importing *import, struct str name, struct str body, int64_t *ret, struct error *e)
{
    struct collection *c = import->c;
    char id[27];
    identity_hash(str_format(&import->each, "%.*s%c%.*s", STR_ARG(name), 0, STR_ARG(body)), id);
    return query_run(c,
                     query(c, e, "INSERT OR IGNORE INTO note_type(id, name, body) VALUES (?, ?, ?)", "stt",
                           id, name, body),
                     e) &&
           query_number(c, query(c, e, "SELECT key FROM note_type WHERE id = ?", "s", id), 0, ret, e);
}

bool import_medium(struct importing *import, struct str sha256, struct str mime, struct str bytes,
                   struct error *e)
{
    struct collection *c = import->c;
    if (!query_run(c, query(c, e, "INSERT OR IGNORE INTO media VALUES (?, ?, ?)", "ttb", sha256, mime, bytes),
                   e))
        return false;
    import->report.media += sqlite3_changes(c->db) > 0;
    return true;
}

/* Notes */

/* kept: of the same moment in another form, e.g. from another version of the program. */
enum note_state { NOTE_NEW, NOTE_SAME, NOTE_KEPT, NOTE_OLDER, NOTE_CHANGED };

static bool look_at_note(struct importing *import, const struct import_note *note, int64_t *ret_key,
                         enum note_state *ret, struct error *e)
{
    struct collection *c = import->c;
    bool row;
    sqlite3_stmt *find = query(c, e,
                               "SELECT key, type = ?2 AND fields = ?3, ?4 > 0 AND mod > ?4, ?4 > 0 AND mod = "
                               "?4 FROM note WHERE guid = ?1",
                               "titi", note->guid, note->type, note->fields, note->mod_ms);
    if (!query_step(c, find, &row, e))
        return false;
    *ret_key = row ? sqlite3_column_int64(find, 0) : 0;
    *ret = !row                          ? NOTE_NEW
           : sqlite3_column_int(find, 1) ? NOTE_SAME
           : sqlite3_column_int(find, 2) ? NOTE_OLDER
           : sqlite3_column_int(find, 3) ? NOTE_KEPT
                                         : NOTE_CHANGED;
    query_done(find);
    return true;
}

static bool insert_note(struct importing *import, const struct import_note *note, int64_t *ret,
                        struct error *e)
{
    struct collection *c = import->c;
    if (!query_run(c,
                   query(c, e, "INSERT INTO note(guid, type, fields, mod, deck) VALUES (?, ?, ?, ?, ?)",
                         "titii", note->guid, note->type, note->fields, note->mod_ms,
                         note->cards.items[0].deck),
                   e))
        return false;
    *ret = sqlite3_last_insert_rowid(c->db);
    import->report.notes++;
    return true;
}

static bool update_note(struct importing *import, const struct import_note *note, int64_t key,
                        struct error *e)
{
    struct collection *c = import->c;
    import->report.notes_changed++;
    return query_run(c,
                     query(c, e,
                           "INSERT OR IGNORE INTO import_change SELECT ?, 2, key, key,"
                           " json_object('type', type, 'fields', fields, 'mod', mod) FROM note WHERE key = ?",
                           "ii", import->report.key, key),
                     e) &&
           query_run(c,
                     query(c, e, "UPDATE note SET type = ?, fields = ?, mod = ? WHERE key = ?", "itii",
                           note->type, note->fields, note->mod_ms, key),
                     e);
}

/* Cards */

/* The columns of a card that come from outside: for writing, for comparing, for keeping what was before. */
#define CONTENT(row)                                                                                         \
    row(kind, 2) row(prompt, 3) row(answer, 4) row(accepted, 5) row(choices, 6) row(items, 7) row(hint, 8)   \
        row(explanation, 9) row(tags, 10) row(image, 11) row(audio, 12) row(tier, 13) row(doubt, 14)
#define KEEP_ROW(name, at) ", '" #name "', " #name
#define SAME_ROW(name, at) " AND " #name " = ?" #at
#define SET_ROW(name, at) #name " = ?" #at ", "
#define RESTORE_ROW(name, at) #name " = before ->> '" #name "', "

static struct str tier_name(const struct card *card)
{
    return card->tier == TIER_REVIEW ? STR("review") : STR("auto");
}

/* Binds a card's content to the statement's parameters 2 to 14. */
static sqlite3_stmt *query_content(struct importing *import, const char *sql, int64_t first,
                                   const struct card *card, struct error *e)
{
    struct arena *arena = &import->each;
    return query(import->c, e, sql, "ittttttttttttt", first, card_kind_name(card->kind), card->prompt,
                 card->answer, list_json(arena, &card->accepted), list_json(arena, &card->choices),
                 list_json(arena, &card->items), card->hint, card->explanation, list_json(arena, &card->tags),
                 card->image, card->audio, tier_name(card), card->doubt);
}

/* Asks the learner's log first: a card that was here before brings its own history. */
static bool has_history(struct importing *import, struct str id, bool *ret, struct error *e)
{
    int64_t events = 0;
    struct collection *c = import->c;
    if (import->has_log &&
        !query_number(c, query(c, e, "SELECT EXISTS (SELECT 1 FROM event WHERE card_id = ?)", "t", id), 0,
                      &events, e))
        return false;
    *ret = events != 0;
    return true;
}

static bool deck_id_of(struct importing *import, int64_t deck, struct error *e)
{
    if (import->deck == deck)
        return true;
    import->deck = deck;
    import->deck_id = deck_identity(import->c, &import->arena, deck);
    for (size_t i = 0; i < import->decks.count; i++)
        if (import->decks.items[i] == deck)
            return true;
    list_push(&import->arena, &import->decks, deck);
    import->report.decks++;
    return import->deck_id.len || fail(e, ERROR_NOT_FOUND, _("that deck is not in the collection any more"));
}

/* The card's history into the log, and into its memory: what a replay of the log would make of it. */
static bool log_history(struct importing *import, const struct import_card *card, struct state *ret,
                        struct error *e)
{
    struct collection *c = import->c;
    struct str id = str_from(card->card->id.text), deck = import->deck_id;
    struct entries entries = {0};
    int64_t now_ms = import->what.now.at_ms;
    list_each (const struct import_event, event, &card->events) {
        struct moment at = {event->at_ms < now_ms ? event->at_ms : now_ms, import->what.now.tz_min};
        struct entry entry;
        bool ok = event->past ? log_append_past(c, event->kind, deck, id, event->body, at, &entry, e)
                              : log_append(c, event->kind, deck, id, event->body, at, &entry, e);
        if (!ok)
            return false;
        import->report.reviews += event->kind == EVENT_GRADE;
        list_push(&import->each, &entries, entry);
    }
    log_settle(&entries, c);
    *ret = state_replay(c, &entries);
    return true;
}

static bool make_row(struct importing *import, const struct import_card *card, int64_t key, int64_t note,
                     bool asked, struct error *e)
{
    struct collection *c = import->c;
    return query_run(
        c,
        query(c, e,
              "INSERT INTO memory(card, deck, sibling, position, wave, asked) VALUES (?, ?, ?, ?, 2, ?)",
              "iiiii", key, card->deck, note * 2 + 1, card->position, (int64_t)asked),
        e);
}

/* The memory of a card that was made just now. */
static bool make_memory(struct importing *import, const struct import_card *card, int64_t key, int64_t note,
                        struct error *e)
{
    bool known, review = card->card->tier == TIER_REVIEW;
    if (!has_history(import, str_from(card->card->id.text), &known, e) ||
        !make_row(import, card, key, note, !review, e))
        return false;
    if (known)
        return card_refresh(import->c, key, e);
    if (!card->events.count)
        return true;
    struct state state;
    struct card_place place = {.card = key,
                               .deck = card->deck,
                               .id = str_from(card->card->id.text),
                               .deck_id = import->deck_id,
                               .present = true,
                               .review = review,
                               .made = true,
                               .status = review ? STR("draft") : STR("active")};
    return log_history(import, card, &state, e) && state_write(import->c, &place, &state, e);
}

static bool index_new(struct importing *import, int64_t key, const struct card *card, struct error *e)
{
    struct collection *c = import->c;
    return query_run(c,
                     query(c, e, "INSERT INTO search(rowid, prompt, answer, tags) VALUES (?, ?, ?, ?)",
                           "ittt", key, card->prompt, card->answer, list_json(&import->each, &card->tags)),
                     e);
}

static bool insert_card(struct importing *import, const struct import_card *card, int64_t note,
                        struct error *e)
{
    struct collection *c = import->c;
    const struct card *words = card->card;
    /* Positions of chapters begin with the chapter's number; imported cards stand in the order of their file. */
    sqlite3_stmt *insert = query_content(import,
                                         "INSERT INTO card(deck, kind, prompt, answer, accepted, choices, "
                                         "items, hint, explanation, tags, image, audio,"
                                         " tier, doubt, status, id, note, position, lang, made_at) VALUES "
                                         "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                                         " ?, ?, ?, ?, ?, ?)",
                                         card->deck, words, e);
    if (!insert)
        return false;
    sqlite3_bind_text(insert, 15, words->tier == TIER_REVIEW ? "draft" : "active", -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 16, words->id.text, 26, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 17, note);
    sqlite3_bind_int64(insert, 18, card->position);
    sqlite3_bind_text(insert, 19, words->lang.ptr ? words->lang.ptr : "", (int)words->lang.len,
                      SQLITE_STATIC);
    sqlite3_bind_int64(insert, 20, import->what.now.at_ms);
    if (!query_run(c, insert, e))
        return false;
    int64_t key = sqlite3_last_insert_rowid(c->db);
    import->report.cards++;
    import->report.drafts += words->tier == TIER_REVIEW;
    return index_new(import, key, words, e) && make_memory(import, card, key, note, e);
}

/* A card whose deck is gone goes into the one it came with; else it stays where the learner has it. */
static bool restore_card(struct importing *import, const struct import_card *card, int64_t key, bool *ret,
                         struct error *e)
{
    struct collection *c = import->c;
    sqlite3_stmt *restore =
        query(c, e,
              "UPDATE card SET present = 1, deck = CASE WHEN (SELECT deleted_at FROM deck WHERE"
              " key = card.deck) IS NULL THEN deck ELSE ?2 END WHERE key = ?1 AND (present = 0 OR"
              " (SELECT deleted_at FROM deck WHERE key = card.deck) IS NOT NULL)",
              "ii", key, card->deck);
    if (!query_run(c, restore, e))
        return false;
    *ret = sqlite3_changes(c->db) > 0;
    if (!*ret)
        return true;
    return query_run(c,
                     query(c, e, "INSERT OR IGNORE INTO import_change VALUES (?1, 1, ?2, ?2, '')", "ii",
                           import->report.key, key),
                     e) &&
           query_run(
               c,
               query(c, e,
                     "UPDATE memory SET (deck, sibling, position, wave) = (SELECT deck, coalesce(fact * 2,"
                     " note * 2 + 1, 0), position, wave FROM card WHERE key = ?1) WHERE card = ?1",
                     "i", key),
               e);
}

static bool rewrite_card(struct importing *import, const struct card *words, int64_t key, bool *ret,
                         struct error *e)
{
    struct collection *c = import->c;
    sqlite3_stmt *keep = query_content(
        import,
        "INSERT OR IGNORE INTO import_change SELECT ?15, 1, key, key, json_object('present', present" CONTENT(
            KEEP_ROW) ") FROM card WHERE key = ?1 AND NOT (1" CONTENT(SAME_ROW) ")",
        key, words, e);
    if (!keep)
        return false;
    sqlite3_bind_int64(keep, 15, import->report.key);
    if (!query_run(c, keep, e))
        return false;
    *ret = sqlite3_changes(c->db) > 0;
    return !*ret ||
           query_run(c,
                     query_content(import,
                                   "UPDATE card SET " CONTENT(SET_ROW) "made_at = made_at WHERE key = ?1",
                                   key, words, e),
                     e);
}

static bool import_known(struct importing *import, const struct import_card *card, int64_t key,
                         bool keep_words, struct error *e)
{
    bool restored = false, rewritten = false;
    if ((!keep_words && !rewrite_card(import, card->card, key, &rewritten, e)) ||
        !restore_card(import, card, key, &restored, e))
        return false;
    import->report.cards_restored += restored;
    import->report.cards_changed += rewritten && !restored;
    import->report.cards_same += !rewritten && !restored;
    return (!rewritten || search_update(import->c, key, e)) &&
           (!(rewritten || restored) || card_refresh(import->c, key, e));
}

static bool import_card(struct importing *import, const struct import_card *card, int64_t note,
                        enum note_state state, struct error *e)
{
    struct collection *c = import->c;
    bool row;
    if (!deck_id_of(import, card->deck, e))
        return false;
    if (state == NOTE_NEW)
        return insert_card(import, card, note, e);
    sqlite3_stmt *find =
        query(c, e,
              "SELECT key, note IS NULL FROM card WHERE id = coalesce((SELECT new FROM key_alias WHERE"
              " old = ?1), ?1)",
              "s", card->card->id.text);
    if (!query_step(c, find, &row, e))
        return false;
    if (!row)
        return insert_card(import, card, note, e);
    int64_t key = sqlite3_column_int64(find, 0);
    bool own = sqlite3_column_int(find, 1);
    query_done(find);
    import->report.own += own;
    return own || import_known(import, card, key, state == NOTE_OLDER || state == NOTE_KEPT, e);
}

/* Whether all the note's cards are this collection's own, from its chapters: such a note has nothing to say. */
static bool is_own(struct importing *import, const struct import_note *note, bool *ret, struct error *e)
{
    struct collection *c = import->c;
    int64_t own = 0;
    *ret = false;
    if (note->cards.count != 1 || !str_equal(note->guid, str_from(note->cards.items[0].card->id.text)))
        return true;
    if (!query_number(c,
                      query(c, e, "SELECT EXISTS (SELECT 1 FROM card WHERE id = ? AND note IS NULL)", "s",
                            note->cards.items[0].card->id.text),
                      0, &own, e))
        return false;
    import->report.own += own != 0;
    *ret = own != 0;
    return true;
}

bool import_note(struct importing *import, const struct import_note *note, struct error *e)
{
    int64_t key = 0;
    enum note_state state = NOTE_NEW;
    bool own, ok = is_own(import, note, &own, e);
    if (!ok || own)
        return ok;
    ok = look_at_note(import, note, &key, &state, e);
    if (ok && state == NOTE_NEW)
        ok = insert_note(import, note, &key, e);
    else if (ok && state == NOTE_CHANGED)
        ok = update_note(import, note, key, e);
    import->report.notes_same += state == NOTE_SAME || state == NOTE_KEPT;
    import->report.notes_older += state == NOTE_OLDER;
    list_each (const struct import_card, card, &note->cards)
        ok = ok && import_card(import, card, key, state, e);
    arena_reset(&import->each);
    return ok;
}

/* The end */

static bool changed_anything(const struct import_report *r)
{
    return r->notes + r->notes_changed + r->cards + r->cards_changed + r->cards_restored + r->media > 0;
}

static bool write_counts(struct importing *import, struct error *e)
{
    struct collection *c = import->c;
    const struct import_report *r = &import->report;
    if (!changed_anything(r))
        return query_run(c, query(c, e, "DELETE FROM import_change WHERE import = ?", "i", r->key), e) &&
               query_run(c, query(c, e, "DELETE FROM import WHERE key = ?", "i", r->key), e);
    if (!remember_new(import, e))
        return false;
    struct buffer body = {0};
    buffer_format(
        &body,
        "{\"import\":%lld,\"sha256\":\"%.*s\",\"notes\":%d,\"changed\":%d,\"cards\":%d,\"reviews\":%d,",
        (long long)r->key, STR_ARG(import->what.sha256), r->notes, r->notes_changed, r->cards, r->reviews);
    buffer_add(&body, STR("\"file\":"));
    buffer_add_json(&body, import->what.file);
    buffer_add_char(&body, '}');
    bool ok =
        log_append(c, EVENT_IMPORT, (struct str){0}, (struct str){0}, buffer_str(&body), import->what.now,
                   NULL, e) &&
        query_run(
            c, query(c, e, "UPDATE import SET counts = ? WHERE key = ?", "ti", buffer_str(&body), r->key), e);
    buffer_finish(&body);
    return ok;
}

static bool list_paths(struct importing *import, struct arena *arena, struct error *e)
{
    struct tree tree;
    if (!tree_load(import->c, &import->arena, &tree, e))
        return false;
    list_each (struct tree_node, node, &tree)
        for (size_t i = 0; i < import->decks.count; i++)
            if (import->decks.items[i] == node->key)
                list_push(arena, &import->report.deck_paths, str_copy(arena, node->path));
    return true;
}

bool import_end(struct importing *import, struct arena *arena, bool ok, struct import_report *ret,
                struct error *e)
{
    if (!import)
        return false;
    ok = log_release(import->c, ok && write_counts(import, e) && list_paths(import, arena, e), e);
    bool done = transaction_end(import->c, ok && !import->what.dry_run, e);
    ok = ok && (done || import->what.dry_run);
    if (ok)
        *ret = import->report;
    regime_forget(import->c);
    execute(import->c, "PRAGMA cache_size = -16000", NULL);
    arena_finish(&import->each);
    arena_finish(&import->arena);
    free(import);
    return ok;
}

/* Taking back */

bool import_list(struct collection *c, struct arena *arena, struct import_rows *ret, struct error *e)
{
    bool row, ok;
    *ret = (struct import_rows){0};
    sqlite3_stmt *rows =
        query(c, e, "SELECT key, at, file, sha256, counts, undone FROM import ORDER BY key DESC", "");
    while ((ok = query_step(c, rows, &row, e)) && row)
        list_push(arena, ret,
                  (struct import_row){
                      .key = sqlite3_column_int64(rows, 0),
                      .at_ms = sqlite3_column_int64(rows, 1),
                      .file = column_copy(arena, rows, 2),
                      .sha256 = column_copy(arena, rows, 3),
                      .counts = column_copy(arena, rows, 4),
                      .undone = sqlite3_column_int(rows, 5),
                  });
    return ok;
}

bool import_revert(struct collection *c, int64_t key, struct moment now, struct error *e)
{
    struct arena arena = {0};
    struct {
        int64_t *items;
        size_t count, capacity;
    } cards = {0};
    bool row, ok;
    sqlite3_stmt *changed = query(
        c, e,
        "SELECT c.key FROM import_change i JOIN card c ON c.key BETWEEN i.key AND i.upto WHERE import = ?"
        " AND what = 1",
        "i", key);
    while ((ok = query_step(c, changed, &row, e)) && row)
        list_push(&arena, &cards, sqlite3_column_int64(changed, 0));
    ok = ok &&
         query_run(
             c,
             query(c, e,
                   "UPDATE card SET present = 0 FROM import_change AS i WHERE i.import = ? AND what = 1 AND"
                   " card.key BETWEEN i.key AND i.upto AND before = ''",
                   "i", key),
             e) &&
         query_run(c,
                   query(c, e,
                         "UPDATE card SET " CONTENT(
                             RESTORE_ROW) "present = before ->> 'present' FROM import_change AS i WHERE"
                                          " i.import = ? AND what = 1 AND i.key = card.key AND before <> ''",
                         "i", key),
                   e) &&
         query_run(c,
                   query(c, e,
                         "UPDATE note SET type = before ->> 'type', fields = before ->> 'fields', mod = "
                         "before ->> 'mod'"
                         " FROM import_change AS i WHERE i.import = ? AND what = 2 AND i.key = note.key AND"
                         " before <> ''",
                         "i", key),
                   e) &&
         query_run(c, query(c, e, "UPDATE import SET undone = 1 WHERE key = ?", "i", key), e);
    for (size_t i = 0; ok && i < cards.count; i++)
        ok = search_update(c, cards.items[i], e) && card_refresh(c, cards.items[i], e);
    /* The deepest first, so that a parent is found empty when its children are gone. */
    ok = ok &&
         query_run(
             c,
             query(
                 c, e,
                 "UPDATE deck SET deleted_at = ?2 FROM import_change AS i WHERE i.import = ?1 AND what = 3"
                 " AND deck.key BETWEEN i.key AND i.upto AND NOT EXISTS (WITH RECURSIVE below(key) AS (SELECT"
                 " deck.key UNION SELECT d.key FROM deck d JOIN below b ON d.parent = b.key) SELECT 1"
                 " FROM card WHERE present = 1 AND deck IN (SELECT key FROM below))",
                 "ii", key, now.at_ms),
             e);
    arena_finish(&arena);
    return ok;
}

/* The event that tells of the import, for the undo that takes it back. */
static bool log_undo(struct collection *c, int64_t key, struct moment now, struct error *e)
{
    struct arena arena = {0};
    int64_t seq;
    bool ok =
        query_number(c,
                     query(c, e,
                           "SELECT seq FROM event WHERE device = ? AND kind = 11 AND body ->> 'import' = ?"
                           " ORDER BY seq DESC LIMIT 1",
                           "ii", c->device, key),
                     0, &seq, e);
    if (ok && seq)
        ok = log_append(c, EVENT_UNDO, (struct str){0}, (struct str){0},
                        str_format(&arena, "{\"device\":\"%s\",\"seq\":%lld}", c->device_id, (long long)seq),
                        now, NULL, e);
    arena_finish(&arena);
    return ok;
}

static bool find_import(struct collection *c, struct arena *arena, int64_t key, struct import_row *ret,
                        struct error *e)
{
    struct import_rows rows;
    if (!import_list(c, arena, &rows, e))
        return false;
    list_each (struct import_row, row, &rows) {
        if (row->undone || (key && row->key != key))
            continue;
        *ret = *row;
        return true;
    }
    return fail(e, ERROR_NOT_FOUND, _("there is no import to take back"));
}

bool import_undo(struct collection *c, int64_t key, struct moment now, struct import_row *ret,
                 struct arena *arena, struct error *e)
{
    struct import_row row;
    if (!transaction_begin(c, e))
        return false;
    bool ok = regime_load(c, e) && find_import(c, arena, key, &row, e) && import_revert(c, row.key, now, e) &&
              log_undo(c, row.key, now, e);
    if (!transaction_end(c, ok, e))
        return false;
    *ret = row;
    return true;
}

bool collection_medium(struct collection *c, struct arena *arena, struct str sha256, struct str *ret_mime,
                       struct str *ret_bytes, struct error *e)
{
    bool row;
    sqlite3_stmt *find = query(c, e, "SELECT mime, bytes FROM media WHERE sha256 = ?", "t", sha256);
    if (!query_step(c, find, &row, e))
        return false;
    if (!row)
        return fail(e, ERROR_NOT_FOUND, _("that picture or sound is not in the collection"));
    *ret_mime = column_copy(arena, find, 0);
    *ret_bytes = column_copy(arena, find, 1);
    query_done(find);
    return true;
}
