#include "facts/clauses.h"

#include "facts/chapter.h"
#include "facts/chunks.h"
#include "facts/cues.h"
#include "facts/forms.h"
#include "facts/rule.h"
#include "facts/tokens.h"

static bool is_kind(const struct reading *r, int i, enum chunk_kind kind)
{
    return chunk_is(r, i, kind);
}

static bool governed(const struct reading *r, int i)
{
    return is_kind(r, i - 1, CHUNK_PREPOSITION);
}

/* Adverbs, brackets and dates do not part a verb from its arguments. */
static bool is_light(const struct reading *r, int i)
{
    return is_kind(r, i, CHUNK_ADVERB) || is_kind(r, i, CHUNK_BRACKET);
}

static int joined_at(const struct reading *r, int chunk, int end, bool *ret_coordinated)
{
    int i = chunk + 1;
    while (i < end && is_kind(r, i, CHUNK_BRACKET))
        i++;
    bool joined = false;
    *ret_coordinated = false;
    if (i < end && is_kind(r, i, CHUNK_COMMA))
        i++, joined = true;
    if (i < end && is_kind(r, i, CHUNK_COORDINATOR))
        i++, joined = *ret_coordinated = true;
    while (joined && i < end && is_kind(r, i, CHUNK_ADVERB))
        i++;
    const struct chunk *member = joined && i < end && !r->chapter->spanish ? chunk_at(r, i) : NULL;
    if (member && member->kind == CHUNK_NOUN && member->determiner < 0 && member->name < 0 &&
        form_verb(token_at(r, member->first)->form, FORM_GERUND))
        return -1; /* "to Ann and stirring up …" */
    return joined && i < end && is_kind(r, i, CHUNK_NOUN) ? i : -1;
}

/* Two members stand before it already: "A, B, …". */
static bool is_listed(const struct reading *r, int chunk)
{
    return is_kind(r, chunk - 1, CHUNK_COMMA) && is_kind(r, chunk - 2, CHUNK_NOUN) &&
           is_kind(r, chunk - 3, CHUNK_COMMA) && is_kind(r, chunk - 4, CHUNK_NOUN);
}

int coordination_next(const struct reading *r, int chunk, int end)
{
    bool coordinated;
    int next = joined_at(r, chunk, end, &coordinated);
    if (next < 0 || coordinated || (chunk_at(r, chunk)->name >= 0 && chunk_at(r, next)->name >= 0))
        return next;
    const struct chunk *behind = chunk_at(r, next);
    bool may_explain = chunk_at(r, chunk)->name >= 0 && behind->determiner >= 0 && !behind->plural &&
                       token_has(r, behind->determiner, IS_ARTICLE);
    /* A bare comma joins common nouns only where "and" closes the list, or the list runs on to its end. */
    int steps = 0;
    for (int at = next; steps < 40; steps++) {
        int further = joined_at(r, at, end, &coordinated);
        if (further < 0)
            return (steps > 0 || is_listed(r, chunk)) && (at + 1 >= end || is_kind(r, at + 1, CHUNK_STOP) ||
                                                          is_kind(r, at + 1, CHUNK_COMMA))
                       ? next
                       : -1;
        const struct chunk *last = chunk_at(r, further);
        if (coordinated && may_explain && steps == 0 && last->determiner < 0 && last->name < 0)
            return -1; /* "Foo, la única serie libre y gratuita": two adjectives of one apposition */
        if (coordinated)
            return next;
        at = further;
    }
    return -1;
}

int coordination_end(const struct reading *r, int chunk, int end)
{
    int at = chunk, next;
    while ((next = coordination_next(r, at, end)) >= 0)
        at = next;
    at++;
    while (at < end && is_kind(r, at, CHUNK_BRACKET))
        at++;
    return at;
}

/* ---- where each clause begins ---- */

static int back_over_light(const struct reading *r, int i, int least)
{
    while (i > least && is_light(r, i))
        i--;
    return i;
}

static void add_clause(struct arena *scratch, struct reading *r, int first, int verb, enum clause_kind kind,
                       int connector)
{
    int before = (int)r->clauses.count - 1;
    list_push(scratch, &r->clauses,
              (struct clause){.first = first,
                              .end = (int)r->chunks.count,
                              .verb = verb,
                              .subject = -1,
                              .object = -1,
                              .kind = kind,
                              .connector = connector,
                              .antecedent = -1,
                              .parent = before});
}

static bool is_person(const struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    if (c->name < 0)
        return false;
    const struct entity *e = entity_at(r->chapter->entities, r->names.items[c->name].entity);
    return e && e->type == ENTITY_PERSON;
}

