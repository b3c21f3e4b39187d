/* A deck file in neat form: one blank line between cards, short lists in one line, comments where they were. */
#include "decks/deck_file.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "decks/comments.h"
#include "yaml/yaml.h"

#include <limits.h>
#include <string.h>

enum { LINE_WIDTH = 100 };

struct formatter {
    struct buffer *out;
    struct comments comments;
    size_t next_comment; /* those before it are written */
};

static void add_indent(struct formatter *f, int indent)
{
    buffer_format(f->out, "%*s", indent, "");
}

/* Comments that stand alone before `line`. One that trailed something that has moved stands alone now. */
static void flush_comments(struct formatter *f, int line, int indent)
{
    for (; f->next_comment < f->comments.count; f->next_comment++) {
        const struct comment *comment = &f->comments.items[f->next_comment];
        if (comment->line >= line)
            return;
        add_indent(f, indent);
        buffer_format(f->out, "%.*s\n", STR_ARG(comment->text));
    }
}

/* Ends the output's line, with the comment that stood at the end of the source's line `line`. */
static void end_line(struct formatter *f, int line)
{
    if (f->next_comment < f->comments.count) {
        const struct comment *comment = &f->comments.items[f->next_comment];
        if (comment->line == line && !comment->alone) {
            buffer_format(f->out, "  %.*s", STR_ARG(comment->text));
            f->next_comment++;
        }
    }
    buffer_add_char(f->out, '\n');
}

static bool has_line_feed(struct str text)
{
    return str_contains(text, STR("\n"));
}

static void add_quoted(struct buffer *out, struct str text)
{
    bool plain_inside = !has_line_feed(text) && !str_contains(text, STR("\t"));
    if (plain_inside && (str_contains(text, STR("\"")) || str_contains(text, STR("\\")))) {
        buffer_add_char(out, '\'');
        for (size_t i = 0; i < text.len; i++) {
            if (text.ptr[i] == '\'')
                buffer_add_char(out, '\'');
            buffer_add_char(out, text.ptr[i]);
        }
        buffer_add_char(out, '\'');
        return;
    }
    buffer_add_json(out, text);
}

/* A text in one line; in a list between brackets, commas and brackets need quotes. */
static void add_scalar(struct buffer *out, const struct yaml_node *node, bool in_brackets)
{
    bool needs = node->style != YAML_PLAIN;
    for (size_t i = 0; in_brackets && i < node->text.len; i++)
        needs |= strchr(",[]{}", node->text.ptr[i]) != NULL;
    if (needs || has_line_feed(node->text))
        add_quoted(out, node->text);
    else
        buffer_add(out, node->text);
}

/* Text behind | keeps its lines; one that begins with a blank or is odd in another way is quoted. */
static bool can_be_block(const struct yaml_node *node)
{
    return node->style == YAML_BLOCK && node->text.len && node->text.ptr[0] != ' ' &&
           node->text.ptr[0] != '\n' && !str_ends(node->text, STR("\n\n"));
}

static void write_block(struct formatter *f, const struct yaml_node *node, int indent)
{
    bool final = str_ends(node->text, STR("\n"));
    struct str rest = final ? str_slice(node->text, 0, node->text.len - 1) : node->text, line;
    buffer_add(f->out, final ? STR(" |") : STR(" |-"));
    end_line(f, node->line);
    while (str_split(&rest, '\n', &line)) {
        if (line.len)
            add_indent(f, indent + 2);
        buffer_format(f->out, "%.*s\n", STR_ARG(line));
    }
}

/* "[a, b]", if all are texts and it fits behind `used` columns and no comment stands inside. */
static bool write_brackets(struct formatter *f, const struct yaml_node *node, size_t used)
{
    struct buffer text = {0};
    buffer_add_char(&text, '[');
    bool fits = true;
    int last_line = node->line;
    for (size_t i = 0; fits && i < node->children.count; i++) {
        const struct yaml_node *child = node->children.items[i];
        fits = child->kind == YAML_SCALAR && !has_line_feed(child->text);
        if (!fits)
            break;
        buffer_add(&text, i ? STR(", ") : STR(""));
        add_scalar(&text, child, true);
        last_line = child->line;
    }
    buffer_add_char(&text, ']');
    if (f->next_comment < f->comments.count && f->comments.items[f->next_comment].line < last_line)
        fits = false;
    fits = fits && used + 1 + utf8_count(buffer_str(&text)) <= LINE_WIDTH;
    if (fits) {
        buffer_add_char(f->out, ' ');
        buffer_add(f->out, buffer_str(&text));
        end_line(f, last_line);
    }
    buffer_finish(&text);
    return fits;
}

static void write_mapping(struct formatter *f, const struct yaml_node *node, int indent, bool first_in_line);

