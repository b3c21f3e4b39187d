/* Plays key scripts on an app without a window and compares the trees they lead to.
 *
 *     run SCRIPT… [--update]
 *
 * A script says one thing a line:
 *     world used                 empty, new, used, hard, large, sets; opens the app (first line)
 *     lang es | size 800x600 | theme dark | zoom 200 | screen settings | study DECK
 *                                before `open`
 *     open
 *     press Space                a chord
 *     type some words
 *     click button[name='Good']
 *     do study.reveal 0          a command by its id, with its argument
 *     wait 5000                  milliseconds
 *     finish                     answers the cards of the session
 *     dump                       the tree goes into SCRIPT's golden file
 *     find text[name*='…']       must be there
 *     gone …                     must not
 *     screen? study              must be on this screen
 *     audit                      the tree must be sound
 */
#include "world.h"

#include "base/buffer.h"
#include "base/file.h"
#include "ui/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct player {
    struct world world;
    bool open;
    enum world_kind kind;
    struct app_options options;
    int width, height;
    struct buffer out;
    const char *script;
    int line, failures;
};

static void complain(struct player *player, const char *what, struct str rest)
{
    printf("%s:%d: %s %.*s\n", player->script, player->line, what, STR_ARG(rest));
    player->failures++;
}

static void rebuild(struct player *player)
{
    app_build(player->world.app);
}

/* An event as the window would bring it: the toolkit first, then the command table. */
static void press(struct player *player, struct str rest)
{
    struct ui_chord chord;
    if (!ui_chord_parse(rest, &chord)) {
        complain(player, "no chord:", rest);
        return;
    }
    struct ui_event event = {.kind = UI_EVENT_KEY, .key = chord.key, .mods = chord.mods};
    app_event(player->world.app, &event);
    rebuild(player);
}

static void type(struct player *player, struct str rest)
{
    struct ui_event event = {.kind = UI_EVENT_TEXT, .text = rest};
    app_event(player->world.app, &event);
    rebuild(player);
}

static const struct ui_node *node_of(struct player *player, struct str selector)
{
    return ui_find(app_ui(player->world.app), str_copy(&player->world.arena, selector).ptr);
}

static void click(struct player *player, struct str rest)
{
    const struct ui_node *node = node_of(player, rest);
    if (!node) {
        complain(player, "nothing to click:", rest);
        return;
    }
    struct rect visible = rect_intersect(node->rect, node->clip);
    float zoom = ui_current(app_ui(player->world.app))->scale;
    struct ui_event event = {.kind = UI_EVENT_MOVE,
                             .x = (visible.x + visible.w / 2) * zoom,
                             .y = (visible.y + visible.h / 2) * zoom,
                             .button = 1,
                             .clicks = 1};
    static const enum ui_event_kind kinds[] = {UI_EVENT_MOVE, UI_EVENT_DOWN, UI_EVENT_UP};
    for (int i = 0; i < 3; i++) {
        event.kind = kinds[i];
        app_event(player->world.app, &event);
        rebuild(player);
    }
}

static void find(struct player *player, struct str rest)
{
    if (!node_of(player, rest))
        complain(player, "not there:", rest);
}

static void gone(struct player *player, struct str rest)
{
    if (node_of(player, rest))
        complain(player, "still there:", rest);
}

static void dump(struct player *player, struct str rest)
{
    buffer_format(&player->out, "---- %d %.*s\n", player->line, STR_ARG(rest));
    ui_dump(app_ui(player->world.app), &player->out);
}

static void on_screen(struct player *player, struct str rest)
{
    if (!str_equal(app_screen(player->world.app), rest))
        complain(player, str_copy(&player->world.arena, app_screen(player->world.app)).ptr, rest);
}

static void audit(struct player *player, struct str rest)
{
    (void)rest;
    struct buffer wrong = {0};
    ui_audit(app_ui(player->world.app), &wrong);
    if (wrong.len)
        complain(player, "unsound:\n", buffer_str(&wrong));
    buffer_finish(&wrong);
}

static void wait_for(struct player *player, struct str rest)
{
    long ms = 0;
    str_to_long(rest, &ms);
    world_wait(&player->world, ms);
    app_tick(player->world.app);
    rebuild(player);
}

static void perform(struct player *player, struct str rest)
{
    struct str id, number;
    long argument = 0;
    if (!str_split(&rest, ' ', &id))
        return;
    if (str_split(&rest, ' ', &number))
        str_to_long(number, &argument);
    if (!app_command(player->world.app, id, argument, rest))
        complain(player, "not performed:", id);
    rebuild(player);
}

