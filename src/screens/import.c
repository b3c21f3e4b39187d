#include "screens/import.h"

#include "base/translate.h"
#include "screens/action.h"
#include "screens/parts.h"
#include "screens/words.h"

enum { PAGE_WIDTH = 760 };

static struct str found_in(struct arena *arena, const struct import_file *file)
{
    struct str words = words_number(arena, file->words);
    struct str text =
        file->how.len
            ? str_format(arena,
                         translate_plural("%.*s · %d card", "%.*s · %d cards", (unsigned long)file->cards),
                         STR_ARG(file->how), file->cards)
            : str_format(arena, _("%.*s · %.*s words · %d cards"), STR_ARG(file->lang), STR_ARG(words),
                         file->cards);
    if (file->drafts)
        text = str_format(arena, _("%.*s · %d to review"), STR_ARG(text), file->drafts);
    if (file->known)
        text = str_format(arena, _("%.*s · brings the chapter up to date"), STR_ARG(text));
    return text;
}

static void show_notes(struct ui *ui, const struct str_list *notes)
{
    for (size_t i = 0; i < notes->count; i++)
        ui_text(ui, .text = notes->items[i], .size = UI_LABEL, .lines = 2, .width = UI_GROW);
}

static void show_file(struct ui *ui, const struct import_file *file, size_t index)
{
    bool failed = file->error.len > 0;
    ui_open(ui, .layout = UI_ROW, .gap = 12, .width = UI_GROW, .align = UI_CENTER, .role = UI_ROLE_LISTITEM,
            .name = file->name);
    ui_text(ui,
            .text = str_from(failed       ? "✗"
                             : file->busy ? "…"
                                          : "✓"),
            .style = UI_BOLD,
            .color = failed       ? UI_DANGER
                     : file->busy ? UI_TEXT2
                                  : UI_SUCCESS,
            .width = UI_FIXED(18));
    ui_open(ui, .layout = UI_COLUMN, .gap = 2, .width = UI_GROW);
    ui_text(ui, .text = file->name, .style = UI_BOLD, .width = UI_GROW);
    if (failed)
        ui_text(ui, .text = file->error, .size = UI_LABEL, .color = UI_DANGER, .state = UI_LIVE_POLITE,
                .width = UI_GROW);
    else if (!file->busy)
        ui_text(ui, .text = found_in(ui_arena(ui), file), .size = UI_LABEL, .color = UI_TEXT2,
                .state = UI_LIVE_POLITE, .width = UI_GROW);
    if (!failed && !file->busy)
        show_notes(ui, &file->notes);
    if (!failed && file->busy)
        ui_bar(ui, file->progress, UI_ACCENT, UI_GROW_TO(300), str_from(_("Reading")));
    ui_close(ui);
    ui_button(ui, .command = ACTION_IMPORT_REMOVE, .argument = (int64_t)index, .icon = STR("✕"),
              .only_icon = true, .look = UI_QUIET, .no_keys = true);
    ui_close(ui);
}

static void show_source(struct ui *ui, const struct import_view *view)
{
    ui_text(ui,
            .text = str_from(_("Drop chapters (.md), a folder, or decks from elsewhere (.apkg, .csv, .txt, "
                               ".gift) on the window, or "
                               "type where they are. Nothing is written until you say so.")),
            .color = UI_TEXT2, .width = UI_GROW);
    ui_field(ui, .key = STR("path"), .label = str_from(_("File or folder")), .command = ACTION_IMPORT_PATH,
             .autofocus = true, .placeholder = STR("~/libro/01.md"), .revision = view->revision,
             .error = view->error, .width = UI_GROW);
    ui_open(ui, .key = STR("sources"), .layout = UI_WRAP, .gap = 8, .width = UI_GROW);
    ui_button(ui, .key = STR("paste"), .command = ACTION_IMPORT_PASTE);
    ui_button(ui, .key = STR("sample"), .command = ACTION_SAMPLE);
    ui_close(ui);
}

/* Below what scrolls, so that it is in sight however much was found. */
static void show_create(struct ui *ui, const struct import_view *view)
{
    struct arena *arena = ui_arena(ui);
    part_open_buttons(ui, PAGE_WIDTH);
    ui_button(ui, .key = STR("create"), .command = ACTION_IMPORT_CREATE, .look = UI_PRIMARY,
              .state = view->busy || !view->cards ? UI_DISABLED : 0,
              .label = str_format(
                  arena, translate_plural("Make %d card", "Make %d cards", (unsigned long)view->cards),
                  view->cards));
    ui_close(ui);
}

void import_screen(struct ui *ui, const struct import_view *view)
{
    part_open_page(ui, str_from(_("Import")));
    part_open_bar(ui, str_from(_("Import")), (struct str){0});
    ui_close(ui);
    part_open_middle(ui, STR("import"), PAGE_WIDTH);
    ui_card(ui, .key = STR("card"), .layout = UI_COLUMN, .gap = 16, .width = UI_GROW);
    show_source(ui, view);
    ui_close(ui);
    if (view->count) {
        ui_card(ui, .key = STR("files"), .layout = UI_COLUMN, .gap = 12, .width = UI_GROW,
                .role = UI_ROLE_LIST, .name = str_from(_("Chapters")));
        for (size_t i = 0; i < view->count; i++)
            show_file(ui, &view->files[i], i);
        ui_close(ui);
    }
    part_close_middle(ui);
    if (view->count)
        show_create(ui, view);
    static const int actions[] = {ACTION_IMPORT_CREATE, ACTION_BACK, ACTION_HELP};
    part_foot(ui, PAGE_WIDTH, actions, 3);
    ui_close(ui);
}
