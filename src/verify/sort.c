/* Is the answer the sort of thing that the question asks for? */
#include "verify/checking.h"
#include "verify/passage.h"

#include "base/translate.h"
#include "text/text.h"

#include <string.h>

/* What the words of a question want, in either language. */
static const struct {
    const char *words;
    enum { WANTS_DATE, WANTS_NUMBER, WANTS_DOER, WANTS_PLACE } want;
} asking[] = {
    {"cuándo", WANTS_DATE},         {"en qué año", WANTS_DATE},    {"en qué fecha", WANTS_DATE},
    {"en qué mes", WANTS_DATE},     {"when", WANTS_DATE},          {"in what year", WANTS_DATE},
    {"in which year", WANTS_DATE},  {"on which date", WANTS_DATE}, {"cuántos", WANTS_NUMBER},
    {"cuántas", WANTS_NUMBER},      {"how many", WANTS_NUMBER},    {"how old", WANTS_NUMBER},
    {"quién", WANTS_DOER},          {"quiénes", WANTS_DOER},       {"who", WANTS_DOER},
    {"whom", WANTS_DOER},           {"qué país", WANTS_PLACE},     {"qué ciudad", WANTS_PLACE},
    {"which country", WANTS_PLACE}, {"which city", WANTS_PLACE},
};

static bool has_words(const struct gist *gist, struct str words)
{
    for (size_t i = 0; i < gist->terms.count; i++) {
        struct str rest = words, word;
        size_t at = i;
        bool all = true;
        while (all && str_split(&rest, ' ', &word))
            all = at < gist->terms.count && str_equal(gist->terms.items[at++].word->low, word);
        if (all)
            return true;
    }
    return false;
}

static bool has_find(const struct gist *gist, enum find_kind kind)
{
    list_each (const struct find, find, &gist->finds)
        if (find->kind == kind)
            return true;
    return false;
}

static bool has_number(const struct gist *gist)
{
    list_each (const struct term, term, &gist->terms)
        if (term->word->number || term->word->count_word || term->negation)
            return true;
    return false;
}

static bool has_time_words(const struct gist *gist)
{
    list_each (const struct term, term, &gist->terms)
        if (term->word->number || term->word->month)
            return true;
    return false;
}

/* The one entity that the answer is; -1 if it is more, less or none. */
static int answer_entity(const struct checking *c)
{
    int entity = -1, names = 0;
    list_each (const struct find, find, &c->answer.finds)
        if (find->kind == FIND_NAME)
            entity = find->entity, names++;
    return names == 1 ? entity : -1;
}

static enum entity_type answer_type(const struct checking *c)
{
    int entity = answer_entity(c);
    if (entity < 0 && c->answer.terms.count == 1 && c->answer.terms.items[0].capital &&
        c->answer.terms.items[0].word->place >= 0)
        return ENTITY_PLACE;
    return entity < 0 ? ENTITY_UNKNOWN : c->chapter->facts->entities.items[entity].type;
}

/* "CEO": a post, not whoever holds it. */
static bool is_title(const struct checking *c)
{
    struct sense sense;
    struct str written = c->answer.terms.count == 1 ? gist_slice(&c->answer, 0, 1) : (struct str){0};
    return written.len > 1 && str_equal(written, text_upper(c->arena, written)) &&
           language_sense(lexis_language(c->chapter->lexis), c->answer.terms.items[0].word->low, SENSE_ROLE,
                          &sense);
}

/* A country may do things, but where the passage has somebody else, a place is not who was asked for. */
static bool passage_has_doer(const struct checking *c)
{
    struct spots spots = {0};
    passage_spots(c->arena, c->chapter, c->first, c->end, FIND_NAME, &spots);
    list_each (const struct spot, spot, &spots) {
        enum entity_type type = c->chapter->facts->entities.items[spot->find->entity].type;
        bool named = false;
        list_each (const struct find, find, &c->prompt.finds)
            named |= find->kind == FIND_NAME && find->entity == spot->find->entity;
        if (!named && (type == ENTITY_PERSON || type == ENTITY_ORG))
            return true;
    }
    return false;
}

static bool follows_preposition(const struct checking *c, int place)
{
    static const char *const prepositions[] = {"en", "in", "at", NULL};
    for (const char *const *word = prepositions; place > c->first && *word; word++)
        if (str_equal(chapter_term(c->chapter, place - 1)->word->low, str_from(*word)))
            return true;
    return false;
}

