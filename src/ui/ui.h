/* The toolkit: a tree of nodes, rebuilt on every event and kept until the next.
 *
 *     ui_begin(ui, &(struct ui_frame){.width = 1280, .height = 800, .scale = 1, .theme = UI_LIGHT, .now_ms =
 * now}); ui_open(ui, .layout = UI_COLUMN, .gap = 16, .padding = UI_ALL(24), .width = UI_GROW, .height =
 * UI_GROW); ui_text(ui, .text = STR("Hello"), .size = UI_H2); ui_button(ui, .command = COMMAND_STUDY, .look =
 * UI_PRIMARY);     (widgets.h) ui_close(ui); ui_end(ui);                          layout; the tree can now be
 * read, asked, spoken, painted ui_paint(ui, canvas, rects, &count);
 *
 * Events go to ui_event, which answers with an action (a command and its argument) for the caller to perform.
 * Focus, scrolling, carets and animations live in the toolkit, kept by node id = hash(parent id, key): give a
 * key to whatever may move among its siblings. Texts are copied; `data` of a painter must live until the next
 * ui_begin: `ui_arena` gives such memory. Knows no cards, no files, no windows, no clock. */
#ifndef REPASO_UI_UI_H
#define REPASO_UI_UI_H

#include "base/arena.h"
#include "base/str.h"
#include "canvas/canvas.h"
#include "ui/font.h"
#include "ui/theme.h"

#include <stdbool.h>
#include <stdint.h>

struct ui;
struct ui_node;

/* ---- The tree ---- */

enum ui_role {
    UI_ROLE_GROUP, /* layout only: not spoken */
    UI_ROLE_WINDOW,
    UI_ROLE_HEADING,
    UI_ROLE_TEXT,
    UI_ROLE_BUTTON,
    UI_ROLE_LINK,
    UI_ROLE_CHECK,
    UI_ROLE_RADIO,
    UI_ROLE_LIST,
    UI_ROLE_LISTITEM,
    UI_ROLE_TREEITEM,
    UI_ROLE_TAB,
    UI_ROLE_EDIT,
    UI_ROLE_PROGRESS,
    UI_ROLE_SLIDER,
    UI_ROLE_IMAGE,
    UI_ROLE_CHART,
    UI_ROLE_TABLE,
    UI_ROLE_CELL,
    UI_ROLE_ALERT,
    UI_ROLE_DIALOG,
    UI_ROLE_COUNT
};
/* "button", "listitem", … as tests and dumps write them. */
const char *ui_role_name(enum ui_role role);

enum {
    UI_FOCUSABLE = 1 << 0,
    UI_FOCUSED = 1 << 1, /* set by the toolkit */
    UI_SELECTED = 1 << 2,
    UI_CHECKED = 1 << 3,
    UI_EXPANDED = 1 << 4,
    UI_DISABLED = 1 << 5,
    UI_INVALID = 1 << 6,
    UI_BUSY = 1 << 7,
    UI_HIDDEN = 1 << 8, /* takes no place and is not painted, but is read (the table of a chart) */
    UI_LIVE_POLITE = 1 << 9,
    UI_LIVE_ASSERTIVE = 1 << 10,
    UI_HOVERED = 1 << 11, /* set by the toolkit */
    UI_PRESSED = 1 << 12, /* set by the toolkit */
    UI_MULTILINE = 1 << 13,
    UI_GRABBED = 1 << 15, /* set by the toolkit: arrows move it */
    UI_PART = 1 << 14     /* set by the toolkit: part of a control that is read as one, not read by itself */
};

enum ui_layout {
    UI_COLUMN,
    UI_ROW,
    UI_STACK, /* children over each other */
    UI_GRID,  /* `columns` columns, as wide as their widest child; growing children share the rest */
    UI_WRAP   /* a row that goes on below when full */
};

enum ui_align { UI_START, UI_CENTER, UI_END, UI_STRETCH, UI_BETWEEN /* of a row or column along itself */ };

enum ui_size_kind { UI_HUG_KIND, UI_FIXED_KIND, UI_GROW_KIND };
/* In dp. `max` 0 is no limit. */
struct ui_size {
    enum ui_size_kind kind;
    float value; /* of a fixed size: dp; of a growing one: its weight, 0 counts as 1 */
    float min, max;
};
#define UI_HUG ((struct ui_size){UI_HUG_KIND, 0, 0, 0})
#define UI_GROW ((struct ui_size){UI_GROW_KIND, 1, 0, 0})
#define UI_FIXED(dp) ((struct ui_size){UI_FIXED_KIND, (dp), 0, 0})
#define UI_GROW_TO(max_dp) ((struct ui_size){UI_GROW_KIND, 1, 0, (max_dp)})
#define UI_GROW_BY(weight) ((struct ui_size){UI_GROW_KIND, (weight), 0, 0})

