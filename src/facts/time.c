#include "facts/time.h"

#include "facts/chapter.h"
#include "facts/cues.h"
#include "facts/forms.h"
#include "facts/tokens.h"

#include <stdio.h>
#include <string.h>

enum { YEAR_MIN = 1000, YEAR_MAX = 2199, DAY_MAX = 31 };

int roman_value(struct str text)
{
    static const struct {
        char letter;
        int value;
    } letters[] = {{'I', 1}, {'V', 5}, {'X', 10}};
    int total = 0, previous = 0;
    for (size_t i = text.len; i-- > 0;) {
        int value = 0;
        for (size_t k = 0; k < sizeof letters / sizeof *letters; k++)
            if (letters[k].letter == text.ptr[i])
                value = letters[k].value;
        if (!value)
            return 0;
        total += value < previous ? -value : value;
        previous = value > previous ? value : previous;
    }
    return total > 0 && total < 40 ? total : 0;
}

static bool digits_at(const struct reading *r, int i, long *ret)
{
    return token_at(r, i) && token_at(r, i)->kind == TOKEN_NUMBER && str_to_long(token_text(r, i), ret);
}

static bool is_of(const struct reading *r, int i)
{
    return token_is(r, i, "de") || token_is(r, i, "del") || token_is(r, i, "of");
}

/* "a. C.", "a.C.", "BC", "d. C.", "AD" behind a number: -1, 1 or 0, and how many tokens. */
static int era_at(const struct reading *r, int i, int *ret_length)
{
    static const struct {
        const char *words[4];
        int era;
    } eras[] = {
        {{"a.c."}, -1},
        {{"a.c"}, -1},
        {{"a", ".", "c", "."}, -1},
        {{"a", ".", "c."}, -1},
        {{"bc"}, -1},
        {{"bce"}, -1},
        {{"b.c."}, -1},
        {{"d.c."}, 1},
        {{"d.c"}, 1},
        {{"d", ".", "c", "."}, 1},
        {{"d", ".", "c."}, 1},
        {{"ad"}, 1},
        {{"ce"}, 1},
        {{"a.d."}, 1},
        {{"b.c.e."}, -1},
        {{"a. c."}, -1},
    };
    for (size_t k = 0; k < sizeof eras / sizeof *eras; k++) {
        int n = 0;
        while (n < 4 && eras[k].words[n] && token_is(r, i + n, eras[k].words[n]))
            n++;
        if (n == 4 || (n > 0 && !eras[k].words[n])) {
            *ret_length = n;
            return eras[k].era;
        }
    }
    return 0;
}

/* A number that may be a year by its shape: four bare digits. */
static bool year_shape(const struct reading *r, int i, int *ret)
{
    long value;
    if (token_text(r, i).len != 4 || !digits_at(r, i, &value) || value < YEAR_MIN || value > YEAR_MAX)
        return false;
    *ret = (int)value;
    return true;
}

/* What follows counts something ("1500 soldados", "2000 km"): then the number is no year. */
static bool counts(const struct reading *r, int i)
{
    const struct token *next = token_at(r, i);
    if (!next || next->kind != TOKEN_WORD || next->upper)
        return next && (next->mark == '%' || next->mark == 0xB0);
    if (next->form->flags & (IS_UNIT | IS_CLASS_NOUN))
        return true;
    if (next->form->flags & (IS_FUNCTION | IS_PREPOSITION | IS_ADVERB | IS_MONTH))
        return false;
    return !form_is_verb(next->form);
}

/* Words that a year may stand behind in running text. */
static bool year_context(const struct reading *r, int i)
{
    const struct token *before = token_at(r, i - 1), *next = token_at(r, i + 1);
    if (!before)
        return !counts(r, i + 1);
    if (before->form->flags & IS_MONTH)
        return true;
    if (cue_is(r, i - 1, CUE_YEAR_LEAD))
        return !counts(r, i + 1);
    if (before->kind == TOKEN_MARK || (next && next->kind == TOKEN_MARK && next->mark == ')'))
        return !counts(r, i + 1);
    return false;
}

static struct time_value point(enum time_precision precision, int year, int month, int day)
{
    return (struct time_value){.precision = precision, .year = year, .month = month, .day = day};
}

