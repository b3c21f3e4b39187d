/* Whole texts to a stream. */
#ifndef REPASO_CLI_PRINT_H
#define REPASO_CLI_PRINT_H

#include <stdio.h>

struct buffer;
struct error;

/* Writes what the buffer holds, if anything; trouble shows when the program ends (see main.c). */
void print_buffer(FILE *stream, const struct buffer *buffer);
/* On standard error: where, what and what to do. */
void print_failure(const struct error *e);

#endif
