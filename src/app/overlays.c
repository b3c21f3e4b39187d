/* Fills the help sheet and the palette from the command table. */
#include "app/inside.h"

#include "base/list.h"
#include "base/translate.h"

#include <ctype.h>
#include <string.h>

struct rows {
    struct overlay_row *items;
    size_t count, capacity;
};

static struct overlay_row row_of(struct app *app, const struct command *command)
{
    struct arena *arena = ui_arena(app->ui);
    return (struct overlay_row){.name = str_from(_(command->name)),
                                .keys = command_keys(arena, command),
                                .help = str_from(command->help ? _(command->help) : ""),
                                .enabled = command_enabled(app, command)};
}

/* Where the screen under the overlay is: its own commands come first. */
static unsigned where_below(struct app *app)
{
    enum overlay overlay = app->overlay;
    app->overlay = OVERLAY_NONE;
    unsigned where = app_where(app);
    app->overlay = overlay;
    return where;
}

static bool is_general(const struct command *command)
{
    return (command->where & AT_ANY) == AT_ANY;
}

static void add_help(struct app *app, struct rows *rows, struct str title, unsigned where, bool general)
{
    const struct command *command;
    struct arena *arena = ui_arena(app->ui);
    bool titled = false;
    for (size_t i = 0; (command = command_at(i)); i++) {
        if (command->hidden || !command->keys || is_general(command) != general || !(command->where & where))
            continue;
        if (!titled)
            list_push(arena, rows, (struct overlay_row){.name = title, .heading = true});
        titled = true;
        list_push(arena, rows, row_of(app, command));
    }
}

static void show_help(struct app *app)
{
    struct rows rows = {0};
    add_help(app, &rows, str_from(_("Here")), where_below(app), false);
    add_help(app, &rows, str_from(_("Everywhere")), AT_ANY, true);
    help_sheet(app->ui, &(struct overlay_view){rows.items, rows.count});
}

/* ---- Palette ---- */

/* Every word of the filter begins a word of the row, without case; accents count. */
static bool has_word(struct str text, struct str word)
{
    for (size_t at = 0; at + word.len <= text.len; at++)
        if ((at == 0 || text.ptr[at - 1] == ' ') && strncasecmp(text.ptr + at, word.ptr, word.len) == 0)
            return true;
    return false;
}

static bool matches(struct app *app, const struct command *command)
{
    struct str rest = str_from(app->filter), word;
    struct str name = str_from(_(command->name)), help = str_from(command->help ? _(command->help) : "");
    while (str_split(&rest, ' ', &word))
        if (word.len && !has_word(name, word) && !has_word(help, word))
            return false;
    return true;
}

static const struct command *palette_command(struct app *app, size_t wanted)
{
    const struct command *command;
    unsigned where = where_below(app);
    size_t at = 0;
    for (size_t i = 0; (command = command_at(i)); i++)
        if (!command->hidden && command->action != ACTION_PALETTE && command->where & where &&
            command_enabled(app, command) && matches(app, command) && at++ == wanted)
            return command;
    return NULL;
}

static void show_palette(struct app *app)
{
    struct rows rows = {0};
    const struct command *command;
    for (size_t i = 0; (command = palette_command(app, i)); i++)
        list_push(ui_arena(app->ui), &rows, row_of(app, command));
    palette_sheet(app->ui, &(struct overlay_view){rows.items, rows.count});
}

/* Enter in the field takes the first row: its argument is 0. */
void palette_choose(struct app *app, const struct ui_action *action)
{
    const struct command *command = palette_command(app, (size_t)action->argument);
    app->overlay = OVERLAY_NONE;
    if (command)
        command_perform(app, &(struct ui_action){.command = command->action});
}

void overlay_show(struct app *app)
{
    if (app->overlay == OVERLAY_HELP)
        show_help(app);
    else if (app->overlay == OVERLAY_PALETTE)
        show_palette(app);
}
