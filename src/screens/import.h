/* Chapters on their way in: what was found in each; nothing is written until the learner says so. */
#ifndef REPASO_SCREENS_IMPORT_H
#define REPASO_SCREENS_IMPORT_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ui;

struct import_file {
    struct str name, lang, error; /* error empty: all is well */
    bool busy;
    double progress; /* 0 to 1, while busy */
    int words, cards, drafts;
    struct str how;        /* a deck from elsewhere: what it was taken for */
    struct str_list notes; /* of it: decks, first cards, what could not be taken as it was */
    bool known;            /* is in the collection already: it will be brought up to date */
};

struct import_view {
    const struct import_file *files;
    size_t count;
    int cards, drafts; /* of all */
    bool busy;
    struct str error; /* of the path that was typed */
    uint64_t revision;
};

void import_screen(struct ui *ui, const struct import_view *view);

#endif
