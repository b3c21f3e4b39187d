/* Bytes that grow at the end, on the heap. A zeroed buffer is empty. */
#ifndef REPASO_BASE_BUFFER_H
#define REPASO_BASE_BUFFER_H

#include "base/str.h"

struct buffer {
    char *bytes; /* NUL-terminated once anything was added */
    size_t len, capacity;
};

void buffer_add(struct buffer *buffer, struct str s);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The text so far, valid until the next change. */
struct str buffer_str(const struct buffer *buffer);
void buffer_clear(struct buffer *buffer);
void buffer_finish(struct buffer *buffer);

/* Appends `s` as a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD. */
void buffer_add_json(struct buffer *buffer, struct str s);

#endif
