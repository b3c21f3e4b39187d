/* Questions about what something is: texts of the lexicon with slots for the fact's roles.
 *
 * Under `text:` each key is relation.asked (or relation.asked.which) and holds one wording a line; the first
 * whose slots can all be filled is taken. A part in [ ] is left out when its slots cannot be filled. Slots:
 *
 *   {work}         the fillers of a role, joined         {de work} {of work}  with a preposition in front
 *   {@where}       with the preposition of the text      {bare work}          without its article
 *   {that genus}   "platform allows X" of "a platform that allows X"
 *   {own term}     with the article that the sentence gives it
 *   {el role}      with the definite article             {qué work} {which work}  "qué modelo", "quién", "qué"
 *   {qué! work}    the same, if a noun is known          {cuántos unit}       cuántos or cuántas
 *   {=ser work}    the verb in the fact's tense, agreeing with the role; {<ser work} always in the past,
 *                  {>ser work} in the present;
 *                  {~ser work} a lasting state: imperfect where the text has a past
 *   {deed role}    what a holder of the role did: "fundó"; {base role}: "found"; {nodeed role}: guard
 *   {verb agent} {verb} {made work}  the fact's own verb: "lanzó", "launch", "se lanzó"
 *   {does agent}   the same in the text's tense: "prometía"
 *   {human org}    guard: the filler is a person
 *   {shortly}      "poco antes" or "antes"
 *   {time} {when}  "en 1999"; "en qué año"               {primero class}      "la primera distribución …" */
#include "questions/index.h"
#include "questions/writer.h"

#include "base/hash.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

static const struct ask {
    const char *relation, *asked;
    enum card_kind kind;
    double prior;
    const char *subject, *object;
} asks[] = {
    {"role", "person", CARD_DIRECT, 3, "org", "person"},
    {"role", "org", CARD_REVERSE, 2.2, "person", "org"},
    {"role", "role", CARD_DIRECT, 1.6, "person", "org"},
    {"role", "time", CARD_DIRECT, 2, "person", "org"},
    {"made-by", "agent", CARD_DIRECT, 3, "agent", ""},
    {"stands-for", "meaning", CARD_DIRECT, 2.5, "sign", ""},
    {"rename", "old", CARD_DIRECT, 2.6, "new", "old"},
    {"rename", "new", CARD_REVERSE, 2.2, "old", "new"},
    {"rename", "time", CARD_DIRECT, 2.4, "new", "old"},
    {"also-known", "alias", CARD_DIRECT, 2.9, "name", "alias"},
    {"also-known", "name", CARD_REVERSE, 1.4, "alias", "name"},
    {"based-on", "base", CARD_DIRECT, 2.4, "work", "base"},
    {"based-on", "work", CARD_REVERSE, 1.2, "base", "work"},
    {"successor", "old", CARD_DIRECT, 2.5, "work", "old"},
    {"successor", "work", CARD_REVERSE, 2, "old", "work"},
    {"successor", "time", CARD_DIRECT, 2.6, "work", "old"},
    {"part-of", "whole", CARD_DIRECT, 2.2, "part", "whole"},
    {"member", "category", CARD_REVERSE, 2, "category", ""},
    {"member", "member", CARD_DIRECT, 2.2, "category", ""},
    {"size", "value", CARD_DIRECT, 2.6, "work", ""},
    {"quantity", "value", CARD_DIRECT, 2.6, "of", ""},
    {"superlative", "entity", CARD_DIRECT, 2.4, "entity", ""},
    {"first", "entity", CARD_DIRECT, 2.6, "entity", ""},
    {"definition", "genus", CARD_DIRECT, 2.2, "term", ""},
    {"definition", "term", CARD_REVERSE, 2.4, "term", ""},
    {"property", "value", CARD_DIRECT, 2, "entity", ""},
    {"span", "time", CARD_DIRECT, 3, "event", ""},
    {"span", "place", CARD_DIRECT, 2.2, "event", "place"},
    {"trait", "aspect", CARD_DIRECT, 2, "entity", ""},
    {"born", "time", CARD_DIRECT, 2.4, "person", ""},
    {"born", "place", CARD_DIRECT, 2.4, "person", "place"},
    {"respond", "work", CARD_DIRECT, 2.8, "to", "work"},
    {"respond", "to", CARD_REVERSE, 1.6, "work", "to"},
    {"before", "earlier", CARD_DIRECT, 2.2, "later", "earlier"},
    {"purpose", "purpose", CARD_DIRECT, 1.8, "work", ""},
    {"purpose", "work", CARD_REVERSE, 1.6, "work", ""},
    {"available", "place", CARD_DIRECT, 1.8, "work", ""},
    {"offer", "money", CARD_DIRECT, 2.6, "target", ""},
    {"offer", "share", CARD_DIRECT, 2, "target", ""},
    {"rumour", "content", CARD_DIRECT, 2.2, "of", ""},
    {"origin", "place", CARD_DIRECT, 2.3, "entity", "place"},
    {"promise", "agent", CARD_DIRECT, 1.8, "content", "agent"},
    {"refuse", "agent", CARD_DIRECT, 2, "what", "agent"},
    {"accept", "agent", CARD_DIRECT, 2, "what", "agent"},
};

struct render {
    struct writer *w;
    const struct fact *fact;
    struct question *q;
};

static bool render(struct render *r, struct str template, struct str *ret);

static bool is(struct str s, const char *text)
{
    return str_equal(s, str_from(text));
}

static void mark(struct render *r, struct str role)
{
    if (str_equal(role, r->q->asked))
        return;
    for (size_t i = 0; i < r->fact->roles.count && i < 32; i++)
        if (str_equal(r->fact->roles.items[i].role, role))
            r->q->named |= UINT32_C(1) << i;
}

