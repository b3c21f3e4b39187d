/* Attributes written like a form: "Licencia: libre.", "Capital: …". */
#include "facts/rule.h"
#include "facts/story.h"

/* What the section is about: its heading's name, else the last subject. */
static struct filler topic(const struct reading *r)
{
    const struct discourse *story = &r->chapter->story;
    int entity = story->section_subject >= 0 ? story->section_subject : story->section_topic;
    return filler_entity(r, entity);
}

static void from_form(struct reading *r)
{
    if (r->clauses.count || !chunk_is(r, 0, CHUNK_NOUN) || !chunk_is(r, 1, CHUNK_STOP))
        return;
    const struct chunk *attribute = chunk_at(r, 0);
    bool shape = attribute->name < 0 && attribute->end - attribute->first <= 3 && attribute->determiner < 0 &&
                 token_is_mark(r, chunk_at(r, 1)->first, ':');
    const struct form *head = token_at(r, attribute->head)->form;
    if (!shape || attribute->plural ||
        !(head->flags & (IS_CLASS_NOUN | IS_ROLE) ||
          word_in(head->low, "lema,capital,motto,licencia,licence,license,autor,author,sede,idioma,moneda,"
                             "población,superficie")))
        return;
    int first = chunk_at(r, 1)->end, end = (int)r->tokens.count;
    if (end > first && token_is_mark(r, end - 1, '.'))
        end--;
    /* "Own terms (see below)": the bracket is another way to say it. */
    for (int i = first; i < end; i++)
        if (token_is_mark(r, i, '('))
            end = i;
    struct filler entity = topic(r);
    if (!filler_is_set(&entity) || end <= first || end - first > 9)
        return;
    struct fact fact = draft(r, "property", "property.form", 0.96);
    struct filler name = filler_tokens(r, attribute->first, attribute->end);
    name.text = head->low;
    draft_add(r, &fact, "entity", entity);
    draft_add(r, &fact, "attribute", name);
    draft_add(r, &fact, "value", filler_tokens(r, first, end));
    draft_keep(r, &fact);
}

/* "bajo la licencia X", "under the X licence". */
static void from_under(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause))
        return;
    int noun = governed_noun(r, clause->verb + 1, clause->end, "bajo,under");
    if (noun < 0)
        return;
    const struct chunk *c = chunk_at(r, noun);
    if (c->name < 0 || c->kind_noun < 0 || !token_at(r, c->kind_noun)->form->noun ||
        str_equal(token_at(r, c->kind_noun)->form->noun->type, STR("org")))
        return;
    double confidence;
    struct filler entity = story_subject(r, clause, &confidence);
    if (!filler_is_set(&entity) || entity.entity < 0 || confidence < 0.9)
        return;
    struct fact fact = draft(r, "property", "property.under", 0.96);
    draft_add(r, &fact, "entity", entity);
    draft_add(r, &fact, "attribute",
              (struct filler){.entity = -1, .text = token_at(r, c->kind_noun)->form->noun->singular});
    draft_add(r, &fact, "value", filler_name(r, c->name));
    draft_keep(r, &fact);
}

/* "Su objetivo principal es …", "Its capital was …": whose it is, the topic. */
static void from_possessive(struct reading *r, const struct clause *clause)
{
    const struct chunk *subject = chunk_at(r, clause->subject);
    if (!subject || !clause_asserts(clause) || clause->phrase ||
        !word_in(chunk_at(r, clause->verb)->verb.lemma, "ser,be"))
        return;
    if (!word_in(token_at(r, subject->first)->form->low, "su,its,their") ||
        subject->end - subject->first > 4 || subject->end - subject->first < 2 ||
        clause->subject > clause->verb)
        return;
    const struct discourse *story = &r->chapter->story;
    bool near = story->subject >= 0 && story->subject_sentence >= r->sentence - 2 &&
                r->chapter->doc->sentences.items[story->subject_sentence].block == r->at->block;
    int first = chunk_at(r, clause->verb)->end, end = chunk_at(r, clause->end - 1)->end;
    for (int i = first; i < end; i++)
        if (r->tokens.items[i].kind == TOKEN_MARK && r->tokens.items[i].partner < 0)
            end = i;
    bool adjective = end - first == 1 && !r->chapter->spanish && r->tokens.items[first].kind == TOKEN_WORD &&
                     !r->tokens.items[first].upper;
    if (!near || end - first < 1 || end - first > 14 || adjective)
        return;
    struct fact fact = draft(r, "property", "property.possessive", 0.95);
    draft_add(r, &fact, "entity", filler_entity(r, story->subject));
    draft_add(r, &fact, "attribute", filler_tokens(r, subject->first + 1, subject->end));
    draft_add(r, &fact, "value", filler_tokens(r, first, end));
    draft_keep(r, &fact);
}

