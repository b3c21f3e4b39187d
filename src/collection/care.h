/* Keeping the file safe and whole. */
#ifndef REPASO_COLLECTION_CARE_H
#define REPASO_COLLECTION_CARE_H

#include "collection/collection.h"

/* A copy of the whole file through SQLite's backup API, checked after writing. The target appears whole or
 * not at all; a folder gets "NAME-YYYYMMDD-HHMMSS.db" in it, NAME being the
 * collection's. `ret` (may be NULL) is the file's path, in
 * `arena`. */
bool collection_backup(struct collection *collection, struct arena *arena, const char *target,
                       struct moment now, struct str *ret, struct error *e);
/* The day's automatic backup into "backups" beside the file, if there is none yet; also called before a
 * schema step or an import (`force`). Keeps the last 7 days, 4 weeks and 12 months. */
bool collection_backup_daily(struct collection *collection, struct moment now, bool force, struct error *e);
/* Takes what was deleted 30 days ago and longer out of the file: cards of deleted decks, and cards deleted one by one. Their
 * events stay: should the card come back, so does what was known of it. */
bool collection_purge(struct collection *collection, struct moment now, int64_t *ret_cards, struct error *e);
/* What a collection wants once a day, cheap when it was done: the backup, then (open for writing) the purge. */
bool collection_look_after(struct collection *collection, struct moment now, struct error *e);
/* Puts a backup in the place of the collection at `path`, which nobody may have open; what was there is kept
 * as an automatic backup. The copy gets a new device identity when it is opened next. */
bool collection_restore(const char *path, const char *backup, struct moment now, struct error *e);

enum finding_kind {
    FINDING_DAMAGE,  /* SQLite's integrity check */
    FINDING_FOREIGN, /* a row points to nothing */
    FINDING_CACHE,   /* a memory differs from its log */
    FINDING_LOG,     /* a gap or a doubled place in a device's log */
    FINDING_SEARCH   /* the search index differs from the cards */
};

struct finding {
    enum finding_kind kind;
    bool repaired;   /* caches are rebuilt when `repair` is set; nothing else is touched */
    struct str text; /* a sentence */
};

struct findings {
    struct finding *items;
    size_t count, capacity;
    int64_t events, cards, decks, chapters; /* what was looked at */
    int64_t bytes;
};

/* No findings: all is well. */
bool collection_doctor(struct collection *collection, struct arena *arena, bool repair, struct moment now,
                       struct findings *ret, struct error *e);
/* Computes every memory anew from the log. `ret_changed`: how many differed (none, unless something was
 * wrong). */
bool collection_rebuild(struct collection *collection, int64_t *ret_events, int64_t *ret_changed,
                        struct error *e);

#endif
