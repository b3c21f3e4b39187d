#include "ui/ui.h"

#include "base/hash.h"
#include "base/memory.h"
#include "ui/inside.h"
#include "ui/words.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STATES_MAX = 4096, KEPT_FRAMES = 2000 };

const char *ui_role_name(enum ui_role role)
{
    static const char *const names[UI_ROLE_COUNT] = {
        [UI_ROLE_GROUP] = "group",       [UI_ROLE_WINDOW] = "window",     [UI_ROLE_HEADING] = "heading",
        [UI_ROLE_TEXT] = "text",         [UI_ROLE_BUTTON] = "button",     [UI_ROLE_LINK] = "link",
        [UI_ROLE_CHECK] = "check",       [UI_ROLE_RADIO] = "radio",       [UI_ROLE_LIST] = "list",
        [UI_ROLE_LISTITEM] = "listitem", [UI_ROLE_TREEITEM] = "treeitem", [UI_ROLE_TAB] = "tab",
        [UI_ROLE_EDIT] = "edit",         [UI_ROLE_PROGRESS] = "progress", [UI_ROLE_SLIDER] = "slider",
        [UI_ROLE_IMAGE] = "image",       [UI_ROLE_CHART] = "chart",       [UI_ROLE_TABLE] = "table",
        [UI_ROLE_CELL] = "cell",         [UI_ROLE_ALERT] = "alert",       [UI_ROLE_DIALOG] = "dialog",
    };
    return names[role];
}

/* ---- Life ---- */

struct ui *ui_new(const struct ui_fonts *fonts, const struct ui_host *host)
{
    static const struct ui_host nobody = {0};
    struct ui *ui = memory_alloc(sizeof *ui);
    *ui = (struct ui){.fonts = fonts, .host = host ? host : &nobody, .text = text_cache_new(fonts)};
    ui->tree = &ui->trees[0];
    ui->before = &ui->trees[1];
    return ui;
}

static void state_free(struct ui_state *state)
{
    ui_edit_free(state->edit);
    free(state);
}

void ui_free(struct ui *ui)
{
    if (!ui)
        return;
    for (int i = 0; i < 2; i++) {
        arena_finish(&ui->trees[i].arena);
        free(ui->trees[i].nodes);
        free(ui->trees[i].index);
    }
    for (size_t i = 0; i < ui->state_slots; i++)
        if (ui->states[i])
            state_free(ui->states[i]);
    free(ui->states);
    free(ui->painted);
    text_cache_free(ui->text);
    buffer_finish(&ui->preedit);
    buffer_finish(&ui->action_text);
    buffer_finish(&ui->live);
    free(ui);
}

/* ---- What outlives a frame ---- */

static size_t state_slot(const struct ui *ui, uint64_t id)
{
    size_t at = (size_t)id & (ui->state_slots - 1);
    while (ui->states[at] && ui->states[at]->id != id)
        at = (at + 1) & (ui->state_slots - 1);
    return at;
}

/* A table of `slots` with the states that pass; the others are freed. */
static void rebuild_states(struct ui *ui, size_t slots, uint64_t seen_since)
{
    struct ui_state **old = ui->states;
    size_t old_slots = ui->state_slots;
    ui->states = memory_alloc(slots * sizeof *ui->states);
    memset(ui->states, 0, slots * sizeof *ui->states);
    ui->state_slots = slots;
    ui->state_count = 0;
    for (size_t i = 0; i < old_slots; i++) {
        if (!old[i])
            continue;
        if (old[i]->seen < seen_since) {
            state_free(old[i]);
            continue;
        }
        ui->states[state_slot(ui, old[i]->id)] = old[i];
        ui->state_count++;
    }
    free(old);
}

static void tidy_states(struct ui *ui)
{
    if (ui->state_count > STATES_MAX && ui->frame_number > KEPT_FRAMES)
        rebuild_states(ui, ui->state_slots, ui->frame_number - KEPT_FRAMES);
}

struct ui_state *ui_state_find(const struct ui *ui, uint64_t id)
{
    return ui->state_slots && id ? ui->states[state_slot(ui, id)] : NULL;
}

