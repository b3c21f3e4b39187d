/* The folder's own: the index over what cards say. */
#ifndef REPASO_COLLECTION_SEARCH_H
#define REPASO_COLLECTION_SEARCH_H

#include "collection/collection.h"

/* Indexes the card's words anew, the learner's own on top; inside a transaction. */
bool search_update(struct collection *collection, int64_t card, struct error *e);

#endif
