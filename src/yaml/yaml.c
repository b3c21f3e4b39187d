#include "yaml/yaml.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/memory.h"
#include "base/translate.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yaml.h>

enum { DEPTH_LIMIT = 32, BYTES_LIMIT = 8 << 20, WEIGHT_LIMIT = 1000000 };

struct anchor {
    struct str name;
    struct yaml_node *node;
};

struct reader {
    struct arena *arena;
    struct str file;
    int first_line;
    yaml_parser_t parser;
    struct yaml_node *stack[DEPTH_LIMIT];
    struct str stack_anchor[DEPTH_LIMIT];
    struct yaml_node *key[DEPTH_LIMIT]; /* of a mapping that waits for its value */
    int depth;
    struct {
        struct anchor *items;
        size_t count, capacity;
    } anchors;
    struct yaml_node *root;
    bool done;
    struct error *error;
};

static bool fail_at(struct reader *r, size_t line, size_t column, enum error_kind kind, const char *text)
{
    fail(r->error, kind, "%s", text);
    return error_at(r->error, r->file, r->first_line + (int)line, 1 + (int)column);
}

static bool fail_event(struct reader *r, const yaml_event_t *event, enum error_kind kind, const char *text)
{
    return fail_at(r, event->start_mark.line, event->start_mark.column, kind, text);
}

static bool fail_parser(struct reader *r)
{
    const char *problem = r->parser.problem ? r->parser.problem : "unreadable";
    fail(r->error, ERROR_SYNTAX, _("This is not YAML: %s. Check quotes, colons and indentation here."),
         problem);
    return error_at(r->error, r->file, r->first_line + (int)r->parser.problem_mark.line,
                    1 + (int)r->parser.problem_mark.column);
}

static struct yaml_node *node_new(struct reader *r, const yaml_event_t *event, enum yaml_kind kind)
{
    struct yaml_node *node = arena_new(r->arena, struct yaml_node);
    node->kind = kind;
    node->line = r->first_line + (int)event->start_mark.line;
    node->column = 1 + (int)event->start_mark.column;
    node->weight = 1;
    return node;
}

static struct yaml_node *scalar_new(struct reader *r, const yaml_event_t *event)
{
    struct yaml_node *node = node_new(r, event, YAML_SCALAR);
    node->text =
        str_copy(r->arena, (struct str){(const char *)event->data.scalar.value, event->data.scalar.length});
    switch (event->data.scalar.style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        node->style = YAML_QUOTED;
        break;
    case YAML_LITERAL_SCALAR_STYLE:
    case YAML_FOLDED_SCALAR_STYLE:
        node->style = YAML_BLOCK;
        break;
    default:
        node->style = YAML_PLAIN;
        break;
    }
    return node;
}

/* Once a mapping, when it ends: a hostile one has a million keys, so no pairwise search. */
static int compare_keys(const void *a, const void *b)
{
    const struct yaml_node *left = *(struct yaml_node *const *)a, *right = *(struct yaml_node *const *)b;
    int order = str_compare(left->text, right->text);
    return order ? order : (left->line > right->line) - (left->line < right->line);
}

static const struct yaml_node *find_repeated_key(struct arena *arena, const struct yaml_node *mapping)
{
    size_t count = mapping->keys.count;
    if (count < 2)
        return NULL;
    struct yaml_node **sorted = arena_array(arena, count, sizeof *sorted);
    memcpy(sorted, mapping->keys.items, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_keys);
    for (size_t i = 1; i < count; i++)
        if (str_equal(sorted[i - 1]->text, sorted[i]->text))
            return sorted[i];
    return NULL;
}

/* Gives a finished node to whoever waits for it. */
static bool attach(struct reader *r, const yaml_event_t *event, struct yaml_node *node, struct str anchor)
{
    if (anchor.len)
        list_push(r->arena, &r->anchors, ((struct anchor){anchor, node}));
    if (r->depth == 0) {
        r->root = node;
        return true;
    }
    struct yaml_node *parent = r->stack[r->depth - 1], **key = &r->key[r->depth - 1];
    if (parent->kind == YAML_MAPPING && !*key) {
        if (node->kind != YAML_SCALAR)
            return fail_event(r, event, ERROR_SYNTAX, _("A key must be a plain word or text, no list."));
        *key = node;
        return true;
    }
    if (parent->kind == YAML_MAPPING) {
        list_push(r->arena, &parent->keys, *key);
        *key = NULL;
    }
    list_push(r->arena, &parent->children, node);
    parent->weight += node->weight;
    if (parent->weight > WEIGHT_LIMIT)
        return fail_event(r, event, ERROR_LIMIT, _("Too many values; split the file."));
    return true;
}

