/* `repaso format`: decks rewritten neatly, comments kept. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "decks/deck_file.h"

#include <stdio.h>

enum { DECK_LIMIT = 8 << 20 };

/* A deck that is neat already is not touched. */
static bool format_deck(struct arena *arena, const char *path, bool only_look, bool *ret_neat,
                        struct error *e)
{
    struct str bytes;
    struct buffer out = {0};
    bool ok =
        file_read(arena, path, DECK_LIMIT, &bytes, e) && deck_format(arena, str_from(path), bytes, &out, e);
    *ret_neat = ok && str_equal(buffer_str(&out), bytes);
    if (ok && !*ret_neat && !only_look)
        ok = file_write(path, buffer_str(&out), e);
    if (ok && !*ret_neat)
        printf(only_look ? _("%s would be rewritten\n") : _("%s rewritten\n"), path);
    buffer_finish(&out);
    return ok;
}

bool run_format(const struct call *call, struct error *e)
{
    struct arena arena = {0};
    bool only_look = call_has(call, "check"), ok = true, all_neat = true;
    for (int i = 0; ok && i < call->count; i++) {
        bool neat;
        ok = format_deck(&arena, call->words[i], only_look, &neat, e);
        all_neat &= neat;
    }
    arena_finish(&arena);
    return ok && (all_neat || !only_look || fail(e, ERROR_NONE, "%s", ""));
}