struct ui_state *ui_state_of(struct ui *ui, uint64_t id)
{
    struct ui_state *state = ui_state_find(ui, id);
    if (!state) {
        if (ui->state_count * 2 >= ui->state_slots)
            rebuild_states(ui, ui->state_slots ? ui->state_slots * 2 : 64, 0);
        state = memory_alloc(sizeof *state);
        *state = (struct ui_state){.id = id};
        ui->states[state_slot(ui, id)] = state;
        ui->state_count++;
    }
    state->seen = ui->frame_number;
    return state;
}

/* ---- Building ---- */

struct arena *ui_arena(struct ui *ui)
{
    return &ui->tree->arena;
}

struct str ui_keep(struct ui *ui, struct str s)
{
    return s.len ? str_copy(&ui->tree->arena, s) : (struct str){0};
}

uint32_t ui_rgb(const struct ui *ui, enum ui_color color)
{
    return ui_theme_color(ui->tree->frame.theme, color);
}

const struct ui_frame *ui_current(const struct ui *ui)
{
    return &ui->tree->frame;
}

bool ui_narrow(const struct ui *ui)
{
    return ui->tree->frame.width < 900;
}

struct ui_node *ui_open_node(struct ui *ui)
{
    assert(ui->depth > 0);
    return &ui->tree->nodes[ui->open[ui->depth - 1]];
}

static uint64_t id_of(const struct ui_node *parent, struct str key)
{
    uint64_t part = key.len ? words_hash(1, key.ptr, key.len) : (uint64_t)parent->child_count + 2;
    uint64_t id = hash_combine(parent->id, part);
    return id ? id : 1;
}

uint64_t ui_child_id(struct ui *ui, struct str key)
{
    return id_of(ui_open_node(ui), key);
}

static int add_node(struct ui *ui)
{
    struct ui_tree *tree = ui->tree;
    if (tree->count == tree->capacity) {
        tree->capacity = tree->capacity ? tree->capacity * 2 : 256;
        tree->nodes = memory_realloc(tree->nodes, tree->capacity * sizeof *tree->nodes);
    }
    return (int)tree->count++;
}

static void link_child(struct ui_tree *tree, int parent, int child)
{
    struct ui_node *above = &tree->nodes[parent];
    if (above->last >= 0)
        tree->nodes[above->last].next = child;
    else
        above->first = child;
    above->last = child;
    above->child_count++;
}

static bool is_command_role(enum ui_role role)
{
    return role == UI_ROLE_BUTTON || role == UI_ROLE_LINK || role == UI_ROLE_CHECK || role == UI_ROLE_RADIO ||
           role == UI_ROLE_TAB || role == UI_ROLE_LISTITEM || role == UI_ROLE_TREEITEM;
}

static bool is_one(enum ui_role role)
{
    return is_command_role(role) || role == UI_ROLE_EDIT || role == UI_ROLE_PROGRESS ||
           role == UI_ROLE_SLIDER || role == UI_ROLE_IMAGE;
}

/* Name, help, key and state that the box leaves to its command. */
static void ask_host(struct ui *ui, struct ui_node *node)
{
    struct ui_command command = {0};
    if (!node->command || !ui->host->command || node->role == UI_ROLE_DIALOG ||
        !ui->host->command(ui->host->self, node->command, &command))
        return;
    if (!node->name.len)
        node->name = ui_keep(ui, command.name);
    if (!node->help.len)
        node->help = ui_keep(ui, command.help);
    if (is_command_role(node->role))
        node->keys = ui_keep(ui, command.keys);
    if (command.disabled)
        node->state |= UI_DISABLED;
}

static void fill_node(struct ui *ui, struct ui_node *node, const struct ui_box *box, int parent)
{
    const struct ui_node *above = parent >= 0 ? &ui->tree->nodes[parent] : NULL;
    *node = (struct ui_node){
        .id = above ? id_of(above, box->key) : 1,
        .role = box->role,
        .state = box->state,
        .name = ui_keep(ui, box->name),
        .value = ui_keep(ui, box->value),
        .help = ui_keep(ui, box->help),
        .lang = box->lang.len ? ui_keep(ui, box->lang)
                : above       ? above->lang
                              : ui->tree->frame.lang,
        .command = box->command,
        .argument = box->argument,
        .parent = parent,
        .first = -1,
        .next = -1,
        .last = -1,
        .box = *box,
    };
    node->box.key = ui_keep(ui, box->key);
    node->box.text_argument = ui_keep(ui, box->text_argument);
    if (above)
        node->state |= (above->state & (UI_HIDDEN | UI_PART)) | (is_one(above->role) ? UI_PART : 0);
    ask_host(ui, node);
    node->state &= ~(uint32_t)(UI_FOCUSED | UI_HOVERED | UI_PRESSED | UI_GRABBED);
    if (node->state & UI_DISABLED)
        return;
    node->state |= node->id == ui->focus ? UI_FOCUSED : 0;
    node->state |= node->id == ui->hover ? UI_HOVERED : 0;
    node->state |=
        node->id == ui->grabbed || (ui->drag == UI_DRAG_MOVE && node->id == ui->dragging) ? UI_GRABBED : 0;
    node->state |= node->id == ui->pressed && ui->hover == ui->pressed ? UI_PRESSED : 0;
}

