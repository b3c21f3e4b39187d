/* Who is what, of whom: "the founder of Acme", "King George", "A (CRO of B)". */
#include "facts/forms.h"
#include "facts/rule.h"
#include "facts/story.h"

static const double sure = 0.97;

static bool can_be_person(const struct reading *r, const struct filler *f)
{
    enum entity_type type = filler_type(r, f);
    return f->entity >= 0 && (type == ENTITY_PERSON || type == ENTITY_UNKNOWN);
}

static bool is_of_word(const struct reading *r, int i)
{
    return cue_is(r, i, CUE_OF) || token_is(r, i, "at") || token_is(r, i, "en") || token_is(r, i, "for");
}

/* The role word in first … end-1, over articles and adjectives only; -1 if something else comes first. */
static int role_token(const struct reading *r, int first, int end)
{
    for (int i = first; i < end && i < first + 4; i++) {
        const struct token *t = token_at(r, i);
        if (t->form->flags & IS_ROLE)
            return i;
        bool passable = (t->form->flags & (IS_ARTICLE | IS_ORDINAL | IS_DEMONYM)) || token_is(r, i, "ex") ||
                        token_is(r, i, "former") || token_is(r, i, "entonces") || token_is(r, i, "then") ||
                        token_is(r, i, "actual") || token_is(r, i, "chief") || token_is(r, i, "vice");
        if (!passable)
            return -1;
    }
    return -1;
}

/* The words of a role without its article: from `first` to the "of", comma or bracket behind the role word. */
static int role_end(const struct reading *r, int role, int end)
{
    int i = role + 1;
    while (i < end) {
        const struct token *t = token_at(r, i);
        if (t->kind == TOKEN_MARK || t->name >= 0 || t->time >= 0 || is_of_word(r, i) ||
            (t->form->flags & IS_FUNCTION))
            break;
        i++;
    }
    /* "Head of Sales at X": a common noun behind "of" still belongs to the role. */
    if (i + 1 < end && token_is(r, i, "of") && token_at(r, i + 1)->upper &&
        (token_is(r, i + 2, "at") || token_is(r, i + 2, "of")))
        i += 2;
    return i;
}

static void keep(struct reading *r, struct filler person, int first, int end, struct filler org,
                 const char *rule, double confidence)
{
    while (token_has(r, first, IS_ARTICLE))
        first++;
    struct fact fact = draft(r, "role", rule, confidence);
    draft_add(r, &fact, "person", person);
    draft_add(r, &fact, "role", filler_tokens(r, first, end));
    draft_add(r, &fact, "org", org);
    if (fact.roles.count >= 2)
        draft_keep(r, &fact);
}

/* What "the company" is at token `i`: the last organisation of this sentence, else of those before. */
static int org_in_focus(const struct reading *r, int i)
{
    int org = r->chapter->story.org;
    list_each (const struct name, name, &r->names) {
        const struct entity *e = entity_at(r->chapter->entities, name->entity);
        if (name->end <= i && e && e->type == ENTITY_ORG)
            org = name->entity;
    }
    return org;
}

/* The role phrase in first … end-1 held by `person`: one fact for each organisation behind it. */
static int role_phrase(struct reading *r, struct filler person, int first, int end, const char *rule)
{
    int role = role_token(r, first, end);
    if (role < 0 || !can_be_person(r, &person))
        return -1;
    if (!r->chapter->spanish && token_has(r, first, IS_INDEFINITE) && token_at(r, role)->form->role &&
        !token_at(r, role)->form->role->of_place)
        return -1; /* "an engineer at Orbex": one of many */
    int stop = role_end(r, role, end), at = stop;
    int found = 0;
    if (at < end && is_of_word(r, at)) {
        at++;
        while (token_has(r, at, IS_ARTICLE) && at < end)
            at++;
        while (at < end && token_at(r, at)->name >= 0) {
            int name = token_at(r, at)->name;
            if (r->names.items[name].entity == person.entity)
                break;
            keep(r, person, first, stop, filler_name(r, name), rule, sure);
            found++;
            at = r->names.items[name].end;
            bool joined = token_has(r, at, IS_COORDINATOR) || (token_is_mark(r, at, ',') && found < 4);
            if (!joined || !token_at(r, at + 1) || token_at(r, at + 1)->name < 0)
                break;
            at++;
        }
        /* "co-founder of the company": the organisation in focus. */
        const struct form *noun = token_at(r, at) ? token_at(r, at)->form : NULL;
        if (!found && at < end && noun->noun && str_equal(noun->noun->type, STR("org")) &&
            r->chapter->story.org >= 0) {
            keep(r, person, first, stop, filler_entity(r, r->chapter->story.org), rule, 0.95);
            found++;
            at++;
        }
    }
    return found ? at : -1;
}

