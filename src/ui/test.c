#include "ui/test.h"

#include "base/utf8.h"
#include "ui/inside.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* ---- Selectors ---- */

enum { TESTS_MAX = 8 };

struct selector {
    struct str role;
    struct test {
        struct str field, value;
        char how; /* '=' equal, '^' begins with, '*' contains */
    } tests[TESTS_MAX];
    int count;
};

static struct str take_until(struct str *rest, const char *stops)
{
    size_t at = 0;
    while (at < rest->len && !strchr(stops, rest->ptr[at]))
        at++;
    struct str taken = str_slice(*rest, 0, at);
    *rest = str_slice(*rest, at, rest->len);
    return taken;
}

static void skip(struct str *rest, size_t count)
{
    *rest = str_slice(*rest, count, rest->len);
}

/* A selector is written by a programmer: mistakes in it are asserted. */
static struct selector parse(const char *text)
{
    struct str rest = str_from(text);
    struct selector ret = {.role = take_until(&rest, "[")};
    while (rest.len) {
        assert(ret.count < TESTS_MAX);
        struct test *test = &ret.tests[ret.count++];
        skip(&rest, 1);
        test->field = take_until(&rest, "=^*");
        test->how = rest.ptr[0];
        skip(&rest, test->how == '=' ? 1 : 2);
        assert(rest.len && rest.ptr[0] == '\'');
        skip(&rest, 1);
        test->value = take_until(&rest, "'");
        skip(&rest, 2);
    }
    return ret;
}

static const struct {
    uint32_t bit;
    const char *name;
} states[] = {
    {UI_FOCUSABLE, "focusable"}, {UI_FOCUSED, "focused"},   {UI_SELECTED, "selected"},
    {UI_CHECKED, "checked"},     {UI_EXPANDED, "expanded"}, {UI_DISABLED, "disabled"},
    {UI_INVALID, "invalid"},     {UI_BUSY, "busy"},         {UI_HIDDEN, "hidden"},
    {UI_GRABBED, "grabbed"},     {UI_LIVE_POLITE, "live"},  {UI_LIVE_ASSERTIVE, "live!"},
};
enum { STATES = sizeof states / sizeof *states };

static bool has_state(const struct ui_node *node, struct str name)
{
    for (size_t i = 0; i < STATES; i++)
        if (str_equal(name, str_from(states[i].name)))
            return node->state & states[i].bit;
    return false;
}

static bool compares(struct str actual, const struct test *test)
{
    switch (test->how) {
    case '^':
        return str_starts(actual, test->value);
    case '*':
        return str_contains(actual, test->value);
    default:
        return str_equal(actual, test->value);
    }
}

static bool passes(const struct ui_node *node, const struct test *test)
{
    long number;
    if (str_equal(test->field, STR("name")))
        return compares(node->name, test);
    if (str_equal(test->field, STR("value")))
        return compares(node->value, test);
    if (str_equal(test->field, STR("key")))
        return compares(node->box.key, test);
    if (str_equal(test->field, STR("keys")))
        return compares(node->keys, test);
    if (str_equal(test->field, STR("state")))
        return has_state(node, test->value);
    if (str_equal(test->field, STR("command")))
        return str_to_long(test->value, &number) && node->command == number;
    assert(!"a field that selectors know");
    return false;
}

static bool fits(const struct ui_node *node, const struct selector *selector)
{
    if (node->state & UI_HIDDEN)
        return false;
    if (!str_equal(selector->role, STR("*")) &&
        !str_equal(selector->role, str_from(ui_role_name(node->role))))
        return false;
    for (int i = 0; i < selector->count; i++)
        if (!passes(node, &selector->tests[i]))
            return false;
    return true;
}

const struct ui_node *ui_find(const struct ui *ui, const char *selector)
{
    struct selector parsed = parse(selector);
    for (size_t i = 0; i < ui->tree->count; i++)
        if (fits(&ui->tree->nodes[i], &parsed))
            return &ui->tree->nodes[i];
    return NULL;
}

size_t ui_count(const struct ui *ui, const char *selector)
{
    struct selector parsed = parse(selector);
    size_t count = 0;
    for (size_t i = 0; i < ui->tree->count; i++)
        count += fits(&ui->tree->nodes[i], &parsed);
    return count;
}

/* ---- Driving ---- */

