/* Everything else that a clause states: who did what, where, when, with what end. */
#include "facts/forms.h"
#include "facts/rule.h"
#include "facts/story.h"

static const double sure = 0.96;

struct preposition {
    const char *words, *role;
};

static const struct preposition prepositions[] = {
    {"a,al,to,into,onto", "to"},
    {"de,del,desde,from", "from"},
    {"con,with", "with"},
    {"por,by,through,mediante", "by-means"},
    {"como,as", "as"},
    {"para,for", "purpose"},
    {"sobre,about,concerning", "about"},
};

static const char *role_of(const struct reading *r, int preposition, const struct filler *f)
{
    const struct chunk *words = chunk_at(r, preposition);
    struct str low = token_at(r, words->first)->form->low;
    if (words->end - words->first > 1 && !r->chapter->spanish)
        return "rest"; /* "in favor of", "because of" */
    if (word_in(low, "en,in,at,on,near,dentro,inside,across,throughout,along")) {
        enum entity_type type = filler_type(r, f);
        struct form *head = token_at(r, chunk_at(r, preposition + 1)->head)->form;
        const struct chunk *noun = chunk_at(r, preposition + 1);
        bool named = false; /* "on the Lark leaderboard" */
        bool some = noun->determiner >= 0 && token_has(r, noun->determiner, IS_INDEFINITE);
        for (int k = noun->first; k < noun->end && !r->chapter->spanish && !some; k++)
            named |=
                r->tokens.items[k].name >= 0 && !token_has(r, k, IS_DEMONYM) && r->tokens.items[k].time < 0;
        bool place = type == ENTITY_PLACE || (f->entity >= 0 && !some) || named ||
                     (head->noun && str_equal(head->noun->type, STR("place")));
        return place ? "place" : "rest";
    }
    if (f->numeral.len && word_in(low, "por,for"))
        return "rest"; /* a price, a number of years */
    struct str rest = f->text, head = {0};
    str_split(&rest, ' ', &head);
    if (word_in(low, "a,en,al") &&
        word_in(head, "diferencia,través,cambio,pesar,raíz,causa,favor,partir,bordo,lugar,contra,"
                      "base,torno,caso,función,vez,manos,lo"))
        return "rest"; /* "a diferencia de …" is one preposition */
    for (size_t i = 0; i < sizeof prepositions / sizeof *prepositions; i++)
        if (word_in(low, prepositions[i].words))
            return prepositions[i].role;
    return "rest";
}

/* "los tratados que devolvían el canal": the clause that tells which is part of the phrase, if it is short. */
static struct filler with_relative(const struct reading *r, int i, struct filler plain)
{
    int first = chunk_at(r, i)->first, end = chunk_at(r, i + 1)->end;
    while (end < (int)r->tokens.count && end - first < 14 && r->tokens.items[end].mark != '.' &&
           r->tokens.items[end].mark != ',' && r->tokens.items[end].mark != ';' &&
           r->tokens.items[end].mark != '(')
        end++;
    if (end - first >= 14)
        return (struct filler){.entity = -1}; /* too long to be said, and half of it is another thing */
    struct filler wide = filler_tokens(r, first, end);
    wide.numeral = plain.numeral;
    wide.counted = plain.counted;
    return wide;
}

/* A noun phrase with the participle or the short "of" phrase that belongs to it. */
static struct filler whole(const struct reading *r, int i, int end)
{
    struct filler f = filler_noun(r, i);
    if (f.entity >= 0)
        return f;
    if (chunk_is(r, i + 1, CHUNK_RELATIVE) &&
        token_is(r, chunk_at(r, i + 1)->first, r->chapter->spanish ? "que" : "that"))
        return with_relative(r, i, f);
    if (!chunk_is(r, i + 1, CHUNK_PARTICIPLE) || i + 1 >= end)
        return f;
    int last = i + 2;
    while (last < end && (chunk_is(r, last, CHUNK_PREPOSITION) || chunk_is(r, last, CHUNK_NOUN)) &&
           chunk_at(r, last)->end - chunk_at(r, i)->first < 10)
        last++;
    while (chunk_is(r, last - 1, CHUNK_PREPOSITION))
        last--;
    struct filler wide = filler_tokens(r, chunk_at(r, i)->first, chunk_at(r, last - 1)->end);
    wide.numeral = f.numeral;
    wide.counted = f.counted;
    return wide;
}

