/* The tree as assistive technology wants it: what is spoken only, without what is layout. sdl/atk/ is a module of its
 * own, opened when assistive technology is on, that shows it on the accessibility bus; this is all that passes between
 * the two. */
#ifndef REPASO_SDL_ACCESS_H
#define REPASO_SDL_ACCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ui;

/* Strings end with a NUL; `parent` is an index, -1 for the window itself. Children stand behind their parents. */
struct access_node {
    uint64_t id;
    int role;       /* enum ui_role */
    uint32_t state; /* UI_FOCUSABLE … */
    bool action;    /* can be performed */
    const char *name, *value, *help, *keys;
    float x, y, w, h; /* in pixels of the window */
    int parent;
};

struct access_tree {
    const struct access_node *nodes;
    size_t count;
    uint64_t focus;
    const char *announcement; /* what is to be said now; "" for nothing */
    int x, y;                 /* of the window on the screen */
};

/* Called by the module from a thread of its own. */
struct access_host {
    void *self;
    void (*perform)(void *self, uint64_t id);
    void (*focus)(void *self, uint64_t id);
};

/* What the module exports under these names. The tree is copied. */
typedef bool access_start_function(const struct access_host *host);
typedef void access_show_function(const struct access_tree *tree);
typedef void access_stop_function(void);

/* Whether somebody wants it: REPASO_ACCESSIBILITY (0 or 1), else what the session bus says. Takes some milliseconds:
 * for a thread of its own. */
bool access_wanted(void);
/* False if the module or the bus is not there. `host` must outlive it. */
bool access_open(const struct access_host *host);
/* `scale`: pixels a dp of the tree. */
void access_show(struct ui *ui, float scale, int x, int y);
void access_close(void);

#endif
