/* Numbers under keys: which facts name this, which names end so. A key may have several numbers; they come back in
 * the order they were put in. Keys are hashes, and two things may share one: whoever must be exact compares what
 * the number stands for.
 *
 *     for (int at = multimap_first(&map, key); at >= 0; at = multimap_next(&map, at))
 *         use(multimap_value(&map, at)); */
#ifndef REPASO_BASE_MULTIMAP_H
#define REPASO_BASE_MULTIMAP_H

#include "base/arena.h"

#include <stdint.h>

/* A zeroed map is empty and ready to use. */
struct multimap {
    struct multimap_slot {
        uint64_t key;
        int first, last; /* entry + 1; 0: the slot is free */
    } * slots;
    size_t capacity, used;
    struct {
        struct multimap_entry {
            int value, next; /* next: entry, -1 at the end */
        } * items;
        size_t count, capacity;
    } entries;
};

void multimap_add(struct arena *arena, struct multimap *map, uint64_t key, int value);
/* The first entry under the key, -1 if there is none. */
int multimap_first(const struct multimap *map, uint64_t key);

static inline int multimap_next(const struct multimap *map, int entry)
{
    return map->entries.items[entry].next;
}
static inline int multimap_value(const struct multimap *map, int entry)
{
    return map->entries.items[entry].value;
}

#endif
