/* A sink that counts and keeps the first cards, for reports and previews, and hands everything on to another, if any. */
#ifndef REPASO_EXCHANGE_COUNT_H
#define REPASO_EXCHANGE_COUNT_H

#include "exchange/parcel.h"

enum { PREVIEW_CARDS = 5 };

struct parcel_counts {
    struct arena *arena;            /* of the lists here; set it before */
    const struct parcel_sink *next; /* NULL: nobody */
    long decks, types, notes, cards, drafts, reviews,
        answers; /* answers: reviews that a memory can learn from */
    long media;
    size_t media_bytes;
    struct str_list deck_paths; /* in their order; those that have cards */
    struct {
        bool *items;
        size_t count, capacity;
    } decks_used;         /* by index */
    struct str_list tags; /* each once */
    struct {
        struct card *items;
        size_t count, capacity;
    } preview;
    struct str_list all_paths;
};

struct parcel_sink count_sink(struct parcel_counts *counts);

#endif
