/* Text fields: the text, its caret and selection, undo, what an input method is composing. */
#include "base/memory.h"
#include "base/utf8.h"
#include "text/text.h"
#include "ui/inside.h"
#include "ui/widgets.h"
#include "ui/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { UNDO_MAX = 64, TEXT_MAX = 1 << 20 };

struct snapshot {
    char *bytes;
    size_t len, caret;
};

struct ui_edit {
    struct buffer text;
    struct buffer shown; /* with what is being composed */
    size_t composing;    /* bytes of it, at the caret */
    size_t composing_caret;
    size_t caret, anchor;
    uint64_t revision;
    float scroll;   /* of a single line, dp */
    float wanted_x; /* column that Up and Down keep; negative for none */
    struct snapshot undo[UNDO_MAX];
    size_t undo_count, undo_at;
    bool typing; /* the last change was a letter: the next joins it in the undo */
    /* As the widget asked. */
    bool multiline;
    int command, changed;
    int64_t argument;
    struct ui_text_node *laid; /* of the current frame */
    struct rect laid_rect;
};

static void clear_undo(struct ui_edit *edit)
{
    for (size_t i = 0; i < edit->undo_count; i++)
        free(edit->undo[i].bytes);
    edit->undo_count = edit->undo_at = 0;
}

void ui_edit_free(struct ui_edit *edit)
{
    if (!edit)
        return;
    clear_undo(edit);
    buffer_finish(&edit->text);
    buffer_finish(&edit->shown);
    free(edit);
}

static struct str text_of(const struct ui_edit *edit)
{
    return buffer_str(&edit->text);
}

struct str ui_edit_text(const struct ui_edit *edit)
{
    return edit->composing ? buffer_str(&edit->shown) : text_of(edit);
}

/* ---- Changing ---- */

static struct snapshot snapshot(const struct ui_edit *edit)
{
    struct str text = text_of(edit);
    struct snapshot s = {memory_alloc(text.len + 1), text.len, edit->caret};
    if (text.len)
        memcpy(s.bytes, text.ptr, text.len);
    return s;
}

/* Keeps the text as it is before a change; what was undone can then no longer be done again. */
static void keep(struct ui_edit *edit)
{
    while (edit->undo_count > edit->undo_at)
        free(edit->undo[--edit->undo_count].bytes);
    if (edit->undo_count == UNDO_MAX) {
        free(edit->undo[0].bytes);
        memmove(edit->undo, edit->undo + 1, (UNDO_MAX - 1) * sizeof *edit->undo);
        edit->undo_count--;
    }
    edit->undo[edit->undo_count++] = snapshot(edit);
    edit->undo_at = edit->undo_count;
}

static void set_text(struct ui_edit *edit, struct str text, size_t caret)
{
    struct buffer next = {0};
    buffer_add(&next, text);
    buffer_finish(&edit->text);
    edit->text = next;
    edit->caret = edit->anchor = caret <= text.len ? caret : text.len;
}

static size_t selection_start(const struct ui_edit *edit)
{
    return edit->caret < edit->anchor ? edit->caret : edit->anchor;
}

static size_t selection_end(const struct ui_edit *edit)
{
    return edit->caret < edit->anchor ? edit->anchor : edit->caret;
}

static struct str selected(const struct ui_edit *edit)
{
    return str_slice(text_of(edit), selection_start(edit), selection_end(edit));
}

/* `with` instead of the bytes from `start` to `end`. */
static void replace(struct ui_edit *edit, size_t start, size_t end, struct str with)
{
    struct str old = text_of(edit);
    struct buffer next = {0};
    if (old.len - (end - start) + with.len > TEXT_MAX)
        return;
    buffer_add(&next, str_slice(old, 0, start));
    buffer_add(&next, with);
    buffer_add(&next, str_slice(old, end, old.len));
    buffer_finish(&edit->text);
    edit->text = next;
    edit->caret = edit->anchor = start + with.len;
    edit->wanted_x = -1;
}

