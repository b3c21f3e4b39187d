#include "decks/inside.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "text/suggest.h"
#include "text/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void problem_add(struct reader *r, bool warning, const char *rule, const struct yaml_node *at,
                 const char *format, ...)
{
    char text[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    list_push(r->arena, &r->problems,
              (struct problem){.warning = warning,
                               .rule = rule,
                               .line = at->line,
                               .column = at->column,
                               .text = str_copy(r->arena, str_from(text))});
    r->problems.errors += !warning;
}

static void unknown_key(struct reader *r, const struct yaml_node *key, const struct key_row *rows)
{
    struct suggestion best = {.word = key->text};
    for (const struct key_row *row = rows; row->name; row++)
        suggestion_try(&best, row->name);
    if (best.found) {
        problem_error(r, "unknown-key", key, _("There is no key \"%.*s\" here; did you mean \"%s\"?"),
                      STR_ARG(key->text), best.found);
        return;
    }
    struct str names = {0};
    for (const struct key_row *row = rows; row->name; row++)
        names = str_format(r->arena, "%.*s%s%s", STR_ARG(names), names.len ? ", " : "", row->name);
    problem_error(r, "unknown-key", key, _("There is no key \"%.*s\" here. There are: %.*s."),
                  STR_ARG(key->text), STR_ARG(names));
}

static const struct key_row *find_row(const struct key_row *rows, struct str name)
{
    for (const struct key_row *row = rows; row->name; row++)
        if (str_equal(str_from(row->name), name))
            return row;
    return NULL;
}

void read_keys(struct reader *r, const struct yaml_node *mapping, const struct key_row *rows, void *fields)
{
    for (size_t i = 0; i < mapping->keys.count; i++) {
        const struct yaml_node *key = mapping->keys.items[i];
        const struct key_row *row = find_row(rows, key->text);
        if (!row)
            unknown_key(r, key, rows);
        else
            memcpy((char *)fields + row->offset, &mapping->children.items[i],
                   sizeof mapping->children.items[i]);
    }
}

struct str read_text(struct reader *r, const struct yaml_node *node)
{
    if (yaml_is_null(node))
        return (struct str){0};
    if (node->kind != YAML_SCALAR) {
        problem_error(r, "not-text", node,
                      _("A text is expected here; put it between quotes if it begins with [ or {."));
        return (struct str){0};
    }
    return text_nfc(r->arena, text_trim(node->text));
}

struct str_list read_texts(struct reader *r, const struct yaml_node *node)
{
    struct str_list texts = {0};
    if (yaml_is_null(node))
        return texts;
    if (node->kind == YAML_MAPPING) {
        problem_error(r, "not-list", node, _("A list is expected here: one line with \"- \" for each."));
        return texts;
    }
    if (node->kind == YAML_SCALAR) {
        list_push(r->arena, &texts, read_text(r, node));
        return texts;
    }
    for (size_t i = 0; i < node->children.count; i++) {
        struct str text = read_text(r, node->children.items[i]);
        if (text.len)
            list_push(r->arena, &texts, text);
    }
    return texts;
}

static bool is_date(struct str s)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    long year, month, day;
    if (s.len != 10 || s.ptr[4] != '-' || s.ptr[7] != '-' || !str_to_long(str_slice(s, 0, 4), &year) ||
        !str_to_long(str_slice(s, 5, 7), &month) || !str_to_long(str_slice(s, 8, 10), &day) || month < 1 ||
        month > 12)
        return false;
    bool leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day >= 1 && day <= lengths[month - 1] + leap;
}

static bool is_count(struct str s)
{
    long number;
    return str_to_long(s, &number) && number >= 0 && number <= 9999;
}

static bool is_retention(struct str s)
{
    double number;
    return str_to_double(s, &number) && number >= 0.70 && number <= 0.99;
}

/* The options of a deck and what each may be. */
static const struct setting_row {
    const char *name;
    bool (*allows)(struct str value);
    const char *wants;
} setting_rows[] = {
    {"new_per_day", is_count, N_("a number from 0 to 9999")},
    {"reviews_per_day", is_count, N_("a number from 0 to 9999")},
    {"minutes_per_day", is_count, N_("a number from 0 to 9999")},
    {"retention", is_retention, N_("a number from 0.70 to 0.99")},
    {"exam", is_date, N_("a date such as 2026-06-15")},
};

enum { SETTINGS = sizeof setting_rows / sizeof *setting_rows };

static void read_settings(struct reader *r, const struct yaml_node *node)
{
    struct key_row rows[SETTINGS + 1] = {0};
    const struct yaml_node *values[SETTINGS] = {0};
    if (yaml_is_null(node))
        return;
    if (node->kind != YAML_MAPPING) {
        problem_error(r, "not-mapping", node, _("Options are written one a line: \"new_per_day: 10\"."));
        return;
    }
    for (size_t i = 0; i < SETTINGS; i++)
        rows[i] = (struct key_row){setting_rows[i].name, i * sizeof *values};
    read_keys(r, node, rows, values);
    for (size_t i = 0; i < SETTINGS; i++) {
        struct str value = read_text(r, values[i]);
        if (!values[i])
            continue;
        if (!setting_rows[i].allows(value))
            problem_error(r, "bad-option", values[i], _("%s is %s, not \"%.*s\"."), setting_rows[i].name,
                          _(setting_rows[i].wants), STR_ARG(value));
        else
            list_push(r->arena, &r->deck.settings,
                      (struct deck_setting){str_from(setting_rows[i].name), value});
    }
}

