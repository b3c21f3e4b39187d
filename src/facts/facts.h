/* What a chapter states: who, what, when, how much, each with its passage, its rule and how sure we are.
 *
 * A fact is a relation and its roles. Relations come in two sorts. Those with a meaning of their own say the
 * same whatever the verb; their roles, with `?` for those that may be missing and `*` for those that may
 * repeat:
 *
 *   release      work*, agent?, place?      a made thing reaches the world (fact.verb: the text's own word)
 *   made-by      work*, agent              the maker of a whole list of things
 *   found        work*, agent*?, place?     an organisation, programme, town is made; what somebody makes
 *   role         person, role, org?         "the founder of Acme", "king of Prussia"; `role` is the bare noun
 *   part-of      part, whole
 *   member       category, member*, owner?  "In audio: A and B"; members in the order of the text
 *   stands-for   sign, meaning              the expansion of an acronym
 *   rename       old, new
 *   also-known   name, alias, where?        two names of one thing ("known in Europe as …")
 *   based-on     work, base                 the thing it grew from or runs on
 *   successor    work, old                  what it replaced
 *   origin       entity, place              the country or town that it is of
 *   size         work, value*, unit?, which? `which` is "smallest", "largest", "each", "total" or empty
 *   quantity     of, value, unit?           how many or how much: value is a numeral or amount, unit what is
 * counted superlative  entity, class              "the most popular framework"; class keeps its superlative
 *   first        entity, class              "the first to …", class begins behind "first"
 *   definition   term, genus                "X is a …"
 *   property     entity, attribute, value   "Licence: free", "its motto was …"; attribute is a bare noun
 *   span         event                      fact.time is how long or when a war, reign, treaty was; place?
 *   born, died   person, place?
 *   respond      to, work*, agent?
 *   before       earlier, later             order without a date
 *   purpose      work, purpose              what it is for
 *   available    work, place*               where it can be had or used
 *   trait        entity, aspect*           what it is known for, aimed at, made of; the verb says which
 *   cause        agent, effect, cause       effect is the predicate ("no podía leer X"), cause a clause of the text
 *   none         agent, patient             what somebody did not make or do a single one of
 *   promise      agent, content             said or promised by somebody, never a fact of the text
 *   rumour       content, of?             how much, of what
 *   refuse, accept  agent, what?
 *   offer        target, money, share?, agent?
 *
 * and `deed`: a clause told with its own verb. Roles: agent?, patient?, and the complements in the order of
 * the text: place, to, from, with, by-means, as, purpose, cause, about, rest (to be kept in a question, not
 * asked). A passive clause without its doer has only a patient. fact.verb is always set for a deed.
 *
 * Every relation may have a time. `text` of a filler is what an answer would say, without a preposition;
 * `before` is the preposition as the text has it ("en", "under"). */
#ifndef REPASO_FACTS_FACTS_H
#define REPASO_FACTS_FACTS_H

#include "base/error.h"
#include "base/str.h"
#include "cards/card.h"
#include "document/document.h"

struct arena;
struct buffer;
struct book;

enum entity_type {
    ENTITY_UNKNOWN,
    ENTITY_ORG,
    ENTITY_PERSON,
    ENTITY_WORK, /* a model, product, book, law, ship: something made */
    ENTITY_PLACE,
    ENTITY_EVENT, /* a war, treaty, congress */
    ENTITY_TERM
};

struct entity {
    struct str name; /* canonical */
    struct str id;   /* what identities call it, where a teacher gave it one; else empty: its name */
    struct str_list aliases;
    enum entity_type type;
    struct str class_noun; /* lexicon key of its kind: "modelo", "laboratorio", "war"; empty if unknown */
    char gender;           /* 'm', 'f' or 0 */
    bool plural;
    bool article; /* the text writes it with an article ("el foro", "the Ottoman Empire") */
    int articles; /* how often it does */
    bool heading, bold;
    int mentions;
    int first_sentence;
};

struct entities {
    struct entity *items;
    size_t count, capacity;
};

enum time_precision { TIME_NONE, TIME_DAY, TIME_MONTH, TIME_SEASON, TIME_YEAR, TIME_DECADE, TIME_CENTURY };

/* A point or a stretch of time as the text gives it. Months and days are 0 where unknown; years may be
 * negative (BC); year 0 with precision MONTH, SEASON or DAY means that no year could be resolved. A decade is
 * its first year, a century its number (18, -3). */
struct time_value {
    enum time_precision precision;
    int year, month, day;
    int season; /* 1 spring to 4 winter, 5 first half, 6 second half; else 0 */
    bool range; /* end_* are set: the stretch from the first to the second */
    int end_year, end_month, end_day;
    struct str vague; /* "a inicios de", "around"; empty if exact */
    struct str text;  /* as it stands in the chapter */
    bool inferred;    /* some part comes from the context */
    int anchor; /* the sentence that an inferred year comes from, -1 if it is this one; only if inferred */
};

