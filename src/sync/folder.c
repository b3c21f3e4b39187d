#include "sync/folder.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "base/translate.h"
#include "sync/line.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A month of one device; more is no log of a person. */
enum { LARGEST_FILE = 256 << 20, BATCH = 5000 };

struct syncing {
    struct collection *c;
    struct arena *arena;
    const char *folder;
    struct moment now;
    struct known_devices known;
    struct str_list *notes;
    struct sync_report *report;
    struct error *e;
};

static void note(struct syncing *s, struct str sentence)
{
    if (s->notes)
        list_push(s->arena, s->notes, sentence);
}

static bool fail_errno(struct syncing *s, const char *path, const char *what)
{
    int cause = errno;
    return fail(s->e, error_kind_of(cause), "%s: %s: %s", path, what, strerror(cause));
}

static int by_name(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* Names in a folder, sorted; none when it is not there. `ending` keeps only those. */
static struct str_list list_folder(struct arena *arena, const char *path, struct str ending)
{
    struct str_list names = {0};
    DIR *dir = opendir(path);
    if (!dir)
        return names;
    for (struct dirent *entry; (entry = readdir(dir));)
        if (entry->d_name[0] != '.' && str_ends(str_from(entry->d_name), ending))
            list_push(arena, &names, str_copy(arena, str_from(entry->d_name)));
    closedir(dir);
    if (names.count)
        qsort(names.items, names.count, sizeof *names.items, by_name);
    return names;
}

/* What a file holds up to its first bad line. */
struct log_file {
    const char *path;
    struct str device, person;
    struct carried_events events;
    size_t good; /* bytes */
    bool cut;
};

static bool next_line(struct str bytes, size_t *at, struct str *ret)
{
    size_t end = str_find(bytes, STR("\n"), *at);
    if (end == SIZE_MAX)
        return false;
    *ret = str_slice(bytes, *at, end);
    *at = end + 1;
    return true;
}

static bool read_log_file(struct syncing *s, const char *path, struct log_file *ret)
{
    struct str bytes, line;
    struct log_file file = {.path = path};
    if (!file_read(s->arena, path, LARGEST_FILE, &bytes, s->e))
        return false;
    size_t at = 0;
    file.cut = bytes.len > 0;
    if (next_line(bytes, &at, &line) && line_read_header(line, &file.device, &file.person)) {
        file.good = at;
        struct carried event;
        while (next_line(bytes, &at, &line) && line_read(line, &event)) {
            event.device = file.device;
            event.person = file.person;
            list_push(s->arena, &file.events, event);
            file.good = at;
        }
        file.cut = file.good < bytes.len;
    }
    *ret = file;
    return true;
}

static void note_cut(struct syncing *s, const struct log_file *file)
{
    s->report->cut++;
    note(
        s,
        str_format(
            s->arena,
            _("%s: line %zu is cut or altered; what stands before it was taken, the rest is tried again next "
              "time"),
            file->path, file->events.count + 2));
}

static int64_t have_of(const struct syncing *s, struct str device)
{
    list_each (struct known_device, known, &s->known)
        if (str_equal(known->id, device))
            return known->have;
    return 0;
}

static bool merge(struct syncing *s, const struct carried_events *events, struct merge_report *ret)
{
    if (!log_merge(s->c, events, s->now, ret, s->e))
        return false;
    s->report->received += ret->received;
    s->report->ahead += ret->ahead;
    s->report->refused += ret->refused;
    s->report->cards += ret->cards;
    return true;
}

/* Only what is new, in portions: a transaction must not hold the file for long. */
static bool merge_new(struct syncing *s, const struct log_file *file)
{
    int64_t have = have_of(s, file->device);
    struct carried_events portion = {0};
    for (size_t i = 0; i <= file->events.count; i++) {
        bool end = i == file->events.count;
        if (!end && file->events.items[i].seq > have)
            list_push(s->arena, &portion, file->events.items[i]);
        if (portion.count && (end || portion.count == BATCH)) {
            struct merge_report report;
            if (!merge(s, &portion, &report))
                return false;
            portion.count = 0;
        }
    }
    return true;
}

static bool is_me(const struct syncing *s, struct str device)
{
    return str_equal(device, collection_device(s->c));
}

/* One device's files. Their header says whose they are: a folder that was renamed, or a copy with another name, is read
 * all the same. */
static bool read_device(struct syncing *s, struct str name)
{
    struct str path = path_join(s->arena, path_join(s->arena, str_from(s->folder), STR("log")), name);
    struct str_list files = list_folder(s->arena, path.ptr, STR(".rlog"));
    bool other = false;
    for (size_t i = 0; i < files.count; i++) {
        struct log_file file;
        if (!read_log_file(s, path_join(s->arena, path, files.items[i]).ptr, &file))
            return false;
        if (is_me(s, file.device))
            continue;
        other = true;
        if (file.cut)
            note_cut(s, &file);
        if (!merge_new(s, &file))
            return false;
    }
    s->report->devices += other;
    return true;
}

/* This device's own files, where a clone of it may have written as well. */

static struct str own_folder(struct syncing *s)
{
    struct str log = path_join(s->arena, str_from(s->folder), STR("log"));
    return path_join(s->arena, log, collection_device(s->c));
}

/* Cuts what a crash left behind the last whole line; only the owner may. */
static bool mend(struct syncing *s, const struct log_file *file)
{
    if (!file->cut)
        return true;
    return truncate(file->path, (off_t)file->good) == 0 || fail_errno(s, file->path, _("cannot be mended"));
}

static bool same_event(const struct carried *a, const struct carried *b)
{
    return a->hlc == b->hlc && a->kind == b->kind && a->at_ms == b->at_ms && a->tz_min == b->tz_min &&
           str_equal(a->deck, b->deck) && str_equal(a->card, b->card) && str_equal(a->body, b->body);
}

/* Everything under our name in the folder, in the order of the files. */
static bool read_own(struct syncing *s, struct carried_events *ret)
{
    struct str path = own_folder(s);
    struct str_list files = list_folder(s->arena, path.ptr, STR(".rlog"));
    *ret = (struct carried_events){0};
    for (size_t i = 0; i < files.count; i++) {
        struct log_file file;
        if (!read_log_file(s, path_join(s->arena, path, files.items[i]).ptr, &file) || !mend(s, &file))
            return false;
        if (is_me(s, file.device))
            for (size_t k = 0; k < file.events.count; k++)
                list_push(s->arena, ret, file.events.items[k]);
    }
    return true;
}

/* The first place where the folder's log under our name is not ours; 0 when it is. `*ret_longer`: it goes on where ours
 * ends. */
static bool find_fork(struct syncing *s, const struct carried_events *theirs, int64_t *ret_fork,
                      bool *ret_longer)
{
    struct carried_events ours;
    if (!log_since(s->c, s->arena, collection_device(s->c), 0, 0, &ours, s->e))
        return false;
    *ret_fork = 0;
    *ret_longer = false;
    list_each (struct carried, event, theirs) {
        if ((size_t)event->seq > ours.count)
            *ret_longer = true;
        else if (!same_event(event, &ours.items[event->seq - 1]) &&
                 (*ret_fork == 0 || event->seq < *ret_fork))
            *ret_fork = event->seq;
    }
    return true;
}

/* What we have that the folder has not: our events move to a new name, and under the old one theirs are taken in. */
static bool settle_clone(struct syncing *s, const struct carried_events *theirs, int64_t fork)
{
    struct merge_report report;
    if (!log_fork(s->c, fork, s->now, s->e) || !merge(s, theirs, &report))
        return false;
    s->report->renamed = true;
    note(
        s,
        str_format(
            s->arena,
            _("another copy of this collection has written under this device's name; from now on this one is "
              "%.*s"),
            STR_ARG(collection_device(s->c))));
    return true;
}

static struct str month_name(struct syncing *s)
{
    time_t seconds = (time_t)(s->now.at_ms / 1000);
    struct tm tm = {0};
    gmtime_r(&seconds, &tm);
    return str_format(s->arena, "%04d%02d.rlog", tm.tm_year + 1900, tm.tm_mon + 1);
}

/* The bytes are on the disk, or the file is as long as before. */
static bool append(struct syncing *s, const char *path, struct str bytes)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return fail_errno(s, path, _("cannot be written"));
    struct stat before;
    bool ok = fstat(fd, &before) == 0;
    for (size_t at = 0; ok && at < bytes.len;) {
        ssize_t wrote = write(fd, bytes.ptr + at, bytes.len - at);
        ok = wrote > 0;
        at += ok ? (size_t)wrote : 0;
    }
    ok = ok && fdatasync(fd) == 0;
    if (!ok) {
        fail_errno(s, path, _("cannot be written"));
        if (ftruncate(fd, before.st_size) != 0)
            note(s, str_format(s->arena, _("%s: a part of a line stays behind; it is cut next time"), path));
    }
    close(fd);
    return ok;
}

