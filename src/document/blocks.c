#include "document/builder.h"

#include "base/list.h"
#include "base/utf8.h"
#include "document/inlines.h"
#include "text/text.h"

#include <cmark-gfm.h>
#include <string.h>

void builder_start_block(struct builder *b)
{
    arena_reset(&b->scratch);
    writer_start(&b->writer, &b->scratch);
}

static struct styles keep_styles(struct builder *b, const struct styles *styles)
{
    struct styles kept = {arena_array(b->arena, styles->count, sizeof *kept.items), styles->count,
                          styles->count};
    for (size_t i = 0; i < styles->count; i++) {
        kept.items[i] = styles->items[i];
        if (kept.items[i].target.len)
            kept.items[i].target = str_copy(b->arena, kept.items[i].target);
    }
    return kept;
}

/* `cleaned`: they point into the cleaned text, and become runs of the source. */
static struct runs keep_runs(struct builder *b, const struct runs *runs, bool cleaned)
{
    struct runs traced = cleaned ? (struct runs){0} : *runs;
    for (size_t i = 0; cleaned && i < runs->count; i++)
        if (runs->items[i].len)
            cleaned_trace(&b->scratch, &b->lexed->text, runs->items[i], &traced);
        else
            runs_mark(&b->scratch, &traced, runs->items[i].text,
                      cleaned_source(&b->lexed->text, runs->items[i].source));
    struct runs kept = {arena_array(b->arena, traced.count, sizeof *kept.items), traced.count, traced.count};
    if (traced.count)
        memcpy(kept.items, traced.items, traced.count * sizeof *kept.items);
    return kept;
}

/* Ends the writer's text as a new block; NULL when there is none. `cleaned`: its runs point into the cleaned text. */
struct block *builder_add_block(struct builder *b, enum block_kind kind, struct span source, bool cleaned)
{
    struct writer *w = &b->writer;
    if (!w->bytes.len)
        return NULL;
    struct block block = {.kind = kind, .section = builder_scope(b)->section, .parent = -1, .source = source};
    block.text = str_copy(b->arena, buffer_str(&w->bytes));
    block.styles = keep_styles(b, &w->styles);
    block.runs = keep_runs(b, &w->runs, cleaned);
    if (block.runs.count) {
        const struct run *last = list_last(&block.runs);
        if (block.runs.items[0].source < block.source.start)
            block.source.start = block.runs.items[0].source;
        if (last->source + last->len > block.source.end)
            block.source.end = last->source + last->len;
    }
    if (block.source.end < block.source.start)
        block.source.end = block.source.start;
    block.line = document_line(b->doc, block.source.start);
    int index = (int)b->doc->blocks.count;
    list_push(b->arena, &b->doc->blocks, block);
    list_each (struct span, stop, &w->stops)
        list_push(b->arena, &b->stops, ((struct stop){index, stop->start}));
    list_each (struct style, style, &block.styles)
        if (style->kind == STYLE_NOTE_MARK)
            list_push(b->arena, &b->marks, ((struct mark){style->target, index}));
    return list_last(&b->doc->blocks);
}

struct span builder_source(const struct builder *b, struct span span)
{
    return (struct span){cleaned_source(&b->lexed->text, span.start),
                         cleaned_source_end(&b->lexed->text, span.end)};
}

/* The parser counts too far where a link definition of two lines stood above an underlined heading. */
static size_t last_line(cmark_node *node)
{
    int last = cmark_node_get_end_line(node);
    cmark_node *next = cmark_node_next(node);
    int above = next ? cmark_node_get_start_line(next) - 1 : last;
    return (size_t)(above >= cmark_node_get_start_line(node) && above < last ? above : last);
}

struct span builder_node_span(const struct builder *b, cmark_node *node)
{
    size_t first = (size_t)cmark_node_get_start_line(node), last = last_line(node);
    size_t column = (size_t)cmark_node_get_start_column(node);
    if (first < 1 || first > b->lines.count)
        return (struct span){b->text.len, b->text.len};
    struct span span = {b->lines.items[first - 1] + (column ? column - 1 : 0), b->text.len};
    if (last >= first && last < b->lines.count)
        span.end = b->lines.items[last] - 1;
    if (span.start > span.end)
        span.start = span.end;
    return span;
}

size_t builder_write_inlines(struct builder *b, cmark_node *node, struct span span, int quotes, bool cell)
{
    struct inlines in = {.cleaned = &b->lexed->text,
                         .span = span,
                         .quotes = quotes,
                         .cell = cell,
                         .targets = &b->lexed->targets};
    return inlines_write(&in, node, &b->writer);
}

static bool holds_only_images(cmark_node *node)
{
    bool image = false;
    for (cmark_node *child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
        cmark_node_type type = cmark_node_get_type(child);
        if (type == CMARK_NODE_IMAGE || (type == CMARK_NODE_LINK && holds_only_images(child)))
            image = true;
        else if (type != CMARK_NODE_SOFTBREAK && type != CMARK_NODE_LINEBREAK)
            return false;
    }
    return image;
}

/* "A) … / B) … / C) …" on lines of their own: the options of a question. */
static bool holds_options(struct str text)
{
    char expected = '\0';
    int found = 0;
    for (size_t at = 0; at < text.len && found < 3;) {
        while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '*'))
            at++;
        if (at + 2 < text.len && (text.ptr[at + 1] == ')' || text.ptr[at + 1] == '.') &&
            text.ptr[at + 2] == ' ') {
            char letter = (char)(text.ptr[at] | 0x20);
            if (letter == 'a' || (found && letter == expected)) {
                found = letter == 'a' ? 1 : found + 1;
                expected = (char)(letter + 1);
            }
        }
        size_t feed = str_find(text, STR("\n"), at);
        at = feed == SIZE_MAX ? text.len : feed + 1;
    }
    return found >= 3;
}

