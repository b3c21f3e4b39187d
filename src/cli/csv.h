/* Rows of comma-separated values, read one at a time, so that a log of any length needs no memory. */
#ifndef REPASO_CLI_CSV_H
#define REPASO_CLI_CSV_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdio.h>

enum { CSV_COLUMNS = 8, CSV_LINE = 4096 };

struct csv {
    FILE *file;
    const char *name;       /* for errors: the path, or "-" for standard input */
    int line;               /* of the row at hand, from 1 */
    int count;              /* columns wanted */
    int place[CSV_COLUMNS]; /* where each wanted column stands in the file */
    struct str
        fields[CSV_COLUMNS]; /* of the row at hand, in the order wanted, blanks around them taken off */
    bool held;               /* the first line was no header: it is the first row */
    char text[CSV_LINE];
};

/* `path` NULL or "-" is standard input. The first line names the columns, in any order and among others; a first
 * line that begins with a digit is a row already, with the columns as wanted. */
bool csv_open(struct csv *csv, const char *path, const char *const *columns, int count, struct error *e);
void csv_close(struct csv *csv);
/* The next row, into `fields`; false at the end (`e->kind` is ERROR_NONE then) and on errors. */
bool csv_next(struct csv *csv, struct error *e);
/* A number, with the file and line in the error; `name` is the column's. NaN and infinity are none. */
bool csv_number(const struct csv *csv, int column, const char *name, double *ret, struct error *e);

#endif
