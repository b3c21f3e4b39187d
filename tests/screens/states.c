#include "states.h"

#include "ui/test.h"

#include <time.h>

const struct state states[] = {
    {"home", WORLD_USED, NULL, NULL, {0}},
    {"home-empty", WORLD_EMPTY, NULL, NULL, {0}},
    {"home-new", WORLD_NEW, NULL, NULL, {0}},
    {"study-front", WORLD_USED, NULL, "Historia de la navegación", {0}},
    {"study-back", WORLD_USED, NULL, "Historia de la navegación", {"key Space"}},
    {"study-back-four", WORLD_USED, NULL, "Historia de la navegación", {"do set.grades 1", "key Space"}},
    {"study-typed", WORLD_USED, NULL, "Historia de la navegación", {"key t", "type augustin fresnel"}},
    {"study-typed-back",
     WORLD_USED,
     NULL,
     "Historia de la navegación",
     {"key t", "type Agustin Fresnal", "key Enter"}},
    {"study-choices", WORLD_USED, NULL, "Faros", {"key F2"}},
    {"study-choices-back", WORLD_USED, NULL, "Faros", {"key F2", "key 2"}},
    {"study-new", WORLD_NEW, NULL, "Faros", {"key Space"}},
    {"study-hint", WORLD_USED, NULL, "Historia de la navegación", {"key h"}},
    {"study-long", WORLD_HARD, NULL, "Textos difíciles", {"key Space"}},
    {"study-cloze", WORLD_SETS, NULL, "Líneas", {0}},
    {"study-cloze-back", WORLD_SETS, NULL, "Líneas", {"key Space"}},
    {"study-picture", WORLD_SETS, NULL, "Líneas", {"key Space", "key 2"}},
    {"study-picture-back", WORLD_SETS, NULL, "Líneas", {"key Space", "key 2", "key Space"}},
    {"study-order", WORLD_SETS, NULL, "Líneas", {"key Space", "key 2", "key Space", "key 2"}},
    {"study-order-back",
     WORLD_SETS,
     NULL,
     "Líneas",
     {"key Space", "key 2", "key Space", "key 2", "key Enter"}},
    {"study-match",
     WORLD_SETS,
     NULL,
     "Líneas",
     {"key Space", "key 2", "key Space", "key 2", "key Enter", "key 2"}},
    {"study-match-back",
     WORLD_SETS,
     NULL,
     "Líneas",
     {"key Space", "key 2", "key Space", "key 2", "key Enter", "key 2", "key Enter"}},
    {"study-mixup",
     WORLD_USED,
     NULL,
     "Historia de la navegación",
     {"key t", "type South Foreland", "key Enter"}},
    {"exam", WORLD_USED, "exam", NULL, {0}},
    {"exam-end",
     WORLD_USED,
     "exam",
     NULL,
     {"type Shen Kuo", "key Enter", "key 1", "type mal", "key Enter", "seconds 800"}},
    {"end", WORLD_NEW, NULL, "Faros", {"finish"}},
    {"settings", WORLD_USED, "settings", NULL, {0}},
    {"statistics", WORLD_USED, "statistics", NULL, {0}},
    {"statistics-table", WORLD_USED, "statistics", NULL, {"key t"}},
    {"browser", WORLD_USED, "browser", NULL, {0}},
    {"drafts", WORLD_SETS, "drafts", NULL, {0}},
    {"drafts-reason", WORLD_SETS, "drafts", NULL, {"key x"}},
    {"drafts-none", WORLD_USED, "drafts", NULL, {0}},
    {"editor", WORLD_USED, "browser", NULL, {"key e"}},
    {"reader", WORLD_USED, "reader", NULL, {"key n", "key n"}},
    {"first-read", WORLD_NEW, "first", NULL, {0}},
    {"first-guess", WORLD_NEW, "first", NULL, {"do first.when 1", "do first.next"}},
    {"first-recall",
     WORLD_NEW,
     "first",
     NULL,
     {"do first.next", "type Fresnel hizo una lente; South Foreland"}},
    {"first-brought",
     WORLD_NEW,
     "first",
     NULL,
     {"do first.next", "type Augustin Fresnel hizo una lente; South Foreland", "do first.next"}},
    {"first-choose",
     WORLD_NEW,
     "first",
     NULL,
     {"do first.next", "do first.next", "do first.next", "key x", "key Down", "key Down"}},
    {"first-learn",
     WORLD_NEW,
     "first",
     NULL,
     {"do first.next", "do first.next", "do first.next", "do first.next", "key Esc"}},
    {"first-why",
     WORLD_NEW,
     "first",
     NULL,
     {"do first.next", "do first.next", "do first.next", "do first.next", "finish", "do first.titles"}},
    {"first-bet",
     WORLD_NEW,
     "first",
     NULL,
     {"do first.next", "do first.next", "do first.next", "do first.next", "finish", "do first.next"}},
    {"first-tomorrow",
     WORLD_NEW,
     "first",
     NULL,
     {"do first.next", "do first.next", "do first.next", "do first.next", "finish", "do first.next",
      "do first.next"}},
    {"first-again",
     WORLD_NEW,
     "first",
     NULL,
     {"do first.next", "do first.next", "do first.next", "do first.next", "finish", "days 1", "do home",
      "do study"}},
    {"home-bet",
     WORLD_NEW,
     "first",
     NULL,
     {"do first.next", "do first.next", "do first.next", "do first.next", "finish", "do first.next",
      "do first.next", "later"}},
    {"import", WORLD_EMPTY, "import", NULL, {0}},
    {"import-sample", WORLD_EMPTY, "import", NULL, {"do sample", "wait"}},
    {"import-first",
     WORLD_EMPTY,
     "import",
     NULL,
     {"do sample", "wait", "do import.create", "do first.next", "type El telégrafo", "do first.next"}},
    {"import-study",
     WORLD_EMPTY,
     "import",
     NULL,
     {"do sample", "wait", "do import.create", "do first.next", "do first.next", "do first.next",
      "do first.next", "key Space"}},
    {"import-reader",
     WORLD_EMPTY,
     "import",
     NULL,
     {"do sample", "wait", "do import.create", "key Esc", "do reader", "key n", "key n"}},
    {"import-csv",
     WORLD_EMPTY,
     "import",
     NULL,
     {"do import.path 0 " SOURCE_ROOT "/tests/screens/capitales.csv", "wait"}},
    {"import-csv-done",
     WORLD_EMPTY,
     "import",
     NULL,
     {"do import.path 0 " SOURCE_ROOT "/tests/screens/capitales.csv", "wait", "do import.create"}},
    {"projector", WORLD_USED, "projector", NULL, {0}},
    {"projector-back", WORLD_USED, "projector", NULL, {"key Space"}},
    {"help", WORLD_USED, NULL, "Historia de la navegación", {"key ?"}},
    {"palette", WORLD_USED, NULL, NULL, {"key Ctrl+K"}},
    {NULL, WORLD_EMPTY, NULL, NULL, {0}},
};

