/* `repaso recall`: what somebody's own words bring of a chapter. */
#include "verify/recall.h"
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

#include <stdio.h>
#include <string.h>

enum { TEXT_LIMIT = 1 << 20 };

/* The first card of tier auto that stands on the fact; NULL if there is none. */
static const struct card *card_of(const struct cards *cards, const struct fact *fact)
{
    list_each (const struct card, card, cards)
        if (card->tier == TIER_AUTO && card->kind != CARD_WHY && strcmp(card->fact.text, fact->id.text) == 0)
            return card;
    return NULL;
}

static void add_field(struct buffer *out, const char *name, struct str value)
{
    buffer_format(out, ",\"%s\":", name);
    buffer_add_json(out, value);
}

static void add_fact_json(struct buffer *out, const struct intake *intake, const struct fact *fact,
                          const struct hit *hit, struct arena *arena)
{
    const struct card *card = card_of(&intake->cards, fact);
    buffer_add(out, STR("{\"fact\":"));
    buffer_add_json(out, str_from(fact->id.text));
    add_field(out, "relation", fact->relation);
    buffer_add(out, STR(",\"roles\":"));
    fact_add_roles_json(out, &intake->facts, fact);
    add_field(out, "time", time_iso(arena, &fact->time));
    add_field(out, "state", recalled_name(hit->state));
    if (hit->role.len) {
        add_field(out, "part", hit->role);
        add_field(out, "said", hit->said);
        add_field(out, "stated", hit->stated);
    }
    buffer_format(out, ",\"wrong\":%s,\"line\":%d", hit->wrong ? "true" : "false", hit->line);
    if (hit->given.end)
        buffer_format(out, ",\"given\":{\"start\":%zu,\"end\":%zu}", hit->given.start, hit->given.end);
    if (card)
        add_field(out, "card", str_from(card->id.text));
    buffer_add_char(out, '}');
}

static void add_json(struct buffer *out, const struct intake *intake, const struct hits *hits,
                     struct arena *arena)
{
    size_t missed = hits->count - hits->brought - hits->nearly;
    buffer_format(out, "{\"brought\":%zu,\"nearly\":%zu,\"missed\":%zu,\"wrong\":%zu,\"facts\":[",
                  hits->brought, hits->nearly, missed, hits->wrong);
    for (size_t i = 0; i < hits->count; i++) {
        buffer_add(out, i ? STR(",\n") : STR("\n"));
        add_fact_json(out, intake, &intake->facts.items[i], &hits->items[i], arena);
    }
    buffer_add(out, STR("\n]}\n"));
}

/* `you said "2022"; the text: March 2023 (line 26)` */
static void add_difference(struct buffer *out, const struct hit *hit)
{
    buffer_add(out, STR("      "));
    if (hit->said.len)
        buffer_format(out, _("you said \"%.*s\"; the text: %.*s (line %d)"), STR_ARG(hit->said),
                      STR_ARG(hit->stated), hit->line);
    else
        buffer_format(out, _("you did not say: %.*s (line %d)"), STR_ARG(hit->stated), hit->line);
    buffer_add_char(out, '\n');
}

/* Whether an earlier fact stands behind the same card. */
static bool is_told(const struct facts *facts, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(facts->items[i].id.text, facts->items[index].id.text) == 0)
            return true;
    return false;
}

struct tally {
    long long told, brought, nearly, wrong;
};

static void add_facts(struct buffer *out, const struct intake *intake, const struct hits *hits,
                      enum recalled state, struct tally *tally)
{
    static const char *const marks[] = {
        [RECALLED_MISSED] = "○", [RECALLED_NEARLY] = "~", [RECALLED_BROUGHT] = "✓"};
    for (size_t i = 0; i < hits->count; i++) {
        const struct hit *hit = &hits->items[i];
        const struct card *card = card_of(&intake->cards, &intake->facts.items[i]);
        if (hit->state != state || !card || is_told(&intake->facts, i))
            continue;
        tally->told++;
        tally->brought += state == RECALLED_BROUGHT;
        tally->nearly += state == RECALLED_NEARLY;
        tally->wrong += hit->wrong;
        buffer_format(out, "  %s %.*s → %.*s\n", hit->wrong ? "✗" : marks[state], STR_ARG(card->prompt),
                      STR_ARG(card->answer));
        if (hit->role.len)
            add_difference(out, hit);
    }
}

static void add_text(struct buffer *out, const struct intake *intake, const struct hits *hits,
                     struct arena *arena)
{
    struct tally tally = {0};
    struct buffer facts = {0};
    for (int state = RECALLED_BROUGHT; state >= RECALLED_MISSED; state--)
        add_facts(&facts, intake, hits, (enum recalled)state, &tally);
    struct str told = context_count(arena, PLURAL("%lld fact", "%lld facts"), tally.told);
    buffer_format(out, _("%lld of %.*s brought, %lld nearly"), tally.brought, STR_ARG(told), tally.nearly);
    if (tally.wrong)
        buffer_format(out, _(", %lld told otherwise than in the text"), tally.wrong);
    buffer_format(out, "\n\n%.*s", STR_ARG(buffer_str(&facts)));
    buffer_finish(&facts);
}

bool run_recall(const struct call *call, struct error *e)
{
    struct arena arena = {0};
    struct buffer out = {0};
    struct intakes intakes = {0};
    struct str_list paths = {0};
    struct str text;
    struct hits hits;
    const struct intake_options options = {.lang = str_from(call_option(call, "lang", ""))};
    list_push(&arena, &paths, str_from(call->words[0]));
    bool ok =
        intake_read(&arena, &options, &paths, &intakes, e) &&
        (!intakes.items[0].is_deck || fail(e, ERROR_USAGE, _("A chapter is wanted here, not a deck."))) &&
        input_read_text(&arena, "-", TEXT_LIMIT, &text, e);
    if (ok) {
        const struct intake *intake = &intakes.items[0];
        facts_match(&arena, &intake->document, &intake->facts, text, &hits);
        if (call_has(call, "json"))
            add_json(&out, intake, &hits, &arena);
        else
            add_text(&out, intake, &hits, &arena);
        print_buffer(stdout, &out);
    }
    buffer_finish(&out);
    arena_finish(&arena);
    return ok;
}
