#include "exchange/html.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/utf8.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LISTS_MAX = 8 };

struct reducer {
    struct arena *arena;
    struct str html;
    size_t at;
    struct buffer out;
    bool blank;             /* a blank is due before the next word */
    bool preserved;         /* within <pre> */
    int numbers[LISTS_MAX]; /* of the open lists: 0 for bullets, else the next number */
    int depth;
    size_t raised;      /* where a <sup> or <sub> began in `out`; SIZE_MAX: not in one */
    struct str address; /* of the <a> that is open */
    size_t address_start;
    struct html_words found;
};

/* Writing */

static bool at_line_start(const struct reducer *r)
{
    return r->out.len == 0 || r->out.bytes[r->out.len - 1] == '\n';
}

static void end_line(struct reducer *r)
{
    r->blank = false;
    if (!at_line_start(r))
        buffer_add_char(&r->out, '\n');
}

static void put(struct reducer *r, struct str s)
{
    if (r->blank && !at_line_start(r))
        buffer_add_char(&r->out, ' ');
    r->blank = false;
    buffer_add(&r->out, s);
}

/* Overrides of direction could show a name backwards; marks and isolates are harmless. */
static bool is_shown(uint32_t c)
{
    return c >= 0x20 && c != 0x7F && !(c >= 0x202A && c <= 0x202E) && c != 0xFEFF;
}

static void put_code_point(struct reducer *r, uint32_t c)
{
    char bytes[4];
    if (c == 0xA0)
        c = ' ';
    if (!r->preserved && (c == ' ' || c == '\n' || c == '\r' || c == '\t'))
        r->blank = true;
    else if (r->preserved && c == '\n')
        buffer_add_char(&r->out, '\n');
    else if (c == '\t')
        put(r, STR("  "));
    else if (is_shown(c))
        put(r, (struct str){bytes, utf8_encode(c, bytes)});
}

/* Entities */

struct entity {
    const char *name;
    uint32_t code_point;
};

