/* Questions about what somebody did: the clause of the fact is turned around the part that is asked.
 *
 *   ¿Cuándo lanzó Acme la serie Rayo en Oslo?   When did Acme launch the Rayo series in Oslo?
 *   ¿Quién lanzó la serie Rayo en Oslo en 1999? Who launched the Rayo series in Oslo in 1999? */
#include "questions/index.h"
#include "questions/writer.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "text/text.h"

#include <string.h>

enum { WORDS_MAX = 20 };

/* Relations that are told as clauses: who does it, to whom, and with which verb if the text gives none. */
static const struct clause_kind {
    const char *relation, *agent, *patient, *es, *en;
} clause_kinds[] = {
    {"release", "agent", "work", "lanzar", "release"},
    {"found", "agent", "work", "fundar", "found"},
    {"deed", "agent", "patient", "", ""},
    {"died", "person", "", "morir", "die"},
    {"cause", "agent", "patient", "", ""},
    {"none", "agent", "patient", "", ""},
};

struct clause {
    struct writer *w;
    const struct fact *fact;
    struct str agent_role, patient_role;
    struct str lemma, tail;
    const struct verb *verb; /* NULL outside the lexicon */
    bool agentless;          /* nobody is said to have done it */
    bool undergoes;          /* agentless, and the verb's own subject undergoes it: salió, arrived */
    bool reflexive;
    bool bare; /* asked without its complements */
};

static const struct clause_kind *kind_of(struct str relation)
{
    for (size_t i = 0; i < sizeof clause_kinds / sizeof *clause_kinds; i++)
        if (str_equal(relation, str_from(clause_kinds[i].relation)))
            return &clause_kinds[i];
    return NULL;
}

static bool has_digit(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
            return true;
    return false;
}

/* The lexicon's verb for a lemma, through its infinitive. */
static const struct verb *verb_of(const struct writer *w, struct str lemma, bool pronominal)
{
    struct verb_form forms[VERB_FORMS_MAX];
    size_t count = language_verb_forms(w->language, lemma, false, forms);
    const struct verb *found = NULL;
    for (size_t i = 0; i < count; i++)
        if (forms[i].kind == FORM_INFINITIVE && (!found || forms[i].verb->pronominal == pronominal))
            found = forms[i].verb;
    return found;
}

static bool is_deed(const struct clause *c)
{
    return str_equal(c->fact->relation, STR("deed"));
}

/* A thing came into the world. */
static bool is_making(const struct clause *c)
{
    return str_equal(c->fact->relation, STR("release")) || str_equal(c->fact->relation, STR("found"));
}

/* "decidió filtrar los planos", told as done: the deed is the second verb. */
static void take_deed(struct clause *c)
{
    static const char *const leading[] = {"decidir", "lograr", "conseguir", "proceder"};
    struct str rest = c->tail, word, last = {0};
    bool leads = false;
    for (size_t i = 0; i < sizeof leading / sizeof *leading; i++)
        leads |= str_equal(c->lemma, str_from(leading[i]));
    while (str_split(&rest, ' ', &word))
        last = word;
    if (!leads || !last.len || c->fact->verb.tense != TENSE_PAST || !is_deed(c))
        return;
    bool reflexive = str_ends(last, STR("se"));
    struct str lemma = reflexive ? str_slice(last, 0, last.len - 2) : last;
    if (!verb_of(c->w, lemma, reflexive))
        return;
    c->lemma = lemma;
    c->reflexive = reflexive;
    c->tail = (struct str){0};
}

static bool clause_of(struct writer *w, const struct fact *fact, struct clause *ret)
{
    const struct clause_kind *kind = kind_of(fact->relation);
    if (!kind)
        return false;
    *ret = (struct clause){.w = w,
                           .fact = fact,
                           .agent_role = str_from(kind->agent),
                           .patient_role = str_from(kind->patient),
                           .lemma = fact->verb.lemma,
                           .tail = fact->verb.tail,
                           .reflexive = fact->verb.reflexive};
    if (!ret->lemma.len || (is_making(ret) && ret->tail.len)) { /* "continued publishing" is publishing */
        ret->lemma = str_from(w->spanish ? kind->es : kind->en);
        ret->tail = (struct str){0};
    }
    take_deed(ret);
    ret->agentless = !fact_role(fact, ret->agent_role);
    ret->verb = verb_of(w, ret->lemma, ret->reflexive);
    if (ret->agentless)
        ret->undergoes = ret->verb && ret->verb->intransitive;
    return ret->lemma.len > 0;
}

/* ---- The verb ---- */

/* English "spread" and "cut" look like their present; a singular subject would have shown an s. */
static bool is_hidden_past(const struct clause *c)
{
    const struct verb_use *verb = &c->fact->verb;
    return !c->w->spanish && verb->tense == TENSE_PRESENT && str_equal(verb->text, verb->lemma) &&
           str_equal(conjugate(c->w, verb->lemma, FORM_PAST, 0, 0), verb->lemma);
}

static enum verb_form_kind form_of(const struct clause *c)
{
    if (is_hidden_past(c))
        return FORM_PAST;
    switch (c->fact->verb.tense) {
    case TENSE_IMPERFECT:
        return is_making(c) ? FORM_PAST : FORM_IMPERFECT; /* a release happens once */
    case TENSE_PRESENT:
        return FORM_PRESENT;
    case TENSE_FUTURE:
        return FORM_FUTURE;
    default:
        return FORM_PAST;
    }
}

static struct str finite_verb(const struct clause *c, struct str lemma, bool plural)
{
    enum verb_form_kind kind = form_of(c);
    if (!c->w->spanish && kind == FORM_IMPERFECT)
        kind = FORM_PAST;
    if (!c->w->spanish && kind == FORM_FUTURE)
        return str_format(c->w->arena, "will %.*s", STR_ARG(lemma));
    return conjugate(c->w, lemma, kind, plural ? 'p' : 's', 0);
}

static void add(const struct clause *c, struct str *text, struct str part)
{
    if (!part.len)
        return;
    *text = text->len ? str_format(c->w->arena, "%.*s %.*s", STR_ARG(*text), STR_ARG(part)) : part;
}

/* "se lanzó", "fue destituido", "lanzó"; the subject follows in Spanish. */
static struct str verb_es(const struct clause *c, const struct phrase_of *subject, bool asks_subject)
{
    struct str text = {0};
    bool plural = subject->plural;
    if (c->agentless && !c->undergoes && subject->person) {
        add(c, &text, finite_verb(c, STR("ser"), plural));
        add(c, &text,
            conjugate(c->w, c->lemma, FORM_PARTICIPLE, plural ? 'p' : 's',
                      subject->gender == 'f' && !asks_subject ? 'f' : 'm'));
        return text;
    }
    if (c->reflexive || (c->agentless && !c->undergoes))
        add(c, &text, STR("se"));
    struct str verb = finite_verb(c, c->lemma, plural);
    if (!verb.len)
        return (struct str){0};
    add(c, &text, verb);
    add(c, &text, c->tail);
    return text;
}

static bool is_be(const struct clause *c)
{
    return str_equal(c->lemma, STR("be"));
}

