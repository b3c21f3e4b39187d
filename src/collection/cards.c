#include "collection/cards.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "collection/json.h"
#include "collection/replay.h"
#include "collection/search.h"
#include "collection/tree.h"
#include "text/text.h"

#include <sqlite3.h>
#include <string.h>

#define CARD_COLUMNS                                                                                         \
    "c.key, c.id, c.deck, c.kind, c.prompt, c.answer, c.accepted, c.choices, c.items, c.hint, "              \
    "c.explanation, c.tags,"                                                                                 \
    " c.status, c.position, c.lang, c.relation, c.subject, c.object, c.value, c.confidence, c.rule, "        \
    "c.doubt, c.image,"                                                                                      \
    " c.audio, c.tier, coalesce(f.id, ''), m.sibling, m.s, m.x, m.d, m.algorithm, m.due_at_ms, "             \
    "m.last_at_ms,"                                                                                          \
    " m.first_at_ms, m.buried_until_ms, m.reps, m.lapses, m.step, m.mastery, m.flagged, m.answer_changed"
#define CARD_TABLES "card c JOIN memory m ON m.card = c.key LEFT JOIN fact f ON f.key = c.fact"

static struct card_id id_of(struct str text)
{
    struct card_id id = {{0}};
    memcpy(id.text, text.ptr, text.len < 26 ? text.len : 26);
    return id;
}

static enum card_status status_from(struct str name)
{
    static const char *const names[] = {"draft", "active", "suspended", "retired"};
    for (size_t i = 0; i < 4; i++)
        if (str_equal(name, str_from(names[i])))
            return (enum card_status)i;
    return STATUS_RETIRED;
}

/* The JSON of the lists, to be read when the row's statement is done. */
struct lists {
    struct str accepted, choices, items, tags;
};

static struct card_row row_of(struct arena *arena, sqlite3_stmt *s, struct lists *ret_lists)
{
    struct card_row row = {
        .key = sqlite3_column_int64(s, 0),
        .deck = sqlite3_column_int64(s, 2),
        .status = status_from(column_text(s, 12)),
        .position = sqlite3_column_int64(s, 13),
        .sibling = sqlite3_column_int64(s, 26),
        .memory = {sqlite3_column_double(s, 27), sqlite3_column_double(s, 28), sqlite3_column_double(s, 29)},
        .algorithm = sqlite3_column_int(s, 30) == 6 ? ALGORITHM_FSRS6 : ALGORITHM_FSRS7,
        .due_at_ms = sqlite3_column_int64(s, 31),
        .last_at_ms = sqlite3_column_int64(s, 32),
        .first_at_ms = sqlite3_column_int64(s, 33),
        .buried_until_ms = sqlite3_column_int64(s, 34),
        .reps = sqlite3_column_int(s, 35),
        .lapses = sqlite3_column_int(s, 36),
        .step = sqlite3_column_int(s, 37),
        .mastery = sqlite3_column_int(s, 38),
        .flagged = sqlite3_column_int(s, 39),
        .answer_changed = sqlite3_column_int(s, 40),
        .card = {.id = id_of(column_text(s, 1)),
                 .fact = id_of(column_text(s, 25)),
                 .prompt = column_copy(arena, s, 4),
                 .answer = column_copy(arena, s, 5),
                 .hint = column_copy(arena, s, 9),
                 .explanation = column_copy(arena, s, 10),
                 .lang = column_copy(arena, s, 14),
                 .relation = column_copy(arena, s, 15),
                 .subject = column_copy(arena, s, 16),
                 .object = column_copy(arena, s, 17),
                 .value = column_copy(arena, s, 18),
                 .confidence = sqlite3_column_double(s, 19),
                 .rule = column_copy(arena, s, 20),
                 .doubt = column_copy(arena, s, 21),
                 .image = column_copy(arena, s, 22),
                 .audio = column_copy(arena, s, 23),
                 .tier = str_equal(column_text(s, 24), STR("review")) ? TIER_REVIEW : TIER_AUTO},
    };
    card_kind_from(column_text(s, 3), &row.card.kind);
    *ret_lists = (struct lists){column_copy(arena, s, 6), column_copy(arena, s, 7), column_copy(arena, s, 8),
                                column_copy(arena, s, 11)};
    return row;
}

