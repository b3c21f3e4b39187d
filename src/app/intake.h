/* Files on their way into a collection: chapters, folders of chapters, decks. Reading them computes and touches
 * nothing else, so a worker may do it; collection_add with what came out is for who owns the collection. */
#ifndef REPASO_APP_INTAKE_H
#define REPASO_APP_INTAKE_H

#include "base/error.h"
#include "cards/card.h"
#include "collection/add.h"
#include "decks/deck_file.h"
#include "document/document.h"
#include "facts/facts.h"

struct arena;
struct buffer;

struct intake;

struct intake_options {
    struct str deck;         /* where the cards go; empty: the deck is called after the chapter or the book */
    struct str lang;         /* of the chapters; empty: found out */
    struct str_list without; /* rules switched off, see facts_options */
    struct buffer *explain;  /* NULL, or takes a readable trace of how facts were found */
    bool folders;            /* a folder stands for the chapters and decks in it; else it is an error */
    bool once;               /* a card that an earlier chapter of the book gave is left out */
    /* Told before each step; `count` is how many there are. May be NULL. `cancel` (may be NULL) is looked at then
     * too. */
    void (*progress)(void *self, size_t index, size_t count, struct str path);
    /* Told of the problems of each deck and of book.yaml before any chapter is asked; may be NULL. */
    void (*inspect)(void *self, struct str path, struct str source, const struct problems *problems);
    /* Told of each file that was read, before its cards are asked for anything; may be NULL. */
    void (*loaded)(void *self, const struct intake *intake);
    void *self;
    const volatile bool *cancel;
};

/* One file and what became of it. */
struct intake {
    struct str path;
    struct str source; /* its bytes */
    struct str deck;   /* the deck's full name, "Book::Chapter" */
    struct str scope;  /* what its cards' identities stand in */
    bool is_deck;      /* a .repaso.yaml: `file` and `problems` are set; else `document` and `facts` */
    struct deck_file file;
    struct problems problems;
    struct document document;
    struct facts facts;
    struct cards cards; /* best first */
};

struct intakes {
    struct intake *items;
    size_t count, capacity;
};

/* Reads all paths in reading order; the chapters among them are one book: what one tells of a name, the others know,
 * and so does book.yaml beside them. `visit` gets file after file, each with its cards, which live only that long;
 * where it returns false, all ends so. Fails if a deck or book.yaml has errors, and if no file gave a single card: with
 * the reason and what to do. Formats that are not ours are refused with the command that converts them. */
bool intake_each(const struct intake_options *options, const struct str_list *paths,
                 bool (*visit)(void *self, const struct intake *intake, struct error *e), void *self,
                 struct error *e);

/* The same, but everything lives on in `arena`, files without cards and decks with errors are in it too. */
bool intake_read(struct arena *arena, const struct intake_options *options, const struct str_list *paths,
                 struct intakes *ret, struct error *e);

/* False if no file gave a single card, with the reason and what to do. */
bool intake_has_cards(const struct intakes *intakes, struct error *e);

/* The names of the chapters, most mentioned first. `ret_title` and `ret_lang` are the book's; all live in `arena`. */
bool intake_names(struct arena *arena, const struct intake_options *options, struct str folder,
                  struct entities *ret, struct str *ret_title, struct str *ret_lang, struct error *e);

/* What collection_add takes. A deck with errors must not be added: see `problems`. */
struct addition intake_addition(const struct intake *intake);

#endif