bool ui_click(struct ui *ui, const char *selector, struct ui_action *ret)
{
    const struct ui_node *node = ui_find(ui, selector);
    struct rect shown = node ? rect_intersect(node->rect, node->clip) : (struct rect){0};
    if (rect_empty(shown))
        return false;
    struct ui_event event = {.kind = UI_EVENT_MOVE,
                             .x = shown.x + shown.w / 2,
                             .y = shown.y + shown.h / 2,
                             .button = 1,
                             .clicks = 1};
    struct ui_action ignored;
    ui_event(ui, &event, &ignored);
    event.kind = UI_EVENT_DOWN;
    if (ui_event(ui, &event, ret) == UI_ACTED)
        return true;
    event.kind = UI_EVENT_UP;
    return ui_event(ui, &event, ret) == UI_ACTED;
}

enum ui_answer ui_press(struct ui *ui, const char *chord, struct ui_action *ret)
{
    struct ui_chord parsed = {0};
    bool good = ui_chord_parse(str_from(chord), &parsed);
    assert(good);
    (void)good;
    struct ui_event event = {.kind = UI_EVENT_KEY, .key = parsed.key, .mods = parsed.mods};
    return ui_event(ui, &event, ret);
}

enum ui_answer ui_type(struct ui *ui, const char *text, struct ui_action *ret)
{
    enum ui_answer answer = UI_IGNORED;
    struct str whole = str_from(text);
    for (size_t at = 0; at < whole.len;) {
        size_t start = at;
        utf8_next(whole, &at);
        struct ui_event event = {.kind = UI_EVENT_TEXT, .text = str_slice(whole, start, at)};
        answer = ui_event(ui, &event, ret);
    }
    return answer;
}

/* ---- Writing down ---- */

static bool is_said(const struct ui_node *node)
{
    return node->role != UI_ROLE_GROUP && !(node->state & UI_PART);
}

static void dump_states(const struct ui_node *node, struct buffer *ret)
{
    char separator = '[';
    for (size_t i = 0; i < STATES; i++)
        if (node->state & states[i].bit && states[i].bit != UI_FOCUSABLE) {
            buffer_format(ret, "%s%c%s", separator == '[' ? " " : "", separator, states[i].name);
            separator = ' ';
        }
    if (separator == ' ')
        buffer_add_char(ret, ']');
}

static void dump_node(const struct ui *ui, int at, int depth, struct buffer *ret)
{
    const struct ui_node *node = &ui->tree->nodes[at];
    if (is_said(node)) {
        buffer_format(ret, "%*s%s", 2 * depth, "", ui_role_name(node->role));
        if (node->name.len) {
            buffer_add_char(ret, ' ');
            buffer_add_json(ret, node->name);
        }
        if (node->value.len) {
            buffer_add(ret, STR(" = "));
            buffer_add_json(ret, node->value);
        }
        dump_states(node, ret);
        if (node->keys.len)
            buffer_format(ret, " (%.*s)", STR_ARG(node->keys));
        if (!(node->state & UI_HIDDEN))
            buffer_format(ret, " %.0f,%.0f %.0f×%.0f", (double)roundf(node->rect.x),
                          (double)roundf(node->rect.y), (double)roundf(node->rect.w),
                          (double)roundf(node->rect.h));
        buffer_add_char(ret, '\n');
        depth++;
    }
    for (int child = node->first; child >= 0; child = ui->tree->nodes[child].next)
        dump_node(ui, child, depth, ret);
}

void ui_dump(const struct ui *ui, struct buffer *ret)
{
    if (ui->tree->count)
        dump_node(ui, 0, 0, ret);
}

static void add_member(struct buffer *ret, const char *name, struct str value)
{
    if (!value.len)
        return;
    buffer_format(ret, ",\"%s\":", name);
    buffer_add_json(ret, value);
}

static void dump_json_node(const struct ui *ui, int at, bool *first, struct buffer *ret)
{
    const struct ui_node *node = &ui->tree->nodes[at];
    bool said = is_said(node), first_child = true;
    if (said) {
        buffer_format(ret, "%s{\"role\":\"%s\"", *first ? "" : ",", ui_role_name(node->role));
        *first = false;
        add_member(ret, "name", node->name);
        add_member(ret, "value", node->value);
        add_member(ret, "keys", node->keys);
        buffer_add(ret, STR(",\"state\":["));
        for (size_t i = 0, written = 0; i < STATES; i++)
            if (node->state & states[i].bit)
                buffer_format(ret, "%s\"%s\"", written++ ? "," : "", states[i].name);
        buffer_format(ret, "],\"rect\":[%.0f,%.0f,%.0f,%.0f],\"children\":[", (double)roundf(node->rect.x),
                      (double)roundf(node->rect.y), (double)roundf(node->rect.w),
                      (double)roundf(node->rect.h));
    }
    for (int child = node->first; child >= 0; child = ui->tree->nodes[child].next)
        dump_json_node(ui, child, said ? &first_child : first, ret);
    if (said)
        buffer_add(ret, STR("]}"));
}