static bool send(struct syncing *s, int64_t behind)
{
    struct carried_events events;
    if (!log_since(s->c, s->arena, collection_device(s->c), behind, 0, &events, s->e))
        return false;
    if (events.count == 0)
        return true;
    struct str folder = own_folder(s), path = path_join(s->arena, folder, month_name(s));
    struct buffer lines = {0};
    struct stat status;
    if (stat(path.ptr, &status) != 0 || status.st_size == 0)
        line_add_header(&lines, collection_device(s->c), events.items[0].person);
    list_each (struct carried, event, &events)
        line_add(&lines, event);
    bool ok = file_make_folders(folder.ptr, s->e) && append(s, path.ptr, buffer_str(&lines));
    buffer_finish(&lines);
    if (ok)
        s->report->sent = (int64_t)events.count;
    return ok;
}

/* The last event of ours in the folder, counted without a gap. */
static int64_t last_sent(const struct carried_events *theirs)
{
    int64_t last = 0;
    list_each (struct carried, event, theirs)
        if (event->seq == last + 1)
            last = event->seq;
    return last;
}

static bool exchange(struct syncing *s)
{
    struct carried_events theirs;
    int64_t fork;
    bool longer;
    if (!log_devices(s->c, s->arena, &s->known, s->e) || !read_own(s, &theirs) ||
        !find_fork(s, &theirs, &fork, &longer))
        return false;
    int64_t sent = last_sent(&theirs);
    if (fork || longer) {
        if (!settle_clone(s, &theirs, fork))
            return false;
        sent = 0;
    }
    struct str_list devices =
        list_folder(s->arena, path_join(s->arena, str_from(s->folder), STR("log")).ptr, (struct str){0});
    for (size_t i = 0; i < devices.count; i++)
        if (!read_device(s, devices.items[i]))
            return false;
    return send(s, sent);
}

