#include "screens/study.h"

#include "base/list.h"
#include "base/translate.h"
#include "screens/action.h"
#include "screens/parts.h"
#include "screens/words.h"

enum { CARD_WIDTH = 760 };

static bool narrow_or_low(struct ui *ui)
{
    return ui_narrow(ui) || ui_current(ui)->height < 700;
}

/* The heights of what stands around the card are fixed, so that the answer comes without a jump. */
enum { BAR_HEIGHT = 70, FOOT_HEIGHT = 72, STAGE_MOST = 760 };

static float buttons_height(struct ui *ui)
{
    return narrow_or_low(ui) ? 92 : 128;
}

static float stage_height(struct ui *ui)
{
    float height = ui_current(ui)->height - BAR_HEIGHT - FOOT_HEIGHT;
    return height < 160 ? 160 : height > STAGE_MOST ? STAGE_MOST : height;
}

/* ---- The bar: where I am, how far ---- */

static void show_bar(struct ui *ui, const struct study_view *view)
{
    struct arena *arena = ui_arena(ui);
    part_open_bar(ui, view->deck, ui_narrow(ui) ? (struct str){0} : view->chapter);
    struct str place = str_format(arena, _("%d of %d"),
                                  view->done + 1 > view->total ? view->total : view->done + 1, view->total);
    ui_open(ui, .key = STR("segments"), .layout = UI_COLUMN,
            .width = {.kind = UI_HUG_KIND, .max = ui_narrow(ui) ? 160 : 420});
    ui_segments(ui, view->segments, view->segment_count, place);
    ui_close(ui);
    ui_text(ui, .text = place, .color = UI_TEXT2, .no_wrap = true);
    bool seconds = view->exam && view->seconds_left < 60;
    struct str left = seconds ? str_format(arena, _("%d s"), view->seconds_left)
                              : words_duration(arena, view->seconds_left);
    ui_text(ui, .text = str_format(arena, view->exam ? "⏱ %.*s" : "· %.*s", STR_ARG(left)),
            .color = seconds ? UI_DANGER : UI_TEXT2, .no_wrap = true);
    ui_close(ui);
}

/* ---- The card ---- */

static struct str status_of(struct arena *arena, const struct study_view *view)
{
    if (view->exam)
        return str_from(_("Exam rehearsal"));
    if (view->probe)
        return str_from(_("Not practised: asked once, to compare"));
    if (view->answer_changed)
        return str_from(_("New edition: the answer has changed"));
    if (view->again)
        return str_from(_("Once more: missed a moment ago"));
    if (view->first)
        return str_from(_("New"));
    struct str times = words_times(arena, view->times);
    if (view->recall < 0)
        return str_format(arena, _("Review · %.*s"), STR_ARG(times));
    struct str recall = words_percent(arena, view->recall);
    return str_format(arena, _("Review · %.*s · predicted recall %.*s"), STR_ARG(times), STR_ARG(recall));
}

static void show_head(struct ui *ui, const struct study_view *view)
{
    ui_open(ui, .key = STR("head"), .layout = UI_WRAP, .gap = 12, .row_gap = 6, .align = UI_CENTER,
            .width = UI_GROW);
    ui_chip(ui, words_kind(view->card), UI_ACCENT, UI_ACCENT_SOFT);
    ui_text(ui, .text = status_of(ui_arena(ui), view), .size = UI_LABEL, .color = UI_TEXT2);
    if (view->flagged)
        ui_chip(ui, str_from(_("marked as wrong")), UI_WARNING, UI_WARNING_SOFT);
    ui_close(ui);
}

static float prompt_size(struct ui *ui, struct str prompt)
{
    if (prompt.len > 400)
        return UI_READING;
    return prompt.len > 160 || narrow_or_low(ui) ? UI_H2 : UI_PROMPT;
}

static void show_hint(struct ui *ui, const struct study_view *view)
{
    if (!view->hint.len)
        return;
    ui_open(ui, .key = STR("hint"), .layout = UI_ROW, .gap = 8);
    ui_text(ui, .text = str_from(_("Hint:")), .size = UI_LABEL, .color = UI_TEXT2);
    ui_text(ui, .text = view->hint, .family = UI_FAMILY_STUDY, .size = UI_BODY, .state = UI_LIVE_POLITE,
            .lang = view->card->lang, .width = UI_GROW);
    ui_close(ui);
}

static void add_run(struct ui_run *runs, size_t *count, struct str text, uint32_t style, enum ui_color color)
{
    if (text.len)
        runs[(*count)++] = (struct ui_run){.text = text, .style = style, .color = color};
}

