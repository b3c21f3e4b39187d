#include "exchange/package.h"

#include "base/buffer.h"
#include "base/translate.h"
#include "exchange/anki.h"
#include "exchange/foreign.h"
#include "exchange/inside.h"
#include "exchange/sandbox.h"
#include "exchange/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* The child: repaso read-package NOW_MS TZ_MIN PROGRESS BYTES LANG, the package on descriptor 0, records out of 1, an empty
 * file for the database on 3. */
static const char child_word[] = "read-package";
enum { ARGUMENTS = 7, SCRATCH = 3 };

extern char **environ;

/* An empty file without a name, on disk: databases may be half a gigabyte. */
static int make_scratch(void)
{
    const char *folder = getenv("TMPDIR");
    int file = open(folder && *folder ? folder : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
    return file >= 0 ? file : memfd_create("repaso", MFD_CLOEXEC);
}

struct child {
    pid_t process;
    int records; /* to read from; -1: none */
};

/* dup2 onto itself would leave a descriptor marked for closing. */
static bool place(posix_spawn_file_actions_t *actions, const int from[3])
{
    static const int to[3] = {STDIN_FILENO, STDOUT_FILENO, SCRATCH};
    for (int i = 0; i < 3; i++)
        if (posix_spawn_file_actions_adddup2(actions, from[i], to[i]) != 0)
            return false;
    return true;
}

/* Out of the way of the places that the child finds its files at. */
static int move_up(int file)
{
    int moved = fcntl(file, F_DUPFD_CLOEXEC, SCRATCH + 1);
    close(file);
    return moved;
}

static bool start(struct child *child, const char *program, char *const arguments[], int package, int scratch,
                  struct error *e)
{
    int ends[2];
    posix_spawn_file_actions_t actions;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return fail(e, ERROR_IO, _("the reader of packages cannot be started: %s"), strerror(errno));
    ends[1] = move_up(ends[1]);
    posix_spawn_file_actions_init(&actions);
    bool ok = place(&actions, (int[]){package, ends[1], scratch});
    int code = ok ? posix_spawn(&child->process, program, &actions, NULL, arguments, environ) : ENOMEM;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (code == 0) {
        child->records = ends[0];
        return true;
    }
    close(ends[0]);
    return fail(e, ERROR_IO, _("the reader of packages cannot be started: %s"), strerror(code));
}

/* A reader that ended without a last word ran into a limit, or fell over what it read. */
static bool fail_child(int status, struct error *e)
{
    if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
        return fail(e, ERROR_LIMIT, _("this package takes too long to read, or needs too much memory"));
    return fail(e, ERROR_CORRUPT,
                _("this package cannot be read: its reader stopped in the middle; get the file again"));
}

static bool receive(struct reading *r, struct child *child)
{
    bool ended = false;
    int status = 0;
    bool ok = wire_receive(r->arena, child->records, r->options, r->sink, &r->report, &ended, r->e);
    close(child->records);
    if (!ok && !ended)
        kill(child->process, SIGKILL);
    while (waitpid(child->process, &status, 0) < 0 && errno == EINTR)
        ;
    return ok || (r->e->kind != ERROR_NONE ? false : fail_child(status, r->e));
}

static bool read_in_child(struct reading *r, int package, int scratch)
{
    struct child child = {.records = -1};
    const struct read_options *options = r->options;
    const char *program = options->reader_program ? options->reader_program : "/proc/self/exe";
    char now[24], tz[12], progress[] = "1", bytes[] = "1";
    char *lang = (char *)str_copy(&r->scratch, options->lang).ptr;
    snprintf(now, sizeof now, "%lld", (long long)options->now_ms);
    snprintf(tz, sizeof tz, "%d", options->tz_min);
    progress[0] = options->without_progress ? '0' : '1';
    bytes[0] = r->sink->wants_bytes ? '1' : '0';
    char *const arguments[] = {(char *)"repaso", (char *)child_word, now, tz, progress, bytes, lang, NULL};
    return start(&child, program, arguments, package, scratch, r->e) && receive(r, &child);
}

bool read_package(struct reading *r, const char *path)
{
    int package = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (package < 0)
        return fail(r->e, error_kind_of(errno), _("cannot read: %s"), strerror(errno));
    package = move_up(package);
    int scratch = move_up(make_scratch());
    bool ok = scratch >= 0 ? read_in_child(r, package, scratch)
                           : fail(r->e, error_kind_of(errno),
                                  _("there is no room to unpack this package: %s"), strerror(errno));
    close(package);
    if (scratch >= 0)
        close(scratch);
    return ok;
}

/* In the child */

static bool read_here(char **argv, struct wire_sender *sender, struct read_report *report, struct error *e)
{
    struct arena arena = {0};
    long now, tz;
    struct read_options options = {.without_progress = argv[4][0] == '0', .lang = str_from(argv[6])};
    if (!str_to_long(str_from(argv[2]), &now) || !str_to_long(str_from(argv[3]), &tz))
        return fail(e, ERROR_USAGE, "read-package");
    options.now_ms = now;
    options.tz_min = (int)tz;
    struct parcel_sink sink = wire_sink(sender);
    sink.wants_bytes = argv[5][0] == '1';
    bool ok = anki_read(&arena, STDIN_FILENO, SCRATCH, &options, &sink, report, e);
    wire_end(sender, ok, report, e);
    return ok; /* the arena ends with the process */
}

bool package_child(int argc, char **argv, int *ret_status)
{
    if (argc != ARGUMENTS || strcmp(argv[1], child_word) != 0)
        return false;
    struct buffer out = {0};
    struct wire_sender sender = {.file = STDOUT_FILENO, .out = &out};
    struct read_report report = {0};
    struct error e = {0};
    foreign_limit_memory();
    sandbox_enter();
    *ret_status = read_here(argv, &sender, &report, &e) ? 0 : 1;
    _exit(*ret_status);
}