/* Inverted: "did Acme launch", "was Acme founded", "was Acme". */
static struct str verb_en(const struct clause *c, const struct phrase_of *subject)
{
    struct str text = {0};
    bool passive = c->agentless && !c->undergoes;
    if (passive || is_be(c)) {
        add(c, &text, finite_verb(c, STR("be"), subject->plural));
        add(c, &text, subject->text);
        if (passive)
            add(c, &text, conjugate(c->w, c->lemma, FORM_PARTICIPLE, 0, 0));
    } else {
        bool future = c->fact->verb.tense == TENSE_FUTURE;
        add(c, &text, future ? STR("will") : finite_verb(c, STR("do"), subject->plural));
        add(c, &text, subject->text);
        add(c, &text, c->lemma);
    }
    add(c, &text, c->tail);
    return text;
}

/* Straight: "launched", "was founded": the subject is what is asked. */
static struct str verb_en_straight(const struct clause *c, bool plural)
{
    struct str text = {0};
    if (c->agentless && !c->undergoes) {
        add(c, &text, finite_verb(c, STR("be"), plural));
        add(c, &text, conjugate(c->w, c->lemma, FORM_PARTICIPLE, 0, 0));
    } else {
        add(c, &text, finite_verb(c, c->lemma, plural));
    }
    add(c, &text, c->tail);
    return text;
}

/* ---- The parts around it ---- */

static struct str subject_role(const struct clause *c)
{
    return c->agentless ? c->patient_role : c->agent_role;
}

static bool is_role(const struct filler *filler, struct str role)
{
    return str_equal(filler->role, role);
}

/* "that all plants are made of cells": what was found, shown or said. */
static bool is_content(const struct filler *filler)
{
    return is_role(filler, STR("rest")) &&
           (str_equal(filler->before, STR("that")) || str_equal(filler->before, STR("que"))) &&
           count_words(filler->text) > 3;
}

/* Names that nobody voted on are people where the verb says so: "nombraron a Ruiz". */
static bool undergone_by_person(const struct clause *c)
{
    const struct filler *patient = fact_role(c->fact, c->patient_role);
    return patient && c->verb && c->verb->of_people && patient->entity >= 0 &&
           filler_type_of(c->w, patient) == ENTITY_UNKNOWN;
}

/* Spanish marks a person that undergoes with "a". */
static struct str patient_text(const struct clause *c, const struct phrase_of *patient)
{
    const struct filler *first = fact_role(c->fact, c->patient_role);
    bool marked = str_equal(first->before, STR("a")) || str_equal(first->before, STR("al"));
    if (c->w->spanish && (patient->person || marked || undergone_by_person(c)))
        return with_preposition(c->w, STR("a"), patient->text);
    return patient->text;
}

static struct str complement_text(const struct clause *c, const struct filler *filler)
{
    struct str text = c->w->spanish ? filler->text : phrase_of_filler(c->w, filler).text;
    return with_preposition(c->w, text_lower(c->w->arena, filler->before), text);
}

static void mark(const struct clause *c, struct question *q, struct str role)
{
    for (size_t i = 0; i < c->fact->roles.count && i < 32; i++)
        if (is_role(&c->fact->roles.items[i], role))
            q->named |= UINT32_C(1) << i;
}

/* The verb that governs: of "decidió desvincularse" the second one. */
static const struct verb *governing_verb(const struct clause *c)
{
    struct str rest = c->tail, word, last = {0};
    while (str_split(&rest, ' ', &word))
        last = word;
    if (!last.len)
        return c->verb;
    bool reflexive = c->w->spanish && str_ends(last, STR("se"));
    return verb_of(c->w, reflexive ? str_slice(last, 0, last.len - 2) : last, reflexive);
}

/* "del entrenamiento" in "se desvinculó del entrenamiento": the verb binds it with a preposition of its own. */
static bool is_bound(const struct clause *c, const struct filler *filler)
{
    const struct verb *verb = is_deed(c) ? governing_verb(c) : NULL;
    struct str before = text_lower(c->w->arena, filler->before);
    if (!verb || !verb->preposition.len || !before.len)
        return false;
    return str_equal(before, verb->preposition) ||
           (str_equal(before, STR("del")) && str_equal(verb->preposition, STR("de"))) ||
           (str_equal(before, STR("al")) && str_equal(verb->preposition, STR("a")));
}

/* What a question may carry along: not "at some time", not a stray "as France". */
static bool is_telling(const struct clause *c, const struct filler *filler)
{
    struct sense sense;
    struct str words = filler->text, first = {0};
    str_split(&words, ' ', &first);
    if (str_equal(filler->before, STR("que")) || str_equal(first, STR("que")) ||
        language_sense(c->w->language, first, SENSE_RELATIVE, &sense))
        return false; /* "que prometía …" hangs on something else */
    if (is_bound(c, filler))
        return true;
    if (is_role(filler, STR("as")) && filler->entity >= 0)
        return false;
    if (is_content(filler))
        return true;
    size_t at = 0;
    bool capital = filler->text.len && text_is_upper(utf8_next(filler->text, &at));
    bool loose = is_role(filler, STR("rest")) && is_deed(c);
    bool misread = filler->entity < 0 && capital && !filler->before.len &&
                   !is_acronym(filler->text); /* a name that is none */
    return !loose || (is_named(c->w, filler) && !misread);
}

/* Everything but subject, patient and what is asked, in the order of the text, while it stays short. */
static void add_complements(const struct clause *c, struct question *q, struct str *text)
{
    for (size_t i = 0; i < c->fact->roles.count && i < 32; i++) {
        const struct filler *filler = &c->fact->roles.items[i];
        if (is_role(filler, c->agent_role) || is_role(filler, c->patient_role) || is_role(filler, q->asked))
            continue;
        if (is_making(c) || c->bare)
            continue; /* "¿Quién lanzó Rayo?" needs no more */
        struct str part = complement_text(c, filler);
        if (!is_telling(c, filler) || count_words(*text) + count_words(part) > WORDS_MAX) {
            q->is_partial = true;
            continue;
        }
        add(c, text, part);
        q->named |= UINT32_C(1) << i;
    }
}

static void add_time(const struct clause *c, struct question *q, struct str *text)
{
    struct str when = time_adverbial(c->w, &c->fact->time);
    if (!when.len || str_equal(q->asked, STR("time")) || count_words(*text) > WORDS_MAX)
        return;
    add(c, text, when);
    q->names_time = true;
}

/* A paragraph that begins with an event goes on about it: "In the Long War, what did Acme lose?" Only where the
 * event is the only one that the text dates there, and the deed has no date of its own. */
static struct str context_of(const struct clause *c)
{
    const struct document *doc = c->w->doc;
    const struct entity *event = NULL;
    int block = doc->sentences.items[c->fact->sentence].block;
    if (!is_deed(c) || time_is_set(&c->fact->time))
        return (struct str){0};
    const struct multimap *spans = &c->w->index->spans;
    for (int at = multimap_first(spans, (uint64_t)block); at >= 0; at = multimap_next(spans, at)) {
        const struct fact *span = &c->w->facts->items[multimap_value(spans, at)];
        const struct filler *filler = fact_role(span, STR("event"));
        const struct entity *found = &c->w->facts->entities.items[filler->entity];
        if (span->sentence > c->fact->sentence || (event && event != found))
            return (struct str){0};
        event = found;
    }
    list_each (const struct filler, filler, &c->fact->roles)
        if (event && filler_entity_of(c->w, filler) == event)
            return (struct str){0};
    if (!event)
        return (struct str){0};
    return event->article && !str_starts(event->name, STR("the ")) && !c->w->spanish
               ? str_concat(c->w->arena, STR("the "), event->name)
               : event->name;
}

