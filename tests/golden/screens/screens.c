/* The main screens, pixel by pixel, with the faces that Debian 12 installs.
 *
 *     golden-screens FOLDER [--update]      exits 77 where the faces are others */
#include "states.h"

#include "base/file.h"
#include "sdl/fonts.h"
#include "sdl/pictures.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 960, HEIGHT = 640, SKIP = 77 };

static const char *const shown[] = {"home",         "study-back", "study-typed-back", "study-order-back",
                                    "first-choose", "reader",     "statistics"};
static const char *const themes[] = {"light", "dark", "contrast"};

static const struct state *state_named(const char *name)
{
    for (const struct state *state = states; state->name; state++)
        if (strcmp(state->name, name) == 0)
            return state;
    return NULL;
}

static struct canvas *paint(const struct state *state, struct fonts *fonts, int theme)
{
    struct world world;
    struct pixel_rect changed[UI_DAMAGE_MAX];
    int count;
    const struct app_options options = {.language = STR("es"), .theme = theme + 1};
    state_open(state, &world, &options, fonts_table(fonts), WIDTH, HEIGHT);
    struct canvas *canvas = canvas_new(WIDTH, HEIGHT, 1);
    app_paint(world.app, canvas, changed, &count);
    world_wait(&world, 2000);
    app_paint(world.app, canvas, changed, &count);
    world_close(&world);
    return canvas;
}

static bool same(struct canvas *canvas, const char *path, bool update)
{
    enum { TOLERANCE = 8 };
    const double most = 0.001;
    struct canvas *wanted = NULL;
    struct error e = {0};
    if (update)
        return canvas_write_png(canvas, path, &e);
    if (!canvas_read_png(path, &wanted, &e)) {
        fprintf(stderr, "%s: %s\n", path, e.text);
        return false;
    }
    double share = canvas_difference(canvas, wanted, TOLERANCE);
    if (share > most)
        fprintf(stderr, "%s: %.2f %% of the pixels differ; run with --update if they should\n", path,
                share * 100);
    canvas_close(wanted, NULL);
    return share <= most;
}

int main(int argc, char **argv)
{
    static const char *const faces[] = {"/usr/share/fonts/opentype/inter/Inter-Regular.otf",
                                        "/usr/share/fonts/truetype/charis/CharisSIL-Regular.ttf"};
    bool update = argc > 2 && strcmp(argv[2], "--update") == 0, good = true;
    for (size_t i = 0; i < sizeof faces / sizeof *faces; i++)
        if (access(faces[i], R_OK) != 0)
            return SKIP;
    struct fonts *fonts = fonts_open();
    world_picture = picture_decode;
    for (size_t i = 0; i < sizeof shown / sizeof *shown * 3; i++) {
        char path[512];
        int theme = (int)(i % 3);
        snprintf(path, sizeof path, "%s/%s-%s.png", argv[1], shown[i / 3], themes[theme]);
        struct canvas *canvas = paint(state_named(shown[i / 3]), fonts, theme);
        good &= same(canvas, path, update);
        canvas_close(canvas, NULL);
    }
    fonts_close(fonts);
    return good ? 0 : 1;
}
