/* Anki's template language: {{Field}}, {{#Field}}…{{/Field}}, {{^Field}}…{{/Field}}, {{FrontSide}}, and filters
 * before a field: cloze, type, hint, text, furigana, kana, kanji. An unknown filter gives the field as it is. */
#ifndef REPASO_EXCHANGE_TEMPLATE_H
#define REPASO_EXCHANGE_TEMPLATE_H

#include "base/span.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

enum { TEMPLATE_DEPTH = 32, TEMPLATE_SIZE = 1 << 20 };

struct template_input {
    const struct str_list *names, *values; /* of the fields; values may be fewer */
    struct str front;                      /* what {{FrontSide}} gives */
    struct str tags, type, deck, card;
    int number; /* of the gap that is asked; 0: no gaps here */
    bool back;
};

/* A field that the template showed, and where in the output. */
struct template_use {
    size_t field;
    struct span span;
    bool typed;
};

struct template_output {
    struct str html;
    struct {
        struct template_use *items;
        size_t count, capacity;
    } uses;
    struct str hint;         /* of {{hint:…}} or of a gap, HTML */
    struct str_list answers; /* of the gaps that are asked, HTML */
    bool strange;            /* a filter or field that is not known, or too much of it */
};

struct template_output template_render(struct arena *arena, struct str source,
                                       const struct template_input *input);

/* Whether the template shows a field through `cloze:`, one field a bit (fields beyond the 64th do not count). */
uint64_t template_cloze_fields(struct str source, const struct str_list *names);
/* Whether it says {{type:…}}. */
bool template_is_typed(struct str source);

#endif
