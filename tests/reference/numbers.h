/* Reads the reference numbers beside the project: JSON as the vector files use it, and CSV logs. Programs
 * that use it exit 77 where the folder is absent. */
#ifndef REPASO_TESTS_NUMBERS_H
#define REPASO_TESTS_NUMBERS_H

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { SKIPPED = 77 };

struct numbers {
    double *items;
    size_t count, capacity;
};

/* The text of a file in the reference folder, or exit 77. */
static inline struct str reference_text(struct arena *arena, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", REFERENCE_FOLDER, name);
    struct str text;
    struct error e;
    if (!file_read(arena, path, (size_t)1 << 28, &text, &e)) {
        printf("skipped: %s\n", e.text);
        exit(SKIPPED);
    }
    return text;
}

/* The first `"name":` at or after `from`, behind the colon; SIZE_MAX when there is none. */
static inline size_t reference_key(struct str json, const char *name, size_t from)
{
    char key[64];
    snprintf(key, sizeof key, "\"%s\":", name);
    size_t at = str_find(json, str_from(key), from);
    return at == SIZE_MAX ? at : at + str_from(key).len;
}

/* All numbers of the (nested) array that starts at or after `at`; null becomes NaN. */
static inline struct numbers reference_array(struct arena *arena, struct str json, size_t at)
{
    struct numbers numbers = {0};
    int depth = 0;
    for (; at < json.len; at++) {
        char c = json.ptr[at];
        if (c == '[')
            depth++;
        else if (c == ']' && --depth == 0)
            break;
        else if (c == 'n') {
            list_push(arena, &numbers, strtod("nan", NULL));
            at += 3;
        } else if (c == '-' || (c >= '0' && c <= '9')) {
            char *end;
            list_push(arena, &numbers, strtod(json.ptr + at, &end));
            at = (size_t)(end - json.ptr) - 1;
        }
    }
    return numbers;
}

#endif