/* By name: what editors of cards write. The others stay as they are written. */
static const struct entity entities[] = {
    {"Aacute", 0xC1},   {"Agrave", 0xC0},   {"Alpha", 0x391},  {"Auml", 0xC4},    {"Ccedil", 0xC7},
    {"Delta", 0x394},   {"Eacute", 0xC9},   {"Egrave", 0xC8},  {"Gamma", 0x393},  {"Iacute", 0xCD},
    {"Lambda", 0x39B},  {"Ntilde", 0xD1},   {"Oacute", 0xD3},  {"Omega", 0x3A9},  {"Ouml", 0xD6},
    {"Phi", 0x3A6},     {"Pi", 0x3A0},      {"Psi", 0x3A8},    {"Sigma", 0x3A3},  {"Theta", 0x398},
    {"Uacute", 0xDA},   {"Uuml", 0xDC},     {"aacute", 0xE1},  {"acirc", 0xE2},   {"aelig", 0xE6},
    {"agrave", 0xE0},   {"alpha", 0x3B1},   {"amp", '&'},      {"apos", '\''},    {"aring", 0xE5},
    {"asymp", 0x2248},  {"atilde", 0xE3},   {"auml", 0xE4},    {"beta", 0x3B2},   {"bull", 0x2022},
    {"ccedil", 0xE7},   {"cent", 0xA2},     {"copy", 0xA9},    {"darr", 0x2193},  {"deg", 0xB0},
    {"delta", 0x3B4},   {"divide", 0xF7},   {"eacute", 0xE9},  {"ecirc", 0xEA},   {"egrave", 0xE8},
    {"epsilon", 0x3B5}, {"eta", 0x3B7},     {"euml", 0xEB},    {"euro", 0x20AC},  {"frac12", 0xBD},
    {"frac14", 0xBC},   {"frac34", 0xBE},   {"gamma", 0x3B3},  {"ge", 0x2265},    {"gt", '>'},
    {"harr", 0x2194},   {"hellip", 0x2026}, {"iacute", 0xED},  {"icirc", 0xEE},   {"iexcl", 0xA1},
    {"igrave", 0xEC},   {"infin", 0x221E},  {"int", 0x222B},   {"iota", 0x3B9},   {"iquest", 0xBF},
    {"iuml", 0xEF},     {"kappa", 0x3BA},   {"lambda", 0x3BB}, {"laquo", 0xAB},   {"larr", 0x2190},
    {"ldquo", 0x201C},  {"le", 0x2264},     {"lsquo", 0x2018}, {"lt", '<'},       {"mdash", 0x2014},
    {"micro", 0xB5},    {"middot", 0xB7},   {"minus", 0x2212}, {"mu", 0x3BC},     {"nbsp", 0xA0},
    {"ndash", 0x2013},  {"ne", 0x2260},     {"ntilde", 0xF1},  {"nu", 0x3BD},     {"oacute", 0xF3},
    {"ocirc", 0xF4},    {"oelig", 0x153},   {"ograve", 0xF2},  {"omega", 0x3C9},  {"omicron", 0x3BF},
    {"ordf", 0xAA},     {"ordm", 0xBA},     {"oslash", 0xF8},  {"otilde", 0xF5},  {"ouml", 0xF6},
    {"para", 0xB6},     {"part", 0x2202},   {"phi", 0x3C6},    {"pi", 0x3C0},     {"plusmn", 0xB1},
    {"pound", 0xA3},    {"psi", 0x3C8},     {"quot", '"'},     {"radic", 0x221A}, {"raquo", 0xBB},
    {"rarr", 0x2192},   {"rdquo", 0x201D},  {"reg", 0xAE},     {"rho", 0x3C1},    {"rsquo", 0x2019},
    {"sect", 0xA7},     {"shy", 0xAD},      {"sigma", 0x3C3},  {"sum", 0x2211},   {"sup2", 0xB2},
    {"sup3", 0xB3},     {"szlig", 0xDF},    {"tau", 0x3C4},    {"theta", 0x3B8},  {"times", 0xD7},
    {"trade", 0x2122},  {"uacute", 0xFA},   {"uarr", 0x2191},  {"ucirc", 0xFB},   {"ugrave", 0xF9},
    {"upsilon", 0x3C5}, {"uuml", 0xFC},     {"xi", 0x3BE},     {"yacute", 0xFD},  {"yen", 0xA5},
    {"zeta", 0x3B6},
};

static int compare_entities(const void *key, const void *row)
{
    const struct str *name = key;
    return str_compare(*name, str_from(((const struct entity *)row)->name));
}

static uint32_t numbered(struct str digits)
{
    int base = digits.len && (digits.ptr[0] == 'x' || digits.ptr[0] == 'X') ? 16 : 10;
    uint32_t value = 0;
    size_t at = base == 16;
    if (at == digits.len)
        return 0;
    for (; at < digits.len && value <= 0x10FFFF; at++) {
        char c = digits.ptr[at];
        int digit = c >= '0' && c <= '9'                 ? c - '0'
                    : base == 16 && c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : base == 16 && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                         : -1;
        if (digit < 0)
            return 0;
        value = value * (uint32_t)base + (uint32_t)digit;
    }
    return value > 0x10FFFF || (value >= 0xD800 && value < 0xE000) ? UTF8_BAD : value;
}

/* The oldest names are also written without their semicolon. */
static uint32_t read_bare_entity(struct str s, size_t at, size_t *ret_end)
{
    static const struct entity bare[] = {
        {"nbsp", 0xA0}, {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}};
    for (size_t i = 0; i < sizeof bare / sizeof *bare; i++)
        if (str_starts(str_slice(s, at + 1, s.len), str_from(bare[i].name))) {
            *ret_end = at + 1 + strlen(bare[i].name);
            return bare[i].code_point;
        }
    return 0;
}

