/* A set of texts. */
#ifndef REPASO_EXCHANGE_TEXTS_H
#define REPASO_EXCHANGE_TEXTS_H

#include "base/str.h"

struct arena;

/* A zeroed set is empty. */
struct texts {
    struct str *slots; /* open addressing; a power of two */
    size_t count, size;
};

/* False: it is in the set already. The text is copied into the arena; it must not be empty. */
bool texts_add(struct arena *arena, struct texts *texts, struct str text);

#endif
