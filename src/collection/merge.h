/* The log as other devices see it: what is new since, and what they bring. Carriers (a shared folder, a server) move
 * these; merging is idempotent and its result does not depend on the order of arrival. */
#ifndef REPASO_COLLECTION_MERGE_H
#define REPASO_COLLECTION_MERGE_H

#include "collection/collection.h"

#include <stddef.h>

/* An event on its way. `deck` and `card` are identities, empty for none; `body` is JSON without line breaks. */
struct carried {
    struct str device, person;
    int64_t seq, hlc;
    int kind;
    struct str deck, card;
    int64_t at_ms;
    int tz_min;
    struct str body;
};

struct carried_events {
    struct carried *items;
    size_t count, capacity;
};

/* A device and the last event up to which its log is here without a gap. */
struct known_device {
    struct str id, person;
    int64_t have;
    bool me;
};

struct known_devices {
    struct known_device *items;
    size_t count, capacity;
};

bool log_devices(struct collection *collection, struct arena *arena, struct known_devices *ret,
                 struct error *e);
/* Events of a device behind `after`, in their order, at most `limit` (0: all). */
bool log_since(struct collection *collection, struct arena *arena, struct str device, int64_t after,
               size_t limit, struct carried_events *ret, struct error *e);

struct merge_report {
    int64_t received; /* new here */
    int64_t known;    /* were here already */
    int64_t refused;  /* not events: no JSON, no sequence, a zone beyond the world */
    int64_t ahead;    /* of a clock more than 48 hours ahead of ours: kept, but our clock does not follow */
    int64_t
        forked; /* the same place in the same log with another content: a cloned device. The first stays */
    int64_t first_fork_of_me; /* the first such place in this device's own log; 0: none */
    int64_t cards;            /* whose memory was computed anew */
};

/* Takes events in, in one transaction, and computes what they change. Gaps are fine: what is missing may come later. Events of
 * this device's own log that it does not have are taken too: they are of a clone, or of a time before a
 * restore. */
bool log_merge(struct collection *collection, const struct carried_events *events, struct moment now,
               struct merge_report *ret, struct error *e);

/* This device was cloned: it goes on under a new identity, and its own events from `first` on move there. 0: nothing moves, only
 * the name changes. */
bool log_fork(struct collection *collection, int64_t first, struct moment now, struct error *e);

#endif
