/* Data that dies together. Four lifetimes use it: job, session, screen, frame.
 * Running out of memory aborts the program; there is nothing to check. */
#ifndef REPASO_BASE_ARENA_H
#define REPASO_BASE_ARENA_H

#include <stddef.h>

struct arena_block;

/* A zeroed arena is empty and ready to use. */
struct arena {
    struct arena_block *block; /* newest first */
    size_t used;               /* bytes handed out of the newest block */
    size_t total;              /* bytes held in all blocks */
};

/* Zeroed memory, aligned for any type; size 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);
/* `count` zeroed items; aborts when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t item_size);
#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))

/* Forgets all contents but keeps the largest block for the next round. */
void arena_reset(struct arena *arena);
/* Frees everything; the arena is zeroed and may be used again. */
void arena_finish(struct arena *arena);

#endif
