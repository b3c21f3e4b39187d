/* Inline Markdown: what the parser found in a block, and where in the cleaned text each letter of it stands. The parser's
 * own columns are wrong behind indented lines, so the text is found again by walking both side by side. */
#ifndef REPASO_DOCUMENT_INLINES_H
#define REPASO_DOCUMENT_INLINES_H

#include "document/writer.h"

struct cmark_node;

struct inlines {
    const struct cleaned *cleaned;
    struct span span; /* of the block's content in its bytes, markers of its first line excluded */
    int quotes;       /* block quotes around it, whose signs stand at the start of each line */
    bool cell;        /* of a table: `\|` is a bar */
    const struct str_list *targets;
};

/* Writes the text under `parent` and returns where it starts in the cleaned text, behind link definitions. */
size_t inlines_write(const struct inlines *inlines, struct cmark_node *parent, struct writer *writer);

#endif
