/* The folder's own: writing events, and reading a card's events in their order, those taken back marked. */
#ifndef REPASO_COLLECTION_LOG_H
#define REPASO_COLLECTION_LOG_H

#include "collection/event.h"
#include "collection/regime.h"
#include "collection/sql.h"

/* What a grade's body says, read once. */
struct grade_fields {
    int grade;
    bool aided;           /* choices or hints were shown */
    bool practice;        /* exam or cram: recorded, and no more */
    double read_age_s;    /* below 0: not known */
    int64_t due_at_ms;    /* as decided then; 0: not said */
    double interval_days; /* below 0: not said */
    int step;             /* below 0: not said */
};

struct entry {
    struct place place;
    int64_t device; /* key */
    enum event_kind kind;
    bool undone;
    struct moment at;
    struct str deck; /* identity */
    struct str body;
    struct grade_fields grade; /* of EVENT_GRADE */
};

struct entries {
    struct entry *items;
    size_t count, capacity;
};

/* Appends an event of this device; inside a transaction. `ret` (may be NULL) lacks its undone and keeps the slices it was
 * given. */
bool log_append(struct collection *collection, enum event_kind kind, struct str deck_id, struct str card_id,
                struct str body, struct moment now, struct entry *ret, struct error *e);

/* The same for what happened before it came here: it takes its place at its own time, not now. */
bool log_append_past(struct collection *collection, enum event_kind kind, struct str deck_id,
                     struct str card_id, struct str body, struct moment at, struct entry *ret,
                     struct error *e);
/* Between these two, of a thousand events only the last writes down where the device's log goes on. */
void log_hold(struct collection *collection);
bool log_release(struct collection *collection, bool ok, struct error *e);

/* The owner's events of a card, by replay order. An empty identity: those about no card that change rules or decks. */
bool log_read(struct collection *collection, struct arena *arena, struct str card_id, struct entries *ret,
              struct error *e);
/* Puts entries in replay order and marks those that an undo takes back. */
void log_settle(struct entries *entries, const struct collection *collection);

/* One entry from a row of LOG_COLUMNS; slices live until the next step. */
#define LOG_COLUMNS "device, seq, hlc, kind, at_ms, tz_min, coalesce(deck, ''), body"
struct entry log_entry(const struct collection *collection, struct sqlite3_stmt *row);

#endif
