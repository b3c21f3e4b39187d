/* Somebody who presses and clicks anything, always in the same order for the same seed.
 *
 *     monkey EVENTS SEED…
 *
 * After every event the tree is built; what has the focus must be there to be seen. At the end Esc leads home. */
#include "world.h"

#include "base/random.h"
#include "ui/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const keys[] = {"Space",
                                   "Enter",
                                   "Esc",
                                   "Tab",
                                   "Shift+Tab",
                                   "Up",
                                   "Down",
                                   "Left",
                                   "Right",
                                   "Page Down",
                                   "Home",
                                   "End",
                                   "Backspace",
                                   "1",
                                   "2",
                                   "3",
                                   "4",
                                   "0",
                                   "a",
                                   "b",
                                   "c",
                                   "d",
                                   "e",
                                   "h",
                                   "i",
                                   "l",
                                   "n",
                                   "o",
                                   "p",
                                   "r",
                                   "s",
                                   "t",
                                   "u",
                                   "v",
                                   "x",
                                   "z",
                                   "?",
                                   "!",
                                   ",",
                                   "/",
                                   "F2",
                                   "Ctrl+K",
                                   "Ctrl+Enter",
                                   "Ctrl+S",
                                   "Ctrl+Y",
                                   "Ctrl+Z",
                                   "Ctrl+Shift+L",
                                   "Ctrl+Shift+E",
                                   "Ctrl++",
                                   "Ctrl+-",
                                   "Ctrl+0",
                                   "Ctrl+H",
                                   "Ctrl+C",
                                   "Shift+A",
                                   "Alt+Home",
                                   "Delete",
                                   "Ctrl+R",
                                   "+",
                                   "-"};
static const char *const texts[] = {"1822", "Fresnel", "ñandú", "17/24",           "sí",
                                    "faro", "  ",      "مرحبا", "👩🏽‍💻", "\"<&"};
enum { KEYS = sizeof keys / sizeof *keys, TEXTS = sizeof texts / sizeof *texts };

struct monkey {
    struct world world;
    struct random random;
    unsigned long seed;
    int at, failures;
    char last[64];
    char visited[256]; /* names of screens, each once */
};

static void send(struct monkey *monkey, struct ui_event event)
{
    app_event(monkey->world.app, &event);
    app_build(monkey->world.app);
}

static uint64_t below(struct monkey *monkey, uint64_t bound)
{
    return random_below(&monkey->random, bound);
}

static void press(struct monkey *monkey, const char *key)
{
    struct ui_chord chord;
    snprintf(monkey->last, sizeof monkey->last, "press %s", key);
    if (ui_chord_parse(str_from(key), &chord))
        send(monkey, (struct ui_event){.kind = UI_EVENT_KEY, .key = chord.key, .mods = chord.mods});
}

static void click_at(struct monkey *monkey, float x, float y)
{
    static const enum ui_event_kind kinds[] = {UI_EVENT_MOVE, UI_EVENT_DOWN, UI_EVENT_UP};
    snprintf(monkey->last, sizeof monkey->last, "click %.0f,%.0f", (double)x, (double)y);
    for (int i = 0; i < 3; i++)
        send(monkey, (struct ui_event){.kind = kinds[i], .x = x, .y = y, .button = 1, .clicks = 1});
}

static void resize(struct monkey *monkey)
{
    static const int sizes[][2] = {{1280, 800}, {800, 600}, {200, 100}, {1920, 1080}, {640, 900}};
    uint64_t i = below(monkey, 5);
    snprintf(monkey->last, sizeof monkey->last, "size %dx%d", sizes[i][0], sizes[i][1]);
    app_resize(monkey->world.app, sizes[i][0], sizes[i][1], 1);
    app_build(monkey->world.app);
}

static void act(struct monkey *monkey)
{
    uint64_t what = below(monkey, 100);
    const struct ui_frame *frame = ui_current(app_ui(monkey->world.app));
    float zoom = frame->scale;
    if (what < 62)
        press(monkey, keys[below(monkey, KEYS)]);
    else if (what < 72)
        send(monkey, (struct ui_event){.kind = UI_EVENT_TEXT, .text = str_from(texts[below(monkey, TEXTS)])});
    else if (what < 90)
        click_at(monkey, (float)below(monkey, (uint64_t)(frame->width * zoom) + 1),
                 (float)below(monkey, (uint64_t)(frame->height * zoom) + 1));
    else if (what < 94)
        send(monkey, (struct ui_event){
                         .kind = UI_EVENT_WHEEL, .x = 300, .y = 300, .dy = below(monkey, 2) ? 120 : -120});
    else if (what < 97)
        resize(monkey);
    else
        world_wait(&monkey->world, (int64_t)below(monkey, 4) * 3600000 + 1000);
    app_tick(monkey->world.app);
    app_build(monkey->world.app);
}

static void complain(struct monkey *monkey, const char *what)
{
    printf("seed %lu, event %d (%s), screen %.*s: %s\n", monkey->seed, monkey->at, monkey->last,
           STR_ARG(app_screen(monkey->world.app)), what);
    monkey->failures++;
}

static void note_screen(struct monkey *monkey)
{
    struct str name = app_screen(monkey->world.app);
    size_t len = strlen(monkey->visited);
    if (!str_contains(str_from(monkey->visited), name) && len + name.len + 2 < sizeof monkey->visited)
        snprintf(monkey->visited + len, sizeof monkey->visited - len, "%.*s ", STR_ARG(name));
}

static void check(struct monkey *monkey)
{
    note_screen(monkey);
    const struct ui *ui = app_ui(monkey->world.app);
    uint64_t focus = ui_focus(ui);
    const struct ui_node *node = focus ? ui_node_by_id(ui, focus) : NULL;
    if (focus && !node)
        complain(monkey, "the focus is on nothing");
    if (node && node->state & UI_HIDDEN)
        complain(monkey, "the focus is on what is hidden");
}

static bool reopen(struct monkey *monkey)
{
    const struct app_options options = {.language = monkey->seed % 2 ? STR("es") : STR("en"), .theme = 1};
    world_open(&monkey->world, (enum world_kind)(monkey->seed % 4), &options, NULL);
    return true;
}

static void go_home(struct monkey *monkey)
{
    for (int i = 0; i < 40 && !str_equal(app_screen(monkey->world.app), STR("home")); i++)
        press(monkey, "Esc");
    if (!str_equal(app_screen(monkey->world.app), STR("home")))
        complain(monkey, "Esc does not lead home");
}

static int play(unsigned long seed, int events)
{
    struct monkey monkey = {.seed = seed, .random = {seed}};
    reopen(&monkey);
    for (monkey.at = 0; monkey.at < events && monkey.failures < 5; monkey.at++) {
        act(&monkey);
        check(&monkey);
    }
    go_home(&monkey);
    printf("seed %lu visited %s\n", seed, monkey.visited);
    world_close(&monkey.world);
    return monkey.failures;
}

int main(int argc, char **argv)
{
    int failures = 0, events = argc > 1 ? atoi(argv[1]) : 1000;
    for (int i = 2; i < argc; i++)
        failures += play(strtoul(argv[i], NULL, 10), events);
    return failures ? 1 : 0;
}