/* "Foo se mudó, taller que cerró": a bare class noun takes up the name that is of that class; -1. */
static int taken_up(const struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    const struct noun *noun = token_at(r, c->head)->form->noun;
    if (!noun || c->determiner >= 0 || c->end - c->first != 1 || !is_kind(r, i - 1, CHUNK_COMMA))
        return -1;
    for (int k = i - 2; k >= 0; k--) {
        const struct chunk *named = chunk_at(r, k);
        const struct entity *e = named->kind == CHUNK_NOUN && named->name >= 0
                                     ? entity_at(r->chapter->entities, r->names.items[named->name].entity)
                                     : NULL;
        if (e && str_equal(e->class_noun, noun->singular))
            return k;
    }
    return -1;
}

static int antecedent_of(const struct reading *r, int relative)
{
    int i = relative - 1;
    while (i >= 0 && (is_kind(r, i, CHUNK_COMMA) || is_kind(r, i, CHUNK_PREPOSITION) || is_light(r, i) ||
                      (is_kind(r, i, CHUNK_TIME) && is_kind(r, i - 1, CHUNK_PREPOSITION))))
        i--;
    struct str low = token_at(r, chunk_at(r, relative)->first)->form->low;
    bool person = str_equal(low, STR("who")) || str_starts(low, STR("quien"));
    for (int k = i;
         person && k >= 0 && k > i - 14 && !is_kind(r, k, CHUNK_STOP) && !is_kind(r, k, CHUNK_VERB); k--)
        if (is_kind(r, k, CHUNK_NOUN) && is_person(r, k))
            return k;
    if (!is_kind(r, i, CHUNK_NOUN))
        return -1;
    int resumed = taken_up(r, i);
    const struct chunk *c = chunk_at(r, i);
    bool explains = is_kind(r, relative - 1, CHUNK_COMMA) && is_kind(r, i - 1, CHUNK_COMMA) &&
                    is_kind(r, i - 2, CHUNK_NOUN) && chunk_at(r, i - 2)->name >= 0 && c->name < 0 &&
                    c->determiner >= 0 && token_has(r, c->determiner, IS_INDEFINITE);
    if (explains) /* "Ana Ruiz, una vecina, que murió": it is Ana who died */
        return i - 2;
    return resumed >= 0 ? resumed : i;
}

/* The clause whose verb comes next resumes an earlier one behind an embedded clause: "X, which fell, rose". */
static bool resumes(struct arena *scratch, struct reading *r, int from, int verb)
{
    const struct clause *inner = list_last(&r->clauses);
    if (inner->kind != CLAUSE_RELATIVE || inner->antecedent < 0)
        return false;
    int host = -1; /* the verb before the relative already had its clause */
    for (int k = (int)r->clauses.count - 2; k >= 0 && host < 0; k--)
        if (r->clauses.items[k].end > inner->antecedent && r->clauses.items[k].verb < inner->antecedent)
            host = k;
    if (host >= 0 && r->clauses.items[host].verb >= 0 && !is_kind(r, from - 1, CHUNK_COMMA))
        return false;
    if (host >= 0)
        return false;
    int antecedent = inner->antecedent;
    if (chunk_at(r, antecedent)->name < 0 && is_kind(r, antecedent - 1, CHUNK_COMMA) &&
        is_kind(r, antecedent - 2, CHUNK_NOUN) && chunk_at(r, antecedent - 2)->name >= 0)
        antecedent -= 2; /* "A, a surveyor whose family …, gave": the noun that the apposition explains */
    add_clause(scratch, r, from, verb, CLAUSE_MAIN, -1);
    struct clause *clause = list_last(&r->clauses);
    clause->subject = antecedent;
    clause->subject_end = antecedent + 1;
    clause->parent = -1;
    clause->lead = r->clauses.count > 2 ? r->clauses.items[r->clauses.count - 3].end : 0;
    clause->lead_end = antecedent;
    return true;
}

static void close_previous(struct reading *r, int at)
{
    if (r->clauses.count)
        list_last(&r->clauses)->end = at;
}

/* A list of noun phrases that ends at chunk `i`, joined by a coordinator before the last: gives its first. */
static int list_start(const struct reading *r, int i, int least)
{
    int at = i;
    bool coordinated = false;
    while (at - 2 >= least) {
        int k = at - 1;
        while (k > least && is_kind(r, k, CHUNK_BRACKET))
            k--;
        bool coordinator = is_kind(r, k, CHUNK_COORDINATOR);
        if (coordinator && is_kind(r, k - 1, CHUNK_COMMA))
            k--;
        if (!coordinator && !(coordinated && is_kind(r, k, CHUNK_COMMA)))
            break;
        k--;
        while (k > least && is_kind(r, k, CHUNK_BRACKET))
            k--;
        if (k < least || !is_kind(r, k, CHUNK_NOUN))
            break;
        coordinated = true;
        at = k;
    }
    return governed(r, at) && at != i ? i : at;
}

