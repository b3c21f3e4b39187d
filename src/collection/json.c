#include "collection/json.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static size_t skip_text(struct str s, size_t at)
{
    for (at++; at < s.len && s.ptr[at] != '"'; at++)
        at += s.ptr[at] == '\\';
    return at + 1;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Behind the value that begins at `at`. */
static size_t skip_value(struct str s, size_t at)
{
    int depth = 0;
    while (at < s.len) {
        char c = s.ptr[at];
        if (depth == 0 && (c == ',' || c == '}' || c == ']' || is_blank(c)))
            return at;
        if (c == '"') {
            at = skip_text(s, at);
        } else {
            depth += (c == '{' || c == '[') - (c == '}' || c == ']');
            at++;
        }
        if (depth == 0 && (c == '"' || c == '}' || c == ']'))
            return at;
    }
    return s.len;
}

static size_t skip_blanks(struct str s, size_t at, char also)
{
    while (at < s.len && (is_blank(s.ptr[at]) || s.ptr[at] == also))
        at++;
    return at;
}

bool json_next(struct str s, size_t *at, struct str *ret_name, struct str *ret_value)
{
    size_t start = *at == 0 ? skip_blanks(s, 0, '{') : skip_blanks(s, *at, ',');
    if (start >= s.len || s.ptr[start] != '"')
        return false;
    size_t end = skip_text(s, start), value = skip_blanks(s, end, ':');
    *at = skip_value(s, value);
    *ret_name = str_slice(s, start + 1, end - 1);
    *ret_value = str_slice(s, value, *at);
    return true;
}

int64_t json_to_int(struct str value, int64_t otherwise)
{
    bool negative = value.len > 0 && value.ptr[0] == '-';
    size_t i = negative;
    int64_t number = 0;
    if (value.len == i || value.len > 18)
        return otherwise;
    for (; i < value.len; i++) {
        if (value.ptr[i] < '0' || value.ptr[i] > '9')
            return otherwise;
        number = number * 10 + (value.ptr[i] - '0');
    }
    return negative ? -number : number;
}

double json_to_real(struct str value, double otherwise)
{
    double number;
    int64_t whole = json_to_int(value, INT64_MIN);
    if (whole != INT64_MIN)
        return (double)whole;
    return str_to_double(value, &number) ? number : otherwise;
}

bool json_field(struct str s, const char *name, struct str *ret)
{
    struct str found, value, wanted = str_from(name);
    for (size_t at = 0; json_next(s, &at, &found, &value);)
        if (str_equal(found, wanted)) {
            *ret = value;
            return true;
        }
    return false;
}

int64_t json_int(struct str object, const char *name, int64_t otherwise)
{
    struct str value;
    return json_field(object, name, &value) ? json_to_int(value, otherwise) : otherwise;
}

double json_real(struct str object, const char *name, double otherwise)
{
    struct str value;
    return json_field(object, name, &value) ? json_to_real(value, otherwise) : otherwise;
}

bool json_is(struct str object, const char *name, const char *text)
{
    struct str value;
    return json_field(object, name, &value) && value.len >= 2 &&
           str_equal(str_slice(value, 1, value.len - 1), str_from(text));
}

static uint32_t hex4(struct str s, size_t at)
{
    char digits[5] = {0};
    if (at + 4 <= s.len)
        memcpy(digits, s.ptr + at, 4);
    return (uint32_t)strtoul(digits, NULL, 16);
}

/* The code point of \uXXXX (or of a pair of them) whose digits begin at `*at`. */
static uint32_t unescape_code(struct str s, size_t *at)
{
    uint32_t c = hex4(s, *at);
    *at += 4;
    if (c >= 0xD800 && c < 0xDC00 && *at + 6 <= s.len && s.ptr[*at] == '\\' && s.ptr[*at + 1] == 'u') {
        uint32_t low = hex4(s, *at + 2);
        *at += 6;
        c = 0x10000 + ((c - 0xD800) << 10) + ((low - 0xDC00) & 0x3FF);
    }
    return c >= 0xD800 && c < 0xE000 ? 0xFFFD : c;
}

struct str json_text(struct arena *arena, struct str object, const char *name)
{
    struct str value;
    if (!json_field(object, name, &value) || value.len < 2 || value.ptr[0] != '"')
        return (struct str){0};
    struct str in = str_slice(value, 1, value.len - 1);
    char *out = arena_alloc(arena, in.len + 4);
    size_t len = 0;
    for (size_t at = 0; at < in.len;) {
        char c = in.ptr[at++];
        if (c != '\\' || at == in.len) {
            out[len++] = c;
            continue;
        }
        c = in.ptr[at++];
        static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
        const char *plain = memchr(from, c, sizeof from - 1);
        if (c == 'u')
            len += utf8_encode(unescape_code(in, &at), out + len);
        else
            out[len++] = plain ? to[plain - from] : c;
    }
    out[len] = 0;
    return (struct str){out, len};
}

int json_reals(struct str object, const char *name, double *ret, int limit)
{
    struct str array, item;
    if (!json_field(object, name, &array) || array.len < 2)
        return 0;
    array = str_slice(array, 1, array.len - 1);
    int count = 0;
    while (count < limit && str_split(&array, ',', &item) && str_to_double(str_trim(item), &ret[count]))
        count++;
    return count;
}
