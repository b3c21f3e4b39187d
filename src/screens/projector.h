/* One question for a room: it fills the wall, and the teacher counts who had it. */
#ifndef REPASO_SCREENS_PROJECTOR_H
#define REPASO_SCREENS_PROJECTOR_H

#include "cards/card.h"

#include <stdbool.h>
#include <stdint.h>

struct ui;

struct projector_view {
    const struct card *card; /* NULL: over */
    bool back;
    int done, total;
    int asked, knew; /* sums of the counts given so far, of how many learners */
    int class_size;  /* 0: not said yet */
    uint64_t revision;
};

void projector_screen(struct ui *ui, const struct projector_view *view);

#endif