/* "filtraron los pesos": a part that the sentence gives no owner is the part of the work in focus. */
static struct filler with_owner(const struct reading *r, int i, struct filler plain)
{
    static const char *const parts =
        "pesos,código,planos,parámetros,arquitectura,manuscrito,partitura,patente,"
        "weights,code,blueprints,parameters,architecture,manuscript,score,patent";
    const struct chunk *c = chunk_at(r, i);
    const struct discourse *story = &r->chapter->story;
    const struct document *doc = r->chapter->doc;
    const struct entity *work = entity_at(r->chapter->entities, story->work);
    bool bare = c->end - c->first == 2 && c->determiner == c->first &&
                token_has(r, c->determiner, IS_ARTICLE) && !token_has(r, c->determiner, IS_INDEFINITE);
    if (!work || !bare || !word_in(token_at(r, c->head)->form->low, parts) ||
        doc->blocks.items[doc->sentences.items[story->work_sentence].block].section != r->block->section)
        return plain;
    plain.text = str_format(r->chapter->arena, "%.*s %s %.*s", STR_ARG(plain.text),
                            r->chapter->spanish ? "de" : "of", STR_ARG(work->name));
    return plain;
}

/* "control of the fortress": the noun at the end is one that was told more fully before. */
static struct filler with_tail(const struct reading *r, int i, struct filler plain)
{
    const struct chunk *c = chunk_at(r, i);
    struct str own = tokens_text(r, c->first, c->end), tail;
    if (c->end - c->first < 4 || plain.entity >= 0 || plain.numeral.len || !str_ends(plain.text, own) ||
        !cue_is(r, c->end - 3, CUE_OF))
        return plain;
    tail = story_phrase(r, c->end - 2, c->end - 1);
    if (tail.len)
        plain.text = str_format(r->chapter->arena, "%.*s %.*s", STR_ARG(tokens_text(r, c->first, c->end - 2)),
                                STR_ARG(tail));
    return plain;
}

/* "physics (1893) and mathematics (1894)" without what stands in brackets. */
static struct str without_brackets(const struct reading *r, struct str text)
{
    size_t open = str_find(text, STR(" ("), 0),
           close = open == SIZE_MAX ? open : str_find(text, STR(")"), open);
    if (close == SIZE_MAX)
        return text;
    struct str rest = without_brackets(r, str_slice(text, close + 1, text.len));
    return str_concat(r->chapter->arena, str_slice(text, 0, open), rest);
}

/* The members of a coordination as one answer: "A, B y C". */
static struct filler group(const struct reading *r, int first, int end, int limit)
{
    int last = first, next;
    while ((next = coordination_next(r, last, end)) >= 0)
        last = next;
    if (last == first) {
        double sure_of = 0;
        struct filler known =
            chunk_at(r, first)->name < 0 ? story_noun(r, first, &sure_of) : (struct filler){.entity = -1};
        bool completed = str_equal(known.role, STR("="));
        if ((known.entity >= 0 || completed) && sure_of >= 0.95)
            return known; /* "the company" */
        return with_tail(r, first, with_owner(r, first, whole(r, first, limit)));
    }
    struct filler one = filler_noun(r, first),
                  all = filler_tokens(r, chunk_at(r, first)->first, chunk_at(r, last)->end);
    all.numeral = one.numeral;
    all.counted = one.counted;
    if (one.counted.len && !r->chapter->spanish) /* "1,500 soldiers and militia" */
        all.counted.len = (size_t)(all.text.ptr + all.text.len - one.counted.ptr);
    all.text = without_brackets(r, all.text);
    return all;
}

static int skip_group(const struct reading *r, int first, int end)
{
    int at = coordination_end(r, first, end);
    if (chunk_is(r, at, CHUNK_PARTICIPLE)) {
        at++;
        while (at < end && (chunk_is(r, at, CHUNK_PREPOSITION) || chunk_is(r, at, CHUNK_NOUN)))
            at++;
    }
    return at;
}

/* "un sistema ligero y eficiente": the "y" is inside the phrase. */
static bool joins_nouns(const struct reading *r, int at, int end)
{
    return at + 1 < end && chunk_is(r, at - 1, CHUNK_NOUN) && chunk_is(r, at + 1, CHUNK_NOUN) &&
           !chunk_is(r, at + 2, CHUNK_VERB);
}

