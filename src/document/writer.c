#include "document/writer.h"

#include "base/list.h"
#include "base/utf8.h"
#include "document/lexer.h"
#include "text/text.h"

#include <cmark-gfm/buffer.h>
#include <cmark-gfm/houdini.h>
#include <string.h>

void writer_start(struct writer *w, struct arena *arena)
{
    buffer_clear(&w->bytes);
    *w = (struct writer){.arena = arena, .bytes = w->bytes};
}

/* The length of a blank at the start of `s`; 0 if there is none. Line separators are told apart by the caller. */
static size_t blank_length(const char *s, size_t len)
{
    unsigned char c = (unsigned char)s[0];
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    if (c != 0xC2 && c != 0xE1 && c != 0xE2 && c != 0xE3)
        return 0;
    size_t at = 0;
    return text_is_blank(utf8_next((struct str){s, len}, &at)) ? at : 0;
}

static size_t plain_length(const char *s, size_t len)
{
    size_t at = 0;
    while (at < len) {
        unsigned char c = (unsigned char)s[at];
        if (c <= ' ' || ((c == 0xC2 || (c >= 0xE1 && c <= 0xE3)) && blank_length(s + at, len - at)))
            break;
        at++;
    }
    return at;
}

static void start_styles(struct writer *w)
{
    for (int i = w->open_count - 1; i >= 0 && !w->open[i].started; i--) {
        w->open[i].started = true;
        w->open[i].style.text.start = w->bytes.len;
    }
}

static bool hugs_left(char c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == ')' || c == ']';
}

static void settle_blank(struct writer *w, char next)
{
    bool wanted = w->blank && w->bytes.len > w->floor && !(w->marked && hugs_left(next));
    if (wanted && w->line_feed)
        list_push(w->arena, &w->stops, ((struct span){w->bytes.len, w->bytes.len + 1}));
    if (wanted && w->blank_origin != NOWHERE)
        runs_add(w->arena, &w->runs, (struct run){w->bytes.len, w->blank_origin, 1});
    if (wanted)
        buffer_add_char(&w->bytes, ' ');
    w->blank = w->line_feed = w->marked = false;
}

/* A mark that melts into the letter before it would leave the composed form, and there is nothing between them in
 * the origin but markup: it goes. */
static struct str without_joining(const struct writer *w, struct str text, size_t *origin)
{
    bool continues = w->runs.count && *origin != NOWHERE && !w->blank &&
                     list_last(&w->runs)->source + list_last(&w->runs)->len == *origin &&
                     list_last(&w->runs)->text + list_last(&w->runs)->len == w->bytes.len;
    for (size_t at = 0; at < text.len && !continues && (unsigned char)text.ptr[0] >= 0xCC; at = 0) {
        if (!text_joins(utf8_next(text, &at)))
            break;
        text = str_slice(text, at, text.len);
        *origin += *origin == NOWHERE ? 0 : at;
    }
    return text;
}

static void add_word(struct writer *w, struct str word, size_t origin)
{
    word = without_joining(w, word, &origin);
    if (!word.len)
        return;
    settle_blank(w, word.ptr[0]);
    start_styles(w);
    if (origin != NOWHERE)
        runs_add(w->arena, &w->runs, (struct run){w->bytes.len, origin, word.len});
    buffer_add(&w->bytes, word);
}

void writer_add(struct writer *w, struct str text, size_t origin)
{
    if (w->muted)
        return;
    for (size_t at = 0; at < text.len;) {
        size_t here = origin == NOWHERE ? NOWHERE : origin + at;
        size_t len = plain_length(text.ptr + at, text.len - at);
        if (len) {
            add_word(w, str_slice(text, at, at + len), here);
        } else {
            len = blank_length(text.ptr + at, text.len - at);
            len = len ? len : 1;
            if (len == 3 && !memcmp(text.ptr + at, "\u2028", 3))
                writer_line_feed(w);
            else
                writer_blank(w, text.ptr[at] == ' ' ? here : NOWHERE);
        }
        at += len;
    }
}

void writer_blank(struct writer *w, size_t origin)
{
    if (w->muted)
        return;
    if (!w->blank)
        w->blank_origin = origin;
    w->blank = true;
}

void writer_cell(struct writer *w, bool first)
{
    w->blank = w->line_feed = w->marked = false;
    if (!first)
        buffer_add(&w->bytes, STR(" | "));
    w->floor = w->bytes.len;
}