/* A year at `i`, bare or with its era; the number of tokens or 0. */
static int year_at(const struct reading *r, int i, bool sure, struct time_value *ret)
{
    int year, length = 0;
    long small;
    if (year_shape(r, i, &year)) {
        int era = era_at(r, i + 1, &length);
        if (!era && !sure && !year_context(r, i))
            return 0;
        *ret = point(TIME_YEAR, era < 0 ? -year : year, 0, 0);
        return 1 + (era ? length : 0);
    }
    if (!digits_at(r, i, &small) || small < 1 || small >= YEAR_MIN)
        return 0;
    int era = era_at(r, i + 1, &length);
    if (era) {
        *ret = point(TIME_YEAR, era * (int)small, 0, 0);
        return 1 + length;
    }
    if (cue_is(r, i - 1, CUE_YEAR_WORD) && !counts(r, i + 1)) {
        *ret = point(TIME_YEAR, (int)small, 0, 0);
        return 1;
    }
    return 0;
}

static bool day_at(const struct reading *r, int i, int *ret)
{
    const struct token *t = token_at(r, i);
    if (!t || t->kind != TOKEN_NUMBER)
        return false;
    struct str text = token_text(r, i);
    size_t n = 0;
    int value = 0;
    while (n < text.len && n < 3 && text.ptr[n] >= '0' && text.ptr[n] <= '9')
        value = value * 10 + text.ptr[n++] - '0';
    struct str rest = str_slice(text, n, text.len);
    bool ending = rest.len == 0 || str_equal(rest, STR("th")) || str_equal(rest, STR("st")) ||
                  str_equal(rest, STR("nd")) || str_equal(rest, STR("rd")) || str_equal(rest, STR("º")) ||
                  str_equal(rest, STR("°"));
    if (!ending || value < 1 || value > DAY_MAX)
        return false;
    *ret = value;
    return true;
}

/* "of 2023", "del 2023", ", 2023" or "2023" behind a month: how many tokens, 0 if no year follows. */
static int year_behind(const struct reading *r, int i, int *ret)
{
    int at = i;
    if (is_of(r, at))
        at++;
    if (token_is(r, at, "año") || token_is(r, at, "year"))
        at++;
    else if (at == i && token_is_mark(r, at, ','))
        at++;
    struct time_value value;
    int length = year_shape(r, at, ret) ? 1 : year_at(r, at, false, &value);
    if (!length)
        return 0;
    if (!year_shape(r, at, ret))
        *ret = value.year;
    if (at > i && token_is_mark(r, i, ',') && counts(r, at + 1))
        return 0;
    return at + length - i;
}

static bool is_month(const struct reading *r, int i)
{
    const struct token *t = token_at(r, i);
    if (!t || !(t->form->flags & IS_MONTH))
        return false;
    /* English months are names; "may" and "march" in small letters are verbs. */
    return t->upper || str_equal(r->chapter->doc->lang, STR("es"));
}

/* "Jan Tinbergen", "April Moss": a first name, unless a preposition makes a date of it. */
static bool is_first_name(const struct reading *r, int month)
{
    const struct token *next = token_at(r, month + 1), *before = token_at(r, month - 1);
    return !r->chapter->spanish && next && next->kind == TOKEN_WORD && next->upper &&
           !(next->form->flags & (IS_FUNCTION | IS_MONTH)) && (!before || before->kind != TOKEN_WORD);
}

/* "9 de marzo de 1998", "March 9, 1998", "marzo del 1998", "March". */
static int month_date_at(const struct reading *r, int i, struct time_value *ret)
{
    int at = i, day = 0, year = 0;
    if (token_has(r, at, IS_WEEKDAY)) {
        at++;
        if (token_is_mark(r, at, ','))
            at++;
        if (token_is(r, at, "the") || token_is(r, at, "el"))
            at++;
    }
    if (day_at(r, at, &day) && is_month(r, at + 1)) {
        at++;
    } else if (day && is_of(r, at + 1) && is_month(r, at + 2)) {
        at += 2;
    } else if (!is_month(r, at)) {
        return 0;
    } else {
        day = 0;
    }
    int month = token_at(r, at)->form->month;
    at++;
    int years = 0;
    if (!day && (token_is(r, at, "the") || token_is(r, at, "el")) && day_at(r, at + 1, &day))
        at += 2;
    else if (!day && day_at(r, at, &day) && !year_shape(r, at, &years))
        at++;
    at += year_behind(r, at, &year);
    if (at == i + 1 && is_first_name(r, i))
        return 0;
    *ret = point(day ? TIME_DAY : TIME_MONTH, year, month, day);
    return at - i;
}

