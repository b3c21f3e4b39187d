/* Facts that say the same of several things are asked in one breath: "¿Qué licencia tienen A, B y C?" is one card where
 * three with one answer would follow each other. */
#include "questions/writer.h"

#include "base/hash.h"
#include "text/text.h"

enum { THINGS_MIN = 3, THINGS_MAX = 4 };

/* What is said of several: the role that they fill, and the one that they share. */
static const struct common {
    const char *relation, *things, *shared, *told_by;
} commons[] = {
    {"property", "entity", "value", "attribute"},
};

static const struct common *common_of(const struct fact *fact)
{
    for (size_t i = 0; i < sizeof commons / sizeof *commons; i++)
        if (str_equal(fact->relation, str_from(commons[i].relation)))
            return &commons[i];
    return NULL;
}

static struct str folded(const struct writer *w, const struct fact *fact, const char *role)
{
    const struct filler *filler = fact_role(fact, str_from(role));
    return filler ? text_fold_key(w->arena, filler->text) : (struct str){0};
}

static size_t count_role(const struct fact *fact, const char *role)
{
    size_t count = 0;
    list_each (const struct filler, filler, &fact->roles)
        count += str_equal(filler->role, str_from(role));
    return count;
}

/* Only plain facts about one named thing. */
static bool may_be_gathered(const struct fact *fact, const struct common *common)
{
    const struct filler *thing = common ? fact_role(fact, str_from(common->things)) : NULL;
    return thing && thing->entity >= 0 && fact_role(fact, str_from(common->shared)) && !fact->negative &&
           fact->hedge == HEDGE_NONE && !fact->note && count_role(fact, common->things) == 1 &&
           fact->confidence >= 0.95;
}

static uint64_t group_key(const struct writer *w, const struct fact *fact, const struct common *common)
{
    uint64_t key = hash_combine(hash_str(fact->relation), hash_str(folded(w, fact, common->shared)));
    key = hash_combine(key, hash_str(folded(w, fact, common->told_by)));
    return hash_combine(key, hash_str(fact->verb.lemma));
}

struct group {
    int *items; /* facts */
    size_t count, capacity;
};

struct groups {
    struct group *items;
    size_t count, capacity;
};

static void add_to_group(const struct writer *w, struct multimap *keys, struct groups *groups, int number)
{
    const struct fact *fact = &w->facts->items[number];
    const struct common *common = common_of(fact);
    if (!may_be_gathered(fact, common))
        return;
    uint64_t key = group_key(w, fact, common);
    int at = multimap_first(keys, key);
    struct group *group = at >= 0 ? &groups->items[multimap_value(keys, at)] : NULL;
    if (!group) {
        multimap_add(w->arena, keys, key, (int)groups->count);
        group = list_add(w->arena, groups);
    }
    list_push(w->arena, group, number);
}

/* The first fact with the things of the others beside its own. */
static const struct fact *gathered_fact(const struct writer *w, const int *numbers, size_t count)
{
    const struct fact *first = &w->facts->items[numbers[0]];
    struct str things = str_from(common_of(first)->things);
    struct fact *all = arena_new(w->arena, struct fact);
    *all = *first;
    all->roles = (struct fillers){0};
    all->time = (struct time_value){0};
    for (size_t i = 0; i < count; i++)
        list_push(w->arena, &all->roles, *fact_role(&w->facts->items[numbers[i]], things));
    list_each (const struct filler, filler, &first->roles)
        if (!str_equal(filler->role, things))
            list_push(w->arena, &all->roles, *filler);
    return all;
}

/* Even parts: seven are asked as four and three. */
static void ask_group(struct writer *w, const struct group *group)
{
    size_t parts = (group->count + THINGS_MAX - 1) / THINGS_MAX, done = 0;
    if (group->count < THINGS_MIN)
        return;
    for (size_t part = 0; part < parts; part++) {
        size_t count = (group->count - done + parts - part - 1) / (parts - part), before = w->questions.count;
        const struct fact *all = gathered_fact(w, group->items + done, count);
        ask_template(w, all, str_from(common_of(all)->shared));
        for (size_t i = 0; i < count && w->questions.count > before; i++)
            w->is_gathered[group->items[done + i]] = true;
        done += count;
    }
}

void gather(struct writer *w)
{
    struct multimap keys = {0};
    struct groups groups = {0};
    w->is_gathered = arena_array(w->arena, w->facts->count + 1, sizeof *w->is_gathered);
    for (size_t i = 0; i < w->facts->count; i++)
        add_to_group(w, &keys, &groups, (int)i);
    list_each (const struct group, group, &groups)
        ask_group(w, group);
}

bool is_asked_with_others(const struct writer *w, const struct fact *fact)
{
    bool own = fact >= w->facts->items && fact < w->facts->items + w->facts->count;
    return own && w->is_gathered[fact - w->facts->items];
}
