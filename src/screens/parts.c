#include "screens/parts.h"

#include "base/list.h"
#include "base/translate.h"
#include "screens/action.h"

/* Narrower than this, a bar has room for its title only. */
enum { TIGHT = 520 };

void part_open_page(struct ui *ui, struct str name)
{
    ui_open(ui, .key = STR("page"), .role = UI_ROLE_WINDOW, .name = name, .layout = UI_COLUMN,
            .width = UI_GROW, .height = UI_GROW, .fill = UI_BG);
}

void part_open_bar(struct ui *ui, struct str title, struct str rest)
{
    ui_open(ui, .key = STR("bar"), .layout = UI_ROW, .width = UI_GROW,
            .padding = {14, ui_narrow(ui) ? 20 : 72, 12, 16}, .gap = 8, .align = UI_CENTER);
    ui_button(ui, .key = STR("back"), .command = ACTION_BACK, .icon = STR("‹"), .only_icon = true,
              .look = UI_QUIET, .no_keys = true);
    ui_text(ui, .text = title, .style = UI_BOLD, .lines = 1);
    if (rest.len && ui_current(ui)->width >= TIGHT)
        ui_text(ui, .text = str_format(ui_arena(ui), "/ %.*s", STR_ARG(rest)), .color = UI_TEXT2, .lines = 1);
    ui_spacer(ui);
}

void part_open_middle(struct ui *ui, struct str key, float width)
{
    ui_open(ui, .key = key, .layout = UI_COLUMN, .width = UI_GROW, .height = UI_GROW, .scroll = true,
            .align = UI_CENTER);
    ui_open(ui, .key = STR("column"), .layout = UI_COLUMN, .width = UI_GROW_TO(width + 40), .gap = 16,
            .padding = {24, 20, 32, 20});
}

void part_close_middle(struct ui *ui)
{
    ui_close(ui);
    ui_close(ui);
}

void part_open_buttons(struct ui *ui, float width)
{
    ui_divider(ui); /* what is cut off here goes on below */
    ui_open(ui, .key = STR("buttons"), .layout = UI_WRAP, .gap = 12, .width = UI_GROW_TO(width + 40),
            .padding = UI_SIDES(12, 20), .align_self = UI_CENTER);
}

void part_foot(struct ui *ui, float width, const int *actions, int count)
{
    ui_open(ui, .key = STR("foot"), .layout = UI_COLUMN, .width = UI_GROW, .align = UI_CENTER,
            .padding = {8, 20, 20, 20});
    ui_open(ui, .width = UI_GROW_TO(width), .layout = UI_COLUMN);
    ui_hints(ui, actions, count);
    ui_close(ui);
    ui_close(ui);
}

/* ---- Passage ---- */

struct runs {
    struct ui_run *items;
    size_t count, capacity;
};

static void add_run(struct arena *arena, struct runs *runs, struct str text)
{
    if (text.len)
        list_push(arena, runs, (struct ui_run){.text = text});
}

static void push_passage_runs(struct arena *arena, const struct study_passage *passage, struct runs *runs)
{
    struct str text = passage->text;
    size_t start = passage->mark_start, end = passage->mark_end;
    if (end > text.len || start > end)
        start = end = 0;
    if (passage->before.len)
        add_run(arena, runs, str_format(arena, "%.*s ", STR_ARG(passage->before)));
    add_run(arena, runs, str_slice(text, 0, start));
    if (end > start)
        list_push(arena, runs,
                  (struct ui_run){.text = str_slice(text, start, end), .style = UI_MARKED, .color = UI_TEXT});
    add_run(arena, runs, str_slice(text, end, text.len));
}

static struct str place_of(struct arena *arena, const struct study_passage *passage)
{
    if (passage->line > 0)
        return passage->chapter.len
                   ? str_format(arena, _("%.*s, line %d"), STR_ARG(passage->chapter), passage->line)
                   : str_format(arena, _("line %d"), passage->line);
    return passage->chapter;
}

void part_passage(struct ui *ui, const struct study_passage *passage, struct str lang, bool with_source)
{
    struct arena *arena = ui_arena(ui);
    struct runs runs = {0};
    list_push(arena, &runs, (struct ui_run){.text = str_from(_("“"))});
    push_passage_runs(arena, passage, &runs);
    list_push(arena, &runs, (struct ui_run){.text = str_from(_("”"))});
    ui_quote(ui, STR("passage"));
    ui_text(ui, .key = STR("text"), .runs = runs.items, .run_count = runs.count, .family = UI_FAMILY_STUDY,
            .size = UI_READING, .leading = 1.5f, .color = UI_TEXT2, .selectable = true, .lang = lang,
            .width = UI_GROW);
    ui_close(ui);
    struct str place = place_of(arena, passage);
    if (!place.len)
        return;
    ui_open(ui, .key = STR("place"), .layout = UI_ROW, .gap = 12, .align = UI_CENTER,
            .padding = {0, 0, 0, 18});
    if (with_source) {
        ui_link(ui, STR("source"), place, ACTION_SOURCE, 0);
    } else {
        ui_text(ui, .text = place, .size = UI_LABEL, .color = UI_TEXT2);
    }
    ui_close(ui);
}
