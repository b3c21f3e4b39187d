/* The folder's own: from a memory to the day a card is asked again. */
#ifndef REPASO_COLLECTION_DUE_H
#define REPASO_COLLECTION_DUE_H

#include "collection/answer.h"
#include "collection/replay.h"

/* Everything that a card's next day depends on besides its standing and the answer. */
struct due_rules {
    const struct fsrs *model;
    struct plan_options plan;
    struct deck_options options;
    uint64_t seed; /* the same for a preview and for the grade that follows it */
    int64_t sibling, card;
};

/* Inside a transaction or view. */
bool due_rules_read(struct collection *collection, const struct card_place *place, const struct state *state,
                    struct due_rules *ret, struct error *e);
/* The standing after an answer. In review a card is put on the best day of those that its interval leaves open. */
bool due_after(struct collection *collection, const struct due_rules *rules, const struct state *state,
               const struct answered *answered, struct standing *ret, struct error *e);

#endif
