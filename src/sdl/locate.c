#include "sdl/locate.h"

#include "base/arena.h"
#include "base/file.h"

#include <fontconfig/fontconfig.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct str readable(struct str path)
{
    return path.len && access(path.ptr, R_OK) == 0 ? path : (struct str){0};
}

static struct str in_folders(struct arena *arena, const char *file)
{
    const char *own = getenv("REPASO_FONT_DIR");
    if (own && own[0]) {
        struct str path = readable(path_join(arena, str_from(own), path_name(str_from(file))));
        if (path.len)
            return path;
    }
    return readable(path_join(arena, STR(REPASO_FONTS_FOLDER), str_from(file)));
}

/* ---- What fontconfig said earlier: "key \t mtime \t path" a line ---- */

static struct str memory_path(struct arena *arena)
{
    const char *cache = getenv("XDG_CACHE_HOME");
    if (cache && cache[0] == '/')
        return path_join(arena, str_from(cache), STR("repaso/fonts"));
    const char *home = getenv("HOME");
    if (home && home[0] == '/')
        return path_join(arena, str_from(home), STR(".cache/repaso/fonts"));
    return (struct str){0};
}

static long modified_s(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 ? (long)info.st_mtime : -1;
}

static struct str all_remembered(struct arena *arena)
{
    enum { LARGEST = 1 << 20 };
    struct str path = memory_path(arena), text = {0};
    if (path.len)
        file_read(arena, path.ptr, LARGEST, &text, NULL);
    return text;
}

static struct str recall(struct arena *arena, struct str key)
{
    struct str rest = all_remembered(arena), line;
    while (str_split(&rest, '\n', &line)) {
        struct str name, mtime;
        long at;
        if (!str_split(&line, '\t', &name) || !str_split(&line, '\t', &mtime) || !str_equal(name, key))
            continue;
        struct str path = str_copy(arena, line);
        if (path.len && str_to_long(mtime, &at) && at == modified_s(path.ptr))
            return readable(path);
    }
    return (struct str){0};
}

/* A cache that cannot be written is no loss. */
static void remember(struct arena *arena, struct str key, struct str path)
{
    struct str file = memory_path(arena);
    if (!file.len || !file_make_folders(file.ptr, NULL))
        return;
    FILE *out = fopen(file.ptr, "ae");
    if (!out)
        return;
    fprintf(out, "%.*s\t%ld\t%s\n", STR_ARG(key), modified_s(path.ptr), path.ptr);
    fclose(out);
}

/* ---- Fontconfig ---- */

static struct str best_match(struct arena *arena, FcPattern *pattern, uint32_t needed)
{
    struct str ret = {0};
    FcConfigSubstitute(NULL, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcResult result;
    FcPattern *match = FcFontMatch(NULL, pattern, &result);
    FcChar8 *file;
    FcCharSet *has;
    if (match && FcPatternGetString(match, FC_FILE, 0, &file) == FcResultMatch &&
        (!needed ||
         (FcPatternGetCharSet(match, FC_CHARSET, 0, &has) == FcResultMatch && FcCharSetHasChar(has, needed))))
        ret = readable(str_copy(arena, str_from((const char *)file)));
    if (match)
        FcPatternDestroy(match);
    FcPatternDestroy(pattern);
    return ret;
}

static struct str ask_for_face(struct arena *arena, const struct face_wanted *wanted)
{
    int weight = wanted->weight >= 700   ? FC_WEIGHT_BOLD
                 : wanted->weight >= 600 ? FC_WEIGHT_DEMIBOLD
                                         : FC_WEIGHT_REGULAR;
    FcPattern *pattern =
        FcPatternBuild(NULL, FC_FAMILY, FcTypeString, wanted->family, FC_WEIGHT, FcTypeInteger, weight,
                       FC_SLANT, FcTypeInteger, wanted->italic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN, NULL);
    return best_match(arena, pattern, 0);
}

struct str face_locate(struct arena *arena, const struct face_wanted *wanted, bool ask)
{
    struct str path = in_folders(arena, wanted->file);
    if (path.len || !ask)
        return path;
    struct str key = str_format(arena, "%s:%d:%d", wanted->family, wanted->weight, wanted->italic);
    path = recall(arena, key);
    if (path.len)
        return path;
    path = ask_for_face(arena, wanted);
    if (path.len)
        remember(arena, key, path);
    return path;
}

struct str face_for_character(struct arena *arena, uint32_t code_point)
{
    struct str key = str_format(arena, "U+%04X", (unsigned)code_point);
    struct str path = recall(arena, key);
    if (path.len)
        return path;
    FcCharSet *wanted = FcCharSetCreate();
    FcCharSetAddChar(wanted, code_point);
    FcPattern *pattern =
        FcPatternBuild(NULL, FC_CHARSET, FcTypeCharSet, wanted, FC_SCALABLE, FcTypeBool, FcTrue, NULL);
    path = best_match(arena, pattern, code_point);
    FcCharSetDestroy(wanted);
    if (path.len)
        remember(arena, key, path);
    return path;
}
