#include "screens/projector.h"

#include "base/translate.h"
#include "screens/action.h"
#include "screens/parts.h"
#include "screens/words.h"

/* As large as it goes without running over: long questions are smaller. */
static float wall_size(struct ui *ui, struct str text)
{
    float height = ui_current(ui)->height, size = height / 9;
    if (text.len > 80)
        size = height / 13;
    if (text.len > 200)
        size = height / 22;
    return size < UI_READING ? UI_READING : size > 120 ? 120 : size;
}

static void show_question(struct ui *ui, const struct projector_view *view)
{
    const struct card *card = view->card;
    float size = wall_size(ui, card->prompt);
    part_rich_text(ui, STR("prompt"), card->prompt, size, UI_TEXT, 0, card->lang);
    if (!view->back)
        return;
    ui_divider(ui);
    part_rich_text(ui, STR("answer"), card->answer, size, UI_SUCCESS, UI_BOLD, card->lang);
}

static void show_count(struct ui *ui, const struct projector_view *view)
{
    ui_open(ui, .key = STR("count"), .layout = UI_ROW, .gap = 12, .align = UI_END, .width = UI_GROW);
    if (view->back)
        ui_field(ui, .key = STR("knew"), .command = ACTION_PROJECTOR_KNEW, .autofocus = true,
                 .label = str_from(view->class_size ? _("How many had it?")
                                                    : _("How many had it, of how many? (17/24)")),
                 .revision = view->revision, .width = UI_FIXED(360));
    else
        ui_button(ui, .key = STR("reveal"), .command = ACTION_REVEAL, .look = UI_PRIMARY, .autofocus = true);
    ui_close(ui);
}

static void show_end(struct ui *ui, const struct projector_view *view)
{
    struct arena *arena = ui_arena(ui);
    ui_heading(ui, str_from(_("That was all")), UI_HERO);
    if (view->asked)
        ui_text(ui,
                .text = str_format(arena, _("The class knew %.*s."),
                                   STR_ARG(words_percent(arena, (double)view->knew / view->asked))),
                .size = UI_ANSWER, .color = UI_TEXT2);
    ui_button(ui, .key = STR("home"), .command = ACTION_HOME, .look = UI_PRIMARY, .autofocus = true);
}

void projector_screen(struct ui *ui, const struct projector_view *view)
{
    part_open_page(ui, str_from(_("Projector")));
    part_open_bar(ui, str_from(_("For the class")), (struct str){0});
    ui_text(ui, .text = str_format(ui_arena(ui), _("%d of %d"), view->done, view->total), .color = UI_TEXT2,
            .no_wrap = true);
    ui_close(ui);
    ui_open(ui, .key = STR("wall"), .layout = UI_COLUMN, .gap = 28, .width = UI_GROW, .height = UI_GROW,
            .scroll = true, .padding = UI_SIDES(16, 56), .justify = UI_CENTER);
    if (view->card)
        show_question(ui, view);
    else
        show_end(ui, view);
    ui_close(ui);
    if (view->card) {
        ui_open(ui, .key = STR("foot"), .layout = UI_COLUMN, .width = UI_GROW, .padding = {8, 56, 32, 56});
        show_count(ui, view);
        ui_close(ui);
    }
    ui_close(ui);
}