/* What was typed, letter by letter: what was too much is struck through, what was missing is underlined. */
static void show_diff(struct ui *ui, const struct diff *diff)
{
    if (!diff || !diff->count)
        return;
    struct ui_run *runs = arena_array(ui_arena(ui), diff->count * 2, sizeof *runs);
    size_t count = 0;
    for (size_t i = 0; i < diff->count; i++) {
        const struct diff_piece *piece = &diff->items[i];
        bool same = piece->kind == DIFF_SAME;
        add_run(runs, &count, piece->given, same ? 0 : UI_STRIKE, same ? UI_TEXT2 : UI_DANGER);
        if (!same)
            add_run(runs, &count, piece->expected, UI_UNDERLINE | UI_BOLD, UI_SUCCESS);
    }
    ui_text(ui, .key = STR("diff"), .runs = runs, .run_count = count, .family = UI_FAMILY_STUDY,
            .size = UI_CODE, .width = UI_GROW);
}

static struct str verdict_text(struct arena *arena, const struct study_view *view)
{
    const char *word = view->right ? _("✓ Right") : view->nearly ? _("~ Almost") : _("✗ Not this time");
    if (!view->given.len && !view->right)
        word = _("✗ Not known yet");
    return view->note.len ? str_format(arena, "%s — %.*s", word, STR_ARG(view->note)) : str_from(word);
}

static const struct {
    const char *id, *words;
} forgiveness[] = {
    {"accents", N_("accents")}, {"typo", N_("a slip of the finger")}, {"form", N_("another form")},
    {"unit", N_("the unit")},   {"order", N_("the order")},           {"case", N_("capitals")},
};

/* "typo: refuerso → refuerzo": the id in words, the rest as it is. */
static struct str forgiven_words(struct arena *arena, struct str forgiven)
{
    struct str rest = forgiven, id;
    if (!str_split(&rest, ':', &id))
        return forgiven;
    for (size_t i = 0; i < sizeof forgiveness / sizeof *forgiveness; i++)
        if (str_equal(id, str_from(forgiveness[i].id)))
            return rest.len ? str_format(arena, "%s (%.*s)", _(forgiveness[i].words), STR_ARG(str_trim(rest)))
                            : str_from(_(forgiveness[i].words));
    return forgiven;
}

static void show_forgiven(struct ui *ui, const struct str_list *forgiven)
{
    struct arena *arena = ui_arena(ui);
    struct str text = {0};
    for (size_t i = 0; i < forgiven->count; i++) {
        struct str words = forgiven_words(arena, forgiven->items[i]);
        text = text.len ? str_format(arena, "%.*s, %.*s", STR_ARG(text), STR_ARG(words)) : words;
    }
    if (text.len)
        ui_text(ui, .key = STR("forgiven"), .text = str_format(arena, _("Forgiven: %.*s"), STR_ARG(text)),
                .size = UI_LABEL, .color = UI_TEXT2, .width = UI_GROW);
}

static void show_verdict(struct ui *ui, const struct study_view *view)
{
    if (!view->judged)
        return;
    ui_text(ui, .key = STR("verdict"), .text = verdict_text(ui_arena(ui), view), .style = UI_BOLD,
            .color = view->right    ? UI_SUCCESS
                     : view->nearly ? UI_WARNING
                                    : UI_DANGER,
            .state = UI_LIVE_ASSERTIVE, .width = UI_GROW);
    if (view->mode != STUDY_TYPED)
        return;
    if (view->right || view->nearly)
        show_diff(ui, view->diff);
    show_forgiven(ui, &view->forgiven);
}

static void show_items(struct ui *ui, const struct card *card)
{
    for (size_t i = 0; i < card->items.count; i++) {
        struct str item = card->items.items[i];
        if (card->kind == CARD_ORDER)
            item = str_format(ui_arena(ui), "%zu. %.*s", i + 1, STR_ARG(item));
        ui_text(ui, .text = item, .family = UI_FAMILY_STUDY, .size = UI_READING, .lang = card->lang,
                .width = UI_GROW);
    }
}

