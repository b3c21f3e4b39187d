/* What is right, and what else is taken for right. */
#include "questions/index.h"
#include "questions/writer.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "text/text.h"

#include <math.h>
#include <string.h>

static void accept(const struct writer *w, struct question *q, struct str form)
{
    if (form.len && q->accepted.count < 10 && !str_equal(form, q->answer) &&
        !str_list_has(&q->accepted, form))
        list_push(w->arena, &q->accepted, form);
}

static bool shares_last_name(const struct writer *w, const struct entity *who, struct str last)
{
    const struct multimap *surnames = &w->index->surnames;
    for (int at = multimap_first(surnames, hash_str(last)); at >= 0; at = multimap_next(surnames, at))
        if (&w->facts->entities.items[multimap_value(surnames, at)] != who)
            return true;
    return false;
}

/* "Curie" for "Marie Curie", if she is the only one of that name here. */
static void accept_last_name(const struct writer *w, struct question *q, const struct entity *entity)
{
    size_t at = SIZE_MAX;
    for (size_t i = 0; i < entity->name.len; i++)
        if (entity->name.ptr[i] == ' ')
            at = i;
    if (entity->type != ENTITY_PERSON || at == SIZE_MAX)
        return;
    struct str last = str_slice(entity->name, at + 1, entity->name.len);
    if (last.len > 2 && !shares_last_name(w, entity, last))
        accept(w, q, last);
}

static void accept_entity(const struct writer *w, struct question *q, const struct entity *entity)
{
    accept(w, q, entity->name);
    accept_last_name(w, q, entity);
    list_each (const struct str, alias, &entity->aliases)
        if (alias->len > 1)
            accept(w, q, *alias);
}

/* Words for small numbers and figures for words. */
static void accept_number(const struct writer *w, struct question *q, struct str numeral)
{
    struct sense sense;
    double value;
    if (language_sense(w->language, text_lower(w->arena, numeral), SENSE_NUMBER, &sense) && !sense.scale)
        accept(w, q, str_format(w->arena, "%g", sense.value));
    else if (str_to_double(numeral, &value) && value == floor(value) && value > 0 && value < 21) {
        static const char *const es[] = {
            "",        "uno",    "dos",       "tres",       "cuatro",    "cinco",      "seis",
            "siete",   "ocho",   "nueve",     "diez",       "once",      "doce",       "trece",
            "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte"};
        static const char *const en[] = {
            "",         "one",     "two",     "three",     "four",     "five",     "six",
            "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
            "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
        accept(w, q, str_from((w->spanish ? es : en)[(int)value]));
    }
}

static bool is_place_role(struct str role)
{
    return str_equal(role, STR("place"));
}

bool is_acronym(struct str text)
{
    for (size_t at = 0; at < text.len;)
        if (!text_is_upper(utf8_next(text, &at)))
            return false;
    return text.len > 1;
}

static bool has_other_preposition(const struct fact *fact, const struct filler *first)
{
    list_each (const struct filler, filler, &fact->roles)
        if (str_equal(filler->role, first->role) && !str_equal(filler->before, first->before))
            return true;
    return false;
}

void answer_of_role(const struct writer *w, struct question *q)
{
    struct phrase_of phrase;
    if (!phrase_of_role(w, q->fact, q->asked, &phrase))
        return;
    const struct filler *first = fact_role(q->fact, q->asked);
    const struct entity *entity = filler_entity_of(w, first);
    if (phrase.count > 1 && has_other_preposition(q->fact, first)) { /* "at Oslo on the fjord" is one place */
        phrase = phrase_of_filler(w, first);
        phrase.count = 1;
    }
    if (phrase.count == 1 && phrase.person && str_ends(phrase.text, entity->name)) {
        accept(w, q, phrase.text); /* "the diplomat Juan Paz" */
        phrase.text = entity->name;
    }
    if (phrase.count == 1 && entity && is_acronym(without_article(w, phrase.text))) {
        accept(w, q, phrase.text); /* "el TII" beside "Acme" would stand out */
        phrase.text = without_article(w, phrase.text);
    }
    q->answer = phrase.text;
    struct str because = w->spanish ? STR("porque") : STR("because");
    bool cause = str_equal(q->asked, STR("cause"));
    struct str lead = first->before.len || !cause ? first->before : because;
    if ((cause || str_equal(q->asked, STR("purpose"))) && lead.len && phrase.count == 1) {
        accept(w, q, phrase.text);
        q->answer = with_preposition(w, lead, phrase.text);
    }
    bool contracted = str_equal(first->before, STR("del")) || str_equal(first->before, STR("al"));
    if (w->spanish && contracted && !entity && !has_name(phrase.text))
        q->answer = str_concat(w->arena, STR("el "), phrase.text);
    accept(w, q, without_article(w, phrase.text));
    if (phrase.count > 1)
        return;
    if (entity)
        accept_entity(w, q, entity);
    if (is_place_role(q->asked))
        accept(w, q, with_preposition(w, first->before, first->text));
    accept_number(w, q, phrase.text);
    double value;
    if (str_to_double(phrase.text, &value))
        q->value = phrase.text;
}
