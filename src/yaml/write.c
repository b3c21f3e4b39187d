#include "yaml/yaml.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/utf8.h"

#include <string.h>
#include <strings.h>

static struct yaml_node *node_new(struct arena *arena, enum yaml_kind kind)
{
    struct yaml_node *node = arena_new(arena, struct yaml_node);
    node->kind = kind;
    node->weight = 1;
    return node;
}

struct yaml_node *yaml_text(struct arena *arena, struct str text)
{
    struct yaml_node *node = node_new(arena, YAML_SCALAR);
    node->style = YAML_QUOTED;
    node->text = text;
    return node;
}

struct yaml_node *yaml_plain(struct arena *arena, struct str text)
{
    struct yaml_node *node = yaml_text(arena, text);
    node->style = YAML_PLAIN;
    return node;
}

struct yaml_node *yaml_sequence(struct arena *arena)
{
    return node_new(arena, YAML_SEQUENCE);
}

struct yaml_node *yaml_mapping(struct arena *arena)
{
    return node_new(arena, YAML_MAPPING);
}

void yaml_append(struct arena *arena, struct yaml_node *sequence, struct yaml_node *child)
{
    list_push(arena, &sequence->children, child);
    sequence->weight += child->weight;
}

void yaml_put(struct arena *arena, struct yaml_node *mapping, struct str key, struct yaml_node *value)
{
    list_push(arena, &mapping->keys, yaml_text(arena, key));
    yaml_append(arena, mapping, value);
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* Words that some reader of YAML 1.1 takes for a truth value or for nothing. */
static bool is_reserved(struct str text)
{
    static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text.len == strlen(words[i]) && strncasecmp(text.ptr, words[i], text.len) == 0)
            return true;
    return false;
}

/* Strict on purpose: begins with a letter, and holds nothing that could end or change a plain scalar. */
static bool can_be_plain(struct str text)
{
    if (!text.len || !is_letter((unsigned char)text.ptr[0]) || is_reserved(text))
        return false;
    char last = text.ptr[text.len - 1];
    if (last == ' ' || last == ':')
        return false;
    for (size_t at = 0; at < text.len;) {
        char c = text.ptr[at];
        bool before_blank = at + 1 < text.len && text.ptr[at + 1] == ' ';
        if ((c == ':' && before_blank) || (c == ' ' && at + 1 < text.len && text.ptr[at + 1] == '#'))
            return false;
        uint32_t code = utf8_next(text, &at);
        if (code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
            code == 0xFEFF || code == UTF8_BAD)
            return false;
    }
    return true;
}

static void add_quoted(struct buffer *buffer, struct str text)
{
    buffer_add_char(buffer, '"');
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        uint32_t code = utf8_next(text, &at);
        if (code == '"' || code == '\\')
            buffer_format(buffer, "\\%c", (char)code);
        else if (code == '\n')
            buffer_add(buffer, STR("\\n"));
        else if (code == '\t')
            buffer_add(buffer, STR("\\t"));
        else if (code == UTF8_BAD)
            buffer_add(buffer, STR("\\uFFFD"));
        else if (code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
                 code == 0xFEFF)
            buffer_format(buffer, "\\u%04X", (unsigned)code);
        else
            buffer_add(buffer, str_slice(text, start, at));
    }
    buffer_add_char(buffer, '"');
}

/* Several lines that | gives back as they are: no blanks where they would be lost, no control characters. */
static bool can_be_block(struct str text)
{
    if (!str_contains(text, STR("\n")) || text.ptr[0] == ' ' || text.ptr[0] == '\n' ||
        str_contains(text, STR(" \n")) || str_contains(text, STR("\n\n\n")) || str_ends(text, STR("\n\n")))
        return false;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if ((code < 0x20 && code != '\n') || (code >= 0x7F && code < 0xA0) || code == 0x2028 ||
            code == 0x2029 || code == 0xFEFF || code == UTF8_BAD)
            return false;
    }
    return true;
}

static void add_indent(struct buffer *buffer, int level)
{
    for (int i = 0; i < level; i++)
        buffer_add(buffer, STR("  "));
}

static void add_block(struct buffer *buffer, struct str text, int level)
{
    bool ends = str_ends(text, STR("\n"));
    buffer_add(buffer, ends ? STR("|") : STR("|-"));
    struct str rest = ends ? str_slice(text, 0, text.len - 1) : text, line;
    while (str_split(&rest, '\n', &line)) {
        buffer_add_char(buffer, '\n');
        if (line.len)
            add_indent(buffer, level);
        buffer_add(buffer, line);
    }
}

static void add_scalar(struct buffer *buffer, const struct yaml_node *node, int level)
{
    if (node->style == YAML_PLAIN || can_be_plain(node->text))
        buffer_add(buffer, node->text);
    else if (can_be_block(node->text))
        add_block(buffer, node->text, level > 0 ? level : 1);
    else
        add_quoted(buffer, node->text);
    buffer_add_char(buffer, '\n');
}

static void add_key(struct buffer *buffer, const struct yaml_node *key)
{
    if (key->style == YAML_PLAIN || can_be_plain(key->text))
        buffer_add(buffer, key->text);
    else
        add_quoted(buffer, key->text);
    buffer_add_char(buffer, ':');
}

/* `inside` is set when the line already holds "- ": the first key then follows on it. */
static void add_node(struct buffer *buffer, const struct yaml_node *node, int level, bool inside)
{
    if (node->kind == YAML_SCALAR) {
        add_scalar(buffer, node, level);
        return;
    }
    if (!node->children.count) {
        buffer_add(buffer, node->kind == YAML_SEQUENCE ? STR("[]\n") : STR("{}\n"));
        return;
    }
    for (size_t i = 0; i < node->children.count; i++) {
        const struct yaml_node *child = node->children.items[i];
        bool leaf = child->kind == YAML_SCALAR || !child->children.count;
        if (i || !inside)
            add_indent(buffer, level);
        if (node->kind == YAML_SEQUENCE) {
            buffer_add(buffer, STR("- "));
            add_node(buffer, child, level + 1, true);
            continue;
        }
        add_key(buffer, node->keys.items[i]);
        buffer_add_char(buffer, leaf ? ' ' : '\n');
        add_node(buffer, child, level + 1, false);
    }
}

void yaml_write(struct buffer *buffer, const struct yaml_node *node)
{
    add_node(buffer, node, 0, false);
}
