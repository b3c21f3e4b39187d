#include "cli/packages.h"

#include "base/arena.h"
#include "base/list.h"
#include "cli/command.h"
#include "collection/add.h"
#include "exchange/handout.h"

#include <stdio.h>
#include <unistd.h>

bool packages_unpack(struct arena *arena, struct packages *packages, const struct call *call,
                     struct str_list *ret_paths, struct error *e)
{
    for (int i = 0; i < call->count; i++) {
        struct str word = str_from(call->words[i]), folder = word;
        if (handout_is_file_name(word)) {
            if (!handout_unpack(arena, call->words[i], &folder, e))
                return false;
            list_push(arena, packages, ((struct package){word, folder}));
        }
        list_push(arena, ret_paths, folder);
    }
    return true;
}

void packages_remove(struct packages *packages)
{
    list_each (struct package, package, packages)
        handout_remove(package->folder);
    packages->count = 0;
}

static const struct package *package_of(const struct packages *packages, struct str path)
{
    list_each (struct package, package, packages)
        if (str_starts(path, package->folder))
            return package;
    return NULL;
}

struct str packages_path(const struct packages *packages, struct arena *arena, struct str path)
{
    const struct package *package = package_of(packages, path);
    return package ? str_format(arena, "%.*s%.*s", STR_ARG(package->file),
                                STR_ARG(str_slice(path, package->folder.len, path.len)))
                   : path;
}

void packages_name_error(const struct packages *packages, struct error *e)
{
    struct arena arena = {0};
    struct str path = str_copy(&arena, str_from(e->file));
    error_at(e, packages_path(packages, &arena, path), e->line, e->column);
    arena_finish(&arena);
}

void packages_name_addition(const struct packages *packages, struct addition *addition)
{
    const struct package *package = package_of(packages, addition->path);
    if (!package)
        return;
    addition->folder = package->folder;
    addition->folder_name = package->file;
}
