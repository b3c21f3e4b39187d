/* Fonts without fonts: the same widths on every machine. */
#include "base/utf8.h"
#include "text/text.h"
#include "ui/font.h"

#include <math.h>

static bool is_wide(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff00 && c <= 0xff60) || c >= 0x1f300;
}

static bool is_invisible(uint32_t c)
{
    return text_is_mark(c) || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xfeff || c < 0x20;
}

static float advance(enum ui_face face, int size_px, uint32_t c)
{
    if (is_invisible(c))
        return 0;
    float em = is_wide(c) ? 1.0F : face == UI_FACE_SEMIBOLD || face == UI_FACE_MONO ? 0.6F : 0.55F;
    return em * (float)size_px;
}

static void stub_metrics(void *self, enum ui_face face, int size_px, struct ui_font_metrics *ret)
{
    (void)self, (void)face;
    *ret = (struct ui_font_metrics){.ascent = 0.95F * (float)size_px, .descent = 0.25F * (float)size_px};
}

static float stub_width(void *self, enum ui_face face, int size_px, struct str run, bool rtl)
{
    (void)self, (void)rtl;
    float width = 0;
    for (size_t at = 0; at < run.len;)
        width += advance(face, size_px, utf8_next(run, &at));
    return width;
}

static struct canvas_mask *stub_mask(void *self, enum ui_face face, int size_px, struct str run, bool rtl)
{
    int height = (int)ceilf(0.6F * (float)size_px);
    float x = 0;
    struct canvas_mask *mask =
        canvas_mask_new((int)ceilf(stub_width(self, face, size_px, run, rtl)), height, false);
    mask->top = -height;
    for (size_t at = 0; at < run.len;) {
        uint32_t c = utf8_next(run, &at);
        float next = x + advance(face, size_px, c);
        for (int row = 0; row < height && !text_is_blank(c) && mask->pixels; row++)
            for (int column = (int)ceilf(x); column < (int)next - 1 && column < mask->width; column++)
                mask->pixels[row * mask->stride + column] = 160;
        x = next;
    }
    canvas_mask_ready(mask);
    return mask;
}

const struct ui_fonts *ui_stub_fonts(void)
{
    static const struct ui_fonts fonts = {.metrics = stub_metrics, .width = stub_width, .mask = stub_mask};
    return &fonts;
}
