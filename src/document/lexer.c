#include "document/lexer.h"

#include "base/list.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MARKERS_MAX = 64,  /* quotes and list items opened on one line */
    INDENT_MAX = 200,  /* columns */
    COLUMNS_MAX = 256, /* of a table */
    PARAGRAPH_MAX = 65536,
    BRACKETS_MAX = 2000,
    SPECIALS_MAX = 8000, /* emphasis, code and other signs that the parser has to pair */
    DELIMITER_ROWS_MAX = 16,
    DEFINITION_MAX = 1024, /* bytes: every use of a definition copies it */
    NEAR = 4096,           /* how far a shortcode may reach, in bytes */
    HIDDEN_MAX = 65536,    /* how much code or script may stand between two tags */
    TICKS_MAX = 32,
    TAGS_MAX = 128,
    MARKS_MAX = 64 /* accents on one letter */
};

/* Looks ahead for a text again and again, yet reads the source once. */
struct finder {
    const char *needle;
    size_t found; /* the first at or behind the last start; SIZE_MAX when there is none */
    bool ready;
};

enum {
    FIND_COMMENT,
    FIND_ANGLE,
    FIND_PERCENT,
    FIND_LIQUID,
    FIND_BRACES,
    FIND_TABLE,
    FIND_CAPTION,
    FIND_SUMMARY,
    FIND_COUNT
};

static const char *const needles[FIND_COUNT] = {
    "-->", ">}}", "%}}", "%}", "}}", "</table", "</figcaption", "</summary",
};

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

struct tag {
    char name[16];
    bool container; /* an island was opened for it */
};

/* A stretch that the parser may see as one paragraph. */
struct paragraph {
    bool open;
    size_t at, source; /* where it starts, in the text and in the source */
    size_t brackets, specials, delimiter_rows;
    bool definition;
};

struct lexer {
    struct arena *arena;
    struct str source;
    size_t at, from; /* source[from, at) is still to be copied */
    size_t line_at;  /* start of the line at hand */
    size_t verbatim; /* up to here signs mean nothing: code spans, addresses */
    struct lexed *ret;
    struct finder finders[FIND_COUNT];
    size_t failed_tags[TAG_ROWS + 1], failed_shortcodes[SHORTCODE_ROWS + 1]; /* not closed before this */
    size_t no_ticks[TICKS_MAX + 1]; /* no run of so many backticks before this */
    struct {
        char sign; /* 0 outside code blocks */
        size_t len;
        int quotes;
        bool in_list;
    } fence;
    bool in_list, after_blank, in_html, can_define, in_code;
    struct tag tags[TAGS_MAX];
    int tag_count, tags_ignored;
    struct paragraph paragraph;
    struct str_list notes; /* labels of the footnotes that are defined */
    size_t warned_at;
    int warned_line;
    unsigned char classes[256];
};

