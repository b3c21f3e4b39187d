#include "document/document.h"

#include "base/file.h"
#include "base/list.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "document/builder.h"
#include "document/front.h"
#include "text/text.h"

#include <string.h>

enum { FILE_MAX = 64 << 20, PARAGRAPHS_MAX = 1000000 };

struct str sentence_text(const struct document *doc, const struct sentence *sentence)
{
    return str_slice(doc->blocks.items[sentence->block].text, sentence->text.start, sentence->text.end);
}

struct span block_source(const struct block *block, struct span text)
{
    const struct runs *runs = &block->runs;
    struct span span = block->source;
    size_t i = runs_find(runs, text.start);
    if (i < runs->count && runs->items[i].text <= text.start)
        span.start = runs->items[i].source + (text.start - runs->items[i].text);
    else if (i > 0)
        span.start = runs->items[i - 1].source + runs->items[i - 1].len;
    if (text.end <= text.start)
        return (struct span){span.start, span.start};
    i = runs_find(runs, text.end - 1);
    if (i < runs->count && runs->items[i].text < text.end)
        span.end = runs->items[i].source + (text.end - runs->items[i].text);
    else if (i < runs->count)
        span.end = runs->items[i].source;
    return span;
}

/* Code points before a byte of the source. */
static size_t letters_before(const struct document *doc, size_t offset)
{
    size_t strides = offset / DOCUMENT_STRIDE;
    if (strides >= doc->letters.count)
        return utf8_count(str_slice(doc->source, 0, offset));
    return doc->letters.items[strides] +
           utf8_count(str_slice(doc->source, strides * DOCUMENT_STRIDE, offset));
}

