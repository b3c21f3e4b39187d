#include "cli/decks.h"
#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "collection/deck.h"

#include <stdio.h>

/* Tests whether the error is that there is nothing yet, which is an answer for those who only look. */
static bool nothing_yet(const struct error *e)
{
    return e->kind == ERROR_NOT_FOUND;
}

static void print_names(const struct deck_rows *decks)
{
    list_each (struct deck_row, deck, decks)
        printf("%.*s\n", STR_ARG(deck->path));
}

static size_t name_width(const struct deck_rows *decks)
{
    size_t width = 8;
    list_each (struct deck_row, deck, decks) {
        size_t own = utf8_count(deck->name) + 2 * (size_t)deck->depth;
        width = own > width ? own : width;
    }
    return width;
}

static void print_table(const struct deck_rows *decks)
{
    size_t width = name_width(decks);
    printf("%*s %6s %6s %6s %6s\n", (int)width, "", _("due"), _("new"), _("cards"), _("known"));
    list_each (struct deck_row, deck, decks) {
        int indent = 2 * deck->depth;
        int pad = (int)(width - utf8_count(deck->name)) - indent;
        printf("%*s%.*s%*s %6d %6d %6d", indent, "", STR_ARG(deck->name), pad, "", deck->due + deck->learning,
               deck->fresh, deck->total);
        if (deck->recall > 0)
            printf(" %4.0f %%", 100 * deck->recall);
        if (deck->drafts)
            printf(translate_plural("   %d draft to look at", "   %d drafts to look at",
                                    (unsigned long)deck->drafts),
                   deck->drafts);
        putchar('\n');
    }
}

bool run_decks(const struct call *call, struct error *e)
{
    if (call->count)
        return decks_change(call, e);
    struct collection *collection = NULL;
    struct arena arena = {0};
    struct deck_rows decks = {0};
    bool ok = context_open_to_read(call, &collection, e) &&
              collection_decks(collection, &arena, context_now(), &decks, e);
    if (ok && call_has(call, "names"))
        print_names(&decks);
    else if (ok && decks.count)
        print_table(&decks);
    else if (ok || nothing_yet(e))
        ok = puts(_("No decks yet. `repaso add CHAPTER.md` makes the first one.")) >= 0;
    collection_close(collection);
    arena_finish(&arena);
    return ok;
}
