#include "base/arena.h"

#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POISON 1
#endif
#endif

#ifdef POISON
void __asan_poison_memory_region(void const volatile *addr, size_t size);
void __asan_unpoison_memory_region(void const volatile *addr, size_t size);
#define poison(addr, size) __asan_poison_memory_region((addr), (size))
#define unpoison(addr, size) __asan_unpoison_memory_region((addr), (size))
#else
#define poison(addr, size) ((void)(addr), (void)(size))
#define unpoison(addr, size) ((void)(addr), (void)(size))
#endif

enum { ALIGNMENT = 16, FIRST_BLOCK = 4096, LARGEST_STEP = 1 << 20 };

struct arena_block {
    struct arena_block *older;
    size_t size; /* bytes behind this header */
};

#define HEADER ((sizeof(struct arena_block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

static char *block_bytes(struct arena_block *block)
{
    return (char *)block + HEADER;
}

static void add_block(struct arena *arena, size_t least)
{
    size_t size = arena->block ? arena->block->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_STEP)
        size = LARGEST_STEP;
    if (size < least)
        size = least;
    struct arena_block *block = memory_alloc(HEADER + size);
    *block = (struct arena_block){.older = arena->block, .size = size};
    poison(block_bytes(block), size);
    arena->block = block;
    arena->used = 0;
    arena->total += size;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        memory_exhausted();
    /* Under AddressSanitizer 16 poisoned bytes follow each piece, so that overruns are seen. */
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
#ifdef POISON
    rounded += ALIGNMENT;
#else
    rounded += rounded ? 0 : ALIGNMENT;
#endif
    if (!arena->block || arena->block->size - arena->used < rounded)
        add_block(arena, rounded);
    char *piece = block_bytes(arena->block) + arena->used;
    arena->used += rounded;
    unpoison(piece, size);
    return memset(piece, 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t item_size)
{
    size_t size;
    if (__builtin_mul_overflow(count, item_size, &size))
        memory_exhausted();
    return arena_alloc(arena, size);
}

static void free_from(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;
        unpoison(block_bytes(block), block->size);
        free(block);
        block = older;
    }
}

void arena_reset(struct arena *arena)
{
    struct arena_block *kept = arena->block;
    if (!kept)
        return;
    free_from(kept->older);
    kept->older = NULL;
    poison(block_bytes(kept), kept->size);
    arena->used = 0;
    arena->total = kept->size;
}

void arena_finish(struct arena *arena)
{
    free_from(arena->block);
    *arena = (struct arena){0};
}
