#include "base/file.h"

#include "base/arena.h"
#include "base/translate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail_with_errno(struct error *e, const char *path, const char *what)
{
    int cause = errno;
    fail(e, error_kind_of(cause), "%s: %s", what, strerror(cause));
    return error_at(e, str_from(path), 0, 0);
}

static bool fail_at(struct error *e, const char *path, enum error_kind kind, const char *text)
{
    fail(e, kind, "%s", text);
    return error_at(e, str_from(path), 0, 0);
}

static bool check_kind(const char *path, const struct stat *info, size_t limit, struct error *e)
{
    if (S_ISDIR(info->st_mode))
        return fail_at(e, path, ERROR_IO, _("this is a folder; name a file in it"));
    if (!S_ISREG(info->st_mode) && !S_ISFIFO(info->st_mode))
        return fail_at(e, path, ERROR_IO, _("this is not an ordinary file"));
    if ((unsigned long long)info->st_size > limit) {
        fail(e, ERROR_LIMIT, _("the file is larger than the %zu MB that can be read; split it"), limit >> 20);
        return error_at(e, str_from(path), 0, 0);
    }
    return true;
}

/* Reads to the end, whatever the size said at first: the file may be growing, or be a pipe. */
static bool read_all(struct arena *arena, int fd, const char *path, size_t limit, size_t expected,
                     struct str *ret, struct error *e)
{
    size_t capacity = expected + 1, len = 0;
    char *bytes = arena_alloc(arena, capacity + 1);
    for (;;) {
        ssize_t got = read(fd, bytes + len, capacity - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_with_errno(e, path, _("cannot read"));
        len += (size_t)got;
        if (len > limit)
            return fail_at(e, path, ERROR_LIMIT, _("the file is larger than can be read; split it"));
        if (got == 0)
            break;
        if (len == capacity) {
            char *grown = arena_alloc(arena, capacity * 2 + 1);
            memcpy(grown, bytes, len);
            bytes = grown;
            capacity *= 2;
        }
    }
    bytes[len] = 0;
    *ret = (struct str){bytes, len};
    return true;
}

bool file_read(struct arena *arena, const char *path, size_t limit, struct str *ret, struct error *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return fail_with_errno(e, path, _("cannot open"));
    struct stat info;
    bool ok = fstat(fd, &info) == 0 ? check_kind(path, &info, limit, e)
                                    : fail_with_errno(e, path, _("cannot read"));
    if (ok)
        ok = read_all(arena, fd, path, limit, (size_t)info.st_size, ret, e);
    close(fd);
    return ok;
}

static bool write_all(int fd, struct str bytes)
{
    while (bytes.len) {
        ssize_t done = write(fd, bytes.ptr, bytes.len);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        bytes = str_slice(bytes, (size_t)done, bytes.len);
    }
    return true;
}

bool file_write(const char *path, struct str bytes, struct error *e)
{
    struct arena arena = {0};
    struct str beside = str_format(&arena, "%s.XXXXXX", path);
    int fd = mkostemp((char *)beside.ptr, O_CLOEXEC);
    bool ok = fd >= 0;
    if (ok) {
        mode_t mask = umask(0);
        umask(mask);
        ok = fchmod(fd, 0666 & ~mask) == 0 && write_all(fd, bytes) && fsync(fd) == 0;
        ok = close(fd) == 0 && ok;
        ok = ok && rename(beside.ptr, path) == 0;
        if (!ok) {
            int cause = errno;
            unlink(beside.ptr);
            errno = cause;
        }
    }
    if (!ok)
        fail_with_errno(e, path, _("cannot write"));
    arena_finish(&arena);
    return ok;
}

bool file_make_folders(const char *path, struct error *e)
{
    struct arena arena = {0};
    struct str copy = str_copy(&arena, str_from(path));
    char *text = (char *)copy.ptr;
    bool ok = true;
    for (size_t i = 1; ok && i <= copy.len; i++) {
        if (text[i] != '/' && text[i] != 0)
            continue;
        char kept = text[i];
        text[i] = 0;
        if (mkdir(text, 0777) != 0 && errno != EEXIST)
            ok = fail_with_errno(e, text, _("cannot make the folder"));
        text[i] = kept;
    }
    arena_finish(&arena);
    return ok;
}

struct str path_name(struct str path)
{
    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    size_t start = path.len;
    while (start > 0 && path.ptr[start - 1] != '/')
        start--;
    return start == path.len ? path : str_slice(path, start, path.len);
}

struct str path_folder(struct str path)
{
    struct str name = path_name(path);
    size_t end = (size_t)(name.ptr - path.ptr);
    while (end > 1 && path.ptr[end - 1] == '/')
        end--;
    return end ? str_slice(path, 0, end) : STR(".");
}

struct str path_join(struct arena *arena, struct str folder, struct str name)
{
    if (folder.len == 0 || (name.len && name.ptr[0] == '/'))
        return str_copy(arena, name);
    const char *slash = folder.ptr[folder.len - 1] == '/' ? "" : "/";
    return str_format(arena, "%.*s%s%.*s", STR_ARG(folder), slash, STR_ARG(name));
}
