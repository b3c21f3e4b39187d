/* The learner's grades as a fit wants them. */
#ifndef REPASO_COLLECTION_REVIEWS_H
#define REPASO_COLLECTION_REVIEWS_H

#include "collection/collection.h"
#include "schedule/training.h"

/* Every grade that counts, by time: none that was taken back or given in practice (exam, cram), and of a card that was
 * reset only what came after. Items live in the arena. Works on a collection opened read-only, in a worker. */
bool collection_reviews(struct collection *collection, struct arena *arena, struct review_log *ret,
                        struct error *e);

#endif
