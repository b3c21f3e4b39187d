/* Anki's text with headers, which spreadsheets read as well: one note a row, its guid, type and deck first, so that a later
 * import updates it. Commas where the file's name ends in .csv, else tabs. */
#include "base/arena.h"
#include "base/list.h"
#include "exchange/formats.h"
#include "exchange/text_writer.h"

#include <string.h>

struct row {
    struct str guid, type, deck, tags;
    struct str_list fields;
};

/* The rows wait for the end: only then is it known how many fields the longest has. */
struct csv_writer {
    struct text_writer text; /* first, so that text_writer's functions serve */
    struct str_list types;
    struct {
        struct row *items;
        size_t count, capacity;
    } rows;
    size_t fields;
};

static bool open_csv(const struct write_options *options, struct writer **ret, struct error *e)
{
    if (!text_writer_open(options, ret, e))
        return false;
    struct text_writer *text = (struct text_writer *)*ret;
    struct csv_writer *w = arena_new(text->arena, struct csv_writer);
    w->text = *text;
    *ret = (struct writer *)w;
    return true;
}

static bool add_type(void *writer, const struct parcel_type *type, struct error *e)
{
    struct csv_writer *w = writer;
    (void)e;
    list_push(w->text.arena, &w->types, str_copy(w->text.arena, type->name));
    return true;
}

static struct str join_tags(struct arena *arena, const struct str_list *tags)
{
    struct str joined = {0};
    for (size_t i = 0; i < tags->count; i++)
        joined = str_format(arena, "%.*s%s%.*s", STR_ARG(joined), i ? " " : "", STR_ARG(tags->items[i]));
    return joined;
}

static bool add_note(void *writer, const struct parcel_note *note, struct error *e)
{
    struct csv_writer *w = writer;
    struct arena *arena = w->text.arena;
    struct row row = {.guid = str_copy(arena, note->guid), .tags = join_tags(arena, &note->tags)};
    size_t deck = note->cards.count ? note->cards.items[0].deck : 0;
    (void)e;
    if (note->type < w->types.count)
        row.type = w->types.items[note->type];
    if (deck < w->text.decks.count)
        row.deck = w->text.decks.items[deck];
    for (size_t i = 0; i < note->fields.count; i++)
        list_push(arena, &row.fields, str_copy(arena, note->fields.items[i]));
    if (row.fields.count > w->fields)
        w->fields = row.fields.count;
    list_push(arena, &w->rows, row);
    return true;
}

/* Quotes where RFC 4180 wants them, and around what a reader could take for a header or for blanks to trim. */
static void add_cell(struct buffer *out, char separator, struct str cell)
{
    bool quoted = cell.len && (strchr("# ", cell.ptr[0]) || cell.ptr[cell.len - 1] == ' ');
    for (size_t i = 0; i < cell.len && !quoted; i++)
        quoted = cell.ptr[i] == separator || strchr("\"\n\r", cell.ptr[i]);
    if (!quoted) {
        buffer_add(out, cell);
        return;
    }
    buffer_add_char(out, '"');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] == '"')
            buffer_add_char(out, '"');
        buffer_add_char(out, cell.ptr[i]);
    }
    buffer_add_char(out, '"');
}

static void add_row(struct csv_writer *w, char separator, const struct row *row)
{
    struct buffer *out = &w->text.out;
    const struct str head[] = {row->guid, row->type, row->deck};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) {
        add_cell(out, separator, head[i]);
        buffer_add_char(out, separator);
    }
    for (size_t i = 0; i < w->fields; i++) {
        if (i < row->fields.count)
            add_cell(out, separator, row->fields.items[i]);
        buffer_add_char(out, separator);
    }
    add_cell(out, separator, row->tags);
    buffer_add_char(out, '\n');
}

static bool close_csv(struct writer *writer, bool ok, struct error *e)
{
    struct csv_writer *w = (struct csv_writer *)writer;
    bool commas = str_ends(w->text.path, STR(".csv"));
    buffer_format(
        &w->text.out,
        "#separator:%s\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:%zu\n",
        commas ? "comma" : "tab", w->fields + 4);
    list_each (const struct row, row, &w->rows)
        add_row(w, commas ? ',' : '\t', row);
    return text_writer_close(writer, ok, e);
}

const struct write_format write_csv = {.name = "csv",
                                       .open = open_csv,
                                       .deck = text_writer_deck,
                                       .type = add_type,
                                       .note = add_note,
                                       .close = close_csv};
