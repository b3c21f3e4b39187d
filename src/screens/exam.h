/* What came of an exam rehearsal: by section, with every correction. */
#ifndef REPASO_SCREENS_EXAM_H
#define REPASO_SCREENS_EXAM_H

#include "screens/study.h"

enum exam_verdict { EXAM_UNKNOWN, EXAM_WRONG, EXAM_NEARLY, EXAM_RIGHT };

struct exam_item {
    struct str prompt, given, answer, lang;
    enum exam_verdict verdict;
    int section; /* index into sections */
    struct study_passage passage;
};

struct exam_view {
    struct str title;
    const struct str *sections;
    size_t section_count;
    const struct exam_item *items;
    size_t count;
    int total;     /* also those that time did not allow */
    bool penalty;  /* a wrong answer costs a third of a right one */
    double points; /* of `total` */
    long seconds;
};

void exam_screen(struct ui *ui, const struct exam_view *view);

#endif