/* "They used another than they showed, and trained on it": behind a comma, a verb alone goes on with the main clause. */
static int resumed_host(const struct reading *r, int coordinator, int verb)
{
    const struct clause *before = list_last(&r->clauses);
    bool embedded = before->kind == CLAUSE_SUBORDINATE || before->kind == CLAUSE_RELATIVE;
    if (r->chapter->spanish || !embedded || before->connector < 0 ||
        !is_kind(r, coordinator - 1, CHUNK_COMMA) || back_over_light(r, verb - 1, coordinator) != coordinator)
        return -1;
    for (int k = (int)r->clauses.count - 1; k >= 0; k--)
        if (r->clauses.items[k].kind == CLAUSE_MAIN && r->clauses.items[k].verb < before->connector)
            return k;
    return -1;
}

/* Opens the clause of `verb`, the verb behind the clause before. */
static void open_clause(struct arena *scratch, struct reading *r, int previous, int verb)
{
    int comma = -1;
    for (int i = verb - 1; i > previous; i--) {
        if (is_kind(r, i, CHUNK_RELATIVE) || is_kind(r, i, CHUNK_SUBORDINATOR)) {
            bool relative = is_kind(r, i, CHUNK_RELATIVE);
            const struct chunk *word = chunk_at(r, i);
            bool content = !relative && previous >= 0 &&
                           (token_is(r, word->first, "que") || token_is(r, word->first, "that"));
            close_previous(r, i);
            add_clause(scratch, r, i, verb,
                       relative  ? CLAUSE_RELATIVE
                       : content ? CLAUSE_CONTENT
                                 : CLAUSE_SUBORDINATE,
                       i);
            if (relative)
                list_last(&r->clauses)->antecedent = antecedent_of(r, i);
            return;
        }
        if (is_kind(r, i, CHUNK_STOP) || is_kind(r, i, CHUNK_QUOTE)) {
            close_previous(r, i);
            add_clause(scratch, r, i + 1, verb, CLAUSE_MAIN, -1);
            list_last(&r->clauses)->parent = -1;
            return;
        }
        if (is_kind(r, i, CHUNK_COORDINATOR) && is_kind(r, i - 1, CHUNK_TIME) &&
            is_kind(r, i + 1, CHUNK_TIME))
            continue; /* "in the 1760s and 1770s" */
        if (is_kind(r, i, CHUNK_COORDINATOR) && previous >= 0) {
            int start = is_kind(r, i + 1, CHUNK_NOUN) && is_kind(r, i - 1, CHUNK_NOUN)
                            ? list_start(r, i + 1, previous + 1)
                            : i;
            if (start < i && start > previous + 1 && !is_kind(r, start - 1, CHUNK_PREPOSITION) &&
                !is_kind(r, start - 1, CHUNK_NOUN)) {
                i = start; /* "cuando A, B y C lanzaron": the border is before the list */
                continue;
            }
            /* "Cuando llegó X, A y B publicaron Y": the comma before A is the border. */
            const struct clause *before = list_last(&r->clauses);
            bool listed = before->kind == CLAUSE_SUBORDINATE && is_kind(r, i - 1, CHUNK_NOUN) &&
                          is_kind(r, i - 2, CHUNK_COMMA) && is_kind(r, i + 1, CHUNK_NOUN) && i - 2 > previous;
            int at = listed ? i - 2 : i, host = resumed_host(r, i, verb);
            close_previous(r, at);
            add_clause(scratch, r, at + 1, verb, listed || host >= 0 ? CLAUSE_MAIN : before->kind, -1);
            list_last(&r->clauses)->parent = listed ? -1 : host >= 0 ? host : (int)r->clauses.count - 2;
            listed |= host >= 0;
            list_last(&r->clauses)->antecedent =
                listed ? -1 : r->clauses.items[r->clauses.count - 2].antecedent;
            return;
        }
        if (comma < 0 && is_kind(r, i, CHUNK_COMMA))
            comma = i;
    }
    if (previous < 0) {
        add_clause(scratch, r, 0, verb, CLAUSE_MAIN, -1);
        return;
    }
    int from = comma >= 0 ? comma + 1 : previous + 1;
    bool adjacent = comma < 0 || back_over_light(r, verb - 1, previous) == comma;
    close_previous(r, comma >= 0 ? comma : verb);
    if (adjacent && resumes(scratch, r, from, verb))
        return;
    const struct clause *before = list_last(&r->clauses);
    bool subordinate = before->kind == CLAUSE_SUBORDINATE && comma >= 0;
    add_clause(scratch, r, from, verb, comma < 0 ? CLAUSE_CONTENT : CLAUSE_MAIN, -1);
    if (subordinate)
        list_last(&r->clauses)->parent = -1;
}

/* ---- subjects ---- */

/* "selling it to Ann was right": the noun is the object of what stands before it. */
static bool belongs_to_verb(const struct reading *r, int i)
{
    return is_kind(r, i - 1, CHUNK_GERUND) || is_kind(r, i - 1, CHUNK_INFINITIVE);
}

