/* Code points of UTF-8 text. Text is validated once where it enters the program. */
#ifndef REPASO_BASE_UTF8_H
#define REPASO_BASE_UTF8_H

#include "base/str.h"

#include <stdint.h>

#define UTF8_BAD UINT32_MAX

/* utf8_next where the code point takes several bytes. */
uint32_t utf8_next_long(struct str s, size_t *at);

/* The code point at `*at`, which moves behind it; UTF8_BAD (and one byte on) where the bytes are not
 * UTF-8 (overlong forms and surrogates included). `*at` must be below `s.len`. */
static inline uint32_t utf8_next(struct str s, size_t *at)
{
    unsigned char lead = (unsigned char)s.ptr[*at];
    if (lead >= 0x80)
        return utf8_next_long(s, at);
    (*at)++;
    return lead;
}
/* The code point that ends at `*at`, which moves to its start. `*at` must be above 0. */
uint32_t utf8_previous(struct str s, size_t *at);
/* Writes 1 to 4 bytes and returns how many. */
size_t utf8_encode(uint32_t code_point, char ret[4]);
/* Offset of the first byte that is not UTF-8; SIZE_MAX when all is well. */
size_t utf8_find_bad(struct str s);
size_t utf8_count(struct str s);

#endif
