/* The tree onto a canvas: only what differs from the last painted frame is painted again. */
#include "base/memory.h"
#include "ui/inside.h"
#include "ui/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RING_GAP = 2, RING_WIDTH = 2, SHADOW_BLUR = 16, SHADOW_DROP = 4, BAR_WIDTH = 6 };

/* ---- What changed ---- */

static float reach_of(const struct ui_node *node)
{
    return node->box.shadow             ? SHADOW_BLUR + SHADOW_DROP + 2
           : node->state & UI_FOCUSABLE ? RING_GAP + RING_WIDTH + 2
                                        : 2;
}

/* Everything the node may have painted on. */
static struct rect extent_of(const struct ui_node *node)
{
    return rect_intersect(rect_grow(node->rect, reach_of(node)),
                          rect_grow(node->clip, RING_GAP + RING_WIDTH + 2));
}

static uint64_t text_hash(const struct ui_text_node *text)
{
    uint64_t hash = words_hash(text->color, text->text.ptr, text->text.len);
    for (size_t i = 0; i < text->span_count; i++) {
        uint64_t parts[2] = {text->spans[i].end, (uint64_t)text->spans[i].style << 32 |
                                                     (uint64_t)text->spans[i].color << 16 |
                                                     (uint64_t)text->spans[i].tint};
        hash = words_hash(hash, parts, sizeof parts);
    }
    uint64_t rest[2] = {(uint64_t)(text->size * 64), (uint64_t)text->family << 8 | (uint64_t)text->align};
    return words_hash(hash, rest, sizeof rest);
}

static uint64_t look_hash(struct ui *ui, const struct ui_node *node)
{
    const struct ui_box *box = &node->box;
    const struct ui_state *state = box->scroll || box->scroll_wide ? ui_state_find(ui, node->id) : NULL;
    struct {
        struct rect rect, clip;
        float radius, border_width, scroll, content;
        uint32_t state;
        int fill, hover, border, shadow;
        uint64_t data, text, edit, start, end;
    } look;
    memset(&look, 0, sizeof look); /* the gaps between members are hashed too */
    look.rect = node->rect;
    look.clip = node->clip;
    look.radius = box->radius;
    look.border_width = box->border_width;
    look.scroll = state ? state->scroll_y + state->scroll_x : 0;
    look.content = state ? state->content_h : 0;
    look.state = node->state & ~(uint32_t)(UI_LIVE_POLITE | UI_LIVE_ASSERTIVE);
    if (!box->hover_fill)
        look.state &= ~(uint32_t)(UI_HOVERED | UI_PRESSED);
    look.fill = (int)box->fill;
    look.hover = (int)box->hover_fill;
    look.border = (int)box->border;
    look.shadow = box->shadow;
    look.data = box->data_hash;
    look.text = node->text ? text_hash(node->text) : 0;
    look.edit = node->role == UI_ROLE_EDIT ? ui_edit_hash(ui, node) : 0;
    size_t start = 0, end = 0;
    if (node->text && ui_selection_of(ui, node->id, &start, &end)) {
        look.start = start;
        look.end = end;
    }
    return words_hash(1, &look, sizeof look);
}

static bool paints(const struct ui_node *node)
{
    const struct ui_box *box = &node->box;
    return ui_shown(node) && (node->text || box->fill || box->hover_fill || box->border || box->shadow ||
                              box->paint || box->scroll || box->scroll_wide || node->state & UI_FOCUSED);
}

static int by_id(const void *a, const void *b)
{
    uint64_t left = ((const struct ui_painted *)a)->id, right = ((const struct ui_painted *)b)->id;
    return (left > right) - (left < right);
}

struct damage {
    struct rect rects[UI_DAMAGE_MAX];
    int count;
};

static float area(struct rect r)
{
    return r.w * r.h;
}

/* Joins the two whose union wastes least. */
static void join_cheapest(struct damage *damage)
{
    int a = 0, b = 1;
    float least = 1e30F;
    for (int i = 0; i < damage->count; i++)
        for (int k = i + 1; k < damage->count; k++) {
            float waste = area(rect_union(damage->rects[i], damage->rects[k])) - area(damage->rects[i]) -
                          area(damage->rects[k]);
            if (waste < least) {
                least = waste;
                a = i;
                b = k;
            }
        }
    damage->rects[a] = rect_union(damage->rects[a], damage->rects[b]);
    damage->rects[b] = damage->rects[--damage->count];
}

