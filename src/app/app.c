#include "app/inside.h"

#include "base/memory.h"
#include "base/translate.h"
#include "screens/settings.h"
#include "ui/widgets.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- Time ---- */

static int64_t system_now_ms(int *ret_tz_min)
{
    struct timespec now;
    struct tm local;
    clock_gettime(CLOCK_REALTIME, &now);
    localtime_r(&now.tv_sec, &local);
    *ret_tz_min = (int)(local.tm_gmtoff / 60);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t system_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct moment app_now(const struct app *app)
{
    struct moment now = {0};
    now.at_ms =
        app->window.now_ms ? app->window.now_ms(app->window.self, &now.tz_min) : system_now_ms(&now.tz_min);
    return now;
}

int64_t app_clock_ms(const struct app *app)
{
    return app->window.clock_ms ? app->window.clock_ms(app->window.self) : system_clock_ms();
}

/* ---- Places ---- */

static const struct {
    const char *name;
    void (*show)(struct app *app);
    unsigned where;
} screens[SCREEN_COUNT] = {
    [SCREEN_HOME] = {"home", home_show, AT_HOME},
    [SCREEN_STUDY] = {"study", study_show, 0},
    [SCREEN_END] = {"end", end_show, AT_END},
    [SCREEN_SETTINGS] = {"settings", preferences_show, AT_SETTINGS},
    [SCREEN_STATISTICS] = {"statistics", statistics_show, AT_STATISTICS},
    [SCREEN_BROWSER] = {"browser", browser_show, AT_BROWSER},
    [SCREEN_DRAFTS] = {"drafts", browser_show, AT_DRAFTS},
    [SCREEN_EDITOR] = {"editor", editor_show, AT_EDITOR},
    [SCREEN_READER] = {"reader", reader_show, AT_READER},
    [SCREEN_IMPORT] = {"import", import_show, AT_IMPORT},
    [SCREEN_FIRST] = {"first", first_show, AT_FIRST},
    [SCREEN_PROJECTOR] = {"projector", projector_show, AT_PROJECTOR},
    [SCREEN_EXAM] = {"exam", exam_show, AT_EXAM},
};

struct place *app_place(struct app *app)
{
    return &app->places[app->depth - 1];
}

unsigned app_where(struct app *app)
{
    if (app->overlay)
        return AT_OVERLAY;
    enum screen screen = app_place(app)->screen;
    return screen == SCREEN_STUDY ? study_where(app) : screens[screen].where;
}

void app_go(struct app *app, struct place place)
{
    enum { DEEPEST = sizeof app->places / sizeof *app->places };
    app->overlay = OVERLAY_NONE;
    if (app->depth && app_place(app)->screen == place.screen) {
        *app_place(app) = place;
        return;
    }
    if (app->depth == DEEPEST) {
        memmove(app->places + 1, app->places + 2, (DEEPEST - 2) * sizeof *app->places);
        app->depth--;
    }
    app->places[app->depth++] = place;
}

void app_back(struct app *app)
{
    if (app_place(app)->screen == SCREEN_STUDY || app_place(app)->screen == SCREEN_END)
        study_close(app);
    if (app->depth > 1)
        app->depth--;
}

void app_toast(struct app *app, struct str text, enum action action)
{
    enum { STAYS_MS = 5000 };
    size_t len = text.len < sizeof app->toast - 1 ? text.len : sizeof app->toast - 1;
    memcpy(app->toast, text.ptr, len);
    app->toast[len] = '\0';
    app->toast_until_ms = app_clock_ms(app) + STAYS_MS;
    app->toast_action = action;
}

void app_toast_error(struct app *app, const struct error *e)
{
    char text[512];
    error_describe(e, text, sizeof text);
    app_toast(app, str_from(text), ACTION_NONE);
}

void app_changed(struct app *app)
{
    app->home.stale = app->statistics.stale = app->browser.stale = app->reader.stale = true;
}

int64_t app_card_at_hand(struct app *app)
{
    switch (app_place(app)->screen) {
    case SCREEN_STUDY:
        return study_card(app);
    case SCREEN_BROWSER:
    case SCREEN_DRAFTS:
        return browser_card(app);
    case SCREEN_READER:
        return reader_card(app);
    case SCREEN_FIRST:
        return first_card(app);
    default:
        return 0;
    }
}

/* ---- What the toolkit asks back ---- */

static bool host_command(void *self, int action, struct ui_command *ret)
{
    struct app *app = self;
    const struct command *command = command_of(action);
    if (!command)
        return false;
    *ret = (struct ui_command){.name = str_from(_(command->name)),
                               .help = str_from(command->help ? _(command->help) : ""),
                               .keys = command_keys(ui_arena(app->ui), command),
                               .disabled = !command_enabled(app, command)};
    return true;
}

static void host_copy(void *self, struct str text)
{
    struct app *app = self;
    if (app->window.copy)
        app->window.copy(app->window.self, text);
}

static struct str host_paste(void *self, struct arena *arena)
{
    struct app *app = self;
    return app->window.paste ? app->window.paste(app->window.self, arena) : (struct str){0};
}

/* ---- Life ---- */

static bool open_collection(struct app *app, struct error *e)
{
    const struct collection_options options = {
        .now = app_now(app), .seed = app->options.seed, .machine = app->options.machine};
    if (!collection_open(app->options.collection, &options, &app->collection, e))
        return false;
    app->first_run = setting_number(app->collection, STR("ui.seen"), 0) == 0;
    return true;
}

static bool go_to_start(struct app *app, struct error *e)
{
    app_go(app, (struct place){.screen = SCREEN_HOME});
    int64_t deck = 0;
    if (app->options.deck.len && !deck_find(app->collection, app->options.deck, &deck, e))
        return false;
    if (app->options.study)
        study_open(app, deck);
    for (size_t i = 0; i < app->options.files.count; i++)
        app_drop(app, app->options.files.items[i]);
    if (app->options.screen.len)
        app_command(app, app->options.screen, deck, (struct str){0});
    return true;
}

bool app_open(const struct app_options *options, const struct app_window *window, struct app **ret,
              struct error *e)
{
    struct app *app = memory_alloc(sizeof *app);
    *app = (struct app){.window = *window, .options = *options, .zoom = 1, .device_scale = 1};
    app->device_scale = options->scale > 0 ? options->scale : 1;
    app->home.stale = true;
    app->host = (struct ui_host){app, host_command, host_copy, host_paste};
    app->ui = ui_new(window->fonts ? window->fonts : ui_stub_fonts(), &app->host);
    if (!open_collection(app, e)) {
        app_close(app);
        return false;
    }
    preferences_load(app);
    if (!go_to_start(app, e)) {
        app_close(app);
        return false;
    }
    app_resize(app, 1280, 800, app->device_scale);
    *ret = app;
    return true;
}

void app_close(struct app *app)
{
    if (!app)
        return;
    app->done = true;
    study_close(app);
    home_finish(app);
    arena_finish(&app->statistics.arena);
    browser_finish(app);
    editor_finish(app);
    reader_finish(app);
    first_finish(app);
    projector_finish(app);
    exam_finish(app);
    media_finish(app);
    import_finish(app);
    refit_finish(app);
    if (app->collection && app->first_run)
        setting_set(app->collection, STR("ui.seen"), STR("1"), NULL);
    collection_close(app->collection);
    ui_free(app->ui);
    arena_finish(&app->memory);
    free(app);
}

bool app_done(const struct app *app)
{
    return app->done;
}

struct ui *app_ui(struct app *app)
{
    return app->ui;
}

struct str app_screen(const struct app *app)
{
    return str_from(screens[app->places[app->depth - 1].screen].name);
}

struct str app_window_state(struct app *app, struct arena *arena)
{
    return setting_text(app->collection, arena, STR("ui.window"), (struct str){0});
}

void app_keep_window_state(struct app *app, struct str state)
{
    setting_set(app->collection, STR("ui.window"), state, NULL);
}

/* ---- Frames ---- */

void app_resize(struct app *app, int width_px, int height_px, float device_scale)
{
    app->width_px = width_px;
    app->height_px = height_px;
    app->device_scale = device_scale;
}

static float full_scale(const struct app *app)
{
    return app->device_scale * app->zoom;
}

static void show_toast(struct app *app)
{
    if (!app->toast_until_ms)
        return;
    /* Over the keys at the foot of a screen: what they do shows elsewhere, buttons must stay in reach. */
    enum { FOOT = 8 };
    const struct command *command = command_of(app->toast_action);
    ui_open(app->ui, .key = STR("messages"), .layout = UI_COLUMN, .width = UI_GROW, .height = UI_GROW,
            .padding = {0, 0, FOOT, 0}, .transparent = true);
    ui_toast(app->ui, str_from(app->toast), app->toast_action,
             command ? str_from(_(command->name)) : (struct str){0});
    ui_close(app->ui);
}

static void build_once(struct app *app)
{
    float scale = full_scale(app);
    ui_begin(app->ui, &(struct ui_frame){.width = (float)app->width_px / scale,
                                         .height = (float)app->height_px / scale,
                                         .scale = scale,
                                         .theme = app->theme,
                                         .reduced_motion = app->reduced_motion,
                                         .now_ms = app_clock_ms(app),
                                         .lang = str_from(translate_language())});
    ui_open(app->ui, .key = STR("root"), .layout = UI_STACK, .width = UI_GROW, .height = UI_GROW);
    screens[app_place(app)->screen].show(app);
    show_toast(app);
    overlay_show(app);
    ui_close(app->ui);
    ui_end(app->ui);
}

void app_build(struct app *app)
{
    build_once(app);
    if (reader_after_build(app) || study_after_build(app))
        build_once(app);
}

void app_paint(struct app *app, struct canvas *canvas, struct pixel_rect ret[UI_DAMAGE_MAX], int *ret_count)
{
    app_build(app);
    ui_paint(app->ui, canvas, ret, ret_count);
}

static int sooner(int a, int b)
{
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

int app_wait_ms(struct app *app)
{
    int wait = ui_next_frame_ms(app->ui);
    if (app->toast_until_ms) {
        int64_t left = app->toast_until_ms - app_clock_ms(app);
        wait = sooner(wait, left > 0 ? (int)left : 0);
    }
    return sooner(sooner(wait, study_wait_ms(app)), sooner(first_wait_ms(app), exam_wait_ms(app)));
}

void app_tick(struct app *app)
{
    if (app->toast_until_ms && app->toast_until_ms <= app_clock_ms(app))
        app->toast_until_ms = 0;
    import_poll(app);
    study_tick(app);
    int64_t day = collection_day(app->collection, app_now(app));
    if (collection_changed(app->collection) || day != app->day)
        app_changed(app);
    app->day = day;
}

/* ---- Events ---- */

bool app_event(struct app *app, const struct ui_event *event)
{
    struct ui_event in_ui = *event;
    in_ui.x /= app->zoom;
    in_ui.y /= app->zoom;
    struct ui_action action = {0};
    switch (ui_event(app->ui, &in_ui, &action)) {
    case UI_ACTED:
        command_perform(app, &action);
        return true;
    case UI_USED:
        return true;
    case UI_IGNORED:
        break;
    }
    int which = 0;
    const struct command *command = event->kind == UI_EVENT_KEY ? command_for_key(app, event, &which) : NULL;
    if (!command)
        return false;
    /* One that wants an argument has a chord for each. */
    return command_perform(
        app, &(struct ui_action){.command = command->action, .argument = command->hidden ? which : 0});
}

void app_study(struct app *app, struct str deck)
{
    struct error e = {0};
    int64_t key = 0;
    if (deck.len && !deck_find(app->collection, deck, &key, &e))
        app_toast_error(app, &e);
    else
        study_open(app, key);
}

void app_perform(struct app *app, uint64_t node)
{
    struct ui_action action = {0};
    if (ui_perform(app->ui, node, &action))
        command_perform(app, &action);
}

void app_focus(struct app *app, uint64_t node)
{
    const struct ui_node *wanted = ui_node_by_id(app->ui, node);
    if (wanted && wanted->state & UI_FOCUSABLE)
        ui_set_focus(app->ui, node);
}

bool app_command(struct app *app, struct str id, int64_t argument, struct str text)
{
    const struct command *command;
    for (size_t i = 0; (command = command_at(i)); i++)
        if (str_equal(id, str_from(command->id)))
            return command_perform(app, &(struct ui_action){command->action, argument, text, 0, 0});
    return false;
}