struct deck_nodes {
    const struct yaml_node *deck, *language, *description, *author, *licence, *id, *options, *from, *drop,
        *edit, *add, *cards;
};

#define ROW(name)                                                                                            \
    {                                                                                                        \
#name, offsetof(struct deck_nodes, name)                                                             \
    }
static const struct key_row deck_rows[] = {
    ROW(deck),
    ROW(language),
    ROW(description),
    ROW(author),
    ROW(licence),
    ROW(id),
    ROW(options),
    ROW(from),
    ROW(drop),
    ROW(edit),
    ROW(add),
    ROW(cards),
    {"license", offsetof(struct deck_nodes, licence)},
    {0},
};
#undef ROW

static void read_language(struct reader *r, const struct yaml_node *root, const struct yaml_node *node)
{
    r->deck.lang = read_text(r, node);
    if (!node) {
        problem_warn(r, "no-language", root,
                     _("The deck does not say its language: add \"language: en\" or \"es\"."));
        r->deck.lang = str_from(translate_language());
    } else if (!str_equal(r->deck.lang, STR("es")) && !str_equal(r->deck.lang, STR("en"))) {
        problem_error(r, "bad-language", node, _("language is \"es\" or \"en\", not \"%.*s\"."),
                      STR_ARG(r->deck.lang));
        r->deck.lang = STR("en");
    }
}

static void read_head(struct reader *r, const struct yaml_node *root, const struct deck_nodes *nodes)
{
    r->deck.title = read_text(r, nodes->deck);
    if (!r->deck.title.len)
        problem_error(r, "no-title", nodes->deck ? nodes->deck : root,
                      _("The deck has no title: begin the file with \"deck: A title\"."));
    read_language(r, root, nodes->language);
    r->deck.description = read_text(r, nodes->description);
    r->deck.author = read_text(r, nodes->author);
    r->deck.licence = read_text(r, nodes->licence);
    r->deck.id = read_text(r, nodes->id);
    if (!r->deck.id.len)
        r->deck.id = r->deck.title;
    read_settings(r, nodes->options);
}

static void read_list(struct reader *r, const struct yaml_node *cards)
{
    if (yaml_is_null(cards))
        return;
    if (cards->kind != YAML_SEQUENCE) {
        problem_error(r, "not-list", cards, _("cards: is a list; every card begins with \"- \"."));
        return;
    }
    for (size_t i = 0; i < cards->children.count; i++)
        read_card(r, cards->children.items[i]);
}

static void read_cards(struct reader *r, const struct yaml_node *root, const struct deck_nodes *nodes)
{
    if (yaml_is_null(nodes->cards) && yaml_is_null(nodes->add) && yaml_is_null(nodes->from))
        problem_error(r, "no-cards", nodes->cards ? nodes->cards : root,
                      _("The deck has no cards: write \"cards:\" and below it \"- q: …\" and \"a: …\"."));
    read_from(r, nodes->from, nodes->drop, nodes->edit);
    read_list(r, nodes->cards);
    read_list(r, nodes->add);
}

static int by_place(const void *a, const void *b)
{
    const struct problem *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

void sort_problems(struct problems *problems)
{
    if (problems->count)
        qsort(problems->items, problems->count, sizeof *problems->items, by_place);
}

bool check_utf8(struct str path, struct str bytes, struct error *e)
{
    size_t bad = utf8_find_bad(bytes);
    if (bad == SIZE_MAX)
        return true;
    int line = 1;
    for (size_t i = 0; i < bad; i++)
        line += bytes.ptr[i] == '\n';
    fail(e, ERROR_SYNTAX, _("This line is not UTF-8. Save the file as UTF-8 and try again."));
    return error_at(e, path, line, 0);
}

bool deck_read(struct arena *arena, struct str path, struct str bytes, struct deck_file *ret,
               struct problems *ret_problems, struct error *e)
{
    struct reader r = {.arena = arena, .deck.path = path};
    struct yaml_node *root;
    struct deck_nodes nodes = {0};
    if (!check_utf8(path, bytes, e) || !yaml_read(arena, bytes, path, 1, &root, e))
        return false;
    if (root->kind != YAML_MAPPING) {
        fail(e, ERROR_SYNTAX, _("This is no deck: the first line should be \"deck: A title\"."));
        return error_at(e, path, root->line, root->column);
    }
    read_keys(&r, root, deck_rows, &nodes);
    read_head(&r, root, &nodes);
    read_cards(&r, root, &nodes);
    check_cards(&r);
    sort_problems(&r.problems);
    *ret = r.deck;
    *ret_problems = r.problems;
    return true;
}

bool deck_is_file_name(struct str path)
{
    return str_ends(path, STR(".repaso.yaml")) || str_ends(path, STR(".repaso.yml"));
}
