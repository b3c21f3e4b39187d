/* The folder's own: a set of numbers. */
#ifndef REPASO_COLLECTION_NUMBERS_H
#define REPASO_COLLECTION_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* A zeroed set is empty. 0 cannot be a member. */
struct numbers {
    int64_t *slots; /* open addressing; 0: free */
    size_t size, count;
};

bool numbers_has(const struct numbers *numbers, int64_t number);
void numbers_add(struct arena *arena, struct numbers *numbers, int64_t number);

#endif
