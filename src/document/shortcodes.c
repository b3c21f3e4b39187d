#include "document/lexer_state.h"

#include <string.h>

enum shortcode_kind { SHORTCODE_DROPPED, SHORTCODE_CONTAINER, SHORTCODE_HIDDEN, SHORTCODE_FIGURE };

static const struct {
    const char *name;
    enum shortcode_kind kind;
} shortcode_kinds[] = {
    {"accordion", SHORTCODE_CONTAINER}, {"chart", SHORTCODE_HIDDEN},      {"code", SHORTCODE_HIDDEN},
    {"comment", SHORTCODE_HIDDEN},      {"details", SHORTCODE_CONTAINER}, {"expand", SHORTCODE_CONTAINER},
    {"figure", SHORTCODE_FIGURE},       {"highlight", SHORTCODE_HIDDEN},  {"image", SHORTCODE_FIGURE},
    {"img", SHORTCODE_FIGURE},          {"katex", SHORTCODE_HIDDEN},      {"latex", SHORTCODE_HIDDEN},
    {"math", SHORTCODE_HIDDEN},         {"mermaid", SHORTCODE_HIDDEN},    {"plantuml", SHORTCODE_HIDDEN},
    {"spoiler", SHORTCODE_CONTAINER},   {"tab", SHORTCODE_CONTAINER},
};

enum { SHORTCODE_ROWS = sizeof shortcode_kinds / sizeof *shortcode_kinds };

_Static_assert((int)SHORTCODE_ROWS < (int)KINDS_MAX, "the lexer has a slot for each kind");

/* The number of rows for a shortcode that is not listed. */
static size_t shortcode_row(struct str name)
{
    size_t i = 0;
    while (i < SHORTCODE_ROWS && !str_equal(name, str_from(shortcode_kinds[i].name)))
        i++;
    return i;
}

static enum shortcode_kind shortcode_kind(struct str name)
{
    size_t row = shortcode_row(name);
    return row < SHORTCODE_ROWS ? shortcode_kinds[row].kind : SHORTCODE_DROPPED;
}

static struct str word_at(struct str s, size_t at)
{
    size_t end = at;
    while (end < s.len &&
           (is_letter(s.ptr[end]) || is_digit(s.ptr[end]) || s.ptr[end] == '-' || s.ptr[end] == '_'))
        end++;
    return str_slice(s, at, end);
}

/* The title of a container: `title="T"`, `name="T"`, or the first value that stands alone. */
static struct str shortcode_title(struct str inside, size_t at)
{
    static const char *const names[] = {"title", "summary", "name", "header"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str value = html_attribute(inside, str_from(names[i]));
        if (value.len)
            return value;
    }
    struct str rest = str_trim(str_slice(inside, at, inside.len));
    if (rest.len > 1 && rest.ptr[0] == '"') {
        size_t end = str_find(rest, STR("\""), 1);
        return end == SIZE_MAX ? (struct str){0} : str_slice(rest, 1, end);
    }
    return (struct str){0};
}

/* Leaves out what stands between a shortcode and its closing one, if that is near. */
static void skip_hidden(struct lexer *l, struct str name, struct str opening, const char *closer)
{
    size_t *failed = &l->failed_shortcodes[shortcode_row(name)];
    struct str window = lexer_hidden_window(l, l->at, *failed);
    for (size_t at = str_find(window, opening, l->at); at != SIZE_MAX;
         at = str_find(window, opening, at + 1)) {
        size_t inside = skip_blanks(l, at + opening.len);
        bool liquid = *closer == '%' && opening.len == 2 && starts_with(l, inside, STR("end"));
        if (!liquid && source_at(l, inside) != '/')
            continue;
        inside = liquid ? inside + 3 : skip_blanks(l, inside + 1);
        if (!str_equal(word_at(window, inside), name))
            continue;
        size_t end = str_find(str_slice(l->source, 0, lexer_line_end(l, at)), str_from(closer), at);
        lexer_drop(l, end == SIZE_MAX ? lexer_line_end(l, at) : end + strlen(closer));
        return;
    }
    *failed = window.len > *failed ? window.len : *failed;
}

