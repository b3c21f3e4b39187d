/* How much: a valuation of ten billion, a population of three million, 82 km long; and how many: none. */
#include "facts/rule.h"
#include "facts/story.h"

static const double sure = 0.96;

/* The end of the amount that begins at `token`: "10 billion dollars", "unos 16 km", "3.5 %"; -1 if none does. A
 * bare small number is no measure. */
static int amount_end(const struct reading *r, int token)
{
    const struct token *t = token_at(r, token);
    if (!t || (t->kind != TOKEN_NUMBER && !(t->form->flags & IS_NUMBER)) || t->time >= 0)
        return -1;
    int at = token + 1, known = at;
    while (token_has(r, at, IS_NUMBER) || cue_is(r, at, CUE_OF) || token_has(r, at, IS_UNIT)) {
        if (!cue_is(r, at, CUE_OF))
            known = at + 1;
        at++;
    }
    return known > token + 1 ? known : -1;
}

/* "of", "de", "is", "of about", "de unos" between the measure and its value. */
static int value_after(const struct reading *r, int token)
{
    int at = token + 1;
    while (at < token + 6 && (token_has(r, at, IS_ADVERB) || cue_is(r, at, CUE_OF) ||
                              cue_is(r, at, CUE_ARTICLE) || phrase_at(r, at, PHRASE_QUANTIFIER, NULL) ||
                              word_in(token_at(r, at) ? token_at(r, at)->form->low : (struct str){0},
                                      "is,was,es,era,fue,reached,alcanzó,alcanza")))
        at++;
    return at > token + 1 && amount_end(r, at) > 0 ? at : -1;
}

/* "el embalse de Orbe": a common noun that a name tells apart. */
static bool holds_name(const struct reading *r, int chunk)
{
    const struct chunk *c = chunk_at(r, chunk);
    return c && c->kind == CHUNK_NOUN && c->determiner >= 0 && token_at(r, c->end - 1)->name >= 0;
}

/* Whose: "its length" and the measure without an owner belong to the subject; "the price of X" and "X's price" name
 * theirs. */
static struct filler owner_of(const struct reading *r, int token, double *ret_confidence)
{
    *ret_confidence = 1;
    for (int i = 0; i < (int)r->chunks.count; i++) {
        const struct chunk *c = chunk_at(r, i);
        if (c->kind == CHUNK_NOUN && c->first <= token && token < c->end && c->owner_end > 0 &&
            r->tokens.items[c->first].name >= 0)
            return filler_name(r, r->tokens.items[c->first].name);
    }
    const struct clause *found = NULL;
    list_each (const struct clause, clause, &r->clauses) {
        const struct chunk *verb = chunk_at(r, clause->verb);
        if (verb && !clause->phrase && clause_asserts(clause) && verb->first < token)
            found = clause;
    }
    if (!found)
        return (struct filler){.entity = -1};
    struct filler owner = story_subject(r, found, ret_confidence);
    bool named = owner.entity >= 0 || (r->chapter->spanish && holds_name(r, found->subject));
    if (!named || filler_type(r, &owner) == ENTITY_PERSON)
        return (struct filler){.entity = -1};
    return owner;
}

/* "an estimated valuation": nobody knows, and the question says so. */
static bool is_hedge(const struct reading *r, int token)
{
    return word_in(token_at(r, token)->form->low,
                   "estimated,reported,projected,expected,alleged,approximate,planned,proposed");
}

/* The adjectives of the measure belong to it: "initial valuation". */
static struct filler attribute_of(const struct reading *r, int token)
{
    for (int i = 0; i < (int)r->chunks.count; i++) {
        const struct chunk *c = chunk_at(r, i);
        if (c->kind != CHUNK_NOUN || token < c->first || token >= c->end)
            continue;
        int first = token;
        while (!r->chapter->spanish && first - 1 >= c->first &&
               !token_has(r, first - 1, IS_DETERMINER | IS_ARTICLE | IS_POSSESSIVE | IS_PRONOUN) &&
               r->tokens.items[first - 1].name < 0 && r->tokens.items[first - 1].form->verb_count == 0 &&
               token - first < 1)
            first--;
        while (!r->chapter->spanish && first - 1 >= c->first && is_hedge(r, first - 1))
            first--;
        return filler_tokens(r, first, token + 1);
    }
    return filler_tokens(r, token, token + 1);
}

