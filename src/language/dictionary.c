/* The system's dictionaries through hunspell's C interface: loaded on the first word that asks for them,
 * every answer kept. One lock a language: hunspell is not made for several threads. */
#include "base/hash.h"
#include "language/inside.h"
#include "text/text.h"

#include <hunspell/hunspell.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct guess {
    struct verb_form form;
    int next;
};

struct dictionary {
    pthread_mutex_t lock;
    struct arena arena;
    bool tried;
    Hunhandle *handle;
    struct table ordinary; /* word → 0 or 1 */
    struct table guess_table;
    struct {
        struct guess *items;
        size_t count, capacity;
    } guesses;
};

static char dictionaries[512] = "/usr/share/hunspell";

void language_set_dictionaries(const char *folder)
{
    snprintf(dictionaries, sizeof dictionaries, "%s", folder);
}

struct dictionary *dictionary_new(void)
{
    static struct dictionary all[2];
    static size_t used;
    struct dictionary *d = &all[used++];
    pthread_mutex_init(&d->lock, NULL);
    return d;
}

static bool load(struct dictionary *d, const char *name)
{
    char aff[600], dic[600];
    snprintf(aff, sizeof aff, "%s/%s.aff", dictionaries, name);
    snprintf(dic, sizeof dic, "%s/%s.dic", dictionaries, name);
    if (access(aff, R_OK) || access(dic, R_OK))
        return false;
    d->handle = Hunspell_create(aff, dic);
    return d->handle != NULL;
}

/* Any country's Spanish will do: hunspell packages differ in which one they install. */
static Hunhandle *handle_of(const struct language *language)
{
    static const char *const spanish[] = {"es_ES", "es_MX", "es_ANY", "es", NULL};
    static const char *const english[] = {"en_US", "en_GB", "en", NULL};
    struct dictionary *d = language->dictionary;
    if (!d->tried) {
        d->tried = true;
        for (const char *const *name = language->spanish ? spanish : english; *name && !load(d, *name);)
            name++;
    }
    return d->handle;
}

bool language_has_dictionary(const struct language *language)
{
    pthread_mutex_lock(&language->dictionary->lock);
    bool has = handle_of(language) != NULL;
    pthread_mutex_unlock(&language->dictionary->lock);
    return has;
}

static bool in_lexicon(const struct language *language, struct str word)
{
    return table_find(&language->sense_table, word) >= 0 || table_find(&language->verb_table, word) >= 0;
}

/* hunspell wants a terminated word; longer ones than any dictionary holds are no words. */
static bool terminate(struct str word, char ret[128])
{
    if (!word.len || word.len >= 128 || memchr(word.ptr, 0, word.len))
        return false;
    memcpy(ret, word.ptr, word.len);
    ret[word.len] = 0;
    return true;
}

static bool ask(const struct language *language, struct str word)
{
    struct dictionary *d = language->dictionary;
    int known = table_find(&d->ordinary, word);
    if (known >= 0)
        return known;
    char text[128];
    Hunhandle *handle = handle_of(language);
    bool ordinary =
        handle ? terminate(word, text) && Hunspell_spell(handle, text) : in_lexicon(language, word);
    table_add(&d->arena, &d->ordinary, str_copy(&d->arena, word))->first = ordinary;
    return ordinary;
}

bool language_is_ordinary(const struct language *language, struct str word)
{
    if (in_lexicon(language, word) && table_find(&language->verb_table, word) >= 0)
        return true;
    pthread_mutex_lock(&language->dictionary->lock);
    bool ordinary = ask(language, word);
    pthread_mutex_unlock(&language->dictionary->lock);
    return ordinary;
}

static size_t stems(const struct language *language, struct arena *arena, struct str word, struct str *ret,
                    size_t limit)
{
    char text[128], **list = NULL;
    Hunhandle *handle = handle_of(language);
    if (!handle || !terminate(word, text))
        return 0;
    int count = Hunspell_stem(handle, &list, text);
    size_t kept = 0;
    for (int i = 0; i < count && kept < limit; i++)
        ret[kept++] = str_copy(arena, str_from(list[i]));
    Hunspell_free_list(handle, &list, count);
    return kept;
}

struct str language_stem(const struct language *language, struct arena *arena, struct str word)
{
    struct str first = {0};
    pthread_mutex_lock(&language->dictionary->lock);
    stems(language, arena, word, &first, 1);
    pthread_mutex_unlock(&language->dictionary->lock);
    return first;
}

