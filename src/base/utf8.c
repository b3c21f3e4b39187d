#include "base/utf8.h"

#include <string.h>

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

uint32_t utf8_next_long(struct str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.ptr + *at;
    size_t left = s.len - *at;
    unsigned char lead = p[0];
    (*at)++;
    size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4 || left <= more)
        return UTF8_BAD;
    uint32_t c = lead & (0x3Fu >> more);
    for (size_t i = 1; i <= more; i++) {
        if (!is_continuation(p[i]))
            return UTF8_BAD;
        c = c << 6 | (p[i] & 0x3F);
    }
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    if (c < least[more] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return UTF8_BAD;
    *at += more;
    return c;
}

uint32_t utf8_previous(struct str s, size_t *at)
{
    size_t start = *at - 1;
    while (start > 0 && *at - start < 4 && is_continuation((unsigned char)s.ptr[start]))
        start--;
    size_t end = start;
    uint32_t c = utf8_next(s, &end);
    if (end != *at) {
        (*at)--;
        return UTF8_BAD;
    }
    *at = start;
    return c;
}

size_t utf8_encode(uint32_t c, char ret[4])
{
    if (c < 0x80) {
        ret[0] = (char)c;
        return 1;
    }
    size_t more = c >= 0x10000 ? 3 : c >= 0x800 ? 2 : 1;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    for (size_t i = more; i > 0; i--, c >>= 6)
        ret[i] = (char)(0x80 | (c & 0x3F));
    ret[0] = (char)(lead[more] | c);
    return more + 1;
}

size_t utf8_find_bad(struct str s)
{
    for (size_t at = 0; at < s.len;) {
        size_t start = at;
        if (utf8_next(s, &at) == UTF8_BAD)
            return start;
    }
    return SIZE_MAX;
}

/* Of eight bytes at once: those whose two highest bits are not 10. */
static size_t count_starts(const char *bytes)
{
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    uint64_t continuations = eight & ~(eight << 1) & 0x8080808080808080u;
    return 8 - (size_t)__builtin_popcountll(continuations);
}

size_t utf8_count(struct str s)
{
    size_t count = 0, i = 0;
    for (; i + 8 <= s.len; i += 8)
        count += count_starts(s.ptr + i);
    for (; i < s.len; i++)
        count += !is_continuation((unsigned char)s.ptr[i]);
    return count;
}
