/* Every state of the list is sound: names, targets of 44 dp, nothing overlapping, outside or cut off, the focus in sight;
 * in both languages, large and small windows, at twice the size, and in the smallest window there is. */
#include "states.h"

#include "base/buffer.h"
#include "ui/test.h"

#include <stdio.h>

static int failures;

static void audit(struct world *world, const char *state, const char *how)
{
    struct buffer wrong = {0};
    app_build(world->app);
    app_build(world->app); /* what learns its width from the first */
    ui_audit(app_ui(world->app), &wrong);
    if (wrong.len) {
        printf("%s (%s):\n%s", state, how, wrong.bytes);
        failures++;
    }
    buffer_finish(&wrong);
}

static void audit_state(const struct state *state)
{
    static const struct {
        int width, height;
        float scale;
        const char *how;
    } windows[] = {{1280, 800, 1, "1280x800"},
                   {800, 600, 1, "800x600"},
                   {1600, 1200, 2, "800x600 at twice the size"},
                   {400, 640, 1, "400x640"}};
    struct world world;
    const struct app_options options = {.language = STR("es"), .theme = 1};
    state_open(state, &world, &options, NULL, 1280, 800);
    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) {
        app_resize(world.app, windows[i].width, windows[i].height, windows[i].scale);
        audit(&world, state->name, windows[i].how);
    }
    app_command(world.app, STR("language"), 0, (struct str){0});
    audit(&world, state->name, "in English");
    app_resize(world.app, 200, 100, 1);
    app_build(world.app);
    world_close(&world);
}

int main(void)
{
    for (const struct state *state = states; state->name; state++)
        audit_state(state);
    return failures ? 1 : 0;
}