/* What was typed instead stands beside what was asked: seen together they part. */
static void show_passages(struct ui *ui, const struct study_view *view)
{
    struct arena *arena = ui_arena(ui);
    bool beside = view->mixup.text.len && !narrow_or_low(ui);
    ui_open(ui, .key = STR("passages"), .layout = beside ? UI_ROW : UI_COLUMN, .gap = 20, .width = UI_GROW);
    if (view->passage.text.len) {
        ui_open(ui, .key = STR("asked"), .layout = UI_COLUMN, .gap = 4, .width = UI_GROW);
        if (view->mixup.text.len)
            ui_text(ui, .text = view->card->answer, .style = UI_BOLD, .size = UI_LABEL, .width = UI_GROW);
        part_passage(ui, &view->passage, view->card->lang, true);
        ui_close(ui);
    }
    if (view->mixup.text.len) {
        ui_open(ui, .key = STR("mixup"), .layout = UI_COLUMN, .gap = 4, .width = UI_GROW);
        ui_text(ui, .text = str_format(arena, _("%.*s belongs here"), STR_ARG(view->given)), .style = UI_BOLD,
                .size = UI_LABEL, .width = UI_GROW);
        part_passage(ui, &view->mixup, view->card->lang, false);
        ui_close(ui);
    }
    ui_close(ui);
}

/* A gap is filled where it stands; the choices and rows that are shown have the answer among them. */
static bool answer_shows(const struct study_view *view)
{
    return view->mode == STUDY_CHOICE || view->rows ||
           (view->card->kind == CARD_CLOZE && str_contains(view->card->prompt, STR(PART_GAP)));
}

static void show_answer(struct ui *ui, const struct study_view *view)
{
    const struct card *card = view->card;
    ui_open(ui, .key = STR("back-side"), .layout = UI_COLUMN, .gap = narrow_or_low(ui) ? 14 : 20,
            .width = UI_GROW);
    ui_divider(ui);
    if (!answer_shows(view) && card->items.count)
        show_items(ui, card);
    else if (!answer_shows(view))
        part_rich_text(ui, STR("answer"), card->answer,
                       card->answer.len > 120 ? UI_READING
                       : narrow_or_low(ui)    ? UI_H2
                                              : UI_ANSWER,
                       UI_SUCCESS, UI_BOLD, card->lang);
    show_verdict(ui, view);
    if (card->explanation.len)
        part_rich_text(ui, STR("explanation"), card->explanation, UI_CODE, UI_TEXT2, 0, card->lang);
    if (view->passage.text.len || view->mixup.text.len)
        show_passages(ui, view);
    ui_close(ui);
}

static void show_choices(struct ui *ui, const struct study_view *view)
{
    struct arena *arena = ui_arena(ui);
    ui_open(ui, .key = STR("choices"), .role = UI_ROLE_LIST, .name = str_from(_("Choices")),
            .layout = UI_COLUMN, .gap = 8, .width = UI_GROW, .roving = true);
    for (size_t i = 0; i < view->choices.count; i++) {
        struct str label = view->choices.items[i];
        bool answer = str_equal(label, view->card->answer), picked = view->picked == (int)i;
        ui_option_box(ui, &(struct ui_option){
                              .command = ACTION_PICK,
                              .argument = (int64_t)i,
                              .label = label,
                              .reason = view->back && view->reasons ? view->reasons[i] : (struct str){0},
                              .keys = str_format(arena, "%zu", i + 1),
                              .verdict = !view->back ? UI_OPTION_OPEN
                                         : answer    ? UI_OPTION_RIGHT
                                         : picked    ? UI_OPTION_WRONG
                                                     : UI_OPTION_OTHER,
                              .chosen = picked,
                          });
    }
    ui_close(ui);
}

static void show_row(struct ui *ui, const struct study_view *view, size_t i)
{
    struct arena *arena = ui_arena(ui);
    const struct study_row *row = &view->rows[i];
    bool match = view->card->kind == CARD_MATCH;
    if (match) {
        ui_open(ui, .key = str_format(arena, "left-%zu", i), .layout = UI_ROW, .width = UI_GROW,
                .height = {.min = 52}, .align = UI_CENTER);
        ui_text(ui, .text = row->left, .family = UI_FAMILY_STUDY, .size = UI_CODE, .width = UI_GROW,
                .lang = view->card->lang);
        ui_close(ui);
    }
    ui_order_row_box(ui, &(struct ui_order_row){
                             .key = str_format(arena, "item-%d", row->item),
                             .label = row->text,
                             .keys = str_format(arena, "%zu", i + 1),
                             .moved = ACTION_ORDER_MOVE,
                             .argument = (int64_t)i,
                             .verdict = !view->back  ? UI_ORDER_OPEN
                                        : row->right ? UI_ORDER_RIGHT
                                                     : UI_ORDER_WRONG,
                         });
}

