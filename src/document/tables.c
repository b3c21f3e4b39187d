#include "document/builder.h"

#include "base/list.h"
#include "document/inlines.h"

#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <string.h>

bool is_table(cmark_node *node)
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
struct span builder_paragraph_span(const struct builder *b, cmark_node *node)
{
    cmark_node *next = cmark_node_next(node);
    if (cmark_node_get_start_line(node) || !is_table(next))
        return builder_node_span(b, node);
    struct span span = builder_node_span(b, next);
    size_t line = header_line(next);
    if (line <= b->lines.count && b->lines.items[line - 1] > span.start)
        span.end = b->lines.items[line - 1] - 1;
    return span;
}

/* The parser gives all rows the column of the first: only on that line there may be a list's marker before it. */
static struct span row_span(const struct builder *b, cmark_node *table, size_t line, int quotes)
{
    struct span span = builder_node_span(b, table);
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
    struct block *block = builder_add_block(b, builder_kind(b, place, BLOCK_ROW), source, cleaned);
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
    builder_start_block(b);
    for (cmark_node *cell = cmark_node_first_child(row); cell && *count < CELLS_MAX;
         cell = cmark_node_next(cell)) {
        writer_cell(&b->writer, *count == 0);
        if (*count < found)
            builder_write_inlines(b, cell, cells[*count], quotes, true);
        ret[(*count)++] = (struct span){b->writer.floor, b->writer.bytes.len};
    }
}

void builder_add_table(struct builder *b, cmark_node *table, struct place *place)
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
            add_row(b, builder_source(b, line), true, cells, count, &headers, place);
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
    builder_start_block(b);
}

void builder_add_html_table(struct builder *b, struct span span, struct place *place)
{
    struct html_row row = {.start = span.start, .header = true};
    struct str_list headers = {0};
    struct span tag;
    char name[16];
    bool closing;
    builder_start_block(b);
    for (size_t at = span.start; next_tag(b->doc->source, &at, span.end, &tag, name, &closing);) {
        bool cell = !strcmp(name, "td") || !strcmp(name, "th");
        if (!cell && strcmp(name, "tr"))
            continue;
        end_html_cell(b, &row, tag.start);
        if (cell && !closing) {
            row.open = tag.end;
            row.header = row.header && name[1] == 'h';
        } else if (!cell) {
            end_html_row(b, &row, tag.start, &headers, place);
            row.start = tag.start;
        }
    }
    end_html_row(b, &row, span.end, &headers, place);
}
