/* What belongs to a kind: "En audio: A y B", "prototypes such as A and B", "three fronts: …". */
#include "facts/rule.h"
#include "facts/story.h"

static const double sure = 0.96;

static int count_members(const struct reading *r, int first, int end, int *ret_names)
{
    int members = 0;
    *ret_names = 0;
    for (int i = first; i >= 0 && i < end; i = coordination_next(r, i, end)) {
        members++;
        *ret_names += chunk_at(r, i)->name >= 0;
    }
    return members;
}

static void add_members(struct reading *r, struct fact *fact, int first, int end)
{
    for (int i = first; i >= 0 && i < end; i = coordination_next(r, i, end)) {
        struct filler f = filler_noun(r, i);
        if (!word_in(f.text, "etc,otros,otras,others,más,more"))
            draft_add(r, fact, "member", f);
    }
}

static void keep(struct reading *r, struct filler category, int first, struct filler owner, const char *rule,
                 double confidence)
{
    struct fact fact = draft(r, "member", rule, confidence);
    draft_add(r, &fact, "category", category);
    add_members(r, &fact, first, (int)r->chunks.count);
    draft_add(r, &fact, "owner", owner);
    if (fact.roles.count >= 3)
        draft_keep(r, &fact);
}

/* A sentence without a verb: "En audio: A y B." */
static void from_area(struct reading *r)
{
    int i = 0;
    if (!chunk_is(r, 0, CHUNK_PREPOSITION) || !word_in(chunk_text(r, 0), "En,en,In,in,For,Para") ||
        !chunk_is(r, 1, CHUNK_NOUN))
        return;
    i = 2;
    while (chunk_is(r, i, CHUNK_PREPOSITION) && chunk_is(r, i + 1, CHUNK_NOUN))
        i += 2;
    int colon = i;
    if (!chunk_is(r, colon, CHUNK_STOP) || !token_is_mark(r, chunk_at(r, colon)->first, ':') ||
        !chunk_is(r, colon + 1, CHUNK_NOUN))
        return;
    int names, members = count_members(r, colon + 1, (int)r->chunks.count, &names);
    if (names < 1 || names < members || (members < 2 && r->clauses.count))
        return;
    struct filler category = filler_tokens(r, chunk_at(r, 1)->first, chunk_at(r, colon)->first);
    const struct discourse *story = &r->chapter->story;
    const struct entity *subject = entity_at(r->chapter->entities, story->subject);
    struct filler owner = subject && subject->type == ENTITY_ORG ? filler_entity(r, story->subject)
                                                                 : (struct filler){.entity = -1};
    keep(r, category, colon + 1, owner, "member.area", 0.97);
}

/* "Orbex anunció la nueva sede, con varias salas: A, B y C": the sede of Orbex has them. */
static struct filler equipped(const struct reading *r, int category)
{
    const struct filler none = {.entity = -1};
    bool with = chunk_is(r, category - 1, CHUNK_PREPOSITION) &&
                word_in(token_at(r, chunk_at(r, category - 1)->first)->form->low, "con") &&
                chunk_is(r, category - 2, CHUNK_COMMA) && chunk_is(r, category - 3, CHUNK_NOUN);
    const struct chunk *what = with ? chunk_at(r, category - 3) : NULL;
    if (!what || what->determiner < 0 || !token_has(r, what->determiner, IS_ARTICLE) ||
        token_has(r, what->determiner, IS_INDEFINITE))
        return none;
    list_each (const struct clause, clause, &r->clauses) {
        double confidence;
        if (clause->object != category - 3 || clause->phrase || !clause_asserts(clause))
            continue;
        struct filler maker = story_subject(r, clause, &confidence), owner = filler_noun(r, category - 3);
        if (maker.entity < 0 || confidence < 0.95)
            return none;
        if (owner.entity < 0)
            owner.text =
                str_format(r->chapter->arena, "%.*s de %.*s", STR_ARG(owner.text), STR_ARG(maker.text));
        return owner;
    }
    return none;
}

