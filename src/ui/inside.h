/* Shared by the files of ui/ only. */
#ifndef REPASO_UI_INSIDE_H
#define REPASO_UI_INSIDE_H

#include "base/buffer.h"
#include "ui/text.h"
#include "ui/ui.h"

enum { UI_ANIMATIONS = 3, UI_DEPTH_MAX = 128 };

struct ui_animation {
    float from, to;
    int64_t start_ms;
    int ms;
    bool begun;
};

/* What outlives a frame, by node id. */
struct ui_state {
    uint64_t id;
    uint64_t seen; /* number of the last frame that had the node */
    float scroll_x, scroll_y;
    float view_w, view_h, content_w, content_h; /* as last laid out */
    struct ui_animation animations[UI_ANIMATIONS];
    /* A roving group and a long list. */
    uint64_t roving;
    size_t cursor;
    size_t row_count;
    float row_height;
    bool rows;
    struct ui_edit *edit; /* of a field */
};

struct ui_tree {
    struct ui_node *nodes;
    size_t count, capacity;
    struct arena arena;
    uint32_t *index; /* id → node + 1; a power of two of slots */
    size_t slots;
    struct ui_frame frame;
};

/* What a node looked like when last painted. */
struct ui_painted {
    uint64_t id, hash;
    struct rect extent;
};

/* Selected text outside of fields: from a place in one selectable text to a place in the same or another; those
 * between, in reading order, are selected whole. */
struct ui_selected {
    uint64_t anchor_id, caret_id;
    size_t anchor, caret;
};

struct ui {
    const struct ui_fonts *fonts;
    const struct ui_host *host;
    struct ui_tree trees[2];
    struct ui_tree *tree;   /* being built, or last built */
    struct ui_tree *before; /* of the frame before */
    uint64_t frame_number;
    int open[UI_DEPTH_MAX];
    int depth;
    struct ui_state **states; /* open addressing; a power of two of slots */
    size_t state_count, state_slots;
    struct text_cache *text;

    uint64_t focus;
    uint64_t focus_before_modal; /* where it returns when the dialog closes */
    uint64_t modal;              /* the topmost dialog of the last tree; 0 for none */
    uint64_t reveal;             /* scrolled to at the end of the frame */
    uint64_t hover, pressed;
    uint64_t dragging; /* whose scroll bar, slider or selection follows the pointer */
    enum { UI_DRAG_NONE, UI_DRAG_SCROLL, UI_DRAG_SLIDER, UI_DRAG_SELECT, UI_DRAG_MOVE } drag;
    float drag_offset;
    uint64_t grabbed; /* moved by arrows until it is let go */
    float pointer_x, pointer_y;
    struct ui_selected selected;
    struct buffer preedit;
    int preedit_caret;
    struct buffer action_text;
    struct buffer live;
    bool animating, again;
    bool wrote;                 /* in a field since the last frame */
    bool focus_shown, scrolled; /* in the last frame; by hand since then */

    struct ui_painted *painted;
    size_t painted_count, painted_capacity;
    uint64_t painted_frame; /* hash of size, scale, theme; 0 before the first */
};

/* The state of an id, made when missing. The pointer stays good until the toolkit is freed. */
struct ui_state *ui_state_of(struct ui *ui, uint64_t id);
/* NULL if there is none. */
struct ui_state *ui_state_find(const struct ui *ui, uint64_t id);
struct ui_node *ui_open_node(struct ui *ui); /* the innermost open one */
struct ui_node *ui_node_at(const struct ui *ui, uint64_t id);
/* In the tree of the frame before. */
const struct ui_node *ui_node_before(const struct ui *ui, uint64_t id);
uint64_t ui_child_id(struct ui *ui, struct str key);
struct str ui_keep(struct ui *ui, struct str s); /* into the frame's memory */
uint32_t ui_rgb(const struct ui *ui, enum ui_color color);
/* Is `at` inside the subtree of `root` (or is it)? */
bool ui_within(const struct ui *ui, int at, int root);
bool ui_shown(const struct ui_node *node);

/* layout.c */
void ui_layout(struct ui *ui);
void ui_place(struct ui *ui); /* only the last pass: positions, after scrolling */
float ui_scroll_limit(const struct ui_state *state);

/* event.c */
void ui_focus_repair(struct ui *ui);
bool ui_activate(struct ui *ui, const struct ui_node *node, struct ui_action *ret);

/* rows.c */
bool ui_rows_key(struct ui *ui, const struct ui_event *event);

/* select.c */
bool ui_select_press(struct ui *ui, const struct ui_event *event);
void ui_select_drag(struct ui *ui, const struct ui_event *event);
bool ui_has_selection(const struct ui *ui);
struct str ui_selected_text(struct ui *ui, struct arena *arena);
/* The topmost text at a point; -1 if there is none. */
int ui_text_at(const struct ui *ui, float x, float y);
size_t ui_offset_at(struct ui *ui, const struct ui_node *node, float x, float y, int *ret_span);
int ui_hit(const struct ui *ui, float x, float y);

/* edit.c */
struct ui_edit;
void ui_edit_free(struct ui_edit *edit);
enum ui_answer ui_edit_event(struct ui *ui, struct ui_node *node, const struct ui_event *event,
                             struct ui_action *ret);
/* The text of an edit with what is being composed in it. */
struct str ui_edit_text(const struct ui_edit *edit);
void ui_edit_paint(struct ui *ui, struct canvas *canvas, const struct ui_node *node);
uint64_t ui_edit_hash(struct ui *ui, const struct ui_node *node);

/* slider in widgets.c */
bool ui_slider_key(struct ui *ui, const struct ui_node *node, const struct ui_event *event,
                   struct ui_action *ret);
void ui_slider_drag(struct ui *ui, const struct ui_node *node, float x, struct ui_action *ret);

#endif
