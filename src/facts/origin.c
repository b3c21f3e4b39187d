/* Where a thing comes from and what it belongs to: based on, successor of, part of. */
#include "facts/rule.h"
#include "facts/story.h"

static const double sure = 0.97;

static void keep(struct reading *r, const struct clause *clause, const char *relation, const char *rule,
                 const char *a, struct filler x, const char *b, struct filler y, double confidence)
{
    struct fact fact = draft(r, relation, rule, confidence < sure ? confidence : sure);
    fact.verb = chunk_at(r, clause->verb)->verb;
    draft_add(r, &fact, a, x);
    draft_add(r, &fact, b, y);
    draft_time(r, &fact, clause_time(r, clause));
    if (confidence < 0.95)
        draft_doubt(r, &fact, confidence, N_("what it is about is not named in this sentence"));
    if (fact.roles.count == 2)
        draft_keep(r, &fact);
}

static struct filler undergone(const struct reading *r, const struct clause *clause, double *confidence)
{
    *confidence = 1;
    if (clause->subject >= 0 && clause->phrase)
        return story_noun(r, clause->subject, confidence);
    return story_subject(r, clause, confidence);
}

/* "Foo es un sistema basado en B", "Empezó como una herramienta basada en B": the work is what the noun is said of. */
static struct filler described_work(const struct reading *r, const struct clause *clause, double *confidence)
{
    const struct chunk *noun = chunk_at(r, clause->subject);
    struct filler none = {.entity = -1};
    if (!clause->phrase || !noun || noun->name >= 0 || noun->determiner < 0 ||
        !token_has(r, noun->determiner, IS_INDEFINITE))
        return none;
    const struct clause *host = clause_at(r, clause->parent);
    bool predicate =
        host &&
        ((host->object == clause->subject && word_in(chunk_at(r, host->verb)->verb.lemma, "ser,be")) ||
         word_in(chunk_text(r, clause->subject - 1), "como,as"));
    return predicate ? story_subject(r, host, confidence) : none;
}

static void from_base(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause) || !clause_states(r, clause, "based-on"))
        return;
    int base = governed_noun(r, clause->verb + 1, clause->end, "en,on,upon,de,from,partir");
    double confidence;
    struct filler work = undergone(r, clause, &confidence);
    const struct chunk *noun = chunk_at(r, clause->subject);
    if (clause->phrase && noun && noun->name < 0 && noun->determiner >= 0 &&
        token_has(r, noun->determiner, IS_INDEFINITE))
        work = described_work(r, clause, &confidence);
    enum entity_type type = filler_type(r, &work);
    bool active = !clause->phrase && !chunk_at(r, clause->verb)->verb.passive;
    bool own = clause->kind == CLAUSE_RELATIVE &&
               clause->subject != clause->antecedent; /* "whose form is based on" */
    bool maker = own || (active &&
                         (type == ENTITY_ORG || type == ENTITY_PERSON)); /* "which Orbex derived from Zeta" */
    if (base < 0 || !filler_is_set(&work) || confidence < 0.85 || maker)
        return;
    if (work.entity < 0 &&
        (!str_contains(work.text, STR(" ")) || token_at(r, chunk_at(r, base)->end - 1)->name < 0))
        return;
    /* "a partir de Orbe" is two prepositions. */
    keep(r, clause, "based-on", "based-on.clause", "work", work, "base", filler_noun(r, base), confidence);
}

static void from_successor(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause) || !clause_states(r, clause, "successor"))
        return;
    double confidence;
    struct filler subject = undergone(r, clause, &confidence);
    if (!filler_is_set(&subject) || confidence < 0.9)
        return;
    if (chunk_at(r, clause->verb)->verb.passive) {
        int by = clause_doer(r, clause);
        if (by >= 0 && subject.entity >= 0)
            keep(r, clause, "successor", "successor.passive", "work", filler_noun(r, by), "old", subject,
                 confidence);
    } else if (clause->object >= 0 && chunk_at(r, clause->object)->name >= 0) {
        keep(r, clause, "successor", "successor.clause", "work", subject, "old",
             filler_noun(r, clause->object), confidence);
    }
}

/* "X es la sucesora oficial de Y". */
static void from_heir(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause) || clause->object < 0 ||
        !word_in(chunk_at(r, clause->verb)->verb.lemma, "ser,be"))
        return;
    const struct chunk *c = chunk_at(r, clause->object);
    bool heir = false;
    for (int i = c->first; i < c->end; i++)
        heir |= word_in(token_at(r, i)->form->low, "sucesor,sucesora,successor,heredero,heredera");
    const struct token *last = token_at(r, c->end - 1);
    if (!heir || last->name < 0)
        return;
    double confidence;
    struct filler work = story_subject(r, clause, &confidence);
    if (!filler_is_set(&work) || work.entity < 0 || confidence < 0.9)
        return;
    keep(r, clause, "successor", "successor.heir", "work", work, "old", filler_name(r, last->name),
         confidence);
}