/* What stands behind "key:" or "-", in this line or below it. */
static void write_value(struct formatter *f, const struct yaml_node *node, int indent, size_t used, int line)
{
    if (node->kind == YAML_SCALAR) {
        if (can_be_block(node)) {
            write_block(f, node, indent);
            return;
        }
        if (node->text.len || node->style != YAML_PLAIN) {
            buffer_add_char(f->out, ' ');
            add_scalar(f->out, node, false);
        }
        end_line(f, node->line ? node->line : line);
        return;
    }
    if (node->kind == YAML_SEQUENCE && write_brackets(f, node, used))
        return;
    if (!node->children.count) {
        buffer_add(f->out, node->kind == YAML_SEQUENCE ? STR(" []") : STR(" {}"));
        end_line(f, line);
        return;
    }
    end_line(f, line);
    if (node->kind == YAML_MAPPING) {
        write_mapping(f, node, indent + 2, false);
        return;
    }
    for (size_t i = 0; i < node->children.count; i++) {
        const struct yaml_node *child = node->children.items[i];
        flush_comments(f, child->line, indent + 2);
        add_indent(f, indent + 2);
        buffer_add_char(f->out, '-');
        if (child->kind == YAML_MAPPING && child->children.count)
            write_mapping(f, child, indent + 4, true);
        else
            write_value(f, child, indent + 2, (size_t)indent + 3, child->line);
    }
}

/* `first_in_line`: the first key goes on behind a dash. */
static void write_mapping(struct formatter *f, const struct yaml_node *node, int indent, bool first_in_line)
{
    for (size_t i = 0; i < node->keys.count; i++) {
        const struct yaml_node *key = node->keys.items[i];
        struct buffer name = {0};
        if (i || !first_in_line) {
            flush_comments(f, key->line, indent);
            add_indent(f, indent);
        } else {
            buffer_add_char(f->out, ' ');
        }
        add_scalar(&name, key, true);
        buffer_format(f->out, "%.*s:", STR_ARG(buffer_str(&name)));
        write_value(f, node->children.items[i], indent, (size_t)indent + utf8_count(buffer_str(&name)) + 1,
                    key->line);
        buffer_finish(&name);
    }
}

/* The list of cards: a blank line between them, comments close to the card below. */
static void write_cards(struct formatter *f, const struct yaml_node *cards)
{
    for (size_t i = 0; i < cards->children.count; i++) {
        const struct yaml_node *card = cards->children.items[i];
        buffer_add(f->out, i ? STR("\n") : STR(""));
        flush_comments(f, card->line, 2);
        buffer_add(f->out, STR("  -"));
        if (card->kind == YAML_MAPPING && card->children.count)
            write_mapping(f, card, 4, true);
        else
            write_value(f, card, 2, 3, card->line);
    }
}

static bool is_list_of_cards(struct str key)
{
    return str_equal(key, STR("cards")) || str_equal(key, STR("add")) || str_equal(key, STR("edit"));
}

static void write_deck(struct formatter *f, const struct yaml_node *root)
{
    for (size_t i = 0; i < root->keys.count; i++) {
        const struct yaml_node *key = root->keys.items[i], *value = root->children.items[i];
        bool cards = is_list_of_cards(key->text) && value->kind == YAML_SEQUENCE && value->children.count;
        buffer_add(f->out, cards && f->out->len ? STR("\n") : STR(""));
        flush_comments(f, key->line, 0);
        add_scalar(f->out, key, true);
        buffer_add_char(f->out, ':');
        if (cards) {
            end_line(f, key->line);
            write_cards(f, value);
        } else {
            write_value(f, value, 0, key->text.len + 1, key->line);
        }
    }
    flush_comments(f, INT_MAX, 0);
}

static bool same_tree(const struct yaml_node *a, const struct yaml_node *b)
{
    if (a->kind != b->kind || !str_equal(a->text, b->text) || a->children.count != b->children.count)
        return false;
    for (size_t i = 0; i < a->keys.count; i++)
        if (!str_equal(a->keys.items[i]->text, b->keys.items[i]->text))
            return false;
    for (size_t i = 0; i < a->children.count; i++)
        if (!same_tree(a->children.items[i], b->children.items[i]))
            return false;
    return true;
}

bool deck_format(struct arena *arena, struct str path, struct str bytes, struct buffer *out, struct error *e)
{
    struct yaml_node *root, *again;
    size_t start = out->len;
    if (!yaml_read(arena, bytes, path, 1, &root, e))
        return false;
    if (root->kind != YAML_MAPPING) {
        fail(e, ERROR_SYNTAX, _("This is no deck: the first line should be \"deck: A title\"."));
        return error_at(e, path, root->line, root->column);
    }
    struct formatter f = {.out = out, .comments = comments_find(arena, bytes)};
    write_deck(&f, root);
    struct str written = str_slice(buffer_str(out), start, out->len);
    if (yaml_read(arena, written, path, 1, &again, e) && same_tree(root, again))
        return true;
    fail(e, ERROR_SYNTAX,
         _("This file is written in a way that cannot be rewritten safely; it is left as it is."));
    return error_at(e, path, 0, 0);
}
