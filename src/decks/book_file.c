#include "decks/book_file.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/multimap.h"
#include "base/translate.h"
#include "decks/inside.h"
#include "language/language.h"
#include "text/suggest.h"
#include "text/text.h"

#include <stddef.h>
#include <stdint.h>

struct book_nodes {
    const struct yaml_node *book, *id, *language, *names, *not_names, *pin, *drop, *cards;
};

static const struct key_row book_rows[] = {
    {"book", offsetof(struct book_nodes, book)},
    {"id", offsetof(struct book_nodes, id)},
    {"language", offsetof(struct book_nodes, language)},
    {"names", offsetof(struct book_nodes, names)},
    {"not_names", offsetof(struct book_nodes, not_names)},
    {"pin", offsetof(struct book_nodes, pin)},
    {"drop", offsetof(struct book_nodes, drop)},
    {"cards", offsetof(struct book_nodes, cards)},
    {0},
};

struct name_nodes {
    const struct yaml_node *name, *aliases, *type, *kind, *gender, *id;
};

static const struct key_row name_rows[] = {
    {"name", offsetof(struct name_nodes, name)},
    {"aliases", offsetof(struct name_nodes, aliases)},
    {"type", offsetof(struct name_nodes, type)},
    {"kind", offsetof(struct name_nodes, kind)},
    {"gender", offsetof(struct name_nodes, gender)},
    {"id", offsetof(struct name_nodes, id)},
    {0},
};

static enum entity_type read_type(struct reader *r, const struct yaml_node *node)
{
    static const char *const types[] = {"org", "person", "work", "place", "event", "term"};
    struct str word = read_text(r, node);
    enum entity_type type = entity_type_from(word);
    if (!word.len || type != ENTITY_UNKNOWN)
        return type;
    struct suggestion best = {.word = word};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        suggestion_try(&best, types[i]);
    if (best.found)
        problem_error(r, "bad-type", node, _("There is no type \"%.*s\"; did you mean \"%s\"?"),
                      STR_ARG(word), best.found);
    else
        problem_error(r, "bad-type", node,
                      _("A type is one of org, person, work, place, event, term; not \"%.*s\"."),
                      STR_ARG(word));
    return ENTITY_UNKNOWN;
}

static char read_gender(struct reader *r, const struct yaml_node *node)
{
    struct str word = read_text(r, node);
    if (str_equal(word, STR("m")) || str_equal(word, STR("f")))
        return word.ptr[0];
    if (word.len)
        problem_error(r, "bad-gender", node, _("A gender is m or f, not \"%.*s\"."), STR_ARG(word));
    return 0;
}

/* "laboratorio", "company": one of the nouns that the program knows how to ask with. */
static struct str read_kind(struct reader *r, const struct yaml_node *node)
{
    struct sense sense;
    struct str word = read_text(r, node);
    const struct language *language = language_get(r->deck.lang);
    if (word.len && language && !language_sense(language, word, SENSE_NOUN, &sense)) {
        problem_warn(r, "bad-kind", node,
                     _("\"%.*s\" is no kind of thing that repaso knows; \"company\", \"battle\" or \"book\" "
                       "would be. The line has no effect."),
                     STR_ARG(word));
        return (struct str){0};
    }
    return word;
}

static void read_name(struct reader *r, const struct yaml_node *node, struct multimap *seen,
                      struct book_file *book)
{
    struct name_nodes nodes = {0};
    if (node->kind == YAML_MAPPING)
        read_keys(r, node, name_rows, &nodes);
    else
        nodes.name = node;
    struct taught_name name = {.name = read_text(r, nodes.name)};
    if (!name.name.len) {
        problem_error(r, "no-name", node, _("This entry has no name: begin it with \"- name: …\"."));
        return;
    }
    uint64_t key = hash_str(text_fold_key(r->arena, name.name));
    int before = multimap_first(seen, key);
    if (before >= 0)
        problem_error(r, "name-twice", node, _("\"%.*s\" has an entry already, on line %d."),
                      STR_ARG(name.name), multimap_value(seen, before));
    multimap_add(r->arena, seen, key, node->line);
    name.aliases = read_texts(r, nodes.aliases);
    name.type = read_type(r, nodes.type);
    name.kind = read_kind(r, nodes.kind);
    name.gender = read_gender(r, nodes.gender);
    name.id = read_text(r, nodes.id);
    list_push(r->arena, &book->names, name);
}

