#include "facts/entities.h"

#include "base/hash.h"
#include "facts/book.h"
#include "facts/chapter.h"
#include "text/text.h"

#include <string.h>

/* Types need this lead over the next to be believed. */
static const double type_margin = 1.5;

void entities_init(struct chapter *chapter)
{
    struct entity_index *index = &chapter->index;
    index->capacity = 256;
    index->slots = arena_array(chapter->arena, index->capacity, sizeof *index->slots);
}

static struct entity_slot *slot_for(struct entity_slot *slots, size_t capacity, struct str key)
{
    size_t at = hash_str(key) & (capacity - 1);
    while (slots[at].key.len && !str_equal(slots[at].key, key))
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static void grow(struct chapter *chapter)
{
    struct entity_index *index = &chapter->index;
    size_t capacity = index->capacity * 2;
    struct entity_slot *slots = arena_array(chapter->arena, capacity, sizeof *slots);
    for (size_t i = 0; i < index->capacity; i++)
        if (index->slots[i].key.len)
            *slot_for(slots, capacity, index->slots[i].key) = index->slots[i];
    index->slots = slots;
    index->capacity = capacity;
}

static void claim(struct chapter *chapter, struct str name, int entity, bool override)
{
    struct entity_index *index = &chapter->index;
    if (index->count * 2 >= index->capacity)
        grow(chapter);
    struct str key = text_fold_key(chapter->scratch, name);
    if (!key.len)
        return;
    struct entity_slot *slot = slot_for(index->slots, index->capacity, key);
    if (slot->key.len) {
        if (override)
            slot->entity = entity;
        return;
    }
    slot->key = str_copy(chapter->arena, key);
    slot->entity = entity;
    index->count++;
}

/* What the book knows of an entity, without its place and its mentions, which are the chapter's own. */
static int adopt(struct chapter *chapter, const struct known *known, int number)
{
    const struct entity *from = &known->entities.items[number];
    struct str key = text_fold_key(chapter->scratch, from->name);
    const struct entity_slot *slot = slot_for(chapter->index.slots, chapter->index.capacity, key);
    if (slot->key.len)
        return slot->entity;
    int entity = (int)chapter->entities->count;
    struct entity copy = *from;
    copy.mentions = 0;
    copy.first_sentence = -1;
    copy.heading = copy.bold = false;
    copy.type = ENTITY_UNKNOWN;
    copy.aliases.capacity = copy.aliases.count; /* the book's list: a push makes a copy */
    list_push(chapter->arena, chapter->entities, copy);
    list_push(chapter->arena, &chapter->index.votes, known->votes[number]);
    claim(chapter, from->name, entity, true);
    list_each (const struct str, alias, &from->aliases)
        claim(chapter, *alias, entity, true);
    return entity;
}

int entity_find(struct chapter *chapter, struct str name)
{
    struct str key = text_fold_key(chapter->scratch, name);
    if (!key.len)
        return -1;
    const struct entity_slot *slot = slot_for(chapter->index.slots, chapter->index.capacity, key);
    if (slot->key.len || !chapter->known || &chapter->known->chapter == chapter)
        return slot->key.len ? slot->entity : -1;
    const struct entity_index *book = &chapter->known->chapter.index;
    slot = slot_for(book->slots, book->capacity, key);
    return slot->key.len && slot->entity >= 0 ? adopt(chapter, chapter->known, slot->entity) : -1;
}

int entity_add(struct chapter *chapter, struct str name)
{
    int found = entity_find(chapter, name);
    if (found >= 0)
        return found;
    int entity = (int)chapter->entities->count;
    list_push(chapter->arena, chapter->entities,
              (struct entity){.name = str_copy(chapter->arena, name), .first_sentence = -1});
    list_push(chapter->arena, &chapter->index.votes, (struct entity_votes){.family = -1});
    claim(chapter, name, entity, true);
    return entity;
}

void entity_alias(struct chapter *chapter, int entity, struct str alias)
{
    struct entity *e = entity_at(chapter->entities, entity);
    if (!e || str_equal(e->name, alias) || str_list_has(&e->aliases, alias))
        return;
    list_push(chapter->arena, &e->aliases, str_copy(chapter->arena, alias));
    claim(chapter, alias, entity, true);
}

void entity_vote(struct chapter *chapter, int entity, enum entity_type type, double weight)
{
    if (entity >= 0)
        chapter->index.votes.items[entity].type[type] += weight;
}

static enum entity_type winner(const struct entity_votes *votes)
{
    int best = 0, second = 0;
    for (int t = 1; t < ENTITY_TYPES; t++) {
        if (votes->type[t] > votes->type[best] || best == 0)
            second = best, best = t;
        else if (votes->type[t] > votes->type[second] || second == 0)
            second = t;
    }
    if (votes->type[best] <= 0 || votes->type[best] - (second ? votes->type[second] : 0) < type_margin)
        return ENTITY_UNKNOWN;
    return (enum entity_type)best;
}

static bool is_family_end(char c)
{
    return c == ' ' || c == '-';
}

/* "Zeta 2" → "Zeta", "Orbe v3" → "Orbe"; empty if the name bears no version. */
static struct str family_name(struct str name)
{
    size_t at = name.len;
    while (at > 0 && !is_family_end(name.ptr[at - 1]))
        at--;
    if (at < 2 || at >= name.len)
        return (struct str){0};
    char first = name.ptr[at], next = at + 1 < name.len ? name.ptr[at + 1] : '0';
    bool version =
        (first >= '0' && first <= '9') || ((first == 'v' || first == 'V') && next >= '0' && next <= '9');
    return version ? str_slice(name, 0, at - 1) : (struct str){0};
}

void entities_settle(struct chapter *chapter)
{
    struct entity_index *index = &chapter->index;
    for (size_t i = 0; i < chapter->entities->count; i++) {
        struct str family = family_name(chapter->entities->items[i].name);
        int parent = family.len ? entity_find(chapter, family) : -1;
        if (parent < 0 || parent == (int)i)
            continue;
        index->votes.items[i].family = parent;
        for (int t = 0; t < ENTITY_TYPES; t++)
            index->votes.items[i].type[t] += index->votes.items[parent].type[t] / 2;
        index->votes.items[parent].type[ENTITY_WORK] += 1.5;
        struct entity *e = &chapter->entities->items[i];
        if (!e->class_noun.len)
            e->class_noun = chapter->entities->items[parent].class_noun;
    }
    for (size_t i = 0; i < chapter->entities->count; i++)
        chapter->entities->items[i].type = winner(&index->votes.items[i]);
}

/* "Washington" behind "George Washington" is the man, unless the passage says clearly that it is a place. */
static bool is_mistyped(const struct chapter *chapter, const struct entity *full, int bare)
{
    const struct entity *e = &chapter->entities->items[bare];
    return e->first_sentence > full->first_sentence && chapter->index.votes.items[bare].type[e->type] < 3.5;
}

/* Bare first names and surnames, each with the full name that carries it; the one that is named more wins if it
 * comes no later. */
void entities_link(struct chapter *chapter)
{
    struct entities *all = chapter->entities;
    size_t count = all->count;
    for (size_t i = 0; i < count; i++) {
        struct entity *full = &all->items[i];
        if (full->type != ENTITY_PERSON)
            continue;
        struct str rest = full->name, part;
        while (str_split(&rest, ' ', &part)) {
            if (part.len < 3 || part.len == full->name.len)
                continue;
            int bare = entity_find(chapter, part);
            bool ends = !rest.len || str_equal(rest, STR("Jr.")) || str_equal(rest, STR("Jr"));
            if (bare < 0 && ends && (forms_get(&chapter->forms, part)->flags & IS_ROLE))
                entity_alias(chapter, (int)i, part); /* "King" of "Coretta King" */
            if (bare < 0 || bare == (int)i || chapter->index.votes.items[bare].family == -2)
                continue;
            struct entity *short_one = &all->items[bare];
            if (!str_equal(short_one->name, part)) {
                /* Another full name holds this part already. */
                if (short_one->first_sentence <= full->first_sentence)
                    continue;
            } else if (short_one->type != ENTITY_UNKNOWN && short_one->type != ENTITY_PERSON &&
                       !is_mistyped(chapter, full, bare)) {
                continue;
            } else if (short_one->first_sentence < full->first_sentence && full->mentions < 2) {
                continue;
            }
            full->mentions += short_one->mentions;
            entity_alias(chapter, (int)i, part);
        }
    }
}
