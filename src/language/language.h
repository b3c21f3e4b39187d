/* What the program knows of a language: its words as data, from assets/lang/ES.yaml and EN.yaml.
 *
 * A lexicon is built once per language on first use and lives as long as the program; everything that it
 * returns points into it. All functions may be called from any thread. Words are given in lower case, NFC,
 * with their accents (creó is not creo); names (first names, places) are found as they are written. */
#ifndef REPASO_LANGUAGE_LANGUAGE_H
#define REPASO_LANGUAGE_LANGUAGE_H

#include "base/str.h"

#include <stdint.h>

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct language;

/* "es" or "en"; NULL for any other. */
const struct language *language_get(struct str code);
struct str language_code(const struct language *language);

/* ---- Verbs ---- */

/* One verb. `relations` are those that it may state ("release", "found", …), the likeliest first; a verb
 * without any tells a plain deed. */
struct verb {
    struct str lemma; /* infinitive: "lanzar", "release"; without "to" and without "se" */
    struct str_list relations;
    struct str preposition; /* that binds its object: "responder" a, "respond" to; mostly empty */
    bool pronominal;        /* lives with "se": desvincularse */
    bool intransitive;      /* its subject undergoes it: salir, nacer, arrive; never passive */
    bool auxiliary;         /* haber, ser, estar; be, have, do, will, … */
    bool attitude;          /* says, thinks, promises: what it governs is not asserted by the text */
    bool alone;             /* says enough without an object: open, march, study */
    bool factive;           /* what it governs is asserted: notice, prove, demostrar */
    bool of_people;         /* whoever undergoes it is a person: nombrar, hire */
    bool weak;              /* says little by itself: tener, hacer; have, make */
    bool light;             /* leads another verb on: decidir, empezar a, lograr; decide, begin, help */
};

enum verb_form_kind {
    FORM_INFINITIVE,
    FORM_GERUND,     /* lanzando, releasing */
    FORM_PARTICIPLE, /* lanzado/a/os/as, released */
    FORM_PAST,       /* preterite */
    FORM_IMPERFECT,
    FORM_PRESENT,
    FORM_FUTURE,
    FORM_CONDITIONAL,
    FORM_SUBJUNCTIVE,
    FORM_PAST_SUBJUNCTIVE,
    FORM_IMPERATIVE
};

/* What one spelling may be. English "released" is both FORM_PAST and FORM_PARTICIPLE, "put" four forms. */
struct verb_form {
    const struct verb *verb;
    enum verb_form_kind kind;
    int person;   /* 1 to 3; 0 where the form has none or fits all */
    char number;  /* 's', 'p', or 0 for both */
    char gender;  /* Spanish participles: 'm' or 'f'; else 0 */
    bool guessed; /* not in the lexicon: derived from the dictionary's stem and its regular paradigm */
};

enum { VERB_FORMS_MAX = 8 };

/* Fills `ret` with the readings of a word as a verb and returns how many. Words outside the lexicon are tried
 * through the system's dictionary when `guess` is set. Clitics (véndeme, lanzarlo) are not taken off. */
size_t language_verb_forms(const struct language *language, struct str word, bool guess,
                           struct verb_form ret[VERB_FORMS_MAX]);
/* The form of a verb; it need not be in the lexicon. `number` 's' or 'p', `gender` 'm' or 'f' where they
 * matter; third person. Empty if the form does not exist. */
struct str language_conjugate(const struct language *language, struct arena *arena, struct str lemma,
                              enum verb_form_kind kind, char number, char gender);

/* ---- Single words ---- */

