/* What rules are made of. A rule looks at one sentence and drafts facts; the store judges and merges them. */
#ifndef REPASO_FACTS_RULE_H
#define REPASO_FACTS_RULE_H

#include "base/translate.h"
#include "facts/chapter.h"
#include "facts/chunks.h"
#include "facts/clauses.h"
#include "facts/cues.h"
#include "facts/tokens.h"

/* ---- fillers ---- */

/* A noun phrase as an answer says it: the name if it has one (with its article), else its words. */
/* The same where it may open the sentence: without the capital that is only the sentence's. */
struct filler filler_phrase(const struct reading *reading, int first, int end);
struct filler filler_noun(const struct reading *reading, int chunk);
struct filler filler_tokens(const struct reading *reading, int first, int end);
struct filler filler_entity(const struct reading *reading, int entity);
struct filler filler_name(const struct reading *reading, int name);
/* With the preposition that governs it. */
struct filler filler_governed(const struct reading *reading, int chunk);
bool filler_is_set(const struct filler *filler);
/* A demonstrative, pronoun or bare "one": no answer and no subject. */
bool filler_is_vague(const struct reading *reading, const struct filler *filler);
enum entity_type filler_type(const struct reading *reading, const struct filler *filler);

/* ---- drafts ---- */

struct fact draft(const struct reading *reading, const char *relation, const char *rule, double confidence);
void draft_add(const struct reading *reading, struct fact *fact, const char *role, struct filler filler);
void draft_time(const struct reading *reading, struct fact *fact, int time);
/* `doubt` is a message marked by N_(); whoever shows it translates it. */
void draft_doubt(const struct reading *reading, struct fact *fact, double confidence, const char *doubt);
/* Inside "Ana Ruiz afirmaba que …" the fact is what she says; false if nobody is named who says it. */
bool draft_said(const struct reading *reading, const struct clause *clause, struct fact *fact);
/* Hands it to the store; false if a rule or check keeps it out. */
bool draft_keep(struct reading *reading, struct fact *fact);

/* ---- looking around ---- */

/* The time of a clause: the one date that says when it happened; -1 if there is none or more than one. */
int clause_time(const struct reading *reading, const struct clause *clause);
/* A date alone in the bracket that touches the noun at `chunk`; -1 if there is none. */
int bracket_time(const struct reading *reading, int chunk);
/* The bracket that touches the chunk, -1. */
int bracket_of(const struct reading *reading, int chunk);
/* The verb of a clause may state this relation; `ret_rank` 0 if it is its first sense. */
bool clause_states(const struct reading *reading, const struct clause *clause, const char *relation);
const struct verb *clause_verb(const struct reading *reading, const struct clause *clause);
/* The word that opens it ("cuando", "because"), or the clause it is joined to; empty if none. */
struct str clause_opener(const struct reading *reading, const struct clause *clause);
/* The noun phrase behind "por"/"by" in a clause; -1. */
int clause_doer(const struct reading *reading, const struct clause *clause);
/* The noun governed by a preposition of the given words (comma list) in chunks first … end-1; -1. */
int governed_noun(const struct reading *reading, int first, int end, const char *prepositions);
bool word_in(struct str word, const char *list);

/* ---- the families ---- */

void find_releases(struct reading *reading);
void find_foundings(struct reading *reading);
void find_roles(struct reading *reading);
void find_expansions(struct reading *reading);
void find_names(struct reading *reading); /* renamed, also known as */
void find_lists(struct reading *reading);
void find_sizes(struct reading *reading);
void find_definitions(struct reading *reading); /* superlatives, firsts */
void find_spans(struct reading *reading);       /* wars, reigns, lives in brackets */
void find_origins(struct reading *reading);     /* based on, successor of, part of */
void find_responses(struct reading *reading);
void find_properties(struct reading *reading);
void find_offers(struct reading *reading); /* turns of a quoted dialogue */
void find_causes(struct reading *reading); /* promises, rumours */
void find_availability(struct reading *reading);
void find_deeds(struct reading *reading);
void find_amounts(struct reading *reading); /* measures, and none at all */
void find_traits(struct reading *reading);  /* known for, aimed at, made of */
void find_rows(struct reading *reading);    /* of tables */
void find_outline(struct reading *reading);

#endif