/* "para inflar los benchmarks", "to take Fort X": from the preposition to the end of the phrase. */
static int infinitive_end(const struct reading *r, int i, int end)
{
    int at = i + 1;
    while (at < end && !chunk_is(r, at, CHUNK_COMMA) && !chunk_is(r, at, CHUNK_STOP) &&
           !chunk_is(r, at, CHUNK_GERUND) &&
           (!chunk_is(r, at, CHUNK_COORDINATOR) || joins_nouns(r, at, end)) &&
           !chunk_is(r, at, CHUNK_BRACKET) && chunk_at(r, at)->end - chunk_at(r, i)->first < 14)
        at++;
    while (chunk_is(r, at - 1, CHUNK_TIME) && at - 1 > i) /* its date is that of the deed */
        at -= chunk_is(r, at - 2, CHUNK_PREPOSITION) ? 2 : 1;
    return at;
}

/* "by using another model than theirs", "from training large models": to the end of the phrase, clauses inside it
 * included. */
static int add_gerund(struct reading *r, struct fact *fact, int i, int end)
{
    int stop = i + 2, count = (int)r->chunks.count;
    while (stop < count && !chunk_is(r, stop, CHUNK_COMMA) && !chunk_is(r, stop, CHUNK_STOP) &&
           !chunk_is(r, stop, CHUNK_COORDINATOR) && !chunk_is(r, stop, CHUNK_BRACKET) &&
           !chunk_is(r, stop, CHUNK_QUOTE))
        stop++;
    int first = chunk_at(r, i + 1)->first, last = chunk_at(r, stop - 1)->end;
    struct str low = token_at(r, chunk_at(r, i)->first)->form->low;
    const char *role = word_in(low, "by,through") ? "by-means" : word_in(low, "from") ? "from" : "rest";
    if (last - first < 2 || last - first > 14)
        return -1;
    struct filler f = filler_tokens(r, first, last);
    f.before = chunk_text(r, i);
    draft_add(r, fact, role, f);
    return stop < end ? stop : end;
}

static int add_complement(struct reading *r, struct fact *fact, int i, int end)
{
    if (chunk_is(r, i + 1, CHUNK_TIME))
        return i + 2;
    if (chunk_is(r, i + 1, CHUNK_INFINITIVE)) {
        int stop = infinitive_end(r, i + 1, end);
        if (chunk_is(r, stop, CHUNK_SUBORDINATOR) || chunk_is(r, stop, CHUNK_RELATIVE))
            return -1; /* it goes on: half of it would say something else */
        bool purpose = word_in(token_at(r, chunk_at(r, i)->first)->form->low, "para,to");
        struct filler f = filler_tokens(r, chunk_at(r, i + 1)->first, chunk_at(r, stop - 1)->end);
        f.before = chunk_text(r, i);
        draft_add(r, fact, purpose ? "purpose" : "rest", f);
        return stop;
    }
    if (chunk_is(r, i + 1, CHUNK_GERUND) && !r->chapter->spanish)
        return add_gerund(r, fact, i, end);
    int noun = i + 1;
    while (noun < end && (chunk_is(r, noun, CHUNK_PREPOSITION) || chunk_is(r, noun, CHUNK_ADVERB)))
        noun++;
    if (!chunk_is(r, noun, CHUNK_NOUN) || noun >= end)
        return -1;
    struct filler f = group(r, noun, end, end);
    if (!filler_is_set(&f))
        return -1;
    f.before = tokens_text(r, chunk_at(r, i)->first, chunk_at(r, noun)->first);
    while (f.before.len && f.before.ptr[f.before.len - 1] == ' ')
        f.before.len--;
    const char *role = role_of(r, noun - 1, &f);
    bool personal = r->chapter->spanish && word_in(f.before, "a,al") && filler_type(r, &f) == ENTITY_PERSON &&
                    !fact_role(fact, STR("patient")) && !fact->verb.passive &&
                    !chunk_is(r, coordination_end(r, noun, end), CHUNK_NOUN);
    if (personal) {
        draft_add(r, fact, "patient", f);
        return skip_group(r, noun, end);
    }
    if (fact->verb.passive && word_in(f.before, "por,by") && !fact_role(fact, STR("agent")))
        role = "agent";
    draft_add(r, fact, role, f);
    return skip_group(r, noun, end);
}