static bool is_list(struct reader *r, const struct yaml_node *node, const char *key)
{
    if (yaml_is_null(node))
        return false;
    if (node->kind == YAML_SEQUENCE)
        return true;
    problem_error(r, "not-list", node, _("%s: is a list; every entry begins with \"- \"."), key);
    return false;
}

static void read_names(struct reader *r, const struct yaml_node *node, struct book_file *book)
{
    struct multimap seen = {0};
    for (size_t i = 0; is_list(r, node, "names") && i < node->children.count; i++)
        read_name(r, node->children.items[i], &seen, book);
}

static void read_named_cards(struct reader *r, const struct yaml_node *node, const char *key,
                             struct named_cards *ret)
{
    for (size_t i = 0; is_list(r, node, key) && i < node->children.count; i++) {
        const struct yaml_node *entry = node->children.items[i];
        struct str text = read_text(r, entry);
        if (text.len)
            list_push(
                r->arena, ret,
                ((struct named_card){text, text_fold(r->arena, text), entry->line, entry->column, false}));
    }
}

static void read_book_head(struct reader *r, const struct book_nodes *nodes, struct book_file *book)
{
    book->title = read_text(r, nodes->book);
    book->id = read_text(r, nodes->id);
    book->lang = read_text(r, nodes->language);
    if (book->lang.len && !language_get(book->lang)) {
        problem_error(r, "bad-language", nodes->language, _("language is \"es\" or \"en\", not \"%.*s\"."),
                      STR_ARG(book->lang));
        book->lang = (struct str){0};
    }
    r->deck.title = book->title;
    r->deck.id = book->id.len ? book->id : book->title;
    r->deck.lang = book->lang.len ? book->lang : STR("es");
}

bool book_file_read(struct arena *arena, struct str path, struct str bytes, struct book_file *ret,
                    struct problems *ret_problems, struct error *e)
{
    struct reader r = {.arena = arena, .deck.path = path};
    struct yaml_node *root;
    struct book_nodes nodes = {0};
    struct book_file book = {0};
    if (!check_utf8(path, bytes, e) || !yaml_read(arena, bytes, path, 1, &root, e))
        return false;
    if (root->kind != YAML_MAPPING) {
        fail(e, ERROR_SYNTAX, _("This tells nothing of a book: the first line should be \"book: A title\"."));
        return error_at(e, path, root->line, root->column);
    }
    read_keys(&r, root, book_rows, &nodes);
    read_book_head(&r, &nodes, &book);
    read_names(&r, nodes.names, &book);
    book.not_names = read_texts(&r, nodes.not_names);
    read_named_cards(&r, nodes.pin, "pin", &book.pinned);
    read_named_cards(&r, nodes.drop, "drop", &book.dropped);
    for (size_t i = 0; is_list(&r, nodes.cards, "cards") && i < nodes.cards->children.count; i++)
        read_card(&r, nodes.cards->children.items[i]);
    check_cards(&r);
    sort_problems(&r.problems);
    book.cards = r.deck.cards;
    *ret = book;
    *ret_problems = r.problems;
    return true;
}

/* ---- Adding names ---- */

static void add_head(struct buffer *out, struct str title, struct str lang)
{
    buffer_format(out, "# %s\n",
                  _("What repaso knows of this book. Correct what is wrong: it stays as you write it."));
    buffer_format(out, "# %s\n\n", _("How to: decks/BOOK.md, or `repaso help learn`."));
    buffer_add(out, STR("book: "));
    buffer_add_json(out, title);
    buffer_format(out, "\nlanguage: %.*s\n", STR_ARG(lang));
}

static void add_entry(struct buffer *out, struct str indent, const struct entity *entity)
{
    buffer_format(out, "%.*s- name: ", STR_ARG(indent));
    buffer_add_json(out, entity->name);
    struct str type = entity_type_name(entity->type);
    buffer_format(out, "\n%.*s  type: %.*s%s\n", STR_ARG(indent), STR_ARG(type),
                  type.len ? "" : "# org, person, work, place, event, term");
    if (entity->class_noun.len)
        buffer_format(out, "%.*s  kind: %.*s\n", STR_ARG(indent), STR_ARG(entity->class_noun));
    if (entity->aliases.count) {
        buffer_format(out, "%.*s  aliases: [", STR_ARG(indent));
        for (size_t i = 0; i < entity->aliases.count; i++) {
            buffer_add(out, i ? STR(", ") : STR(""));
            buffer_add_json(out, entity->aliases.items[i]);
        }
        buffer_add(out, STR("]\n"));
    }
}