/* "El estatuto creaba dos cámaras: A y B": which two, of the doer and by its verb; false if nobody is named. */
static bool told_by_doer(struct reading *r, int colon, int members)
{
    const struct chunk *category = chunk_at(r, colon - 1);
    list_each (const struct clause, clause, &r->clauses) {
        double confidence;
        if (clause->object != colon - 1 || clause->phrase || !clause_asserts(clause) || clause->opinion ||
            chunk_at(r, clause->verb)->verb.tail.len ||
            (int)token_at(r, category->numeral)->form->number != members)
            continue;
        struct filler owner = story_subject(r, clause, &confidence);
        if (!filler_is_set(&owner) || confidence < 0.95)
            return false;
        struct fact fact = draft(r, "member", "member.doer", sure);
        fact.verb = chunk_at(r, clause->verb)->verb;
        draft_add(r, &fact, "category", filler_tokens(r, category->numeral + 1, category->end));
        add_members(r, &fact, colon + 1, (int)r->chunks.count);
        draft_add(r, &fact, "owner", owner);
        draft_keep(r, &fact);
        return true;
    }
    return false;
}

/* "…, con varias divisiones: A, B, C": the noun phrase right before the colon. */
static void from_colon(struct reading *r, int colon)
{
    if (!token_is_mark(r, chunk_at(r, colon)->first, ':') || !chunk_is(r, colon - 1, CHUNK_NOUN) ||
        !chunk_is(r, colon + 1, CHUNK_NOUN))
        return;
    const struct chunk *category = chunk_at(r, colon - 1);
    int names, members = count_members(r, colon + 1, (int)r->chunks.count, &names);
    if (category->name >= 0 || !category->plural || members < 2 || chunk_is(r, 0, CHUNK_PREPOSITION))
        return;
    if (members > 12)
        return;
    if (category->numeral >= 0 && told_by_doer(r, colon, members))
        return;
    struct filler filler = filler_noun(r, colon - 1), owner = equipped(r, colon - 1);
    if (filler_is_set(&owner) && category->determiner == category->first)
        filler = filler_tokens(r, category->first + 1, category->end); /* "varias divisiones" */
    keep(r, filler, colon + 1, owner, "member.colon", names == members ? sure : 0.95);
}

/* "Hablo de A y B", "Eran A y B": the counted ones of a sentence before, by name; "A con X" names A. */
static void from_naming(struct reading *r)
{
    const struct discourse *story = &r->chapter->story;
    int first = chunk_is(r, 0, CHUNK_VERB) ? 1 : -1, names[4], count = 0;
    if (first < 0 || !story->counted.count || r->sentence - story->counted.sentence > 2 ||
        !word_in(chunk_at(r, 0)->verb.lemma, "hablar,referir,tratar,ser"))
        return;
    if (chunk_is(r, first, CHUNK_PREPOSITION))
        first++;
    for (int i = first; i < (int)r->chunks.count; i++) {
        bool companion = chunk_is(r, i - 1, CHUNK_PREPOSITION) && i > first;
        if (!chunk_is(r, i, CHUNK_NOUN) || companion)
            continue;
        if (chunk_at(r, i)->name < 0 || count == 4)
            return;
        names[count++] = i;
    }
    if (count < 2 || count != story->counted.count)
        return;
    struct fact fact = draft(r, "member", "member.subjects", 0.95);
    draft_add(r, &fact, "category", (struct filler){.entity = -1, .text = story->counted.category});
    for (int i = 0; i < count; i++)
        draft_add(r, &fact, "member", filler_noun(r, names[i]));
    draft_add(r, &fact, "predicate", (struct filler){.entity = -1, .text = story->counted.predicate});
    draft_keep(r, &fact);
}

/* "Tres gremios fundaron Orbex: A, B y C": who the counted ones were, asked for by what they did. */
static void from_subjects(struct reading *r, int colon)
{
    if (!token_is_mark(r, chunk_at(r, colon)->first, ':') || !chunk_is(r, colon + 1, CHUNK_NOUN))
        return;
    const struct clause *told = NULL;
    list_each (const struct clause, clause, &r->clauses)
        if (clause->end >= colon && clause->verb < colon && !clause->phrase && clause->kind == CLAUSE_MAIN)
            told = clause;
    const struct chunk *subject = told ? chunk_at(r, told->subject) : NULL;
    if (!subject || told->subject > told->verb || subject->numeral < 0 || subject->name >= 0 ||
        !subject->plural || !clause_asserts(told) || told->opinion || subject->numeral + 1 >= subject->end)
        return;
    int wanted = (int)token_at(r, subject->numeral)->form->number, starts[8], count = 0;
    for (int i = colon + 1; i >= 0 && count < 8; i = coordination_next(r, i, (int)r->chunks.count))
        starts[count++] = i;
    if (wanted < 2 || count < wanted || count > wanted + 1)
        return;
    struct fact fact = draft(r, "member", "member.subjects", sure);
    fact.verb = chunk_at(r, told->verb)->verb;
    draft_add(r, &fact, "category", filler_tokens(r, subject->numeral + 1, subject->end));
    for (int i = 0; i < wanted; i++) { /* "los talleres y grupos de estudio" are one of them */
        int last = i + 1 < wanted ? starts[i] : starts[count - 1];
        draft_add(r, &fact, "member",
                  filler_tokens(r, chunk_at(r, starts[i])->first, chunk_at(r, last)->end));
    }
    draft_add(r, &fact, "predicate",
              filler_tokens(r, chunk_at(r, told->verb)->first, chunk_at(r, colon - 1)->end));
    draft_keep(r, &fact);
}

