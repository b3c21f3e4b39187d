/* Four passes over the tree, which is stored in reading order (parents before children): least and best widths
 * from the leaves up, widths from the root down, heights from the leaves up (now text knows where it wraps),
 * heights that grow and positions from the root down. */
#include "ui/inside.h"

#include <math.h>

enum { COLUMNS_MAX = 32 };

#define each_child(tree, node, at) for (int at = (node)->first; at >= 0; at = (tree)->nodes[at].next)

static float limited(struct ui_size size, float value)
{
    if (size.max > 0)
        value = fminf(value, size.max);
    return fmaxf(value, size.min);
}

static float across(struct ui_edges e)
{
    return e.left + e.right;
}

static float along(struct ui_edges e)
{
    return e.top + e.bottom;
}

static float row_gap(const struct ui_box *box)
{
    return box->row_gap > 0 ? box->row_gap : box->gap;
}

static int columns_of(const struct ui_box *box)
{
    return box->columns < 1 ? 1 : box->columns > COLUMNS_MAX ? COLUMNS_MAX : box->columns;
}

static int shown_children(const struct ui_tree *tree, const struct ui_node *node)
{
    int count = 0;
    each_child(tree, node, at) count += ui_shown(&tree->nodes[at]);
    return count;
}

static float gaps(const struct ui_tree *tree, const struct ui_node *node)
{
    int count = shown_children(tree, node);
    return count > 1 ? node->box.gap * (float)(count - 1) : 0;
}

/* ---- Pass 1: least and best widths ---- */

struct columns {
    int count;
    float min[COLUMNS_MAX], best[COLUMNS_MAX], grow[COLUMNS_MAX];
};

static void find_columns(const struct ui_tree *tree, const struct ui_node *node, struct columns *ret)
{
    *ret = (struct columns){.count = columns_of(&node->box)};
    int i = 0;
    each_child(tree, node, at)
    {
        const struct ui_node *child = &tree->nodes[at];
        if (!ui_shown(child))
            continue;
        int column = i++ % ret->count;
        ret->min[column] = fmaxf(ret->min[column], child->min_width);
        ret->best[column] = fmaxf(ret->best[column], child->best_width);
        if (child->box.width.kind == UI_GROW_KIND)
            ret->grow[column] =
                fmaxf(ret->grow[column], child->box.width.value > 0 ? child->box.width.value : 1);
    }
}

static void sum_children(const struct ui_tree *tree, const struct ui_node *node, float *min, float *best)
{
    enum ui_layout layout = node->box.layout;
    if (layout == UI_GRID) {
        struct columns columns;
        find_columns(tree, node, &columns);
        *min = *best = node->box.gap * (float)(columns.count - 1);
        for (int i = 0; i < columns.count; i++) {
            *min += columns.min[i];
            *best += columns.best[i];
        }
        return;
    }
    each_child(tree, node, at)
    {
        const struct ui_node *child = &tree->nodes[at];
        if (!ui_shown(child))
            continue;
        bool side_by_side = layout == UI_ROW || layout == UI_WRAP;
        *best = side_by_side ? *best + child->best_width : fmaxf(*best, child->best_width);
        *min = layout == UI_ROW ? *min + child->min_width : fmaxf(*min, child->min_width);
    }
    if (layout == UI_ROW || layout == UI_WRAP)
        *best += gaps(tree, node);
    if (layout == UI_ROW)
        *min += gaps(tree, node);
}

static void measure_width(struct ui *ui, struct ui_node *node)
{
    struct ui_size size = node->box.width;
    float min = 0, best = 0;
    if (node->text)
        text_prepare(ui->text, node->text, node->lang, ui->tree->frame.scale, ui->frame_number, &min, &best);
    else
        sum_children(ui->tree, node, &min, &best);
    min += across(node->box.padding);
    best += across(node->box.padding);
    if (size.kind == UI_FIXED_KIND)
        best = size.value;
    if (node->box.scroll_wide || size.kind == UI_FIXED_KIND)
        min = fminf(min, best);
    node->best_width = limited(size, best);
    node->min_width =
        fminf(fmaxf(node->box.scroll_wide ? across(node->box.padding) : min, size.min), node->best_width);
}

/* ---- Pass 2: widths ---- */

/* Shares `spare` among those with a weight, none above its limit; what a full one leaves goes to the others. */
struct share {
    float weight, base, max, given;
    bool full;
};

