/* Does the store answer the prompt in one way only? */
#include "questions/index.h"
#include "questions/writer.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "text/text.h"

#include <string.h>

/* What so many facts of one kind are about is not told apart by naming it. */
enum { MANY_FACTS = 400 };

static bool same_filler(const struct writer *w, const struct filler *a, const struct filler *b)
{
    if (a->entity >= 0 && b->entity >= 0)
        return a->entity == b->entity;
    return str_equal(text_fold_key(w->scratch, a->text), text_fold_key(w->scratch, b->text));
}

static bool has_filler(const struct writer *w, const struct fact *fact, const struct filler *wanted)
{
    list_each (const struct filler, filler, &fact->roles)
        if (str_equal(filler->role, wanted->role) && same_filler(w, filler, wanted))
            return true;
    return false;
}

/* What was made, shown or let out: "what did Acme present in 1999?" is answered by whatever it released then. */
static bool is_making(struct str relation)
{
    return str_equal(relation, STR("release")) || str_equal(relation, STR("found"));
}

static bool makes_again(const struct writer *w, const struct question *q, const struct fact *other)
{
    const struct filler *agent = fact_role(q->fact, STR("agent")), *rival = fact_role(other, STR("agent"));
    const struct filler *made = fact_role(other, STR("work"));
    if (other == q->fact || !rival || !made || !same_filler(w, agent, rival))
        return false;
    for (size_t i = 0; i < q->fact->roles.count; i++)
        if (str_equal(q->fact->roles.items[i].role, q->asked) &&
            same_filler(w, &q->fact->roles.items[i], made))
            return false;
    return time_overlaps(&q->fact->time, &other->time);
}

/* Asks for the thing that somebody made at some time. */
static bool asks_what_was_made(const struct writer *w, const struct question *q)
{
    if (!q->names_time || fact_role(q->fact, STR("place")) || !fact_role(q->fact, STR("agent")) ||
        !(str_equal(q->asked, STR("work")) || str_equal(q->asked, STR("patient"))))
        return false;
    struct verb_form forms[VERB_FORMS_MAX];
    size_t count = language_verb_forms(w->language, q->fact->verb.lemma, false, forms);
    bool verb_makes = is_making(q->fact->relation);
    for (size_t i = 0; i < count; i++)
        verb_makes |= str_list_has(&forms[i].verb->relations, STR("release"));
    return verb_makes;
}

static bool fits_prompt(const struct writer *w, const struct question *q, const struct fact *other)
{
    if (!str_equal(other->relation, q->fact->relation) || other->negative != q->fact->negative)
        return false;
    if (str_equal(other->relation, STR("deed")) && (!str_equal(other->verb.lemma, q->fact->verb.lemma) ||
                                                    !str_equal(other->verb.tail, q->fact->verb.tail)))
        return false; /* "began" is not "began to turn" */
    for (size_t i = 0; i < q->fact->roles.count && i < 32; i++)
        if ((q->named >> i & 1) && !has_filler(w, other, &q->fact->roles.items[i]))
            return false;
    return !q->names_time || time_overlaps(&q->fact->time, &other->time);
}

static bool answers_otherwise(const struct writer *w, const struct question *q, const struct fact *other)
{
    if (str_equal(q->asked, STR("time")))
        return time_is_set(&other->time) &&
               !str_equal(time_iso(w->scratch, &other->time), time_iso(w->scratch, &q->fact->time));
    list_each (const struct filler, filler, &other->roles)
        if (str_equal(filler->role, q->asked) && !has_filler(w, q->fact, filler))
            return true;
    return false;
}

static bool contradicts(const struct writer *w, const struct question *q, const struct fact *other)
{
    return other != q->fact && fits_prompt(w, q, other) && answers_otherwise(w, q, other);
}

/* The name in the prompt that the fewest facts share. */
static const struct filler *rarest_named(const struct writer *w, const struct question *q)
{
    const struct filler *rarest = NULL;
    size_t fewest = MANY_FACTS;
    for (size_t i = 0; i < q->fact->roles.count && i < 32; i++) {
        if (!(q->named >> i & 1))
            continue;
        size_t count = index_count(w, q->fact->relation, &q->fact->roles.items[i], fewest);
        if (count < fewest) {
            fewest = count;
            rarest = &q->fact->roles.items[i];
        }
    }
    return rarest;
}