/* "la puesta a punto de los modelos libres, como A y B": the plural inside the phrase is what A and B are. */
static struct filler plural_inside(const struct reading *r, const struct chunk *c)
{
    for (int i = c->end - 2; i > c->first; i--)
        if (cue_is(r, i, CUE_OF) && token_has(r, i + 1, IS_ARTICLE) &&
            token_at(r, i + 1)->form->plural == 'p' && c->end - i > 2)
            return filler_tokens(r, i + 2, c->end);
    return (struct filler){.entity = -1};
}

/* Where "such as" begins behind the category at `i`: at once, or behind one more phrase "en la fecha". */
static int lead_of(const struct reading *r, int i)
{
    int at = i + 1;
    if (chunk_is(r, at, CHUNK_PREPOSITION) && chunk_is(r, at + 1, CHUNK_NOUN) &&
        chunk_is(r, at + 2, CHUNK_COMMA) && chunk_at(r, at + 1)->name < 0)
        at += 2;
    return chunk_is(r, at, CHUNK_COMMA) ? at + 1 : at;
}

/* "modelos como A, B y C", "labs such as A and B", "tribes, including A and B". */
static void from_such_as(struct reading *r, int i)
{
    int at = lead_of(r, i);
    const struct chunk *lead = chunk_at(r, at);
    if (!lead)
        return;
    int length = phrase_at(r, lead->first, PHRASE_SUCH_AS, NULL);
    if (!length)
        return;
    int members_at = at;
    while (chunk_at(r, members_at) && chunk_at(r, members_at)->first < lead->first + length)
        members_at++;
    if (chunk_at(r, members_at - 1)->end != lead->first + length || !chunk_is(r, members_at, CHUNK_NOUN))
        return;
    const struct chunk *category = chunk_at(r, i);
    int names, members = count_members(r, members_at, (int)r->chunks.count, &names);
    struct filler kind = category->plural ? filler_noun(r, i) : plural_inside(r, category);
    bool open = names == members - 1 && names > 1; /* "A, B, C, etc." */
    if (category->name >= 0 || !filler_is_set(&kind) || (names < members && !open) || members < 1)
        return;
    keep(r, kind, members_at, (struct filler){.entity = -1}, "member.such-as", sure);
}

/* "talleres de A, B, C", "investigadores de A, B, C": three names or more behind "of". */
static void from_of(struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    const struct token *last = token_at(r, c->end - 1);
    if (last->name < 0 || c->name >= 0 || !c->plural)
        return;
    const struct name *name = &r->names.items[last->name];
    if (name->first - 2 < c->first || !cue_is(r, name->first - 1, CUE_OF))
        return;
    int names, next = coordination_next(r, i, (int)r->chunks.count);
    if (next < 0)
        return;
    int members = count_members(r, next, (int)r->chunks.count, &names);
    if (members < 2 || names < members)
        return;
    struct filler category = filler_tokens(r, c->first, name->first - 1);
    struct fact fact = draft(r, "member", "member.of", 0.95);
    draft_add(r, &fact, "category", category);
    draft_add(r, &fact, "member", filler_name(r, last->name));
    add_members(r, &fact, next, (int)r->chunks.count);
    draft_keep(r, &fact);
}

/* The last name before token `i` outside brackets: whose sizes, parts or members they are. */
static const struct name *owner_before(const struct reading *r, int i)
{
    const struct name *owner = NULL;
    list_each (const struct name, name, &r->names)
        if (name->end <= i && r->tokens.items[name->first].depth == 0)
            owner = name;
    return owner;
}

