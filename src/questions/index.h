/* Where to look: which facts a question may meet, and what may stand beside its answer. Built once a chapter, so
 * that the work of a question does not grow with the chapter. */
#ifndef REPASO_QUESTIONS_INDEX_H
#define REPASO_QUESTIONS_INDEX_H

#include "base/multimap.h"
#include "questions/writer.h"

/* What a choice may be taken from, in order of `place`: of an entity its first sentence, of a date its day, of a
 * value its sentence. */
struct pool {
    struct pool_item {
        struct lure lure;
        struct str key;          /* its text, folded */
        double place, bonus;     /* bonus: what the item is worth wherever it stands */
        const struct fact *fact; /* of values: where it stands */
    } * items;
    size_t count, capacity;
    int *by_bonus; /* indices, the greatest bonus first; NULL if all have none */
};

struct index {
    struct multimap fillers;   /* relation, role, filler → facts */
    struct multimap sentences; /* sentence → facts */
    struct multimap spans;     /* block → facts that give an event its dates */
    struct multimap versions;  /* "Rayo" → entities such as "Rayo 2" */
    struct multimap surnames;  /* last word → persons */
    struct multimap verb_keys; /* → index into verbs */
    struct {
        struct conjugated {
            struct str lemma, text;
            enum verb_form_kind kind;
            char number, gender;
        } * items;
        size_t count, capacity;
    } verbs;
    struct multimap pool_keys; /* → index into pools */
    struct {
        struct pool *items;
        size_t count, capacity;
    } pools;
};

struct index *index_new(const struct writer *w);

/* Facts of the relation with the entity, or else the words, in that role; entries of `fillers`. */
int index_entity(const struct index *index, struct str relation, struct str role, int entity);
int index_words(const struct writer *w, struct str relation, struct str role, struct str words);
/* Calls `visit` for the facts of the relation that may have this filler in its role; a fact may come twice. The first
 * that `visit` takes, or NULL. */
const struct fact *index_any(const struct writer *w, struct str relation, const struct filler *filler,
                             bool (*visit)(const struct writer *w, const struct question *q,
                                           const struct fact *fact),
                             const struct question *q);
/* How many that are, at most `limit`. */
size_t index_count(const struct writer *w, struct str relation, const struct filler *filler, size_t limit);

/* Entities like this one; where its kind is unknown, those that fill the same role elsewhere. */
const struct pool *pool_of_entities(const struct writer *w, struct str relation, struct str role, int entity);
/* Dates of the same look. */
const struct pool *pool_of_times(const struct writer *w, const struct time_value *time);
/* Other values of the role. */
const struct pool *pool_of_values(const struct writer *w, const struct fact *fact,
                                  const struct filler *filler);

#endif
