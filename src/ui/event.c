/* Focus, pointer and keys, answered from the last tree. */
#include "ui/inside.h"

#include <math.h>
#include <string.h>

enum { SCROLL_STEP = 40, GRAB = 12 };

static struct ui_node *nodes_of(const struct ui *ui)
{
    return ui->tree->nodes;
}

static bool can_focus(const struct ui_node *node)
{
    return node->state & UI_FOCUSABLE && !(node->state & (UI_DISABLED | UI_HIDDEN));
}

static int index_of(const struct ui *ui, uint64_t id)
{
    const struct ui_node *node = ui_node_at(ui, id);
    return node ? (int)(node - ui->tree->nodes) : -1;
}

/* ---- Focus ---- */

uint64_t ui_focus(const struct ui *ui)
{
    return ui->focus;
}

static void mark_focus(struct ui *ui)
{
    for (size_t i = 0; i < ui->tree->count; i++) {
        struct ui_node *node = &ui->tree->nodes[i];
        node->state &= ~(uint32_t)UI_FOCUSED;
        if (node->id == ui->focus && node->id)
            node->state |= UI_FOCUSED;
    }
}

static int roving_above(const struct ui *ui, int at)
{
    const struct ui_node *nodes = nodes_of(ui);
    for (at = nodes[at].parent; at >= 0; at = nodes[at].parent)
        if (nodes[at].box.roving)
            return at;
    return -1;
}

void ui_set_focus(struct ui *ui, uint64_t id)
{
    if (id != ui->focus)
        ui->grabbed = 0;
    ui->focus = id;
    int at = index_of(ui, id), group = at >= 0 ? roving_above(ui, at) : -1;
    if (group >= 0)
        ui_state_of(ui, nodes_of(ui)[group].id)->roving = id;
    mark_focus(ui);
}

static int topmost_modal(const struct ui *ui)
{
    for (size_t i = ui->tree->count; i-- > 0;)
        if (nodes_of(ui)[i].box.modal)
            return (int)i;
    return -1;
}

/* The part of the tree the keyboard may reach. */
static int reach(const struct ui *ui)
{
    int modal = topmost_modal(ui);
    return modal >= 0 ? modal : 0;
}

static int first_focus(const struct ui *ui, int root, bool only_auto)
{
    for (size_t i = 0; i < ui->tree->count; i++) {
        const struct ui_node *node = &nodes_of(ui)[i];
        if (can_focus(node) && (!only_auto || node->box.autofocus) && ui_within(ui, (int)i, root))
            return (int)i;
    }
    return -1;
}

static bool is_new(const struct ui *ui, uint64_t id)
{
    const struct ui_node *before = ui_node_before(ui, id);
    return !before || !can_focus(before) || !before->box.autofocus;
}

/* The first that asks for the focus and did not the frame before. */
static int newcomer(const struct ui *ui, int root)
{
    for (size_t i = 0; i < ui->tree->count; i++) {
        const struct ui_node *node = &nodes_of(ui)[i];
        if (node->box.autofocus && can_focus(node) && ui_within(ui, (int)i, root) && is_new(ui, node->id))
            return (int)i;
    }
    return -1;
}

/* A dialog that opens keeps in mind where the focus was; one that closes gives it back. */
static void follow_dialogs(struct ui *ui, int modal)
{
    uint64_t id = modal >= 0 ? nodes_of(ui)[modal].id : 0;
    if (id == ui->modal)
        return;
    if (!ui->modal)
        ui->focus_before_modal = ui->focus;
    if (!id)
        ui->focus = ui->focus_before_modal;
    ui->modal = id;
}

void ui_focus_repair(struct ui *ui)
{
    int modal = topmost_modal(ui), root = modal >= 0 ? modal : 0;
    follow_dialogs(ui, modal);
    int at = newcomer(ui, root);
    if (at < 0) {
        int now = index_of(ui, ui->focus);
        if (now >= 0 && can_focus(&nodes_of(ui)[now]) && ui_within(ui, now, root)) {
            mark_focus(ui);
            return;
        }
        at = first_focus(ui, root, true);
        if (at < 0 && modal >= 0)
            at = first_focus(ui, root, false);
    }
    ui_set_focus(ui, at >= 0 ? nodes_of(ui)[at].id : 0);
    if (at >= 0)
        ui->reveal = ui->focus;
}