/* "p" and "s" stand for any plural or singular. */
static bool number_of(const struct render *r, struct str role, bool *ret)
{
    struct phrase_of phrase;
    *ret = is(role, "p");
    if (is(role, "p") || is(role, "s"))
        return true;
    if (!phrase_of_role(r->w, r->fact, role, &phrase))
        return false;
    *ret = phrase.plural;
    return true;
}

/* The year of the first dated fact of a sentence. */
static bool first_year(const struct writer *w, int sentence, int *ret)
{
    const struct multimap *sentences = &w->index->sentences;
    for (int at = multimap_first(sentences, (uint64_t)sentence); at >= 0; at = multimap_next(sentences, at)) {
        const struct time_value *time = &w->facts->items[multimap_value(sentences, at)].time;
        if (!time_is_set(time) || time->precision == TIME_CENTURY)
            continue;
        *ret = time->year;
        return true;
    }
    return false;
}

/* The dated facts nearby are of another age: who held a role then holds it no more. */
static bool is_long_ago(const struct writer *w, const struct fact *fact)
{
    int year = 9999;
    for (int distance = 0; distance < 40 && year == 9999; distance++)
        if (!first_year(w, fact->sentence - distance, &year))
            first_year(w, fact->sentence + distance, &year);
    return year < 1980;
}

/* A bracket inside direct speech speaks of its own day; a story's roles are over. */
static bool is_told_as_present(const struct writer *w, const struct fact *fact)
{
    struct str text = sentence_text(w->doc, &w->doc->sentences.items[fact->sentence]);
    bool quoted =
        str_contains(text, STR("“")) || str_contains(text, STR("«")) || str_contains(text, STR("\""));
    return is(fact->rule, "role.bracket") && quoted && !is_long_ago(w, fact);
}

static enum verb_form_kind tense_of(const struct writer *w, const struct fact *fact)
{
    bool spanish = w->spanish;
    if (is(fact->relation, "role") && !fact->verb.lemma.len)
        return is_told_as_present(w, fact) ? FORM_PRESENT : spanish ? FORM_IMPERFECT : FORM_PAST;
    if (!fact->verb.lemma.len)
        return fact->time.precision != TIME_NONE || is_long_ago(w, fact) ? FORM_PAST : FORM_PRESENT;
    switch (fact->verb.tense) {
    case TENSE_PRESENT:
        return FORM_PRESENT;
    case TENSE_IMPERFECT:
        return spanish ? FORM_IMPERFECT : FORM_PAST;
    case TENSE_FUTURE:
        return spanish ? FORM_FUTURE : FORM_PRESENT;
    default:
        return FORM_PAST;
    }
}

static bool conjugated(struct render *r, struct str lemma, struct str role, char mode, struct str *ret)
{
    bool plural;
    if (!number_of(r, role, &plural))
        return false;
    enum verb_form_kind kind = mode == '<' ? FORM_PAST : mode == '>' ? FORM_PRESENT : tense_of(r->w, r->fact);
    if (mode == '~' && kind == FORM_PAST && r->w->spanish)
        kind = FORM_IMPERFECT;
    *ret = conjugate(r->w, lemma, kind, plural ? 'p' : 's', 0);
    return ret->len > 0;
}

/* The noun of a role, out of "CRO", "chief scientist", "rey". */
static const struct role *role_noun(const struct render *r)
{
    const struct filler *role = fact_role(r->fact, STR("role"));
    return role ? language_role(r->w->language, text_lower(r->w->arena, role->text)) : NULL;
}

static bool deed(struct render *r, struct str form, struct str *ret)
{
    const struct role *role = role_noun(r);
    bool has = role && role->verb.len;
    if (is(form, "nodeed")) {
        *ret = (struct str){0};
        return !has;
    }
    if (!has)
        return false;
    struct phrase_of person;
    bool plural = phrase_of_role(r->w, r->fact, STR("person"), &person) && person.plural;
    if (is(form, "base"))
        *ret = role->verb;
    else
        *ret = conjugate(r->w, role->verb, FORM_PAST, plural ? 'p' : 's', 0);
    return ret->len > 0;
}

static struct str article(const struct render *r, const struct phrase_of *phrase)
{
    if (!r->w->spanish)
        return STR("the");
    if (phrase->plural)
        return phrase->gender == 'f' ? STR("las") : STR("los");
    return phrase->gender == 'f' ? STR("la") : STR("el");
}

static bool with_article(struct render *r, struct str role, struct str *ret)
{
    struct phrase_of phrase;
    if (!phrase_of_role(r->w, r->fact, role, &phrase))
        return false;
    struct str bare = without_article(r->w, phrase.text);
    *ret = str_format(r->w->arena, "%.*s %.*s", STR_ARG(article(r, &phrase)), STR_ARG(bare));
    return true;
}

/* "la primera distribución que …", "el primero en …", "the first to …". */
static bool first_of(struct render *r, struct str role, struct str *ret)
{
    struct phrase_of phrase;
    if (!phrase_of_role(r->w, r->fact, role, &phrase))
        return false;
    struct str text = phrase.text, rest = without_article(r->w, text), word;
    struct sense ordinal;
    bool split = str_split(&rest, ' ', &word);
    bool only = split && (is(word, "único") || is(word, "única") || is(word, "only"));
    if (split && (only || language_sense(r->w->language, word, SENSE_ORDINAL, &ordinal))) {
        *ret = mid_sentence(r->w, text);
        return true;
    }
    if (!r->w->spanish)
        *ret = str_format(r->w->arena, "the first %.*s", STR_ARG(text));
    else if (str_starts(text, STR("en ")) || str_starts(text, STR("que ")))
        *ret = str_format(r->w->arena, "el primero %.*s", STR_ARG(text));
    else if (!phrase.gender)
        return false;
    else
        *ret = str_format(r->w->arena, phrase.gender == 'f' ? "la primera %.*s" : "el primer %.*s",
                          STR_ARG(text));
    return true;
}