/* The sign that stands at `at`, which is an ampersand; 0: it is only an ampersand. */
static uint32_t read_entity(struct str s, size_t at, size_t *ret_end)
{
    size_t end = at + 1;
    while (end < s.len && end - at < 12 && (strchr("#", s.ptr[end]) ? end == at + 1 : s.ptr[end] != ';'))
        end++;
    if (end >= s.len || s.ptr[end] != ';' || end == at + 1)
        return read_bare_entity(s, at, ret_end);
    *ret_end = end + 1;
    struct str name = str_slice(s, at + 1, end);
    if (name.ptr[0] == '#')
        return numbered(str_slice(name, 1, name.len));
    const struct entity *row =
        bsearch(&name, entities, sizeof entities / sizeof *entities, sizeof *entities, compare_entities);
    return row ? row->code_point : 0;
}

/* An attribute's value: entities, and percent signs where it is an address. */
static struct str decode(struct arena *arena, struct str s, bool percent)
{
    char *bytes = arena_alloc(arena, s.len * 2 + 5);
    size_t len = 0;
    for (size_t at = 0; at < s.len;) {
        size_t end = at + 1;
        uint32_t c = s.ptr[at] == '&' ? read_entity(s, at, &end) : 0;
        char hex[3] = {0};
        if (c && c != UTF8_BAD) {
            len += utf8_encode(c, bytes + len);
            at = end;
        } else if (percent && s.ptr[at] == '%' && at + 2 < s.len &&
                   strspn(s.ptr + at + 1, "0123456789abcdefABCDEF") >= 2) {
            memcpy(hex, s.ptr + at + 1, 2);
            bytes[len++] = (char)strtol(hex, NULL, 16);
            at += 3;
        } else {
            bytes[len++] = s.ptr[at++];
        }
    }
    struct str decoded = {bytes, len};
    return utf8_find_bad(decoded) == SIZE_MAX ? decoded : s;
}

/* Tags */

struct tag {
    struct str name, attributes;
    bool closing;
};

static bool is_named(struct str name, const char *wanted)
{
    return name.len == strlen(wanted) && strncasecmp(name.ptr, wanted, name.len) == 0;
}

static bool is_among(struct str name, const char *const *names)
{
    for (; *names; names++)
        if (is_named(name, *names))
            return true;
    return false;
}

/* The tag that begins at `at`, which is "<". False: the sign stands for itself. */
static bool read_tag(struct str s, size_t at, struct tag *ret, size_t *ret_end)
{
    size_t name = at + 1;
    bool closing = name < s.len && s.ptr[name] == '/';
    name += closing;
    size_t end = name;
    while (end < s.len && (((s.ptr[end] | 32) >= 'a' && (s.ptr[end] | 32) <= 'z') ||
                           (end > name && s.ptr[end] >= '0' && s.ptr[end] <= '9')))
        end++;
    if (end == name)
        return false;
    char quote = 0;
    size_t close = end;
    for (; close < s.len && (quote || s.ptr[close] != '>'); close++) {
        char c = s.ptr[close];
        if (quote && c == quote)
            quote = 0;
        else if (!quote && (c == '"' || c == '\''))
            quote = c;
    }
    if (close == s.len)
        return false;
    *ret = (struct tag){str_slice(s, name, end), str_slice(s, end, close), closing};
    *ret_end = close + 1;
    return true;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '/';
}

/* The next attribute; values without quotes end at a blank. */
static bool next_attribute(struct str s, size_t *at, struct str *ret_name, struct str *ret_value)
{
    while (*at < s.len && is_space(s.ptr[*at]))
        ++*at;
    size_t start = *at;
    while (*at < s.len && s.ptr[*at] != '=' && !is_space(s.ptr[*at]))
        ++*at;
    if (*at == start && *at >= s.len)
        return false;
    *ret_name = str_slice(s, start, *at);
    *ret_value = (struct str){0};
    if (*at >= s.len || s.ptr[*at] != '=') {
        *at += *at == start;
        return true;
    }
    size_t value = ++*at;
    char quote = value < s.len && (s.ptr[value] == '"' || s.ptr[value] == '\'') ? s.ptr[value] : 0;
    value += quote != 0;
    *at = value;
    while (*at < s.len && (quote ? s.ptr[*at] != quote : !is_space(s.ptr[*at]) || s.ptr[*at] == '/'))
        ++*at;
    *ret_value = str_slice(s, value, *at);
    *at += quote != 0 && *at < s.len;
    return true;
}