static bool focus_at(struct ui *ui, int at)
{
    if (at < 0)
        return false;
    ui_set_focus(ui, nodes_of(ui)[at].id);
    ui->reveal = ui->focus;
    return true;
}

/* The item of a roving group that Tab reaches: where the focus was, else the initial or selected one, else
 * the first. */
static int group_stop(const struct ui *ui, int group)
{
    const struct ui_state *state = ui_state_find(ui, nodes_of(ui)[group].id);
    int remembered = state ? index_of(ui, state->roving) : -1;
    if (remembered >= 0 && can_focus(&nodes_of(ui)[remembered]) && ui_within(ui, remembered, group))
        return remembered;
    int first = -1;
    for (int i = group; i < (int)ui->tree->count && ui_within(ui, i, group); i++) {
        const struct ui_node *node = &nodes_of(ui)[i];
        if (!can_focus(node))
            continue;
        if (node->box.initial || node->state & UI_SELECTED)
            return i;
        first = first < 0 ? i : first;
    }
    return first;
}

static bool is_stop(const struct ui *ui, int at)
{
    if (!can_focus(&nodes_of(ui)[at]))
        return false;
    int group = roving_above(ui, at);
    return group < 0 || group_stop(ui, group) == at;
}

/* Round the reachable part of the tree, in reading order. */
static bool move_tab(struct ui *ui, bool back)
{
    int root = reach(ui), count = (int)ui->tree->count, from = index_of(ui, ui->focus);
    for (int step = 1; step <= count; step++) {
        int at =
            from < 0 ? (back ? count - step : step - 1) : (from + (back ? -step : step) + 2 * count) % count;
        if (at != from && is_stop(ui, at) && ui_within(ui, at, root))
            return focus_at(ui, at);
    }
    return false;
}

static int step_in_group(const struct ui *ui, int group, int from, int by)
{
    for (int at = from + by; at > group && at < (int)ui->tree->count && ui_within(ui, at, group); at += by)
        if (can_focus(&nodes_of(ui)[at]))
            return at;
    return -1;
}

static int end_of_group(const struct ui *ui, int group, bool last)
{
    int found = -1;
    for (int at = group + 1; at < (int)ui->tree->count && ui_within(ui, at, group); at++)
        if (can_focus(&nodes_of(ui)[at])) {
            found = at;
            if (!last)
                break;
        }
    return found;
}

/* The nearest item above or below, for groups in two dimensions. */
static int nearest_line(const struct ui *ui, int group, int from, int direction)
{
    struct rect here = nodes_of(ui)[from].rect;
    float best = 1e9F;
    int found = -1;
    for (int at = group + 1; at < (int)ui->tree->count && ui_within(ui, at, group); at++) {
        struct rect r = nodes_of(ui)[at].rect;
        float dy = (r.y + r.h / 2 - here.y - here.h / 2) * (float)direction;
        if (!can_focus(&nodes_of(ui)[at]) || dy < here.h / 2)
            continue;
        float distance = dy * 4 + fabsf(r.x + r.w / 2 - here.x - here.w / 2);
        if (distance < best) {
            best = distance;
            found = at;
        }
    }
    return found;
}

static bool move_in_group(struct ui *ui, const struct ui_event *event)
{
    int from = index_of(ui, ui->focus), group = from >= 0 ? roving_above(ui, from) : -1;
    if (group < 0 || event->mods & (UI_CTRL | UI_ALT))
        return false;
    enum ui_layout layout = nodes_of(ui)[group].box.layout;
    bool flat = layout == UI_GRID || layout == UI_WRAP, row = layout == UI_ROW || flat;
    switch (event->key) {
    case UI_KEY_HOME:
    case UI_KEY_END:
        return focus_at(ui, end_of_group(ui, group, event->key == UI_KEY_END));
    case UI_KEY_LEFT:
    case UI_KEY_RIGHT:
        return row && focus_at(ui, step_in_group(ui, group, from, event->key == UI_KEY_RIGHT ? 1 : -1));
    case UI_KEY_UP:
    case UI_KEY_DOWN:
        if (flat)
            return focus_at(ui, nearest_line(ui, group, from, event->key == UI_KEY_DOWN ? 1 : -1));
        return !row && focus_at(ui, step_in_group(ui, group, from, event->key == UI_KEY_DOWN ? 1 : -1));
    default:
        return false;
    }
}