static bool read_lists(struct collection *c, struct arena *arena, const struct lists *lists, struct card *ret,
                       struct error *e)
{
    return list_from_json(c, arena, lists->accepted, &ret->accepted, e) &&
           list_from_json(c, arena, lists->choices, &ret->choices, e) &&
           list_from_json(c, arena, lists->items, &ret->items, e) &&
           list_from_json(c, arena, lists->tags, &ret->tags, e);
}

static void set_lines(struct arena *arena, struct str_list *list, struct str text)
{
    *list = (struct str_list){0};
    struct str line;
    while (str_split(&text, '\n', &line))
        if (str_trim(line).len)
            list_push(arena, list, str_trim(line));
}

/* Lays one of the learner's own edits over what the book says. */
static void lay_over(struct arena *arena, struct card *card, struct str field, struct str value)
{
    if (str_equal(field, STR("prompt")))
        card->prompt = value;
    else if (str_equal(field, STR("answer")))
        card->answer = value;
    else if (str_equal(field, STR("hint")))
        card->hint = value;
    else if (str_equal(field, STR("explanation")))
        card->explanation = value;
    else if (str_equal(field, STR("accepted")))
        set_lines(arena, &card->accepted, value);
    else if (str_equal(field, STR("tags")))
        set_lines(arena, &card->tags, value);
}

static bool read_overlays(struct collection *c, struct arena *arena, struct card_row *ret, struct error *e)
{
    sqlite3_stmt *rows = query(c, e, "SELECT field, value FROM overlay WHERE card = ?", "i", ret->key);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row) {
        lay_over(arena, &ret->card, column_text(rows, 0), column_copy(arena, rows, 1));
        ret->edited = true;
    }
    return ok;
}

static bool read_passages(struct collection *c, struct arena *arena, struct card_row *ret, struct error *e)
{
    sqlite3_stmt *rows =
        query(c, e,
              "SELECT h.book, h.title, h.path, p.section, p.before, p.text, p.mark_start, p.mark_end,"
              " p.line, p.\"column\", p.start, p.\"end\" FROM passage p JOIN chapter h ON"
              " h.key = p.chapter WHERE p.card = ? AND p.line > 0 ORDER BY p.current DESC, p.chapter",
              "i", ret->key);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row) {
        struct passage passage = {.book = column_copy(arena, rows, 0),
                                  .chapter = column_copy(arena, rows, 1),
                                  .path = column_copy(arena, rows, 2),
                                  .section = column_copy(arena, rows, 3),
                                  .before = column_copy(arena, rows, 4),
                                  .text = column_copy(arena, rows, 5),
                                  .mark_start = (size_t)sqlite3_column_int64(rows, 6),
                                  .mark_end = (size_t)sqlite3_column_int64(rows, 7),
                                  .line = sqlite3_column_int(rows, 8),
                                  .column = sqlite3_column_int(rows, 9),
                                  .start = (size_t)sqlite3_column_int64(rows, 10),
                                  .end = (size_t)sqlite3_column_int64(rows, 11)};
        list_push(arena, &ret->passages, passage);
    }
    if (ok && ret->passages.count) {
        const struct passage *p = &ret->passages.items[0];
        ret->card.source = (struct source){p->path,  p->line, p->column,
                                           p->start, p->end,  str_slice(p->text, p->mark_start, p->mark_end)};
    }
    return ok;
}

static bool read_deck_path(struct collection *c, struct arena *arena, struct card_row *ret, struct error *e)
{
    bool row;
    sqlite3_stmt *path =
        query(c, e,
              "WITH RECURSIVE up(parent, path, depth) AS (SELECT parent, name, 0 FROM deck WHERE"
              " key = ? UNION ALL SELECT d.parent, d.name || '::' || up.path, depth + 1 FROM deck d"
              " JOIN up ON d.key = up.parent WHERE depth < 64)"
              " SELECT path FROM up WHERE parent IS NULL",
              "i", ret->deck);
    if (!query_step(c, path, &row, e) || !row)
        return row;
    ret->deck_path = column_copy(arena, path, 0);
    query_done(path);
    return true;
}

bool collection_card(struct collection *c, struct arena *arena, int64_t key, struct card_row *ret,
                     struct error *e)
{
    bool found;
    struct lists lists;
    sqlite3_stmt *find =
        query(c, e, "SELECT " CARD_COLUMNS " FROM " CARD_TABLES " WHERE c.key = ?", "i", key);
    if (!query_step(c, find, &found, e))
        return false;
    if (!found)
        return fail(e, ERROR_NOT_FOUND, _("that card is not in the collection any more"));
    struct card_row row = row_of(arena, find, &lists);
    query_done(find);
    if (!read_lists(c, arena, &lists, &row.card, e) || !read_overlays(c, arena, &row, e) ||
        !read_passages(c, arena, &row, e) || !read_deck_path(c, arena, &row, e))
        return false;
    *ret = row;
    return true;
}

