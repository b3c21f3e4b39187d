/* Joins everything for the window: owns the collection, the session, the stack of screens and the settings of
 * the interface; fills the views, performs the actions. Knows no window: what it needs of one is a table of
 * functions, so tests run it without. */
#ifndef REPASO_APP_APP_H
#define REPASO_APP_APP_H

#include "base/error.h"
#include "base/str.h"
#include "ui/ui.h"

#include <stdbool.h>
#include <stdint.h>

struct app;

/* What the window gives. Any function may be NULL. */
struct app_window {
    void *self;
    const struct ui_fonts *fonts; /* NULL: fixed metrics */
    void (*copy)(void *self, struct str text);
    struct str (*paste)(void *self, struct arena *arena);
    int64_t (*now_ms)(void *self, int *ret_tz_min); /* since 1970, and the minutes east of UTC */
    int64_t (*clock_ms)(void *self);                /* steady */
    void (*wake)(void *self);                       /* from any thread: app_event_done is wanted */
    void (*study_font)(void *self, struct str family);
    void (*full_screen)(void *self, bool on);
    void (*title)(void *self, struct str title);
    bool (*dark)(void *self); /* what the system prefers */
    /* A picture out of a file's bytes; NULL after an error. */
    struct canvas_image *(*picture)(void *self, struct str bytes, struct error *e);
    bool (*play)(void *self, const char *path, struct error *e); /* a sound */
    void (*say)(void *self, struct str text, struct str lang);   /* aloud, instead of what is being said */
};

struct app_options {
    const char *collection; /* path */
    struct str machine;     /* see struct collection_options */
    uint64_t seed;
    struct str deck;       /* to study at once; empty: the home screen */
    bool study;            /* start studying (all decks when `deck` is empty) */
    struct str screen;     /* start there instead: "settings", "statistics" …; empty: home */
    struct str_list files; /* to import at once */
    struct str language;   /* over the setting, for pictures: "es", "en" */
    int theme;             /* likewise, 1 + enum ui_theme; 0: the setting */
    float scale;           /* of the device; 0 is 1 */
};

bool app_open(const struct app_options *options, const struct app_window *window, struct app **ret,
              struct error *e);
/* NULL is fine. */
void app_close(struct app *app);

/* Pixels of the window, and pixels a dp of the device (the user's zoom comes on top). */
void app_resize(struct app *app, int width_px, int height_px, float device_scale);
/* Pointer positions in dp of the device: the app takes its zoom out. True if there is something to paint. */
bool app_event(struct app *app, const struct ui_event *event);
/* What Enter on a node would do, and the focus on it: for assistive technology. */
void app_perform(struct app *app, uint64_t node);
void app_focus(struct app *app, uint64_t node);
/* Studies a deck by its name, all of them if it is empty. */
void app_study(struct app *app, struct str deck);
/* A file dropped on the window. */
void app_drop(struct app *app, struct str path);
/* A job ended or time went by: looks what is to be done. */
void app_tick(struct app *app);
/* Milliseconds until app_tick or the next frame of an animation is wanted; negative: never. */
int app_wait_ms(struct app *app);
/* Builds the tree anew and paints what changed. */
void app_paint(struct app *app, struct canvas *canvas, struct pixel_rect ret[UI_DAMAGE_MAX], int *ret_count);
/* Builds without painting. */
void app_build(struct app *app);
bool app_done(const struct app *app);

/* For the window and for tests. */
struct ui *app_ui(struct app *app);
/* "home", "study", "end", … */
struct str app_screen(const struct app *app);
/* Performs a command of the table by its id ("study.reveal"); false if there is none or it is not enabled. */
bool app_command(struct app *app, struct str id, int64_t argument, struct str text);
/* Where the window was: "1280x800+max"; kept in the collection. */
struct str app_window_state(struct app *app, struct arena *arena);
void app_keep_window_state(struct app *app, struct str state);

/* The command table, for the manual page and the help of the command line. */
struct app_command_row {
    const char *id, *name, *keys, *help, *place; /* keys as "Ctrl+K, /"; in the language in force */
};
size_t app_commands(const struct app_command_row **ret);

#endif