/* ---- Acting ---- */

bool ui_activate(struct ui *ui, const struct ui_node *node, struct ui_action *ret)
{
    if (!node->command || node->state & (UI_DISABLED | UI_HIDDEN))
        return false;
    buffer_clear(&ui->action_text);
    buffer_add(&ui->action_text, node->box.text_argument);
    *ret = (struct ui_action){
        .command = node->command,
        .argument = node->argument,
        .text = buffer_str(&ui->action_text),
        .node = node->id,
    };
    return true;
}

bool ui_perform(struct ui *ui, uint64_t id, struct ui_action *ret)
{
    const struct ui_node *node = ui_node_at(ui, id);
    return node && node->role != UI_ROLE_DIALOG && ui_activate(ui, node, ret);
}

/* ---- Moving among siblings ---- */

/* The neighbour that can be moved too; NULL at the end. */
static const struct ui_node *neighbour(const struct ui *ui, const struct ui_node *node, int by)
{
    int self = (int)(node - nodes_of(ui)), before = -1;
    for (int at = nodes_of(ui)[node->parent].first; at >= 0; at = nodes_of(ui)[at].next) {
        if (at == self) {
            if (by < 0)
                return before >= 0 ? &nodes_of(ui)[before] : NULL;
        } else if (nodes_of(ui)[at].box.moved && ui_shown(&nodes_of(ui)[at])) {
            if (by > 0 && at > self)
                return &nodes_of(ui)[at];
            before = at;
        }
    }
    return NULL;
}

static void report_move(const struct ui_node *node, int by, struct ui_action *ret)
{
    *ret = (struct ui_action){
        .command = node->box.moved, .argument = node->argument, .number = by, .node = node->id};
}

static enum ui_answer move_key(struct ui *ui, const struct ui_node *node, const struct ui_event *event,
                               struct ui_action *ret)
{
    bool grabbed = ui->grabbed == node->id, arrow = event->key == UI_KEY_UP || event->key == UI_KEY_DOWN;
    if (arrow && (event->mods == UI_ALT || (grabbed && !event->mods))) {
        int by = event->key == UI_KEY_UP ? -1 : 1;
        if (!neighbour(ui, node, by))
            return UI_USED;
        report_move(node, by, ret);
        ui->reveal = node->id;
        return UI_ACTED;
    }
    if ((event->key == ' ' && !event->mods && !node->command) || (event->key == UI_KEY_ESCAPE && grabbed)) {
        ui->grabbed = grabbed ? 0 : node->id;
        return UI_USED;
    }
    return UI_IGNORED;
}

/* Past the middle of a neighbour the two change places. */
static enum ui_answer drag_node(struct ui *ui, const struct ui_node *node, float y, struct ui_action *ret)
{
    const struct ui_node *above = neighbour(ui, node, -1), *below = neighbour(ui, node, 1);
    int by = above && y < above->rect.y + above->rect.h / 2   ? -1
             : below && y > below->rect.y + below->rect.h / 2 ? 1
                                                              : 0;
    if (!by)
        return UI_IGNORED;
    report_move(node, by, ret);
    return UI_ACTED;
}

/* ---- Pointer ---- */

static bool shows_at(const struct ui_node *node, float x, float y)
{
    return ui_shown(node) && rect_has(node->rect, x, y) && rect_has(node->clip, x, y);
}

/* The last in painting order is on top; a dialog hides all that came before it. */
int ui_hit(const struct ui *ui, float x, float y)
{
    int root = reach(ui);
    for (int at = (int)ui->tree->count - 1; at >= root; at--)
        if (shows_at(&nodes_of(ui)[at], x, y) && !nodes_of(ui)[at].box.transparent)
            return at;
    return -1;
}

static bool is_active(const struct ui_node *node)
{
    return (node->command || can_focus(node)) && !(node->state & UI_DISABLED) && node->role != UI_ROLE_DIALOG;
}

static int active_at(const struct ui *ui, float x, float y)
{
    int at = ui_hit(ui, x, y);
    while (at >= 0 && !is_active(&nodes_of(ui)[at]))
        at = nodes_of(ui)[at].parent;
    return at;
}