/* "según los rumores, ¿…?"; what is only true at the time of writing says so. */
static struct str with_hedge(const struct clause *c, struct str core, struct str context)
{
    struct writer *w = c->w;
    struct str question = as_question(w, core);
    if (context.len && c->fact->hedge == HEDGE_NONE)
        return str_format(w->arena, w->spanish ? "En %.*s, ¿%.*s?" : "In %.*s, %.*s?", STR_ARG(context),
                          STR_ARG(core));
    switch (c->fact->hedge) {
    case HEDGE_RUMOUR:
        return str_format(w->arena, w->spanish ? "Según los rumores, ¿%.*s?" : "According to rumors, %.*s?",
                          STR_ARG(core));
    case HEDGE_OPINION:
        if (!c->fact->holder.len)
            return (struct str){0};
        return str_format(w->arena, w->spanish ? "Según %.*s, ¿%.*s?" : "According to %.*s, %.*s?",
                          STR_ARG(c->fact->holder), STR_ARG(core));
    case HEDGE_AS_OF:
        return as_question(
            w, str_format(w->arena, w->spanish ? "%.*s, según el capítulo" : "%.*s, according to the chapter",
                          STR_ARG(core)));
    case HEDGE_PROMISE:
        return (struct str){0};
    default:
        return question;
    }
}

/* wh + verb + subject + patient + complements + time */
static void ask_around(const struct clause *c, struct question *q, struct str wh, bool with_time)
{
    struct writer *w = c->w;
    struct phrase_of subject, patient;
    struct str text = wh;
    if (!phrase_of_role(w, c->fact, subject_role(c), &subject))
        return;
    subject.person |= c->agentless && undergone_by_person(c);
    subject.text = mid_sentence(w, subject.text);
    if (w->spanish) {
        struct str verb = verb_es(c, &subject, false);
        if (!verb.len)
            return;
        add(c, &text, verb);
        add(c, &text, subject.text);
    } else {
        add(c, &text, verb_en(c, &subject));
    }
    mark(c, q, subject_role(c));
    bool other = !c->agentless && !str_equal(q->asked, c->patient_role);
    if (other && c->patient_role.len && phrase_of_role(w, c->fact, c->patient_role, &patient)) {
        add(c, &text, patient_text(c, &patient));
        mark(c, q, c->patient_role);
    }
    add_complements(c, q, &text);
    if (with_time)
        add_time(c, q, &text);
    q->context = context_of(c);
    q->prompt = with_hedge(c, text, q->context);
}

/* wh is the subject: wh + verb + patient + complements + time */
static void ask_subject(const struct clause *c, struct question *q, struct str wh,
                        const struct phrase_of *asked, bool with_time)
{
    struct phrase_of patient;
    struct str text = wh;
    bool plural = asked->plural && !str_equal(wh, STR("what")) && !str_equal(wh, STR("who"));
    struct str verb = c->w->spanish ? verb_es(c, asked, true) : verb_en_straight(c, plural);
    if (!verb.len)
        return;
    add(c, &text, verb);
    if (!c->agentless && c->patient_role.len && phrase_of_role(c->w, c->fact, c->patient_role, &patient)) {
        add(c, &text, patient_text(c, &patient));
        mark(c, q, c->patient_role);
    }
    add_complements(c, q, &text);
    if (with_time)
        add_time(c, q, &text);
    q->context = context_of(c);
    q->prompt = with_hedge(c, text, q->context);
}

/* ---- What may be asked ---- */

static bool has_sense(const struct clause *c, const char *relation)
{
    return c->verb && str_list_has(&c->verb->relations, str_from(relation));
}

/* "Acme bought in 1999" lacks what it bought: the reader lost it, so nothing is asked. */
static bool lacks_object(const struct clause *c)
{
    if (c->agentless || !is_deed(c) || fact_role(c->fact, c->patient_role))
        return false;
    list_each (const struct filler, filler, &c->fact->roles)
        if (is_content(filler))
            return false;
    const struct filler *agent = fact_role(c->fact, c->agent_role);
    enum entity_type type = filler_type_of(c->w, agent);
    bool happens = has_sense(c, "event") && type != ENTITY_PERSON && type != ENTITY_ORG;
    bool alone = c->verb && (c->verb->intransitive || c->verb->alone || c->verb->pronominal || happens ||
                             has_sense(c, "died"));
    bool moves =
        fact_role(c->fact, STR("to")) || fact_role(c->fact, STR("from")) || fact_role(c->fact, STR("place"));
    return !alone && !moves;
}

/* Another relation tells this clause better. */
static bool is_told_elsewhere(const struct clause *c)
{
    if (!is_deed(c))
        return false;
    const struct multimap *sentences = &c->w->index->sentences;
    int at = multimap_first(sentences, (uint64_t)c->fact->sentence);
    for (; at >= 0; at = multimap_next(sentences, at)) {
        const struct fact *other = &c->w->facts->items[multimap_value(sentences, at)];
        if (str_equal(other->relation, STR("deed")) || str_equal(other->relation, STR("cause")) ||
            !str_equal(other->verb.lemma, c->fact->verb.lemma))
            continue;
        for (size_t i = 0; i < other->roles.count; i++)
            for (size_t j = 0; j < c->fact->roles.count; j++)
                if (other->roles.items[i].entity >= 0 &&
                    other->roles.items[i].entity == c->fact->roles.items[j].entity)
                    return true;
    }
    return false;
}

/* How many names the clause holds besides the one role: what a question about it can stand on. */
static size_t names_besides(const struct clause *c, struct str role)
{
    size_t count = 0;
    list_each (const struct filler, filler, &c->fact->roles)
        count += !is_role(filler, role) && is_named(c->w, filler);
    return count;
}

static struct question question_for(const struct clause *c, struct str asked, double prior)
{
    return (struct question){.fact = c->fact, .asked = asked, .kind = CARD_DIRECT, .prior = prior};
}

/* Who is the card about: the thing made or undergone, else the doer; never what is asked, if it can be helped. */
static void set_subject(const struct clause *c, struct question *q)
{
    const struct filler *patient = fact_role(c->fact, c->patient_role),
                        *agent = fact_role(c->fact, c->agent_role);
    const struct filler *first = patient && patient->entity >= 0 ? patient : agent ? agent : patient;
    const struct filler *second = first == patient ? agent : patient;
    if (first && str_equal(first->role, q->asked) && second && second->entity >= 0) {
        const struct filler *swap = first;
        first = second;
        second = swap;
    }
    q->subject = first ? without_article(c->w, first->text) : (struct str){0};
    q->object = second ? without_article(c->w, second->text) : (struct str){0};
}

/* "became" says nothing without what. */
static bool is_becoming(const struct clause *c)
{
    static const char *const lemmas[] = {"convertir", "volver", "become", "tornar"};
    for (size_t i = 0; i < sizeof lemmas / sizeof *lemmas; i++)
        if (str_equal(c->lemma, str_from(lemmas[i])))
            return true;
    return false;
}

static void finish(const struct clause *c, struct question *q)
{
    if (!q->prompt.len) {
        note(c->w, c->fact, q->asked, "no wording");
        return;
    }
    if (q->is_partial && is_becoming(c))
        return;
    set_subject(c, q);
    keep(c->w, q);
}

/* "se lanzó" for "se sacó": some verbs are not said of what is made in the passive. */
static void make_formal(struct clause *c)
{
    struct str formal =
        language_text(c->w->language, str_format(c->w->arena, "formal.%.*s", STR_ARG(c->lemma)));
    if (!formal.len)
        return;
    c->lemma = formal;
    c->tail = (struct str){0};
}

