/* Where something can be had: "de forma gratuita en A y en B", "available on A". */
#include "facts/rule.h"
#include "facts/story.h"

/* "con miles de programas disponibles en …" says so of the programs. */
static bool of_another(const struct reading *r, int chunk, int token)
{
    const struct chunk *c = chunk_at(r, chunk);
    return c->kind == CHUNK_NOUN && c->end - c->first > 1 && token > c->first &&
           word_in(token_at(r, token)->form->low, "disponible,disponibles,available");
}

static bool says_available(const struct reading *r, const struct clause *clause)
{
    for (int i = clause->verb; i < clause->end; i++)
        for (int t = chunk_at(r, i)->first; t < chunk_at(r, i)->end; t++)
            if (!of_another(r, i, t) &&
                word_in(
                    token_at(r, t)->form->low,
                    "gratis,gratuita,gratuitamente,gratuito,disponible,disponibles,free,freely,available"))
                return true;
    return false;
}

static void add_places(struct reading *r, struct fact *fact, int i, int end)
{
    for (; i + 1 < end; i++) {
        if (!chunk_is(r, i, CHUNK_PREPOSITION) || !chunk_is(r, i + 1, CHUNK_NOUN) ||
            !word_in(token_at(r, chunk_at(r, i)->first)->form->low, "en,in,on,across,at,through"))
            continue;
        int bracket = bracket_of(r, i + 1), added = 0;
        if (bracket >= 0)
            for (int t = chunk_at(r, bracket)->first; t < chunk_at(r, bracket)->end; t++)
                if (token_at(r, t)->name >= 0 &&
                    (t == 0 || token_at(r, t - 1)->name != token_at(r, t)->name)) {
                    draft_add(r, fact, "place", filler_name(r, token_at(r, t)->name));
                    added++;
                }
        if (!added)
            draft_add(r, fact, "place", filler_noun(r, i + 1));
    }
}

/* What is offered: the object, or the subject of a passive or of "está disponible"; "el modelo" is the work in focus. */
static struct filler offered(const struct reading *r, const struct clause *clause, double *confidence)
{
    const struct chunk *verb = chunk_at(r, clause->verb), *object = chunk_at(r, clause->object);
    if (!object || verb->verb.passive || word_in(verb->verb.lemma, "estar,ser,be"))
        return story_subject(r, clause, confidence);
    struct filler f = story_noun(r, clause->object, confidence);
    const struct discourse *story = &r->chapter->story;
    const struct form *head = token_at(r, object->head)->form;
    bool definite = object->determiner >= 0 && token_has(r, object->determiner, IS_ARTICLE) &&
                    !token_has(r, object->determiner, IS_INDEFINITE);
    if (f.entity < 0 && definite && head->noun && str_equal(head->noun->type, STR("work")) &&
        story->work >= 0 && story->work_sentence >= r->sentence - 2) {
        *confidence = 0.95;
        return filler_entity(r, story->work);
    }
    return f;
}

void find_availability(struct reading *r)
{
    if (r->block->kind == BLOCK_QUOTE || r->block->kind == BLOCK_HEADING)
        return;
    list_each (const struct clause, clause, &r->clauses) {
        if (clause->phrase || !clause_asserts(clause) || !says_available(r, clause))
            continue;
        double confidence;
        struct filler work = offered(r, clause, &confidence);
        if (work.entity < 0 || confidence < 0.95)
            continue;
        struct fact fact = draft(r, "available", "available.clause", 0.95);
        fact.verb = chunk_at(r, clause->verb)->verb;
        draft_add(r, &fact, "work", work);
        add_places(r, &fact, clause->verb + 1, clause->end);
        if (fact.roles.count > 1)
            draft_keep(r, &fact);
    }
}
