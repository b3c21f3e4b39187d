/* Told when a file changes, by the kernel: between changes nothing runs. Folders are watched, not files, since editors
 * replace a file by another of its name. */
#ifndef REPASO_CLI_WATCH_H
#define REPASO_CLI_WATCH_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>

struct watch;

/* From here on Ctrl+C ends the waiting, not the program: `watch_ended` becomes true. One watch a program. */
bool watch_open(struct watch **ret, struct error *e);
void watch_close(struct watch *watch);
extern volatile bool watch_ended;

/* The folder that the file lies in, and the one that it really lies in if it is a link. Again is free. */
bool watch_file(struct watch *watch, struct str path, struct error *e);
/* A folder with the folders in it. Again looks for new ones. */
bool watch_tree(struct watch *watch, struct str folder, struct error *e);

/* Waits until something whose name `matters` was written, replaced or deleted, and whoever did it has paused. False: the
 * user ended it. */
bool watch_wait(struct watch *watch, bool (*matters)(struct str name));

#endif
