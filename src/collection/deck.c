#include "collection/deck.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/translate.h"
#include "collection/json.h"
#include "collection/log.h"
#include "collection/options.h"
#include "collection/replay.h"
#include "collection/tree.h"
#include "text/text.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static struct str first_text(struct collection *c, struct arena *arena, sqlite3_stmt *find)
{
    bool row;
    if (!query_step(c, find, &row, NULL) || !row)
        return (struct str){0};
    struct str text = column_copy(arena, find, 0);
    query_done(find);
    return text;
}

struct str deck_identity(struct collection *c, struct arena *arena, int64_t deck)
{
    return first_text(c, arena, query(c, NULL, "SELECT id FROM deck WHERE key = ?", "i", deck));
}

struct str deck_own_name(struct collection *c, struct arena *arena, int64_t deck)
{
    return first_text(c, arena, query(c, NULL, "SELECT name FROM deck WHERE key = ?", "i", deck));
}

/* Loaded rows, not yet in order. */
static bool read_nodes(struct collection *c, struct arena *arena, struct tree *ret, struct error *e)
{
    sqlite3_stmt *rows = query(c, e,
                               "SELECT key, coalesce(parent, 0), id, name, lang, options FROM deck"
                               " WHERE deleted_at IS NULL",
                               "");
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row)
        list_push(arena, ret,
                  (struct tree_node){.key = sqlite3_column_int64(rows, 0),
                                     .parent_key = sqlite3_column_int64(rows, 1),
                                     .id = column_copy(arena, rows, 2),
                                     .name = column_copy(arena, rows, 3),
                                     .lang = column_copy(arena, rows, 4),
                                     .json = column_copy(arena, rows, 5)});
    return ok;
}

static int by_parent_and_name(const void *left, const void *right)
{
    const struct tree_node *a = left, *b = right;
    if (a->parent_key != b->parent_key)
        return a->parent_key < b->parent_key ? -1 : 1;
    int order = text_collate(a->name, b->name, a->lang);
    return order ? order : (a->key > b->key) - (a->key < b->key);
}

static size_t first_child(const struct tree *rows, int64_t parent)
{
    size_t low = 0, high = rows->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rows->items[middle].parent_key < parent)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* `rows` is sorted by parent, then by name. A deck whose parent was deleted is not reached. */
static void place_children(struct arena *arena, const struct tree *rows, int64_t parent_key, int parent,
                           struct tree *ret)
{
    for (size_t i = first_child(rows, parent_key); i < rows->count && rows->items[i].parent_key == parent_key;
         i++) {
        struct tree_node node = rows->items[i];
        const struct tree_node *above = parent >= 0 ? &ret->items[parent] : NULL;
        node.parent = parent;
        node.depth = above ? above->depth + 1 : 0;
        node.path =
            above ? str_format(arena, "%.*s::%.*s", STR_ARG(above->path), STR_ARG(node.name)) : node.name;
        node.options = above ? above->options : ret->general;
        options_apply(arena, node.json, &node.options);
        int at = (int)ret->count;
        list_push(arena, ret, node);
        if (node.depth < 64)
            place_children(arena, rows, node.key, at, ret);
        ret->items[at].end = (int)ret->count;
    }
}

bool tree_load(struct collection *c, struct arena *arena, struct tree *ret, struct error *e)
{
    struct tree rows = {0}, tree = {0};
    if (!options_general(c, &tree.general, e) || !read_nodes(c, arena, &rows, e))
        return false;
    if (rows.count)
        qsort(rows.items, rows.count, sizeof *rows.items, by_parent_and_name);
    place_children(arena, &rows, 0, -1, &tree);
    *ret = tree;
    return true;
}

int tree_find(const struct tree *tree, int64_t deck)
{
    for (size_t i = 0; i < tree->count; i++)
        if (tree->items[i].key == deck)
            return (int)i;
    return -1;
}

