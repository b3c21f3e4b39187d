/* The first session right after reading a chapter: eight steps, left at any moment without loss. */
#ifndef REPASO_SCREENS_FIRST_H
#define REPASO_SCREENS_FIRST_H

#include "screens/study.h"

enum first_step {
    FIRST_READ,    /* have you read it, and how much of it is to be learnt? */
    FIRST_RECALL,  /* an empty page: what do you remember? */
    FIRST_BROUGHT, /* the outline with its facts, ticked */
    FIRST_CHOOSE,  /* keep or drop */
    FIRST_LEARN,   /* the study screen does this one */
    FIRST_WHY,     /* one heading as a question, then its facts */
    FIRST_BET,     /* how many of them on Friday? */
    FIRST_TOMORROW,
    FIRST_STEPS,               /* so many have a number */
    FIRST_GUESS = FIRST_STEPS, /* three questions before reading here */
    FIRST_AGAIN,               /* day 2: half a minute with the titles only */
    FIRST_PAGES
};

enum first_mark { MARK_MISSED, MARK_NEARLY, MARK_BROUGHT };

/* Why a card is dropped. */
enum first_reason { DROP_KNOWN, DROP_NO_INTEREST, DROP_WRONG, FIRST_REASONS };

enum { FIRST_HOURS = 4 };

struct first_fact {
    struct str prompt, answer;
    struct str subject;
    struct str note; /* "you said 2022; the text: March 2023" */
    enum first_mark mark;
    bool essential;
    bool offered, keep; /* of "your twelve" */
    enum first_reason reason;
    bool said;   /* in the explanation */
    int section; /* index into sections; -1: none */
    int line;
    double year;     /* with its fraction; 0: no date */
    struct str date; /* as read */
};

struct first_view {
    enum first_step step;
    struct str title, lang;
    int when;   /* 0 just now, 1 read it here, 2 days ago */
    int amount; /* 12, 30, 0 for all */
    struct first_amount {
        int cards, today_minutes, month_minutes;
    } amounts[3];
    const struct str *sections;
    size_t section_count;
    bool titles;     /* shown as a help while recalling */
    bool can_titles; /* a minute has gone by */
    const struct first_fact *facts;
    size_t fact_count;
    int brought, nearly, essentials, essentials_brought, kept;
    size_t why_section;
    bool why_written;
    int guess, guesses; /* which of how many, from 1 */
    struct str guess_prompt;
    int learnt, bet;
    int hour; /* which of `hours` */
    const int *hours;
    int tomorrow, tomorrow_minutes;
    struct str bet_day;
    uint64_t revision;
};

void first_screen(struct ui *ui, const struct first_view *view);

#endif