/* What follows the object, in the order of the text, up to the first thing that is not understood. */
static void add_complements(struct reading *r, struct fact *fact, const struct clause *clause, int i)
{
    while (i >= 0 && i < clause->end) {
        if (chunk_is(r, i, CHUNK_TIME) || chunk_is(r, i, CHUNK_BRACKET) || chunk_is(r, i, CHUNK_ADVERB))
            i++;
        else if (chunk_is(r, i, CHUNK_PREPOSITION))
            i = add_complement(r, fact, i, clause->end);
        else if (chunk_is(r, i, CHUNK_NOUN) && r->chapter->spanish && fact_role(fact, STR("to")) &&
                 !fact_role(fact, STR("patient"))) {
            draft_add(r, fact, "patient",
                      group(r, i, clause->end, clause->end)); /* "concedía a X una franja" */
            i = skip_group(r, i, clause->end);
        } else if (chunk_is(r, i, CHUNK_INFINITIVE) && !r->chapter->spanish) {
            int stop = infinitive_end(r, i, clause->end);
            draft_add(r, fact, "purpose",
                      filler_tokens(r, chunk_at(r, i)->first, chunk_at(r, stop - 1)->end));
            i = stop;
        } else if (chunk_is(r, i, CHUNK_COMMA) &&
                   (chunk_is(r, i + 1, CHUNK_TIME) || chunk_is(r, i + 1, CHUNK_PREPOSITION)))
            i++;
        else
            return;
    }
}

/* "In this vision, …": it only ties the sentence to the one before. */
static bool is_deictic(const struct reading *r, int noun)
{
    const struct chunk *c = chunk_at(r, noun);
    return c->name < 0 && c->determiner >= 0 && token_has(r, c->determiner, IS_DEMONSTRATIVE);
}

/* What stands before the verb and is neither subject nor date: "En la plaza, un vecino leyó …". */
static void add_leading(struct reading *r, struct fact *fact, const struct clause *clause)
{
    for (int i = clause->lead; i + 1 < clause->lead_end; i++)
        if (chunk_is(r, i, CHUNK_PREPOSITION) && chunk_is(r, i + 1, CHUNK_NOUN) && !is_deictic(r, i + 1) &&
            (i == clause->lead || chunk_is(r, i - 1, CHUNK_COMMA)))
            add_complement(r, fact, i, clause->lead_end);
    for (int i = clause->first; i + 1 < clause->verb; i++) {
        if (!chunk_is(r, i, CHUNK_PREPOSITION) || !chunk_is(r, i + 1, CHUNK_NOUN) ||
            (clause->subject >= 0 && i > clause->subject))
            continue;
        if (i > clause->first && !chunk_is(r, i - 1, CHUNK_COMMA) && !chunk_is(r, i - 1, CHUNK_TIME))
            continue;
        if (is_deictic(r, i + 1))
            continue;
        add_complement(r, fact, i, clause->subject > i ? clause->subject : clause->verb);
    }
}

/* "A small force attacked Avila, taking 112 prisoners": how many it took while attacking Avila. */
static void add_host(struct reading *r, struct fact *fact, const struct clause *clause,
                     const struct filler *subject)
{
    const struct clause *host = clause_at(r, clause->parent);
    const struct chunk *verb = host ? chunk_at(r, host->verb) : NULL;
    if (!clause->phrase || subject->entity >= 0 || !host || host->object < host->verb ||
        r->chapter->spanish || verb->verb.passive || verb->verb.tail.len)
        return;
    struct filler object = group(r, host->object, host->object_end, host->end);
    struct str doing =
        language_conjugate(r->chapter->language, r->chapter->arena, verb->verb.lemma, FORM_GERUND, 0, 0);
    if (!doing.len || !filler_is_set(&object))
        return;
    object.text = str_format(r->chapter->arena, "%.*s %.*s", STR_ARG(doing), STR_ARG(object.text));
    object.before = STR("while");
    object.entity = -1;
    draft_add(r, fact, "rest", object);
}

/* "that all plants are made of cells, and a year later …": to the comma behind which another goes on. */
static int content_end(const struct reading *r, const struct clause *content)
{
    for (int i = content->verb + 1; i + 1 < content->end && !r->chapter->spanish; i++)
        if (chunk_is(r, i, CHUNK_COMMA) &&
            (chunk_is(r, i + 1, CHUNK_VERB) || chunk_is(r, i + 1, CHUNK_RELATIVE) ||
             (chunk_is(r, i + 1, CHUNK_COORDINATOR) && !chunk_is(r, i + 2, CHUNK_NOUN))))
            return i;
    return content->end;
}

