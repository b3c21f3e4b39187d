#include "ui/theme.h"

#include <math.h>

static const uint32_t themes[UI_THEME_COUNT][UI_COLOR_COUNT] = {
    [UI_LIGHT] =
        {
            [UI_BG] = 0xfffaf8f4,           [UI_SURFACE] = 0xffffffff,       [UI_SURFACE2] = 0xfff1eee7,
            [UI_TEXT] = 0xff1c1b1f,         [UI_TEXT2] = 0xff56524b,         [UI_TEXT3] = 0xff6f6a61,
            [UI_BORDER] = 0xffd9d4c9,       [UI_BORDER_STRONG] = 0xff857f73, [UI_ACCENT] = 0xff2456c7,
            [UI_ON_ACCENT] = 0xffffffff,    [UI_ACCENT_SOFT] = 0xffe3ebfb,   [UI_SUCCESS] = 0xff00716b,
            [UI_SUCCESS_SOFT] = 0xffddf3ef, [UI_DANGER] = 0xffb3261e,        [UI_DANGER_SOFT] = 0xfffbe6e4,
            [UI_WARNING] = 0xff8a5a00,      [UI_WARNING_SOFT] = 0xfffff0cf,  [UI_MARK] = 0xffffe9a8,
            [UI_HEAT0] = 0xfff1eee7,        [UI_HEAT1] = 0xffbbc9e3,         [UI_HEAT2] = 0xff88a5dc,
            [UI_HEAT3] = 0xff567fd3,        [UI_HEAT4] = 0xff2456c7,         [UI_SHADOW] = 0x1a000000,
            [UI_SCRIM] = 0x661c1b1f,        [UI_SELECTION] = 0xffc6d6f8,
        },
    [UI_DARK] =
        {
            [UI_BG] = 0xff141518,           [UI_SURFACE] = 0xff1d1f24,       [UI_SURFACE2] = 0xff272a31,
            [UI_TEXT] = 0xffecebe6,         [UI_TEXT2] = 0xffb9b8b2,         [UI_TEXT3] = 0xff9a9a9c,
            [UI_BORDER] = 0xff363a43,       [UI_BORDER_STRONG] = 0xff7b8190, [UI_ACCENT] = 0xff8fb2ff,
            [UI_ON_ACCENT] = 0xff0e1b3d,    [UI_ACCENT_SOFT] = 0xff23304f,   [UI_SUCCESS] = 0xff4fd1c5,
            [UI_SUCCESS_SOFT] = 0xff12343a, [UI_DANGER] = 0xffff9a90,        [UI_DANGER_SOFT] = 0xff42211f,
            [UI_WARNING] = 0xfff2c14e,      [UI_WARNING_SOFT] = 0xff3a2f14,  [UI_MARK] = 0xff5a4a12,
            [UI_HEAT0] = 0xff272a31,        [UI_HEAT1] = 0xff3f495f,         [UI_HEAT2] = 0xff586a91,
            [UI_HEAT3] = 0xff738dc7,        [UI_HEAT4] = 0xff8fb2ff,         [UI_SHADOW] = 0x40000000,
            [UI_SCRIM] = 0x99000000,        [UI_SELECTION] = 0xff2f4675,
        },
    [UI_CONTRAST] =
        {
            [UI_BG] = 0xff000000,           [UI_SURFACE] = 0xff000000,       [UI_SURFACE2] = 0xff1a1a1a,
            [UI_TEXT] = 0xffffffff,         [UI_TEXT2] = 0xffffffff,         [UI_TEXT3] = 0xffe0e0e0,
            [UI_BORDER] = 0xffffffff,       [UI_BORDER_STRONG] = 0xffffffff, [UI_ACCENT] = 0xffffd400,
            [UI_ON_ACCENT] = 0xff000000,    [UI_ACCENT_SOFT] = 0xff262000,   [UI_SUCCESS] = 0xff5cf2e3,
            [UI_SUCCESS_SOFT] = 0xff00211e, [UI_DANGER] = 0xffffb3ab,        [UI_DANGER_SOFT] = 0xff2b0906,
            [UI_WARNING] = 0xffffcf66,      [UI_WARNING_SOFT] = 0xff241a00,  [UI_MARK] = 0xff4a3d00,
            [UI_HEAT0] = 0xff1a1a1a,        [UI_HEAT1] = 0xff594a00,         [UI_HEAT2] = 0xff8f7700,
            [UI_HEAT3] = 0xffc7a600,        [UI_HEAT4] = 0xffffd400,         [UI_SHADOW] = 0,
            [UI_SCRIM] = 0xcc000000,        [UI_SELECTION] = 0xff003a8c,
        },
};