static bool how_many(struct render *r, struct str role, struct str *ret)
{
    struct phrase_of phrase;
    if (!phrase_of_role(r->w, r->fact, role, &phrase))
        return false;
    bool feminine = phrase.gender == 'f' || (!phrase.gender && str_ends(phrase.text, STR("as")));
    *ret = str_format(r->w->arena, feminine ? "cuántas %.*s" : "cuántos %.*s", STR_ARG(phrase.text));
    return true;
}

static bool ask_word(struct render *r, bool need_noun, struct str role, struct str *ret)
{
    struct phrase_of phrase;
    *ret = ask_for(r->w, r->fact, role, &phrase);
    if (!ret->len)
        return false;
    return !need_noun || str_contains(*ret, STR(" "));
}

static bool plain(struct render *r, struct str preposition, struct str role, struct str *ret)
{
    struct phrase_of phrase;
    if (!phrase_of_role(r->w, r->fact, role, &phrase))
        return false;
    *ret = with_preposition(r->w, preposition, mid_sentence(r->w, phrase.text));
    return true;
}

static bool governed(struct render *r, struct str role, struct str *ret)
{
    const struct filler *filler = fact_role(r->fact, role);
    struct str in = r->w->spanish ? STR("en") : STR("in");
    return filler && plain(r, filler->before.len ? filler->before : in, role, ret);
}

static bool slot_time(struct render *r, bool asked, struct str *ret)
{
    *ret = asked ? time_ask(r->w, &r->fact->time) : time_adverbial(r->w, &r->fact->time);
    if (!asked && str_equal(r->q->asked, STR("time")))
        return false;
    r->q->names_time |= !asked && ret->len;
    return time_is_set(&r->fact->time) && ret->len;
}

/* The fact's own verb: {verb agent} "lanzó", {verb} "launch", {made work} "se lanzó", "was launched". */
static bool own_verb(struct render *r, bool made, struct str role, struct str *ret)
{
    struct str lemma = r->fact->verb.lemma;
    bool plural = false;
    if (!lemma.len && made)
        lemma = r->w->spanish ? STR("lanzar") : STR("release");
    if (!lemma.len || (role.len && !number_of(r, role, &plural)))
        return false;
    if (!role.len) {
        *ret = lemma;
        return true;
    }
    char number = plural ? 'p' : 's';
    if (made && !r->w->spanish) {
        struct str done = conjugate(r->w, lemma, FORM_PARTICIPLE, 0, 0);
        *ret = str_format(r->w->arena, "%s %.*s", plural ? "were" : "was", STR_ARG(done));
        return done.len > 0;
    }
    struct str did = conjugate(r->w, lemma, FORM_PAST, number, 0);
    *ret = made ? str_concat(r->w->arena, STR("se "), did) : did;
    return did.len > 0;
}

/* "poco antes" if the text says so. */
static struct str shortly(const struct render *r)
{
    struct str text = sentence_text(r->w->doc, &r->w->doc->sentences.items[r->fact->sentence]);
    struct str low = text_lower(r->w->arena, text),
               near = language_text(r->w->language, STR("shortly-before"));
    return str_contains(low, near) ? near : language_text(r->w->language, STR("before"));
}

/* "a caldera", "la fotosíntesis": a common noun keeps the article that the sentence gives it. */
static bool with_text_article(struct render *r, struct str role, struct str *ret)
{
    static const char *const es[] = {"un", "una", "el", "la", "los", "las"}, *const en[] = {"a", "an", "the"};
    struct str text =
        text_lower(r->w->arena, sentence_text(r->w->doc, &r->w->doc->sentences.items[r->fact->sentence]));
    mark(r, role);
    if (!plain(r, (struct str){0}, role, ret) || has_name(*ret))
        return ret->len > 0;
    for (int i = 0; i < (r->w->spanish ? 6 : 3); i++) {
        struct str phrase = str_format(r->w->arena, "%s %.*s", (r->w->spanish ? es : en)[i], STR_ARG(*ret));
        size_t at = str_find(text, phrase, 0);
        if (at == 0 || (at != SIZE_MAX && text.ptr[at - 1] == ' ')) {
            *ret = phrase;
            return true;
        }
    }
    return true;
}

/* "dos ", "three "; nothing for one. Where some are given: "otras dos ", "two other ". */
static bool count_word(struct render *r, struct str role, struct str *ret)
{
    static const char *const es[] = {"", "", "dos ", "tres "}, *const en[] = {"", "", "two ", "three "};
    struct phrase_of phrase, given, category;
    if (!phrase_of_role(r->w, r->fact, role, &phrase) || phrase.count > 3)
        return false;
    struct str number = str_from((r->w->spanish ? es : en)[phrase.count]);
    *ret = number;
    if (!phrase_of_role(r->w, r->fact, STR("given"), &given) ||
        !phrase_of_role(r->w, r->fact, STR("category"), &category))
        return true;
    if (phrase.count < 2) /* "qué otra fases" */
        return false;
    const char *more = !r->w->spanish ? "other " : category.gender == 'f' ? "otras " : "otros ";
    *ret = r->w->spanish ? str_concat(r->w->arena, str_from(more), number)
                         : str_concat(r->w->arena, number, str_from(more));
    return true;
}