/* When and where a thing was made or came out is asked without its maker, whom another card asks for. */
static struct clause without_doer(const struct clause *c)
{
    struct clause passive = *c;
    if (!is_making(c) || !fact_role(c->fact, c->patient_role))
        return passive;
    make_formal(&passive);
    passive.agentless = true;
    passive.undergoes = c->verb && c->verb->intransitive;
    return passive;
}

static double time_prior(const struct clause *c)
{
    const struct filler *patient = fact_role(c->fact, c->patient_role);
    double prior = c->fact->time.vague.len ? 2.5 : 3;
    if (is_deed(c))
        prior -= patient && !is_named(c->w, patient) ? 0.8 : 0.3;
    return prior;
}

static void ask_time(const struct clause *c)
{
    const struct time_value *time = &c->fact->time;
    bool weak = c->verb && c->verb->weak && is_deed(c);
    if (!time_is_set(time) || names_besides(c, STR("time")) < (weak ? 2 : 1))
        return;
    struct question q = question_for(c, STR("time"), time_prior(c));
    q.answer = (time_answer(c->w, time));
    time_accepted(c->w, time, &q.accepted);
    q.value = time_iso(c->w->arena, time);
    ask_around(c, &q, time_ask(c->w, time), false);
    finish(c, &q);
}

/* "quién", "a quién", "which company". A plain phrase is worth less than a name. */
static void ask_party(const struct clause *c, struct str role, double prior, bool with_time)
{
    const struct filler *first = fact_role(c->fact, role);
    struct phrase_of asked;
    if (!first || count_words(first->text) > 8)
        return;
    bool subject = str_equal(role, subject_role(c));
    struct str wh = ask_for(c->w, c->fact, role, &asked);
    if (first->entity < 0 && !is_named(c->w, first) && !asked.person)
        wh = c->w->spanish ? STR("qué") : STR("what"); /* "¿Qué capital …? la capital" */
    if (asked.count > 3)
        return;
    if (str_equal(role, c->patient_role) && undergone_by_person(c)) {
        wh = c->w->spanish ? STR("quién") : STR("who");
        asked.person = true;
    }
    struct question q = question_for(c, role, first->entity >= 0 ? prior : prior - 1);
    answer_of_role(c->w, &q);
    if (subject) {
        ask_subject(c, &q, wh, &asked, with_time);
    } else {
        if (c->w->spanish && asked.person)
            wh = str_concat(c->w->arena, STR("a "), wh);
        ask_around(c, &q, wh, with_time);
    }
    finish(c, &q);
}

/* Of "variantes", "versiones", "ciudades": by the lexicon, else by the ending. */
static char counted_gender(const struct clause *c, struct str counted)
{
    struct sense sense;
    struct str rest = counted, word = {0};
    str_split(&rest, ' ', &word);
    if (language_sense(c->w->language, word, SENSE_NOUN, &sense) ||
        language_sense(c->w->language, word, SENSE_ROLE, &sense))
        return sense.gender == 'f' ? 'f' : 'm';
    if (str_ends(word, STR("istas")) || str_ends(word, STR("ista")))
        return 'm'; /* artistas, taxistas */
    static const char *const endings[] = {"as", "a", "iones", "ión", "dades", "dad", "tudes"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends(word, str_from(endings[i])))
            return 'f';
    return 'm';
}

/* "ningún modelo" is asked for as "cuántos modelos". */
static struct str counted_plural(const struct clause *c, struct str counted)
{
    struct sense sense;
    bool single = str_equal(c->fact->relation, STR("none")) && !str_ends(counted, STR("s")) &&
                  count_words(counted) == 1;
    if (!single)
        return counted;
    if (language_sense(c->w->language, counted, SENSE_NOUN, &sense))
        return sense.noun->plural;
    return str_concat(c->w->arena, counted,
                      strchr("aeiou", counted.ptr[counted.len - 1]) || !c->w->spanish || has_name(counted)
                          ? STR("s")
                          : STR("es"));
}

/* Having, measuring, weighing: true at any time, and whole without a rate. */
static bool holds(const struct clause *c)
{
    static const char *const lemmas[] = {"tener", "contener", "medir",   "pesar",
                                         "have",  "contain",  "measure", "weigh"};
    for (size_t i = 0; i < sizeof lemmas / sizeof *lemmas; i++)
        if (str_equal(c->lemma, str_from(lemmas[i])))
            return true;
    return false;
}

/* "¿Cuántos prisioneros tomó …?", "How many prisoners did … take?" */
static void ask_number(const struct clause *c, const struct filler *filler)
{
    if (!filler || !filler->numeral.len || !filler->counted.len ||
        without_article(c->w, filler->counted).len < filler->counted.len)
        return;
    struct sense ordinal;
    struct str rest = filler->counted, first = {0};
    bool fraction = str_split(&rest, ' ', &first);
    if (fraction && str_ends(first, STR("s")))
        first.len--; /* two thirds */
    fraction = fraction && language_sense(c->w->language, first, SENSE_ORDINAL, &ordinal);
    bool habitual = c->fact->verb.tense == TENSE_PRESENT && !holds(c);
    if (is_deed(c) && names_besides(c, filler->role) == 0)
        return;               /* "a small force took 112 prisoners": which force? */
    if (fraction || habitual) /* "one tenth of", "turns fifteen degrees": something is missing */
        return;
    bool subject = is_role(filler, subject_role(c));
    struct phrase_of asked = phrase_of_filler(c->w, filler);
    struct question q = question_for(c, filler->role, 2.6);
    char gender = counted_gender(c, filler->counted);
    const char *how = !c->w->spanish ? "how many" : gender == 'f' ? "cuántas" : "cuántos";
    struct str wh = str_format(c->w->arena, "%s %.*s", how, STR_ARG(counted_plural(c, filler->counted)));
    q.answer = (without_article(c->w, filler->numeral));
    q.value = filler->numeral;
    q.asked = filler->role;
    asked.plural = true;
    if (subject)
        ask_subject(c, &q, wh, &asked, true);
    else if (is_role(filler, c->patient_role))
        ask_around(c, &q, wh, true);
    if (!q.is_partial) /* a number is true of the whole clause only */
        finish(c, &q);
}

/* Spanish "convenció a Ruiz": without another object, whoever stands behind "a" undergoes the deed. */
static bool is_marked_person(const struct clause *c, const struct filler *filler)
{
    bool marked = str_equal(filler->before, STR("a")) || str_equal(filler->before, STR("al"));
    enum entity_type type = filler_type_of(c->w, filler);
    bool may_be = type == ENTITY_PERSON || (type == ENTITY_UNKNOWN && !fact_role(c->fact, c->patient_role));
    bool governed = c->verb && str_equal(c->verb->preposition, STR("a"));
    return c->w->spanish && marked && !governed && is_role(filler, STR("to")) && may_be &&
           !asking_noun(c->w, filler);
}

/* "in Chemistry" is no place: a place is voted one, in the gazetteer, or at least no ordinary word. */
static bool may_be_place(const struct clause *c, const struct filler *filler)
{
    if (filler_type_of(c->w, filler) == ENTITY_PLACE || asking_noun(c->w, filler))
        return true;
    struct str bare = without_article(c->w, filler->text);
    bool joined = str_contains(bare, c->w->spanish ? STR(" y ") : STR(" and "));
    if (filler->entity < 0 && has_name(bare) && (joined || (!c->w->spanish && is_named(c->w, filler))))
        return true; /* "the Lark leaderboard", "Avila and the north" */
    return filler->entity >= 0 && !language_is_ordinary(c->w->language, text_lower(c->w->arena, bare));
}

