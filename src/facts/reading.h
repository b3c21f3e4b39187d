/* One sentence while it is read, and what is known of the whole chapter (or book) meanwhile. Internal to facts. */
#ifndef REPASO_FACTS_READING_H
#define REPASO_FACTS_READING_H

#include "base/list.h"
#include "base/str.h"
#include "document/document.h"
#include "facts/facts.h"
#include "language/language.h"

#include <stdint.h>

/* What a spelling may be, whatever its place. A form may have several of these. */
enum form_flag {
    IS_ARTICLE = 1 << 0,
    IS_INDEFINITE = 1 << 1, /* un, una, a, an */
    IS_DETERMINER = 1 << 2, /* articles, demonstratives, possessives, quantifiers */
    IS_DEMONSTRATIVE = 1 << 3,
    IS_POSSESSIVE = 1 << 4,
    IS_PREPOSITION = 1 << 5,
    IS_COORDINATOR = 1 << 6,
    IS_SUBORDINATOR = 1 << 7,
    IS_RELATIVE = 1 << 8,
    IS_PRONOUN = 1 << 9, /* that may be a subject */
    IS_THIRD = 1 << 10,  /* of the third person */
    IS_CLITIC = 1 << 11,
    IS_QUESTION = 1 << 12,
    IS_ADVERB = 1 << 13,
    IS_AUXILIARY = 1 << 14,
    IS_MONTH = 1 << 15,
    IS_SEASON = 1 << 16,
    IS_WEEKDAY = 1 << 17,
    IS_NUMBER = 1 << 18,
    IS_ORDINAL = 1 << 19,
    IS_TIME_UNIT = 1 << 20,
    IS_UNIT = 1 << 21,
    IS_ROLE = 1 << 22,
    IS_CLASS_NOUN = 1 << 23,
    IS_FIRST_NAME = 1 << 24,
    IS_PLACE = 1 << 25,
    IS_DEMONYM = 1 << 26,
    IS_STOP_NAME = 1 << 27, /* looks like a name and is none */
    IS_TITLE = 1 << 28,     /* General, Dr., King before a name */
    IS_FUNCTION = 1 << 29   /* any closed class: never part of a name by itself */
};

/* A spelling, looked up once a chapter. */
struct form {
    struct str text, low;
    uint32_t flags;
    uint64_t cues, long_cues; /* of each list of cues.h: a phrase of it, a long one, begins with this word */
    uint64_t phrases;         /* of each kind of the lexicon's phrases: one begins with this word */
    struct verb_form *verbs;
    int verb_count;
    const struct noun *noun;
    const struct role *role;
    struct str unit;     /* time units: "year", …; other units: their usual form */
    struct str place;    /* demonyms and places */
    char gender, plural; /* 'm', 'f'; 's', 'p'; 0 unknown */
    int month, season;
    double number;      /* numerals in words; 0 if none */
    bool scale;         /* thousand, millones: multiplies what stands before */
    int ordinary;       /* 0 not asked yet, 1 in a dictionary, -1 not */
    int capital, small; /* how often inside a sentence with and without a capital */
    struct form *lower; /* the same in small letters; itself if it is */
};

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_MARK };

struct token {
    struct span span; /* in the block's text */
    struct form *form;
    enum token_kind kind;
    uint32_t mark; /* the sign itself; opening and closing quotes are told apart */
    bool blank;    /* a blank stands before it */
    bool upper, strong, emphasis, code, linked;
    int partner; /* of brackets and quotes: the other one, else -1 */
    int depth;   /* how many brackets it stands in */
    bool quoted; /* inside a quotation of four words or more */
    int name;    /* index into names, -1 */
    int time;    /* index into times, -1 */
};

/* A name in a sentence: tokens first … end-1. */
struct name {
    int first, end;
    int entity;      /* after the entities are known; else -1 */
    int family;      /* token range of the family for "5.2" in "Zeta 5.1, 5.2 y 5.3": the name before; -1 */
    struct str text; /* as it should be written */
};