static void share_out(struct share *shares, int count, float room)
{
    for (int round = 0; round <= count; round++) {
        float weights = 0, rest = room;
        for (int i = 0; i < count; i++)
            if (shares[i].weight > 0 && !shares[i].full)
                weights += shares[i].weight;
            else
                rest -= shares[i].given;
        if (weights <= 0)
            return;
        bool again = false;
        for (int i = 0; i < count; i++) {
            struct share *s = &shares[i];
            if (s->weight <= 0 || s->full)
                continue;
            float wanted = fmaxf(rest, 0) * s->weight / weights;
            bool low = wanted<s->base, high = s->max> 0 && wanted > s->max;
            s->given = low ? s->base : high ? s->max : wanted;
            s->full = low || high;
            again |= s->full;
        }
        if (!again)
            return;
        for (int i = 0; i < count; i++) /* begin again with the full ones fixed */
            if (!shares[i].full && shares[i].weight > 0)
                shares[i].given = 0;
    }
}

/* When even the best widths do not fit, each gives way in proportion to what it can give. */
static void shrink(struct share *shares, const float *mins, int count, float room)
{
    float total = 0, can = 0;
    for (int i = 0; i < count; i++) {
        total += shares[i].given;
        can += shares[i].given - mins[i];
    }
    float over = total - room;
    if (over <= 0 || can <= 0)
        return;
    float part = fminf(over / can, 1);
    for (int i = 0; i < count; i++)
        shares[i].given -= (shares[i].given - mins[i]) * part;
}

static float weight_of(struct ui_size size)
{
    return size.kind != UI_GROW_KIND ? 0 : size.value > 0 ? size.value : 1;
}

/* What a child wants of the room along its parent. */
typedef struct share share_of(const struct ui_node *child);

/* Gives each child its length along the parent. */
static void share_among(struct ui *ui, struct ui_node *node, float inner, share_of *wants,
                        float *(*length)(struct ui_node *child))
{
    struct ui_tree *tree = ui->tree;
    int count = shown_children(tree, node), i = 0;
    struct share *shares = arena_array(&tree->arena, (size_t)count, sizeof *shares);
    float *mins = arena_array(&tree->arena, (size_t)count, sizeof *mins), room = inner - gaps(tree, node);
    each_child(tree, node, at)
    {
        if (!ui_shown(&tree->nodes[at]))
            continue;
        shares[i] = wants(&tree->nodes[at]);
        mins[i] = shares[i].base;
        i++;
    }
    shrink(shares, mins, count, room);
    share_out(shares, count, room);
    i = 0;
    each_child(tree, node, at) if (ui_shown(&tree->nodes[at])) * length(&tree->nodes[at]) = shares[i++].given;
}

static struct share width_wanted(const struct ui_node *child)
{
    float weight = weight_of(child->box.width);
    return (struct share){.weight = weight,
                          .base = child->min_width,
                          .max = child->box.width.max,
                          .given = weight > 0 ? child->min_width : child->best_width};
}

static float *width_of(struct ui_node *child)
{
    return &child->rect.w;
}

static void share_row(struct ui *ui, struct ui_node *node, float inner)
{
    share_among(ui, node, inner, width_wanted, width_of);
}

static void share_grid(struct ui *ui, struct ui_node *node, float inner)
{
    struct columns columns;
    struct share shares[COLUMNS_MAX] = {0};
    find_columns(ui->tree, node, &columns);
    for (int i = 0; i < columns.count; i++)
        shares[i] = (struct share){.weight = columns.grow[i],
                                   .base = columns.min[i],
                                   .given = columns.grow[i] > 0 ? columns.min[i] : columns.best[i]};
    float room = inner - node->box.gap * (float)(columns.count - 1);
    shrink(shares, columns.min, columns.count, room);
    share_out(shares, columns.count, room);
    int i = 0;
    each_child(ui->tree, node, at) if (ui_shown(&ui->tree->nodes[at])) ui->tree->nodes[at].rect.w =
        shares[i++ % columns.count].given;
}

static enum ui_align own_align(const struct ui_node *parent, const struct ui_node *child)
{
    return child->box.align_self ? child->box.align_self : parent->box.align;
}