static bool is_scheme(struct str address)
{
    for (size_t i = 0; i < address.len; i++) {
        char c = (char)(address.ptr[i] | 32);
        if (address.ptr[i] == ':')
            return i > 0;
        if (!(c >= 'a' && c <= 'z') && !(i && strchr("+.-0123456789", address.ptr[i])))
            return false;
    }
    return false;
}

static bool is_web(struct str address)
{
    return strncasecmp(address.ptr ? address.ptr : "", "http://", address.len < 7 ? address.len : 7) == 0 ||
           strncasecmp(address.ptr ? address.ptr : "", "https://", address.len < 8 ? address.len : 8) == 0;
}

static struct str attribute(struct reducer *r, const struct tag *tag, const char *wanted)
{
    struct str name, value;
    for (size_t at = 0; next_attribute(tag->attributes, &at, &name, &value);)
        if (is_named(name, wanted))
            return str_trim(decode(r->arena, value, true));
    return (struct str){0};
}

static void note_activity(struct reducer *r, const struct tag *tag)
{
    struct str name, value;
    for (size_t at = 0; next_attribute(tag->attributes, &at, &name, &value);) {
        bool handler = name.len > 2 && strncasecmp(name.ptr, "on", 2) == 0;
        bool address = is_named(name, "src") || is_named(name, "href");
        if (handler || (address && is_scheme(str_trim(value)) && !is_web(str_trim(value))))
            r->found.active = true;
    }
}

static void put_image(struct reducer *r, const struct tag *tag)
{
    struct str name = attribute(r, tag, "src");
    if (name.len == 0)
        return;
    list_push(r->arena, &r->found.images, name);
    put(r, STR("["));
    for (size_t at = 0; at < name.len;)
        put_code_point(r, utf8_next(name, &at));
    put(r, STR("]"));
}

static void open_list(struct reducer *r, const struct tag *tag)
{
    end_line(r);
    if (tag->closing)
        r->depth -= r->depth > 0;
    else if (r->depth < LISTS_MAX)
        r->numbers[r->depth++] = is_named(tag->name, "ol");
}

static void open_item(struct reducer *r, const struct tag *tag)
{
    end_line(r);
    if (tag->closing)
        return;
    int *number = r->depth ? &r->numbers[r->depth - 1] : NULL;
    if (number && *number)
        buffer_format(&r->out, "%d. ", (*number)++);
    else
        buffer_add(&r->out, STR("• "));
}