/* "A (fundador de B)", "A (CRO of B)", "B (bajo el mando de A)". */
static void from_bracket(struct reading *r, const struct name *name)
{
    int open = name->end;
    if (!token_is_mark(r, open, '(') || token_at(r, open)->partner < 0)
        return;
    int end = token_at(r, open)->partner;
    struct filler holder = filler_name(r, (int)(name - r->names.items));
    if (role_phrase(r, holder, open + 1, end, "role.bracket") >= 0)
        return;
    const struct phrase *phrase = NULL;
    int length = phrase_at(r, open + 1, PHRASE_RELATION, &phrase),
        under = token_is(r, open + 1, "under") ? 1 : 0;
    if (length && !str_equal(phrase->canonical, STR("role")))
        length = 0;
    int at = open + 1 + (length ? length : under);
    if ((!length && !under) || at >= end || token_at(r, at)->name < 0)
        return;
    struct filler person = filler_name(r, token_at(r, at)->name);
    if (!can_be_person(r, &person) || filler_type(r, &holder) == ENTITY_PERSON)
        return;
    struct fact fact = draft(r, "role", "role.bracket-under", sure);
    draft_add(r, &fact, "person", person);
    struct filler role = {
        .entity = -1, .text = r->chapter->spanish ? STR("líder") : STR("leader"), .source = person.source};
    draft_add(r, &fact, "role", role);
    draft_add(r, &fact, "org", holder);
    draft_keep(r, &fact);
}

/* "A, fundador de B y C,", "A, co-founder and chief scientist of B". */
static void from_apposition(struct reading *r, const struct name *name)
{
    if (!token_is_mark(r, name->end, ','))
        return;
    struct filler person = filler_name(r, (int)(name - r->names.items));
    int first = name->end + 1, count = (int)r->tokens.count;
    int end = role_phrase(r, person, first, count, "role.apposition");
    if (end >= 0 && token_has(r, end, IS_COORDINATOR)) {
        role_phrase(r, person, end + 1, count, "role.apposition");
        return;
    }
    /* Two roles of one organisation: "co-founder and chief scientist of B". */
    int role = role_token(r, first, count);
    if (end >= 0 || role < 0)
        return;
    int stop = role_end(r, role, count);
    if (!token_has(r, stop, IS_COORDINATOR))
        return;
    int second = role_token(r, stop + 1, count);
    if (second < 0)
        return;
    int second_end = role_end(r, second, count), at = second_end;
    if (!is_of_word(r, at))
        return;
    at++;
    while (token_has(r, at, IS_ARTICLE))
        at++;
    struct filler org = {.entity = -1};
    const struct token *t = token_at(r, at);
    if (t && t->name >= 0)
        org = filler_name(r, t->name);
    else if (t && t->form->noun && str_equal(t->form->noun->type, STR("org")) && org_in_focus(r, at) >= 0)
        org = filler_entity(r, org_in_focus(r, at));
    if (!filler_is_set(&org) || !can_be_person(r, &person))
        return;
    keep(r, person, first, stop, org, "role.apposition", 0.96);
    keep(r, person, stop + 1, second_end, org, "role.apposition", 0.96);
}

