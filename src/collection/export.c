#include "collection/export.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "collection/json.h"
#include "collection/log.h"
#include "collection/tree.h"

#include <sqlite3.h>
#include <stdlib.h>

bool export_begin(struct collection *c, struct error *e)
{
    return view_begin(c, e);
}

void export_end(struct collection *c)
{
    view_end(c);
}

/* Which decks are wanted, by their place in the tree. */
static bool *wanted_decks(struct arena *arena, const struct tree *tree, const int64_t *decks, size_t count)
{
    bool *wanted = arena_array(arena, tree->count, sizeof *wanted);
    for (size_t i = 0; i < tree->count; i++)
        wanted[i] = count == 0;
    for (size_t i = 0; i < count; i++) {
        int at = tree_find(tree, decks[i]);
        for (int below = at; at >= 0 && below < tree->items[at].end; below++)
            wanted[below] = true;
    }
    return wanted;
}

static bool add_deck(struct collection *c, struct arena *arena, int64_t deck, enum export_drafts drafts,
                     struct export_keys *ret, struct error *e)
{
    bool row, ok;
    sqlite3_stmt *rows =
        query(c, e,
              "SELECT key, coalesce(note, 0) FROM card WHERE deck = ? AND status <> 'retired' AND"
              " (status <> 'draft' OR ?2 = 2 OR ?2 = 1 AND note IS NOT NULL) ORDER BY position, key",
              "ii", deck, (int64_t)drafts);
    while ((ok = query_step(c, rows, &row, e)) && row)
        list_push(arena, ret,
                  (struct export_key){.card = sqlite3_column_int64(rows, 0),
                                      .deck = deck,
                                      .note = sqlite3_column_int64(rows, 1)});
    return ok;
}

/* A card's place, and that of its note's first card. */
struct placed {
    struct export_key key;
    size_t place, first;
};

static int by_note(const void *a, const void *b)
{
    const struct placed *left = a, *right = b;
    if (left->key.note != right->key.note)
        return left->key.note < right->key.note ? -1 : 1;
    return (left->place > right->place) - (left->place < right->place);
}

static int by_first(const void *a, const void *b)
{
    const struct placed *left = a, *right = b;
    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    return (left->place > right->place) - (left->place < right->place);
}

/* Cards of one note come where its first one stands, whatever decks the others are in. */
static void join_notes(struct export_keys *keys)
{
    struct arena arena = {0};
    struct placed *placed = arena_array(&arena, keys->count, sizeof *placed);
    for (size_t i = 0; i < keys->count; i++)
        placed[i] = (struct placed){keys->items[i], i, i};
    qsort(placed, keys->count, sizeof *placed, by_note);
    for (size_t i = 1; i < keys->count; i++)
        if (placed[i].key.note && placed[i].key.note == placed[i - 1].key.note)
            placed[i].first = placed[i - 1].first;
    qsort(placed, keys->count, sizeof *placed, by_first);
    for (size_t i = 0; i < keys->count; i++)
        keys->items[i] = placed[i].key;
    arena_finish(&arena);
}

bool export_keys(struct collection *c, struct arena *arena, const int64_t *decks, size_t count,
                 enum export_drafts drafts, struct export_keys *ret, struct error *e)
{
    struct tree tree;
    struct export_keys keys = {0};
    if (!tree_load(c, arena, &tree, e))
        return false;
    const bool *wanted = wanted_decks(arena, &tree, decks, count);
    for (size_t i = 0; i < tree.count; i++)
        if (wanted[i] && !add_deck(c, arena, tree.items[i].key, drafts, &keys, e))
            return false;
    if (keys.count)
        join_notes(&keys);
    *ret = keys;
    return true;
}

/* The texts of an array in a JSON column. */
static bool read_texts(struct collection *c, struct arena *arena, sqlite3_stmt *rows, struct str_list *ret,
                       struct error *e)
{
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row)
        list_push(arena, ret, column_copy(arena, rows, 0));
    return ok;
}

