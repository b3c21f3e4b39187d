#include "facts/story.h"

#include "facts/rule.h"
#include "facts/time.h"

/* How sure a filler is that the sentence did not write. */
static const double sure_same_paragraph = 0.95, sure_same_section = 0.88, sure_other_section = 0.7;

/* ---- times ---- */

static const struct clause *clause_of(const struct reading *r, int token)
{
    const struct clause *found = NULL;
    list_each (const struct clause, clause, &r->clauses) {
        if (clause->first < 0 || clause->end <= clause->first)
            continue;
        const struct chunk *a = chunk_at(r, clause->first), *b = chunk_at(r, clause->end - 1);
        if (a && b && a->first <= token && token < b->end)
            found = clause;
    }
    return found;
}

static bool told_backwards(const struct reading *r, const struct time_mention *t)
{
    const struct clause *clause = clause_of(r, t->first);
    return clause && chunk_at(r, clause->verb)->verb.tense == TENSE_PLUPERFECT;
}

/* A month without its year takes it from the story: onwards unless that leaps most of a year ahead. */
static void resolve_month(const struct reading *r, struct time_mention *t, int year, int month, bool in_list)
{
    int ahead = ((t->value.month - month) % 12 + 12) % 12, back = (12 - ahead) % 12;
    if (!year)
        return;
    t->value.inferred = true;
    if (!month)
        t->value.year = year;
    else if (told_backwards(r, t) || (ahead > 8 && back <= 3))
        t->value.year = t->value.month > month ? year - 1 : year;
    else if (in_list && t->value.month < month)
        t->value.year = year;
    else
        t->value.year = t->value.month < month ? year + 1 : year;
}

static void resolve(const struct reading *r, struct time_mention *t, int year, int month, bool in_list)
{
    if (t->duration && t->next) {
        t->value.year = year ? year + t->value.year : 0;
        t->value.precision = year ? TIME_YEAR : TIME_NONE;
        return;
    }
    if (t->same || t->next || t->previous) {
        if (!year)
            return;
        t->value.inferred = true;
        if (t->value.precision == TIME_MONTH && !t->value.month) { /* "ese mismo mes" */
            t->value.month = t->same ? month : month % 12 + 1;
            t->value.year = t->same || month < 12 ? year : year + 1;
            if (!month)
                t->value.precision = TIME_YEAR;
        } else {
            t->value.year = year + (t->next ? 1 : t->previous ? -1 : 0);
        }
        return;
    }
    if (t->value.precision == TIME_DAY && !t->value.month) { /* "Monday the 9th" */
        t->value.month = month;
        t->value.year = month ? year : 0;
        t->value.inferred = true;
        return;
    }
    if ((t->value.precision == TIME_MONTH || t->value.precision == TIME_DAY) && !t->value.year)
        resolve_month(r, t, year, month, in_list);
}

static bool anchors(const struct reading *r, const struct time_mention *t)
{
    if (t->as_of || t->in_paren || (t->duration && !t->next) || !t->value.year ||
        t->value.precision >= TIME_DECADE)
        return false;
    if (r->tokens.items[t->first].quoted || r->block->kind == BLOCK_NOTE || r->block->kind == BLOCK_QUOTE)
        return false;
    const struct clause *clause = clause_of(r, t->first);
    if (!clause)
        return true;
    return !clause->hypothetical && !clause->promise &&
           chunk_at(r, clause->verb)->verb.tense != TENSE_PLUPERFECT;
}

void story_times(struct reading *r)
{
    struct discourse *story = &r->chapter->story;
    int year = story->year, month = story->month;
    bool first = true;
    list_each (struct time_mention, t, &r->times) {
        resolve(r, t, year, month, !first);
        t->value.anchor = first ? story->year_sentence : -1;
        if (t->value.year && t->value.precision <= TIME_YEAR && t->value.precision != TIME_NONE &&
            !t->as_of && (!t->duration || t->next)) {
            year = t->value.year;
            month = t->value.month;
            first = false;
        }
        if (anchors(r, t)) {
            story->year = t->value.range ? t->value.end_year : t->value.year;
            story->month = t->value.range ? t->value.end_month : t->value.month;
            story->year_sentence = r->sentence;
            story->dated_sentence = r->sentence;
            story->dated = t->value;
            story->dated.text = str_copy(r->chapter->arena, t->value.text);
            story->dated.vague = str_copy(r->chapter->arena, t->value.vague);
        }
    }
}

/* ---- who ---- */

static void focus(struct reading *r, int entity);

static void forget_topics(struct discourse *story)
{
    story->subject = story->org = story->work = story->person = story->event = story->org_subject = -1;
    story->promised = -1;
    for (int i = 0; i < PERSONS; i++)
        story->persons[i].entity = 0;
    for (int i = 0; i < PHRASES; i++)
        story->phrases[i].head = (struct str){0};
    for (int i = 0; i < RECENT; i++)
        story->recent[i].entity = 0;
    story->subject_plural = false;
    story->section_topic = story->section_subject = -1;
    story->subject_sentence = -1;
}

