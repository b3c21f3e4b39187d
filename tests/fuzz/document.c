/* Any bytes as a chapter: what document_parse accepts must keep what holds for every document. */
#include "fuzz.h"

#include "../document_check.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct document doc;
    struct str source = {(const char *)bytes, size};
    int block;
    if (document_parse(&arena, STR("chapter.md"), source, (struct str){0}, &doc, NULL)) {
        const char *problem = document_problem(&arena, &doc, &block);
        if (problem) {
            fprintf(stderr, "block %d: %s\n", block, problem);
            abort();
        }
    }
    arena_finish(&arena);
    return 0;
}
