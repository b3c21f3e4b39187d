/* The append-only log. What the kinds mean and in which order a replay takes them is told in src/README.md.
 */
#ifndef REPASO_COLLECTION_EVENT_H
#define REPASO_COLLECTION_EVENT_H

#include "collection/collection.h"

enum event_kind {
    EVENT_GRADE = 1,
    EVENT_UNDO, /* {device, seq} of its target */
    EVENT_RESET,
    EVENT_SUSPEND, /* {on} */
    EVENT_BURY,    /* {until_ms} */
    EVENT_PARAMS,  /* {algorithm, weights, retention} */
    EVENT_EXAM,    /* {day} */
    EVENT_FLAG,    /* {reason} */
    EVENT_OVERLAY, /* {field, value} */
    EVENT_ADOPT,   /* {rev} */
    EVENT_IMPORT,  /* {sha256} */
    EVENT_READ,    /* {age_s} */
    EVENT_RECALL,  /* {brought, nearly, missed} */
    EVENT_PRETEST, /* as a grade; no memory */
    EVENT_BET,
    EVENT_KEEP, /* {keep, reason} */
    EVENT_PROBE,
    EVENT_SET_DUE,  /* {at_ms} */
    EVENT_DECISION, /* {fact, rule, verdict, reason} */
    EVENT_SUMMARY,
    EVENT_CARD,  /* {field, value} */
    EVENT_PLACE, /* {what, …}: moved, deleted, restored */
    EVENT_OPTION /* {option, value} */
};

/* Appends an event that touches no card's memory: kinds read, recall, pretest, bet, keep, probe, summary.
 * `deck` and `card` are keys, 0 for none; `body` is a JSON object. */
bool collection_record(struct collection *collection, enum event_kind kind, int64_t deck, int64_t card,
                       struct str body, struct moment now, struct error *e);

/* Newest first; for "what did I do" and for resuming a session. */
struct event_row {
    int64_t seq;
    enum event_kind kind;
    int64_t deck, card; /* keys; 0: none or not here */
    struct moment at;
    struct str body;
    bool undone;
};
struct event_rows {
    struct event_row *items;
    size_t count, capacity;
};
/* This person's events of one kind (0: all) since a moment. */
bool collection_events(struct collection *collection, struct arena *arena, int kind, int64_t since_ms,
                       int limit, struct event_rows *ret, struct error *e);

/* When the deck's chapter was last read, by the reader's own word, at or after `since_ms`; 0: not said. */
bool collection_read_at(struct collection *collection, int64_t deck, int64_t since_ms, int64_t *ret_ms,
                        struct error *e);

#endif
