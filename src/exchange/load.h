/* The collection's decks → a sink: what every export starts from. */
#ifndef REPASO_EXCHANGE_LOAD_H
#define REPASO_EXCHANGE_LOAD_H

#include "collection/collection.h"
#include "exchange/parcel.h"

struct load_options {
    const int64_t *decks; /* with the decks below them; none: all */
    size_t deck_count;
    bool without_progress; /* neither schedule nor log: for handing out */
    bool drafts;           /* also what waits for review */
    bool whole_notes;      /* of imported notes also the cards that wait for review */
    struct moment now;
};

struct load_counts {
    int64_t decks, notes, cards, reviews, media;
};

/* Cards that were imported come with the note they were; the others each are a note of a native type, whose guid is the
 * card's identity. Retired cards stay at home. */
bool parcel_load(struct collection *collection, const struct load_options *options,
                 const struct parcel_sink *sink, struct load_counts *ret, struct error *e);

#endif
