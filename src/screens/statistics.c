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

static void show_memory(struct ui *ui, const struct statistics_view *view)
{
    struct arena *arena = ui_arena(ui);
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
    ui_line_chart(ui, &(struct ui_chart){.key = STR("memory"),
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
                                         .table = view->table});
}

static void show_coming(struct ui *ui, const struct statistics_view *view)
{
    struct arena *arena = ui_arena(ui);
    struct ui_point *points = arena_array(arena, view->coming_count, sizeof *points);
    for (size_t i = 0; i < view->coming_count; i++) {
        double cards = view->coming[i].cards;
        points[i] = (struct ui_point){.value = cards,
                                      .low = cards,
                                      .high = cards,
                                      .label = view->coming[i].label,
                                      .text = words_number(arena, view->coming[i].cards)};
    }
    ui_bar_chart(
        ui, &(struct ui_chart){.key = STR("coming"),
                               .title = str_from(_("What is coming?")),
                               .summary = str_format(arena, _("about %d min a day"), view->minutes_a_day),
                               .points = points,
                               .count = view->coming_count,
                               .column = str_from(_("Cards")),
                               .label_column = str_from(_("Day")),
                               .table = view->table});
}

static void show_steadiness(struct ui *ui, const struct statistics_view *view)
{
    struct arena *arena = ui_arena(ui);
    struct ui_point *points = arena_array(arena, view->day_count, sizeof *points);
    for (size_t i = 0; i < view->day_count; i++) {
        points[i] = (struct ui_point){.value = view->days[i],
                                      .low = view->days[i],
                                      .high = view->days[i],
                                      .label = view->day_labels[i],
                                      .text = words_number(arena, view->days[i])};
    }
    struct str summary = str_format(
        arena, translate_plural("%d day in a row", "%d days in a row", (unsigned long)view->streak),
        view->streak);
    ui_heat_map(ui,
                &(struct ui_chart){.key = STR("steady"),
                                   .title = str_from(_("Am I steady?")),
                                   .summary = summary,
                                   .points = points,
                                   .count = view->day_count,
                                   .column = str_from(_("Answers")),
                                   .label_column = str_from(_("Day")),
                                   .table = view->table},
                view->first_weekday);
}

static void show_weak(struct ui *ui, const struct statistics_view *view)
{
    struct arena *arena = ui_arena(ui);
    ui_heading(ui, str_from(_("What resists?")), UI_TITLE);
    if (!view->weak_count)
        ui_text(ui, .text = str_from(_("Nothing yet: every chapter is above the goal.")), .color = UI_TEXT2,
                .width = UI_GROW);
    for (size_t i = 0; i < view->weak_count; i++) {
        const struct statistics_deck *deck = &view->weak[i];
        ui_open(ui, .layout = UI_ROW, .gap = 12, .align = UI_CENTER, .width = UI_GROW);
        ui_button(ui, .command = ACTION_STUDY_DECK, .argument = deck->key, .look = UI_QUIET,
                  .label = deck->name, .icon = STR("▶"), .no_keys = true);
        ui_spacer(ui);
        ui_text(ui, .text = words_percent(arena, deck->recall), .style = UI_BOLD);
        ui_text(ui,
                .text = str_format(arena, translate_plural("%d card", "%d cards", (unsigned long)deck->cards),
                                   deck->cards),
                .color = UI_TEXT2, .size = UI_LABEL, .width = UI_FIXED(90));
        ui_close(ui);
    }
    if (view->leeches)
        ui_text(ui,
                .text = str_format(arena,
                                   translate_plural("%d card is missed again and again.",
                                                    "%d cards are missed again and again.",
                                                    (unsigned long)view->leeches),
                                   view->leeches),
                .color = UI_WARNING, .width = UI_GROW);
}

static void show_number(struct ui *ui, struct str number, struct str label)
{
    ui_open(ui, .layout = UI_COLUMN, .gap = 2, .width = {.kind = UI_HUG_KIND, .min = 120});
    ui_text(ui, .text = number, .size = UI_H2, .style = UI_BOLD);
    ui_text(ui, .text = label, .size = UI_LABEL, .color = UI_TEXT2);
    ui_close(ui);
}

static void show_numbers(struct ui *ui, const struct statistics_view *view)
{
    struct arena *arena = ui_arena(ui);
    ui_open(ui, .key = STR("numbers"), .layout = UI_WRAP, .gap = 24, .row_gap = 16, .width = UI_GROW);
    show_number(ui, words_number(arena, view->cards), str_from(_("cards")));
    show_number(ui, words_number(arena, view->met), str_from(_("met")));
    show_number(ui, words_number(arena, view->mastered), str_from(_("mastered ●●●")));
    show_number(ui, words_duration(arena, view->total_seconds), str_from(_("of study")));
    show_number(ui, words_number(arena, view->longest_streak), str_from(_("days, longest streak")));
    ui_close(ui);
}

static void open_panel(struct ui *ui, const char *key)
{
    ui_card(ui, .key = str_from(key), .layout = UI_COLUMN, .gap = 12, .width = UI_GROW);
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
    open_panel(ui, "memory"), show_memory(ui, view), ui_close(ui);
    open_panel(ui, "coming"), show_coming(ui, view), ui_close(ui);
    ui_close(ui);
    open_panel(ui, "steady"), show_steadiness(ui, view), ui_close(ui);
    open_panel(ui, "weak"), show_weak(ui, view), ui_close(ui);
    part_close_middle(ui);
    static const int actions[] = {ACTION_TABLE, ACTION_BACK, ACTION_HELP};
    part_foot(ui, PAGE_WIDTH, actions, 3);
    ui_close(ui);
}
