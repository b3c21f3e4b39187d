/* What is known of a chapter while its facts are found: its words, its entities, where the story stands. */
#ifndef REPASO_FACTS_CHAPTER_H
#define REPASO_FACTS_CHAPTER_H

#include "facts/entities.h"
#include "facts/forms.h"
#include "facts/reading.h"

enum { PERSONS = 6, PHRASES = 8, RECENT = 24 };

/* Where the story stands: what a month without a year, a verb without a subject or "the company" stands for. */
struct discourse {
    int year, month;    /* the anchor; 0 until a date is told */
    int year_sentence;  /* where it was told */
    int section, block; /* where the latest values come from */
    int subject;        /* entity of the last written subject, -1 */
    bool subject_plural;
    struct str subject_text;       /* its words, where it is no entity */
    int subject_run;               /* how many sentences in a row it has been the subject */
    bool subject_many;             /* that subject is a plural noun phrase */
    int lone, lone_sentence;       /* the only thing that the last sentence named, -1 */
    int closing, closing_sentence; /* the name that ended the last sentence, -1 */
    int subject_sentence;
    int org, work, person, event; /* entity last in focus, -1 */
    int org_sentence, work_sentence, person_sentence, event_sentence;
    int section_subject;                   /* the first subject of the section, -1 */
    int event_alias;                       /* the other name of the event in focus, -1 */
    int org_subject, org_subject_sentence; /* the last organisation that did something in this section */
    int promised, promised_sentence;       /* the work that somebody promised, until it comes */
    struct {
        int entity, sentence; /* entity + 1; 0 for none */
    } persons[PERSONS];
    struct {
        struct str head, text; /* "fortress", "the old fortress at Avila" */
        int sentence;
    } phrases[PHRASES]; /* told of late; a ring */
    int phrase_next;
    struct {
        int entity, sentence;       /* entity + 1; 0 for none */
    } recent[RECENT];               /* what was in focus of late, the newest first, each once */
    int addressed, addressed_block; /* who is spoken to in a quoted turn */
    int addressed_org;
    bool asked_to_sell;
    struct {
        struct str category, predicate;
        int count, sentence;
    } counted; /* "dos talleres que cerraron": they may be named in a sentence or two; count 0 for none */
    struct str aim; /* what somebody managed or tried to do in the last sentence: "servir Zetas a escala" */
    int aim_sentence;
    int section_topic;  /* entity of the heading, -1 */
    int title_topic;    /* entity of the first heading, -1 */
    int dated_sentence; /* the sentence that last said when something happened */
    struct time_value dated;
};

struct known;

struct chapter {
    const struct document *doc;
    const struct language *language;
    bool spanish;
    bool settled;          /* the names are known */
    struct arena *arena;   /* of the result */
    struct arena *scratch; /* of the sentence */
    struct forms forms;
    struct entities *entities;
    struct entity_index index;
    const struct facts_options *options;
    struct facts *facts;
    struct discourse story;
    int *block_topics;           /* by block: entity + 1 of the name that opens an item, 0 for none */
    int style_block, style_from; /* tokens.c: the first style that may still matter */
    struct fact_index *store;
    const struct known *known; /* what the book knows; NULL: there is no book */
    int sentences_before;      /* of the book's chapters that were learnt before this one */
};

#endif
