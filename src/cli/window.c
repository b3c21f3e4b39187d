#include "cli/window.h"

#include "app/app.h"
#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/context.h"
#include "sdl/instance.h"
#include "sdl/window.h"

#include <limits.h>
#include <stdlib.h>

/* The other window runs somewhere else. */
static const char *full_path(struct arena *arena, const char *path)
{
    char full[PATH_MAX];
    return realpath(path, full) ? str_copy(arena, str_from(full)).ptr : path;
}

/* A window that is open takes the wish, and the files. */
static bool hand_over(const struct call *call, const char *collection, const char *deck, bool study,
                      struct arena *arena)
{
    const char *wish = !study ? "show" : deck ? str_format(arena, "study %s", deck).ptr : "study";
    if (!instance_tell(collection, wish))
        return false;
    for (int i = 0; !call->command && i < call->count; i++)
        instance_tell(collection, str_format(arena, "open %s", full_path(arena, call->words[i])).ptr);
    return true;
}

static struct str_list files_of(const struct call *call, struct arena *arena)
{
    struct str_list ret = {0};
    for (int i = 0; !call->command && i < call->count; i++)
        list_push(arena, &ret, str_from(full_path(arena, call->words[i])));
    return ret;
}

bool window_open(const struct call *call, const char *deck, bool study, struct error *e)
{
    struct arena arena = {0};
    if (!window_possible())
        return fail(
            e, ERROR_NOT_FOUND,
            _("There is no display to open a window on; `repaso study --text` asks in the terminal."));
    const char *collection = context_collection_path(call, &arena).ptr;
    const struct app_options options = {
        .collection = collection,
        .machine = context_machine(&arena),
        .seed = context_seed(),
        .deck = str_from(deck),
        .study = study,
        .files = files_of(call, &arena),
    };
    bool ok = hand_over(call, collection, deck, study, &arena) || window_run(&options, e);
    arena_finish(&arena);
    return ok;
}
