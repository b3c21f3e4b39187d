/* What the toolkit wants of fonts: a table of functions, so that it needs no font library.
 * sdl/ fills it with real fonts; ui_stub_fonts() has fixed metrics, for trees that must not depend on fonts.
 */
#ifndef REPASO_UI_FONT_H
#define REPASO_UI_FONT_H

#include "base/str.h"
#include "canvas/canvas.h"

enum ui_face {
    UI_FACE_REGULAR,
    UI_FACE_ITALIC,
    UI_FACE_SEMIBOLD,
    UI_FACE_STUDY,
    UI_FACE_STUDY_ITALIC,
    UI_FACE_STUDY_BOLD,
    UI_FACE_STUDY_BOLD_ITALIC,
    UI_FACE_MONO,
    UI_FACE_COUNT
};

/* Pixels above and below the baseline, both positive. */
struct ui_font_metrics {
    float ascent, descent;
};

/* A run is a piece of one line in one direction: usually a word, at most a line. Sizes are pixels of the
 * em square (scale already applied). Characters the face lacks come from the implementation's fallback
 * chain (emoji included); a character nobody has is a box with its number, never nothing. */
struct ui_fonts {
    void *self;
    void (*metrics)(void *self, enum ui_face face, int size_px, struct ui_font_metrics *ret);
    float (*width)(void *self, enum ui_face face, int size_px, struct str run, bool rtl);
    /* The caller frees it; never NULL. Its `left` and `top` place it from the pen on the baseline. */
    struct canvas_mask *(*mask)(void *self, enum ui_face face, int size_px, struct str run, bool rtl);
    /* For paper: the family, weight and slant that canvas_text wants; `size` is not set. May be NULL. */
    void (*describe)(void *self, enum ui_face face, struct canvas_font *ret);
    /* Changes whenever the answers above may (another study font, a font that came late). */
    unsigned generation;
};

/* Every character is 0.55 em wide (0.6 in the semibold and mono faces, 1 em for CJK and emoji, 0 for
 * marks that combine); ascent 0.95 em, descent 0.25 em. Masks are one grey block a character. */
const struct ui_fonts *ui_stub_fonts(void);

#endif
