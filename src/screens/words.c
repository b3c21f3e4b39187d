#include "screens/words.h"

#include "base/arena.h"
#include "base/translate.h"
#include "cards/card.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static bool spanish(void)
{
    return strcmp(translate_language(), "es") == 0;
}

struct str words_percent(struct arena *arena, double share)
{
    long percent = lround(share * 100);
    /* A blank before the sign is Spanish, none is English. */
    return str_format(arena, spanish() ? "%ld\u00a0%%" : "%ld%%", percent);
}

struct str words_number(struct arena *arena, long long number)
{
    char digits[32], grouped[48];
    int len = snprintf(digits, sizeof digits, "%lld", number < 0 ? -number : number);
    bool apart = len > (spanish() ? 4 : 3); /* four digits stay together in Spanish */
    size_t at = 0;
    if (number < 0)
        grouped[at++] = '-';
    for (int i = 0; i < len; i++) {
        if (apart && i && (len - i) % 3 == 0)
            grouped[at++] = spanish() ? '.' : ',';
        grouped[at++] = digits[i];
    }
    return str_copy(arena, (struct str){grouped, at});
}

struct str words_decimal(struct arena *arena, double number)
{
    long tenths = lround(number * 10);
    if (tenths % 10 == 0)
        return str_format(arena, "%ld", tenths / 10);
    return str_format(arena, "%ld%c%ld", tenths / 10, spanish() ? ',' : '.', tenths % 10);
}

static struct str counted(struct arena *arena, const char *one, const char *many, double number)
{
    struct str text = words_decimal(arena, number);
    return str_format(arena, translate_plural(one, many, lround(number * 10) == 10 ? 1 : 2), STR_ARG(text));
}

struct str words_interval(struct arena *arena, double days)
{
    long minutes = lround(days * 1440);
    if (minutes < 10)
        return str_from(_("<10 min"));
    if (minutes < 60)
        return str_format(arena, _("%ld min"), minutes);
    if (days < 1)
        return str_format(arena, _("%ld h"), lround(days * 24));
    if (days < 31)
        return str_format(arena, translate_plural("%ld day", "%ld days", (unsigned long)lround(days)),
                          lround(days));
    if (days < 365)
        return counted(arena, "%.*s month", "%.*s months", days / 30.44);
    return counted(arena, "%.*s year", "%.*s years", days / 365.25);
}

static const char *const weekdays[] = {N_("Monday"), N_("Tuesday"),  N_("Wednesday"), N_("Thursday"),
                                       N_("Friday"), N_("Saturday"), N_("Sunday")};
/* TRANSLATORS: the first letters of Monday to Sunday. */
static const char *const letters = N_("MTWTFSS");
static const char *const months[] = {N_("January"),   N_("February"), N_("March"),    N_("April"),
                                     N_("May"),       N_("June"),     N_("July"),     N_("August"),
                                     N_("September"), N_("October"),  N_("November"), N_("December")};

struct str words_weekday(int weekday, bool letter)
{
    if (letter)
        return (struct str){_(letters) + weekday % 7, 1};
    return str_from(_(weekdays[weekday % 7]));
}

static struct tm local_time(long long at_ms, int tz_min)
{
    time_t at = (time_t)(at_ms / 1000 + tz_min * 60LL);
    struct tm ret;
    gmtime_r(&at, &ret);
    return ret;
}

struct str words_day(struct arena *arena, int days, long long at_ms, int tz_min)
{
    if (days <= 0)
        return str_from(_("today"));
    if (days == 1)
        return str_from(_("tomorrow"));
    struct tm day = local_time(at_ms, tz_min);
    if (days < 7)
        return words_weekday((day.tm_wday + 6) % 7, false);
    /* TRANSLATORS: a day of the year: 12 March. */
    struct str text = str_format(arena, _("%d %s"), day.tm_mday, _(months[day.tm_mon]));
    return days < 300 ? text : str_format(arena, "%.*s %d", STR_ARG(text), day.tm_year + 1900);
}

struct str words_duration(struct arena *arena, long seconds)
{
    long minutes = (seconds + 30) / 60;
    if (minutes < 1)
        minutes = 1;
    if (minutes < 60)
        return str_format(arena, _("%ld min"), minutes);
    if (minutes % 60 == 0)
        return str_format(arena, _("%ld h"), minutes / 60);
    return str_format(arena, _("%ld h %ld min"), minutes / 60, minutes % 60);
}

struct str words_times(struct arena *arena, int times)
{
    if (spanish())
        return str_format(arena, "%d.ª vez", times);
    const char *end = times % 100 / 10 == 1 ? "th"
                      : times % 10 == 1     ? "st"
                      : times % 10 == 2     ? "nd"
                      : times % 10 == 3     ? "rd"
                                            : "th";
    return str_format(arena, "%d%s time", times, end);
}

static bool is_date(struct str value)
{
    if (value.len < 4)
        return false;
    for (size_t i = 0; i < value.len; i++)
        if (i != 4 && i != 7 && (value.ptr[i] < '0' || value.ptr[i] > '9'))
            return false;
    return value.len == 4 || ((value.len == 7 || value.len == 10) && value.ptr[4] == '-');
}

static const struct {
    const char *relation, *word;
} relations[] = {
    {"release", N_("Release")},     {"found", N_("Origin")},    {"role", N_("Who")},
    {"part-of", N_("Part")},        {"member", N_("Members")},  {"stands-for", N_("Abbreviation")},
    {"rename", N_("Name")},         {"also-known", N_("Name")}, {"based-on", N_("Basis")},
    {"successor", N_("Successor")}, {"size", N_("Size")},       {"quantity", N_("Quantity")},
    {"superlative", N_("Record")},  {"first", N_("First")},     {"definition", N_("Term")},
    {"property", N_("Property")},   {"span", N_("Period")},     {"born", N_("Birth")},
    {"died", N_("Death")},          {"respond", N_("Answer")},  {"before", N_("Order")},
    {"purpose", N_("Purpose")},     {"available", N_("Place")}, {"cause", N_("Cause")},
    {"deed", N_("Event")},
};

struct str words_kind(const struct card *card)
{
    if (card->kind == CARD_ORDER)
        return str_from(_("Order"));
    if (card->kind == CARD_MATCH)
        return str_from(_("Matching"));
    if (card->kind == CARD_WHY)
        return str_from(_("Why?"));
    if (card->kind == CARD_TRUEFALSE)
        return str_from(_("True or false"));
    if (is_date(card->value))
        return str_from(_("Date"));
    if (card->value.len)
        return str_from(_("Figure"));
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (str_equal(card->relation, str_from(relations[i].relation)))
            return str_from(_(relations[i].word));
    return str_from(card->kind == CARD_CLOZE ? _("Gap") : _("Question"));
}
