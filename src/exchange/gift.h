/* Moodle's GIFT: questions typed in a text editor. */
#ifndef REPASO_EXCHANGE_GIFT_H
#define REPASO_EXCHANGE_GIFT_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum gift_kind {
    GIFT_CATEGORY,
    GIFT_DESCRIPTION,
    GIFT_ESSAY,
    GIFT_TRUEFALSE,
    GIFT_CHOICE,
    GIFT_SHORT,
    GIFT_NUMBER,
    GIFT_MATCHING
};

enum gift_format { GIFT_PLAIN, GIFT_MOODLE, GIFT_HTML, GIFT_MARKDOWN };

struct gift_answer {
    bool right;     /* written with = */
    bool weighted;  /* %…% was written */
    double percent; /* 100 for what is right without a weight, else 0 */
    struct str text, feedback;
    struct str match; /* of a pair, what `text` goes with */
    enum gift_format format;
};

/* Texts have their escapes resolved; a line end of the file is a blank, \n is a line feed. */
struct gift_item {
    enum gift_kind kind;
    long line;
    struct str title, id;
    struct str_list tags;
    enum gift_format format;
    struct str stem; /* with "____" where the answer stood within a sentence; of a category its path */
    bool embedded;
    bool truth; /* of true or false */
    struct str feedback;
    struct {
        struct gift_answer *items;
        size_t count, capacity;
    } answers; /* numbers as they are written: "3:2", "1..5" */
};

struct gift_items {
    struct gift_item *items;
    size_t count, capacity;
};

/* The text is valid UTF-8. An error has its line. */
bool gift_parse(struct arena *arena, struct str text, struct gift_items *ret, struct error *e);
/* Whether it looks like GIFT: braces that hold answers, titles, or a category. */
bool gift_detect(struct str text);
/* A number with its tolerance, or a range; false: neither. */
bool gift_number(struct str written, double *ret_low, double *ret_high);

#endif
