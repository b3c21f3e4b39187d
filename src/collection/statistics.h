/* What the log says about the learner, as numbers. Screens draw them, `stats` prints them. */
#ifndef REPASO_COLLECTION_STATISTICS_H
#define REPASO_COLLECTION_STATISTICS_H

#include "collection/collection.h"

#include <stddef.h>

struct day_count {
    int64_t day;               /* collection_day */
    int answers, right, first; /* `first`: cards met for the first time */
    int64_t ms;
};

struct interval_share {
    double days; /* upper bound of the class */
    int cards;
};

struct statistics {
    int64_t today;
    struct {
        struct day_count *items;
        size_t count, capacity;
    } days; /* oldest first, days without answers left out */
    struct {
        int *items; /* cards falling due on today + index; [0] holds the overdue too */
        size_t count, capacity;
    } forecast;
    struct {
        struct interval_share *items;
        size_t count, capacity;
    } intervals;
    int answers, right; /* reviews on a later day than the one before; the rest is learning */
    double retention, retention_low, retention_high; /* true retention with its 95 % Wilson interval */
    double expected; /* mean recall the model predicted for the same answers; 0 without any */
    int cards, met, mastered, suspended, leeches;
    double recall; /* mean predicted recall now of the cards met */
    int streak_days, longest_streak_days;
    double answer_s; /* median seconds an answer; 0 without any */
    int64_t total_ms;
};

/* `deck` 0: all; `since_day`: days before are not counted in `days`, `answers`, `retention`. */
bool collection_statistics(struct collection *collection, struct arena *arena, int64_t deck,
                           int64_t since_day, struct moment now, struct statistics *ret, struct error *e);

/* The median time of this learner's latest answers; `otherwise` while there are too few. */
bool collection_pace_ms(struct collection *collection, int otherwise, int *ret, struct error *e);

#endif