/* "aclaraban … que no trabajaron en X": what was said stays said, and stays in the question. */
static void add_content(struct reading *r, struct fact *fact, const struct clause *clause)
{
    const struct verb *verb = clause_verb(r, clause);
    if (!verb || !(verb->attitude || verb->factive))
        return;
    list_each (const struct clause, content, &r->clauses) {
        if (content->kind != CLAUSE_CONTENT && content->kind != CLAUSE_RELATIVE)
            continue;
        if (content->kind == CLAUSE_RELATIVE && content->antecedent >= 0)
            continue; /* "en un discurso que prometía …" */
        if (content->phrase || content->first != clause->end || content->connector < 0 ||
            !word_in(token_at(r, chunk_at(r, content->connector)->first)->form->low, "que,that"))
            continue;
        int first = chunk_at(r, content->connector)->end, end = chunk_at(r, content_end(r, content) - 1)->end;
        while (end > first && r->tokens.items[end - 1].kind == TOKEN_MARK)
            end--;
        struct filler f = filler_tokens(r, first, end);
        f.before = chunk_text(r, content->connector);
        if (end - first <= 16)
            draft_add(r, fact, "rest", f);
        else
            fact->roles.count = 0; /* half of what was said is nothing */
        return;
    }
}

static bool is_named(const struct reading *r, const struct filler *f)
{
    if (f->entity >= 0)
        return true;
    list_each (const struct token, t, &r->tokens) /* a term that the author set in bold */
        if (t->strong && str_contains(f->text, t->form->text) && t->form->text.len > 4)
            return true;
    size_t capitals = 0;
    for (size_t i = 0; i + 1 < f->text.len; i++)
        capitals += (i == 0 || f->text.ptr[i - 1] == ' ') && f->text.ptr[i] >= 'A' && f->text.ptr[i] <= 'Z';
    return capitals > 0;
}

/* A question needs something to hold on to: a name among its parts. */
static bool is_anchored(const struct reading *r, const struct fact *fact)
{
    for (size_t i = 0; i < fact->roles.count; i++)
        if (is_named(r, &fact->roles.items[i]))
            return true;
    return false;
}

/* Verbs that state nothing by themselves, or whose clause is another rule's business. */
static bool is_plain(const struct reading *r, const struct clause *clause)
{
    const struct verb *verb = clause_verb(r, clause);
    struct str lemma = chunk_at(r, clause->verb)->verb.lemma;
    bool comes_out = str_equal(lemma, STR("appear")) && chunk_is(r, clause->verb + 2, CHUNK_TIME);
    if (comes_out)
        return true; /* "the first edition appeared in 1766" */
    if (!verb ||
        word_in(lemma,
                "ser,be,estar,haber,parecer,seem,appear,know,name,dub,consist,call,conocer,llamar,include"))
        return false;
    return !(verb->auxiliary && !chunk_at(r, clause->verb)->verb.tail.len) ||
           word_in(lemma, "tener,have,hacer,do");
}

/* "lleva tiempo", "took place": the object says nothing by itself. */
static bool is_light(const struct fact *fact)
{
    const struct filler *patient = fact_role(fact, STR("patient"));
    return patient && word_in(patient->text,
                              "tiempo,parte,cabo,lugar,cuenta,place,part,time,sense,way,advantage,control");
}

/* A rule with a meaning of its own has said all of it already. */
static bool told_elsewhere(const struct reading *r, const struct clause *clause, const struct fact *fact)
{
    static const char *const relations[] = {"stands-for", "rename", "based-on", "successor", "born", "died"};
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (clause_states(r, clause, relations[i]))
            return true;
    const struct verb *verb = clause_verb(r, clause);
    bool made =
        verb && verb->relations.count && word_in(verb->relations.items[0], "release,found,invent,discover");
    const struct filler *patient = fact_role(fact, STR("patient"));
    const struct chunk *object = chunk_at(r, clause->object);
    if (!made || !patient || (patient->entity < 0 && !(object && object->name >= 0)))
        return false;
    for (size_t i = 0; i < fact->roles.count; i++)
        if (!word_in(fact->roles.items[i].role, "agent,patient,place"))
            return false;
    return true;
}

/* "La UNESCO lo declaró …": the pronoun that the verb undergoes, token index; -1. */
static int object_pronoun(const struct reading *r, const struct chunk *verb)
{
    for (int i = verb->first; r->chapter->spanish && i < verb->end; i++)
        if (word_in(token_at(r, i)->form->low, "lo,la,los,las") && token_has(r, i, IS_CLITIC))
            return i;
    return -1;
}

/* "que le presta 800 florines": to whom is not said here. */
static bool gives_to_somebody(const struct reading *r, const struct chunk *verb)
{
    for (int i = verb->first; r->chapter->spanish && i < verb->end; i++)
        if (token_is(r, i, "le") || token_is(r, i, "les"))
            return true;
    return false;
}

