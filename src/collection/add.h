/* Chapters and decks → rows, in one transaction. The same identity is an update and keeps its history. */
#ifndef REPASO_COLLECTION_ADD_H
#define REPASO_COLLECTION_ADD_H

#include "cards/card.h"
#include "collection/collection.h"

struct document;
struct facts;

/* What goes in together: all cards of one chapter, or of one deck file. A card of an earlier version that is
 * missing now is retired, not deleted: its history waits for its return. */
struct addition {
    struct str deck;  /* its name; "Book::Chapter" makes a deck below a deck */
    struct str scope; /* the book's id; empty: the deck's name */
    /* Where it was read from; the same path is the same chapter, also when it was renamed in the file. A moved file with
     * the same bytes is the same chapter. */
    struct str path;
    struct str folder, folder_name;  /* a path in `folder` is kept as one in `folder_name`; empty: as it is */
    struct str source;               /* the file's bytes, kept; empty for cards that come from nowhere */
    struct str title, lang;          /* of the chapter; empty: the document's */
    const struct document *document; /* NULL for a deck file */
    bool deck_file;                  /* a teacher's deck: what it quotes belongs to it */
    const struct document *const *sources; /* of a deck file: the chapters that its cards quote */
    size_t source_count;
    const struct facts *facts; /* NULL when there are none */
    const struct cards *cards; /* best first: new cards are met in chapter order, `position` by source */
    bool keep_missing;         /* do not retire what is missing (a part of a deck is added) */
};

enum change_kind { CHANGE_NEW, CHANGE_CHANGED, CHANGE_RETIRED, CHANGE_RESTORED, CHANGE_MOVED };

/* CHANGED with different answers means "answer changed": the card is learnt anew and its history kept. Only
 * wording changed: nothing else changes. MOVED: the passage lies elsewhere, nothing else changed. */
struct change {
    enum change_kind kind;
    struct card_id id;
    bool answer_changed;
    struct str prompt, answer, old_answer;
};

/* A field that the learner had worded anew and the new edition words in its turn: the learner's stays on top. */
struct difference {
    struct str question; /* of the card, as the book asks it */
    const char *field;   /* "prompt", "answer", "hint" or "explanation" */
    struct str own, edition;
};

struct add_report {
    int64_t deck; /* key of the deck */
    int fresh, changed, unchanged, retired, restored, drafts;
    struct {
        struct change *items;
        size_t count, capacity;
    } changes; /* everything but what is unchanged, in the order of the cards; in the caller's arena */
    struct {
        struct difference *items;
        size_t count, capacity;
    } differences;
};

/* Cards of tier review become drafts. Adding the same chapter twice changes nothing. */
bool collection_add(struct collection *collection, struct arena *arena, const struct addition *addition,
                    struct moment now, struct add_report *ret, struct error *e);

#endif
