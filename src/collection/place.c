/* Where decks are: renamed, moved, merged, deleted, restored. Each is one event, and what an event does to the rows is
 * said once, for now, for a rebuild and for an undo. */
#include "collection/deck.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "collection/care.h"
#include "collection/json.h"
#include "collection/log.h"
#include "collection/tree.h"
#include "text/text.h"

#include <sqlite3.h>

/* What events do */

static bool set_name(struct collection *c, int64_t deck, struct str name, struct error *e)
{
    return query_run(c, query(c, e, "UPDATE deck SET name = ? WHERE key = ?", "ti", name, deck), e);
}

/* `parent` by its identity; one that is not here is the top. */
static bool set_parent(struct collection *c, int64_t deck, struct str parent, struct error *e)
{
    return query_run(c,
                     query(c, e,
                           "UPDATE deck SET parent = (SELECT key FROM deck WHERE id = ?1) WHERE key = ?2",
                           "ti", parent, deck),
                     e);
}

static bool set_deleted(struct collection *c, int64_t deck, int64_t at_ms, struct error *e)
{
    return query_run(c, query(c, e, "UPDATE deck SET deleted_at = ? WHERE key = ?", "ki", at_ms, deck), e);
}

/* The cards and decks that the event names, from one deck to another. */
static bool carry(struct collection *c, struct str body, int64_t from, int64_t to, struct error *e)
{
    return query_run(c,
                     query(c, e,
                           "UPDATE card SET deck = ?3 WHERE deck = ?2 AND id IN"
                           " (SELECT value FROM json_each(?1, '$.cards'))",
                           "tii", body, from, to),
                     e) &&
           query_run(
               c,
               query(
                   c, e,
                   "UPDATE memory SET deck = ?3 WHERE deck = ?2 AND card IN (SELECT key FROM card WHERE id IN"
                   " (SELECT value FROM json_each(?1, '$.cards')))",
                   "tii", body, from, to),
               e) &&
           query_run(c,
                     query(c, e,
                           "UPDATE deck SET parent = ?3 WHERE parent = ?2 AND id IN"
                           " (SELECT value FROM json_each(?1, '$.decks'))",
                           "tii", body, from, to),
                     e);
}

static bool do_merge(struct collection *c, struct arena *arena, int64_t deck, struct str body, bool undone,
                     int64_t at_ms, struct error *e)
{
    int64_t into = 0;
    if (!query_number(c,
                      query(c, e, "SELECT key FROM deck WHERE id = ?", "t", json_text(arena, body, "into")),
                      0, &into, e))
        return false;
    if (into == 0)
        return true; /* a deck that is not here */
    bool ok = undone ? carry(c, body, into, deck, e) : carry(c, body, deck, into, e);
    return ok && set_deleted(c, deck, undone ? 0 : at_ms, e) && deck_show_cards(c, into, e);
}

bool deck_replay(struct collection *c, struct arena *arena, int64_t deck, struct str body, bool undone,
                 struct moment at, struct error *e)
{
    if (json_is(body, "what", "rename"))
        return set_name(c, deck, json_text(arena, body, undone ? "old" : "name"), e);
    if (json_is(body, "what", "move"))
        return set_parent(c, deck, json_text(arena, body, undone ? "old" : "parent"), e);
    if (json_is(body, "what", "merge"))
        return do_merge(c, arena, deck, body, undone, at.at_ms, e);
    if (json_is(body, "what", "restore"))
        return set_deleted(c, deck, undone ? json_int(body, "deleted_at", at.at_ms) : 0, e) &&
               set_parent(c, deck, json_text(arena, body, undone ? "old" : "parent"), e);
    return set_deleted(c, deck, undone ? 0 : at.at_ms, e);
}

bool deck_show_cards(struct collection *c, int64_t deck, struct error *e)
{
    return query_run(
        c,
        query(c, e,
              "WITH RECURSIVE below(key) AS (SELECT ?1 UNION SELECT d.key FROM deck d JOIN below b"
              " ON d.parent = b.key),"
              " gone(key) AS (SELECT key FROM deck WHERE deleted_at IS NOT NULL UNION"
              " SELECT d.key FROM deck d JOIN gone g ON d.parent = g.key)"
              " UPDATE memory SET asked = deck NOT IN (SELECT key FROM gone) AND"
              " (SELECT status FROM card WHERE key = memory.card) = 'active'"
              " WHERE deck IN (SELECT key FROM below)",
              "i", deck),
        e);
}