void story_enter(struct reading *heading)
{
    struct discourse *story = &heading->chapter->story;
    forget_topics(story);
    list_each (struct time_mention, t, &heading->times)
        if (t->value.year && t->value.precision <= TIME_YEAR) {
            story->year = t->value.year;
            story->month = t->value.month;
            story->year_sentence = heading->sentence;
        }
    list_each (struct name, name, &heading->names)
        focus(heading, name->entity);
    if (heading->names.count == 1 && heading->sentence == 0)
        story->title_topic = heading->names.items[0].entity;
    if (heading->names.count >= 1) {
        /* "Distro GNU/Linux Kali": the last name is what the section is about. */
        const struct name *first = &heading->names.items[0];
        bool titled =
            first->first <= 1 && (token_is_mark(heading, first->end, ':') ||
                                  token_is_mark(heading, first->end, '(')); /* "Foo (Full Other Object): …" */
        story->section_topic = titled ? first->entity : list_last(&heading->names)->entity;
        story->subject = -1;
    }
}

static void remember(struct discourse *story, int entity, int sentence)
{
    int at = 0;
    while (at < RECENT - 1 && story->recent[at].entity != entity + 1)
        at++;
    for (; at > 0; at--)
        story->recent[at] = story->recent[at - 1];
    story->recent[0].entity = entity + 1;
    story->recent[0].sentence = sentence;
}

/* The persons of late, the newest first, each once. */
static void remember_person(struct discourse *story, int entity, int sentence)
{
    int at = 0;
    while (at < PERSONS - 1 && story->persons[at].entity != entity + 1)
        at++;
    for (; at > 0; at--)
        story->persons[at] = story->persons[at - 1];
    story->persons[0].entity = entity + 1;
    story->persons[0].sentence = sentence;
}

static void focus(struct reading *r, int entity)
{
    const struct entity *e = entity_at(r->chapter->entities, entity);
    struct discourse *story = &r->chapter->story;
    if (!e)
        return;
    if (entity != story->event_alias && e->type != ENTITY_UNKNOWN && e->type != ENTITY_PERSON)
        remember(story, entity, r->sentence);
    switch (e->type) {
    case ENTITY_ORG:
        story->org = entity, story->org_sentence = r->sentence;
        break;
    case ENTITY_WORK:
        story->work = entity, story->work_sentence = r->sentence;
        break;
    case ENTITY_PERSON:
        story->person = entity, story->person_sentence = r->sentence;
        remember_person(story, entity, r->sentence);
        break;
    case ENTITY_EVENT:
        if (entity == story->event_alias && story->event >= 0)
            break; /* another name of the war in focus */
        story->event = entity, story->event_sentence = r->sentence;
        break;
    default:
        break;
    }
}

/* "The first to do it was Foo": the topic is Foo. */
static int told_by_copula(const struct reading *r, const struct clause *clause)
{
    const struct chunk *object = chunk_at(r, clause->object);
    if (!object || object->name < 0 || !word_in(chunk_at(r, clause->verb)->verb.lemma, "ser,be"))
        return -1;
    return r->names.items[object->name].entity;
}

/* The name that ends a sentence is what "This is …" goes on about. */
static void close_with(struct reading *r)
{
    struct discourse *story = &r->chapter->story;
    int last = (int)r->tokens.count - 1;
    while (last >= 0 && r->tokens.items[last].kind == TOKEN_MARK)
        last--;
    int name = last >= 0 ? r->tokens.items[last].name : -1;
    story->closing = name >= 0 ? r->names.items[name].entity : -1;
    story->closing_sentence = r->sentence;
}

/* The sentence's topic: the first subject that is somebody or something known, else what the first clause was about. */
static void set_subject(struct reading *r)
{
    struct discourse *story = &r->chapter->story;
    bool any = false;
    list_each (const struct clause, clause, &r->clauses) {
        if (clause->phrase || (clause->kind != CLAUSE_MAIN && clause->kind != CLAUSE_CONTENT))
            continue;
        int told = told_by_copula(r, clause);
        if (clause->subject < 0 && told < 0)
            continue;
        double sure = 0;
        struct filler subject =
            clause->subject >= 0 ? story_subject(r, clause, &sure) : (struct filler){.entity = -1};
        if (subject.entity < 0 && told >= 0)
            subject = filler_entity(r, told), subject.role = STR("?");
        if (subject.entity < 0 && any)
            continue;
        any = true;
        bool goes_on = subject.entity >= 0 && subject.entity == story->subject &&
                       story->subject_sentence >= r->sentence - 1;
        story->subject_run = goes_on ? story->subject_run + 1 : 1;
        story->subject = subject.role.len ? subject.entity : -1;
        story->subject_text = str_copy(r->chapter->arena, subject.text);
        if (story->section_subject < 0)
            story->section_subject = story->subject;
        story->subject_plural = clause->subject_end - clause->subject > 1;
        story->subject_many = clause->subject >= 0 && chunk_at(r, clause->subject)->plural;
        story->subject_sentence = r->sentence;
        if (subject.entity < 0)
            continue;
        focus(r, subject.entity);
        return;
    }
}

