/* Anki's gaps: {{c1::text}}, {{c1::text::hint}}, {{c1,3::text}}, one in another. */
#ifndef REPASO_EXCHANGE_CLOZE_H
#define REPASO_EXCHANGE_CLOZE_H

#include "base/str.h"

#include <stdint.h>

struct arena;

enum { CLOZE_DEPTH = 10, CLOZE_LAST = 499 };

/* Which numbers occur, from 1. */
struct cloze_numbers {
    uint64_t bits[CLOZE_LAST / 64 + 1];
    int count;
    bool beyond; /* a number above CLOZE_LAST was met, or gaps nested too deep */
};

/* Adds those of `html`; number 0 gives no card. */
void cloze_find(struct str html, struct cloze_numbers *numbers);
bool cloze_has(const struct cloze_numbers *numbers, int number);

struct cloze_text {
    struct str shown;        /* HTML with the gaps of the number as ____ and all others filled */
    struct str filled;       /* all filled */
    struct str_list answers; /* what stands in those gaps, HTML */
    struct str hint;         /* of the first that has one */
};

struct cloze_text cloze_open(struct arena *arena, struct str html, int number);

#endif
