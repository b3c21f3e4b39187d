#include "exchange/rows.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"

#include <string.h>

struct rows rows_begin(struct str text, struct str separator)
{
    return (struct rows){.text = text, .separator = separator, .quotes = true, .next_line = 1};
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Steps over one line end, CRLF being one. */
static void step_line(struct rows *rows)
{
    struct str s = rows->text;
    rows->at += s.ptr[rows->at] == '\r' && rows->at + 1 < s.len && s.ptr[rows->at + 1] == '\n' ? 2 : 1;
    rows->next_line++;
}

static void skip_line(struct rows *rows)
{
    while (rows->at < rows->text.len && !is_line_end(rows->text.ptr[rows->at]))
        rows->at++;
    if (rows->at < rows->text.len)
        step_line(rows);
}

static bool at_separator(const struct rows *rows)
{
    struct str separator = rows->separator;
    return separator.len && rows->text.len - rows->at >= separator.len &&
           memcmp(rows->text.ptr + rows->at, separator.ptr, separator.len) == 0;
}

static bool at_record_end(const struct rows *rows)
{
    return rows->record && rows->text.ptr[rows->at] == rows->record;
}

static bool fail_long(const struct rows *rows, struct error *e)
{
    fail(e, ERROR_LIMIT, _("this field is longer than %d characters; is it a table at all?"), FIELD_SIZE);
    return error_at(e, (struct str){0}, (int)rows->line, 0);
}

static bool read_quoted(struct arena *arena, struct rows *rows, struct str *ret, struct error *e)
{
    struct buffer out = {0};
    long line = rows->next_line;
    struct str s = rows->text;
    for (rows->at++; rows->at < s.len; rows->at++) {
        if (s.ptr[rows->at] == '"') {
            if (rows->at + 1 == s.len || s.ptr[rows->at + 1] != '"')
                break;
            rows->at++;
        }
        if (s.ptr[rows->at] == '\n')
            rows->next_line++;
        if (s.ptr[rows->at] != '\r')
            buffer_add_char(&out, s.ptr[rows->at]);
    }
    bool closed = rows->at < s.len, fits = out.len <= FIELD_SIZE;
    *ret = closed && fits ? str_copy(arena, buffer_str(&out)) : (struct str){0};
    buffer_finish(&out);
    if (!closed) {
        fail(e, ERROR_SYNTAX,
             _("the quotation mark that begins here is never closed; close it, or double it if it is one"));
        return error_at(e, (struct str){0}, (int)line, 0);
    }
    rows->at++;
    return fits || fail_long(rows, e);
}

static bool read_field(struct arena *arena, struct rows *rows, struct str *ret, struct error *e)
{
    struct str s = rows->text, quoted = {0};
    bool has_quotes = rows->quotes && rows->at < s.len && s.ptr[rows->at] == '"';
    if (has_quotes && !read_quoted(arena, rows, &quoted, e))
        return false;
    size_t start = rows->at;
    while (rows->at < s.len && !is_line_end(s.ptr[rows->at]) && !at_separator(rows) && !at_record_end(rows))
        rows->at++;
    struct str rest = str_slice(s, start, rows->at);
    if (rest.len > FIELD_SIZE)
        return fail_long(rows, e);
    /* What follows a closing quote belongs to the field all the same. */
    *ret = !has_quotes ? rest : str_trim(rest).len ? str_concat(arena, quoted, rest) : quoted;
    return true;
}

static bool is_blank(const struct str_list *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        if (str_trim(fields->items[i]).len)
            return false;
    return true;
}

/* A row, blank or not. */
static bool read_row(struct arena *arena, struct rows *rows, struct str_list *ret, struct error *e)
{
    rows->line = rows->next_line;
    for (;;) {
        struct str field;
        if (!read_field(arena, rows, &field, e))
            return false;
        list_push(arena, ret, field);
        if (rows->at >= rows->text.len || !at_separator(rows))
            break;
        rows->at += rows->separator.len;
    }
    if (rows->at < rows->text.len && at_record_end(rows))
        rows->at++;
    else if (rows->at < rows->text.len)
        step_line(rows);
    return true;
}

bool rows_next(struct arena *arena, struct rows *rows, struct str_list *ret, struct error *e)
{
    *e = (struct error){0};
    while (rows->at < rows->text.len) {
        if (rows->comments && rows->text.ptr[rows->at] == '#') {
            skip_line(rows);
            continue;
        }
        struct str_list fields = {0};
        if (!read_row(arena, rows, &fields, e))
            return false;
        if (is_blank(&fields))
            continue;
        *ret = fields;
        return true;
    }
    return false;
}

/* Guessing */

enum { LOOKED_AT = 64 * 1024, ROWS_LOOKED_AT = 400 };

/* In the order of preference among equals. A record of ';' is Quizlet's other way, and wants exactly two fields. */
static const struct {
    const char *separator;
    char record;
} shapes[] = {{"\t", 0}, {"\t", ';'}, {" - ", ';'}, {",", ';'}, {";", 0},   {"|", 0},
              {",", 0},  {" - ", 0},  {" – ", 0},   {" — ", 0}, {" = ", 0}, {":", 0}};

struct shape_score {
    double even; /* share of rows that have as many fields as most */
    size_t columns, rows;
};

static struct shape_score score(struct arena *arena, struct str text, struct str separator, char record)
{
    struct rows rows = rows_begin(text, separator);
    struct str_list row;
    struct error e;
    size_t counts[16] = {0};
    struct shape_score result = {0};
    rows.record = record;
    rows.comments = true;
    while (result.rows < ROWS_LOOKED_AT && rows_next(arena, &rows, &row, &e)) {
        counts[row.count < 16 ? row.count : 15]++;
        result.rows++;
    }
    for (size_t i = 2; i < 16; i++)
        if (counts[i] > counts[result.columns] || result.columns == 0)
            result.columns = i;
    result.even = result.rows ? (double)counts[result.columns] / (double)result.rows : 0;
    if (counts[result.columns] == 0 ||
        (record && (result.columns != 2 || result.even < 1 || result.rows < 2)))
        result.even = 0;
    return result;
}

bool rows_guess(struct arena *arena, struct str text, struct row_shape *ret)
{
    double best = 0;
    size_t cut = text.len;
    if (text.len > LOOKED_AT) /* whole lines only */
        for (cut = LOOKED_AT; cut > 0 && text.ptr[cut - 1] != '\n'; cut--)
            ;
    struct str sample = str_slice(text, 0, cut ? cut : text.len);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct str separator = str_from(shapes[i].separator);
        if (!str_contains(sample, separator))
            continue;
        struct shape_score found = score(arena, sample, separator, shapes[i].record);
        /* Words may hold colons and dashes anywhere: as a last resort they must part every row in two. */
        bool last_resort = shapes[i].record == 0 && (separator.len > 1 || separator.ptr[0] == ':');
        if (found.even <= best || (last_resort && (found.even < 1 || found.columns != 2)))
            continue;
        best = found.even;
        *ret = (struct row_shape){separator, shapes[i].record, found.columns};
    }
    return best > 0;
}
