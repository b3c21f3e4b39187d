/* What a book's chapters have in common: how its names are written and what they are. */
#ifndef REPASO_FACTS_BOOK_H
#define REPASO_FACTS_BOOK_H

#include "facts/chapter.h"

/* The chapter starts with what the book knows; `book` may be NULL. */
void book_lend(const struct book *book, struct chapter *chapter);

/* In facts.c: opening a chapter, and both learning passes over it. */
void chapter_open(struct chapter *chapter, struct arena *arena, struct arena *scratch,
                  const struct document *doc, const struct language *language);
void chapter_learn(struct chapter *chapter);

#endif
