/* Of the files named anki_*: a package on its way into a sink. */
#ifndef REPASO_EXCHANGE_ANKI_INSIDE_H
#define REPASO_EXCHANGE_ANKI_INSIDE_H

#include "base/arena.h"
#include "exchange/archive.h"
#include "exchange/asked.h"
#include "exchange/foreign.h"
#include "exchange/read.h"

#include <stdint.h>

/* Ids are milliseconds since 1970, or small numbers; beyond this they are no such thing. */
#define ID_MAX (INT64_C(1) << 53)

struct anki_deck {
    int64_t id;
    size_t index; /* as the sink knows it */
    bool filtered;
};

struct anki_type {
    int64_t id;
    size_t index;
    struct parcel_type type;
};

struct anki_medium {
    struct str name; /* NFC */
    char sha256[65];
    size_t index;
};

struct anki_card {
    int64_t id, note, deck, home_deck;
    int64_t due, home_due;
    int ordinal, phase, queue, interval, ease, reps, lapses, flags;
    double stability, difficulty, retention, decay;
    int64_t last_s;
};

/* A line of the review log. */
struct anki_logged {
    int64_t card;
    struct parcel_review review;
};

struct anki {
    struct arena *arena;  /* of the report */
    struct arena scratch; /* of the package */
    struct arena each;    /* of one note */
    const struct read_options *options;
    const struct parcel_sink *sink;
    struct read_report report;
    struct archive *archive;
    struct foreign *db;
    bool modern; /* schema 18 */
    int64_t crt_s;
    int tz_min, rollover;
    struct {
        struct anki_deck *items;
        size_t count, capacity;
    } decks;               /* sorted by id, once all are there */
    struct str_list paths; /* of the decks given to the sink, by index */
    struct {
        struct anki_type *items;
        size_t count, capacity;
    } types;
    struct {
        struct anki_medium *items;
        size_t count, capacity;
    } media; /* sorted by name */
    struct {
        struct anki_card *items;
        size_t count, capacity;
    } cards; /* sorted by note and ordinal */
    struct {
        struct anki_logged *items;
        size_t count, capacity;
    } log; /* sorted by card and time */
    struct error *e;
};

void anki_notice(struct anki *a, enum notice_kind kind, struct str example);

/* anki_types.c: decks and note types of either schema, given to the sink. */
bool anki_read_decks(struct anki *a);
bool anki_read_types(struct anki *a);
/* The deck's index by its id; false: there is none. */
bool anki_find_deck(const struct anki *a, int64_t id, const struct anki_deck **ret);
/* The default deck, which is given to the sink when it is first needed. */
bool anki_default_deck(struct anki *a, size_t *ret);
const struct anki_type *anki_find_type(const struct anki *a, int64_t id);

/* anki_media.c: pictures and sounds, given to the sink. */
bool anki_read_media(struct anki *a);
const struct anki_medium *anki_find_medium(const struct anki *a, struct str name);

/* anki_notes.c: cards, log and notes. */
bool anki_read_cards(struct anki *a);
bool anki_read_log(struct anki *a);
bool anki_read_notes(struct anki *a);

#endif
