#include "screens/reader.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "screens/action.h"
#include "screens/parts.h"
#include "screens/words.h"

enum { COLUMN_WIDTH = 680, PANE_WIDTH = 320, FACT_ROW = 60 };

static const struct {
    const char *glyph;
    const char *name;
    enum ui_color color;
} looks[] = {
    [FACT_DRAFT] = {"○", N_("draft"), UI_WARNING},
    [FACT_NEW] = {"●", N_("new"), UI_ACCENT},
    [FACT_WEAK] = {"◑", N_("fading"), UI_DANGER},
    [FACT_LEARNT] = {"✓", N_("remembered"), UI_SUCCESS},
};

/* ---- Text ---- */

struct str reader_block_key(struct arena *arena, size_t block)
{
    return str_format(arena, "block-%zu", block);
}

static float size_of(const struct reader_view *view, const struct reader_block *block)
{
    if (block->kind == READER_CODE)
        return view->size * 0.85f;
    if (block->kind == READER_NOTE)
        return view->size * 0.9f;
    if (block->kind != READER_HEADING)
        return view->size;
    return view->size * (block->level <= 1 ? 1.6f : block->level == 2 ? 1.3f : 1.1f);
}

static void show_block_text(struct ui *ui, const struct reader_view *view, const struct reader_block *block,
                            struct str key)
{
    bool heading = block->kind == READER_HEADING;
    ui_text(ui, .key = key, .text = block->text, .runs = block->runs, .run_count = block->run_count,
            .family = block->kind == READER_CODE ? UI_FAMILY_MONO : UI_FAMILY_STUDY,
            .size = size_of(view, block), .leading = heading ? 1.3f : 1.5f, .style = heading ? UI_BOLD : 0,
            .role = heading ? UI_ROLE_HEADING : UI_ROLE_TEXT, .selectable = true, .lang = view->lang,
            .color = block->kind == READER_QUOTE || block->kind == READER_NOTE ? UI_TEXT2 : UI_TEXT,
            .width = UI_GROW);
}

static void show_block(struct ui *ui, const struct reader_view *view, size_t index)
{
    const struct reader_block *block = &view->blocks[index];
    struct str key = reader_block_key(ui_arena(ui), index);
    float indent = block->kind == READER_ITEM ? 22 * (float)(block->level > 0 ? block->level : 1) : 0;
    ui_open(ui, .key = key, .layout = UI_ROW, .gap = 10, .width = UI_GROW,
            .padding = {block->kind == READER_HEADING ? 14 : 0, 0, 0, indent});
    if (block->kind == READER_ITEM)
        ui_text(ui, .text = STR("•"), .family = UI_FAMILY_STUDY, .size = view->size, .leading = 1.5f,
                .color = UI_TEXT2);
    if (block->kind == READER_QUOTE)
        ui_quote(ui, STR("quote"));
    show_block_text(ui, view, block, STR("words"));
    if (block->kind == READER_QUOTE)
        ui_close(ui);
    ui_close(ui);
}

static void show_text(struct ui *ui, const struct reader_view *view)
{
    ui_open(ui, .key = STR("text"), .layout = UI_COLUMN, .width = UI_GROW, .height = UI_GROW, .scroll = true,
            .align = UI_CENTER, .state = UI_FOCUSABLE, .name = view->title);
    ui_open(ui, .key = STR("column"), .layout = UI_COLUMN, .gap = 16, .width = UI_GROW_TO(COLUMN_WIDTH),
            .padding = {16, 24, 64, 24});
    for (size_t i = 0; i < view->count; i++)
        show_block(ui, view, i);
    if (view->missing.len)
        ui_text(ui, .text = view->missing, .color = UI_TEXT2, .width = UI_GROW);
    ui_close(ui);
    ui_close(ui);
}

/* ---- Facts ---- */

static void show_fact_row(struct ui *ui, const struct reader_view *view, size_t index)
{
    const struct reader_fact *fact = &view->facts[index];
    bool chosen = view->chosen == (int)index;
    ui_open_row(ui, index,
                &(struct ui_box){.role = UI_ROLE_LISTITEM,
                                 .name = fact->prompt,
                                 .value = str_from(_(looks[fact->knowledge].name)),
                                 .state = UI_FOCUSABLE | (chosen ? UI_SELECTED : 0),
                                 .command = ACTION_SHOW_FACT,
                                 .argument = (int64_t)index,
                                 .layout = UI_ROW,
                                 .gap = 8,
                                 .padding = UI_SIDES(6, 10),
                                 .align = UI_CENTER,
                                 .fill = chosen ? UI_ACCENT_SOFT : UI_NONE,
                                 .hover_fill = chosen ? UI_ACCENT_SOFT : UI_SURFACE2,
                                 .radius = UI_RADIUS_CONTROL});
    ui_text(ui, .text = str_from(looks[fact->knowledge].glyph), .color = looks[fact->knowledge].color,
            .width = UI_FIXED(18));
    ui_text(ui, .text = fact->prompt, .size = UI_LABEL, .lines = 2, .width = UI_GROW);
    ui_close(ui);
}

