/* Fills the statistics screen. */
#include "app/inside.h"

#include "base/list.h"
#include "base/translate.h"
#include "collection/statistics.h"
#include "screens/statistics.h"
#include "screens/words.h"

#include <math.h>
#include <string.h>

enum { YEAR = 371, COMING = 14 }; /* 53 weeks; two weeks ahead */

static const int span_days[] = {30, 90, 365};

/* 95 % interval of a share (Wilson 1927): honest also for few answers. */
static void wilson(int right, int answers, double *low, double *high)
{
    const double z = 1.959964;
    double n = answers, p = (double)right / n, z2 = z * z;
    double middle = p + z2 / (2 * n), spread = z * sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    *low = (middle - spread) / (1 + z2 / n);
    *high = (middle + spread) / (1 + z2 / n);
}

static struct str label_of_day(struct app *app, int64_t day, int64_t today)
{
    struct moment now = app_now(app);
    long long at_ms = collection_day_start_ms(app->collection, day, now) + 12LL * 3600 * 1000;
    int64_t ahead = day - today;
    return words_day(&app->statistics.arena, ahead < 0 ? 8 : (int)ahead, at_ms, now.tz_min);
}

/* The span in about twelve stretches of whole days. */
static void add_memory(struct app *app, const struct statistics *found, struct statistics_view *view)
{
    enum { STRETCHES = 12 };
    struct arena *arena = &app->statistics.arena;
    int days = span_days[view->span], each = (days + STRETCHES - 1) / STRETCHES;
    struct statistics_stretch *stretches = arena_array(arena, STRETCHES, sizeof *stretches);
    int answers[STRETCHES] = {0}, right[STRETCHES] = {0};
    list_each (const struct day_count, day, &found->days) {
        int64_t ago = found->today - day->day;
        if (ago < 0 || ago >= (int64_t)each * STRETCHES)
            continue;
        int at = STRETCHES - 1 - (int)(ago / each);
        answers[at] += day->answers - day->first;
        right[at] += day->right < day->answers - day->first ? day->right : day->answers - day->first;
    }
    for (int i = 0; i < STRETCHES; i++) {
        struct statistics_stretch *stretch = &stretches[i];
        *stretch = (struct statistics_stretch){.share = NAN, .low = NAN, .high = NAN};
        stretch->label = label_of_day(app, found->today - (int64_t)(STRETCHES - i) * each + 1, found->today);
        if (answers[i] <= 0)
            continue;
        stretch->share = (double)right[i] / answers[i];
        wilson(right[i], answers[i], &stretch->low, &stretch->high);
    }
    view->memory = stretches;
    view->memory_count = STRETCHES;
    view->memory_days = each;
}

static void add_coming(struct app *app, const struct statistics *found, struct statistics_view *view)
{
    struct moment now = app_now(app);
    struct statistics_coming *coming = arena_array(&app->statistics.arena, COMING, sizeof *coming);
    int total = 0;
    for (int i = 0; i < COMING; i++) {
        int64_t at_ms = now.at_ms + (int64_t)i * 24 * 3600 * 1000 + now.tz_min * 60000LL;
        coming[i].cards = (size_t)i < found->forecast.count ? found->forecast.items[i] : 0;
        coming[i].label = words_weekday((int)((at_ms / 86400000 + 3) % 7), true);
        total += coming[i].cards;
    }
    view->coming = coming;
    view->coming_count = COMING;
    double seconds = found->answer_s > 0 ? found->answer_s : 8;
    view->minutes_a_day = (int)lround(total * seconds / 60 / COMING);
}

static void add_days(struct app *app, const struct statistics *found, struct statistics_view *view)
{
    struct moment now = app_now(app);
    struct arena *arena = &app->statistics.arena;
    int *days = arena_array(arena, YEAR, sizeof *days);
    struct str *labels = arena_array(arena, YEAR, sizeof *labels);
    list_each (const struct day_count, day, &found->days)
        if (found->today - day->day < YEAR && day->day <= found->today)
            days[YEAR - 1 - (found->today - day->day)] = day->answers;
    for (int i = 0; i < YEAR; i++)
        labels[i] = label_of_day(app, found->today - (YEAR - 1 - i), found->today);
    view->days = days;
    view->day_labels = labels;
    view->day_count = YEAR;
    int64_t weekday = ((now.at_ms + now.tz_min * 60000LL) / 86400000 + 3) % 7;
    view->first_weekday = (int)(((weekday - (YEAR - 1)) % 7 + 7) % 7);
}

static void refill(struct app *app)
{
    struct statistics_state *state = &app->statistics;
    struct moment now = app_now(app);
    struct statistics found = {0}, year = {0};
    struct error e = {0};
    struct deck_options options = {.retention = 0.9};
    int64_t deck = app_place(app)->deck, today = collection_day(app->collection, now);
    arena_reset(&state->arena);
    struct statistics_view *view = &state->view;
    *view = (struct statistics_view){.span = state->span};
    if (!collection_statistics(app->collection, &state->arena, deck, today - span_days[state->span], now,
                               &found, &e) ||
        !collection_statistics(app->collection, &state->arena, deck, today - YEAR, now, &year, &e)) {
        app_toast_error(app, &e);
        return;
    }
    deck_options(app->collection, deck, &options, NULL);
    view->goal = options.retention;
    view->retention = found.answers ? found.retention : 0;
    view->low = found.retention_low;
    view->high = found.retention_high;
    view->answers = found.answers;
    view->cards = found.cards;
    view->met = found.met;
    view->mastered = found.mastered;
    view->leeches = found.leeches;
    view->streak = found.streak_days;
    view->longest_streak = found.longest_streak_days;
    view->total_seconds = (long)(found.total_ms / 1000);
    add_memory(app, &found, view);
    add_coming(app, &found, view);
    add_days(app, &year, view);
    numbers_decks(app, view);
    numbers_facts(app, view);
    state->stale = false;
}

void statistics_fill(struct app *app)
{
    if (app->statistics.stale)
        refill(app);
}

void statistics_show(struct app *app)
{
    statistics_fill(app);
    app->statistics.view.table = app->statistics.table;
    statistics_screen(app->ui, &app->statistics.view);
}

void open_statistics(struct app *app, const struct ui_action *action)
{
    app->statistics.stale = true;
    app_go(app, (struct place){.screen = SCREEN_STATISTICS, .deck = action->argument});
}

void set_span(struct app *app, const struct ui_action *action)
{
    app->statistics.span = (int)(action->argument % 3);
    app->statistics.stale = true;
}

void toggle_table(struct app *app, const struct ui_action *action)
{
    (void)action;
    app->statistics.table = !app->statistics.table;
}
