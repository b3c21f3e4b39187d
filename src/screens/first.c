#include "screens/first.h"

#include "base/translate.h"
#include "screens/action.h"
#include "screens/parts.h"
#include "screens/words.h"

enum { PAGE_WIDTH = 820 };

static void show_intro(struct ui *ui, struct str title, struct str text)
{
    ui_heading(ui, title, UI_H2);
    if (text.len)
        ui_text(ui, .text = text, .color = UI_TEXT2, .width = UI_GROW);
}

/* `focus`: nothing else on this step wants the keyboard first. */
static void show_next(struct ui *ui, struct str label, bool focus)
{
    ui_open(ui, .key = STR("next"), .layout = UI_ROW, .gap = 12, .width = UI_GROW);
    ui_button(ui, .key = STR("next"), .command = ACTION_FIRST_NEXT, .label = label, .look = UI_PRIMARY,
              .autofocus = focus);
    ui_close(ui);
}

/* ---- 1: have you read it? ---- */

static void show_amount(struct ui *ui, const struct first_view *view, int index, const char *name, int amount)
{
    struct arena *arena = ui_arena(ui);
    const struct first_amount *costs = &view->amounts[index];
    ui_button(ui, .key = str_format(arena, "amount-%d", index), .command = ACTION_FIRST_AMOUNT,
              .argument = amount, .role = UI_ROLE_RADIO,
              .state = view->amount == amount ? UI_SELECTED | UI_CHECKED : 0, .no_keys = true,
              .width = UI_GROW,
              .label = str_format(arena, _("%s %d · today %d min, %d this month"), name, costs->cards,
                                  costs->today_minutes, costs->month_minutes));
}

static void show_read(struct ui *ui, const struct first_view *view)
{
    show_intro(ui, str_from(_("Have you read it?")), view->title);
    const struct str whens[] = {str_from(_("Just now")), str_from(_("I will read it here")),
                                str_from(_("Days ago"))};
    ui_segmented(ui, STR("when"), str_from(_("When")), whens, 3, view->when, ACTION_FIRST_WHEN);
    ui_heading(ui, str_from(_("How much of it?")), UI_TITLE);
    show_amount(ui, view, 0, _("Essential"), 12);
    if (view->amounts[1].cards > view->amounts[0].cards)
        show_amount(ui, view, 1, _("More"), 30);
    if (view->amounts[2].cards > view->amounts[1].cards)
        show_amount(ui, view, 2, _("All"), 0);
    show_next(ui, str_from(_("Begin")), true);
}

/* ---- 2: without looking ---- */

static void show_recall(struct ui *ui, const struct first_view *view)
{
    show_intro(ui, str_from(_("Without looking")),
               str_from(_("Write down what you remember, in any order. Nobody counts, nobody grades.")));
    ui_field(ui, .key = STR("written"), .label = str_from(_("What you remember")), .bare = true,
             .multiline = true, .lines = 9, .changed = ACTION_FIRST_WRITTEN, .command = ACTION_FIRST_NEXT,
             .autofocus = true, .family = UI_FAMILY_STUDY, .size = UI_READING, .lang = view->lang,
             .width = UI_GROW, .revision = view->revision);
    if (view->titles)
        for (size_t i = 0; i < view->section_count; i++)
            ui_text(ui, .text = view->sections[i], .color = UI_TEXT2, .width = UI_GROW);
    else if (view->can_titles)
        ui_button(ui, .key = STR("titles"), .command = ACTION_FIRST_TITLES, .look = UI_QUIET);
    show_next(ui, str_from(_("That is what I remember")), false);
}

/* ---- 3: what you brought ---- */

static const struct {
    const char *glyph, *name;
    enum ui_color color, soft;
} marks[] = {
    [MARK_MISSED] = {"○", N_("missed"), UI_TEXT2, UI_SURFACE2},
    [MARK_NEARLY] = {"~", N_("nearly"), UI_WARNING, UI_WARNING_SOFT},
    [MARK_BROUGHT] = {"✓", N_("brought"), UI_SUCCESS, UI_SUCCESS_SOFT},
};

