/* The folder's own: the plain words around a passage, taken while the parsed chapter is at hand. */
#ifndef REPASO_COLLECTION_CONTEXT_H
#define REPASO_COLLECTION_CONTEXT_H

#include "base/str.h"
#include "document/document.h"

struct arena;

struct context {
    struct str section, before, text;
    size_t mark_start, mark_end; /* of the quote in `text` */
    int line;
};

/* `doc` may be NULL. A quote that is not found word for word marks the whole text. */
struct context context_of(struct arena *arena, const struct document *doc, struct span source,
                          struct str quote);

#endif
