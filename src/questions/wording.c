/* Noun phrases, their prepositions and the words that ask for them. */
#include "questions/writer.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "questions/index.h"
#include "text/text.h"

#include <string.h>

const struct entity *filler_entity_of(const struct writer *w, const struct filler *filler)
{
    return filler->entity >= 0 ? &w->facts->entities.items[filler->entity] : NULL;
}

enum entity_type filler_type_of(const struct writer *w, const struct filler *filler)
{
    const struct entity *entity = filler_entity_of(w, filler);
    return entity ? entity->type : ENTITY_UNKNOWN;
}

static struct str first_word(struct str text)
{
    size_t end = str_find(text, STR(" "), 0);
    return end == SIZE_MAX ? text : str_slice(text, 0, end);
}

static struct str rest_of(struct str text)
{
    size_t end = str_find(text, STR(" "), 0);
    return end == SIZE_MAX ? (struct str){0} : str_slice(text, end + 1, text.len);
}

static bool leading_article(const struct writer *w, struct str text, struct sense *ret)
{
    if (!rest_of(text).len)
        return false;
    return language_sense(w->language, text_lower(w->arena, first_word(text)), SENSE_ARTICLE, ret);
}

/* A class noun, role or determiner at the front tells gender and number; so does a numeral. */
static void read_agreement(const struct writer *w, struct str text, struct phrase_of *ret)
{
    struct str word = text_lower(w->arena, first_word(text));
    struct sense senses[SENSES_MAX];
    size_t count = language_senses(w->language, word, senses);
    for (size_t i = 0; i < count; i++) {
        const struct sense *s = &senses[i];
        bool agrees = s->kind == SENSE_ARTICLE || s->kind == SENSE_DETERMINER || s->kind == SENSE_NOUN ||
                      s->kind == SENSE_ROLE || s->kind == SENSE_DEMONYM;
        if (agrees && !ret->gender && (s->gender == 'm' || s->gender == 'f'))
            ret->gender = s->gender;
        if (agrees && s->number == 'p')
            ret->plural = true;
        if (s->kind == SENSE_NUMBER && s->value > 1)
            ret->plural = true;
        if (agrees && s->number)
            return;
    }
    if (word.len && word.ptr[0] >= '2' && word.ptr[0] <= '9')
        ret->plural = true;
}

/* "the planters", "colonists": the head noun of an English phrase is its last word before "of", "from", …;
 * the dictionary's stem tells whether it is a plural. */
static bool english_plural(const struct writer *w, struct str text)
{
    struct str rest = text, word, head = {0};
    struct sense sense;
    while (str_split(&rest, ' ', &word)) {
        if (head.len && language_sense(w->language, word, SENSE_PREPOSITION, &sense))
            break;
        head = word;
    }
    if (!str_ends(head, STR("s")) || str_ends(head, STR("ss")) || str_ends(head, STR("us")))
        return language_sense(w->language, head, SENSE_NOUN, &sense) && sense.number == 'p' &&
               !str_equal(sense.noun->singular, sense.noun->plural);
    uint32_t first = 0;
    size_t at = 0;
    if (head.len)
        first = utf8_next(head, &at);
    if (text_is_upper(first) && !language_sense(w->language, head, SENSE_DEMONYM, &sense))
        return str_starts(text, STR("the ")) &&
               !language_is_ordinary(w->language, text_lower(w->arena, head));
    struct str stem = language_stem(w->language, w->arena, head);
    return stem.len && !str_equal(stem, head);
}

/* "estudiantes de Oslo": no article tells, the dictionary's stem does. */
static bool spanish_plural(const struct writer *w, struct str text)
{
    struct str word = first_word(text);
    if (str_equal(word, STR("ex")))
        word = first_word(rest_of(text));
    if (!str_ends(word, STR("s")) || has_name(word))
        return false;
    struct str stem = language_stem(w->language, w->arena, word);
    return stem.len && !str_equal(stem, word) && !str_ends(stem, STR("s"));
}

