#include "screens/browser.h"

#include "base/translate.h"
#include "screens/action.h"
#include "screens/parts.h"
#include "screens/words.h"

#include <math.h>

enum { ROW_HEIGHT = 52, LIST_WIDTH = 420 };

/* ---- The list ---- */

static const struct {
    const char *glyph;
    enum ui_color color;
} looks[] = {
    [ROW_ACTIVE] = {"✓", UI_SUCCESS},  [ROW_NEW] = {"●", UI_ACCENT},    [ROW_DRAFT] = {"○", UI_WARNING},
    [ROW_SUSPENDED] = {"‖", UI_TEXT2}, [ROW_RETIRED] = {"✗", UI_TEXT2}, [ROW_FLAGGED] = {"!", UI_DANGER},
};

static void show_row(struct ui *ui, const struct browser_view *view, size_t index)
{
    struct browser_row row = view->row(view->self, index);
    ui_open_row(ui, index,
                &(struct ui_box){.role = UI_ROLE_LISTITEM,
                                 .name = row.prompt,
                                 .value = row.note,
                                 .state = UI_FOCUSABLE | (index == view->cursor ? UI_SELECTED : 0),
                                 .command = ACTION_BROWSE_SHOW,
                                 .argument = (int64_t)index,
                                 .layout = UI_ROW,
                                 .gap = 10,
                                 .padding = UI_SIDES(6, 12),
                                 .align = UI_CENTER,
                                 .fill = index == view->cursor ? UI_ACCENT_SOFT : UI_NONE,
                                 .hover_fill = index == view->cursor ? UI_ACCENT_SOFT : UI_SURFACE2,
                                 .radius = UI_RADIUS_CONTROL});
    ui_text(ui, .text = str_from(looks[row.status].glyph), .color = looks[row.status].color, .style = UI_BOLD,
            .width = UI_FIXED(18));
    ui_text(ui, .text = row.prompt, .size = UI_LABEL, .lines = 2, .width = UI_GROW);
    ui_text(ui, .text = row.note, .size = UI_CAPTION, .color = UI_TEXT2, .no_wrap = true);
    ui_close(ui);
}

static void show_list(struct ui *ui, const struct browser_view *view)
{
    struct ui_rows rows =
        ui_open_rows(ui,
                     &(struct ui_box){.key = STR("cards"),
                                      .role = UI_ROLE_LIST,
                                      .name = str_from(view->drafts ? _("Drafts") : _("Cards")),
                                      .command = ACTION_BROWSE_SHOW,
                                      .width = UI_GROW,
                                      .height = UI_GROW},
                     view->count, ROW_HEIGHT);
    for (size_t i = rows.first; i < rows.end; i++)
        show_row(ui, view, i);
    ui_close_rows(ui);
}

/* The list beside the card; else above it. */
static bool side_by_side(struct ui *ui)
{
    enum { ROOM = 720 };
    return ui_current(ui)->width >= ROOM;
}

static void show_kinds(struct ui *ui, const struct browser_view *view)
{
    const struct str kinds[] = {str_from(_("All")), str_from(_("Active")), str_from(_("Suspended")),
                                str_from(_("Retired")), str_from(_("Wrong"))};
    ui_segmented(ui, STR("status"), (struct str){0}, kinds, 5, view->status, ACTION_BROWSE_STATUS);
}

static void show_filter(struct ui *ui, const struct browser_view *view)
{
    struct arena *arena = ui_arena(ui);
    ui_field(ui, .key = STR("search"), .label = str_from(_("Search")), .bare = true,
             .placeholder = str_from(_("Search prompts, answers, tags")), .changed = ACTION_FILTER,
             .command = ACTION_FILTER, .initial = view->search, .width = UI_GROW);
    if (!view->drafts && !side_by_side(ui))
        show_kinds(ui, view);
    ui_text(ui,
            .text = str_format(arena, translate_plural("%d card", "%d cards", (unsigned long)view->count),
                               (int)view->count),
            .size = UI_CAPTION, .color = UI_TEXT2);
}

/* ---- The card ---- */

static void show_forms(struct ui *ui, const struct card *card)
{
    struct str text = {0};
    for (size_t i = 0; i < card->accepted.count; i++) {
        struct str form = card->accepted.items[i];
        text = text.len ? str_format(ui_arena(ui), "%.*s · %.*s", STR_ARG(text), STR_ARG(form)) : form;
    }
    if (text.len)
        ui_text(ui, .text = str_format(ui_arena(ui), _("Also accepted: %.*s"), STR_ARG(text)),
                .size = UI_LABEL, .color = UI_TEXT2, .width = UI_GROW);
}

static void show_choices(struct ui *ui, const struct card *card)
{
    struct str text = {0};
    for (size_t i = 0; i < card->choices.count; i++)
        text = text.len
                   ? str_format(ui_arena(ui), "%.*s · %.*s", STR_ARG(text), STR_ARG(card->choices.items[i]))
                   : card->choices.items[i];
    if (text.len)
        ui_text(ui, .text = str_format(ui_arena(ui), _("Choices: %.*s"), STR_ARG(text)), .size = UI_LABEL,
                .color = UI_TEXT2, .width = UI_GROW);
}