static void lex_shortcode(struct lexer *l, int closer)
{
    size_t at = l->at, close = lexer_find(l, closer, at + 3);
    if (close == SIZE_MAX || close - at > NEAR) {
        l->at++;
        return;
    }
    struct str inside = str_slice(l->source, at + 3, close);
    struct str opening = str_slice(l->source, at, at + 3);
    size_t start = 0;
    while (start < inside.len && (is_blank(inside.ptr[start]) || is_line_end(inside.ptr[start])))
        start++;
    bool closing = start < inside.len && inside.ptr[start] == '/';
    while (start < inside.len && (inside.ptr[start] == '/' || is_blank(inside.ptr[start])))
        start++;
    struct str name = word_at(inside, start);
    bool alone = str_ends(str_trim(inside), STR("/"));
    lexer_drop(l, close + 3);
    enum shortcode_kind kind = shortcode_kind(name);
    struct str caption = html_attribute(inside, STR("caption"));
    if (kind == SHORTCODE_CONTAINER && !alone) {
        struct str title = shortcode_title(inside, start + name.len);
        struct island open = {.kind = ISLAND_OPEN, .source = {at, l->at}};
        if (title.len)
            open.title = span_of(l, title);
        lexer_add_island(l, closing ? (struct island){.kind = ISLAND_CLOSE} : open);
    } else if (kind == SHORTCODE_HIDDEN && !closing && !alone) {
        skip_hidden(l, name, opening, lexer_needles[closer]);
    } else if (kind == SHORTCODE_FIGURE && caption.len) {
        lexer_add_island(l, (struct island){.kind = ISLAND_CAPTION, .source = span_of(l, caption)});
    }
}

static void lex_liquid(struct lexer *l)
{
    size_t at = l->at, close = lexer_find(l, FIND_LIQUID, at + 2);
    if (close == SIZE_MAX || close - at > NEAR) {
        l->at++;
        return;
    }
    struct str name = word_at(l->source, skip_blanks(l, at + 2));
    lexer_drop(l, close + 2);
    if (str_equal(name, STR("comment")) || str_equal(name, STR("highlight")))
        skip_hidden(l, name, STR("{%"), lexer_needles[FIND_LIQUID]);
}

/* {{ site.title }}, but not the braces of a formula. */
static void lex_variable(struct lexer *l)
{
    size_t at = l->at, close = lexer_find(l, FIND_BRACES, at + 2);
    bool plain = close != SIZE_MAX && close - at < 200;
    for (size_t i = at + 2; plain && i < close; i++)
        plain = !strchr("{}\\\n\r", l->source.ptr[i]);
    plain = plain &&
            (is_letter(source_at(l, skip_blanks(l, at + 2))) || source_at(l, skip_blanks(l, at + 2)) == '.');
    if (plain)
        lexer_drop(l, close + 2);
    else
        l->at++;
}

/* {#id}, {.class}, {: target="_blank"}, {width=50%} behind a link or an image. */
static void lex_attributes(struct lexer *l)
{
    size_t at = l->at, start = skip_blanks(l, at + 1);
    char sign = source_at(l, start), next = source_at(l, start + 1);
    char before = at > l->line_at ? source_at(l, at - 1) : '\0';
    bool behind = before == ')' || before == ']' || before == '`' || before == '*';
    bool known = sign == ':' || ((sign == '#' || sign == '.') && (is_letter(next) || next == '_')) ||
                 (behind && is_letter(sign));
    size_t end = at + 1;
    while (known && end - at < 300 && !is_line_end(source_at(l, end)) && source_at(l, end) != '{' &&
           source_at(l, end) != '}')
        end++;
    bool assigns =
        sign == ':' || sign == '#' || sign == '.' || str_contains(str_slice(l->source, at, end), STR("="));
    if (!known || !assigns || source_at(l, end) != '}') {
        l->at++;
        return;
    }
    if (is_blank(before) && is_line_end(source_at(l, skip_blanks(l, end + 1))))
        while (l->at > l->from && is_blank(source_at(l, l->at - 1)))
            l->at--;
    lexer_drop(l, end + 1);
}

void lex_brace(struct lexer *l)
{
    char next = source_at(l, l->at + 1), third = source_at(l, l->at + 2);
    if (next == '{' && third == '<')
        lex_shortcode(l, FIND_ANGLE);
    else if (next == '{' && third == '%')
        lex_shortcode(l, FIND_PERCENT);
    else if (next == '{')
        lex_variable(l);
    else if (next == '%')
        lex_liquid(l);
    else
        lex_attributes(l);
}