/* What the pronoun stands for: the subject of the sentence before, where gender and number allow it. */
static struct filler pronoun_object(const struct reading *r, int pronoun, const struct filler *agent)
{
    const struct discourse *story = &r->chapter->story;
    const struct entity *e = entity_at(r->chapter->entities, story->subject);
    const struct form *form = token_at(r, pronoun)->form;
    bool plural = str_ends(form->low, STR("s"));
    char gender = str_starts(form->low, STR("la")) ? 'f' : 'm';
    if (!e || story->subject == agent->entity || story->subject_sentence != r->sentence - 1 ||
        e->plural != plural || (e->gender && e->gender != gender) ||
        r->chapter->doc->sentences.items[story->subject_sentence].block != r->at->block)
        return (struct filler){.entity = -1};
    return filler_entity(r, story->subject);
}

/* Takes the object that a pronoun stands for into the fact; false if nobody can tell which it is. "lo declaró
 * patrimonio" says what it became. */
static bool add_pronoun_object(const struct reading *r, struct fact *fact, const struct clause *clause,
                               const struct filler *agent)
{
    int pronoun = object_pronoun(r, chunk_at(r, clause->verb));
    bool named = clause->object >= 0 && clause->object < clause->verb; /* "la máquina la patentó Ana" */
    if (pronoun < 0 || named)
        return true;
    for (int i = 0; i < clause->first; i++)
        if (chunk_is(r, i, CHUNK_NOUN))
            return false; /* something nearer than the sentence before */
    struct filler object = pronoun_object(r, pronoun, agent);
    if (!filler_is_set(&object))
        return false;
    for (size_t i = 0; i < fact->roles.count; i++)
        if (str_equal(fact->roles.items[i].role, STR("patient")))
            fact->roles.items[i].role = STR("as");
    draft_add(r, fact, "patient", object);
    return true;
}

static bool takes_two(struct str lemma)
{
    return word_in(
        lemma,
        "give,grant,offer,send,pay,award,lend,sell,show,teach,hand,cost,bring,buy,leave,owe,deny,guarantee");
}

/* "Lo peor es que hicieron trampa": what a copula presents is told, not said. */
static bool is_presented(const struct reading *r, const struct clause *clause)
{
    const struct clause *frame = clause_at(r, clause->parent);
    for (int hops = 0; frame && frame->kind == CLAUSE_CONTENT && clause->connector < 0 && hops < 4; hops++) {
        clause = frame;
        frame = clause_at(r, frame->parent);
    }
    return frame && !frame->negative && !frame->hypothetical &&
           word_in(chunk_at(r, frame->verb)->verb.lemma, "ser,be") && clause->connector == frame->verb + 1 &&
           frame->object < 0;
}

/* "una ley impulsada por Ana Ruiz en 1855": a participle tells a deed where it names the doer of something definite,
 * and no rule of its own tells it better. */
static bool is_done_by_name(const struct reading *r, const struct clause *clause)
{
    const struct verb *verb = clause_verb(r, clause);
    const struct chunk *what = chunk_at(r, clause->subject);
    int by = clause_doer(r, clause);
    if (by < 0 || !what || !verb || chunk_at(r, by)->name < 0 || what->determiner < 0 ||
        !token_has(r, what->determiner, IS_ARTICLE) || token_has(r, what->determiner, IS_INDEFINITE))
        return false;
    bool told = false;
    for (size_t i = 0; i < verb->relations.count; i++)
        told |= word_in(verb->relations.items[i], "release,found,lead,based-on,successor,trait,part-of");
    return !told || (what->name < 0 && !clause_states(r, clause, "lead"));
}

/* "an unknown thief stole it": who did it is not told, what was done is. */
static bool is_nobody(const struct reading *r, const struct clause *clause)
{
    const struct chunk *c = chunk_at(r, clause->subject);
    if (!c || c->name >= 0 || c->plural || r->chapter->spanish || clause->object <= clause->verb ||
        clause->subject_end - clause->subject > 1 || chunk_at(r, clause->verb)->verb.passive)
        return false;
    for (int i = c->first; i < c->end; i++)
        if (word_in(token_at(r, i)->form->low, "unknown,someone,somebody,anonymous,unidentified"))
            return true;
    return false;
}

/* "decided to leak it" becomes "it was leaked". */
static void undo_doer(const struct reading *r, const struct clause *clause, struct fact *fact)
{
    const struct verb_form *inner =
        form_verb(token_at(r, chunk_at(r, clause->verb)->head)->form, FORM_INFINITIVE);
    if (fact->verb.tail.len && inner)
        fact->verb.lemma = inner->verb->lemma;
    fact->verb.tail = (struct str){0};
    fact->verb.passive = true;
}