/* Index of the line that holds an offset. */
static size_t find_line(const struct document *doc, size_t offset)
{
    size_t low = 0, high = doc->lines.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (doc->lines.items[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void document_position(const struct document *doc, size_t offset, int *ret_line, int *ret_column)
{
    size_t line = find_line(doc, offset), start = doc->lines.count ? doc->lines.items[line] : 0;
    *ret_line = (int)line + 1;
    *ret_column = 1 + (int)(offset - start <= DOCUMENT_STRIDE
                                ? utf8_count(str_slice(doc->source, start, offset))
                                : letters_before(doc, offset) - letters_before(doc, start));
}

struct str section_title(const struct document *doc, int section)
{
    for (int i = section; i >= 0; i = doc->sections.items[i].parent)
        if (doc->sections.items[i].title.len)
            return doc->sections.items[i].title;
    return (struct str){0};
}

int document_line(const struct document *doc, size_t offset)
{
    return (int)find_line(doc, offset) + 1;
}

/* --- Reading --------------------------------------------------------------------------------------------- */

static size_t count_words(struct str text)
{
    size_t count = 0;
    bool inside = false;
    for (size_t i = 0; i < text.len; i++) {
        bool blank = text.ptr[i] == ' ';
        bool sign = text.ptr[i] == '|';
        count += !blank && !sign && !inside;
        inside = !blank && (inside || !sign);
    }
    return count;
}

static void find_lines(struct arena *arena, struct document *doc)
{
    list_push(arena, &doc->lines, 0);
    for (size_t i = 0; i < doc->source.len; i++) {
        char c = doc->source.ptr[i];
        if (c == '\n' || (c == '\r' && !(i + 1 < doc->source.len && doc->source.ptr[i + 1] == '\n')))
            list_push(arena, &doc->lines, i + 1);
    }
}

static void count_letters(struct arena *arena, struct document *doc)
{
    size_t letters = 0;
    for (size_t at = 0; at < doc->source.len; at += DOCUMENT_STRIDE) {
        list_push(arena, &doc->letters, letters);
        letters += utf8_count(str_slice(doc->source, at, at + DOCUMENT_STRIDE));
    }
}

static bool check_source(const struct document *doc, struct error *e)
{
    int line, column;
    if (doc->source.len > FILE_MAX) {
        fail(e, ERROR_LIMIT, _("the file is larger than 64 MB: split it into chapters"));
        return error_at(e, doc->path, 0, 0);
    }
    const char *nul = doc->source.len ? memchr(doc->source.ptr, '\0', doc->source.len) : NULL;
    if (nul) {
        document_position(doc, (size_t)(nul - doc->source.ptr), &line, &column);
        fail(e, ERROR_SYNTAX,
             _("this is not a text file: it holds a zero byte; save the chapter as Markdown in UTF-8"));
        return error_at(e, doc->path, line, 0);
    }
    size_t bad = utf8_find_bad(doc->source);
    if (bad == SIZE_MAX)
        return true;
    document_position(doc, bad, &line, &column);
    fail(e, ERROR_SYNTAX, _("this line is not UTF-8: save the file in UTF-8"));
    return error_at(e, doc->path, line, 0);
}

static struct str tidy(struct arena *arena, struct str text)
{
    struct writer writer = {0};
    writer_start(&writer, arena);
    writer_add_foreign(&writer, text, (struct span){0, text.len});
    struct str copy = str_copy(arena, buffer_str(&writer.bytes));
    buffer_finish(&writer.bytes);
    return copy;
}

static struct str choose_title(struct arena *arena, const struct document *doc, const struct front *front)
{
    if (front->title.len)
        return tidy(arena, front->title);
    list_each (struct block, block, &doc->blocks)
        if (block->kind == BLOCK_HEADING)
            return block->text;
    return path_name(doc->path);
}

static bool is_known(struct str lang)
{
    return str_equal(lang, STR("es")) || str_equal(lang, STR("en"));
}

static struct str choose_language(const struct document *doc, struct str wanted, const struct front *front)
{
    struct str stated[] = {wanted, language_of_path(doc->path),
                           str_slice(front->lang, 0, front->lang.len < 2 ? 0 : 2)};
    for (int i = 0; i < 3; i++)
        if (is_known(stated[i]))
            return str_equal(stated[i], STR("es")) ? STR("es") : STR("en");
    return (struct str){0};
}

/* By the text itself, as far as is needed. */
static struct str guess(const struct document *doc)
{
    enum { ENOUGH = 32768 };
    struct buffer sample = {0};
    list_each (struct block, block, &doc->blocks)
        if (block->kind != BLOCK_CODE && sample.len < ENOUGH) {
            buffer_add(&sample,
                       str_slice(block->text, 0, block->text.len < ENOUGH ? block->text.len : ENOUGH));
            buffer_add_char(&sample, ' ');
        }
    struct str lang = guess_language(buffer_str(&sample));
    buffer_finish(&sample);
    return lang;
}

bool document_parse(struct arena *arena, struct str path, struct str source, struct str lang,
                    struct document *ret, struct error *e)
{
    struct document doc = {.path = path, .source = source};
    struct front front;
    find_lines(arena, &doc);
    count_letters(arena, &doc);
    if (!check_source(&doc, e) || !front_read(arena, path, source, &front, e))
        return false;
    doc.weight = front.weight;
    struct lexed lexed = {0};
    lex(arena, source, front.end, &lexed);
    if (lexed.paragraphs > PARAGRAPHS_MAX) {
        cleaned_finish(&lexed.text);
        fail(e, ERROR_LIMIT, _("the file has more than a million paragraphs: split it into chapters"));
        return error_at(e, path, 0, 0);
    }
    doc.warnings = lexed.warnings;
    struct builder b = {
        .arena = arena, .doc = &doc, .lexed = &lexed, .text = buffer_str(&lexed.text.bytes), .lead = -1};
    builder_add_blocks(&b);
    doc.title = choose_title(arena, &doc, &front);
    doc.sections.items[0].title = doc.title;
    doc.lang = choose_language(&doc, lang, &front);
    if (!doc.lang.len)
        doc.lang = guess(&doc);
    builder_settle_order(&b);
    builder_add_sentences(&b);
    list_each (struct block, block, &doc.blocks)
        doc.words += block->kind == BLOCK_CODE ? 0 : count_words(block->text);
    cleaned_finish(&lexed.text);
    buffer_finish(&b.writer.bytes);
    arena_finish(&b.scratch);
    if (!doc.blocks.count) {
        fail(e, ERROR_SYNTAX, _("there is no text in this file"));
        return error_at(e, path, 0, 0);
    }
    *ret = doc;
    return true;
}
