#ifndef REPASO_TESTS_PROPERTY_DOCUMENT_PROPERTIES_H
#define REPASO_TESTS_PROPERTY_DOCUMENT_PROPERTIES_H

#include "base/random.h"

#include "../document_check.h"
#include "../document_dump.h"

/* NULL, or what is wrong with the document made of a source. Sources that are refused are good. */
static inline const char *problem_of(struct arena *arena, struct str source)
{
    struct document first, second;
    struct error e;
    int block;
    bool good = document_parse(arena, STR("chapter.md"), source, (struct str){0}, &first, &e);
    if (good != document_parse(arena, STR("chapter.md"), source, (struct str){0}, &second, &e))
        return "the second reading fails or not, unlike the first";
    if (!good)
        return NULL;
    const char *problem = document_problem(arena, &first, &block);
    if (problem)
        return problem;
    struct buffer one = {0}, two = {0};
    dump_document(&one, &first);
    dump_document(&two, &second);
    bool same = str_equal(buffer_str(&one), buffer_str(&two));
    buffer_finish(&one);
    buffer_finish(&two);
    return same ? NULL : "the second reading differs from the first";
}

#endif