/* "la segunda mitad de 2025", "primavera de 1945", "summer 1914". */
static int season_at(const struct reading *r, int i, struct time_value *ret)
{
    int season = 0, at = i, year;
    int half = cue_at(r, i, CUE_FIRST_HALF), second = cue_at(r, i, CUE_SECOND_HALF);
    if (half || second) {
        at += half ? half : second;
        season = half ? 5 : 6;
        if (is_of(r, at))
            at++;
        if (!token_is(r, at, "the") && !token_is(r, at, "el") && !year_shape(r, at, &year) &&
            !token_is(r, at, "año"))
            return 0;
        if (token_is(r, at, "the") || token_is(r, at, "el"))
            return 0;
        at--;
        if (!is_of(r, at))
            at++;
    } else if (token_has(r, i, IS_SEASON)) {
        season = token_at(r, i)->form->season;
        at++;
    } else {
        return 0;
    }
    int length = year_behind(r, at, &year);
    if (!length)
        return 0;
    *ret = point(TIME_SEASON, year, 0, 0);
    ret->season = season;
    return at + length - i;
}

/* "siglo XV", "siglos XV", "the 15th century", "the eighteenth century". */
static int century_at(const struct reading *r, int i, struct time_value *ret)
{
    int number = 0, at = i, length = 0;
    if (token_is(r, i, "siglo") || token_is(r, i, "s.")) {
        number = roman_value(token_text(r, i + 1));
        at = i + 2;
    } else if (token_is(r, i + 1, "century") || token_is(r, i + 1, "centuries")) {
        long value = 0;
        struct str text = token_text(r, i);
        struct str digits = str_slice(text, 0, text.len > 2 ? text.len - 2 : 0);
        if (token_at(r, i)->kind == TOKEN_NUMBER && str_to_long(digits, &value))
            number = (int)value;
        else
            number = token_has(r, i, IS_NUMBER) ? (int)token_at(r, i)->form->number : 0;
        at = i + 2;
    }
    if (number < 1 || number > 39)
        return 0;
    int era = era_at(r, at, &length);
    *ret = point(TIME_CENTURY, era < 0 ? -number : number, 0, 0);
    return at + (era ? length : 0) - i;
}

/* "la década de 1960", "los años 60", "los años sesenta", "the 1760s". */
static int decade_at(const struct reading *r, int i, struct time_value *ret)
{
    struct str text = token_text(r, i);
    if (text.len == 5 && text.ptr[4] == 's' && text.ptr[0] == '1' && token_at(r, i)->kind == TOKEN_NUMBER) {
        long year;
        if (!str_to_long(str_slice(text, 0, 4), &year))
            return 0;
        *ret = point(TIME_DECADE, (int)year, 0, 0);
        return 1;
    }
    int at = i, year;
    if (token_is(r, i, "década") || token_is(r, i, "decada"))
        at = is_of(r, i + 1) ? i + 2 : i + 1;
    else if (token_is(r, i, "años") && token_is(r, i - 1, "los"))
        at = i + 1;
    else
        return 0;
    if (token_is(r, at, "los"))
        at++;
    if (token_is(r, at, "años"))
        at++;
    long small = 0;
    if (year_shape(r, at, &year))
        small = year;
    else if (digits_at(r, at, &small) && small >= 10 && small < 100 && small % 10 == 0)
        small += 1900;
    else if (token_has(r, at, IS_NUMBER) && token_at(r, at)->form->number >= 20 &&
             token_at(r, at)->form->number <= 90)
        small = 1900 + (long)token_at(r, at)->form->number;
    else
        return 0;
    *ret = point(TIME_DECADE, (int)small, 0, 0);
    return at + 1 - i;
}