enum sense_kind {
    SENSE_ARTICLE,     /* value 1 definite, 2 indefinite */
    SENSE_PREPOSITION, /* "del" and "al" too, with `lemma` "de", "a" and value 1 (an article is inside) */
    SENSE_CONJUNCTION, /* y, e, o, and, or: value 1; others 0 */
    SENSE_PRONOUN,     /* value: person; `lemma`: "subject", "object", "possessive", "reflexive" */
    SENSE_RELATIVE,    /* que, quien, cuyo; who, which, that */
    SENSE_DETERMINER,  /* `lemma`: "demonstrative", "possessive" (value: person), "quantity", "other" */
    SENSE_QUESTION,    /* qué, quién, cuándo; what, who */
    SENSE_ADVERB,
    SENSE_MONTH,      /* value 1 to 12 */
    SENSE_SEASON,     /* value as time_value.season: 1 spring to 4 winter */
    SENSE_WEEKDAY,    /* value 1 Monday to 7 */
    SENSE_NUMBER,     /* value: "siete" 7, "millones" 1000000 (see `scale`) */
    SENSE_ORDINAL,    /* value: "tercer" 3 */
    SENSE_TIME_UNIT,  /* `lemma`: "second", "minute", "hour", "day", "week", "month", "year", "decade",
                         "century" */
    SENSE_UNIT,       /* of measure or money: `lemma` is its usual form: "km", "dólares" */
    SENSE_ROLE,       /* what a person is: fundadora, CEO, king; see `role` */
    SENSE_NOUN,       /* a class of things: modelo, tratado, river; see `noun` */
    SENSE_FIRST_NAME, /* gender where known */
    SENSE_PLACE,      /* `lemma` is the name as written; `type`: "country", "city", "continent", "region" */
    SENSE_DEMONYM,    /* francesa, French: `lemma` is the place (Francia, France) */
    SENSE_STOP_NAME   /* looks like a name and is none: IA, LLM, GPU, Hey */
};

/* A role noun with its four forms; English has two. */
struct role {
    struct str masculine, feminine, masculine_plural, feminine_plural; /* feminine equal if common */
    struct str
        verb;      /* what its holder did, where that is another way to ask: "fundar", "found"; else empty */
    bool of_place; /* rey, presidente, general: holds it of a country, city, army as well */
    bool before_name; /* stands before the name without article: King Aldo, General Ruiz */
};

/* A class noun. */
struct noun {
    struct str singular, plural;
    char gender;     /* 'm' or 'f'; 0 in English */
    struct str type; /* "org", "person", "work", "place", "event", "term"; what it says of its bearer */
    struct str kind; /* finer, for choosing alike things: "model", "company", "war", "river"; else type */
};

struct sense {
    enum sense_kind kind;
    struct str lemma;
    struct str type;
    double value;
    bool scale;  /* numbers: hundred, thousand, million: multiplies what stands before */
    char gender; /* 'm', 'f', 'n' or 0 */
    char number; /* 's', 'p' or 0 */
    const struct role *role;
    const struct noun *noun;
};

enum { SENSES_MAX = 8 };

/* Fills `ret` with what a word may be besides a verb. A word that begins with a capital is also looked up as
 * a name; give the lower-case form for everything else. */
size_t language_senses(const struct language *language, struct str word, struct sense ret[SENSES_MAX]);
/* The first sense of that kind. */
bool language_sense(const struct language *language, struct str word, enum sense_kind kind,
                    struct sense *ret);
/* A word that only binds others: article, preposition, conjunction, pronoun, common adverb, auxiliary. */
bool language_is_function_word(const struct language *language, struct str word);
const struct noun *language_noun(const struct language *language, struct str singular);
const struct role *language_role(const struct language *language, struct str masculine);
/* 1 to 12 → "enero", "January". */
struct str language_month(const struct language *language, int month);

/* ---- Phrases ---- */

