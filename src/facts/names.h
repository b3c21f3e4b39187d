/* Names in a sentence: people, organisations, works, places; versions and coordinations too. */
#ifndef REPASO_FACTS_NAMES_H
#define REPASO_FACTS_NAMES_H

#include "facts/reading.h"

/* Counts how the sentence's spellings stand inside it, with and without a capital: a capital at the start of a
 * sentence proves nothing, one inside it does. Needs tokens. */
void names_learn(struct reading *reading);
/* Fills reading->names and marks their tokens. Needs tokens, times and what names_learn learnt of the chapter. */
void names_read(struct arena *scratch, struct reading *reading);

/* A capital here is no evidence: start of a sentence, item, cell or quotation. */
bool token_starts_sentence(const struct reading *reading, int i);
/* "3.1", "v2", "4o": may be the version of the name before it. */
bool token_is_version(const struct reading *reading, int i);
/* "7B", "8x7B", "1T": may be a size. */
bool token_is_size(struct str text);

#endif
