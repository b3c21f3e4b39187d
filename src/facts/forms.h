/* The spellings of a chapter: each is looked up in the lexicon once. */
#ifndef REPASO_FACTS_FORMS_H
#define REPASO_FACTS_FORMS_H

#include "facts/reading.h"

struct forms {
    struct form **slots; /* open addressing by spelling */
    size_t count, capacity;
    const struct language *language;
    struct arena *arena;
    const struct cue_words *cues;
    const struct forms *known; /* the book's: a new form is a copy of its */
};

void forms_init(struct forms *forms, struct arena *arena, const struct language *language);
/* Never NULL; the same spelling gives the same form. */
struct form *forms_get(struct forms *forms, struct str text);
/* The small-letter spelling of a form. */
struct form *form_lower(struct forms *forms, struct form *form);
/* Stands in a dictionary of the language in small letters (asked once a spelling). */
bool form_is_ordinary(struct forms *forms, struct form *form);

/* The first reading of that kind, NULL if there is none. */
const struct verb_form *form_verb(const struct form *form, enum verb_form_kind kind);
/* A finite reading in the third person (or fit for all), the likeliest first; NULL if there is none. */
const struct verb_form *form_finite(const struct form *form);
bool form_is_verb(const struct form *form);

#endif