int ui_open_box(struct ui *ui, const struct ui_box *box)
{
    assert(ui->depth < UI_DEPTH_MAX);
    int parent = ui->depth ? ui->open[ui->depth - 1] : -1;
    int at = add_node(ui);
    fill_node(ui, &ui->tree->nodes[at], box, parent);
    if (parent >= 0)
        link_child(ui->tree, parent, at);
    if (box->scroll || box->scroll_wide || box->roving)
        ui_state_of(ui, ui->tree->nodes[at].id);
    ui->open[ui->depth++] = at;
    return at;
}

void ui_close(struct ui *ui)
{
    assert(ui->depth > 0);
    ui->depth--;
}

void ui_spacer(struct ui *ui)
{
    ui_leaf(ui, .width = UI_GROW, .height = UI_GROW, .transparent = true);
}

void ui_space(struct ui *ui, float dp)
{
    ui_leaf(ui, .width = UI_FIXED(dp), .height = UI_FIXED(dp), .transparent = true);
}

/* ---- Text ---- */

static struct str trim_feeds(struct str s)
{
    while (s.len && s.ptr[s.len - 1] == '\n')
        s.len--;
    return s;
}

/* One text of all runs, and where each ends. */
static void join_runs(struct ui *ui, const struct ui_paragraph *paragraph, struct ui_text_node *ret)
{
    size_t total = 0, at = 0;
    for (size_t i = 0; i < paragraph->run_count; i++)
        total += paragraph->runs[i].text.len;
    char *bytes = arena_alloc(ui_arena(ui), total + 1);
    struct text_span *spans = arena_array(ui_arena(ui), paragraph->run_count, sizeof *spans);
    for (size_t i = 0; i < paragraph->run_count; i++) {
        const struct ui_run *run = &paragraph->runs[i];
        if (run->text.len)
            memcpy(bytes + at, run->text.ptr, run->text.len);
        at += run->text.len;
        spans[i] = (struct text_span){
            at, run->style | paragraph->style, run->color, run->tint, run->command, run->argument};
    }
    ret->text = (struct str){bytes, total};
    ret->spans = spans;
    ret->span_count = paragraph->run_count;
}

static struct ui_text_node *text_of(struct ui *ui, const struct ui_paragraph *paragraph)
{
    struct ui_text_node *text = arena_new(ui_arena(ui), struct ui_text_node);
    *text = (struct ui_text_node){
        .family = paragraph->family,
        .size = paragraph->size > 0 ? paragraph->size : UI_BODY,
        .leading = paragraph->leading > 0              ? paragraph->leading
                   : paragraph->family == UI_FAMILY_UI ? 1.25F
                                                       : 1.4F,
        .color = paragraph->color,
        .align = paragraph->align,
        .lines = paragraph->lines,
        .no_wrap = paragraph->no_wrap,
        .selectable = paragraph->selectable,
    };
    if (paragraph->run_count) {
        join_runs(ui, paragraph, text);
        return text;
    }
    struct text_span *span = arena_new(ui_arena(ui), struct text_span);
    text->text = ui_keep(ui, trim_feeds(paragraph->text));
    *span = (struct text_span){.end = text->text.len, .style = paragraph->style};
    text->spans = span;
    text->span_count = 1;
    return text;
}

static bool has_links(const struct ui_paragraph *paragraph)
{
    for (size_t i = 0; i < paragraph->run_count; i++)
        if (paragraph->runs[i].command)
            return true;
    return false;
}

