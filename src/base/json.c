#include "base/json.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

struct reader {
    struct arena *arena;
    struct str text;
    size_t at;
    int depth;
    const char *problem; /* the first one */
};

static bool stop(struct reader *r, const char *problem)
{
    if (!r->problem)
        r->problem = problem;
    return false;
}

static char peek(const struct reader *r)
{
    return r->at < r->text.len ? r->text.ptr[r->at] : 0;
}

static void skip_blanks(struct reader *r)
{
    while (r->at < r->text.len && strchr(" \t\r\n", r->text.ptr[r->at]))
        r->at++;
}

static bool take(struct reader *r, char c)
{
    if (peek(r) != c || r->at >= r->text.len)
        return false;
    r->at++;
    return true;
}

/* ---- Texts ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hex4(struct reader *r, uint32_t *ret)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++, r->at++) {
        int digit = hex_digit(peek(r));
        if (digit < 0)
            return stop(r, N_("\\u wants four hexadecimal digits"));
        value = value << 4 | (uint32_t)digit;
    }
    *ret = value;
    return true;
}

/* Two halves of a pair give one character; a half alone gives U+FFFD. */
static bool read_unicode(struct reader *r, uint32_t *ret)
{
    uint32_t low;
    if (!read_hex4(r, ret))
        return false;
    bool high = *ret >= 0xD800 && *ret < 0xDC00;
    if (high && str_starts(str_slice(r->text, r->at, r->text.len), STR("\\u"))) {
        size_t before = r->at;
        r->at += 2;
        if (!read_hex4(r, &low))
            return false;
        if (low >= 0xDC00 && low < 0xE000) {
            *ret = 0x10000 + ((*ret - 0xD800) << 10) + (low - 0xDC00);
            return true;
        }
        r->at = before;
    }
    if (*ret >= 0xD800 && *ret < 0xE000)
        *ret = 0xFFFD;
    return true;
}

static bool read_escape(struct reader *r, char *bytes, size_t *len)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    char c = peek(r);
    r->at += r->at < r->text.len;
    const char *name = c ? strchr(names, c) : NULL;
    if (name) {
        bytes[(*len)++] = values[name - names];
        return true;
    }
    uint32_t code_point;
    if (c != 'u')
        return stop(r, N_("an unknown escape behind a backslash"));
    if (!read_unicode(r, &code_point))
        return false;
    *len += utf8_encode(code_point, bytes + *len);
    return true;
}

/* An escape is never shorter than what it stands for. */
static bool read_escaped(struct reader *r, size_t start, size_t end, struct str *ret)
{
    char *bytes = arena_alloc(r->arena, end - start);
    size_t len = 0;
    for (r->at = start; r->at < end;) {
        if (r->text.ptr[r->at] != '\\') {
            bytes[len++] = r->text.ptr[r->at++];
            continue;
        }
        r->at++;
        if (!read_escape(r, bytes, &len))
            return false;
    }
    *ret = (struct str){bytes, len};
    return true;
}

static bool read_text(struct reader *r, struct str *ret)
{
    size_t start = ++r->at;
    bool escaped = false;
    for (; r->at < r->text.len && r->text.ptr[r->at] != '"'; r->at++) {
        if ((unsigned char)r->text.ptr[r->at] < 0x20)
            return stop(r, N_("a line break or control character inside a text; write \\n"));
        if (r->text.ptr[r->at] == '\\') {
            escaped = true;
            r->at++;
        }
    }
    if (r->at >= r->text.len)
        return stop(r, N_("a text without its closing quotation mark"));
    size_t end = r->at;
    *ret = str_slice(r->text, start, end);
    if (escaped && !read_escaped(r, start, end, ret))
        return false;
    r->at = end + 1;
    return true;
}

/* ---- Values ---- */

static bool read_value(struct reader *r, struct json *ret);

static size_t skip_digits(struct reader *r)
{
    size_t start = r->at;
    while (peek(r) >= '0' && peek(r) <= '9')
        r->at++;
    return r->at - start;
}

static bool read_number(struct reader *r, struct json *ret)
{
    size_t start = r->at;
    take(r, '-');
    bool zero = peek(r) == '0';
    size_t whole = skip_digits(r);
    bool good = whole > 0 && !(zero && whole > 1);
    if (take(r, '.'))
        good &= skip_digits(r) > 0;
    if (take(r, 'e') || take(r, 'E')) {
        if (!take(r, '+'))
            take(r, '-');
        good &= skip_digits(r) > 0;
    }
    *ret = (struct json){.kind = JSON_NUMBER, .text = str_slice(r->text, start, r->at)};
    return (good && str_to_double(ret->text, &ret->number)) || stop(r, N_("a number that is none"));
}