/* What is done */

/* One event about a deck; `body` is its JSON without the closing brace. Inside a transaction. */
static bool change_place(struct collection *c, struct arena *arena, int64_t deck, struct buffer *body,
                         struct moment now, struct error *e)
{
    buffer_add_char(body, '}');
    struct str id = deck_identity(c, arena, deck);
    return (id.len || fail(e, ERROR_NOT_FOUND, _("that deck is not in the collection any more"))) &&
           log_append(c, EVENT_PLACE, id, (struct str){0}, buffer_str(body), now, NULL, e) &&
           deck_replay(c, arena, deck, buffer_str(body), false, now, e) && deck_show_cards(c, deck, e);
}

static void add_text(struct buffer *body, const char *name, struct str text)
{
    buffer_format(body, ",\"%s\":", name);
    buffer_add_json(body, text);
}

static bool find_place(struct collection *c, struct arena *arena, int64_t deck, struct str *ret_name,
                       struct str *ret_parent, struct error *e)
{
    bool row;
    sqlite3_stmt *find =
        query(c, e,
              "SELECT d.name, coalesce(p.id, '') FROM deck d LEFT JOIN deck p ON p.key = d.parent"
              " WHERE d.key = ?",
              "i", deck);
    if (!query_step(c, find, &row, e))
        return false;
    if (!row)
        return fail(e, ERROR_NOT_FOUND, _("that deck is not in the collection any more"));
    *ret_name = column_copy(arena, find, 0);
    *ret_parent = column_copy(arena, find, 1);
    query_done(find);
    return true;
}

/* Two decks of one name in one place could not be told apart. */
static bool is_free(struct collection *c, int64_t deck, struct str parent, struct str name, struct error *e)
{
    int64_t there = 0;
    return query_number(
               c,
               query(c, e,
                     "SELECT count(*) FROM deck WHERE key <> ?1 AND name = ?2 AND deleted_at IS NULL AND"
                     " parent IS (SELECT key FROM deck WHERE id = ?3)",
                     "itt", deck, name, parent),
               0, &there, e) &&
           (there == 0 ||
            fail(e, ERROR_USAGE,
                 _("there is a deck \"%.*s\" in that place already; merge the two, or rename one"),
                 STR_ARG(name)));
}

static bool is_below(struct collection *c, int64_t deck, int64_t above, bool *ret, struct error *e)
{
    int64_t below = 0;
    bool ok =
        query_number(c,
                     query(c, e,
                           "WITH RECURSIVE up(key) AS (SELECT ?1 UNION SELECT d.parent FROM deck d JOIN up u"
                           " ON d.key = u.key) SELECT count(*) FROM up WHERE key = ?2",
                           "ii", deck, above),
                     0, &below, e);
    *ret = below > 0;
    return ok;
}

typedef bool place_change(struct collection *c, struct arena *arena, int64_t deck, int64_t other,
                          struct str name, struct moment now, struct error *e);

/* In a transaction of its own. */
static bool change(struct collection *c, place_change *does, int64_t deck, int64_t other, struct str name,
                   struct moment now, struct error *e)
{
    if (!transaction_begin(c, e))
        return false;
    struct arena arena = {0};
    bool ok = does(c, &arena, deck, other, name, now, e);
    arena_finish(&arena);
    regime_forget(c);
    return transaction_end(c, ok, e);
}

static bool rename_deck(struct collection *c, struct arena *arena, int64_t deck, int64_t other,
                        struct str name, struct moment now, struct error *e)
{
    (void)other;
    struct str old, parent;
    if (!find_place(c, arena, deck, &old, &parent, e) || !is_free(c, deck, parent, name, e))
        return false;
    struct buffer body = {0};
    buffer_add(&body, STR("{\"what\":\"rename\""));
    add_text(&body, "old", old);
    add_text(&body, "name", name);
    bool ok = change_place(c, arena, deck, &body, now, e);
    buffer_finish(&body);
    return ok;
}