/* "usa su propio gestor llamado "foo"", "has a capital called Foo": what it is called. */
static void from_called(struct reading *r, const struct clause *clause)
{
    const struct chunk *object = chunk_at(r, clause->object);
    if (!object || !clause_asserts(clause) || clause->phrase)
        return;
    int called = -1;
    for (int i = object->first + 1; i + 1 < object->end; i++)
        if (word_in(token_at(r, i)->form->low, "llamado,llamada,denominado,denominada,called,named"))
            called = i;
    double confidence;
    struct filler entity = story_subject(r, clause, &confidence);
    if (called < 0 || entity.entity < 0 || confidence < 0.95)
        return;
    int first = object->first, value = called + 1, end = object->end;
    while (token_has(r, first, IS_DETERMINER) || word_in(token_at(r, first)->form->low, "propio,propia,own"))
        first++;
    if (token_at(r, value)->partner == end - 1)
        value++, end--;
    struct fact fact = draft(r, "property", "property.called", 0.96);
    draft_add(r, &fact, "entity", entity);
    draft_add(r, &fact, "attribute", filler_tokens(r, first, called));
    draft_add(r, &fact, "value", filler_tokens(r, value, end));
    if (first < called)
        draft_keep(r, &fact);
}

/* "tomó una decisión: depurar el equipo", "With a single objective: to build X". */
static void from_aim(struct reading *r, int colon)
{
    static const char *const aims =
        "objetivo,meta,misión,decisión,propósito,objective,goal,mission,decision,purpose,aim";
    if (!token_is_mark(r, chunk_at(r, colon)->first, ':') || !chunk_is(r, colon - 1, CHUNK_NOUN))
        return;
    const struct chunk *noun = chunk_at(r, colon - 1);
    int aim = -1;
    for (int i = noun->first; i < noun->end; i++)
        aim = word_in(token_at(r, i)->form->low, aims) ? i : aim;
    int first = chunk_at(r, colon)->end;
    if (token_is(r, first, "to"))
        first++;
    const struct token *t = token_at(r, first);
    if (aim < 0 || !t || !form_verb(t->form, FORM_INFINITIVE) || noun->plural)
        return;
    const struct clause *clause =
        r->clauses.count && r->clauses.items[0].verb < colon ? r->clauses.items : NULL;
    double confidence = 0.95;
    struct filler entity = clause ? story_subject(r, clause, &confidence)
                                  : filler_entity(r, r->chapter->story.closing_sentence == r->sentence - 1
                                                         ? r->chapter->story.closing
                                                         : -1);
    int end = first;
    while (end < (int)r->tokens.count && end - first < 16 && r->tokens.items[end].mark != '.' &&
           r->tokens.items[end].mark != ',' && r->tokens.items[end].mark != ';')
        end++;
    if (entity.entity < 0 || confidence < 0.95)
        return;
    struct fact fact = draft(r, "property", "property.aim", 0.95);
    draft_add(r, &fact, "entity", entity);
    draft_add(r, &fact, "attribute", filler_tokens(r, aim, aim + 1));
    draft_add(r, &fact, "value", filler_tokens(r, first, end));
    draft_keep(r, &fact);
}

/* "in Little Avila, Maine": where a place lies that the chapter names more than once. */
static void from_region(struct reading *r, const struct name *name)
{
    const struct token *region = token_is_mark(r, name->end, ',') ? token_at(r, name->end + 1) : NULL;
    struct filler place = filler_name(r, (int)(name - r->names.items));
    const struct entity *e = entity_at(r->chapter->entities, name->entity);
    if (r->chapter->spanish || !region || region->name < 0 || !e || e->mentions < 3 ||
        !token_has(r, name->first - 1, IS_PREPOSITION) || token_has(r, name->first, IS_PLACE) ||
        (e->type != ENTITY_PLACE && e->type != ENTITY_UNKNOWN))
        return;
    struct filler whole = filler_name(r, region->name);
    if (filler_type(r, &whole) != ENTITY_PLACE ||
        !(forms_get(&r->chapter->forms, whole.text)->flags & IS_PLACE))
        return;
    struct fact fact = draft(r, "property", "property.region", 0.96);
    fact.verb = (struct verb_use){.lemma = STR("be"), .tense = TENSE_PRESENT};
    draft_add(r, &fact, "entity", place);
    draft_add(r, &fact, "attribute", (struct filler){.entity = -1, .text = STR("location")});
    draft_add(r, &fact, "value", whole);
    draft_keep(r, &fact);
}

void find_properties(struct reading *r)
{
    if (r->block->kind != BLOCK_PARAGRAPH && r->block->kind != BLOCK_ITEM)
        return;
    from_form(r);
    list_each (const struct name, name, &r->names)
        from_region(r, name);
    for (int i = 1; i < (int)r->chunks.count; i++)
        if (chunk_is(r, i, CHUNK_STOP))
            from_aim(r, i);
    list_each (const struct clause, clause, &r->clauses)
        from_under(r, clause);
    list_each (const struct clause, clause, &r->clauses) {
        from_possessive(r, clause);
        from_called(r, clause);
    }
}