static bool is_asserted_at(const struct reading *r, int token)
{
    list_each (const struct clause, clause, &r->clauses) {
        const struct chunk *first = chunk_at(r, clause->first), *last = chunk_at(r, clause->end - 1);
        if (first && last && first->first <= token && token < last->end && !clause_asserts(clause) &&
            !clause->phrase)
            return false;
    }
    return !r->tokens.items[token].quoted && !r->tokens.items[token].depth;
}

/* A measure lasts: told in the tense of the sentence's first verb. */
static struct verb_use lasting(const struct reading *r)
{
    struct verb_use verb = {.lemma = r->chapter->spanish ? STR("tener") : STR("have"),
                            .tense = TENSE_PRESENT};
    list_each (const struct clause, clause, &r->clauses)
        if (!clause->phrase && clause->kind == CLAUSE_MAIN) {
            verb.tense = chunk_at(r, clause->verb)->verb.tense;
            break;
        }
    return verb;
}

static void from_measure(struct reading *r, int token)
{
    int value = value_after(r, token);
    if (value < 0 || !is_asserted_at(r, token))
        return;
    double confidence;
    struct filler owner = owner_of(r, token, &confidence);
    if (!filler_is_set(&owner) || confidence < 0.95)
        return;
    struct fact fact = draft(r, "property", "property.measure", sure);
    fact.verb = lasting(r);
    draft_add(r, &fact, "entity", owner);
    draft_add(r, &fact, "attribute", attribute_of(r, token));
    draft_add(r, &fact, "value", filler_tokens(r, value, amount_end(r, value)));
    draft_keep(r, &fact);
}

/* "duró seis años", "lasted three weeks". */
static void from_duration(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause) || clause->phrase ||
        !word_in(chunk_at(r, clause->verb)->verb.lemma, "durar,last"))
        return;
    int i = clause->verb + 1;
    while (i < clause->end && (chunk_is(r, i, CHUNK_ADVERB) || chunk_is(r, i, CHUNK_PREPOSITION)))
        i++;
    if (!chunk_is(r, i, CHUNK_TIME) || !r->times.items[chunk_at(r, i)->time].duration)
        return;
    double confidence;
    struct filler owner = story_subject(r, clause, &confidence);
    if (!filler_is_set(&owner) || owner.entity < 0 || confidence < 0.95)
        return;
    struct fact fact = draft(r, "property", "property.duration", sure);
    fact.verb = chunk_at(r, clause->verb)->verb;
    draft_add(r, &fact, "entity", owner);
    draft_add(r, &fact, "attribute",
              (struct filler){.entity = -1, .text = r->chapter->spanish ? STR("duración") : STR("duration")});
    draft_add(r, &fact, "value", filler_tokens(r, chunk_at(r, clause->verb + 1)->first, chunk_at(r, i)->end));
    draft_keep(r, &fact);
}

/* "con 3.715 metros de altitud": where the amount before the measure begins; -1. */
static int value_before(const struct reading *r, int token)
{
    if (!cue_is(r, token - 1, CUE_OF))
        return -1;
    int at = token - 2;
    while (at > 0 && (token_has(r, at, IS_UNIT) || token_has(r, at, IS_NUMBER) || cue_is(r, at, CUE_OF)))
        at--;
    return amount_end(r, at) == token - 1 ? at : amount_end(r, at + 1) == token - 1 ? at + 1 : -1;
}

/* The amount opens its noun phrase: in "una franja de 16 km de ancho" it is the strip that measures. */
static bool opens_phrase(const struct reading *r, int value)
{
    for (int i = 0; i < (int)r->chunks.count; i++)
        if (chunk_at(r, i)->first <= value && value < chunk_at(r, i)->end)
            return value - chunk_at(r, i)->first <= 1;
    return false;
}