void writer_line_feed(struct writer *w)
{
    writer_blank(w, NOWHERE);
    w->line_feed = w->blank;
}

size_t entity_read(struct str source, char ret[8], size_t *ret_len)
{
    if (source.len < 3 || source.ptr[0] != '&')
        return 0;
    size_t semicolon = str_find(str_slice(source, 0, source.len < 40 ? source.len : 40), STR(";"), 1);
    if (semicolon == SIZE_MAX)
        return 0;
    cmark_strbuf decoded;
    cmark_strbuf_init(cmark_get_default_mem_allocator(), &decoded, 16);
    bufsize_t used = houdini_unescape_ent(&decoded, (const uint8_t *)source.ptr + 1,
                                          (bufsize_t)(source.len < 40 ? source.len - 1 : 39));
    *ret_len = decoded.size < 8 ? (size_t)decoded.size : 8;
    memcpy(ret, decoded.ptr, *ret_len);
    cmark_strbuf_free(&decoded);
    return used ? (size_t)used + 1 : 0;
}

void writer_add_foreign(struct writer *w, struct str text, struct span origin)
{
    size_t before = w->bytes.len;
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (is_unwanted(c) || c == UTF8_BAD || w->muted)
            continue;
        struct str one = text_nfc(w->arena, str_slice(text, start, at));
        if (!text_is_blank(c) && w->bytes.len == before) {
            settle_blank(w, one.ptr[0]);
            before = w->bytes.len;
            runs_mark(w->arena, &w->runs, w->bytes.len, origin.start);
        }
        writer_add(w, one, NOWHERE);
    }
    if (w->bytes.len > before)
        runs_mark(w->arena, &w->runs, w->bytes.len, origin.end);
}

static size_t plain_stretch(struct str source, size_t at, size_t end)
{
    size_t start = at;
    while (at < end) {
        char c = source.ptr[at];
        if ((c == '<' || c == '&') && at > start)
            break;
        size_t next = at + 1;
        if ((unsigned char)c >= 0xC2 || (unsigned char)c < ' ' || c == 0x7F) {
            next = at;
            uint32_t point = utf8_next(source, &next);
            bool odd = is_unwanted(point) ||
                       (point >= 0x300 && (text_joins(point) || !text_is_nfc(str_slice(source, at, next))));
            if (odd)
                return at;
        }
        at = next;
    }
    return at;
}

void writer_add_plain(struct writer *w, struct str source, struct span span)
{
    struct str s = str_slice(source, 0, span.end);
    for (size_t at = span.start; at < s.len;) {
        char entity[8];
        size_t entity_len, len = 0;
        if (s.ptr[at] == '<' && (len = html_tag_end(s, at))) {
            w->marked = true;
            writer_blank(w, NOWHERE);
            at = len;
        } else if (s.ptr[at] == '&' && (len = entity_read(str_slice(s, at, s.len), entity, &entity_len))) {
            writer_add_foreign(w, (struct str){entity, entity_len}, (struct span){at, at + len});
            at += len;
        } else if ((len = plain_stretch(s, at, s.len)) > at) {
            writer_add(w, str_slice(s, at, len), at);
            at = len;
        } else {
            size_t start = at;
            uint32_t c = utf8_next(s, &at);
            if (!is_unwanted(c) && !text_joins(c))
                writer_add_foreign(w, str_slice(s, start, at), (struct span){start, at});
        }
    }
}

void writer_open(struct writer *w, enum style_kind kind, struct str target)
{
    if (w->open_count == STYLES_MAX || w->open_ignored) {
        w->open_ignored++;
        return;
    }
    w->open[w->open_count].started = false;
    w->open[w->open_count++].style = (struct style){.kind = kind, .target = target};
}

void writer_close(struct writer *w)
{
    if (w->open_ignored) {
        w->open_ignored--;
        return;
    }
    if (!w->open_count)
        return;
    w->open_count--;
    struct style style = w->open[w->open_count].style;
    style.text.end = w->bytes.len;
    if (w->open[w->open_count].started && style.text.end > style.text.start)
        list_push(w->arena, &w->styles, style);
}

void writer_note(struct writer *w, struct str name)
{
    if (w->muted)
        return;
    w->marked = true;
    list_push(w->arena, &w->styles, ((struct style){STYLE_NOTE_MARK, {w->bytes.len, w->bytes.len}, name}));
}
