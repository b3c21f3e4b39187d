/* What a written date or amount means, so that two ways of writing it can be compared. */
#ifndef REPASO_CARDS_QUANTITY_H
#define REPASO_CARDS_QUANTITY_H

#include "base/str.h"

#include <stdbool.h>

struct arena;
struct language;

/* 0 where not said; years before Christ are negative. */
struct date {
    int year, month, day;
    bool vague; /* "a inicios de", "about" */
    int stage;  /* "a inicios de", "late in": a number alike for words that mean the same; 0: none said */
};

/* The whole text is a date: "julio de 2023", "14 July 1776", "July 14, 1776", "07/2023", "2023-07-14", "44 a. C.",
 * "en 1914", "a inicios de 2023". A bare number is a year when it has three or four digits. */
bool date_parse(const struct language *language, struct arena *arena, struct str text, struct date *ret);

enum { AMOUNT_READINGS = 2 };

/* One number with its unit. "1.250" may be 1250 or 1.25: both readings are kept, the language's own first. */
struct amount {
    double values[AMOUNT_READINGS];
    int readings;
    struct str unit; /* folded; "$", "€", "%" for those written in words too; empty if none */
};

/* The whole text is one amount: "14B", "14 mil millones", "$40 million", "5.250", "dos", "80 km", "405 B", "~0.4 °C". */
bool amount_parse(const struct language *language, struct arena *arena, struct str text, struct amount *ret);
/* Some reading of one is some reading of the other. */
bool amount_same_value(const struct amount *a, const struct amount *b);

#endif
