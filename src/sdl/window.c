#include "sdl/window.h"

#include "app/app.h"
#include "base/arena.h"
#include "base/memory.h"
#include "base/translate.h"
#include "sdl/access.h"
#include "sdl/desktop.h"
#include "sdl/fonts.h"
#include "sdl/input.h"
#include "sdl/instance.h"
#include "sdl/pictures.h"
#include "sdl/screen.h"
#include "sdl/sound.h"
#include "sdl/speech.h"

#include <SDL.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct window {
    SDL_Window *sdl;
    struct screen screen;
    struct fonts *fonts;
    struct input input;
    struct app *app;
    struct instance *instance;
    Uint32 wish_event;               /* data1: a line from another start, to be freed */
    Uint32 wake_event, access_event; /* access_event: code an enum access_wish, data1 the node */
    struct access_host access;
    SDL_Thread *access_check;
    float scale;         /* pixels a dp of the device */
    bool resized, stale; /* the surface must be had anew; something changed */
};

bool window_possible(void)
{
    const char *driver = getenv("SDL_VIDEODRIVER");
    const char *x = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");
    return (driver && driver[0]) || (x && x[0]) || (wayland && wayland[0]);
}

/* ---- What the app asks of a window ---- */

static void copy(void *self, struct str text)
{
    (void)self;
    struct arena arena = {0};
    SDL_SetClipboardText(str_copy(&arena, text).ptr);
    arena_finish(&arena);
}

static struct str paste(void *self, struct arena *arena)
{
    (void)self;
    char *text = SDL_GetClipboardText();
    struct str ret = str_copy(arena, str_from(text));
    SDL_free(text);
    return ret;
}

static void wake(void *self)
{
    const struct window *window = self;
    SDL_Event event = {.type = window->wake_event};
    SDL_PushEvent(&event);
}

static void study_font(void *self, struct str family)
{
    struct window *window = self;
    window->stale = fonts_set_study(window->fonts, family) || window->stale;
}

static void full_screen(void *self, bool on)
{
    const struct window *window = self;
    SDL_SetWindowFullscreen(window->sdl, on ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
}

static bool dark(void *self)
{
    (void)self;
    return desktop_is_dark();
}

static struct canvas_image *picture(void *self, struct str bytes, struct error *e)
{
    (void)self;
    return picture_decode(bytes, e);
}

static bool play(void *self, const char *path, struct error *e)
{
    (void)self;
    return sound_play(path, e);
}

static void say(void *self, struct str text, struct str lang)
{
    (void)self;
    speech_say(text, lang);
}

/* ---- Assistive technology ---- */

enum access_wish { ACCESS_OPEN, ACCESS_PERFORM, ACCESS_FOCUS };

/* From any thread. */
static void push_access(const struct window *window, enum access_wish wish, uint64_t node)
{
    SDL_Event event = {.type = window->access_event};
    event.user.code = wish;
    memcpy(&event.user.data1, &node,
           sizeof node < sizeof event.user.data1 ? sizeof node : sizeof event.user.data1);
    SDL_PushEvent(&event);
}

static void access_perform(void *self, uint64_t node)
{
    push_access(self, ACCESS_PERFORM, node);
}

static void access_focus(void *self, uint64_t node)
{
    push_access(self, ACCESS_FOCUS, node);
}

static int check_access(void *self)
{
    if (access_wanted())
        push_access(self, ACCESS_OPEN, 0);
    return 0;
}

static void handle_access(struct window *window, const SDL_UserEvent *event)
{
    uint64_t node = 0;
    memcpy(&node, &event->data1, sizeof event->data1 < sizeof node ? sizeof event->data1 : sizeof node);
    if (event->code == ACCESS_OPEN)
        access_open(&window->access);
    else if (event->code == ACCESS_PERFORM)
        app_perform(window->app, node);
    else
        app_focus(window->app, node);
    window->stale = true;
}

static void show_access(struct window *window)
{
    int x, y;
    SDL_GetWindowPosition(window->sdl, &x, &y);
    access_show(app_ui(window->app), ui_current(app_ui(window->app))->scale, x, y);
}

/* ---- Other starts ---- */

/* From any thread. */
static void push_wish(void *self, const char *line)
{
    const struct window *window = self;
    SDL_Event event = {.type = window->wish_event};
    event.user.data1 = strdup(line);
    SDL_PushEvent(&event);
}

static void handle_wish(struct window *window, char *line)
{
    struct str rest = str_from(line), word;
    str_split(&rest, ' ', &word);
    if (!str_equal(word, STR("changed")))
        SDL_RaiseWindow(window->sdl);
    if (str_equal(word, STR("study")))
        app_study(window->app, rest);
    else if (str_equal(word, STR("open")))
        app_drop(window->app, rest);
    app_tick(window->app);
    window->stale = true;
    free(line);
}

/* ---- Life ---- */

static void set_hints(void)
{
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0"); /* a GL context costs 100 ms and 100 MiB */
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_IME_SUPPORT_EXTENDED_TEXT, "1");
    SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
    SDL_SetHint(SDL_HINT_APP_NAME, "repaso");
    SDL_SetHint(SDL_HINT_VIDEO_X11_WINDOW_VISUALID, "");
    setenv("SDL_VIDEO_X11_WMCLASS", "repaso", 0); /* what .desktop files are found by */
}