/* "a platform that allows X" asked for: "platform allows X". */
static bool without_that(struct render *r, struct str role, struct str *ret)
{
    mark(r, role);
    if (!plain(r, (struct str){0}, role, ret))
        return false;
    struct str bare = without_article(r->w, *ret);
    size_t at = str_find(bare, STR(" that "), 0);
    if (at == SIZE_MAX || count_words(str_slice(bare, 0, at)) > 5)
        return false;
    *ret = str_format(r->w->arena, "%.*s %.*s", STR_ARG(str_slice(bare, 0, at)),
                      STR_ARG(str_slice(bare, at + 6, bare.len)));
    return true;
}

/* The word behind "to". */
static struct str first_verb(struct str infinitive)
{
    struct str rest = str_slice(infinitive, 3, infinitive.len), word = {0};
    str_split(&rest, ' ', &word);
    return word;
}

/* One slot; `slot` is what stands between the braces. */
static bool fill(struct render *r, struct str slot, struct str *ret)
{
    if (is(slot, "time") || is(slot, "when"))
        return slot_time(r, is(slot, "when"), ret);
    struct str role = slot, word = {0};
    size_t blank = str_find(slot, STR(" "), 0);
    if (blank != SIZE_MAX) {
        word = str_slice(slot, 0, blank);
        role = str_slice(slot, blank + 1, slot.len);
    }
    if (is(slot, "shortly")) {
        *ret = shortly(r);
        return true;
    }
    if (is(slot, "verb"))
        return own_verb(r, false, (struct str){0}, ret);
    if (is(word, "does"))
        return conjugated(r, r->fact->verb.lemma, role, '=', ret);
    if (is(word, "verb") || is(word, "made"))
        return own_verb(r, is(word, "made"), role, ret);
    if (is(word, "deed") || is(word, "base") || is(word, "nodeed"))
        return deed(r, word, ret);
    if (word.len && strchr("=<>~", word.ptr[0]))
        return conjugated(r, str_slice(word, 1, word.len), role, word.ptr[0], ret);
    if (is(word, "qué") || is(word, "which"))
        return ask_word(r, false, role, ret);
    if (is(word, "qué!") || is(word, "which!"))
        return ask_word(r, true, role, ret);
    if (is(word, "cuántos")) {
        mark(r, role);
        return how_many(r, role, ret);
    }
    if (is(word, "human")) { /* a guard */
        const struct filler *filler = fact_role(r->fact, role);
        *ret = (struct str){0};
        return filler && is_person(r->w, filler);
    }
    if (is(word, "n"))
        return count_word(r, role, ret);
    if (is(word, "inf")) {
        const struct filler *filler = fact_role(r->fact, role);
        mark(r, role);
        *ret = filler && !str_starts(filler->text, STR("to "))
                   ? str_concat(r->w->arena, STR("to "), filler->text)
               : filler ? filler->text
                        : (struct str){0};
        return ret->len > 0 && language_verb_forms(r->w->language, first_verb(*ret), false,
                                                   (struct verb_form[VERB_FORMS_MAX]){0}) > 0;
    }
    if (is(word, "own"))
        return with_text_article(r, role, ret);
    if (is(word, "that"))
        return without_that(r, role, ret);
    bool at = str_starts(role, STR("@"));
    if (at)
        role = str_slice(role, 1, role.len);
    mark(r, role);
    if (at)
        return governed(r, role, ret);
    if (is(word, "el") || is(word, "the"))
        return with_article(r, role, ret);
    if (is(word, "primero"))
        return first_of(r, role, ret);
    if (is(word, "bare")) {
        bool ok = plain(r, (struct str){0}, role, ret);
        *ret = without_article(r->w, *ret);
        return ok;
    }
    return plain(r, word, role, ret);
}

static void append(struct render *r, struct str *text, struct str part)
{
    *text = str_concat(r->w->arena, *text, part);
}

/* An optional part: whatever happened to the question inside it is undone when it does not work out. */
static void render_optional(struct render *r, struct str part, struct str *text)
{
    struct question before = *r->q;
    struct str filled;
    if (render(r, part, &filled))
        append(r, text, filled);
    else
        *r->q = before;
}

static bool render(struct render *r, struct str template, struct str *ret)
{
    struct str text = {0};
    for (size_t at = 0; at < template.len;) {
        char c = template.ptr[at];
        size_t end = c == '{'   ? str_find(template, STR("}"), at)
                     : c == '[' ? str_find(template, STR("]"), at)
                                : at;
        if (end == SIZE_MAX)
            return false;
        struct str inside = str_slice(template, at + 1, end), filled = str_slice(template, at, at + 1);
        if (c == '[')
            render_optional(r, inside, &text);
        else if (c == '{' && !fill(r, inside, &filled))
            return false;
        if (c != '[')
            append(r, &text, filled);
        at = end + 1;
    }
    *ret = text;
    return true;
}

/* Of two facts that give one sign different meanings, this one stands earlier or later in the text; 0 if it is
 * the only one. */
static int place_among_meanings(const struct writer *w, const struct fact *fact)
{
    const struct filler *sign = fact_role(fact, STR("sign")), *meaning = fact_role(fact, STR("meaning"));
    int at = sign ? index_words(w, STR("stands-for"), STR("sign"), sign->text) : -1;
    for (; at >= 0; at = multimap_next(&w->index->fillers, at)) {
        const struct fact *other = &w->facts->items[multimap_value(&w->index->fillers, at)];
        const struct filler *same = fact_role(other, STR("sign")), *rival = fact_role(other, STR("meaning"));
        if (other == fact || !rival || !meaning)
            continue;
        if (str_equal(same->text, sign->text) && !str_equal(rival->text, meaning->text))
            return other->sentence > fact->sentence ? -1 : 1;
    }
    return 0;
}