void ui_dump_json(const struct ui *ui, struct buffer *ret)
{
    bool first = true;
    if (ui->tree->count)
        dump_json_node(ui, 0, &first, ret);
    buffer_add_char(ret, '\n');
}

/* ---- Audit ---- */

static void complain(struct buffer *ret, const struct ui_node *node, const char *what)
{
    buffer_format(ret, "%s \"%.*s\" (key %.*s): %s at %.0f,%.0f %.0f×%.0f\n", ui_role_name(node->role),
                  STR_ARG(node->name), STR_ARG(node->box.key), what, (double)node->rect.x,
                  (double)node->rect.y, (double)node->rect.w, (double)node->rect.h);
}

static bool inside(struct rect in, struct rect out)
{
    float slack = 1;
    return in.x >= out.x - slack && in.y >= out.y - slack && in.x + in.w <= out.x + out.w + slack &&
           in.y + in.h <= out.y + out.h + slack;
}

/* Where the content of a node may lie: an area that scrolls is as large as what it scrolls. */
static struct rect room_of(const struct ui *ui, const struct ui_node *node)
{
    struct rect room = node->rect;
    const struct ui_state *state = ui_state_find(ui, node->id);
    if (!state || !(node->box.scroll || node->box.scroll_wide))
        return room;
    if (node->box.scroll) {
        room.y -= state->scroll_y;
        room.h = state->content_h;
    }
    if (node->box.scroll_wide) {
        room.x -= state->scroll_x;
        room.w = state->content_w;
    }
    return room;
}

static void audit_siblings(const struct ui *ui, const struct ui_node *node, struct buffer *ret)
{
    const struct ui_node *nodes = ui->tree->nodes;
    if (node->box.layout == UI_STACK)
        return;
    for (int a = node->first; a >= 0; a = nodes[a].next)
        for (int b = nodes[a].next; b >= 0; b = nodes[b].next) {
            struct rect both = rect_intersect(nodes[a].rect, nodes[b].rect);
            if (ui_shown(&nodes[a]) && ui_shown(&nodes[b]) && both.w > 1 && both.h > 1)
                complain(ret, &nodes[b], "overlaps its sibling");
        }
}

static bool inside_role(const struct ui *ui, const struct ui_node *node, enum ui_role role)
{
    for (int at = node->parent; at >= 0; at = ui->tree->nodes[at].parent)
        if (ui->tree->nodes[at].role == role)
            return true;
    return false;
}

static void audit_node(const struct ui *ui, const struct ui_node *node, struct buffer *ret)
{
    if (!ui_shown(node))
        return;
    bool control = node->state & UI_FOCUSABLE;
    float pixel = 1 + 1 / ui->tree->frame.scale;
    if (control && !node->name.len)
        complain(ret, node, "has no name");
    /* The points of a chart are as near as their days; its table has them in lines. */
    bool point = inside_role(ui, node, UI_ROLE_CHART);
    if (control && !point && (node->rect.w < UI_TARGET - 0.5F || node->rect.h < UI_TARGET - 0.5F))
        complain(ret, node, "is too small to touch");
    if (node->parent >= 0 && !inside(node->rect, room_of(ui, &ui->tree->nodes[node->parent])))
        complain(ret, node, "sticks out of its parent");
    if (node->text && text_width(node->text, ui->tree->frame.scale) > node->rect.w + pixel &&
        ui->tree->nodes[node->parent].role != UI_ROLE_EDIT)
        complain(ret, node, "has text wider than itself");
    if (control && node->state & UI_FOCUSED && rect_empty(rect_intersect(node->rect, node->clip)))
        complain(ret, node, "has the focus but does not show");
    audit_siblings(ui, node, ret);
}

void ui_audit(const struct ui *ui, struct buffer *ret)
{
    for (size_t i = 0; i < ui->tree->count; i++)
        audit_node(ui, &ui->tree->nodes[i], ret);
    if (ui->focus && !ui_node_at(ui, ui->focus))
        buffer_add(ret, STR("the focus is on a node that does not exist\n"));
}
