/* Slices of UTF-8 bytes. A str owns nothing: it lives as long as what it points into. */
#ifndef REPASO_BASE_STR_H
#define REPASO_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct arena;

/* `ptr` may be NULL when `len` is 0; there is no terminating NUL unless a function promises one. */
struct str {
    const char *ptr;
    size_t len;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
/* For printf: printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

/* These are asked all the time, mostly with literals: the compiler sees through them. */
static inline struct str str_from(const char *text) /* NULL gives the empty slice */
{
    return (struct str){text, text ? strlen(text) : 0};
}
static inline struct str str_slice(struct str s, size_t start, size_t end)
{
    if (end > s.len)
        end = s.len;
    return start < end ? (struct str){s.ptr + start, end - start} : (struct str){0};
}
static inline bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
/* Byte order, the order of code points in UTF-8; for sorting, not for people. */
int str_compare(struct str a, struct str b);
static inline bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}
static inline bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0);
}
/* Offset of the first `needle` at or after `from`; SIZE_MAX if there is none. */
size_t str_find(struct str s, struct str needle, size_t from);
bool str_contains(struct str s, struct str needle);
/* ASCII blanks only. */
struct str str_trim(struct str s);
/* Cuts `*rest` at the first `separator` and returns what came before; false at the end. */
bool str_split(struct str *rest, char separator, struct str *ret);
/* A whole decimal number and nothing else; false on overflow. */
bool str_to_long(struct str s, long *ret);
bool str_to_double(struct str s, double *ret);

/* Copies with a terminating NUL behind the slice. */
struct str str_copy(struct arena *arena, struct str s);
struct str str_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str str_concat(struct arena *arena, struct str a, struct str b);

/* A growing list of slices, the field's usual carrier of accepted forms, choices, tags. */
struct str_list {
    struct str *items;
    size_t count, capacity;
};

bool str_list_has(const struct str_list *list, struct str s);

#endif