const struct fact *rival_of(const struct writer *w, const struct question *q)
{
    const struct filler *named = rarest_named(w, q);
    if (!named) /* too many share every name */
        return q->fact;
    const struct fact *rival = index_any(w, q->fact->relation, named, contradicts, q);
    if (rival || !asks_what_was_made(w, q))
        return rival;
    const struct filler *agent = fact_role(q->fact, STR("agent"));
    if (index_count(w, STR("release"), agent, MANY_FACTS) == MANY_FACTS ||
        index_count(w, STR("found"), agent, MANY_FACTS) == MANY_FACTS)
        return q->fact;
    rival = index_any(w, STR("release"), agent, makes_again, q);
    return rival ? rival : index_any(w, STR("found"), agent, makes_again, q);
}

void note(const struct writer *w, const struct fact *fact, struct str asked, const char *why)
{
    if (w->explain)
        buffer_format(w->explain, "  %.*s.%.*s (%.*s): %s\n", STR_ARG(fact->relation), STR_ARG(asked),
                      STR_ARG(fact->rule), why);
}

static struct str bare_word(struct str word)
{
    while (word.len && strchr(",;:?!.", word.ptr[word.len - 1]))
        word.len--;
    return word;
}

bool has_name(struct str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);
        if (text_is_upper(c) || text_is_digit(c))
            return true;
    }
    return false;
}

bool is_named(const struct writer *w, const struct filler *filler)
{
    struct str rest = filler->text, word;
    if (filler->entity >= 0)
        return true;
    while (str_split(&rest, ' ', &word)) /* "the Danish fortress" names no fortress */
        if (has_name(word) && !is_demonym(w, bare_word(word)))
            return true;
    return false;
}

static bool is_definite(const struct writer *w, struct str word)
{
    struct sense sense;
    if (str_equal(word, STR("del")) || str_equal(word, STR("al")))
        return w->spanish;
    return language_sense(w->language, word, SENSE_ARTICLE, &sense) && sense.value == 1;
}

/* What may follow a noun and say which one is meant: a name, "de", "of", "que", a participle. */
static bool tells_which(const struct writer *w, struct str word)
{
    struct sense sense;
    if (!word.len)
        return false;
    if (has_name(word) || str_equal(word, STR("de")) || str_equal(word, STR("del")) ||
        str_equal(word, STR("of")))
        return true;
    if (language_sense(w->language, word, SENSE_PREPOSITION, &sense) ||
        language_sense(w->language, word, SENSE_CONJUNCTION, &sense))
        return false;
    if (!w->spanish)
        return str_equal(word, STR("that")) || str_equal(word, STR("who")) || str_equal(word, STR("which"));
    struct verb_form forms[VERB_FORMS_MAX];
    size_t count = language_verb_forms(w->language, word, false, forms);
    for (size_t i = 0; i < count; i++)
        if (forms[i].kind != FORM_PARTICIPLE && forms[i].kind != FORM_GERUND)
            return false;
    return true;
}

/* English nouns pile up: "the chief scientist of …" is decided by what follows the last one. */
static bool continues_noun(const struct writer *w, struct str word)
{
    struct verb_form forms[VERB_FORMS_MAX];
    return !w->spanish && word.len && !has_name(word) && !language_is_function_word(w->language, word) &&
           (language_verb_forms(w->language, word, false, forms) == 0 || forms[0].kind == FORM_INFINITIVE);
}

/* "the colonies", "los soldados": places and people in the plural are meant in general. */
static bool is_general_plural(const struct sense *noun)
{
    return noun->number == 'p' &&
           (str_equal(noun->type, STR("place")) || str_equal(noun->type, STR("person")));
}

/* "it", "esa técnica": only the text knows which. */
static bool has_pronoun(struct str prompt)
{
    static const char *const words[] = {"it",    "them",    "him",  "this",  "these", "those", "ese",
                                        "esa",   "esos",    "esas", "este",  "esta",  "estos", "estas",
                                        "aquel", "aquella", "ello", "ellos", "ellas", "ella"};
    struct str rest = prompt, word;
    while (str_split(&rest, ' ', &word))
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (str_equal(bare_word(word), str_from(words[i])))
                return true;
    return false;
}

