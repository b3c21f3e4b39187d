/* The readable trace of `generate --explain`: what was read, what was found, what was turned away and why. */
#ifndef REPASO_FACTS_EXPLAIN_H
#define REPASO_FACTS_EXPLAIN_H

#include "facts/reading.h"

/* The sentence with its chunks and clauses. Nothing happens unless a trace was asked for. */
void explain_sentence(const struct reading *reading);
/* A fact, kept or not: `objection` is NULL for those kept. */
void explain_fact(const struct reading *reading, const struct fact *fact, const char *objection);
/* Any other remark. */
void explain_note(const struct chapter *chapter, int line, const char *text);

#endif
