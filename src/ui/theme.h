/* Colours, sizes and spaces, by the names the design gives them. */
#ifndef REPASO_UI_THEME_H
#define REPASO_UI_THEME_H

#include <stdint.h>

enum ui_theme { UI_LIGHT, UI_DARK, UI_CONTRAST, UI_THEME_COUNT };

enum ui_color {
    UI_NONE, /* paint nothing */
    UI_BG,
    UI_SURFACE,
    UI_SURFACE2,
    UI_TEXT,
    UI_TEXT2,
    UI_TEXT3,
    UI_BORDER, /* decoration only */
    UI_BORDER_STRONG,
    UI_ACCENT,
    UI_ON_ACCENT,
    UI_ACCENT_SOFT,
    UI_SUCCESS,
    UI_SUCCESS_SOFT,
    UI_DANGER,
    UI_DANGER_SOFT,
    UI_WARNING,
    UI_WARNING_SOFT,
    UI_MARK, /* behind a highlighted fact; the text on it is always UI_TEXT */
    UI_HEAT0,
    UI_HEAT1,
    UI_HEAT2,
    UI_HEAT3,
    UI_HEAT4,
    UI_SHADOW,
    UI_SCRIM,     /* over everything behind a dialog */
    UI_SELECTION, /* behind selected text */
    UI_COLOR_COUNT
};

/* Type sizes, dp. */
enum {
    UI_CAPTION = 12,
    UI_LABEL = 14,
    UI_BODY = 16,
    UI_CODE = 18,
    UI_READING = 20,
    UI_TITLE = 20,
    UI_H2 = 24,
    UI_PROMPT = 30,
    UI_ANSWER = 34,
    UI_HERO = 44
};
/* Radii, dp. */
enum { UI_RADIUS_CONTROL = 6, UI_RADIUS_BUTTON = 12, UI_RADIUS_CARD = 16, UI_RADIUS_CHIP = 999 };
/* The smallest target for a finger, dp. */
enum { UI_TARGET = 44 };
/* Motion, ms. */
enum { UI_MOTION_STATE = 120, UI_MOTION_MOVE = 180, UI_MOTION_FLIP = 240, UI_MOTION_TIMELINE = 420 };

/* 0xAARRGGBB; UI_NONE is 0. */
uint32_t ui_theme_color(enum ui_theme theme, enum ui_color color);

/* A foreground and the background it is used on, with the ratio that WCAG wants of it. */
struct ui_color_pair {
    enum ui_color foreground, background;
    float wanted;
};
/* Every pair the widgets use. */
const struct ui_color_pair *ui_theme_pairs(int *ret_count);
/* WCAG 2 contrast of two opaque colours, 1 to 21. */
double ui_contrast(uint32_t a, uint32_t b);

#endif
