#include "screens/statistics.h"

#include "base/arena.h"
#include "base/translate.h"
#include "screens/action.h"
#include "screens/parts.h"
#include "screens/words.h"
#include "ui/chart.h"

#include <math.h>

enum { PAGE_WIDTH = 1120 };

static struct str percent_or_dash(struct arena *arena, double share)
{
    return isnan(share) ? STR("–") : words_percent(arena, share);
}

static struct ui_chart memory_chart(struct arena *arena, const struct statistics_view *view)
{
    struct ui_point *points = arena_array(arena, view->memory_count, sizeof *points);
    for (size_t i = 0; i < view->memory_count; i++) {
        const struct statistics_stretch *stretch = &view->memory[i];
        points[i] = (struct ui_point){.value = stretch->share * 100,
                                      .low = stretch->low * 100,
                                      .high = stretch->high * 100,
                                      .label = view->table || i % 4 == 0 ? stretch->label : (struct str){0},
                                      .text = percent_or_dash(arena, stretch->share)};
    }
    struct str summary = str_from(_("no review on a later day yet"));
    if (view->retention > 0)
        summary = str_format(arena, _("%.*s of %d reviews (goal %.*s)"),
                             STR_ARG(words_percent(arena, view->retention)), view->answers,
                             STR_ARG(words_percent(arena, view->goal)));
    return (struct ui_chart){.key = STR("memory"),
                             .title = str_from(_("How much do I remember?")),
                             .summary = summary,
                             .points = points,
                             .count = view->memory_count,
                             .min = 50,
                             .max = 100,
                             .target = view->goal * 100,
                             .target_label = str_from(_("goal")),
                             .column = str_from(_("Right answers")),
                             .label_column = str_from(_("Week")),
                             .command = ACTION_CARDS,
                             .base = CARDS_STRETCH,
                             .table = view->table};
}

static struct ui_chart coming_chart(struct arena *arena, const struct statistics_view *view)
{
    struct ui_point *points = arena_array(arena, view->coming_count, sizeof *points);
    for (size_t i = 0; i < view->coming_count; i++) {
        double cards = view->coming[i].cards;
        points[i] = (struct ui_point){.value = cards,
                                      .low = cards,
                                      .high = cards,
                                      .label = view->coming[i].label,
                                      .text = words_number(arena, view->coming[i].cards)};
    }
    return (struct ui_chart){.key = STR("coming"),
                             .title = str_from(_("What is coming?")),
                             .summary = view->minutes_a_day
                                            ? str_format(arena, _("about %d min a day"), view->minutes_a_day)
                                            : str_from(_("less than a minute a day")),
                             .points = points,
                             .count = view->coming_count,
                             .column = str_from(_("Cards")),
                             .label_column = str_from(_("Day")),
                             .command = ACTION_CARDS,
                             .base = CARDS_TODAY,
                             .table = view->table};
}

/* A table of a year would be long: it lists the days with answers. */
static size_t fill_days(struct arena *arena, const struct statistics_view *view, struct ui_point *ret)
{
    size_t count = 0;
    for (size_t i = 0; i < view->day_count; i++) {
        if (view->table && !view->days[i])
            continue;
        ret[count++] = (struct ui_point){.value = view->days[i],
                                         .low = view->days[i],
                                         .high = view->days[i],
                                         .label = view->day_labels[i],
                                         .text = words_number(arena, view->days[i])};
    }
    return count;
}

static struct ui_chart steadiness_chart(struct arena *arena, const struct statistics_view *view)
{
    struct ui_point *points = arena_array(arena, view->day_count, sizeof *points);
    size_t count = fill_days(arena, view, points);
    struct str summary = str_format(
        arena, translate_plural("%d day in a row", "%d days in a row", (unsigned long)view->streak),
        view->streak);
    return (struct ui_chart){.key = STR("steady"),
                             .title = str_from(_("Am I steady?")),
                             .summary = summary,
                             .points = points,
                             .count = count,
                             .column = str_from(_("Answers")),
                             .label_column = str_from(_("Day")),
                             .command = view->table ? 0 : ACTION_CARDS,
                             .base = CARDS_TODAY - (int64_t)view->day_count,
                             .table = view->table};
}

