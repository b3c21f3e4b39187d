/* The tree of decks, with what waits in each, and a deck's options. */
#ifndef REPASO_COLLECTION_DECK_H
#define REPASO_COLLECTION_DECK_H

#include "cards/card.h"
#include "collection/collection.h"
#include "schedule/plan.h"

/* Counts include the decks below. */
struct deck_row {
    int64_t key, parent; /* parent 0: top level */
    struct card_id id;
    struct str name; /* its own: "Chapter 16" */
    struct str path; /* with its parents: "Book::Chapter 16" */
    struct str lang;
    int depth;    /* 0 at the top */
    int total;    /* cards that are asked: neither drafts nor retired */
    int due;      /* reviews that are due by the end of today */
    int learning; /* missed or new today and not yet known once */
    int fresh;    /* new cards that today's limit still allows */
    int unseen;   /* new cards in all */
    int suspended, drafts, flagged, mastered;
    int answered_today;
    double recall;       /* mean predicted recall of the cards met, now; 0 when none was met */
    int64_t next_due_ms; /* the first due card's time, when nothing is due now; 0 without any */
};

struct deck_rows {
    struct deck_row *items;
    size_t count, capacity;
};

/* Parents before children, by name. */
bool collection_decks(struct collection *collection, struct arena *arena, struct moment now,
                      struct deck_rows *ret, struct error *e);
/* By path ("Book::Chapter 16") or, where it is the only one, by its own name; without case and accents.
 * ERROR_NOT_FOUND names the decks there are. */
bool deck_find(struct collection *collection, struct str name, int64_t *ret, struct error *e);
bool deck_create(struct collection *collection, struct str path, struct str lang, struct moment now,
                 int64_t *ret, struct error *e);
bool deck_rename(struct collection *collection, int64_t deck, struct str name, struct moment now,
                 struct error *e);
/* Below another deck; 0: to the top. */
bool deck_move(struct collection *collection, int64_t deck, int64_t parent, struct moment now, struct error *e);
/* Cards and the decks below go to `into`; what is left empty is deleted. */
bool deck_merge(struct collection *collection, int64_t deck, int64_t into, struct moment now, struct error *e);
/* The deck and those below with their cards; they can be restored for BIN_DAYS. */
bool deck_delete(struct collection *collection, int64_t deck, struct moment now, struct error *e);

enum { BIN_DAYS = 30 };

/* A deleted deck that can still be restored. */
struct bin_row {
    int64_t key;
    struct str path; /* as it was */
    int cards;       /* in it and below */
    int days_left;
};

struct bin_rows {
    struct bin_row *items;
    size_t count, capacity;
};

/* The last deleted first. */
bool collection_bin(struct collection *collection, struct arena *arena, struct moment now, struct bin_rows *ret,
                    struct error *e);
/* Back to where it was; to the top when that is gone. */
bool deck_restore(struct collection *collection, int64_t deck, struct moment now, struct error *e);

/* What a deck lets happen. Every field is also the name of an option in the log (`new_per_day` …). */
struct deck_options {
    int algorithm;          /* 7 or 6 */
    double retention;       /* 0.70 to 0.99; 0.90 */
    int new_per_day;        /* 12; counted over the deck and the decks below */
    int reviews_per_day;    /* 9999 */
    int minutes_per_day;    /* 0: no limit */
    double maximum_days;    /* 3650 */
    double first_easy_days; /* 21 */
    double growth;          /* 4: one review multiplies an interval by at most this */
    int rollover_hour;      /* 4; only the collection's own counts */
    int order;              /* enum queue_order */
    int mix;                /* enum queue_mix: where new cards come */
    bool fuzz;              /* true: days are spread a little and balanced */
    struct steps learn, relearn; /* none: the model alone; as an option "1m 10m", units s m h d */
    bool held_back;         /* false; see heldback.h */
    bool siblings_apart;    /* true: two cards of one fact never on one day */
    int64_t exam_day;       /* a day number of collection_day; 0: none */
    char easy_days[8];      /* Monday first: 'n' normal, 'r' reduced, 'm' minimum */
};

/* Deck 0 is the collection itself: what decks inherit. */
bool deck_options(struct collection *collection, int64_t deck, struct deck_options *ret, struct error *e);
/* One option by its name, e.g. ("new_per_day", "20"); an empty value goes back to what is inherited. */
bool deck_set_option(struct collection *collection, int64_t deck, struct str option, struct str value,
                     struct moment now, struct error *e);

/* The weights in force for a deck; 0: for the collection. A fit is written for the collection (deck 0) unless a deck
 * has its own. */
bool collection_params(struct collection *collection, int64_t deck, struct fsrs_params *ret, struct error *e);

struct fit_note {
    double log_loss_before, log_loss_after;
    int64_t reviews; /* it was made from */
};

/* What the last fit in force said of itself; zeroed when there was none. */
bool collection_last_fit(struct collection *collection, struct fit_note *ret, struct error *e);

/* From now on; what is already scheduled stays. `note` may be NULL. */
bool collection_set_params(struct collection *collection, int64_t deck, const struct fsrs_params *params,
                           const struct fit_note *note, struct moment now, struct error *e);

#endif
