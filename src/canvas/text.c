/* Text on paper stays text: Pango lays it out and Cairo embeds its fonts. */
#include "canvas/inside.h"

#include <pango/pangocairo.h>

static PangoLayout *layout_of(struct canvas *canvas, const struct canvas_font *font, struct str text)
{
    PangoLayout *layout = pango_cairo_create_layout(canvas->cairo);
    PangoFontDescription *description = pango_font_description_new();
    pango_font_description_set_family(description, font->family);
    pango_font_description_set_weight(description,
                                      font->weight ? (PangoWeight)font->weight : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(description, font->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_font_description_set_absolute_size(description, (double)(font->size * canvas->scale) * PANGO_SCALE);
    pango_layout_set_font_description(layout, description);
    pango_font_description_free(description);
    pango_layout_set_text(layout, text.ptr ? text.ptr : "", (int)text.len);
    return layout;
}

void canvas_text(struct canvas *canvas, const struct canvas_font *font, struct str text, float x, float y,
                 uint32_t color)
{
    PangoLayout *layout = layout_of(canvas, font, text);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    double baseline = (double)pango_layout_get_baseline(layout) / PANGO_SCALE;
    canvas_source(canvas, color);
    cairo_move_to(canvas->cairo, (double)(x * canvas->scale), (double)(y * canvas->scale) - baseline);
    pango_cairo_show_layout(canvas->cairo, layout);
    g_object_unref(layout);
}

float canvas_text_width(struct canvas *canvas, const struct canvas_font *font, struct str text)
{
    PangoLayout *layout = layout_of(canvas, font, text);
    PangoRectangle extent;
    pango_layout_get_extents(layout, NULL, &extent);
    g_object_unref(layout);
    return (float)extent.width / PANGO_SCALE / canvas->scale;
}

float canvas_text_block(struct canvas *canvas, const struct canvas_font *font, struct str text, float x,
                        float y, float width, uint32_t color)
{
    PangoLayout *layout = layout_of(canvas, font, text);
    PangoRectangle extent;
    pango_layout_set_width(layout, (int)(width * canvas->scale * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_get_extents(layout, NULL, &extent);
    if (color >> 24 != 0) {
        canvas_source(canvas, color);
        cairo_move_to(canvas->cairo, (double)(x * canvas->scale), (double)(y * canvas->scale));
        pango_cairo_show_layout(canvas->cairo, layout);
    }
    g_object_unref(layout);
    return (float)extent.height / PANGO_SCALE / canvas->scale;
}

void canvas_forget_fonts(void)
{
    pango_cairo_font_map_set_default(NULL);
}