/* The only name of the sentence outside brackets, if it is that of a thing. */
static void note_lone(struct reading *r)
{
    struct discourse *story = &r->chapter->story;
    story->lone = -1;
    story->lone_sentence = r->sentence;
    bool several = false;
    list_each (struct name, name, &r->names) {
        if (r->tokens.items[name->first].depth || r->tokens.items[name->first].quoted)
            continue;
        several |= story->lone >= 0 && story->lone != name->entity;
        story->lone = name->entity;
    }
    const struct entity *e = entity_at(r->chapter->entities, story->lone);
    if (several || !e || (e->type != ENTITY_WORK && e->type != ENTITY_ORG && e->type != ENTITY_EVENT))
        story->lone = -1;
}

/* "a massive fortress at Avila": what "the fortress" means in the sentences behind it. */
static void note_phrases(struct reading *r)
{
    struct discourse *story = &r->chapter->story;
    for (int i = 0; i < (int)r->chunks.count && !r->chapter->spanish; i++) {
        const struct chunk *c = chunk_at(r, i);
        if (c->kind != CHUNK_NOUN || c->name >= 0 || c->plural || c->determiner != c->first ||
            !token_has(r, c->first, IS_ARTICLE) || r->tokens.items[c->first].quoted)
            continue;
        const struct chunk *place = chunk_is(r, i + 1, CHUNK_PREPOSITION) ? chunk_at(r, i + 2) : NULL;
        bool placed = place && place->kind == CHUNK_NOUN && place->name >= 0 &&
                      word_in(chunk_text(r, i + 1), "at,in,near,from,for");
        struct str rest = tokens_text(r, c->first + 1, placed ? place->end : c->end);
        const struct token *last = token_at(r, c->end - 1);
        if (c->end - c->first < 3 && !placed)
            continue;
        if (!placed && (last->name < 0 || cue_is(r, c->end - 1, CUE_OF)))
            continue;
        int at = story->phrase_next++ % PHRASES;
        story->phrases[at].head = str_copy(r->chapter->arena, token_at(r, c->head)->form->low);
        story->phrases[at].text = str_concat(r->chapter->arena, STR("the "), rest);
        story->phrases[at].sentence = r->sentence;
    }
}

/* Any clause's subject that is an organisation: whom a plural verb without a subject goes on about. */
static void note_orgs(struct reading *r)
{
    struct discourse *story = &r->chapter->story;
    list_each (const struct clause, clause, &r->clauses) {
        double sure;
        if (clause->phrase || (clause->subject < 0 && told_by_copula(r, clause) < 0))
            continue;
        struct filler subject = clause->subject >= 0
                                    ? story_subject(r, clause, &sure)
                                    : (sure = 1, filler_entity(r, told_by_copula(r, clause)));
        const struct entity *e = entity_at(r->chapter->entities, subject.entity);
        if (!e || e->type != ENTITY_ORG || sure < sure_same_paragraph)
            continue;
        story->org_subject = subject.entity;
        story->org_subject_sentence = r->sentence;
    }
}

/* What somebody promised, until it comes. */
static void note_promise(struct reading *r)
{
    list_each (const struct clause, clause, &r->clauses) {
        const struct clause *parent = clause_at(r, clause->parent);
        if (clause->kind != CLAUSE_CONTENT || !parent || !clause_states(r, parent, "promise") ||
            clause->subject < 0)
            continue;
        struct filler subject = filler_noun(r, clause->subject);
        if (filler_type(r, &subject) == ENTITY_WORK) {
            r->chapter->story.promised = subject.entity;
            r->chapter->story.promised_sentence = r->sentence;
        }
    }
}

/* "consiguieran entrenar y servir Zetas a escala": what "la primera en lograrlo" takes up. */
static void note_aim(struct reading *r)
{
    struct discourse *story = &r->chapter->story;
    list_each (const struct clause, clause, &r->clauses) {
        const struct chunk *verb = chunk_at(r, clause->verb);
        const struct token *finite = token_at(r, verb->first);
        int last = clause->end;
        while (last > clause->verb + 1 &&
               (chunk_is(r, last - 1, CHUNK_STOP) || chunk_is(r, last - 1, CHUNK_COMMA)))
            last--;
        if (clause->phrase || !verb->verb.tail.len || last - clause->verb < 2 || !finite->form->verb_count ||
            !word_in(finite->form->verbs[0].verb->lemma,
                     "conseguir,lograr,intentar,tratar,querer,manage,try"))
            continue;
        struct str text = tokens_text(r, verb->head, chunk_at(r, last - 1)->end);
        if (text.len > 80)
            continue;
        story->aim = str_copy(r->chapter->arena, text);
        story->aim_sentence = r->sentence;
    }
}