static void read_state(struct window *window, int *width, int *height, bool *maximised)
{
    struct arena arena = {0};
    char end[8] = "";
    struct str state = app_window_state(window->app, &arena);
    if (!state.len || sscanf(str_copy(&arena, state).ptr, "%dx%d%7s", width, height, end) < 2 ||
        *width < 200 || *height < 100) {
        *width = 1280;
        *height = 800;
    }
    *maximised = strcmp(end, "+max") == 0;
    arena_finish(&arena);
}

static void keep_state(struct window *window)
{
    char state[64];
    int width, height;
    Uint32 flags = SDL_GetWindowFlags(window->sdl);
    if (flags & SDL_WINDOW_FULLSCREEN)
        return;
    SDL_GetWindowSize(window->sdl, &width, &height);
    snprintf(state, sizeof state, "%dx%d%s", width, height, flags & SDL_WINDOW_MAXIMIZED ? "+max" : "");
    struct arena arena = {0};
    if (!str_equal(app_window_state(window->app, &arena), str_from(state)))
        app_keep_window_state(window->app, str_from(state));
    arena_finish(&arena);
}

static bool open_sdl_window(struct window *window, struct error *e)
{
    int width, height;
    bool maximised;
    read_state(window, &width, &height, &maximised);
    Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI | (maximised ? SDL_WINDOW_MAXIMIZED : 0);
    window->sdl =
        SDL_CreateWindow("repaso", SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED, width, height, flags);
    if (!window->sdl)
        return fail(e, ERROR_IO, _("no window could be opened (%s); `repaso study --text` works without one"),
                    SDL_GetError());
    SDL_SetWindowMinimumSize(window->sdl, 200, 100);
    window->screen.window = window->sdl;
    window->resized = window->stale = true;
    return true;
}

static bool open_app(struct window *window, const struct app_options *options, struct error *e)
{
    const struct app_window functions = {
        .self = window,
        .fonts = fonts_table(window->fonts),
        .copy = copy,
        .paste = paste,
        .wake = wake,
        .study_font = study_font,
        .full_screen = full_screen,
        .dark = dark,
        .picture = picture,
        .play = play,
        .say = say,
    };
    return app_open(options, &functions, &window->app, e);
}

bool window_start(const struct app_options *options, struct window **ret, struct error *e)
{
    struct window *window = memory_alloc(sizeof *window);
    *window = (struct window){.scale = 1};
    set_hints();
    window->fonts = fonts_open();
    if (!open_app(window, options, e)) {
        window_close(window);
        return false;
    }
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        fail(e, ERROR_IO, _("no display (%s); `repaso study --text` works without one"), SDL_GetError());
        window_close(window);
        return false;
    }
    window->wake_event = SDL_RegisterEvents(3);
    window->access_event = window->wake_event + 1;
    window->wish_event = window->wake_event + 2;
    window->access = (struct access_host){window, access_perform, access_focus};
    if (!open_sdl_window(window, e)) {
        window_close(window);
        return false;
    }
    SDL_EventState(SDL_DROPFILE, SDL_ENABLE);
    window->access_check = SDL_CreateThread(check_access, "access", window);
    window->instance = instance_open(options->collection, push_wish, window);
    *ret = window;
    return true;
}

void window_close(struct window *window)
{
    if (!window)
        return;
    instance_close(window->instance);
    SDL_WaitThread(window->access_check, NULL);
    access_close();
    if (window->sdl && window->app)
        keep_state(window);
    app_close(window->app);
    speech_close();
    sound_close();
    fonts_close(window->fonts);
    screen_finish(&window->screen);
    if (window->sdl)
        SDL_DestroyWindow(window->sdl);
    SDL_Quit();
    free(window);
}

