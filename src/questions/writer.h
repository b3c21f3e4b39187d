/* What the files of this folder share: the chapter being written about, and one question while it is made. */
#ifndef REPASO_QUESTIONS_WRITER_H
#define REPASO_QUESTIONS_WRITER_H

#include "base/arena.h"
#include "base/list.h"
#include "base/multimap.h"
#include "cards/identity.h"
#include "facts/facts.h"
#include "language/language.h"

#include <stdint.h>

/* What might be taken for the answer: an entity, a time of the chapter, or words. */
struct lure {
    struct str text;
    int entity; /* or -1 */
    const struct time_value *time;
};

/* One question in the making. `named` has a bit for every filler of the fact that the prompt names. */
struct question {
    const struct fact *fact;
    struct str asked; /* a role, or "time" */
    enum card_kind kind;
    struct card_id id;
    struct str prompt, answer, value;
    struct str_list accepted;
    uint32_t named;
    bool names_time;
    bool is_partial;    /* something of the clause was left out of the prompt */
    bool is_told_apart; /* the prompt itself says which of two facts is meant */
    struct str subject, object;
    struct str context; /* the event that the passage is about, where the prompt names it */
    struct str doubt;   /* why a teacher should look first, in words; empty if there is no doubt */
    double prior;       /* what its kind of question is worth */
    double score;
    struct str_list choices;
    struct lure lure; /* the most plausible of the wrong choices; empty where there are none */
};

struct questions {
    struct question *items;
    size_t count, capacity;
};

struct index;

struct writer {
    struct arena *arena;
    struct arena *scratch; /* of one question while it is looked over */
    const struct document *doc;
    const struct facts *facts;
    const struct language *language;
    bool spanish;
    struct str scope;
    struct buffer *explain;
    struct index *index;
    struct multimap used; /* identities of the cards written so far */
    bool *is_gathered;    /* by fact: what it shares with others is asked once for all of them */
    bool makers_are_organisations;
    int protagonist;        /* the entity named most often, -1 */
    bool protagonist_leads; /* it is an organisation, named twice as often as any other */
    struct questions questions;
};

/* ---- wording.c: noun phrases ---- */

/* One or several fillers of a role as one noun phrase. */
struct phrase_of {
    struct str text;
    char gender; /* 'm', 'f', 0 unknown */
    bool plural, person;
    size_t count; /* fillers in it */
};

const struct entity *filler_entity_of(const struct writer *w, const struct filler *filler);
bool is_person(const struct writer *w, const struct filler *filler);
bool names_a_person(const struct writer *w, struct str text);
/* French, los británicos: asked for as people. */
bool is_demonym(const struct writer *w, struct str text);
enum entity_type filler_type_of(const struct writer *w, const struct filler *filler);
/* All fillers of the role, joined: "A, B y C". False if the fact has none. */
bool phrase_of_role(const struct writer *w, const struct fact *fact, struct str role, struct phrase_of *ret);
struct phrase_of phrase_of_filler(const struct writer *w, const struct filler *filler);
/* "A, B y C", "A e Islandia"; "A, B and C". */
struct str join(const struct writer *w, const struct str *parts, size_t count);
/* "de" + "el libro" → "del libro". */
struct str with_preposition(const struct writer *w, struct str preposition, struct str text);
/* Without a leading article. */
struct str without_article(const struct writer *w, struct str text);
/* The text with its first word in small letters if that is an article. */
struct str mid_sentence(const struct writer *w, struct str text);
/* What to ask for by name: "empresa", "modelo"; NULL if unknown. */
const struct noun *asking_noun(const struct writer *w, const struct filler *filler);
/* Once, before anything is asked. */
void find_protagonist(struct writer *w);
void find_kind_of_makers(struct writer *w);
/* "qué empresa", "quién", "which company", "who", "what"; number follows the fillers. `alone` when no
 * preposition stands before it. */
struct str ask_for(const struct writer *w, const struct fact *fact, struct str role, struct phrase_of *ret);
/* "¿…?" around, first letter in upper case; "…?" in English. */
struct str as_question(const struct writer *w, struct str text);
size_t count_words(struct str text);

