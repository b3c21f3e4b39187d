#include "cli/print.h"

#include "base/buffer.h"
#include "base/error.h"

void print_buffer(FILE *stream, const struct buffer *buffer)
{
    if (buffer->len)
        fwrite(buffer->bytes, 1, buffer->len, stream);
}

void print_failure(const struct error *e)
{
    char text[600];
    error_describe(e, text, sizeof text);
    fprintf(stderr, "%s%s\n", e->file[0] && e->kind != ERROR_USAGE ? "" : "repaso: ", text);
}