/* "Rayo" when there is a "Rayo 2" as well: the first series is meant. */
static bool has_versions(const struct writer *w, const struct fact *fact)
{
    const struct filler *work = fact_role(fact, STR("work"));
    return work && multimap_first(&w->index->versions, hash_str(without_article(w, work->text))) >= 0;
}

/* "smallest" has a wording of its own; "versiones diminutas" is named. */
static struct str size_key(const struct writer *w, struct str key, struct str which, bool is_family)
{
    struct str own =
        str_format(w->arena, "%.*s.%.*s%s", STR_ARG(key), STR_ARG(which), is_family ? ".first" : "");
    return language_text(w->language, own).len ? own : str_format(w->arena, "%.*s.which", STR_ARG(key));
}

/* "ex empleados de Acme", "doce vecinos": the first nouns say what people are. */
static bool is_of_people(const struct writer *w, struct str text)
{
    struct str rest = text, word;
    struct sense sense;
    for (int i = 0; i < 3 && str_split(&rest, ' ', &word); i++)
        if (language_sense(w->language, word, SENSE_ROLE, &sense) && sense.number == 'p')
            return true;
    return false;
}

static struct str wording_key(const struct writer *w, const struct fact *fact, const char *asked)
{
    const struct filler *which = fact_role(fact, STR("which"));
    struct str key = str_format(w->arena, "%.*s.%s", STR_ARG(fact->relation), asked);
    struct phrase_of phrase;
    bool several = phrase_of_role(w, fact, str_from(asked), &phrase) && phrase.count > 1;
    struct str finer = {0};
    const struct filler *category = fact_role(fact, STR("category"));
    const struct filler *attribute = fact_role(fact, STR("attribute"));
    const struct filler *term = fact_role(fact, STR("term"));
    if (term && term->entity >= 0 && is(str_from(asked), "term"))
        return str_format(w->arena, "%.*s.name",
                          STR_ARG(key)); /* names are asked for by what they do, terms by what they mean */
    struct str own = str_format(w->arena, "%.*s.%.*s", STR_ARG(key), STR_ARG(fact->verb.lemma));
    const struct filler *aspect = fact_role(fact, STR("aspect"));
    if (aspect && is_of_people(w, aspect->text) && !language_text(w->language, own).len)
        finer = str_concat(w->arena, key, STR(".people"));
    else if (is(fact->rule, "member.doer") || is(fact->rule, "member.subjects"))
        finer = str_concat(w->arena, key, str_slice(fact->rule, strlen("member"), fact->rule.len));
    else if (fact->verb.lemma.len && language_text(w->language, own).len)
        finer = own;
    else if (category && phrase_of_filler(w, category).plural)
        finer = str_format(w->arena, "%.*s.kind", STR_ARG(key));
    else if (attribute)
        finer = str_format(w->arena, "%.*s.%.*s", STR_ARG(key), STR_ARG(attribute->text));
    else if (is(str_from(asked), "person") && fact_role(fact, STR("role")) &&
             str_contains(fact_role(fact, STR("role"))->text, STR(" of ")))
        finer = str_format(w->arena, "%.*s.of", STR_ARG(key));
    else if (is(fact->relation, "stands-for") && place_among_meanings(w, fact))
        finer = str_format(w->arena, "%.*s.%s", STR_ARG(key),
                           place_among_meanings(w, fact) < 0 ? "first" : "later");
    else if (which && which->text.len)
        finer = size_key(w, key, which->text, has_versions(w, fact));
    else if (several)
        finer = str_format(w->arena, "%.*s.several", STR_ARG(key));
    return finer.len && language_text(w->language, finer).len ? finer : key;
}

static struct str hedged(const struct writer *w, const struct fact *fact, struct str core)
{
    if (fact->hedge == HEDGE_RUMOUR)
        return str_format(w->arena, w->spanish ? "Según los rumores, ¿%.*s?" : "According to rumors, %.*s?",
                          STR_ARG(core));
    if (fact->hedge == HEDGE_OPINION)
        return str_format(w->arena, w->spanish ? "Según %.*s, ¿%.*s?" : "According to %.*s, %.*s?",
                          STR_ARG(fact->holder), STR_ARG(core));
    if (fact->hedge == HEDGE_AS_OF &&
        !str_contains(core, w->spanish ? STR("según el capítulo") : STR("according to the chapter")))
        core = str_format(w->arena, w->spanish ? "%.*s, según el capítulo" : "%.*s, according to the chapter",
                          STR_ARG(core));
    return as_question(w, core);
}

static void set_answer(struct writer *w, struct question *q)
{
    if (!str_equal(q->asked, STR("time"))) {
        answer_of_role(w, q);
        return;
    }
    q->answer = (time_answer(w, &q->fact->time));
    q->value = time_iso(w->arena, &q->fact->time);
    time_accepted(w, &q->fact->time, &q->accepted);
}

static struct str role_text(const struct writer *w, const struct fact *fact, const char *role)
{
    const struct filler *filler = fact_role(fact, str_from(role));
    return filler ? without_article(w, filler->text) : (struct str){0};
}

static void set_parties(const struct writer *w, const struct ask *ask, struct question *q)
{
    q->subject = role_text(w, q->fact, ask->subject);
    q->object = role_text(w, q->fact, ask->object);
    if (!q->subject.len && q->fact->roles.count)
        q->subject = without_article(w, q->fact->roles.items[0].text);
}

/* What one answer can hold: more members than that are asked for in two questions. */
enum { ANSWER_MAX_FILLERS = 3, ANSWER_MAX_WORDS = 9, SPLIT_MAX_FILLERS = 6 };

static bool is_short(const struct phrase_of *phrase)
{
    return phrase->count <= ANSWER_MAX_FILLERS && count_words(phrase->text) <= ANSWER_MAX_WORDS;
}

