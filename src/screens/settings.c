#include "screens/settings.h"

#include "base/translate.h"
#include "screens/action.h"
#include "screens/parts.h"
#include "screens/words.h"

#include <math.h>

enum { PAGE_WIDTH = 760 };

static void open_group(struct ui *ui, struct str title)
{
    ui_card(ui, .layout = UI_COLUMN, .gap = 20, .width = UI_GROW);
    ui_heading(ui, title, UI_TITLE);
}

static void show_choice(struct ui *ui, const char *key, struct str label, const struct str *labels, int count,
                        int chosen, int action)
{
    ui_segmented(ui, str_from(key), label, labels, count, chosen, action);
}

static void show_looks(struct ui *ui, const struct settings_view *view)
{
    struct arena *arena = ui_arena(ui);
    open_group(ui, str_from(_("Appearance")));
    const struct str languages[] = {str_from(_("System")), STR("Español"), STR("English")};
    show_choice(ui, "language", str_from(_("Language")), languages, 3, view->language, ACTION_SET_LANGUAGE);
    const struct str themes[] = {str_from(_("System")), str_from(_("Light")), str_from(_("Dark")),
                                 str_from(_("High contrast"))};
    show_choice(ui, "theme", str_from(_("Theme")), themes, 4, view->theme, ACTION_SET_THEME);
    const struct str fonts[] = {STR("Charis"), STR("Inter"), STR("Andika"), STR("OpenDyslexic"),
                                STR("Noto Serif")};
    show_choice(ui, "font", str_from(_("Typeface of cards")), fonts, 5, view->font, ACTION_SET_FONT);
    ui_slider(ui, STR("zoom"), str_from(_("Size of everything")), view->zoom * 100, 75, 250, 5,
              words_percent(arena, view->zoom), ACTION_SET_ZOOM);
    ui_toggle(ui, STR("motion"), str_from(_("Reduce motion")), view->reduced_motion, ACTION_SET_MOTION, 0);
    ui_close(ui);
}

static void show_study(struct ui *ui, const struct settings_view *view)
{
    struct arena *arena = ui_arena(ui);
    open_group(ui, str_from(_("Study")));
    const struct str buttons[] = {str_from(_("Two: ✗ ✓")), str_from(_("Four"))};
    show_choice(ui, "grades", str_from(_("Grade buttons")), buttons, 2, view->four_grades, ACTION_SET_GRADES);
    const struct str accents[] = {str_from(_("Forgive")), str_from(_("Warn")), str_from(_("Demand"))};
    show_choice(ui, "accents", str_from(_("Missing accents")), accents, 3, view->accents, ACTION_SET_ACCENTS);
    const struct str typos[] = {str_from(_("By length")), str_from(_("None")), str_from(_("One"))};
    show_choice(ui, "typos", str_from(_("Slips of the finger")), typos, 3, view->typos, ACTION_SET_TYPOS);
    ui_slider(ui, STR("new"), str_from(_("New cards a day")), view->new_per_day, 0, 60, 1,
              words_number(arena, view->new_per_day), ACTION_SET_NEW);
    ui_slider(ui, STR("retention"), str_from(_("How much to remember")), view->retention * 100, 70, 97, 1,
              words_percent(arena, view->retention), ACTION_SET_RETENTION);
    ui_toggle(ui, STR("held-back"),
              str_from(_("Leave three facts in twenty unpractised, to see what practice does")),
              view->held_back, ACTION_SET_HELD_BACK, 0);
    struct str text =
        view->minutes_a_day
            ? str_format(arena, _("Now about %d minutes a day. More to remember is more to review."),
                         view->minutes_a_day)
            : str_from(_("Nine in ten is a good goal. More to remember is more to review."));
    ui_text(ui, .text = text, .size = UI_LABEL, .color = UI_TEXT2, .width = UI_GROW);
    ui_close(ui);
}

static void show_data(struct ui *ui, const struct settings_view *view)
{
    struct arena *arena = ui_arena(ui);
    open_group(ui, str_from(_("Data")));
    ui_text(ui,
            .text = str_format(arena, _("Your data is in %.*s. Nothing leaves this machine."),
                               STR_ARG(view->data_path)),
            .width = UI_GROW, .selectable = true);
    ui_text(ui, .text = str_format(arena, _("repaso %.*s, free software (MIT)"), STR_ARG(view->version)),
            .size = UI_LABEL, .color = UI_TEXT2);
    ui_close(ui);
}

void settings_screen(struct ui *ui, const struct settings_view *view)
{
    part_open_page(ui, str_from(_("Settings")));
    part_open_bar(ui, str_from(_("Settings")), (struct str){0});
    ui_close(ui);
    part_open_middle(ui, STR("settings"), PAGE_WIDTH);
    show_looks(ui, view);
    show_study(ui, view);
    show_data(ui, view);
    part_close_middle(ui);
    ui_close(ui);
}
