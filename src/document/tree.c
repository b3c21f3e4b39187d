#include "document/builder.h"

#include "base/list.h"
#include "base/utf8.h"
#include "text/text.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static void add_island(struct builder *b, cmark_node *node, struct place *place)
{
    struct str literal = str_from(cmark_node_get_literal(node));
    size_t sign = str_find(literal, ((struct str){(char[]){ISLAND_SIGN}, 1}), 0);
    size_t number = sign == SIZE_MAX ? SIZE_MAX : strtoul(literal.ptr + sign + 1, NULL, 10);
    if (number >= b->lexed->islands.count)
        return;
    const struct island *island = &b->lexed->islands.items[number];
    switch (island->kind) {
    case ISLAND_OPEN:
        builder_open_container(b, island);
        break;
    case ISLAND_EXERCISE:
        builder_open_exercise(b);
        break;
    case ISLAND_CLOSE:
        builder_close_container(b);
        break;
    case ISLAND_TABLE:
        builder_add_html_table(b, island->source, place);
        break;
    case ISLAND_CAPTION:
        builder_add_plain(b, island->source, BLOCK_CAPTION, place);
        break;
    case ISLAND_PLAIN:
        builder_add_plain(b, island->source, BLOCK_PARAGRAPH, place);
        break;
    }
}

static void add_children(struct builder *b, cmark_node *parent, struct place *place);

/* The paragraph before a list leads in to it when it is left open: "Three things:". */
static int lead_in(const struct builder *b)
{
    if (b->lead < 0)
        return -1;
    struct str text = b->doc->blocks.items[b->lead].text;
    size_t at = text.len;
    uint32_t last = utf8_previous(text, &at);
    return last == ':' || text_is_alnum(last) || last == 0x2026 || last == ',' ? b->lead : -1;
}

static void add_list(struct builder *b, cmark_node *list, struct place *place)
{
    bool ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    int number = cmark_node_get_list_start(list);
    struct place inner = {.quotes = place->quotes,
                          .depth = place->depth + 1,
                          .parent = place->in_item ? place->item : lead_in(b),
                          .in_item = true,
                          .in_note = place->in_note,
                          .note = place->note};
    for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item), number++) {
        inner.item = -1;
        inner.ordinal = ordered ? number : 0;
        add_children(b, item, &inner);
    }
    b->lead = -1;
}

/* The parser numbers the notes anew; their label stands before their text: "[^label]:". */
static struct str note_label(const struct builder *b, cmark_node *note)
{
    size_t line = (size_t)cmark_node_get_start_line(note);
    if (line < 1 || line > b->lines.count)
        return (struct str){0};
    size_t start = str_find(b->text, STR("[^"), b->lines.items[line - 1]);
    size_t end = start == SIZE_MAX ? SIZE_MAX : str_find(b->text, STR("]"), start);
    return end == SIZE_MAX ? (struct str){0} : str_slice(b->text, start + 2, end);
}

static void add_note(struct builder *b, cmark_node *note, struct place *place)
{
    struct place inner = *place;
    inner.in_note = true;
    inner.note = str_copy(b->arena, note_label(b, note));
    add_children(b, note, &inner);
    b->lead = -1;
}

static void add_quote(struct builder *b, cmark_node *quote, struct place *place)
{
    place->quotes++;
    add_children(b, quote, place);
    place->quotes--;
    b->lead = -1;
}

static void add_node(struct builder *b, cmark_node *node, struct place *place)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_PARAGRAPH)
        builder_add_paragraph(b, node, place);
    else if (type == CMARK_NODE_HEADING)
        builder_add_heading(b, node, place);
    else if (type == CMARK_NODE_LIST)
        add_list(b, node, place);
    else if (type == CMARK_NODE_BLOCK_QUOTE)
        add_quote(b, node, place);
    else if (type == CMARK_NODE_CODE_BLOCK)
        builder_add_code(b, node, place);
    else if (type == CMARK_NODE_HTML_BLOCK)
        add_island(b, node, place);
    else if (type == CMARK_NODE_FOOTNOTE_DEFINITION)
        add_note(b, node, place);
    else if (is_table(node))
        builder_add_table(b, node, place);
    else if (type == CMARK_NODE_THEMATIC_BREAK && b->zone && b->zone_level == 7)
        builder_end_zone(b);
}

static void add_children(struct builder *b, cmark_node *parent, struct place *place)
{
    for (cmark_node *child = cmark_node_first_child(parent); child; child = cmark_node_next(child))
        add_node(b, child, place);
}

struct node_at {
    cmark_node *node;
    int line;
    size_t index;
};