static bool read_media(struct collection *c, struct arena *arena, int64_t note, struct export_note *ret,
                       struct error *e)
{
    bool row, ok;
    sqlite3_stmt *rows =
        query(c, e, "SELECT j.key, j.value FROM note, json_each(note.fields, '$.media') j WHERE note.key = ?",
              "i", note);
    while ((ok = query_step(c, rows, &row, e)) && row) {
        list_push(arena, &ret->media_names, column_copy(arena, rows, 0));
        list_push(arena, &ret->media_sha256, column_copy(arena, rows, 1));
    }
    return ok;
}

bool export_note(struct collection *c, struct arena *arena, int64_t note, struct export_note *ret,
                 struct error *e)
{
    struct export_note found = {0};
    bool row;
    sqlite3_stmt *find = query(c, e, "SELECT guid, type, mod FROM note WHERE key = ?", "i", note);
    if (!query_step(c, find, &row, e))
        return false;
    if (!row)
        return fail(e, ERROR_CORRUPT, _("a card has lost its note; run \"repaso doctor\""));
    found.guid = column_copy(arena, find, 0);
    found.type = sqlite3_column_int64(find, 1);
    found.mod_ms = sqlite3_column_int64(find, 2);
    query_done(find);
    bool ok =
        read_texts(c, arena,
                   query(c, e,
                         "SELECT j.value FROM note, json_each(note.fields, '$.fields') j WHERE note.key = ?",
                         "i", note),
                   &found.fields, e) &&
        read_texts(c, arena,
                   query(c, e,
                         "SELECT j.value FROM note, json_each(note.fields, '$.tags') j WHERE note.key = ?",
                         "i", note),
                   &found.tags, e) &&
        read_media(c, arena, note, &found, e);
    if (ok)
        *ret = found;
    return ok;
}

bool export_type(struct collection *c, struct arena *arena, int64_t type, struct export_type *ret,
                 struct error *e)
{
    struct export_type found = {0};
    bool row;
    sqlite3_stmt *find = query(
        c, e, "SELECT name, body ->> 'css', body ->> 'kind', body ->> 'sort' FROM note_type WHERE key = ?",
        "i", type);
    if (!query_step(c, find, &row, e))
        return false;
    if (!row)
        return fail(e, ERROR_CORRUPT, _("a note has lost its type; run \"repaso doctor\""));
    found.name = column_copy(arena, find, 0);
    found.css = column_copy(arena, find, 1);
    found.kind = sqlite3_column_int(find, 2);
    found.sort_field = sqlite3_column_int(find, 3);
    query_done(find);
    bool ok =
        read_texts(c, arena,
                   query(c, e,
                         "SELECT j.value FROM note_type t, json_each(t.body, '$.fields') j WHERE t.key = ?",
                         "i", type),
                   &found.fields, e) &&
        read_texts(c, arena,
                   query(c, e,
                         "SELECT p.value FROM note_type t, json_each(t.body, '$.templates') j,"
                         " json_each(j.value, '$.parts') p WHERE t.key = ?",
                         "i", type),
                   &found.templates, e);
    if (ok)
        *ret = found;
    return ok;
}

static struct export_event event_of(const struct entry *entry)
{
    struct str from;
    double line[5];
    struct export_event event = {
        .kind = entry->kind,
        .at_ms = entry->at.at_ms,
        .grade = entry->grade.grade,
        .ms = (int)json_int(entry->body, "ms", 0),
        .practice = entry->grade.practice,
        .interval_days = entry->grade.interval_days,
        .learning = entry->grade.step > 0,
        .imported = json_field(entry->body, "from", &from),
        .has_line = json_reals(entry->body, "anki", line, 5) == 5,
    };
    for (int i = 0; event.has_line && i < 5; i++)
        event.line[i] = (int)line[i];
    return event;
}

bool export_log(struct collection *c, struct arena *arena, struct str card_id, struct export_events *ret,
                struct error *e)
{
    struct entries entries;
    *ret = (struct export_events){0};
    if (!log_read(c, arena, card_id, &entries, e))
        return false;
    list_each (struct entry, entry, &entries)
        if (!entry->undone &&
            (entry->kind == EVENT_GRADE || entry->kind == EVENT_RESET || entry->kind == EVENT_SET_DUE))
            list_push(arena, ret, event_of(entry));
    return true;
}