static void show_facts(struct ui *ui, const struct reader_view *view)
{
    ui_open(ui, .key = STR("pane"), .layout = UI_COLUMN, .gap = 8, .width = UI_FIXED(PANE_WIDTH),
            .height = UI_GROW, .padding = UI_SIDES(8, 12));
    ui_heading(ui, str_format(ui_arena(ui), _("Facts (%d)"), (int)view->fact_count), UI_LABEL);
    struct ui_rows rows = ui_open_rows(ui,
                                       &(struct ui_box){.key = STR("facts"),
                                                        .role = UI_ROLE_LIST,
                                                        .name = str_from(_("Facts")),
                                                        .command = ACTION_SHOW_FACT,
                                                        .width = UI_GROW,
                                                        .height = UI_GROW},
                                       view->fact_count, FACT_ROW);
    for (size_t i = rows.first; i < rows.end; i++)
        show_fact_row(ui, view, i);
    ui_close_rows(ui);
    ui_close(ui);
}

static void show_chosen(struct ui *ui, const struct reader_view *view)
{
    if (view->chosen < 0 || (size_t)view->chosen >= view->fact_count)
        return;
    const struct reader_fact *fact = &view->facts[view->chosen];
    ui_open(ui, .key = STR("chosen"), .layout = UI_COLUMN, .width = UI_GROW, .align = UI_CENTER,
            .padding = UI_SIDES(8, 24), .fill = UI_SURFACE, .border = UI_BORDER);
    ui_open(ui, .layout = UI_ROW, .gap = 16, .width = UI_GROW_TO(COLUMN_WIDTH + PANE_WIDTH),
            .align = UI_CENTER);
    ui_open(ui, .layout = UI_COLUMN, .gap = 2, .width = UI_GROW);
    ui_text(ui, .text = fact->prompt, .family = UI_FAMILY_STUDY, .size = UI_BODY, .lines = 2,
            .lang = view->lang, .width = UI_GROW);
    ui_text(ui, .text = fact->answer, .family = UI_FAMILY_STUDY, .style = UI_BOLD, .color = UI_SUCCESS,
            .size = UI_BODY, .lines = 1, .lang = view->lang, .width = UI_GROW);
    ui_close(ui);
    ui_text(ui, .text = fact->note, .size = UI_LABEL, .color = UI_TEXT2, .no_wrap = true);
    ui_button(ui, .key = STR("edit"), .command = ACTION_EDIT, .compact = true);
    ui_close(ui);
    ui_close(ui);
}

void reader_screen(struct ui *ui, const struct reader_view *view)
{
    part_open_page(ui, view->title);
    part_open_bar(ui, view->title, ui_narrow(ui) ? (struct str){0} : view->deck);
    ui_button(ui, .key = STR("smaller"), .command = ACTION_READER_SMALLER, .label = STR("A−"),
              .look = UI_QUIET, .no_keys = true);
    ui_button(ui, .key = STR("larger"), .command = ACTION_READER_LARGER, .label = STR("A+"), .look = UI_QUIET,
              .no_keys = true);
    if (view->minutes)
        ui_text(ui, .text = words_duration(ui_arena(ui), view->minutes * 60L), .color = UI_TEXT2,
                .no_wrap = true);
    ui_close(ui);
    ui_open(ui, .key = STR("panes"), .layout = UI_ROW, .width = UI_GROW, .height = UI_GROW);
    if (!ui_narrow(ui) && view->fact_count)
        show_facts(ui, view);
    show_text(ui, view);
    ui_close(ui);
    show_chosen(ui, view);
    static const int actions[] = {ACTION_NEXT_FACT, ACTION_PREVIOUS_FACT,       ACTION_EDIT,
                                  ACTION_QUIZ_PAGE, ACTION_CARD_FROM_SELECTION, ACTION_HELP};
    part_foot(ui, COLUMN_WIDTH + PANE_WIDTH, actions, 6);
    ui_close(ui);
}