static bool make_one(struct collection *c, struct arena *arena, int64_t parent, struct str path,
                     struct str name, struct str lang, struct str origin, int64_t *ret, struct error *e)
{
    if (!query_number(
            c,
            query(c, e,
                  "SELECT key FROM deck WHERE coalesce(parent, 0) = ? AND name = ? AND deleted_at IS NULL",
                  "it", parent, name),
            0, ret, e))
        return false;
    if (*ret)
        return true;
    /* The same name on two devices is the same deck; a name that was freed by renaming makes another. */
    int64_t taken = 1;
    char id[27];
    for (int round = 0; taken; round++) {
        identity_hash(str_format(arena, "deck%c%.*s%c%d", 0, STR_ARG(path), 0, round), id);
        if (!query_number(c, query(c, e, "SELECT count(*) FROM deck WHERE id = ?", "s", id), 0, &taken, e))
            return false;
    }
    if (!query_run(c,
                   query(c, e, "INSERT INTO deck(id, parent, name, lang, origin) VALUES (?, ?, ?, ?, ?)",
                         "skttt", id, parent, name, lang, origin),
                   e))
        return false;
    *ret = sqlite3_last_insert_rowid(c->db);
    return true;
}

bool tree_make(struct collection *c, struct arena *arena, struct str path, struct str lang, struct str origin,
               int64_t *ret, struct error *e)
{
    int64_t parent = 0;
    for (size_t at = 0; at <= path.len;) {
        size_t cut = str_find(path, STR("::"), at);
        size_t end = cut == SIZE_MAX ? path.len : cut;
        struct str name = text_trim(str_slice(path, at, end));
        if (name.len == 0)
            return fail(e, ERROR_USAGE, _("a deck needs a name: \"%.*s\" has an empty one"), STR_ARG(path));
        bool last = end == path.len;
        if (!make_one(c, arena, parent, str_slice(path, 0, end), name, lang, last ? origin : (struct str){0},
                      &parent, e))
            return false;
        at = end + 2;
    }
    *ret = parent;
    return parent != 0 || fail(e, ERROR_USAGE, _("a deck needs a name"));
}

bool deck_create(struct collection *c, struct str path, struct str lang, struct moment now, int64_t *ret,
                 struct error *e)
{
    (void)now;
    if (!transaction_begin(c, e))
        return false;
    struct arena arena = {0};
    int64_t deck = 0;
    bool ok = tree_make(c, &arena, path, lang, (struct str){0}, &deck, e);
    arena_finish(&arena);
    if (!transaction_end(c, ok, e))
        return false;
    *ret = deck;
    return true;
}

static bool fail_unknown_deck(struct arena *arena, const struct tree *tree, struct str name, struct error *e)
{
    struct str known = {0};
    for (size_t i = 0; i < tree->count && known.len < 120; i++)
        known = str_format(arena, "%.*s%s%.*s", STR_ARG(known), i ? ", " : "", STR_ARG(tree->items[i].path));
    if (known.len == 0)
        return fail(e, ERROR_NOT_FOUND, _("there is no deck yet; add a chapter first"));
    return fail(e, ERROR_NOT_FOUND, _("there is no deck \"%.*s\"; there are: %.*s"), STR_ARG(name),
                STR_ARG(known));
}

bool deck_find(struct collection *c, struct str name, int64_t *ret, struct error *e)
{
    struct arena arena = {0};
    struct tree tree;
    if (!tree_load(c, &arena, &tree, e)) {
        arena_finish(&arena);
        return false;
    }
    struct str wanted = text_fold(&arena, name);
    int64_t by_path = 0, by_name = 0;
    int names = 0;
    list_each (struct tree_node, node, &tree) {
        if (str_equal(text_fold(&arena, node->path), wanted))
            by_path = node->key;
        if (str_equal(text_fold(&arena, node->name), wanted)) {
            by_name = node->key;
            names++;
        }
    }
    int64_t found = by_path ? by_path : names == 1 ? by_name : 0;
    if (found)
        *ret = found;
    else if (names > 1)
        fail(e, ERROR_NOT_FOUND,
             _("%d decks are called \"%.*s\"; name it with its parent, as \"Book::%.*s\""), names,
             STR_ARG(name), STR_ARG(name));
    else
        fail_unknown_deck(&arena, &tree, name, e);
    arena_finish(&arena);
    return found != 0;
}
