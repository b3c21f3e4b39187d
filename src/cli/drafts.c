#include "cli/drafts.h"

#include "app/intake.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/input.h"
#include "cli/print.h"
#include "cli/problems.h"
#include "verify/draft.h"

#include <stdio.h>

enum { DRAFTS_LIMIT = 256 << 20 };

static void add_draft_text(struct buffer *out, const struct draft *draft)
{
    static const char *const marks[] = {
        [DRAFT_VERIFIED] = "✓", [DRAFT_DOUBTFUL] = "~", [DRAFT_REFUSED] = "✗"};
    buffer_format(out, "%4d %s ", draft->line, marks[draft->state]);
    if (draft->card.prompt.len)
        buffer_format(out, "%.*s → %.*s", STR_ARG(draft->card.prompt), STR_ARG(draft->card.answer));
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < draft->findings.count; i++)
        buffer_format(out, "       %.*s\n", STR_ARG(draft->findings.items[i].text));
}

static void add_text(struct buffer *out, const struct drafts *drafts, struct arena *arena)
{
    const struct {
        size_t count;
        const char *one, *many;
    } rows[] = {
        {drafts->verified, PLURAL("%lld verified", "%lld verified")},
        {drafts->doubtful, PLURAL("%lld doubtful", "%lld doubtful")},
        {drafts->refused, PLURAL("%lld refused", "%lld refused")},
    };
    list_each (const struct draft, draft, drafts)
        add_draft_text(out, draft);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str count = context_count(arena, rows[i].one, rows[i].many, (int64_t)rows[i].count);
        buffer_format(out, "%s%.*s", i ? ", " : "", STR_ARG(count));
    }
    buffer_add_char(out, '\n');
}

/* Verified ones go to the deck, doubtful ones to the draft review. */
static bool store(const struct call *call, struct arena *arena, const struct intake *intake,
                  const struct drafts *drafts, struct error *e)
{
    struct collection *collection = NULL;
    struct add_report report;
    struct cards cards = {0};
    list_each (const struct draft, draft, drafts)
        if (draft->state != DRAFT_REFUSED)
            list_push(arena, &cards, draft->card);
    if (!cards.count)
        return true;
    struct addition addition = intake_addition(intake);
    addition.cards = &cards;
    addition.keep_missing = true;
    bool ok = context_open(call, &collection, e) &&
              collection_add(collection, arena, &addition, context_now(), &report, e);
    collection_close(collection);
    return ok;
}

static bool check_words(const struct call *call, struct error *e)
{
    return call->count == 1 || fail(e, ERROR_USAGE, _("--drafts goes with one chapter."));
}

bool add_drafts(const struct call *call, struct error *e)
{
    struct arena arena = {0};
    struct buffer out = {0};
    struct intakes intakes = {0};
    struct str_list paths = {0};
    struct drafts drafts = {0};
    struct str text;
    const struct intake_options options = {.deck = str_from(call_option(call, "deck", "")),
                                           .lang = str_from(call_option(call, "lang", ""))};
    list_push(&arena, &paths, str_from(call->words[0]));
    bool ok =
        check_words(call, e) && intake_read(&arena, &options, &paths, &intakes, e) &&
        (!intakes.items[0].is_deck || fail(e, ERROR_USAGE, _("A chapter is wanted here, not a deck."))) &&
        input_read(&arena, call_option(call, "drafts", "-"), DRAFTS_LIMIT, &text, e);
    print_warnings(&intakes);
    if (ok) {
        const struct intake *intake = &intakes.items[0];
        const struct draft_options how = {.scope = intake->scope, .cards = &intake->cards};
        drafts_check(&arena, &intake->document, &intake->facts, &how, text, &drafts);
        if (call_has(call, "json"))
            drafts_add_json(&out, &drafts);
        else
            add_text(&out, &drafts, &arena);
        ok = store(call, &arena, intake, &drafts, e);
        print_buffer(stdout, &out);
    }
    buffer_finish(&out);
    arena_finish(&arena);
    return ok && ((drafts.count && drafts.verified == drafts.count) || fail(e, ERROR_NONE, "%s", ""));
}