/* Who or what fills a role: an entity, or words of the text. */
struct filler {
    struct str role;             /* "agent", "work", "place", "value", … */
    int entity;                  /* index into entities, or -1 */
    struct str text;             /* as it should be written in an answer, with its article if it has one */
    struct str before;           /* the preposition before it; empty if none */
    struct str numeral, counted; /* "112", "prisoners": where it says how many of what; else empty */
    struct span source;
};

struct fillers {
    struct filler *items;
    size_t count, capacity;
};

/* How the text commits itself. */
enum hedge { HEDGE_NONE, HEDGE_RUMOUR, HEDGE_PROMISE, HEDGE_OPINION, HEDGE_AS_OF };

enum verb_tense {
    TENSE_PAST,
    TENSE_IMPERFECT,
    TENSE_PLUPERFECT,
    TENSE_PRESENT,
    TENSE_FUTURE,
    TENSE_CONDITIONAL
};

/* The verb of a clause as the text has it. */
struct verb_use {
    struct str lemma; /* infinitive; empty if the fact has no verb of its own */
    struct str text;  /* the whole group: "había creado", "was founded", "decidieron ir" */
    struct str tail;  /* what the group governs behind the finite part: "ir", "to shake"; else empty */
    enum verb_tense tense;
    bool passive;   /* "was founded", "fue lanzada", and the Spanish "se lanzó" */
    bool reflexive; /* "se" that belongs to the verb */
    bool plural;
};

struct fact {
    struct card_id id;
    struct str relation; /* "release", "found", "role", … */
    struct fillers roles;
    struct verb_use verb;
    struct time_value time;
    bool negative;
    enum hedge hedge;
    struct str holder; /* who says so, for HEDGE_OPINION and HEDGE_PROMISE */
    double confidence; /* 0 to 1; below 0.95 the card waits for review */
    struct str rule;   /* id of the rule that found it, e.g. "release.paren-date" */
    struct str doubt;  /* in words, when confidence is below 0.95 */
    int sentence;      /* index into the document's sentences */
    struct span source;
    int section;
    int ordinal; /* rank among facts that share relation and key */
    bool note;   /* found in a note: qualifies the body, value at most 2 */
};

struct facts {
    struct entities entities;
    struct fact *items;
    size_t count, capacity;
};

struct facts_options {
    struct str scope;        /* what identities stand in: the book's id or the deck's title */
    struct str_list without; /* rules or families switched off: "release.paren-date", "release" */
    struct buffer *explain;  /* NULL, or takes a readable trace: clauses, filters, facts with their rules */
};

/* Finds the facts of one chapter. `book` (may be NULL) knows entities of the other chapters and of the
 * teacher's registry; `options` may be NULL. */
bool facts_find(struct arena *arena, const struct document *doc, const struct book *book,
                const struct facts_options *options, struct facts *ret, struct error *e);

/* What a book's chapters have in common, its names above all. Learn from every chapter, settle, and then find facts
 * in each. Chapters may be freed after they are learnt; the book must outlive the facts. */
struct book *book_new(struct arena *arena);
bool book_learn(struct book *book, const struct document *doc, struct error *e);
void book_settle(struct book *book);

/* What a teacher says of a name; it outweighs whatever the chapters say. */
struct taught_name {
    struct str name, id;
    struct str_list aliases;
    enum entity_type type; /* ENTITY_UNKNOWN: nothing is said of it */
    struct str kind;       /* class noun; empty: nothing is said */
    char gender;           /* 'm', 'f' or 0 */
};

/* Before the first chapter is learnt. `lang` is that of the book. False if no lexicon of ours has the kind. */
bool book_teach(struct book *book, struct str lang, const struct taught_name *name);
/* These words are no name wherever they stand. */
void book_deny(struct book *book, struct str lang, struct str words);
/* What is known of the names of a language, in the order in which they were met; empty if nothing is. */
struct entities book_names(const struct book *book, struct str lang);
/* "org", "person", …; ENTITY_UNKNOWN for any other word. */
enum entity_type entity_type_from(struct str word);
struct str entity_type_name(enum entity_type type);

/* What an identity calls it. */
static inline struct str entity_key(const struct entity *entity)
{
    return entity->id.len ? entity->id : entity->name;
}

/* The first filler of a role, NULL if the fact has none. */
const struct filler *fact_role(const struct fact *fact, struct str role);
/* {"agent":"…","work":"…"} with canonical names, keys in a fixed order. */
void fact_add_roles_json(struct buffer *buffer, const struct facts *facts, const struct fact *fact);
/* "2023-07", "2023", "2014/2018"; empty when there is no time. */
struct str time_iso(struct arena *arena, const struct time_value *time);

#endif
