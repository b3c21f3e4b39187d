#include "base/multimap.h"

#include "base/list.h"

static struct multimap_slot *slot_of(struct multimap_slot *slots, size_t capacity, uint64_t key)
{
    size_t at = key & (capacity - 1);
    while (slots[at].first && slots[at].key != key)
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static void grow(struct arena *arena, struct multimap *map)
{
    size_t capacity = map->capacity ? map->capacity * 2 : 64;
    struct multimap_slot *slots = arena_array(arena, capacity, sizeof *slots);
    for (size_t i = 0; i < map->capacity; i++)
        if (map->slots[i].first)
            *slot_of(slots, capacity, map->slots[i].key) = map->slots[i];
    map->slots = slots;
    map->capacity = capacity;
}

void multimap_add(struct arena *arena, struct multimap *map, uint64_t key, int value)
{
    if (map->used * 2 >= map->capacity)
        grow(arena, map);
    list_push(arena, &map->entries, ((struct multimap_entry){value, -1}));
    int entry = (int)map->entries.count;
    struct multimap_slot *slot = slot_of(map->slots, map->capacity, key);
    if (slot->first) {
        map->entries.items[slot->last - 1].next = entry - 1;
    } else {
        *slot = (struct multimap_slot){.key = key, .first = entry};
        map->used++;
    }
    slot->last = entry;
}

int multimap_first(const struct multimap *map, uint64_t key)
{
    return map->capacity ? slot_of(map->slots, map->capacity, key)->first - 1 : -1;
}