/* The comma that opens the insertion closed by the comma at `close`: "X, aided by A, B and C, fell"; -1. */
static int insertion_start(const struct reading *r, int close, int least)
{
    int nearest = -1;
    for (int i = close - 1; i > least && !is_kind(r, i, CHUNK_STOP); i--) {
        if (!is_kind(r, i, CHUNK_COMMA))
            continue;
        enum chunk_kind next = r->chunks.items[i + 1].kind, before = r->chunks.items[i - 1].kind;
        if (before != CHUNK_NOUN && before != CHUNK_BRACKET)
            continue;
        if (nearest < 0)
            nearest = i;
        if (next == CHUNK_PARTICIPLE || next == CHUNK_GERUND || next == CHUNK_RELATIVE ||
            next == CHUNK_PREPOSITION || next == CHUNK_ADVERB)
            return i;
    }
    return nearest;
}

/* The comma before an apposition that the comma at `close` ends: "A, founder of B and C, in an interview, said". */
static int apposition_start(const struct reading *r, int close, int least)
{
    for (int i = close - 1; i > least && i > close - 9 && !is_kind(r, i, CHUNK_STOP); i--) {
        if (!is_kind(r, i, CHUNK_COMMA) || !is_kind(r, i + 1, CHUNK_NOUN) || !is_kind(r, i - 1, CHUNK_NOUN))
            continue;
        const struct chunk *next = chunk_at(r, i + 1);
        bool explains =
            next->name < 0 && (token_has(r, next->head, IS_ROLE) ||
                               (next->determiner >= 0 && token_has(r, next->determiner, IS_INDEFINITE)));
        if (explains && chunk_at(r, i - 1)->name >= 0)
            return i;
    }
    return -1;
}

/* A Spanish singular noun without determiner is no subject: "como respuesta a X lanzaron Y". */
static bool is_bare(const struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    if (!r->chapter->spanish || c->name >= 0 || c->determiner >= 0 || c->numeral >= 0 || c->plural)
        return false;
    const struct token *first = token_at(r, c->first);
    return !first->emphasis && !first->strong && !(first->form->flags & IS_PRONOUN) && first->name < 0 &&
           first->kind == TOKEN_WORD;
}

/* "instituciones antes poco implicadas": a comparing adverb opens no noun phrase of its own. */
static int back_over_adjectives(const struct reading *r, int i, int least)
{
    if (!is_kind(r, i, CHUNK_NOUN))
        return i;
    const struct chunk *c = chunk_at(r, i);
    bool degree =
        token_has(r, c->first, IS_ADVERB) || token_is(r, c->first, "poco") || token_is(r, c->first, "mucho");
    if (!degree || c->name >= 0 || c->end - c->first < 2)
        return i;
    int noun = back_over_light(r, i - 1, least);
    return noun >= least && is_kind(r, noun, CHUNK_NOUN) ? noun : i;
}

/* The noun phrase that ends right before `i`, insertions between commas skipped; -1 if there is none. */
static int subject_before(const struct reading *r, int i, int least)
{
    i = back_over_light(r, i, least);
    /* "La primera en lograrlo fue Foo". */
    if (is_kind(r, i, CHUNK_INFINITIVE) && i - 2 >= least && is_kind(r, i - 1, CHUNK_PREPOSITION) &&
        is_kind(r, i - 2, CHUNK_NOUN) && token_has(r, chunk_at(r, i - 2)->end - 1, IS_ORDINAL))
        i -= 2;
    if (i > least && is_kind(r, i, CHUNK_COMMA)) {
        int open = insertion_start(r, i, least);
        if (open < 0)
            return -1;
        i = back_over_light(r, open - 1, least);
        int apposition = apposition_start(r, open, least);
        if (apposition > 0)
            i = back_over_light(r, apposition - 1, least);
    }
    while (i > least && is_kind(r, i, CHUNK_TIME)) {
        i--;
        if (i >= least && is_kind(r, i, CHUNK_PREPOSITION))
            i--;
        i = back_over_light(r, i, least);
    }
    /* A prepositional phrase that belongs to the subject: "the board of X in Y decided". */
    int hops = 0;
    while (i > least && is_kind(r, i, CHUNK_NOUN) && governed(r, i) && i - 2 >= least &&
           is_kind(r, i - 2, CHUNK_NOUN) && hops++ < 3)
        i -= 2;
    i = back_over_adjectives(r, i, least);
    /* "a fort constructed after the attack": the participle hangs from the noun before it. */
    while (i > least + 1 && is_kind(r, i, CHUNK_NOUN) && governed(r, i) &&
           is_kind(r, i - 2, CHUNK_PARTICIPLE) && is_kind(r, i - 3, CHUNK_NOUN))
        i -= 3;
    return i >= least && is_kind(r, i, CHUNK_NOUN) && !governed(r, i) && !is_bare(r, i) &&
                   !belongs_to_verb(r, i)
               ? i
               : -1;
}

static bool is_intransitive(const struct reading *r, const struct chunk *verb)
{
    const struct form *form = token_at(r, verb->head)->form;
    return form->verb_count && form->verbs[0].verb->intransitive;
}

