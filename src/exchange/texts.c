#include "exchange/texts.h"

#include "base/arena.h"
#include "base/hash.h"

static size_t find_slot(const struct texts *texts, struct str text)
{
    size_t at = hash_str(text) & (texts->size - 1);
    while (texts->slots[at].len && !str_equal(texts->slots[at], text))
        at = (at + 1) & (texts->size - 1);
    return at;
}

static void grow(struct arena *arena, struct texts *texts)
{
    struct texts old = *texts;
    texts->size = old.size ? old.size * 4 : 256;
    texts->slots = arena_array(arena, texts->size, sizeof *texts->slots);
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i].len)
            texts->slots[find_slot(texts, old.slots[i])] = old.slots[i];
}

bool texts_add(struct arena *arena, struct texts *texts, struct str text)
{
    if (texts->count * 2 >= texts->size)
        grow(arena, texts);
    size_t at = find_slot(texts, text);
    if (texts->slots[at].len)
        return false;
    texts->slots[at] = str_copy(arena, text);
    texts->count++;
    return true;
}
