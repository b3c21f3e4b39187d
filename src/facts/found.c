/* Who made what: foundings, creations, inventions, discoveries. */
#include "facts/rule.h"
#include "facts/story.h"

static const double sure = 0.97;

/* The first of these relations that the verb may state, NULL if none. */
static const char *relation_of(const struct reading *r, const struct clause *clause)
{
    static const char *const relations[] = {"found", "invent", "discover"};
    const struct verb *verb = clause_verb(r, clause);
    if (!verb || !verb->relations.count)
        return NULL;
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (str_equal(verb->relations.items[0], str_from(relations[i])))
            return "found";
    return NULL;
}

/* Where it happened: "en Lugo", "in Boston". */
static int place_of(const struct reading *r, const struct clause *clause)
{
    for (int i = clause->first; i + 1 < clause->end; i++) {
        if (!chunk_is(r, i, CHUNK_PREPOSITION) || !chunk_is(r, i + 1, CHUNK_NOUN))
            continue;
        struct filler f = filler_noun(r, i + 1);
        if (word_in(token_at(r, chunk_at(r, i)->first)->form->low, "en,in,at") &&
            filler_type(r, &f) == ENTITY_PLACE)
            return i + 1;
    }
    return -1;
}

/* "… un taller en Lugo: FOO (…)": a colon names what an indefinite noun phrase announced. */
static int announced(const struct reading *r, const struct clause *clause)
{
    for (int i = clause->verb + 1; i < (int)r->chunks.count; i++) {
        if (!chunk_is(r, i, CHUNK_STOP))
            continue;
        bool colon = token_is_mark(r, chunk_at(r, i)->first, ':');
        return colon && chunk_is(r, i + 1, CHUNK_NOUN) && chunk_at(r, i + 1)->name >= 0 ? i + 1 : -1;
    }
    return -1;
}

static struct filler made(const struct reading *r, const struct clause *clause, double *confidence)
{
    *confidence = 1;
    const struct chunk *verb = chunk_at(r, clause->verb);
    if (verb->verb.passive) {
        if (clause->subject < 0)
            return story_subject(r, clause, confidence);
        return story_noun(r, clause->subject, confidence);
    }
    if (clause->object < 0)
        return (struct filler){.entity = -1};
    int named = announced(r, clause);
    const struct chunk *object = chunk_at(r, clause->object);
    if (named >= 0 && object->name < 0 && !object->plural)
        return filler_noun(r, named);
    return filler_noun(r, clause->object);
}

static void add_makers(struct reading *r, struct fact *fact, int first, int end)
{
    for (int i = first; i >= 0 && i < end; i = coordination_next(r, i, end)) {
        struct filler f = filler_noun(r, i);
        if (!filler_is_vague(r, &f))
            draft_add(r, fact, "agent", f);
    }
}

static void from_clause(struct reading *r, const struct clause *clause)
{
    const char *relation = relation_of(r, clause);
    if (!relation || !clause_asserts(clause) || r->tokens.items[chunk_at(r, clause->verb)->first].quoted)
        return;
    struct str opener = clause_opener(r, clause);
    if (str_starts(opener, STR("cuy")) || str_equal(opener, STR("whose")))
        return;
    double work_sure, agent_sure = 1;
    struct filler work = made(r, clause, &work_sure);
    if (!filler_is_set(&work) || work.entity < 0 || work_sure < 0.85)
        return;
    struct fact fact = draft(r, relation, clause->phrase ? "found.participle" : "found.clause", sure);
    fact.verb = chunk_at(r, clause->verb)->verb;
    draft_add(r, &fact, "work", work);
    if (chunk_at(r, clause->verb)->verb.passive) {
        int by = clause_doer(r, clause);
        if (by >= 0)
            add_makers(r, &fact, by, clause->end);
    } else if (clause->subject >= 0 && clause->subject_end - clause->subject > 1) {
        add_makers(r, &fact, clause->subject, clause->subject_end);
    } else {
        struct filler agent = story_subject(r, clause, &agent_sure);
        if (filler_is_set(&agent) && agent_sure >= 0.9)
            draft_add(r, &fact, "agent", agent);
    }
    int place = place_of(r, clause);
    if (place >= 0)
        draft_add(r, &fact, "place", filler_governed(r, place));
    draft_time(r, &fact, clause_time(r, clause));
    if (work_sure < 1)
        draft_doubt(r, &fact, work_sure, N_("what was made is not named in this sentence"));
    if (fact.roles.count > 1 || fact.time.precision)
        draft_keep(r, &fact);
}

static bool is_own(const struct reading *r, const struct chunk *c)
{
    bool own = false, org = false;
    for (int i = c->first; i < c->end; i++) {
        const struct form *form = token_at(r, i)->form;
        own |= word_in(form->low, "own,propio,propia");
        org |= (form->noun && str_equal(form->noun->type, STR("org"))) ||
               word_in(form->low, "venture,business,startup,negocio,emprendimiento");
    }
    return own && org;
}

/* "decided to embark on her own venture: Foo", "su respuesta fue crear su propia empresa: Foo". */
static void from_own(struct reading *r, int colon)
{
    if (!token_is_mark(r, chunk_at(r, colon)->first, ':') || !chunk_is(r, colon + 1, CHUNK_NOUN) ||
        chunk_at(r, colon + 1)->name < 0)
        return;
    int own = colon - 1;
    if (!chunk_is(r, own, CHUNK_NOUN) || !is_own(r, chunk_at(r, own)))
        return;
    const struct clause *clause = NULL;
    list_each (const struct clause, c, &r->clauses)
        if (c->verb < own && !c->phrase && c->kind != CLAUSE_RELATIVE)
            clause = c;
    if (!clause || clause->negative || clause->rumour || clause->author)
        return;
    double confidence;
    struct filler agent = story_subject(r, clause, &confidence);
    const struct chunk *subject = chunk_at(r, clause->subject);
    if (subject && subject->owner_end > 0 && token_at(r, subject->first)->name >= 0)
        agent = filler_name(r, token_at(r, subject->first)->name),
        confidence = 1; /* "Ada's answer was to create" */
    if (agent.entity < 0 || confidence < 0.95)
        return;
    struct fact fact = draft(r, "found", "found.own", 0.96);
    draft_add(r, &fact, "work", filler_noun(r, colon + 1));
    draft_add(r, &fact, "agent", agent);
    draft_time(r, &fact, clause_time(r, clause));
    draft_keep(r, &fact);
}

void find_foundings(struct reading *r)
{
    if (r->block->kind == BLOCK_HEADING || r->block->kind == BLOCK_QUOTE)
        return;
    list_each (const struct clause, clause, &r->clauses)
        from_clause(r, clause);
    for (int i = 0; i < (int)r->chunks.count; i++)
        if (chunk_is(r, i, CHUNK_STOP))
            from_own(r, i);
}
