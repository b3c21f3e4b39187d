#include "screens/exam.h"

#include "base/translate.h"
#include "screens/action.h"
#include "screens/parts.h"
#include "screens/words.h"

enum { PAGE_WIDTH = 820 };

static const struct {
    const char *glyph, *word;
    enum ui_color color;
} verdicts[] = {
    [EXAM_UNKNOWN] = {"○", N_("not answered"), UI_TEXT2},
    [EXAM_WRONG] = {"✗", N_("wrong"), UI_DANGER},
    [EXAM_NEARLY] = {"~", N_("nearly"), UI_WARNING},
    [EXAM_RIGHT] = {"✓", N_("right"), UI_SUCCESS},
};

static void show_score(struct ui *ui, const struct exam_view *view)
{
    struct arena *arena = ui_arena(ui);
    double share = view->total ? view->points / view->total : 0;
    ui_card(ui, .key = STR("score"), .layout = UI_COLUMN, .gap = 12, .width = UI_GROW);
    ui_heading(ui, words_percent(arena, share > 0 ? share : 0), UI_HERO);
    ui_text(ui,
            .text = str_format(arena, _("%.*s of %d points in %.*s. Your memory's plan stays as it was."),
                               STR_ARG(words_decimal(arena, view->points)), view->total,
                               STR_ARG(words_duration(arena, view->seconds))),
            .color = UI_TEXT2, .width = UI_GROW);
    ui_toggle(ui, STR("penalty"), str_from(_("A wrong answer costs a third of a right one")), view->penalty,
              ACTION_EXAM_PENALTY, 0);
    ui_close(ui);
}

static void show_correction(struct ui *ui, const struct exam_item *item)
{
    struct arena *arena = ui_arena(ui);
    if (item->verdict == EXAM_RIGHT)
        return;
    if (item->given.len)
        ui_text(ui, .text = str_format(arena, _("You: %.*s"), STR_ARG(item->given)), .color = UI_TEXT2,
                .family = UI_FAMILY_STUDY, .width = UI_GROW);
    ui_text(ui, .text = item->answer, .family = UI_FAMILY_STUDY, .style = UI_BOLD, .color = UI_SUCCESS,
            .lang = item->lang, .width = UI_GROW);
    if (item->passage.text.len)
        part_passage(ui, &item->passage, item->lang, false);
}

static void show_item(struct ui *ui, const struct exam_item *item, size_t index)
{
    ui_open(ui, .key = str_format(ui_arena(ui), "item-%zu", index), .layout = UI_ROW, .gap = 12,
            .width = UI_GROW);
    ui_text(ui, .text = str_from(verdicts[item->verdict].glyph), .style = UI_BOLD,
            .name = str_from(_(verdicts[item->verdict].word)), .color = verdicts[item->verdict].color,
            .width = UI_FIXED(18));
    ui_open(ui, .layout = UI_COLUMN, .gap = 6, .width = UI_GROW);
    ui_text(ui, .text = item->prompt, .family = UI_FAMILY_STUDY, .lang = item->lang, .width = UI_GROW);
    show_correction(ui, item);
    ui_close(ui);
    ui_close(ui);
}

static void show_section(struct ui *ui, const struct exam_view *view, size_t section)
{
    int right = 0, count = 0;
    for (size_t i = 0; i < view->count; i++) {
        if (view->items[i].section != (int)section)
            continue;
        count++;
        right += view->items[i].verdict == EXAM_RIGHT;
    }
    ui_card(ui, .key = str_format(ui_arena(ui), "section-%zu", section), .layout = UI_COLUMN, .gap = 16,
            .width = UI_GROW);
    ui_open(ui, .key = STR("head"), .layout = UI_ROW, .gap = 16, .width = UI_GROW, .align = UI_CENTER);
    ui_heading(ui, view->sections[section], UI_TITLE);
    ui_spacer(ui);
    ui_text(ui, .text = str_format(ui_arena(ui), _("%d of %d"), right, count), .color = UI_TEXT2,
            .no_wrap = true);
    ui_close(ui);
    for (size_t i = 0; i < view->count; i++)
        if (view->items[i].section == (int)section)
            show_item(ui, &view->items[i], i);
    ui_close(ui);
}

void exam_screen(struct ui *ui, const struct exam_view *view)
{
    part_open_page(ui, str_from(_("Exam rehearsal")));
    part_open_bar(ui, str_from(_("Exam rehearsal")), view->title);
    ui_close(ui);
    part_open_middle(ui, STR("exam"), PAGE_WIDTH);
    show_score(ui, view);
    for (size_t i = 0; i < view->section_count; i++)
        show_section(ui, view, i);
    part_close_middle(ui);
    part_open_buttons(ui, PAGE_WIDTH);
    ui_button(ui, .key = STR("home"), .command = ACTION_HOME, .look = UI_PRIMARY, .autofocus = true);
    ui_close(ui);
    static const int actions[] = {ACTION_BACK, ACTION_HELP};
    part_foot(ui, PAGE_WIDTH, actions, 2);
    ui_close(ui);
}
