/* The folder's own: a deck's options as the log left them. */
#ifndef REPASO_COLLECTION_OPTIONS_H
#define REPASO_COLLECTION_OPTIONS_H

#include "collection/deck.h"

struct arena;

extern const struct deck_options deck_options_default;

/* Lays the options that a deck sets itself over those it inherits; what is out of bounds is left. */
void options_apply(struct arena *arena, struct str json, struct deck_options *ret);
bool options_general(struct collection *collection, struct deck_options *ret, struct error *e);
/* The cache only; an empty value removes. Inside a transaction. */
bool options_write(struct collection *collection, int64_t deck, struct str name, struct str value,
                   struct error *e);

#endif