/* "Había dos talleres que cerraron": whom the next sentences may name. */
static void note_counted(struct reading *r)
{
    struct discourse *story = &r->chapter->story;
    list_each (const struct clause, clause, &r->clauses) {
        const struct chunk *c = chunk_at(r, clause->subject);
        int last = clause->end;
        while (last > clause->verb + 1 &&
               (chunk_is(r, last - 1, CHUNK_STOP) || chunk_is(r, last - 1, CHUNK_COMMA)))
            last--;
        if (!c || clause->phrase || c->numeral < 0 || c->name >= 0 || !c->plural ||
            c->numeral + 1 >= c->end || !clause_asserts(clause) || clause->opinion ||
            last - clause->verb < 2 || !r->chapter->spanish)
            continue;
        struct str predicate = tokens_text(r, chunk_at(r, clause->verb)->first, chunk_at(r, last - 1)->end);
        if (predicate.len > 90)
            continue;
        story->counted.category = str_copy(r->chapter->arena, tokens_text(r, c->numeral + 1, c->end));
        story->counted.predicate = str_copy(r->chapter->arena, predicate);
        story->counted.count = (int)token_at(r, c->numeral)->form->number;
        story->counted.sentence = r->sentence;
    }
}

void story_advance(struct reading *r)
{
    if (r->block->kind == BLOCK_ITEM && r->names.count && r->names.items[0].first <= 1 &&
        !r->chapter->block_topics[r->at->block])
        r->chapter->block_topics[r->at->block] = r->names.items[0].entity + 1;
    struct discourse *story = &r->chapter->story;
    list_each (struct name, name, &r->names)
        if (r->tokens.items[name->first].depth == 0 && !r->tokens.items[name->first].quoted)
            focus(r, name->entity);
    set_subject(r);
    note_lone(r);
    note_phrases(r);
    note_orgs(r);
    note_promise(r);
    note_aim(r);
    note_counted(r);
    story->block = r->at->block;
    close_with(r);
}

static double sureness(const struct reading *r, int sentence)
{
    const struct document *doc = r->chapter->doc;
    if (sentence < 0 || sentence >= (int)doc->sentences.count)
        return 0;
    int block = doc->sentences.items[sentence].block;
    if (block == r->at->block)
        return r->sentence - sentence <= 2 ? sure_same_paragraph : sure_same_section;
    return doc->blocks.items[block].section == r->block->section ? sure_same_section : sure_other_section;
}

static struct filler known(const struct reading *r, int entity, int sentence, double *ret_confidence)
{
    *ret_confidence = sureness(r, sentence);
    if (entity < 0 || *ret_confidence == 0)
        return (struct filler){.entity = -1};
    struct filler filler = filler_entity(r, entity);
    filler.role = STR("?");
    return filler;
}

/* What an earlier clause of the same sentence was about, where a pronoun takes it up; -1. */
static int subject_before(const struct reading *r, int chunk, bool plural)
{
    int found = -1;
    list_each (const struct clause, clause, &r->clauses) {
        if (clause->phrase || clause->subject < 0 || clause->subject >= chunk)
            continue;
        const struct chunk *c = chunk_at(r, clause->subject);
        bool many = c->plural || clause->subject_end - clause->subject > 1;
        const struct form *head = token_at(r, c->head)->form;
        bool group = head->noun && str_equal(head->noun->type, STR("org"));
        if (!token_has(r, c->first, IS_PRONOUN) && (many == plural || (plural && group)))
            found = clause->subject;
    }
    return found;
}

/* Whom "he" or "she" means: the topic if it is such a person, sure only where nobody else of that sort was named since. */
static struct filler person_meant(const struct reading *r, int chunk, char gender, double *ret_confidence)
{
    const struct discourse *story = &r->chapter->story;
    int found = -1, rivals = 0;
    for (int i = 0; i < PERSONS; i++) {
        int person = story->persons[i].entity - 1;
        const struct entity *e = entity_at(r->chapter->entities, person);
        if (!e || (e->gender && e->gender != gender) ||
            sureness(r, story->persons[i].sentence) < sure_same_section)
            continue;
        if (found < 0 || person == story->subject)
            found = person;
        rivals++;
    }
    list_each (const struct name, name, &r->names) {
        const struct entity *e = entity_at(r->chapter->entities, name->entity);
        if (name->end <= chunk_at(r, chunk)->first && e && e->type == ENTITY_PERSON &&
            (!e->gender || e->gender == gender) && name->entity != found)
            rivals++;
    }
    *ret_confidence = 0;
    const struct entity *topic = entity_at(r->chapter->entities, story->subject);
    if (!r->chapter->spanish && topic && topic->type == ENTITY_UNKNOWN && story->subject != found &&
        story->subject_sentence == r->sentence - 1 && !topic->class_noun.len)
        return (struct filler){.entity = -1}; /* "Pompey fled. He …": whoever that is */
    if (found < 0)
        return (struct filler){.entity = -1};
    bool goes_on =
        found == story->subject && story->subject_run > 1 &&
        story->subject_sentence == r->sentence - 1; /* whom a passage has been about stays its topic */
    *ret_confidence = rivals == 1 || goes_on ? sure_same_paragraph : sure_same_section;
    struct filler filler = filler_entity(r, found);
    filler.role = STR("?");
    return filler;
}