/* "granted Washington a strip of land", "el premio fue a los Curie": to somebody. */
static bool is_receiver(const struct clause *c, const struct filler *filler, enum entity_type type)
{
    bool gets = is_role(filler, STR("to")) && !c->agentless && fact_role(c->fact, c->patient_role);
    return type == ENTITY_ORG || type == ENTITY_PERSON || (type == ENTITY_PLACE && gets) ||
           names_a_person(c->w, filler->text);
}

/* "bought it from Lark": whatever Lark is, somebody is asked for. */
static bool is_partner(const struct clause *c, const struct filler *filler)
{
    static const char *const trades[] = {"buy",     "license", "acquire", "purchase", "receive",
                                         "inherit", "learn",   "borrow",  "rent"};
    if (c->w->spanish || !is_role(filler, STR("from")) || !has_name(filler->text) ||
        filler_type_of(c->w, filler) != ENTITY_UNKNOWN)
        return false;
    for (size_t i = 0; i < sizeof trades / sizeof *trades; i++)
        if (str_equal(c->lemma, str_from(trades[i])))
            return true;
    return false;
}

/* "¿En qué ciudad", "¿Dónde", "¿Con quién", "under which general". */
static struct str ask_complement_word(const struct clause *c, const struct filler *filler,
                                      struct phrase_of *asked)
{
    struct writer *w = c->w;
    struct str wh = ask_for(w, c->fact, filler->role, asked);
    if (is_marked_person(c, filler))
        return STR("a quién");
    bool bare = str_equal(wh, w->spanish ? STR("qué") : STR("what"));
    if (is_role(filler, STR("place")) && (bare || !filler->before.len))
        return w->spanish ? STR("dónde") : STR("where");
    if (str_equal(wh, STR("who")) || (bare && is_partner(c, filler)))
        wh = STR("whom");
    struct str before = text_lower(w->arena, filler->before);
    enum entity_type type = filler_type_of(w, filler);
    bool to_whom =
        str_equal(before, STR("a")) || str_equal(before, STR("al")) || str_equal(before, STR("to"));
    bool moves = c->w->spanish && bare && c->verb && c->verb->intransitive && filler->entity >= 0;
    if (moves && is_role(filler, STR("from")))
        return STR("de dónde");
    if (moves && is_role(filler, STR("to")))
        return STR("adónde");
    if (to_whom && is_receiver(c, filler, type))
        wh = w->spanish ? STR("quién") : STR("whom");
    else if (bare && to_whom && type == ENTITY_UNKNOWN)
        return (struct str){0}; /* whom or what? */
    if (str_equal(before, STR("del")))
        before = STR("de");
    if (str_equal(before, STR("al")))
        before = STR("a");
    return before.len ? str_format(w->arena, "%.*s %.*s", STR_ARG(before), STR_ARG(wh)) : (struct str){0};
}

static bool is_one_of(struct str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(word, str_from(words[i])))
            return true;
    return false;
}
#define IS_ONE_OF(word, words) is_one_of(word, words, sizeof words / sizeof *words)

/* "una gran reputación", "part of the money": words that nobody would recall. */
static bool is_bland(const struct clause *c, struct str text)
{
    static const char *const words[] = {
        "gran",       "grandes",    "amplio",    "amplia", "enorme",  "enormes", "buen",    "buena",
        "parte",      "serie",      "mitad",     "mayor",  "mejor",   "nuevo",   "nueva",   "nuevos",
        "nuevas",     "huge",       "great",     "part",   "further", "growing", "massive", "correspondiente",
        "respectivo", "respectiva", "siguiente", "actual", "antiguo", "antigua", "propio",  "propia",
        "wide",       "new",        "better",    "enough", "many",    "several"};
    struct str rest = without_article(c->w, text), first = {0};
    return str_split(&rest, ' ', &first) && IS_ONE_OF(first, words);
}

/* "las primeras herramientas | similares a una distro": what follows right behind may belong to the words before. */
static bool is_cut_short(const struct clause *c, const struct filler *filler)
{
    static const char *const binding[] = {"a",  "al", "de",      "del", "entre", "sobre", "contra",
                                          "of", "to", "between", "for", "on",    "about", "against"};
    list_each (const struct filler, next, &c->fact->roles)
        if (next != filler && next->before.len && next->source.start > filler->source.end &&
            next->source.start <= filler->source.end + next->before.len + 2 &&
            IS_ONE_OF(text_lower(c->w->arena, next->before), binding) &&
            !(c->verb && c->verb->preposition.len))
            return true;
    return false;
}

/* "training large models": what somebody did, told by its verb. */
static bool is_activity(const struct clause *c, const struct filler *filler)
{
    struct verb_form forms[VERB_FORMS_MAX];
    struct str rest = filler->text, word = {0};
    str_split(&rest, ' ', &word);
    size_t count = rest.len ? language_verb_forms(c->w->language, word, false, forms) : 0;
    for (size_t i = 0; i < count; i++)
        if (forms[i].kind == FORM_GERUND)
            return true;
    return false;
}

/* "¿De qué se desvinculó Acme?": told of somebody with a name, in words that say enough. */
static void ask_bound(const struct clause *c, const struct filler *filler)
{
    const struct filler *agent = fact_role(c->fact, c->agent_role);
    struct str rest = filler->text, first = {0};
    struct sense sense;
    str_split(&rest, ' ', &first);
    bool open = language_sense(c->w->language, text_lower(c->w->arena, first), SENSE_DETERMINER, &sense);
    if (!agent || agent->entity < 0 || fact_role(c->fact, filler->role) != filler || open ||
        filler->numeral.len || (c->verb && c->verb->attitude) ||
        (count_words(without_article(c->w, filler->text)) < 2 && !has_sense(c, "cause")) ||
        is_bland(c, filler->text) || is_cut_short(c, filler))
        return;
    struct phrase_of asked;
    struct str wh = ask_complement_word(c, filler, &asked);
    struct question q = question_for(c, filler->role, 1.9);
    answer_of_role(c->w, &q);
    if (!wh.len)
        return;
    ask_around(c, &q, wh, true);
    finish(c, &q);
}

/* "¿Con qué lanzó Acme Rayo?": what came along with a thing, in words that say enough. */
static void ask_company(const struct clause *c, const struct filler *filler)
{
    const struct filler *agent = fact_role(c->fact, c->agent_role),
                        *patient = fact_role(c->fact, c->patient_role);
    if (!is_deed(c) || !is_role(filler, STR("with")) || !has_sense(c, "release") || !agent ||
        agent->entity < 0 || !patient || patient->entity < 0 || is_named(c->w, filler) ||
        filler->numeral.len || count_words(filler->text) < 4 || is_bland(c, filler->text))
        return;
    struct clause alone = *c;
    alone.bare = true;
    struct question q = question_for(c, filler->role, 1.9);
    answer_of_role(c->w, &q);
    ask_around(&alone, &q, c->w->spanish ? STR("con qué") : STR("with what"), false);
    finish(c, &q);
}