static void event(struct world *world, struct ui_event event)
{
    app_event(world->app, &event);
    app_build(world->app);
}

/* A job's result: there is no event loop here to be woken. */
static void wait_for_worker(struct world *world)
{
    for (int i = 0; i < 200; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
        app_tick(world->app);
    }
    app_build(world->app);
}

static void step(struct world *world, const char *text)
{
    struct str rest = str_from(text), word, id, number;
    struct ui_chord chord;
    long argument = 0;
    str_split(&rest, ' ', &word);
    if (str_equal(word, STR("key")) && ui_chord_parse(rest, &chord))
        event(world, (struct ui_event){.kind = UI_EVENT_KEY, .key = chord.key, .mods = chord.mods});
    if (str_equal(word, STR("type")))
        event(world, (struct ui_event){.kind = UI_EVENT_TEXT, .text = rest});
    if (str_equal(word, STR("wait")))
        wait_for_worker(world);
    if (str_equal(word, STR("later"))) { /* a week, and back to the decks */
        world_wait(world, INT64_C(7) * 24 * 3600 * 1000);
        app_command(world->app, STR("home"), 0, (struct str){0});
        app_build(world->app);
    }
    if (str_equal(word, STR("seconds")) && str_to_long(rest, &argument)) {
        world_wait(world, argument * 1000);
        app_tick(world->app);
        app_build(world->app);
    }
    if (str_equal(word, STR("days")) && str_to_long(rest, &argument))
        world_wait(world, argument * 24 * 3600 * 1000);
    if (str_equal(word, STR("finish")))
        world_finish_session(world);
    if (str_equal(word, STR("do"))) {
        str_split(&rest, ' ', &id);
        if (str_split(&rest, ' ', &number))
            str_to_long(number, &argument);
        app_command(world->app, id, argument, rest);
        app_build(world->app);
    }
}

void state_open(const struct state *state, struct world *world, const struct app_options *options,
                const struct ui_fonts *fonts, int width, int height)
{
    struct app_options full = *options;
    full.screen = str_from(state->screen);
    full.study = state->study != NULL;
    full.deck = str_from(state->study);
    world_open(world, state->kind, &full, fonts);
    app_resize(world->app, width, height, 1);
    app_build(world->app);
    for (int i = 0; i < STATE_STEPS && state->steps[i]; i++)
        step(world, state->steps[i]);
    world_wait(world, 2000); /* animations are over */
    app_build(world->app);
}
