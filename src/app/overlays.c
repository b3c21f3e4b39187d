/* Fills the help sheet and the palette from the command table. */
#include "app/inside.h"

#include "base/list.h"
#include "base/translate.h"

#include "text/text.h"

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
    help_sheet(app->ui, &(struct overlay_view){rows.items, rows.count, 0});
}

/* ---- Palette: commands, decks, chapters, cards ---- */

/* What a row of the palette does. */
struct entry {
    const struct command *command; /* with `deck` as its argument; NULL: shows `card` */
    int64_t deck, card;
    struct str name, note;
};

struct entries {
    struct entry *items;
    size_t count, capacity;
};

/* The folded words of the filter. */
static struct str_list words_of(struct arena *arena, struct str filter)
{
    struct str rest = text_fold(arena, filter), word;
    struct str_list ret = {0};
    while (str_split(&rest, ' ', &word))
        if (word.len)
            list_push(arena, &ret, word);
    return ret;
}

static bool has_word(struct str text, struct str word)
{
    for (size_t at = 0; (at = str_find(text, word, at)) != (size_t)-1; at++)
        if (at == 0 || text.ptr[at - 1] == ' ')
            return true;
    return false;
}

/* Every word begins a word of the text, without case and accents. */
static bool matches(struct arena *arena, const struct str_list *words, struct str text)
{
    struct str folded = text_fold(arena, text);
    for (size_t i = 0; i < words->count; i++)
        if (!has_word(folded, words->items[i]))
            return false;
    return true;
}

static void add_commands(struct app *app, const struct str_list *words, struct entries *ret)
{
    const struct command *command;
    struct arena *arena = ui_arena(app->ui);
    unsigned where = where_below(app);
    for (size_t i = 0; (command = command_at(i)); i++) {
        const char *help = command->help ? _(command->help) : "";
        bool here = !command->hidden && command->action != ACTION_PALETTE && command->where & where &&
                    command_enabled(app, command);
        if (here && matches(arena, words, str_format(arena, "%s %s", _(command->name), help)))
            list_push(arena, ret,
                      (struct entry){.command = command,
                                     .name = str_from(command->help ? help : _(command->name))});
    }
}

static void add_decks(struct app *app, const struct str_list *words, struct entries *ret)
{
    enum { MOST = 8 };
    struct arena *arena = ui_arena(app->ui);
    struct deck_rows rows = {0};
    size_t before = ret->count;
    if (!collection_decks(app->collection, arena, app_now(app), &rows, NULL))
        return;
    for (size_t i = 0; i < rows.count && ret->count < before + MOST; i++) {
        const struct deck_row *row = &rows.items[i];
        if (!matches(arena, words, row->name))
            continue;
        list_push(
            arena, ret,
            (struct entry){command_of(ACTION_STUDY_DECK), row->key, 0, row->name, str_from(_("study"))});
        list_push(arena, ret,
                  (struct entry){command_of(ACTION_READER), row->key, 0, row->name, str_from(_("read"))});
    }
}

static void add_cards(struct app *app, struct entries *ret)
{
    enum { MOST = 8 };
    struct arena *arena = ui_arena(app->ui);
    struct card_rows rows = {0};
    const struct card_filter filter = {.text = str_from(app->filter), .status = -1, .limit = MOST};
    if (!collection_search(app->collection, arena, &filter, &rows, NULL))
        return;
    list_each (const struct card_row, row, &rows)
        list_push(arena, ret,
                  (struct entry){.card = row->key, .name = row->card.prompt, .note = row->card.answer});
}

/* Decks and cards only for what was typed: without that they would be all. */
static struct entries palette(struct app *app)
{
    struct entries ret = {0};
    struct str_list words = words_of(ui_arena(app->ui), str_from(app->filter));
    add_commands(app, &words, &ret);
    if (words.count) {
        add_decks(app, &words, &ret);
        add_cards(app, &ret);
    }
    return ret;
}

static void show_palette(struct app *app)
{
    struct arena *arena = ui_arena(app->ui);
    struct rows rows = {0};
    struct entries entries = palette(app);
    list_each (const struct entry, entry, &entries)
        list_push(arena, &rows,
                  (struct overlay_row){.name = entry->name,
                                       .note = entry->note,
                                       .keys = entry->note.len ? (struct str){0}
                                                               : command_keys(arena, entry->command),
                                       .enabled = true});
    palette_sheet(app->ui, &(struct overlay_view){rows.items, rows.count, app->palette_opened});
}

/* Enter in the field takes the first row: its argument is 0. */
void palette_choose(struct app *app, const struct ui_action *action)
{
    struct entries entries = palette(app);
    app->overlay = OVERLAY_NONE;
    if (action->argument < 0 || (size_t)action->argument >= entries.count)
        return;
    const struct entry *entry = &entries.items[action->argument];
    if (entry->card)
        browse_to(app, str_from(app->filter), entry->card);
    else
        command_perform(app, &(struct ui_action){.command = entry->command->action, .argument = entry->deck});
}

void overlay_show(struct app *app)
{
    if (app->overlay == OVERLAY_HELP)
        show_help(app);
    else if (app->overlay == OVERLAY_PALETTE)
        show_palette(app);
}
