/* Fills the home screen. */
#include "app/inside.h"

#include "base/list.h"
#include "base/translate.h"
#include "collection/statistics.h"
#include "screens/words.h"

#include <string.h>

enum { DAY_MS = 24 * 60 * 60 * 1000 };

static int *folded_slot(struct home_state *home, int64_t deck)
{
    static int slot;
    for (slot = 0; slot < home->folded_count; slot++)
        if (home->folded[slot] == deck)
            return &slot;
    return NULL;
}

static bool is_folded(struct home_state *home, int64_t deck)
{
    return folded_slot(home, deck) != NULL;
}

void fold_deck(struct app *app, const struct ui_action *action)
{
    enum { MOST = sizeof app->home.folded / sizeof *app->home.folded };
    struct home_state *home = &app->home;
    const int *slot = folded_slot(home, action->argument);
    if (slot)
        home->folded[*slot] = home->folded[--home->folded_count];
    else if (home->folded_count < MOST)
        home->folded[home->folded_count++] = action->argument;
    home->stale = true;
}

int64_t home_deck_of(struct app *app, const struct ui_action *action)
{
    if (action->argument)
        return action->argument;
    const struct ui_node *node = ui_node_by_id(app->ui, ui_focus(app->ui));
    if (app_place(app)->screen == SCREEN_HOME)
        return node && node->command == ACTION_STUDY_DECK ? node->argument : 0;
    return app_place(app)->deck;
}

static struct str next_day(struct app *app, const struct deck_row *row, struct moment now)
{
    if (row->due + row->learning + row->fresh > 0)
        return str_from(_("today"));
    if (!row->next_due_ms)
        return STR("–");
    int64_t today = collection_day(app->collection, now);
    int64_t day = collection_day(app->collection, (struct moment){row->next_due_ms, now.tz_min});
    return words_day(&app->home.arena, (int)(day - today), row->next_due_ms, now.tz_min);
}

static bool has_children(const struct deck_rows *rows, const struct deck_row *row)
{
    return row + 1 < rows->items + rows->count && row[1].parent == row->key;
}

struct deck_list {
    struct home_deck *items;
    size_t count, capacity;
};

/* Rows come parents first; what lies below a folded one is left out. */
static void add_decks(struct app *app, const struct deck_rows *rows, struct moment now, struct deck_list *ret)
{
    int hidden_below = -1;
    double goal = 0.9;
    struct deck_options options;
    if (deck_options(app->collection, 0, &options, NULL))
        goal = options.retention;
    list_each (const struct deck_row, row, rows) {
        if (hidden_below >= 0 && row->depth > hidden_below)
            continue;
        hidden_below = -1;
        bool folded = is_folded(&app->home, row->key);
        if (folded)
            hidden_below = row->depth;
        bool met = row->recall > 0;
        list_push(&app->home.arena, ret,
                  (struct home_deck){.key = row->key,
                                     .name = row->name,
                                     .depth = row->depth,
                                     .has_children = has_children(rows, row),
                                     .expanded = !folded,
                                     .due = row->due + row->learning + row->fresh,
                                     .drafts = row->drafts,
                                     .recall = met ? row->recall : -1,
                                     .weak = met && row->recall < goal - 0.1,
                                     .next = next_day(app, row, now)});
    }
}

static void add_statistics(struct app *app, struct moment now, struct home_view *view)
{
    struct statistics statistics;
    int64_t today = collection_day(app->collection, now);
    if (!collection_statistics(app->collection, &app->home.arena, 0, today - 6, now, &statistics, NULL))
        return;
    list_each (struct day_count, day, &statistics.days)
        if (day->day > today - 7 && day->day <= today)
            view->week[day->day - (today - 6)] = day->answers;
    view->streak = statistics.streak_days;
    view->tomorrow = statistics.forecast.count > 1 ? statistics.forecast.items[1] : 0;
    double seconds = statistics.answer_s > 0 ? statistics.answer_s : 8;
    view->minutes = (int)(view->due * seconds / 60 + 0.5);
}

/* Where nothing was studied yet, the first chapter is begun by its first session. */
static void add_begin(const struct deck_rows *rows, struct home_view *view)
{
    list_each (const struct deck_row, row, rows) {
        if (row->unseen < row->total)
            return;
    }
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->items[i].unseen == 0 || has_children(rows, &rows->items[i]))
            continue;
        view->begin_deck = rows->items[i].key;
        view->begin = rows->items[i].name;
        return;
    }
}

static void add_totals(const struct deck_rows *rows, struct home_view *view)
{
    list_each (const struct deck_row, row, rows) {
        if (row->depth > 0)
            continue;
        view->due += row->due + row->learning + row->fresh;
        view->drafts += row->drafts;
        if (row->drafts && !view->draft_deck)
            view->draft_deck = row->key;
    }
}

static void refill(struct app *app)
{
    struct home_state *home = &app->home;
    struct moment now = app_now(app);
    struct error e = {0};
    struct deck_rows rows = {0};
    struct deck_list decks = {0};
    arena_reset(&home->arena);
    home->view = (struct home_view){.language = str_from(translate_language())};
    if (!collection_decks(app->collection, &home->arena, now, &rows, &e)) {
        app_toast_error(app, &e);
        return;
    }
    add_decks(app, &rows, now, &decks);
    add_totals(&rows, &home->view);
    add_begin(&rows, &home->view);
    add_statistics(app, now, &home->view);
    struct bet bet;
    if (bet_due(app, &home->arena, &bet)) {
        home->view.bet_known = bet.known;
        home->view.bet_of = bet.of;
    }
    home->view.decks = decks.items;
    home->view.count = decks.count;
    home->view.empty = rows.count == 0;
    if (app->first_run)
        home->view.data_path = str_from(collection_path(app->collection));
    home->stale = false;
}

void home_show(struct app *app)
{
    if (app->home.stale)
        refill(app);
    home_screen(app->ui, &app->home.view);
}

void home_finish(struct app *app)
{
    arena_finish(&app->home.arena);
}