static void show_rows(struct ui *ui, const struct study_view *view)
{
    bool match = view->card->kind == CARD_MATCH;
    if (!view->back)
        ui_text(ui,
                .text = match ? str_from(_("Put the right halves beside the left ones: Alt+↑↓, or drag."))
                              : str_from(_("From first to last: Alt+↑↓ moves a row, or drag it.")),
                .size = UI_LABEL, .color = UI_TEXT2, .width = UI_GROW);
    ui_open(ui, .key = STR("rows"), .role = UI_ROLE_LIST, .name = words_kind(view->card),
            .layout = match ? UI_GRID : UI_COLUMN, .columns = match ? 2 : 0, .gap = 8, .width = UI_GROW,
            .roving = true);
    for (size_t i = 0; i < view->row_count; i++)
        show_row(ui, view, i);
    ui_close(ui);
    if (view->back && !view->right) {
        ui_text(ui, .text = match ? str_from(_("The pairs:")) : str_from(_("The right order:")),
                .size = UI_LABEL, .color = UI_TEXT2);
        show_items(ui, view->card);
    }
}

static void show_field(struct ui *ui, const struct study_view *view)
{
    ui_field(ui, .key = STR("typed"), .label = str_from(_("Your answer")), .command = ACTION_CHECK,
             .autofocus = true, .bare = true, .placeholder = str_from(_("Your answer, then Enter")),
             .revision = view->revision, .family = UI_FAMILY_STUDY, .size = UI_READING,
             .lang = view->card->lang, .width = UI_GROW);
}

/* Small beside the question; a click or Z makes it as large as there is room for. */
static void show_image(struct ui *ui, const struct study_view *view)
{
    enum { SMALL = 240 };
    if (view->image_wrong.len)
        ui_text(ui, .key = STR("no-image"), .text = view->image_wrong, .color = UI_WARNING, .size = UI_LABEL,
                .width = UI_GROW);
    if (!view->image)
        return;
    ui_open(ui, .key = STR("image"), .role = UI_ROLE_BUTTON, .state = UI_FOCUSABLE,
            .name = str_from(_("Picture")), .command = ACTION_IMAGE, .layout = UI_COLUMN, .width = UI_GROW,
            .align = UI_CENTER, .radius = UI_RADIUS_CONTROL);
    ui_image(ui, view->image, view->card->prompt, view->large_image ? 4096 : SMALL);
    ui_close(ui);
}

static void show_card(struct ui *ui, const struct study_view *view)
{
    const struct card *card = view->card;
    /* The room for the answer is there from the start: nothing moves when it comes. */
    float least = stage_height(ui) - buttons_height(ui) - (narrow_or_low(ui) ? 8 : 22);
    ui_card(ui, .key = STR("card"), .layout = UI_COLUMN, .gap = narrow_or_low(ui) ? 14 : 20, .width = UI_GROW,
            .height = {.kind = UI_HUG_KIND, .min = least > 0 ? least : 0});
    show_head(ui, view);
    struct str filled = view->back && card->kind == CARD_CLOZE ? card->answer : (struct str){0};
    part_prompt(ui, card->prompt, filled, prompt_size(ui, card->prompt), card->lang);
    show_image(ui, view);
    show_hint(ui, view);
    if (view->mode == STUDY_TYPED && !view->back)
        show_field(ui, view);
    if (view->mode == STUDY_CHOICE)
        show_choices(ui, view);
    if (view->rows)
        show_rows(ui, view);
    if (view->back)
        show_answer(ui, view);
    ui_close(ui);
}

/* ---- Below the card ---- */

static void show_check_buttons(struct ui *ui)
{
    ui_open(ui, .key = STR("typed"), .layout = UI_ROW, .gap = 12);
    ui_button(ui, .key = STR("check"), .command = ACTION_CHECK, .look = UI_PRIMARY);
    ui_button(ui, .key = STR("unknown"), .command = ACTION_DONT_KNOW);
    ui_close(ui);
}

static void show_front_buttons(struct ui *ui, const struct study_view *view)
{
    ui_open(ui, .key = STR("front"), .layout = UI_COLUMN, .align = UI_CENTER, .gap = 12, .width = UI_GROW);
    if (view->mode == STUDY_FLIP)
        ui_button(ui, .key = STR("reveal"), .command = ACTION_REVEAL, .look = UI_PRIMARY, .autofocus = true,
                  .width = {.kind = UI_HUG_KIND, .min = 280});
    else if (view->mode == STUDY_CHOICE)
        ui_button(ui, .key = STR("unknown"), .command = ACTION_DONT_KNOW);
    else
        show_check_buttons(ui);
    if (view->mode == STUDY_FLIP && !narrow_or_low(ui))
        ui_text(ui, .text = str_from(_("or T to type the answer")), .size = UI_LABEL, .color = UI_TEXT2);
    ui_close(ui);
}

