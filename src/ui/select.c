/* Selecting text that is not in a field, over as many paragraphs as one likes. */
#include "ui/inside.h"

#include <math.h>

int ui_text_at(const struct ui *ui, float x, float y)
{
    int at = ui_hit(ui, x, y);
    return at >= 0 && ui->tree->nodes[at].text ? at : -1;
}

size_t ui_offset_at(struct ui *ui, const struct ui_node *node, float x, float y, int *ret_span)
{
    return text_offset_at(ui->text, node->text, node->rect.w, ui->tree->frame.scale, x - node->rect.x,
                          y - node->rect.y, ret_span);
}

static bool is_selectable(const struct ui_node *node)
{
    return node->text && node->text->selectable && ui_shown(node);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n';
}

/* Two clicks take the word, three the paragraph. */
static void widen(struct ui_selected *selected, struct str text, int clicks)
{
    if (clicks == 2) {
        while (selected->anchor > 0 && !is_blank(text.ptr[selected->anchor - 1]))
            selected->anchor--;
        while (selected->caret < text.len && !is_blank(text.ptr[selected->caret]))
            selected->caret++;
    } else if (clicks > 2) {
        selected->anchor = 0;
        selected->caret = text.len;
    }
}

bool ui_select_press(struct ui *ui, const struct ui_event *event)
{
    int at = ui_text_at(ui, event->x, event->y), span;
    if (at < 0 || !is_selectable(&ui->tree->nodes[at])) {
        ui->selected = (struct ui_selected){0};
        return false;
    }
    const struct ui_node *node = &ui->tree->nodes[at];
    size_t offset = ui_offset_at(ui, node, event->x, event->y, &span);
    if (event->mods & UI_SHIFT && ui_node_at(ui, ui->selected.anchor_id)) {
        ui->selected.caret_id = node->id;
        ui->selected.caret = offset;
        return true;
    }
    ui->selected = (struct ui_selected){node->id, node->id, offset, offset};
    widen(&ui->selected, node->text->text, event->clicks);
    return true;
}

/* How far the point is from the node: lines first, then sideways. */
static float distance(const struct ui_node *node, float x, float y)
{
    struct rect r = node->rect;
    float dy = y < r.y ? r.y - y : y > r.y + r.h ? y - r.y - r.h : 0;
    float dx = x < r.x ? r.x - x : x > r.x + r.w ? x - r.x - r.w : 0;
    return dy * 1000 + dx;
}

void ui_select_drag(struct ui *ui, const struct ui_event *event)
{
    const struct ui_node *best = NULL;
    int span;
    for (size_t i = 0; i < ui->tree->count; i++) {
        const struct ui_node *node = &ui->tree->nodes[i];
        if (!is_selectable(node) || rect_empty(rect_intersect(node->rect, node->clip)))
            continue;
        if (!best || distance(node, event->x, event->y) < distance(best, event->x, event->y))
            best = node;
    }
    if (!best)
        return;
    ui->selected.caret_id = best->id;
    ui->selected.caret = ui_offset_at(ui, best, event->x, event->y, &span);
}

/* Both ends in reading order; false if nothing is selected or an end is gone. */
static bool ends(const struct ui *ui, const struct ui_node **ret_first, size_t *ret_start,
                 const struct ui_node **ret_last, size_t *ret_end)
{
    const struct ui_selected *s = &ui->selected;
    const struct ui_node *anchor = ui_node_at(ui, s->anchor_id), *caret = ui_node_at(ui, s->caret_id);
    if (!anchor || !caret || !is_selectable(anchor) || !is_selectable(caret) ||
        (anchor == caret && s->anchor == s->caret))
        return false;
    bool forward = anchor < caret || (anchor == caret && s->anchor < s->caret);
    *ret_first = forward ? anchor : caret;
    *ret_last = forward ? caret : anchor;
    *ret_start = forward ? s->anchor : s->caret;
    *ret_end = forward ? s->caret : s->anchor;
    return true;
}

bool ui_has_selection(const struct ui *ui)
{
    const struct ui_node *first, *last;
    size_t start, end;
    return ends(ui, &first, &start, &last, &end);
}

bool ui_selection_of(struct ui *ui, uint64_t id, size_t *ret_start, size_t *ret_end)
{
    const struct ui_node *first, *last, *node = ui_node_at(ui, id);
    size_t start, end;
    if (!ui->selected.anchor_id || !node || !is_selectable(node) || !ends(ui, &first, &start, &last, &end) ||
        node < first || node > last)
        return false;
    size_t whole = node->text->text.len;
    start = node == first ? start : 0;
    end = node == last ? end : whole;
    *ret_start = start < whole ? start : whole; /* the text may be another by now */
    *ret_end = end < whole ? end : whole;
    return *ret_start < *ret_end;
}

struct str ui_selected_text(struct ui *ui, struct arena *arena)
{
    struct buffer text = {0};
    size_t start, end;
    for (size_t i = 0; ui_has_selection(ui) && i < ui->tree->count; i++) {
        const struct ui_node *node = &ui->tree->nodes[i];
        if (!ui_selection_of(ui, node->id, &start, &end))
            continue;
        if (text.len)
            buffer_add_char(&text, '\n');
        buffer_add(&text, str_slice(node->text->text, start, end));
    }
    struct str copy = str_copy(arena, buffer_str(&text));
    buffer_finish(&text);
    return copy;
}
