/* The learner's collection: one SQLite file. Truth is an append-only log of events; a card's memory is a
 * cache that replay rebuilds.
 *
 * Here: opening, settings, and the types all other headers of this folder share. The rest, one idea a file:
 *   add.h         chapters and decks → rows
 *   deck.h        the tree of decks with what is due, and its options
 *   queue.h       what to ask now, in which order
 *   backlog.h     an overdue backlog, spread over days
 *   cards.h       one card with its passages; lists and search; a learner's own edits
 *   answer.h      grades, undo, suspend, bury, reset: everything that happens to a card
 *   heldback.h    facts left unpractised, to see what practice does
 *   history.h     what was learnt elsewhere
 *   statistics.h  days, retention, forecast
 *   care.h        backup, restore, doctor, rebuild
 *
 * One `struct collection` writes; a second one opened read-only may live in a worker. Time and chance are
 * arguments. Functions that change something are one transaction each, or none when they fail; collection_begin
 * makes one of several. */
#ifndef REPASO_COLLECTION_COLLECTION_H
#define REPASO_COLLECTION_COLLECTION_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct collection;

/* When something happens, and where: the zone is kept with every event, so that a replay elsewhere sees the
 * same days. */
struct moment {
    int64_t at_ms; /* since 1970, UTC */
    int tz_min;    /* minutes east of UTC */
};

struct collection_options {
    struct moment now;
    uint64_t seed;          /* chance: device identities, fuzz. Two collections must not share one */
    struct str device_name; /* what people call this machine; "" is fine */
    struct str machine; /* what tells a cloned disk from its original, e.g. machine-id; "" skips the check */
    bool read_only;     /* never creates, never writes */
    int busy_ms;        /* how long to wait for another repaso that is writing; 0: 5 s */
};

/* Opens the file, or makes it with its folders. Errors: not SQLite or damaged (ERROR_CORRUPT), another
 * program's or a newer repaso's (ERROR_VERSION), another repaso is writing (ERROR_BUSY, after `busy_ms`), no space
 * (ERROR_FULL), no permission (ERROR_IO). In each case the file is left as it was. ":memory:" is a collection
 * for tests. */
bool collection_open(const char *path, const struct collection_options *options, struct collection **ret,
                     struct error *e);
/* NULL is fine. */
void collection_close(struct collection *collection);

const char *collection_path(const struct collection *collection);
/* The identity of this device in the log; 26 characters. */
struct str collection_device(const struct collection *collection);
/* True once for each change that another connection made since the last call: views must be read anew. */
bool collection_changed(struct collection *collection);
/* Makes one transaction of several changes: all are on disk together, or none. A change that fails in between takes back
 * only itself. `collection_end` without `ok` takes everything back. */
bool collection_begin(struct collection *collection, struct error *e);
bool collection_end(struct collection *collection, bool ok, struct error *e);
/* The number of the learner's day: it changes at the rollover hour (option `rollover_hour`, 4), not at
 * midnight. */
int64_t collection_day(struct collection *collection, struct moment moment);
/* When that day begins, in the zone of `moment`. */
int64_t collection_day_start_ms(struct collection *collection, int64_t day, struct moment moment);

/* Settings of this file: names such as "ui.theme". A missing one gives `otherwise`. What changes when cards
 * are due is a deck option (deck.h) and goes into the log; settings do not. */
struct str setting_text(struct collection *collection, struct arena *arena, struct str name,
                        struct str otherwise);
long setting_number(struct collection *collection, struct str name, long otherwise);
/* An empty value forgets the setting. */
bool setting_set(struct collection *collection, struct str name, struct str value, struct error *e);

#endif
