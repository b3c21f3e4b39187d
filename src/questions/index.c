#include "questions/index.h"

#include "base/hash.h"
#include "text/text.h"

#include <stdlib.h>

/* ---- Facts by what they hold ---- */

static uint64_t role_key(struct str relation, struct str role)
{
    return hash_combine(hash_str(relation), hash_str(role));
}

static uint64_t filler_key(struct str relation, struct str role, int entity)
{
    return hash_combine(role_key(relation, role), (uint64_t)entity);
}

static uint64_t words_key(const struct writer *w, struct str relation, struct str role, struct str words)
{
    return hash_combine(role_key(relation, role), hash_str(text_fold_key(w->scratch, words)));
}

static void add_fillers(const struct writer *w, struct index *index, const struct fact *fact, int number)
{
    list_each (const struct filler, filler, &fact->roles) {
        multimap_add(w->arena, &index->fillers, words_key(w, fact->relation, filler->role, filler->text),
                     number);
        if (filler->entity >= 0)
            multimap_add(w->arena, &index->fillers, filler_key(fact->relation, filler->role, filler->entity),
                         number);
    }
}

static void add_facts(const struct writer *w, struct index *index)
{
    for (size_t i = 0; i < w->facts->count; i++) {
        const struct fact *fact = &w->facts->items[i];
        const struct filler *event = fact_role(fact, STR("event"));
        add_fillers(w, index, fact, (int)i);
        multimap_add(w->arena, &index->sentences, (uint64_t)fact->sentence, (int)i);
        if (event && event->entity >= 0 && str_equal(fact->relation, STR("span")))
            multimap_add(w->arena, &index->spans, (uint64_t)w->doc->sentences.items[fact->sentence].block,
                         (int)i);
        arena_reset(w->scratch);
    }
}

/* ---- Entities by the look of their names ---- */

static void add_version(const struct writer *w, struct index *index, struct str name, int entity)
{
    for (size_t i = 0; i + 1 < name.len; i++)
        if (name.ptr[i] == ' ' && name.ptr[i + 1] >= '1' && name.ptr[i + 1] <= '9')
            multimap_add(w->arena, &index->versions, hash_str(str_slice(name, 0, i)), entity);
}

static struct str last_word(struct str name)
{
    size_t at = name.len;
    while (at > 0 && name.ptr[at - 1] != ' ')
        at--;
    return str_slice(name, at, name.len);
}

static void add_entities(const struct writer *w, struct index *index)
{
    for (size_t i = 0; i < w->facts->entities.count; i++) {
        const struct entity *entity = &w->facts->entities.items[i];
        add_version(w, index, entity->name, (int)i);
        if (entity->type == ENTITY_PERSON)
            multimap_add(w->arena, &index->surnames, hash_str(last_word(entity->name)), (int)i);
    }
}

struct index *index_new(const struct writer *w)
{
    struct index *index = arena_new(w->arena, struct index);
    add_facts(w, index);
    add_entities(w, index);
    return index;
}

int index_entity(const struct index *index, struct str relation, struct str role, int entity)
{
    return multimap_first(&index->fillers, filler_key(relation, role, entity));
}

int index_words(const struct writer *w, struct str relation, struct str role, struct str words)
{
    return multimap_first(&w->index->fillers, words_key(w, relation, role, words));
}

static const struct fact *any_from(const struct writer *w, int at,
                                   bool (*visit)(const struct writer *w, const struct question *q,
                                                 const struct fact *fact),
                                   const struct question *q)
{
    for (; at >= 0; at = multimap_next(&w->index->fillers, at)) {
        const struct fact *fact = &w->facts->items[multimap_value(&w->index->fillers, at)];
        if (visit(w, q, fact))
            return fact;
    }
    return NULL;
}

/* An entity may stand in another fact as bare words. */
const struct fact *index_any(const struct writer *w, struct str relation, const struct filler *filler,
                             bool (*visit)(const struct writer *w, const struct question *q,
                                           const struct fact *fact),
                             const struct question *q)
{
    const struct fact *found =
        filler->entity < 0
            ? NULL
            : any_from(w, index_entity(w->index, relation, filler->role, filler->entity), visit, q);
    return found ? found : any_from(w, index_words(w, relation, filler->role, filler->text), visit, q);
}

static size_t count_from(const struct index *index, int at, size_t limit)
{
    size_t count = 0;
    for (; at >= 0 && count < limit; at = multimap_next(&index->fillers, at))
        count++;
    return count;
}

size_t index_count(const struct writer *w, struct str relation, const struct filler *filler, size_t limit)
{
    size_t count = count_from(w->index, index_words(w, relation, filler->role, filler->text), limit);
    if (filler->entity >= 0 && count < limit)
        count += count_from(w->index, index_entity(w->index, relation, filler->role, filler->entity),
                            limit - count);
    return count;
}

/* ---- Verbs ---- */

static bool is_form(const struct conjugated *verb, struct str lemma, enum verb_form_kind kind, char number,
                    char gender)
{
    return verb->kind == kind && verb->number == number && verb->gender == gender &&
           str_equal(verb->lemma, lemma);
}

struct str conjugate(const struct writer *w, struct str lemma, enum verb_form_kind kind, char number,
                     char gender)
{
    struct index *index = w->index;
    uint64_t key =
        hash_combine(hash_str(lemma), (uint64_t)kind << 16 | (uint64_t)number << 8 | (uint64_t)gender);
    for (int at = multimap_first(&index->verb_keys, key); at >= 0;
         at = multimap_next(&index->verb_keys, at)) {
        const struct conjugated *verb = &index->verbs.items[multimap_value(&index->verb_keys, at)];
        if (is_form(verb, lemma, kind, number, gender))
            return verb->text;
    }
    struct str text = language_conjugate(w->language, w->arena, lemma, kind, number, gender);
    multimap_add(w->arena, &index->verb_keys, key, (int)index->verbs.count);
    list_push(w->arena, &index->verbs, ((struct conjugated){lemma, text, kind, number, gender}));
    return text;
}

