/* Dates in words: as answers, as adverbials, and the ways in which people type them. */
#include "questions/writer.h"

#include "text/text.h"

#include <stdlib.h>
#include <string.h>

bool time_is_set(const struct time_value *time)
{
    return time->precision != TIME_NONE && time->year != 0;
}

static struct str number(const struct writer *w, int n)
{
    return str_format(w->arena, "%d", n);
}

static struct str year_text(const struct writer *w, int year)
{
    if (year > 0)
        return number(w, year);
    return str_format(w->arena, w->spanish ? "%d a. C." : "%d BC", -year);
}

static struct str roman(const struct writer *w, int n)
{
    static const struct {
        int value;
        const char *text;
    } signs[] = {{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
    struct str text = {0};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        for (; n >= signs[i].value; n -= signs[i].value)
            text = str_concat(w->arena, text, str_from(signs[i].text));
    return text;
}

static struct str ordinal_en(const struct writer *w, int n)
{
    bool teen = n % 100 / 10 == 1;
    const char *ending = teen ? "th" : n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
    return str_format(w->arena, "%d%s", n, ending);
}

static struct str century_text(const struct writer *w, int century)
{
    int n = abs(century);
    const char *before = century < 0 ? (w->spanish ? " a. C." : " BC") : "";
    if (w->spanish)
        return str_format(w->arena, "siglo %.*s%s", STR_ARG(roman(w, n)), before);
    return str_format(w->arena, "%.*s century%s", STR_ARG(ordinal_en(w, n)), before);
}

static struct str month_text(const struct writer *w, int month, int year)
{
    return str_format(w->arena, w->spanish ? "%.*s de %d" : "%.*s %d",
                      STR_ARG(language_month(w->language, month)), year);
}

/* English dates keep the text's own order. */
static struct str day_text(const struct writer *w, const struct time_value *time)
{
    int day = time->day, month = time->month, year = time->year;
    struct str name = language_month(w->language, month);
    if (w->spanish)
        return str_format(w->arena, "%d de %.*s de %.*s", day, STR_ARG(name), STR_ARG(year_text(w, year)));
    if (time->text.len && time->text.ptr[0] >= '0' && time->text.ptr[0] <= '9')
        return str_format(w->arena, "%d %.*s %.*s", day, STR_ARG(name), STR_ARG(year_text(w, year)));
    return str_format(w->arena, "%.*s %d, %.*s", STR_ARG(name), day, STR_ARG(year_text(w, year)));
}

static struct str season_text(const struct writer *w, int season, int year)
{
    static const char *const es[] = {
        "", "primavera de", "verano de", "otoño de", "invierno de", "primera mitad de", "segunda mitad de"};
    static const char *const en[] = {"",       "spring",        "summer",        "autumn",
                                     "winter", "first half of", "second half of"};
    return str_format(w->arena, "%s %.*s", w->spanish ? es[season] : en[season], STR_ARG(year_text(w, year)));
}

static struct str exact_text(const struct writer *w, const struct time_value *time)
{
    switch (time->precision) {
    case TIME_DAY:
        return day_text(w, time);
    case TIME_MONTH:
        return month_text(w, time->month, time->year);
    case TIME_SEASON:
        return season_text(w, time->season, time->year);
    case TIME_YEAR:
        return year_text(w, time->year);
    case TIME_DECADE:
        return str_format(w->arena, w->spanish ? "década de %d" : "%ds", time->year);
    case TIME_CENTURY:
        return century_text(w, time->year);
    default:
        return (struct str){0};
    }
}

static struct str end_text(const struct writer *w, const struct time_value *time)
{
    struct time_value end = {
        .precision = time->precision, .year = time->end_year, .month = time->end_month, .day = time->end_day};
    if (!end.month && end.precision != TIME_CENTURY && end.precision != TIME_DECADE)
        end.precision = TIME_YEAR;
    return exact_text(w, &end);
}

/* The word that matters in "in the early", "by the late". */
static struct str vague_word(struct str vague)
{
    static const char *const words[] = {"early", "late", "mid", "around"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_contains(vague, str_from(words[i])))
            return str_from(words[i]);
    return STR("around");
}

/* "early 2023", "the early 1600s", "around 1700". */
static struct str vague_en(const struct writer *w, const struct time_value *time, struct str exact)
{
    struct str vague = vague_word(time->vague);
    bool span = time->precision == TIME_DECADE || time->precision == TIME_CENTURY;
    const char *the = span && !str_equal(vague, STR("around")) ? "the " : "";
    const char *join = str_equal(vague, STR("mid")) ? "-" : " ";
    return str_format(w->arena, "%s%.*s%s%.*s", the, STR_ARG(vague), join, STR_ARG(exact));
}

/* "a inicios de 2023", "a mediados del siglo XIX", "hacia 1700". */
static struct str vague_es(const struct writer *w, const struct time_value *time, struct str exact)
{
    struct str noun = exact;
    if (time->precision == TIME_CENTURY)
        noun = str_format(w->arena, "el %.*s", STR_ARG(exact));
    if (time->precision == TIME_DECADE)
        noun = str_format(w->arena, "la %.*s", STR_ARG(exact));
    struct str vague = text_lower(w->arena, time->vague); /* it may have begun the sentence */
    if (str_ends(vague, STR(" del")) && !str_equal(noun, exact))
        vague.len--; /* "alrededor del siglo": the article is the noun's */
    if (str_ends(vague, STR(" de")))
        return str_format(w->arena, "%.*s%.*s", STR_ARG(str_slice(vague, 0, vague.len - 2)),
                          STR_ARG(with_preposition(w, STR("de"), noun)));
    return with_preposition(w, vague, noun);
}

static struct str vague_text(const struct writer *w, const struct time_value *time)
{
    struct str exact = exact_text(w, time);
    return w->spanish ? vague_es(w, time, exact) : vague_en(w, time, exact);
}

struct str time_answer(const struct writer *w, const struct time_value *time)
{
    if (!time_is_set(time))
        return (struct str){0};
    if (time->range)
        return str_format(w->arena, "%.*s%s%.*s", STR_ARG(exact_text(w, time)),
                          time->precision == TIME_YEAR ? "–"
                          : w->spanish                 ? " a "
                                                       : " to ",
                          STR_ARG(end_text(w, time)));
    if (time->vague.len)
        return vague_text(w, time);
    if (time->precision == TIME_DECADE)
        return str_format(w->arena, w->spanish ? "la %.*s" : "the %.*s", STR_ARG(exact_text(w, time)));
    if (time->precision == TIME_CENTURY && !w->spanish)
        return str_format(w->arena, "the %.*s", STR_ARG(exact_text(w, time)));
    return exact_text(w, time);
}

static struct str adverbial_es(const struct writer *w, const struct time_value *time)
{
    struct str exact = exact_text(w, time);
    const char *before = time->precision == TIME_DAY       ? "el "
                         : time->precision == TIME_DECADE  ? "en la "
                         : time->precision == TIME_CENTURY ? "en el "
                         : time->season > 4                ? "en la "
                                                           : "en ";
    return str_format(w->arena, "%s%.*s", before, STR_ARG(exact));
}

static struct str adverbial_en(const struct writer *w, const struct time_value *time)
{
    struct str exact = exact_text(w, time);
    bool article = time->precision >= TIME_DECADE || time->season > 0;
    return str_format(w->arena, "%s%s%.*s", time->precision == TIME_DAY ? "on " : "in ",
                      article ? "the " : "", STR_ARG(exact));
}

struct str time_adverbial(const struct writer *w, const struct time_value *time)
{
    if (!time_is_set(time))
        return (struct str){0};
    if (time->range)
        return str_format(w->arena, w->spanish ? "entre %.*s y %.*s" : "between %.*s and %.*s",
                          STR_ARG(exact_text(w, time)), STR_ARG(end_text(w, time)));
    if (time->vague.len) {
        struct str vague = vague_text(w, time);
        bool bare = w->spanish || str_equal(vague_word(time->vague), STR("around"));
        return bare ? vague : str_format(w->arena, "in %.*s", STR_ARG(vague));
    }
    return w->spanish ? adverbial_es(w, time) : adverbial_en(w, time);
}

struct str time_ask(const struct writer *w, const struct time_value *time)
{
    if (time->range && time->precision == TIME_YEAR)
        return w->spanish ? STR("entre qué años") : STR("between what years");
    if (time->vague.len || time->range)
        return w->spanish ? STR("cuándo") : STR("when");
    switch (time->precision) {
    case TIME_YEAR:
        return w->spanish ? STR("en qué año") : STR("in what year");
    case TIME_DECADE:
        return w->spanish ? STR("en qué década") : STR("in what decade");
    case TIME_CENTURY:
        return w->spanish ? STR("en qué siglo") : STR("in what century");
    default:
        return w->spanish ? STR("cuándo") : STR("when");
    }
}

static void accept(const struct writer *w, struct str_list *ret, struct str form)
{
    if (form.len && ret->count < 10 && !str_list_has(ret, form))
        list_push(w->arena, ret, form);
}

static void accept_month(const struct writer *w, const struct time_value *t, struct str_list *ret)
{
    struct str name = language_month(w->language, t->month);
    if (w->spanish) {
        accept(w, ret, str_format(w->arena, "%.*s del %d", STR_ARG(name), t->year));
        accept(w, ret, str_format(w->arena, "%.*s %d", STR_ARG(name), t->year));
        accept(w, ret, str_format(w->arena, "en %.*s de %d", STR_ARG(name), t->year));
    } else {
        accept(w, ret, str_format(w->arena, "%.*s of %d", STR_ARG(name), t->year));
        accept(w, ret, str_format(w->arena, "%.*s, %d", STR_ARG(name), t->year));
        accept(w, ret, str_format(w->arena, "in %.*s %d", STR_ARG(name), t->year));
    }
    accept(w, ret, str_format(w->arena, "%02d/%d", t->month, t->year));
    accept(w, ret, str_format(w->arena, "%d-%02d", t->year, t->month));
}

static void accept_day(const struct writer *w, const struct time_value *t, struct str_list *ret)
{
    struct str name = language_month(w->language, t->month);
    if (w->spanish) {
        accept(w, ret, str_format(w->arena, "%d de %.*s del %d", t->day, STR_ARG(name), t->year));
        accept(w, ret, str_format(w->arena, "%d %.*s %d", t->day, STR_ARG(name), t->year));
        accept(w, ret, str_format(w->arena, "%d/%d/%d", t->day, t->month, t->year));
    } else {
        accept(w, ret, str_format(w->arena, "%d %.*s %d", t->day, STR_ARG(name), t->year));
        accept(w, ret, str_format(w->arena, "%.*s %d, %d", STR_ARG(name), t->day, t->year));
        accept(w, ret, str_format(w->arena, "%d/%d/%d", t->month, t->day, t->year));
    }
    accept(w, ret, str_format(w->arena, "%d-%02d-%02d", t->year, t->month, t->day));
}

static void accept_range(const struct writer *w, const struct time_value *t, struct str_list *ret)
{
    struct str from = exact_text(w, t), to = end_text(w, t);
    accept(w, ret, str_format(w->arena, "%.*s-%.*s", STR_ARG(from), STR_ARG(to)));
    if (w->spanish) {
        accept(w, ret, str_format(w->arena, "%.*s y %.*s", STR_ARG(from), STR_ARG(to)));
        accept(w, ret, str_format(w->arena, "de %.*s a %.*s", STR_ARG(from), STR_ARG(to)));
        accept(w, ret, str_format(w->arena, "entre %.*s y %.*s", STR_ARG(from), STR_ARG(to)));
    } else {
        accept(w, ret, str_format(w->arena, "%.*s and %.*s", STR_ARG(from), STR_ARG(to)));
        accept(w, ret, str_format(w->arena, "from %.*s to %.*s", STR_ARG(from), STR_ARG(to)));
        accept(w, ret, str_format(w->arena, "%.*s to %.*s", STR_ARG(from), STR_ARG(to)));
    }
}

void time_accepted(const struct writer *w, const struct time_value *time, struct str_list *ret)
{
    if (time->range) {
        accept_range(w, time, ret);
        return;
    }
    if (time->vague.len) {
        accept(w, ret, exact_text(w, time));
        if (w->spanish && str_starts(time->vague, STR("a inicios")))
            accept(w, ret, str_format(w->arena, "a principios de %.*s", STR_ARG(exact_text(w, time))));
        accept(w, ret, time_adverbial(w, time));
        return;
    }
    if (time->precision == TIME_MONTH)
        accept_month(w, time, ret);
    else if (time->precision == TIME_DAY)
        accept_day(w, time, ret);
    else
        accept(w, ret, time_adverbial(w, time));
    if (time->precision == TIME_CENTURY)
        accept(w, ret, exact_text(w, time));
    if (time->precision == TIME_DECADE)
        accept(w, ret, exact_text(w, time));
}

static double position(enum time_precision precision, int year, int month, int day, int season)
{
    double in_year = month                      ? (month - 1) * 30.4 + (day ? day : 15)
                     : season > 0 && season < 5 ? season * 91.0 - 45
                     : season == 5              ? 91
                     : season == 6              ? 274
                                                : 182;
    if (precision == TIME_DECADE)
        in_year = 5 * 365;
    if (precision == TIME_CENTURY)
        return (year > 0 ? year - 1 : year) * 36525.0 + 18262;
    return year * 365.25 + in_year;
}

double time_position(const struct time_value *t)
{
    return position(t->precision, t->year, t->month, t->day, t->season);
}

/* May both hold of one moment? Months and days that are not said are taken for any. */
bool time_overlaps(const struct time_value *a, const struct time_value *b)
{
    if (!time_is_set(a) || !time_is_set(b))
        return true;
    if (a->range || b->range || a->precision >= TIME_DECADE || b->precision >= TIME_DECADE)
        return true;
    if (a->year != b->year)
        return false;
    return !a->month || !b->month || (a->month == b->month && (!a->day || !b->day || a->day == b->day));
}
