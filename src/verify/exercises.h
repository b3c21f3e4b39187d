/* The book's own questions as cards, where the book itself answers them: keys, "Answer:", solutions, glossaries. */
#ifndef REPASO_VERIFY_EXERCISES_H
#define REPASO_VERIFY_EXERCISES_H

#include "cards/card.h"
#include "document/document.h"
#include "facts/facts.h"

struct arena;

/* Appends a card for every exercise that has an answer: its words, its options, the key's answer and what the key
 * explains. Each is linked to the passage of the chapter that has most of question and answer, else to itself. An
 * answer too long to be typed makes a `why`, which nobody but the learner grades. Cards that break a lint wait in
 * review. `scope` as in facts_options. */
void exercises_write(struct arena *arena, const struct document *doc, const struct facts *facts,
                     struct str scope, struct cards *ret);

#endif