/* "popular", "celular" and "mujer" end like infinitives and have no gerund. */
static bool has_gerund(const struct language *language, struct str stem)
{
    char text[128];
    struct str root = str_slice(stem, 0, str_ends(stem, STR("ír")) ? stem.len - 3 : stem.len - 2);
    bool first = str_ends(stem, STR("ar"));
    char vowel = root.len ? root.ptr[root.len - 1] : 0; /* leyendo, construyendo */
    bool hiatus = vowel && strchr("aeou", vowel) && !str_ends(root, STR("gu")) && !str_ends(root, STR("qu"));
    const char *end = first ? "ando" : hiatus ? "yendo" : "iendo";
    if (root.len + strlen(end) >= sizeof text)
        return false;
    snprintf(text, sizeof text, "%.*s%s", STR_ARG(root), end);
    return Hunspell_spell(handle_of(language), text) || (!first && !hiatus); /* pidiendo, durmiendo */
}

static bool may_be_verb(const struct language *language, struct str word, struct str stem)
{
    if (language->spanish)
        return (str_ends(stem, STR("ar")) || str_ends(stem, STR("er")) || str_ends(stem, STR("ir")) ||
                str_ends(stem, STR("ír"))) &&
               has_gerund(language, stem);
    return !str_equal(word, stem) && (str_ends(word, STR("ed")) || str_ends(word, STR("ing")));
}

/* Keeps the readings of `word` as a form of `stem`. */
static void guess_from(const struct language *language, struct str word, struct str stem)
{
    struct dictionary *d = language->dictionary;
    struct arena scratch = {0};
    struct forms forms = {0};
    struct verb *verb = NULL;
    language_forms(language, &scratch, stem, &forms);
    list_each (struct form, form, &forms) {
        if (!str_equal(form->text, word))
            continue;
        if (!verb) {
            verb = arena_new(&d->arena, struct verb);
            verb->lemma = str_copy(&d->arena, stem);
        }
        struct verb_form reading = {verb, form->kind, form->person, form->number, form->gender, true};
        struct table_slot *slot = table_add(&d->arena, &d->guess_table, word);
        list_push(&d->arena, &d->guesses, ((struct guess){reading, slot->first}));
        slot->first = (int)d->guesses.count - 1;
    }
    arena_finish(&scratch);
}

size_t dictionary_guess_verb(const struct language *language, struct str word,
                             struct verb_form ret[VERB_FORMS_MAX])
{
    struct dictionary *d = language->dictionary;
    pthread_mutex_lock(&d->lock);
    struct str kept = word;
    size_t before = d->guess_table.count;
    if (table_find(&d->guess_table, word) < 0) {
        kept = str_copy(&d->arena, word);
        table_add(&d->arena, &d->guess_table, kept);
    }
    if (d->guess_table.count > before) {
        struct str found[4];
        size_t count = stems(language, &d->arena, kept, found, 4);
        for (size_t i = 0; i < count; i++)
            if (may_be_verb(language, kept, found[i]))
                guess_from(language, kept, found[i]);
    }
    size_t count = 0;
    for (int at = table_find(&d->guess_table, word); at >= 0 && count < VERB_FORMS_MAX;
         at = d->guesses.items[at].next)
        ret[count++] = d->guesses.items[at].form;
    pthread_mutex_unlock(&d->lock);
    return count;
}

/* Each vowel that could bear an accent; n that could be ñ. */
static const char *accented(char c)
{
    switch (c) {
    case 'a':
        return "á";
    case 'e':
        return "é";
    case 'i':
        return "í";
    case 'o':
        return "ó";
    case 'u':
        return "ú";
    case 'n':
        return "ñ";
    default:
        return NULL;
    }
}

struct str language_restore_accents(const struct language *language, struct arena *arena, struct str word)
{
    struct str found = {0};
    if (!language->spanish || word.len > 40)
        return found;
    for (size_t at = 0; at < word.len; at++) {
        const char *accent = accented(word.ptr[at]);
        if (!accent)
            continue;
        struct str candidate = str_format(arena, "%.*s%s%.*s", STR_ARG(str_slice(word, 0, at)), accent,
                                          STR_ARG(str_slice(word, at + 1, word.len)));
        if (!language_is_ordinary(language, candidate))
            continue;
        if (found.len)
            return (struct str){0};
        found = candidate;
    }
    return found;
}