static void give_widths(struct ui *ui, struct ui_node *node)
{
    struct ui_tree *tree = ui->tree;
    float inner = fmaxf(node->rect.w - across(node->box.padding), 0);
    if (node->box.scroll_wide) {
        float wanted = 0, min = 0;
        sum_children(tree, node, &min, &wanted);
        inner = fmaxf(inner, wanted);
    }
    if (node->box.layout == UI_ROW) {
        share_row(ui, node, inner);
        return;
    }
    if (node->box.layout == UI_GRID) {
        share_grid(ui, node, inner);
        return;
    }
    each_child(tree, node, at)
    {
        struct ui_node *child = &tree->nodes[at];
        bool fills = child->box.width.kind == UI_GROW_KIND ||
                     (child->box.width.kind == UI_HUG_KIND && own_align(node, child) == UI_STRETCH);
        float wanted =
            fills && node->box.layout != UI_WRAP ? limited(child->box.width, inner) : child->best_width;
        child->rect.w = fminf(wanted, inner);
    }
}

/* ---- Pass 3: heights ---- */

/* The children of a wrap in lines: gives the height of all, and each child its place in the node. */
static float wrap_children(struct ui_tree *tree, struct ui_node *node, bool place)
{
    float inner = node->rect.w - across(node->box.padding);
    float x = 0, y = 0, line = 0;
    each_child(tree, node, at)
    {
        struct ui_node *child = &tree->nodes[at];
        if (!ui_shown(child)) {
            child->rect.y = y; /* so that it does not part its line */
            continue;
        }
        if (x > 0 && x + child->rect.w > inner + 0.01F) {
            x = 0;
            y += line + row_gap(&node->box);
            line = 0;
        }
        if (place) {
            child->rect.x = x;
            child->rect.y = y;
        }
        x += child->rect.w + node->box.gap;
        line = fmaxf(line, child->rect.h);
    }
    return y + line;
}

static float offset_in(enum ui_align align, float room, float own)
{
    float spare = fmaxf(room - own, 0);
    return align == UI_CENTER ? spare / 2 : align == UI_END ? spare : 0;
}

/* Each line of a wrap on its own: its children along it by `justify`, and in their height by `align`. */
static void align_wrap(struct ui_tree *tree, struct ui_node *node)
{
    float inner = node->rect.w - across(node->box.padding);
    int start = node->first;
    while (start >= 0) {
        float y = tree->nodes[start].rect.y, tallest = 0, end = 0;
        int at = start;
        for (; at >= 0 && tree->nodes[at].rect.y == y; at = tree->nodes[at].next) {
            tallest = fmaxf(tallest, tree->nodes[at].rect.h);
            end = tree->nodes[at].rect.x + tree->nodes[at].rect.w;
        }
        float indent = offset_in(node->box.justify, inner, end);
        for (int i = start; i != at; i = tree->nodes[i].next) {
            tree->nodes[i].rect.x += indent;
            if (own_align(node, &tree->nodes[i]) == UI_CENTER)
                tree->nodes[i].rect.y = y + (tallest - tree->nodes[i].rect.h) / 2;
        }
        start = at;
    }
}

static float grid_height(const struct ui_tree *tree, const struct ui_node *node)
{
    int columns = columns_of(&node->box), i = 0;
    float total = 0, row = 0;
    each_child(tree, node, at)
    {
        if (!ui_shown(&tree->nodes[at]))
            continue;
        if (i && i % columns == 0) {
            total += row + row_gap(&node->box);
            row = 0;
        }
        row = fmaxf(row, tree->nodes[at].rect.h);
        i++;
    }
    return total + row;
}

/* What a node cannot go below: an area that scrolls can become small. */
static float least_height(const struct ui_node *node)
{
    return node->box.scroll ? fmaxf(node->box.height.min, fminf(node->rect.h, UI_TARGET)) : node->rect.h;
}

static float children_height(struct ui_tree *tree, struct ui_node *node)
{
    float height = 0;
    if (node->box.layout == UI_WRAP)
        return wrap_children(tree, node, false);
    if (node->box.layout == UI_GRID)
        return grid_height(tree, node);
    each_child(tree, node, at)
    {
        const struct ui_node *child = &tree->nodes[at];
        if (!ui_shown(child))
            continue;
        bool shrinks = child->box.scroll && child->box.height.kind == UI_GROW_KIND;
        float own = shrinks ? least_height(child) : child->rect.h;
        height = node->box.layout == UI_COLUMN ? height + own : fmaxf(height, own);
    }
    return node->box.layout == UI_COLUMN ? height + gaps(tree, node) : height;
}

