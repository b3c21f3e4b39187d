#include "screens/home.h"

#include "base/translate.h"
#include "screens/action.h"
#include "screens/words.h"
#include "ui/widgets.h"

enum { PAGE_WIDTH = 1080, TIGHT = 520 };

static void show_bar(struct ui *ui, const struct home_view *view)
{
    ui_open(ui, .key = STR("bar"), .layout = UI_ROW, .width = UI_GROW, .padding = {12, 24, 12, 32}, .gap = 8,
            .align = UI_CENTER);
    bool tight = ui_current(ui)->width < TIGHT; /* a small window at twice the size */
    if (!tight)
        ui_text(ui, .text = STR("repaso"), .style = UI_BOLD, .size = UI_TITLE, .role = UI_ROLE_HEADING);
    ui_spacer(ui);
    ui_button(ui, .key = STR("palette"), .command = ACTION_PALETTE,
              .label = str_from(_("Search or command…")), .no_keys = tight,
              .width = {.kind = UI_HUG_KIND, .min = ui_narrow(ui) ? 0 : 300});
    ui_spacer(ui);
    ui_button(ui, .key = STR("language"), .command = ACTION_LANGUAGE_NEXT, .label = view->language,
              .look = UI_QUIET, .no_keys = true);
    ui_button(ui, .key = STR("theme"), .command = ACTION_THEME_NEXT, .icon = STR("☾"), .only_icon = true,
              .look = UI_QUIET, .no_keys = true);
    ui_button(ui, .key = STR("settings"), .command = ACTION_SETTINGS, .icon = STR("⚙"), .only_icon = true,
              .look = UI_QUIET, .no_keys = true);
    ui_close(ui);
}

/* ---- Today ---- */

static struct str summary(struct arena *arena, const struct home_view *view)
{
    if (!view->due)
        return str_from(_("Today: nothing left"));
    struct str minutes = words_duration(arena, view->minutes * 60L);
    return str_format(arena,
                      translate_plural("Today: %d card · about %.*s", "Today: %d cards · about %.*s",
                                       (unsigned long)view->due),
                      view->due, STR_ARG(minutes));
}

static void paint_week(struct ui *ui, struct canvas *canvas, const struct ui_node *node, const void *data)
{
    const struct home_view *view = data;
    int most = 1;
    for (int i = 0; i < 7; i++)
        most = view->week[i] > most ? view->week[i] : most;
    float step = node->rect.w / 7;
    for (int i = 0; i < 7; i++) {
        float high = 3 + (node->rect.h - 3) * (float)view->week[i] / (float)most;
        canvas_fill_rounded(canvas,
                            (struct rect){node->rect.x + step * (float)i + 2,
                                          node->rect.y + node->rect.h - high, step - 4, high},
                            3, ui_theme_color(ui_current(ui)->theme, view->week[i] ? UI_ACCENT : UI_BORDER));
    }
}

static void show_week(struct ui *ui, const struct home_view *view)
{
    struct arena *arena = ui_arena(ui);
    struct home_view *copy = arena_new(arena, struct home_view);
    *copy = *view;
    uint64_t hash = 0;
    int total = 0;
    for (int i = 0; i < 7; i++) {
        hash = hash * 31 + (uint64_t)view->week[i];
        total += view->week[i];
    }
    ui_open(ui, .key = STR("week"), .layout = UI_COLUMN, .gap = 6);
    ui_leaf(ui, .key = STR("bars"), .role = UI_ROLE_IMAGE,
            .name = str_format(arena,
                               translate_plural("%d answer in the last 7 days",
                                                "%d answers in the last 7 days", (unsigned long)total),
                               total),
            .width = UI_FIXED(126), .height = UI_FIXED(34), .paint = paint_week, .data = copy,
            .data_hash = hash);
    ui_text(ui, .text = str_from(_("last 7 days")), .size = UI_CAPTION, .color = UI_TEXT2);
    ui_close(ui);
}

