/* A document as readable lines, for tests:
 *
 *     1 # Title                            line, kind, text; sentences behind the first indented with "/"
 */
#ifndef REPASO_TESTS_DOCUMENT_DUMP_H
#define REPASO_TESTS_DOCUMENT_DUMP_H

#include "base/buffer.h"
#include "document/document.h"

static inline const char *dump_kind(enum block_kind kind)
{
    static const char *const names[] = {"heading", "paragraph", "item", "quote",   "note",
                                        "row",     "caption",   "code", "exercise"};
    return names[kind];
}

static inline void dump_document(struct buffer *ret, const struct document *doc)
{
    for (size_t i = 0; i < doc->blocks.count; i++) {
        const struct block *block = &doc->blocks.items[i];
        buffer_format(ret, "%d %s", block->line, dump_kind(block->kind));
        if (block->depth)
            buffer_format(ret, " depth=%d", block->depth);
        if (block->ordinal)
            buffer_format(ret, " ordinal=%d", block->ordinal);
        if (block->parent >= 0)
            buffer_format(ret, " parent=%d", doc->blocks.items[block->parent].line);
        buffer_format(ret, " [%.*s]", STR_ARG(section_title(doc, block->section)));
        for (size_t j = 0; j < block->headers.count; j++)
            buffer_format(ret, "%s%.*s", j ? ", " : " under ", STR_ARG(block->headers.items[j]));
        buffer_add_char(ret, '\n');
        if (!block->sentence_count)
            buffer_format(ret, "    %.*s\n", STR_ARG(block->text));
        for (int j = 0; j < block->sentence_count; j++) {
            struct str text = sentence_text(doc, &doc->sentences.items[block->first_sentence + j]);
            buffer_format(ret, "    %.*s\n", STR_ARG(text));
        }
        for (size_t j = 0; j < block->styles.count; j++) {
            const struct style *style = &block->styles.items[j];
            static const char *const looks[] = {"emphasis", "strong", "code", "link", "mark"};
            struct str text = str_slice(block->text, style->text.start, style->text.end);
            buffer_format(ret, "    %s <%.*s>%s%.*s\n", looks[style->kind], STR_ARG(text),
                          style->target.len ? " → " : "", STR_ARG(style->target));
        }
    }
}

#endif
