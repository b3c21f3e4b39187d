/* Looking around in a passage: its words, its names, dates and amounts, and what is near it. The folder's own. */
#ifndef REPASO_VERIFY_PASSAGE_H
#define REPASO_VERIFY_PASSAGE_H

#include "verify/checking.h"

/* A find of the chapter and its place in the row. */
struct spot {
    const struct find *find;
    int place, end;
};

struct spots {
    struct spot *items;
    size_t count, capacity;
};

/* The finds of a kind that begin in places first … end-1. */
void passage_spots(struct arena *arena, const struct chapter *chapter, int first, int end,
                   enum find_kind kind, struct spots *ret);
bool passage_names(const struct chapter *chapter, int first, int end, int entity);
/* Places of the section around the passage, up to the passage's end. */
int passage_section_start(const struct chapter *chapter, int first);
/* A fact in the passage has the entity in one of its roles, so that the text means it there. */
bool passage_means(const struct checking *c, int entity);
/* A fact in the passage has a time that fits: 1 as exact, less when less exact, 0 not. */
double passage_time_fits(const struct checking *c, const struct date *date);
/* Where a word stands in the places, in any form; -1 if nowhere. */
int passage_word(const struct chapter *chapter, int first, int end, const struct lexeme *word);
/* The titles above the passage, and the chapter's. */
bool passage_heading_has(const struct checking *c, const struct lexeme *word);
/* Whether one filler of that role excludes every other: another one contradicts the fact. */
bool role_is_functional(struct str relation, struct str role);
/* 1 as exact as the text, 0.6 less exact, 0 another date. */
double date_fits(const struct date *said, const struct date *stated);

#endif
