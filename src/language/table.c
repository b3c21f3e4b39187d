#include "base/hash.h"
#include "language/inside.h"

static struct table_slot *find_slot(const struct table *table, struct str word)
{
    size_t at = (size_t)hash_str(word) & (table->capacity - 1);
    while (table->slots[at].word.ptr && !str_equal(table->slots[at].word, word))
        at = (at + 1) & (table->capacity - 1);
    return &table->slots[at];
}

static void grow(struct arena *arena, struct table *table)
{
    struct table old = *table;
    table->capacity = old.capacity ? old.capacity * 4 : 256;
    table->slots = arena_array(arena, table->capacity, sizeof *table->slots);
    for (size_t i = 0; i < old.capacity; i++)
        if (old.slots[i].word.ptr)
            *find_slot(table, old.slots[i].word) = old.slots[i];
}

struct table_slot *table_add(struct arena *arena, struct table *table, struct str word)
{
    if (table->count * 2 >= table->capacity)
        grow(arena, table);
    struct table_slot *slot = find_slot(table, word);
    if (!slot->word.ptr) {
        *slot = (struct table_slot){word, -1, -1};
        table->count++;
    }
    return slot;
}

int table_find(const struct table *table, struct str word)
{
    if (!table->capacity || !word.ptr)
        return -1;
    const struct table_slot *slot = find_slot(table, word);
    return slot->word.ptr ? slot->first : -1;
}