static void show_streak(struct ui *ui, const struct home_view *view)
{
    struct arena *arena = ui_arena(ui);
    ui_open(ui, .key = STR("streak"), .layout = UI_COLUMN, .gap = 4, .align = UI_END);
    if (view->streak > 1)
        ui_text(ui, .text = str_format(arena, _("%d days in a row"), view->streak), .style = UI_BOLD,
                .size = UI_LABEL);
    ui_text(ui,
            .text = view->tomorrow ? str_format(arena, _("tomorrow %d"), view->tomorrow)
                                   : str_from(_("tomorrow nothing")),
            .size = UI_LABEL, .color = UI_TEXT2);
    ui_close(ui);
}

static void show_today(struct ui *ui, const struct home_view *view)
{
    ui_open(ui, .key = STR("today"), .layout = UI_ROW, .gap = 32, .width = UI_GROW, .align = UI_CENTER);
    ui_open(ui, .layout = UI_COLUMN, .gap = 16);
    ui_heading(ui, summary(ui_arena(ui), view), UI_H2);
    if (view->begin_deck)
        ui_button(ui, .key = STR("study"), .command = ACTION_FIRST, .argument = view->begin_deck,
                  .icon = STR("▶"), .look = UI_PRIMARY, .autofocus = true, .no_keys = true,
                  .label = str_format(ui_arena(ui), _("Begin “%.*s”"), STR_ARG(view->begin)));
    else
        ui_button(ui, .key = STR("study"), .command = ACTION_STUDY, .icon = STR("▶"), .look = UI_PRIMARY,
                  .autofocus = view->due > 0, .state = view->due ? 0 : UI_DISABLED);
    ui_close(ui);
    ui_spacer(ui);
    if (!ui_narrow(ui) && !view->begin_deck) {
        show_streak(ui, view);
        show_week(ui, view);
    }
    ui_close(ui);
}

/* ---- Decks ---- */

/* More decks than this scroll by themselves, and only those in sight are made. */
enum { MANY = 100, LOW = 420 };

static void show_deck(struct ui *ui, const struct home_deck *deck, int most, size_t listed)
{
    struct str key = str_format(ui_arena(ui), "deck-%lld", (long long)deck->key);
    ui_deck_row_box(ui, &(struct ui_deck_row){.key = key,
                                              .name = deck->name,
                                              .depth = deck->depth,
                                              .expanded = deck->expanded,
                                              .has_children = deck->has_children,
                                              .due = deck->due,
                                              .due_max = most,
                                              .recall = deck->recall,
                                              .weak = deck->weak,
                                              .next = deck->next,
                                              .command = ACTION_STUDY_DECK,
                                              .argument = deck->key,
                                              .listed = listed});
}

static void show_decks(struct ui *ui, const struct home_view *view)
{
    int most = 1;
    for (size_t i = 0; i < view->count; i++)
        most = view->decks[i].due > most ? view->decks[i].due : most;
    bool many = view->count > MANY && ui_current(ui)->height > LOW;
    ui_open(ui, .key = STR("table"), .layout = UI_COLUMN, .width = UI_GROW,
            .height = many ? UI_GROW : UI_HUG);
    ui_deck_header(ui, str_from(_("DECK")), str_from(_("TODAY")), str_from(_("RECALL")), str_from(_("NEXT")));
    struct ui_box list = {.key = STR("decks"),
                          .role = UI_ROLE_LIST,
                          .name = str_from(_("Decks")),
                          .layout = UI_COLUMN,
                          .width = UI_GROW,
                          .height = many ? UI_GROW : UI_HUG,
                          .roving = true};
    struct ui_rows rows = {0, view->count};
    if (many)
        rows = ui_open_rows(ui, &list, view->count, UI_DECK_ROW);
    else
        ui_open_box(ui, &list);
    for (size_t i = rows.first; i < rows.end; i++)
        show_deck(ui, &view->decks[i], most, many ? i + 1 : 0);
    if (many)
        ui_close_rows(ui);
    else
        ui_close(ui);
    ui_close(ui);
    if (view->drafts)
        ui_button(ui, .key = STR("drafts"), .command = ACTION_DRAFTS, .argument = view->draft_deck,
                  .look = UI_QUIET,
                  .label = str_format(ui_arena(ui),
                                      translate_plural("● %d draft to review", "● %d drafts to review",
                                                       (unsigned long)view->drafts),
                                      view->drafts));
}

