#include "collection/add.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/translate.h"
#include "collection/adding.h"
#include "collection/context.h"
#include "collection/replay.h"
#include "collection/search.h"
#include "collection/tree.h"
#include "document/document.h"
#include "text/text.h"

#include <sqlite3.h>
#include <string.h>

enum { ESSENTIAL = 12, MORE = 30 };

/* A text that passages stand in. */
struct text {
    struct str title, lang, path, source;
    bool renamed; /* may have been moved and edited: then its title tells */
};

/* A chapter is known by its place, else by its bytes (it was moved), else by its title in its book (moved and edited). */
static bool find_chapter(struct adding *add, const struct text *text, struct str sha, int64_t *ret)
{
    struct collection *c = add->c;
    struct error *e = add->e;
    return query_number(c,
                        query(c, e, "SELECT key FROM chapter WHERE book = ? AND path = ?", "tt", add->scope,
                              text->path),
                        0, ret, e) &&
           (*ret || text->path.len == 0 ||
            query_number(
                c,
                query(c, e, "SELECT key FROM chapter WHERE book = ? AND sha256 = ?", "tt", add->scope, sha),
                0, ret, e)) &&
           (*ret || text->path.len == 0 || !text->renamed ||
            query_number(c,
                         query(c, e, "SELECT key FROM chapter WHERE book = ? AND title = ?", "tt", add->scope,
                               text->title),
                         0, ret, e));
}

static bool save_text(struct adding *add, const struct text *text, int64_t *ret_key, bool *ret_changed)
{
    char sha[65];
    sha256_hex(text->source, sha);
    if (!find_chapter(add, text, str_from(sha), ret_key))
        return false;
    struct collection *c = add->c;
    if (*ret_key) {
        sqlite3_stmt *update = query(
            c, add->e,
            "UPDATE chapter SET title = ?1, lang = ?2, path = ?3, sha256 = ?4, source = ?5, imported_at = ?6"
            " WHERE key = ?7 AND (sha256 <> ?4 OR path <> ?3 OR title <> ?1 OR lang <> ?2)",
            "tttsbii", text->title, text->lang, text->path, sha, text->source, add->now.at_ms, *ret_key);
        if (!query_run(c, update, add->e))
            return false;
        *ret_changed = sqlite3_changes(c->db) > 0;
        return true;
    }
    *ret_changed = true;
    if (!query_run(c,
                   query(c, add->e,
                         "INSERT INTO chapter(book, title, lang, path, sha256, source, imported_at)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?)",
                         "ttttsbi", add->scope, text->title, text->lang, text->path, sha, text->source,
                         add->now.at_ms),
                   add->e))
        return false;
    *ret_key = sqlite3_last_insert_rowid(c->db);
    return true;
}

static struct str kept_path(const struct adding *add, struct str path)
{
    const struct addition *what = add->what;
    if (!what->folder.len || !str_starts(path, what->folder))
        return path;
    return str_format(add->arena, "%.*s%.*s", STR_ARG(what->folder_name),
                      STR_ARG(str_slice(path, what->folder.len, path.len)));
}

/* The chapter or deck file itself, and the chapters that a deck file quotes. */
static bool save_chapters(struct adding *add)
{
    const struct addition *what = add->what;
    struct text own = {add->title, add->lang, kept_path(add, what->path), what->source, true};
    bool changed;
    if (!save_text(add, &own, &add->chapter, &changed))
        return false;
    add->sources = arena_array(add->arena, what->source_count, sizeof *add->sources);
    for (size_t i = 0; i < what->source_count; i++) {
        const struct document *doc = what->sources[i];
        struct text quoted = {doc->title, doc->lang, kept_path(add, doc->path), doc->source, false};
        if (!save_text(add, &quoted, &add->sources[i], &changed))
            return false;
    }
    return true;
}