struct app *window_app(struct window *window)
{
    return window->app;
}

/* ---- Frames ---- */

/* Window coordinates are pixels on X11; on Wayland an output of scale 2 has two pixels for each. */
static void measure(struct window *window)
{
    int width, points;
    SDL_GetWindowSizeInPixels(window->sdl, &width, NULL);
    SDL_GetWindowSize(window->sdl, &points, NULL);
    float density = points > 0 ? (float)width / (float)points : 1;
    window->scale = desktop_scale(window->sdl) * density;
    window->input.points_to_dp = density / window->scale;
}

static bool prepare(struct window *window)
{
    measure(window);
    if (!screen_prepare(&window->screen, window->scale))
        return false;
    app_resize(window->app, canvas_width(window->screen.canvas), canvas_height(window->screen.canvas),
               window->scale);
    ui_repaint(app_ui(window->app));
    window->resized = false;
    return true;
}

/* An input method shows its list of candidates at the caret. */
static void place_input_method(struct window *window)
{
    struct rect caret;
    if (!ui_caret(app_ui(window->app), &caret))
        return;
    float zoom = ui_current(app_ui(window->app))->scale / window->scale / window->input.points_to_dp;
    SDL_Rect rect = {(int)(caret.x * zoom), (int)(caret.y * zoom), (int)(caret.w * zoom) + 1,
                     (int)(caret.h * zoom)};
    SDL_SetTextInputRect(&rect);
}

static bool show(struct window *window)
{
    struct pixel_rect changed[UI_DAMAGE_MAX];
    int count = 0;
    if (window->resized && !prepare(window))
        return false;
    app_paint(window->app, window->screen.canvas, changed, &count);
    if (count)
        screen_show(&window->screen, changed, count);
    place_input_method(window);
    show_access(window);
    window->stale = false;
    return count > 0;
}

/* ---- Events ---- */

static void handle_window_event(struct window *window, const SDL_WindowEvent *event)
{
    switch (event->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
    case SDL_WINDOWEVENT_DISPLAY_CHANGED:
        window->resized = window->stale = true;
        break;
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
        ui_repaint(app_ui(window->app));
        window->stale = true;
        break;
    default:
        break;
    }
}

static void handle(struct window *window, const SDL_Event *event)
{
    struct ui_event translated;
    if (event->type == SDL_QUIT) {
        app_command(window->app, STR("quit"), 0, (struct str){0});
    } else if (event->type == window->wake_event) {
        app_tick(window->app);
        window->stale = true;
    } else if (event->type == window->wish_event) {
        handle_wish(window, event->user.data1);
    } else if (event->type == window->access_event) {
        handle_access(window, &event->user);
    } else if (event->type == SDL_DROPFILE) {
        app_drop(window->app, str_from(event->drop.file));
        SDL_free(event->drop.file);
        window->stale = true;
    } else if (event->type == SDL_WINDOWEVENT) {
        handle_window_event(window, &event->window);
    }
    if (input_translate(&window->input, event, ui_typing(app_ui(window->app)), &translated)) {
        bool taken = app_event(window->app, &translated);
        input_taken(&window->input, &translated, taken);
        window->stale = window->stale || taken;
    }
}

static int sooner(int a, int b)
{
    return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

/* The tree must be as the last event left it when the next one is translated: it is built anew in between. */
static void handle_all(struct window *window, SDL_Event *event)
{
    do {
        handle(window, event);
        if (event->type == SDL_TEXTEDITING_EXT)
            SDL_free(event->editExt.text);
        bool again = SDL_PollEvent(event);
        if (!again)
            return;
        if (window->stale && !window->resized)
            app_build(window->app);
    } while (!app_done(window->app));
}

bool window_step(struct window *window, int ms)
{
    SDL_Event event;
    int wait = sooner(ms, app_wait_ms(window->app));
    bool got = window->stale ? SDL_PollEvent(&event)
               : wait < 0    ? SDL_WaitEvent(&event)
                             : SDL_WaitEventTimeout(&event, wait);
    if (got) {
        handle_all(window, &event);
    } else if (!window->stale && app_wait_ms(window->app) == 0) {
        window->stale = true;
    }
    app_tick(window->app);
    return window->stale && !app_done(window->app) && show(window);
}

bool window_run(const struct app_options *options, struct error *e)
{
    struct window *window = NULL;
    if (!window_start(options, &window, e))
        return false;
    while (!app_done(window->app))
        window_step(window, -1);
    window_close(window);
    return true;
}
