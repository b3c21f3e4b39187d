#include "base/place.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/translate.h"

#include <limits.h>
#include <unistd.h>

static struct str folder_of_program(struct arena *arena)
{
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path);
    if (len <= 0 || (size_t)len >= sizeof path)
        return (struct str){0};
    return path_folder(str_copy(arena, (struct str){path, (size_t)len}));
}

static bool exists(struct str path)
{
    return access(path.ptr, R_OK) == 0;
}

/* `name` below the folder of the program or one of the folders above it: a build folder has its programs at
 * several depths. */
static struct str upwards(struct arena *arena, struct str name)
{
    enum { DEPTH = 5 };
    struct str folder = folder_of_program(arena);
    for (int i = 0; i < DEPTH && folder.len > 1; i++, folder = path_folder(folder)) {
        struct str path = path_join(arena, folder, name);
        if (exists(path))
            return path;
    }
    return (struct str){0};
}

struct str place_translations(struct arena *arena)
{
    static const char *const tries[] = {"share/locale", "assets/po"};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        struct str file = upwards(arena, str_format(arena, "%s/es/LC_MESSAGES/repaso.mo", tries[i]));
        if (file.len)
            return str_copy(arena, path_folder(path_folder(path_folder(file))));
    }
    return STR(REPASO_LOCALE_FOLDER);
}

struct str place_data(struct arena *arena, struct str name)
{
    struct str beside = upwards(arena, str_concat(arena, STR("share/repaso/"), name));
    if (beside.len)
        return beside;
    struct str source = upwards(arena, name); /* a build folder inside the source folder */
    if (source.len)
        return source;
    struct str installed = path_join(arena, STR(REPASO_DATA_FOLDER), name);
    return exists(installed) ? installed : (struct str){0};
}

void place_language(const char *language)
{
    struct arena arena = {0};
    struct str folder = place_translations(&arena);
    translate_set(language, str_copy(&arena, folder).ptr);
    arena_finish(&arena);
}
