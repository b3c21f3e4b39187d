/* Chunks to clauses: one finite verb each, with its subject, object and how much the text commits itself. */
#ifndef REPASO_FACTS_CLAUSES_H
#define REPASO_FACTS_CLAUSES_H

#include "facts/reading.h"

/* Fills reading->clauses. Needs chunks. */
void clauses_read(struct arena *scratch, struct reading *reading);

static inline struct clause *clause_at(const struct reading *reading, int i)
{
    return i >= 0 && (size_t)i < reading->clauses.count ? &reading->clauses.items[i] : NULL;
}

/* The text states the clause as a fact: not negated, supposed, rumoured, promised or the author's own. */
bool clause_asserts(const struct clause *clause);
/* The noun phrases joined to the one at `chunk`: "A (x), B y C". Gives the chunk behind the last; brackets that
 * touch a member belong to the list. */
int coordination_end(const struct reading *reading, int chunk, int end);
/* The next member of a list behind `chunk`, or -1. */
int coordination_next(const struct reading *reading, int chunk, int end);

#endif