void builder_place_block(struct builder *b, struct block *block, struct place *place)
{
    int index = (int)(block - b->doc->blocks.items);
    block->depth = place->in_item ? place->depth : place->quotes;
    if (place->in_item && place->item < 0) {
        block->ordinal = place->ordinal;
        block->parent = place->parent;
        place->item = index;
    } else if (place->in_item) {
        block->parent = place->item;
    }
    for (size_t i = 0; place->in_note && i < b->marks.count && block->parent < 0; i++)
        if (str_equal(b->marks.items[i].note, place->note))
            block->parent = b->marks.items[i].block;
}

void builder_add_paragraph(struct builder *b, cmark_node *node, struct place *place)
{
    struct span span = builder_paragraph_span(b, node);
    bool caption = holds_only_images(node);
    builder_start_block(b);
    b->writer.captions = caption;
    bool before_table =
        !cmark_node_get_start_line(node); /* the parser has read its bars like those of cells */
    span.start = builder_write_inlines(b, node, span, place->quotes, before_table);
    struct str text = buffer_str(&b->writer.bytes);
    bool alone = false;
    enum zone zone = caption ? ZONE_BODY : zone_of_paragraph(b->arena, text, &alone);
    if (zone != ZONE_BODY && !alone && !place->in_item)
        builder_open_zone(b, zone, 7);
    enum block_kind kind = caption                                                   ? BLOCK_CAPTION
                           : place->in_item && place->item < 0                       ? BLOCK_ITEM
                           : place->quotes                                           ? BLOCK_QUOTE
                           : holds_options(str_slice(b->text, span.start, span.end)) ? BLOCK_EXERCISE
                                                                                     : BLOCK_PARAGRAPH;
    if (alone && zone != ZONE_BODY)
        kind = zone == ZONE_NOTES ? BLOCK_NOTE : BLOCK_EXERCISE;
    struct block *block = builder_add_block(b, builder_kind(b, place, kind), builder_source(b, span), true);
    if (!block)
        return;
    builder_place_block(b, block, place);
    b->lead = place->in_item ? b->lead : (int)b->doc->blocks.count - 1;
}

static size_t skip_back(struct str text, struct span span, const char *signs)
{
    while (span.end > span.start && strchr(signs, text.ptr[span.end - 1]))
        span.end--;
    return span.end;
}

/* Where the text of a heading ends that has a line of "===" or "---" under it. */
static size_t before_underline(struct str text, struct span span)
{
    struct span rest = span;
    static const char *const parts[] = {" \t\n>", "=-", " \t>"};
    for (int i = 0; i < 3; i++)
        rest.end = skip_back(text, rest, parts[i]);
    bool found = rest.end > rest.start && text.ptr[rest.end - 1] == '\n';
    return found ? rest.end - 1 : span.end;
}

void builder_add_heading(struct builder *b, cmark_node *node, struct place *place)
{
    struct span span = builder_node_span(b, node), content = span;
    int level = cmark_node_get_heading_level(node);
    bool underlined = cmark_node_get_end_line(node) > cmark_node_get_start_line(node);
    while (!underlined && content.start < content.end && b->text.ptr[content.start] == '#')
        content.start++;
    while (content.start < content.end &&
           (b->text.ptr[content.start] == ' ' || b->text.ptr[content.start] == '\t'))
        content.start++;
    if (underlined)
        content.end = before_underline(b->text, content);
    builder_start_block(b);
    builder_write_inlines(b, node, content, place->quotes, false);
    if (b->zone && level <= b->zone_level)
        builder_end_zone(b);
    builder_close_sections(b, level);
    struct str text = buffer_str(&b->writer.bytes);
    builder_open_section(
        b, (struct section){.heading = -1, .level = level, .title = str_copy(b->arena, text)}, false);
    struct section *section = list_last(&b->doc->sections);
    struct span source = builder_source(b, span);
    section->line = document_line(b->doc, source.start);
    struct block *block = builder_add_block(b, builder_kind(b, place, BLOCK_HEADING), source, true);
    if (block) {
        section->heading = (int)b->doc->blocks.count - 1;
        block->depth = level;
    }
    if (b->zone == ZONE_BODY)
        builder_open_zone(b, zone_of_heading(b->arena, text), level);
    b->lead = -1;
}

void builder_add_code(struct builder *b, cmark_node *node, struct place *place)
{
    struct str literal = str_trim(str_from(cmark_node_get_literal(node)));
    builder_start_block(b);
    for (size_t i = 0; i < literal.len; i++)
        if (literal.ptr[i] != APART_SIGN)
            buffer_add_char(&b->writer.bytes, literal.ptr[i]);
    struct block *block =
        builder_add_block(b, BLOCK_CODE, builder_source(b, builder_node_span(b, node)), true);
    if (block)
        block->parent = place->item;
    b->lead = -1;
}

void builder_add_plain(struct builder *b, struct span source, enum block_kind kind, struct place *place)
{
    builder_start_block(b);
    writer_add_plain(&b->writer, b->doc->source, source);
    struct block *block = builder_add_block(b, builder_kind(b, place, kind), source, false);
    if (block)
        builder_place_block(b, block, place);
    b->lead = -1;
}