/* The lines 1 … `line` of a text. */
static size_t end_of_line(struct str text, int line)
{
    size_t at = 0;
    for (; line > 0 && at < text.len; line--) {
        size_t end = str_find(text, STR("\n"), at);
        at = end == SIZE_MAX ? text.len : end + 1;
    }
    return at;
}

static bool is_part_of_next(struct str line)
{
    return !str_trim(line).len || line.ptr[0] == '#' || str_starts(line, STR("..."));
}

/* The end of what belongs to the key: before the next one, and before the remarks above that. */
static size_t end_of_key(struct str text, const struct yaml_node *root, struct str key)
{
    size_t at = text.len;
    for (size_t i = 0; i + 1 < root->keys.count; i++)
        if (str_equal(root->keys.items[i]->text, key))
            at = end_of_line(text, root->keys.items[i + 1]->line - 1);
    while (at > 0) {
        size_t start = at - 1;
        while (start > 0 && text.ptr[start - 1] != '\n')
            start--;
        if (!is_part_of_next(str_slice(text, start, at)))
            break;
        at = start;
    }
    return at;
}

static bool refuse_layout(struct str path, int line, struct error *e)
{
    fail(e, ERROR_SYNTAX, _("Write every name on a line of its own, beginning with \"- name: \"."));
    return error_at(e, path, line, 0);
}

/* Where in the text new entries go, and how far they stand in. */
static bool place_of(struct str path, struct str bytes, const struct yaml_node *root, size_t *ret_at,
                     struct str *ret_indent, struct error *e)
{
    const struct yaml_node *names = yaml_get(root, STR("names"));
    *ret_at = names ? end_of_key(bytes, root, STR("names")) : end_of_key(bytes, root, (struct str){0});
    *ret_indent = STR("  ");
    if (yaml_is_null(names))
        return true;
    const struct yaml_node *first = names->children.count ? names->children.items[0] : NULL;
    size_t start = end_of_line(bytes, first ? first->line - 1 : 0);
    size_t dash = first ? str_find(bytes, STR("- "), start) : SIZE_MAX;
    bool block = dash != SIZE_MAX && !str_trim(str_slice(bytes, start, dash)).len;
    if (names->kind != YAML_SEQUENCE || !block)
        return refuse_layout(path, names->line, e);
    *ret_indent = str_slice(bytes, start, dash);
    return true;
}

static void know(struct arena *arena, struct multimap *known, struct str name)
{
    multimap_add(arena, known, hash_str(text_fold_key(arena, name)), 0);
}

/* Everything that the file says something of, names and what it says are none. */
static struct multimap known_of(struct arena *arena, const struct book_file *book)
{
    struct multimap known = {0};
    list_each (const struct taught_name, name, &book->names) {
        know(arena, &known, name->name);
        list_each (const struct str, alias, &name->aliases)
            know(arena, &known, *alias);
    }
    list_each (const struct str, word, &book->not_names)
        know(arena, &known, *word);
    return known;
}

bool book_file_add_names(struct arena *arena, struct str path, struct str bytes, struct str title,
                         struct str lang, const struct entities *names, struct buffer *out, size_t *ret_added,
                         struct error *e)
{
    struct book_file book;
    struct problems problems;
    struct yaml_node *root;
    struct str indent;
    size_t at, added = 0;
    if (!book_file_read(arena, path, bytes, &book, &problems, e) ||
        !yaml_read(arena, bytes, path, 1, &root, e) || !place_of(path, bytes, root, &at, &indent, e))
        return false;
    struct multimap known = known_of(arena, &book);
    if (!bytes.len)
        add_head(out, title, lang);
    buffer_add(out, str_slice(bytes, 0, at));
    if (at > 0 && bytes.ptr[at - 1] != '\n')
        buffer_add_char(out, '\n');
    if (!yaml_get(root, STR("names")))
        buffer_add(out, STR("names:\n"));
    list_each (const struct entity, entity, names) {
        if (multimap_first(&known, hash_str(text_fold_key(arena, entity->name))) >= 0)
            continue;
        add_entry(out, indent, entity);
        added++;
    }
    buffer_add(out, str_slice(bytes, at, bytes.len));
    if (!yaml_read(arena, buffer_str(out), path, 1, &root, NULL)) /* all between one pair of braces */
        return refuse_layout(path, 1, e);
    *ret_added = added;
    return true;
}