/* "el empresario sudafricano A", "British captain A", "B's minister A". */
static void from_prefix(struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    if (c->name < 0 || c->kind_noun < 0 || !token_has(r, c->kind_noun, IS_ROLE))
        return;
    const struct name *name = &r->names.items[c->name];
    struct filler person = filler_name(r, c->name);
    person.text = name->text;
    if (c->kind_noun >= name->first || !can_be_person(r, &person))
        return;
    struct filler org = {.entity = -1};
    int first = c->first;
    if (c->owner_end > 0) {
        const struct token *owner = token_at(r, c->first);
        for (int k = c->first; k < c->owner_end; k++)
            if (token_at(r, k)->name >= 0)
                owner = token_at(r, k);
        if (owner->name >= 0)
            org = filler_name(r, owner->name);
        first = c->owner_end;
    }
    while (token_has(r, first, IS_DETERMINER))
        first++;
    keep(r, person, first, name->first, org, "role.prefix", 0.96);
}

/* "the daughter of the minister A, named B": what B is. */
static void from_naming(struct reading *r, const struct name *name)
{
    int verb = name->first - 1;
    if (verb < 1 || !word_in(token_at(r, verb)->form->low, "named,called,llamado,llamada"))
        return;
    int end = token_is_mark(r, verb - 1, ',') ? verb - 1 : verb;
    const struct token *last = token_at(r, end - 1);
    struct filler person = filler_name(r, (int)(name - r->names.items));
    if (!last || last->name < 0 || !can_be_person(r, &person))
        return;
    for (int i = end - 1; i >= 0 && i > end - 10; i--)
        if (token_has(r, i, IS_ROLE) && cue_is(r, i + 1, CUE_OF)) {
            keep(r, person, i, i + 1, filler_name(r, last->name), "role.naming", 0.95);
            return;
        }
}

/* "A was the founder of B", "A es director de B"; also "A served as B's CTO". */
static void from_copula(struct reading *r, const struct clause *clause)
{
    const struct chunk *verb = chunk_at(r, clause->verb);
    bool copula = str_equal(verb->verb.lemma, STR("ser")) || str_equal(verb->verb.lemma, STR("be"));
    if (!copula || clause->object < 0 || !clause_asserts(clause))
        return;
    double confidence;
    struct filler person = story_subject(r, clause, &confidence);
    if (!filler_is_set(&person) || confidence < 0.95 || filler_type(r, &person) != ENTITY_PERSON)
        return;
    role_phrase(r, person, chunk_at(r, clause->object)->first, chunk_at(r, clause->end - 1)->end,
                "role.copula");
}

/* "served as Acme's CTO", "se desempeñó como director de B". */
static void from_service(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause) || clause->subject < 0)
        return;
    int as = governed_noun(r, clause->verb + 1, clause->end, "como,as");
    if (as < 0)
        return;
    const struct chunk *c = chunk_at(r, as);
    double confidence;
    struct filler person = story_subject(r, clause, &confidence);
    if (!can_be_person(r, &person) || filler_type(r, &person) != ENTITY_PERSON || confidence < 0.95)
        return;
    int owner = c->owner_end > 0 ? token_at(r, c->first)->name : -1;
    if (owner >= 0 && role_token(r, c->owner_end, c->end) >= 0)
        keep(r, person, c->owner_end, c->end, filler_name(r, owner), "role.service", 0.96);
    else
        role_phrase(r, person, c->first, c->end, "role.service");
}

/* What an unvoted name says that it is by its last word: "the Lark Canal Authority" leads nothing as a person. */
static const struct noun *fitting_noun(const struct reading *r, const struct filler *f)
{
    struct str rest = f->text, word, last = {0};
    while (str_split(&rest, ' ', &word))
        last = word;
    return str_contains(f->text, STR(" ")) ? forms_get(&r->chapter->forms, last)->noun : NULL;
}

