/* Lists of any length: only the rows near the window become nodes. */
#include "base/hash.h"
#include "ui/inside.h"
#include "ui/words.h"

#include <math.h>
#include <stdio.h>

enum { SPARE_ROWS = 6, KEY_MAX = 28 };

static struct str row_key(size_t index, char room[KEY_MAX])
{
    return (struct str){room, (size_t)snprintf(room, KEY_MAX, "row %zu", index)};
}

static uint64_t row_id(uint64_t list, size_t index)
{
    char room[KEY_MAX];
    struct str key = row_key(index, room);
    return hash_combine(list, words_hash(1, key.ptr, key.len));
}

static void put_cursor(struct ui *ui, struct ui_state *state, size_t index)
{
    if (ui->focus == row_id(state->id, state->cursor))
        ui->focus = row_id(state->id, index);
    state->cursor = index;
    state->roving = row_id(state->id, index);
}

/* Scrolls the row of the cursor into view, whether or not it has a node yet. */
static void show_cursor(struct ui_state *state)
{
    float top = (float)state->cursor * state->row_height;
    if (top < state->scroll_y)
        state->scroll_y = top;
    if (top + state->row_height > state->scroll_y + state->view_h)
        state->scroll_y = top + state->row_height - state->view_h;
}

struct ui_rows ui_open_rows(struct ui *ui, const struct ui_box *box, size_t count, float row_height)
{
    struct ui_box list = *box;
    list.role = box->role ? box->role : UI_ROLE_LIST;
    list.layout = UI_COLUMN;
    list.scroll = list.roving = true;
    struct ui_node *node = &ui->tree->nodes[ui_open_box(ui, &list)];
    node->command = 0; /* the rows', not the list's */
    struct ui_state *state = ui_state_of(ui, node->id);
    float view = state->view_h > 0 ? state->view_h : ui->tree->frame.height;
    state->rows = true;
    state->row_count = count;
    state->row_height = row_height;
    if (state->cursor >= count)
        put_cursor(ui, state, count ? count - 1 : 0);
    float limit = fmaxf((float)count * row_height - view, 0), top = fminf(state->scroll_y, limit);
    size_t first = (size_t)fmaxf(floorf(top / row_height) - SPARE_ROWS, 0);
    size_t end = (size_t)ceilf((top + view) / row_height) + SPARE_ROWS;
    struct ui_rows rows = {first < count ? first : count, end < count ? end : count};
    /* The cursor stays where it can be seen, so that the focus never vanishes with a row. */
    if (rows.end > rows.first && (state->cursor < rows.first || state->cursor >= rows.end))
        put_cursor(ui, state, state->cursor < rows.first ? rows.first + SPARE_ROWS : rows.end - SPARE_ROWS);
    /* On the first frame the size of the window is a guess: ask for another. */
    ui->again |= state->view_h <= 0;
    ui_leaf(ui, .key = STR("before"), .height = UI_FIXED((float)rows.first * row_height),
            .transparent = true);
    return rows;
}

void ui_open_row(struct ui *ui, size_t index, const struct ui_box *box)
{
    const struct ui_node *list = ui_open_node(ui);
    const struct ui_state *state = ui_state_of(ui, list->id);
    char room[KEY_MAX];
    struct ui_box row = *box;
    row.key = row_key(index, room);
    row.role = box->role ? box->role : UI_ROLE_LISTITEM;
    row.state = box->state | UI_FOCUSABLE;
    row.layout = box->layout ? box->layout : UI_ROW;
    row.height = UI_FIXED(state->row_height);
    row.width = UI_GROW;
    row.command = box->command ? box->command : list->box.command;
    row.argument = box->argument ? box->argument : (int64_t)index;
    row.initial = index == state->cursor;
    ui_open_box(ui, &row);
}

void ui_close_rows(struct ui *ui)
{
    const struct ui_node *list = ui_open_node(ui);
    const struct ui_state *state = ui_state_of(ui, list->id);
    size_t shown = (size_t)(list->child_count - 1);
    const struct ui_node *before = &ui->tree->nodes[list->first];
    size_t first = (size_t)lrintf(before->box.height.value / state->row_height);
    size_t left = state->row_count > first + shown ? state->row_count - first - shown : 0;
    ui_leaf(ui, .key = STR("behind"), .height = UI_FIXED((float)left * state->row_height),
            .transparent = true);
    ui_close(ui);
}

size_t ui_rows_cursor(struct ui *ui, struct str key)
{
    return ui_state_of(ui, ui_child_id(ui, key))->cursor;
}

void ui_rows_set_cursor(struct ui *ui, struct str key, size_t index)
{
    struct ui_state *state = ui_state_of(ui, ui_child_id(ui, key));
    put_cursor(ui, state, index);
    if (state->row_height > 0)
        show_cursor(state);
}

/* Rows by which a key moves; the cursor is held between the first and the last. */
static int64_t step_of(const struct ui_state *state, uint32_t key)
{
    int64_t page = (int64_t)(state->view_h / state->row_height) - 1, all = (int64_t)state->row_count;
    switch (key) {
    case UI_KEY_UP:
        return -1;
    case UI_KEY_DOWN:
        return 1;
    case UI_KEY_PAGE_UP:
        return page > 1 ? -page : -1;
    case UI_KEY_PAGE_DOWN:
        return page > 1 ? page : 1;
    case UI_KEY_HOME:
        return -all;
    case UI_KEY_END:
        return all;
    default:
        return 0;
    }
}

bool ui_rows_key(struct ui *ui, const struct ui_event *event)
{
    const struct ui_node *row = ui_node_at(ui, ui->focus);
    struct ui_state *state =
        row && row->parent >= 0 ? ui_state_find(ui, ui->tree->nodes[row->parent].id) : NULL;
    if (!state || !state->rows || !state->row_count || event->mods & (UI_CTRL | UI_ALT))
        return false;
    int64_t step = step_of(state, event->key);
    if (!step)
        return false;
    int64_t last = (int64_t)state->row_count - 1, wanted = (int64_t)state->cursor + step;
    long clicked;
    if (str_starts(row->box.key, STR("row ")) &&
        str_to_long(str_slice(row->box.key, 4, row->box.key.len), &clicked)) {
        state->cursor = (size_t)clicked; /* the focus may be on a row that was clicked */
        wanted = clicked + step;
    }
    wanted = wanted < 0 ? 0 : wanted > last ? last : wanted;
    put_cursor(ui, state, (size_t)wanted);
    show_cursor(state);
    ui->reveal = ui->focus;
    return true;
}
