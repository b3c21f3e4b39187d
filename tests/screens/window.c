/* The real window, driven from outside and measured from inside.
 *
 *     window COLLECTION [DECK]      study in a window; one line on standard output for every frame shown:
 *                                   "MILLISECONDS PROCESSOR_MS screen focus", by the steady clock
 *     window COLLECTION --keys N    N times: a key goes in, its pixels come out; tells p50 and p99
 *     window COLLECTION --make KIND fills the file (used, large) and ends */
#include "world.h"

#include "app/app.h"
#include "sdl/window.h"

#include <SDL.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

/* What this process has used of a processor: what a busy machine leaves comparable. */
static double cpu_ms(void)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (double)used.tv_sec * 1000 + (double)used.tv_nsec / 1e6;
}

static void tell(struct window *window)
{
    struct ui *ui = app_ui(window_app(window));
    const struct ui_node *focus = ui_node_by_id(ui, ui_focus(ui));
    struct str name = focus ? focus->name : STR("-");
    printf("%.3f %.3f %.*s %.*s\n", now_ms(), cpu_ms(), STR_ARG(app_screen(window_app(window))),
           STR_ARG(name));
    fflush(stdout);
}

static int run(struct window *window)
{
    while (!app_done(window_app(window)))
        if (window_step(window, -1))
            tell(window);
    return 0;
}

/* ---- Keys in, pixels out ---- */

static void push_key(SDL_Keycode sym, SDL_Scancode code)
{
    SDL_Event event = {
        .key = {.type = SDL_KEYDOWN, .state = SDL_PRESSED, .keysym = {.sym = sym, .scancode = code}}};
    SDL_PushEvent(&event);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static int measure(struct window *window, int count)
{
    double *times = calloc((size_t)count, sizeof *times), used = 0;
    for (int i = 0; i < 50 && window_step(window, 20); i++)
        ;
    for (int i = 0; i < count && !app_done(window_app(window)); i++) {
        double start = now_ms(), used_before = cpu_ms();
        if (i % 2)
            push_key(SDLK_2, SDL_SCANCODE_2); /* I knew it: on to the next card, on disk */
        else
            push_key(SDLK_SPACE, SDL_SCANCODE_SPACE); /* shows the answer */
        window_step(window, 0);
        times[i] = now_ms() - start;
        used += cpu_ms() - used_before;
        while (app_wait_ms(window_app(window)) ==
               0) /* the rest of an animation is not waited for by anybody */
            window_step(window, 0);
    }
    qsort(times, (size_t)count, sizeof *times, by_size);
    printf("key to pixels: p50 %.2f ms, p99 %.2f ms, max %.2f ms, processor %.2f ms a key (%d keys)\n",
           times[count / 2], times[count * 99 / 100], times[count - 1], used / count, count);
    free(times);
    return 0;
}

int main(int argc, char **argv)
{
    struct error e = {0};
    struct window *window = NULL;
    if (argc < 2)
        return 2;
    if (argc > 3 && strcmp(argv[2], "--make") == 0) {
        world_make(argv[1], strcmp(argv[3], "large") == 0 ? WORLD_LARGE : WORLD_USED,
                   (int64_t)time(NULL) * 1000);
        return 0;
    }
    bool keys = argc > 3 && strcmp(argv[2], "--keys") == 0;
    const struct app_options options = {.collection = argv[1],
                                        .seed = 7,
                                        .study = true,
                                        .deck = str_from(argc > 2 && !keys ? argv[2] : NULL)};
    if (!window_start(&options, &window, &e)) {
        fprintf(stderr, "window: %s\n", e.text);
        return 1;
    }
    int ret = keys ? measure(window, atoi(argv[3])) : run(window);
    window_close(window);
    return ret;
}