/* "liderado por A", "led by A", "bajo la dirección de A". */
static void from_leading(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause) || !clause_states(r, clause, "lead"))
        return;
    const struct chunk *verb = chunk_at(r, clause->verb);
    double confidence = 1;
    struct filler person, org;
    if (verb->verb.passive) {
        int by = clause_doer(r, clause);
        person = by >= 0 ? filler_noun(r, by) : (struct filler){.entity = -1};
        org = clause->subject >= 0 ? story_noun(r, clause->subject, &confidence)
                                   : (struct filler){.entity = -1};
    } else {
        person = story_subject(r, clause, &confidence);
        org = clause->object >= 0 ? filler_noun(r, clause->object) : (struct filler){.entity = -1};
    }
    const struct noun *kind = fitting_noun(r, &person);
    if (!can_be_person(r, &person) || kind || org.entity < 0 || confidence < 0.85)
        return;
    struct fact fact = draft(r, "role", "role.lead", confidence < 1 ? confidence : 0.96);
    fact.verb = verb->verb;
    draft_add(r, &fact, "person", person);
    draft_add(r, &fact, "role",
              (struct filler){.entity = -1,
                              .text = r->chapter->spanish ? STR("líder") : STR("leader"),
                              .source = person.source});
    draft_add(r, &fact, "org", org);
    draft_time(r, &fact, clause_time(r, clause));
    if (confidence < 0.95)
        draft_doubt(r, &fact, confidence, N_("what is led is not named in this sentence"));
    draft_keep(r, &fact);
}

/* "A aceptó, además B le dio el liderazgo de C": the one before is who got it. */
static void from_gift(struct reading *r, const struct clause *clause)
{
    const struct chunk *object = chunk_at(r, clause->object), *verb = chunk_at(r, clause->verb);
    if (object && word_in(chunk_text(r, clause->object), "him,her") &&
        chunk_is(r, clause->object + 1, CHUNK_NOUN))
        object++;
    if (!object || !clause_asserts(clause) ||
        !word_in(verb->verb.lemma, "dar,entregar,otorgar,confiar,give,hand,grant,entrust"))
        return;
    bool lead = false;
    for (int i = object->first; i < object->end; i++)
        lead |= word_in(token_at(r, i)->form->low,
                        "liderazgo,mando,dirección,jefatura,presidencia,leadership,command,presidency");
    const struct token *last = token_at(r, object->end - 1);
    bool dative = false;
    for (int i = verb->first; i < verb->end; i++)
        dative |= word_in(token_at(r, i)->form->low, "le,him,her");
    for (int i = clause->verb + 1; chunk_at(r, i) && chunk_at(r, i) < object; i++)
        dative |= word_in(chunk_text(r, i), "him,her");
    if (!lead || last->name < 0 || !dative)
        return;
    /* The nearest person before who is not the giver. */
    double confidence;
    struct filler giver = story_subject(r, clause, &confidence);
    struct filler person = {.entity = -1};
    list_each (const struct name, name, &r->names) {
        const struct entity *e = entity_at(r->chapter->entities, name->entity);
        if (name->end <= verb->first && e && e->type == ENTITY_PERSON && name->entity != giver.entity)
            person = filler_entity(r, name->entity);
    }
    const struct discourse *story = &r->chapter->story;
    const struct entity *topic = entity_at(r->chapter->entities, story->subject);
    if (person.entity < 0 && topic && topic->type == ENTITY_PERSON && story->subject != giver.entity &&
        story->subject_sentence == r->sentence - 1)
        person = filler_entity(r, story->subject);
    if (person.entity < 0)
        return;
    struct fact fact = draft(r, "role", "role.gift", 0.95);
    draft_add(r, &fact, "person", person);
    draft_add(r, &fact, "role",
              (struct filler){.entity = -1, .text = r->chapter->spanish ? STR("líder") : STR("leader")});
    draft_add(r, &fact, "org", filler_name(r, last->name));
    draft_keep(r, &fact);
}

void find_roles(struct reading *r)
{
    for (size_t i = 0; i < r->names.count; i++) {
        from_bracket(r, &r->names.items[i]);
        from_naming(r, &r->names.items[i]);
        if (r->block->kind != BLOCK_QUOTE)
            from_apposition(r, &r->names.items[i]);
    }
    if (r->block->kind == BLOCK_QUOTE || r->block->kind == BLOCK_HEADING)
        return;
    for (int i = 0; i < (int)r->chunks.count; i++)
        if (chunk_is(r, i, CHUNK_NOUN))
            from_prefix(r, i);
    list_each (const struct clause, clause, &r->clauses) {
        from_copula(r, clause);
        from_service(r, clause);
        from_leading(r, clause);
        from_gift(r, clause);
    }
}