static void give_height(struct ui *ui, struct ui_node *node)
{
    struct ui_size size = node->box.height;
    float inner = node->rect.w - across(node->box.padding);
    float height = node->text
                       ? text_break(ui->text, node->text, inner, ui->tree->frame.scale, ui->frame_number)
                   : node->box.aspect > 0 ? inner / node->box.aspect
                                          : children_height(ui->tree, node);
    node->content_height = height + along(node->box.padding);
    /* A fixed height too small for its text gives way: nothing is cut. */
    height = size.kind == UI_FIXED_KIND
                 ? node->box.scroll || node->box.clip ? size.value : fmaxf(size.value, node->content_height)
                 : node->content_height;
    if (node->box.scroll)
        node->rect.h = limited(size, height);
    else
        node->rect.h = fmaxf(limited(size, height), node->text || !node->box.clip ? node->content_height : 0);
}

/* ---- Pass 4: positions ---- */

static struct share height_wanted(const struct ui_node *child)
{
    float weight = weight_of(child->box.height), least = least_height(child);
    return (struct share){.weight = weight,
                          .base = least,
                          .max = child->box.height.max,
                          .given = weight > 0 ? least : child->rect.h};
}

static float *height_of(struct ui_node *child)
{
    return &child->rect.h;
}

static void share_heights(struct ui *ui, struct ui_node *node, float inner)
{
    share_among(ui, node, inner, height_wanted, height_of);
}

static void place_along(struct ui *ui, struct ui_node *node, struct rect inner, bool row)
{
    struct ui_tree *tree = ui->tree;
    float used = gaps(tree, node), between = node->box.gap;
    int count = shown_children(tree, node);
    each_child(tree, node, at) if (ui_shown(&tree->nodes[at])) used +=
        row ? tree->nodes[at].rect.w : tree->nodes[at].rect.h;
    float room = row ? inner.w : inner.h, at_along = offset_in(node->box.justify, room, used);
    if (node->box.justify == UI_BETWEEN && count > 1)
        between += fmaxf(room - used, 0) / (float)(count - 1);
    each_child(tree, node, at)
    {
        struct ui_node *child = &tree->nodes[at];
        if (!ui_shown(child))
            continue;
        enum ui_align align = own_align(node, child);
        child->rect.x = inner.x + (row ? at_along : offset_in(align, inner.w, child->rect.w));
        child->rect.y = inner.y + (row ? offset_in(align, inner.h, child->rect.h) : at_along);
        at_along += (row ? child->rect.w : child->rect.h) + between;
    }
}

static void place_stack(struct ui_tree *tree, struct ui_node *node, struct rect inner)
{
    each_child(tree, node, at)
    {
        struct ui_node *child = &tree->nodes[at];
        child->rect.x = inner.x + offset_in(own_align(node, child), inner.w, child->rect.w);
        child->rect.y = inner.y + offset_in(node->box.justify, inner.h, child->rect.h);
        if (!child->box.placed)
            continue;
        child->rect.x = inner.x + fmaxf(inner.w - child->rect.w, 0) * child->box.share_x;
        child->rect.y = inner.y + fmaxf(inner.h - child->rect.h, 0) * child->box.share_y;
    }
}

static void place_grid(struct ui_tree *tree, struct ui_node *node, struct rect inner)
{
    int columns = columns_of(&node->box), i = 0;
    float x = inner.x, y = inner.y, row = 0;
    each_child(tree, node, at)
    {
        struct ui_node *child = &tree->nodes[at];
        if (!ui_shown(child))
            continue;
        if (i && i % columns == 0) {
            x = inner.x;
            y += row + row_gap(&node->box);
            row = 0;
        }
        if (i % columns == 0) /* the height of the row to come */
            for (int k = 0, next = at; k < columns && next >= 0; next = tree->nodes[next].next, k++)
                row = fmaxf(row, tree->nodes[next].rect.h);
        if (own_align(node, child) == UI_STRETCH)
            child->rect.h = row;
        child->rect.x = x;
        child->rect.y = y + offset_in(own_align(node, child), row, child->rect.h);
        x += child->rect.w + node->box.gap;
        i++;
    }
}

static void place_wrap(struct ui_tree *tree, struct ui_node *node, struct rect inner)
{
    wrap_children(tree, node, true);
    align_wrap(tree, node);
    each_child(tree, node, at)
    {
        tree->nodes[at].rect.x += inner.x;
        tree->nodes[at].rect.y += inner.y;
    }
}