static char source_at(const struct lexer *l, size_t at)
{
    return at < l->source.len ? l->source.ptr[at] : '\0';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r' || c == '\0';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_punctuation(char c)
{
    return c > ' ' && c < 0x7F && !is_letter(c) && !is_digit(c);
}

static size_t skip_blanks(const struct lexer *l, size_t at)
{
    while (is_blank(source_at(l, at)))
        at++;
    return at;
}

static size_t skip_white(const struct lexer *l, size_t at)
{
    while (at < l->source.len && (is_blank(l->source.ptr[at]) || is_line_end(l->source.ptr[at])))
        at++;
    return at;
}

static struct span span_of(const struct lexer *l, struct str slice)
{
    size_t start = (size_t)(slice.ptr - l->source.ptr);
    return (struct span){start, start + slice.len};
}

static bool starts_with(const struct lexer *l, size_t at, struct str what)
{
    return str_starts(str_slice(l->source, at, l->source.len), what);
}

static size_t line_end(const struct lexer *l, size_t at)
{
    const char *rest = l->source.ptr + at;
    const char *feed = memchr(rest, '\n', l->source.len - at);
    size_t len = feed ? (size_t)(feed - rest) : l->source.len - at;
    const char *ret = memchr(rest, '\r', len);
    return at + (ret ? (size_t)(ret - rest) : len);
}

static size_t find(struct lexer *l, int which, size_t from)
{
    struct finder *finder = &l->finders[which];
    if (!finder->ready || (finder->found != SIZE_MAX && finder->found < from)) {
        finder->ready = true;
        finder->found = str_find(l->source, str_from(needles[which]), from);
    }
    return finder->found;
}

/* --- Writing ---------------------------------------------------------------------------------------------- */

static void flush(struct lexer *l)
{
    cleaned_copy(l->arena, &l->ret->text, l->source, (struct span){l->from, l->at});
    l->from = l->at;
}

/* Leaves source[at, end) out. */
static void drop_to(struct lexer *l, size_t end)
{
    flush(l);
    l->at = l->from = end;
}

static void write(struct lexer *l, struct str bytes)
{
    flush(l);
    cleaned_replace(l->arena, &l->ret->text, bytes, l->at);
}

static struct str written(const struct lexer *l)
{
    return buffer_str(&l->ret->text.bytes);
}

/* What stands on the line that is being written, so far. */
static bool line_is_empty(const struct lexer *l)
{
    struct str text = written(l);
    while (text.len && is_blank(text.ptr[text.len - 1]))
        text.len--;
    return !text.len || text.ptr[text.len - 1] == '\n';
}

static void warn(struct lexer *l, size_t at, const char *what)
{
    for (size_t i = l->warned_at; i < at; i++)
        l->warned_line +=
            l->source.ptr[i] == '\n' || (l->source.ptr[i] == '\r' && source_at(l, i + 1) != '\n');
    l->warned_at = at;
    list_push(l->arena, &l->ret->warnings, str_format(l->arena, "%d: %s", l->warned_line, what));
}

static void add_island(struct lexer *l, struct island island)
{
    flush(l);
    struct str text = written(l);
    char comment[40];
    int len = snprintf(comment, sizeof comment, "\n<!--%c%zu-->\n", ISLAND_SIGN, l->ret->islands.count);
    bool fresh = !text.len || text.ptr[text.len - 1] == '\n';
    write(l, str_slice((struct str){comment, (size_t)len}, fresh, (size_t)len));
    list_push(l->arena, &l->ret->islands, island);
}

/* --- Paragraphs that would keep the parser too long ------------------------------------------------------- */

static void end_paragraph(struct lexer *l)
{
    struct paragraph *p = &l->paragraph;
    if (!p->open)
        return;
    flush(l);
    p->open = false;
    size_t len = l->at - p->source;
    const char *reason = NULL;
    if (len > PARAGRAPH_MAX)
        reason = _("a paragraph of more than 64 KB is taken as plain text");
    else if (p->brackets > BRACKETS_MAX)
        reason = _("a paragraph with more than 1,000 links is taken as plain text");
    else if (p->specials > SPECIALS_MAX || p->delimiter_rows > DELIMITER_ROWS_MAX)
        reason = _("a paragraph with too many signs is taken as plain text");
    else if (!p->definition || len <= DEFINITION_MAX)
        return;
    if (reason)
        warn(l, p->source, reason);
    cleaned_cut(&l->ret->text, p->at);
    add_island(l, (struct island){.kind = ISLAND_PLAIN, .source = {p->source, l->at}});
}

static void start_paragraph(struct lexer *l)
{
    end_paragraph(l);
    flush(l);
    l->paragraph = (struct paragraph){.open = true, .at = l->ret->text.bytes.len, .source = l->at};
}

static void count_signs(struct lexer *l, size_t end)
{
    struct paragraph *p = &l->paragraph;
    bool delimiter_row = true;
    size_t pipes = 0;
    for (size_t i = l->at; i < end; i++) {
        char c = l->source.ptr[i];
        p->brackets += c == '[' || c == ']';
        p->specials += c == '*' || c == '_' || c == '~' || c == '`' || c == '<' || c == '&';
        pipes += c == '|';
        delimiter_row = delimiter_row && (c == '|' || c == ':' || c == '-' || c == '>' || is_blank(c));
    }
    if (!delimiter_row)
        return;
    p->delimiter_rows++;
    if (pipes <= COLUMNS_MAX)
        return;
    warn(l, l->at, _("a table of more than 256 columns is taken as plain text"));
    size_t first = l->at;
    while (is_blank(source_at(l, first)) || source_at(l, first) == '>')
        first++;
    l->at = first;
    write(l, STR(APART));
}

/* Text behind it stands in a paragraph of its own, outside lists and quotes. */
static void break_paragraph(struct lexer *l)
{
    flush(l);
    struct cleaned *text = &l->ret->text;
    if (line_is_empty(l)) {
        size_t len = text->bytes.len;
        while (len && is_blank(text->bytes.bytes[len - 1]))
            len--;
        cleaned_cut(text, len);
    } else {
        write(l, STR("\n"));
    }
    if (!str_ends(written(l), STR("\n\n")))
        write(l, STR("\n"));
    start_paragraph(l);
}

/* --- Tags ------------------------------------------------------------------------------------------------- */

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
            add_island(l, (struct island){.kind = ISLAND_CLOSE});
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
        title && !closing && !strcmp(name, "summary") ? find(l, FIND_SUMMARY, title) : SIZE_MAX;
    if (title_end != SIZE_MAX && title_end - title < NEAR) {
        island.title = (struct span){title, title_end};
        size_t close = html_tag_end(l->source, title_end);
        end = close ? close : title_end;
    }
    drop_to(l, end);
    add_island(l, island);
    open_tag(l, "details", true);
}