/* Spanish puts the subject behind verbs that happen to it: "llegó una época", "se lanzó Foo". */
static int subject_behind(const struct reading *r, const struct clause *clause)
{
    const struct chunk *verb = chunk_at(r, clause->verb);
    if (!r->chapter->spanish || !(is_intransitive(r, verb) || verb->verb.reflexive))
        return -1;
    int i = clause->verb + 1;
    while (i < clause->end && (is_light(r, i) || is_kind(r, i, CHUNK_TIME)))
        i++;
    return i < clause->end && is_kind(r, i, CHUNK_NOUN) && !is_bare(r, i) ? i : -1;
}

static bool is_whose(const struct reading *r, int i)
{
    struct str low = token_at(r, chunk_at(r, i)->first)->form->low;
    return str_starts(low, STR("cuy")) || str_equal(low, STR("whose")) || str_equal(low, STR("donde")) ||
           str_equal(low, STR("where")) || str_equal(low, STR("when")) || str_equal(low, STR("cuando"));
}

/* "…, donde formaron un delta": a Spanish clause without a subject of its own goes on with that of its main clause. */
static bool goes_on(const struct reading *r, int connector)
{
    static const char *const words[] = {"donde", "cuando", "mientras", "aunque"};
    for (size_t i = 0; r->chapter->spanish && i < sizeof words / sizeof *words; i++)
        if (token_is(r, chunk_at(r, connector)->first, words[i]))
            return true;
    return false;
}

/* "She was arrested and deported": the auxiliary is said once for both, unless the second has an object. */
static void share_voice(struct reading *r, const struct clause *clause, const struct clause *parent)
{
    struct chunk *verb = &r->chunks.items[clause->verb];
    if (r->chapter->spanish || !chunk_at(r, parent->verb)->verb.passive || verb->verb.passive ||
        !is_kind(r, clause->verb - 1, CHUNK_COORDINATOR) || is_kind(r, clause->verb + 1, CHUNK_NOUN) ||
        verb->end - verb->first > 1 || !form_verb(token_at(r, verb->head)->form, FORM_PARTICIPLE) ||
        is_intransitive(r, verb))
        return;
    verb->verb.passive = true;
}

static void find_subject(struct reading *r, int k)
{
    struct clause *clause = &r->clauses.items[k];
    if (clause->subject >= 0)
        return;
    int least = clause->connector >= 0 ? clause->connector + 1 : clause->first;
    int i = clause->verb - 1 >= least ? subject_before(r, clause->verb - 1, least) : -1;
    if (i >= 0) {
        clause->subject = list_start(r, i, least);
        clause->subject_end = i + 1;
        return;
    }
    if (clause->kind == CLAUSE_RELATIVE && clause->connector >= 0 && clause->antecedent >= 0 &&
        !is_whose(r, clause->connector) && !governed(r, clause->connector)) {
        clause->subject = clause->antecedent;
        clause->subject_end = clause->antecedent + 1;
        return;
    }
    i = subject_behind(r, clause);
    if (i >= 0) {
        const struct verb_form *v = form_finite(token_at(r, chunk_at(r, clause->verb)->head)->form);
        if (chunk_at(r, clause->verb)->verb.reflexive &&
            !(v && (v->verb->pronominal || v->verb->intransitive)))
            r->chunks.items[clause->verb].verb.passive = true; /* "se lanzó Foo" */
        clause->subject = i;
        clause->subject_end = coordination_end(r, i, clause->end);
        return;
    }
    struct clause *parent = clause_at(r, clause->parent);
    bool joined = parent && (clause->connector < 0 || goes_on(r, clause->connector)) &&
                  parent->subject >= 0 &&
                  chunk_at(r, clause->verb)->plural == chunk_at(r, parent->verb)->plural &&
                  chunk_at(r, clause->verb)->third;
    if (joined) {
        clause->subject = parent->subject;
        clause->subject_end = parent->subject_end;
        clause->shared = true;
        share_voice(r, clause, parent);
    }
}

/* "gave him the command": the pronoun between the verb and its object. */
static bool is_recipient(const struct reading *r, int i)
{
    return is_kind(r, i, CHUNK_OTHER) && token_has(r, chunk_at(r, i)->first, IS_CLITIC) &&
           is_kind(r, i + 1, CHUNK_NOUN);
}

static void find_object(struct reading *r, struct clause *clause)
{
    int i = clause->verb + 1;
    while (i < clause->end && (is_light(r, i) || is_kind(r, i, CHUNK_TIME) || is_recipient(r, i) ||
                               (is_kind(r, i, CHUNK_PREPOSITION) && is_kind(r, i + 1, CHUNK_TIME))))
        i++;
    if (i < clause->end && is_kind(r, i, CHUNK_NOUN) && i != clause->subject) {
        clause->object = i;
        clause->object_end = coordination_end(r, i, clause->end);
    }
}