static void add_damage(struct damage *damage, struct rect r)
{
    if (rect_empty(r))
        return;
    for (int i = 0; i < damage->count; i++) {
        struct rect both = rect_union(damage->rects[i], r);
        if (area(both) <= area(damage->rects[i]) + area(r)) { /* they touch or nearly so */
            damage->rects[i] = both;
            return;
        }
    }
    if (damage->count == UI_DAMAGE_MAX)
        join_cheapest(damage);
    damage->rects[damage->count++] = r;
}

/* Both lists in order of id: what is in one only, or differs, is damage. */
static void compare(const struct ui_painted *old, size_t old_count, const struct ui_painted *new,
                    size_t new_count, struct damage *ret)
{
    size_t i = 0, k = 0;
    while (i < old_count || k < new_count) {
        if (k == new_count || (i < old_count && old[i].id < new[k].id)) {
            add_damage(ret, old[i++].extent);
        } else if (i == old_count || new[k].id < old[i].id) {
            add_damage(ret, new[k++].extent);
        } else {
            if (old[i].hash != new[k].hash) {
                add_damage(ret, old[i].extent);
                add_damage(ret, new[k].extent);
            }
            i++;
            k++;
        }
    }
}

static uint64_t frame_hash(const struct ui_frame *frame, const struct canvas *canvas)
{
    struct {
        float width, height, scale;
        int theme, w, h;
    } look;
    memset(&look, 0, sizeof look);
    look.width = frame->width;
    look.height = frame->height;
    look.scale = frame->scale;
    look.theme = (int)frame->theme;
    look.w = canvas_width(canvas);
    look.h = canvas_height(canvas);
    return words_hash(1, &look, sizeof look) | 1;
}

static void find_damage(struct ui *ui, const struct canvas *canvas, struct damage *ret)
{
    struct ui_tree *tree = ui->tree;
    struct ui_painted *now = arena_array(&tree->arena, tree->count, sizeof *now);
    size_t count = 0;
    uint64_t frame = frame_hash(&tree->frame, canvas);
    for (size_t i = 0; i < tree->count; i++)
        if (paints(&tree->nodes[i]))
            now[count++] = (struct ui_painted){tree->nodes[i].id, look_hash(ui, &tree->nodes[i]),
                                               extent_of(&tree->nodes[i])};
    qsort(now, count, sizeof *now, by_id);
    if (ui->painted_frame != frame)
        add_damage(ret, (struct rect){0, 0, tree->frame.width, tree->frame.height});
    else
        compare(ui->painted, ui->painted_count, now, count, ret);
    if (ui->painted_capacity < count) {
        ui->painted_capacity = count * 2;
        ui->painted = memory_realloc(ui->painted, ui->painted_capacity * sizeof *ui->painted);
    }
    if (count)
        memcpy(ui->painted, now, count * sizeof *now);
    ui->painted_count = count;
    ui->painted_frame = frame;
}

void ui_repaint(struct ui *ui)
{
    ui->painted_frame = 0;
}

/* ---- Painting ---- */

static void paint_surface(struct ui *ui, struct canvas *canvas, const struct ui_node *node)
{
    const struct ui_box *box = &node->box;
    bool hot = box->hover_fill && node->state & (UI_HOVERED | UI_PRESSED);
    enum ui_color fill = hot ? box->hover_fill : box->fill;
    if (box->shadow)
        canvas_shadow(canvas, node->rect, box->radius, SHADOW_BLUR, SHADOW_DROP, ui_rgb(ui, UI_SHADOW));
    if (fill)
        canvas_fill_rounded(canvas, node->rect, box->radius, ui_rgb(ui, fill));
    if (box->border)
        canvas_border(canvas, node->rect, box->radius, box->border_width > 0 ? box->border_width : 1,
                      ui_rgb(ui, box->border));
}

static void paint_node_text(struct ui *ui, struct canvas *canvas, const struct ui_node *node,
                            struct rect visible)
{
    struct text_paint paint = {
        .canvas = canvas,
        .r = node->rect,
        .visible = visible,
        .theme = ui->tree->frame.theme,
        .color = node->state & UI_DISABLED ? UI_TEXT3 : UI_TEXT,
    };
    ui_selection_of(ui, node->id, &paint.start, &paint.end);
    text_paint(ui->text, node->text, &paint);
}

