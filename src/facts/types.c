#include "facts/types.h"

#include "facts/chapter.h"
#include "facts/cues.h"
#include "facts/forms.h"
#include "facts/names.h"
#include "facts/tokens.h"

static const struct {
    const char *name;
    enum entity_type type;
} types[] = {{"org", ENTITY_ORG},     {"person", ENTITY_PERSON}, {"work", ENTITY_WORK},
             {"place", ENTITY_PLACE}, {"event", ENTITY_EVENT},   {"term", ENTITY_TERM}};

enum entity_type entity_type_from(struct str word)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_equal(word, str_from(types[i].name)))
            return types[i].type;
    return ENTITY_UNKNOWN;
}

struct str entity_type_name(enum entity_type type)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].type == type)
            return str_from(types[i].name);
    return (struct str){0};
}

static void vote(const struct reading *r, const struct name *name, enum entity_type type, double weight)
{
    entity_vote(r->chapter, name->entity, type, weight);
}

static void vote_class(const struct reading *r, const struct name *name, int token, double weight)
{
    const struct form *form = token_at(r, token)->form;
    const struct form *own = token_at(r, name->first)->form;
    if (!form->noun || (name->end - name->first == 1 && (own->flags & (IS_PLACE | IS_DEMONYM)) &&
                        !str_equal(form->noun->type, STR("place"))))
        return;
    vote(r, name, entity_type_from(form->noun->type), weight);
    struct entity *e = entity_at(r->chapter->entities, name->entity);
    if (!e->class_noun.len) {
        e->class_noun = form->noun->singular;
        e->gender = form->noun->gender;
    }
}

static bool among(struct str word, const char *list)
{
    struct str rest = str_from(list), item;
    while (str_split(&rest, ',', &item))
        if (str_equal(item, word))
            return true;
    return false;
}

/* "J", "J.R": initials in front of a surname. */
static bool is_initials(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (i % 2 ? text.ptr[i] != '.' : text.ptr[i] < 'A' || text.ptr[i] > 'Z')
            return false;
    return text.len > 0 && (text.len == 1 || str_contains(text, STR(".")));
}

/* The class noun before "of" inside a name: "Lark Company of Avila"; -1. */
static int inner_class(const struct reading *r, const struct name *name)
{
    for (int i = name->first + 1; i + 1 < name->end; i++)
        if (cue_is(r, i + 1, CUE_OF) && token_has(r, i, IS_CLASS_NOUN))
            return i;
    return -1;
}

/* Its own words: "Treaty of Avila", "Lugo Computing Centre", "Ana Ruiz", "Zeta 2". */
static void vote_inside(const struct reading *r, const struct name *name)
{
    const struct token *first = token_at(r, name->first), *last = token_at(r, name->end - 1);
    int length = name->end - name->first;
    struct entity *e = entity_at(r->chapter->entities, name->entity);
    if ((first->form->flags & IS_FIRST_NAME) && length > 1 && !e->gender)
        e->gender = first->form->gender;
    if (length > 1 && length < 5 && (forms_get(&r->chapter->forms, name->text)->flags & IS_PLACE)) {
        vote(r, name, ENTITY_PLACE, 5);
        return;
    }
    if (str_contains(name->text, STR(" v. ")) || str_contains(name->text, STR(" vs. ")))
        return; /* "Lark v. Board of Avila" is no board */
    if (length > 1 && first->form->noun && (first->form->flags & IS_CLASS_NOUN))
        vote_class(r, name, name->first, 4);
    else if (length == 2 && (first->form->flags & IS_FIRST_NAME) && last->form->noun &&
             str_equal(last->form->noun->plural, last->form->low) &&
             !str_equal(last->form->noun->singular, last->form->low) && !r->chapter->spanish)
        vote(r, name, ENTITY_PERSON, 3); /* "Rosa Parks" is no park */
    else if (last->form->noun && (last->form->flags & IS_CLASS_NOUN) && length > 1)
        vote_class(r, name, name->end - 1, 4);
    else if (inner_class(r, name) > 0)
        vote_class(r, name, inner_class(r, name), 4);
    else if (length > 1 && length < 5 && (first->form->flags & IS_FIRST_NAME) && last->kind == TOKEN_WORD)
        vote(r, name, ENTITY_PERSON, 3);
    else if (length == 1 && (first->form->flags & IS_FIRST_NAME))
        vote(r, name, ENTITY_PERSON, 1);
    if (length > 1 && (first->form->flags & (IS_TITLE | IS_ROLE)) && !(first->form->flags & IS_CLASS_NOUN))
        vote(r, name, ENTITY_PERSON, 3);
    if (length > 1 && r->chapter->spanish &&
        among(last->form->low,
              "centre,center,university,institute,laboratory,laboratories,lab,labs,group,foundation,"
              "inc,corp,corporation,company,society,college,school,museum,systems,technologies"))
        vote(r, name, ENTITY_ORG, 3);
    if (length > 1 && length < 5 && is_initials(first->form->text) && last->kind == TOKEN_WORD)
        vote(r, name, ENTITY_PERSON, 3);
    if (length == 1 && (first->form->flags & IS_PLACE))
        vote(r, name, ENTITY_PLACE, 3);
    if (length > 1 && last->kind == TOKEN_NUMBER)
        vote(r, name, ENTITY_WORK, 3);
}

