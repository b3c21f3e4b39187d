/* Sixteen things one may want otherwise. */
#ifndef REPASO_SCREENS_SETTINGS_H
#define REPASO_SCREENS_SETTINGS_H

#include "base/str.h"

#include <stdbool.h>

struct ui;

struct settings_view {
    int language; /* 0 system, 1 español, 2 English */
    int theme;    /* 0 system, 1 light, 2 dark, 3 high contrast */
    int font;     /* 0 Charis, 1 Inter, 2 Andika, 3 OpenDyslexic, 4 Noto Serif */
    double zoom;  /* 0.75 to 2.5 */
    bool four_grades, reduced_motion;
    int accents; /* 0 forgive, 1 warn, 2 demand */
    int typos;   /* 0 by length, 1 none, 2 one */
    int new_per_day;
    double retention;
    bool held_back;    /* some facts stay unpractised, to compare */
    int minutes_a_day; /* what that comes to; 0: not known */
    struct str data_path, version;
};

void settings_screen(struct ui *ui, const struct settings_view *view);

#endif
