/* What holds for every document, whatever it was made from. Used by the property test and by the fuzzer. */
#ifndef REPASO_TESTS_DOCUMENT_CHECK_H
#define REPASO_TESTS_DOCUMENT_CHECK_H

#include "base/arena.h"
#include "base/utf8.h"
#include "document/document.h"
#include "text/text.h"

#include <string.h>

/* Whether the letters of `text` stand in `source` in that order, with others between. */
static inline bool check_order(struct str source, struct str text)
{
    size_t at = 0;
    for (size_t i = 0; i < text.len; i++, at++) {
        while (at < source.len && source.ptr[at] != text.ptr[i])
            at++;
        if (at == source.len)
            return false;
    }
    return true;
}

/* A stretch of text that is no run: a blank, a row's separator, or written otherwise in the source. */
static inline bool check_gap(struct arena *arena, struct str text, struct str source)
{
    struct str bare = text_trim(text);
    while (bare.len && bare.ptr[0] == '|')
        bare = text_trim(str_slice(bare, 1, bare.len));
    while (bare.len && bare.ptr[bare.len - 1] == '|')
        bare = text_trim(str_slice(bare, 0, bare.len - 1));
    if (!bare.len)
        return true;
    return str_contains(source, STR("&")) || check_order(text_nfc(arena, source), bare);
}

static inline const char *check_runs(struct arena *arena, const struct document *doc,
                                     const struct block *block)
{
    size_t text = 0, source = block->source.start;
    for (size_t i = 0; i < block->runs.count; i++) {
        const struct run *run = &block->runs.items[i];
        if (run->text < text || run->source < source || run->text + run->len > block->text.len ||
            run->source + run->len > block->source.end)
            return "runs are out of order";
        if (memcmp(block->text.ptr + run->text, doc->source.ptr + run->source, run->len))
            return "a run differs from the source";
        if (!check_gap(arena, str_slice(block->text, text, run->text),
                       str_slice(doc->source, source, run->source)))
            return "text before a run is not in the source";
        text = run->text + run->len;
        source = run->source + run->len;
    }
    if (!check_gap(arena, str_slice(block->text, text, block->text.len),
                   str_slice(doc->source, source, block->source.end)))
        return "text behind the last run is not in the source";
    return NULL;
}

static inline const char *check_text(const struct block *block)
{
    if (utf8_find_bad(block->text) != SIZE_MAX)
        return "text is not UTF-8";
    if (!text_is_nfc(block->text))
        return "text is not composed";
    if (!block->text.len)
        return "a block is empty";
    for (size_t at = 0; at < block->text.len && block->kind != BLOCK_CODE;) {
        uint32_t c = utf8_next(block->text, &at);
        if (c < ' ' || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
            (c >= 0x2066 && c <= 0x2069))
            return "text holds a control character";
    }
    if (block->kind != BLOCK_CODE && !block->cells.count &&
        (text_trim(block->text).len != block->text.len || str_contains(block->text, STR("  "))))
        return "blanks are not collapsed";
    return NULL;
}

static inline const char *check_sentences(const struct document *doc, int index)
{
    const struct block *block = &doc->blocks.items[index];
    struct span text = {0}, source = {block->source.start, block->source.start};
    for (int i = 0; i < block->sentence_count; i++) {
        const struct sentence *sentence = &doc->sentences.items[block->first_sentence + i];
        if (sentence->block != index || sentence->text.start < text.end ||
            sentence->text.end <= sentence->text.start || sentence->text.end > block->text.len)
            return "sentences are out of order";
        if (sentence->source.start < source.end || sentence->source.end < sentence->source.start ||
            sentence->source.end > block->source.end)
            return "sources of sentences are out of order";
        int line = sentence->line, column = sentence->column;
        if (i % 64 == 0) /* each count starts at the line, which may be long */
            document_position(doc, sentence->source.start, &line, &column);
        if (line != sentence->line || column != sentence->column)
            return "a sentence's line is wrong";
        text = sentence->text;
        source = sentence->source;
    }
    return NULL;
}

/* NULL, or what is wrong in words; `*ret_block` is where. */
static inline const char *document_problem(struct arena *arena, const struct document *doc, int *ret_block)
{
    size_t before = 0;
    for (int i = 0; i < (int)doc->blocks.count; i++) {
        const struct block *block = &doc->blocks.items[i];
        *ret_block = i;
        if (block->source.start < before || block->source.end < block->source.start ||
            block->source.end > doc->source.len)
            return "blocks are out of order";
        before = block->source.start;
        if (block->section < 0 || block->section >= (int)doc->sections.count ||
            block->parent >= (int)doc->blocks.count)
            return "a block points nowhere";
        for (size_t j = 0; j < block->styles.count; j++)
            if (block->styles.items[j].text.end < block->styles.items[j].text.start ||
                block->styles.items[j].text.end > block->text.len)
                return "a style is outside its text";
        const char *problem = check_text(block);
        problem = problem || block->kind == BLOCK_CODE ? problem : check_runs(arena, doc, block);
        problem = problem ? problem : check_sentences(doc, i);
        if (problem)
            return problem;
    }
    return NULL;
}

#endif