/* Figures have raised and lowered forms of their own; other words are marked as people type them. */
static struct str raise(struct reducer *r, struct str s, bool up)
{
    static const char *const forms[2][10] = {{"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"},
                                             {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"}};
    struct buffer out = {0};
    bool figures = s.len > 0;
    for (size_t i = 0; i < s.len && figures; i++) {
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
            buffer_add(&out, str_from(forms[up][s.ptr[i] - '0']));
        else if (s.ptr[i] == '+' || s.ptr[i] == '-')
            buffer_add(&out, str_from(s.ptr[i] == '+' ? (up ? "⁺" : "₊") : (up ? "⁻" : "₋")));
        else
            figures = false;
    }
    if (!figures) {
        buffer_clear(&out);
        const char *form = utf8_count(s) <= 1 ? "%s%.*s" : "%s(%.*s)";
        buffer_format(&out, form, up ? "^" : "_", STR_ARG(s));
    }
    struct str copy = str_copy(r->arena, buffer_str(&out));
    buffer_finish(&out);
    return copy;
}

static void open_raised(struct reducer *r, const struct tag *tag)
{
    if (!tag->closing) {
        r->raised = r->out.len;
    } else if (r->raised <= r->out.len) {
        struct str inner = str_copy(r->arena, str_slice(buffer_str(&r->out), r->raised, r->out.len));
        r->out.len = r->raised;
        if (inner.len)
            buffer_add(&r->out, raise(r, inner, is_named(tag->name, "sup")));
        r->raised = SIZE_MAX;
    }
}

/* A word that leads somewhere says where, unless it does already. */
static void open_address(struct reducer *r, const struct tag *tag)
{
    if (!tag->closing) {
        r->address = attribute(r, tag, "href");
        r->address_start = r->out.len;
        return;
    }
    struct str shown = str_slice(buffer_str(&r->out),
                                 r->address_start < r->out.len ? r->address_start : r->out.len, r->out.len);
    if (is_web(r->address) && r->address.len > 8 && !str_contains(shown, r->address)) {
        put(r, STR(" ("));
        put(r, r->address);
        put(r, STR(")"));
    }
    r->address = (struct str){0};
}

/* Templates hide parts of one side that the other one shows. */
static bool is_hidden(struct reducer *r, const struct tag *tag)
{
    static const char *const ways[] = {"display:none", "visibility:hidden"};
    struct str style = attribute(r, tag, "style");
    char packed[256];
    size_t len = 0;
    for (size_t i = 0; i < style.len && len < sizeof packed - 1; i++)
        if (!is_space(style.ptr[i]))
            packed[len++] = (char)(style.ptr[i] | (style.ptr[i] >= 'A' && style.ptr[i] <= 'Z' ? 32 : 0));
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (str_contains((struct str){packed, len}, str_from(ways[i])))
            return true;
    return false;
}

/* Behind the end of an element with all that is in it; elements of its own name may be within. */
static size_t skip_nested(struct str s, size_t at, struct str name)
{
    int depth = 1;
    struct tag tag;
    size_t end;
    for (at = str_find(s, STR("<"), at); at != SIZE_MAX; at = str_find(s, STR("<"), at)) {
        if (!read_tag(s, at, &tag, &end)) {
            at++;
            continue;
        }
        at = end;
        if (tag.name.len == name.len && strncasecmp(tag.name.ptr, name.ptr, name.len) == 0)
            depth += tag.closing ? -1 : 1;
        if (depth == 0)
            return at;
    }
    return s.len;
}

/* Behind the end of an element whose contents are for no reader. */
static size_t skip_element(struct str s, size_t at, struct str name)
{
    for (; at + name.len + 2 <= s.len; at++)
        if (s.ptr[at] == '<' && s.ptr[at + 1] == '/' &&
            strncasecmp(s.ptr + at + 2, name.ptr, name.len) == 0) {
            size_t end = str_find(s, STR(">"), at);
            return end == SIZE_MAX ? s.len : end + 1;
        }
    return s.len;
}

static const char *const blocks[] = {"p",     "div",   "h1",         "h2",      "h3",      "h4", "h5",
                                     "h6",    "hr",    "tr",         "br",      "dt",      "dd", "dl",
                                     "table", "tbody", "blockquote", "section", "article", NULL};
static const char *const unread[] = {"script", "style", "iframe", "object", "embed",
                                     "svg",    "math",  "title",  "rp",     NULL};

static void take_tag(struct reducer *r, const struct tag *tag)
{
    note_activity(r, tag);
    if (is_among(tag->name, unread) && !tag->closing) {
        r->found.active |= !is_named(tag->name, "style") && !is_named(tag->name, "rp");
        r->at = skip_element(r->html, r->at, tag->name);
    } else if (!tag->closing && !is_named(tag->name, "br") && !is_named(tag->name, "img") &&
               is_hidden(r, tag)) {
        r->at = skip_nested(r->html, r->at, tag->name);
    } else if (is_among(tag->name, blocks)) {
        end_line(r);
    } else if (is_named(tag->name, "img")) {
        put_image(r, tag);
    } else if (is_named(tag->name, "ul") || is_named(tag->name, "ol")) {
        open_list(r, tag);
    } else if (is_named(tag->name, "li")) {
        open_item(r, tag);
    } else if (is_named(tag->name, "pre")) {
        end_line(r);
        r->preserved = !tag->closing;
    } else if (is_named(tag->name, "td") || is_named(tag->name, "th")) {
        r->blank = true;
    } else if (is_named(tag->name, "rt")) {
        put(r, tag->closing ? STR(")") : STR("("));
    } else if (is_named(tag->name, "sup") || is_named(tag->name, "sub")) {
        open_raised(r, tag);
    } else if (is_named(tag->name, "a")) {
        open_address(r, tag);
    }
}

/* Anki's own brackets: [sound:NAME] is played, [latex], [$] and [$$] hold a formula. */
static bool take_bracket(struct reducer *r)
{
    static const char *const marks[] = {"[latex]", "[/latex]", "[$]", "[/$]", "[$$]", "[/$$]"};
    struct str rest = str_slice(r->html, r->at, r->html.len);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(rest, str_from(marks[i]))) {
            r->at += strlen(marks[i]);
            return true;
        }
    size_t end = str_find(rest, STR("]"), 0);
    if (end == SIZE_MAX || !(str_starts(rest, STR("[sound:")) || str_starts(rest, STR("[anki:"))))
        return false;
    if (rest.ptr[1] == 's')
        list_push(r->arena, &r->found.sounds, decode(r->arena, str_slice(rest, 7, end), false));
    r->at += end + 1;
    r->blank = true;
    return true;
}

static bool take_markup(struct reducer *r)
{
    struct tag tag;
    size_t end;
    if (str_starts(str_slice(r->html, r->at, r->html.len), STR("<!--"))) {
        end = str_find(r->html, STR("-->"), r->at + 4);
        r->at = end == SIZE_MAX ? r->html.len : end + 3;
        return true;
    }
    if (!read_tag(r->html, r->at, &tag, &end))
        return false;
    r->at = end;
    take_tag(r, &tag);
    return true;
}

static void take_next(struct reducer *r)
{
    char c = r->html.ptr[r->at];
    size_t end;
    if ((c == '<' && take_markup(r)) || (c == '[' && take_bracket(r)))
        return;
    uint32_t sign = c == '&' ? read_entity(r->html, r->at, &end) : 0;
    if (sign)
        r->at = end;
    else
        sign = utf8_next(r->html, &r->at);
    put_code_point(r, sign == UTF8_BAD ? 0xFFFD : sign);
}

struct html_words html_words(struct arena *arena, struct str html)
{
    struct reducer r = {.arena = arena, .html = html, .raised = SIZE_MAX};
    while (r.at < html.len)
        take_next(&r);
    r.found.text = text_trim(str_copy(arena, buffer_str(&r.out)));
    buffer_finish(&r.out);
    return r.found;
}

struct str html_text(struct arena *arena, struct str html)
{
    bool plain = true;
    for (size_t i = 0; i < html.len && plain; i++)
        plain = !strchr("<&[\n\r\t", html.ptr[i]) && (unsigned char)html.ptr[i] != 0xC2 && html.ptr[i] >= 0;
    return plain ? text_trim(html) : html_words(arena, html).text;
}

struct str html_escape(struct arena *arena, struct str text)
{
    struct buffer out = {0};
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '&')
            buffer_add(&out, STR("&amp;"));
        else if (c == '<')
            buffer_add(&out, STR("&lt;"));
        else if (c == '>')
            buffer_add(&out, STR("&gt;"));
        else if (c == '\n')
            buffer_add(&out, STR("<br>"));
        else if (c != '\r')
            buffer_add_char(&out, c);
    }
    struct str copy = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return copy;
}
