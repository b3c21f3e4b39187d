/* A learner's world for tests of the screens and for pictures of them: a collection with a history, a clock
 * that stands still until told, and an app without a window. */
#ifndef REPASO_TESTS_SCREENS_WORLD_H
#define REPASO_TESTS_SCREENS_WORLD_H

#include "app/app.h"
#include "base/arena.h"

struct world {
    struct arena arena;
    char folder[64]; /* removed at the end */
    struct str path;
    int64_t now_ms;   /* since 1970 */
    int64_t clock_ms; /* steady */
    struct app *app;
    struct str copied; /* what was put on the clipboard */
};

/* What is in the collection before the app opens it. */
enum world_kind {
    WORLD_EMPTY,
    WORLD_NEW,   /* one chapter just added, nothing studied */
    WORLD_USED,  /* two books, three weeks of answers, some cards due */
    WORLD_HARD,  /* long texts, other scripts, pictures of characters, control characters */
    WORLD_LARGE, /* ten thousand cards */
    WORLD_SETS,  /* a gap, an ordering, a matching, and drafts */
};

struct canvas_image;
struct error;
/* How pictures of cards are decoded; NULL: not at all. */
extern struct canvas_image *(*world_picture)(struct str bytes, struct error *e);

/* `options->collection` is filled in. Aborts with a sentence when something fails. */
void world_open(struct world *world, enum world_kind kind, const struct app_options *options,
                const struct ui_fonts *fonts);
void world_close(struct world *world);
/* Fills a collection file and leaves it closed. */
void world_make(const char *path, enum world_kind kind, int64_t now_ms);
/* Answers everything, every third one wrong, until the session is over. */
void world_finish_session(struct world *world);
/* Both clocks. */
void world_wait(struct world *world, int64_t ms);

#endif