static enum ui_answer hover(struct ui *ui)
{
    int at = active_at(ui, ui->pointer_x, ui->pointer_y);
    uint64_t id = at >= 0 ? nodes_of(ui)[at].id : 0;
    if (id == ui->hover)
        return UI_IGNORED;
    ui->hover = id;
    return UI_USED;
}

/* The area whose scroll bar is under the pointer. */
static struct ui_node *bar_at(const struct ui *ui, float x, float y)
{
    for (int at = ui_hit(ui, x, y); at >= 0; at = nodes_of(ui)[at].parent) {
        struct ui_node *node = &nodes_of(ui)[at];
        const struct ui_state *state = node->box.scroll ? ui_state_find(ui, node->id) : NULL;
        if (state && ui_scroll_limit(state) > 0 && x >= node->rect.x + node->rect.w - GRAB)
            return node;
    }
    return NULL;
}

static void drag_bar(struct ui *ui, float y)
{
    const struct ui_node *node = ui_node_at(ui, ui->dragging);
    struct ui_state *state = node ? ui_state_of(ui, node->id) : NULL;
    if (!state || state->content_h <= 0)
        return;
    float wanted = (y - node->rect.y - ui->drag_offset) / node->rect.h * state->content_h;
    state->scroll_y = fminf(fmaxf(wanted, 0), ui_scroll_limit(state));
    ui->scrolled = true;
}

static void begin_drag(struct ui *ui, const struct ui_node *node, int kind)
{
    ui->dragging = node->id;
    ui->drag = kind;
}

static bool press_bar(struct ui *ui, float x, float y)
{
    struct ui_node *node = bar_at(ui, x, y);
    if (!node)
        return false;
    const struct ui_state *state = ui_state_of(ui, node->id);
    float top = state->scroll_y / state->content_h * node->rect.h;
    float length = state->view_h / state->content_h * node->rect.h;
    float grip = y - node->rect.y - top;
    begin_drag(ui, node, UI_DRAG_SCROLL);
    ui->drag_offset = grip >= 0 && grip < length ? grip : length / 2;
    drag_bar(ui, y);
    return true;
}

static enum ui_answer press(struct ui *ui, const struct ui_event *event, struct ui_action *ret)
{
    if (event->button != 1)
        return UI_IGNORED;
    if (press_bar(ui, event->x, event->y))
        return UI_USED;
    int at = active_at(ui, event->x, event->y);
    ui->pressed = at >= 0 ? nodes_of(ui)[at].id : 0;
    if (at >= 0 && can_focus(&nodes_of(ui)[at])) {
        ui_set_focus(ui, ui->pressed);
        ui->focus_shown = true;
        ui->reveal = 0; /* what is clicked is in view */
    }
    if (at >= 0 && nodes_of(ui)[at].role == UI_ROLE_EDIT)
        return ui_edit_event(ui, &nodes_of(ui)[at], event, ret);
    if (at >= 0 && nodes_of(ui)[at].role == UI_ROLE_SLIDER) {
        begin_drag(ui, &nodes_of(ui)[at], UI_DRAG_SLIDER);
        ui_slider_drag(ui, &nodes_of(ui)[at], event->x, ret);
        return UI_ACTED;
    }
    if (at >= 0 && nodes_of(ui)[at].box.moved)
        begin_drag(ui, &nodes_of(ui)[at], UI_DRAG_MOVE);
    else if (ui_select_press(ui, event))
        begin_drag(ui, ui_node_at(ui, ui->selected.anchor_id), UI_DRAG_SELECT);
    return UI_USED;
}

/* A click on a run of text that carries a command. */
static bool follow_link(struct ui *ui, const struct ui_event *event, struct ui_action *ret)
{
    int at = ui_text_at(ui, event->x, event->y), span;
    const struct ui_node *node = at >= 0 ? &nodes_of(ui)[at] : NULL;
    if (!node)
        return false;
    ui_offset_at(ui, node, event->x, event->y, &span);
    if (span < 0 || !node->text->spans[span].command)
        return false;
    *ret = (struct ui_action){
        .command = node->text->spans[span].command,
        .argument = node->text->spans[span].argument,
        .node = node->id,
    };
    return true;
}