/* In a row and a stack, children that grow or stretch take the whole height. */
static void stretch_heights(struct ui_tree *tree, struct ui_node *node, float inner)
{
    each_child(tree, node, at)
    {
        struct ui_node *child = &tree->nodes[at];
        bool fills = child->box.height.kind == UI_GROW_KIND ||
                     (node->box.layout == UI_ROW && child->box.height.kind == UI_HUG_KIND && !child->text &&
                      own_align(node, child) == UI_STRETCH);
        if (!fills)
            continue;
        float least = child->box.scroll ? 0 : child->rect.h;
        child->rect.h = fmaxf(limited(child->box.height, inner), least);
    }
}

float ui_scroll_limit(const struct ui_state *state)
{
    return fmaxf(state->content_h - state->view_h, 0);
}

/* What of the content shows; scrolling beyond its end comes back. */
static void scroll(struct ui *ui, struct ui_node *node, struct rect *inner)
{
    struct ui_state *state = ui_state_of(ui, node->id);
    float wanted_w = inner->w, min = 0;
    if (node->box.scroll_wide)
        sum_children(ui->tree, node, &min, &wanted_w);
    state->view_w = node->rect.w;
    state->view_h = node->rect.h;
    state->content_w = fmaxf(wanted_w, inner->w) + across(node->box.padding);
    state->content_h = fmaxf(node->content_height, node->rect.h);
    state->scroll_x = fmaxf(fminf(state->scroll_x, state->content_w - state->view_w), 0);
    state->scroll_y = fmaxf(fminf(state->scroll_y, ui_scroll_limit(state)), 0);
    if (node->box.scroll) {
        inner->h = state->content_h - along(node->box.padding);
        inner->y -= state->scroll_y;
    }
    if (node->box.scroll_wide) {
        inner->w = state->content_w - across(node->box.padding);
        inner->x -= state->scroll_x;
    }
}

static void place_children(struct ui *ui, struct ui_node *node)
{
    struct ui_edges e = node->box.padding;
    struct rect inner = {node->rect.x + e.left, node->rect.y + e.top, fmaxf(node->rect.w - across(e), 0),
                         fmaxf(node->rect.h - along(e), 0)};
    if (node->box.scroll || node->box.scroll_wide)
        scroll(ui, node, &inner);
    switch (node->box.layout) {
    case UI_COLUMN:
        share_heights(ui, node, inner.h);
        place_along(ui, node, inner, false);
        break;
    case UI_ROW:
        stretch_heights(ui->tree, node, inner.h);
        place_along(ui, node, inner, true);
        break;
    case UI_STACK:
        stretch_heights(ui->tree, node, inner.h);
        place_stack(ui->tree, node, inner);
        break;
    case UI_GRID:
        place_grid(ui->tree, node, inner);
        break;
    case UI_WRAP:
        place_wrap(ui->tree, node, inner);
        break;
    }
}

static void clip_node(struct ui_tree *tree, struct ui_node *node)
{
    const struct ui_node *parent = node->parent >= 0 ? &tree->nodes[node->parent] : NULL;
    node->clip = parent ? parent->clip : (struct rect){0, 0, tree->frame.width, tree->frame.height};
    if (parent && (parent->box.scroll || parent->box.scroll_wide || parent->box.clip))
        node->clip = rect_intersect(node->clip, parent->rect);
}

void ui_place(struct ui *ui)
{
    struct ui_tree *tree = ui->tree;
    tree->nodes[0].rect = (struct rect){0, 0, tree->frame.width, tree->frame.height};
    for (size_t i = 0; i < tree->count; i++) {
        struct ui_node *node = &tree->nodes[i];
        clip_node(tree, node);
        if (node->box.measured)
            ui_state_of(ui, node->id)->view_w = node->rect.w;
        if (ui_shown(node))
            place_children(ui, node);
        else
            node->rect = (struct rect){0};
    }
}

void ui_layout(struct ui *ui)
{
    struct ui_tree *tree = ui->tree;
    for (size_t i = tree->count; i-- > 0;)
        if (ui_shown(&tree->nodes[i]))
            measure_width(ui, &tree->nodes[i]);
    tree->nodes[0].rect.w = tree->frame.width;
    for (size_t i = 0; i < tree->count; i++)
        if (ui_shown(&tree->nodes[i]))
            give_widths(ui, &tree->nodes[i]);
    for (size_t i = tree->count; i-- > 0;)
        if (ui_shown(&tree->nodes[i]))
            give_height(ui, &tree->nodes[i]);
    ui_place(ui);
}