static const struct grade_look {
    int action;
    const char *label, *short_label, *glyph, *key;
    enum ui_color color, soft;
} grades[] = {
    {ACTION_AGAIN, N_("Again"), N_("I didn't know"), "✗", "1", UI_DANGER, UI_DANGER_SOFT},
    {ACTION_HARD, N_("Hard"), N_("Hard"), "~", "2", UI_WARNING, UI_WARNING_SOFT},
    {ACTION_GOOD, N_("Good"), N_("I knew it"), "✓", "3", UI_SUCCESS, UI_SUCCESS_SOFT},
    {ACTION_EASY, N_("Easy"), N_("Easy"), "»", "4", UI_ACCENT, UI_ACCENT_SOFT},
};

static void show_grade(struct ui *ui, const struct study_view *view, int grade)
{
    const struct grade_look *look = &grades[grade - 1];
    const char *key = !view->four && grade > 1 ? "2" : look->key;
    ui_grade(ui, .command = look->action, .label = str_from(_(view->four ? look->label : look->short_label)),
             .interval = view->intervals[grade - 1], .keys = str_from(key), .glyph = str_from(look->glyph),
             .color = look->color, .soft = look->soft, .autofocus = view->proposed == grade);
}

/* Help caps the grade: of two buttons the second is then the best that still counts. */
static bool grade_shown(const struct study_view *view, int grade)
{
    if (grade == 1)
        return true;
    if (view->four)
        return grade <= view->highest;
    return grade == (view->highest < 3 ? view->highest : 3);
}

static void show_grades(struct ui *ui, const struct study_view *view)
{
    int count = 0;
    for (int grade = 1; grade <= 4; grade++)
        count += grade_shown(view, grade);
    ui_grades(ui, count, CARD_WIDTH);
    for (int grade = 1; grade <= 4; grade++)
        if (grade_shown(view, grade))
            show_grade(ui, view, grade);
    ui_close(ui);
}

/* ---- The whole ---- */

static const struct foot {
    int actions[6];
} feet[] = {
    {{ACTION_TYPE, ACTION_HINT, ACTION_CHOICES, ACTION_BURY, ACTION_UNDO, ACTION_HELP}},
    {{ACTION_BURY, ACTION_SUSPEND, ACTION_FLAG, ACTION_UNDO, ACTION_SETTINGS, ACTION_HELP}},
    {{ACTION_DONT_KNOW, ACTION_BACK, ACTION_HELP}},
    {{ACTION_UNDO, ACTION_EDIT, ACTION_BURY, ACTION_FLAG, ACTION_SETTINGS, ACTION_HELP}},
    {{ACTION_UNDO, ACTION_WAS_RIGHT, ACTION_EDIT, ACTION_BURY, ACTION_FLAG, ACTION_HELP}},
};
enum { FOOT_FRONT, FOOT_ROWS, FOOT_EXAM, FOOT_BACK, FOOT_DOUBT };

static void show_foot(struct ui *ui, const struct study_view *view)
{
    bool doubt = view->judged && !view->right && view->given.len && !view->rows;
    int foot = view->exam    ? FOOT_EXAM
               : !view->back ? (view->rows ? FOOT_ROWS : FOOT_FRONT)
               : doubt       ? FOOT_DOUBT
                             : FOOT_BACK;
    part_foot(ui, CARD_WIDTH, feet[foot].actions, view->exam ? 3 : 6);
}

static void show_stage(struct ui *ui, const struct study_view *view)
{
    ui_open(ui, .key = STR("stage"), .layout = UI_COLUMN, .width = UI_GROW_TO(CARD_WIDTH + 40),
            .height = UI_FIXED(stage_height(ui)));
    ui_open(ui, .key = STR("middle"), .layout = UI_COLUMN, .width = UI_GROW, .height = UI_GROW,
            .scroll = true, .padding = {narrow_or_low(ui) ? 4 : 18, 20, 4, 20});
    show_card(ui, view);
    ui_close(ui);
    ui_open(ui, .key = STR("below"), .layout = UI_COLUMN, .width = UI_GROW,
            .height = UI_FIXED(buttons_height(ui)), .padding = {narrow_or_low(ui) ? 12 : 28, 20, 0, 20});
    if (view->back)
        show_grades(ui, view);
    else
        show_front_buttons(ui, view);
    ui_close(ui);
    ui_close(ui);
}

void study_screen(struct ui *ui, const struct study_view *view)
{
    part_open_page(ui, str_from(_("Study")));
    show_bar(ui, view);
    ui_open(ui, .key = STR("stage"), .layout = UI_COLUMN, .width = UI_GROW, .height = UI_GROW,
            .align = UI_CENTER);
    show_stage(ui, view);
    ui_close(ui);
    show_foot(ui, view);
    ui_close(ui);
}