static enum ui_answer release(struct ui *ui, const struct ui_event *event, struct ui_action *ret)
{
    uint64_t pressed = ui->pressed;
    bool selected = ui->drag == UI_DRAG_SELECT && ui_has_selection(ui);
    int at = active_at(ui, event->x, event->y);
    ui->pressed = 0;
    ui->drag = UI_DRAG_NONE;
    ui->dragging = 0;
    if (selected)
        return UI_USED;
    if (follow_link(ui, event, ret))
        return UI_ACTED;
    if (at < 0 || nodes_of(ui)[at].id != pressed || nodes_of(ui)[at].role == UI_ROLE_EDIT ||
        nodes_of(ui)[at].role == UI_ROLE_SLIDER)
        return UI_USED;
    return ui_activate(ui, &nodes_of(ui)[at], ret) ? UI_ACTED : UI_USED;
}

static enum ui_answer move(struct ui *ui, const struct ui_event *event, struct ui_action *ret)
{
    const struct ui_node *node = ui_node_at(ui, ui->dragging);
    ui->pointer_x = event->x;
    ui->pointer_y = event->y;
    if (!node || ui->drag == UI_DRAG_NONE)
        return hover(ui);
    if (ui->drag == UI_DRAG_SCROLL)
        drag_bar(ui, event->y);
    if (ui->drag == UI_DRAG_SLIDER) {
        ui_slider_drag(ui, node, event->x, ret);
        return UI_ACTED;
    }
    if (ui->drag == UI_DRAG_MOVE)
        return drag_node(ui, node, event->y, ret);
    if (ui->drag == UI_DRAG_SELECT && node->role == UI_ROLE_EDIT)
        return ui_edit_event(ui, ui_node_at(ui, ui->dragging), event, ret);
    if (ui->drag == UI_DRAG_SELECT)
        ui_select_drag(ui, event);
    return UI_USED;
}

static bool scroll_by(struct ui *ui, const struct ui_node *node, float dx, float dy)
{
    struct ui_state *state = ui_state_of(ui, node->id);
    float x = state->scroll_x, y = state->scroll_y;
    if (node->box.scroll)
        state->scroll_y = fminf(fmaxf(y + dy, 0), ui_scroll_limit(state));
    if (node->box.scroll_wide)
        state->scroll_x = fminf(fmaxf(x + dx, 0), fmaxf(state->content_w - state->view_w, 0));
    bool moved = state->scroll_x != x || state->scroll_y != y;
    ui->scrolled |= moved;
    return moved;
}

static enum ui_answer wheel(struct ui *ui, const struct ui_event *event)
{
    for (int at = ui_hit(ui, event->x, event->y); at >= 0; at = nodes_of(ui)[at].parent) {
        const struct ui_node *node = &nodes_of(ui)[at];
        if ((node->box.scroll || node->box.scroll_wide) && scroll_by(ui, node, event->dx, event->dy))
            return UI_USED;
    }
    return UI_IGNORED;
}

/* ---- Keys ---- */

/* The area that keys scroll: around the focus, else the largest that can. */
static int scroll_area(const struct ui *ui)
{
    int root = reach(ui), best = -1;
    float size = 0;
    for (int at = index_of(ui, ui->focus); at >= 0; at = nodes_of(ui)[at].parent) {
        const struct ui_state *state =
            nodes_of(ui)[at].box.scroll ? ui_state_find(ui, nodes_of(ui)[at].id) : NULL;
        if (state && ui_scroll_limit(state) > 0)
            return at;
    }
    for (int at = 0; at < (int)ui->tree->count; at++) {
        const struct ui_node *node = &nodes_of(ui)[at];
        const struct ui_state *state = node->box.scroll ? ui_state_find(ui, node->id) : NULL;
        float area = node->rect.w * node->rect.h;
        if (state && ui_scroll_limit(state) > 0 && area > size && ui_within(ui, at, root)) {
            best = at;
            size = area;
        }
    }
    return best;
}