/* "dentro de X", "pertenece a X", "part of X". */
static void from_part(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause))
        return;
    const struct verb *verb = clause_verb(r, clause);
    bool belongs = verb && word_in(verb->lemma, "pertenecer,belong");
    int whole = belongs ? governed_noun(r, clause->verb + 1, clause->end, "a,al,to") : -1;
    for (int i = clause->verb + 1; whole < 0 && i + 1 < clause->end; i++) {
        const struct chunk *c = chunk_at(r, i);
        bool inside = token_is(r, c->first, "within") ||
                      (token_is(r, c->first, "dentro") && chunk_is(r, i + 1, CHUNK_PREPOSITION));
        if (!inside)
            continue;
        whole = chunk_is(r, i + 1, CHUNK_PREPOSITION) ? i + 2 : i + 1;
    }
    if (whole < 0 || !chunk_is(r, whole, CHUNK_NOUN) || chunk_at(r, whole)->name < 0)
        return;
    double confidence;
    struct filler part = undergone(r, clause, &confidence);
    if (!filler_is_set(&part) || part.entity < 0 || confidence < 0.95)
        return;
    keep(r, clause, "part-of", "part-of.clause", "part", part, "whole", filler_noun(r, whole), confidence);
}

/* "Ana Ruiz, de la Universidad de Lugo", "Ana Ruiz del Instituto Orbex": where the person worked. */
static void from_affiliation(struct reading *r, const struct name *person)
{
    const struct entity *e = entity_at(r->chapter->entities, person->entity);
    int at = token_is_mark(r, person->end, ',') ? person->end + 1 : person->end;
    if (!e || e->type != ENTITY_PERSON || !r->chapter->spanish || !cue_is(r, at, CUE_OF) ||
        r->tokens.items[person->first].quoted)
        return;
    at += token_has(r, at + 1, IS_ARTICLE) ? 2 : 1;
    const struct token *t = token_at(r, at);
    const struct entity *org =
        t && t->name >= 0 ? entity_at(r->chapter->entities, r->names.items[t->name].entity) : NULL;
    if (!org || org->type != ENTITY_ORG || r->names.items[t->name].first != at)
        return;
    struct fact fact = draft(r, "part-of", "part-of.affiliation", 0.96);
    fact.verb = (struct verb_use){.lemma = STR("pertenecer"), .tense = TENSE_PAST};
    draft_add(r, &fact, "part", filler_name(r, (int)(person - r->names.items)));
    draft_add(r, &fact, "whole", filler_name(r, t->name));
    draft_keep(r, &fact);
}

/* "la startup danesa X", "Danish captain X", "X del Reino de Siam". */
static void from_demonym(struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    if (c->name < 0)
        return;
    const struct name *name = &r->names.items[c->name];
    struct filler entity = filler_name(r, c->name);
    entity.text = name->text;
    struct filler place = {.entity = -1};
    for (int k = c->first; k < name->first; k++)
        if (token_has(r, k, IS_DEMONYM) && c->kind_noun >= 0 && c->kind_noun < name->first &&
            c->owner_end < 0) {
            place = filler_tokens(r, k, k + 1);
            place.text = token_at(r, k)->form->place;
        }
    const struct token *last = token_at(r, c->end - 1);
    if (!filler_is_set(&place) && cue_is(r, name->end, CUE_OF) && last->name >= 0 && last->name != c->name) {
        struct filler whole = filler_name(r, last->name);
        if (filler_type(r, &whole) == ENTITY_PLACE && filler_type(r, &entity) != ENTITY_EVENT)
            place = whole;
    }
    if (!filler_is_set(&place) || entity.entity < 0)
        return;
    struct fact fact = draft(r, "origin", "origin.demonym", 0.96);
    draft_add(r, &fact, "entity", entity);
    draft_add(r, &fact, "place", place);
    draft_keep(r, &fact);
}

void find_origins(struct reading *r)
{
    if (r->block->kind == BLOCK_QUOTE || r->block->kind == BLOCK_HEADING)
        return;
    list_each (const struct clause, clause, &r->clauses) {
        from_base(r, clause);
        from_successor(r, clause);
        from_heir(r, clause);
        from_part(r, clause);
    }
    list_each (const struct name, name, &r->names)
        from_affiliation(r, name);
    for (int i = 0; i < (int)r->chunks.count; i++)
        if (chunk_is(r, i, CHUNK_NOUN))
            from_demonym(r, i);
}
