#include "base/utf8.h"
#include "document/lexer.h"

enum { TAG_MAX = 4096 };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_char(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static size_t skip_blanks(struct str s, size_t at)
{
    while (at < s.len && is_blank(s.ptr[at]))
        at++;
    return at;
}

/* Behind `= value`, or `at` itself when there is none, or SIZE_MAX when it is broken. */
static size_t skip_value(struct str s, size_t at)
{
    size_t equals = skip_blanks(s, at);
    if (equals >= s.len || s.ptr[equals] != '=')
        return at;
    at = skip_blanks(s, equals + 1);
    if (at >= s.len)
        return SIZE_MAX;
    if (s.ptr[at] == '"' || s.ptr[at] == '\'') {
        size_t end = str_find(s, str_slice(s, at, at + 1), at + 1);
        return end == SIZE_MAX ? SIZE_MAX : end + 1;
    }
    size_t start = at;
    while (at < s.len && !is_blank(s.ptr[at]) && !str_contains(STR("\"'=<>`"), str_slice(s, at, at + 1)))
        at++;
    return at > start ? at : SIZE_MAX;
}

/* CommonMark's open and closing tags, 6.6. */
size_t html_tag_end(struct str source, size_t at)
{
    struct str s = str_slice(source, 0, source.len - at > TAG_MAX ? at + TAG_MAX : source.len);
    size_t i = at + 1;
    bool closing = i < s.len && s.ptr[i] == '/';
    i += closing;
    if (i >= s.len || !is_letter(s.ptr[i]))
        return 0;
    while (i < s.len && (is_letter(s.ptr[i]) || (s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == '-'))
        i++;
    for (;;) {
        size_t next = skip_blanks(s, i);
        if (next >= s.len)
            return 0;
        if (s.ptr[next] == '>')
            return next + 1;
        if (closing)
            return 0;
        if (s.ptr[next] == '/')
            return next + 1 < s.len && s.ptr[next + 1] == '>' ? next + 2 : 0;
        if (next == i || !(is_letter(s.ptr[next]) || s.ptr[next] == '_' || s.ptr[next] == ':'))
            return 0;
        while (next < s.len && is_name_char(s.ptr[next]))
            next++;
        i = skip_value(s, next);
        if (i == SIZE_MAX)
            return 0;
    }
}

void html_tag_name(struct str tag, char ret[16], bool *closing)
{
    size_t at = 1, len = 0;
    *closing = at < tag.len && tag.ptr[at] == '/';
    at += *closing;
    for (; at < tag.len && len < 15 && (is_letter(tag.ptr[at]) || (tag.ptr[at] >= '0' && tag.ptr[at] <= '9'));
         at++)
        ret[len++] = (char)(tag.ptr[at] | 0x20); /* digits have that bit already */
    ret[len] = '\0';
}

struct str html_attribute(struct str tag, struct str name)
{
    for (size_t at = str_find(tag, name, 1); at != SIZE_MAX; at = str_find(tag, name, at + 1)) {
        size_t end = at + name.len;
        if (!is_blank(tag.ptr[at - 1]) || end >= tag.len)
            continue;
        size_t value_end = skip_value(tag, end);
        if (value_end == SIZE_MAX || value_end == end)
            continue;
        size_t start = skip_blanks(tag, skip_blanks(tag, end) + 1);
        bool quoted = tag.ptr[start] == '"' || tag.ptr[start] == '\'';
        return str_slice(tag, start + quoted, value_end - quoted);
    }
    return (struct str){0};
}

bool is_unwanted(uint32_t c)
{
    if (c < 0x20)
        return c != '\t' && c != '\n' && c != '\r';
    return (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || (c >= 0xFFF9 && c <= 0xFFFB) ||
           (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF) || (c >= 0xE0000 && c <= 0xE0FFF);
}
