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

/* The cards of decks and the decks below them (none: of all), neither retired nor, unless `drafts`, waiting for review. Decks by
 * their order in the tree, cards by position; those of one note together. */
bool export_keys(struct collection *collection, struct arena *arena, const int64_t *decks, size_t count,
                 bool drafts, struct export_keys *ret, struct error *e);

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

/* What happened to a card, in the order of a replay, without what was taken back. */
bool export_events(struct collection *collection, struct arena *arena, struct str card_id,
                   struct event_rows *ret, struct error *e);

#endif