/* What the collection keeps of a card's words, as it stands in the row. */
struct kept {
    int64_t key;
    bool present, review;
    struct str kind, prompt, answer, accepted, choices, items, hint, explanation, tags, value, image, audio;
};

static bool read_kept(struct adding *add, struct str id, struct kept *ret)
{
    bool row;
    sqlite3_stmt *find = query(
        add->c, add->e,
        "SELECT key, present, kind, prompt, answer, accepted, choices, items, hint, explanation,"
        " tags, value, image, audio, tier = 'review' FROM card WHERE id = coalesce((SELECT new FROM key_alias"
        " WHERE old = ?1), ?1)",
        "t", id);
    *ret = (struct kept){0};
    if (!query_step(add->c, find, &row, add->e))
        return false;
    if (!row)
        return true;
    ret->key = sqlite3_column_int64(find, 0);
    ret->present = sqlite3_column_int(find, 1);
    struct str *const fields[] = {&ret->kind,    &ret->prompt, &ret->answer, &ret->accepted,
                                  &ret->choices, &ret->items,  &ret->hint,   &ret->explanation,
                                  &ret->tags,    &ret->value,  &ret->image,  &ret->audio};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        *fields[i] = column_copy(add->arena, find, (int)i + 2);
    ret->review = sqlite3_column_int(find, (int)(sizeof fields / sizeof *fields) + 2);
    query_done(find);
    return true;
}

static struct kept kept_of(struct arena *arena, const struct card *card)
{
    return (struct kept){.kind = card_kind_name(card->kind),
                         .prompt = card->prompt,
                         .answer = card->answer,
                         .accepted = list_json(arena, &card->accepted),
                         .choices = list_json(arena, &card->choices),
                         .items = list_json(arena, &card->items),
                         .hint = card->hint,
                         .explanation = card->explanation,
                         .tags = list_json(arena, &card->tags),
                         .value = card->value,
                         .image = card->image,
                         .audio = card->audio};
}

static bool is_same(const struct kept *a, const struct kept *b)
{
    return str_equal(a->kind, b->kind) && str_equal(a->prompt, b->prompt) &&
           str_equal(a->answer, b->answer) && str_equal(a->accepted, b->accepted) &&
           str_equal(a->choices, b->choices) && str_equal(a->items, b->items) &&
           str_equal(a->hint, b->hint) && str_equal(a->explanation, b->explanation) &&
           str_equal(a->tags, b->tags) && str_equal(a->image, b->image) && str_equal(a->audio, b->audio);
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
            return true;
    return false;
}

static bool accepts(struct adding *add, const struct str_list *accepted, struct str answer)
{
    struct str wanted = text_fold_key(add->arena, answer);
    for (size_t i = 0; i < accepted->count; i++)
        if (str_equal(text_fold_key(add->arena, accepted->items[i]), wanted))
            return true;
    return false;
}

/* Another spelling of what was learnt is no other answer: the same value, a form that either edition accepts, or a
 * slip of the pen in a word of some length. */
static bool is_other_answer(struct adding *add, const struct kept *old, const struct card *card)
{
    if (str_equal(old->answer, card->answer))
        return false;
    if (old->value.len && card->value.len)
        return !str_equal(old->value, card->value);
    struct str a = text_fold_key(add->arena, old->answer), b = text_fold_key(add->arena, card->answer);
    if (str_equal(a, b) || accepts(add, &card->accepted, old->answer))
        return false;
    struct str_list before;
    if (list_from_json(add->c, add->arena, old->accepted, &before, NULL) &&
        accepts(add, &before, card->answer))
        return false;
    bool slip = a.len >= 6 && !has_digit(a) && !has_digit(b) && text_distance(a, b, 1) <= 1;
    return !slip;
}

static void report_change(struct adding *add, enum change_kind kind, const struct card *card,
                          bool answer_changed, struct str old_answer)
{
    list_push(add->arena, &add->report->changes,
              (struct change){kind, card->id, answer_changed, card->prompt, card->answer, old_answer});
}

