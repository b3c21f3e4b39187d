/* Does practice work for me? Where a learner asks for it (deck option `held_back`), three facts in twenty are not
 * practised: half of them are asked once on the day after the deck was begun, half on the fourteenth. Asked once, a fact is
 * practised like any other. Which facts is decided by their identity, so that all devices agree. */
#ifndef REPASO_COLLECTION_HELDBACK_H
#define REPASO_COLLECTION_HELDBACK_H

#include "collection/answer.h"

enum { PROBE_EARLY = 1, PROBE_LATE = 14 };

struct probe {
    int64_t card;
    int day; /* PROBE_EARLY or PROBE_LATE */
};

struct probes {
    struct probe *items;
    size_t count, capacity;
};

/* What is to be asked once today, one card a fact. `deck` 0: all. */
bool collection_probes(struct collection *collection, struct arena *arena, int64_t deck, struct moment now,
                       struct probes *ret, struct error *e);
/* Records how it went; the card's memory stays empty. */
bool collection_probe(struct collection *collection, const struct probe *probe, const struct answer *answer,
                      struct moment now, struct error *e);

struct share {
    int asked, right;
};

struct held_back {
    struct share early, late; /* of facts that were not practised */
    struct share practised;   /* reviews in the same decks in the week before and after the late probes */
};

bool collection_held_back(struct collection *collection, struct held_back *ret, struct error *e);

#endif
