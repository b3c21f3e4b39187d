/* What a file says about itself before its text: YAML between "---", TOML between "+++". */
#ifndef REPASO_DOCUMENT_FRONT_H
#define REPASO_DOCUMENT_FRONT_H

#include "base/error.h"
#include "base/str.h"

struct arena;

struct front {
    struct str title, lang; /* empty where not given */
    double weight;
    size_t end; /* where the text starts in the source */
};

/* Files without front matter give a zeroed result, but for `end` behind a byte order mark. */
bool front_read(struct arena *arena, struct str path, struct str source, struct front *ret, struct error *e);

#endif
