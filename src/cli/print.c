#include "cli/print.h"

#include "base/buffer.h"

void print_buffer(FILE *stream, const struct buffer *buffer)
{
    if (buffer->len)
        fwrite(buffer->bytes, 1, buffer->len, stream);
}
