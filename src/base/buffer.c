#include "base/buffer.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct buffer *buffer, size_t more)
{
    size_t need;
    if (__builtin_add_overflow(buffer->len, more, &need) || need >= SIZE_MAX / 2)
        memory_exhausted();
    if (need + 1 <= buffer->capacity)
        return;
    size_t capacity = buffer->capacity ? buffer->capacity * 2 : 256;
    if (capacity < need + 1)
        capacity = need + 1;
    buffer->bytes = memory_realloc(buffer->bytes, capacity);
    buffer->capacity = capacity;
}

void buffer_add(struct buffer *buffer, struct str s)
{
    reserve(buffer, s.len);
    if (s.len)
        memcpy(buffer->bytes + buffer->len, s.ptr, s.len);
    buffer->len += s.len;
    buffer->bytes[buffer->len] = 0;
}

void buffer_add_char(struct buffer *buffer, char c)
{
    buffer_add(buffer, (struct str){&c, 1});
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    reserve(buffer, (size_t)len);
    vsnprintf(buffer->bytes + buffer->len, (size_t)len + 1, format, again);
    va_end(again);
    buffer->len += (size_t)len;
}

struct str buffer_str(const struct buffer *buffer)
{
    return (struct str){buffer->bytes, buffer->len};
}

void buffer_clear(struct buffer *buffer)
{
    buffer->len = 0;
    if (buffer->bytes)
        buffer->bytes[0] = 0;
}

void buffer_finish(struct buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}

void buffer_add_json(struct buffer *buffer, struct str s)
{
    buffer_add_char(buffer, '"');
    for (size_t at = 0; at < s.len;) {
        size_t start = at;
        uint32_t c = utf8_next(s, &at);
        if (c == '"' || c == '\\')
            buffer_format(buffer, "\\%c", (char)c);
        else if (c == '\n')
            buffer_add(buffer, STR("\\n"));
        else if (c == '\t')
            buffer_add(buffer, STR("\\t"));
        else if (c == '\r')
            buffer_add(buffer, STR("\\r"));
        else if (c < 0x20 || c == 0x7F)
            buffer_format(buffer, "\\u%04x", (unsigned)c);
        else if (c == UTF8_BAD)
            buffer_add(buffer, STR("\xEF\xBF\xBD"));
        else
            buffer_add(buffer, str_slice(s, start, at));
    }
    buffer_add_char(buffer, '"');
}