/* "2023-07-12" and "07/2023" come as one token. */
static int iso_at(const struct reading *r, int i, struct time_value *ret)
{
    struct str text = token_text(r, i);
    int a = 0, b = 0, c = 0, used = 0;
    char copy[16] = "";
    if (token_at(r, i)->kind != TOKEN_NUMBER || text.len >= sizeof copy || text.len < 6)
        return 0;
    memcpy(copy, text.ptr, text.len);
    if (sscanf(copy, "%4d-%2d-%2d%n", &a, &b, &c, &used) == 3 && used == (int)text.len && a >= YEAR_MIN &&
        b >= 1 && b <= 12 && c >= 1 && c <= DAY_MAX) {
        *ret = point(TIME_DAY, a, b, c);
        return 1;
    }
    if (sscanf(copy, "%2d/%4d%n", &b, &a, &used) == 2 && used == (int)text.len && a >= YEAR_MIN && b >= 1 &&
        b <= 12) {
        *ret = point(TIME_MONTH, a, b, 0);
        return 1;
    }
    return 0;
}

/* "On Monday the 9th", "el lunes 9": a day of the month in which the story stands. */
static int weekday_at(const struct reading *r, int i, struct time_value *ret)
{
    int at = i + 1, day;
    if (!token_has(r, i, IS_WEEKDAY))
        return 0;
    if (token_is_mark(r, at, ','))
        at++;
    if (token_is(r, at, "the") || token_is(r, at, "el"))
        at++;
    if (!day_at(r, at, &day) || is_of(r, at + 1) || counts(r, at + 1))
        return 0;
    *ret = point(TIME_DAY, 0, 0, day);
    return at + 1 - i;
}

static bool is_dash(const struct reading *r, int i)
{
    const struct token *t = token_at(r, i);
    return t && t->kind == TOKEN_MARK && (t->mark == '-' || t->mark == 0x2013 || t->mark == 0x2014);
}

/* "58 and 50 BC", "58–50 BC": the era behind the second number is that of both. */
static int era_range_at(const struct reading *r, int i, struct time_value *ret)
{
    long from, to;
    int length = 0, at = i + 2;
    if (!digits_at(r, i, &from) || from < 1 || from > 2999 || token_is(r, i - 1, "to"))
        return 0;
    bool joined = cue_is(r, i + 1, CUE_RANGE) || is_dash(r, i + 1) ||
                  (cue_is(r, i - 1, CUE_BETWEEN) && token_has(r, i + 1, IS_COORDINATOR));
    if (!joined || !digits_at(r, at, &to) || to < 1 || to > 2999)
        return 0;
    int era = era_at(r, at + 1, &length);
    if (!era || (era < 0 ? to >= from : to <= from))
        return 0;
    *ret = point(TIME_YEAR, era * (int)from, 0, 0);
    ret->range = true;
    ret->end_year = era * (int)to;
    return 3 + length;
}

static int point_at(const struct reading *r, int i, bool sure, struct time_value *ret)
{
    int length;
    if ((length = iso_at(r, i, ret)) || (length = month_date_at(r, i, ret)) ||
        (length = weekday_at(r, i, ret)) || (length = season_at(r, i, ret)) ||
        (length = century_at(r, i, ret)) || (length = decade_at(r, i, ret)))
        return length;
    return year_at(r, i, sure, ret);
}

/* The other end of a range that begins with the point before `i`; tokens used, 0 if there is none. */
static int range_end_at(const struct reading *r, int i, bool between, struct time_value *value)
{
    struct time_value end;
    int at = i, length;
    if (is_dash(r, i) || cue_is(r, i, CUE_RANGE) || (between && token_has(r, i, IS_COORDINATOR)))
        at++;
    else
        return 0;
    if (token_is(r, at, "el") || token_is(r, at, "the"))
        at++;
    /* "1611–19": the end takes its century from the start. */
    long small;
    if (is_dash(r, i) && value->precision == TIME_YEAR && token_text(r, at).len == 2 &&
        digits_at(r, at, &small) && value->year > 0 && small > value->year % 100) {
        value->range = true;
        value->end_year = value->year - value->year % 100 + (int)small;
        return at + 1 - i;
    }
    length = point_at(r, at, true, &end);
    if (!length || end.precision == TIME_CENTURY || end.precision == TIME_DECADE)
        return 0;
    if (value->year == 0)
        value->year = end.year;
    if (end.year < 0 && value->year > -end.year)
        value->year = -value->year; /* "entre el 218 y el 201 a. C." */
    if (value->year && end.year && end.year < value->year && value->year > 0)
        return 0;
    value->range = true;
    value->end_year = end.year ? end.year : value->year;
    value->end_month = end.month;
    value->end_day = end.day;
    return at + length - i;
}