static bool can_be_asked(const struct writer *w, const struct fact *fact, const struct ask *ask)
{
    if (is(str_from(ask->asked), "time"))
        return time_is_set(&fact->time);
    struct phrase_of phrase;
    return phrase_of_role(w, fact, str_from(ask->asked), &phrase) &&
           (is_short(&phrase) || (phrase.count > 1 && phrase.count <= SPLIT_MAX_FILLERS));
}

/* An office that one holds; nobody holds the office of a founder, a son or a successor. */
static bool is_office(const struct writer *w, const struct fact *fact)
{
    struct str text = fact_role(fact, STR("role"))->text;
    const struct role *role = language_role(w->language, text_lower(w->arena, text));
    bool lead = str_equal(text, STR("líder")) || str_equal(text, STR("leader"));
    return !lead && (role ? role->of_place || has_name(text) : count_words(text) > 1);
}

/* "a planet", "una empresa de datos": what sort of thing, and not merely "one of the …". */
static bool is_genus(const struct writer *w, struct str genus)
{
    struct sense article;
    struct str rest = genus, word;
    if (!str_split(&rest, ' ', &word) ||
        !language_sense(w->language, text_lower(w->arena, word), SENSE_ARTICLE, &article))
        return false;
    if (str_starts(rest, STR("de ")) || str_starts(rest, STR("of ")) || count_words(genus) < 3)
        return false;
    for (int i = 0; i < 4 && str_split(&rest, ' ', &word);
         i++) { /* "a true all-in move" is no sort of thing */
        struct sense noun;
        if (language_sense(w->language, word, SENSE_NOUN, &noun))
            return true;
    }
    return false;
}

static bool has_class_noun(const struct writer *w, struct str text)
{
    struct sense noun;
    struct str rest = text, word;
    while (str_split(&rest, ' ', &word))
        if (language_sense(w->language, word, SENSE_NOUN, &noun) ||
            language_sense(w->language, word, SENSE_ROLE, &noun))
            return true;
    return false;
}

static bool is_infinitive(const struct writer *w, struct str text)
{
    struct verb_form forms[VERB_FORMS_MAX];
    struct str rest = text, word = {0};
    str_split(&rest, ' ', &word);
    size_t count = language_verb_forms(w->language, word, false, forms);
    for (size_t i = 0; i < count; i++)
        if (forms[i].kind == FORM_INFINITIVE)
            return true;
    return false;
}

static bool starts_with_number(const struct writer *w, struct str text)
{
    struct sense sense;
    struct str first = {0};
    str_split(&text, ' ', &first);
    return language_sense(w->language, text_lower(w->arena, first), SENSE_NUMBER, &sense) ||
           (first.len && first.ptr[0] >= '0' && first.ptr[0] <= '9');
}

static bool is_worth(const struct writer *w, const struct fact *fact, const struct ask *ask)
{
    if (is(fact->relation, "role")) {
        const struct filler *person = fact_role(fact, STR("person"));
        enum entity_type type = person ? filler_type_of(w, person) : ENTITY_UNKNOWN;
        if (!person || !fact_role(fact, STR("role")) || (type != ENTITY_UNKNOWN && type != ENTITY_PERSON))
            return false;
        struct str text = text_lower(w->arena, fact_role(fact, STR("role"))->text);
        bool shared = str_starts(text, STR("co-")) || str_starts(text, STR("cofund")) ||
                      str_starts(text, STR("cofound"));
        if (shared && is(str_from(ask->asked), "person"))
            return false; /* one of several */
        return !is(str_from(ask->asked), "role") || is_office(w, fact);
    }
    if (is(fact->relation, "member")) {
        const struct filler *category = fact_role(fact, STR("category"));
        bool kind = category && phrase_of_filler(w, category).plural;
        if (category && starts_with_number(w, category->text))
            return false; /* "three apps" is no sort of thing */
        bool asks_kind = kind && is(str_from(ask->asked), "category");
        bool counted = is(fact->rule, "member.subjects") || is(fact->rule, "member.doer");
        if (counted && is(str_from(ask->asked), "category"))
            return false;
        if (kind && is(str_from(ask->asked), "member") &&
            (is(fact->rule, "member.such-as") ||
             (!fact_role(fact, STR("owner")) && !fact_role(fact, STR("predicate"))) ||
             without_article(w, category->text).len < category->text.len))
            return false; /* "such as" leaves members out */
        return category && !str_equal(category->text, section_title(w->doc, fact->section)) &&
               !(asks_kind && count_words(without_article(w, category->text)) < 2);
    }
    if (is(fact->relation, "superlative"))
        return has_class_noun(w, fact_role(fact, STR("class")) ? fact_role(fact, STR("class"))->text
                                                               : (struct str){0});
    if (is(fact->relation, "purpose"))
        return is_infinitive(w, fact_role(fact, STR("purpose")) ? fact_role(fact, STR("purpose"))->text
                                                                : (struct str){0});
    if (is(fact->relation, "part-of")) { /* "Parque Nacional del Teide" has the Teide in its name */
        const struct filler *part = fact_role(fact, STR("part")), *whole = fact_role(fact, STR("whole"));
        return part && whole && !str_contains(whole->text, without_article(w, part->text));
    }
    if (is(fact->relation, "available")) {
        const struct filler *work = fact_role(fact, STR("work"));
        return work && filler_type_of(w, work) == ENTITY_WORK;
    }
    if (is(fact->relation, "promise")) { /* who said it: a person, and what is said names something */
        const struct filler *agent = fact_role(fact, STR("agent")),
                            *content = fact_role(fact, STR("content"));
        return agent && content && is_person(w, agent) && is_named(w, content) &&
               count_words(content->text) > 3;
    }
    if (is(fact->relation, "size")) {
        const struct filler *which = fact_role(fact, STR("which"));
        bool coded =
            which &&
            language_text(w->language, str_format(w->arena, "size.value.%.*s", STR_ARG(which->text))).len;
        return !which || coded ||
               (has_class_noun(w, which->text) && !str_contains(which->text, STR("tamañ")) &&
                !str_starts(which->text, STR("size")));
    }
    if (is(fact->relation, "property")) {
        const struct filler *entity = fact_role(fact, STR("entity"));
        const struct filler *attribute = fact_role(fact, STR("attribute"));
        bool decided = attribute && (is(attribute->text, "decisión") || is(attribute->text, "decision"));
        return entity && (decided || !is_person(w, entity));
    }
    if (is(fact->relation, "definition")) {
        const struct filler *term = fact_role(fact, STR("term")), *genus = fact_role(fact, STR("genus"));
        bool told = is(fact->rule, "definition.term") || is(fact->rule, "definition.called") ||
                    is(fact->rule, "definition.rather");
        bool plural = term && (str_starts(term->text, STR("los ")) || str_starts(term->text, STR("las ")));
        bool named = term && term->entity >= 0 && !is(fact->rule, "definition.term");
        if (is(str_from(ask->asked), "term") &&
            (plural || !genus ||
             (!named && !is(fact->rule, "definition.term") && !is(fact->rule, "definition.dash")) ||
             count_words(genus->text) < 5))
            return false; /* only what tells it apart from all else */
        return term && genus && filler_type_of(w, term) != ENTITY_PERSON &&
               (told || is_genus(w, genus->text));
    }
    return true;
}

