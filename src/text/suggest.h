/* "Did you mean …?" */
#ifndef REPASO_TEXT_SUGGEST_H
#define REPASO_TEXT_SUGGEST_H

#include "base/str.h"

/* Start with `word` set and the rest zero and try every name there is: `found` is then the nearest one, if it
 * is near enough to have been meant, or NULL. */
struct suggestion {
    struct str word;
    const char *found;
    int distance;
};

void suggestion_try(struct suggestion *suggestion, const char *name);

#endif
