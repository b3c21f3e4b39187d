/* The Markdown that the parser sees, and where each of its bytes stands in the source.
 * Bytes that no segment covers are our own; between segments lie source bytes that the parser does not see. */
#ifndef REPASO_DOCUMENT_CLEANED_H
#define REPASO_DOCUMENT_CLEANED_H

#include "base/buffer.h"
#include "document/document.h"

struct arena;

struct cleaned {
    struct buffer bytes;
    struct runs segments; /* `text` is the offset in `bytes` */
};

/* Appends source bytes as they are. */
void cleaned_copy(struct arena *arena, struct cleaned *cleaned, struct str source, struct span span);
/* Appends bytes that stand for source bytes up to `source_end`, written otherwise. An empty segment marks the place. */
void cleaned_replace(struct arena *arena, struct cleaned *cleaned, struct str bytes, size_t source_end);
/* Forgets everything from `at` on. */
void cleaned_cut(struct cleaned *cleaned, size_t at);
/* Whether the byte at `at` stands in the source. */
bool cleaned_has(const struct cleaned *cleaned, size_t at);
/* The source offset of the byte at `at`; for a byte of our own, where the source stopped before it. */
size_t cleaned_source(const struct cleaned *cleaned, size_t at);
/* The source offset behind the byte before `at`; for a byte of our own, where the source goes on. */
size_t cleaned_source_end(const struct cleaned *cleaned, size_t at);
/* Appends `run`, whose `source` is an offset in `bytes`, as runs of the source itself. */
void cleaned_trace(struct arena *arena, const struct cleaned *cleaned, struct run run, struct runs *ret);
void cleaned_finish(struct cleaned *cleaned);

/* Appends a run, joined to the last one where both go on without a gap. */
void runs_add(struct arena *arena, struct runs *runs, struct run run);
/* Appends an empty run: something that the source writes otherwise starts or ends here. */
void runs_mark(struct arena *arena, struct runs *runs, size_t text, size_t source);
/* Index of the first run that ends behind `text`; `count` if there is none. */
size_t runs_find(const struct runs *runs, size_t text);

#endif
