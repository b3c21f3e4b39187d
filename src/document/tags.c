#include "document/lexer_state.h"

#include <string.h>

enum tag_kind {
    TAG_INLINE,
    TAG_BLOCK,
    TAG_HIDDEN, /* its content is not text */
    TAG_HEADING,
    TAG_ITEM,
    TAG_DETAILS,
    TAG_TABLE,
    TAG_CAPTION,
    TAG_BREAK
};

static const struct {
    const char *name;
    enum tag_kind kind;
} tag_kinds[] = {
    {"address", TAG_BLOCK},   {"article", TAG_BLOCK},    {"aside", TAG_BLOCK},
    {"audio", TAG_HIDDEN},    {"blockquote", TAG_BLOCK}, {"br", TAG_BREAK},
    {"canvas", TAG_HIDDEN},   {"center", TAG_BLOCK},     {"dd", TAG_BLOCK},
    {"details", TAG_DETAILS}, {"div", TAG_BLOCK},        {"dl", TAG_BLOCK},
    {"dt", TAG_BLOCK},        {"fieldset", TAG_BLOCK},   {"figcaption", TAG_CAPTION},
    {"figure", TAG_BLOCK},    {"footer", TAG_BLOCK},     {"form", TAG_BLOCK},
    {"h1", TAG_HEADING},      {"h2", TAG_HEADING},       {"h3", TAG_HEADING},
    {"h4", TAG_HEADING},      {"h5", TAG_HEADING},       {"h6", TAG_HEADING},
    {"header", TAG_BLOCK},    {"hr", TAG_BLOCK},         {"iframe", TAG_HIDDEN},
    {"legend", TAG_BLOCK},    {"li", TAG_ITEM},          {"main", TAG_BLOCK},
    {"math", TAG_HIDDEN},     {"nav", TAG_BLOCK},        {"object", TAG_HIDDEN},
    {"ol", TAG_BLOCK},        {"p", TAG_BLOCK},          {"pre", TAG_HIDDEN},
    {"script", TAG_HIDDEN},   {"section", TAG_BLOCK},    {"style", TAG_HIDDEN},
    {"summary", TAG_BLOCK},   {"svg", TAG_HIDDEN},       {"table", TAG_TABLE},
    {"tbody", TAG_BLOCK},     {"td", TAG_BLOCK},         {"template", TAG_HIDDEN},
    {"th", TAG_BLOCK},        {"thead", TAG_BLOCK},      {"title", TAG_HIDDEN},
    {"tr", TAG_BLOCK},        {"ul", TAG_BLOCK},         {"video", TAG_HIDDEN},
};

enum { TAG_ROWS = sizeof tag_kinds / sizeof *tag_kinds };

_Static_assert((int)TAG_ROWS < (int)KINDS_MAX, "the lexer has a slot for each kind");

/* The number of rows for a tag that is not listed. */
static size_t tag_row(const char *name)
{
    size_t i = 0;
    while (i < TAG_ROWS && strcmp(tag_kinds[i].name, name))
        i++;
    return i;
}

static enum tag_kind tag_kind(const char *name)
{
    size_t row = tag_row(name);
    return row < TAG_ROWS ? tag_kinds[row].kind : TAG_INLINE;
}

/* Books made from XML say by attributes which parts are exercises. */
static bool is_exercise_tag(struct str tag)
{
    static const char *const words[] = {"exercise",   "problem",  "solution", "quiz",     "abstract",
                                        "objectives", "question", "homework", "ejercicio"};
    struct str values[] = {html_attribute(tag, STR("data-type")), html_attribute(tag, STR("class"))};
    for (int i = 0; i < 2; i++)
        for (size_t j = 0; j < sizeof words / sizeof *words; j++)
            if (str_contains(values[i], str_from(words[j])))
                return true;
    return false;
}

static void open_tag(struct lexer *l, const char *name, bool container)
{
    if (l->tag_count == TAGS_MAX) {
        l->tags_ignored++;
        return;
    }
    struct tag *tag = &l->tags[l->tag_count++];
    strcpy(tag->name, name);
    tag->container = container;
}

/* Closes up to the innermost one of that name, if there is one. */
static void close_tag(struct lexer *l, const char *name)
{
    if (l->tags_ignored) {
        l->tags_ignored--;
        return;
    }
    int depth = l->tag_count;
    while (depth && strcmp(l->tags[depth - 1].name, name))
        depth--;
    if (!depth)
        return;
    while (l->tag_count >= depth)
        if (l->tags[--l->tag_count].container)
            lexer_add_island(l, (struct island){.kind = ISLAND_CLOSE});
}

/* <details> with its <summary> behind it. */
static void lex_details(struct lexer *l, size_t end)
{
    struct island island = {.kind = ISLAND_OPEN, .source = {l->at, end}};
    size_t summary = skip_white(l, end);
    size_t title = source_at(l, summary) == '<' ? html_tag_end(l->source, summary) : 0;
    char name[16] = "";
    bool closing = false;
    if (title)
        html_tag_name(str_slice(l->source, summary, title), name, &closing);
    size_t title_end =
        title && !closing && !strcmp(name, "summary") ? lexer_find(l, FIND_SUMMARY, title) : SIZE_MAX;
    if (title_end != SIZE_MAX && title_end - title < NEAR) {
        island.title = (struct span){title, title_end};
        size_t close = html_tag_end(l->source, title_end);
        end = close ? close : title_end;
    }
    lexer_drop(l, end);
    lexer_add_island(l, island);
    open_tag(l, "details", true);
}

