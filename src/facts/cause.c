/* Why: effects with their causes, and what somebody promised or rumour has it. */
#include "facts/rule.h"
#include "facts/story.h"

static int trimmed_end(const struct reading *r, int first, int end)
{
    while (end > first && r->tokens.items[end - 1].kind == TOKEN_MARK && r->tokens.items[end - 1].partner < 0)
        end--;
    return end;
}

/* "A no podía B porque C": the effect is told whole, with its subject named. */
static void from_because(struct reading *r, const struct clause *clause)
{
    const struct clause *effect = clause_at(r, clause->parent);
    struct str opener = clause->connector >= 0 ? token_at(r, chunk_at(r, clause->connector)->first)->form->low
                                               : (struct str){0};
    if (!word_in(opener, "porque,because") || !effect || effect->phrase || effect->author || effect->rumour ||
        clause->author)
        return;
    double confidence;
    struct filler subject = story_subject(r, effect, &confidence);
    if (subject.entity < 0 || confidence < 0.9)
        return;
    const struct chunk *verb = chunk_at(r, effect->verb);
    int end = trimmed_end(r, verb->first, chunk_at(r, clause->connector)->first);
    int first = chunk_at(r, clause->connector)->end,
        last = trimmed_end(r, first, chunk_at(r, clause->end - 1)->end);
    if (last - first < 2 || last - first > 16 || end - verb->first > 16)
        return;
    struct fact fact = draft(r, "cause", "cause.because", confidence < 0.96 ? confidence : 0.96);
    fact.verb = verb->verb;
    draft_add(r, &fact, "agent", subject);
    struct filler text = filler_tokens(r, verb->first, end);
    draft_add(r, &fact, "effect", text);
    draft_add(r, &fact, "cause", filler_tokens(r, first, last));
    if (confidence < 0.95)
        draft_doubt(r, &fact, confidence, N_("whom it is about is not named in this sentence"));
    draft_keep(r, &fact);
}

/* The cause that a phrase behind the verb gives, "due to the lack of B": its first token and end; false if none. */
static bool phrase_cause(const struct reading *r, const struct clause *clause, int *ret_phrase, int *ret_end)
{
    for (int i = clause->verb + 1; i + 1 < clause->end; i++) {
        const struct chunk *c = chunk_at(r, i);
        if (c->kind != CHUNK_PREPOSITION || !chunk_is(r, i + 1, CHUNK_NOUN) ||
            phrase_at(r, c->first, PHRASE_CAUSE, NULL) != c->end - c->first || c->end - c->first < 2)
            continue;
        int end = i + 2;
        while (end < clause->end && (chunk_is(r, end, CHUNK_PREPOSITION) || chunk_is(r, end, CHUNK_NOUN) ||
                                     chunk_is(r, end, CHUNK_TIME)))
            end++;
        *ret_phrase = i;
        *ret_end = end;
        return !chunk_is(r, end - 1, CHUNK_PREPOSITION);
    }
    return false;
}

/* "A could not see B due to the lack of C". */
static void from_phrase(struct reading *r, const struct clause *clause)
{
    int phrase, end;
    if (clause->phrase || clause->author || clause->rumour || clause->opinion || clause->promise ||
        r->tokens.items[chunk_at(r, clause->verb)->first].quoted || !phrase_cause(r, clause, &phrase, &end))
        return;
    double confidence;
    struct filler subject = story_subject(r, clause, &confidence);
    const struct chunk *verb = chunk_at(r, clause->verb);
    int first = chunk_at(r, phrase)->end, last = chunk_at(r, end - 1)->end;
    int stop = trimmed_end(r, verb->first, chunk_at(r, phrase)->first);
    if (subject.entity < 0 || confidence < 0.9 || last - first > 12 || stop - verb->first > 14 ||
        (verb->modal && !clause->negative))
        return;
    struct filler cause = filler_tokens(r, first, last);
    cause.before = r->chapter->spanish ? chunk_text(r, phrase) : STR("because of");
    if (filler_is_vague(r, &cause))
        return;
    struct fact fact = draft(r, "cause", "cause.phrase", confidence < 0.96 ? confidence : 0.96);
    fact.verb = verb->verb;
    draft_add(r, &fact, "agent", subject);
    draft_add(r, &fact, "effect", filler_tokens(r, verb->first, stop));
    draft_add(r, &fact, "cause", cause);
    if (confidence < 0.95)
        draft_doubt(r, &fact, confidence, "whom it is about is not named in this sentence");
    draft_keep(r, &fact);
}