/* "It finished Foo and tested it": the only thing named before in the sentence. */
static struct filler thing_meant(const struct reading *r, int chunk, double *ret_confidence)
{
    int found = -1, rivals = 0;
    list_each (const struct name, name, &r->names) {
        const struct entity *e = entity_at(r->chapter->entities, name->entity);
        if (!e || name->end > chunk_at(r, chunk)->first || e->type == ENTITY_PERSON ||
            e->type == ENTITY_PLACE)
            continue;
        rivals += found >= 0 && found != name->entity;
        found = name->entity;
    }
    *ret_confidence = found >= 0 && !rivals ? sure_same_paragraph : 0;
    struct filler filler = filler_entity(r, *ret_confidence > 0 ? found : -1);
    filler.role = filler.entity >= 0 ? STR("?") : (struct str){0};
    return filler;
}

/* "he", "ella", "it", "they": the last of that sort. */
static struct filler pronoun(const struct reading *r, int chunk, double *ret_confidence)
{
    const struct discourse *story = &r->chapter->story;
    struct str low = token_at(r, chunk_at(r, chunk)->first)->form->low;
    struct filler none = {.entity = -1};
    *ret_confidence = 0;
    if (word_in(low, "he,she,him,her,él,ella"))
        return person_meant(r, chunk, word_in(low, "he,him,él") ? 'm' : 'f', ret_confidence);
    if (str_equal(low, STR("it")) && chunk_is(r, chunk - 1, CHUNK_VERB))
        return thing_meant(r, chunk, ret_confidence);
    bool plural = word_in(low, "they,ellos,ellas");
    if (!plural && !word_in(low, "it"))
        return none;
    bool opens = chunk == 0 || chunk_is(r, chunk - 1, CHUNK_COMMA) || chunk_is(r, chunk - 1, CHUNK_TIME);
    int before = plural ? subject_before(r, chunk, plural) : -1;
    if (!plural && (!opens || r->clauses.items[0].subject != chunk))
        return none;
    const struct entity *section = entity_at(r->chapter->entities, story->section_topic);
    const struct form *named = before >= 0 ? token_at(r, chunk_at(r, before)->head)->form : NULL;
    bool group = section && (section->type == ENTITY_ORG || section->type == ENTITY_UNKNOWN);
    if (named && group && chunk_at(r, before)->name < 0 &&
        chunk_at(r, before)->end - chunk_at(r, before)->first == 2 && named->noun &&
        str_equal(named->noun->type, STR("org"))) { /* "the team" of a section on Orbex */
        *ret_confidence = sure_same_paragraph;
        struct filler topic = filler_entity(r, story->section_topic);
        topic.role = STR("?");
        return topic;
    }
    if (before >= 0) {
        struct filler filler = filler_noun(r, before);
        filler.role = STR("?");
        *ret_confidence = sure_same_paragraph;
        return filler_is_vague(r, &filler) ? none : filler;
    }
    const struct entity *e = entity_at(r->chapter->entities, story->subject);
    if (!plural && e && e->type != ENTITY_PERSON && story->subject_sentence == r->sentence - 1)
        return known(r, story->subject, story->subject_sentence, ret_confidence);
    if (plural && e && (e->type == ENTITY_ORG || e->plural))
        return known(r, story->subject, story->subject_sentence, ret_confidence);
    if (plural && story->subject_plural && story->subject_text.len) {
        *ret_confidence = sureness(r, story->subject_sentence);
        return (struct filler){.role = STR("?"), .entity = -1, .text = story->subject_text};
    }
    if (!plural && !e && story->lone_sentence == r->sentence - 1)
        return known(r, story->lone, story->lone_sentence, ret_confidence);
    bool many = story->subject_many && story->subject_sentence >= r->sentence - 2;
    if (plural && !many && r->block->kind == BLOCK_PARAGRAPH && story->org_subject >= 0) {
        *ret_confidence = sure_same_paragraph; /* the organisation that acts in this section */
        struct filler org = filler_entity(r, story->org_subject);
        org.role = STR("?");
        return org;
    }
    return none;
}

static bool bears(const struct reading *r, const struct entity *e, const struct noun *noun)
{
    if (forms_get(&r->chapter->forms, e->name)->flags & IS_DEMONYM)
        return false;
    static const char *const names[ENTITY_TYPES] = {"", "org", "person", "work", "place", "event", "term"};
    if (e->type == ENTITY_UNKNOWN || !str_equal(noun->type, str_from(names[e->type])))
        return false;
    const struct noun *own = e->class_noun.len ? language_noun(r->chapter->language, e->class_noun) : NULL;
    if (own && str_equal(own->type, noun->type) && e->type != ENTITY_ORG)
        return str_equal(own->kind, noun->kind) || str_equal(noun->kind, STR("model"));
    if (!own && (str_equal(noun->kind, STR("building")) || str_equal(noun->kind, STR("law"))))
        return false; /* "the canal": such names say so themselves */
    if (e->type != ENTITY_ORG)
        return true;
    /* "the company" is any firm, "the community" and "the board" are nobody that has a name. */
    bool any =
        word_in(noun->singular, "organization,organisation,institution,organización,institución,entidad");
    bool lab = str_equal(noun->kind, STR("laboratory")),
         own_lab = own && str_equal(own->kind, STR("laboratory"));
    bool firm = str_equal(noun->kind, STR("company")) && !own_lab;
    return any || firm || (lab && (!own || own_lab)) || str_equal(e->class_noun, noun->singular);
}

