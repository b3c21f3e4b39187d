#include "cli/watch.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/translate.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

/* An editor writes a copy, renames, writes attributes: one change. */
enum { PAUSE_MS = 100, DEPTH = 8 };
enum { WRITTEN = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE, FOLDERS = IN_CREATE };

struct watch {
    int inotify;
    sigset_t usual; /* the signals that are held back anyway */
};

volatile bool watch_ended;

static void end(int signal)
{
    (void)signal;
    watch_ended = true;
}

static void take_signals(struct watch *watch)
{
    const struct sigaction action = {.sa_handler = end};
    sigset_t ours;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGTERM);
    sigprocmask(SIG_UNBLOCK, &ours, NULL);
    sigprocmask(SIG_SETMASK, NULL, &watch->usual);
}

bool watch_open(struct watch **ret, struct error *e)
{
    int inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (inotify < 0)
        return fail(e, ERROR_IO, _("Files cannot be watched on this machine: %s."), strerror(errno));
    *ret = calloc(1, sizeof **ret);
    (*ret)->inotify = inotify;
    take_signals(*ret);
    return true;
}

void watch_close(struct watch *watch)
{
    if (!watch)
        return;
    close(watch->inotify);
    free(watch);
}

static bool add_folder(struct watch *watch, const char *folder, struct error *e)
{
    if (inotify_add_watch(watch->inotify, folder, WRITTEN | FOLDERS | IN_ONLYDIR) >= 0)
        return true;
    fail(e, ERROR_IO, _("The folder cannot be watched: %s."), strerror(errno));
    return error_at(e, str_from(folder), 0, 0);
}

bool watch_file(struct watch *watch, struct str path, struct error *e)
{
    struct arena arena = {0};
    struct str copy = str_copy(&arena, path);
    char *real = realpath(copy.ptr, NULL);
    bool ok = add_folder(watch, str_copy(&arena, path_folder(copy)).ptr, e) &&
              (!real || add_folder(watch, str_copy(&arena, path_folder(str_from(real))).ptr, e));
    free(real);
    arena_finish(&arena);
    return ok;
}

static bool add_tree(struct watch *watch, struct arena *arena, struct str folder, int depth, struct error *e)
{
    DIR *dir = opendir(folder.ptr);
    bool ok = add_folder(watch, folder.ptr, e);
    struct dirent *entry;
    while (ok && dir && depth < DEPTH && (entry = readdir(dir))) {
        struct str path = path_join(arena, folder, str_from(entry->d_name));
        struct stat info;
        if (entry->d_name[0] != '.' && stat(path.ptr, &info) == 0 && S_ISDIR(info.st_mode))
            ok = add_tree(watch, arena, path, depth + 1, e);
    }
    if (dir)
        closedir(dir);
    return ok;
}

bool watch_tree(struct watch *watch, struct str folder, struct error *e)
{
    struct arena arena = {0};
    bool ok = add_tree(watch, &arena, str_copy(&arena, folder), 0, e);
    arena_finish(&arena);
    return ok;
}

static bool event_matters(const struct inotify_event *event, bool (*matters)(struct str name))
{
    if (event->mask & (IN_ISDIR | IN_Q_OVERFLOW))
        return true;
    return event->mask & WRITTEN && event->len && matters(str_from(event->name));
}

/* Reads what has come; true if any of it matters. */
static bool drain(struct watch *watch, bool (*matters)(struct str name))
{
    _Alignas(struct inotify_event) char room[8192];
    bool any = false;
    ssize_t len;
    while ((len = read(watch->inotify, room, sizeof room)) > 0) {
        const struct inotify_event *event;
        for (char *at = room; at < room + len; at += sizeof *event + event->len) {
            event = (const struct inotify_event *)at;
            any = event_matters(event, matters) || any;
        }
    }
    return any;
}

bool watch_wait(struct watch *watch, bool (*matters)(struct str name))
{
    struct pollfd poll = {.fd = watch->inotify, .events = POLLIN};
    const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};
    /* Held back but in the wait itself, so that none gets lost between the look at `watch_ended` and the wait. */
    sigset_t held = watch->usual;
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigprocmask(SIG_SETMASK, &held, NULL);
    for (bool any = false; !watch_ended;) {
        int ready = ppoll(&poll, 1, any ? &pause : NULL, &watch->usual);
        if (ready == 0)
            break;
        any = drain(watch, matters) || any;
    }
    sigprocmask(SIG_SETMASK, &watch->usual, NULL);
    return !watch_ended;
}