/* "al año siguiente", "ese mismo mes", "the following year". */
static int relative_at(const struct reading *r, int i, struct time_mention *ret)
{
    const struct phrase *phrase = NULL;
    int length = phrase_at(r, i, PHRASE_SAME_TIME, &phrase);
    ret->same = length > 0;
    if (!length) {
        length = phrase_at(r, i, PHRASE_NEXT_TIME, &phrase);
        ret->next = length > 0 && phrase->value >= 0;
        ret->previous = length > 0 && phrase->value < 0;
    }
    if (!length || token_is(r, i + length, "que") || token_is(r, i + length, "as") ||
        token_is(r, i + length, "in"))
        return 0; /* "el mismo año que …": the year of something else */
    bool month = str_equal(phrase->canonical, STR("month")) || str_equal(phrase->canonical, STR("mes"));
    ret->value = (struct time_value){.precision = month ? TIME_MONTH : TIME_YEAR, .inferred = true};
    return length;
}

static double numeral_at(const struct reading *r, int i, int *ret_length)
{
    const struct token *t = token_at(r, i);
    double value = 0;
    *ret_length = 0;
    if (!t)
        return 0;
    if (t->kind == TOKEN_NUMBER && number_value(token_text(r, i), r->chapter->doc->lang, &value))
        *ret_length = 1;
    else if (t->form->flags & IS_NUMBER)
        value = t->form->number, *ret_length = 1;
    else if (t->form->flags & IS_INDEFINITE)
        value = 1, *ret_length = 1;
    return value;
}

/* "cuatro años", "tres meses después", "five days", "a year later": never a date by itself, but "N years later"
 * steps the story on. */
static int duration_at(const struct reading *r, int i, struct time_mention *ret)
{
    int length;
    double count = numeral_at(r, i, &length);
    if (!length || !token_has(r, i + length, IS_TIME_UNIT) || token_at(r, i + length)->upper)
        return 0;
    const struct token *counted = token_at(r, i + length + 1);
    if (token_is(r, i + length, "second") && counted && counted->kind == TOKEN_WORD &&
        !(counted->form->flags & IS_FUNCTION))
        return 0; /* "a second prize" */
    bool years = cue_is(r, i + length, CUE_YEAR_WORD);
    int end = i + length + 1, before = cue_at(r, end, CUE_EARLIER),
        behind = before ? 0 : phrase_at(r, end, PHRASE_LATER, NULL);
    ret->duration = true;
    ret->value = (struct time_value){.precision = TIME_NONE};
    if (behind && !is_of(r, end + behind) && years && count == (int)count) {
        ret->next = true;
        ret->value = (struct time_value){.precision = TIME_YEAR, .year = (int)count, .inferred = true};
    }
    return end + behind + before - i;
}

/* A vague lead-in ends right before `i`: its first token, or -1. */
static int vague_before(const struct reading *r, int i)
{
    int from = i;
    while (from > 0 &&
           (token_is(r, from - 1, "el") || token_is(r, from - 1, "la") || token_is(r, from - 1, "los") ||
            token_is(r, from - 1, "the") || token_is(r, from - 1, "año")))
        from--;
    for (int start = from - 4 < 0 ? 0 : from - 4; start < from; start++)
        if (phrase_at(r, start, PHRASE_VAGUE_TIME, NULL) == from - start)
            return start;
    return -1;
}

static void add(struct arena *scratch, struct reading *r, struct time_mention mention)
{
    mention.value.text = tokens_text(r, mention.first, mention.end);
    mention.in_paren = r->tokens.items[mention.first].depth > 0;
    for (int i = mention.first; i < mention.end; i++)
        r->tokens.items[i].time = (int)r->times.count;
    list_push(scratch, &r->times, mention);
}

/* "mid-1700s", "pre-1900": the prefix is glued to the number. */
static int glued_at(const struct reading *r, int i, struct time_mention *ret)
{
    struct str text = token_text(r, i);
    if (!str_starts(text, STR("mid-")) || text.len < 8)
        return 0;
    struct str number = str_slice(text, 4, text.len);
    long year;
    bool decade = str_ends(number, STR("s"));
    if (!str_to_long(str_slice(number, 0, number.len - decade), &year) || year < YEAR_MIN || year > YEAR_MAX)
        return 0;
    ret->value = point(decade ? TIME_DECADE : TIME_YEAR, (int)year, 0, 0);
    ret->value.vague = STR("mid-");
    return 1;
}