/* "El acueducto se inauguró en 1888": with "se", a thing in front of a verb that does not live with it undergoes it. */
static void undergo(struct reading *r, const struct clause *clause)
{
    struct chunk *verb = &r->chunks.items[clause->verb];
    const struct form *form = token_at(r, verb->head)->form;
    if (!r->chapter->spanish || !verb->verb.reflexive || verb->verb.passive || verb->verb.tail.len ||
        clause->subject < 0 || clause->subject > clause->verb || clause->object >= 0 || clause->shared ||
        is_person(r, clause->subject) || verb->guessed || clause->kind == CLAUSE_RELATIVE)
        return;
    for (int i = 0; i < form->verb_count; i++)
        if (form->verbs[i].verb->pronominal || form->verbs[i].verb->intransitive)
            return;
    verb->verb.passive = true;
}

/* ---- "la fundó Ana" ---- */

/* The pronoun that a Spanish verb undergoes, token index; -1. */
static int undergone_pronoun(const struct reading *r, const struct clause *clause)
{
    const struct chunk *verb = chunk_at(r, clause->verb);
    for (int i = verb->first; r->chapter->spanish && i < verb->end; i++)
        if (word_in(token_at(r, i)->form->low, "lo,la,los,las") && token_has(r, i, IS_CLITIC))
            return i;
    return -1;
}

/* By its article and its number: "la máquina" is "la", and not "los". */
static bool stands_for(const struct reading *r, int pronoun, int noun)
{
    struct str low = token_at(r, pronoun)->form->low,
               first = token_at(r, chunk_at(r, noun)->first)->form->low;
    bool feminine = word_in(low, "la,las"), plural = word_in(low, "los,las");
    if (word_in(first, "el,un,los,unos"))
        return !feminine && plural == word_in(first, "los,unos");
    if (word_in(first, "la,una,las,unas"))
        return feminine && plural == word_in(first, "las,unas");
    return plural == chunk_at(r, noun)->plural;
}

/* The verb has its object in front of it, so the noun behind is who does it: "la fundó Ana", "la máquina la patentó
 * Ana". What the pronoun means is then known only where the noun before the verb is it. */
static void turn_around(const struct reading *r, struct clause *clause)
{
    int pronoun = clause->object > clause->verb ? undergone_pronoun(r, clause) : -1;
    if (pronoun < 0 || chunk_at(r, clause->object)->plural != chunk_at(r, clause->verb)->plural)
        return;
    const struct chunk *behind = chunk_at(r, clause->object);
    bool title = behind->name < 0 && !token_has(r, behind->first, IS_ARTICLE); /* "lo nombró director" */
    int fronted = clause->shared ? -1 : clause->subject, end = clause->subject_end;
    if (title || (fronted >= 0 && !stands_for(r, pronoun, fronted)))
        return;
    clause->subject = clause->object;
    clause->subject_end = clause->object_end;
    clause->shared = false;
    clause->object = fronted;
    clause->object_end = fronted >= 0 ? end : -1;
}

/* ---- how much the text commits itself ---- */

/* A phrase that stands in a time does not count: "in May 2009" supposes nothing. */
static bool phrase_in_chunks(const struct reading *r, int first, int end, enum phrase_kind kind)
{
    if (first >= end)
        return false;
    int token = chunk_at(r, first)->first, last = chunk_at(r, end - 1)->end;
    while ((token = phrase_in(r, token, last, kind, NULL)) >= 0 && r->tokens.items[token].time >= 0)
        token++;
    return token >= 0;
}

/* Before a participle's insertion: in "he died of it, probably caused by lead" only the cause is in doubt. */
static int own_end(const struct reading *r, const struct clause *clause)
{
    for (int i = clause->verb + 1; i < clause->end; i++) {
        if (!is_kind(r, i, CHUNK_COMMA))
            continue;
        int next = i + 1;
        while (is_kind(r, next, CHUNK_ADVERB))
            next++;
        bool trailing = next > i + 1 && is_kind(r, next, CHUNK_PREPOSITION) && i > clause->object;
        if (is_kind(r, next, CHUNK_PARTICIPLE) || is_kind(r, next, CHUNK_GERUND) || trailing)
            return i; /* ", supposedly only for research" */
    }
    return clause->end;
}

static bool asks(const struct reading *r)
{
    for (size_t i = 0; i < r->tokens.count; i++)
        if (r->tokens.items[i].mark == '?' && !r->tokens.items[i].quoted && r->tokens.items[i].depth == 0)
            return true;
    return false;
}

static bool is_if(const struct reading *r, int i)
{
    return i >= 0 &&
           (token_is(r, chunk_at(r, i)->first, "si") || token_is(r, chunk_at(r, i)->first, "if") ||
            token_is(r, chunk_at(r, i)->first, "whether") || token_is(r, chunk_at(r, i)->first, "unless"));
}

