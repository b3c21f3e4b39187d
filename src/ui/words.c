#include "ui/words.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { BYTES_MAX = 8 << 20, SLOTS = 1 << 13 };

struct word_entry {
    struct word_entry *next;          /* in its slot */
    struct word_entry *newer, *older; /* in order of use */
    uint64_t key;
    float width;
    struct canvas_mask *mask; /* NULL until it is drawn */
    size_t len;
    char bytes[];
};

struct words_cache {
    const struct ui_fonts *fonts;
    unsigned generation;
    struct word_entry *slots[SLOTS];
    struct word_entry *newest, *oldest;
    size_t size;
};

uint64_t words_hash(uint64_t seed, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    uint64_t hash = seed ^ (len * UINT64_C(0x9e3779b97f4a7c15)), part;
    for (; len >= 8; at += 8, len -= 8) {
        memcpy(&part, at, 8);
        hash = (hash ^ part) * UINT64_C(0xd6e8feb86659fd93);
        hash ^= hash >> 32;
    }
    part = 0;
    if (len)
        memcpy(&part, at, len);
    hash = (hash ^ part) * UINT64_C(0xd6e8feb86659fd93);
    return hash ^ hash >> 29;
}

struct words_cache *words_new(const struct ui_fonts *fonts)
{
    struct words_cache *cache = memory_alloc(sizeof *cache);
    *cache = (struct words_cache){.fonts = fonts, .generation = fonts->generation};
    return cache;
}

static size_t entry_size(const struct word_entry *entry)
{
    return sizeof *entry + entry->len + (entry->mask ? canvas_mask_size(entry->mask) : 0);
}

static void unlink_use(struct words_cache *cache, struct word_entry *entry)
{
    *(entry->newer ? &entry->newer->older : &cache->newest) = entry->older;
    *(entry->older ? &entry->older->newer : &cache->oldest) = entry->newer;
}

static void link_newest(struct words_cache *cache, struct word_entry *entry)
{
    entry->newer = NULL;
    entry->older = cache->newest;
    *(cache->newest ? &cache->newest->newer : &cache->oldest) = entry;
    cache->newest = entry;
}

static void drop(struct words_cache *cache, struct word_entry *entry)
{
    struct word_entry **at = &cache->slots[entry->key % SLOTS];
    while (*at != entry)
        at = &(*at)->next;
    *at = entry->next;
    unlink_use(cache, entry);
    cache->size -= entry_size(entry);
    canvas_mask_free(entry->mask);
    free(entry);
}

/* The entry in use is the newest, so it stays. */
static void shrink(struct words_cache *cache)
{
    while (cache->size > BYTES_MAX && cache->oldest != cache->newest)
        drop(cache, cache->oldest);
}

static void clear(struct words_cache *cache)
{
    while (cache->oldest)
        drop(cache, cache->oldest);
}

void words_free(struct words_cache *cache)
{
    if (!cache)
        return;
    clear(cache);
    free(cache);
}

static struct word_entry *find(struct words_cache *cache, enum ui_face face, int size_px, bool rtl,
                               struct str run)
{
    if (cache->generation != cache->fonts->generation) {
        clear(cache);
        cache->generation = cache->fonts->generation;
    }
    uint64_t seed = (uint64_t)face << 40 | (uint64_t)rtl << 32 | (uint32_t)size_px;
    uint64_t key = words_hash(seed, run.ptr, run.len);
    struct word_entry **slot = &cache->slots[key % SLOTS], *entry = *slot;
    while (entry && !(entry->key == key && entry->len == run.len && !memcmp(entry->bytes, run.ptr, run.len)))
        entry = entry->next;
    if (entry) {
        unlink_use(cache, entry);
        link_newest(cache, entry);
        return entry;
    }
    entry = memory_alloc(sizeof *entry + run.len);
    *entry = (struct word_entry){
        .next = *slot,
        .key = key,
        .width = cache->fonts->width(cache->fonts->self, face, size_px, run, rtl),
        .len = run.len,
    };
    memcpy(entry->bytes, run.ptr, run.len);
    *slot = entry;
    link_newest(cache, entry);
    cache->size += entry_size(entry);
    shrink(cache);
    return entry;
}

float words_width(struct words_cache *cache, enum ui_face face, int size_px, bool rtl, struct str run)
{
    return run.len ? find(cache, face, size_px, rtl, run)->width : 0;
}

const struct canvas_mask *words_mask(struct words_cache *cache, enum ui_face face, int size_px, bool rtl,
                                     struct str run)
{
    struct word_entry *entry = find(cache, face, size_px, rtl, run);
    if (!entry->mask) {
        entry->mask = cache->fonts->mask(cache->fonts->self, face, size_px, run, rtl);
        cache->size += canvas_mask_size(entry->mask);
        shrink(cache);
    }
    return entry->mask;
}

size_t words_size(const struct words_cache *cache)
{
    return cache->size;
}
