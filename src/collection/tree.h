/* The folder's own: all decks at once, in the order they are shown, with the options that hold in each. */
#ifndef REPASO_COLLECTION_TREE_H
#define REPASO_COLLECTION_TREE_H

#include "collection/deck.h"
#include "collection/sql.h"

struct tree_node {
    int64_t key, parent_key;
    struct str id, name, path, lang, json; /* `json`: the options set on this deck itself */
    int parent;                            /* index, always before its children; -1 at the top */
    int depth, end;                        /* the decks below are those from the next index to `end` */
    struct deck_options options;
};

struct tree {
    struct tree_node *items;
    size_t count, capacity;
    struct deck_options general; /* of the collection itself */
};

bool tree_load(struct collection *collection, struct arena *arena, struct tree *ret, struct error *e);
/* Index of a deck; -1 when it is not there. Key 0 is never there. */
int tree_find(const struct tree *tree, int64_t deck);
/* Finds or makes the deck with its parents; inside a transaction. */
bool tree_make(struct collection *collection, struct arena *arena, struct str path, struct str lang,
               struct str origin, int64_t *ret, struct error *e);

/* The identity of a deck in the log; empty for 0. */
struct str deck_identity(struct collection *collection, struct arena *arena, int64_t deck);
struct str deck_own_name(struct collection *collection, struct arena *arena, int64_t deck);
/* What an event of kind 22 does to a deck (its name, its parent, its cards, that it is deleted), or what is left of one that was taken back;
 * inside a transaction. */
bool deck_replay(struct collection *collection, struct arena *arena, int64_t deck, struct str body,
                 bool undone, struct moment at, struct error *e);
/* The cards of a deck that is not there, and of those below it, are not asked. */
bool deck_show_cards(struct collection *collection, int64_t deck, struct error *e);

#endif
