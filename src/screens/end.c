/* The end of a session: what was done, honestly, and what comes. */
#include "screens/study.h"

#include "base/translate.h"
#include "screens/action.h"
#include "screens/parts.h"
#include "screens/words.h"

static struct str title_of(struct arena *arena, const struct end_view *view)
{
    if (view->wait_seconds > 0)
        return str_format(arena, _("The next card comes back in %.*s"),
                          STR_ARG(words_duration(arena, view->wait_seconds)));
    if (view->nothing)
        return str_from(_("Nothing to review now"));
    return str_from(_("Done for today"));
}

static void show_number(struct ui *ui, struct str number, struct str label, enum ui_color color)
{
    ui_open(ui, .layout = UI_COLUMN, .gap = 4, .width = UI_GROW, .align = UI_CENTER);
    ui_text(ui, .text = number, .size = UI_ANSWER, .style = UI_BOLD, .color = color);
    ui_text(ui, .text = label, .size = UI_LABEL, .color = UI_TEXT2, .align = UI_CENTER);
    ui_close(ui);
}

enum { TIGHT = 520 };

static void show_numbers(struct ui *ui, const struct end_view *view)
{
    struct arena *arena = ui_arena(ui);
    ui_open(ui, .key = STR("numbers"), .layout = UI_GRID, .columns = ui_current(ui)->width < TIGHT ? 2 : 4,
            .gap = 16, .width = UI_GROW);
    show_number(ui, words_number(arena, view->cards),
                str_from(translate_plural("card", "cards", (unsigned long)view->cards)), UI_TEXT);
    show_number(ui, view->answers ? words_percent(arena, (double)view->right / view->answers) : STR("–"),
                str_from(_("right answers")), UI_SUCCESS);
    show_number(ui, words_number(arena, view->missed), str_from(_("missed at least once")),
                view->missed ? UI_DANGER : UI_TEXT);
    show_number(ui, words_duration(arena, view->seconds), str_from(_("of your time")), UI_TEXT);
    ui_close(ui);
}

static void show_next(struct ui *ui, const struct end_view *view)
{
    struct arena *arena = ui_arena(ui);
    struct str text;
    if (view->tomorrow > 0)
        text =
            str_format(arena,
                       translate_plural("Tomorrow: %d question, about %.*s.",
                                        "Tomorrow: %d questions, about %.*s.", (unsigned long)view->tomorrow),
                       view->tomorrow, STR_ARG(words_duration(arena, view->tomorrow_minutes * 60L)));
    else if (view->next.len)
        text = str_format(arena, _("Nothing tomorrow. The next card comes: %.*s."), STR_ARG(view->next));
    else
        text = str_from(_("No card waits for another day yet."));
    ui_text(ui, .key = STR("next"), .text = text, .size = UI_TITLE, .width = UI_GROW);
    if (view->first > 0)
        ui_text(ui, .key = STR("first"),
                .text =
                    str_format(arena,
                               translate_plural("%d card met for the first time. Once is not memory yet.",
                                                "%d cards met for the first time. Once is not memory yet.",
                                                (unsigned long)view->first),
                               view->first),
                .color = UI_TEXT2, .width = UI_GROW);
}

static void show_bet(struct ui *ui, const struct end_view *view)
{
    int off = view->bet_knew - view->bet_known;
    struct str text = str_format(ui_arena(ui), _("You bet on %d of %d and knew %d."), view->bet_known,
                                 view->bet_of, view->bet_knew);
    ui_heading(ui, text, UI_TITLE);
    ui_text(ui,
            .text = str_from(
                off < -1  ? _("Less stays than it seems right after reading: that is so for everybody.")
                : off > 1 ? _("More stayed than you thought.")
                          : _("You know well what you know.")),
            .color = UI_TEXT2, .width = UI_GROW);
}

static void show_troubles(struct ui *ui, const struct end_view *view)
{
    if (!view->trouble_count)
        return;
    ui_heading(ui, str_from(_("What resisted")), UI_TITLE);
    for (size_t i = 0; i < view->trouble_count; i++) {
        ui_open(ui, .layout = UI_COLUMN, .gap = 2, .width = UI_GROW);
        ui_text(ui, .text = view->troubles[i].prompt, .family = UI_FAMILY_STUDY, .size = UI_BODY,
                .width = UI_GROW);
        ui_text(ui, .text = view->troubles[i].answer, .family = UI_FAMILY_STUDY, .size = UI_BODY,
                .style = UI_BOLD, .color = UI_SUCCESS, .width = UI_GROW);
        ui_close(ui);
    }
}

static void show_offer(struct ui *ui, const struct end_view *view)
{
    if (!view->offer_four)
        return;
    ui_open(ui, .key = STR("offer"), .layout = UI_COLUMN, .gap = 12, .width = UI_GROW, .fill = UI_ACCENT_SOFT,
            .radius = UI_RADIUS_BUTTON, .padding = UI_SIDES(12, 16));
    ui_text(ui,
            .text = str_from(
                _("You have answered 200 times. With four buttons you can also say that it was hard, or "
                  "easy, and the days fit better.")),
            .width = UI_GROW);
    ui_open(ui, .key = STR("buttons"), .layout = UI_WRAP, .gap = 12, .width = UI_GROW);
    ui_button(ui, .key = STR("four"), .command = ACTION_FOUR, .argument = 1);
    ui_button(ui, .key = STR("two"), .command = ACTION_FOUR, .argument = 0,
              .label = str_from(_("Two are enough")));
    ui_close(ui);
    ui_close(ui);
}

/* Below what scrolls: the focus is on them from the start, and the result must be seen first. */
static void show_buttons(struct ui *ui, const struct end_view *view)
{
    part_open_buttons(ui, 760);
    ui_button(ui, .key = STR("home"), .command = ACTION_HOME, .look = UI_PRIMARY, .autofocus = true);
    if (view->more)
        ui_button(ui, .key = STR("more"), .command = ACTION_MORE);
    ui_close(ui);
}

void end_screen(struct ui *ui, const struct end_view *view)
{
    part_open_page(ui, str_from(_("End of the session")));
    part_open_bar(ui, view->deck, (struct str){0});
    ui_close(ui);
    part_open_middle(ui, STR("end"), 760);
    ui_card(ui, .key = STR("card"), .layout = UI_COLUMN, .gap = 20, .width = UI_GROW);
    ui_heading(ui, title_of(ui_arena(ui), view), UI_H2);
    if (!view->nothing)
        show_numbers(ui, view);
    if (view->bet)
        show_bet(ui, view);
    show_next(ui, view);
    if (view->memory.len)
        ui_text(ui, .key = STR("memory"), .text = view->memory, .color = UI_TEXT2, .width = UI_GROW);
    show_offer(ui, view);
    show_troubles(ui, view);
    ui_close(ui);
    part_close_middle(ui);
    show_buttons(ui, view);
    static const int actions[] = {ACTION_UNDO, ACTION_STATISTICS, ACTION_HELP};
    part_foot(ui, 760, actions, 3);
    ui_close(ui);
}
