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
    FIRST_STEPS
};

enum first_mark { MARK_MISSED, MARK_NEARLY, MARK_BROUGHT };

struct first_fact {
    struct str prompt, answer;
    struct str note; /* "you said 2022; the text: March 2023" */
    enum first_mark mark;
    bool essential, keep;
    int section; /* index into sections */
    int line;
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
    struct str written;
    const struct first_fact *facts;
    size_t fact_count;
    int brought, nearly, essentials, essentials_brought, kept;
    size_t why_section;
    bool why_written;
    int learnt, bet;
    int tomorrow, tomorrow_minutes;
    struct str bet_day;
    uint64_t revision;
};

void first_screen(struct ui *ui, const struct first_view *view);

#endif