static int64_t wave_of(size_t rank)
{
    return rank < ESSENTIAL ? 0 : rank < MORE ? 1 : 2;
}

/* Chapters in the order they came, within one the order of the text. */
static int64_t position_of(const struct adding *add, const struct card *card, size_t rank)
{
    int64_t within = card->source.line > 0 ? (int64_t)card->source.start : (int64_t)rank;
    return (add->chapter << 32) + (within & 0xFFFFFFFF);
}

static bool insert_card(struct adding *add, const struct card *card, const struct kept *words, size_t rank,
                        int64_t *ret)
{
    struct collection *c = add->c;
    sqlite3_stmt *insert = query(
        c, add->e,
        "INSERT INTO card(id, deck, fact, kind, prompt, answer, accepted, choices, items, hint, explanation, "
        "tags,"
        " status, position, lang, relation, subject, object, value, confidence, rule, doubt, image, audio, "
        "tier, wave,"
        " made_at) VALUES (?, ?, (SELECT key FROM fact WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, 'draft', ?, "
        "?, ?, ?,"
        " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "sisttttttttt"
        "itttttdttttsii",
        card->id.text, add->deck, card->fact.text, words->kind, words->prompt, words->answer, words->accepted,
        words->choices, words->items, words->hint, words->explanation, words->tags,
        position_of(add, card, rank), card->lang.len ? card->lang : add->lang, card->relation, card->subject,
        card->object, card->value, card->confidence, card->rule, card->doubt, words->image, words->audio,
        card->tier == TIER_REVIEW ? "review" : "auto", wave_of(rank), add->now.at_ms);
    if (!query_run(c, insert, add->e))
        return false;
    *ret = sqlite3_last_insert_rowid(c->db);
    return true;
}

/* Writes what differs; a row that says the same already is not touched. */
static bool update_card(struct adding *add, const struct card *card, const struct kept *words, int64_t key,
                        size_t rank, bool *ret_touched)
{
    struct collection *c = add->c;
    sqlite3_stmt *update = query(
        c, add->e,
        "UPDATE card SET kind = ?2, prompt = ?3, answer = ?4, accepted = ?5, choices = ?6, items = ?7, hint "
        "= ?8,"
        " explanation = ?9, tags = ?10, lang = ?11, relation = ?12, subject = ?13, object = ?14, value = ?15,"
        " confidence = ?16, rule = ?17, doubt = ?18, image = ?19, audio = ?20, tier = ?21, present = 1,"
        " wave = CASE WHEN deck = ?22 THEN ?23 ELSE wave END,"
        " position = CASE WHEN deck = ?22 THEN ?24 ELSE position END,"
        " fact = coalesce((SELECT key FROM fact WHERE id = ?25), fact)"
        " WHERE key = ?1 AND NOT (kind = ?2 AND prompt = ?3 AND answer = ?4 AND accepted = ?5 AND choices = "
        "?6 AND"
        " items = ?7 AND hint = ?8 AND explanation = ?9 AND tags = ?10 AND lang = ?11 AND relation = ?12 AND"
        " subject = ?13 AND object = ?14 AND value = ?15 AND confidence = ?16 AND rule = ?17 AND doubt = ?18 "
        "AND"
        " image = ?19 AND audio = ?20 AND tier = ?21 AND present = 1 AND"
        " (deck <> ?22 OR wave = ?23 AND position = ?24) AND"
        " fact IS coalesce((SELECT key FROM fact WHERE id = ?25), fact))",
        "ittttttttttttttdtttt"
        "siiis",
        key, words->kind, words->prompt, words->answer, words->accepted, words->choices, words->items,
        words->hint, words->explanation, words->tags, card->lang.len ? card->lang : add->lang, card->relation,
        card->subject, card->object, card->value, card->confidence, card->rule, card->doubt, words->image,
        words->audio, card->tier == TIER_REVIEW ? "review" : "auto", add->deck, wave_of(rank),
        position_of(add, card, rank), card->fact.text);
    if (!query_run(c, update, add->e))
        return false;
    *ret_touched = sqlite3_changes(c->db) > 0;
    return !*ret_touched ||
           query_run(
               c,
               query(c, add->e,
                     "UPDATE memory SET (deck, sibling, position, wave) = (SELECT deck, coalesce(fact * 2,"
                     " note * 2 + 1, 0), position, wave FROM card WHERE key = ?1) WHERE card = ?1",
                     "i", key),
               add->e);
}