/* "en la tabla de posiciones de Nube": a common noun of a name is asked for as "en qué tabla de posiciones". */
static void ask_named_noun(const struct clause *c, const struct filler *filler)
{
    struct str text = without_article(c->w, filler->text), of = STR(" de ");
    const struct filler *agent = fact_role(c->fact, c->agent_role);
    if (!c->w->spanish || !is_deed(c) || filler->entity >= 0 || !agent || agent->entity < 0 ||
        filler->numeral.len || text.len == filler->text.len ||
        !str_equal(text_lower(c->w->arena, filler->before), STR("en")) || count_words(text) > 7)
        return;
    size_t at = SIZE_MAX, next = 0;
    while ((next = str_find(text, of, next)) != SIZE_MAX)
        at = next++;
    if (at == SIZE_MAX || has_name(str_slice(text, 0, at)) || is_bland(c, text))
        return;
    struct str name = str_slice(text, at + of.len, text.len);
    size_t first = 0;
    if (!name.len || !text_is_upper(utf8_next(name, &first)))
        return;
    struct question q = question_for(c, filler->role, 2.2);
    q.answer = name;
    ask_around(c, &q, str_format(c->w->arena, "en qué %.*s", STR_ARG(str_slice(text, 0, at))), true);
    finish(c, &q);
}

enum { LIST_MAX_NAMES = 6 };

/* "A, B y C" in its names; 0 if it is no list of names. */
static size_t names_in(struct str text, struct str ret[LIST_MAX_NAMES])
{
    size_t count = 0;
    struct str rest = text, part;
    while (str_split(&rest, ',', &part)) {
        part = str_trim(part);
        size_t and = str_find(part, STR(" y "), 0);
        struct str pieces[2] = {and == SIZE_MAX ? part : str_slice(part, 0, and),
                                and == SIZE_MAX ? (struct str){0} : str_slice(part, and+3, part.len)};
        for (int i = 0; i < 2 && pieces[i].len; i++) {
            size_t at = 0;
            if (count == LIST_MAX_NAMES || !text_is_upper(utf8_next(pieces[i], &at)))
                return 0;
            ret[count++] = pieces[i];
        }
    }
    return count;
}

static bool are_orgs(const struct clause *c, const struct str *names, size_t count)
{
    size_t orgs = 0;
    list_each (const struct entity, entity, &c->w->facts->entities)
        for (size_t i = 0; i < count; i++)
            orgs += entity->type == ENTITY_ORG && str_equal(entity->name, names[i]);
    return orgs > 0 && orgs * 3 >= count;
}

/* "a investigadores de A, B, C y D": of which organisations? One half of the list is asked for, the other given. */
static void ask_named_list(const struct clause *c, const struct filler *filler)
{
    struct str names[LIST_MAX_NAMES], of = STR(" de ");
    const struct filler *agent = fact_role(c->fact, c->agent_role);
    size_t at = c->w->spanish && is_deed(c) ? str_find(filler->text, of, 0) : SIZE_MAX;
    if (at == SIZE_MAX || !filler->before.len || !agent || agent->entity < 0 ||
        has_name(str_slice(filler->text, 0, at)))
        return;
    size_t count = names_in(str_slice(filler->text, at + of.len, filler->text.len), names);
    struct str rest = filler->text, head = {0};
    struct sense role; /* researchers are of organisations */
    str_split(&rest, ' ', &head);
    if (count < 4 || (!are_orgs(c, names, count) && !language_sense(c->w->language, head, SENSE_ROLE, &role)))
        return;
    struct clause alone = *c;
    alone.bare = true;
    size_t half = (count + 1) / 2;
    for (int second = 0; second < 2; second++) {
        struct str given = second ? join(c->w, names, half) : join(c->w, names + half, count - half);
        struct question q = question_for(c, filler->role, 2);
        q.answer = second ? join(c->w, names + half, count - half) : join(c->w, names, half);
        q.is_told_apart = true;
        ask_around(&alone, &q,
                   str_format(c->w->arena, "%.*s %.*s de qué otras organizaciones",
                              STR_ARG(text_lower(c->w->arena, filler->before)),
                              STR_ARG(str_slice(filler->text, 0, at))),
                   false);
        struct str mark = STR("¿"), prompt = q.prompt, first = {0};
        if (!str_starts(prompt, mark))
            return;
        prompt = str_slice(prompt, mark.len, prompt.len);
        str_split(&prompt, ' ', &first);
        q.prompt = str_format(c->w->arena, "Además de %.*s, ¿%.*s %.*s", STR_ARG(given),
                              STR_ARG(text_lower(c->w->arena, first)), STR_ARG(prompt));
        finish(c, &q);
    }
}

/* The fact with a gap where the filler was. */
static const struct fact *with_gap(const struct clause *c, const struct filler *filler)
{
    struct fact *gapped = arena_new(c->w->arena, struct fact);
    *gapped = *c->fact;
    gapped->roles = (struct fillers){0};
    list_each (const struct filler, other, &c->fact->roles) {
        struct filler copy = *other;
        if (other == filler)
            copy = (struct filler){
                .role = filler->role, .before = filler->before, .entity = -1, .text = STR("____")};
        list_push(c->w->arena, &gapped->roles, copy);
    }
    return gapped;
}

/* Where no word asks for it safely, the clause is told with a gap: "The prize went to ____ in 1903." */
static void ask_gap(const struct clause *c, const struct filler *filler, double prior)
{
    struct question q = question_for(c, filler->role, prior);
    struct str text = state_clause(c->w, with_gap(c, filler));
    if (!text.len || filler->before.len == 0 || fact_role(c->fact, filler->role) != filler)
        return;
    q.kind = CARD_CLOZE;
    list_each (const struct filler, other, &c->fact->roles)
        if (!is_role(other, filler->role))
            mark(c, &q, other->role);
    q.names_time = time_is_set(&c->fact->time);
    answer_of_role(c->w, &q);
    q.prompt = str_concat(c->w->arena, text_capitalise(c->w->arena, text), STR("."));
    finish(c, &q);
}

