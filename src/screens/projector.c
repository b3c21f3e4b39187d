#include "screens/projector.h"

#include "base/translate.h"
#include "screens/action.h"
#include "screens/parts.h"
#include "screens/words.h"

#include <math.h>

/* Lines that a text takes, near enough: letters of the study face are half as wide as high. */
static float lines_of(struct str text, float width, float size)
{
    return ceilf((float)text.len * size * 0.52f / width);
}

/* As large as it goes with the question and its answer on one wall. */
static float wall_size(struct ui *ui, const struct card *card)
{
    enum { AROUND = 300, LEADING_PERCENT = 145, LARGEST = 120 };
    float width = ui_current(ui)->width - 112, height = ui_current(ui)->height - AROUND;
    for (float size = LARGEST; size > UI_READING; size -= 4)
        if ((lines_of(card->prompt, width, size) + lines_of(card->answer, width, size)) * size *
                LEADING_PERCENT / 100 <
            height)
            return size;
    return UI_READING;
}

static void show_question(struct ui *ui, const struct projector_view *view)
{
    const struct card *card = view->card;
    float size = wall_size(ui, card);
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
