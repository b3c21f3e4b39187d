/* Text flow: paragraphs are cut into words once, broken into lines for a width, painted word by word.
 *
 * Words are measured and drawn by the fonts once and kept (masks: 8 MiB, least recently used go first);
 * paragraphs are kept while they are on the screen. Nothing is ever cut off: a word too long for its line is
 * broken between letters. */
#ifndef REPASO_UI_TEXT_H
#define REPASO_UI_TEXT_H

#include "ui/ui.h"

struct text_cache;
struct text_paragraph;
struct text_layout;

struct text_span {
    size_t end; /* bytes from the start of the text */
    uint32_t style;
    enum ui_color color, tint;
    int command;
    int64_t argument;
};

/* The text of a node. */
struct ui_text_node {
    struct str text;
    const struct text_span *spans;
    size_t span_count;
    enum ui_family family;
    float size, leading;
    enum ui_color color;
    enum ui_align align;
    int lines;
    bool no_wrap, selectable;
    uint64_t id; /* of the node, for its selection */
    struct text_paragraph *paragraph;
    const struct text_layout *layout;
    float line_height; /* dp */
};

struct text_cache *text_cache_new(const struct ui_fonts *fonts);
void text_cache_free(struct text_cache *cache);
/* Lets go of what the last frames did not use. */
void text_cache_tidy(struct text_cache *cache, uint64_t frame);

/* Cuts into words; gives the width of the widest word and of the longest line, dp. */
void text_prepare(struct text_cache *cache, struct ui_text_node *text, struct str lang, float scale,
                  uint64_t frame, float *ret_min, float *ret_best);
/* Breaks into lines of at most `width` dp; gives the height. */
float text_break(struct text_cache *cache, struct ui_text_node *text, float width, float scale,
                 uint64_t frame);
/* Width of the widest line after text_break, dp. */
float text_width(const struct ui_text_node *text, float scale);
size_t text_line_count(const struct ui_text_node *text);
/* True if `lines` made an ellipsis necessary. */
bool text_is_cut(const struct ui_text_node *text);

/* Inside `r`, whose top left the text starts at. `colors` are the theme's; the selection is from `start` to `end`. */
struct text_paint {
    struct canvas *canvas;
    struct rect r, visible;
    enum ui_theme theme;
    enum ui_color color; /* instead of UI_NONE spans */
    size_t start, end;
};
void text_paint(struct text_cache *cache, const struct ui_text_node *text, const struct text_paint *paint);
/* The offset whose caret is nearest to the point (dp from the top left of the text), and the span under it
 * (-1 beside the text). */
size_t text_offset_at(struct text_cache *cache, const struct ui_text_node *text, float width, float scale,
                      float x, float y, int *ret_span);
/* Where a caret before `offset` stands, dp from the top left. */
struct rect text_caret(struct text_cache *cache, const struct ui_text_node *text, float width, float scale,
                       size_t offset);
/* One line of plain text on any canvas, for charts and painters: the pen at the left end of the baseline, dp. */
float text_line_width(struct text_cache *cache, struct canvas *canvas, enum ui_face face, float size,
                      struct str text);
void text_line_paint(struct text_cache *cache, struct canvas *canvas, enum ui_face face, float size,
                     struct str text, float x, float baseline, uint32_t color);
/* In pixels, where there is no canvas yet. */
float text_word_width(struct text_cache *cache, enum ui_face face, int size_px, struct str text);

#endif
