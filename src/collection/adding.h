/* The folder's own: one call of collection_add on its way. */
#ifndef REPASO_COLLECTION_ADDING_H
#define REPASO_COLLECTION_ADDING_H

#include "collection/add.h"
#include "collection/sql.h"

/* A field of a card, as it was and as the new edition has it. */
struct edition {
    const char *field;
    struct str old, now;
};

/* A file that a card shows or plays, and what the collection calls it. */
struct kept_medium {
    struct str path, reference;
};

struct adding {
    struct collection *c;
    struct arena *arena;
    const struct addition *what;
    struct str scope, title, lang;
    int64_t deck, chapter;
    int64_t *sources; /* keys of the chapters that a deck file quotes, in their order */
    struct {
        struct kept_medium *items;
        size_t count, capacity;
    } media;
    struct str_list doubted_rules, doubted_facts; /* by the teacher's decisions */
    struct moment now;
    struct add_report *report;
    struct error *e;
};

/* The chapter's entities and facts, in the temporary table `seen_fact` too; `add->chapter` is set. */
bool adding_facts(struct adding *add);
/* Facts that no chapter states any more. */
bool adding_retire_facts(struct adding *add);

/* Reports those fields that both the learner and the new edition worded anew. `ret_answer`: whether the learner answers
 * by words of their own. */
bool adding_differences(struct adding *add, int64_t key, struct str question, const struct edition *fields,
                        size_t count, bool *ret_answer);

/* What a card is to name in the place of a picture's or recording's path: the file goes into the collection, so that it
 * may be moved or deleted afterwards. Empty for none; what is kept already stays as it is. */
bool adding_medium(struct adding *add, struct str path, struct str *ret_reference);

/* Reads what the teacher's decisions speak against; `add->deck` is set. */
bool adding_doubts(struct adding *add);
/* The card as it is kept: for review if decisions speak against it and it is not in the deck yet. */
struct card adding_doubted(const struct adding *add, const struct card *card, bool is_in_deck);

#endif
