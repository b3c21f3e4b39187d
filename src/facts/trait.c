/* What something is known for, aimed at, made of: a verb that binds its words with a preposition of its own.
 * "Foo se centra en la seguridad", "Foo es conocida por A y B", "la obra consta de tres actos: A, B y C". */
#include "facts/rule.h"
#include "facts/story.h"

#include "facts/forms.h"

static const double sure = 0.96;

enum { ASPECT_MAX_TOKENS = 11, ASPECTS = 8 };

/* "del" binds like "de", "al" like "a". */
static bool is_preposition(const struct reading *r, int chunk, struct str wanted)
{
    if (!chunk_is(r, chunk, CHUNK_PREPOSITION) || !wanted.len)
        return false;
    struct str low = token_at(r, chunk_at(r, chunk)->first)->form->low;
    return str_equal(low, wanted) || (str_equal(low, STR("del")) && str_equal(wanted, STR("de"))) ||
           (str_equal(low, STR("al")) && str_equal(wanted, STR("a")));
}

/* The preposition right behind the verb, if the verb states a trait with it; -1. */
static int binding(const struct reading *r, const struct clause *clause)
{
    int i = clause->verb + 1;
    while (chunk_is(r, i, CHUNK_ADVERB))
        i++;
    const struct chunk *verb = chunk_at(r, clause->verb);
    const struct form *form = token_at(r, verb->head)->form;
    for (int k = 0; k < form->verb_count; k++) {
        const struct verb *v = form->verbs[k].verb;
        bool passive = verb->kind == CHUNK_PARTICIPLE || (verb->verb.passive && !verb->verb.reflexive);
        if (str_list_has(&v->relations, STR("trait")) && (passive || v->pronominal == verb->verb.reflexive) &&
            is_preposition(r, i, v->preposition))
            return i;
    }
    return -1;
}

/* A noun phrase with what hangs from it by prepositions. */
static int aspect_end(const struct reading *r, int i, int end)
{
    int at = i + 1;
    const struct chunk *more = chunk_at(r, at + 1);
    bool adjective = more && more->kind == CHUNK_NOUN && more->end - more->first == 1 && more->name < 0;
    if (adjective && token_is(r, chunk_at(r, at)->first, "pero")) /* "una licencia rara pero útil" */
        at += 2;
    while (at + 1 < end && chunk_is(r, at, CHUNK_PREPOSITION) && chunk_is(r, at + 1, CHUNK_NOUN) &&
           chunk_at(r, at + 1)->end - chunk_at(r, i)->first <= ASPECT_MAX_TOKENS)
        at += 2;
    if (at > i + 2 && (chunk_is(r, at, CHUNK_PARTICIPLE) || chunk_is(r, at, CHUNK_RELATIVE)))
        at -= 2; /* "… en un tratado firmado por …": the last noun goes on */
    return at;
}

/* "A, B y C": the first chunk of each; the list is over behind "y". A comma alone parts no more than names do. */
static int aspects_of(const struct reading *r, int first, int end, int starts[ASPECTS], int ends[ASPECTS])
{
    int count = 0, at = first;
    bool closed = false;
    while (count < ASPECTS && chunk_is(r, at, CHUNK_NOUN) && at < end) {
        starts[count] = at;
        ends[count++] = at = aspect_end(r, at, end);
        if (chunk_is(r, at, CHUNK_BRACKET))
            at++;
        int next = chunk_is(r, at, CHUNK_COMMA) ? at + 1 : at;
        bool last = chunk_is(r, next, CHUNK_COORDINATOR);
        if (closed || (next == at && !last))
            break;
        closed = last;
        at = last ? next + 1 : next;
    }
    /* "A para B, C y D": the list behind the comma is another one; without a closing "y" there was none. */
    if (!closed && count > 1)
        count = 1;
    if (closed && count > 1 && chunk_is(r, at, CHUNK_COMMA) && chunk_is(r, at + 1, CHUNK_NOUN))
        count--;
    return count;
}

/* "una distribución enfocada en X": what the copula says it of. */
static struct filler owner_of(const struct reading *r, const struct clause *clause, double *ret_confidence)
{
    const struct clause *host = clause_at(r, clause->parent);
    const struct chunk *described = clause->phrase ? chunk_at(r, clause->subject) : NULL;
    if (described && described->name < 0 && described->determiner >= 0 &&
        token_has(r, described->determiner, IS_INDEFINITE) && chunk_is(r, clause->subject - 1, CHUNK_COMMA) &&
        chunk_is(r, clause->subject - 2, CHUNK_NOUN) && chunk_at(r, clause->subject - 2)->name >= 0) {
        *ret_confidence = 1; /* "Foo, un taller dedicado a …" */
        return filler_noun(r, clause->subject - 2);
    }
    bool predicate = clause->phrase && host && clause->subject >= 0 && host->object == clause->subject &&
                     word_in(chunk_at(r, host->verb)->verb.lemma, "ser,be");
    return story_subject(r, predicate ? host : clause, ret_confidence);
}