/* "la startup danesa Orbex", "the founder Ada Smith": the words in front, up to the determiner. */
static void vote_before(const struct reading *r, const struct name *name)
{
    for (int i = name->first - 1, steps = 0; i >= 0 && steps < 3; i--, steps++) {
        const struct token *t = token_at(r, i);
        if (t->kind == TOKEN_MARK || t->name >= 0)
            return;
        if (t->form->flags & (IS_CLASS_NOUN | IS_ROLE | IS_TITLE)) {
            if (t->form->flags & IS_CLASS_NOUN)
                vote_class(r, name, i, 3);
            else
                vote(r, name, ENTITY_PERSON, 3);
            return;
        }
        bool names = token_is(r, i, "named") || token_is(r, i, "called");
        if ((t->form->flags & IS_FUNCTION) ||
            (!r->chapter->spanish && form_verb(t->form, FORM_PAST) && !names))
            return; /* "programmers left Orbex": Orbex is no programmer */
    }
}

static bool word_in_org(struct str low)
{
    return among(
        low, "board,employees,staff,headquarters,shareholders,engineers,researchers,investors,subsidiary");
}

static bool word_in_copula(struct str low)
{
    return among(low, "es,fue,era,is,was");
}

/* "a Dutch economist", "the young pastor": a role behind at most two words. */
static bool explains_person(const struct reading *r, int i)
{
    for (int end = i + 3; i < end; i++) {
        const struct token *t = token_at(r, i);
        if (!t || t->kind != TOKEN_WORD || (t->form->flags & IS_FUNCTION))
            return false;
        if (t->form->flags & IS_ROLE)
            return true;
        if (r->chapter->spanish || (t->form->flags & IS_CLASS_NOUN))
            return false;
    }
    return false;
}

static void vote_context(const struct reading *r, const struct name *name)
{
    int before = name->first - 1;
    const struct token *next = token_at(r, name->end);
    while (next && next->kind == TOKEN_WORD &&
           phrase_at(r, (int)(next - r->tokens.items), PHRASE_NEGATION, NULL) == 1)
        next = token_at(r, (int)(next - r->tokens.items) + 1);
    if (cue_is(r, before, CUE_ARTICLE))
        before--;
    if (cue_is(r, before, CUE_OF) && token_has(r, before - 1, IS_ROLE))
        vote(r, name, ENTITY_ORG, 2);
    else if (token_is(r, before, "en") || token_is(r, before, "in"))
        vote(r, name, ENTITY_PLACE,
             token_at(r, before - 1) && token_at(r, before - 1)->form->verb_count ? 0 : 0.4);
    const struct token *verb = token_at(r, before);
    if (verb && verb->form->verb_count && verb->form->verbs[0].verb->relations.count &&
        str_equal(verb->form->verbs[0].verb->relations.items[0], STR("release")))
        vote(r, name, ENTITY_WORK, 2);
    if (!next)
        return;
    if (next->form->verb_count && next->kind == TOKEN_WORD && !(next->form->flags & IS_FUNCTION)) {
        const struct verb *v = next->form->verbs[0].verb;
        if (v->relations.count && str_equal(v->relations.items[0], STR("release")) && !v->weak)
            vote(r, name, v->intransitive ? ENTITY_WORK : ENTITY_ORG, 1);
        else if (v->attitude)
            vote(r, name, ENTITY_PERSON, 1);
    }
    /* "Acme's CTO", "Acme employees", "X es una distribución": what comes behind says what it is. */
    int behind = name->end;
    bool owner = token_is(r, behind, "'s") || token_is(r, behind, "’s");
    const struct token *owned = token_at(r, behind + owner);
    if (owned && (owned->form->flags & IS_ROLE) && !owned->upper && !r->chapter->spanish)
        vote(r, name, ENTITY_ORG, owner ? 1 : 2);
    else if (owner && owned && (owned->form->flags & IS_ROLE))
        vote(r, name, ENTITY_ORG, 2);
    else if (owner && owned && word_in_org(owned->form->low))
        vote(r, name, ENTITY_ORG, 2);
    if (word_in_copula(next->form->low))
        for (int i = behind + 1; i < behind + 6 && token_at(r, i) && r->tokens.items[i].kind == TOKEN_WORD &&
                                 r->tokens.items[i].name < 0 && !token_is(r, i, "by");
             i++)
            if (token_has(r, i, IS_CLASS_NOUN)) {
                vote_class(r, name, i, 2.5);
                break;
            }
    if (next->mark == '(' && next->partner > name->end) {
        const struct token *in = token_at(r, name->end + 1);
        if (in->form->flags & IS_ROLE)
            vote(r, name, ENTITY_PERSON, 3);
        else if (in->time >= 0)
            vote(r, name, r->times.items[in->time].value.range ? ENTITY_EVENT : ENTITY_WORK, 1);
        else if (token_is_size(in->form->text))
            vote(r, name, ENTITY_WORK, 2);
    }
    /* "un taller en Lugo: FOO" announces what the name is. */
    if (token_is_mark(r, name->first - 1, ':'))
        for (int i = name->first - 2; i > 0 && i > name->first - 14 && r->tokens.items[i].kind != TOKEN_MARK;
             i--)
            if (token_has(r, i, IS_CLASS_NOUN) &&
                (token_has(r, i - 1, IS_INDEFINITE) ||
                 (!r->chapter->spanish && token_has(r, i - 2, IS_INDEFINITE)))) {
                vote_class(r, name, i, 2);
                break;
            }
    const struct token *region = token_at(r, name->end + 1);
    if (next->mark == ',' && region && (region->form->flags & IS_PLACE) && !r->chapter->spanish &&
        token_has(r, name->first - 1, IS_PREPOSITION))
        vote(r, name, ENTITY_PLACE, 2); /* "in Little Avila, Maine" */
    if (next->mark == '(' && phrase_at(r, name->end + 1, PHRASE_RELATION, NULL))
        vote(r, name, ENTITY_ORG, 2);
    if (next->mark == ',' && token_has(r, name->end + 1, IS_ROLE))
        vote(r, name, ENTITY_PERSON, 3);
    if (next->mark == ',' && token_has(r, name->end + 1, IS_ARTICLE) &&
        token_has(r, name->end + 2, IS_CLASS_NOUN))
        vote_class(r, name, name->end + 2, 2);
    else if (next->mark == ',' && token_has(r, name->end + 1, IS_ARTICLE) &&
             explains_person(r, name->end + 2))
        vote(r, name, ENTITY_PERSON, 3);
}

