/* `repaso diff`: what an edit of a chapter or book does to its facts, answers and cards. */
#include "verify/edition.h"

#include "app/intake.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/print.h"

#include <stdio.h>
#include <string.h>

/* One name for both editions: identities stand in it, and a title that changes must not change them all. */
#define EDITION STR("edition")

static bool read_edition(const struct call *call, struct arena *arena, const char *path, struct cards *cards,
                         struct edition *ret, struct error *e)
{
    struct intakes *intakes = arena_new(arena, struct intakes);
    struct str_list paths = {0};
    const struct intake_options options = {
        .deck = EDITION, .lang = str_from(call_option(call, "lang", "")), .folders = true};
    list_push(arena, &paths, str_from(path));
    if (!intake_read(arena, &options, &paths, intakes, e))
        return false;
    list_each (struct intake, intake, intakes) {
        list_each (struct card, card, &intake->cards)
            list_push(arena, cards, *card);
        list_push(arena, &ret->facts, &intake->facts);
    }
    ret->cards = cards;
    return true;
}

static void add_comparison(struct buffer *out, const char *format, const struct comparison *comparison)
{
    if (strcmp(format, "json") == 0)
        comparison_add_json(out, comparison);
    else if (strcmp(format, "markdown") == 0)
        comparison_add_markdown(out, comparison);
    else
        comparison_add_text(out, comparison);
}

bool run_diff(const struct call *call, struct error *e)
{
    struct arena arena = {0};
    struct buffer out = {0};
    struct cards old_cards = {0}, new_cards = {0};
    struct edition before = {0}, after = {0};
    struct comparison comparison = {0};
    bool ok = read_edition(call, &arena, call->words[0], &old_cards, &before, e) &&
              read_edition(call, &arena, call->words[1], &new_cards, &after, e);
    if (ok) {
        editions_compare(&arena, &before, &after, &comparison);
        add_comparison(&out, call_option(call, "format", "text"), &comparison);
        print_buffer(stdout, &out);
    }
    buffer_finish(&out);
    arena_finish(&arena);
    return ok && (!comparison.answers || fail(e, ERROR_NONE, "%s", ""));
}
