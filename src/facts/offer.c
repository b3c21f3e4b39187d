/* Offers and their answers. A turn of quoted dialogue stays said; that the one who was addressed refused or accepted is
 * told by the arrow behind it: "“A (fundador de B), véndeme tu empresa.” → No". */
#include "facts/rule.h"
#include "facts/story.h"

static bool is_quoted(const struct reading *r)
{
    return r->block->kind == BLOCK_QUOTE ||
           (r->tokens.count && (r->tokens.items[0].mark == 0x201C || r->tokens.items[0].mark == '"'));
}

/* Who is spoken to: the first name of the turn, with the organisation in its bracket, and what is asked. */
static void note_turn(struct reading *r)
{
    struct discourse *story = &r->chapter->story;
    if (!is_quoted(r))
        return;
    if (r->names.count && r->names.items[0].first <= 4) {
        story->addressed = r->names.items[0].entity;
        story->addressed_block = r->at->block;
        story->addressed_org = -1;
        story->asked_to_sell = false;
        const struct name *second = r->names.count > 1 ? &r->names.items[1] : NULL;
        if (second && r->tokens.items[second->first].depth > 0)
            story->addressed_org = second->entity;
    }
    if (story->addressed_block != r->at->block)
        return;
    for (size_t i = 0; i < r->tokens.count; i++)
        story->asked_to_sell |=
            word_in(r->tokens.items[i].form->low, "véndeme,vende,vender,vendes,véndenos,sell");
}

static int arrow(const struct reading *r)
{
    for (int i = 0; i < (int)r->tokens.count; i++)
        if (token_is_mark(r, i, 0x2192))
            return i;
    return -1;
}

/* "vender Foo", "sell Foo": what was refused. */
static struct filler request(const struct reading *r)
{
    const struct discourse *story = &r->chapter->story;
    const struct entity *org = entity_at(r->chapter->entities, story->addressed_org);
    if (!org)
        return (struct filler){.entity = -1};
    const char *verb = r->chapter->spanish ? "vender" : "to sell";
    struct filler what = {.entity = -1};
    if (story->asked_to_sell)
        what.text = str_format(r->chapter->arena, "%s %.*s", verb, STR_ARG(org->name));
    else
        what.text = r->chapter->spanish ? str_format(r->chapter->arena, "dejar %.*s", STR_ARG(org->name))
                                        : str_format(r->chapter->arena, "to leave %.*s", STR_ARG(org->name));
    return what;
}

static void from_reply(struct reading *r)
{
    struct discourse *story = &r->chapter->story;
    int reply = arrow(r);
    const struct token *word = token_at(r, reply + 1);
    if (reply < 0 || !word || story->addressed_block != r->at->block || story->addressed < 0)
        return;
    bool no = word_in(word->form->low, "no"),
         yes = word_in(word->form->low, "ok,okay,sí,yes,vale,acepto,hecho,deal");
    if (!no && !yes)
        return;
    struct fact fact = draft(r, no ? "refuse" : "accept", no ? "refuse.reply" : "accept.reply", 0.95);
    draft_add(r, &fact, "agent", filler_entity(r, story->addressed));
    draft_add(r, &fact, "what", request(r));
    draft_keep(r, &fact);
    story->addressed = -1;
}

/* "Te doy casi la mitad por 14B": money behind "por", in a turn that asked for a sale. */
static void from_price(struct reading *r)
{
    struct discourse *story = &r->chapter->story;
    if (!is_quoted(r) || story->addressed_block != r->at->block || story->addressed_org < 0 ||
        !story->asked_to_sell)
        return;
    for (int i = 1; i < (int)r->tokens.count; i++) {
        const struct token *t = token_at(r, i);
        if (t->kind != TOKEN_NUMBER || !(token_is(r, i - 1, "por") || token_is(r, i - 1, "for")))
            continue;
        int share = i - 2;
        while (share > 0 && r->tokens.items[share].kind != TOKEN_MARK &&
               !r->tokens.items[share].form->verb_count)
            share--;
        while (share + 1 < i - 1 && token_has(r, share + 1, IS_PRONOUN | IS_CLITIC))
            share++;
        bool part = false;
        for (int k = share + 1; k < i - 1; k++)
            part |= word_in(r->tokens.items[k].form->low, "mitad,parte,tercio,half,third,quarter,part") ||
                    r->tokens.items[k].mark == '%';
        struct fact fact = draft(r, "offer", "offer.price", 0.95);
        draft_add(r, &fact, "target", filler_entity(r, story->addressed_org));
        int end = token_has(r, i + 1, IS_NUMBER | IS_UNIT) ? i + 2 : i + 1;
        draft_add(r, &fact, "money", filler_tokens(r, i, end));
        if (part)
            draft_add(r, &fact, "share", filler_tokens(r, share + 1, i - 1));
        draft_keep(r, &fact);
        return;
    }
}

/* "A aceptó", "A rejected the offer". */
static void from_clause(struct reading *r, const struct clause *clause)
{
    if (clause->phrase || !clause_asserts(clause) || r->tokens.items[chunk_at(r, clause->verb)->first].quoted)
        return;
    bool accepts = clause_states(r, clause, "accept"), refuses = clause_states(r, clause, "refuse");
    if ((!accepts && !refuses) || clause->subject < 0 || chunk_at(r, clause->verb)->verb.passive)
        return;
    double confidence;
    struct filler agent = story_subject(r, clause, &confidence);
    if (agent.entity < 0 || confidence < 0.95)
        return;
    struct fact fact =
        draft(r, accepts ? "accept" : "refuse", accepts ? "accept.clause" : "refuse.clause", 0.96);
    fact.verb = chunk_at(r, clause->verb)->verb;
    draft_add(r, &fact, "agent", agent);
    if (clause->object >= 0)
        draft_add(r, &fact, "what", filler_noun(r, clause->object));
    draft_time(r, &fact, clause_time(r, clause));
    draft_keep(r, &fact);
}

void find_offers(struct reading *r)
{
    note_turn(r);
    from_reply(r);
    from_price(r);
    list_each (const struct clause, clause, &r->clauses)
        from_clause(r, clause);
}