/* A card keeps one passage a chapter; without a place it only belongs there. */
static bool save_passage_in(struct adding *add, int64_t chapter, const struct source *source,
                            const struct context *at, int64_t key, bool *ret_moved)
{
    struct collection *c = add->c;
    sqlite3_stmt *save =
        query(c, add->e,
              "INSERT INTO passage(card, chapter, start, \"end\", line, \"column\", section, before, text, "
              "mark_start,"
              " mark_end) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
              " ON CONFLICT(card, chapter) WHERE card IS NOT NULL DO UPDATE SET start = ?3, \"end\" = ?4, "
              "line = ?5,"
              " \"column\" = ?6, section = ?7, before = ?8, text = ?9, mark_start = ?10, mark_end = ?11, "
              "current = 1"
              " WHERE NOT (start = ?3 AND \"end\" = ?4 AND line = ?5 AND \"column\" = ?6 AND section = ?7 "
              "AND before = ?8"
              " AND text = ?9 AND mark_start = ?10 AND mark_end = ?11 AND current = 1)",
              "iiiiiitttii", key, chapter, (int64_t)source->start, (int64_t)source->end,
              (int64_t)source->line, (int64_t)source->column, at->section, at->before, at->text,
              (int64_t)at->mark_start, (int64_t)at->mark_end);
    if (!query_run(c, save, add->e))
        return false;
    *ret_moved = sqlite3_changes(c->db) > 0;
    return true;
}

static struct context context_in(struct adding *add, const struct document *doc, const struct source *source)
{
    if (doc && source->line > 0)
        return context_of(add->arena, doc, (struct span){source->start, source->end}, source->quote);
    return (struct context){.line = source->line, .text = source->quote, .mark_end = source->quote.len};
}

static bool save_passage(struct adding *add, const struct card *card, int64_t key, bool *ret_moved)
{
    const struct addition *what = add->what;
    struct source nowhere = {0};
    for (size_t i = 0; i < what->source_count; i++) {
        if (!str_equal(what->sources[i]->path, card->source.file))
            continue;
        struct context at = context_in(add, what->sources[i], &card->source), none = {0};
        bool belongs;
        return save_passage_in(add, add->sources[i], &card->source, &at, key, ret_moved) &&
               save_passage_in(add, add->chapter, &nowhere, &none, key, &belongs);
    }
    struct context at = context_in(add, what->document, &card->source);
    return save_passage_in(add, add->chapter, &card->source, &at, key, ret_moved);
}

/* What was remembered was the old answer: the card starts anew, today; its history stays in the log. */
static bool relearn(struct adding *add, int64_t key)
{
    struct arena arena = {0};
    struct state state;
    struct card_place place;
    bool ok = state_read(add->c, &arena, key, &state, &place, add->e);
    if (ok && state.standing.reps > 0)
        ok = card_event(add->c, &place, &state, EVENT_RESET, STR("{\"why\":\"answer\"}"), add->now, add->e);
    arena_finish(&arena);
    return ok;
}