bool card_find(struct collection *c, struct str id, int64_t *ret, struct error *e)
{
    int64_t key;
    if (!query_number(
            c,
            query(c, e,
                  "SELECT key FROM card WHERE id = coalesce((SELECT new FROM key_alias WHERE old = ?1), ?1)",
                  "t", id),
            0, &key, e))
        return false;
    if (!key)
        return fail(e, ERROR_NOT_FOUND, _("there is no card %.*s"), STR_ARG(id));
    *ret = key;
    return true;
}

double card_recall(struct collection *c, const struct card_row *row, struct moment now)
{
    const struct fsrs *model;
    if (!(row->memory.s > 0) || !model_now(c, row->deck, &model, NULL) ||
        model->params.algorithm != row->algorithm)
        return 0;
    double days = (double)(now.at_ms - row->last_at_ms) / (double)DAY_MS;
    return fsrs_recall(model, row->memory, days > 0 ? days : 0);
}

/* Words as FTS5 wants them: each quoted, the last one open at its end, all of them wanted. */
static struct str match_of(struct arena *arena, struct str text)
{
    struct words words = {0};
    text_words(arena, text, &words);
    struct str match = {0};
    list_each (struct word, word, &words)
        if (word->kind != WORD_MARK)
            match = str_format(arena, "%.*s%s\"%.*s\"", STR_ARG(match), match.len ? " " : "",
                               (int)(word->span.end - word->span.start), text.ptr + word->span.start);
    return match.len ? str_concat(arena, match, STR("*")) : match;
}

/* One query for all filters: what is not asked for lets everything through. */
#define FILTERS                                                                                              \
    " (?1 = 0 OR c.deck IN (WITH RECURSIVE below(key) AS (SELECT ?1 UNION SELECT d.key FROM deck d JOIN "    \
    "below b ON"                                                                                             \
    " d.parent = b.key) SELECT key FROM below)) AND"                                                         \
    " (CASE ?2 WHEN 'all' THEN 1 WHEN 'kept' THEN c.status <> 'retired' ELSE c.status = ?2 END) AND"         \
    " (?3 = 0 OR m.flagged) "

static const char *status_name(int status)
{
    static const char *const names[] = {"all", "kept", "draft", "active", "suspended", "retired"};
    return names[status + 2];
}

bool collection_search(struct collection *c, struct arena *arena, const struct card_filter *filter,
                       struct card_rows *ret, struct error *e)
{
    const char *status = status_name(filter->status);
    int64_t limit = filter->limit > 0 ? filter->limit : -1;
    struct str match = match_of(arena, filter->text);
    sqlite3_stmt *rows =
        filter->text.len == 0
            ? query(c, e,
                    "SELECT " CARD_COLUMNS " FROM " CARD_TABLES " WHERE" FILTERS
                    "ORDER BY c.deck, c.position, c.key LIMIT ?4 OFFSET ?5",
                    "isiii", filter->deck, status, (int64_t)filter->flagged, limit, (int64_t)filter->offset)
            : query(c, e,
                    "SELECT " CARD_COLUMNS " FROM search JOIN " CARD_TABLES " WHERE search MATCH ?6 AND"
                    " c.key = search.rowid AND" FILTERS "ORDER BY search.rank, c.position LIMIT ?4 OFFSET ?5",
                    "isiiit", filter->deck, status, (int64_t)filter->flagged, limit, (int64_t)filter->offset,
                    match.len ? match : STR("\"\""));
    struct {
        struct lists *items;
        size_t count, capacity;
    } lists = {0};
    struct card_rows found = {0};
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row) {
        struct lists own;
        list_push(arena, &found, row_of(arena, rows, &own));
        list_push(arena, &lists, own);
    }
    for (size_t i = 0; ok && i < found.count; i++)
        ok = read_lists(c, arena, &lists.items[i], &found.items[i].card, e) &&
             read_overlays(c, arena, &found.items[i], e);
    if (ok)
        *ret = found;
    return ok;
}