void statistics_charts(struct arena *arena, const struct statistics_view *view,
                       struct ui_chart ret[STATISTICS_CHARTS], int kinds[STATISTICS_CHARTS])
{
    ret[0] = memory_chart(arena, view), kinds[0] = UI_CHART_LINE;
    ret[1] = coming_chart(arena, view), kinds[1] = UI_CHART_BARS;
    ret[2] = steadiness_chart(arena, view), kinds[2] = UI_CHART_HEAT;
}

static void open_panel(struct ui *ui, const char *key)
{
    ui_card(ui, .key = str_from(key), .layout = UI_COLUMN, .gap = 12, .width = UI_GROW);
}

/* ---- Chapters ---- */

static void show_deck(struct ui *ui, const struct statistics_deck *deck)
{
    struct arena *arena = ui_arena(ui);
    struct str mastered = str_format(arena, _("%d of %d mastered"), deck->mastered, deck->cards);
    ui_open(ui, .key = str_format(arena, "deck-%lld", (long long)deck->key), .layout = UI_ROW, .gap = 12,
            .align = UI_CENTER, .width = UI_GROW);
    ui_open(ui, .layout = UI_ROW, .width = UI_GROW);
    ui_button(ui, .command = ACTION_STUDY_DECK, .argument = deck->key, .look = UI_QUIET, .label = deck->name,
              .icon = STR("▶"), .no_keys = true);
    ui_close(ui);
    if (deck->weak)
        ui_text(ui, .text = STR("!"), .style = UI_BOLD, .color = UI_WARNING,
                .name = str_from(_("below the goal")));
    ui_text(ui, .text = deck->recall > 0 ? words_percent(arena, deck->recall) : STR("–"), .style = UI_BOLD,
            .width = UI_FIXED(52), .align = UI_END);
    if (!ui_narrow(ui))
        ui_bar(ui, deck->cards ? (double)deck->mastered / deck->cards : 0, UI_SUCCESS, UI_FIXED(160),
               mastered);
    ui_text(ui, .text = mastered, .color = UI_TEXT2, .size = UI_LABEL, .width = UI_FIXED(150));
    ui_close(ui);
}

static void show_decks(struct ui *ui, const struct statistics_view *view)
{
    struct arena *arena = ui_arena(ui);
    ui_heading(ui, str_from(_("What resists?")), UI_TITLE);
    if (!view->deck_count)
        ui_text(ui, .text = str_from(_("No chapter yet.")), .color = UI_TEXT2, .width = UI_GROW);
    ui_open(ui, .key = STR("decks"), .layout = UI_COLUMN, .gap = 2, .width = UI_GROW, .roving = true,
            .role = UI_ROLE_LIST, .name = str_from(_("Chapters")));
    for (size_t i = 0; i < view->deck_count; i++)
        show_deck(ui, &view->decks[i]);
    ui_close(ui);
    if (view->leeches)
        ui_button(ui, .key = STR("leeches"), .command = ACTION_CARDS, .argument = CARDS_LEECHES,
                  .look = UI_QUIET, .no_keys = true, .icon = STR("▶"),
                  .label = str_format(arena,
                                      translate_plural("%d card is missed again and again.",
                                                       "%d cards are missed again and again.",
                                                       (unsigned long)view->leeches),
                                      view->leeches));
}

/* ---- What one knows, on the line of time ---- */

static void show_facts(struct ui *ui, const struct statistics_view *view)
{
    enum { FEWEST = 3 };
    struct ui_moment *moments = arena_array(ui_arena(ui), view->fact_count, sizeof *moments);
    if (view->fact_count < FEWEST || ui_narrow(ui))
        return;
    for (size_t i = 0; i < view->fact_count; i++) {
        const struct statistics_fact *fact = &view->facts[i];
        moments[i] = (struct ui_moment){fact->year, fact->name, fact->date,
                                        fact->recall < view->goal ? UI_WARNING : UI_SUCCESS, fact->card};
    }
    double margin = (moments[view->fact_count - 1].at - moments[0].at) * 0.05 + 0.1;
    open_panel(ui, "facts");
    ui_heading(ui, str_from(_("What do I know of when?")), UI_TITLE);
    ui_time_line(ui, &(struct ui_timeline){.key = STR("line"),
                                           .title = str_from(_("What do I know of when?")),
                                           .moments = moments,
                                           .count = view->fact_count,
                                           .from = moments[0].at - margin,
                                           .to = moments[view->fact_count - 1].at + margin,
                                           .command = ACTION_CARD,
                                           .lanes = 4});
    ui_close(ui);
}