/* "Además de A y B, ¿…?": what the prompt gives of a list so that the rest of it can be asked for. */
static struct str with_given(struct writer *w, const struct fact *fact, struct str prompt)
{
    struct phrase_of given;
    if (!phrase_of_role(w, fact, STR("given"), &given))
        return prompt;
    if (!w->spanish)
        return str_format(
            w->arena, "Besides %.*s, %.*s", STR_ARG(given.text),
            STR_ARG(str_format(w->arena, "%.*s%.*s", STR_ARG(text_lower(w->arena, str_slice(prompt, 0, 1))),
                               STR_ARG(str_slice(prompt, 1, prompt.len)))));
    struct str mark = STR("¿"), lead = with_preposition(w, STR("de"), given.text);
    if (!str_starts(prompt, mark))
        return (struct str){0};
    struct str rest = str_slice(prompt, mark.len, prompt.len), first = {0};
    str_split(&rest, ' ', &first);
    return str_format(w->arena, "Además %.*s, ¿%.*s %.*s", STR_ARG(lead),
                      STR_ARG(text_lower(w->arena, first)), STR_ARG(rest));
}

static void ask_one(struct writer *w, const struct fact *fact, const struct ask *ask)
{
    struct str lines = language_text(w->language, wording_key(w, fact, ask->asked)), line, core;
    while (lines.len && str_split(&lines, '\n', &line)) {
        struct question q = {
            .fact = fact, .asked = str_from(ask->asked), .kind = ask->kind, .prior = ask->prior};
        struct render r = {w, fact, &q};
        if (!line.len || !render(&r, line, &core))
            continue;
        mark(&r, STR("which"));
        q.prompt = with_given(w, fact, hedged(w, fact, core));
        mark(&r, STR("given"));
        q.is_told_apart = is(fact->relation, "stands-for") && place_among_meanings(w, fact);
        set_answer(w, &q);
        set_parties(w, ask, &q);
        keep(w, &q);
        return;
    }
    note(w, fact, str_from(ask->asked), "no wording");
}

/* "former vice president", "exdirectora", "antiguo jefe": asked as what the person was. */
static const struct fact *in_the_past(struct writer *w, const struct fact *fact)
{
    static const char *const marks[] = {"former ", "ex-", "ex ", "antiguo ", "antigua ", "then-"};
    const struct filler *role = fact_role(fact, STR("role"));
    for (size_t i = 0; role && i < sizeof marks / sizeof *marks; i++) {
        struct str mark = str_from(marks[i]);
        if (!str_starts(role->text, mark))
            continue;
        struct fact *past = arena_new(w->arena, struct fact);
        *past = *fact;
        past->roles.items = arena_array(w->arena, fact->roles.count, sizeof *past->roles.items);
        memcpy(past->roles.items, fact->roles.items, fact->roles.count * sizeof *past->roles.items);
        struct filler *bare = &past->roles.items[role - fact->roles.items];
        bare->text = str_slice(role->text, mark.len, role->text.len);
        past->verb = (struct verb_use){.lemma = w->spanish ? STR("ser") : STR("be"), .tense = TENSE_PAST};
        return past;
    }
    return fact;
}

/* The same fact with the members first … end-1 of a role still asked for, and the others given. */
static const struct fact *with_part_given(struct writer *w, const struct fact *fact, struct str role,
                                          size_t first, size_t end)
{
    struct fact *part = arena_new(w->arena, struct fact);
    *part = *fact;
    part->roles.items = arena_array(w->arena, fact->roles.count, sizeof *part->roles.items);
    size_t at = 0;
    for (size_t i = 0; i < fact->roles.count; i++) {
        part->roles.items[i] = fact->roles.items[i];
        if (!str_equal(fact->roles.items[i].role, role))
            continue;
        if (at < first || at >= end)
            part->roles.items[i].role = STR("given");
        at++;
    }
    return part;
}

static bool fits_part(struct writer *w, const struct fact *fact, struct str role, size_t first, size_t end)
{
    struct phrase_of asked;
    return phrase_of_role(w, with_part_given(w, fact, role, first, end), role, &asked) && is_short(&asked);
}

