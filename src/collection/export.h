/* The rows behind an export: which cards, the notes they were imported as, and what happened to them. */
#ifndef REPASO_COLLECTION_EXPORT_H
#define REPASO_COLLECTION_EXPORT_H

#include "collection/collection.h"
#include "collection/event.h"

struct export_key {
    int64_t card, deck;
    int64_t note; /* 0: a card of a chapter or deck of our own */
};

struct export_keys {
    struct export_key *items;
    size_t count, capacity;
};

/* Between these two, everything that is read is of one moment, and is read faster. */
bool export_begin(struct collection *collection, struct error *e);
void export_end(struct collection *collection);

/* Which of the cards that wait for review come along. */
enum export_drafts { DRAFTS_NONE, DRAFTS_IMPORTED, DRAFTS_ALL };

/* The cards of decks and the decks below them (none: of all) that are not retired. Decks by
 * their order in the tree, cards by position; those of one note together. */
bool export_keys(struct collection *collection, struct arena *arena, const int64_t *decks, size_t count,
                 enum export_drafts drafts, struct export_keys *ret, struct error *e);

/* As import_note was given it. */
struct export_note {
    struct str guid;
    int64_t type, mod_ms;
    struct str_list fields, tags;
    struct str_list media_names, media_sha256; /* side by side */
};

bool export_note(struct collection *collection, struct arena *arena, int64_t note, struct export_note *ret,
                 struct error *e);

/* As import_type was given it: the parts of its body. */
struct export_type {
    struct str name, css;
    int kind, sort_field;
    struct str_list fields;
    struct str_list templates; /* three each: name, front, back */
};

bool export_type(struct collection *collection, struct arena *arena, int64_t type, struct export_type *ret,
                 struct error *e);

/* One thing that happened to a card, as other programs log it. */
struct export_event {
    enum event_kind kind; /* a grade, a reset, a move of the due date */
    int64_t at_ms;
    int grade, ms;
    bool practice;        /* the grade counted for nothing */
    double interval_days; /* that the grade led to; below 0: not known */
    bool learning;        /* it led to more learning, not to a review */
    bool imported;        /* came from elsewhere … */
    bool has_line; /* … and is a line of that program's log: kind, grade, interval, interval before, factor */
    int line[5];
};

struct export_events {
    struct export_event *items;
    size_t count, capacity;
};

/* In the order of a replay, without what was taken back. */
bool export_log(struct collection *collection, struct arena *arena, struct str card_id,
                struct export_events *ret, struct error *e);

#endif
