/* The comments of a YAML file, which a tree of its values does not have. */
#ifndef REPASO_DECKS_COMMENTS_H
#define REPASO_DECKS_COMMENTS_H

#include "base/str.h"

#include <stdbool.h>

struct arena;

struct comment {
    int line;        /* from 1 */
    struct str text; /* from its # on, blanks at the end cut */
    bool alone;      /* nothing else stands in its line */
};

struct comments {
    struct comment *items;
    size_t count, capacity;
};

/* Finds them in the order of the file. `yaml` has been read without error. */
struct comments comments_find(struct arena *arena, struct str yaml);

#endif