bool points_back(const struct writer *w, struct str prompt)
{
    if (has_pronoun(prompt))
        return true;
    struct str rest = prompt, word;
    struct sense noun;
    bool after_article = false, after_noun = false;
    while (str_split(&rest, ' ', &word)) {
        struct str bare = bare_word(word);
        if (after_noun && continues_noun(w, bare)) {
            after_noun = bare.len == word.len;
            if (!after_noun)
                return true;
            continue;
        }
        if (after_noun && !tells_which(w, bare))
            return true;
        bool is_class = (language_sense(w->language, bare, SENSE_NOUN, &noun) ||
                         language_sense(w->language, bare, SENSE_ROLE, &noun)) &&
                        !is_general_plural(&noun);
        after_noun = after_article && is_class && bare.len == word.len;
        if (after_article && is_class && bare.len < word.len)
            return true;
        after_article = is_definite(w, bare);
    }
    return after_noun;
}

/* "una distribución", "the War": no particular one. */
static bool is_unspecific(const struct writer *w, const struct filler *filler)
{
    struct sense sense;
    struct str bare = without_article(w, filler->text), rest = filler->text, word;
    bool acronym = bare.len > 1 && str_equal(bare, text_upper(w->scratch, bare));
    if (count_words(bare) == 1 && !acronym &&
        language_sense(w->language, text_lower(w->scratch, bare), SENSE_NOUN, &sense) &&
        !is_general_plural(&sense))
        return true;
    return filler->entity < 0 && !filler->numeral.len && str_split(&rest, ' ', &word) &&
           language_sense(w->language, text_lower(w->scratch, word), SENSE_ARTICLE, &sense) &&
           sense.value == 2 && !has_name(filler->text) && filler->before.len == 0;
}

static bool names_nothing_special(const struct writer *w, const struct question *q)
{
    static const char *const plain_relations[] = {"based-on", "successor",  "part-of", "also-known",
                                                  "span",     "definition", "release", "found",
                                                  "size",     "property"};
    bool strict = false;
    for (size_t i = 0; i < sizeof plain_relations / sizeof *plain_relations; i++)
        strict |= str_equal(q->fact->relation, str_from(plain_relations[i]));
    for (size_t i = 0; strict && i < q->fact->roles.count && i < 32; i++)
        if ((q->named >> i & 1) && is_unspecific(w, &q->fact->roles.items[i]) &&
            !str_equal(q->fact->roles.items[i].role, STR("which")) &&
            !str_equal(q->fact->roles.items[i].role, STR("genus")) &&
            !str_equal(q->fact->roles.items[i].role, STR("attribute")))
            return true;
    return false;
}

static bool is_gerund(const struct writer *w, struct str word)
{
    struct verb_form forms[VERB_FORMS_MAX];
    size_t count = language_verb_forms(w->language, word, false, forms);
    return (count > 0 && forms[0].kind == FORM_GERUND) || (!w->spanish && str_ends(word, STR("ing")));
}

/* An answer that was cut or glued: it ends in "of", holds "and selling", or runs on behind a name. */
static bool is_malformed(const struct writer *w, struct str answer)
{
    struct sense sense;
    struct str rest = answer, word, before = {0};
    while (str_split(&rest, ' ', &word)) {
        bool article = language_sense(w->language, word, SENSE_ARTICLE, &sense);
        bool glued = article && before.len && has_name(before) && bare_word(before).len == before.len;
        bool joined = language_sense(w->language, before, SENSE_CONJUNCTION, &sense) && is_gerund(w, word);
        if (glued || joined || (w->spanish && is_gerund(w, word)))
            return true;
        before = word;
    }
    return language_sense(w->language, before, SENSE_PREPOSITION, &sense) ||
           language_sense(w->language, before, SENSE_CONJUNCTION, &sense) ||
           language_sense(w->language, before, SENSE_RELATIVE, &sense);
}