/* A place of the language, or words that the passage has behind a preposition or with none of its names. */
static bool could_be_place(const struct checking *c)
{
    const struct term *first = c->answer.terms.items;
    if (!c->answer.terms.count || !has_find(&c->answer, FIND_NAME))
        return true;
    for (int place = c->first; place < c->end; place++)
        if (chapter_term(c->chapter, place)->word->id == first->word->id &&
            (first->word->place >= 0 ||
             (place > c->first && chapter_term(c->chapter, place - 1)->word->function)))
            return true;
    return false;
}

/* "en Oviedo": wherever the passage names it, it is where something happens. */
static bool is_where(const struct checking *c)
{
    const struct term *first = c->answer.terms.items;
    bool any = false;
    if (answer_type(c) == ENTITY_PERSON || !c->answer.terms.count)
        return false;
    for (int place = c->first; place < c->end; place++)
        if (chapter_term(c->chapter, place)->word->id == first->word->id) {
            if (!follows_preposition(c, place))
                return false;
            any = true;
        }
    return any;
}

static bool satisfies(const struct checking *c, int want)
{
    enum entity_type type = answer_type(c);
    switch (want) {
    case WANTS_DATE:
        return has_find(&c->answer, FIND_DATE) || has_time_words(&c->answer) ||
               !has_find(&c->answer, FIND_NAME);
    case WANTS_NUMBER:
        return has_number(&c->answer);
    case WANTS_DOER:
        if ((type == ENTITY_PLACE || is_where(c)) && passage_has_doer(c))
            return false;
        return !is_title(c) && !(answer_entity(c) >= 0 && has_number(&c->answer)) && type != ENTITY_WORK &&
               type != ENTITY_TERM && !has_find(&c->answer, FIND_DATE);
    default:
        return type == ENTITY_PLACE || (type == ENTITY_UNKNOWN && could_be_place(c));
    }
}

/* "qué empresa", "which company": the class noun behind the question word; NULL if there is none. */
static const struct noun *asked_noun(const struct checking *c)
{
    const struct language *language = lexis_language(c->chapter->lexis);
    for (size_t i = 0; i + 1 < c->prompt.terms.count; i++) {
        struct sense sense;
        if (language_sense(language, c->prompt.terms.items[i].word->low, SENSE_QUESTION, &sense) &&
            language_sense(language, c->prompt.terms.items[i + 1].word->low, SENSE_NOUN, &sense) &&
            sense.noun)
            return sense.noun;
    }
    return NULL;
}

/* "qué investigador", "which general". */
static bool asks_for_person(const struct checking *c)
{
    const struct language *language = lexis_language(c->chapter->lexis);
    struct sense sense;
    for (size_t i = 0; i + 1 < c->prompt.terms.count; i++)
        if (language_sense(language, c->prompt.terms.items[i].word->low, SENSE_QUESTION, &sense) &&
            language_sense(language, c->prompt.terms.items[i + 1].word->low, SENSE_ROLE, &sense))
            return true;
    return false;
}

static enum entity_type type_named(struct str name)
{
    static const char *const names[] = {[ENTITY_ORG] = "org",
                                        [ENTITY_PERSON] = "person",
                                        [ENTITY_WORK] = "work",
                                        [ENTITY_PLACE] = "place",
                                        [ENTITY_EVENT] = "event"};
    for (size_t i = 1; i < sizeof names / sizeof *names; i++)
        if (names[i] && str_equal(name, str_from(names[i])))
            return (enum entity_type)i;
    return ENTITY_UNKNOWN;
}

void check_sort(struct checking *c)
{
    for (size_t i = 0; i < sizeof asking / sizeof *asking; i++)
        if (has_words(&c->prompt, str_from(asking[i].words)) && !satisfies(c, asking[i].want)) {
            blame(c, OTHER_SORT, NULL);
            return;
        }
    if (asks_for_person(c) && answer_type(c) != ENTITY_UNKNOWN && answer_type(c) != ENTITY_PERSON) {
        blame(c, OTHER_SORT, NULL);
        return;
    }
    const struct noun *noun = asked_noun(c);
    enum entity_type wanted = noun ? type_named(noun->type) : ENTITY_UNKNOWN, type = answer_type(c);
    bool known = wanted != ENTITY_UNKNOWN && type != ENTITY_UNKNOWN && type != ENTITY_TERM;
    if (known && wanted != type)
        blame(c, OTHER_SORT, "%.*s", STR_ARG(noun->singular));
}
