/* Decks and note types of a package. Schema 11 keeps them as JSON in one row, schema 18 in tables, with protocol buffers. */
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "exchange/anki_inside.h"
#include "exchange/protobuf.h"
#include "exchange/template.h"

#include <stdlib.h>
#include <string.h>

enum {
    DECKS_MAX = 5000,
    TYPES_MAX = 2000,
    FIELDS_MAX = 200,
    TEMPLATES_MAX = 500,
    DECK_DEPTH = 8,
    DECK_NAME = 255
};

/* Decks */

/* A path of few levels with names that are not empty; \x1F parts them in the newer schema. */
static struct str neat_path(struct arena *arena, struct str path)
{
    struct buffer out = {0};
    int depth = 0;
    for (size_t at = 0; at <= path.len && depth < DECK_DEPTH;) {
        size_t end = at;
        while (end < path.len && path.ptr[end] != '\x1F' &&
               !str_starts(str_slice(path, end, path.len), STR("::")))
            end++;
        struct str name = str_trim(str_slice(path, at, end));
        if (name.len && out.len + name.len < DECK_NAME) {
            buffer_format(&out, "%s%.*s", out.len ? "::" : "", STR_ARG(name));
            depth++;
        }
        at = end + (end < path.len && path.ptr[end] == '\x1F' ? 1 : 2);
    }
    struct str neat = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return neat;
}

/* Two decks of one name are one deck. */
static bool give_deck(struct anki *a, int64_t id, struct str path, bool filtered)
{
    if (a->decks.count == DECKS_MAX)
        return fail(a->e, ERROR_LIMIT, _("there are more than %d decks in this file"), DECKS_MAX);
    path = neat_path(&a->scratch, path);
    if (path.len == 0)
        path = STR("Default");
    size_t index = 0;
    while (index < a->paths.count && !str_equal(a->paths.items[index], path))
        index++;
    if (index == a->paths.count) {
        list_push(&a->scratch, &a->paths, path);
        if (!sink_deck(a->sink, &(struct parcel_deck){.path = path, .lang = a->options->lang}, a->e))
            return false;
    }
    list_push(&a->scratch, &a->decks, (struct anki_deck){id, index, filtered});
    return true;
}

static int by_deck_id(const void *a, const void *b)
{
    int64_t left = ((const struct anki_deck *)a)->id, right = ((const struct anki_deck *)b)->id;
    return (left > right) - (left < right);
}

bool anki_find_deck(const struct anki *a, int64_t id, const struct anki_deck **ret)
{
    const struct anki_deck key = {.id = id};
    *ret = a->decks.count ? bsearch(&key, a->decks.items, a->decks.count, sizeof key, by_deck_id) : NULL;
    return *ret != NULL;
}

bool anki_default_deck(struct anki *a, size_t *ret)
{
    const struct anki_deck *deck;
    if (anki_find_deck(a, 1, &deck)) {
        *ret = deck->index;
        return true;
    }
    if (!give_deck(a, 1, STR("Default"), false))
        return false;
    *ret = list_last(&a->decks)->index;
    qsort(a->decks.items, a->decks.count, sizeof *a->decks.items, by_deck_id);
    return true;
}

static bool fail_json(struct anki *a, const char *what)
{
    return fail(a->e, ERROR_CORRUPT,
                _("the collection in this package is damaged: its %s cannot be read; export it again"), what);
}

/* The text of a column of the only row of `col`. */
static bool read_json(struct anki *a, const char *sql, struct str *ret)
{
    bool bad = false;
    struct sqlite3_stmt *col = foreign_query(a->db, sql, a->e);
    bool row = col && foreign_step(col, NULL, a->e);
    if (row)
        *ret = foreign_text(&a->scratch, col, 0, &bad);
    foreign_done(col);
    return row || (a->e->kind != ERROR_NONE ? false : fail_json(a, "col"));
}

static bool read_old_decks(struct anki *a)
{
    struct str json = {0};
    bool bad = false, ok = true;
    if (!read_json(a, "SELECT decks FROM col", &json))
        return false;
    /* Ids are numbers, or texts of numbers, by the key at least. */
    struct sqlite3_stmt *rows =
        foreign_json(a->db, "SELECT CAST(key AS INTEGER), CAST(json_extract(value, '$.name') AS TEXT),"
                            " coalesce(CAST(json_extract(value, '$.dyn') AS INTEGER), 0) FROM json_each(?1) "
                            "WHERE type = 'object'");
    foreign_bind(rows, json);
    while (ok && foreign_step(rows, NULL, a->e)) {
        int64_t id = foreign_int(rows, 0, 0, INT64_MAX, &bad);
        ok =
            give_deck(a, id, foreign_text(&a->scratch, rows, 1, &bad), foreign_int(rows, 2, 0, 1, &bad) != 0);
    }
    foreign_done(rows);
    return ok && (a->e->kind == ERROR_NONE || fail_json(a, "decks"));
}