/* "Foo 3, en tres tamaños (A, B y C), siendo A el más pequeño". */
static void from_bracket(struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    int bracket = bracket_of(r, i);
    if (bracket < 0 || c->name >= 0 || !c->plural)
        return;
    const struct chunk *b = chunk_at(r, bracket);
    struct fact fact = draft(r, "member", "member.bracket", sure);
    int first = c->numeral >= 0 ? c->numeral + 1 : c->first;
    draft_add(r, &fact, "category", filler_tokens(r, first, c->end));
    int names = 0;
    for (int k = b->first + 1; k < b->end - 1; k++) {
        const struct token *t = token_at(r, k);
        if (t->name >= 0) {
            draft_add(r, &fact, "member", filler_name(r, t->name));
            k = r->names.items[t->name].end - 1;
            names++;
        } else if (!token_is_mark(r, k, ',') && !token_has(r, k, IS_COORDINATOR)) {
            return;
        }
    }
    const struct name *owner = owner_before(r, c->first);
    if (owner)
        draft_add(r, &fact, "owner", filler_name(r, (int)(owner - r->names.items)));
    if (names >= 2 && fact.roles.count > 2)
        draft_keep(r, &fact);
}

/* "en tres tamaños (A, B y C)": what the names of this sentence are, "tamaño"; empty if it does not say. */
static struct str kind_in_bracket(const struct reading *r)
{
    for (int i = 0; i < (int)r->chunks.count; i++) {
        const struct chunk *c = chunk_at(r, i);
        const struct noun *noun = c->kind == CHUNK_NOUN && c->name < 0 && c->plural && bracket_of(r, i) >= 0
                                      ? token_at(r, c->end - 1)->form->noun
                                      : NULL;
        if (noun)
            return noun->singular;
    }
    return (struct str){0};
}

/* "A el más pequeño y B el más grande": a name and its superlative, of the family named before. */
static void from_extreme(struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i), *next = chunk_at(r, i + 1);
    if (c->name < 0 || !next || next->kind != CHUNK_NOUN || next->name >= 0 || next->first != c->end ||
        !phrase_at(r, next->first, PHRASE_SUPERLATIVE, NULL) || next->end - next->first > 4)
        return;
    const struct name *owner = NULL;
    list_each (const struct name, name, &r->names) {
        const struct entity *e = entity_at(r->chapter->entities, name->entity);
        if (name->end <= c->first && e && e->type == ENTITY_WORK && r->tokens.items[name->first].depth == 0 &&
            name->entity != r->names.items[c->name].entity && name->end - name->first > 1)
            owner = name;
    }
    if (!owner)
        return;
    struct fact fact = draft(r, "superlative", "superlative.extreme", sure);
    struct filler class = filler_tokens(r, next->first, next->end);
    struct str kind = kind_in_bracket(r), rest = class.text, article = {0};
    if (kind.len && r->chapter->spanish && str_split(&rest, ' ', &article)) /* "el tamaño más pequeño" */
        class.text =
            str_format(r->chapter->arena, "%.*s %.*s %.*s", STR_ARG(article), STR_ARG(kind), STR_ARG(rest));
    else if (kind.len)
        class.text = str_format(r->chapter->arena, "%.*s %.*s", STR_ARG(class.text), STR_ARG(kind));
    class.text = str_format(r->chapter->arena, "%.*s %s %.*s", STR_ARG(class.text),
                            r->chapter->spanish ? "de" : "of", STR_ARG(owner->text));
    draft_add(r, &fact, "entity", filler_name(r, c->name));
    draft_add(r, &fact, "class", class);
    draft_keep(r, &fact);
}

void find_lists(struct reading *r)
{
    if (r->block->kind == BLOCK_QUOTE || r->block->kind == BLOCK_HEADING)
        return;
    from_area(r);
    from_naming(r);
    for (int i = 0; i < (int)r->chunks.count; i++) {
        if (chunk_is(r, i, CHUNK_STOP)) {
            from_colon(r, i);
            from_subjects(r, i);
        }
        if (chunk_is(r, i, CHUNK_NOUN)) {
            from_such_as(r, i);
            from_of(r, i);
            from_bracket(r, i);
            from_extreme(r, i);
        }
    }
}
