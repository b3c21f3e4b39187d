/* The folder's own: what its readers share. */
#ifndef REPASO_EXCHANGE_INSIDE_H
#define REPASO_EXCHANGE_INSIDE_H

#include "base/arena.h"
#include "exchange/asked.h"
#include "exchange/read.h"
#include "exchange/texts.h"

/* One file on its way into a sink. */
struct reading {
    struct arena *arena;  /* of the report */
    struct arena scratch; /* of the file */
    struct arena each;    /* of one note */
    const struct read_options *options;
    const struct parcel_sink *sink;
    struct read_report report;
    struct str deck;               /* of notes that name none */
    struct str_list decks, types;  /* given to the sink so far, by name */
    struct parcel_type *known[64]; /* the types, same order */
    struct texts guids;            /* given so far */
    struct error *e;
};

/* The number of a deck, which is given to the sink when it is new. */
bool reading_deck(struct reading *r, struct str path, size_t *ret);
/* The number of a type, likewise; `type` must live as long as the file. */
bool reading_type(struct reading *r, struct parcel_type *type, size_t *ret);
/* A guid of its own for a note that has none. False: a note that says the same was there before, and is counted as such. */
bool reading_guid(struct reading *r, struct str deck, struct str question, struct str answer,
                  struct str *ret);
/* Asked now and then, by readers of long files. */
bool reading_cancelled(struct reading *r);

/* "This is WHAT, which is not read yet", with what is. `what` is marked with N_(). */
bool read_refuse(const char *what, struct error *e);

bool read_table(struct reading *r, struct str text);
bool read_questions(struct reading *r, struct str text);

#endif
