/* What screens are made of. All of it stands on ui_open and ui_text; a screen may do without. */
#ifndef REPASO_UI_WIDGETS_H
#define REPASO_UI_WIDGETS_H

#include "ui/ui.h"

/* ---- Buttons ---- */

enum ui_look {
    UI_PLAIN,   /* border and surface */
    UI_PRIMARY, /* the one thing to do here */
    UI_QUIET,   /* text only until hovered */
    UI_LOOK_DANGER
};

struct ui_button {
    struct str key;
    int command;
    int64_t argument;
    struct str text_argument;
    struct str label; /* empty takes the command's name */
    struct str keys;  /* empty takes the command's; a button of neither shows no key-cap */
    struct str icon;  /* a character before the label, not read aloud */
    struct str help;
    enum ui_look look;
    enum ui_role role; /* 0 is a button */
    uint32_t state;    /* UI_DISABLED, UI_SELECTED, UI_CHECKED, UI_EXPANDED */
    bool autofocus;
    bool no_keys;   /* no key-cap even if there is a chord */
    bool only_icon; /* the label is read aloud, not shown */
    bool compact;   /* 32 dp high (the target is 44 all the same), for tool bars */
    struct ui_size width;
};
int ui_button_box(struct ui *ui, const struct ui_button *button);
#define ui_button(ui, ...) ui_button_box((ui), &(struct ui_button){__VA_ARGS__})

/* A grade: coloured by meaning, a glyph and a word, the next interval below, the key at the right. */
struct ui_grade {
    int command;
    int64_t argument;
    struct str label, interval, keys;
    struct str glyph;          /* "✗", "~", "✓", "»": colour never says it alone */
    enum ui_color color, soft; /* UI_DANGER and UI_DANGER_SOFT … */
    bool autofocus;
};
/* Opens the row that grades stand in: side by side, two by two where it is narrow. Close with ui_close. */
void ui_grades(struct ui *ui, int count, float max_width);
int ui_grade_box(struct ui *ui, const struct ui_grade *grade);
#define ui_grade(ui, ...) ui_grade_box((ui), &(struct ui_grade){__VA_ARGS__})

/* Text that performs a command. */
int ui_link(struct ui *ui, struct str key, struct str label, int command, int64_t argument);
/* The picture of a key. */
void ui_keycap(struct ui *ui, struct str keys);
/* Key-cap and word at the foot of a screen; a click performs the command. Name and key come from the host. */
void ui_hint(struct ui *ui, int command);
void ui_hints(struct ui *ui, const int *commands, int count); /* a row of them that wraps */

/* ---- Surfaces ---- */

/* Opens a surface with border, shadow, radius 16 and padding 32 (24 when narrow). Close with ui_close. */
int ui_card_box(struct ui *ui, const struct ui_box *box);
#define ui_card(ui, ...) ui_card_box((ui), &(struct ui_box){__VA_ARGS__})
void ui_divider(struct ui *ui);
/* Opens a block with a bar at its left: the passage. Close with ui_close. */
void ui_quote(struct ui *ui, struct str key);
void ui_chip(struct ui *ui, struct str label, enum ui_color color, enum ui_color soft);
void ui_heading(struct ui *ui, struct str text, float size);
/* A short message at the foot; live, leaves by itself when the caller stops emitting it. With a command, a
 * button ("Undo"). */
void ui_toast(struct ui *ui, struct str text, int command, struct str label);
/* Opens a dialog over everything: traps the focus, Esc performs `dismiss`. Close with ui_close_dialog. */
void ui_dialog(struct ui *ui, struct str key, struct str title, float width, int dismiss);
void ui_close_dialog(struct ui *ui);
/* A column in the middle with a glyph, a title, a sentence; buttons may follow. Close with ui_close. */
void ui_empty(struct ui *ui, struct str glyph, struct str title, struct str text);

/* ---- Fields ---- */