/* Voted a person, or not voted and named like one. */
bool is_person(const struct writer *w, const struct filler *filler)
{
    const struct entity *entity = filler_entity_of(w, filler);
    struct sense sense;
    if (!entity || entity->type != ENTITY_UNKNOWN)
        return entity && entity->type == ENTITY_PERSON;
    return language_sense(w->language, first_word(entity->name), SENSE_FIRST_NAME, &sense) &&
           rest_of(entity->name).len;
}

/* "Becquerel and the Curies": a first name or the surname of somebody known stands in it. */
bool names_a_person(const struct writer *w, struct str text)
{
    struct sense sense;
    struct str word;
    while (str_split(&text, ' ', &word))
        if (language_sense(w->language, word, SENSE_FIRST_NAME, &sense) ||
            (has_name(word) && multimap_first(&w->index->surnames, hash_str(word)) >= 0))
            return true;
    return false;
}

/* "el metaverso", "la Constitución de 1812" and events do; acronyms and products do without. */
static bool keeps_article(const struct writer *w, const struct entity *entity)
{
    size_t at = 0;
    if (!w->spanish)
        return entity->articles * 2 > entity->mentions - entity->heading && entity->type != ENTITY_PERSON;
    struct sense noun;
    bool told =
        rest_of(entity->name).len &&
        language_sense(w->language, text_lower(w->arena, first_word(entity->name)), SENSE_NOUN, &noun);
    return entity->article &&
           (entity->type == ENTITY_EVENT || entity->type == ENTITY_PLACE || told ||
            (entity->name.len && text_is_lower(utf8_next(entity->name, &at)) && !has_name(entity->name)));
}

/* Wars, treaties, prizes, rivers take an article in English. */
static bool wants_article(const struct writer *w, struct str name)
{
    struct sense sense;
    struct str rest = name, word, last = {0};
    while (str_split(&rest, ' ', &word))
        last = word;
    if (w->spanish || str_contains(name, STR("’s ")) || str_contains(name, STR("'s ")) ||
        str_equal(last, text_upper(w->arena, last)) || /* an acronym is no noun */
        !language_sense(w->language, text_lower(w->arena, last), SENSE_NOUN, &sense) || sense.number != 's')
        return false;
    return str_equal(sense.type, STR("event")) || str_equal(sense.noun->kind, STR("law")) ||
           str_equal(sense.noun->kind, STR("water")) || str_equal(sense.lemma, STR("prize")) ||
           str_equal(sense.lemma, STR("award")) || str_equal(sense.lemma, STR("empire"));
}

/* "the Salt and Iron War" keeps its article where the text of the filler has lost it. */
static struct str with_own_article(const struct writer *w, const struct entity *entity, struct str text)
{
    struct sense article;
    if (leading_article(w, text, &article) || entity->type == ENTITY_PERSON || !text.len)
        return text;
    if (!w->spanish)
        return str_concat(w->arena, STR("the "), text);
    const char *own = entity->gender == 'f'   ? (entity->plural ? "las " : "la ")
                      : entity->gender == 'm' ? (entity->plural ? "los " : "el ")
                                              : "";
    return str_concat(w->arena, str_from(own), text);
}

struct phrase_of phrase_of_filler(const struct writer *w, const struct filler *filler)
{
    struct phrase_of phrase = {.text = filler->text, .count = 1};
    const struct entity *entity = filler_entity_of(w, filler);
    struct sense first;
    if (entity &&
        (!phrase.text.len || str_contains(phrase.text, STR(",")) || str_contains(phrase.text, STR(" ("))))
        phrase.text = entity->name; /* without the apposition or bracket behind it */
    else if (entity && entity->type == ENTITY_PERSON && !rest_of(phrase.text).len &&
             language_sense(w->language, phrase.text, SENSE_FIRST_NAME, &first))
        phrase.text = entity->name; /* "Ana" alone is many */
    if (entity && (keeps_article(w, entity) || wants_article(w, entity->name)))
        phrase.text = with_own_article(w, entity, phrase.text);
    read_agreement(w, phrase.text, &phrase);
    if (entity) {
        phrase.person = is_person(w, filler);
        phrase.plural = phrase.plural || entity->plural;
        if (!phrase.gender)
            phrase.gender = entity->gender;
    }
    if (!w->spanish && !phrase.plural && !(entity && phrase.person))
        phrase.plural = english_plural(w, filler->text);
    if (w->spanish && !phrase.plural && !entity)
        phrase.plural = spanish_plural(w, filler->text);
    if (str_contains(filler->text, w->spanish ? STR(" y ") : STR(" and ")) && !entity)
        phrase.plural = true;
    return phrase;
}