/* "A new island rose from the sea: Foo.": the name that the colon gives to an indefinite subject, at the sentence's end. */
static int announced(const struct reading *r, const struct clause *clause)
{
    const struct chunk *subject = chunk_at(r, clause->subject);
    if (r->chapter->spanish || !subject || clause->subject > clause->verb || clause->object >= 0 ||
        clause->phrase || subject->name >= 0 || subject->determiner != subject->first ||
        !token_has(r, subject->first, IS_INDEFINITE))
        return -1;
    for (int i = clause->verb + 1; i < (int)r->chunks.count; i++) {
        if (!chunk_is(r, i, CHUNK_STOP))
            continue;
        const struct chunk *name = chunk_is(r, i + 1, CHUNK_NOUN) ? chunk_at(r, i + 1) : NULL;
        bool ends =
            !chunk_at(r, i + 2) || chunk_is(r, i + 2, CHUNK_STOP) ||
            (chunk_is(r, i + 2, CHUNK_BRACKET) && (!chunk_at(r, i + 3) || chunk_is(r, i + 3, CHUNK_STOP)));
        return token_is_mark(r, chunk_at(r, i)->first, ':') && name && name->name >= 0 && ends ? i + 1 : -1;
    }
    return -1;
}

/* "the Lark Act, signed by Ann Moss on 2 July 1964, …": an insertion that tells who did it or when. */
static bool is_told_participle(const struct reading *r, const struct clause *clause)
{
    const struct chunk *subject = chunk_at(r, clause->subject);
    const struct verb *verb = clause_verb(r, clause);
    if (r->chapter->spanish || !subject || subject->name < 0 || !verb || verb->weak || verb->attitude ||
        clause->subject > clause->verb || !chunk_is(r, clause->verb - 1, CHUNK_COMMA))
        return false;
    int by = clause_doer(r, clause);
    return (by >= 0 && chunk_at(r, by)->name >= 0) || clause_time(r, clause) >= 0;
}

/* "the Almanac, whose first edition appeared": the name right before "whose", and what it has right behind. */
static bool owns_subject(const struct reading *r, const struct clause *clause)
{
    const struct chunk *owner = chunk_at(r, clause->antecedent);
    return clause->connector >= 0 && clause->subject > clause->connector && clause->subject < clause->verb &&
           clause->subject_end - clause->subject == 1 && owner && owner->name >= 0 &&
           clause->subject <= clause->connector + 2;
}

static struct filler whose_subject(const struct reading *r, const struct clause *clause)
{
    int first = chunk_at(r, clause->connector)->end, end = chunk_at(r, clause->subject)->end;
    struct filler owner = filler_noun(r, clause->antecedent), all = filler_tokens(r, first, end);
    all.text = str_format(r->chapter->arena, "%.*s’s %.*s", STR_ARG(owner.text), STR_ARG(all.text));
    return all;
}

