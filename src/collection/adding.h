/* The folder's own: one call of collection_add on its way. */
#ifndef REPASO_COLLECTION_ADDING_H
#define REPASO_COLLECTION_ADDING_H

#include "collection/add.h"
#include "collection/sql.h"

struct adding {
    struct collection *c;
    struct arena *arena;
    const struct addition *what;
    struct str scope, title, lang;
    int64_t deck, chapter;
    int64_t *sources; /* keys of the chapters that a deck file quotes, in their order */
    struct moment now;
    struct add_report *report;
    struct error *e;
};

/* The chapter's entities and facts, in the temporary table `seen_fact` too; `add->chapter` is set. */
bool adding_facts(struct adding *add);
/* Facts that no chapter states any more. */
bool adding_retire_facts(struct adding *add);

#endif