static bool scroll_key(struct ui *ui, const struct ui_event *event)
{
    int at = scroll_area(ui);
    if (at < 0 || event->mods & (UI_CTRL | UI_ALT))
        return false;
    float page = nodes_of(ui)[at].rect.h - SCROLL_STEP;
    switch (event->key) {
    case UI_KEY_UP:
        return scroll_by(ui, &nodes_of(ui)[at], 0, -SCROLL_STEP);
    case UI_KEY_DOWN:
        return scroll_by(ui, &nodes_of(ui)[at], 0, SCROLL_STEP);
    case UI_KEY_PAGE_UP:
        return scroll_by(ui, &nodes_of(ui)[at], 0, -page);
    case UI_KEY_PAGE_DOWN:
        return scroll_by(ui, &nodes_of(ui)[at], 0, page);
    case UI_KEY_HOME:
        return scroll_by(ui, &nodes_of(ui)[at], 0, -1e9F);
    case UI_KEY_END:
        return scroll_by(ui, &nodes_of(ui)[at], 0, 1e9F);
    default:
        return false;
    }
}

static bool copy_selection(struct ui *ui, const struct ui_event *event)
{
    if (event->key != 'c' || event->mods != UI_CTRL || !ui->host->copy || !ui_has_selection(ui))
        return false;
    ui->host->copy(ui->host->self, ui_selection(ui, ui_arena(ui)));
    return true;
}

static bool leave_dialog(struct ui *ui, const struct ui_event *event, struct ui_action *ret)
{
    int modal = topmost_modal(ui);
    return modal >= 0 && event->key == UI_KEY_ESCAPE && ui_activate(ui, &nodes_of(ui)[modal], ret);
}

static bool is_press(const struct ui_event *event)
{
    return (event->key == UI_KEY_ENTER || event->key == ' ') && !event->mods;
}

static enum ui_answer key(struct ui *ui, const struct ui_event *event, struct ui_action *ret)
{
    struct ui_node *focused = ui_node_at(ui, ui->focus);
    if (focused && focused->role == UI_ROLE_EDIT) {
        enum ui_answer answer = ui_edit_event(ui, focused, event, ret);
        if (answer != UI_IGNORED)
            return answer;
    }
    if (focused && focused->box.moved) {
        enum ui_answer answer = move_key(ui, focused, event, ret);
        if (answer != UI_IGNORED)
            return answer;
    }
    if (leave_dialog(ui, event, ret))
        return UI_ACTED;
    if (event->key == UI_KEY_TAB && !(event->mods & (UI_CTRL | UI_ALT)))
        return move_tab(ui, event->mods & UI_SHIFT) ? UI_USED : UI_IGNORED;
    if (focused && focused->role == UI_ROLE_SLIDER && ui_slider_key(ui, focused, event, ret))
        return UI_ACTED;
    if (ui_rows_key(ui, event) || move_in_group(ui, event) || copy_selection(ui, event))
        return UI_USED;
    if (focused && is_press(event) && ui_activate(ui, focused, ret))
        return UI_ACTED;
    return scroll_key(ui, event) ? UI_USED : UI_IGNORED;
}

enum ui_answer ui_event(struct ui *ui, const struct ui_event *event, struct ui_action *ret)
{
    struct ui_node *focused = ui_node_at(ui, ui->focus);
    switch (event->kind) {
    case UI_EVENT_KEY:
        return key(ui, event, ret);
    case UI_EVENT_TEXT:
    case UI_EVENT_PREEDIT:
        return focused && focused->role == UI_ROLE_EDIT ? ui_edit_event(ui, focused, event, ret) : UI_IGNORED;
    case UI_EVENT_MOVE:
        return move(ui, event, ret);
    case UI_EVENT_DOWN:
        ui->pointer_x = event->x;
        ui->pointer_y = event->y;
        return press(ui, event, ret);
    case UI_EVENT_UP:
        return event->button == 1 ? release(ui, event, ret) : UI_IGNORED;
    case UI_EVENT_WHEEL:
        return wheel(ui, event);
    case UI_EVENT_LEAVE:
        ui->drag = UI_DRAG_NONE;
        ui->dragging = ui->pressed = 0;
        ui->pointer_x = ui->pointer_y = -1;
        return hover(ui);
    }
    return UI_IGNORED;
}

bool ui_typing(const struct ui *ui)
{
    const struct ui_node *focused = ui_node_at(ui, ui->focus);
    return focused && focused->role == UI_ROLE_EDIT;
}