/* The last that was told of and may be called so, rather one that the text calls so itself, and whether it is the only
 * one of late; -1 if there is none. */
static int recent_bearer(const struct reading *r, const struct noun *noun, int *ret_sentence, bool *ret_alone)
{
    const struct discourse *story = &r->chapter->story;
    int found = -1;
    bool called = false;
    *ret_alone = true;
    for (int i = 0; i < RECENT && story->recent[i].entity; i++) {
        const struct entity *e = entity_at(r->chapter->entities, story->recent[i].entity - 1);
        if (!e || !bears(r, e, noun))
            continue;
        bool own = str_equal(e->class_noun, noun->singular);
        *ret_alone = found < 0 || (own && !called);
        if (found >= 0 && (called || !own))
            continue;
        called = own;
        found = story->recent[i].entity - 1;
        *ret_sentence = story->recent[i].sentence;
    }
    return found;
}

/* The text calls something of late just so. */
static bool is_called(const struct reading *r, const struct noun *noun)
{
    int sentence;
    bool alone;
    const struct entity *e = entity_at(r->chapter->entities, recent_bearer(r, noun, &sentence, &alone));
    return e && str_equal(e->class_noun, noun->singular);
}

/* "la compañía", "this treaty": a class noun alone with a definite determiner. */
static struct filler anaphor(const struct reading *r, const struct chunk *chunk, double *ret_confidence)
{
    const struct form *head = token_at(r, chunk->head)->form;
    *ret_confidence = 0;
    struct filler none = {.entity = -1};
    if (!head->noun || chunk->determiner < 0 || chunk->numeral >= 0 || chunk->plural)
        return none;
    const struct form *det = token_at(r, chunk->determiner)->form;
    bool definite =
        ((det->flags & IS_ARTICLE) && !(det->flags & IS_INDEFINITE)) || (det->flags & IS_DEMONSTRATIVE);
    if (!definite || chunk->end - chunk->first != 2 || cue_is(r, chunk->end, CUE_OF))
        return none;
    for (size_t k = r->names.count; k-- > 0;) {
        const struct name *name = &r->names.items[k];
        const struct entity *e = entity_at(r->chapter->entities, name->entity);
        if (name->end > chunk->first || !e || r->tokens.items[name->first].depth)
            continue;
        bool unknown =
            e->type == ENTITY_UNKNOWN && !r->chapter->spanish && !token_has(r, name->first, IS_DEMONYM);
        if (unknown && !e->class_noun.len)
            return none; /* nobody knows what the nearer name is: it may be the one */
        if (!bears(r, e, head->noun))
            continue;
        *ret_confidence = sure_same_paragraph;
        struct filler filler = filler_entity(r, name->entity);
        filler.role = STR("?");
        return filler;
    }
    const struct discourse *story = &r->chapter->story;
    const struct entity *closing = entity_at(r->chapter->entities, story->closing);
    if ((det->flags & IS_DEMONSTRATIVE) && closing && story->closing_sentence == r->sentence - 1 &&
        !is_called(r, head->noun) && (closing->type == ENTITY_UNKNOWN || bears(r, closing, head->noun))) {
        struct filler nearest = known(r, story->closing, story->closing_sentence, ret_confidence);
        if (nearest.role.len) /* "… de Nube. Este reloj": what the sentence before ended with */
            return nearest;
    }
    int sentence = -1;
    bool alone = false;
    int entity = recent_bearer(r, head->noun, &sentence, &alone);
    if (entity < 0) { /* "the canal" of a chapter on the Lark Canal */
        const struct entity *title = entity_at(r->chapter->entities, r->chapter->story.title_topic);
        if (!title || !str_equal(title->class_noun, head->noun->singular) || !bears(r, title, head->noun))
            return none;
        *ret_confidence = sure_same_paragraph;
        struct filler filler = filler_entity(r, r->chapter->story.title_topic);
        filler.role = STR("?");
        return filler;
    }
    struct filler found = known(r, entity, sentence, ret_confidence);
    if (found.role.len && alone && *ret_confidence >= sure_same_section)
        *ret_confidence = sure_same_paragraph; /* the only war of the passage */
    return found;
}

struct filler story_owner(const struct reading *r, int i, double *ret_confidence)
{
    const struct discourse *story = &r->chapter->story;
    const struct entity *section = entity_at(r->chapter->entities, story->section_topic);
    struct filler found = {.entity = -1};
    *ret_confidence = 0;
    list_each (const struct clause, clause, &r->clauses) {
        double sure;
        if (clause->phrase || clause->subject < 0 || clause->subject >= i)
            continue;
        struct filler subject = story_noun(r, clause->subject, &sure);
        if (subject.entity >= 0 && sure >= sure_same_paragraph)
            found = subject, *ret_confidence = sure;
    }
    if (found.entity < 0 && story->subject >= 0 && story->subject_sentence == r->sentence - 1)
        found = known(r, story->subject, story->subject_sentence, ret_confidence);
    if (found.entity < 0 && section && section->type != ENTITY_PERSON) {
        found = filler_entity(r, story->section_topic);
        *ret_confidence = sure_same_paragraph;
    }
    return found;
}

