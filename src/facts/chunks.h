/* Tokens to chunks: noun phrases, verb groups, prepositions, dates, brackets. */
#ifndef REPASO_FACTS_CHUNKS_H
#define REPASO_FACTS_CHUNKS_H

#include "facts/reading.h"

/* Fills reading->chunks for the tokens first … end-1. Needs tokens, names, times. */
void chunks_read(struct arena *scratch, struct reading *reading, int first, int end);

static inline struct chunk *chunk_at(const struct reading *reading, int i)
{
    return i >= 0 && (size_t)i < reading->chunks.count ? &reading->chunks.items[i] : NULL;
}
static inline bool chunk_is(const struct reading *reading, int i, enum chunk_kind kind)
{
    const struct chunk *c = chunk_at(reading, i);
    return c && c->kind == kind;
}
struct str chunk_text(const struct reading *reading, int i);

#endif