/* The day of a bet has come. */
static void show_bet(struct ui *ui, const struct home_view *view)
{
    if (!view->bet_of)
        return;
    ui_open(ui, .key = STR("bet"), .layout = UI_WRAP, .gap = 16, .row_gap = 8, .width = UI_GROW,
            .align = UI_CENTER, .fill = UI_ACCENT_SOFT, .radius = UI_RADIUS_BUTTON,
            .padding = UI_SIDES(10, 16));
    ui_text(ui, .text = str_format(ui_arena(ui), _("You bet that you would know %d of %d today."),
                                   view->bet_known, view->bet_of));
    ui_button(ui, .key = STR("bet"), .command = ACTION_BET);
    ui_close(ui);
}

static void show_nothing(struct ui *ui)
{
    ui_empty(
        ui, STR("❧"), str_from(_("No deck yet")),
        str_from(
            _("Bring a chapter: repaso finds what is worth remembering and asks you, at the right time.")));
    ui_close(ui);
    ui_open(ui, .key = STR("actions"), .layout = ui_narrow(ui) ? UI_COLUMN : UI_ROW, .gap = 12,
            .width = UI_GROW, .align = UI_CENTER, .justify = ui_narrow(ui) ? UI_START : UI_CENTER);
    ui_button(ui, .key = STR("import"), .command = ACTION_IMPORT, .look = UI_PRIMARY, .autofocus = true);
    ui_button(ui, .key = STR("card"), .command = ACTION_NEW_CARD, .label = str_from(_("Write a card")));
    ui_button(ui, .key = STR("sample"), .command = ACTION_SAMPLE);
    ui_close(ui);
}

static void show_place(struct ui *ui, const struct home_view *view)
{
    if (!view->data_path.len)
        return;
    ui_text(ui, .key = STR("place"),
            .text = str_format(ui_arena(ui), _("Your data is in %.*s. Nothing leaves this machine."),
                               STR_ARG(view->data_path)),
            .size = UI_LABEL, .color = UI_TEXT2, .width = UI_GROW, .selectable = true);
}

static void show_foot(struct ui *ui)
{
    static const int actions[] = {ACTION_READER, ACTION_BROWSER,  ACTION_DRAFTS, ACTION_STATISTICS,
                                  ACTION_IMPORT, ACTION_SETTINGS, ACTION_HELP};
    ui_open(ui, .key = STR("foot"), .layout = UI_COLUMN, .width = UI_GROW, .align = UI_CENTER);
    ui_open(ui, .key = STR("column"), .layout = UI_COLUMN, .width = UI_GROW_TO(PAGE_WIDTH), .gap = 10,
            .padding = {8, 32, 20, 32});
    ui_text(ui, .text = str_from(_("Drop a chapter (.md) here to make cards of it.")), .size = UI_LABEL,
            .color = UI_TEXT2, .width = UI_GROW);
    ui_hints(ui, actions, sizeof actions / sizeof *actions);
    ui_close(ui);
    ui_close(ui);
}

void home_screen(struct ui *ui, const struct home_view *view)
{
    ui_open(ui, .key = STR("page"), .role = UI_ROLE_WINDOW, .name = str_from(_("Decks")), .layout = UI_COLUMN,
            .width = UI_GROW, .height = UI_GROW, .fill = UI_BG);
    show_bar(ui, view);
    bool many = view->count > MANY && ui_current(ui)->height > LOW;
    ui_open(ui, .key = STR("middle"), .layout = UI_COLUMN, .width = UI_GROW, .height = UI_GROW,
            .scroll = !many, .align = UI_CENTER);
    ui_open(ui, .key = STR("column"), .layout = UI_COLUMN, .gap = 24, .width = UI_GROW_TO(PAGE_WIDTH),
            .height = many ? UI_GROW : UI_HUG, .padding = {20, 32, 24, 32});
    if (view->empty) {
        show_nothing(ui);
    } else {
        show_today(ui, view);
        show_bet(ui, view);
        show_decks(ui, view);
    }
    show_place(ui, view);
    ui_close(ui);
    ui_close(ui);
    show_foot(ui);
    ui_close(ui);
}
