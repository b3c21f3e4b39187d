#include "exchange/archive.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "base/translate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>
#include <zstd.h>

enum { MEMBERS_MAX = 65535, CHUNK = 64 << 10, WINDOW_LOG_MAX = 27 };

struct archive {
    zip_t *zip;
    int64_t count;
    const char **names; /* sorted, for finding twins */
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Which of two members of one name counts is answered differently by every reader. */
static bool check_names(struct archive *archive, struct error *e)
{
    archive->names = memory_alloc((size_t)archive->count * sizeof *archive->names + 1);
    for (int64_t i = 0; i < archive->count; i++) {
        archive->names[i] = zip_get_name(archive->zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
        if (!archive->names[i])
            return fail(e, ERROR_CORRUPT, _("this package is damaged: its list of contents cannot be read"));
    }
    qsort(archive->names, (size_t)archive->count, sizeof *archive->names, compare_names);
    for (int64_t i = 1; i < archive->count; i++)
        if (strcmp(archive->names[i - 1], archive->names[i]) == 0)
            return fail(e, ERROR_CORRUPT, _("this package is damaged: two of its parts have the same name"));
    return true;
}

static bool fail_open(int file, int code, struct error *e)
{
    bool empty = lseek(file, 0, SEEK_END) == 0;
    close(file);
    if (empty)
        return fail(e, ERROR_SYNTAX, _("the file is empty; get it again"));
    if (code == ZIP_ER_MULTIDISK)
        return fail(e, ERROR_VERSION, _("this package is one part of several; put them together first"));
    return fail(e, ERROR_CORRUPT, _("this is no package, or it was cut short; get the file again"));
}

bool archive_open(int file, struct archive **ret, struct error *e)
{
    int code = 0;
    zip_t *zip = zip_fdopen(file, ZIP_CHECKCONS, &code);
    if (!zip)
        return fail_open(file, code, e);
    struct archive *archive = memory_alloc(sizeof *archive);
    *archive = (struct archive){.zip = zip, .count = zip_get_num_entries(zip, 0)};
    bool ok = archive->count <= MEMBERS_MAX ||
              fail(e, ERROR_LIMIT, _("this package has more than %d parts"), MEMBERS_MAX);
    if (ok && check_names(archive, e)) {
        *ret = archive;
        return true;
    }
    archive_close(archive);
    return false;
}

void archive_close(struct archive *archive)
{
    if (!archive)
        return;
    zip_discard(archive->zip);
    free(archive->names);
    free(archive);
}

int64_t archive_find(const struct archive *archive, const char *name)
{
    return zip_name_locate(archive->zip, name, ZIP_FL_ENC_RAW);
}

int64_t archive_count(const struct archive *archive)
{
    return archive->count;
}

const char *archive_name(const struct archive *archive, int64_t member)
{
    return zip_get_name(archive->zip, (zip_uint64_t)member, ZIP_FL_ENC_RAW);
}

static const char *method_name(int method)
{
    static const struct {
        int method;
        const char *name;
    } names[] = {{ZIP_CM_BZIP2, "bzip2"}, {ZIP_CM_LZMA, "LZMA"}, {ZIP_CM_XZ, "XZ"}, {93, "zstd"},
                 {9, "Deflate64"},        {98, "PPMd"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].method == method)
            return names[i].name;
    return "?";
}

static bool fail_large(size_t limit, struct error *e)
{
    return fail(e, ERROR_LIMIT, _("a part of this package is larger than %zu megabytes when unpacked"),
                limit >> 20);
}

/* Deflate makes nothing smaller than by this; who claims more lies, and is counted instead. */
static bool is_honestly_large(const zip_stat_t *stat, size_t limit)
{
    enum { DEFLATE_MOST = 1032 };
    return (stat->valid & ZIP_STAT_SIZE) && (stat->valid & ZIP_STAT_COMP_SIZE) && stat->size > limit &&
           stat->size / DEFLATE_MOST <= stat->comp_size;
}

static bool check_member(struct archive *archive, int64_t member, size_t limit, struct error *e)
{
    zip_stat_t stat;
    if (zip_stat_index(archive->zip, (zip_uint64_t)member, 0, &stat) != 0)
        return fail(e, ERROR_CORRUPT, _("this package is damaged: its list of contents cannot be read"));
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
        return fail(e, ERROR_VERSION, _("this package is encrypted; export it without a password"));
    if ((stat.valid & ZIP_STAT_COMP_METHOD) && stat.comp_method != ZIP_CM_STORE &&
        stat.comp_method != ZIP_CM_DEFLATE)
        return fail(e, ERROR_VERSION,
                    _("this package is compressed by method %d (%s), which is not read; pack it with "
                      "Deflate"),
                    stat.comp_method, method_name(stat.comp_method));
    return !is_honestly_large(&stat, limit) || fail_large(limit, e);
}

/* One member on its way out. */
struct pouring {
    const struct archive_target *target;
    size_t poured;
    struct error *e;
};

static bool write_all(int file, const char *bytes, size_t len, struct error *e)
{
    while (len > 0) {
        ssize_t done = write(file, bytes, len);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return fail(e, error_kind_of(errno), _("there is no room to unpack this package: %s"),
                        strerror(errno));
        bytes += done;
        len -= (size_t)done;
    }
    return true;
}

static bool pour(struct pouring *p, const char *bytes, size_t len)
{
    p->poured += len;
    if (p->poured > p->target->limit)
        return fail_large(p->target->limit, p->e);
    if (!p->target->buffer)
        return write_all(p->target->file, bytes, len, p->e);
    buffer_add(p->target->buffer, (struct str){bytes, len});
    return true;
}

static bool fail_damaged(struct error *e)
{
    return fail(e, ERROR_CORRUPT,
                _("this package is damaged: one of its parts cannot be unpacked; get the file again"));
}

static bool read_plain(zip_file_t *file, struct pouring *p)
{
    char bytes[CHUNK];
    zip_int64_t len;
    while ((len = zip_fread(file, bytes, sizeof bytes)) > 0)
        if (!pour(p, bytes, (size_t)len))
            return false;
    return len == 0 || fail_damaged(p->e);
}

/* Exactly one frame: what is missing at its end would otherwise pass for an empty, whole part. */
static bool inflate_zstd(zip_file_t *file, ZSTD_DCtx *zstd, struct pouring *p)
{
    static char in_bytes[CHUNK], out_bytes[CHUNK];
    zip_int64_t len;
    size_t left = 1;
    while ((len = zip_fread(file, in_bytes, sizeof in_bytes)) > 0) {
        ZSTD_inBuffer in = {in_bytes, (size_t)len, 0};
        while (in.pos < in.size) {
            ZSTD_outBuffer out = {out_bytes, sizeof out_bytes, 0};
            if (left == 0)
                return fail_damaged(p->e);
            left = ZSTD_decompressStream(zstd, &out, &in);
            if (ZSTD_isError(left))
                return fail_damaged(p->e);
            if (!pour(p, out_bytes, out.pos))
                return false;
        }
    }
    for (size_t got = 1; len == 0 && left > 0 && got > 0;) { /* what the decoder still holds */
        ZSTD_inBuffer in = {in_bytes, 0, 0};
        ZSTD_outBuffer out = {out_bytes, sizeof out_bytes, 0};
        left = ZSTD_decompressStream(zstd, &out, &in);
        got = ZSTD_isError(left) ? 0 : out.pos;
        if (got && !pour(p, out_bytes, got))
            return false;
    }
    return (len == 0 && left == 0) || fail_damaged(p->e);
}

static bool read_zstd(zip_file_t *file, struct pouring *p)
{
    ZSTD_DCtx *zstd = ZSTD_createDCtx();
    if (!zstd)
        memory_exhausted();
    ZSTD_DCtx_setParameter(zstd, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);
    bool ok = inflate_zstd(file, zstd, p);
    ZSTD_freeDCtx(zstd);
    return ok;
}

bool archive_read(struct archive *archive, int64_t member, const struct archive_target *target,
                  struct error *e)
{
    if (!check_member(archive, member, target->limit, e))
        return false;
    zip_file_t *file = zip_fopen_index(archive->zip, (zip_uint64_t)member, 0);
    if (!file)
        return fail_damaged(e);
    struct pouring pouring = {.target = target, .e = e};
    bool ok = target->zstd ? read_zstd(file, &pouring) : read_plain(file, &pouring);
    /* libzip compares the checksum when the last byte is read, and says so there or here. */
    if (zip_fclose(file) != 0 && ok)
        ok = fail_damaged(e);
    return ok;
}