/* "the Acme lab": the article is the lab's. */
static bool qualifies(const struct reading *r, const struct name *name)
{
    const struct token *next = token_at(r, name->end);
    return next && next->kind == TOKEN_WORD && !next->upper && next->blank &&
           !(next->form->flags & IS_FUNCTION) && !next->form->verb_count;
}

static void note_mention(struct reading *r, struct name *name)
{
    struct entity *e = entity_at(r->chapter->entities, name->entity);
    e->mentions++;
    if (e->first_sentence < 0)
        e->first_sentence = r->chapter->sentences_before + r->sentence;
    e->bold |= token_at(r, name->first)->strong;
    e->heading |= r->block->kind == BLOCK_HEADING;
    bool contracted = token_is(r, name->first - 1, "del") || token_is(r, name->first - 1, "al");
    if (contracted) {
        e->article = true;
        e->gender = e->gender ? e->gender : 'm';
    }
    if (name->first > 0 && token_has(r, name->first - 1, IS_ARTICLE) &&
        !token_has(r, name->first - 1, IS_INDEFINITE)) {
        e->article = true;
        e->articles += !qualifies(r, name);
        const struct form *article = token_at(r, name->first - 1)->form;
        if (!e->gender)
            e->gender = article->gender;
        e->plural |= article->plural == 'p';
    }
}

/* "NAME (OTHER)" where one abbreviates the other: two spellings of one thing. */
static bool abbreviates(struct str sign, struct str meaning)
{
    size_t at = 0;
    struct str rest = meaning, word;
    bool any = false;
    while (str_split(&rest, ' ', &word)) {
        struct str piece;
        while (str_split(&word, '-', &piece)) {
            if (!piece.len)
                continue;
            char c = piece.ptr[0];
            bool capital = c >= 'A' && c <= 'Z';
            char wanted = at < sign.len ? sign.ptr[at] : 0;
            if (capital && wanted == c)
                at++, any = true;
            else if (capital && at < sign.len)
                return false;
        }
    }
    return any && at == sign.len;
}

static void learn_alias(struct reading *r, const struct name *name)
{
    int open = name->end;
    if (!token_is_mark(r, open, '('))
        return;
    const struct token *in = token_at(r, open + 1);
    if (!in || in->name < 0)
        return;
    const struct name *other = &r->names.items[in->name];
    if (other->end != token_at(r, open)->partner || other->entity == name->entity)
        return;
    if (abbreviates(other->text, name->text))
        entity_alias(r->chapter, name->entity, other->text);
    else if (abbreviates(name->text, other->text))
        entity_alias(r->chapter, name->entity, other->text);
}

void types_learn(struct reading *r)
{
    list_each (struct name, name, &r->names)
        name->entity = entity_add(r->chapter, name->text);
    list_each (struct name, name, &r->names) {
        note_mention(r, name);
        vote_inside(r, name);
        vote_before(r, name);
        vote_context(r, name);
        learn_alias(r, name);
    }
}

void types_apply(struct reading *r)
{
    list_each (struct name, name, &r->names)
        name->entity = entity_find(r->chapter, name->text);
}