/* "1756 and 1757": two years in a row are one stretch. */
static bool next_year_at(const struct reading *r, int i, const struct time_value *value)
{
    int year;
    return value->precision == TIME_YEAR && token_has(r, i, IS_COORDINATOR) && year_shape(r, i + 1, &year) &&
           year == value->year + 1 && !counts(r, i + 2);
}

static int mention_at(const struct reading *r, int i, struct time_mention *ret)
{
    int length = relative_at(r, i, ret);
    if (length || (length = duration_at(r, i, ret)) || (length = glued_at(r, i, ret)))
        return length;
    if ((length = era_range_at(r, i, &ret->value)))
        return length;
    length = point_at(r, i, false, &ret->value);
    if (!length)
        return 0;
    bool between =
        cue_is(r, i - 1, CUE_BETWEEN) || (token_is(r, i - 1, "el") && cue_is(r, i - 2, CUE_BETWEEN));
    length += range_end_at(r, i + length, between || next_year_at(r, i + length, &ret->value), &ret->value);
    return length;
}

/* The month of "abril del mismo año", "April of the following year". */
static int tied_at(const struct reading *r, int i, struct time_mention *mention)
{
    struct time_mention tie = {0};
    if (mention->value.year ||
        (mention->value.precision != TIME_MONTH && mention->value.precision != TIME_DAY))
        return 0;
    int at = i, length = relative_at(r, i, &tie);
    if (!length && is_of(r, at))
        length = relative_at(r, ++at, &tie);
    if (!length || tie.value.precision != TIME_YEAR)
        return 0;
    mention->same = tie.same;
    mention->next = tie.next;
    mention->previous = tie.previous;
    return at + length - i;
}

/* "hasta el 2023", "a fecha de 2025", "until 1812": how long something held, not when it happened. */
static bool is_as_of(const struct reading *r, int first)
{
    if (cue_is(r, first - 1, CUE_ARTICLE))
        first--;
    return token_is(r, first - 1, "hasta") || token_is(r, first - 1, "until") ||
           token_is(r, first - 1, "till") || token_is(r, first - 1, "para") ||
           phrase_before(r, first, PHRASE_AS_OF, NULL) > 0;
}

/* "(c. 1400)", "(h. 1040)". */
static bool is_circa(const struct reading *r, int i)
{
    int at = token_is_mark(r, i - 1, '.') ? i - 2 : i - 1;
    return token_is(r, at, "c") || token_is(r, at, "h") || token_is(r, at, "ca") || token_is(r, at, "circa");
}

void times_read(struct arena *scratch, struct reading *r)
{
    int count = (int)r->tokens.count;
    for (int i = 0; i < count;) {
        struct time_mention mention = {.first = i};
        int length = mention_at(r, i, &mention);
        if (!length) {
            i++;
            continue;
        }
        mention.end = i + length;
        mention.end += tied_at(r, mention.end, &mention);
        int vague = mention.duration ? -1 : vague_before(r, i);
        if (vague >= 0 && (vague == 0 || r->tokens.items[vague].time < 0)) {
            mention.value.vague = tokens_text(r, vague, i);
            mention.first = vague;
        } else if (!mention.duration && is_circa(r, i)) {
            mention.value.vague = r->chapter->spanish ? STR("hacia") : STR("around");
        }
        mention.as_of = is_as_of(r, mention.first);
        add(scratch, r, mention);
        i = mention.end;
    }
}

static long first_day(const struct time_value *t)
{
    int year = t->year, month = t->month;
    if (t->precision == TIME_CENTURY)
        year = t->year > 0 ? (t->year - 1) * 100 + 1 : t->year * 100;
    if (t->season == 6)
        month = 7;
    else if (t->season && t->season < 5)
        month = 3 * t->season;
    return (long)year * 400 + month * 32 + t->day;
}

int time_compare(const struct time_value *a, const struct time_value *b)
{
    long x = first_day(a), y = first_day(b);
    return (x > y) - (x < y);
}

bool time_agrees(const struct time_value *a, const struct time_value *b)
{
    if (a->precision == TIME_NONE || b->precision == TIME_NONE)
        return true;
    if (a->precision >= TIME_DECADE || b->precision >= TIME_DECADE)
        return true;
    return (a->year == b->year || !a->year || !b->year) && (a->month == b->month || !a->month || !b->month) &&
           (a->day == b->day || !a->day || !b->day);
}
