/* A whole text from a file, or from standard input for "-". */
#ifndef REPASO_CLI_INPUT_H
#define REPASO_CLI_INPUT_H

#include "base/error.h"
#include "base/str.h"

#include <stddef.h>

struct arena;

/* At most `limit` bytes. Whether it is UTF-8 is for the reader to see. */
bool input_read(struct arena *arena, const char *path, size_t limit, struct str *ret, struct error *e);
/* The same, refused when it is not UTF-8; a BOM is cut. */
bool input_read_text(struct arena *arena, const char *path, size_t limit, struct str *ret, struct error *e);

#endif