/* "Quien lo lograría un mes después fue Foo": the future of the past, told as a fact. */
static bool opens_cleft(const struct reading *r, const struct clause *clause)
{
    const struct clause *next = clause + 1;
    return clause == r->clauses.items && r->clauses.count > 1 && clause->connector == 0 &&
           str_starts(token_at(r, 0)->form->low, STR("quien")) &&
           str_equal(chunk_at(r, next->verb)->verb.lemma, STR("ser")) && next->object >= 0;
}

static void judge(struct reading *r, struct clause *clause, bool question)
{
    const struct chunk *verb = chunk_at(r, clause->verb);
    clause->negative = verb->negative;
    bool hypothetical_tense =
        (verb->verb.tense == TENSE_CONDITIONAL && !opens_cleft(r, clause)) || verb->modal;
    clause->hypothetical = question || is_if(r, clause->connector) || hypothetical_tense ||
                           phrase_in_chunks(r, clause->first, own_end(r, clause), PHRASE_HYPOTHESIS);
    clause->promise =
        verb->verb.tense == TENSE_FUTURE ||
        (verb->verb.tail.len && phrase_in_chunks(r, clause->verb, clause->verb + 1, PHRASE_PROMISE));
    clause->rumour = phrase_in_chunks(r, clause->first, own_end(r, clause), PHRASE_RUMOUR);
    clause->opinion = phrase_in_chunks(r, clause->first, clause->end, PHRASE_OPINION) ||
                      phrase_in_chunks(r, clause->first, clause->end, PHRASE_IRONY);
    clause->author = !verb->third || phrase_in_chunks(r, clause->first, clause->verb + 1, PHRASE_AUTHOR);
    if (clause->subject >= 0 && !clause->negative)
        clause->negative = phrase_in_chunks(r, clause->subject, clause->subject + 1, PHRASE_NEGATION) &&
                           clause->subject < clause->verb;
    const struct clause *parent = clause_at(r, clause->parent);
    if (parent && clause->kind == CLAUSE_CONTENT) {
        clause->rumour |= parent->rumour;
        clause->hypothetical |= parent->hypothetical;
        clause->author |= parent->author;
    }
}

bool clause_asserts(const struct clause *clause)
{
    return !clause->negative && !clause->hypothetical && !clause->rumour && !clause->promise &&
           !clause->author;
}

/* ---- participles and gerunds state things too ---- */

static int phrase_end(const struct reading *r, int i)
{
    int end = i + 1;
    for (; end < (int)r->chunks.count; end++) {
        enum chunk_kind kind = r->chunks.items[end].kind;
        if (kind == CHUNK_STOP || kind == CHUNK_RELATIVE || kind == CHUNK_SUBORDINATOR ||
            kind == CHUNK_VERB || kind == CHUNK_QUOTE || kind == CHUNK_PARTICIPLE || kind == CHUNK_GERUND)
            break;
        bool listed = is_kind(r, end + 1, CHUNK_COORDINATOR) && is_kind(r, end + 2, CHUNK_NOUN) &&
                      is_kind(r, end - 1, CHUNK_NOUN) && is_kind(r, end - 2, CHUNK_COMMA);
        if (kind == CHUNK_COMMA && !listed &&
            !(is_kind(r, end + 1, CHUNK_NOUN) &&
              coordination_end(r, end + 1, (int)r->chunks.count) > end + 2 &&
              is_kind(r, end - 1, CHUNK_NOUN) && end > i + 1))
            break;
        if (kind == CHUNK_COORDINATOR &&
            (is_kind(r, end + 1, CHUNK_PARTICIPLE) || is_kind(r, end + 1, CHUNK_GERUND)))
            break;
    }
    return end;
}

/* The clause that the phrase at chunk `i` stands in. */
static int host_of(const struct reading *r, int i, int verbs)
{
    int host = -1;
    for (int k = 0; k < verbs; k++)
        if (r->clauses.items[k].first <= i)
            host = k;
    return host < 0 && verbs ? 0 : host;
}

/* A Spanish participle agrees with its noun as far as both are known. */
static bool agrees(const struct reading *r, int participle, int noun)
{
    if (!r->chapter->spanish)
        return true;
    const struct form *form = token_at(r, chunk_at(r, participle)->head)->form;
    const struct verb_form *v = form_verb(form, FORM_PARTICIPLE);
    const struct chunk *n = chunk_at(r, noun);
    if (!v || !v->number)
        return true;
    if (n->name >= 0 && n->determiner < 0)
        return v->number == 's';
    return n->plural == (v->number == 'p') && (!n->gender || !v->gender || n->gender == v->gender);
}