struct time_mention {
    int first, end; /* tokens; a leading preposition is not in it */
    struct time_value value;
    bool same, next, previous; /* "del mismo año", "del año siguiente", "el año anterior" */
    bool as_of;                /* "hasta 2023", "a día de": no anchor, no date of a deed */
    bool duration, age;        /* "por cuatro años", "tres años después": no point in time */
    bool in_paren;
};

struct quantity {
    int first, end; /* tokens of number and unit */
    double value;
    enum { QUANTITY_COUNT, QUANTITY_SIZE, QUANTITY_MONEY, QUANTITY_PERCENT, QUANTITY_MEASURE } kind;
    int unit; /* token of the unit or counted noun, -1 */
};

enum chunk_kind {
    CHUNK_NOUN,
    CHUNK_VERB, /* a finite group: "había creado", "was founded" */
    CHUNK_INFINITIVE,
    CHUNK_GERUND,
    CHUNK_PARTICIPLE,
    CHUNK_PREPOSITION,
    CHUNK_COORDINATOR,
    CHUNK_SUBORDINATOR,
    CHUNK_RELATIVE,
    CHUNK_TIME,
    CHUNK_BRACKET, /* a parenthesis with all that is in it */
    CHUNK_QUOTE,
    CHUNK_ADVERB,
    CHUNK_COMMA,
    CHUNK_STOP, /* ; : — and the like */
    CHUNK_OTHER
};

struct chunk {
    enum chunk_kind kind;
    int first, end; /* tokens */
    int head;       /* noun: token of its head; verb: of the word that carries the meaning */
    int name;       /* noun: the name that is its head or apposed to it, -1 */
    int kind_noun;  /* noun: token of a class noun or role in front of the name, -1 */
    int time;       /* time: index, -1 */
    int determiner; /* noun: token, -1 */
    int numeral;    /* noun: token of a number that counts it, -1 */
    int owner_end;  /* English possessive: tokens first … owner_end-1 own the rest, else -1 */
    bool plural;
    char gender;
    struct verb_use verb; /* verb groups */
    bool negative, modal, third, guessed;
};

enum clause_kind {
    CLAUSE_MAIN,
    CLAUSE_RELATIVE,    /* says something of a noun before it */
    CLAUSE_SUBORDINATE, /* when, because, if, … */
    CLAUSE_CONTENT      /* what somebody says, thinks, promises */
};

/* A clause: one finite verb and what belongs to it. All numbers are chunks, -1 where there is none. */
struct clause {
    int first, end; /* from its opening word to the next clause */
    int verb;
    int subject, subject_end; /* coordinated noun phrases */
    int object, object_end;   /* of a copula: what the subject is */
    enum clause_kind kind;
    int connector;      /* the word that opens it */
    int antecedent;     /* relatives: the noun they belong to */
    int parent;         /* clause it hangs from */
    int lead, lead_end; /* of a resumed clause: what stands before its subject */
    bool phrase;        /* a participle or gerund, no finite verb */
    bool shared;        /* no subject of its own: it has that of `parent` */
    bool negative, hypothetical, rumour, opinion, promise, author;
};

#define READING_LIST(type, name)                                                                             \
    struct {                                                                                                 \
        type *items;                                                                                         \
        size_t count, capacity;                                                                              \
    } name

struct chapter;

/* One sentence. Lives in the chapter's scratch arena until the next one. */
struct reading {
    struct chapter *chapter;
    int sentence;
    const struct sentence *at;
    const struct block *block;
    struct str text;  /* of the block */
    struct str *lows; /* one a token: its small letters */
    READING_LIST(struct token, tokens);
    READING_LIST(struct name, names);
    READING_LIST(struct time_mention, times);
    READING_LIST(struct quantity, quantities);
    READING_LIST(struct chunk, chunks);
    READING_LIST(struct clause, clauses);
};

#endif
