/* What kind of thing a name is: votes of every place it stands in. */
#ifndef REPASO_FACTS_TYPES_H
#define REPASO_FACTS_TYPES_H

#include "facts/reading.h"

/* Adds the sentence's names to the chapter's entities and votes on their types. Needs names. */
void types_learn(struct reading *reading);
/* Gives the sentence's names their entities. */
void types_apply(struct reading *reading);

#endif
