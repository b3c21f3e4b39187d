#include "collection/numbers.h"

#include "base/arena.h"
#include "base/hash.h"

static size_t slot_of(const struct numbers *numbers, int64_t number)
{
    size_t at = hash_combine((uint64_t)number, 1) & (numbers->size - 1);
    while (numbers->slots[at] && numbers->slots[at] != number)
        at = (at + 1) & (numbers->size - 1);
    return at;
}

bool numbers_has(const struct numbers *numbers, int64_t number)
{
    return numbers->size && numbers->slots[slot_of(numbers, number)] == number;
}

static void grow(struct arena *arena, struct numbers *numbers)
{
    struct numbers old = *numbers;
    numbers->size = old.size ? old.size * 2 : 64;
    numbers->slots = arena_array(arena, numbers->size, sizeof *numbers->slots);
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i])
            numbers->slots[slot_of(numbers, old.slots[i])] = old.slots[i];
}

void numbers_add(struct arena *arena, struct numbers *numbers, int64_t number)
{
    if (numbers->count * 2 >= numbers->size)
        grow(arena, numbers);
    size_t at = slot_of(numbers, number);
    numbers->count += numbers->slots[at] != number;
    numbers->slots[at] = number;
}