/* "What did Anna found?" names nobody. */
static bool stands_on_a_first_name(const struct writer *w, const struct question *q)
{
    struct sense sense;
    size_t names = 0, first_names = 0;
    for (size_t i = 0; i < q->fact->roles.count && i < 32; i++) {
        const struct filler *filler = &q->fact->roles.items[i];
        if (!(q->named >> i & 1) || !is_named(w, filler))
            continue;
        names++;
        first_names +=
            language_sense(w->language, phrase_of_filler(w, filler).text, SENSE_FIRST_NAME, &sense);
    }
    return names == 1 && first_names == 1 && !q->names_time;
}

/* "los pesos", "the command": one bare noun behind an article. */
static bool is_bare_noun(const struct writer *w, const struct filler *filler)
{
    struct str bare = without_article(w, filler->text);
    return filler->entity < 0 && bare.len < filler->text.len && count_words(bare) == 1 && !has_name(bare) &&
           !filler->numeral.len;
}

/* "la ampliación", "the expansion": of what? */
static bool is_deed_noun(struct str text)
{
    static const char *const endings[] = {"ción", "sión", "miento", "tion", "sion", "ment"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends(text, str_from(endings[i])))
            return true;
    return false;
}

/* Inventions and finds are the first of their kind and need no owner. */
static bool makes_something_new(const struct writer *w, const struct fact *fact)
{
    struct verb_form forms[VERB_FORMS_MAX];
    size_t count = language_verb_forms(w->language, fact->verb.lemma, false, forms);
    for (size_t i = 0; i < count; i++)
        if (str_list_has(&forms[i].verb->relations, STR("invent")) ||
            str_list_has(&forms[i].verb->relations, STR("discover")))
            return true;
    return false;
}

/* Whose weights, the extension of what? */
static bool leaves_open_whose(const struct writer *w, const struct question *q)
{
    if (!str_equal(q->fact->relation, STR("deed")) || makes_something_new(w, q->fact))
        return false;
    for (size_t i = 0; i < q->fact->roles.count && i < 32; i++) {
        const struct filler *filler = &q->fact->roles.items[i];
        bool patient = str_equal(filler->role, STR("patient")), agent = str_equal(filler->role, STR("agent"));
        bool told = i + 1 < q->fact->roles.count && i < 31 && (q->named >> (i + 1) & 1) &&
                    str_equal(q->fact->roles.items[i + 1].role, STR("purpose")); /* "the command to fire" */
        if ((q->named >> i & 1) && !told && is_bare_noun(w, filler) &&
            (patient || (agent && is_deed_noun(filler->text))))
            return true;
    }
    return false;
}

static bool is_surname_of_several(const struct writer *w, const struct filler *filler)
{
    size_t bearers = 0;
    int at = multimap_first(&w->index->surnames, hash_str(filler->text));
    for (; at >= 0; at = multimap_next(&w->index->surnames, at)) {
        struct str name = w->facts->entities.items[multimap_value(&w->index->surnames, at)].name;
        bearers += str_ends(name, filler->text) && name.len > filler->text.len;
    }
    return bearers > 1;
}

/* "When did Curie die?", where there are Marie and Pierre. */
static bool names_one_of_a_family(const struct writer *w, const struct question *q)
{
    for (size_t i = 0; i < q->fact->roles.count && i < 32; i++)
        if ((q->named >> i & 1) && is_surname_of_several(w, &q->fact->roles.items[i]))
            return true;
    return false;
}

/* "What was released in response to Bolt?": by whom? */
static bool lacks_its_maker(const struct writer *w, const struct question *q)
{
    (void)w;
    bool among_many =
        str_equal(q->fact->relation, STR("respond")) || str_equal(q->fact->relation, STR("before"));
    return among_many && !fact_role(q->fact, STR("agent"));
}

/* "the first World Cup [on African soil]": an ordinal holds of the whole only. */
static bool is_cut_short(const struct writer *w, const struct question *q)
{
    struct sense sense;
    for (size_t i = 0; q->is_partial && i < q->fact->roles.count && i < 32; i++) {
        struct str rest = q->named >> i & 1 ? q->fact->roles.items[i].text : (struct str){0}, word;
        while (str_split(&rest, ' ', &word))
            if (language_sense(w->language, text_lower(w->arena, word), SENSE_ORDINAL, &sense))
                return true;
    }
    return false;
}

