/* `repaso learn`: the names of a book into book.yaml beside its chapters, for a teacher to correct. */
#include "app/intake.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/problems.h"
#include "decks/book_file.h"

#include <stdio.h>
#include <unistd.h>

enum { BOOK_LIMIT = 8 << 20 };

static bool write_names(struct arena *arena, struct str path, const struct entities *names, struct str title,
                        struct str lang, struct error *e)
{
    struct buffer out = {0};
    struct str before = STR("");
    size_t added = 0;
    bool is_new = access(path.ptr, F_OK) != 0;
    bool ok = (is_new || file_read(arena, path.ptr, BOOK_LIMIT, &before, e)) &&
              book_file_add_names(arena, path, before, title, lang, names, &out, &added, e) &&
              (added == 0 || file_write(path.ptr, buffer_str(&out), e));
    if (ok && added)
        printf("%.*s: %.*s\n", STR_ARG(path),
               STR_ARG(context_count(arena, PLURAL("%lld new name", "%lld new names"), (long long)added)));
    else if (ok)
        printf(_("%.*s: no new names\n"), STR_ARG(path));
    buffer_finish(&out);
    return ok;
}

bool run_learn(const struct call *call, struct error *e)
{
    struct arena arena = {0};
    struct entities names = {0};
    struct str folder = str_from(call->words[0]), title, lang;
    const struct intake_options options = {
        .lang = str_from(call_option(call, "lang", "")),
        .folders = true,
        .progress = context_progress_bar,
        .inspect = print_problems,
    };
    bool ok = intake_names(&arena, &options, folder, &names, &title, &lang, e);
    context_progress_end();
    ok = ok && write_names(&arena, path_join(&arena, folder, STR(BOOK_FILE_NAME)), &names, title, lang, e);
    arena_finish(&arena);
    return ok;
}
