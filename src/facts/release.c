/* Something made reaches the world: launched, published, presented. */
#include "facts/rule.h"
#include "facts/story.h"

static const double sure = 0.97;

/* The made thing that a noun phrase names: itself, or the name behind "la serie de", "the first version of". */
static struct filler work_of(const struct reading *r, int chunk)
{
    const struct chunk *c = chunk_at(r, chunk);
    if (c->name >= 0)
        return r->names.items[c->name].end == c->kind_noun ? filler_noun(r, chunk) : filler_name(r, c->name);
    const struct token *last = token_at(r, c->end - 1);
    if (last->name < 0)
        return (struct filler){.entity = -1};
    const struct name *name = &r->names.items[last->name];
    const struct form *head = token_at(r, c->head)->form;
    bool wrapped = head->noun && str_equal(head->noun->type, STR("work")) && c->head < name->first &&
                   cue_is(r, name->first - 1, CUE_OF) && name->first - 2 == c->head;
    return wrapped ? filler_name(r, last->name) : (struct filler){.entity = -1};
}

static bool can_be_work(const struct reading *r, const struct filler *f)
{
    if (!filler_is_set(f) || f->entity < 0)
        return false;
    enum entity_type type = filler_type(r, f);
    return type == ENTITY_WORK || type == ENTITY_UNKNOWN || type == ENTITY_TERM || type == ENTITY_ORG;
}

static void add_agent(struct reading *r, struct fact *fact, struct filler agent, double confidence)
{
    if (!filler_is_set(&agent) || confidence < 0.9)
        return;
    enum entity_type type = filler_type(r, &agent);
    if (type == ENTITY_WORK && agent.entity >= 0 &&
        entity_at(r->chapter->entities, agent.entity)->class_noun.len == 0)
        return;
    if (type == ENTITY_EVENT || type == ENTITY_TERM)
        return;
    draft_add(r, fact, "agent", agent);
    if (confidence < sure)
        draft_doubt(r, fact, confidence < 0.95 ? confidence : 0.95,
                    N_("the maker is not named in this sentence"));
}

static void keep(struct reading *r, const struct clause *clause, struct filler work, int time,
                 struct filler agent, double agent_sure, const char *rule)
{
    struct fact fact = draft(r, "release", rule, sure);
    fact.verb = chunk_at(r, clause->verb)->verb;
    draft_add(r, &fact, "work", work);
    add_agent(r, &fact, agent, agent_sure);
    draft_time(r, &fact, time);
    if (fact.roles.count > 1 || fact.time.precision)
        draft_keep(r, &fact);
}

/* "A (abril), B (mayo) y C": a date in brackets belongs to the name that it touches, and to no other. */
static void keep_list(struct reading *r, const struct clause *clause, int first, int end, struct filler agent,
                      double agent_sure)
{
    bool bracketed = false;
    for (int i = first; i >= 0 && i < end; i = coordination_next(r, i, end))
        bracketed |= bracket_time(r, i) >= 0;
    int shared = bracketed ? -1 : clause_time(r, clause);
    for (int i = first; i >= 0 && i < end; i = coordination_next(r, i, end)) {
        struct filler work = work_of(r, i);
        if (!can_be_work(r, &work))
            continue;
        int time = bracket_time(r, i);
        keep(r, clause, work, time >= 0 ? time : shared, agent, agent_sure,
             time >= 0 ? "release.bracket-date" : "release.clause");
    }
}

/* "Publicaron A, B, C, D y E": one maker of many is one thing to know. */
static void keep_makers(struct reading *r, const struct clause *clause, int first, int end,
                        struct filler agent, double agent_sure)
{
    struct fact fact = draft(r, "made-by", "made-by.list", sure);
    fact.verb = chunk_at(r, clause->verb)->verb;
    int count = 0;
    for (int i = first; i >= 0 && i < end; i = coordination_next(r, i, end)) {
        struct filler work = work_of(r, i);
        if (!can_be_work(r, &work) || count == 8)
            return;
        draft_add(r, &fact, "work", work);
        count++;
    }
    if (count < 4 || agent.entity < 0 || agent_sure < 0.95 || filler_type(r, &agent) == ENTITY_WORK)
        return;
    draft_add(r, &fact, "agent", agent);
    draft_keep(r, &fact);
}

