#include "cli/window.h"

#include "app/app.h"
#include "base/arena.h"
#include "base/translate.h"
#include "cli/context.h"
#include "sdl/window.h"

bool window_open(const struct call *call, const char *deck, bool study, struct error *e)
{
    struct arena arena = {0};
    if (!window_possible())
        return fail(
            e, ERROR_NOT_FOUND,
            _("There is no display to open a window on; `repaso study --text` asks in the terminal."));
    const struct app_options options = {
        .collection = context_collection_path(call, &arena).ptr,
        .machine = context_machine(&arena),
        .seed = context_seed(),
        .deck = str_from(deck),
        .study = study,
    };
    bool ok = window_run(&options, e);
    arena_finish(&arena);
    return ok;
}