struct ui_edges {
    float top, right, bottom, left;
};
#define UI_ALL(dp) ((struct ui_edges){(dp), (dp), (dp), (dp)})
#define UI_SIDES(vertical, horizontal) ((struct ui_edges){(vertical), (horizontal), (vertical), (horizontal)})

/* Draws the inside of a node, in dp. `data` is what the box carried. */
typedef void ui_painter(struct ui *ui, struct canvas *canvas, const struct ui_node *node, const void *data);

/* What a node is asked to be; everything may be left zero. */
struct ui_box {
    struct str key; /* unique among siblings; without one, the place among them counts */
    enum ui_role role;
    uint32_t state;
    struct str name, value, help; /* read aloud; a focusable node needs a name (or its command's) */
    struct str lang;              /* "es", "en", … of name and value; empty inherits */
    int command;                  /* performed by Enter, Space, click; 0 for none */
    int64_t argument;             /* goes with the command */
    struct str text_argument;     /* goes with the command */

    enum ui_layout layout;
    struct ui_size width, height;
    struct ui_edges padding;
    float gap, row_gap; /* row_gap of a wrap or grid; 0 takes gap */
    int columns;
    float aspect; /* width / height that the node keeps; 0 for none */
    bool placed;  /* in a stack: at these shares (0 to 1) of the room that is left */
    float share_x, share_y;
    bool measured;            /* ui_last_width will be asked of it */
    enum ui_align align;      /* of the children across (column: horizontally); default start */
    enum ui_align justify;    /* of the children along */
    enum ui_align align_self; /* 0 takes the parent's `align` */

    enum ui_color fill, border;
    enum ui_color hover_fill; /* instead of fill under the pointer */
    float border_width;       /* 0 counts as 1 */
    float radius;
    float ring_radius; /* of the focus ring; 0 takes radius */
    bool shadow;
    bool clip;

    bool scroll;      /* the children may be taller than the node; wheel and keys scroll it */
    bool scroll_wide; /* likewise wider (code, tables) */
    bool roving;      /* arrows move the focus among the focusable descendants, Tab leaves */
    int moved; /* performed with number −1 or 1 when the node is moved up or down among its siblings: dragged,
                         Alt+arrows, or Space and then arrows (unless Space has a command) */
    bool modal;       /* focus cannot leave; the command is performed by Esc */
    bool autofocus;   /* takes the focus when it appears */
    bool initial;     /* of a roving group: the item that Tab reaches first */
    bool transparent; /* takes no pointer events: whatever is behind is hit */

    ui_painter *paint;
    const void *data;
    uint64_t data_hash; /* changes whenever what `paint` draws changes */
};

/* Opens a node; its children follow until ui_close. Gives the node's index. */
int ui_open_box(struct ui *ui, const struct ui_box *box);
#define ui_open(ui, ...) ui_open_box((ui), &(struct ui_box){__VA_ARGS__})
void ui_close(struct ui *ui);
/* A node without children. */
#define ui_leaf(ui, ...) (ui_open_box((ui), &(struct ui_box){__VA_ARGS__}), ui_close(ui))
/* Room that grows: pushes siblings apart. */
void ui_spacer(struct ui *ui);
void ui_space(struct ui *ui, float dp);
/* The frame's memory: valid until the ui_begin after the next. */
struct arena *ui_arena(struct ui *ui);

struct ui_node {
    uint64_t id;
    enum ui_role role;
    uint32_t state;
    struct str name, value, help, lang;
    struct str keys; /* chord that performs the command, as written on its key-cap */
    int command;
    int64_t argument;
    struct rect rect;        /* in the window, dp, scrolling applied */
    struct rect clip;        /* the part of the window where it may show */
    int parent, first, next; /* indices into the tree; -1 for none */
    struct ui_box box;
    struct ui_text_node *text; /* NULL if it is no text */
    /* Layout's own. */
    int last, child_count;
    float min_width, best_width, content_height;
    float baseline;
};

/* ---- Text (text.h has the machinery) ---- */

enum ui_family { UI_FAMILY_UI, UI_FAMILY_STUDY, UI_FAMILY_MONO };

enum {
    UI_BOLD = 1 << 0, /* semibold in the UI family */
    UI_ITALIC = 1 << 1,
    UI_CODE_STYLE = 1 << 2,
    UI_MARKED = 1 << 3, /* the highlighted fact */
    UI_UNDERLINE = 1 << 4,
    UI_DOTTED = 1 << 5, /* dotted underline */
    UI_STRIKE = 1 << 6,
    UI_TINTED = 1 << 7 /* behind it the colour `tint` */
};