static struct filler doer(const struct reading *r, const struct clause *clause, double *confidence)
{
    int by = clause_doer(r, clause);
    *confidence = by >= 0 ? 1 : 0;
    return by >= 0 ? filler_noun(r, by) : (struct filler){.entity = -1};
}

/* The subject is what was released: passive or "salió", "arrived". */
static void undergone(struct reading *r, const struct clause *clause)
{
    double agent_sure, work_sure = 1;
    struct filler agent = doer(r, clause, &agent_sure), work;
    if (clause->subject >= 0 && clause->subject_end - clause->subject > 1) {
        keep_list(r, clause, clause->subject, clause->subject_end, agent, agent_sure);
        return;
    }
    int time = clause_time(r, clause);
    if (clause->subject >= 0) {
        work = work_of(r, clause->subject);
        if (!filler_is_set(&work))
            work = story_noun(r, clause->subject, &work_sure);
        if (time < 0)
            time = bracket_time(r, clause->subject);
    } else {
        work = story_subject(r, clause, &work_sure);
    }
    if (!can_be_work(r, &work) || work_sure < 0.85)
        return;
    struct fact fact = draft(r, "release", clause->phrase ? "release.participle" : "release.passive", sure);
    fact.verb = chunk_at(r, clause->verb)->verb;
    draft_add(r, &fact, "work", work);
    add_agent(r, &fact, agent, agent_sure);
    draft_time(r, &fact, time);
    if (work_sure < 1)
        draft_doubt(r, &fact, work_sure, N_("what was released is not named in this sentence"));
    if (fact.roles.count > 1 || fact.time.precision)
        draft_keep(r, &fact);
}

static bool releases(const struct reading *r, const struct clause *clause)
{
    const struct verb *verb = clause_verb(r, clause);
    return verb && verb->relations.count && str_equal(verb->relations.items[0], STR("release"));
}

/* A release told right behind a dated sentence of the same paragraph has its date: "En mayo de 1998 dieron el paso.
 * Presentaron Foo." */
static void carry_date(struct reading *r, const struct clause *clause, struct filler agent, double agent_sure)
{
    const struct discourse *story = &r->chapter->story;
    bool dated = false;
    list_each (const struct time_mention, t, &r->times)
        dated |= !t->in_paren && !t->as_of;
    if (dated || r->sentence == 0 || story->dated_sentence != r->sentence - 1 || !story->month)
        return;
    if (r->chapter->doc->sentences.items[r->sentence - 1].block != r->at->block)
        return;
    struct filler work = clause->object >= 0 ? work_of(r, clause->object) : (struct filler){.entity = -1};
    if (!can_be_work(r, &work) || clause->object_end - clause->object > 2)
        return;
    struct fact fact = draft(r, "release", "release.carried-date", 0.95);
    fact.verb = chunk_at(r, clause->verb)->verb;
    draft_add(r, &fact, "work", work);
    add_agent(r, &fact, agent, agent_sure);
    fact.time = story->dated;
    fact.time.inferred = true;
    draft_keep(r, &fact);
}

