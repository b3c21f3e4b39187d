#include "screens/first.h"

#include "base/translate.h"
#include "screens/action.h"
#include "screens/parts.h"
#include "screens/words.h"
#include "ui/chart.h"

#include <stdlib.h>

enum { PAGE_WIDTH = 820 };

static void show_intro(struct ui *ui, struct str title, struct str text)
{
    ui_heading(ui, title, UI_H2);
    if (text.len)
        ui_text(ui, .text = text, .color = UI_TEXT2, .width = UI_GROW);
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
}

/* ---- Before reading here: three questions, to know what to look for ---- */

static void show_guess(struct ui *ui, const struct first_view *view)
{
    show_intro(
        ui, str_from(_("Three questions first")),
        str_from(_("Guess, however wildly: what one has wondered about is read with other eyes. Nobody "
                   "counts.")));
    ui_text(ui, .text = str_format(ui_arena(ui), _("%d of %d"), view->guess, view->guesses), .size = UI_LABEL,
            .color = UI_TEXT2);
    ui_text(ui, .key = STR("prompt"), .text = view->guess_prompt, .family = UI_FAMILY_STUDY, .size = UI_H2,
            .lang = view->lang, .width = UI_GROW);
    ui_field(ui, .key = STR("guess"), .label = str_from(_("Your guess")), .bare = true,
             .placeholder = str_from(_("Your guess, then Enter")), .command = ACTION_FIRST_GUESS,
             .autofocus = true, .family = UI_FAMILY_STUDY, .size = UI_READING, .lang = view->lang,
             .width = UI_GROW, .revision = view->revision);
}

/* ---- 2: without looking ---- */

static void show_titles(struct ui *ui, const struct first_view *view)
{
    for (size_t i = 0; i < view->section_count; i++)
        if (!str_equal(view->sections[i], view->title))
            ui_text(ui, .text = view->sections[i], .color = UI_TEXT2, .width = UI_GROW);
}

static void show_page(struct ui *ui, const struct first_view *view)
{
    ui_field(ui, .key = STR("written"), .label = str_from(_("What you remember")), .bare = true,
             .multiline = true, .lines = 9, .changed = ACTION_FIRST_WRITTEN, .command = ACTION_FIRST_NEXT,
             .autofocus = true, .family = UI_FAMILY_STUDY, .size = UI_READING, .lang = view->lang,
             .width = UI_GROW, .revision = view->revision);
}

static void show_recall(struct ui *ui, const struct first_view *view)
{
    show_intro(ui, str_from(_("Without looking")),
               str_from(_("Write down what you remember, in any order. Nobody counts, nobody grades.")));
    show_page(ui, view);
    if (view->titles)
        show_titles(ui, view);
    else if (view->can_titles)
        ui_button(ui, .key = STR("titles"), .command = ACTION_FIRST_TITLES, .look = UI_QUIET);
}