int ui_text_box(struct ui *ui, const struct ui_paragraph *paragraph)
{
    struct ui_text_node *text = text_of(ui, paragraph);
    int at = ui_open(ui, .key = paragraph->key, .role = paragraph->role ? paragraph->role : UI_ROLE_TEXT,
                     .state = paragraph->state, .lang = paragraph->lang, .width = paragraph->width,
                     .align_self = paragraph->align_self,
                     .transparent = !paragraph->selectable && !has_links(paragraph));
    struct ui_node *node = &ui->tree->nodes[at];
    node->name = paragraph->name.len ? ui_keep(ui, paragraph->name) : text->text;
    node->text = text;
    text->id = node->id;
    ui_close(ui);
    return at;
}

/* ---- Frames ---- */

void ui_begin(struct ui *ui, const struct ui_frame *frame)
{
    struct ui_tree *old = ui->before;
    ui->before = ui->tree;
    ui->tree = old;
    arena_reset(&ui->tree->arena);
    ui->tree->count = 0;
    ui->tree->frame = *frame;
    ui->tree->frame.lang = ui_keep(ui, frame->lang);
    if (!(ui->tree->frame.scale > 0))
        ui->tree->frame.scale = 1;
    ui->frame_number++;
    ui->depth = 0;
    ui->animating = ui->again = false;
    /* Whatever does not fit the window scrolls: nothing is ever out of reach. */
    ui_open(ui, .role = UI_ROLE_WINDOW, .layout = UI_STACK, .width = UI_FIXED(frame->width),
            .height = UI_FIXED(frame->height), .scroll = true);
}

static size_t index_slot(const struct ui_tree *tree, uint64_t id)
{
    size_t at = (size_t)id & (tree->slots - 1);
    while (tree->index[at] && tree->nodes[tree->index[at] - 1].id != id)
        at = (at + 1) & (tree->slots - 1);
    return at;
}

/* Two siblings with one key would share focus and scrolling; the second gets an id of its own. */
static void index_nodes(struct ui_tree *tree)
{
    size_t wanted = 64;
    while (wanted < tree->count * 2)
        wanted *= 2;
    if (wanted != tree->slots) {
        free(tree->index);
        tree->index = memory_alloc(wanted * sizeof *tree->index);
        tree->slots = wanted;
    }
    memset(tree->index, 0, tree->slots * sizeof *tree->index);
    for (size_t i = 0; i < tree->count; i++) {
        size_t slot = index_slot(tree, tree->nodes[i].id);
        while (tree->index[slot]) {
            tree->nodes[i].id = hash_combine(tree->nodes[i].id, i + 1);
            slot = index_slot(tree, tree->nodes[i].id);
        }
        tree->index[slot] = (uint32_t)i + 1;
    }
}

static struct ui_node *find_in(const struct ui_tree *tree, uint64_t id)
{
    if (!tree->slots || !tree->count || !id)
        return NULL;
    uint32_t at = tree->index[index_slot(tree, id)];
    return at ? &tree->nodes[at - 1] : NULL;
}

struct ui_node *ui_node_at(const struct ui *ui, uint64_t id)
{
    return find_in(ui->tree, id);
}

const struct ui_node *ui_node_before(const struct ui *ui, uint64_t id)
{
    return find_in(ui->before, id);
}

static void note_live(struct ui *ui)
{
    for (size_t i = 0; i < ui->tree->count; i++) {
        const struct ui_node *node = &ui->tree->nodes[i];
        if (!(node->state & (UI_LIVE_POLITE | UI_LIVE_ASSERTIVE)) || !node->name.len)
            continue;
        const struct ui_node *old = ui_node_before(ui, node->id);
        if (old && str_equal(old->name, node->name) && str_equal(old->value, node->value))
            continue;
        buffer_add(&ui->live, node->name);
        if (node->value.len)
            buffer_format(&ui->live, " %.*s", STR_ARG(node->value));
        buffer_add_char(&ui->live, '\n');
    }
}

struct str ui_announcement(struct ui *ui)
{
    struct str text = ui_keep(ui, trim_feeds(buffer_str(&ui->live)));
    buffer_clear(&ui->live);
    return text;
}

/* Scrolls every area around the node so that `r`, a part of it, shows. */
static void reveal_rect(struct ui *ui, const struct ui_node *node, struct rect r)
{
    for (int at = node->parent; at >= 0; at = ui->tree->nodes[at].parent) {
        const struct ui_node *area = &ui->tree->nodes[at];
        if (!area->box.scroll)
            continue;
        struct ui_state *state = ui_state_of(ui, area->id);
        float over = r.y + r.h - (area->rect.y + area->rect.h), under = area->rect.y - r.y;
        float by = under > 0 || r.h > area->rect.h ? -under : over > 0 ? over : 0;
        float target = fminf(fmaxf(state->scroll_y + by, 0), ui_scroll_limit(state));
        r.y -= target - state->scroll_y;
        state->scroll_y = target;
    }
    ui_place(ui);
}