bool sync_folder(struct collection *collection, struct arena *arena, const char *folder, struct moment now,
                 struct sync_report *ret, struct str_list *notes, struct error *e)
{
    struct sync_report report = {0};
    struct syncing s = {.c = collection,
                        .arena = arena,
                        .folder = folder,
                        .now = now,
                        .notes = notes,
                        .report = &report,
                        .e = e};
    struct stat status;
    if (stat(folder, &status) != 0)
        return fail_errno(&s, folder,
                          _("the folder is not there; is the stick plugged in, the drive connected?"));
    if (!S_ISDIR(status.st_mode))
        return fail(e, ERROR_IO, _("%s is a file; name the shared folder"), folder);
    if (!exchange(&s))
        return false;
    *ret = report;
    return true;
}

static struct str person_of_me(const struct syncing *s)
{
    list_each (struct known_device, known, &s->known)
        if (known->me)
            return known->person;
    return (struct str){0};
}

static bool take_file(struct syncing *s, const char *path, struct log_file *ret)
{
    if (!log_devices(s->c, s->arena, &s->known, s->e) || !read_log_file(s, path, ret))
        return false;
    if (ret->device.len == 0)
        return fail(s->e, ERROR_SYNTAX,
                    _("%s holds no answers of repaso: its first line does not say whose they are"), path);
    if (is_me(s, ret->device))
        return fail(s->e, ERROR_USAGE, _("%s is this device's own log; hand it to another one"), path);
    if (ret->cut)
        note_cut(s, ret);
    s->report->devices = 1;
    return merge_new(s, ret);
}

bool sync_file(struct collection *collection, struct arena *arena, const char *path, struct moment now,
               struct sync_report *ret, struct str *ret_person, struct str_list *notes, struct error *e)
{
    struct sync_report report = {0};
    struct log_file file;
    struct syncing s = {
        .c = collection, .arena = arena, .now = now, .notes = notes, .report = &report, .e = e};
    if (!take_file(&s, path, &file))
        return false;
    *ret = report;
    *ret_person = str_equal(file.person, person_of_me(&s)) ? (struct str){0} : file.person;
    return true;
}
