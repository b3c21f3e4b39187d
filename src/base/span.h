/* Stretches of a text by byte offsets, end exclusive. */
#ifndef REPASO_BASE_SPAN_H
#define REPASO_BASE_SPAN_H

#include <stddef.h>

struct span {
    size_t start, end;
};

struct spans {
    struct span *items;
    size_t count, capacity;
};

#endif