/* Control characters cannot be typed; a single line turns line feeds into blanks. */
static void add_clean(struct buffer *ret, struct str text, bool multiline)
{
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (c == UTF8_BAD || c == '\r' || c == 0x7f)
            continue;
        if (c == '\n' && multiline)
            buffer_add_char(ret, '\n');
        else if (c < 0x20)
            buffer_add_char(ret, ' ');
        else
            buffer_add(ret, str_slice(text, start, at));
    }
}

static void insert(struct ui_edit *edit, struct str text)
{
    struct buffer clean = {0};
    add_clean(&clean, text, edit->multiline);
    replace(edit, selection_start(edit), selection_end(edit), buffer_str(&clean));
    buffer_finish(&clean);
}

static bool step_undo(struct ui_edit *edit, bool redo)
{
    edit->typing = false;
    if (redo ? edit->undo_at + 1 >= edit->undo_count : edit->undo_at == 0)
        return false;
    if (!redo && edit->undo_at == edit->undo_count) { /* so that it can be done again */
        keep(edit);
        edit->undo_at--;
    }
    edit->undo_at += redo ? 1 : (size_t)-1;
    const struct snapshot *s = &edit->undo[edit->undo_at];
    set_text(edit, (struct str){s->bytes, s->len}, s->caret);
    return true;
}

/* ---- The widget ---- */

static struct ui_edit *edit_of(struct ui *ui, uint64_t id)
{
    struct ui_state *state = ui_state_of(ui, id);
    if (!state->edit) {
        state->edit = memory_alloc(sizeof *state->edit);
        *state->edit = (struct ui_edit){.revision = UINT64_MAX, .wanted_x = -1};
    }
    return state->edit;
}

static void update(struct ui_edit *edit, const struct ui_field *field)
{
    if (edit->revision != field->revision) {
        clear_undo(edit);
        set_text(edit, field->initial, field->initial.len);
        edit->revision = field->revision;
        edit->composing = 0;
    }
    edit->multiline = field->multiline;
    edit->command = field->command;
    edit->changed = field->changed;
    edit->argument = field->argument;
}

static struct ui_text_node *field_text(struct ui *ui, const struct ui_field *field,
                                       const struct ui_edit *edit)
{
    struct str shown = ui_edit_text(edit);
    bool empty = !shown.len;
    struct ui_text_node *text = arena_new(ui_arena(ui), struct ui_text_node);
    struct text_span *spans = arena_array(ui_arena(ui), 3, sizeof *spans);
    *text = (struct ui_text_node){
        .text = ui_keep(ui, empty ? field->placeholder : shown),
        .spans = spans,
        .span_count = 1,
        .family = field->family,
        .size = field->size > 0 ? field->size : UI_BODY,
        .leading = 1.4F,
        .color = empty ? UI_TEXT3 : UI_TEXT,
        .no_wrap = !field->multiline,
    };
    spans[0] = (struct text_span){.end = text->text.len};
    if (edit->composing && !empty) { /* underlined, as input methods do */
        spans[0].end = edit->caret;
        spans[1] = (struct text_span){.end = edit->caret + edit->composing, .style = UI_UNDERLINE};
        spans[2] = (struct text_span){.end = text->text.len};
        text->span_count = 3;
    }
    return text;
}

static void paint_field(struct ui *ui, struct canvas *canvas, const struct ui_node *node, const void *data)
{
    (void)data;
    ui_edit_paint(ui, canvas, node);
}

