/* Putting rows in order, and matching: the right halves are put beside the left ones. */
#include "app/inside.h"

#include "base/list.h"
#include "base/random.h"

static const struct str arrow = {" → ", 5};

/* "left → right". */
static struct str half(struct str pair, bool right)
{
    size_t at = str_find(pair, arrow, 0);
    if (at == (size_t)-1)
        return pair;
    return right ? str_slice(pair, at + arrow.len, pair.len) : str_slice(pair, 0, at);
}

static bool is_solved(const int *order, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (order[i] != (int)i)
            return false;
    return true;
}

static void shuffle(struct random *random, int *order, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = random_below(random, i);
        int swapped = order[i - 1];
        order[i - 1] = order[j];
        order[j] = swapped;
    }
}

/* Rows in any order but the right one. */
bool order_begin(struct app *app, const struct card *card)
{
    struct study_state *study = &app->study;
    size_t count = card->items.count;
    study->order = NULL;
    if ((card->kind != CARD_ORDER && card->kind != CARD_MATCH) || count < 2)
        return false;
    struct random random = {app->options.seed ^ study->revision};
    study->order = arena_array(&study->arena, count, sizeof *study->order);
    for (size_t i = 0; i < count; i++)
        study->order[i] = (int)i;
    while (is_solved(study->order, count))
        shuffle(&random, study->order, count);
    return true;
}

/* Two rights that read the same may change places. */
static bool fits(const struct card *card, int item, size_t place)
{
    if (item == (int)place)
        return true;
    return card->kind == CARD_MATCH &&
           str_equal(half(card->items.items[item], true), half(card->items.items[place], true));
}

void order_view(struct app *app, const struct card *card, struct study_view *view)
{
    const int *order = app->study.order;
    struct arena *arena = ui_arena(app->ui);
    bool match = card->kind == CARD_MATCH;
    if (!order)
        return;
    struct study_row *rows = arena_array(arena, card->items.count, sizeof *rows);
    for (size_t i = 0; i < card->items.count; i++)
        rows[i] = (struct study_row){.item = order[i],
                                     .left = match ? half(card->items.items[i], false) : (struct str){0},
                                     .text = match ? half(card->items.items[order[i]], true)
                                                   : card->items.items[order[i]],
                                     .right = fits(card, order[i], i)};
    view->rows = rows;
    view->row_count = card->items.count;
}

struct str order_given(struct app *app, const struct card *card)
{
    const int *order = app->study.order;
    struct arena *arena = &app->study.arena;
    struct str ret = {0};
    for (size_t i = 0; i < card->items.count; i++) {
        struct str item = fits(card, order[i], i) ? card->items.items[i] : card->items.items[order[i]];
        if (card->kind == CARD_MATCH) {
            struct str left = half(card->items.items[i], false), right = half(item, true);
            item = str_format(arena, "%.*s%.*s%.*s", STR_ARG(left), STR_ARG(arrow), STR_ARG(right));
        }
        ret = i ? str_format(arena, "%.*s; %.*s", STR_ARG(ret), STR_ARG(item)) : item;
    }
    return ret;
}

void study_order(struct app *app, const struct ui_action *action)
{
    struct study_state *study = &app->study;
    int64_t count = (int64_t)app_study_items(app), from = action->argument;
    int64_t to = from + (action->number < 0 ? -1 : 1);
    if (!study->order || study->back || from < 0 || from >= count || to < 0 || to >= count)
        return;
    int moved = study->order[from];
    study->order[from] = study->order[to];
    study->order[to] = moved;
}

void study_row(struct app *app, const struct ui_action *action)
{
    struct study_state *study = &app->study;
    if (!study->order || action->argument < 0 || action->argument >= (int64_t)app_study_items(app))
        return;
    struct str key = str_format(ui_arena(app->ui), "item-%d", study->order[action->argument]);
    ui_set_focus(app->ui, ui_id_of(app->ui, key));
}