static void show_doubt(struct ui *ui, const struct card *card)
{
    if (!card->doubt.len)
        return;
    ui_open(ui, .layout = UI_ROW, .gap = 8, .width = UI_GROW, .fill = UI_WARNING_SOFT,
            .radius = UI_RADIUS_CONTROL, .padding = UI_SIDES(8, 12));
    ui_text(ui, .text = STR("!"), .style = UI_BOLD, .color = UI_WARNING);
    ui_text(ui, .text = card->doubt, .size = UI_LABEL, .color = UI_TEXT, .width = UI_GROW);
    ui_close(ui);
}

static void show_reasons(struct ui *ui)
{
    static const char *const reasons[] = {N_("false"), N_("badly put"), N_("known"), N_("unimportant"),
                                          N_("twice")};
    ui_text(ui, .text = str_from(_("Why not? It teaches the finder.")), .size = UI_LABEL, .color = UI_TEXT2);
    ui_open(ui, .key = STR("reasons"), .layout = UI_WRAP, .gap = 8, .width = UI_GROW, .roving = true);
    for (int i = 0; i < 5; i++)
        ui_button(ui, .command = ACTION_DRAFT_REASON, .argument = i, .label = str_from(_(reasons[i])),
                  .keys = str_format(ui_arena(ui), "%d", i + 1), .autofocus = i == 0, .look = UI_LOOK_DANGER);
    ui_close(ui);
}

static void show_buttons(struct ui *ui, const struct browser_view *view)
{
    if (view->reasons) {
        show_reasons(ui);
        return;
    }
    ui_open(ui, .key = STR("buttons"), .layout = UI_WRAP, .gap = 8, .width = UI_GROW);
    if (view->drafts) {
        ui_button(ui, .key = STR("accept"), .command = ACTION_DRAFT_ACCEPT, .label = str_from(_("Accept")),
                  .look = UI_PRIMARY);
        ui_button(ui, .key = STR("edit"), .command = ACTION_EDIT, .label = str_from(_("Edit")));
        ui_button(ui, .key = STR("reject"), .label = str_from(_("Reject")), .command = ACTION_DRAFT_REJECT,
                  .look = UI_LOOK_DANGER);
    } else {
        ui_button(ui, .key = STR("edit"), .command = ACTION_EDIT, .label = str_from(_("Edit")));
        ui_button(ui, .key = STR("suspend"), .command = ACTION_SUSPEND,
                  .label = str_from(view->suspended ? _("Ask it again") : _("Suspend")));
        ui_button(ui, .key = STR("retire"), .command = ACTION_RETIRE,
                  .label = str_from(view->retired ? _("Bring it back") : _("Remove")));
        ui_button(ui, .key = STR("reset"), .command = ACTION_RESET, .look = UI_QUIET);
        ui_button(ui, .key = STR("flag"), .command = ACTION_FLAG, .label = str_from(_("Mark as wrong")),
                  .look = UI_QUIET, .state = view->flagged ? UI_SELECTED : 0);
    }
    ui_close(ui);
}

static void show_card(struct ui *ui, const struct browser_view *view)
{
    const struct card *card = view->card;
    ui_open(ui, .key = STR("head"), .layout = UI_WRAP, .gap = 12, .row_gap = 6, .width = UI_GROW,
            .align = UI_CENTER);
    ui_chip(ui, words_kind(card), UI_ACCENT, UI_ACCENT_SOFT);
    ui_text(ui, .text = view->state, .size = UI_LABEL, .color = UI_TEXT2);
    ui_close(ui);
    part_rich_text(ui, STR("prompt"), card->prompt, card->prompt.len > 200 ? UI_READING : UI_H2, UI_TEXT, 0,
                   card->lang);
    part_rich_text(ui, STR("answer"), card->answer, UI_H2, UI_SUCCESS, UI_BOLD, card->lang);
    show_forms(ui, card);
    show_choices(ui, card);
    show_doubt(ui, card);
    if (view->passage.text.len)
        part_passage(ui, &view->passage, card->lang, true);
    show_buttons(ui, view);
}

static void show_detail(struct ui *ui, const struct browser_view *view)
{
    ui_open(ui, .key = STR("detail"), .layout = UI_COLUMN, .width = UI_GROW, .height = UI_GROW,
            .scroll = true, .padding = {8, 24, 24, 24});
    ui_card(ui, .key = STR("card"), .layout = UI_COLUMN, .gap = 14, .width = UI_GROW);
    if (view->card)
        show_card(ui, view);
    else
        ui_text(ui, .text = str_from(view->drafts ? _("Nothing left to decide.") : _("Nothing found")),
                .color = UI_TEXT2);
    ui_close(ui);
    ui_close(ui);
}