static void ask_complement(const struct clause *c, const struct filler *filler)
{
    static const struct {
        const char *role;
        double prior;
    } asked_roles[] = {{"place", 2.5},    {"to", 2},      {"from", 2}, {"with", 2},
                       {"by-means", 1.5}, {"about", 1.5}, {"as", 1.8}};
    double prior = 0;
    for (size_t i = 0; i < sizeof asked_roles / sizeof *asked_roles; i++)
        if (is_role(filler, str_from(asked_roles[i].role)))
            prior = asked_roles[i].prior;
    bool weak = c->verb && c->verb->weak;
    enum entity_type type = filler_type_of(c->w, filler);
    bool named_tool = is_role(filler, STR("with")) && type == ENTITY_WORK && asking_noun(c->w, filler);
    if (is_role(filler, STR("with")) && type != ENTITY_PERSON && type != ENTITY_ORG && !named_tool)
        return;
    if (filler->numeral.len)
        return; /* "de 49 kilómetros" */
    if (is_role(filler, STR("place")) && !may_be_place(c, filler))
        return;
    if (filler->entity < 0 && has_digit(filler->text))
        return; /* "unos 22.000 trabajadores" is how many, not who */
    if (is_role(filler, STR("to")) && type == ENTITY_PLACE && has_sense(c, "offer"))
        return; /* "concedía a Roma": the city stands for its government */
    struct sense place;
    if (is_role(filler, STR("place")) && names_besides(c, STR("place")) > 1 &&
        language_sense(c->w->language, without_article(c->w, filler->text), SENSE_PLACE, &place) &&
        str_equal(place.type, STR("continent")))
        return; /* too wide to be worth a question */
    if (is_role(filler, STR("by-means")) && c->w->spanish && !asking_noun(c->w, filler))
        return; /* "¿Por qué …?" would ask for a reason */
    bool activity = !c->w->spanish && filler->entity < 0 && is_activity(c, filler);
    bool means = activity && is_role(filler, STR("by-means"));
    if (prior == 0 || fact_role(c->fact, filler->role) != filler || !(is_named(c->w, filler) || activity) ||
        count_words(filler->text) > (means ? 12 : 8) ||
        names_besides(c, filler->role) + time_is_set(&c->fact->time) < (weak ? 2 : 1))
        return;
    struct phrase_of asked;
    struct str wh = ask_complement_word(c, filler, &asked);
    /* "¿Por qué …?" would ask for a reason, "¿Como qué …?" is hardly said */
    bool by = is_role(filler, STR("by-means")) && c->w->spanish && !asking_noun(c->w, filler);
    if (is_role(filler, STR("as")) && filler->entity >= 0)
        return; /* "spread as France": misread */
    if (by && filler->entity < 0)
        return; /* "por encargo": no name */
    if (!wh.len || by || is_role(filler, STR("as"))) {
        ask_gap(c, filler, prior - 0.4);
        return;
    }
    if (asked.count > 3)
        return;
    if (means)
        wh = STR("how");
    struct question q = question_for(c, filler->role, filler->entity >= 0 || means ? prior : prior - 0.7);
    answer_of_role(c->w, &q);
    if (means)
        q.answer = with_preposition(c->w, filler->before, q.answer);
    ask_around(c, &q, wh, !is_making(c));
    finish(c, &q);
}

/* The clause from its verb to the "because" behind it, as its sentence has it. */
static struct str effect_of(const struct clause *c)
{
    const struct filler *effect = fact_role(c->fact, STR("effect"));
    struct writer *w = c->w;
    if (effect) {
        struct str rest = effect->text, first;
        str_split(&rest, ' ', &first);
        return str_format(w->arena, "%.*s%s%.*s", STR_ARG(text_lower(w->arena, first)), rest.len ? " " : "",
                          STR_ARG(rest));
    }
    struct str text = sentence_text(w->doc, &w->doc->sentences.items[c->fact->sentence]);
    size_t at = str_find(text, c->fact->verb.text, 0);
    size_t end = at == SIZE_MAX ? at : str_find(text, w->spanish ? STR(" porque ") : STR(" because "), at);
    if (end == SIZE_MAX || !c->fact->verb.text.len)
        return (struct str){0};
    struct str part = str_slice(text, at, end), rest = part, first;
    str_split(&rest, ' ', &first);
    return at > 0 ? part
                  : str_format(w->arena, "%.*s %.*s", STR_ARG(text_lower(w->arena, first)), STR_ARG(rest));
}

/* The text begins with an English auxiliary, negated or not. */
static bool is_auxiliary(const struct writer *w, struct str text)
{
    struct verb_form forms[VERB_FORMS_MAX];
    struct str word = {0};
    str_split(&text, ' ', &word);
    if (str_ends(word, STR("n't")) || str_ends(word, STR("n’t")))
        return true;
    bool finite = text.len && language_verb_forms(w->language, word, false, forms) > 0;
    return finite && forms[0].verb->auxiliary && !str_equal(forms[0].verb->lemma, STR("have"));
}

/* "¿Por qué Rayo no podía ver?", "Why could Ray not see?": the effect is told from its verb on. */
static void ask_why(const struct clause *c)
{
    struct writer *w = c->w;
    const struct filler *reason = fact_role(c->fact, STR("cause"));
    struct str effect = effect_of(c);
    struct phrase_of agent;
    if (!reason || !effect.len || count_words(reason->text) > 8 ||
        !phrase_of_role(w, c->fact, c->agent_role, &agent))
        return;
    struct str verb = c->fact->verb.text, rest = effect, text = w->spanish ? STR("por qué") : STR("why");
    struct question q = question_for(c, STR("cause"), 2);
    if (w->spanish) {
        add(c, &text, agent.text);
        add(c, &text, rest);
    } else if (is_auxiliary(w, effect)) { /* "couldn't see", "was renamed": its first word changes places */
        str_split(&rest, ' ', &verb);
        add(c, &text, verb);
        add(c, &text, agent.text);
        add(c, &text, rest);
    } else if (str_starts(rest, verb)) {
        add(c, &text, verb_en(c, &agent));
        add(c, &text, str_trim(str_slice(rest, verb.len, rest.len)));
    } else {
        return;
    }
    mark(c, &q, c->agent_role);
    mark(c, &q, STR("effect"));
    answer_of_role(w, &q);
    q.prompt = with_hedge(c, text, (struct str){0});
    finish(c, &q);
}

/* "didn't buy" is no infinitive, no tail is negated, and "anyone" is nobody. */
static bool has_stray_words(const struct clause *c)
{
    static const char *const nobody[] = {"anyone",     "someone", "everyone", "anybody", "somebody",
                                         "one",        "ones",    "it",       "them",    "alguien",
                                         "cualquiera", "todos",   "uno",      "una",     "ello"};
    list_each (const struct filler, filler, &c->fact->roles)
        for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++)
            if (str_equal(filler->text, str_from(nobody[i])))
                return true;
    list_each (const struct filler, filler, &c->fact->roles)
        if (!c->w->spanish && filler->entity < 0 &&
            (str_ends(filler->text, STR(" one")) || str_ends(filler->text, STR(" ones"))))
            return true; /* "a second one" */
    if (str_equal(c->fact->relation, STR("cause")))
        return false; /* its predicate is told as it stands */
    return str_contains(c->lemma, STR(" ")) || str_contains(c->lemma, STR("'")) ||
           str_contains(c->lemma, STR("’")) || str_contains(c->fact->verb.text, STR("n't")) ||
           str_contains(c->fact->verb.text, STR("n’t"));
}

/* Does not begin with a preposition or adverb: such fillers are misread. */
static bool is_noun_phrase(const struct clause *c, const struct filler *filler)
{
    struct sense sense;
    struct str rest = filler ? filler->text : (struct str){0}, word;
    if (!str_split(&rest, ' ', &word) || filler->entity >= 0)
        return true;
    return !language_sense(c->w->language, text_lower(c->w->arena, word), SENSE_PREPOSITION, &sense) &&
           !language_sense(c->w->language, text_lower(c->w->arena, word), SENSE_ADVERB, &sense);
}

static bool can_be_told(const struct clause *c)
{
    const struct fact *fact = c->fact;
    const struct filler *subject = fact_role(fact, subject_role(c));
    bool conditional = fact->verb.tense == TENSE_CONDITIONAL && !str_equal(fact->relation, STR("cause"));
    if (fact->negative || conditional || !subject || has_stray_words(c))
        return false;
    const struct filler *patient = fact_role(fact, c->patient_role);
    if (is_becoming(c) && fact->roles.count < 2)
        return false;
    if (is_making(c) && patient && is_person(c->w, patient))
        return false; /* nobody founds a person: misread */
    if (!is_noun_phrase(c, subject) || !is_noun_phrase(c, patient))
        return false;
    bool told_apart =
        patient && patient->entity >= 0 && subject->entity >= 0 && patient->entity != subject->entity;
    if (patient && patient != subject && subject->text.len && !told_apart && !is_making(c) &&
        str_contains(patient->text, subject->text))
        return false;
    return conjugate(c->w, c->lemma, FORM_PAST, 's', 0).len > 0;
}

