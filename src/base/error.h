/* What went wrong, as a value. Lower folders fill it and return false; app/ shows it, cli/ prints it. */
#ifndef REPASO_BASE_ERROR_H
#define REPASO_BASE_ERROR_H

#include "base/str.h"

#include <stdbool.h>

enum error_kind {
    ERROR_NONE,
    ERROR_SYNTAX,    /* the text of a file is not what its format wants */
    ERROR_IO,        /* the system could not read or write */
    ERROR_LIMIT,     /* larger, deeper or longer than we take */
    ERROR_NOT_FOUND, /* a file, deck or card that is not there */
    ERROR_BUSY,      /* another repaso is writing */
    ERROR_VERSION,   /* made by a newer program, or not by ours */
    ERROR_CORRUPT,   /* damaged data */
    ERROR_FULL,      /* no space left */
    ERROR_CANCELLED, /* somebody asked to stop */
    ERROR_USAGE      /* wrong words on the command line */
};

/* `line` and `column` count from 1; 0 means not known. `text` is one sentence that says what to do. */
struct error {
    enum error_kind kind;
    int line, column;
    char file[256];
    char text[241];
};

/* Fills `e` (which may be NULL) and returns false, so that callers can `return fail(e, …)`.
 * File and line are cleared; set them with error_at. A text too long is cut at a whole character. */
bool fail(struct error *e, enum error_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Says where an error that has just been filled lies; returns false. */
bool error_at(struct error *e, struct str file, int line, int column);
/* The kind that an errno value stands for (ENOSPC is ERROR_FULL, ENOENT is ERROR_NOT_FOUND, …). */
enum error_kind error_kind_of(int errno_value);
/* "file:line:column: text" into `ret` of `size` bytes, leaving out what is not known. */
void error_describe(const struct error *e, char *ret, size_t size);

#endif
