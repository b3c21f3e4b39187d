/* Pictures of every screen, in both languages and themes and two sizes, with the real faces.
 *
 *     shots FOLDER [ONLY]        writes FOLDER/home-es-dark-1280x800.png …; ONLY: names that contain this */
#include "states.h"

#include "base/file.h"
#include "sdl/fonts.h"
#include "sdl/pictures.h"
#include "ui/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void take(const struct state *state, struct fonts *fonts, const char *lang, int theme, int width,
                 int height, const char *path)
{
    struct world world;
    struct error e = {0};
    struct pixel_rect changed[UI_DAMAGE_MAX];
    int count;
    const struct app_options options = {.language = str_from(lang), .theme = theme};
    state_open(state, &world, &options, fonts_table(fonts), width, height);
    struct canvas *canvas = canvas_new(width, height, 1);
    app_paint(world.app, canvas, changed, &count);
    world_wait(&world, 2000);
    app_paint(world.app, canvas, changed, &count);
    if (!canvas_write_png(canvas, path, &e))
        fprintf(stderr, "%s\n", e.text);
    canvas_close(canvas, NULL);
    world_close(&world);
}

int main(int argc, char **argv)
{
    static const char *const langs[] = {"es", "en"}, *const themes[] = {"light", "dark"};
    static const int sizes[][2] = {{1280, 800}, {800, 600}};
    const char *folder = argc > 1 ? argv[1] : "shots", *only = argc > 2 ? argv[2] : "";
    struct arena arena = {0};
    struct error e = {0};
    if (!file_make_folders(path_join(&arena, str_from(folder), STR("x")).ptr, &e)) {
        fprintf(stderr, "%s\n", e.text);
        return 1;
    }
    struct fonts *fonts = fonts_open();
    world_picture = picture_decode;
    int written = 0;
    for (size_t i = 0; states[i / 8].name; i++) {
        const struct state *state = &states[i / 8];
        int l = i / 4 % 2, t = i / 2 % 2, s = i % 2;
        struct str name = str_format(&arena, "%s-%s-%s-%dx%d.png", state->name, langs[l], themes[t],
                                     sizes[s][0], sizes[s][1]);
        if (!strstr(name.ptr, only))
            continue;
        take(state, fonts, langs[l], t + 1, sizes[s][0], sizes[s][1],
             path_join(&arena, str_from(folder), name).ptr);
        written++;
    }
    fonts_close(fonts);
    arena_finish(&arena);
    printf("%d pictures in %s\n", written, folder);
    return 0;
}
