/* A backlog, spread over some days: what waiting costs, and new due dates. */
#ifndef REPASO_COLLECTION_BACKLOG_H
#define REPASO_COLLECTION_BACKLOG_H

#include "collection/collection.h"

/* Who comes first. */
enum spread_order {
    SPREAD_LOSS,   /* what a day of waiting costs most */
    SPREAD_RECALL, /* what is most likely still known */
    SPREAD_DUE,    /* what has waited longest */
    SPREAD_ORDERS
};

struct spread {
    int overdue; /* reviews that fell due before today */
    int per_day; /* of them, on each of the days, today among them */
    double lost
        [SPREAD_ORDERS]; /* cards that will be forgotten by waiting, in each order: the sum of falling chances */
};

/* Looks only. `deck` 0: all; `days` from 1. */
bool collection_backlog(struct collection *collection, int64_t deck, int days, struct moment now,
                        struct spread *ret, struct error *e);
/* Gives the overdue cards new due dates in that order; one undo takes all back. Their memories stay as they are. */
bool collection_spread(struct collection *collection, int64_t deck, int days, enum spread_order order,
                       struct moment now, struct spread *ret, struct error *e);

#endif
