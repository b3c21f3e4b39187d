#include "exchange/handout.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/translate.h"
#include "exchange/archive.h"
#include "exchange/media.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

enum { PARTS_MAX = 5000 };
#define TEXT_SIZE ((size_t)64 << 20)
#define TOTAL_SIZE ((size_t)512 << 20)

bool handout_is_file_name(struct str path)
{
    return str_ends(path, STR(".zip"));
}

/* What a deck is made of, and how large it may be. */
static const struct part_kind {
    const char *ending;
    size_t limit;
} part_kinds[] = {
    {".repaso.yaml", TEXT_SIZE}, {".repaso.yml", TEXT_SIZE}, {".md", TEXT_SIZE},     {".markdown", TEXT_SIZE},
    {".png", MEDIUM_SIZE},       {".jpg", MEDIUM_SIZE},      {".jpeg", MEDIUM_SIZE}, {".gif", MEDIUM_SIZE},
    {".webp", MEDIUM_SIZE},      {".ogg", MEDIUM_SIZE},      {".mp3", MEDIUM_SIZE},  {".wav", MEDIUM_SIZE},
};

/* NULL: it is none of ours. Hidden files are notes that some system makes for itself. */
static const struct part_kind *kind_of(struct str name)
{
    for (size_t i = 0; name.len && name.ptr[0] != '.' && i < sizeof part_kinds / sizeof *part_kinds; i++)
        if (str_ends(name, str_from(part_kinds[i].ending)))
            return &part_kinds[i];
    return NULL;
}

/* What follows the last slash of either kind; empty for a folder. */
static struct str plain_name(struct str name)
{
    size_t start = name.len;
    while (start > 0 && name.ptr[start - 1] != '/' && name.ptr[start - 1] != '\\')
        start--;
    return str_slice(name, start, name.len);
}

struct unpacking {
    struct archive *archive;
    struct arena *arena;
    struct str folder;
    size_t parts, left; /* left: bytes that may still come */
    struct error *e;
};

static bool pour(struct unpacking *u, int64_t member, const struct part_kind *kind, int file)
{
    struct archive_target target = {.file = file, .limit = kind->limit < u->left ? kind->limit : u->left};
    struct stat info;
    if (!archive_read(u->archive, member, &target, u->e))
        return false;
    if (fstat(file, &info) == 0)
        u->left -= (size_t)info.st_size;
    return true;
}

static bool unpack_part(struct unpacking *u, int64_t member, struct str name, const struct part_kind *kind)
{
    if (!medium_name_is_safe(name))
        return fail(u->e, ERROR_CORRUPT,
                    _("\"%.*s\" in this file has a name that not every system takes; rename it and pack "
                      "again"),
                    STR_ARG(name));
    if (++u->parts > PARTS_MAX)
        return fail(u->e, ERROR_LIMIT, _("this package has more than %d parts"), PARTS_MAX);
    int file = open(path_join(u->arena, u->folder, name).ptr, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0 && errno == EEXIST)
        return fail(u->e, ERROR_CORRUPT, _("\"%.*s\" is in this file twice; leave one of them out"),
                    STR_ARG(name));
    if (file < 0)
        return fail(u->e, error_kind_of(errno), _("there is no room to unpack this package: %s"),
                    strerror(errno));
    bool ok = pour(u, member, kind, file);
    return close(file) == 0 && ok;
}

static bool unpack_all(struct unpacking *u)
{
    for (int64_t i = 0; i < archive_count(u->archive); i++) {
        struct str name = plain_name(str_copy(u->arena, str_from(archive_name(u->archive, i))));
        const struct part_kind *kind = kind_of(name);
        if (kind && !unpack_part(u, i, name, kind))
            return false;
    }
    return true;
}

/* Within a folder of a name that nobody can foresee, one with the file's name: chapters without a deck are called after
 * it. */
static bool make_folder(struct arena *arena, struct str path, struct str *ret, struct error *e)
{
    const char *temporary = getenv("TMPDIR");
    struct str name = path_name(path), stem = str_slice(name, 0, name.len - strlen(".zip"));
    struct str outer = str_format(arena, "%s/repaso-XXXXXX", temporary && *temporary ? temporary : "/tmp");
    if (!mkdtemp((char *)outer.ptr))
        return fail(e, error_kind_of(errno), _("there is no room to unpack this package: %s"),
                    strerror(errno));
    *ret = path_join(arena, outer, medium_name_is_safe(stem) ? stem : STR("repaso"));
    return mkdir(ret->ptr, 0700) == 0 ||
           fail(e, error_kind_of(errno), _("there is no room to unpack this package: %s"), strerror(errno));
}

bool handout_unpack(struct arena *arena, const char *path, struct str *ret_folder, struct error *e)
{
    struct unpacking u = {.arena = arena, .left = TOTAL_SIZE, .e = e};
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0) {
        fail(e, error_kind_of(errno), _("cannot read: %s"), strerror(errno));
        return error_at(e, str_from(path), 0, 0);
    }
    bool ok = archive_open(file, &u.archive, e);
    ok = ok && make_folder(arena, str_from(path), &u.folder, e) && unpack_all(&u);
    archive_close(u.archive);
    if (ok) {
        *ret_folder = u.folder;
        return true;
    }
    if (u.folder.len)
        handout_remove(u.folder);
    return error_at(e, str_from(path), 0, 0);
}

void handout_remove(struct str folder)
{
    struct arena arena = {0};
    struct str copy = str_copy(&arena, folder);
    DIR *dir = opendir(copy.ptr);
    struct dirent *entry;
    while (dir && (entry = readdir(dir)))
        unlink(path_join(&arena, copy, str_from(entry->d_name)).ptr);
    if (dir)
        closedir(dir);
    rmdir(copy.ptr);
    rmdir(str_copy(&arena, path_folder(copy)).ptr);
    arena_finish(&arena);
}

/* The other way */

struct handout {
    zip_t *zip;
};

static bool fail_write(struct handout *handout, struct error *e)
{
    return fail(e, ERROR_IO, _("The file could not be written: %s"), zip_strerror(handout->zip));
}

bool handout_open(const char *path, struct handout **ret, struct error *e)
{
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (!zip) {
        fail(e, ERROR_IO, _("The file could not be written: %s"), strerror(errno));
        return error_at(e, str_from(path), 0, 0);
    }
    *ret = memory_alloc(sizeof **ret);
    (*ret)->zip = zip;
    return true;
}

bool handout_add(struct handout *handout, struct str name, struct str bytes, struct error *e)
{
    zip_source_t *source = zip_source_buffer(handout->zip, bytes.ptr, bytes.len, 0);
    if (source && zip_file_add(handout->zip, name.ptr, source, ZIP_FL_ENC_UTF_8) >= 0)
        return true;
    zip_source_free(source);
    return fail_write(handout, e);
}

bool handout_close(struct handout *handout, bool ok, struct error *e)
{
    ok = ok && (zip_close(handout->zip) == 0 || fail_write(handout, e));
    if (!ok)
        zip_discard(handout->zip);
    free(handout);
    return ok;
}