/* Day 2: the titles are all there is to go by. */
static void show_again(struct ui *ui, const struct first_view *view)
{
    show_intro(ui, str_from(_("Half a minute without looking")),
               str_format(ui_arena(ui), _("“%.*s”, a day later: what comes back? Then the questions."),
                          STR_ARG(view->title)));
    show_titles(ui, view);
    show_page(ui, view);
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

static void show_chip(struct ui *ui, const struct first_fact *fact, size_t index, enum first_mark mark,
                      const char *said, bool focus)
{
    struct arena *arena = ui_arena(ui);
    ui_open(ui, .key = str_format(arena, "fact-%zu", index), .role = UI_ROLE_CHECK,
            .state = UI_FOCUSABLE | (mark == MARK_BROUGHT ? UI_CHECKED : 0), .name = fact->prompt,
            .value = str_from(said), .command = ACTION_FIRST_MARK, .argument = (int64_t)index,
            .layout = UI_ROW, .gap = 10, .padding = UI_SIDES(10, 12), .width = UI_GROW,
            .fill = marks[mark].soft, .radius = UI_RADIUS_CONTROL, .align = UI_CENTER, .autofocus = focus);
    ui_text(ui, .text = str_from(marks[mark].glyph), .style = UI_BOLD, .color = marks[mark].color,
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

static void open_outline(struct ui *ui)
{
    ui_open(ui, .key = STR("outline"), .role = UI_ROLE_LIST, .name = str_from(_("Facts")),
            .layout = UI_COLUMN, .gap = 8, .width = UI_GROW, .roving = true);
}

/* Section by section; what stands in none comes first. */
static void show_outline(struct ui *ui, const struct first_view *view)
{
    bool first = true;
    open_outline(ui);
    for (int section = -1; section < (int)view->section_count; section++) {
        bool titled = section < 0;
        for (size_t i = 0; i < view->fact_count; i++) {
            const struct first_fact *fact = &view->facts[i];
            if (fact->section != section)
                continue;
            if (!titled)
                ui_heading(ui, view->sections[section], UI_BODY);
            titled = true;
            show_chip(ui, fact, i, fact->mark, _(marks[fact->mark].name), first);
            first = false;
        }
    }
    ui_close(ui);
}

static int by_year(const void *a, const void *b)
{
    double x = ((const struct ui_moment *)a)->at, y = ((const struct ui_moment *)b)->at;
    return (x > y) - (x < y);
}

/* The dates of the chapter at their real distances. */
static void show_dates(struct ui *ui, const struct first_view *view)
{
    enum { FEWEST = 3 };
    struct ui_moment *moments = arena_array(ui_arena(ui), view->fact_count, sizeof *moments);
    size_t count = 0;
    for (size_t i = 0; i < view->fact_count; i++) {
        const struct first_fact *fact = &view->facts[i];
        if (fact->year > 0)
            moments[count++] = (struct ui_moment){
                fact->year, fact->subject,
                str_format(ui_arena(ui), "%s %.*s", marks[fact->mark].glyph, STR_ARG(fact->date)),
                fact->mark == MARK_MISSED ? UI_BORDER_STRONG : marks[fact->mark].color, (int64_t)i};
    }
    if (count < FEWEST || ui_narrow(ui))
        return;
    qsort(moments, count, sizeof *moments, by_year);
    double margin = (moments[count - 1].at - moments[0].at) * 0.05 + 0.1;
    ui_time_line(ui, &(struct ui_timeline){.key = STR("dates"),
                                           .title = str_from(_("The dates")),
                                           .moments = moments,
                                           .count = count,
                                           .from = moments[0].at - margin,
                                           .to = moments[count - 1].at + margin,
                                           .command = ACTION_FIRST_PASSAGE,
                                           .lanes = count > 4 ? 3 : 2});
}

static void show_brought(struct ui *ui, const struct first_view *view)
{
    show_intro(ui, str_from(_("What you brought")),
               str_format(ui_arena(ui), _("%d of %d; %d of the %d essentials. Space corrects the machine."),
                          view->brought, (int)view->fact_count, view->essentials_brought, view->essentials));
    show_dates(ui, view);
    show_outline(ui, view);
}

/* ---- 4: yours ---- */

static const char *const drop_reasons[FIRST_REASONS] = {N_("I know it"), N_("I don't care"),
                                                        N_("It is wrong")};

static void show_reasons(struct ui *ui, const struct first_fact *fact, size_t index)
{
    ui_open(ui, .key = STR("reasons"), .layout = UI_WRAP, .gap = 8, .width = UI_GROW,
            .padding = {0, 12, 8, 40});
    for (int i = 0; i < FIRST_REASONS; i++)
        ui_button(ui, .key = str_format(ui_arena(ui), "reason-%d", i), .command = ACTION_FIRST_REASON,
                  .argument = (int64_t)index * FIRST_REASONS + i, .role = UI_ROLE_RADIO, .compact = true,
                  .state = (int)fact->reason == i ? UI_CHECKED | UI_SELECTED : 0, .no_keys = true,
                  .label = str_from(_(drop_reasons[i])));
    ui_close(ui);
}

static void show_offer(struct ui *ui, const struct first_fact *fact, size_t index, bool first)
{
    struct arena *arena = ui_arena(ui);
    ui_open(ui, .key = str_format(arena, "offer-%zu", index), .layout = UI_COLUMN, .width = UI_GROW,
            .fill = fact->keep ? UI_NONE : UI_SURFACE2, .radius = UI_RADIUS_CONTROL);
    ui_open(ui, .key = STR("card"), .role = UI_ROLE_CHECK,
            .state = UI_FOCUSABLE | (fact->keep ? UI_CHECKED : 0), .name = fact->prompt,
            .value = fact->answer, .command = ACTION_FIRST_TOGGLE, .argument = (int64_t)index,
            .layout = UI_ROW, .gap = 12, .padding = UI_SIDES(8, 12), .width = UI_GROW,
            .height = {.min = UI_TARGET}, .align = UI_CENTER, .radius = UI_RADIUS_CONTROL,
            .hover_fill = UI_SURFACE2, .autofocus = first);
    ui_text(ui, .text = str_from(fact->keep ? "✓" : "✗"), .style = UI_BOLD,
            .color = fact->keep ? UI_SUCCESS : UI_TEXT2, .width = UI_FIXED(16));
    ui_open(ui, .layout = UI_COLUMN, .gap = 2, .width = UI_GROW, .transparent = true);
    ui_text(ui, .text = fact->prompt, .family = UI_FAMILY_STUDY, .color = fact->keep ? UI_TEXT : UI_TEXT2,
            .width = UI_GROW);
    ui_text(ui, .text = fact->answer, .family = UI_FAMILY_STUDY, .style = UI_BOLD,
            .color = fact->keep ? UI_TEXT : UI_TEXT2, .width = UI_GROW);
    ui_close(ui);
    ui_close(ui);
    if (!fact->keep)
        show_reasons(ui, fact, index);
    ui_close(ui);
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
    bool first = true;
    for (size_t i = 0; i < view->fact_count; i++) {
        if (!view->facts[i].offered)
            continue;
        show_offer(ui, &view->facts[i], i, first);
        first = false;
    }
    ui_close(ui);
    ui_button(ui, .key = STR("write"), .command = ACTION_NEW_CARD, .look = UI_QUIET);
}

/* ---- 5: the study screen does it; here one comes back half-way ---- */

static void show_learn(struct ui *ui, const struct first_view *view)
{
    show_intro(ui, str_format(ui_arena(ui), _("%d of %d known once"), view->learnt, view->kept),
               str_from(_("Nothing is lost: go on where you left, now or later.")));
}

/* ---- 6: why? ---- */

static void show_said(struct ui *ui, const struct first_view *view)
{
    bool first = true;
    open_outline(ui);
    for (size_t i = 0; i < view->fact_count; i++) {
        const struct first_fact *fact = &view->facts[i];
        if (fact->section != (int)view->why_section)
            continue;
        show_chip(ui, fact, i, fact->said ? MARK_BROUGHT : MARK_MISSED,
                  fact->said ? _("said") : _("not said"), first);
        first = false;
    }
    ui_close(ui);
}

static void show_why(struct ui *ui, const struct first_view *view)
{
    struct str title =
        view->why_section < view->section_count ? view->sections[view->why_section] : view->title;
    show_intro(ui, str_format(ui_arena(ui), _("Why? — %.*s"), STR_ARG(title)),
               str_from(_("Explain it in a few sentences, as to a friend. Then tick what you said.")));
    ui_field(ui, .key = STR("why"), .label = str_from(_("Your explanation")), .bare = true, .multiline = true,
             .lines = 5, .changed = ACTION_FIRST_WHY, .command = ACTION_FIRST_NEXT, .autofocus = true,
             .family = UI_FAMILY_STUDY, .size = UI_READING, .lang = view->lang, .width = UI_GROW);
    if (view->why_written)
        show_said(ui, view);
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
}

static void show_appointment(struct ui *ui, const struct first_view *view)
{
    struct str labels[FIRST_HOURS];
    for (int i = 0; i < FIRST_HOURS; i++)
        labels[i] = str_format(ui_arena(ui), "%d:00", view->hours[i]);
    ui_open(ui, .key = STR("appointment"), .layout = ui_narrow(ui) ? UI_COLUMN : UI_ROW, .gap = 12,
            .width = UI_GROW, .align = ui_narrow(ui) ? UI_START : UI_CENTER);
    ui_segmented(ui, STR("hour"), str_from(_("At what time?")), labels, FIRST_HOURS, view->hour,
                 ACTION_FIRST_HOUR);
    ui_button(ui, .key = STR("calendar"), .command = ACTION_FIRST_CALENDAR);
    ui_close(ui);
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
    show_appointment(ui, view);
}

/* ---- The whole ---- */

/* `focus`: nothing else on the page wants the keyboard first. */
static const struct page {
    void (*show)(struct ui *ui, const struct first_view *view);
    const char *next;
    bool focus;
} pages[FIRST_PAGES] = {
    [FIRST_READ] = {show_read, N_("Begin"), true},
    [FIRST_GUESS] = {show_guess, N_("No idea"), false},
    [FIRST_RECALL] = {show_recall, N_("That is what I remember"), false},
    [FIRST_BROUGHT] = {show_brought, N_("On to the choice"), false},
    [FIRST_CHOOSE] = {show_choose, N_("Learn them"), false},
    [FIRST_LEARN] = {show_learn, N_("Go on learning"), true},
    [FIRST_WHY] = {show_why, N_("Go on"), false},
    [FIRST_BET] = {show_bet, N_("That is my bet"), true},
    [FIRST_TOMORROW] = {show_tomorrow, NULL, true},
    [FIRST_AGAIN] = {show_again, N_("Now the questions"), false},
};

/* Below what scrolls: wherever one is, the way on is in sight. */
static void show_next(struct ui *ui, const struct first_view *view)
{
    const struct page *page = &pages[view->step];
    bool look = view->step == FIRST_WHY && !view->why_written;
    struct str label = str_from(look ? _("Show what it says") : page->next ? _(page->next) : "");
    part_open_buttons(ui, PAGE_WIDTH);
    if (page->next)
        ui_button(ui, .key = STR("next"), .command = ACTION_FIRST_NEXT, .label = label, .look = UI_PRIMARY,
                  .autofocus = page->focus);
    else
        ui_button(ui, .key = STR("home"), .command = ACTION_HOME, .look = UI_PRIMARY, .autofocus = true);
    ui_close(ui);
}

static void show_foot(struct ui *ui, enum first_step step)
{
    static const int choosing[] = {ACTION_FIRST_KEEP, ACTION_FIRST_DROP, ACTION_NEW_CARD,
                                   ACTION_SOURCE,     ACTION_BACK,       ACTION_HELP};
    static const int usual[] = {ACTION_FIRST_NEXT, ACTION_BACK, ACTION_HELP};
    static const int brought[] = {ACTION_SOURCE, ACTION_BACK, ACTION_HELP};
    if (step == FIRST_CHOOSE)
        part_foot(ui, PAGE_WIDTH, choosing, 6);
    else
        part_foot(ui, PAGE_WIDTH, step == FIRST_BROUGHT ? brought : usual, 3);
}

void first_screen(struct ui *ui, const struct first_view *view)
{
    struct arena *arena = ui_arena(ui);
    part_open_page(ui, str_from(_("First session")));
    part_open_bar(ui, view->title, str_from(_("First session")));
    if (view->step < FIRST_STEPS)
        ui_text(ui, .text = str_format(arena, _("step %d of %d"), (int)view->step + 1, (int)FIRST_STEPS),
                .color = UI_TEXT2, .no_wrap = true);
    ui_close(ui);
    part_open_middle(ui, str_format(arena, "step-%d", (int)view->step), PAGE_WIDTH);
    ui_card(ui, .key = STR("card"), .layout = UI_COLUMN, .gap = 16, .width = UI_GROW);
    pages[view->step].show(ui, view);
    ui_close(ui);
    part_close_middle(ui);
    show_next(ui, view);
    show_foot(ui, view->step);
    ui_close(ui);
}