bool phrase_of_role(const struct writer *w, const struct fact *fact, struct str role, struct phrase_of *ret)
{
    struct str parts[16];
    struct phrase_of all = {0};
    list_each (const struct filler, filler, &fact->roles) {
        if (!str_equal(filler->role, role) || all.count == 16)
            continue;
        struct phrase_of one = phrase_of_filler(w, filler);
        parts[all.count] = one.text;
        all = (struct phrase_of){.gender = all.count && all.gender != one.gender ? 'm' : one.gender,
                                 .plural = all.count || one.plural,
                                 .person = one.person,
                                 .count = all.count + 1};
    }
    if (!all.count)
        return false;
    all.text = join(w, parts, all.count);
    *ret = all;
    return true;
}

/* e before the sound of i (e Islandia), not before hie- and hia-; and only in Spanish. */
static const char *joiner(const struct writer *w, struct str next)
{
    if (!w->spanish)
        return " and ";
    struct str folded = text_fold(w->arena, next);
    bool i =
        str_starts(folded, STR("i")) || (str_starts(folded, STR("hi")) && !str_starts(folded, STR("hie")) &&
                                         !str_starts(folded, STR("hia")) && !str_starts(folded, STR("hio")));
    return i ? " e " : " y ";
}

struct str join(const struct writer *w, const struct str *parts, size_t count)
{
    struct str text = count ? parts[0] : (struct str){0};
    for (size_t i = 1; i < count; i++) {
        const char *between = i + 1 < count              ? ", "
                              : count > 2 && !w->spanish ? ", and "
                                                         : joiner(w, parts[i]);
        text = str_format(w->arena, "%.*s%s%.*s", STR_ARG(text), between, STR_ARG(parts[i]));
    }
    return text;
}

struct str with_preposition(const struct writer *w, struct str preposition, struct str text)
{
    if (!preposition.len)
        return text;
    if (w->spanish && str_starts(text, STR("el "))) {
        if (str_equal(preposition, STR("de")) || str_equal(preposition, STR("a")))
            return str_format(w->arena, "%.*sl %.*s", STR_ARG(preposition),
                              STR_ARG(str_slice(text, 3, text.len)));
    }
    if (w->spanish && str_equal(preposition, STR("del")) && !str_starts(text, STR("el ")))
        return str_format(w->arena, "del %.*s", STR_ARG(text));
    return str_format(w->arena, "%.*s %.*s", STR_ARG(preposition), STR_ARG(text));
}

struct str without_article(const struct writer *w, struct str text)
{
    struct sense sense;
    return leading_article(w, text, &sense) ? rest_of(text) : text;
}

struct str mid_sentence(const struct writer *w, struct str text)
{
    struct sense sense;
    if (!leading_article(w, text, &sense))
        return text;
    return str_format(w->arena, "%.*s %.*s", STR_ARG(text_lower(w->arena, first_word(text))),
                      STR_ARG(rest_of(text)));
}

/* The class noun that the phrase itself begins with: "tratado de París" is asked for as a "tratado". */
static const struct noun *head_noun(const struct writer *w, struct str text)
{
    struct sense sense;
    struct str bare = without_article(w, text);
    if (w->spanish) {
        struct str word = first_word(bare);
        return language_sense(w->language, text_lower(w->arena, word), SENSE_NOUN, &sense) ? sense.noun
                                                                                           : NULL;
    }
    return NULL;
}