bool deck_rename(struct collection *c, int64_t deck, struct str name, struct moment now, struct error *e)
{
    name = text_trim(name);
    if (name.len == 0 || str_contains(name, STR("::")))
        return fail(e, ERROR_USAGE, _("a deck's name is not empty and has no \"::\" in it"));
    return change(c, rename_deck, deck, 0, name, now, e);
}

static bool move_deck(struct collection *c, struct arena *arena, int64_t deck, int64_t to, struct str unused,
                      struct moment now, struct error *e)
{
    (void)unused;
    bool below;
    struct str name, old, parent = deck_identity(c, arena, to);
    if (!find_place(c, arena, deck, &name, &old, e) || !is_free(c, deck, parent, name, e) ||
        !is_below(c, to, deck, &below, e))
        return false;
    if (below)
        return fail(e, ERROR_USAGE, _("a deck cannot lie below itself"));
    struct buffer body = {0};
    buffer_add(&body, STR("{\"what\":\"move\""));
    add_text(&body, "old", old);
    add_text(&body, "parent", parent);
    bool ok = change_place(c, arena, deck, &body, now, e);
    buffer_finish(&body);
    return ok;
}

bool deck_move(struct collection *c, int64_t deck, int64_t parent, struct moment now, struct error *e)
{
    return change(c, move_deck, deck, parent, (struct str){0}, now, e);
}

static bool merge_deck(struct collection *c, struct arena *arena, int64_t deck, int64_t into,
                       struct str unused, struct moment now, struct error *e)
{
    (void)unused;
    bool below, row;
    struct str target = deck_identity(c, arena, into);
    if (!is_below(c, into, deck, &below, e))
        return false;
    if (below || target.len == 0)
        return fail(e, ERROR_USAGE, _("a deck can be merged only into another one that is not below it"));
    sqlite3_stmt *list = query(c, e,
                               "SELECT (SELECT json_group_array(id) FROM card WHERE deck = ?1),"
                               " (SELECT json_group_array(id) FROM deck WHERE parent = ?1)",
                               "i", deck);
    if (!query_step(c, list, &row, e))
        return false;
    struct buffer body = {0};
    buffer_add(&body, STR("{\"what\":\"merge\""));
    add_text(&body, "into", target);
    buffer_format(&body, ",\"cards\":%.*s,\"decks\":%.*s", STR_ARG(column_copy(arena, list, 0)),
                  STR_ARG(column_copy(arena, list, 1)));
    query_done(list);
    bool ok = change_place(c, arena, deck, &body, now, e);
    buffer_finish(&body);
    return ok;
}

bool deck_merge(struct collection *c, int64_t deck, int64_t into, struct moment now, struct error *e)
{
    return change(c, merge_deck, deck, into, (struct str){0}, now, e);
}

static bool delete_deck(struct collection *c, struct arena *arena, int64_t deck, int64_t other,
                        struct str unused, struct moment now, struct error *e)
{
    (void)other, (void)unused;
    struct buffer body = {0};
    buffer_add(&body, STR("{\"what\":\"delete\""));
    add_text(&body, "old", deck_own_name(c, arena, deck));
    bool ok = change_place(c, arena, deck, &body, now, e);
    buffer_finish(&body);
    return ok;
}

bool deck_delete(struct collection *c, int64_t deck, struct moment now, struct error *e)
{
    return change(c, delete_deck, deck, 0, (struct str){0}, now, e);
}

/* The bin */

bool collection_bin(struct collection *c, struct arena *arena, struct moment now, struct bin_rows *ret,
                    struct error *e)
{
    struct bin_rows bin = {0};
    sqlite3_stmt *rows = query(
        c, e,
        "SELECT d.key, d.deleted_at, (WITH RECURSIVE up(key, path) AS (SELECT d.parent, d.name UNION ALL"
        " SELECT p.parent, p.name || '::' || u.path FROM deck p JOIN up u ON p.key = u.key)"
        " SELECT path FROM up WHERE key IS NULL), (WITH RECURSIVE below(key) AS (SELECT d.key UNION SELECT "
        "b.key"
        " FROM deck b JOIN below w ON b.parent = w.key) SELECT count(*) FROM card WHERE deck IN below)"
        " FROM deck d WHERE d.deleted_at > ? ORDER BY d.deleted_at DESC, d.key DESC",
        "i", now.at_ms - BIN_DAYS * DAY_MS);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row) {
        int64_t left_ms = sqlite3_column_int64(rows, 1) + BIN_DAYS * DAY_MS - now.at_ms;
        list_push(arena, &bin,
                  (struct bin_row){.key = sqlite3_column_int64(rows, 0),
                                   .path = column_copy(arena, rows, 2),
                                   .cards = sqlite3_column_int(rows, 3),
                                   .days_left = (int)((left_ms + DAY_MS - 1) / DAY_MS)});
    }
    if (ok)
        *ret = bin;
    return ok;
}

