/* The folder's own: the whole log, replayed. */
#ifndef REPASO_COLLECTION_REBUILD_H
#define REPASO_COLLECTION_REBUILD_H

#include "collection/collection.h"

/* Computes every card's memory from the log, in one pass and in flat memory, and counts those that differ from what is
 * kept; writes them when `write` is set. Inside a transaction (or a view, when nothing is written). */
bool rebuild_all(struct collection *collection, bool write, int64_t *ret_events, int64_t *ret_changed,
                 struct error *e);

#endif