int ui_field_box(struct ui *ui, const struct ui_field *field)
{
    bool labelled = field->label.len && !field->bare;
    if (labelled || field->error.len)
        ui_open(ui, .key = field->key, .width = field->width.kind ? field->width : UI_GROW, .gap = 6);
    if (labelled)
        ui_text(ui, .text = field->label, .size = UI_LABEL, .color = UI_TEXT2);
    float size = field->size > 0 ? field->size : UI_BODY, lines = fmaxf(field->lines, 1);
    int at =
        ui_open(ui, .key = labelled || field->error.len ? STR("field") : field->key, .role = UI_ROLE_EDIT,
                .layout = UI_STACK,
                .state = UI_FOCUSABLE | (field->multiline ? UI_MULTILINE : 0) |
                         (field->error.len ? UI_INVALID : 0) | (field->disabled ? UI_DISABLED : 0),
                .name = field->label.len ? field->label : field->placeholder, .help = field->error,
                .lang = field->lang,
                .width = labelled || field->error.len || !field->width.kind ? UI_GROW : field->width,
                .height = {.min = fmaxf(UI_TARGET, lines * size * 1.4F + 24)}, .padding = UI_SIDES(10, 14),
                .fill = UI_SURFACE, .border = field->error.len ? UI_DANGER : UI_BORDER_STRONG,
                .radius = UI_RADIUS_BUTTON, .autofocus = field->autofocus, .clip = !field->multiline,
                .justify = field->multiline ? UI_START : UI_CENTER, .paint = paint_field);
    struct ui_node *node = &ui->tree->nodes[at];
    struct ui_edit *edit = edit_of(ui, node->id);
    update(edit, field);
    node->value = ui_keep(ui, text_of(edit));
    struct ui_text_node *text = field_text(ui, field, edit);
    text->id = node->id;
    edit->laid = text;
    int inner =
        ui_open(ui, .key = STR("text"), .width = field->multiline ? UI_GROW : UI_HUG, .transparent = true);
    ui->tree->nodes[inner].text = text;
    ui_close(ui);
    ui_close(ui);
    if (field->error.len)
        ui_text(ui, .text = field->error, .size = UI_LABEL, .color = UI_DANGER, .state = UI_LIVE_POLITE);
    if (labelled || field->error.len)
        ui_close(ui);
    return at;
}

struct str ui_field_text(struct ui *ui, uint64_t id)
{
    const struct ui_state *state = ui_state_find(ui, id);
    return state && state->edit ? ui_keep(ui, text_of(state->edit)) : (struct str){0};
}

void ui_field_set(struct ui *ui, uint64_t id, struct str text)
{
    struct ui_edit *edit = edit_of(ui, id);
    keep(edit);
    set_text(edit, text, text.len);
}

/* ---- Where things are ---- */

static const struct ui_node *inner_of(const struct ui *ui, const struct ui_node *node)
{
    return &ui->tree->nodes[node->first];
}

static struct rect caret_rect(const struct ui *ui, const struct ui_node *node, const struct ui_edit *edit)
{
    const struct ui_node *inner = inner_of(ui, node);
    bool empty = !ui_edit_text(edit).len;
    size_t at = empty ? 0 : edit->caret + (edit->composing ? edit->composing_caret : 0);
    struct rect r = text_caret(ui->text, inner->text, inner->rect.w, ui->tree->frame.scale, at);
    return (struct rect){inner->rect.x + r.x - edit->scroll, inner->rect.y + r.y, 2, r.h};
}

bool ui_caret(const struct ui *ui, struct rect *ret)
{
    const struct ui_node *node = ui_node_at(ui, ui->focus);
    const struct ui_state *state = ui_state_find(ui, ui->focus);
    if (!node || node->role != UI_ROLE_EDIT || !state || !state->edit)
        return false;
    *ret = caret_rect(ui, node, state->edit);
    return true;
}

/* A single line scrolls so that its caret shows. */
static void follow_caret(const struct ui *ui, const struct ui_node *node, struct ui_edit *edit)
{
    if (edit->multiline)
        return;
    float left = node->rect.x + node->box.padding.left, width = node->rect.w - 28;
    struct rect caret = caret_rect(ui, node, edit);
    if (caret.x < left)
        edit->scroll -= left - caret.x;
    if (caret.x + caret.w > left + width)
        edit->scroll += caret.x + caret.w - left - width;
    float limit = fmaxf(text_width(inner_of(ui, node)->text, ui->tree->frame.scale) + 2 - width, 0);
    edit->scroll = fminf(fmaxf(edit->scroll, 0), limit);
}