static int compare_nodes(const void *a, const void *b)
{
    const struct node_at *left = a, *right = b;
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

/* The parser moves footnotes to the end; here they stand where the source has them. */
static void add_root(struct builder *b, cmark_node *root)
{
    struct {
        struct node_at *items;
        size_t count, capacity;
    } nodes = {0};
    for (cmark_node *child = cmark_node_first_child(root); child; child = cmark_node_next(child)) {
        int line = cmark_node_get_start_line(child);
        if (!line && is_table(cmark_node_next(child)))
            line = cmark_node_get_start_line(cmark_node_next(child));
        list_push(b->arena, &nodes, ((struct node_at){child, line, nodes.count}));
    }
    if (nodes.count)
        qsort(nodes.items, nodes.count, sizeof *nodes.items, compare_nodes);
    struct place place = {.item = -1, .parent = -1};
    list_each (struct node_at, at, &nodes)
        add_node(b, at->node, &place);
}

/* --- Order ----------------------------------------------------------------------------------------------- */

struct start {
    size_t source;
    int index;
};

static int compare_starts(const void *a, const void *b)
{
    const struct start *left = a, *right = b;
    if (left->source != right->source)
        return left->source < right->source ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

static bool is_in_order(const struct document *doc)
{
    for (size_t i = 1; i < doc->blocks.count; i++)
        if (doc->blocks.items[i].source.start < doc->blocks.items[i - 1].source.start)
            return false;
    return true;
}

/* `to[old]` is the new index of a block. */
static void renumber(struct builder *b, const int *to)
{
    list_each (struct block, block, &b->doc->blocks)
        block->parent = block->parent < 0 ? -1 : to[block->parent];
    list_each (struct section, section, &b->doc->sections)
        section->heading = section->heading < 0 ? -1 : to[section->heading];
    list_each (struct stop, stop, &b->stops)
        stop->block = to[stop->block];
}

static int compare_stops(const void *a, const void *b)
{
    const struct stop *left = a, *right = b;
    if (left->block != right->block)
        return left->block < right->block ? -1 : 1;
    return left->at < right->at ? -1 : left->at > right->at;
}

/* A footnote within a list comes behind that list from the parser: blocks go where their source is. */
void builder_settle_order(struct builder *b)
{
    if (is_in_order(b->doc))
        return;
    size_t count = b->doc->blocks.count;
    struct start *starts = arena_array(b->arena, count, sizeof *starts);
    struct block *blocks = arena_array(b->arena, count, sizeof *blocks);
    int *to = arena_array(b->arena, count, sizeof *to);
    for (size_t i = 0; i < count; i++)
        starts[i] = (struct start){b->doc->blocks.items[i].source.start, (int)i};
    qsort(starts, count, sizeof *starts, compare_starts);
    for (size_t i = 0; i < count; i++) {
        blocks[i] = b->doc->blocks.items[starts[i].index];
        to[starts[i].index] = (int)i;
    }
    b->doc->blocks.items = blocks;
    b->doc->blocks.capacity = count;
    renumber(b, to);
    if (b->stops.count)
        qsort(b->stops.items, b->stops.count, sizeof *b->stops.items, compare_stops);
}

/* --- The parser ------------------------------------------------------------------------------------------ */

/* The parser's nodes die together. It asks for memory without saying for whom, also when a node is only read. */
static _Thread_local struct arena *parser_arena;

enum { HEADER = 16 }; /* before each piece: its size, for reallocation */

static void *parser_calloc(size_t count, size_t size)
{
    char *piece = arena_alloc(parser_arena, HEADER + count * size);
    *(size_t *)piece = count * size;
    return piece + HEADER;
}

static void *parser_realloc(void *old, size_t size)
{
    size_t old_size = old ? *(size_t *)((char *)old - HEADER) : 0;
    if (old && old_size >= size)
        return old;
    void *piece = parser_calloc(1, size);
    if (old)
        memcpy(piece, old, old_size);
    return piece;
}

static void parser_free(void *piece)
{
    (void)piece;
}

static pthread_once_t extensions_once = PTHREAD_ONCE_INIT;
/* The parser keeps tables of special signs for all threads, which extensions change while they work. */
static pthread_mutex_t parser_lock = PTHREAD_MUTEX_INITIALIZER;

static cmark_node *parse_markdown(struct str text)
{
    static cmark_mem memory = {parser_calloc, parser_realloc, parser_free};
    pthread_once(&extensions_once, cmark_gfm_core_extensions_ensure_registered);
    int options = CMARK_OPT_SOURCEPOS | CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE;
    pthread_mutex_lock(&parser_lock);
    cmark_parser *parser = cmark_parser_new_with_mem(options, &memory);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("strikethrough"));
    cmark_parser_feed(parser, text.ptr, text.len);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    pthread_mutex_unlock(&parser_lock);
    return root;
}

void builder_add_blocks(struct builder *b)
{
    list_push(b->arena, &b->lines, 0);
    for (size_t i = 0; i < b->text.len; i++)
        if (b->text.ptr[i] == '\n')
            list_push(b->arena, &b->lines, i + 1);
    builder_open_section(b, (struct section){.heading = -1, .level = 0, .line = 1}, true);
    struct arena nodes = {0};
    parser_arena = &nodes;
    add_root(b, parse_markdown(b->text));
    parser_arena = NULL;
    arena_finish(&nodes);
}
