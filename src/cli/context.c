#include "cli/context.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/translate.h"
#include "cli/command.h"
#include "collection/care.h"
#include "sdl/instance.h"

#include <errno.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

static int64_t clock_ms(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* The clock that tests set runs on from the first call. */
static int64_t wall_ms(void)
{
    static int64_t start_ms;
    const char *set = getenv("REPASO_CLOCK_MS");
    long ms;
    if (!set || !str_to_long(str_from(set), &ms))
        return clock_ms(CLOCK_REALTIME);
    if (!start_ms)
        start_ms = clock_ms(CLOCK_MONOTONIC);
    return ms + clock_ms(CLOCK_MONOTONIC) - start_ms;
}

struct moment context_now(void)
{
    int64_t ms = wall_ms();
    time_t seconds = (time_t)(ms / 1000);
    struct tm local = {0};
    localtime_r(&seconds, &local);
    return (struct moment){.at_ms = ms, .tz_min = (int)(local.tm_gmtoff / 60)};
}

uint64_t context_seed(void)
{
    uint64_t seed;
    if (getrandom(&seed, sizeof seed, 0) != (ssize_t)sizeof seed)
        seed = (uint64_t)clock_ms(CLOCK_REALTIME) ^ (uint64_t)getpid() << 40;
    return seed;
}

static struct str home_folder(void)
{
    const char *home = getenv("HOME");
    if (!home || !*home) {
        const struct passwd *user = getpwuid(getuid());
        home = user ? user->pw_dir : "";
    }
    return str_from(home);
}

struct str context_collection_path(const struct call *call, struct arena *arena)
{
    const char *given = call_option(call, "collection", NULL);
    const char *data = getenv("XDG_DATA_HOME");
    if (given)
        return str_copy(arena, str_from(given));
    if (data && data[0] == '/')
        return str_format(arena, "%s/repaso/collection.db", data);
    return str_format(arena, "%.*s/.local/share/repaso/collection.db", STR_ARG(home_folder()));
}

struct str context_machine(struct arena *arena)
{
    struct str id;
    if (!file_read(arena, "/etc/machine-id", 100, &id, NULL))
        return (struct str){0};
    return str_trim(id);
}

struct str context_short_path(struct arena *arena, struct str path)
{
    struct str home = home_folder();
    if (home.len > 1 && str_starts(path, home) && path.len > home.len && path.ptr[home.len] == '/')
        return str_format(arena, "~%.*s", STR_ARG(str_slice(path, home.len, path.len)));
    return path;
}

static bool open_at(struct arena *arena, struct str path, bool read_only, struct collection **ret,
                    struct error *e)
{
    char name[128] = "";
    gethostname(name, sizeof name - 1);
    const struct collection_options options = {
        .now = context_now(),
        .seed = context_seed(),
        .device_name = str_from(name),
        .machine = context_machine(arena),
        .read_only = read_only,
    };
    return collection_open(path.ptr, &options, ret, e);
}

/* The collection that was opened for writing; empty: none was. */
static char written[4096];

void context_tell(void)
{
    if (written[0])
        instance_tell(written, "changed");
}

bool context_open(const struct call *call, struct collection **ret, struct error *e)
{
    struct arena arena = {0};
    struct str path = context_collection_path(call, &arena);
    bool is_new = access(path.ptr, F_OK) != 0;
    bool ok = open_at(&arena, path, false, ret, e);
    if (ok && path.len < sizeof written)
        memcpy(written, path.ptr, path.len + 1);
    struct error care = {0};
    if (ok && !is_new && !collection_look_after(*ret, context_now(), &care))
        fprintf(stderr, _("No backup could be made today: %s\n"), care.text);
    if (ok && is_new)
        fprintf(stderr, _("Your cards and answers are kept in %.*s; nothing leaves this machine.\n"),
                STR_ARG(path));
    arena_finish(&arena);
    return ok;
}

/* A repaso that was killed while writing leaves a journal behind; only who may write can roll it back. */
static bool recover_and_open(struct arena *arena, struct str path, struct collection **ret, struct error *e)
{
    struct collection *writing = NULL;
    if (!open_at(arena, path, false, &writing, e))
        return false;
    collection_close(writing);
    return open_at(arena, path, true, ret, e);
}

bool context_open_to_read(const struct call *call, struct collection **ret, struct error *e)
{
    struct arena arena = {0};
    struct str path = context_collection_path(call, &arena);
    bool ok = false;
    if (access(path.ptr, F_OK) != 0)
        fail(e, ERROR_NOT_FOUND, _("There is no collection in %.*s yet; `repaso add CHAPTER.md` makes one."),
             STR_ARG(path));
    else if (!(ok = open_at(&arena, path, true, ret, e)) && e->kind == ERROR_IO &&
             access(path.ptr, W_OK) == 0)
        ok = recover_and_open(&arena, path, ret, e);
    arena_finish(&arena);
    return ok;
}

struct str context_count(struct arena *arena, const char *one, const char *many, int64_t count)
{
    return str_format(arena, translate_plural(one, many, (unsigned long)count), (long long)count);
}

struct str context_when(struct arena *arena, double days)
{
    unsigned long whole = (unsigned long)(days + 0.5);
    unsigned long months = (unsigned long)(days / 30.4 + 0.5);
    if (days < 0.5)
        return str_from(_("today"));
    if (whole == 1)
        return str_from(_("tomorrow"));
    if (whole < 60)
        return str_format(arena, translate_plural("in %lu day", "in %lu days", whole), whole);
    if (months < 24)
        return str_format(arena, translate_plural("in %lu month", "in %lu months", months), months);
    return str_format(arena, _("in %.1f years"), days / 365.25);
}

static bool progress_shown;

void context_progress(const char *format, ...)
{
    if (!isatty(STDERR_FILENO))
        return;
    va_list arguments;
    va_start(arguments, format);
    fputs("\r\033[K", stderr);
    vfprintf(stderr, format, arguments);
    fflush(stderr);
    va_end(arguments);
    progress_shown = true;
}

void context_progress_end(void)
{
    if (progress_shown)
        fputs("\r\033[K", stderr);
    progress_shown = false;
}

void context_progress_bar(void *self, size_t index, size_t count, struct str path)
{
    enum { CELLS = 24 };
    char bar[CELLS + 1];
    size_t done = count ? index * CELLS / count : 0;
    (void)self;
    for (size_t i = 0; i < CELLS; i++)
        bar[i] = i < done ? '#' : '.';
    bar[CELLS] = 0;
    struct str name = path_name(path);
    if (count > 1)
        context_progress("[%s] %zu/%zu %.*s", bar, index + 1, count, STR_ARG(name));
    else
        context_progress(_("Reading %.*s …"), STR_ARG(name));
}