static bool read_new_decks(struct anki *a)
{
    bool bad = false, ok = true;
    struct sqlite3_stmt *rows = foreign_query(a->db, "SELECT id, name, kind FROM decks", a->e);
    while (ok && foreign_step(rows, NULL, a->e)) {
        struct protobuf_field kind;
        int64_t id = foreign_int(rows, 0, 0, INT64_MAX, &bad);
        bool filtered = protobuf_find(foreign_bytes(rows, 2), 2, &kind);
        ok = give_deck(a, id, foreign_text(&a->scratch, rows, 1, &bad), filtered);
    }
    foreign_done(rows);
    return rows && ok && a->e->kind == ERROR_NONE;
}

bool anki_read_decks(struct anki *a)
{
    if (!(a->modern ? read_new_decks(a) : read_old_decks(a)))
        return false;
    if (a->decks.count)
        qsort(a->decks.items, a->decks.count, sizeof *a->decks.items, by_deck_id);
    return true;
}

/* Note types */

/* Anki's own number for its own types, where it kept it. */
static enum parcel_kind kind_of_stock(uint64_t stock, enum parcel_kind otherwise)
{
    static const enum parcel_kind kinds[] = {KIND_OTHER, KIND_BASIC, KIND_REVERSED, KIND_OPTIONAL,
                                             KIND_TYPED, KIND_CLOZE, KIND_OCCLUSION};
    return stock >= 1 && stock < sizeof kinds / sizeof *kinds ? kinds[stock] : otherwise;
}

/* "{{Front}}" and nothing else, in the front of a template. */
static bool shows_only(const struct parcel_template *template, struct str field, struct arena *arena)
{
    return str_equal(str_trim(template->front), str_format(arena, "{{%.*s}}", STR_ARG(field)));
}

/* Types are copied, renamed and changed: what they look like counts. */
static enum parcel_kind kind_of_shape(struct anki *a, const struct parcel_type *type)
{
    struct arena *arena = &a->scratch;
    size_t fields = type->fields.count, templates = type->templates.count;
    if (templates == 0 || fields < 2)
        return KIND_OTHER;
    const struct parcel_template *first = &type->templates.items[0];
    if (templates == 1 && template_is_typed(first->front))
        return KIND_TYPED;
    if (!shows_only(first, type->fields.items[0], arena))
        return KIND_OTHER;
    if (templates == 1)
        return fields == 2 ? KIND_BASIC : KIND_OTHER;
    const struct parcel_template *second = &type->templates.items[1];
    if (templates == 2 && fields == 2 && shows_only(second, type->fields.items[1], arena))
        return KIND_REVERSED;
    if (templates == 2 && fields == 3 && str_starts(str_trim(second->front), STR("{{#")))
        return KIND_OPTIONAL;
    return KIND_OTHER;
}

static bool give_type(struct anki *a, int64_t id, struct parcel_type *type, bool cloze, uint64_t stock)
{
    if (a->types.count == TYPES_MAX || type->fields.count > FIELDS_MAX ||
        type->templates.count > TEMPLATES_MAX)
        return fail(a->e, ERROR_LIMIT, _("there are too many types of notes in this file"));
    type->kind = kind_of_stock(stock, cloze ? KIND_CLOZE : kind_of_shape(a, type));
    if (cloze && type->kind != KIND_OCCLUSION)
        type->kind = KIND_CLOZE;
    if (type->fields.count == 0)
        return true; /* whoever uses it is reported */
    const struct anki_type given = {id, a->types.count, *type};
    list_push(&a->scratch, &a->types, given);
    return sink_type(a->sink, type, a->e);
}

const struct anki_type *anki_find_type(const struct anki *a, int64_t id)
{
    for (size_t i = 0; i < a->types.count; i++)
        if (a->types.items[i].id == id)
            return &a->types.items[i];
    return NULL;
}

/* The texts at `paths` of every member of an array within a model, in their own order. */
static bool read_members(struct anki *a, struct str model, const char *sql, struct parcel_type *type,
                         bool templates)
{
    bool bad = false;
    struct sqlite3_stmt *rows = foreign_json(a->db, sql);
    foreign_bind(rows, model);
    while (foreign_step(rows, NULL, a->e)) {
        struct str name = foreign_text(&a->scratch, rows, 0, &bad);
        if (templates)
            list_push(&a->scratch, &type->templates,
                      (struct parcel_template){name, foreign_text(&a->scratch, rows, 1, &bad),
                                               foreign_text(&a->scratch, rows, 2, &bad)});
        else
            list_push(&a->scratch, &type->fields, name);
    }
    foreign_done(rows);
    return a->e->kind == ERROR_NONE || fail_json(a, "models");
}