struct str story_phrase(const struct reading *r, int article, int noun)
{
    const struct discourse *story = &r->chapter->story;
    struct str found = {0};
    int latest = -1;
    if (r->chapter->spanish || !token_is(r, article, "the") || token_at(r, noun)->upper)
        return found;
    for (int i = 0; i < PHRASES; i++)
        if (str_equal(story->phrases[i].head, token_at(r, noun)->form->low) &&
            story->phrases[i].sentence >= r->sentence - 3 && story->phrases[i].sentence > latest) {
            latest = story->phrases[i].sentence;
            found = story->phrases[i].text;
        }
    return found;
}

static bool is_subject(const struct reading *r, int i)
{
    list_each (const struct clause, clause, &r->clauses)
        if (!clause->phrase && clause->subject == i)
            return true;
    return false;
}

/* The clause of whose named subject the chunk is the object; NULL. */
static const struct clause *undergone_in(const struct reading *r, int i)
{
    list_each (const struct clause, clause, &r->clauses)
        if (!clause->phrase && clause->object == i && clause->subject >= 0 && clause->subject < i &&
            chunk_at(r, clause->subject)->name >= 0)
            return clause;
    return NULL;
}

/* "Its eruption", "her notebooks" as a subject: whose they are is told before. */
static struct str owned(const struct reading *r, int i, double *ret_confidence)
{
    const struct chunk *chunk = chunk_at(r, i);
    const struct discourse *story = &r->chapter->story;
    struct str none = {0}, low = token_at(r, chunk->first)->form->low;
    struct filler owner = {.entity = -1};
    if (r->chapter->spanish || chunk->determiner != chunk->first ||
        !token_has(r, chunk->first, IS_POSSESSIVE) || chunk->end - chunk->first < 2)
        return none;
    const struct clause *acting = undergone_in(r, i);
    if (!is_subject(r, i) && !acting)
        return none;
    if (word_in(low, "his,her"))
        owner = person_meant(r, i, str_equal(low, STR("his")) ? 'm' : 'f', ret_confidence);
    if (acting && (owner.entity < 0 || story_noun(r, acting->subject, &(double){0}).entity == owner.entity))
        return none; /* "Ann presented her work": the sentence says whose */
    const struct entity *topic = entity_at(r->chapter->entities, story->subject);
    bool thing = topic && topic->type != ENTITY_PERSON && story->subject_sentence == r->sentence - 1;
    bool group = topic && (topic->type == ENTITY_ORG || topic->plural);
    if (chunk->first <= 2 &&
        ((str_equal(low, STR("its")) && thing) || (str_equal(low, STR("their")) && thing && group)))
        owner = known(r, story->subject, story->subject_sentence, ret_confidence);
    const struct entity *e = entity_at(r->chapter->entities, owner.entity);
    if (!e || *ret_confidence < sure_same_paragraph)
        return none;
    return str_format(r->chapter->arena, "%.*s’s %.*s", STR_ARG(e->name),
                      STR_ARG(tokens_text(r, chunk->first + 1, chunk->end)));
}

/* The phrase with what the passage before leaves to be understood; empty if it says all itself. */
static struct str completed(const struct reading *r, int i, double *ret_confidence)
{
    const struct chunk *chunk = chunk_at(r, i);
    *ret_confidence = sure_same_paragraph;
    struct str text = {0};
    if (chunk->end - chunk->first == 2 && chunk->determiner == chunk->first)
        text = story_phrase(r, chunk->first, chunk->head);
    return text.len ? text : owned(r, i, ret_confidence);
}

static bool is_pronoun(const struct reading *r, const struct chunk *chunk)
{
    return chunk->end == chunk->first + 1 && chunk->name < 0 &&
           (token_has(r, chunk->first, IS_PRONOUN) ||
            word_in(chunk_text(r, (int)(chunk - r->chunks.items)), "him,them,her"));
}

struct filler story_noun(const struct reading *r, int i, double *ret_confidence)
{
    const struct chunk *chunk = chunk_at(r, i);
    *ret_confidence = 1;
    if (!chunk)
        return (struct filler){.entity = -1};
    if (is_pronoun(r, chunk))
        return pronoun(r, i, ret_confidence);
    if (chunk->name < 0) {
        double sure;
        struct filler filler = anaphor(r, chunk, &sure);
        if (filler.role.len) {
            *ret_confidence = sure;
            return filler;
        }
        struct str text = completed(r, i, &sure);
        if (text.len) {
            *ret_confidence = sure;
            return (struct filler){
                .role = STR("="), .entity = -1, .text = text, .source = filler_noun(r, i).source};
        }
    }
    struct filler filler = filler_noun(r, i);
    if (filler_is_vague(r, &filler)) {
        *ret_confidence = 0;
        return (struct filler){.entity = -1};
    }
    filler.role = STR("?");
    return filler;
}

