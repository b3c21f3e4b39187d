/* `repaso generate`: a chapter's cards on standard output; nothing is written. */
#include "app/intake.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "cli/problems.h"
#include "questions/questions.h"

#include <stdio.h>
#include <string.h>

static void add_choices(struct buffer *out, const struct card *card)
{
    if (!card->choices.count)
        return;
    buffer_add(out, STR("   ["));
    for (size_t i = 0; i < card->choices.count; i++)
        buffer_format(out, "%s%.*s", i ? " / " : "", STR_ARG(card->choices.items[i]));
    buffer_add_char(out, ']');
}

/* Question, answer and passage, as a teacher reads them through. */
static void add_text(struct buffer *out, const struct card *card)
{
    buffer_format(out, "%.*s\n  → %.*s", STR_ARG(card->prompt), STR_ARG(card->answer));
    add_choices(out, card);
    buffer_add_char(out, '\n');
    if (card->source.line)
        buffer_format(out, "  %.*s:%d  “%.*s”\n", STR_ARG(card->source.file), card->source.line,
                      STR_ARG(card->source.quote));
    if (card->doubt.len)
        buffer_format(out, "  ? %.*s\n", STR_ARG(card->doubt));
    buffer_add_char(out, '\n');
}

static bool asks_a_fact(const struct card *card)
{
    return !str_equal(card->rule, STR(CARD_SYNTHESIS));
}

/* Orders and matches fill what the cards of facts have left of the budget; the rest shows only with --all. */
static bool is_shown(const struct card *card, size_t shown, size_t budget)
{
    if (card->tier != TIER_AUTO || card->kind == CARD_WHY || card->kind == CARD_TRUEFALSE)
        return false;
    return asks_a_fact(card) || shown < budget;
}

static struct cards select_cards(struct arena *arena, const struct intake *intake, bool all, long top)
{
    struct cards selected = {0};
    size_t budget = questions_budget(&intake->document);
    list_each (struct card, card, &intake->cards)
        if ((all || is_shown(card, selected.count, budget)) && (top < 0 || (long)selected.count < top))
            list_push(arena, &selected, *card);
    return selected;
}

static void write_cards(struct buffer *out, const char *format, const struct intake *intake,
                        const struct cards *cards)
{
    if (strcmp(format, "yaml") == 0) {
        const struct deck_file deck = {
            .title = intake->deck, .lang = intake->document.lang, .id = intake->scope, .cards = *cards};
        deck_write(out, &deck);
        return;
    }
    list_each (struct card, card, cards) {
        if (strcmp(format, "jsonl") == 0)
            card_add_json(out, card);
        else
            add_text(out, card);
    }
}

static bool read_top(const struct call *call, long *ret, struct error *e)
{
    const char *top = call_option(call, "top", "all");
    *ret = -1;
    return strcmp(top, "all") == 0 || call_number(call, "top", 1, 1000000, -1, ret, e);
}

/* --without may be given several times, and takes several names with commas. */
static struct str_list read_without(struct arena *arena, const struct call *call)
{
    struct str_list rules = {0};
    for (int i = 0; i < call->option_count; i++) {
        struct str rest = str_from(call->options[i].value), rule;
        if (strcmp(call->options[i].option->name, "without") != 0)
            continue;
        while (str_split(&rest, ',', &rule))
            list_push(arena, &rules, str_trim(rule));
    }
    return rules;
}

static bool refuse_decks(const struct call *call, struct error *e)
{
    for (int i = 0; i < call->count; i++)
        if (deck_is_file_name(str_from(call->words[i])))
            return fail(e, ERROR_USAGE,
                        _("%s is a deck already: `repaso add` adds it, `repaso check` looks it over."),
                        call->words[i]);
    return true;
}

struct printer {
    const struct call *call;
    long top;
    struct buffer out, trace;
};

static bool print_chapter(void *self, const struct intake *intake, struct error *e)
{
    struct printer *printer = self;
    struct arena arena = {0};
    (void)e;
    struct cards cards = select_cards(&arena, intake, call_has(printer->call, "all"), printer->top);
    write_cards(&printer->out, call_option(printer->call, "format", "text"), intake, &cards);
    print_buffer(stderr, &printer->trace);
    print_buffer(stdout, &printer->out);
    buffer_clear(&printer->trace);
    buffer_clear(&printer->out);
    arena_finish(&arena);
    return true;
}

bool run_generate(const struct call *call, struct error *e)
{
    struct arena arena = {0};
    struct printer printer = {.call = call};
    struct str_list paths = {0};
    const struct intake_options options = {
        .lang = str_from(call_option(call, "lang", "")),
        .without = read_without(&arena, call),
        .explain = call_has(call, "explain") ? &printer.trace : NULL,
        .folders = true,
        .once = true,
        .inspect = print_problems,
        .loaded = print_file_warnings,
    };
    for (int i = 0; i < call->count; i++)
        list_push(&arena, &paths, str_from(call->words[i]));
    bool ok = read_top(call, &printer.top, e) && refuse_decks(call, e) &&
              intake_each(&options, &paths, print_chapter, &printer, e);
    buffer_finish(&printer.trace);
    buffer_finish(&printer.out);
    arena_finish(&arena);
    return ok;
}