static void show_chip(struct ui *ui, const struct first_fact *fact, size_t index)
{
    struct arena *arena = ui_arena(ui);
    ui_open(ui, .key = str_format(arena, "fact-%zu", index), .role = UI_ROLE_CHECK,
            .state = UI_FOCUSABLE | (fact->mark == MARK_BROUGHT ? UI_CHECKED : 0), .name = fact->prompt,
            .value = str_from(_(marks[fact->mark].name)), .command = ACTION_FIRST_MARK,
            .argument = (int64_t)index, .layout = UI_ROW, .gap = 10, .padding = UI_SIDES(10, 12),
            .width = UI_GROW, .fill = marks[fact->mark].soft, .radius = UI_RADIUS_CONTROL, .align = UI_CENTER,
            .autofocus = index == 0);
    ui_text(ui, .text = str_from(marks[fact->mark].glyph), .style = UI_BOLD, .color = marks[fact->mark].color,
            .width = UI_FIXED(18));
    ui_open(ui, .layout = UI_COLUMN, .gap = 2, .width = UI_GROW);
    ui_text(ui, .text = fact->prompt, .family = UI_FAMILY_STUDY, .width = UI_GROW);
    ui_text(ui, .text = fact->answer, .family = UI_FAMILY_STUDY, .style = UI_BOLD, .width = UI_GROW);
    if (fact->note.len)
        ui_text(ui, .text = fact->note, .size = UI_LABEL, .color = UI_TEXT, .width = UI_GROW);
    ui_close(ui);
    if (fact->essential)
        ui_text(ui, .text = STR("★"), .color = UI_ACCENT, .name = str_from(_("essential")));
    ui_close(ui);
}

static void show_outline(struct ui *ui, const struct first_view *view, int only_section)
{
    ui_open(ui, .key = STR("outline"), .role = UI_ROLE_LIST, .name = str_from(_("Facts")),
            .layout = UI_COLUMN, .gap = 8, .width = UI_GROW, .roving = true);
    int section = -1;
    for (size_t i = 0; i < view->fact_count; i++) {
        const struct first_fact *fact = &view->facts[i];
        if (only_section >= 0 && fact->section != only_section)
            continue;
        if (fact->section != section && fact->section >= 0 && (size_t)fact->section < view->section_count &&
            only_section < 0)
            ui_heading(ui, view->sections[fact->section], UI_BODY);
        section = fact->section;
        show_chip(ui, fact, i);
    }
    ui_close(ui);
}

static void show_brought(struct ui *ui, const struct first_view *view)
{
    show_intro(ui, str_from(_("What you brought")),
               str_format(ui_arena(ui), _("%d of %d; %d of the %d essentials. Space corrects the machine."),
                          view->brought, (int)view->fact_count, view->essentials_brought, view->essentials));
    show_outline(ui, view, -1);
    show_next(ui, str_from(_("On to the choice")), false);
}

/* ---- 4: yours ---- */

static void show_kept(struct ui *ui, const struct first_fact *fact, size_t index)
{
    struct arena *arena = ui_arena(ui);
    ui_toggle(ui, str_format(arena, "keep-%zu", index),
              str_format(arena, "%.*s  —  %.*s", STR_ARG(fact->prompt), STR_ARG(fact->answer)), fact->keep,
              ACTION_FIRST_KEEP, (int64_t)index);
}

static void show_choose(struct ui *ui, const struct first_view *view)
{
    show_intro(
        ui, str_format(ui_arena(ui), _("Your %d"), view->kept),
        str_from(
            _("What you had wrong, then the essentials you missed. Drop what you know or do not care for; "
              "what you write yourself stays best.")));
    ui_open(ui, .key = STR("keep"), .role = UI_ROLE_LIST, .name = str_from(_("Cards")), .layout = UI_COLUMN,
            .gap = 4, .width = UI_GROW, .roving = true);
    for (size_t i = 0; i < view->fact_count; i++)
        if (view->facts[i].keep || view->facts[i].essential || view->facts[i].mark == MARK_NEARLY)
            show_kept(ui, &view->facts[i], i);
    ui_close(ui);
    ui_button(ui, .key = STR("write"), .command = ACTION_NEW_CARD, .look = UI_QUIET);
    show_next(ui, str_from(_("Learn them")), false);
}