bool collection_find(struct collection *c, struct arena *arena, const struct card_filter *filter,
                     struct card_keys *ret, struct error *e)
{
    const char *status = status_name(filter->status);
    int64_t limit = filter->limit > 0 ? filter->limit : -1;
    struct str match = match_of(arena, filter->text);
    sqlite3_stmt *rows =
        filter->text.len == 0
            ? query(c, e,
                    "SELECT c.key FROM card c LEFT JOIN memory m ON m.card = c.key WHERE" FILTERS
                    "ORDER BY c.deck, c.position, c.key LIMIT ?4 OFFSET ?5",
                    "isiii", filter->deck, status, (int64_t)filter->flagged, limit, (int64_t)filter->offset)
            : query(c, e,
                    "SELECT c.key FROM search JOIN card c LEFT JOIN memory m ON m.card = c.key WHERE search "
                    "MATCH ?6 AND"
                    " c.key = search.rowid AND" FILTERS "ORDER BY search.rank, c.position LIMIT ?4 OFFSET ?5",
                    "isiiit", filter->deck, status, (int64_t)filter->flagged, limit, (int64_t)filter->offset,
                    match.len ? match : STR("\"\""));
    struct card_keys found = {0};
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row)
        list_push(arena, &found, sqlite3_column_int64(rows, 0));
    if (ok)
        *ret = found;
    return ok;
}

bool search_update(struct collection *c, int64_t card, struct error *e)
{
    return query_run(c, query(c, e, "DELETE FROM search WHERE rowid = ?", "i", card), e) &&
           query_run(
               c,
               query(c, e,
                     "INSERT INTO search(rowid, prompt, answer, tags) SELECT key,"
                     " coalesce((SELECT value FROM overlay WHERE card = key AND field = 'prompt'), prompt),"
                     " coalesce((SELECT value FROM overlay WHERE card = key AND field = 'answer'), answer),"
                     " coalesce((SELECT value FROM overlay WHERE card = key AND field = 'tags'), tags)"
                     " FROM card WHERE key = ?",
                     "i", card),
               e);
}

static bool append_about(struct collection *c, int64_t card, enum event_kind kind, struct str body,
                         struct moment now, struct error *e)
{
    struct arena arena = {0};
    struct state state;
    struct card_place place;
    if (!transaction_begin(c, e))
        return false;
    bool ok = regime_load(c, e) && state_read(c, &arena, card, &state, &place, e) &&
              card_event(c, &place, &state, kind, body, now, e);
    arena_finish(&arena);
    return transaction_end(c, ok, e);
}

static bool is_editable(struct str field)
{
    static const char *const fields[] = {"prompt", "answer", "accepted", "hint", "explanation", "tags"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (str_equal(field, str_from(fields[i])))
            return true;
    return false;
}

bool card_edit(struct collection *c, int64_t key, struct str field, struct str value, struct moment now,
               struct error *e)
{
    if (!is_editable(field))
        return fail(e, ERROR_USAGE, _("a card has no field \"%.*s\" to edit"), STR_ARG(field));
    if (utf8_find_bad(value) != SIZE_MAX)
        return fail(e, ERROR_SYNTAX, _("the text is not UTF-8"));
    struct buffer body = {0};
    buffer_add(&body, STR("{\"field\":"));
    buffer_add_json(&body, field);
    buffer_add(&body, STR(",\"value\":"));
    buffer_add_json(&body, value);
    buffer_add_char(&body, '}');
    bool ok = append_about(c, key, EVENT_OVERLAY, buffer_str(&body), now, e);
    buffer_finish(&body);
    return ok;
}

bool card_decide(struct collection *c, int64_t key, bool accept, struct str reason, struct moment now,
                 struct error *e)
{
    struct arena arena = {0};
    struct card_row row;
    struct buffer body = {0};
    bool ok = collection_card(c, &arena, key, &row, e);
    if (ok) {
        buffer_format(&body, "{\"fact\":\"%s\",\"rule\":", row.card.fact.text);
        buffer_add_json(&body, row.card.rule);
        buffer_format(&body, ",\"verdict\":\"%s\",\"reason\":", accept ? "accept" : "reject");
        buffer_add_json(&body, reason);
        buffer_add_char(&body, '}');
        ok = append_about(c, key, EVENT_DECISION, buffer_str(&body), now, e);
    }
    buffer_finish(&body);
    arena_finish(&arena);
    return ok;
}

bool card_retire(struct collection *c, int64_t key, bool retired, struct moment now, struct error *e)
{
    return append_about(c, key, EVENT_PLACE,
                        retired ? STR("{\"what\":\"delete\"}") : STR("{\"what\":\"restore\"}"), now, e);
}
