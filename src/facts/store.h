/* The facts of a chapter: judged, merged, numbered. */
#ifndef REPASO_FACTS_STORE_H
#define REPASO_FACTS_STORE_H

#include "facts/reading.h"

/* Takes a copy, or merges it with what is there; false if a rule is off or a check keeps it out. */
bool store_add(struct reading *reading, const struct fact *fact);
/* Contradictions become doubts, ordinals and identities are given. */
void store_finish(struct chapter *chapter);

#endif