/* "A prometía que B sería C". */
static void from_promise(struct reading *r, const struct clause *clause)
{
    const struct clause *promise = clause_at(r, clause->parent);
    if (clause->kind != CLAUSE_CONTENT || !promise || !clause_states(r, promise, "promise") ||
        promise->negative || promise->author)
        return;
    double confidence;
    struct filler agent = story_subject(r, promise, &confidence);
    if (agent.entity < 0 || confidence < 0.95 || clause->connector < 0)
        return;
    int first = chunk_at(r, clause->connector)->end, end = first;
    while (end < (int)r->tokens.count && end - first < 18 && r->tokens.items[end].mark != '.' &&
           r->tokens.items[end].mark != ';')
        end++;
    end = trimmed_end(r, first, end);
    struct fact fact = draft(r, "promise", "promise.content", 0.96);
    fact.verb = chunk_at(r, promise->verb)->verb;
    fact.hedge = HEDGE_PROMISE;
    fact.holder = agent.text;
    draft_add(r, &fact, "agent", agent);
    draft_add(r, &fact, "content", filler_tokens(r, first, end));
    draft_keep(r, &fact);
}

/* "Orbex ofrece contratos enormes a …, los rumores hablan de …": the contracts that Orbex offers. */
static struct filler rumoured_of(const struct reading *r, const struct clause *rumour)
{
    const struct filler none = {.entity = -1};
    const struct clause *deed = rumour > r->clauses.items ? rumour - 1 : NULL;
    const struct chunk *object = deed ? chunk_at(r, deed->object) : NULL;
    double confidence;
    if (!r->chapter->spanish || !object || object->name >= 0 || deed->phrase || !clause_asserts(deed) ||
        object->determiner >= 0 || !object->plural)
        return none;
    struct filler agent = story_subject(r, deed, &confidence);
    if (agent.entity < 0 || confidence < 0.95)
        return none;
    struct filler of = filler_noun(r, deed->object);
    bool feminine = str_ends(token_at(r, object->head)->form->low, STR("as")) ||
                    str_ends(token_at(r, object->head)->form->low, STR("iones"));
    of.entity = -1;
    of.text = str_format(r->chapter->arena, "%s %.*s que %.*s %.*s", feminine ? "las" : "los",
                         STR_ARG(of.text), STR_ARG(agent.text), STR_ARG(chunk_at(r, deed->verb)->verb.text));
    return of;
}

/* "los rumores hablan de más de $100M por cuatro años". */
static void from_rumour(struct reading *r, const struct clause *clause)
{
    const struct chunk *subject = chunk_at(r, clause->subject);
    if (!subject || !word_in(token_at(r, subject->head)->form->low, "rumores,rumors,rumours") ||
        clause->negative)
        return;
    int first = chunk_at(r, clause->verb)->end, end = first;
    if (cue_is(r, first, CUE_OF) || token_is(r, first, "about"))
        first++;
    bool number = false;
    for (end = first;
         end < (int)r->tokens.count && r->tokens.items[end].mark != '.' && r->tokens.items[end].mark != ',';
         end++)
        number |= r->tokens.items[end].kind == TOKEN_NUMBER;
    if (!number || end - first < 2 || end - first > 9)
        return;
    struct fact fact = draft(r, "rumour", "rumour.amount", 0.95);
    fact.hedge = HEDGE_RUMOUR;
    draft_add(r, &fact, "content", filler_tokens(r, first, end));
    draft_add(r, &fact, "of", rumoured_of(r, clause));
    draft_keep(r, &fact);
}

void find_causes(struct reading *r)
{
    if (r->block->kind == BLOCK_QUOTE || r->block->kind == BLOCK_HEADING)
        return;
    list_each (const struct clause, clause, &r->clauses) {
        from_because(r, clause);
        from_phrase(r, clause);
        from_promise(r, clause);
        from_rumour(r, clause);
    }
}
