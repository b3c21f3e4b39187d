#include "document/document.h"

#include "base/file.h"
#include "base/list.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "document/front.h"
#include "document/inlines.h"
#include "document/lexer.h"
#include "document/writer.h"
#include "document/zones.h"
#include "text/text.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 64 << 20, PARAGRAPHS_MAX = 500000, CELLS_MAX = 256 };

/* A heading or a container that is open; containers end only where they are closed. */
struct scope {
    int section;
    int level;
    bool container, exercise;
};

/* Where a node stands: what is around it. */
struct place {
    int quotes;
    int depth;   /* of lists */
    int item;    /* block of the item around it, -1 outside lists or before its first paragraph */
    int parent;  /* what a new item hangs from */
    int ordinal; /* of the item that is being opened */
    bool in_item, in_note;
    struct str note;
};

struct mark {
    struct str note;
    int block;
};

struct builder {
    struct arena *arena;
    struct document *doc;
    struct lexed *lexed;
    struct str text; /* cleaned */
    struct {
        size_t *items;
        size_t count, capacity;
    } lines; /* where its lines start */
    struct writer writer;
    struct arena scratch; /* of the writer, for one block */
    struct {
        struct scope *items;
        size_t count, capacity;
    } scopes;
    enum zone zone;
    int zone_level;    /* the heading that opened it; 7: any heading ends it */
    size_t zone_scope; /* scopes that were open then */
    int exercises;     /* open containers that hold exercises */
    int lead;          /* the paragraph just before, which may lead in to a list; -1 */
    struct {
        struct mark *items;
        size_t count, capacity;
    } marks;
    struct {
        struct stop {
            int block;
            size_t at;
        } * items;
        size_t count, capacity;
    } stops;
};

/* --- Lookups over a finished document --------------------------------------------------------------------- */

struct str sentence_text(const struct document *doc, const struct sentence *sentence)
{
    return str_slice(doc->blocks.items[sentence->block].text, sentence->text.start, sentence->text.end);
}

struct span block_source(const struct block *block, struct span text)
{
    const struct runs *runs = &block->runs;
    struct span span = block->source;
    size_t i = runs_find(runs, text.start);
    if (i < runs->count && runs->items[i].text <= text.start)
        span.start = runs->items[i].source + (text.start - runs->items[i].text);
    else if (i > 0)
        span.start = runs->items[i - 1].source + runs->items[i - 1].len;
    if (text.end <= text.start)
        return (struct span){span.start, span.start};
    i = runs_find(runs, text.end - 1);
    if (i < runs->count && runs->items[i].text < text.end)
        span.end = runs->items[i].source + (text.end - runs->items[i].text);
    else if (i < runs->count)
        span.end = runs->items[i].source;
    return span;
}