/* ---- Numbers ---- */

/* `cards` below 0: nothing stands behind it. */
static void show_number(struct ui *ui, struct str number, struct str label, int cards)
{
    bool opens = cards >= 0;
    ui_open(ui, .key = label, .layout = UI_COLUMN, .gap = 2, .width = {.kind = UI_HUG_KIND, .min = 120},
            .role = opens ? UI_ROLE_BUTTON : UI_ROLE_GROUP, .state = opens ? UI_FOCUSABLE : 0,
            .name = opens ? str_format(ui_arena(ui), "%.*s %.*s", STR_ARG(number), STR_ARG(label))
                          : (struct str){0},
            .command = opens ? ACTION_CARDS : 0, .argument = cards,
            .hover_fill = opens ? UI_SURFACE2 : UI_NONE, .radius = UI_RADIUS_CONTROL);
    ui_text(ui, .text = number, .size = UI_H2, .style = UI_BOLD);
    ui_text(ui, .text = label, .size = UI_LABEL, .color = UI_TEXT2);
    ui_close(ui);
}

static void show_numbers(struct ui *ui, const struct statistics_view *view)
{
    struct arena *arena = ui_arena(ui);
    ui_open(ui, .key = STR("numbers"), .layout = UI_WRAP, .gap = 24, .row_gap = 16, .width = UI_GROW);
    show_number(ui, words_number(arena, view->cards), str_from(_("cards")), CARDS_ALL);
    show_number(ui, words_number(arena, view->met), str_from(_("met")), CARDS_MET);
    show_number(ui, words_number(arena, view->mastered), str_from(_("mastered ●●●")), CARDS_MASTERED);
    show_number(ui, words_duration(arena, view->total_seconds), str_from(_("of study")), -1);
    show_number(ui, words_number(arena, view->longest_streak), str_from(_("days, longest streak")), -1);
    ui_close(ui);
}

void statistics_screen(struct ui *ui, const struct statistics_view *view)
{
    part_open_page(ui, str_from(_("Statistics")));
    part_open_bar(ui, str_from(_("Statistics")), view->deck);
    const struct str spans[] = {str_from(_("30 days")), str_from(_("90 days")), str_from(_("1 year"))};
    ui_segmented(ui, STR("span"), str_from(_("Time span")), spans, 3, view->span, ACTION_STATISTICS_SPAN);
    ui_button(ui, .key = STR("table"), .command = ACTION_TABLE, .state = view->table ? UI_SELECTED : 0,
              .look = UI_QUIET);
    ui_close(ui);
    part_open_middle(ui, STR("statistics"), PAGE_WIDTH);
    show_numbers(ui, view);
    ui_open(ui, .key = STR("charts"), .layout = UI_GRID, .columns = ui_narrow(ui) ? 1 : 2, .gap = 20,
            .width = UI_GROW);
    struct ui_chart charts[STATISTICS_CHARTS];
    int kinds[STATISTICS_CHARTS];
    statistics_charts(ui_arena(ui), view, charts, kinds);
    open_panel(ui, "memory"), ui_line_chart(ui, &charts[0]), ui_close(ui);
    open_panel(ui, "coming"), ui_bar_chart(ui, &charts[1]), ui_close(ui);
    ui_close(ui);
    open_panel(ui, "steady"), ui_heat_map(ui, &charts[2], view->first_weekday), ui_close(ui);
    open_panel(ui, "decks"), show_decks(ui, view), ui_close(ui);
    show_facts(ui, view);
    part_close_middle(ui);
    static const int actions[] = {ACTION_TABLE,    ACTION_SAVE_CSV, ACTION_SAVE_PNG,
                                  ACTION_SAVE_PDF, ACTION_BACK,     ACTION_HELP};
    part_foot(ui, PAGE_WIDTH, actions, 6);
    ui_close(ui);
}