static bool add_new(struct adding *add, const struct card *card, const struct kept *words, size_t rank)
{
    int64_t key;
    bool moved;
    if (!insert_card(add, card, words, rank, &key) || !save_passage(add, card, key, &moved) ||
        !search_update(add->c, key, add->e) || !card_refresh(add->c, key, add->e))
        return false;
    add->report->fresh++;
    report_change(add, CHANGE_NEW, card, false, (struct str){0});
    return true;
}

static bool add_known(struct adding *add, const struct card *card, const struct kept *old,
                      const struct kept *words, size_t rank)
{
    const struct edition fields[] = {{"prompt", old->prompt, words->prompt},
                                     {"answer", old->answer, words->answer},
                                     {"hint", old->hint, words->hint},
                                     {"explanation", old->explanation, words->explanation}};
    bool other = is_other_answer(add, old, card), same = is_same(old, words), touched, moved,
         own_answer = false;
    if (!same &&
        !adding_differences(add, old->key, card->prompt, fields, sizeof fields / sizeof *fields, &own_answer))
        return false;
    if (!update_card(add, card, words, old->key, rank, &touched) ||
        !save_passage(add, card, old->key, &moved))
        return false;
    if (touched && (!search_update(add->c, old->key, add->e) || !card_refresh(add->c, old->key, add->e)))
        return false;
    if (other && !own_answer && !relearn(add, old->key))
        return false;
    struct add_report *report = add->report;
    if (!old->present) {
        report->restored++;
        report_change(add, CHANGE_RESTORED, card, other, old->answer);
    } else if (!same) {
        report->changed++;
        report_change(add, CHANGE_CHANGED, card, other, old->answer);
    } else {
        report->unchanged++;
        if (moved)
            report_change(add, CHANGE_MOVED, card, false, (struct str){0});
    }
    return true;
}

static bool add_card(struct adding *add, const struct card *made, size_t rank)
{
    if (made->id.text[0] == 0)
        return fail(add->e, ERROR_SYNTAX, _("a card without identity cannot be kept: \"%.*s\""),
                    STR_ARG(made->prompt));
    struct kept old, words = kept_of(add->arena, made);
    if (!adding_medium(add, made->image, &words.image) || !adding_medium(add, made->audio, &words.audio) ||
        !read_kept(add, str_from(made->id.text), &old))
        return false;
    struct card card = adding_doubted(add, made, old.key && !old.review);
    add->report->drafts += card.tier == TIER_REVIEW;
    bool ok = old.key ? add_known(add, &card, &old, &words, rank) : add_new(add, &card, &words, rank);
    return ok &&
           query_run(
               add->c,
               query(add->c, add->e,
                     "INSERT OR IGNORE INTO seen SELECT key FROM card WHERE id = coalesce((SELECT new FROM"
                     " key_alias WHERE old = ?1), ?1)",
                     "s", card.id.text),
               add->e);
}

static bool retire_card(struct adding *add, int64_t key, const struct card *card)
{
    struct collection *c = add->c;
    add->report->retired++;
    report_change(add, CHANGE_RETIRED, card, false, card->answer);
    return query_run(c, query(c, add->e, "UPDATE card SET present = 0 WHERE key = ?", "i", key), add->e) &&
           card_refresh(c, key, add->e);
}

/* Cards of this chapter that were not seen lose their place in it; those without any other are retired. Drafts from
 * elsewhere are no part of the chapter and stay. */