/* What the items above are about: the name that opens the nearest of them. */
static int item_topic(const struct reading *r)
{
    const struct document *doc = r->chapter->doc;
    int block = r->block->parent;
    for (int hops = 0; block >= 0 && hops < 8; hops++) {
        if (doc->blocks.items[block].kind != BLOCK_ITEM)
            return -1;
        if (r->chapter->block_topics[block])
            return r->chapter->block_topics[block] - 1;
        block = doc->blocks.items[block].parent;
    }
    return -1;
}

/* "La célula es … Fue observada en 1665": explaining, a text goes on about the noun of the sentence before. */
static bool goes_on_about_noun(const struct reading *r, const struct chunk *verb)
{
    const struct discourse *story = &r->chapter->story;
    const struct document *doc = r->chapter->doc;
    bool explains =
        verb->verb.passive || verb->verb.tense == TENSE_PRESENT || verb->verb.tense == TENSE_IMPERFECT;
    bool definite =
        str_starts(story->subject_text, STR("el ")) || str_starts(story->subject_text, STR("la "));
    return explains && definite && !story->subject_plural && story->subject_sentence == r->sentence - 1 &&
           doc->sentences.items[r->sentence - 1].block == r->at->block;
}

/* "Su llegada a Lugo, gracias a Orbex, cambió la vida": a noun in front that nobody governs is some subject. */
static bool holds_noun(const struct reading *r, const struct clause *clause)
{
    int from = clause->connector >= 0 ? clause->connector + 1 : clause->first;
    for (int i = from; i < clause->verb; i++) {
        const struct chunk *c = chunk_at(r, i);
        bool possessed =
            c->kind == CHUNK_NOUN && c->determiner >= 0 && token_has(r, c->determiner, IS_POSSESSIVE);
        if (possessed && !chunk_is(r, i - 1, CHUNK_PREPOSITION))
            return true;
    }
    return false;
}

/* A Spanish verb without a subject goes on with the one before it. */
static struct filler zero_subject(const struct reading *r, const struct clause *clause,
                                  double *ret_confidence)
{
    const struct discourse *story = &r->chapter->story;
    const struct chunk *verb = chunk_at(r, clause->verb);
    *ret_confidence = 0;
    struct filler none = {.entity = -1};
    if (chunk_is(r, clause->verb + 1, CHUNK_TIME)) /* "Llegó abril": the date itself */
        return none;
    if (!r->chapter->spanish || !verb->third || r->block->kind == BLOCK_QUOTE || holds_noun(r, clause))
        return none;
    if (r->block->kind == BLOCK_ITEM && item_topic(r) >= 0 && !verb->plural) {
        struct filler topic = filler_entity(r, item_topic(r));
        topic.role = STR("?");
        *ret_confidence = sure_same_paragraph;
        return topic;
    }
    const struct entity *e = entity_at(r->chapter->entities, story->subject);
    if (!verb->plural && e && !story->subject_plural && !e->plural)
        return known(r, story->subject, story->subject_sentence, ret_confidence);
    if (!verb->plural && !e && goes_on_about_noun(r, verb)) {
        *ret_confidence = sure_same_paragraph;
        return (struct filler){.role = STR("?"), .entity = -1, .text = story->subject_text};
    }
    if (!verb->plural && !e && story->section_topic >= 0 && story->subject_sentence < 0) {
        *ret_confidence = sure_same_section;
        struct filler topic = filler_entity(r, story->section_topic);
        topic.role = STR("?");
        return topic;
    }
    if (verb->plural && e && (e->plural || e->type == ENTITY_ORG))
        return known(r, story->subject, story->subject_sentence, ret_confidence);
    if (verb->plural && e && e->type == ENTITY_UNKNOWN &&
        story->subject_sentence > story->org_subject_sentence)
        return story->subject_sentence == r->sentence - 1
                   ? known(r, story->subject, story->subject_sentence, ret_confidence)
                   : none;
    if (verb->plural && r->block->kind == BLOCK_PARAGRAPH && story->org_subject >= 0 &&
        !story->subject_plural) {
        *ret_confidence = sure_same_paragraph; /* collective: the organisation that acts in this section */
        struct filler org = filler_entity(r, story->org_subject);
        org.role = STR("?");
        return org;
    }
    return none;
}

struct filler story_subject(const struct reading *r, const struct clause *clause, double *ret_confidence)
{
    bool relative =
        clause->kind == CLAUSE_RELATIVE && clause->connector >= 0 &&
        word_in(token_at(r, chunk_at(r, clause->connector)->first)->form->low, "que,cual,quien,quienes");
    *ret_confidence = 0;
    if (clause->subject < 0 && relative) /* of a noun that was not found: of nobody else */
        return (struct filler){.entity = -1};
    if (clause->subject < 0)
        return zero_subject(r, clause, ret_confidence);
    if (clause->subject_end - clause->subject == 1 || chunk_is(r, clause->subject + 1, CHUNK_BRACKET))
        return story_noun(r, clause->subject, ret_confidence);
    *ret_confidence = 1;
    const struct chunk *first = chunk_at(r, clause->subject), *last = chunk_at(r, clause->subject_end - 1);
    struct filler filler = filler_tokens(r, first->first, last->end);
    filler.role = STR("?");
    return filler;
}
