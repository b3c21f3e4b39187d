/* The folder's own: under which rules a card is scheduled, now and at any place in the log. */
#ifndef REPASO_COLLECTION_REGIME_H
#define REPASO_COLLECTION_REGIME_H

#include "collection/collection.h"
#include "collection/deck.h"
#include "collection/sql.h"
#include "schedule/day.h"
#include "schedule/fsrs.h"

static inline int64_t day_of(struct moment moment, int rollover_hour)
{
    return day_number(moment.at_ms, moment.tz_min, rollover_hour);
}

/* A place in the log; `device` is the rank of its identity among all, so that every machine orders alike. */
struct place {
    int64_t hlc;
    int device;
    int64_t seq;
};

int place_compare(struct place a, struct place b);

/* The hour at which a day begins now; 4 when it cannot be read. */
int rollover_now(struct collection *collection);
/* The memory model in force now for a deck; good until rules change. */
bool model_now(struct collection *collection, int64_t deck, const struct fsrs **ret, struct error *e);

/* The rules at a place: the model for the deck (by its identity) and the hour of the day's change. regime_load comes first, in the same
 * transaction. */
const struct fsrs *model_at(const struct collection *collection, struct str deck_id, struct place place);
int rollover_at(const struct collection *collection, struct place place);
bool regime_load(struct collection *collection, struct error *e);
/* The rank of a device's identity, and the identity itself, by its key in this file. */
int device_rank(const struct collection *collection, int64_t device);
struct str device_name(const struct collection *collection, int64_t device);

/* Weights for a deck that came with it, in force from a moment of the past; inside a transaction. */
bool params_append(struct collection *collection, int64_t deck, const struct fsrs_params *params,
                   struct moment at, struct error *e);

/* Forgets what was read; call after writing rules. */
void regime_forget(struct collection *collection);
void regime_free(struct regime *regime);
/* Writes deck.options and params anew from the log, after an undo or a merge of rules. */
bool regime_rebuild(struct collection *collection, struct error *e);

#endif