static void do_reveal(struct ui *ui)
{
    const struct ui_node *node = ui_node_at(ui, ui->reveal);
    ui->reveal = 0;
    if (node && ui_shown(node))
        reveal_rect(ui, node, rect_grow(node->rect, 8));
}

/* While one writes, the line that is written shows, however long the text is. */
static void follow_caret(struct ui *ui)
{
    struct rect caret;
    if (ui->wrote && ui_caret(ui, &caret))
        reveal_rect(ui, ui_node_at(ui, ui->focus), rect_grow(caret, 12));
    ui->wrote = false;
}

static bool focus_shows(const struct ui *ui)
{
    const struct ui_node *node = ui_node_at(ui, ui->focus);
    return node && !rect_empty(rect_intersect(node->rect, node->clip));
}

/* What has the focus stays in view when things around it grow, unless it was scrolled away by hand. */
static void follow_focus(struct ui *ui)
{
    if (!ui->reveal && ui->focus_shown && !ui->scrolled && !focus_shows(ui))
        ui->reveal = ui->focus;
    if (ui->reveal)
        do_reveal(ui);
    follow_caret(ui);
    ui->focus_shown = focus_shows(ui);
    ui->scrolled = false;
}

void ui_end(struct ui *ui)
{
    assert(ui->depth == 1);
    ui_close(ui);
    index_nodes(ui->tree);
    ui_focus_repair(ui);
    ui_layout(ui);
    follow_focus(ui);
    note_live(ui);
    text_cache_tidy(ui->text, ui->frame_number);
    tidy_states(ui);
}

int ui_next_frame_ms(const struct ui *ui)
{
    return ui->again ? 0 : ui->animating ? 16 : -1;
}

static float ease_out(float t)
{
    float rest = 1 - t;
    return 1 - rest * rest * rest;
}

static float animation_value(const struct ui_animation *a, int64_t now_ms)
{
    if (a->ms <= 0 || now_ms - a->start_ms >= a->ms)
        return a->to;
    float t = now_ms <= a->start_ms ? 0 : (float)(now_ms - a->start_ms) / (float)a->ms;
    return a->from + (a->to - a->from) * ease_out(t);
}

float ui_animate(struct ui *ui, int slot, float target, int ms)
{
    assert(slot >= 0 && slot < UI_ANIMATIONS);
    struct ui_animation *a = &ui_state_of(ui, ui_open_node(ui)->id)->animations[slot];
    int64_t now = ui->tree->frame.now_ms;
    if (!a->begun || ui->tree->frame.reduced_motion)
        *a = (struct ui_animation){.from = target, .to = target, .begun = true};
    else if (a->to != target)
        *a = (struct ui_animation){animation_value(a, now), target, now, ms, true};
    float value = animation_value(a, now);
    ui->animating |= value != a->to;
    return value;
}

/* ---- Asking ---- */

const struct ui_node *ui_nodes(const struct ui *ui, size_t *ret_count)
{
    *ret_count = ui->tree->count;
    return ui->tree->nodes;
}

const struct ui_node *ui_node_by_id(const struct ui *ui, uint64_t id)
{
    return ui_node_at(ui, id);
}

uint64_t ui_id_of(const struct ui *ui, struct str key)
{
    for (size_t i = 0; i < ui->tree->count; i++)
        if (str_equal(ui->tree->nodes[i].box.key, key))
            return ui->tree->nodes[i].id;
    return 0;
}

float ui_last_width(struct ui *ui, struct str key)
{
    float width = ui_state_of(ui, ui_child_id(ui, key))->view_w;
    ui->again |= width <= 0;
    return width;
}

void ui_reveal(struct ui *ui, uint64_t id)
{
    ui->reveal = id;
}

bool ui_within(const struct ui *ui, int at, int root)
{
    while (at >= 0 && at != root)
        at = ui->tree->nodes[at].parent;
    return at == root;
}

bool ui_shown(const struct ui_node *node)
{
    return !(node->state & UI_HIDDEN);
}