static bool read_word(struct reader *r, struct json *ret)
{
    static const struct {
        struct str word;
        enum json_kind kind;
    } words[] = {{{"null", 4}, JSON_NULL}, {{"true", 4}, JSON_TRUE}, {{"false", 5}, JSON_FALSE}};
    struct str rest = str_slice(r->text, r->at, r->text.len);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_starts(rest, words[i].word))
            continue;
        r->at += words[i].word.len;
        *ret = (struct json){.kind = words[i].kind, .text = words[i].word};
        return true;
    }
    return stop(r, r->at < r->text.len ? N_("something that is no JSON value")
                                       : N_("the end, where a value should stand"));
}

static bool read_key(struct reader *r, struct str *ret)
{
    skip_blanks(r);
    if (peek(r) != '"')
        return stop(r, N_("a name in quotation marks is wanted"));
    if (!read_text(r, ret))
        return false;
    skip_blanks(r);
    return take(r, ':') || stop(r, N_("a colon is wanted behind a name"));
}

/* The items of an array or object, behind its opening bracket. */
static bool read_items(struct reader *r, struct json *ret)
{
    bool object = ret->kind == JSON_OBJECT;
    char close = object ? '}' : ']';
    skip_blanks(r);
    if (take(r, close))
        return true;
    for (;;) {
        struct json child;
        struct str key;
        if (object && !read_key(r, &key))
            return false;
        if (!read_value(r, &child))
            return false;
        if (object)
            list_push(r->arena, &ret->keys, key);
        list_push(r->arena, &ret->children, child);
        skip_blanks(r);
        if (take(r, close))
            return true;
        if (!take(r, ','))
            return stop(r, object ? N_("a comma or } is wanted") : N_("a comma or ] is wanted"));
    }
}

static bool read_nested(struct reader *r, struct json *ret)
{
    *ret = (struct json){.kind = peek(r) == '{' ? JSON_OBJECT : JSON_ARRAY};
    r->at++;
    if (++r->depth > JSON_DEPTH_MAX)
        return stop(r, N_("more brackets inside brackets than we take"));
    bool ok = read_items(r, ret);
    r->depth--;
    return ok;
}

static bool read_value(struct reader *r, struct json *ret)
{
    skip_blanks(r);
    char c = peek(r);
    if (c == '{' || c == '[')
        return read_nested(r, ret);
    if (c == '"') {
        *ret = (struct json){.kind = JSON_TEXT};
        return read_text(r, &ret->text);
    }
    return c == '-' || (c >= '0' && c <= '9') ? read_number(r, ret) : read_word(r, ret);
}

static bool read_whole(struct reader *r, struct json *ret)
{
    size_t bad = utf8_find_bad(r->text);
    if (bad != SIZE_MAX) {
        r->at = bad;
        return stop(r, N_("bytes that are not UTF-8"));
    }
    if (!read_value(r, ret))
        return false;
    skip_blanks(r);
    return r->at == r->text.len || stop(r, N_("something stands behind the value"));
}

bool json_parse(struct arena *arena, struct str text, struct json *ret, struct error *e)
{
    struct reader r = {.arena = arena, .text = text};
    struct json json;
    if (!read_whole(&r, &json)) {
        fail(e, ERROR_SYNTAX, _("This is not JSON: %s."), _(r.problem));
        return error_at(e, (struct str){0}, 0, (int)(r.at < 1000000000 ? r.at + 1 : 1000000000));
    }
    *ret = json;
    return true;
}

const struct json *json_get(const struct json *json, const char *key)
{
    struct str name = str_from(key);
    if (!json || json->kind != JSON_OBJECT)
        return NULL;
    for (size_t i = json->keys.count; i-- > 0;)
        if (str_equal(json->keys.items[i], name))
            return &json->children.items[i];
    return NULL;
}

struct str json_get_text(const struct json *json, const char *key)
{
    const struct json *member = json_get(json, key);
    return member && member->kind == JSON_TEXT ? member->text : (struct str){0};
}

struct str_list json_get_texts(struct arena *arena, const struct json *json, const char *key)
{
    const struct json *member = json_get(json, key);
    struct str_list texts = {0};
    if (member && member->kind == JSON_TEXT)
        list_push(arena, &texts, member->text);
    for (size_t i = 0; member && i < member->children.count; i++)
        if (member->children.items[i].kind == JSON_TEXT)
            list_push(arena, &texts, member->children.items[i].text);
    return texts;
}
