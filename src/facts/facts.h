/* What a chapter states: who, what, when, how much, each with its passage, its rule and how sure we are. */
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
    struct str_list aliases;
    enum entity_type type;
    struct str class_noun; /* lexicon key of its kind: "modelo", "laboratorio", "war"; empty if unknown */
    char gender;           /* 'm', 'f' or 0 */
    bool plural;
    int mentions;
    int first_sentence;
};

struct entities {
    struct entity *items;
    size_t count, capacity;
};

enum time_precision { TIME_NONE, TIME_DAY, TIME_MONTH, TIME_SEASON, TIME_YEAR, TIME_DECADE, TIME_CENTURY };

/* A point or a stretch of time as the text gives it. Months and days are 0 where unknown; years may be
 * negative (BC). */
struct time_value {
    enum time_precision precision;
    int year, month, day;
    int end_year, end_month, end_day; /* ranges only; end_year 0 otherwise */
    struct str vague;                 /* "a inicios de", "around"; empty if exact */
    struct str text;                  /* as it stands in the chapter */
    bool inferred;                    /* some part comes from the context */
};

/* Who or what fills a role: an entity, or words of the text. */
struct filler {
    struct str role; /* "agent", "work", "place", "value", … */
    int entity;      /* index into entities, or -1 */
    struct str text; /* as it should be written in an answer */
    struct span source;
};

struct fillers {
    struct filler *items;
    size_t count, capacity;
};

/* How the text commits itself. */
enum hedge { HEDGE_NONE, HEDGE_RUMOUR, HEDGE_PROMISE, HEDGE_OPINION, HEDGE_AS_OF };

struct fact {
    struct card_id id;
    struct str relation; /* "release", "found", "role", … */
    struct fillers roles;
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
};

struct facts {
    struct entities entities;
    struct fact *items;
    size_t count, capacity;
};

/* Finds the facts of one chapter. `book` (may be NULL) knows entities of the other chapters and of the
 * teacher's registry. */
bool facts_find(struct arena *arena, const struct document *doc, const struct book *book, struct facts *ret,
                struct error *e);

/* The filler of a role, NULL if the fact has none. */
const struct filler *fact_role(const struct fact *fact, struct str role);
/* {"agent":"…","work":"…"} with canonical names, keys in a fixed order. */
void fact_add_roles_json(struct buffer *buffer, const struct facts *facts, const struct fact *fact);
/* "2023-07", "2023", "2014/2018"; empty when there is no time. */
struct str time_iso(struct arena *arena, const struct time_value *time);

#endif