static void finish(struct player *player, struct str rest)
{
    (void)rest;
    world_finish_session(&player->world);
    rebuild(player);
}

/* ---- Before the app is open ---- */

static void set_world(struct player *player, struct str rest)
{
    static const char *const names[] = {"empty", "new", "used", "hard", "large", "sets"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(rest, str_from(names[i])))
            player->kind = (enum world_kind)i;
}

static void set_size(struct player *player, struct str rest)
{
    struct str width, height;
    long w = 1280, h = 800;
    if (str_split(&rest, 'x', &width) && str_split(&rest, 'x', &height)) {
        str_to_long(width, &w);
        str_to_long(height, &h);
    }
    player->width = (int)w;
    player->height = (int)h;
    if (player->open) {
        app_resize(player->world.app, player->width, player->height, 1);
        rebuild(player);
    }
}

static void set_theme(struct player *player, struct str rest)
{
    player->options.theme = str_equal(rest, STR("dark")) ? 2 : str_equal(rest, STR("contrast")) ? 3 : 1;
}

static void set_lang(struct player *player, struct str rest)
{
    player->options.language = rest;
}

static void set_screen(struct player *player, struct str rest)
{
    player->options.screen = rest;
}

static void set_study(struct player *player, struct str rest)
{
    player->options.study = true;
    player->options.deck = rest;
}

static void open_app(struct player *player, struct str rest)
{
    (void)rest;
    world_open(&player->world, player->kind, &player->options, NULL);
    app_resize(player->world.app, player->width, player->height, 1);
    player->open = true;
    rebuild(player);
}

static const struct {
    const char *word;
    void (*does)(struct player *player, struct str rest);
} words[] = {
    {"world", set_world},   {"size", set_size},     {"theme", set_theme}, {"lang", set_lang},
    {"screen", set_screen}, {"study", set_study},   {"open", open_app},   {"press", press},
    {"type", type},         {"click", click},       {"find", find},       {"gone", gone},
    {"dump", dump},         {"screen?", on_screen}, {"audit", audit},     {"wait", wait_for},
    {"do", perform},        {"finish", finish},
};

static void play_line(struct player *player, struct str line)
{
    struct str rest = line, word;
    if (!str_split(&rest, ' ', &word) || !word.len || word.ptr[0] == '#')
        return;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(word, str_from(words[i].word))) {
            words[i].does(player, rest);
            return;
        }
    }
    complain(player, "what is", word);
}

static int compare(struct player *player, const char *golden, bool update)
{
    struct arena arena = {0};
    struct str wanted = {0};
    struct error e = {0};
    if (update)
        return file_write(golden, buffer_str(&player->out), &e) ? 0 : 1;
    if (!file_read(&arena, golden, 10 << 20, &wanted, &e))
        wanted = (struct str){0};
    int differs = !str_equal(wanted, buffer_str(&player->out));
    if (differs) {
        struct str a = wanted, b = buffer_str(&player->out), x = {0}, y = {0};
        for (int line = 1; (int)str_split(&a, '\n', &x) & (int)str_split(&b, '\n', &y); line++) {
            if (!str_equal(x, y)) {
                printf("%s:%d differs (--update rewrites)\n- %.*s\n+ %.*s\n", golden, line, STR_ARG(x),
                       STR_ARG(y));
                break;
            }
        }
    }
    arena_finish(&arena);
    return differs;
}

static int play(const char *script, bool update)
{
    struct arena arena = {0};
    struct error e = {0};
    struct str text, line;
    struct player player = {
        .script = script, .width = 1280, .height = 800, .options = {.language = STR("en"), .theme = 1}};
    if (!file_read(&arena, script, 1 << 20, &text, &e)) {
        printf("%s: %s\n", script, e.text);
        return 1;
    }
    while (str_split(&text, '\n', &line)) {
        player.line++;
        play_line(&player, str_trim(line));
    }
    struct str golden = str_format(&arena, "%.*s.tree", (int)(strlen(script) - strlen(".script")), script);
    if (player.out.len)
        player.failures += compare(&player, golden.ptr, update);
    if (player.open)
        world_close(&player.world);
    buffer_finish(&player.out);
    arena_finish(&arena);
    return player.failures;
}

int main(int argc, char **argv)
{
    bool update = false;
    int failures = 0;
    for (int i = 1; i < argc; i++)
        update = update || strcmp(argv[i], "--update") == 0;
    for (int i = 1; i < argc; i++)
        if (argv[i][0] != '-')
            failures += play(argv[i], update);
    return failures ? 1 : 0;
}