static void show_bar(struct ui *ui, const struct browser_view *view)
{
    struct arena *arena = ui_arena(ui);
    part_open_bar(ui, str_from(view->drafts ? _("Drafts") : _("Cards")), view->deck);
    if (view->drafts) {
        ui_text(ui,
                .text = str_format(arena, _("✓ %d  ✗ %d  %d left"), view->accepted, view->rejected,
                                   (int)view->count),
                .color = UI_TEXT2, .no_wrap = true);
        if (view->sure > 1 && !ui_narrow(ui))
            ui_button(ui, .key = STR("all"), .command = ACTION_DRAFT_ACCEPT_ALL,
                      .label = str_format(arena, _("Accept the %d surest"), view->sure));
    }
    if (!view->drafts && side_by_side(ui)) {
        ui_open(ui, .key = STR("kinds"), .layout = UI_ROW);
        show_kinds(ui, view);
        ui_close(ui);
    }
    ui_close(ui);
}

void browser_screen(struct ui *ui, const struct browser_view *view)
{
    part_open_page(ui, str_from(view->drafts ? _("Drafts") : _("Cards")));
    show_bar(ui, view);
    bool beside = side_by_side(ui);
    float width = fminf(LIST_WIDTH, ui_current(ui)->width * 0.4F);
    ui_open(ui, .key = STR("panes"), .layout = beside ? UI_ROW : UI_COLUMN, .width = UI_GROW,
            .height = UI_GROW);
    ui_open(ui, .key = STR("list"), .layout = UI_COLUMN, .gap = 8, .padding = UI_SIDES(8, 16),
            .width = beside ? UI_FIXED(width) : UI_GROW,
            .height = beside ? UI_GROW : UI_FIXED(ui_current(ui)->height * 0.45F));
    show_filter(ui, view);
    show_list(ui, view);
    ui_close(ui);
    show_detail(ui, view);
    ui_close(ui);
    static const int draft_keys[] = {ACTION_DRAFT_ACCEPT, ACTION_EDIT,   ACTION_DRAFT_REJECT,
                                     ACTION_UNDO,         ACTION_SOURCE, ACTION_HELP};
    static const int card_keys[] = {ACTION_EDIT,   ACTION_SUSPEND, ACTION_RETIRE, ACTION_BROWSE_STUDY,
                                    ACTION_SOURCE, ACTION_SEARCH,  ACTION_UNDO,   ACTION_HELP};
    part_foot(ui, ui_current(ui)->width, view->drafts ? draft_keys : card_keys, view->drafts ? 6 : 8);
    ui_close(ui);
}

/* ---- The editor ---- */

static void show_text_field(struct ui *ui, const struct editor_view *view, const char *key, struct str label,
                            struct str initial, int changed, float lines, bool first)
{
    ui_field(ui, .key = str_from(key), .label = label, .initial = initial, .revision = view->revision,
             .changed = changed, .command = ACTION_SAVE, .multiline = true, .lines = lines,
             .autofocus = first, .family = UI_FAMILY_STUDY, .size = UI_CODE, .lang = view->lang,
             .width = UI_GROW);
}

static void show_preview(struct ui *ui, const struct editor_view *view)
{
    ui_card(ui, .key = STR("preview"), .layout = UI_COLUMN, .gap = 14, .width = UI_GROW);
    ui_text(ui, .text = str_from(_("How it will look")), .size = UI_LABEL, .color = UI_TEXT2);
    part_rich_text(ui, STR("prompt"), view->new_prompt, UI_H2, UI_TEXT, 0, view->lang);
    ui_divider(ui);
    part_rich_text(ui, STR("answer"), view->new_answer, UI_H2, UI_SUCCESS, UI_BOLD, view->lang);
    if (view->passage.text.len)
        part_passage(ui, &view->passage, view->lang, false);
    ui_close(ui);
}

void editor_screen(struct ui *ui, const struct editor_view *view)
{
    part_open_page(ui, str_from(_("Editor")));
    part_open_bar(ui, str_from(view->fresh ? _("New card") : _("Edit the card")), view->deck);
    ui_button(ui, .key = STR("save"), .command = ACTION_SAVE, .look = UI_PRIMARY);
    ui_close(ui);
    part_open_middle(ui, STR("editor"), 760);
    show_text_field(ui, view, "prompt", str_from(_("Question")), view->prompt, ACTION_EDIT_PROMPT, 2, true);
    show_text_field(ui, view, "answer", str_from(_("Answer")), view->answer, ACTION_EDIT_ANSWER, 1, false);
    show_text_field(ui, view, "accepted", str_from(_("Other right answers, one a line")), view->accepted,
                    ACTION_EDIT_ACCEPTED, 2, false);
    show_text_field(ui, view, "hint", str_from(_("Hint")), view->hint, ACTION_EDIT_HINT, 1, false);
    if (view->error.len)
        ui_text(ui, .text = view->error, .color = UI_DANGER, .state = UI_LIVE_ASSERTIVE, .width = UI_GROW);
    show_preview(ui, view);
    part_close_middle(ui);
    static const int actions[] = {ACTION_SAVE, ACTION_BACK};
    part_foot(ui, 760, actions, 2);
    ui_close(ui);
}