enum phrase_kind {
    PHRASE_NEGATION,    /* no, nunca, ningún, sin, dejó de; not, never, failed to */
    PHRASE_HYPOTHESIS,  /* si, quizás, imagina, podría; if, perhaps, suppose, might */
    PHRASE_RUMOUR,      /* según los rumores, se decía; reportedly, allegedly */
    PHRASE_OPINION,     /* sorprendente, interesante, afortunadamente; surprisingly, arguably */
    PHRASE_IRONY,       /* claro, cómo no, los buenos */
    PHRASE_AUTHOR,      /* yo, nosotros, creo; I, we, my */
    PHRASE_READER,      /* tú, imagina, puedes; you, your */
    PHRASE_PROMISE,     /* promete, planea, apunta a; plans to, promised */
    PHRASE_AS_OF,       /* actualmente, hoy, hasta ahora; today, currently, so far */
    PHRASE_SUPERLATIVE, /* el más, la mayor; the most, the largest */
    PHRASE_FIRST,       /* el primero en, la primera; the first to */
    PHRASE_BEFORE,      /* poco antes de; shortly before */
    PHRASE_AFTER,       /* tras, después de, luego de; after, following */
    PHRASE_CAUSE,       /* porque, debido a; because, due to */
    PHRASE_PURPOSE,     /* para, con el fin de; in order to, so as to */
    PHRASE_DEFINITION,  /* se conoce como, consiste en, se refiere a; refers to, is known as */
    PHRASE_ALSO_KNOWN,  /* también conocido como, llamado; also known as */
    PHRASE_STANDS_FOR,  /* siglas de, significa; stands for */
    PHRASE_SUCH_AS,     /* como, tales como, por ejemplo, entre ellos; such as, including */
    PHRASE_VAGUE_TIME,  /* a inicios de, mediados de, hacia; in early, around: `canonical` is how to say it */
    PHRASE_SAME_TIME,   /* ese mismo año, del mismo mes; that same year: `value` 0, `canonical` the unit */
    PHRASE_NEXT_TIME,   /* del año siguiente, al mes siguiente; the following year: `value` 1 */
    PHRASE_LATER,       /* después, más tarde; later (after "tres años") */
    PHRASE_RESPECTIVELY,
    PHRASE_QUANTIFIER, /* más de, casi, unos; more than, almost, about: kept with the number */
    PHRASE_RELATION, /* fixed words that state a relation: "como respuesta a" → respond, "bajo el mando de"
                        → role, "basado en" → based-on: `canonical` is the relation */
    PHRASE_KINDS
};

struct phrase {
    enum phrase_kind kind;
    struct str canonical;
    double value;
    struct str_list words; /* lower case */
};

/* The longest phrase of a kind that begins at words[0] (lower case, NFC, without punctuation between);
 * returns how many words it takes, 0 if none. `ret` may be NULL. */
size_t language_phrase(const struct language *language, enum phrase_kind kind, const struct str *words,
                       size_t count, const struct phrase **ret);
/* Any phrase of the kind in words[0..count); returns the index of its first word, SIZE_MAX if none. */
size_t language_find_phrase(const struct language *language, enum phrase_kind kind, const struct str *words,
                            size_t count, const struct phrase **ret);
/* The kinds of phrases that begin with this word, a bit each. */
uint64_t language_phrase_kinds(const struct language *language, struct str word);
/* Abbreviations that end in a point without ending a sentence, without the point ("p. ej" → "p", "ej"). */
bool language_is_abbreviation(const struct language *language, struct str word);
/* The number of the group of words that mean about the same ("vencer", "derrotar"); -1 for a word in no group. Verbs
 * are asked for by their infinitive. For hearing what somebody meant, never for stating a fact. */
int language_alike(const struct language *language, struct str word);
/* A text of the `text:` section of the lexicon (question templates, joining words); empty if there is none.
 */
struct str language_text(const struct language *language, struct str key);

/* ---- The system's dictionary (hunspell) ---- */

/* Where "es_ES.dic" lies; the default is /usr/share/hunspell. For tests; call before any word is asked. */
void language_set_dictionaries(const char *folder);
/* Loads the dictionary now; false when the system has none for this language. */
bool language_has_dictionary(const struct language *language);
/* An ordinary word of the language, given in lower case. Without a dictionary: true only for words of the
 * lexicon. The answer is remembered per word. */
bool language_is_ordinary(const struct language *language, struct str word);
/* For a word that is not ordinary: the one ordinary word that differs by accents only ("tambien" →
 * "también"); empty if there is none or more than one. */
struct str language_restore_accents(const struct language *language, struct arena *arena, struct str word);
/* The dictionary's stem, e.g. the singular of a plural noun; empty if unknown. */
struct str language_stem(const struct language *language, struct arena *arena, struct str word);

#endif