/* A treaty has more signatories than the one whom a clause names. */
static bool asks_one_of_the_parties(const struct question *q)
{
    struct str verb = q->fact->verb.lemma;
    size_t agents = 0;
    list_each (const struct filler, filler, &q->fact->roles)
        agents += str_equal(filler->role, STR("agent"));
    return str_equal(q->asked, STR("agent")) && agents == 1 &&
           (str_equal(verb, STR("firmar")) || str_equal(verb, STR("sign")));
}

/* What a thing has one of: two answers contradict each other, and a teacher decides. Elsewhere both are right. */
static bool is_functional(const struct question *q)
{
    static const char *const asked[] = {"time", "meaning", "value", "base", "old", "whole"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        if (str_equal(q->asked, str_from(asked[i])))
            return true;
    return is_making(q->fact->relation) && str_equal(q->asked, STR("agent"));
}

/* "In the War of Jenkins' Ear, who …?": a name of whom is asked stands in the question. */
static bool names_who_is_asked(const struct writer *w, const struct question *q)
{
    const struct filler *asked = fact_role(q->fact, q->asked);
    struct str rest = q->answer, word, prompt = text_lower(w->arena, q->prompt);
    if (!asked || !is_person(w, asked))
        return false;
    while (str_split(&rest, ' ', &word))
        if (word.len > 4 && str_contains(prompt, text_lower(w->arena, word)))
            return true;
    return false;
}

/* "What is the term for …": what points back there points into the definition itself. */
static bool is_term(const struct question *q)
{
    return str_equal(q->fact->relation, STR("definition")) && str_equal(q->asked, STR("term"));
}

static bool defines_fuller(const struct writer *w, const struct question *q, const struct fact *other)
{
    const struct filler *term = fact_role(q->fact, STR("term")), *genus = fact_role(q->fact, STR("genus"));
    const struct filler *same = fact_role(other, STR("term")), *rival = fact_role(other, STR("genus"));
    return other != q->fact && genus && same && rival && same_filler(w, term, same) &&
           rival->text.len > genus->text.len && count_words(rival->text) <= 9;
}

/* Of two definitions of one thing, both true, the fuller is asked. */
static bool is_defined_better(const struct writer *w, const struct question *q)
{
    const struct filler *term = fact_role(q->fact, STR("term"));
    return term && index_any(w, STR("definition"), term, defines_fuller, q);
}

/* No teacher could use it. */
static const char *objection(const struct writer *w, const struct question *q)
{
    if (!q->answer.len || !q->named)
        return "nothing to answer or nothing named";
    if (str_equal(q->fact->relation, STR("deed")) && is_malformed(w, q->answer))
        return "the answer is cut or glued";
    if (names_who_is_asked(w, q))
        return "leak";
    if (leaves_open_whose(w, q) || asks_one_of_the_parties(q))
        return "what it names could be many";
    if (names_nothing_special(w, q))
        return "names no particular thing";
    if (str_contains(q->prompt, STR("(")))
        return "holds an aside of the text";
    if (str_equal(q->fact->relation, STR("definition")) && is_defined_better(w, q))
        return "a fuller definition is asked";
    if (!is_term(q) && points_back(w, q->prompt))
        return "points to something that only the text has named";
    return NULL;
}

/* What a teacher should look at although nothing speaks against it. */
static struct str second_look(const struct writer *w, const struct question *q)
{
    static const struct {
        bool (*holds)(const struct writer *w, const struct question *q);
        const char *doubt;
    } looks[] = {
        {stands_on_a_first_name, N_("only a first name says who is meant")},
        {names_one_of_a_family, N_("several people bear this surname")},
        {is_cut_short, N_("a part of the sentence is left out of the question")},
        {lacks_its_maker, N_("the maker is not named in this sentence")},
    };
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (looks[i].holds(w, q))
            return str_from(_(looks[i].doubt));
    return doubt_of(w, q);
}

void keep(struct writer *w, struct question *q)
{
    const char *against = objection(w, q);
    const struct fact *rival = against || q->is_told_apart ? NULL : rival_of(w, q);
    if (rival && (rival == q->fact || !is_functional(q)))
        against = "the text answers this in more than one way";
    if (against) {
        note(w, q->fact, q->asked, against);
        return;
    }
    q->doubt = rival ? doubt_of_rival(w, rival) : second_look(w, q);
    list_push(w->arena, &w->questions, *q);
}
