#include "app/folder.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "base/translate.h"
#include "decks/deck_file.h"
#include "document/front.h"
#include "yaml/yaml.h"

#include <dirent.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FOLDER_DEPTH = 8, CONTENTS_LIMIT = 1 << 20, CHAPTER_LIMIT = 64 << 20, NAV_DEPTH = 8 };

static bool is_folder(struct str path)
{
    struct stat info;
    return stat(path.ptr, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool is_file(struct str path)
{
    struct stat info;
    return stat(path.ptr, &info) == 0 && S_ISREG(info.st_mode);
}

static bool is_markdown(struct str name)
{
    return str_ends(name, STR(".md")) || str_ends(name, STR(".markdown"));
}

/* A folder's README, LICENSE, FORMAT … are about the folder; Hugo's _index.md is its cover. */
static bool is_chapter_name(struct str name)
{
    if (name.ptr[0] == '.' || name.ptr[0] == '_')
        return false;
    if (deck_is_file_name(name))
        return true;
    if (!is_markdown(name))
        return false;
    for (size_t i = 0; name.ptr[i] != '.'; i++)
        if (name.ptr[i] >= 'a' && name.ptr[i] <= 'z')
            return true;
    return name.ptr[0] >= '0' && name.ptr[0] <= '9';
}

/* ---- By weight and name ---- */

static bool is_digit(struct str s, size_t at)
{
    return at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9';
}

/* The number at `*at`, without zeros in front; `*at` moves behind it. */
static struct str take_number(struct str s, size_t *at)
{
    while (is_digit(s, *at) && s.ptr[*at] == '0' && is_digit(s, *at + 1))
        (*at)++;
    size_t start = *at;
    while (is_digit(s, *at))
        (*at)++;
    return str_slice(s, start, *at);
}

int folder_compare_names(struct str a, struct str b)
{
    size_t i = 0, j = 0;
    while (i < a.len && j < b.len) {
        if (is_digit(a, i) && is_digit(b, j)) {
            struct str x = take_number(a, &i), y = take_number(b, &j);
            int order = x.len != y.len ? (x.len < y.len ? -1 : 1) : str_compare(x, y);
            if (order)
                return order;
        } else if (a.ptr[i] != b.ptr[j]) {
            return (unsigned char)a.ptr[i] < (unsigned char)b.ptr[j] ? -1 : 1;
        } else {
            i++, j++;
        }
    }
    if (i < a.len || j < b.len)
        return i < a.len ? 1 : -1;
    return str_compare(a, b);
}

struct entry {
    struct str path, name;
    bool folder;
    double weight; /* 0: none, which comes last */
};

struct entries {
    struct entry *items;
    size_t count, capacity;
};

static int by_weight(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->weight != y->weight && x->weight != 0 && y->weight != 0)
        return x->weight < y->weight ? -1 : 1;
    if ((x->weight != 0) != (y->weight != 0))
        return x->weight != 0 ? -1 : 1;
    return folder_compare_names(x->name, y->name);
}

/* What is wrong with the file is told when it is read as a chapter. */
static double weight_of(struct str path)
{
    struct arena scratch = {0};
    struct front front = {0};
    struct str source;
    if (!file_read(&scratch, path.ptr, CHAPTER_LIMIT, &source, NULL) ||
        !front_read(&scratch, path, source, &front, NULL))
        front.weight = 0;
    arena_finish(&scratch);
    return front.weight;
}

static bool list_folder(struct arena *arena, struct str folder, struct entries *ret, struct error *e)
{
    DIR *open = opendir(folder.ptr);
    if (!open) {
        fail(e, ERROR_IO, _("The folder could not be read."));
        return error_at(e, folder, 0, 0);
    }
    for (struct dirent *found = readdir(open); found; found = readdir(open)) {
        struct entry entry = {.name = str_copy(arena, str_from(found->d_name))};
        entry.path = path_join(arena, folder, entry.name);
        entry.folder = entry.name.ptr[0] != '.' && is_folder(entry.path);
        if (entry.folder)
            entry.weight = weight_of(path_join(arena, entry.path, STR("_index.md")));
        else if (!is_chapter_name(entry.name))
            continue;
        else if (is_markdown(entry.name))
            entry.weight = weight_of(entry.path);
        list_push(arena, ret, entry);
    }
    closedir(open);
    if (ret->count > 1)
        qsort(ret->items, ret->count, sizeof *ret->items, by_weight);
    return true;
}

static bool walk(struct arena *arena, struct str folder, int depth, bool only_decks, struct str_list *ret,
                 struct error *e)
{
    struct entries entries = {0};
    if (!list_folder(arena, folder, &entries, e))
        return false;
    list_each (const struct entry, entry, &entries) {
        if (!entry->folder && (!only_decks || deck_is_file_name(entry->name)))
            list_push(arena, ret, entry->path);
        else if (entry->folder && depth < FOLDER_DEPTH &&
                 !walk(arena, entry->path, depth + 1, only_decks, ret, e))
            return false;
    }
    return true;
}

/* ---- By a list of contents ---- */

/* A file that the contents name; what is not there (a draft, a page elsewhere) is passed over. */
static void add_named(struct arena *arena, struct str folder, struct str name, struct str_list *ret)
{
    name = str_trim(str_slice(name, 0, str_find(name, STR("#"), 0)));
    if (!is_markdown(name) || str_contains(name, STR("://")) || name.ptr[0] == '/')
        return;
    struct str path = path_join(arena, folder, name);
    if (is_file(path) && !str_list_has(ret, path))
        list_push(arena, ret, path);
}

/* "%20" → " ". */
static struct str unescape(struct arena *arena, struct str s)
{
    char *text = arena_alloc(arena, s.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        bool blank = s.ptr[i] == '%' && i + 2 < s.len && s.ptr[i + 1] == '2' && s.ptr[i + 2] == '0';
        text[len++] = blank ? ' ' : s.ptr[i];
        i += blank ? 2 : 0;
    }
    return (struct str){text, len};
}

/* "- [Title](file.md)", one a line. */
static bool read_summary(struct arena *arena, struct str folder, struct str_list *ret)
{
    struct str source, line;
    struct str path = path_join(arena, folder, STR("SUMMARY.md"));
    if (!is_file(path) || !file_read(arena, path.ptr, CONTENTS_LIMIT, &source, NULL))
        return false;
    while (str_split(&source, '\n', &line)) {
        size_t open = str_find(line, STR("]("), 0), close = str_find(line, STR(")"), open);
        if (open == SIZE_MAX || close == SIZE_MAX)
            continue;
        struct str target = str_slice(line, open + 2, close);
        if (str_starts(target, STR("<")) && str_ends(target, STR(">")))
            target = str_slice(target, 1, target.len - 1);
        add_named(arena, folder, unescape(arena, target), ret);
    }
    return true;
}

/* `nav:` is a list of files and of titles with a file or a list behind them. */
static void read_nav(struct arena *arena, struct str folder, const struct yaml_node *node, int depth,
                     struct str_list *ret)
{
    if (node->kind == YAML_SCALAR)
        add_named(arena, folder, node->text, ret);
    for (size_t i = 0; node->kind != YAML_SCALAR && depth < NAV_DEPTH && i < node->children.count; i++)
        read_nav(arena, folder, node->children.items[i], depth + 1, ret);
}

/* The folder of the texts is set in `*ret_folder` even if there is no `nav:`. */
static bool read_mkdocs(struct arena *arena, struct str folder, struct str *ret_folder, struct str_list *ret)
{
    static const char *const names[] = {"mkdocs.yml", "mkdocs.yaml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str path = path_join(arena, folder, str_from(names[i])), source;
        struct yaml_node *root;
        if (!is_file(path) || !file_read(arena, path.ptr, CONTENTS_LIMIT, &source, NULL) ||
            !yaml_read(arena, source, path, 1, &root, NULL))
            continue;
        const struct yaml_node *nav = yaml_get(root, STR("nav"));
        *ret_folder = path_join(arena, folder, yaml_get_text(root, STR("docs_dir"), STR("docs")));
        if (nav)
            read_nav(arena, *ret_folder, nav, 0, ret);
        return nav != NULL;
    }
    return false;
}

/* Hugo keeps the texts of a site below "content". */
static struct str content_of(struct arena *arena, struct str folder)
{
    static const char *const signs[] = {"hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml"};
    struct str content = path_join(arena, folder, STR("content"));
    for (size_t i = 0; is_folder(content) && i < sizeof signs / sizeof *signs; i++)
        if (is_file(path_join(arena, folder, str_from(signs[i]))))
            return content;
    return folder;
}

bool folder_read(struct arena *arena, struct str folder, struct str_list *ret, struct error *e)
{
    struct str texts = folder;
    bool listed = read_summary(arena, folder, ret) ||
                  read_summary(arena, path_join(arena, folder, STR("src")), ret) ||
                  read_mkdocs(arena, folder, &texts, ret);
    if (!is_folder(texts))
        texts = folder;
    return walk(arena, listed ? folder : content_of(arena, texts), 0, listed, ret, e);
}