/* A deed that one name alone describes is true of many: "who signed the treaty?". */
static bool is_singled_out(const struct clause *c, struct str asked, bool weak)
{
    size_t names = names_besides(c, asked);
    bool dated = time_is_set(&c->fact->time) && c->fact->roles.count > 1;
    bool placed = context_of(c).len > 0, during = false, aimed = false;
    list_each (const struct filler, filler, &c->fact->roles) {
        names += 2 * is_content(filler);
        during |= !is_role(filler, asked) && filler_type_of(c->w, filler) == ENTITY_EVENT;
        aimed |=
            is_role(filler, STR("purpose")) && is_named(c->w, filler); /* "gave the command to fire on X" */
    }
    return weak ? names + aimed > 1 : names + dated + placed + during > 1;
}

/* The maker of a whole list is asked for once. */
static bool is_one_of_list(const struct clause *c)
{
    for (const struct fact *next = c->fact; next < c->w->facts->items + c->w->facts->count; next++) {
        if (next->sentence != c->fact->sentence)
            return false;
        if (str_equal(next->relation, STR("made-by")))
            return is_making(c);
    }
    return false;
}

/* A complement that says nothing by itself is not told, and the rest may be true of many. */
static bool leaves_out(const struct clause *c)
{
    list_each (const struct filler, filler, &c->fact->roles)
        if (!is_role(filler, c->agent_role) && !is_telling(c, filler))
            return true;
    return false;
}

static bool ends_in_digits(struct str text)
{
    size_t at = text.len;
    while (at > 0 && text.ptr[at - 1] != ' ' && text.ptr[at - 1] != '-')
        at--;
    return at > 0 && has_digit(str_slice(text, at, text.len));
}

/* A doer is asked for by name only, and only of a deed that something named singles out. */
static void ask_doer(const struct clause *c)
{
    const struct filler *agent = fact_role(c->fact, c->agent_role);
    if (!agent || agent->entity < 0 || str_equal(c->fact->relation, STR("died")) || is_one_of_list(c))
        return;
    if (is_making(c) && ends_in_digits(agent->text))
        return; /* "Rayo 2" makes nothing: misread */
    bool weak = c->verb && c->verb->weak;
    enum entity_type type = filler_type_of(c->w, agent);
    if (is_deed(c) && type == ENTITY_UNKNOWN && !is_demonym(c->w, agent->text) && !asking_noun(c->w, agent))
        return;
    if (is_deed(c) && !is_singled_out(c, c->agent_role, weak))
        return;
    if (is_deed(c) && !fact_role(c->fact, c->patient_role) && leaves_out(c))
        return; /* "¿Qué cabía con 8 GB?" lacks in what */
    double prior = !is_deed(c) ? 3 : is_demonym(c->w, agent->text) ? 1.2 : 2.5;
    ask_party(c, c->agent_role, prior, is_deed(c));
}

/* Words that are worth asking for although they name nothing: "la campaña contra el mosquito", told of somebody
 * with a name by a verb that says something. */
static bool is_worth_asking(const struct clause *c, const struct filler *filler, struct str doer)
{
    const struct filler *agent = fact_role(c->fact, doer);
    struct str rest = filler->text, first = {0};
    struct sense sense;
    str_split(&rest, ' ', &first);
    static const char *const letting[] = {"permitir", "facilitar", "impedir", "evitar"};
    bool lets = IS_ONE_OF(c->lemma, letting) && count_words(filler->text) > 2;
    bool telling = lets || (c->verb && !c->verb->weak && !c->verb->attitude && !c->verb->light);
    bool open = language_sense(c->w->language, text_lower(c->w->arena, first), SENSE_DETERMINER, &sense);
    return is_deed(c) && telling && agent && agent->entity >= 0 && !open && !filler->numeral.len &&
           count_words(without_article(c->w, filler->text)) > 1 && !is_bland(c, filler->text) &&
           !is_cut_short(c, filler);
}

/* What was done to is asked for if it has a name, or says enough without one. */
static void ask_undergoer(const struct clause *c)
{
    const struct filler *patient = fact_role(c->fact, c->patient_role);
    bool weak = c->verb && c->verb->weak;
    if (!patient || patient->numeral.len)
        return;
    if (!is_named(c->w, patient)) {
        if (is_worth_asking(c, patient, c->agent_role))
            ask_party(c, c->patient_role, 2.4, true);
        return;
    }
    if (patient->entity < 0 && has_digit(patient->text))
        return; /* "unos 22.000 trabajadores" is how many, not who */
    if (is_deed(c) && !is_singled_out(c, c->patient_role, weak))
        return;
    if (is_deed(c))
        ask_party(c, c->patient_role, 2.4, true);
    else if (str_equal(c->fact->relation, STR("found")))
        ask_party(c, c->patient_role, 2, true);
}

void ask_clause(struct writer *w, const struct fact *fact)
{
    struct clause c;
    if (!clause_of(w, fact, &c))
        return;
    if (!can_be_told(&c) || lacks_object(&c)) {
        note(w, fact, STR("clause"), "negative, conditional, or without subject or object");
        return;
    }
    if (str_equal(fact->relation, STR("cause"))) {
        ask_why(&c);
        return;
    }
    if (str_equal(fact->relation, STR("none"))) {
        ask_number(&c, fact_role(fact, c.patient_role));
        return;
    }
    bool elsewhere = is_told_elsewhere(&c);
    struct clause passive = without_doer(&c);
    if (!elsewhere) {
        ask_time(&passive);
        ask_doer(&c);
        ask_undergoer(&c);
    }
    list_each (const struct filler, filler, &fact->roles) {
        ask_number(&c, filler);
        ask_company(&c, filler);
        ask_named_noun(&c, filler);
        ask_named_list(&c, filler);
        if (!elsewhere && is_bound(&c, filler) && !is_named(w, filler))
            ask_bound(&c, filler);
        else if (!elsewhere)
            ask_complement(&passive, filler);
    }
}

/* ---- Told straight ---- */

struct str state_clause(struct writer *w, const struct fact *fact)
{
    struct clause c;
    struct phrase_of subject, patient;
    struct question q = {.fact = fact};
    if (fact->hedge != HEDGE_NONE || !clause_of(w, fact, &c) || str_equal(fact->relation, STR("cause")) ||
        str_equal(fact->relation, STR("none")) || !can_be_told(&c) || lacks_object(&c) ||
        !phrase_of_role(w, fact, subject_role(&c), &subject))
        return (struct str){0};
    if (is_making(&c) && c.agentless)
        make_formal(&c);
    bool inverted = w->spanish && c.agentless && !c.undergoes && !subject.person;
    struct str verb = w->spanish ? verb_es(&c, &subject, false) : verb_en_straight(&c, subject.plural);
    struct str text = inverted ? verb : mid_sentence(w, subject.text);
    if (!verb.len)
        return (struct str){0};
    add(&c, &text, inverted ? mid_sentence(w, subject.text) : verb);
    if (!c.agentless && c.patient_role.len && phrase_of_role(w, fact, c.patient_role, &patient))
        add(&c, &text, patient_text(&c, &patient));
    add_complements(&c, &q, &text);
    add(&c, &text, time_adverbial(w, &fact->time));
    return q.is_partial ? (struct str){0} : text;
}