static bool restore_deck(struct collection *c, struct arena *arena, int64_t deck, int64_t other,
                         struct str unused, struct moment now, struct error *e)
{
    (void)other, (void)unused;
    struct str name = {0}, old = {0}, parent;
    int64_t deleted_at = 0, parent_gone = 0;
    if (!find_place(c, arena, deck, &name, &old, e) ||
        !query_number(c, query(c, e, "SELECT deleted_at FROM deck WHERE key = ?", "i", deck), 0, &deleted_at,
                      e) ||
        !query_number(
            c, query(c, e, "SELECT count(*) FROM deck WHERE id = ? AND deleted_at IS NOT NULL", "t", old), 0,
            &parent_gone, e))
        return false;
    if (!deleted_at)
        return fail(e, ERROR_USAGE, _("the deck \"%.*s\" was not deleted"), STR_ARG(name));
    parent = parent_gone ? (struct str){0} : old;
    if (!is_free(c, deck, parent, name, e))
        return false;
    struct buffer body = {0};
    buffer_format(&body, "{\"what\":\"restore\",\"deleted_at\":%lld", (long long)deleted_at);
    add_text(&body, "old", old);
    add_text(&body, "parent", parent);
    bool ok = change_place(c, arena, deck, &body, now, e);
    buffer_finish(&body);
    return ok;
}

bool deck_restore(struct collection *c, int64_t deck, struct moment now, struct error *e)
{
    return change(c, restore_deck, deck, 0, (struct str){0}, now, e);
}

/* What nobody can restore any more goes, card by card; its events stay in the log. */
bool collection_purge(struct collection *c, struct moment now, int64_t *ret_cards, struct error *e)
{
    static const char *const steps[] = {
        "DELETE FROM search WHERE rowid IN (SELECT key FROM purged)",
        "DELETE FROM passage WHERE card IN (SELECT key FROM purged)",
        "DELETE FROM overlay WHERE card IN (SELECT key FROM purged)",
        "DELETE FROM memory WHERE card IN (SELECT key FROM purged)",
        "DELETE FROM card WHERE key IN (SELECT key FROM purged)",
    };
    if (!execute(c, "CREATE TEMP TABLE IF NOT EXISTS purged(key INTEGER PRIMARY KEY)", e) ||
        !transaction_begin(c, e))
        return false;
    int64_t before = now.at_ms - BIN_DAYS * DAY_MS, cards = 0;
    bool ok =
        execute(c, "DELETE FROM purged", e) &&
        query_run(
            c,
            query(
                c, e,
                "INSERT INTO purged WITH RECURSIVE gone(key) AS (SELECT key FROM deck WHERE deleted_at <= ?1"
                " UNION SELECT d.key FROM deck d JOIN gone g ON d.parent = g.key)"
                " SELECT key FROM card WHERE deck IN gone UNION SELECT m.card FROM memory m JOIN card k"
                " ON k.key = m.card WHERE m.removed = 1 AND (SELECT max(at_ms) FROM event WHERE card_id = "
                "k.id"
                " AND kind = 22) <= ?1",
                "i", before),
            e) &&
        query_number(c, query(c, e, "SELECT count(*) FROM purged", ""), 0, &cards, e);
    for (size_t i = 0; ok && cards && i < sizeof steps / sizeof *steps; i++)
        ok = execute(c, steps[i], e);
    if (!transaction_end(c, ok, e))
        return false;
    *ret_cards = cards;
    return true;
}

bool collection_look_after(struct collection *c, struct moment now, struct error *e)
{
    int64_t cards;
    return collection_backup_daily(c, now, false, e) && (c->read_only || collection_purge(c, now, &cards, e));
}