/* A list too long for one answer is asked for by halves, or one by one. */
static void ask_parts(struct writer *w, const struct fact *fact, const struct ask *ask)
{
    struct phrase_of all;
    struct str role = str_from(ask->asked);
    bool time = is(role, "time");
    if (time || !phrase_of_role(w, fact, role, &all) || is_short(&all)) {
        ask_one(w, fact, ask);
        return;
    }
    size_t half = (all.count + 1) / 2;
    if (fits_part(w, fact, role, 0, half) && fits_part(w, fact, role, half, all.count)) {
        ask_one(w, with_part_given(w, fact, role, 0, half), ask);
        ask_one(w, with_part_given(w, fact, role, half, all.count), ask);
        return;
    }
    for (size_t i = 0; i < all.count; i++)
        if (fits_part(w, fact, role, i, i + 1))
            ask_one(w, with_part_given(w, fact, role, i, i + 1), ask);
}

/* Several are meant ("sacaron", "they released") and the text has named nobody nearer: it is the organisation that the
 * chapter is about. */
static bool is_of_protagonist(const struct writer *w, const struct fact *fact)
{
    bool told = is(fact->relation, "respond") || is(fact->relation, "before");
    const struct verb_use *verb = &fact->verb;
    struct verb_form forms[VERB_FORMS_MAX];
    size_t count = language_verb_forms(w->language, verb->lemma, false, forms);
    return w->protagonist_leads && told && !fact_role(fact, STR("agent")) && verb->lemma.len &&
           !verb->passive && (verb->plural || !w->spanish) && count && !forms[0].verb->intransitive;
}

static const struct fact *with_maker(struct writer *w, const struct fact *fact)
{
    if (!is_of_protagonist(w, fact))
        return fact;
    struct fact *made = arena_new(w->arena, struct fact);
    *made = *fact;
    made->roles = (struct fillers){0};
    list_each (const struct filler, filler, &fact->roles)
        list_push(w->arena, &made->roles, *filler);
    list_push(w->arena, &made->roles,
              ((struct filler){.role = STR("agent"),
                               .entity = w->protagonist,
                               .text = w->facts->entities.items[w->protagonist].name}));
    return made;
}

/* The owner of the list that the paragraph has been counting up so far; facts stand in the order of the text. */
static const struct filler *owner_nearby(const struct writer *w, const struct fact *fact)
{
    int block = w->doc->sentences.items[fact->sentence].block;
    for (size_t i = (size_t)(fact - w->facts->items) + 1; i-- > 0;) {
        const struct fact *other = &w->facts->items[i];
        if (w->doc->sentences.items[other->sentence].block != block)
            return NULL;
        const struct filler *owner = is(other->relation, "member") ? fact_role(other, STR("owner")) : NULL;
        if (owner)
            return owner;
    }
    return NULL;
}

/* "el más grande de todos", "the largest of all": of whose? NULL if nobody knows. */
static const struct fact *with_scope(struct writer *w, const struct fact *fact)
{
    static const char *const endings[] = {" de todos", " de todas", " of all", " of them all"};
    const struct filler *class = is(fact->relation, "superlative") ? fact_role(fact, STR("class")) : NULL;
    for (size_t i = 0; class && i < sizeof endings / sizeof *endings; i++) {
        struct str ending = str_from(endings[i]);
        if (!str_ends(class->text, ending))
            continue;
        const struct filler *owner = owner_nearby(w, fact);
        if (!owner)
            return NULL;
        struct fact *scoped = arena_new(w->arena, struct fact);
        *scoped = *fact;
        scoped->roles.items = arena_array(w->arena, fact->roles.count, sizeof *scoped->roles.items);
        memcpy(scoped->roles.items, fact->roles.items, fact->roles.count * sizeof *scoped->roles.items);
        struct str bare = str_slice(class->text, 0, class->text.len - ending.len);
        scoped->roles.items[class - fact->roles.items].text =
            str_format(w->arena, "%.*s %.*s", STR_ARG(bare),
                       STR_ARG(with_preposition(w, w->spanish ? STR("de") : STR("of"), owner->text)));
        return scoped;
    }
    return fact;
}

static bool may_be_asked(const struct fact *fact)
{
    bool promised = fact->hedge == HEDGE_PROMISE && !is(fact->relation, "promise");
    return !fact->negative && !promised;
}

void ask_template(struct writer *w, const struct fact *fact, struct str asked)
{
    fact = in_the_past(w, fact);
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
        if (is(fact->relation, asks[i].relation) && is(asked, asks[i].asked) &&
            can_be_asked(w, fact, &asks[i]) && is_worth(w, fact, &asks[i]))
            ask_one(w, fact, &asks[i]);
}

void ask_templates(struct writer *w, const struct fact *fact)
{
    if (!may_be_asked(fact))
        return;
    const struct fact *told = with_scope(w, fact);
    if (!told) {
        note(w, fact, STR("entity"), "the best of whose?");
        return;
    }
    told = with_maker(w, in_the_past(w, told));
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
        if (is(fact->relation, asks[i].relation) && can_be_asked(w, told, &asks[i]) &&
            is_worth(w, told, &asks[i]) && !is_asked_with_others(w, fact))
            ask_parts(w, told, &asks[i]);
}

struct str state_template(struct writer *w, const struct fact *fact)
{
    if (fact->negative || fact->hedge != HEDGE_NONE)
        return (struct str){0};
    fact = in_the_past(w, fact);
    struct str lines = language_text(w->language, wording_key(w, fact, "statement")), line, text;
    while (lines.len && str_split(&lines, '\n', &line)) {
        struct question q = {.fact = fact};
        struct render r = {w, fact, &q};
        if (line.len && render(&r, line, &text))
            return text;
    }
    return (struct str){0};
}