static void paint_bar(struct ui *ui, struct canvas *canvas, const struct ui_node *node)
{
    const struct ui_state *state = ui_state_find(ui, node->id);
    if (!node->box.scroll || !state || ui_scroll_limit(state) <= 0.5F)
        return;
    float length = fmaxf(state->view_h / state->content_h * node->rect.h, 24);
    float top = state->scroll_y / ui_scroll_limit(state) * (node->rect.h - length);
    struct rect thumb = {node->rect.x + node->rect.w - BAR_WIDTH - 2, node->rect.y + top, BAR_WIDTH, length};
    canvas_fill_rounded(canvas, thumb, BAR_WIDTH, color_fade(ui_rgb(ui, UI_TEXT3), 0.6F));
}

static bool clips(const struct ui_node *node)
{
    return node->box.scroll || node->box.scroll_wide || node->box.clip;
}

static void paint_tree(struct ui *ui, struct canvas *canvas, int at, struct rect damage)
{
    const struct ui_node *node = &ui->tree->nodes[at];
    if (!ui_shown(node))
        return;
    bool touched = !rect_empty(rect_intersect(rect_grow(extent_of(node), 1), damage));
    if (!touched && clips(node))
        return;
    if (touched) {
        paint_surface(ui, canvas, node);
        if (node->box.paint)
            node->box.paint(ui, canvas, node, node->box.data);
    }
    /* The text of a field is painted by the field, which scrolls it. */
    if (touched && node->text && ui->tree->nodes[node->parent].role != UI_ROLE_EDIT)
        paint_node_text(ui, canvas, node, rect_intersect(node->clip, damage));
    bool scissor = clips(node) && at > 0;
    if (scissor)
        canvas_clip(canvas, node->rect);
    for (int child = node->first; child >= 0; child = ui->tree->nodes[child].next)
        paint_tree(ui, canvas, child, damage);
    if (scissor)
        canvas_unclip(canvas);
    paint_bar(ui, canvas, node);
}

/* Outside of the node, in front of everything: two of gap, two of accent. */
static void paint_ring(struct ui *ui, struct canvas *canvas)
{
    const struct ui_node *node = ui_node_at(ui, ui->focus);
    if (!node || !ui_shown(node) || rect_empty(rect_intersect(node->rect, node->clip)))
        return;
    bool edit = node->role == UI_ROLE_EDIT; /* its border becomes the ring: nothing moves while one types */
    float out = edit ? 1 : RING_GAP + RING_WIDTH;
    float radius = node->box.ring_radius > 0 ? node->box.ring_radius : node->box.radius;
    struct rect ring = rect_grow(node->rect, out);
    canvas_clip(canvas, rect_grow(node->clip, out));
    canvas_border(canvas, ring, radius + out, RING_WIDTH, ui_rgb(ui, UI_ACCENT));
    canvas_unclip(canvas);
}

static void paint_damage(struct ui *ui, struct canvas *canvas, struct rect damage)
{
    canvas_clip(canvas, damage);
    canvas_fill(canvas, damage, ui_rgb(ui, UI_BG));
    paint_tree(ui, canvas, 0, damage);
    paint_ring(ui, canvas);
    canvas_unclip(canvas);
}

/* Outwards to whole pixels, inside the canvas. */
static struct pixel_rect in_pixels(const struct canvas *canvas, struct rect r)
{
    float scale = canvas_scale(canvas);
    int x0 = (int)floorf(r.x * scale), y0 = (int)floorf(r.y * scale);
    int x1 = (int)ceilf((r.x + r.w) * scale), y1 = (int)ceilf((r.y + r.h) * scale);
    x0 = x0 < 0 ? 0 : x0;
    y0 = y0 < 0 ? 0 : y0;
    x1 = x1 > canvas_width(canvas) ? canvas_width(canvas) : x1;
    y1 = y1 > canvas_height(canvas) ? canvas_height(canvas) : y1;
    return (struct pixel_rect){x0, y0, x1 - x0, y1 - y0};
}

void ui_paint(struct ui *ui, struct canvas *canvas, struct pixel_rect ret[UI_DAMAGE_MAX], int *ret_count)
{
    struct damage damage = {0};
    float scale = canvas_scale(canvas);
    int count = 0;
    find_damage(ui, canvas, &damage);
    for (int i = 0; i < damage.count; i++) {
        struct pixel_rect px = in_pixels(canvas, damage.rects[i]);
        if (px.w <= 0 || px.h <= 0)
            continue;
        struct rect whole = {(float)px.x / scale, (float)px.y / scale, (float)px.w / scale,
                             (float)px.h / scale};
        paint_damage(ui, canvas, whole);
        ret[count++] = px;
    }
    *ret_count = count;
}
