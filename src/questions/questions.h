/* Facts → cards: questions in good Spanish or English with their accepted forms and choices, best first. */
#ifndef REPASO_QUESTIONS_QUESTIONS_H
#define REPASO_QUESTIONS_QUESTIONS_H

#include "base/error.h"
#include "cards/card.h"
#include "document/document.h"
#include "facts/facts.h"

struct arena;
struct buffer;

struct questions_options {
    struct str scope;       /* what identities stand in: the book's id or the deck's title */
    struct buffer *explain; /* NULL, or takes a line for every question: written, or why not */
};

/* Writes the cards of one chapter, best first. Cards of tier review keep their place in the order; who shows
 * only tier auto skips them. Every card has passed the lints of cards/lint.h, asks what the facts answer in
 * one way only, and quotes its sentence. Those of tier auto are at most questions_budget many. Behind them stand the
 * cards of synthesis, which ask no new fact and are not graded as reviews (cards/card.h). No cards is no error. */
bool questions_write(struct arena *arena, const struct document *doc, const struct facts *facts,
                     const struct questions_options *options, struct cards *ret, struct error *e);

/* How many cards of a chapter are worth learning: one for every 15 words of its text, at least 12. */
size_t questions_budget(const struct document *doc);

#endif