uint32_t ui_theme_color(enum ui_theme theme, enum ui_color color)
{
    return themes[theme][color];
}

/* Text wants 4.5, what is read at length (UI_TEXT) 7, the edges of controls and the focus ring 3. */
static const struct ui_color_pair pairs[] = {
    {UI_TEXT, UI_BG, 7},
    {UI_TEXT, UI_SURFACE, 7},
    {UI_TEXT, UI_SURFACE2, 7},
    {UI_TEXT, UI_MARK, 7},
    {UI_TEXT, UI_SELECTION, 7},
    {UI_TEXT, UI_ACCENT_SOFT, 7},
    {UI_TEXT, UI_SUCCESS_SOFT, 7},
    {UI_TEXT, UI_DANGER_SOFT, 7},
    {UI_TEXT, UI_WARNING_SOFT, 7},
    {UI_TEXT2, UI_BG, 7},
    {UI_TEXT2, UI_SURFACE, 7},
    {UI_TEXT2, UI_SURFACE2, 4.5F},
    {UI_TEXT2, UI_ACCENT_SOFT, 4.5F},
    {UI_TEXT2, UI_SUCCESS_SOFT, 4.5F},
    {UI_TEXT2, UI_DANGER_SOFT, 4.5F},
    {UI_TEXT2, UI_WARNING_SOFT, 4.5F},
    {UI_TEXT3, UI_BG, 4.5F},
    {UI_TEXT3, UI_SURFACE, 4.5F},
    {UI_TEXT3, UI_SURFACE2, 4.5F},
    {UI_BORDER_STRONG, UI_BG, 3},
    {UI_BORDER_STRONG, UI_SURFACE, 3},
    {UI_BORDER_STRONG, UI_SURFACE2, 3},
    {UI_ACCENT, UI_BG, 4.5F},
    {UI_ACCENT, UI_SURFACE, 4.5F},
    {UI_ACCENT, UI_SURFACE2, 4.5F},
    {UI_ACCENT, UI_ACCENT_SOFT, 4.5F},
    {UI_ON_ACCENT, UI_ACCENT, 4.5F},
    {UI_SUCCESS, UI_BG, 4.5F},
    {UI_SUCCESS, UI_SURFACE, 4.5F},
    {UI_SUCCESS, UI_SUCCESS_SOFT, 4.5F},
    {UI_DANGER, UI_BG, 4.5F},
    {UI_DANGER, UI_SURFACE, 4.5F},
    {UI_DANGER, UI_DANGER_SOFT, 4.5F},
    {UI_WARNING, UI_BG, 4.5F},
    {UI_WARNING, UI_SURFACE, 4.5F},
    {UI_WARNING, UI_WARNING_SOFT, 4.5F},
};

const struct ui_color_pair *ui_theme_pairs(int *ret_count)
{
    *ret_count = sizeof pairs / sizeof *pairs;
    return pairs;
}

/* WCAG 2.1, "relative luminance". */
static double luminance(uint32_t color)
{
    static const double weights[3] = {0.0722, 0.7152, 0.2126};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double c = (color >> (8 * i) & 0xff) / 255.0;
        sum += weights[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double ui_contrast(uint32_t a, uint32_t b)
{
    double la = luminance(a), lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}