/* "El monte Foo, con 900 metros de altitud, …": the name that the insertion hangs from. */
static struct filler hung_from(const struct reading *r, int value)
{
    for (int i = 2; i < (int)r->chunks.count; i++) {
        const struct chunk *c = chunk_at(r, i);
        if (value < c->first || value >= c->end)
            continue;
        int with = i - 1;
        while (chunk_is(r, with, CHUNK_ADVERB))
            with--;
        bool hangs = chunk_is(r, with, CHUNK_PREPOSITION) &&
                     word_in(token_at(r, chunk_at(r, with)->first)->form->low, "con,with,de,of") &&
                     chunk_is(r, with - 1, CHUNK_COMMA) && chunk_is(r, with - 2, CHUNK_NOUN);
        return hangs && chunk_at(r, with - 2)->name >= 0 ? filler_noun(r, with - 2)
                                                         : (struct filler){.entity = -1};
    }
    return (struct filler){.entity = -1};
}

static void from_measure_behind(struct reading *r, int token)
{
    int value = value_before(r, token);
    if (value < 0 || !is_asserted_at(r, token) || !opens_phrase(r, value))
        return;
    double confidence = 1;
    struct filler owner = hung_from(r, value);
    if (owner.entity < 0)
        owner = owner_of(r, token, &confidence);
    if (owner.entity < 0 || confidence < 0.95)
        return;
    struct fact fact = draft(r, "property", "property.measure-behind", sure);
    fact.verb = lasting(r);
    draft_add(r, &fact, "entity", owner);
    draft_add(r, &fact, "attribute", filler_tokens(r, token, token + 1));
    draft_add(r, &fact, "value", filler_tokens(r, value, token - 1));
    draft_keep(r, &fact);
}

/* "Its population reached 3 million people", "the valuation of Foo, by some reports, is 10 million dollars". */
static void from_measured(struct reading *r, const struct clause *clause)
{
    const struct chunk *subject = chunk_at(r, clause->subject), *object = chunk_at(r, clause->object);
    if (!subject || !object || clause->phrase || !clause_asserts(clause) || clause->object < clause->verb ||
        r->chapter->spanish ||
        !word_in(chunk_at(r, clause->verb)->verb.lemma, "be,reach,exceed,total,average,measure"))
        return;
    int measure =
        subject->owner_end > 0 || !cue_is(r, subject->head + 1, CUE_OF) ? subject->end - 1 : subject->head;
    if (!cue_is(r, measure, CUE_MEASURE) || amount_end(r, object->first) != object->end)
        return;
    double confidence = 1;
    struct filler owner = {.entity = -1};
    const struct token *last = token_at(r, subject->end - 1), *first = token_at(r, subject->first);
    if (last->name >= 0)
        owner = filler_name(r, last->name);
    else if (subject->owner_end > 0 && first->name >= 0)
        owner = filler_name(r, first->name);
    else if (word_in(first->form->low, "its,their"))
        owner = story_owner(r, clause->subject, &confidence);
    if (owner.entity < 0 || confidence < 0.95 || filler_type(r, &owner) == ENTITY_PERSON)
        return;
    struct fact fact = draft(r, "property", "property.measured", sure);
    fact.verb = chunk_at(r, clause->verb)->verb;
    draft_add(r, &fact, "entity", owner);
    struct filler attribute = filler_tokens(r, measure, measure + 1);
    for (int i = chunk_at(r, clause->first)->first; i < chunk_at(r, clause->end - 1)->end; i++)
        if (token_is(r, i, "according")) /* to whom it may concern */
            attribute.text = str_format(r->chapter->arena, "reported %.*s", STR_ARG(token_text(r, measure)));
    draft_add(r, &fact, "attribute", attribute);
    draft_add(r, &fact, "value", filler_tokens(r, object->first, object->end));
    draft_time(r, &fact, clause_time(r, clause));
    draft_keep(r, &fact);
}