/* ---- Pools ---- */

static int by_place(const void *a, const void *b)
{
    const struct pool_item *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return str_compare(x->lure.text, y->lure.text);
}

static int by_bonus(const void *a, const void *b, void *items)
{
    const struct pool_item *x = (struct pool_item *)items + *(const int *)a;
    const struct pool_item *y = (struct pool_item *)items + *(const int *)b;
    if (x->bonus != y->bonus)
        return x->bonus < y->bonus ? 1 : -1;
    return *(const int *)a - *(const int *)b;
}

static void finish(const struct writer *w, struct pool *pool)
{
    bool has_bonus = false;
    if (pool->count > 1)
        qsort(pool->items, pool->count, sizeof *pool->items, by_place);
    list_each (struct pool_item, item, pool) {
        item->key = text_fold(w->arena, item->lure.text);
        has_bonus |= item->bonus > 0;
    }
    if (!has_bonus)
        return;
    pool->by_bonus = arena_array(w->arena, pool->count, sizeof *pool->by_bonus);
    for (size_t i = 0; i < pool->count; i++)
        pool->by_bonus[i] = (int)i;
    qsort_r(pool->by_bonus, pool->count, sizeof *pool->by_bonus, by_bonus, pool->items);
}

/* The pool under the key; `fresh` if the caller is to fill it. */
static struct pool *find(const struct writer *w, uint64_t key, bool *fresh)
{
    struct index *index = w->index;
    int at = multimap_first(&index->pool_keys, key);
    *fresh = at < 0;
    if (at >= 0)
        return &index->pools.items[multimap_value(&index->pool_keys, at)];
    multimap_add(w->arena, &index->pool_keys, key, (int)index->pools.count);
    return list_add(w->arena, &index->pools);
}

static bool is_of_kind(const struct entity *a, const struct entity *b)
{
    return a->type == b->type && a->plural == b->plural && str_equal(a->class_noun, b->class_noun);
}

const struct pool *pool_of_entities(const struct writer *w, struct str relation, struct str role, int entity)
{
    const struct entities *all = &w->facts->entities;
    const struct entity *like = &all->items[entity];
    bool kind_is_known = like->class_noun.len || like->type == ENTITY_PERSON, fresh;
    uint64_t key = hash_combine(hash_str(like->class_noun), (uint64_t)like->type * 2 + like->plural);
    struct pool *pool = find(w, kind_is_known ? key : hash_combine(key, role_key(relation, role)), &fresh);
    for (size_t i = 0; fresh && i < all->count; i++) {
        const struct entity *other = &all->items[i];
        if (is_of_kind(other, like) && (kind_is_known || index_entity(w->index, relation, role, (int)i) >= 0))
            list_push(w->arena, pool,
                      ((struct pool_item){.lure = {other->name, (int)i, NULL},
                                          .place = other->first_sentence,
                                          .bonus = 0.1 * other->mentions}));
    }
    if (fresh)
        finish(w, pool);
    return pool;
}

const struct pool *pool_of_times(const struct writer *w, const struct time_value *like)
{
    bool fresh, vague = like->vague.len > 0;
    uint64_t key =
        hash_combine(hash_str(STR("time")), (uint64_t)like->precision * 4 + like->range * 2 + vague);
    struct pool *pool = find(w, key, &fresh);
    struct multimap seen = {0};
    if (!fresh)
        return pool;
    list_each (const struct fact, fact, w->facts) {
        const struct time_value *time = &fact->time;
        if (!time_is_set(time) || time->precision != like->precision || time->range != like->range ||
            (time->vague.len > 0) != vague)
            continue;
        struct str text = time_answer(w, time);
        if (multimap_first(&seen, hash_str(text)) >= 0)
            continue;
        multimap_add(w->arena, &seen, hash_str(text), 0);
        list_push(w->arena, pool,
                  ((struct pool_item){.lure = {text, -1, time}, .place = time_position(time)}));
    }
    finish(w, pool);
    return pool;
}

/* A motto is no licence, a height no number of parameters. */
static struct str sort_of(const struct fact *fact)
{
    const struct filler *attribute = fact_role(fact, STR("attribute")), *unit = fact_role(fact, STR("unit"));
    return attribute ? attribute->text : unit ? unit->text : (struct str){0};
}

const struct pool *pool_of_values(const struct writer *w, const struct fact *fact_like,
                                  const struct filler *like)
{
    bool fresh;
    struct str relation = fact_like->relation, sort = sort_of(fact_like);
    uint64_t key = hash_combine(role_key(relation, like->role), hash_str(like->counted) | 1);
    struct pool *pool = find(w, hash_combine(key, hash_str(sort)), &fresh);
    if (!fresh)
        return pool;
    list_each (const struct fact, fact, w->facts) {
        if (!str_equal(fact->relation, relation) || !str_equal(sort_of(fact), sort))
            continue;
        list_each (const struct filler, filler, &fact->roles)
            if (filler->entity < 0 && str_equal(filler->role, like->role) &&
                str_equal(filler->counted, like->counted))
                list_push(w->arena, pool,
                          ((struct pool_item){
                              .lure = {filler->text, -1, NULL}, .place = fact->sentence, .fact = fact}));
    }
    finish(w, pool);
    return pool;
}