/* A stretch that is searched for the end of something hidden; what is not closed in it is not hidden. Empty where the
 * same search has failed already. */
static struct str hidden_window(const struct lexer *l, size_t from, size_t failed_until)
{
    size_t end = l->source.len - from > HIDDEN_MAX ? from + HIDDEN_MAX : l->source.len;
    return str_slice(l->source, 0, from < failed_until ? from : end);
}

/* Leaves out everything up to the closing tag. */
static void lex_hidden(struct lexer *l, const char *name, size_t end)
{
    size_t *failed = &l->failed_tags[tag_row(name)];
    struct str window = hidden_window(l, end, *failed);
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
        drop_to(l, close);
        return;
    }
    *failed = window.len > *failed ? window.len : *failed;
    drop_to(l, end);
}

static void lex_table(struct lexer *l, size_t end)
{
    size_t close = find(l, FIND_TABLE, end);
    if (close == SIZE_MAX) {
        drop_to(l, end);
        break_paragraph(l);
        return;
    }
    struct span span = {l->at, close};
    size_t close_end = html_tag_end(l->source, close);
    drop_to(l, close_end ? close_end : close);
    break_paragraph(l);
    add_island(l, (struct island){.kind = ISLAND_TABLE, .source = span});
}

static void lex_caption(struct lexer *l, size_t end)
{
    size_t close = find(l, FIND_CAPTION, end);
    if (close == SIZE_MAX || close - end > NEAR) {
        drop_to(l, end);
        return;
    }
    struct span span = {end, close};
    size_t close_end = html_tag_end(l->source, close);
    drop_to(l, close_end ? close_end : close);
    add_island(l, (struct island){.kind = ISLAND_CAPTION, .source = span});
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
            add_island(l, (struct island){.kind = ISLAND_EXERCISE, .source = {l->at, l->at}});
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
        drop_to(l, end);
        if (kind == TAG_BREAK)
            write(l, STR("\u2028"));
        if (kind != TAG_BREAK && kind != TAG_INLINE && kind != TAG_ITEM)
            break_paragraph(l);
        if (kind == TAG_BLOCK)
            lex_block_tag(l, tag, name, closing);
        if (kind == TAG_DETAILS)
            close_tag(l, name);
        if ((kind == TAG_HEADING || kind == TAG_ITEM) && !closing) {
            if (kind == TAG_ITEM && !line_is_empty(l))
                write(l, STR("\n"));
            start_paragraph(l);
            write(l,
                  kind == TAG_ITEM ? STR("- ") : str_slice(STR("###### "), 6 - (size_t)(name[1] - '0'), 7));
            drop_to(l, skip_white(l, l->at));
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

static void lex_angle(struct lexer *l)
{
    size_t at = l->at, end = html_tag_end(l->source, at);
    if (end) {
        lex_known_tag(l, end);
        return;
    }
    if (source_at(l, at + 1) == '!' && source_at(l, at + 2) == '-' && source_at(l, at + 3) == '-') {
        size_t close = find(l, FIND_COMMENT, at + 4);
        if (close != SIZE_MAX) {
            drop_to(l, close + 3);
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
        write(l, STR(APART));
}

/* --- Shortcodes, templates, attributes -------------------------------------------------------------------- */

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
    struct str window = hidden_window(l, l->at, *failed);
    for (size_t at = str_find(window, opening, l->at); at != SIZE_MAX;
         at = str_find(window, opening, at + 1)) {
        size_t inside = skip_blanks(l, at + opening.len);
        bool liquid = *closer == '%' && opening.len == 2 && starts_with(l, inside, STR("end"));
        if (!liquid && source_at(l, inside) != '/')
            continue;
        inside = liquid ? inside + 3 : skip_blanks(l, inside + 1);
        if (!str_equal(word_at(window, inside), name))
            continue;
        size_t end = str_find(str_slice(l->source, 0, line_end(l, at)), str_from(closer), at);
        drop_to(l, end == SIZE_MAX ? line_end(l, at) : end + strlen(closer));
        return;
    }
    *failed = window.len > *failed ? window.len : *failed;
}

static void lex_shortcode(struct lexer *l, int closer)
{
    size_t at = l->at, close = find(l, closer, at + 3);
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
    drop_to(l, close + 3);
    enum shortcode_kind kind = shortcode_kind(name);
    struct str caption = html_attribute(inside, STR("caption"));
    if (kind == SHORTCODE_CONTAINER && !alone) {
        struct str title = shortcode_title(inside, start + name.len);
        struct island open = {.kind = ISLAND_OPEN, .source = {at, l->at}};
        if (title.len)
            open.title = span_of(l, title);
        add_island(l, closing ? (struct island){.kind = ISLAND_CLOSE} : open);
    } else if (kind == SHORTCODE_HIDDEN && !closing && !alone) {
        skip_hidden(l, name, opening, needles[closer]);
    } else if (kind == SHORTCODE_FIGURE && caption.len) {
        add_island(l, (struct island){.kind = ISLAND_CAPTION, .source = span_of(l, caption)});
    }
}

static void lex_liquid(struct lexer *l)
{
    size_t at = l->at, close = find(l, FIND_LIQUID, at + 2);
    if (close == SIZE_MAX || close - at > NEAR) {
        l->at++;
        return;
    }
    struct str name = word_at(l->source, skip_blanks(l, at + 2));
    drop_to(l, close + 2);
    if (str_equal(name, STR("comment")) || str_equal(name, STR("highlight")))
        skip_hidden(l, name, STR("{%"), needles[FIND_LIQUID]);
}

/* {{ site.title }}, but not the braces of a formula. */
static void lex_variable(struct lexer *l)
{
    size_t at = l->at, close = find(l, FIND_BRACES, at + 2);
    bool plain = close != SIZE_MAX && close - at < 200;
    for (size_t i = at + 2; plain && i < close; i++)
        plain = !strchr("{}\\\n\r", l->source.ptr[i]);
    plain = plain &&
            (is_letter(source_at(l, skip_blanks(l, at + 2))) || source_at(l, skip_blanks(l, at + 2)) == '.');
    if (plain)
        drop_to(l, close + 2);
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
    drop_to(l, end + 1);
}

static void lex_brace(struct lexer *l)
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

/* --- Brackets --------------------------------------------------------------------------------------------- */

/* The ']' of a bracket that holds no other, on the same line; 0 if there is none near. */
static size_t simple_bracket_end(const struct lexer *l, size_t at)
{
    for (size_t i = at + 1; i < l->source.len && i - at < 300; i++) {
        char c = l->source.ptr[i];
        if (c == ']')
            return i;
        if (c == '[' || is_line_end(c))
            return 0;
    }
    return 0;
}

static int compare_labels(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static bool is_note(const struct lexer *l, struct str label)
{
    return l->notes.count && bsearch(&label, l->notes.items, l->notes.count, sizeof label, compare_labels);
}

/* Leaves out source[at, end) with the blank before it. */
static void drop_mark(struct lexer *l, size_t end)
{
    if (l->at > l->from && l->at - 1 > l->line_at && source_at(l, l->at - 1) == ' ')
        l->at--;
    drop_to(l, end);
}

/* "([\[link\]](#figure))": a reference whose words only exist in print. */
static bool lex_bare_reference(struct lexer *l)
{
    struct str words = STR("[\\[link\\]](");
    if (!starts_with(l, l->at, words))
        return false;
    size_t end = l->at + words.len;
    while (!is_line_end(source_at(l, end)) && source_at(l, end) != ')' && end - l->at < 300)
        end++;
    if (source_at(l, end++) != ')')
        return false;
    if (l->at > l->from && source_at(l, l->at - 1) == '(' && source_at(l, end) == ')') {
        l->at--;
        end++;
    }
    drop_mark(l, end);
    return true;
}

static bool lex_one(struct lexer *l);

/* "[[Page|words]]" is its words, "![[file]]" nothing. */
static bool lex_wiki_link(struct lexer *l)
{
    size_t at = l->at, end = simple_bracket_end(l, at + 1);
    if (!end || source_at(l, end + 1) != ']' || source_at(l, end + 2) == '(' || end == at + 2)
        return false;
    size_t bar = str_find(str_slice(l->source, 0, end), STR("|"), at + 2);
    bool image = at > l->from && source_at(l, at - 1) == '!';
    l->at -= image;
    drop_to(l, image ? end : bar == SIZE_MAX ? at + 2 : bar + 1);
    l->verbatim = end;
    while (l->at < end)
        lex_one(l);
    drop_to(l, end + 2);
    return true;
}

static void lex_bracket(struct lexer *l)
{
    if (lex_bare_reference(l))
        return;
    size_t at = l->at, end;
    char next = source_at(l, at + 1);
    if (next == '@' || (next == '-' && source_at(l, at + 2) == '@')) {
        end = simple_bracket_end(l, at);
        if (end && source_at(l, end + 1) != '(') {
            drop_mark(l, end + 1);
            return;
        }
    }
    if (next == '^') {
        end = simple_bracket_end(l, at);
        bool note = end && is_note(l, str_slice(l->source, at + 2, end));
        if (end && !note && source_at(l, end + 1) != '(') {
            drop_mark(l, end + 1);
            return;
        }
        if (!note) { /* the parser loses what stands in a mark over several lines */
            l->at++;
            write(l, STR(APART));
            return;
        }
    }
    if (next == '[' && lex_wiki_link(l))
        return;
    l->at++;
}

/* --- Characters ------------------------------------------------------------------------------------------- */

/* Accents whose letter is gone, or of which there are too many. */
static void drop_joining(struct lexer *l)
{
    for (size_t next = l->at; next < l->source.len;) {
        if (!text_joins(utf8_next(l->source, &next)))
            break;
        drop_to(l, next);
    }
}

/* Composes a letter and its accents where the source keeps them apart. */
static void lex_joining(struct lexer *l, size_t start)
{
    size_t end = start;
    int marks = 0;
    bool alone = text_joins(utf8_next(l->source, &(size_t){start}));
    if (alone && start == l->from) {
        drop_joining(l);
        return;
    }
    if (alone)
        utf8_previous(l->source, &start);
    for (size_t next = end; next < l->source.len; end = next, marks++) {
        uint32_t c = utf8_next(l->source, &next);
        if (marks && (!text_joins(c) || marks == MARKS_MAX))
            break;
    }
    struct str apart = str_slice(l->source, start, end), composed = text_nfc(l->arena, apart);
    l->at = end;
    if (!str_equal(apart, composed)) {
        l->at = start;
        drop_to(l, end);
        cleaned_replace(l->arena, &l->ret->text, composed, end);
    }
    if (marks == MARKS_MAX)
        drop_joining(l);
}

/* Leaves out a character that no text may hold, so that the signs around it do not become one. */
static void drop_unwanted(struct lexer *l, size_t end)
{
    drop_to(l, end);
    struct str text = written(l);
    if (text.len && is_punctuation(text.ptr[text.len - 1]) && is_punctuation(source_at(l, l->at)))
        write(l, STR(APART));
}

static void lex_character(struct lexer *l)
{
    size_t next = l->at;
    uint32_t c = utf8_next(l->source, &next);
    if (is_unwanted(c))
        drop_unwanted(l, next);
    else if (c < 0x300 || (!text_joins(c) && text_is_nfc(str_slice(l->source, l->at, next))))
        l->at = next;
    else
        lex_joining(l, l->at);
}

/* Where a code span ends that starts with `count` backticks at `at`; 0 if it does not end in this paragraph. */
static size_t code_span_end(struct lexer *l, size_t at, size_t count)
{
    if (count > TICKS_MAX || at < l->no_ticks[count])
        return 0;
    size_t i = at + count, limit = l->source.len - at > PARAGRAPH_MAX ? at + PARAGRAPH_MAX : l->source.len;
    while (i < limit) {
        char c = l->source.ptr[i++];
        if (c == '`') {
            size_t start = i - 1;
            while (i < limit && l->source.ptr[i] == '`')
                i++;
            if (i - start == count)
                return i;
        } else if (c == '\n' && is_line_end(source_at(l, skip_blanks(l, i)))) {
            break;
        }
    }
    l->no_ticks[count] = i;
    return 0;
}

static void lex_backticks(struct lexer *l)
{
    size_t end = l->at;
    while (source_at(l, end) == '`')
        end++;
    size_t close = code_span_end(l, l->at, end - l->at);
    l->verbatim = close ? close : l->verbatim;
    l->at = close ? close : end;
    if (close) /* once more, for the characters inside */
        l->at = end;
}

enum { PLAIN, SPECIAL, CONTROL, MULTIBYTE };

static int class_of(unsigned char c)
{
    if (c < 0x20)
        return c == '\t' ? PLAIN : c == '\n' || c == '\r' ? SPECIAL : CONTROL;
    if (c < 0x80)
        return c == 0x7F                                                   ? CONTROL
               : c == '\\' || c == '`' || c == '<' || c == '{' || c == '[' ? SPECIAL
                                                                           : PLAIN;
    return c == 0xC2 || c >= 0xCC ? MULTIBYTE : PLAIN;
}

static void lex_special(struct lexer *l, char c)
{
    if (l->at < l->verbatim || l->in_code) {
        l->at++;
        return;
    }
    switch (c) {
    case '\\':
        l->at += is_punctuation(source_at(l, l->at + 1)) ? 2 : 1;
        return;
    case '`':
        lex_backticks(l);
        return;
    case '<':
        lex_angle(l);
        return;
    case '{':
        lex_brace(l);
        return;
    default:
        lex_bracket(l);
    }
}

/* One character; true when it ends the line. */
static bool lex_one(struct lexer *l)
{
    char c = l->source.ptr[l->at];
    switch (l->classes[(unsigned char)c]) {
    case PLAIN:
        l->at++;
        return false;
    case CONTROL:
        drop_unwanted(l, l->at + 1);
        return false;
    case MULTIBYTE:
        lex_character(l);
        return false;
    default:
        break;
    }
    if (c == '\n') {
        l->at++;
        return true;
    }
    if (c != '\r') {
        lex_special(l, c);
        return false;
    }
    drop_to(l, l->at + 1);
    if (source_at(l, l->at) == '\n')
        return false;
    write(l, STR("\n"));
    return true;
}

/* The rest of a line with its end. */
static void lex_line(struct lexer *l)
{
    while (l->at < l->source.len && !lex_one(l))
        ;
    flush(l);
}

/* --- Lines ------------------------------------------------------------------------------------------------ */

struct prefix {
    size_t content; /* behind the quote signs and list markers */
    size_t indent;  /* columns before the first sign */
    int quotes, markers;
    size_t too_deep; /* the marker that is one too many; 0 if none */
    bool item;
};

static size_t marker_end(const struct lexer *l, size_t at)
{
    char c = source_at(l, at);
    if (c == '-' || c == '+' || c == '*')
        at++;
    else if (is_digit(c)) {
        size_t start = at;
        while (is_digit(source_at(l, at)) && at - start < 9)
            at++;
        if (source_at(l, at) != '.' && source_at(l, at) != ')')
            return 0;
        at++;
    } else {
        return 0;
    }
    return is_blank(source_at(l, at)) || is_line_end(source_at(l, at)) ? at : 0;
}

static struct prefix read_prefix(const struct lexer *l, size_t at)
{
    struct prefix prefix = {0};
    for (size_t i = at; is_blank(source_at(l, i)); i++)
        prefix.indent += source_at(l, i) == '\t' ? 4 - prefix.indent % 4 : 1;
    for (;;) {
        at = skip_blanks(l, at);
        bool quote = source_at(l, at) == '>';
        size_t end = quote ? at + 1 : marker_end(l, at);
        if (!end)
            break;
        if (++prefix.markers > MARKERS_MAX) {
            prefix.too_deep = at;
            break;
        }
        prefix.quotes += quote;
        prefix.item = prefix.item || !quote;
        at = end;
    }
    prefix.content = at;
    return prefix;
}

static size_t count_sign(const struct lexer *l, size_t at, char sign)
{
    size_t start = at;
    while (source_at(l, at) == sign && at < l->source.len)
        at++;
    return at - start;
}

static bool opens_fence(struct lexer *l, const struct prefix *prefix)
{
    char sign = source_at(l, prefix->content);
    if (sign != '`' && sign != '~')
        return false;
    size_t len = count_sign(l, prefix->content, sign);
    size_t info = prefix->content + len;
    if (len < 3 || (sign == '`' && str_contains(str_slice(l->source, info, line_end(l, info)), STR("`"))))
        return false;
    l->fence.sign = sign;
    l->fence.len = len;
    l->fence.quotes = prefix->quotes;
    l->fence.in_list = prefix->item || (l->in_list && prefix->indent >= 2);
    return true;
}

/* Whether the line at hand still belongs to the code block, closing fence included. */
static bool continues_fence(struct lexer *l)
{
    size_t at = skip_blanks(l, l->at);
    bool blank = is_line_end(source_at(l, at));
    size_t indent = at - l->at;
    int quotes = 0;
    for (; source_at(l, at) == '>' && quotes < l->fence.quotes; quotes++)
        at = skip_blanks(l, at + 1);
    if (l->fence.quotes && !quotes)
        return l->fence.sign = '\0', false;
    size_t len = count_sign(l, at, l->fence.sign);
    bool closes = len >= l->fence.len && is_line_end(source_at(l, skip_blanks(l, at + len)));
    if (!closes && !blank && l->fence.in_list && indent < 2 && !quotes)
        return l->fence.sign = '\0', false;
    if (closes)
        l->fence.sign = '\0';
    return true;
}

static void lex_verbatim_line(struct lexer *l)
{
    l->verbatim = line_end(l, l->at);
    lex_line(l);
}

/* `[label]: address "title"`, all on one line: the address is kept aside, because every use would copy it. */
static bool lex_definition(struct lexer *l, size_t at)
{
    size_t label_end = source_at(l, at) == '[' && source_at(l, at + 1) != '^' ? simple_bracket_end(l, at) : 0;
    if (!label_end || label_end == at + 1 || source_at(l, label_end + 1) != ':')
        return false;
    size_t start = skip_blanks(l, label_end + 2), end = line_end(l, at);
    struct str address = str_trim(str_slice(l->source, start, end)), rest = {0};
    bool angled = address.len && address.ptr[0] == '<';
    size_t cut = angled ? str_find(address, STR(">"), 1) : 0;
    if (angled) {
        if (cut == SIZE_MAX)
            return false;
        rest = str_trim(str_slice(address, cut + 1, address.len));
        address = str_slice(address, 1, cut);
    } else {
        while (cut < address.len && !is_blank(address.ptr[cut]))
            cut++;
        rest = str_trim(str_slice(address, cut, address.len));
        address = str_slice(address, 0, cut);
    }
    char closing = !rest.len ? '\0' : rest.ptr[0] == '(' ? ')' : rest.ptr[0];
    if (!address.len ||
        (rest.len && (!strchr("\"')", closing) || rest.len < 2 || rest.ptr[rest.len - 1] != closing ||
                      memchr(rest.ptr + 1, closing, rest.len - 2))))
        return false;
    l->at = start;
    flush(l);
    char number[24];
    int len = snprintf(number, sizeof number, "#%c%zu", TARGET_SIGN, l->ret->targets.count);
    cleaned_replace(l->arena, &l->ret->text, (struct str){number, (size_t)len}, end);
    list_push(l->arena, &l->ret->targets, str_slice(l->source, start, end));
    drop_to(l, end);
    lex_line(l);
    /* Kept apart from the text below, whose place the parser would forget; but a title may stand on the next line. */
    char next = source_at(l, skip_blanks(l, l->at));
    if (!next || !strchr("\"'(", next))
        write(l, STR("\n"));
    return true;
}

/* "> [!NOTE]", "- [x] done". */
static void drop_label(struct lexer *l, const struct prefix *prefix)
{
    size_t at = prefix->content;
    if (source_at(l, at) != '[')
        return;
    size_t end = simple_bracket_end(l, at);
    if (!end)
        return;
    bool alert = prefix->quotes && source_at(l, at + 1) == '!' && is_letter(source_at(l, at + 2));
    bool task = prefix->item && end == at + 2 && strchr(" xX", source_at(l, at + 1)) &&
                is_blank(source_at(l, end + 1));
    if (!alert && !task)
        return;
    l->at = at;
    drop_to(l, skip_blanks(l, end + 1));
}

static bool is_dropped_line(const struct lexer *l, size_t at)
{
    if (starts_with(l, at, STR(":::")))
        return true;
    if (source_at(l, at) != '{' || source_at(l, at + 1) != ':')
        return false;
    size_t end = line_end(l, at);
    return str_ends(str_trim(str_slice(l->source, at, end)), STR("}"));
}

static void lex_text_line(struct lexer *l, const struct prefix *prefix)
{
    size_t content = prefix->content, end = line_end(l, l->at);
    bool heading = source_at(l, content) == '#';
    bool fresh =
        !l->paragraph.open || l->after_blank || heading || prefix->item || source_at(l, content) == '|';
    bool definition = l->can_define || !l->paragraph.open || l->after_blank;
    definition = definition && source_at(l, content) == '[';
    if (fresh || definition)
        start_paragraph(l);
    size_t label_end = definition ? simple_bracket_end(l, content) : 0;
    definition = label_end && source_at(l, label_end + 1) == ':';
    l->paragraph.definition = l->paragraph.definition || definition;
    count_signs(l, end);
    l->can_define = heading;
    if (definition && lex_definition(l, content)) {
        l->can_define = true;
        return;
    }
    drop_label(l, prefix);
    lex_line(l);
    if (heading)
        end_paragraph(l);
}

static void limit_depth(struct lexer *l, const struct prefix *prefix)
{
    if (prefix->indent > INDENT_MAX) {
        warn(l, l->at, _("a line stands too far to the right: its list is taken as less deep"));
        size_t end = skip_blanks(l, l->at);
        size_t keep = INDENT_MAX < end - l->at ? INDENT_MAX : 0;
        l->at += keep;
        drop_to(l, end);
    }
    if (prefix->too_deep && prefix->too_deep >= l->at) {
        warn(l, l->at, _("a list or quote of more than 64 levels is taken as text from there on"));
        l->at = prefix->too_deep;
        while (is_digit(source_at(l, l->at)))
            l->at++;
        write(l, STR(APART));
        l->at++;
    }
}

static void lex_one_line(struct lexer *l)
{
    l->line_at = l->from = l->at;
    if (l->fence.sign && continues_fence(l)) {
        lex_verbatim_line(l);
        l->after_blank = true;
        return;
    }
    struct prefix prefix = read_prefix(l, l->at);
    if (is_line_end(source_at(l, skip_blanks(l, l->at)))) {
        end_paragraph(l);
        l->after_blank = true;
        l->in_html = false;
        lex_line(l);
        return;
    }
    bool code = prefix.indent >= 4 && (l->in_code || l->after_blank) && !l->in_list && !l->in_html;
    l->in_list = prefix.item || (l->in_list && !(l->after_blank && prefix.indent < 2));
    l->in_code = code;
    if (code) {
        end_paragraph(l);
        lex_verbatim_line(l);
        return;
    }
    if (l->in_html && !prefix.item)
        drop_to(l, skip_blanks(l, l->at));
    if (opens_fence(l, &prefix)) {
        end_paragraph(l);
        lex_verbatim_line(l);
    } else if (is_dropped_line(l, prefix.content)) {
        end_paragraph(l);
        drop_to(l, line_end(l, l->at));
        lex_line(l);
        l->after_blank = true;
        return;
    } else {
        limit_depth(l, &prefix);
        lex_text_line(l, &prefix);
    }
    l->after_blank = false;
}

/* Labels of the footnotes that the source defines: marks of others would stay in the text. */
static void find_notes(struct lexer *l)
{
    for (size_t at = str_find(l->source, STR("[^"), l->at); at != SIZE_MAX;
         at = str_find(l->source, STR("[^"), at + 2)) {
        size_t end = simple_bracket_end(l, at);
        if (!end || source_at(l, end + 1) != ':')
            continue;
        list_push(l->arena, &l->notes, str_slice(l->source, at + 2, end));
    }
    if (l->notes.count)
        qsort(l->notes.items, l->notes.count, sizeof *l->notes.items, compare_labels);
}

void lex(struct arena *arena, struct str source, size_t start, struct lexed *ret)
{
    struct lexer l = {
        .arena = arena, .source = source, .at = start, .ret = ret, .after_blank = true, .warned_line = 1};
    for (int c = 0; c < 256; c++)
        l.classes[c] = (unsigned char)class_of((unsigned char)c);
    find_notes(&l);
    cleaned_replace(arena, &ret->text, (struct str){0}, start);
    while (l.at < source.len)
        lex_one_line(&l);
    end_paragraph(&l);
    cleaned_replace(arena, &ret->text, (struct str){0}, source.len);
}
