#include "collection/adding.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/translate.h"
#include "cards/medium.h"
#include "collection/context.h"

/* What the window shows and plays at most. */
enum { FILE_LIMIT = 20 << 20 };

static bool keep(struct adding *add, struct arena *arena, struct str path, struct str *ret)
{
    struct str bytes;
    char sha[65];
    if (!file_read(arena, path.ptr, FILE_LIMIT, &bytes, add->e))
        return false;
    if (medium_is_huge(bytes)) {
        fail(add->e, ERROR_LIMIT, _("This picture has more than %.0f million pixels; make it smaller."),
             MEDIUM_PIXELS / 1e6);
        return error_at(add->e, path, 0, 0);
    }
    sha256_hex(bytes, sha);
    *ret = str_format(add->arena, MEDIUM_KEPT "%s", sha);
    return query_run(add->c,
                     query(add->c, add->e, "INSERT OR IGNORE INTO media VALUES (?, ?, ?)", "ttb",
                           str_from(sha), medium_mime(bytes), bytes),
                     add->e);
}

bool adding_medium(struct adding *add, struct str path, struct str *ret_reference)
{
    *ret_reference = path;
    if (!path.len || str_starts(path, STR(MEDIUM_KEPT)))
        return true;
    list_each (struct kept_medium, medium, &add->media) {
        if (str_equal(medium->path, path)) {
            *ret_reference = medium->reference;
            return true;
        }
    }
    struct arena arena = {0};
    struct str copy = str_copy(&arena, path);
    bool ok = keep(add, &arena, copy, ret_reference);
    arena_finish(&arena);
    if (ok)
        list_push(add->arena, &add->media, (struct kept_medium){path, *ret_reference});
    return ok;
}
