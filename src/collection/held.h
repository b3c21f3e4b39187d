/* The folder's own: what the queue leaves out for heldback.h. */
#ifndef REPASO_COLLECTION_HELD_H
#define REPASO_COLLECTION_HELD_H

#include "collection/numbers.h"
#include "collection/sql.h"

/* The new cards of a deck that are held back. */
bool held_numbers(struct collection *collection, struct arena *arena, int64_t deck, struct numbers *ret,
                  struct error *e);

#endif
