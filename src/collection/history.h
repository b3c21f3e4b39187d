/* What was learnt elsewhere, put into the log at the times it happened. */
#ifndef REPASO_COLLECTION_HISTORY_H
#define REPASO_COLLECTION_HISTORY_H

#include "collection/collection.h"
#include "schedule/past.h"

struct card_history {
    int64_t card;       /* key */
    struct pasts pasts; /* by time */
};

struct history {
    struct str origin; /* "anki": kept with every event */
    int tz_min;        /* of the learner, then */
    const struct card_history *cards;
    size_t count;
    int64_t deck; /* whose weights `params` are; 0: no weights come along */
    const struct fsrs_params
        *params; /* from before the first answer on; a deck that has weights of its own keeps them */
};

struct history_report {
    int64_t added, known; /* events; `known`: were in the log already, at the same time of the same card */
    int64_t cards;        /* whose memory changed */
};

/* One transaction. A second time changes nothing; answers from the future are taken for answers of now. */
bool collection_add_history(struct collection *collection, const struct history *history, struct moment now,
                            struct history_report *ret, struct error *e);

#endif
