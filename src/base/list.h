/* Growing arrays in an arena. A list is any struct with `T *items; size_t count, capacity;`.
 *
 *     struct numbers { int *items; size_t count, capacity; } numbers = {0};
 *     list_push(arena, &numbers, 42);
 *     list_each (int, n, &numbers)
 *         printf("%d\n", *n);
 *
 * A push may move the items: keep indices, not pointers, across pushes. */
#ifndef REPASO_BASE_LIST_H
#define REPASO_BASE_LIST_H

#include "base/arena.h"

#include <stddef.h>

/* Room for one more item: the old items, or a copy with doubled capacity. */
void *list_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t item_size);

#define list_push(arena, list, ...)                                                                          \
    ((list)->items =                                                                                         \
         list_grow((arena), (list)->items, (list)->count, &(list)->capacity, sizeof *(list)->items),         \
     (list)->items[(list)->count++] = (__VA_ARGS__))

/* Appends a zeroed item and gives its address (good until the next push). */
#define list_add(arena, list)                                                                                \
    ((list)->items =                                                                                         \
         list_grow((arena), (list)->items, (list)->count, &(list)->capacity, sizeof *(list)->items),         \
     &(list)->items[(list)->count++])

#define list_last(list) (&(list)->items[(list)->count - 1])

#define list_each(type, name, list)                                                                          \
    for (type *name = (list)->items; name && name < (list)->items + (list)->count; name++)

#endif