/* Index of the line that holds an offset. */
static size_t find_line(const struct document *doc, size_t offset)
{
    size_t low = 0, high = doc->lines.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (doc->lines.items[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void document_position(const struct document *doc, size_t offset, int *ret_line, int *ret_column)
{
    size_t line = find_line(doc, offset), start = doc->lines.count ? doc->lines.items[line] : 0;
    *ret_line = (int)line + 1;
    *ret_column = (int)utf8_count(str_slice(doc->source, start, offset)) + 1;
}

struct str section_title(const struct document *doc, int section)
{
    for (int i = section; i >= 0; i = doc->sections.items[i].parent)
        if (doc->sections.items[i].title.len)
            return doc->sections.items[i].title;
    return (struct str){0};
}

static int line_of(const struct document *doc, size_t offset)
{
    return (int)find_line(doc, offset) + 1;
}

/* --- Sections and zones ----------------------------------------------------------------------------------- */

static struct scope *scope_top(struct builder *b)
{
    return list_last(&b->scopes);
}

static void end_zone(struct builder *b)
{
    b->zone = ZONE_BODY;
}

static void open_section(struct builder *b, struct section section, bool container)
{
    struct document *doc = b->doc;
    section.parent = b->scopes.count ? scope_top(b)->section : -1;
    list_push(b->arena, &doc->sections, section);
    struct scope scope = {
        .section = (int)doc->sections.count - 1, .level = section.level, .container = container};
    list_push(b->arena, &b->scopes, scope);
}

static void close_sections(struct builder *b, int level)
{
    while (b->scopes.count > 1 && !scope_top(b)->container && scope_top(b)->level >= level)
        b->scopes.count--;
}

static void open_zone(struct builder *b, enum zone zone, int level)
{
    if (zone == ZONE_BODY)
        return;
    b->zone = zone;
    b->zone_level = level;
    b->zone_scope = b->scopes.count;
}

/* The innermost container with the headings inside it. */
static void close_container(struct builder *b)
{
    size_t i = b->scopes.count;
    while (i > 1 && !b->scopes.items[i - 1].container)
        i--;
    if (i <= 1)
        return;
    b->exercises -= b->scopes.items[i - 1].exercise;
    b->scopes.count = i - 1;
    if (b->zone && b->scopes.count < b->zone_scope)
        end_zone(b);
}

static enum block_kind kind_in_zone(const struct builder *b, const struct place *place, enum block_kind kind)
{
    if (kind == BLOCK_CODE)
        return kind;
    if (place->in_note)
        return BLOCK_NOTE;
    if (kind == BLOCK_HEADING)
        return kind;
    if (b->exercises || b->zone == ZONE_EXERCISES)
        return BLOCK_EXERCISE;
    return b->zone == ZONE_NOTES ? BLOCK_NOTE : kind;
}

static void start_block(struct builder *b)
{
    arena_reset(&b->scratch);
    writer_start(&b->writer, &b->scratch);
}

/* --- Blocks ----------------------------------------------------------------------------------------------- */

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
static struct block *add_block(struct builder *b, enum block_kind kind, struct span source, bool cleaned)
{
    struct writer *w = &b->writer;
    if (!w->bytes.len)
        return NULL;
    struct block block = {.kind = kind, .section = scope_top(b)->section, .parent = -1, .source = source};
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
    block.line = line_of(b->doc, block.source.start);
    int index = (int)b->doc->blocks.count;
    list_push(b->arena, &b->doc->blocks, block);
    list_each (struct span, stop, &w->stops)
        list_push(b->arena, &b->stops, ((struct stop){index, stop->start}));
    list_each (struct style, style, &block.styles)
        if (style->kind == STYLE_NOTE_MARK)
            list_push(b->arena, &b->marks, ((struct mark){style->target, index}));
    return list_last(&b->doc->blocks);
}

static struct span cleaned_to_source(const struct builder *b, struct span span)
{
    return (struct span){cleaned_source(&b->lexed->text, span.start),
                         cleaned_source_end(&b->lexed->text, span.end)};
}

/* A node's stretch of the cleaned text: from its first sign to the end of its last line. */
static struct span node_span(const struct builder *b, cmark_node *node)
{
    size_t first = (size_t)cmark_node_get_start_line(node), last = (size_t)cmark_node_get_end_line(node);
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

static bool is_table(cmark_node *node)
{
    return node && !strcmp(cmark_node_get_type_string(node), "table");
}

/* The parser forgets on which line a table's header stands when a paragraph runs into it: two lines above the first
 * row, or one above the end. */
static size_t header_line(cmark_node *table)
{
    cmark_node *header = cmark_node_first_child(table), *row = header ? cmark_node_next(header) : NULL;
    int line = row ? cmark_node_get_start_line(row) - 2 : cmark_node_get_end_line(table) - 1;
    return line > 1 ? (size_t)line : 1;
}

/* It gives that paragraph no place at all: from where the table says that it starts to the line above the header. */
static struct span paragraph_span(const struct builder *b, cmark_node *node)
{
    cmark_node *next = cmark_node_next(node);
    if (cmark_node_get_start_line(node) || !is_table(next))
        return node_span(b, node);
    struct span span = node_span(b, next);
    size_t line = header_line(next);
    if (line <= b->lines.count && b->lines.items[line - 1] > span.start)
        span.end = b->lines.items[line - 1] - 1;
    return span;
}

/* The parser gives all rows the column of the first: only on that line there may be a list's marker before it. */
static struct span row_span(const struct builder *b, cmark_node *table, size_t line, int quotes)
{
    struct span span = node_span(b, table);
    if (line > b->lines.count)
        return (struct span){b->text.len, b->text.len};
    span.end = line < b->lines.count ? b->lines.items[line] - 1 : b->text.len;
    if (line == (size_t)cmark_node_get_start_line(table))
        return span;
    span.start = b->lines.items[line - 1];
    while (span.start < span.end && (b->text.ptr[span.start] == ' ' || b->text.ptr[span.start] == '\t' ||
                                     (b->text.ptr[span.start] == '>' && quotes-- > 0)))
        span.start++;
    return span;
}

static size_t write_inlines(struct builder *b, cmark_node *node, struct span span, int quotes, bool cell)
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

static void place_block(struct builder *b, struct block *block, struct place *place)
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

static void add_paragraph(struct builder *b, cmark_node *node, struct place *place)
{
    struct span span = paragraph_span(b, node);
    bool caption = holds_only_images(node);
    start_block(b);
    b->writer.captions = caption;
    bool before_table =
        !cmark_node_get_start_line(node); /* the parser has read its bars like those of cells */
    span.start = write_inlines(b, node, span, place->quotes, before_table);
    struct str text = buffer_str(&b->writer.bytes);
    bool alone = false;
    enum zone zone = caption ? ZONE_BODY : zone_of_paragraph(b->arena, text, &alone);
    if (zone != ZONE_BODY && !alone && !place->in_item)
        open_zone(b, zone, 7);
    enum block_kind kind = caption                                                   ? BLOCK_CAPTION
                           : place->in_item && place->item < 0                       ? BLOCK_ITEM
                           : place->quotes                                           ? BLOCK_QUOTE
                           : holds_options(str_slice(b->text, span.start, span.end)) ? BLOCK_EXERCISE
                                                                                     : BLOCK_PARAGRAPH;
    if (alone && zone != ZONE_BODY)
        kind = zone == ZONE_NOTES ? BLOCK_NOTE : BLOCK_EXERCISE;
    struct block *block = add_block(b, kind_in_zone(b, place, kind), cleaned_to_source(b, span), true);
    if (!block)
        return;
    place_block(b, block, place);
    b->lead = place->in_item ? b->lead : (int)b->doc->blocks.count - 1;
}

static void add_heading(struct builder *b, cmark_node *node, struct place *place)
{
    struct span span = node_span(b, node), content = span;
    int level = cmark_node_get_heading_level(node);
    bool underlined = cmark_node_get_end_line(node) > cmark_node_get_start_line(node);
    while (!underlined && content.start < content.end && b->text.ptr[content.start] == '#')
        content.start++;
    while (content.start < content.end &&
           (b->text.ptr[content.start] == ' ' || b->text.ptr[content.start] == '\t'))
        content.start++;
    start_block(b);
    write_inlines(b, node, content, place->quotes, false);
    if (b->zone && level <= b->zone_level)
        end_zone(b);
    close_sections(b, level);
    struct str text = buffer_str(&b->writer.bytes);
    open_section(b, (struct section){.heading = -1, .level = level, .title = str_copy(b->arena, text)},
                 false);
    struct section *section = list_last(&b->doc->sections);
    struct span source = cleaned_to_source(b, span);
    section->line = line_of(b->doc, source.start);
    struct block *block = add_block(b, kind_in_zone(b, place, BLOCK_HEADING), source, true);
    if (block) {
        section->heading = (int)b->doc->blocks.count - 1;
        block->depth = level;
    }
    if (b->zone == ZONE_BODY)
        open_zone(b, zone_of_heading(b->arena, text), level);
    b->lead = -1;
}

static void add_code(struct builder *b, cmark_node *node, struct place *place)
{
    struct str literal = str_trim(str_from(cmark_node_get_literal(node)));
    start_block(b);
    for (size_t i = 0; i < literal.len; i++)
        if (literal.ptr[i] != APART_SIGN)
            buffer_add_char(&b->writer.bytes, literal.ptr[i]);
    struct block *block = add_block(b, BLOCK_CODE, cleaned_to_source(b, node_span(b, node)), true);
    if (block)
        block->parent = place->item;
    b->lead = -1;
}

/* --- Tables ----------------------------------------------------------------------------------------------- */

/* Cuts a table's line at its bars; returns how many cells there are. */
static size_t cut_cells(struct str text, struct span line, struct span *ret)
{
    size_t count = 0, at = line.start;
    while (at < line.end && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
        at++;
    at += at < line.end && text.ptr[at] == '|';
    while (at < line.end && count < CELLS_MAX) {
        size_t start = at;
        while (at < line.end && (text.ptr[at] != '|' || (at > start && text.ptr[at - 1] == '\\')))
            at++;
        struct str cell = str_trim(str_slice(text, start, at < line.end ? at : line.end));
        size_t from = cell.len ? (size_t)(cell.ptr - text.ptr) : start;
        ret[count++] = (struct span){from, from + cell.len};
        at++;
    }
    return count;
}

static struct str_list cell_texts(struct builder *b, struct str text, const struct span *cells, size_t count)
{
    struct str_list list = {0};
    for (size_t i = 0; i < count; i++)
        list_push(b->arena, &list, str_slice(text, cells[i].start, cells[i].end));
    return list;
}

/* The row in the writer, whose cells are `cells` of its text. */
static void add_row(struct builder *b, struct span source, bool cleaned, const struct span *cells,
                    size_t count, const struct str_list *headers, struct place *place)
{
    bool empty = true;
    for (size_t i = 0; i < count; i++)
        empty = empty && cells[i].start == cells[i].end;
    if (empty)
        return;
    struct block *block = add_block(b, kind_in_zone(b, place, BLOCK_ROW), source, cleaned);
    block->cells = cell_texts(b, block->text, cells, count);
    block->headers = *headers;
    block->depth = place->quotes;
}

static void write_row(struct builder *b, cmark_node *row, struct span line, int quotes, struct span *ret,
                      size_t *count)
{
    struct span cells[CELLS_MAX];
    size_t found = cut_cells(b->text, line, cells);
    *count = 0;
    start_block(b);
    for (cmark_node *cell = cmark_node_first_child(row); cell && *count < CELLS_MAX;
         cell = cmark_node_next(cell)) {
        writer_cell(&b->writer, *count == 0);
        if (*count < found)
            write_inlines(b, cell, cells[*count], quotes, true);
        ret[(*count)++] = (struct span){b->writer.floor, b->writer.bytes.len};
    }
}

static void add_table(struct builder *b, cmark_node *table, struct place *place)
{
    struct str_list headers = {0};
    struct span cells[CELLS_MAX];
    size_t count;
    for (cmark_node *row = cmark_node_first_child(table); row; row = cmark_node_next(row)) {
        bool header = !strcmp(cmark_node_get_type_string(row), "table_header");
        size_t number = header ? header_line(table) : (size_t)cmark_node_get_start_line(row);
        struct span line = row_span(b, table, number ? number : 1, place->quotes);
        write_row(b, row, line, place->quotes, cells, &count);
        if (header)
            headers = cell_texts(b, str_copy(b->arena, buffer_str(&b->writer.bytes)), cells, count);
        else
            add_row(b, cleaned_to_source(b, line), true, cells, count, &headers, place);
    }
    b->lead = -1;
}

static bool next_tag(struct str source, size_t *at, size_t end, struct span *ret, char name[16],
                     bool *closing)
{
    for (; *at < end; (*at)++) {
        size_t tag_end = source.ptr[*at] == '<' ? html_tag_end(source, *at) : 0;
        if (!tag_end || tag_end > end)
            continue;
        *ret = (struct span){*at, tag_end};
        html_tag_name(str_slice(source, *at, tag_end), name, closing);
        *at = tag_end;
        return true;
    }
    return false;
}

struct html_row {
    struct span cells[CELLS_MAX];
    size_t count, open; /* where the open cell starts; 0 outside cells */
    size_t start;
    bool header;
};

static void end_html_cell(struct builder *b, struct html_row *row, size_t end)
{
    if (!row->open || row->count == CELLS_MAX)
        return;
    writer_cell(&b->writer, row->count == 0);
    writer_add_plain(&b->writer, b->doc->source, (struct span){row->open, end});
    row->cells[row->count++] = (struct span){b->writer.floor, b->writer.bytes.len};
    row->open = 0;
}

static void end_html_row(struct builder *b, struct html_row *row, size_t end, struct str_list *headers,
                         struct place *place)
{
    end_html_cell(b, row, end);
    if (row->count && row->header && !headers->count)
        *headers = cell_texts(b, str_copy(b->arena, buffer_str(&b->writer.bytes)), row->cells, row->count);
    else if (row->count)
        add_row(b, (struct span){row->start, end}, false, row->cells, row->count, headers, place);
    row->count = 0;
    row->header = true;
    start_block(b);
}

static void add_html_table(struct builder *b, struct span span, struct place *place)
{
    struct html_row *row = arena_new(b->arena, struct html_row);
    struct str_list headers = {0};
    struct span tag;
    char name[16];
    bool closing;
    row->header = true;
    row->start = span.start;
    start_block(b);
    for (size_t at = span.start; next_tag(b->doc->source, &at, span.end, &tag, name, &closing);) {
        bool cell = !strcmp(name, "td") || !strcmp(name, "th");
        if (!cell && strcmp(name, "tr"))
            continue;
        end_html_cell(b, row, tag.start);
        if (cell && !closing) {
            row->open = tag.end;
            row->header = row->header && name[1] == 'h';
        } else if (!cell) {
            end_html_row(b, row, tag.start, &headers, place);
            row->start = tag.start;
        }
    }
    end_html_row(b, row, span.end, &headers, place);
}

/* --- Islands ---------------------------------------------------------------------------------------------- */

static void add_plain(struct builder *b, struct span source, enum block_kind kind, struct place *place)
{
    start_block(b);
    writer_add_plain(&b->writer, b->doc->source, source);
    struct block *block = add_block(b, kind_in_zone(b, place, kind), source, false);
    if (block)
        place_block(b, block, place);
    b->lead = -1;
}

/* Exercises share the section they stand in. */
static void open_exercise(struct builder *b)
{
    struct scope scope = *scope_top(b);
    scope.container = scope.exercise = true;
    list_push(b->arena, &b->scopes, scope);
    b->exercises++;
    b->lead = -1;
}

static void open_container(struct builder *b, const struct island *island)
{
    start_block(b);
    writer_add_plain(&b->writer, b->doc->source, island->title);
    struct str title = str_copy(b->arena, buffer_str(&b->writer.bytes));
    struct section section = {.heading = -1, .level = scope_top(b)->level + 1, .title = title};
    section.line = line_of(b->doc, island->source.start);
    open_section(b, section, true);
    if (b->zone == ZONE_BODY)
        open_zone(b, zone_of_heading(b->arena, title), 7);
    b->lead = -1;
}

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
        open_container(b, island);
        break;
    case ISLAND_EXERCISE:
        open_exercise(b);
        break;
    case ISLAND_CLOSE:
        close_container(b);
        break;
    case ISLAND_TABLE:
        add_html_table(b, island->source, place);
        break;
    case ISLAND_CAPTION:
        add_plain(b, island->source, BLOCK_CAPTION, place);
        break;
    case ISLAND_PLAIN:
        add_plain(b, island->source, BLOCK_PARAGRAPH, place);
        break;
    }
}

/* --- The tree --------------------------------------------------------------------------------------------- */

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
        add_paragraph(b, node, place);
    else if (type == CMARK_NODE_HEADING)
        add_heading(b, node, place);
    else if (type == CMARK_NODE_LIST)
        add_list(b, node, place);
    else if (type == CMARK_NODE_BLOCK_QUOTE)
        add_quote(b, node, place);
    else if (type == CMARK_NODE_CODE_BLOCK)
        add_code(b, node, place);
    else if (type == CMARK_NODE_HTML_BLOCK)
        add_island(b, node, place);
    else if (type == CMARK_NODE_FOOTNOTE_DEFINITION)
        add_note(b, node, place);
    else if (is_table(node))
        add_table(b, node, place);
    else if (type == CMARK_NODE_THEMATIC_BREAK && b->zone && b->zone_level == 7)
        end_zone(b);
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

/* --- Order ------------------------------------------------------------------------------------------------ */

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
static void settle_order(struct builder *b)
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

/* --- Sentences -------------------------------------------------------------------------------------------- */

/* On from the sentence before, where it is on the same line: a line may hold a whole book. */
static void set_position(const struct document *doc, struct sentence *sentence)
{
    const struct sentence *before = doc->sentences.count ? list_last(&doc->sentences) : NULL;
    sentence->line = line_of(doc, sentence->source.start);
    if (before && before->line == sentence->line && before->source.start <= sentence->source.start) {
        struct str between = str_slice(doc->source, before->source.start, sentence->source.start);
        sentence->column = before->column + (int)utf8_count(between);
    } else {
        document_position(doc, sentence->source.start, &sentence->line, &sentence->column);
    }
}

static void add_sentence(struct builder *b, int index, struct span text)
{
    struct block *block = &b->doc->blocks.items[index];
    struct sentence sentence = {.block = index, .text = text, .source = block_source(block, text)};
    /* Text that has no place of its own shares its neighbours': in order all the same. */
    size_t before = block->sentence_count ? list_last(&b->doc->sentences)->source.end : block->source.start;
    if (sentence.source.start < before)
        sentence.source.start = before;
    if (sentence.source.end < sentence.source.start)
        sentence.source.end = sentence.source.start;
    set_position(b->doc, &sentence);
    list_push(b->arena, &b->doc->sentences, sentence);
    block->sentence_count++;
}

static void split(struct builder *b, int index, struct span text)
{
    struct spans spans = {0};
    struct str part = str_slice(b->doc->blocks.items[index].text, text.start, text.end);
    text_sentences(b->arena, part, b->doc->lang, &spans);
    list_each (struct span, span, &spans)
        add_sentence(b, index, (struct span){text.start + span->start, text.start + span->end});
}

/* Line ends that were meant are line feeds while sentences are looked for, blanks for everybody else. */
static size_t show_stops(struct builder *b, size_t stop, int block, char sign)
{
    for (; stop < b->stops.count && b->stops.items[stop].block == block; stop++) {
        struct str text = b->doc->blocks.items[block].text;
        ((char *)text.ptr)[b->stops.items[stop].at] = sign; /* our own copy */
    }
    return stop;
}

static void add_sentences(struct builder *b)
{
    size_t stop = 0;
    for (int i = 0; i < (int)b->doc->blocks.count; i++) {
        struct block *block = &b->doc->blocks.items[i];
        block->first_sentence = (int)b->doc->sentences.count;
        if (block->kind == BLOCK_CODE)
            continue;
        show_stops(b, stop, i, '\n');
        if (block->kind == BLOCK_HEADING)
            add_sentence(b, i, (struct span){0, block->text.len});
        else if (!block->cells.count)
            split(b, i, (struct span){0, block->text.len});
        for (size_t cell = 0; cell < block->cells.count; cell++) {
            size_t start = (size_t)(block->cells.items[cell].ptr - block->text.ptr);
            split(b, i, (struct span){start, start + block->cells.items[cell].len});
        }
        stop = show_stops(b, stop, i, ' ');
    }
}

static size_t count_words(struct str text)
{
    size_t count = 0;
    bool inside = false;
    for (size_t i = 0; i < text.len; i++) {
        bool blank = text.ptr[i] == ' ';
        bool sign = text.ptr[i] == '|';
        count += !blank && !sign && !inside;
        inside = !blank && (inside || !sign);
    }
    return count;
}

/* --- The whole -------------------------------------------------------------------------------------------- */

static void find_lines(struct arena *arena, struct document *doc)
{
    list_push(arena, &doc->lines, 0);
    for (size_t i = 0; i < doc->source.len; i++) {
        char c = doc->source.ptr[i];
        if (c == '\n' || (c == '\r' && !(i + 1 < doc->source.len && doc->source.ptr[i + 1] == '\n')))
            list_push(arena, &doc->lines, i + 1);
    }
}

static bool check_source(const struct document *doc, struct error *e)
{
    int line, column;
    if (doc->source.len > FILE_MAX) {
        fail(e, ERROR_LIMIT, _("the file is larger than 64 MB: split it into chapters"));
        return error_at(e, doc->path, 0, 0);
    }
    const char *nul = doc->source.len ? memchr(doc->source.ptr, '\0', doc->source.len) : NULL;
    if (nul) {
        document_position(doc, (size_t)(nul - doc->source.ptr), &line, &column);
        fail(e, ERROR_SYNTAX,
             _("this is not a text file: it holds a zero byte; save the chapter as Markdown in UTF-8"));
        return error_at(e, doc->path, line, 0);
    }
    size_t bad = utf8_find_bad(doc->source);
    if (bad == SIZE_MAX)
        return true;
    document_position(doc, bad, &line, &column);
    fail(e, ERROR_SYNTAX, _("this line is not UTF-8: save the file in UTF-8"));
    return error_at(e, doc->path, line, 0);
}

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

static void build(struct builder *b)
{
    list_push(b->arena, &b->lines, 0);
    for (size_t i = 0; i < b->text.len; i++)
        if (b->text.ptr[i] == '\n')
            list_push(b->arena, &b->lines, i + 1);
    open_section(b, (struct section){.heading = -1, .level = 0, .line = 1}, true);
    struct arena nodes = {0};
    parser_arena = &nodes;
    add_root(b, parse_markdown(b->text));
    parser_arena = NULL;
    arena_finish(&nodes);
}

static struct str tidy(struct arena *arena, struct str text)
{
    struct writer writer = {0};
    writer_start(&writer, arena);
    writer_add_foreign(&writer, text, (struct span){0, text.len});
    struct str copy = str_copy(arena, buffer_str(&writer.bytes));
    buffer_finish(&writer.bytes);
    return copy;
}

static struct str choose_title(struct arena *arena, const struct document *doc, const struct front *front)
{
    if (front->title.len)
        return tidy(arena, front->title);
    list_each (struct block, block, &doc->blocks)
        if (block->kind == BLOCK_HEADING)
            return block->text;
    return path_name(doc->path);
}

static bool is_known(struct str lang)
{
    return str_equal(lang, STR("es")) || str_equal(lang, STR("en"));
}

static struct str choose_language(const struct document *doc, struct str wanted, const struct front *front)
{
    struct str stated[] = {wanted, language_of_path(doc->path),
                           str_slice(front->lang, 0, front->lang.len < 2 ? 0 : 2)};
    for (int i = 0; i < 3; i++)
        if (is_known(stated[i]))
            return str_equal(stated[i], STR("es")) ? STR("es") : STR("en");
    return (struct str){0};
}

/* By the text itself, as far as is needed. */
static struct str guess(const struct document *doc)
{
    enum { ENOUGH = 32768 };
    struct buffer sample = {0};
    list_each (struct block, block, &doc->blocks)
        if (block->kind != BLOCK_CODE && sample.len < ENOUGH) {
            buffer_add(&sample,
                       str_slice(block->text, 0, block->text.len < ENOUGH ? block->text.len : ENOUGH));
            buffer_add_char(&sample, ' ');
        }
    struct str lang = guess_language(buffer_str(&sample));
    buffer_finish(&sample);
    return lang;
}

bool document_parse(struct arena *arena, struct str path, struct str source, struct str lang,
                    struct document *ret, struct error *e)
{
    struct document doc = {.path = path, .source = source};
    struct front front;
    find_lines(arena, &doc);
    if (!check_source(&doc, e) || !front_read(arena, path, source, &front, e))
        return false;
    doc.weight = front.weight;
    struct lexed lexed = {0};
    lex(arena, source, front.end, &lexed);
    if (lexed.paragraphs > PARAGRAPHS_MAX) {
        cleaned_finish(&lexed.text);
        fail(e, ERROR_LIMIT, _("the file has more than 500,000 paragraphs: split it into chapters"));
        return error_at(e, path, 0, 0);
    }
    doc.warnings = lexed.warnings;
    struct builder b = {
        .arena = arena, .doc = &doc, .lexed = &lexed, .text = buffer_str(&lexed.text.bytes), .lead = -1};
    build(&b);
    doc.title = choose_title(arena, &doc, &front);
    doc.sections.items[0].title = doc.title;
    doc.lang = choose_language(&doc, lang, &front);
    if (!doc.lang.len)
        doc.lang = guess(&doc);
    settle_order(&b);
    add_sentences(&b);
    list_each (struct block, block, &doc.blocks)
        doc.words += block->kind == BLOCK_CODE ? 0 : count_words(block->text);
    cleaned_finish(&lexed.text);
    buffer_finish(&b.writer.bytes);
    arena_finish(&b.scratch);
    if (!doc.blocks.count) {
        fail(e, ERROR_SYNTAX, _("there is no text in this file"));
        return error_at(e, path, 0, 0);
    }
    *ret = doc;
    return true;
}
