/* Real faces for the toolkit, through SDL_ttf: one word-run in, one mask of coverage out.
 *
 * A face is looked for in REPASO_FONT_DIR, in the folder that Meson was told (no search, 0 ms), among the
 * answers fontconfig gave earlier (kept in the cache folder), and only then is fontconfig asked. A character
 * that a face lacks comes from a chain of others, at last from whatever fontconfig finds for it; what nobody
 * has is a box with its number. Faces are opened when first used. */
#ifndef REPASO_SDL_FONTS_H
#define REPASO_SDL_FONTS_H

#include "base/str.h"

struct fonts;
struct ui_fonts;

/* Never NULL: without a single font file everything is boxes with numbers, and still a window. */
struct fonts *fonts_open(void);
void fonts_close(struct fonts *fonts);
/* Lives as long as `fonts`. */
const struct ui_fonts *fonts_table(struct fonts *fonts);
/* The family of what is studied: "charis", "inter", "andika", "opendyslexic", "noto"; unknown names take the
 * first. True if that changed something. */
bool fonts_set_study(struct fonts *fonts, struct str family);

#endif
