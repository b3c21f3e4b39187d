/* Hearing one fact in a text. The folder's own.
 *
 * A fact is a few parts (pattern.c). Every part is looked for in every clause of the text (trace.c); the stretch of
 * clauses that has most of them, and no more clauses than it needs (score.c), says what became of the fact, unless it
 * says something else (claim.c). */
#ifndef REPASO_VERIFY_HEARING_H
#define REPASO_VERIFY_HEARING_H

#include "document/document.h"
#include "facts/facts.h"
#include "verify/gist.h"

#include <stdint.h>

enum { PARTS_MAX = 16, WORDS_MAX = 64 };

enum part_kind { PART_VERB, PART_NAME, PART_WORDS, PART_TIME, PART_AMOUNT };

struct part {
    enum part_kind kind;
    struct str role;
    double weight;
    bool key;    /* without it the fact is nearly brought at best */
    bool anchor; /* without it nothing is said about the fact */
    int entity;
    struct gist gist; /* of the filler */
    const struct filler *filler;
    struct amount amount;
    struct date from, to;
};

/* A part in one clause. */
struct trace {
    uint64_t words; /* of the filler that are there */
    double quality; /* 0 to 1, for parts that are not words */
    int find, term; /* where: a find or a term of the text; -1 */
    int other;      /* a find of the same sort that says something else; -1 */
};

struct pattern {
    const struct fact *fact;
    struct part parts[PARTS_MAX];
    int count;
    int verb; /* the part that is the verb, -1 */
};

struct hearing {
    struct arena *arena, *scratch;
    const struct document *doc;
    const struct facts *facts;
    struct lexis *lexis;
    struct gist gist;
    struct trace *traces; /* of the pattern at hand: parts × clauses */
};

struct window {
    size_t first, end; /* clauses */
};

struct score {
    double share; /* of all weights */
    int matched;  /* parts */
    int names;    /* of them names, dates, amounts or most of the words */
    int told;     /* of a deed: what was done, to whom, where, when */
    bool patient, verb;
    bool anchored; /* all anchors are there */
    int lacking;   /* the first key part that is missing or less exact; -1 */
    int off;       /* … contradicted; -1 */
    int said;      /* the find that contradicts or is less exact; -1 */
    struct window window;
};

/* ---- pattern.c ---- */

void pattern_make(struct hearing *h, const struct fact *fact, struct pattern *ret);
bool pattern_has(const struct pattern *pattern, const char *role);
bool pattern_has_anchor(const struct pattern *pattern);
/* The entity is one of the fact's anchors. */
bool pattern_is_anchor(const struct pattern *pattern, int entity);

/* ---- trace.c ---- */

/* Looks for every part in every clause; fills h->traces. */
void trace_pattern(struct hearing *h, const struct pattern *pattern);
const struct trace *trace_at(const struct hearing *h, int part, size_t clause);
/* How much of the words is there, 0 to 1: of all, and where there are others than names, of those as well. */
double words_share(const struct gist *wanted, uint64_t words);
/* Whom a name that the chapter does not have may stand for. */
bool is_doer_role(struct str role);
enum entity_type hearing_type(const struct hearing *h, int entity);
bool find_is_in(const struct find *find, const struct clause *clause);
/* 1 as exact as the text, less when less exact, 0 another time. */
double time_fits(const struct find *find, const struct part *part);

/* ---- score.c ---- */

/* How well a part is said in a stretch, 0 to 1, and by which find (-1: by none). */
double part_quality(const struct hearing *h, const struct part *part, int p, struct window window,
                    int *ret_find);
struct score score_window(const struct hearing *h, const struct pattern *pattern, struct window window);
struct score score_best(const struct hearing *h, const struct pattern *pattern);

/* ---- claim.c ---- */

/* The find is an acronym, an old name or another name of what fills the part. */
bool is_another_name(const struct hearing *h, const struct part *part, const struct find *said);

/* In the smallest stretch that is about the fact, a part is missing and something else of its sort stands there: sets
 * score->off and score->said. */
void find_contradiction(const struct hearing *h, const struct pattern *pattern, struct score *score);
/* "no publicó", "did not release": a negation in front of the verb, in its own clause, which is about the fact. */
bool is_denied(const struct hearing *h, const struct pattern *pattern, struct window window);
/* The fact itself says that something was not so. */
bool is_negative(const struct hearing *h, const struct pattern *pattern);

#endif
