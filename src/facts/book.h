/* What a book's chapters have in common: how its names are written and what they are. */
#ifndef REPASO_FACTS_BOOK_H
#define REPASO_FACTS_BOOK_H

#include "base/multimap.h"
#include "facts/chapter.h"

/* What a book knows in one language. */
struct known {
    struct chapter chapter; /* the one that is read; its forms and entities are the book's */
    struct entities entities;
    struct entity_votes *votes;     /* as they were counted: those of `chapter` are settled */
    struct multimap taught, denied; /* keys of words that a teacher says are a name, or none */
    bool open;
};

/* The chapter starts with what the book knows; `book` may be NULL. */
void book_lend(const struct book *book, struct chapter *chapter);
/* A teacher says that these words are a name, or that they are none. */
bool book_affirms(const struct chapter *chapter, struct str words);
bool book_denies(const struct chapter *chapter, struct str words);

/* In facts.c: opening a chapter and both learning passes over it. What a capital means depends on all spellings, so
 * they come first. */
void chapter_open(struct chapter *chapter, struct arena *arena, struct arena *scratch,
                  const struct document *doc, const struct language *language);
void chapter_learn_spellings(struct chapter *chapter);
void chapter_learn_names(struct chapter *chapter);

#endif
