/* Notes of other programs → rows, in one transaction that can be taken back as one step.
 *
 * A note is known by its guid, a card by its identity: importing again updates what changed and keeps every progress made
 * since. What the learner edited stays on top. Nothing is retired: a file from elsewhere is not the whole of a deck. */
#ifndef REPASO_COLLECTION_IMPORT_H
#define REPASO_COLLECTION_IMPORT_H

#include "cards/card.h"
#include "collection/collection.h"
#include "collection/event.h"

struct import_options {
    struct str file;    /* its name, to be shown */
    struct str sha256;  /* of its bytes, in hexadecimal */
    struct str program; /* our version */
    struct moment now;
    bool dry_run; /* import_end takes everything back and tells what there would have been */
};

/* What happened to a card elsewhere; goes into the log once, when the card is new here. */
struct import_event {
    enum event_kind kind;
    bool past; /* takes its place in the log at its own time, else now */
    int64_t at_ms;
    struct str body; /* a JSON object with a "from": so that no undo of the learner's takes it back */
};

struct import_card {
    const struct card *card;
    int64_t deck; /* key */
    int64_t position;
    struct {
        struct import_event *items;
        size_t count, capacity;
    } events; /* in their order */
};

struct import_note {
    struct str guid;
    int64_t type;      /* key, see import_type */
    struct str fields; /* JSON: what an export restores */
    int64_t
        mod_ms; /* an edition at least as new as this is not overwritten; 0: not known, the newcomer counts */
    struct {
        struct import_card *items;
        size_t count, capacity;
    } cards;
};

struct import_report {
    int64_t key; /* of the import */
    int notes, notes_changed, notes_same, notes_older;
    int cards, cards_changed, cards_same, cards_restored, drafts;
    int own; /* cards that this collection itself once exported */
    int reviews, media, decks;
    struct str_list deck_paths; /* that got cards; in the arena of import_end */
};

struct importing;

/* Begins the transaction; the daily backup comes before it. */
bool import_begin(struct collection *collection, const struct import_options *options, struct importing **ret,
                  struct error *e);
/* Finds or makes a deck with its parents. */
bool import_deck(struct importing *import, struct str path, struct str lang, int64_t *ret, struct error *e);
/* Keeps the meaning of a note's fields (a JSON object), once. */
bool import_type(struct importing *import, struct str name, struct str body, int64_t *ret, struct error *e);
bool import_medium(struct importing *import, struct str sha256, struct str mime, struct str bytes,
                   struct error *e);
bool import_note(struct importing *import, const struct import_note *note, struct error *e);
/* Commits when `ok`, else takes all back; frees `import`. Nothing imported leaves no trace. */
bool import_end(struct importing *import, struct arena *arena, bool ok, struct import_report *ret,
                struct error *e);

struct import_row {
    int64_t key, at_ms;
    struct str file, sha256, counts;
    bool undone;
};
struct import_rows {
    struct import_row *items;
    size_t count, capacity;
};
/* Newest first. */
bool import_list(struct collection *collection, struct arena *arena, struct import_rows *ret,
                 struct error *e);
/* Takes an import back: its new cards retire (what was learnt of them waits for their return), what it changed is as
 * before. 0: the last one that was not taken back yet; ERROR_NOT_FOUND: there is none. collection_undo calls it too. */
bool import_undo(struct collection *collection, int64_t key, struct moment now, struct import_row *ret,
                 struct arena *arena, struct error *e);

/* The folder's own: the same for an import whose undo event is written by the caller, inside a transaction. */
bool import_revert(struct collection *collection, int64_t key, struct moment now, struct error *e);

/* A medium of the collection by its hash; ERROR_NOT_FOUND. */
bool collection_medium(struct collection *collection, struct arena *arena, struct str sha256,
                       struct str *ret_mime, struct str *ret_bytes, struct error *e);

#endif
