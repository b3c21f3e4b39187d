/* Proofreading for the author of a book: what its own chapters say against each other, and what looks like a slip. */
#ifndef REPASO_VERIFY_PROOF_H
#define REPASO_VERIFY_PROOF_H

#include "base/str.h"

#include <stddef.h>

struct arena;
struct buffer;
struct document;
struct facts;

/* One chapter of the book. */
struct proof_chapter {
    const struct document *doc;
    const struct facts *facts;
};

enum remark_kind {
    REMARK_CONTRADICTION, /* two passages give one thing different dates or values */
    REMARK_NEAR_NAME,     /* two names differ by a letter or two */
    REMARK_SPELLING,      /* one name is written in two ways */
    REMARK_GUESSED_YEAR,  /* a date has no year of its own */
    REMARK_ACCENT,        /* a word lacks its accent */
    REMARK_WORD           /* a word that no dictionary has and that is close to one of the book's */
};

struct place_in_book {
    struct str file;
    int line, column;
};

struct remark {
    enum remark_kind kind;
    struct place_in_book at, other; /* other.line 0: there is no other place */
    struct str here, there;         /* what stands in either place, or what is meant */
    struct str about;               /* contradictions: of what; else empty */
};

struct remarks {
    struct remark *items;
    size_t count, capacity;
};

/* In the order of files and lines. */
void proof_read(struct arena *arena, const struct proof_chapter *chapters, size_t count, struct remarks *ret);
/* "contradiction", "near-name", … */
struct str remark_kind_name(enum remark_kind kind);
/* One sentence in the reader's language, with the other place. */
struct str remark_text(struct arena *arena, const struct remark *remark);

#endif