void ui_edit_paint(struct ui *ui, struct canvas *canvas, const struct ui_node *node)
{
    struct ui_edit *edit = edit_of(ui, node->id);
    const struct ui_node *inner = inner_of(ui, node);
    bool focused = node->state & UI_FOCUSED;
    follow_caret(ui, node, edit);
    struct text_paint paint = {
        .canvas = canvas,
        .r = inner->rect,
        .visible = node->rect,
        .theme = ui->tree->frame.theme,
        .color = node->state & UI_DISABLED ? UI_TEXT3 : UI_TEXT,
        .start = focused ? selection_start(edit) : 0,
        .end = focused ? selection_end(edit) : 0,
    };
    paint.r.x -= edit->scroll;
    canvas_clip(canvas, rect_grow(node->rect, -2));
    text_paint(ui->text, inner->text, &paint);
    if (focused)
        canvas_fill(canvas, caret_rect(ui, node, edit), ui_rgb(ui, UI_ACCENT));
    canvas_unclip(canvas);
}

uint64_t ui_edit_hash(struct ui *ui, const struct ui_node *node)
{
    const struct ui_edit *edit = edit_of(ui, node->id);
    uint64_t parts[4] = {edit->caret, edit->anchor, edit->composing, edit->composing_caret};
    return words_hash(1, parts, sizeof parts);
}

/* ---- Moving ---- */