static bool read_old_types(struct anki *a)
{
    struct str json = {0};
    bool bad = false, ok = true;
    if (!read_json(a, "SELECT models FROM col", &json))
        return false;
    struct sqlite3_stmt *rows =
        foreign_json(a->db, "SELECT CAST(key AS INTEGER), CAST(json_extract(value, '$.name') AS TEXT),"
                            " CAST(coalesce(json_extract(value, '$.css'), '') AS TEXT),"
                            " coalesce(CAST(json_extract(value, '$.type') AS INTEGER), 0),"
                            " coalesce(CAST(json_extract(value, '$.sortf') AS INTEGER), 0),"
                            " coalesce(CAST(json_extract(value, '$.originalStockKind') AS INTEGER), 0), value"
                            " FROM json_each(?1) WHERE type = 'object'");
    foreign_bind(rows, json);
    while (ok && foreign_step(rows, NULL, a->e)) {
        struct parcel_type type = {.name = foreign_text(&a->scratch, rows, 1, &bad),
                                   .css = foreign_text(&a->scratch, rows, 2, &bad),
                                   .sort_field = (int)foreign_int(rows, 4, 0, FIELDS_MAX, &bad)};
        struct str model = foreign_text(&a->scratch, rows, 6, &bad);
        int64_t id = foreign_int(rows, 0, 0, INT64_MAX, &bad);
        ok = read_members(a, model,
                          "SELECT CAST(json_extract(value, '$.name') AS TEXT) FROM json_each(?1, '$.flds')"
                          " ORDER BY json_extract(value, '$.ord')",
                          &type, false) &&
             read_members(
                 a, model,
                 "SELECT CAST(json_extract(value, '$.name') AS TEXT), CAST(json_extract(value, '$.qfmt') AS"
                 " TEXT), CAST(json_extract(value, '$.afmt') AS TEXT) FROM json_each(?1, '$.tmpls')"
                 " ORDER BY json_extract(value, '$.ord')",
                 &type, true) &&
             give_type(a, id, &type, foreign_int(rows, 3, 0, 1, &bad) != 0,
                       (uint64_t)foreign_int(rows, 5, 0, 100, &bad));
    }
    foreign_done(rows);
    return ok && (a->e->kind == ERROR_NONE || fail_json(a, "models"));
}

static struct str text_of(struct anki *a, struct str message, uint32_t number)
{
    struct protobuf_field field;
    bool bad = false;
    return protobuf_find(message, number, &field) ? foreign_clean(&a->scratch, field.bytes, &bad)
                                                  : (struct str){0};
}

/* Fields and templates of all types, in one walk each; rows come by type and number. */
static bool read_new_members(struct anki *a, struct parcel_type *types, const int64_t *ids, size_t count,
                             bool templates)
{
    bool bad = false;
    struct sqlite3_stmt *rows =
        foreign_query(a->db,
                      templates ? "SELECT ntid, name, config FROM templates ORDER BY ntid, ord"
                                : "SELECT ntid, name, config FROM fields ORDER BY ntid, ord",
                      a->e);
    while (foreign_step(rows, NULL, a->e)) {
        int64_t id = foreign_int(rows, 0, 0, INT64_MAX, &bad);
        size_t at = 0;
        while (at < count && ids[at] != id)
            at++;
        if (at == count)
            continue;
        struct str name = foreign_text(&a->scratch, rows, 1, &bad), config = foreign_bytes(rows, 2);
        if (templates)
            list_push(&a->scratch, &types[at].templates,
                      (struct parcel_template){name, text_of(a, config, 1), text_of(a, config, 2)});
        else
            list_push(&a->scratch, &types[at].fields, name);
    }
    foreign_done(rows);
    return rows && a->e->kind == ERROR_NONE;
}

struct new_types {
    struct {
        struct parcel_type *items;
        size_t count, capacity;
    } types;
    struct {
        int64_t *items;
        size_t count, capacity;
    } ids;
    struct {
        uint64_t *items;
        size_t count, capacity;
    } stocks; /* times two, plus whether it is a type with gaps */
};

static bool read_new_types(struct anki *a)
{
    struct new_types found = {0};
    bool bad = false, ok = true;
    struct sqlite3_stmt *rows = foreign_query(a->db, "SELECT id, name, config FROM notetypes", a->e);
    while (foreign_step(rows, NULL, a->e) && found.ids.count < TYPES_MAX) {
        struct str config = foreign_bytes(rows, 2);
        struct protobuf_field kind = {0}, sort = {0}, stock = {0};
        protobuf_find(config, 1, &kind);
        protobuf_find(config, 2, &sort);
        protobuf_find(config, 9, &stock);
        list_push(&a->scratch, &found.ids, foreign_int(rows, 0, 0, INT64_MAX, &bad));
        list_push(&a->scratch, &found.stocks, (stock.value & 0xFF) * 2 + (kind.value == 1));
        list_push(&a->scratch, &found.types,
                  (struct parcel_type){.name = foreign_text(&a->scratch, rows, 1, &bad),
                                       .css = text_of(a, config, 3),
                                       .sort_field = sort.value < FIELDS_MAX ? (int)sort.value : 0});
    }
    foreign_done(rows);
    ok = rows && a->e->kind == ERROR_NONE &&
         read_new_members(a, found.types.items, found.ids.items, found.ids.count, false) &&
         read_new_members(a, found.types.items, found.ids.items, found.ids.count, true);
    for (size_t i = 0; ok && i < found.ids.count; i++)
        ok = give_type(a, found.ids.items[i], &found.types.items[i], found.stocks.items[i] & 1,
                       found.stocks.items[i] / 2);
    return ok;
}

bool anki_read_types(struct anki *a)
{
    return a->modern ? read_new_types(a) : read_old_types(a);
}
