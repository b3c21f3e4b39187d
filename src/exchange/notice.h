/* What could not be taken as it was, counted by kind: nothing is left out in silence. */
#ifndef REPASO_EXCHANGE_NOTICE_H
#define REPASO_EXCHANGE_NOTICE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum notice_kind {
    NOTICE_NO_ANSWER,     /* cards without an answer become drafts */
    NOTICE_EMPTY_FRONT,   /* rows and notes that ask nothing */
    NOTICE_OPEN_QUESTION, /* essays */
    NOTICE_NO_QUESTION,   /* descriptions */
    NOTICE_PARTLY_RIGHT,  /* choices that are half right */
    NOTICE_TWICE,         /* the same note again */
    NOTICE_FEW_COLUMNS,
    NOTICE_MANY_COLUMNS,
    NOTICE_BAD_TEXT,   /* bytes that are no UTF-8 */
    NOTICE_BAD_NUMBER, /* clamped */
    NOTICE_TOO_LONG,
    NOTICE_BAD_ID,
    NOTICE_NO_TYPE,
    NOTICE_NO_DECK,
    NOTICE_NO_TEMPLATE,     /* cards of a template that their type has not */
    NOTICE_CARDLESS,        /* notes without a card */
    NOTICE_NOTELESS,        /* cards without a note */
    NOTICE_CARDLESS_REVIEW, /* reviews of cards that are gone */
    NOTICE_BAD_REVIEW,
    NOTICE_EMPTY_CARD, /* templates that give nothing to ask */
    NOTICE_CLOZE_LIMIT,
    NOTICE_OCCLUSION,
    NOTICE_FILTERED,   /* cards put back into their home deck */
    NOTICE_FLAG,       /* coloured flags */
    NOTICE_ACTIVE,     /* scripts, frames, addresses: shown as text or left out */
    NOTICE_NO_MEDIUM,  /* named in a field, not in the file */
    NOTICE_BAD_MEDIUM, /* damaged, or too large */
    NOTICE_UNSAFE_NAME,
    NOTICE_OTHER_MEDIUM,     /* kept, but of a kind that is not shown */
    NOTICE_MEDIA_UNREADABLE, /* the whole list of media */
    NOTICE_KINDS
};

struct notice {
    enum notice_kind kind;
    long count;
    struct str example; /* the first of them: a guid, a name, some words; may be empty */
    long line;          /* of the first; 0: not known */
};

struct notices {
    struct notice items[NOTICE_KINDS]; /* by kind; count 0: did not happen */
};

/* Counts one more. The first example is copied into the arena, cut to some words. */
void notices_add(struct arena *arena, struct notices *notices, enum notice_kind kind, struct str example,
                 long line);
bool notices_any(const struct notices *notices);
/* One sentence, with the count and the first example. */
struct str notice_text(struct arena *arena, const struct notice *notice);

#endif