/* ---- 6: why? ---- */

static void show_why(struct ui *ui, const struct first_view *view)
{
    struct str title =
        view->why_section < view->section_count ? view->sections[view->why_section] : view->title;
    show_intro(ui, str_format(ui_arena(ui), _("Why? — %.*s"), STR_ARG(title)),
               str_from(_("Explain it in a few sentences, as to a friend. Then tick what you said.")));
    ui_field(ui, .key = STR("why"), .label = str_from(_("Your explanation")), .bare = true, .multiline = true,
             .lines = 5, .command = ACTION_FIRST_TITLES, .autofocus = true, .family = UI_FAMILY_STUDY,
             .size = UI_READING, .lang = view->lang, .width = UI_GROW);
    if (view->why_written)
        show_outline(ui, view, (int)view->why_section);
    else
        ui_button(ui, .key = STR("show"), .command = ACTION_FIRST_TITLES,
                  .label = str_from(_("Show what it says")));
    show_next(ui, str_from(_("Go on")), false);
}

/* ---- 7, 8 ---- */

static void show_bet(struct ui *ui, const struct first_view *view)
{
    struct arena *arena = ui_arena(ui);
    show_intro(ui, str_from(_("Your bet")),
               str_format(arena, _("How many of these %d will you know on %.*s?"), view->learnt,
                          STR_ARG(view->bet_day)));
    ui_slider(ui, STR("bet"), str_from(_("I will know")), view->bet, 0, view->learnt, 1,
              words_number(arena, view->bet), ACTION_FIRST_BET);
    show_next(ui, str_from(_("That is my bet")), true);
}

static void show_tomorrow(struct ui *ui, const struct first_view *view)
{
    struct arena *arena = ui_arena(ui);
    show_intro(ui, str_format(arena, _("%d of %d, once."), view->learnt, view->kept),
               str_from(_("That is not memory yet.")));
    ui_text(ui,
            .text = str_format(arena,
                               translate_plural("Tomorrow: %d question, about %.*s.",
                                                "Tomorrow: %d questions, about %.*s.",
                                                (unsigned long)view->tomorrow),
                               view->tomorrow, STR_ARG(words_duration(arena, view->tomorrow_minutes * 60L))),
            .size = UI_TITLE, .width = UI_GROW);
    ui_button(ui, .key = STR("home"), .command = ACTION_HOME, .look = UI_PRIMARY, .autofocus = true);
}

void first_screen(struct ui *ui, const struct first_view *view)
{
    static void (*const steps[FIRST_STEPS])(struct ui *, const struct first_view *) = {
        [FIRST_READ] = show_read,         [FIRST_RECALL] = show_recall, [FIRST_BROUGHT] = show_brought,
        [FIRST_CHOOSE] = show_choose,     [FIRST_WHY] = show_why,       [FIRST_BET] = show_bet,
        [FIRST_TOMORROW] = show_tomorrow,
    };
    struct arena *arena = ui_arena(ui);
    part_open_page(ui, str_from(_("First session")));
    part_open_bar(ui, view->title, str_from(_("First session")));
    ui_text(ui, .text = str_format(arena, _("step %d of %d"), (int)view->step + 1, (int)FIRST_STEPS),
            .color = UI_TEXT2, .no_wrap = true);
    ui_close(ui);
    part_open_middle(ui, str_format(arena, "step-%d", (int)view->step), PAGE_WIDTH);
    ui_card(ui, .key = STR("card"), .layout = UI_COLUMN, .gap = 16, .width = UI_GROW);
    if (steps[view->step])
        steps[view->step](ui, view);
    ui_close(ui);
    part_close_middle(ui);
    static const int actions[] = {ACTION_FIRST_NEXT, ACTION_BACK, ACTION_HELP};
    part_foot(ui, PAGE_WIDTH, actions, 3);
    ui_close(ui);
}