static bool retire_missing(struct adding *add)
{
    struct collection *c = add->c;
    struct arena *arena = add->arena;
    struct {
        int64_t *items;
        size_t count, capacity;
    } keys = {0};
    sqlite3_stmt *missing = query(
        c, add->e,
        "SELECT card FROM passage WHERE chapter = ? AND card IS NOT NULL AND current = 1 AND"
        " card NOT IN (SELECT card FROM seen) AND card NOT IN (SELECT key FROM card WHERE rule = 'draft')",
        "i", add->chapter);
    bool row, ok;
    while ((ok = query_step(c, missing, &row, add->e)) && row)
        list_push(arena, &keys, sqlite3_column_int64(missing, 0));
    for (size_t i = 0; ok && i < keys.count; i++) {
        int64_t key = keys.items[i], elsewhere = 0;
        /* What a deck file quotes for a card goes with the card. */
        ok = query_run(
                 c,
                 query(c, add->e,
                       "UPDATE passage SET current = 0 WHERE card = ?1 AND (chapter = ?2 OR ?3 AND chapter IN"
                       " (SELECT key FROM chapter WHERE book = ?4))",
                       "iiit", key, add->chapter, (int64_t)add->what->deck_file, add->scope),
                 add->e) &&
             query_number(
                 c, query(c, add->e, "SELECT count(*) FROM passage WHERE card = ? AND current = 1", "i", key),
                 0, &elsewhere, add->e);
        if (!ok || elsewhere)
            continue;
        struct card card = {0};
        sqlite3_stmt *words = query(c, add->e, "SELECT id, prompt, answer FROM card WHERE key = ?", "i", key);
        ok = query_step(c, words, &row, add->e);
        if (ok && row) {
            memcpy(card.id.text, column_text(words, 0).ptr, 26);
            card.prompt = column_copy(arena, words, 1);
            card.answer = column_copy(arena, words, 2);
            query_done(words);
        }
        ok = ok && retire_card(add, key, &card);
    }
    return ok;
}

static bool log_import(struct adding *add)
{
    const struct add_report *r = add->report;
    if (r->fresh + r->changed + r->retired + r->restored == 0)
        return true;
    struct buffer body = {0};
    buffer_add(&body, STR("{\"path\":"));
    buffer_add_json(&body, kept_path(add, add->what->path));
    buffer_format(&body, ",\"new\":%d,\"changed\":%d,\"retired\":%d,\"restored\":%d}", r->fresh, r->changed,
                  r->retired, r->restored);
    struct str deck = deck_identity(add->c, add->arena, add->deck);
    bool ok =
        log_append(add->c, EVENT_IMPORT, deck, (struct str){0}, buffer_str(&body), add->now, NULL, add->e);
    buffer_finish(&body);
    return ok;
}

static bool add_all(struct adding *add)
{
    if (!tree_make(add->c, add->arena, add->what->deck, add->lang, kept_path(add, add->what->path),
                   &add->deck, add->e) ||
        !save_chapters(add) || !adding_doubts(add) || !adding_facts(add))
        return false;
    bool ok = query_run(add->c, query(add->c, add->e, "DELETE FROM seen", ""), add->e);
    for (size_t i = 0; ok && i < add->what->cards->count; i++)
        ok = add_card(add, &add->what->cards->items[i], i);
    return ok && (add->what->keep_missing || retire_missing(add)) && adding_retire_facts(add) &&
           log_import(add);
}

bool collection_add(struct collection *c, struct arena *arena, const struct addition *what, struct moment now,
                    struct add_report *ret, struct error *e)
{
    const struct document *doc = what->document;
    struct add_report report = {0};
    struct adding add = {
        .c = c,
        .arena = arena,
        .what = what,
        .scope = what->scope.len ? what->scope : what->deck,
        .title = what->title.len ? what->title
                 : doc           ? doc->title
                                 : what->deck,
        .lang = what->lang.len ? what->lang
                : doc          ? doc->lang
                               : (struct str){0},
        .now = now,
        .report = &report,
        .e = e,
    };
    if (!execute(c,
                 "CREATE TEMP TABLE IF NOT EXISTS seen(card INTEGER PRIMARY KEY);"
                 "CREATE TEMP TABLE IF NOT EXISTS seen_fact(fact INTEGER PRIMARY KEY)",
                 e) ||
        !transaction_begin(c, e))
        return false;
    if (!transaction_end(c, regime_load(c, e) && add_all(&add), e))
        return false;
    report.deck = add.deck;
    *ret = report;
    return true;
}