bool is_demonym(const struct writer *w, struct str text)
{
    struct sense sense;
    struct str bare = without_article(w, text);
    return language_sense(w->language, bare, SENSE_DEMONYM, &sense) ||
           (w->spanish && language_sense(w->language, text_lower(w->arena, bare), SENSE_DEMONYM, &sense));
}

static const struct noun *place_noun(const struct writer *w, struct str name)
{
    struct sense sense;
    if (!language_sense(w->language, without_article(w, name), SENSE_PLACE, &sense))
        return NULL;
    static const struct {
        const char *type, *es, *en;
    } nouns[] = {{"country", "país", "country"},
                 {"city", "ciudad", "city"},
                 {"continent", "continente", "continent"},
                 {"region", "región", "region"}};
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (str_equal(sense.type, str_from(nouns[i].type)))
            return language_noun(w->language, str_from(w->spanish ? nouns[i].es : nouns[i].en));
    return NULL;
}

/* A war does not sign, a painting does not conquer: the noun must be of the sort that the name was voted to be. */
static bool fits_type(const struct noun *noun, enum entity_type type)
{
    static const char *const types[] = {"", "org", "person", "work", "place", "event", "term"};
    return type == ENTITY_UNKNOWN || str_equal(noun->type, str_from(types[type]));
}

static bool begins_with_noun(const struct writer *w, struct str name, const struct noun *noun)
{
    return str_equal(text_lower(w->arena, first_word(without_article(w, name))), noun->singular);
}

const struct noun *asking_noun(const struct writer *w, const struct filler *filler)
{
    const struct entity *entity = filler_entity_of(w, filler);
    if (!entity)
        return head_noun(w, filler->text);
    if (entity->type == ENTITY_PERSON || is_demonym(w, filler->text))
        return NULL;
    const struct noun *noun = place_noun(w, entity->name);
    if (noun)
        return noun;
    noun = entity->class_noun.len ? language_noun(w->language, entity->class_noun) : NULL;
    if (noun && (!fits_type(noun, entity->type) || begins_with_noun(w, entity->name, noun) ||
                 begins_with_noun(w, filler->text, noun)))
        noun = NULL; /* "Red Nube" is no network; a real head noun is found below */
    return noun ? noun : head_noun(w, filler->text);
}

static size_t fillers_of(const struct fact *fact, struct str role, const struct filler **first)
{
    size_t count = 0;
    *first = NULL;
    list_each (const struct filler, filler, &fact->roles)
        if (str_equal(filler->role, role)) {
            *first = *first ? *first : filler;
            count++;
        }
    return count;
}

static struct str small_number(const struct writer *w, size_t count)
{
    static const char *const es[] = {"", "", "dos", "tres"}, *const en[] = {"", "", "two", "three"};
    return count < 4 ? str_from(w->spanish ? es[count] : en[count]) : str_format(w->arena, "%zu", count);
}

/* "NASA", "OpenSky", "Acme Labs", what has a director or took over another organisation's name: of unknown type, but no
 * person. */
static bool looks_like_organisation(const struct entity *entity)
{
    static const char *const endings[] = {" AI",    " Labs",      " Lab",        " Inc",
                                          " Corp",  " Institute", " Foundation", " University",
                                          " Group", " Press",     " Company"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends(entity->name, str_from(endings[i])))
            return true;
    size_t capitals = 0;
    for (size_t at = 0; at < entity->name.len;)
        capitals += text_is_upper(utf8_next(entity->name, &at));
    return capitals > 1 && !str_contains(entity->name, STR(" "));
}

static bool is_known_organisation(const struct writer *w, int number)
{
    static const char *const told_by[][2] = {
        {"role", "org"}, {"rename", "old"}, {"rename", "new"}, {"part-of", "whole"}};
    const struct entity *entity = &w->facts->entities.items[number];
    if (entity->type != ENTITY_UNKNOWN)
        return entity->type == ENTITY_ORG;
    for (size_t i = 0; i < sizeof told_by / sizeof *told_by; i++)
        if (index_entity(w->index, str_from(told_by[i][0]), str_from(told_by[i][1]), number) >= 0)
            return true;
    return looks_like_organisation(entity);
}