static void from_clause(struct reading *r, const struct clause *clause)
{
    const struct chunk *verb = chunk_at(r, clause->verb);
    struct clause told = *clause;
    told.rumour = false;
    bool rumour = clause->rumour && clause->kind == CLAUSE_CONTENT;
    if (!clause_asserts(rumour ? &told : clause) || clause->opinion || !is_plain(r, clause) ||
        r->tokens.items[verb->first].quoted)
        return;
    if ((clause->kind == CLAUSE_CONTENT && !rumour && !is_presented(r, clause)) ||
        (clause->kind == CLAUSE_SUBORDINATE &&
         !word_in(clause_opener(r, clause), "cuando,when,porque,because,donde,where,mientras,while,aunque,"
                                            "although,pero,but,after,since,so,though")))
        return;
    if (clause->phrase && chunk_is(r, clause->verb, CHUNK_PARTICIPLE) && !is_done_by_name(r, clause) &&
        !is_told_participle(r, clause))
        return;
    struct str opener = clause_opener(r, clause);
    if (str_equal(opener, STR("which")) && clause->connector > 0 &&
        chunk_is(r, clause->connector - 1, CHUNK_COMMA) && clause_states(r, clause, "cause"))
        return; /* ", which led to a trial": what led to it is all that was told */
    bool whose = str_equal(opener, STR("whose"));
    if (str_starts(opener, STR("cuy")) || (whose && !owns_subject(r, clause)))
        return;
    const struct clause *host = clause_at(r, clause->parent);
    if (clause->shared && host && chunk_at(r, host->verb)->verb.passive && !verb->verb.passive &&
        word_in(verb->verb.lemma, "fine,sentence,award,grant,pay,give,offer,name,rename,call"))
        return; /* "was arrested and fined 14 dollars": who did it is not told */
    double confidence = 1;
    struct fact fact = draft(r, "deed",
                             clause->phrase && verb->kind == CHUNK_PARTICIPLE ? "deed.participle"
                             : clause->phrase                                 ? "deed.gerund"
                                                                              : "deed.clause",
                             sure);
    fact.verb = verb->verb;
    fact.hedge = rumour ? HEDGE_RUMOUR : HEDGE_NONE;
    struct filler subject = {.entity = -1};
    if (clause->subject >= 0 && clause->subject_end - clause->subject > 1) {
        subject =
            filler_tokens(r, chunk_at(r, clause->subject)->first, chunk_at(r, clause->subject_end - 1)->end);
        subject.role = STR("?");
    } else {
        subject = story_subject(r, clause, &confidence);
    }
    if (announced(r, clause) >= 0)
        subject = filler_noun(r, announced(r, clause));
    if (whose)
        subject = whose_subject(r, clause);
    bool nobody = is_nobody(r, clause);
    if (nobody) {
        undo_doer(r, clause, &fact);
        confidence = 1;
    }
    if ((!filler_is_set(&subject) && !nobody) || confidence < 0.9)
        return;
    if (clause->kind == CLAUSE_RELATIVE && !clause->phrase && subject.entity < 0 &&
        clause->subject == clause->antecedent && !chunk_is(r, clause->connector - 1, CHUNK_COMMA))
        return;
    bool undergone = verb->verb.passive || (verb->verb.reflexive && clause->subject > clause->verb);
    if (!nobody)
        draft_add(r, &fact, undergone ? "patient" : "agent", subject);
    add_leading(r, &fact, clause);
    int after = clause->verb + 1;
    if (chunk_is(r, after, CHUNK_OTHER))
        return; /* "gave him …": to whom is not named */
    if (clause->object >= 0 && clause->object != clause->subject) {
        int object = clause->object;
        after = skip_group(r, object, clause->end);
        if (chunk_is(r, after, CHUNK_NOUN) && after < clause->end && !r->chapter->spanish &&
            !takes_two(verb->verb.lemma))
            return; /* two noun phrases side by side: something was misread */
        if (chunk_is(r, after, CHUNK_NOUN) && after < clause->end && !r->chapter->spanish) {
            struct filler to = group(r, object, clause->object_end, clause->end);
            to.before = STR("to"); /* "granted the company half a million acres" */
            draft_add(r, &fact, "to", to);
            object = after;
            after = skip_group(r, object, clause->end);
        }
        struct filler patient = group(r, object, after, clause->end);
        if (!filler_is_set(&patient))
            return;
        draft_add(r, &fact, "patient", patient);
    } else if (clause->subject > clause->verb) {
        after = clause->subject_end;
    } else if (chunk_is(r, after, CHUNK_INFINITIVE) && r->chapter->spanish) {
        int stop = infinitive_end(r, after, clause->end); /* "permite aumentar la capacidad" */
        draft_add(r, &fact, "patient",
                  filler_tokens(r, chunk_at(r, after)->first, chunk_at(r, stop - 1)->end));
        after = stop;
    }
    if (!undergone && !add_pronoun_object(r, &fact, clause, &subject))
        return;
    if (chunk_is(r, after, CHUNK_SUBORDINATOR) && token_is(r, chunk_at(r, after)->first, "than"))
        return; /* "three times more accurate than …" */
    add_complements(r, &fact, clause, after);
    if (gives_to_somebody(r, verb) && !fact_role(&fact, STR("to")))
        return;
    add_host(r, &fact, clause, &subject);
    add_content(r, &fact, clause);
    draft_time(r, &fact, clause_time(r, clause));
    if (confidence < 0.95)
        draft_doubt(r, &fact, confidence, N_("who did it is not named in this sentence"));
    if (told_elsewhere(r, clause, &fact) || is_light(&fact))
        return;
    bool enough = fact.roles.count > 1 || fact.time.precision != TIME_NONE;
    if (enough && is_anchored(r, &fact))
        draft_keep(r, &fact);
}

void find_deeds(struct reading *r)
{
    if (r->block->kind != BLOCK_PARAGRAPH && r->block->kind != BLOCK_ITEM && r->block->kind != BLOCK_NOTE)
        return;
    list_each (const struct clause, clause, &r->clauses)
        from_clause(r, clause);
}