/* Leaves out everything up to the closing tag. */
static void lex_hidden(struct lexer *l, const char *name, size_t end)
{
    size_t *failed = &l->failed_tags[tag_row(name)];
    struct str window = lexer_hidden_window(l, end, *failed);
    for (size_t at = str_find(window, STR("</"), end); at != SIZE_MAX;
         at = str_find(window, STR("</"), at + 1)) {
        size_t close = html_tag_end(l->source, at);
        char other[16];
        bool closing;
        if (!close)
            continue;
        html_tag_name(str_slice(l->source, at, close), other, &closing);
        if (strcmp(other, name))
            continue;
        lexer_drop(l, close);
        return;
    }
    *failed = window.len > *failed ? window.len : *failed;
    lexer_drop(l, end);
}

static void lex_table(struct lexer *l, size_t end)
{
    size_t close = lexer_find(l, FIND_TABLE, end);
    if (close == SIZE_MAX) {
        lexer_drop(l, end);
        lexer_break_paragraph(l);
        return;
    }
    struct span span = {l->at, close};
    size_t close_end = html_tag_end(l->source, close);
    lexer_drop(l, close_end ? close_end : close);
    lexer_break_paragraph(l);
    lexer_add_island(l, (struct island){.kind = ISLAND_TABLE, .source = span});
}

static void lex_caption(struct lexer *l, size_t end)
{
    size_t close = lexer_find(l, FIND_CAPTION, end);
    if (close == SIZE_MAX || close - end > NEAR) {
        lexer_drop(l, end);
        return;
    }
    struct span span = {end, close};
    size_t close_end = html_tag_end(l->source, close);
    lexer_drop(l, close_end ? close_end : close);
    lexer_add_island(l, (struct island){.kind = ISLAND_CAPTION, .source = span});
}

static void lex_block_tag(struct lexer *l, struct str tag, const char *name, bool closing)
{
    l->in_html = !str_contains(tag, STR("markdown=\"1\""));
    bool paired = strcmp(name, "hr") && tag.ptr[tag.len - 2] != '/';
    if (closing) {
        close_tag(l, name);
    } else if (paired) {
        bool exercise = is_exercise_tag(tag);
        if (exercise)
            lexer_add_island(l, (struct island){.kind = ISLAND_EXERCISE, .source = {l->at, l->at}});
        open_tag(l, name, exercise);
    }
}

static void lex_known_tag(struct lexer *l, size_t end)
{
    struct str tag = str_slice(l->source, l->at, end);
    char name[16];
    bool closing;
    html_tag_name(tag, name, &closing);
    enum tag_kind kind = tag_kind(name);
    if (kind == TAG_DETAILS && !closing) {
        lex_details(l, end);
    } else if (kind == TAG_TABLE && !closing) {
        lex_table(l, end);
    } else if (kind == TAG_CAPTION && !closing) {
        lex_caption(l, end);
    } else if (kind == TAG_HIDDEN && !closing && tag.ptr[tag.len - 2] != '/') {
        lex_hidden(l, name, end);
    } else {
        lexer_drop(l, end);
        if (kind == TAG_BREAK)
            lexer_write(l, STR("\u2028"));
        if (kind != TAG_BREAK && kind != TAG_INLINE && kind != TAG_ITEM)
            lexer_break_paragraph(l);
        if (kind == TAG_BLOCK)
            lex_block_tag(l, tag, name, closing);
        if (kind == TAG_DETAILS)
            close_tag(l, name);
        if ((kind == TAG_HEADING || kind == TAG_ITEM) && !closing) {
            if (kind == TAG_ITEM && !lexer_line_is_empty(l))
                lexer_write(l, STR("\n"));
            lexer_start_paragraph(l);
            lexer_write(l, kind == TAG_ITEM ? STR("- ")
                                            : str_slice(STR("###### "), 6 - (size_t)(name[1] - '0'), 7));
            lexer_drop(l, skip_white(l, l->at));
        }
    }
}

/* <https://…>, <name@place>: to its end, else 0. */
static size_t autolink_end(const struct lexer *l, size_t at)
{
    bool address = false;
    for (size_t i = at + 1; i < l->source.len && i - at < NEAR; i++) {
        char c = l->source.ptr[i];
        if (c == '>')
            return address ? i + 1 : 0;
        if (c == '<' || (unsigned char)c <= ' ')
            return 0;
        address = address || c == ':' || c == '@';
    }
    return 0;
}

void lex_angle(struct lexer *l)
{
    size_t at = l->at, end = html_tag_end(l->source, at);
    if (end) {
        lex_known_tag(l, end);
        return;
    }
    if (source_at(l, at + 1) == '!' && source_at(l, at + 2) == '-' && source_at(l, at + 3) == '-') {
        size_t close = lexer_find(l, FIND_COMMENT, at + 4);
        if (close != SIZE_MAX) {
            lexer_drop(l, close + 3);
            return;
        }
    }
    end = autolink_end(l, at);
    if (end) {
        l->verbatim = end;
        return;
    }
    char before = at > l->line_at ? source_at(l, at - 1) : '\0';
    if (before == '(' || (before == ' ' && l->paragraph.definition)) {
        struct str near = str_slice(l->source, 0, l->source.len - at > NEAR ? at + NEAR : l->source.len);
        size_t close = str_find(near, STR(">"), at);
        if (close != SIZE_MAX && !memchr(near.ptr + at, '\n', close - at)) {
            l->verbatim = close + 1; /* the address of a link */
            return;
        }
    }
    l->at++;
    char next = source_at(l, l->at);
    if (is_letter(next) || next == '/' || next == '!' || next == '?')
        lexer_write(l, STR(APART));
}