/* Whom the whole chapter is about: he is the answer to much, and guessed. */
void find_protagonist(struct writer *w)
{
    size_t mentions = 0, rival = 0;
    w->protagonist = -1;
    for (size_t i = 0; i < w->facts->entities.count; i++) {
        size_t count = (size_t)w->facts->entities.items[i].mentions;
        bool organisation = is_known_organisation(w, (int)i);
        if (count > mentions) {
            rival = w->protagonist >= 0 && is_known_organisation(w, w->protagonist) ? mentions : rival;
            mentions = count;
            w->protagonist = (int)i;
        } else if (organisation && count > rival) {
            rival = count;
        }
    }
    w->protagonist_leads =
        w->protagonist >= 0 && is_known_organisation(w, w->protagonist) && mentions >= 2 * rival;
}

/* Where only organisations bring things out, and more than one of them, an unknown name that does is another. */
void find_kind_of_makers(struct writer *w)
{
    size_t organisations = 0, people = 0;
    list_each (const struct fact, fact, w->facts) {
        const struct filler *agent = fact_role(fact, STR("agent"));
        if (!agent || agent->entity < 0 || !str_equal(fact->relation, STR("release")))
            continue;
        organisations += is_known_organisation(w, agent->entity);
        people += is_person(w, agent);
    }
    w->makers_are_organisations = organisations > 1 && people == 0;
}

static bool is_organisation(const struct writer *w, const struct fact *fact, const struct filler *filler)
{
    if (filler->entity < 0 || is_known_organisation(w, filler->entity))
        return filler->entity >= 0;
    return w->makers_are_organisations && filler_type_of(w, filler) == ENTITY_UNKNOWN &&
           str_equal(fact->relation, STR("release")) && !is_person(w, filler);
}

static struct str ask_person(const struct writer *w, const struct phrase_of *phrase)
{
    return !w->spanish ? STR("who") : phrase->plural ? STR("quiénes") : STR("quién");
}

struct str ask_for(const struct writer *w, const struct fact *fact, struct str role, struct phrase_of *ret)
{
    const struct filler *first;
    size_t count = fillers_of(fact, role, &first);
    if (!count || !phrase_of_role(w, fact, role, ret))
        return (struct str){0};
    const char *which = w->spanish ? "qué" : "which";
    const struct noun *noun = asking_noun(w, first);
    if (noun && count > 1)
        return str_format(w->arena, "%s %.*s %.*s", which, STR_ARG(small_number(w, count)),
                          STR_ARG(noun->plural));
    if (noun) {
        bool plural =
            ret->plural && !str_equal(noun->type, STR("place")); /* "Estados Unidos" is one country */
        ret->gender = noun->gender;
        return str_format(w->arena, "%s %.*s", which, STR_ARG(plural ? noun->plural : noun->singular));
    }
    enum entity_type type = filler_type_of(w, first);
    bool agent =
        str_equal(role, STR("agent")) && type != ENTITY_WORK && type != ENTITY_EVENT && type != ENTITY_TERM;
    bool marked = w->spanish && str_equal(role, STR("patient")) && type == ENTITY_UNKNOWN &&
                  (str_equal(first->before, STR("a")) || str_equal(first->before, STR("al")));
    if (marked)
        ret->person = true;
    if (agent && is_organisation(w, fact, first) && !ret->plural && !is_demonym(w, first->text))
        return w->spanish ? STR("qué organización") : STR("which organization");
    if (is_person(w, first) || marked || agent || is_demonym(w, first->text))
        return ask_person(w, ret);
    return w->spanish ? STR("qué") : STR("what");
}

/* "según los rumores, cuánto": the marks stand around the question itself. */
struct str as_question(const struct writer *w, struct str text)
{
    struct str capital = text_capitalise(w->arena, text);
    return str_format(w->arena, w->spanish ? "¿%.*s?" : "%.*s?", STR_ARG(capital));
}

size_t count_words(struct str text)
{
    size_t count = 0;
    struct str word;
    while (str_split(&text, ' ', &word))
        count += word.len > 0;
    return count;
}
