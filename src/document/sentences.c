#include "document/builder.h"

#include "base/list.h"
#include "base/utf8.h"
#include "text/text.h"

/* On from the sentence before, where it is on the same line: a line may hold a whole book. */
static void set_position(const struct document *doc, struct sentence *sentence)
{
    const struct sentence *before = doc->sentences.count ? list_last(&doc->sentences) : NULL;
    sentence->line = document_line(doc, sentence->source.start);
    if (before && before->line == sentence->line && before->source.start <= sentence->source.start) {
        struct str between = str_slice(doc->source, before->source.start, sentence->source.start);
        sentence->column = before->column + (int)utf8_count(between);
    } else {
        document_position(doc, sentence->source.start, &sentence->line, &sentence->column);
    }
}

static void add_sentence(struct builder *b, int index, struct span text)
{
    struct block *block = &b->doc->blocks.items[index];
    struct sentence sentence = {.block = index, .text = text, .source = block_source(block, text)};
    /* Text that has no place of its own shares its neighbours': in order all the same. */
    size_t before = block->sentence_count ? list_last(&b->doc->sentences)->source.end : block->source.start;
    if (sentence.source.start < before)
        sentence.source.start = before;
    if (sentence.source.end < sentence.source.start)
        sentence.source.end = sentence.source.start;
    set_position(b->doc, &sentence);
    list_push(b->arena, &b->doc->sentences, sentence);
    block->sentence_count++;
}

static void split(struct builder *b, int index, struct span text)
{
    struct spans spans = {0};
    struct str part = str_slice(b->doc->blocks.items[index].text, text.start, text.end);
    text_sentences(b->arena, part, b->doc->lang, &spans);
    list_each (struct span, span, &spans)
        add_sentence(b, index, (struct span){text.start + span->start, text.start + span->end});
}

/* Line ends that were meant are line feeds while sentences are looked for, blanks for everybody else. */
static size_t show_stops(struct builder *b, size_t stop, int block, char sign)
{
    for (; stop < b->stops.count && b->stops.items[stop].block == block; stop++) {
        struct str text = b->doc->blocks.items[block].text;
        ((char *)text.ptr)[b->stops.items[stop].at] = sign; /* our own copy */
    }
    return stop;
}

void builder_add_sentences(struct builder *b)
{
    size_t stop = 0;
    for (int i = 0; i < (int)b->doc->blocks.count; i++) {
        struct block *block = &b->doc->blocks.items[i];
        block->first_sentence = (int)b->doc->sentences.count;
        if (block->kind == BLOCK_CODE)
            continue;
        show_stops(b, stop, i, '\n');
        if (block->kind == BLOCK_HEADING)
            add_sentence(b, i, (struct span){0, block->text.len});
        else if (!block->cells.count)
            split(b, i, (struct span){0, block->text.len});
        for (size_t cell = 0; cell < block->cells.count; cell++) {
            size_t start = (size_t)(block->cells.items[cell].ptr - block->text.ptr);
            split(b, i, (struct span){start, start + block->cells.items[cell].len});
        }
        stop = show_stops(b, stop, i, ' ');
    }
}
