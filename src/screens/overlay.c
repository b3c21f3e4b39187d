#include "screens/overlay.h"

#include "base/translate.h"
#include "screens/action.h"
#include "ui/widgets.h"

static float sheet_width(struct ui *ui, float wanted)
{
    float most = ui_current(ui)->width - 48;
    return wanted < most ? wanted : most;
}

static void show_keys(struct ui *ui, const struct overlay_row *row)
{
    if (row->heading) {
        ui_open(ui, .padding = {12, 0, 0, 0}, .layout = UI_COLUMN);
        ui_heading(ui, row->name, UI_LABEL);
        ui_close(ui);
        return;
    }
    ui_open(ui, .layout = UI_ROW, .gap = 12, .width = UI_GROW, .align = UI_CENTER);
    ui_open(ui, .layout = UI_ROW, .width = UI_FIXED(150), .justify = UI_END);
    ui_keycap(ui, row->keys);
    ui_close(ui);
    ui_text(ui, .text = row->help.len ? row->help : row->name, .size = UI_LABEL, .width = UI_GROW);
    ui_close(ui);
}

void help_sheet(struct ui *ui, const struct overlay_view *view)
{
    ui_dialog(ui, STR("help"), str_from(_("Keys")), sheet_width(ui, 640), ACTION_DISMISS);
    ui_open(ui, .key = STR("rows"), .layout = UI_COLUMN, .gap = 6, .width = UI_GROW, .scroll = true,
            .role = UI_ROLE_LIST, .name = str_from(_("Keys")), .state = UI_FOCUSABLE,
            .height = {.kind = UI_HUG_KIND, .max = ui_current(ui)->height - 250});
    for (size_t i = 0; i < view->count; i++)
        show_keys(ui, &view->rows[i]);
    ui_close(ui);
    ui_button(ui, .key = STR("close"), .command = ACTION_DISMISS, .autofocus = true);
    ui_close_dialog(ui);
}

static void show_command(struct ui *ui, const struct overlay_row *row, size_t index)
{
    ui_open(ui, .key = str_format(ui_arena(ui), "%zu %.*s", index, STR_ARG(row->name)),
            .role = UI_ROLE_LISTITEM, .state = UI_FOCUSABLE, .name = row->name, .value = row->note,
            .help = row->help, .command = ACTION_CHOOSE, .argument = (int64_t)index, .layout = UI_ROW,
            .gap = 12, .padding = UI_SIDES(4, 12), .width = UI_GROW, .height = UI_FIXED(UI_TARGET),
            .align = UI_CENTER, .hover_fill = UI_SURFACE2, .radius = UI_RADIUS_CONTROL);
    ui_text(ui, .text = row->help.len ? row->help : row->name, .lines = 1, .width = UI_GROW);
    if (row->note.len)
        ui_text(ui, .text = row->note, .size = UI_LABEL, .color = UI_TEXT2, .lines = 1,
                .width = {.kind = UI_HUG_KIND, .max = 220});
    if (row->keys.len)
        ui_keycap(ui, row->keys);
    ui_close(ui);
}

void palette_sheet(struct ui *ui, const struct overlay_view *view)
{
    ui_dialog(ui, STR("palette"), str_from(_("Search or command")), sheet_width(ui, 640), ACTION_DISMISS);
    ui_field(ui, .key = STR("filter"), .label = str_from(_("Search or command")), .bare = true,
             .autofocus = true, .placeholder = str_from(_("A command, a deck, a card…")),
             .changed = ACTION_FILTER, .command = ACTION_CHOOSE, .revision = view->revision,
             .width = UI_GROW);
    ui_open(ui, .key = STR("rows"), .layout = UI_COLUMN, .gap = 2, .width = UI_GROW, .scroll = true,
            .roving = true, .role = UI_ROLE_LIST, .name = str_from(_("Commands")),
            .height = {.kind = UI_HUG_KIND, .max = ui_current(ui)->height - 260});
    for (size_t i = 0; i < view->count; i++)
        show_command(ui, &view->rows[i], i);
    if (!view->count)
        ui_text(ui, .text = str_from(_("Nothing found")), .color = UI_TEXT2);
    ui_close(ui);
    ui_close_dialog(ui);
}
