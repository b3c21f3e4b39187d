/* `repaso check`: decks looked over before anybody studies them. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "cli/problems.h"

#include <stdio.h>
#include <string.h>

enum { DECK_LIMIT = 8 << 20 };

static struct checked check_deck(struct arena *arena, const char *path)
{
    struct checked checked = {.path = str_from(path)};
    struct deck_file deck = {0};
    if (file_read(arena, path, DECK_LIMIT, &checked.source, &checked.error) &&
        deck_read(arena, checked.path, checked.source, &deck, &checked.problems, &checked.error))
        checked.cards = deck.cards.count;
    return checked;
}

static bool is_good(const struct checked *deck)
{
    return deck->error.kind == ERROR_NONE && !deck->problems.errors;
}

/* "light.repaso.yaml: 12 cards, all well" */
static void add_summary(struct buffer *out, const struct checked *deck)
{
    unsigned long errors = (unsigned long)deck->problems.errors, warnings = deck->problems.count - errors;
    if (deck->error.kind != ERROR_NONE)
        return;
    buffer_format(out, translate_plural("%.*s: %zu card", "%.*s: %zu cards", deck->cards),
                  STR_ARG(deck->path), deck->cards);
    if (errors)
        buffer_format(out, translate_plural(", %lu error", ", %lu errors", errors), errors);
    if (warnings)
        buffer_format(out, translate_plural(", %lu warning", ", %lu warnings", warnings), warnings);
    buffer_format(out, "%s\n", errors || warnings ? "" : _(", all well"));
}

static void print_text(const struct checked_list *decks)
{
    struct buffer out = {0}, problems = {0};
    list_each (struct checked, deck, decks) {
        problems_add_text(&problems, deck);
        add_summary(&out, deck);
    }
    print_buffer(stderr, &problems);
    print_buffer(stdout, &out);
    buffer_finish(&problems);
    buffer_finish(&out);
}

static void print_for_machines(const struct checked_list *decks,
                               void (*add)(struct buffer *, const struct checked_list *))
{
    struct buffer out = {0};
    add(&out, decks);
    print_buffer(stdout, &out);
    buffer_finish(&out);
}

bool run_check(const struct call *call, struct error *e)
{
    struct arena arena = {0};
    struct checked_list decks = {0};
    const char *format = call_option(call, "format", "text");
    bool good = true;
    for (int i = 0; i < call->count; i++) {
        list_push(&arena, &decks, check_deck(&arena, call->words[i]));
        good &= is_good(list_last(&decks));
    }
    if (strcmp(format, "json") == 0)
        print_for_machines(&decks, problems_add_json);
    else if (strcmp(format, "sarif") == 0)
        print_for_machines(&decks, problems_add_sarif);
    else
        print_text(&decks);
    arena_finish(&arena);
    return good || fail(e, ERROR_NONE, "%s", "");
}