/* The noun that a participle describes. */
static int described(const struct reading *r, int i, const struct clause *host)
{
    int before = i - 1;
    while (is_kind(r, before, CHUNK_ADVERB))
        before--;
    if (is_kind(r, before, CHUNK_COORDINATOR))
        return -2;
    if (is_kind(r, before, CHUNK_NOUN))
        return agrees(r, i, before) ? before : -1;
    int end = phrase_end(r, i);
    bool opens = before < 0 || is_kind(r, before, CHUNK_STOP);
    if (opens && host && host->subject > i && is_kind(r, end, CHUNK_COMMA))
        return host->subject;
    if (is_kind(r, before, CHUNK_COMMA)) {
        before--;
        while (is_kind(r, before, CHUNK_BRACKET) || is_kind(r, before, CHUNK_ADVERB))
            before--;
        if (is_kind(r, before, CHUNK_NOUN) && agrees(r, i, before))
            return before;
        for (const struct clause *c = host; c && c >= r->clauses.items; c--)
            if (c->subject >= 0 && c->subject < i && agrees(r, i, c->subject) &&
                chunk_at(r, c->subject)->name >= 0)
                return c->subject;
    }
    return -1;
}

static void add_phrase(struct arena *scratch, struct reading *r, int i, int verbs, bool question)
{
    bool gerund = is_kind(r, i, CHUNK_GERUND);
    int host = host_of(r, i, verbs), subject = -1, subject_end = -1;
    const struct clause *h = clause_at(r, host);
    if (gerund) {
        bool by = is_kind(r, i - 1, CHUNK_PREPOSITION) && token_is(r, chunk_at(r, i - 1)->first, "by");
        if (!by && !is_kind(r, i - 1, CHUNK_COMMA) && !is_kind(r, i - 1, CHUNK_COORDINATOR) &&
            !is_kind(r, i - 1, CHUNK_ADVERB) && !r->chapter->spanish)
            return;
        subject = h ? h->subject : -1;
        subject_end = h ? h->subject_end : -1;
    } else {
        subject = described(r, i, h);
        if (subject == -2 && r->clauses.count > (size_t)verbs)
            subject = list_last(&r->clauses)->subject; /* "basada en A y escrita por B" */
        subject_end = subject + 1;
    }
    if (subject < 0 && i > 0)
        return;
    struct clause clause = {.first = i,
                            .end = phrase_end(r, i),
                            .verb = i,
                            .subject = subject,
                            .subject_end = subject_end,
                            .object = -1,
                            .kind = CLAUSE_RELATIVE,
                            .connector = -1,
                            .antecedent = subject,
                            .parent = host,
                            .shared = gerund,
                            .phrase = true};
    if (gerund)
        find_object(r, &clause);
    if (h) {
        clause.hypothetical = gerund ? h->hypothetical : question || is_if(r, h->connector);
        clause.rumour = h->rumour;
        clause.author = gerund && h->author;
        clause.promise = gerund && h->promise;
    }
    list_push(scratch, &r->clauses, clause);
}

/* "In 1611 they took A, and in 1612, B": the verb is said once for both. */
static void add_gaps(struct arena *scratch, struct reading *r, int verbs)
{
    for (int k = 0; k < verbs; k++) {
        struct clause clause = r->clauses.items[k];
        if (clause.object < 0)
            continue;
        for (int i = clause.object; i + 2 < clause.end; i++) {
            if (!is_kind(r, i, CHUNK_COORDINATOR) || !is_kind(r, i + 1, CHUNK_PREPOSITION) ||
                !is_kind(r, i + 2, CHUNK_TIME))
                continue;
            int object = is_kind(r, i + 3, CHUNK_COMMA) ? i + 4 : i + 3;
            if (!is_kind(r, object, CHUNK_NOUN) || object >= clause.end)
                break;
            r->clauses.items[k].end = i;
            clause.first = i + 1;
            clause.object = object;
            clause.object_end = coordination_end(r, object, clause.end);
            clause.parent = k;
            clause.connector = -1;
            clause.shared = true;
            list_push(scratch, &r->clauses, clause);
            break;
        }
    }
}

void clauses_read(struct arena *scratch, struct reading *r)
{
    r->clauses.count = 0;
    int previous = -1;
    for (int i = 0; i < (int)r->chunks.count; i++) {
        if (!is_kind(r, i, CHUNK_VERB))
            continue;
        open_clause(scratch, r, previous, i);
        previous = i;
    }
    bool question = r->clauses.count && asks(r);
    int verbs = (int)r->clauses.count;
    for (int k = 0; k < verbs; k++)
        find_subject(r, k);
    list_each (struct clause, clause, &r->clauses)
        find_object(r, clause);
    list_each (struct clause, clause, &r->clauses)
        turn_around(r, clause);
    list_each (struct clause, clause, &r->clauses)
        undergo(r, clause);
    list_each (struct clause, clause, &r->clauses)
        judge(r, clause, question);
    add_gaps(scratch, r, verbs);
    for (int i = 0; i < (int)r->chunks.count; i++)
        if (is_kind(r, i, CHUNK_PARTICIPLE) || is_kind(r, i, CHUNK_GERUND))
            add_phrase(scratch, r, i, verbs, question);
}