/* Who says it, if a participle does: the tense is that of the clause around it. */
static struct verb_use verb_of(const struct reading *r, const struct clause *clause)
{
    struct verb_use verb = chunk_at(r, clause->verb)->verb;
    const struct clause *host = clause_at(r, clause->parent);
    if (clause->phrase)
        verb.tense = host ? chunk_at(r, host->verb)->verb.tense : TENSE_PRESENT;
    return verb;
}

/* "constaba de cuatro salas: A, B, C y D": how many, and which. */
static void keep_parts(struct reading *r, const struct clause *clause, struct filler owner, int noun,
                       double confidence)
{
    const struct chunk *c = chunk_at(r, noun);
    struct fact count = draft(r, "quantity", "quantity.parts", confidence);
    count.verb = verb_of(r, clause);
    draft_add(r, &count, "of", owner);
    draft_add(r, &count, "value", filler_tokens(r, c->numeral, c->numeral + 1));
    draft_add(r, &count, "unit", filler_tokens(r, c->numeral + 1, c->end));
    if (count.roles.count == 3)
        draft_keep(r, &count);
    int colon = noun + 1;
    if (!chunk_is(r, colon, CHUNK_STOP) || !token_is_mark(r, chunk_at(r, colon)->first, ':'))
        return;
    int starts[ASPECTS], ends[ASPECTS];
    int parts = aspects_of(r, colon + 1, (int)r->chunks.count, starts, ends);
    struct fact fact = draft(r, "member", "member.parts", confidence);
    fact.verb = count.verb;
    draft_add(r, &fact, "category", filler_tokens(r, c->numeral + 1, c->end));
    for (int i = 0; i < parts; i++)
        draft_add(r, &fact, "member",
                  filler_tokens(r, chunk_at(r, starts[i])->first, chunk_at(r, ends[i] - 1)->end));
    draft_add(r, &fact, "owner", owner);
    if (parts > 1)
        draft_keep(r, &fact);
}

static void from_clause(struct reading *r, const struct clause *clause)
{
    int preposition = clause->verb >= 0 ? binding(r, clause) : -1;
    if (preposition < 0 || !clause_asserts(clause) || clause->opinion ||
        chunk_is(r, clause->verb, CHUNK_GERUND) || r->tokens.items[chunk_at(r, clause->verb)->first].quoted)
        return;
    double confidence;
    struct filler owner = owner_of(r, clause, &confidence);
    int noun = preposition + 1;
    const struct chunk *c = chunk_at(r, noun);
    if (!filler_is_set(&owner) || confidence < 0.9 || !c ||
        (c->kind != CHUNK_NOUN && c->kind != CHUNK_INFINITIVE))
        return;
    struct form *opening =
        forms_get(&r->chapter->forms, str_slice(owner.text, 0, str_find(owner.text, STR(" "), 0)));
    bool one_of_many =
        chunk_at(r, clause->subject) && cue_is(r, chunk_at(r, clause->subject)->first + 1, CUE_OF);
    if ((owner.entity < 0 && (opening->flags & IS_INDEFINITE) &&
         !chunk_at(r, clause->verb)->verb.reflexive) ||
        (clause->phrase && one_of_many))
        return; /* "un aparato destinado a …", "uno de los …" */
    if (confidence > sure)
        confidence = sure;
    if (c->numeral >= 0 && c->numeral + 1 < c->end) {
        keep_parts(r, clause, owner, noun, confidence);
        return;
    }
    int starts[ASPECTS] = {noun}, ends[ASPECTS] = {clause->end};
    int count = c->kind == CHUNK_INFINITIVE ? 1 : aspects_of(r, noun, clause->end, starts, ends);
    while (count == 1 && ends[0] > noun + 1 &&
           (chunk_is(r, ends[0] - 1, CHUNK_STOP) || chunk_is(r, ends[0] - 1, CHUNK_COMMA)))
        ends[0]--;
    struct fact fact = draft(r, "trait", "trait.clause", confidence);
    fact.verb = verb_of(r, clause);
    draft_add(r, &fact, "entity", owner);
    for (int i = 0; i < count; i++) {
        struct filler f = filler_tokens(r, chunk_at(r, starts[i])->first, chunk_at(r, ends[i] - 1)->end);
        f.before = chunk_text(r, preposition);
        draft_add(r, &fact, "aspect", f);
    }
    if (confidence < 0.95)
        draft_doubt(r, &fact, confidence, "what it is said of is not named in this sentence");
    if (fact.roles.count > 1)
        draft_keep(r, &fact);
}

void find_traits(struct reading *r)
{
    if (r->block->kind != BLOCK_PARAGRAPH && r->block->kind != BLOCK_ITEM)
        return;
    list_each (const struct clause, clause, &r->clauses)
        from_clause(r, clause);
}
