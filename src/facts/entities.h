/* Who and what a chapter speaks of: names, their variants, and what kind of thing each is. */
#ifndef REPASO_FACTS_ENTITIES_H
#define REPASO_FACTS_ENTITIES_H

#include "facts/facts.h"
#include "facts/reading.h"

enum { ENTITY_TYPES = ENTITY_TERM + 1 };

/* What stands beside entities while they are learnt. */
struct entity_votes {
    double type[ENTITY_TYPES];
    int family; /* entity that a version belongs to, -1 */
};

struct entity_index {
    struct entity_slot {
        struct str key; /* folded, without blanks and hyphens */
        int entity;     /* -1: two entities claim it */
    } * slots;
    size_t count, capacity;
    READING_LIST(struct entity_votes, votes);
};

struct chapter;

void entities_init(struct chapter *chapter);
/* The entity of a name by any of its spellings, -1 if there is none (or more than one). One that only the book knows
 * becomes the chapter's. */
int entity_find(struct chapter *chapter, struct str name);
/* The same, added if it is new. */
int entity_add(struct chapter *chapter, struct str name);
void entity_alias(struct chapter *chapter, int entity, struct str alias);
void entity_vote(struct chapter *chapter, int entity, enum entity_type type, double weight);
/* Settles types by the votes: families lend theirs, a margin below 2 stays unknown. */
void entities_settle(struct chapter *chapter);
/* Surnames and first names become aliases of the one full name that carries them. */
void entities_link(struct chapter *chapter);

static inline struct entity *entity_at(const struct entities *entities, int i)
{
    return i >= 0 && (size_t)i < entities->count ? &entities->items[i] : NULL;
}

#endif
