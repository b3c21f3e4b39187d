/* What lies over a screen: the sheet of all keys and the command palette. */
#ifndef REPASO_SCREENS_OVERLAY_H
#define REPASO_SCREENS_OVERLAY_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct ui;

struct overlay_row {
    struct str name, keys, help;
    struct str note; /* beside the name: what it is, the answer of a card */
    bool heading;    /* a title over the rows that follow */
    bool enabled;
};

struct overlay_view {
    const struct overlay_row *rows;
    size_t count;
    unsigned long revision; /* of the palette: opened anew, its field is empty */
};

void help_sheet(struct ui *ui, const struct overlay_view *view);
void palette_sheet(struct ui *ui, const struct overlay_view *view);

#endif