static bool push(struct reader *r, const yaml_event_t *event, enum yaml_kind kind, const yaml_char_t *anchor)
{
    if (r->depth == DEPTH_LIMIT)
        return fail_event(r, event, ERROR_LIMIT, _("Nested too deeply; 32 levels are the most."));
    r->stack[r->depth] = node_new(r, event, kind);
    r->stack_anchor[r->depth] = str_copy(r->arena, str_from((const char *)anchor));
    r->key[r->depth++] = NULL;
    return true;
}

static bool pop(struct reader *r, const yaml_event_t *event)
{
    struct yaml_node *node = r->stack[--r->depth];
    const struct yaml_node *again = find_repeated_key(r->arena, node);
    if (again) {
        fail(r->error, ERROR_SYNTAX, _("The key \"%.*s\" stands twice; keep one."),
             STR_ARG(str_slice(again->text, 0, 80)));
        return error_at(r->error, r->file, again->line, again->column);
    }
    return attach(r, event, node, r->stack_anchor[r->depth]);
}

static bool alias(struct reader *r, const yaml_event_t *event)
{
    struct str name = str_from((const char *)event->data.alias.anchor);
    for (size_t i = r->anchors.count; i-- > 0;)
        if (str_equal(r->anchors.items[i].name, name))
            return attach(r, event, r->anchors.items[i].node, (struct str){0});
    return fail_event(r, event, ERROR_SYNTAX, _("Nothing above bears the name that stands here behind *."));
}

static bool take(struct reader *r, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (r->root)
            return fail_event(r, event, ERROR_SYNTAX, _("A second document begins here; keep one a file."));
        return true;
    case YAML_SCALAR_EVENT:
        return attach(r, event, scalar_new(r, event),
                      str_copy(r->arena, str_from((const char *)event->data.scalar.anchor)));
    case YAML_SEQUENCE_START_EVENT:
        return push(r, event, YAML_SEQUENCE, event->data.sequence_start.anchor);
    case YAML_MAPPING_START_EVENT:
        return push(r, event, YAML_MAPPING, event->data.mapping_start.anchor);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return pop(r, event);
    case YAML_ALIAS_EVENT:
        return alias(r, event);
    case YAML_STREAM_END_EVENT:
        r->done = true;
        return true;
    default:
        return true;
    }
}

static bool read_events(struct reader *r)
{
    while (!r->done) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r->parser, &event))
            return fail_parser(r);
        bool ok = take(r, &event);
        yaml_event_delete(&event);
        if (!ok)
            return false;
    }
    return true;
}

bool yaml_read(struct arena *arena, struct str bytes, struct str file, int first_line, struct yaml_node **ret,
               struct error *e)
{
    struct reader r = {.arena = arena, .file = file, .first_line = first_line, .error = e};
    if (bytes.len > BYTES_LIMIT) {
        fail(e, ERROR_LIMIT, _("The file is larger than 8 MiB; split it."));
        return error_at(e, file, 0, 0);
    }
    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        bytes = str_slice(bytes, 3, bytes.len);
    if (!yaml_parser_initialize(&r.parser))
        memory_exhausted();
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)(bytes.ptr ? bytes.ptr : ""), bytes.len);
    bool ok = read_events(&r);
    yaml_parser_delete(&r.parser);
    if (!ok)
        return false;
    *ret = r.root ? r.root : yaml_mapping(arena);
    return true;
}

const struct yaml_node *yaml_get(const struct yaml_node *mapping, struct str key)
{
    if (!mapping || mapping->kind != YAML_MAPPING)
        return NULL;
    for (size_t i = 0; i < mapping->keys.count; i++)
        if (str_equal(mapping->keys.items[i]->text, key))
            return mapping->children.items[i];
    return NULL;
}

struct str yaml_get_text(const struct yaml_node *mapping, struct str key, struct str fallback)
{
    const struct yaml_node *node = yaml_get(mapping, key);
    return node && node->kind == YAML_SCALAR ? node->text : fallback;
}

static bool is_one_of(struct str text, const char *const *words)
{
    for (; *words; words++)
        if (text.len == strlen(*words) && strncasecmp(text.ptr, *words, text.len) == 0)
            return true;
    return false;
}

static const char *const null_words[] = {"", "~", "null", NULL};
static const char *const true_words[] = {"true", "yes", "on", "y", NULL};
static const char *const false_words[] = {"false", "no", "off", "n", NULL};

bool yaml_is_null(const struct yaml_node *node)
{
    return !node ||
           (node->kind == YAML_SCALAR && node->style == YAML_PLAIN && is_one_of(node->text, null_words));
}

bool yaml_to_bool(const struct yaml_node *node, bool *ret)
{
    if (!node || node->kind != YAML_SCALAR || node->style != YAML_PLAIN)
        return false;
    bool yes = is_one_of(node->text, true_words);
    if (!yes && !is_one_of(node->text, false_words))
        return false;
    *ret = yes;
    return true;
}
