#include "language/language.h"

#include "language/embedded.h"
#include "language/inside.h"

#include <pthread.h>
#include <string.h>

static struct language languages[2] = {{.code = "es", .spanish = true}, {.code = "en"}};

static void build(struct language *language, const unsigned char *bytes, unsigned long size)
{
    language->dictionary = dictionary_new();
    lexicon_build(language, (struct str){(const char *)bytes, size});
}

static void build_spanish(void)
{
    build(&languages[0], embedded_es, embedded_es_size);
}

static void build_english(void)
{
    build(&languages[1], embedded_en, embedded_en_size);
}

const struct language *language_get(struct str code)
{
    static pthread_once_t spanish = PTHREAD_ONCE_INIT, english = PTHREAD_ONCE_INIT;
    if (str_equal(code, STR("es"))) {
        pthread_once(&spanish, build_spanish);
        return &languages[0];
    }
    if (str_equal(code, STR("en"))) {
        pthread_once(&english, build_english);
        return &languages[1];
    }
    return NULL;
}

struct str language_code(const struct language *language)
{
    return str_from(language->code);
}

size_t language_verb_forms(const struct language *language, struct str word, bool guess,
                           struct verb_form ret[VERB_FORMS_MAX])
{
    size_t count = 0;
    for (int at = table_find(&language->verb_table, word); at >= 0 && count < VERB_FORMS_MAX;) {
        const struct verb_item *item = &language->verb_items.items[at];
        ret[count] = item->form;
        ret[count++].verb = &language->verbs.items[item->verb];
        at = item->next;
    }
    return count || !guess ? count : dictionary_guess_verb(language, word, ret);
}

size_t language_senses(const struct language *language, struct str word, struct sense ret[SENSES_MAX])
{
    size_t count = 0;
    for (int at = table_find(&language->sense_table, word); at >= 0 && count < SENSES_MAX;
         at = language->senses.items[at].next)
        ret[count++] = language->senses.items[at].sense;
    return count;
}

bool language_sense(const struct language *language, struct str word, enum sense_kind kind, struct sense *ret)
{
    for (int at = table_find(&language->sense_table, word); at >= 0; at = language->senses.items[at].next)
        if (language->senses.items[at].sense.kind == kind) {
            *ret = language->senses.items[at].sense;
            return true;
        }
    return false;
}

bool language_is_function_word(const struct language *language, struct str word)
{
    for (int at = table_find(&language->sense_table, word); at >= 0; at = language->senses.items[at].next)
        if (language->senses.items[at].sense.kind <= SENSE_ADVERB)
            return true;
    for (int at = table_find(&language->verb_table, word); at >= 0; at = language->verb_items.items[at].next)
        if (language->verbs.items[language->verb_items.items[at].verb].auxiliary)
            return true;
    return false;
}

const struct noun *language_noun(const struct language *language, struct str singular)
{
    struct sense sense;
    return language_sense(language, singular, SENSE_NOUN, &sense) ? sense.noun : NULL;
}

const struct role *language_role(const struct language *language, struct str masculine)
{
    struct sense sense;
    return language_sense(language, masculine, SENSE_ROLE, &sense) ? sense.role : NULL;
}

struct str language_month(const struct language *language, int month)
{
    return month >= 1 && month <= 12 ? language->months[month - 1] : (struct str){0};
}

static bool matches(const struct phrase *phrase, const struct str *words, size_t count)
{
    if (phrase->words.count > count)
        return false;
    for (size_t i = 0; i < phrase->words.count; i++)
        if (!str_equal(phrase->words.items[i], words[i]))
            return false;
    return true;
}

size_t language_phrase(const struct language *language, enum phrase_kind kind, const struct str *words,
                       size_t count, const struct phrase **ret)
{
    const struct phrase *best = NULL;
    for (int at = count ? table_find(&language->phrase_table, words[0]) : -1; at >= 0;
         at = language->phrases.items[at].next) {
        const struct phrase *phrase = &language->phrases.items[at].phrase;
        if (phrase->kind == kind && (!best || phrase->words.count > best->words.count) &&
            matches(phrase, words, count))
            best = phrase;
    }
    if (best && ret)
        *ret = best;
    return best ? best->words.count : 0;
}

uint64_t language_phrase_kinds(const struct language *language, struct str word)
{
    uint64_t kinds = 0;
    for (int at = table_find(&language->phrase_table, word); at >= 0; at = language->phrases.items[at].next)
        kinds |= UINT64_C(1) << language->phrases.items[at].phrase.kind;
    return kinds;
}

size_t language_find_phrase(const struct language *language, enum phrase_kind kind, const struct str *words,
                            size_t count, const struct phrase **ret)
{
    for (size_t at = 0; at < count; at++)
        if (language_phrase(language, kind, words + at, count - at, ret))
            return at;
    return SIZE_MAX;
}

bool language_is_abbreviation(const struct language *language, struct str word)
{
    return table_find(&language->abbreviations, word) >= 0;
}

int language_alike(const struct language *language, struct str word)
{
    return table_find(&language->alike, word);
}

struct str language_text(const struct language *language, struct str key)
{
    int at = table_find(&language->text_table, key);
    return at < 0 ? (struct str){0} : language->texts.items[at].text;
}
