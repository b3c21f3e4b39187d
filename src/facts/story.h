/* Where the story stands: what a month without a year, a verb without a subject or "the company" stands for. */
#ifndef REPASO_FACTS_STORY_H
#define REPASO_FACTS_STORY_H

#include "facts/reading.h"

/* A new section: topics and anchors of the one before no longer hold, its heading's do. */
void story_enter(struct reading *heading);
/* Resolves the times of a sentence against the anchor and moves the anchor on. Needs clauses. */
void story_times(struct reading *reading);
/* What the sentence leaves in focus for the next. Needs clauses. */
void story_advance(struct reading *reading);

/* Who stands in the place of a clause's subject; role empty if nobody can be named. Confidence below 1 where it
 * was not written. */
struct filler story_subject(const struct reading *reading, const struct clause *clause,
                            double *ret_confidence);
/* The same for one noun phrase: a name, or what "the company", "este modelo", "he" stands for. */
/* Whose "its …", "their …" (chunk `i`) is: the topic of the sentence, of the one before or of the section. */
struct filler story_owner(const struct reading *reading, int i, double *ret_confidence);
/* "the fortress" (tokens `article` and `noun`): the fuller phrase with that head told a few sentences ago; empty if
 * none was. */
struct str story_phrase(const struct reading *reading, int article, int noun);
struct filler story_noun(const struct reading *reading, int chunk, double *ret_confidence);

#endif