/* A stretch of a paragraph in one style. */
struct ui_run {
    struct str text;
    uint32_t style;
    enum ui_color color; /* UI_NONE takes the paragraph's */
    enum ui_color tint;
    int command; /* a click performs it; 0 for none */
    int64_t argument;
};

/* A paragraph (or several: '\n' breaks lines). Wraps at the width it is given and is never cut, unless
 * `lines` asks for an ellipsis. */
struct ui_paragraph {
    struct str key;
    struct str text; /* or runs */
    const struct ui_run *runs;
    size_t run_count;
    enum ui_family family;
    uint32_t style;      /* of the whole */
    float size;          /* dp; 0 is UI_BODY */
    float leading;       /* line height in ems; 0 is 1.25 for the UI family, 1.4 for study and mono */
    enum ui_color color; /* UI_NONE is UI_TEXT */
    enum ui_align align; /* start, center, end */
    int lines;           /* at most so many, then an ellipsis; 0 for all */
    bool no_wrap;
    bool selectable;
    enum ui_role role; /* 0 is UI_ROLE_TEXT */
    uint32_t state;    /* UI_LIVE_POLITE for a verdict */
    struct str name;   /* read instead of the text */
    struct str lang;
    struct ui_size width;
    enum ui_align align_self;
};

int ui_text_box(struct ui *ui, const struct ui_paragraph *paragraph);
#define ui_text(ui, ...) ui_text_box((ui), &(struct ui_paragraph){__VA_ARGS__})

/* ---- Frames ---- */

struct ui_frame {
    float width, height; /* dp: pixels / scale */
    float scale;         /* pixels a dp: user zoom × device */
    enum ui_theme theme;
    bool reduced_motion;
    int64_t now_ms; /* any steady clock */
    struct str lang;
};

/* What a command looks like; the table itself belongs to the caller. */
struct ui_command {
    struct str name; /* in the learner's language */
    struct str help;
    struct str keys; /* first chord as a key-cap shows it: "Espacio", "Ctrl+K"; empty for none */
    bool disabled;
};

struct ui_host {
    void *self;
    /* May be NULL, like the others. False for a command that does not exist. */
    bool (*command)(void *self, int command, struct ui_command *ret);
    void (*copy)(void *self, struct str text);
    /* The clipboard's text into the arena; empty if there is none. */
    struct str (*paste)(void *self, struct arena *arena);
};

/* The tables must outlive the toolkit. */
struct ui *ui_new(const struct ui_fonts *fonts, const struct ui_host *host);
void ui_free(struct ui *ui);

void ui_begin(struct ui *ui, const struct ui_frame *frame);
void ui_end(struct ui *ui);
const struct ui_frame *ui_current(const struct ui *ui);
/* Narrower than 900 dp: side panes fold. */
bool ui_narrow(const struct ui *ui);

/* Paints what changed since the last painted frame (everything after ui_repaint, another size, scale or
 * theme) and gives the rectangles that changed, at most 4, in pixels. */
enum { UI_DAMAGE_MAX = 4 };
void ui_paint(struct ui *ui, struct canvas *canvas, struct pixel_rect ret[UI_DAMAGE_MAX], int *ret_count);
/* Forgets what was painted (an exposed window, a new surface). */
void ui_repaint(struct ui *ui);
/* Milliseconds until another frame is wanted although nothing happened (an animation runs); negative for never:
 * carets do not blink. */
int ui_next_frame_ms(const struct ui *ui);

/* A value that glides from where it was to `target` in `ms`; at once with reduced motion. Kept by the open
 * node and `slot`. The first target is where it starts. */
float ui_animate(struct ui *ui, int slot, float target, int ms);

/* ---- Events ---- */

enum ui_event_kind {
    UI_EVENT_KEY,     /* pressed or repeated */
    UI_EVENT_TEXT,    /* committed text */
    UI_EVENT_PREEDIT, /* text that an input method is still composing; empty ends it */
    UI_EVENT_MOVE,
    UI_EVENT_DOWN,
    UI_EVENT_UP,
    UI_EVENT_WHEEL,
    UI_EVENT_LEAVE /* the pointer left the window, or the window lost the keyboard */
};