static void from_clause(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause) || !releases(r, clause) ||
        r->tokens.items[chunk_at(r, clause->verb)->first].quoted)
        return;
    const struct verb *verb = clause_verb(r, clause);
    const struct chunk *group = chunk_at(r, clause->verb);
    if (group->verb.passive || verb->intransitive) {
        undergone(r, clause);
        return;
    }
    if (clause->object < 0)
        return;
    double agent_sure;
    struct filler agent = story_subject(r, clause, &agent_sure);
    int colon = clause->object_end;
    struct filler itself = work_of(r, clause->object);
    bool listed = !filler_is_set(&itself) && chunk_is(r, colon, CHUNK_STOP) &&
                  chunk_is(r, colon + 1, CHUNK_NOUN) && token_is_mark(r, chunk_at(r, colon)->first, ':');
    int first = listed ? colon + 1 : clause->object; /* "publicó dos trabajos: A y B" */
    int end = listed ? (int)r->chunks.count : clause->object_end;
    keep_list(r, clause, first, end, agent, agent_sure);
    keep_makers(r, clause, first, end, agent, agent_sure);
    carry_date(r, clause, agent, agent_sure);
}

/* "el lanzamiento de Foo en mayo", "the release of Foo in 1998". */
static void from_noun(struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    if (!cue_is(r, c->head, CUE_RELEASE_NOUN) || token_at(r, c->end - 1)->name < 0 ||
        !cue_is(r, c->head + 1, CUE_OF))
        return;
    const struct name *name = &r->names.items[token_at(r, c->end - 1)->name];
    if (name->first != c->head + 2 && name->first != c->head + 3)
        return;
    int time = chunk_is(r, i + 2, CHUNK_TIME) && chunk_is(r, i + 1, CHUNK_PREPOSITION)
                   ? chunk_at(r, i + 2)->time
                   : bracket_time(r, i);
    if (time < 0)
        return;
    struct fact fact = draft(r, "release", "release.nominal", 0.96);
    draft_add(r, &fact, "work", filler_name(r, token_at(r, c->end - 1)->name));
    draft_time(r, &fact, time);
    if (fact.time.precision)
        draft_keep(r, &fact);
}

/* "Acme con Zeta 4 (marzo) y Orbex con Nube (abril)": maker "with" work, dated. */
static void from_with(struct reading *r, int i)
{
    if (!chunk_is(r, i + 1, CHUNK_PREPOSITION) ||
        !word_in(token_at(r, chunk_at(r, i + 1)->first)->form->low, "con,with") ||
        !chunk_is(r, i + 2, CHUNK_NOUN))
        return;
    int time = bracket_time(r, i + 2);
    struct filler agent = filler_noun(r, i), work = filler_noun(r, i + 2);
    if (time < 0 || agent.entity < 0 || !can_be_work(r, &work) || filler_type(r, &agent) == ENTITY_WORK)
        return;
    struct fact fact = draft(r, "release", "release.with", 0.96);
    draft_add(r, &fact, "work", work);
    draft_add(r, &fact, "agent", agent);
    draft_time(r, &fact, time);
    draft_keep(r, &fact);
}

/* "Llegó abril de 1999 …", "April 1999 came.": what was promised in this section comes. */
static void from_promise(struct reading *r)
{
    const struct discourse *story = &r->chapter->story;
    if (story->promised < 0 || r->sentence - story->promised_sentence > 3 || !r->clauses.count)
        return;
    int verb = r->clauses.items[0].verb, time = 1 - verb;
    if (verb > 1 || !chunk_is(r, time, CHUNK_TIME) ||
        !word_in(chunk_at(r, verb)->verb.lemma, "llegar,arrive,come"))
        return;
    struct fact fact = draft(r, "release", "release.promised", 0.95);
    fact.verb = chunk_at(r, verb)->verb;
    draft_add(r, &fact, "work", filler_entity(r, story->promised));
    draft_time(r, &fact, chunk_at(r, time)->time);
    if (fact.time.precision)
        draft_keep(r, &fact);
}

void find_releases(struct reading *r)
{
    if (r->block->kind == BLOCK_HEADING || r->block->kind == BLOCK_QUOTE)
        return;
    list_each (const struct clause, clause, &r->clauses)
        from_clause(r, clause);
    from_promise(r);
    for (int i = 0; i < (int)r->chunks.count; i++)
        if (chunk_is(r, i, CHUNK_NOUN)) {
            from_noun(r, i);
            from_with(r, i);
        }
}
