#include "document/inlines.h"

#include "document/lexer.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <stdlib.h>
#include <string.h>

enum {
    SEARCH_MAX = 4096, /* how far a lost walker looks around, in bytes */
    LOST_MAX = 32,     /* how often */
    TRIES_MAX = 256    /* lines on which a text may start */
};

struct walker {
    const struct inlines *in;
    struct writer *w;
    const char *text;
    size_t at, end;
    int lost;
    bool trial; /* no use to go on when lost */
};

static char here(const struct walker *k, size_t ahead)
{
    return k->at + ahead < k->end ? k->text[k->at + ahead] : '\0';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_white(char c)
{
    return is_blank(c) || c == '\n';
}

static bool is_punctuation(char c)
{
    return c > ' ' && c < 0x7F && !((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'));
}

/* From a line feed to the text of the next line, over the signs of quotes. */
static void skip_line_feed(struct walker *k)
{
    k->at++;
    for (int i = 0; i <= k->in->quotes; i++) {
        while (is_blank(here(k, 0)))
            k->at++;
        if (i == k->in->quotes || here(k, 0) != '>')
            break;
        k->at++;
    }
    while (is_blank(here(k, 0)))
        k->at++;
}

static void skip_white(struct walker *k)
{
    while (is_white(here(k, 0)))
        if (here(k, 0) == '\n')
            skip_line_feed(k);
        else
            k->at++;
}

/* --- Letters --------------------------------------------------------------------------------------------- */

/* The letters of `literal` that a character reference stands for; the walker moves behind it. */
static size_t match_entity(struct walker *k, struct str literal, bool write)
{
    char bytes[8];
    size_t len, used = entity_read((struct str){k->text + k->at, k->end - k->at}, bytes, &len);
    if (!used || !len || !str_starts(literal, (struct str){bytes, len}))
        return 0;
    if (write)
        writer_add_foreign(k->w, (struct str){bytes, len}, (struct span){k->at, k->at + used});
    k->at += used;
    return len;
}

/* The backslashes here before `c`. A table takes one off each bar before the text is read. */
static size_t escape_length(const struct walker *k, char c, bool raw)
{
    if (here(k, 0) != '\\')
        return 0;
    if (k->in->cell && c == '|')
        return here(k, 1) == '|' ? 1 : !raw && here(k, 1) == '\\' && here(k, 2) == '|' ? 2 : 0;
    return !raw && here(k, 1) == c && is_punctuation(c);
}

/* The blanks at the start of a line may be in the literal although the walker has passed them. */
static size_t match_blanks(struct walker *k, struct str literal, size_t at, bool write)
{
    if (write)
        writer_blank(k->w, here(k, 0) == ' ' ? k->at : NOWHERE);
    skip_white(k);
    while (at < literal.len && is_white(literal.ptr[at]))
        at++;
    return at;
}

static size_t match_letters(struct walker *k, struct str literal, size_t at, bool write)
{
    size_t start = k->at, from = at;
    do {
        at++, k->at++;
    } while (at < literal.len && here(k, 0) == literal.ptr[at] && !is_white(literal.ptr[at]) &&
             literal.ptr[at] != '\\' && literal.ptr[at] != '&' && literal.ptr[at] != APART_SIGN);
    if (write)
        writer_add(k->w, str_slice(literal, from, at), start);
    return at;
}

/* Walks over `literal`; false at the first letter that does not stand here. `raw`: code, where nothing is escaped. */
static bool match(struct walker *k, struct str literal, bool raw, bool write)
{
    for (size_t at = 0; at < literal.len;) {
        char c = literal.ptr[at];
        if (!raw && here(k, 0) == '&') {
            size_t len = match_entity(k, str_slice(literal, at, literal.len), write);
            at += len;
            if (len)
                continue;
        }
        bool behind = k->at > 0 && is_white(k->text[k->at - 1]);
        if (is_white(c) && (behind || is_white(here(k, 0)))) {
            at = match_blanks(k, literal, at, write);
            continue;
        }
        if (c == APART_SIGN || here(k, 0) == APART_SIGN) {
            at += c == APART_SIGN;
            k->at += here(k, 0) == APART_SIGN;
            continue;
        }
        k->at += escape_length(k, c, raw);
        if (here(k, 0) != c || k->at >= k->end)
            return false;
        at = match_letters(k, literal, at, write);
    }
    return true;
}

/* The usual case: letter for letter, and nothing in it that Markdown writes otherwise. */
static bool match_whole(struct walker *k, struct str literal)
{
    if (literal.len > k->end - k->at || memcmp(k->text + k->at, literal.ptr, literal.len) ||
        memchr(literal.ptr, '\\', literal.len) || memchr(literal.ptr, '&', literal.len) ||
        memchr(literal.ptr, '\n', literal.len) || memchr(literal.ptr, APART_SIGN, literal.len))
        return false;
    writer_add(k->w, literal, k->at);
    k->at += literal.len;
    return true;
}

static struct str without_signs(struct arena *arena, struct str literal)
{
    struct str copy = str_copy(arena, literal);
    char *bytes = (char *)copy.ptr;
    copy.len = 0;
    for (size_t i = 0; i < literal.len; i++)
        if (literal.ptr[i] != APART_SIGN)
            bytes[copy.len++] = literal.ptr[i];
    return copy;
}

/* A walker that is lost looks for the text a little further on, else writes it without a place. */
static void write_literal(struct walker *k, struct str literal, bool raw)
{
    if (!literal.len || match_whole(k, literal))
        return;
    size_t start = k->at;
    bool found = match(k, literal, raw, false);
    k->at = start;
    if (found) {
        match(k, literal, raw, true);
        return;
    }
    literal = without_signs(k->w->arena, literal);
    struct str area = {k->text, k->end - start > SEARCH_MAX ? start + SEARCH_MAX : k->end};
    size_t at = k->lost++ < LOST_MAX ? str_find(area, literal, start) : SIZE_MAX;
    writer_add(k->w, literal, at == SIZE_MAX ? NOWHERE : at);
    k->at = at == SIZE_MAX ? start : at + literal.len;
}

static void walk_code(struct walker *k, struct str literal)
{
    size_t ticks = 0;
    while (here(k, ticks) == '`')
        ticks++;
    k->at += ticks;
    if (is_white(here(k, 0)) && !(literal.len && is_white(literal.ptr[0])))
        skip_white(k);
    writer_open(k->w, STYLE_CODE, (struct str){0});
    write_literal(k, literal, true);
    writer_close(k->w);
    skip_white(k);
    for (size_t i = 0; i < ticks && here(k, 0) == '`'; i++)
        k->at++;
}

/* Raw HTML that the lexer left: not text, but walked over. */
static void walk_html(struct walker *k, struct str literal)
{
    k->w->muted++;
    write_literal(k, literal, true);
    k->w->muted--;
    k->w->marked = true;
}

/* --- Links ----------------------------------------------------------------------------------------------- */

static void skip_escaped_until(struct walker *k, char closing)
{
    while (k->at < k->end && here(k, 0) != closing)
        k->at += here(k, 0) == '\\' && k->at + 1 < k->end ? 2 : 1;
    k->at += k->at < k->end;
}

static bool skip_address(struct walker *k)
{
    if (here(k, 0) == '<') {
        skip_escaped_until(k, '>');
        return true;
    }
    int depth = 0;
    for (; k->at < k->end; k->at++) {
        char c = here(k, 0);
        if (c == '\\' && is_punctuation(here(k, 1)))
            k->at++;
        else if (c == '(' && ++depth > 32)
            return false;
        else if (c == ')' && depth-- == 0)
            return true;
        else if (is_white(c))
            return depth == 0;
    }
    return false;
}

/* "(address "title")" where the walker stands; it stays there when there is none. */
static bool skip_inline_tail(struct walker *k)
{
    size_t start = k->at++;
    skip_white(k);
    bool good = skip_address(k);
    if (good && is_white(here(k, 0))) {
        skip_white(k);
        char c = here(k, 0);
        if (c == '"' || c == '\'' || c == '(') {
            k->at++;
            skip_escaped_until(k, c == '(' ? ')' : c);
            skip_white(k);
        }
    }
    if (good && here(k, 0) == ')') {
        k->at++;
        return true;
    }
    k->at = start;
    return false;
}

static void skip_label(struct walker *k)
{
    size_t start = k->at;
    for (k->at++; k->at < k->end && here(k, 0) != ']' && k->at - start < 1002; k->at++) {
        if (here(k, 0) == '[')
            break;
        k->at += here(k, 0) == '\\' && is_punctuation(here(k, 1));
    }
    if (here(k, 0) == ']')
        k->at++;
    else
        k->at = start;
}

static void close_link(struct walker *k)
{
    if (here(k, 0) == '>') { /* an autolink */
        k->at++;
        return;
    }
    if (here(k, 0) != ']')
        return;
    k->at++;
    if (here(k, 0) == '(' && skip_inline_tail(k))
        return;
    if (here(k, 0) == '[')
        skip_label(k);
}

/* The address at the start of what a definition says: "<a b> 'title'", "a (title)". */
static struct str address_of(struct str definition)
{
    if (str_starts(definition, STR("<"))) {
        size_t end = str_find(definition, STR(">"), 1);
        return str_slice(definition, 1, end == SIZE_MAX ? definition.len : end);
    }
    size_t end = 0;
    while (end < definition.len && !is_blank(definition.ptr[end]))
        end++;
    return str_slice(definition, 0, end);
}

/* What the lexer keeps aside for "#", TARGET_SIGN, number. */
static struct str kept_aside(const struct walker *k, struct str sign, size_t *ret_len)
{
    size_t number = 0, at = 2;
    for (; at < sign.len && sign.ptr[at] >= '0' && sign.ptr[at] <= '9' && number < k->in->targets->count;
         at++)
        number = number * 10 + (size_t)(sign.ptr[at] - '0');
    *ret_len = at;
    return number < k->in->targets->count ? k->in->targets->items[number] : (struct str){0};
}

static struct str link_target(const struct walker *k, cmark_node *node)
{
    struct str url = str_from(cmark_node_get_url(node));
    size_t len;
    if (url.len > 2 && url.ptr[0] == '#' && url.ptr[1] == TARGET_SIGN)
        return address_of(kept_aside(k, url, &len));
    return str_copy(k->w->arena, url);
}

/* --- Nodes ----------------------------------------------------------------------------------------------- */

static void skip_signs(struct walker *k, char a, char b, size_t count)
{
    for (size_t i = 0; i < count && (here(k, 0) == a || here(k, 0) == b); i++)
        k->at++;
}

static void walk_soft_break(struct walker *k, bool hard)
{
    size_t start = k->at;
    while (is_blank(here(k, 0)) || (hard && here(k, 0) == '\\'))
        k->at++;
    if (here(k, 0) != '\n') {
        k->at = start;
        writer_blank(k->w, NOWHERE);
        return;
    }
    skip_line_feed(k);
    if (hard)
        writer_line_feed(k->w);
    else if (!(here(k, 0) == ':' && is_blank(here(k, 1)))) /* "term ⏎ : definition" is "term: definition" */
        writer_blank(k->w, NOWHERE);
}

static void walk_note(struct walker *k)
{
    if (here(k, 0) != '[')
        return;
    size_t start = k->at + 2;
    while (k->at < k->end && here(k, 0) != ']')
        k->at++;
    struct str name =
        k->at > start ? str_slice((struct str){k->text, k->end}, start, k->at) : (struct str){0};
    k->at += k->at < k->end;
    writer_note(k->w, str_copy(k->w->arena, name));
}

static void walk_image(struct walker *k, bool entering)
{
    if (entering) {
        k->w->muted += !k->w->captions;
        k->at += here(k, 0) == '!' ? 2 : 0;
        return;
    }
    close_link(k);
    k->w->muted -= !k->w->captions;
    k->w->marked = true;
}

static void walk_link(struct walker *k, cmark_node *node, bool entering)
{
    if (entering) {
        writer_open(k->w, STYLE_LINK, link_target(k, node));
        k->at += here(k, 0) == '[' || here(k, 0) == '<';
        return;
    }
    close_link(k);
    writer_close(k->w);
}

static void walk_emphasis(struct walker *k, enum style_kind kind, size_t signs, bool entering)
{
    skip_signs(k, '*', '_', signs);
    if (entering)
        writer_open(k->w, kind, (struct str){0});
    else
        writer_close(k->w);
}

/* A definition that turned out to be text. */
static void walk_text(struct walker *k, struct str literal)
{
    char sign[] = {'#', TARGET_SIGN};
    size_t at;
    while ((at = str_find(literal, (struct str){sign, 2}, 0)) != SIZE_MAX) {
        size_t len = 2;
        write_literal(k, str_slice(literal, 0, at), false);
        if (here(k, 0) == '#' && here(k, 1) == TARGET_SIGN) { /* else a character reference gave that sign */
            struct str kept = kept_aside(k, str_slice(literal, at, literal.len), &len);
            writer_add_foreign(k->w, kept, (struct span){k->at, k->at + len});
            k->at += len;
        } else {
            write_literal(k, str_slice(literal, at, at + len), false);
        }
        literal = str_slice(literal, at + len, literal.len);
    }
    write_literal(k, literal, false);
}

static void walk_node(struct walker *k, cmark_node *node, bool entering)
{
    cmark_node_type type = cmark_node_get_type(node);
    struct str literal = str_from(cmark_node_get_literal(node));
    if (type == CMARK_NODE_TEXT)
        walk_text(k, literal);
    else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
        walk_soft_break(k, type == CMARK_NODE_LINEBREAK);
    else if (type == CMARK_NODE_CODE)
        walk_code(k, literal);
    else if (type == CMARK_NODE_HTML_INLINE)
        walk_html(k, literal);
    else if (type == CMARK_NODE_EMPH)
        walk_emphasis(k, STYLE_EMPHASIS, 1, entering);
    else if (type == CMARK_NODE_STRONG)
        walk_emphasis(k, STYLE_STRONG, 2, entering);
    else if (type == CMARK_NODE_LINK)
        walk_link(k, node, entering);
    else if (type == CMARK_NODE_IMAGE)
        walk_image(k, entering);
    else if (type == CMARK_NODE_FOOTNOTE_REFERENCE &&
             entering) /* the iterator leaves it, too, unlike other leaves */
        walk_note(k);
    else if (!strcmp(cmark_node_get_type_string(node), "strikethrough"))
        skip_signs(k, '~', '~', 2);
}

static bool is_leaf(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return type == CMARK_NODE_TEXT || type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK ||
           type == CMARK_NODE_CODE || type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_FOOTNOTE_REFERENCE;
}

/* Without recursion: emphasis may nest thousands deep. */
static void walk_tree(struct walker *k, cmark_node *parent)
{
    cmark_node *node = cmark_node_first_child(parent);
    while (node && !(k->trial && k->lost)) {
        walk_node(k, node, true);
        cmark_node *child = cmark_node_first_child(node);
        if (child) {
            node = child;
            continue;
        }
        if (!is_leaf(node))
            walk_node(k, node, false);
        while (node != parent && !cmark_node_next(node)) {
            node = cmark_node_parent(node);
            if (node != parent)
                walk_node(k, node, false);
        }
        node = node == parent ? NULL : cmark_node_next(node);
    }
}

static size_t next_line(const struct walker *k, size_t at)
{
    const char *feed = memchr(k->text + at, '\n', k->end - at);
    if (!feed)
        return k->end;
    struct walker there = *k;
    there.at = (size_t)(feed - k->text);
    skip_line_feed(&there);
    return there.at;
}

/* Whether the text, read from `start`, stands here to its end. It is written all the same. */
static bool walk_from(struct walker *k, cmark_node *parent, size_t start)
{
    struct writer *w = k->w;
    bool captions = w->captions;
    writer_start(w, w->arena);
    w->captions = captions;
    k->at = start;
    k->lost = 0;
    walk_tree(k, parent);
    skip_white(k);
    return !k->lost && k->at >= k->end;
}

/* Link definitions at the start of a paragraph are not in the tree: the text starts on a later line, the first from
 * which it can be read whole. */
static size_t walk_behind_definitions(struct walker *k, cmark_node *parent)
{
    size_t start = k->at, tries = 0;
    k->trial = true;
    for (size_t at = start; at < k->end && tries < TRIES_MAX; at = next_line(k, at), tries++)
        if (walk_from(k, parent, at))
            return at;
    k->trial = false;
    walk_from(k, parent, start);
    return start;
}

size_t inlines_write(const struct inlines *in, struct cmark_node *parent, struct writer *w)
{
    struct walker k = {
        .in = in, .w = w, .text = in->cleaned->bytes.bytes, .at = in->span.start, .end = in->span.end};
    if (!in->cell && here(&k, 0) == '[')
        return walk_behind_definitions(&k, parent);
    walk_tree(&k, parent);
    return in->span.start;
}