struct ui_field {
    struct str key;
    struct str label; /* read aloud, and shown above unless `bare` */
    struct str placeholder;
    struct str initial; /* the text when the field first appears, and again when `revision` changes */
    uint64_t revision;
    int command; /* performed by Enter (Ctrl+Enter if multiline) with the text */
    int changed; /* performed on every edit with the text; 0 for none */
    int64_t argument;
    struct str error; /* shown below; the field is then invalid */
    enum ui_family family;
    float size;  /* 0 is UI_BODY */
    float lines; /* of a multiline field: its least height in lines */
    bool multiline, autofocus, bare, disabled;
    struct ui_size width;
    struct str lang;
};
int ui_field_box(struct ui *ui, const struct ui_field *field);
#define ui_field(ui, ...) ui_field_box((ui), &(struct ui_field){__VA_ARGS__})
/* The text now, in the frame's memory; empty if there is no such field. */
struct str ui_field_text(struct ui *ui, uint64_t id);
void ui_field_set(struct ui *ui, uint64_t id, struct str text);

/* ---- Choices ---- */

/* A switch with its label; performs the command, with argument. */
int ui_toggle(struct ui *ui, struct str key, struct str label, bool on, int command, int64_t argument);
/* A number by dragging or ←→; performs the command with action.number. `text` is the value as read. */
int ui_slider(struct ui *ui, struct str key, struct str label, double value, double min, double max,
              double step, struct str text, int command);
/* One of several: a row of segments, as tabs or as radio buttons. Performs `command` with the index. */
void ui_segmented(struct ui *ui, struct str key, struct str label, const struct str *labels, int count,
                  int chosen, int command);
void ui_tabs(struct ui *ui, struct str key, const struct str *labels, int count, int chosen, int command);
/* An option of a multiple choice: number key, text, and after answering ✓/✗ with its reason. */
struct ui_option {
    int command;
    int64_t argument;
    struct str label, reason, keys;
    enum { UI_OPTION_OPEN, UI_OPTION_RIGHT, UI_OPTION_WRONG, UI_OPTION_OTHER } verdict;
    bool chosen;
};
int ui_option_box(struct ui *ui, const struct ui_option *option);

/* A row of a list to be put in order: `moved` is performed as ui_box says. Give it a key of its own. */
struct ui_order_row {
    struct str key, label;
    struct str note; /* after checking: the date, what was meant */
    struct str keys; /* the number that jumps to it */
    int moved;
    int64_t argument;
    enum { UI_ORDER_OPEN, UI_ORDER_RIGHT, UI_ORDER_WRONG } verdict;
};
void ui_order_row_box(struct ui *ui, const struct ui_order_row *row);

/* ---- Progress ---- */

/* One segment a card, coloured by its result; at most 60 are drawn apart, more are gathered. */
enum ui_segment { UI_TO_COME, UI_CURRENT, UI_GOOD, UI_HARD, UI_BAD };
void ui_segments(struct ui *ui, const enum ui_segment *segments, int count, struct str name);
/* A bar of `share` (0 to 1) of its width. */
void ui_bar(struct ui *ui, double share, enum ui_color color, struct ui_size width, struct str name);
/* A ring filled by `share`, as ◔ ◑ ◕. */
void ui_ring(struct ui *ui, double share, enum ui_color color, float size, struct str name);
/* A list row of the deck table: name, load bar with the number due, recall ring, next date, warnings. */
struct ui_deck_row {
    struct str key, name;
    int depth;
    bool expanded, has_children, selected;
    int due, due_max; /* the bar's length is their ratio */
    double recall;    /* 0 to 1; negative if not known */
    bool weak;        /* recall below the goal: a "!" */
    struct str next;
    int command;
    int64_t argument;
    size_t listed; /* 1 + its number, in a list that ui_open_rows opened; 0: in any other */
};
enum { UI_DECK_ROW = 48 }; /* the height of such a row, dp */
int ui_deck_row_box(struct ui *ui, const struct ui_deck_row *row);
void ui_deck_header(struct ui *ui, struct str name, struct str due, struct str recall, struct str next);

/* ---- Pictures ---- */

/* Scaled down to fit the width and `max_height`, never up beyond its own size in dp. `name` is what it shows.
 */
void ui_image(struct ui *ui, struct canvas_image *image, struct str name, float max_height);

#endif
