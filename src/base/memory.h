/* Heap memory for what no arena suits. Out of memory aborts with a sentence. */
#ifndef REPASO_BASE_MEMORY_H
#define REPASO_BASE_MEMORY_H

#include <stddef.h>

void *memory_alloc(size_t size); /* not zeroed; free() it */
void *memory_realloc(void *old, size_t size);
_Noreturn void memory_exhausted(void);

#endif