/* A verb's form, as language_conjugate gives it; each is made once. */
struct str conjugate(const struct writer *w, struct str lemma, enum verb_form_kind kind, char number,
                     char gender);

/* ---- times.c ---- */

/* As an answer: "julio de 2023", "1688–1697". Empty if it has no year. */
struct str time_answer(const struct writer *w, const struct time_value *time);
/* With its preposition: "en julio de 2023", "from 1688 to 1697". */
struct str time_adverbial(const struct writer *w, const struct time_value *time);
void time_accepted(const struct writer *w, const struct time_value *time, struct str_list *ret);
/* "cuándo", "en qué año", "when", "in what year". */
struct str time_ask(const struct writer *w, const struct time_value *time);
bool time_is_set(const struct time_value *time);
/* Days from a fixed day, for order and distance; the middle of what is not said. */
double time_position(const struct time_value *time);
bool time_overlaps(const struct time_value *a, const struct time_value *b);

/* ---- answers.c ---- */

/* Capitals only: NASA, IA. */
bool is_acronym(struct str text);
void answer_of_role(const struct writer *w, struct question *question);

/* ---- clause.c: questions about what somebody did ---- */

void ask_clause(struct writer *w, const struct fact *fact);
/* "Acme lanzó Rayo 2 en 1999", without its full stop; empty if the fact is no clause that can be told straight. */
struct str state_clause(struct writer *w, const struct fact *fact);

/* ---- template.c: questions about what something is ---- */

void ask_templates(struct writer *w, const struct fact *fact);
/* Asks the fact for one role only. */
void ask_template(struct writer *w, const struct fact *fact, struct str asked);
/* The same for what something is: "Acme formaba parte de Grupo Sur". */
struct str state_template(struct writer *w, const struct fact *fact);

/* ---- gather.c ---- */

/* Asks once what several facts share; the fact's own question for it is then not needed. */
void gather(struct writer *w);
bool is_asked_with_others(const struct writer *w, const struct fact *fact);

/* ---- statement.c ---- */

/* The fact as a sentence; empty if there is no good one. */
struct str statement_of(struct writer *w, const struct fact *fact);
/* The fact with the lure where the question's answer was. */
struct str statement_with_lure(struct writer *w, const struct question *question);
/* The fact without its date. */
struct str statement_undated(struct writer *w, const struct fact *fact);

/* ---- check.c ---- */

/* Holds a capital or a digit: names something. */
bool has_name(struct str text);
/* Names something by itself: an entity, or words with a name among them. */
bool is_named(const struct writer *w, const struct filler *filler);
/* "the fortress", "la compañía" with nothing behind it that says which. */
bool points_back(const struct writer *w, struct str prompt);
/* A fact that answers the same prompt otherwise; NULL if there is none, the question's own if there may be too many. */
const struct fact *rival_of(const struct writer *w, const struct question *question);
/* Keeps the question if nothing speaks against it; what speaks for a second look becomes its doubt. */
void keep(struct writer *w, struct question *question);
void note(const struct writer *w, const struct fact *fact, struct str asked, const char *why);

/* ---- synthesis.c: cards over several facts ---- */

/* Appends what is made of the cards written so far: orders, matches, true-or-false, and one why a section. `questions`
 * has the question behind each card. */
void synthesise(struct writer *w, const struct questions *questions, struct cards *ret);

/* ---- questions.c ---- */

struct key key_of(const struct writer *w, const struct question *question);
struct source source_of(const struct writer *w, const struct fact *fact);
struct card_id free_id(const struct writer *w, struct str relation, struct str asked, const struct key *key);
/* Appends it; its identity is taken from now on. */
void write_card(struct writer *w, struct cards *cards, struct card card);

/* ---- doubt.c ---- */

/* What the fact itself leaves uncertain, in words: empty if every part is written in its sentence. */
struct str doubt_of(const struct writer *w, const struct question *question);
struct str doubt_of_rival(const struct writer *w, const struct fact *rival);

/* ---- choices.c, rank.c ---- */

void choose(const struct writer *w, struct question *question, struct card_id id);
void rank(struct writer *w);

#endif