static size_t line_edge(const struct ui_edit *edit, size_t at, bool end)
{
    struct str text = text_of(edit);
    if (end) {
        while (at < text.len && text.ptr[at] != '\n')
            at++;
        return at;
    }
    while (at > 0 && text.ptr[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_above(struct ui *ui, const struct ui_node *node, struct ui_edit *edit, int lines)
{
    const struct ui_node *inner = inner_of(ui, node);
    float scale = ui->tree->frame.scale;
    struct rect caret = text_caret(ui->text, inner->text, inner->rect.w, scale, edit->caret);
    float x = edit->wanted_x >= 0 ? edit->wanted_x : caret.x;
    float y = caret.y + caret.h / 2 + (float)lines * inner->text->line_height;
    int span;
    edit->wanted_x = x;
    if (y < 0)
        return 0;
    if (y > (float)text_line_count(inner->text) * inner->text->line_height)
        return text_of(edit).len;
    return text_offset_at(ui->text, inner->text, inner->rect.w, scale, x, y, &span);
}

static size_t target_of(struct ui *ui, const struct ui_node *node, struct ui_edit *edit,
                        const struct ui_event *event)
{
    struct str text = text_of(edit);
    bool word = event->mods & UI_CTRL;
    switch (event->key) {
    case UI_KEY_LEFT:
        return word ? text_previous_word(text, edit->caret) : text_previous_grapheme(text, edit->caret);
    case UI_KEY_RIGHT:
        return word ? text_next_word(text, edit->caret) : text_next_grapheme(text, edit->caret);
    case UI_KEY_HOME:
        return word ? 0 : line_edge(edit, edit->caret, false);
    case UI_KEY_END:
        return word ? text.len : line_edge(edit, edit->caret, true);
    default:
        return line_above(ui, node, edit, event->key == UI_KEY_UP ? -1 : 1);
    }
}

static bool moves(const struct ui_edit *edit, const struct ui_event *event)
{
    if (event->mods & UI_ALT)
        return false;
    if (event->key == UI_KEY_UP || event->key == UI_KEY_DOWN)
        return edit->multiline;
    return event->key == UI_KEY_LEFT || event->key == UI_KEY_RIGHT || event->key == UI_KEY_HOME ||
           event->key == UI_KEY_END;
}

static void move_caret(struct ui *ui, const struct ui_node *node, struct ui_edit *edit,
                       const struct ui_event *event)
{
    bool vertical = event->key == UI_KEY_UP || event->key == UI_KEY_DOWN;
    bool collapse = edit->caret != edit->anchor && !(event->mods & (UI_SHIFT | UI_CTRL)) &&
                    (event->key == UI_KEY_LEFT || event->key == UI_KEY_RIGHT);
    if (!vertical)
        edit->wanted_x = -1;
    if (collapse)
        edit->caret = event->key == UI_KEY_LEFT ? selection_start(edit) : selection_end(edit);
    else
        edit->caret = target_of(ui, node, edit, event);
    if (!(event->mods & UI_SHIFT))
        edit->anchor = edit->caret;
    edit->typing = false;
}

/* ---- Events ---- */

static enum ui_answer changed(struct ui *ui, const struct ui_node *node, struct ui_edit *edit, int command,
                              struct ui_action *ret)
{
    if (!command)
        return UI_USED;
    buffer_clear(&ui->action_text);
    buffer_add(&ui->action_text, text_of(edit));
    *ret = (struct ui_action){
        .command = command,
        .argument = edit->argument,
        .text = buffer_str(&ui->action_text),
        .node = node->id,
    };
    return UI_ACTED;
}

static bool erase(struct ui_edit *edit, const struct ui_event *event)
{
    struct str text = text_of(edit);
    size_t start = selection_start(edit), end = selection_end(edit);
    bool word = event->mods & UI_CTRL;
    if (start == end && event->key == UI_KEY_BACKSPACE)
        start = word ? text_previous_word(text, end) : text_previous_grapheme(text, end);
    else if (start == end)
        end = word ? text_next_word(text, start) : text_next_grapheme(text, start);
    if (start == end)
        return false;
    keep(edit);
    edit->typing = false;
    replace(edit, start, end, (struct str){0});
    return true;
}

static void copy(struct ui *ui, const struct ui_edit *edit)
{
    if (ui->host->copy && edit->caret != edit->anchor)
        ui->host->copy(ui->host->self, selected(edit));
}

static void paste(struct ui *ui, struct ui_edit *edit)
{
    struct arena arena = {0};
    if (ui->host->paste) {
        keep(edit);
        insert(edit, ui->host->paste(ui->host->self, &arena));
    }
    edit->typing = false;
    arena_finish(&arena);
}

static enum ui_answer control_key(struct ui *ui, const struct ui_node *node, struct ui_edit *edit,
                                  const struct ui_event *event, struct ui_action *ret)
{
    switch (event->key) {
    case 'a':
        edit->anchor = 0;
        edit->caret = text_of(edit).len;
        return UI_USED;
    case 'c':
        copy(ui, edit);
        return UI_USED;
    case 'x':
        copy(ui, edit);
        if (edit->caret == edit->anchor)
            return UI_USED;
        keep(edit);
        replace(edit, selection_start(edit), selection_end(edit), (struct str){0});
        return changed(ui, node, edit, edit->changed, ret);
    case 'v':
        paste(ui, edit);
        return changed(ui, node, edit, edit->changed, ret);
    case 'z': /* nothing left to undo here: the program's own undo may have it */
        return step_undo(edit, event->mods & UI_SHIFT) ? changed(ui, node, edit, edit->changed, ret)
                                                       : UI_IGNORED;
    case 'y':
        return step_undo(edit, true) ? changed(ui, node, edit, edit->changed, ret) : UI_IGNORED;
    default:
        return UI_IGNORED;
    }
}

static enum ui_answer enter(struct ui *ui, const struct ui_node *node, struct ui_edit *edit,
                            const struct ui_event *event, struct ui_action *ret)
{
    bool submits = !edit->multiline || event->mods & UI_CTRL;
    if (submits)
        return edit->command ? changed(ui, node, edit, edit->command, ret) : UI_IGNORED;
    keep(edit);
    insert(edit, STR("\n"));
    return changed(ui, node, edit, edit->changed, ret);
}

static enum ui_answer edit_key(struct ui *ui, struct ui_node *node, struct ui_edit *edit,
                               const struct ui_event *event, struct ui_action *ret)
{
    if (edit->composing) /* the input method has the keyboard */
        return UI_USED;
    if (moves(edit, event)) {
        move_caret(ui, node, edit, event);
        return UI_USED;
    }
    if (event->key == UI_KEY_BACKSPACE || event->key == UI_KEY_DELETE)
        return erase(edit, event) ? changed(ui, node, edit, edit->changed, ret) : UI_USED;
    if (event->key == UI_KEY_ENTER)
        return enter(ui, node, edit, event, ret);
    if (event->mods & UI_CTRL && !(event->mods & UI_ALT))
        return control_key(ui, node, edit, event, ret);
    /* A letter arrives again as text; as a key it must not reach the commands. */
    return event->key < UI_KEY_ENTER && !event->mods              ? UI_USED
           : event->key < UI_KEY_ENTER && event->mods == UI_SHIFT ? UI_USED
                                                                  : UI_IGNORED;
}

static enum ui_answer type(struct ui *ui, struct ui_node *node, struct ui_edit *edit,
                           const struct ui_event *event, struct ui_action *ret)
{
    edit->composing = 0;
    if (!event->text.len)
        return UI_USED;
    if (!edit->typing || str_equal(event->text, STR(" ")) || edit->caret != edit->anchor)
        keep(edit);
    insert(edit, event->text);
    edit->typing = true;
    return changed(ui, node, edit, edit->changed, ret);
}

static size_t bytes_of(struct str text, int characters)
{
    size_t at = 0;
    while (characters-- > 0 && at < text.len)
        utf8_next(text, &at);
    return at;
}

static void compose(struct ui_edit *edit, const struct ui_event *event)
{
    struct buffer clean = {0};
    if (edit->caret != edit->anchor && event->text.len) {
        keep(edit);
        replace(edit, selection_start(edit), selection_end(edit), (struct str){0});
    }
    add_clean(&clean, event->text, false);
    struct str text = text_of(edit), composed = buffer_str(&clean);
    buffer_clear(&edit->shown);
    buffer_add(&edit->shown, str_slice(text, 0, edit->caret));
    buffer_add(&edit->shown, composed);
    buffer_add(&edit->shown, str_slice(text, edit->caret, text.len));
    edit->composing = composed.len;
    edit->composing_caret = bytes_of(composed, event->caret);
    buffer_finish(&clean);
}

static void point(struct ui *ui, struct ui_node *node, struct ui_edit *edit, const struct ui_event *event)
{
    const struct ui_node *inner = inner_of(ui, node);
    struct str text = text_of(edit);
    int span;
    size_t at =
        !text.len ? 0
                  : text_offset_at(ui->text, inner->text, inner->rect.w, ui->tree->frame.scale,
                                   event->x - inner->rect.x + edit->scroll, event->y - inner->rect.y, &span);
    edit->typing = false;
    edit->wanted_x = -1;
    edit->caret = at < text.len ? at : text.len;
    if (event->kind == UI_EVENT_MOVE || event->mods & UI_SHIFT)
        return;
    edit->anchor = edit->caret;
    ui->dragging = node->id;
    ui->drag = UI_DRAG_SELECT;
    if (event->clicks == 2) {
        edit->caret = text_next_word(text, edit->caret);
        edit->anchor = text_previous_word(text, edit->caret);
    } else if (event->clicks >= 3) {
        edit->anchor = 0;
        edit->caret = text.len;
    }
}

enum ui_answer ui_edit_event(struct ui *ui, struct ui_node *node, const struct ui_event *event,
                             struct ui_action *ret)
{
    struct ui_edit *edit = edit_of(ui, node->id);
    ui->wrote |= event->kind != UI_EVENT_MOVE;
    switch (event->kind) {
    case UI_EVENT_KEY:
        return edit_key(ui, node, edit, event, ret);
    case UI_EVENT_TEXT:
        return type(ui, node, edit, event, ret);
    case UI_EVENT_PREEDIT:
        compose(edit, event);
        return UI_USED;
    default:
        point(ui, node, edit, event);
        return UI_USED;
    }
}

struct str ui_selection(struct ui *ui, struct arena *arena)
{
    const struct ui_node *node = ui_node_at(ui, ui->focus);
    if (node && node->role == UI_ROLE_EDIT)
        return str_copy(arena, selected(edit_of(ui, node->id)));
    return ui_selected_text(ui, arena);
}