/* Keys are the character on the key (lower case) or one of these. */
enum {
    UI_KEY_ENTER = 0x110000,
    UI_KEY_ESCAPE,
    UI_KEY_TAB,
    UI_KEY_BACKSPACE,
    UI_KEY_DELETE,
    UI_KEY_LEFT,
    UI_KEY_RIGHT,
    UI_KEY_UP,
    UI_KEY_DOWN,
    UI_KEY_HOME,
    UI_KEY_END,
    UI_KEY_PAGE_UP,
    UI_KEY_PAGE_DOWN,
    UI_KEY_INSERT,
    UI_KEY_MENU,
    UI_KEY_F1 = 0x110100 /* F2 is the next, … F12 */
};
enum { UI_SHIFT = 1, UI_CTRL = 2, UI_ALT = 4 };

struct ui_event {
    enum ui_event_kind kind;
    uint32_t key;
    uint32_t mods;
    struct str text;
    float x, y;              /* pointer, dp */
    float dx, dy;            /* wheel, dp; positive dy shows what is below */
    int button;              /* 1 left, 2 middle, 3 right */
    int clicks;              /* of a DOWN: 2 selects a word, 3 everything */
    int caret, caret_length; /* of a PREEDIT, in characters */
};

/* What the user asked for. `text` lives until the next event. */
struct ui_action {
    int command;
    int64_t argument;
    struct str text; /* of a field: all of it; else the node's text_argument */
    double number;   /* of a slider; −1 or 1 of a node that was moved */
    uint64_t node;   /* whose id it came from */
};

enum ui_answer {
    UI_IGNORED, /* not ours: look it up among the chords */
    UI_USED,    /* build and paint again */
    UI_ACTED    /* perform `ret`, then build and paint again */
};
enum ui_answer ui_event(struct ui *ui, const struct ui_event *event, struct ui_action *ret);

/* Does what Enter on the node would do, for assistive technology; false if it does nothing. */
bool ui_perform(struct ui *ui, uint64_t id, struct ui_action *ret);
/* True while a field has the focus: letters are text then, not commands. */
bool ui_typing(const struct ui *ui);
/* Where the caret of the focused field is, dp; false if there is none. */
bool ui_caret(const struct ui *ui, struct rect *ret);
/* The text selected in a field or a selectable text, in the arena; empty if none. */
struct str ui_selection(struct ui *ui, struct arena *arena);
/* The stretch of a selectable text node that is selected, bytes; false if none. */
bool ui_selection_of(struct ui *ui, uint64_t id, size_t *ret_start, size_t *ret_end);

/* ---- Asking ---- */

const struct ui_node *ui_nodes(const struct ui *ui, size_t *ret_count);
const struct ui_node *ui_node_by_id(const struct ui *ui, uint64_t id);
uint64_t ui_focus(const struct ui *ui);
/* Moves the focus; an id that the next tree does not have is forgotten. 0 clears it. */
void ui_set_focus(struct ui *ui, uint64_t id);
/* The id of the first node with this key in the last tree; 0 if there is none. */
uint64_t ui_id_of(const struct ui *ui, struct str key);
/* The width a node had when last laid out, for those that must know it to choose what to emit; 0 if never (then another
 * frame is wanted at once). The node must be `measured`; `key` as under the now open node. */
float ui_last_width(struct ui *ui, struct str key);
/* Scrolls so that the node shows. */
void ui_reveal(struct ui *ui, uint64_t id);
/* What changed in live nodes since the last call, for speech; in the frame's memory. */
struct str ui_announcement(struct ui *ui);

/* ---- Chords ---- */

struct ui_chord {
    uint32_t key, mods;
};
/* "Ctrl+Shift+L", "Space", "F11", "?", "Up"; false if it is none. */
bool ui_chord_parse(struct str text, struct ui_chord *ret);
bool ui_chord_matches(struct ui_chord chord, const struct ui_event *event);
/* As a key-cap shows it, in the learner's language. */
struct str ui_chord_name(struct arena *arena, struct ui_chord chord);

/* ---- Long lists ---- */

struct ui_rows {
    size_t first, end; /* emit rows first..end-1, each `row_height` high */
};
/* Opens a scrolling list of `count` rows of equal height of which only those near the window become nodes.
 * `box` gives key, role, name, command (performed with the row's number as argument); arrows, Page Up/Down,
 * Home, End move the cursor. Close with ui_close_rows. */
struct ui_rows ui_open_rows(struct ui *ui, const struct ui_box *box, size_t count, float row_height);
/* A row; index is its number. Rows are focusable list items unless the box says otherwise. */
void ui_open_row(struct ui *ui, size_t index, const struct ui_box *box);
void ui_close_rows(struct ui *ui);
/* The row the cursor is on; key as given to ui_open_rows under the now open node. */
size_t ui_rows_cursor(struct ui *ui, struct str key);
void ui_rows_set_cursor(struct ui *ui, struct str key, size_t index);

#endif