/* "82 km long", "13 centimetres across": what is measured, by the adjective behind the amount. */
static void from_adjective(struct reading *r, const struct clause *clause)
{
    static const struct {
        const char *adjectives, *attribute;
    } measured[] = {{"long", "length"}, {"wide,broad", "width"}, {"high,tall", "height"},
                    {"deep", "depth"},  {"thick", "thickness"},  {"across", "diameter"}};
    if (r->chapter->spanish || !clause_asserts(clause) || clause->phrase ||
        !str_equal(chunk_at(r, clause->verb)->verb.lemma, STR("be")))
        return;
    int first = chunk_at(r, clause->verb)->end, end = first;
    while (token_has(r, first, IS_ADVERB) || phrase_at(r, first, PHRASE_QUANTIFIER, NULL))
        first++;
    end = amount_end(r, first);
    const struct token *adjective = end > 0 ? token_at(r, end) : NULL;
    double confidence;
    struct filler owner = story_subject(r, clause, &confidence);
    if (!adjective || owner.entity < 0 || confidence < 0.95 || filler_type(r, &owner) == ENTITY_PERSON)
        return;
    for (size_t i = 0; i < sizeof measured / sizeof *measured; i++) {
        if (!word_in(adjective->form->low, measured[i].adjectives))
            continue;
        struct fact fact = draft(r, "property", "property.adjective", sure);
        fact.verb = chunk_at(r, clause->verb)->verb;
        draft_add(r, &fact, "entity", owner);
        draft_add(r, &fact, "attribute",
                  (struct filler){.entity = -1, .text = str_from(measured[i].attribute)});
        draft_add(r, &fact, "value", filler_tokens(r, first, end));
        draft_keep(r, &fact);
    }
}

/* "no publicó ningún modelo", "did not release any model", "released no models": how many? None. */
static void from_none(struct reading *r, const struct clause *clause)
{
    const struct verb *deed = clause_verb(r, clause);
    const struct chunk *verb = chunk_at(r, clause->verb), *object = chunk_at(r, clause->object);
    if (!deed || !deed->relations.count || !object || object->determiner < 0 || object->name >= 0 ||
        clause->hypothetical || clause->author || clause->opinion || clause->object < clause->verb)
        return;
    if (word_in(verb->verb.lemma, "be,ser,estar,haber,tener,have") ||
        token_is(r, object->determiner + 1, "longer"))
        return;
    bool none = word_in(token_at(r, object->determiner)->form->low, "ningún,ninguna,no") ||
                (clause->negative && token_is(r, object->determiner, "any"));
    struct str counted = tokens_text(r, object->determiner + 1, object->end);
    double confidence;
    struct filler agent = story_subject(r, clause, &confidence);
    if (!none || !counted.len || agent.entity < 0 || confidence < 0.95)
        return;
    struct fact fact = draft(r, "none", "none.object", sure);
    fact.verb = verb->verb;
    struct filler patient = filler_tokens(r, object->first, object->end);
    patient.numeral =
        r->chapter->spanish ? (object->gender == 'f' ? STR("ninguna") : STR("ninguno")) : STR("none");
    patient.counted = counted;
    draft_add(r, &fact, "agent", agent);
    draft_add(r, &fact, "patient", patient);
    draft_keep(r, &fact);
}

void find_amounts(struct reading *r)
{
    if (r->block->kind != BLOCK_PARAGRAPH && r->block->kind != BLOCK_ITEM)
        return;
    for (int i = 0; i < (int)r->tokens.count; i++)
        if (form_has_cue(r->tokens.items[i].form, CUE_MEASURE))
            from_measure(r, i), from_measure_behind(r, i);
    list_each (const struct clause, clause, &r->clauses)
        if (!clause->phrase && chunk_is(r, clause->verb, CHUNK_VERB)) {
            from_none(r, clause);
            from_duration(r, clause);
            from_adjective(r, clause);
            from_measured(r, clause);
        }
}
