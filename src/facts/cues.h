/* Words that only mean something together: closed lists of our own, and the phrases of the lexicon. They are
 * matched as written, accents included: creó is not creo. */
#ifndef REPASO_FACTS_CUES_H
#define REPASO_FACTS_CUES_H

#include "facts/reading.h"

enum cue {
    CUE_YEAR_LEAD, /* a year may stand behind it */
    CUE_YEAR_WORD,
    CUE_FIRST_HALF,
    CUE_SECOND_HALF,
    CUE_RANGE,   /* joins both ends */
    CUE_BETWEEN, /* opens a range */
    CUE_EARLIER,
    CUE_VARIANT,       /* Pro, mini: behind a versioned name */
    CUE_NAME_PARTICLE, /* van, de la */
    CUE_ARTICLE,
    CUE_RELEASE_NOUN,
    CUE_OF,
    CUE_COMPOUND,         /* several words that are one preposition */
    CUE_TIME_CONJUNCTION, /* a preposition that opens a clause where a verb follows */
    CUE_ADVERBIAL,        /* several words that are one adverb */
    CUE_MEASURE,          /* nouns that measure: what stands behind "of" or "de" is their value */
    CUE_VAGUE,            /* opens what points elsewhere: "esa", "its" */
    CUE_QUANTIFIER, /* of those, the ones that a name behind them makes clear: "both Norway and Malta" */
    CUE_COUNT
};

/* Words by the lists that they are on, for looking up a form once. */
struct cue_words;
struct cue_words *cue_words_new(struct arena *arena);
/* The lists that have a phrase beginning with this word, a bit each; `ret_longer`: those where one of several words
 * does. */
uint64_t cues_of(const struct cue_words *words, struct str low, uint64_t *ret_longer);
/* How many tokens the longest phrase of the list takes at `i`; 0 if none stands there. */
int cue_at(const struct reading *reading, int i, enum cue cue);
/* One token alone is on the list. */
bool cue_is(const struct reading *reading, int i, enum cue cue);

/* A word by itself, wherever it stands. */
bool form_has_cue(const struct form *form, enum cue cue);

/* The same for the phrases of the lexicon; `ret` may be NULL. */
int phrase_at(const struct reading *reading, int i, enum phrase_kind kind, const struct phrase **ret);
/* The phrase that ends right before `i`. */
int phrase_before(const struct reading *reading, int i, enum phrase_kind kind, const struct phrase **ret);
/* The first token of any phrase of the kind in first … end-1; -1 if there is none. */
int phrase_in(const struct reading *reading, int first, int end, enum phrase_kind kind,
              const struct phrase **ret);

#endif
