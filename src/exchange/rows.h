/* Rows of fields: CSV, TSV and their kin, with RFC 4180's quotes. */
#ifndef REPASO_EXCHANGE_ROWS_H
#define REPASO_EXCHANGE_ROWS_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A field may be as long as this; nobody learns more at once. */
enum { FIELD_SIZE = 1 << 18 };

struct rows {
    struct str text;
    struct str separator; /* between fields; several characters are fine */
    char record;          /* what ends a row besides the end of a line: ';', or 0 */
    bool quotes;          /* "…" holds separators and line ends, "" in it is one quote */
    bool comments;        /* a line that begins with # outside quotes is none */
    size_t at;
    long line; /* of the last row; counts from 1 */
    long next_line;
};

struct rows rows_begin(struct str text, struct str separator);
/* The next row that is not blank; fields are slices of the text, or copies where quotes were. False at the end (`e->kind` is
 * ERROR_NONE then) and for quotes that are never closed or fields beyond FIELD_SIZE. */
bool rows_next(struct arena *arena, struct rows *rows, struct str_list *ret, struct error *e);

/* How the text is cut: the separator that gives the most even rows. False: it is no table. */
struct row_shape {
    struct str separator;
    char record;
    size_t columns; /* of most rows */
};
bool rows_guess(struct arena *arena, struct str text, struct row_shape *ret);

#endif
