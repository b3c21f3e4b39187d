/* Dates in a sentence, as they stand: what they mean in the story is resolved in anchor.h. */
#ifndef REPASO_FACTS_TIME_H
#define REPASO_FACTS_TIME_H

#include "facts/reading.h"

/* Fills reading->times and marks their tokens. Needs tokens. */
void times_read(struct arena *scratch, struct reading *reading);

/* -1, 0, 1: the order of two points by the first instant that each may mean. */
int time_compare(const struct time_value *a, const struct time_value *b);
/* Nothing that one says contradicts the other ("2023" and "julio de 2023"). */
bool time_agrees(const struct time_value *a, const struct time_value *b);

/* "XIX" is 19; 0 if it is no Roman numeral up to 39. */
int roman_value(struct str text);

#endif
