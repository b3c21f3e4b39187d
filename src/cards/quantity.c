#include "cards/quantity.h"

#include "base/list.h"
#include "base/utf8.h"
#include "language/language.h"
#include "text/text.h"

#include <math.h>
#include <string.h>

/* ---- Dates ---- */

enum { DATE_NUMBERS = 3 };

struct date_parts {
    int numbers[DATE_NUMBERS];
    int digits[DATE_NUMBERS]; /* how many figures each was written with */
    int count;
    int month;
    char separator; /* between figures: '-', '/' or '.'; 0 if none */
    bool before_christ, vague;
    bool before, anno; /* "antes" and the "d" of "d. C." wait for what follows */
    int stage;
};

static bool is_number(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] < '0' || word.ptr[i] > '9')
            return false;
    return word.len > 0;
}

static bool is_one_of(struct str word, const char *const *list)
{
    for (; *list; list++)
        if (str_equal(word, str_from(*list)))
            return true;
    return false;
}

static bool add_number(struct date_parts *parts, struct str word)
{
    long value;
    if (parts->count == DATE_NUMBERS || word.len > 4 || !str_to_long(word, &value))
        return false;
    parts->digits[parts->count] = (int)word.len;
    parts->numbers[parts->count++] = (int)value;
    return true;
}

/* "4th", "1st", "1.º": the figure alone. */
static struct str without_ordinal_ending(struct str word)
{
    static const struct str endings[] = {{"st", 2}, {"nd", 2}, {"rd", 2}, {"th", 2}, {"ero", 3}, {"o", 1}};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct str stem = str_slice(word, 0, word.len > endings[i].len ? word.len - endings[i].len : 0);
        if (str_ends(word, endings[i]) && is_number(stem))
            return stem;
    }
    return word;
}

/* English months are found as they are written, with a capital; a learner may not have typed it. */
static bool find_month(const struct language *language, struct arena *arena, struct str word,
                       struct sense *ret)
{
    return language_sense(language, word, SENSE_MONTH, ret) ||
           language_sense(language, text_capitalise(arena, word), SENSE_MONTH, ret);
}

/* "a. C.", "d. C.", "BC", "antes de Cristo": the sign of the year. */
static bool add_era(struct date_parts *parts, struct str word)
{
    static const char *const before[] = {"antes", "before", NULL};
    static const char *const behind[] = {"d", "después", "despues", "after", NULL};
    static const char *const christ[] = {"c", "cristo", "christ", NULL};
    static const char *const whole[] = {"bc", "bce", "ac", NULL};
    if (is_one_of(word, before))
        return parts->before = true;
    if (is_one_of(word, behind))
        return parts->anno = true;
    if (is_one_of(word, christ) || is_one_of(word, whole)) {
        parts->before_christ |= !parts->anno && parts->count > 0;
        parts->before = parts->anno = false;
        return true;
    }
    return str_equal(word, STR("a"));
}

static bool add_date_word(const struct language *language, struct arena *arena, struct date_parts *parts,
                          struct str word)
{
    static const char *const fillers[] = {"de", "del", "el",   "en", "año", "the", "of",
                                          "in", "on",  "year", "ad", "ce",  NULL};
    struct sense sense;
    word = without_ordinal_ending(word);
    if (is_number(word))
        return add_number(parts, word);
    if (find_month(language, arena, word, &sense)) {
        if (parts->month)
            return false;
        parts->month = (int)sense.value;
        return true;
    }
    return add_era(parts, word) || is_one_of(word, fillers);
}

/* Blanks, commas and points may stand between the words; one kind of separator between figures. */
static bool add_date_mark(struct date_parts *parts, struct str mark)
{
    if (mark.len == 1 && strchr("-/.", mark.ptr[0])) {
        if (parts->separator && parts->separator != mark.ptr[0])
            return false;
        parts->separator = mark.ptr[0];
        return true;
    }
    return str_equal(mark, STR(",")) || str_equal(mark, STR("º"));
}

/* "a inicios de" and "at the beginning of" say when in the year; "hacia" does not. */
static int stage_of(const struct language *language, const struct phrase *phrase)
{
    struct str rest = phrase->canonical, word;
    while (str_split(&rest, ' ', &word))
        if (!language_is_function_word(language, word) && language_alike(language, word) >= 0)
            return language_alike(language, word) + 1;
    return 0;
}

static bool read_parts(const struct language *language, struct arena *arena, struct str text,
                       struct date_parts *ret)
{
    struct words words = {0};
    text_words(arena, text, &words);
    struct str_list plain = {0};
    list_each (struct word, word, &words)
        list_push(arena, &plain, str_slice(text, word->span.start, word->span.end));
    for (size_t i = 0; i < plain.count;) {
        const struct phrase *phrase;
        size_t vague =
            language_phrase(language, PHRASE_VAGUE_TIME, plain.items + i, plain.count - i, &phrase);
        if (vague) {
            ret->vague = true;
            ret->stage = stage_of(language, phrase);
            i += vague;
            continue;
        }
        bool mark = words.items[i].kind == WORD_MARK;
        /* ICU keeps "07.2023" and "2023.07" together. */
        struct str rest = plain.items[i], piece;
        bool dotted = !mark && str_contains(rest, STR("."));
        while (dotted && str_split(&rest, '.', &piece))
            if (piece.len &&
                (!add_date_word(language, arena, ret, piece) || (rest.ptr && !add_date_mark(ret, STR(".")))))
                return false;
        if (!dotted && !(mark ? add_date_mark(ret, rest) : add_date_word(language, arena, ret, rest)))
            return false;
        i++;
    }
    return (ret->month || ret->count) && !ret->before && !ret->anno;
}

static bool is_year(const struct date_parts *parts, int i)
{
    return parts->digits[i] >= 3 || parts->numbers[i] > 31 || parts->before_christ;
}

static bool with_month_name(const struct date_parts *parts, struct date *ret)
{
    ret->month = parts->month;
    if (parts->count > 2)
        return false;
    for (int i = 0; i < parts->count; i++) {
        int *slot = is_year(parts, i) ? &ret->year : &ret->day;
        if (*slot)
            return false;
        *slot = parts->numbers[i];
    }
    return ret->day <= 31;
}

static bool all_figures(const struct date_parts *parts, bool month_first, struct date *ret)
{
    const int *n = parts->numbers;
    bool year_first = is_year(parts, 0);
    if (parts->count == 1) {
        ret->year = n[0];
        return year_first;
    }
    bool four = parts->digits[year_first ? 0 : parts->count - 1] == 4; /* "12.000" is no December */
    if (!parts->separator || !four)
        return false;
    if (parts->count == 2) {
        ret->year = year_first ? n[0] : n[1];
        ret->month = year_first ? n[1] : n[0];
        return (year_first || is_year(parts, 1)) && ret->month >= 1 && ret->month <= 12;
    }
    month_first = (month_first && n[0] <= 12) || n[1] > 12;
    ret->year = year_first ? n[0] : n[2];
    ret->month = year_first || !month_first ? n[1] : n[0];
    ret->day = year_first ? n[2] : month_first ? n[1] : n[0];
    return ret->month >= 1 && ret->month <= 12 && ret->day >= 1 && ret->day <= 31;
}

bool date_parse(const struct language *language, struct arena *arena, struct str text, struct date *ret)
{
    struct date_parts parts = {0};
    struct date date = {0};
    if (!read_parts(language, arena, text_lower(arena, text_trim(text)), &parts))
        return false;
    bool month_first = str_equal(language_code(language), STR("en"));
    if (!(parts.month ? with_month_name(&parts, &date) : all_figures(&parts, month_first, &date)))
        return false;
    if (parts.before_christ)
        date.year = -date.year;
    date.vague = parts.vague;
    date.stage = parts.stage;
    *ret = date;
    return true;
}

/* ---- Amounts ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The figure at the start of `text` with its points, commas and thin blanks; returns its length. */
static size_t figure_length(struct str text)
{
    size_t end = 0;
    for (size_t at = 0; at < text.len;) {
        size_t here = at;
        uint32_t c = utf8_next(text, &at);
        bool digit = c < 0x80 && is_digit((char)c);
        bool joins = (c == '.' || c == ',' || c == '\'' || text_is_blank(c)) && at < text.len &&
                     is_digit(text.ptr[at]);
        /* A blank joins only groups of three: "1 250", but not "2 500.000". */
        if (joins && text_is_blank(c) &&
            (at + 3 > text.len || !is_digit(text.ptr[at + 1]) || !is_digit(text.ptr[at + 2]) ||
             (at + 3 < text.len && is_digit(text.ptr[at + 3]))))
            break;
        if (!digit && !joins)
            break;
        end = digit ? at : here;
    }
    return end;
}

/* `decimal` is the sign that starts the fraction; every other one only groups. */
static double read_figure(struct str figure, char decimal)
{
    double value = 0, place = 0;
    for (size_t i = 0; i < figure.len; i++) {
        char c = figure.ptr[i];
        if (is_digit(c) && place == 0)
            value = value * 10 + (c - '0');
        else if (is_digit(c)) {
            value += (c - '0') * place;
            place /= 10;
        } else if (c == decimal)
            place = 0.1;
    }
    return value;
}

/* A sign is taken for the decimal one if it stands once and not before exactly three digits; if it could be either,
 * the language's use comes first and the other reading second. */
static void read_values(const struct language *language, struct str figure, struct amount *ret)
{
    bool spanish = str_equal(language_code(language), STR("es"));
    char own = spanish ? ',' : '.', other = spanish ? '.' : ',';
    size_t own_at = str_find(figure, (struct str){&own, 1}, 0),
           other_at = str_find(figure, (struct str){&other, 1}, 0);
    ret->readings = 1;
    if (own_at != SIZE_MAX && other_at != SIZE_MAX) {
        ret->values[0] = read_figure(figure, own_at > other_at ? own : other);
        return;
    }
    char sign = own_at != SIZE_MAX ? own : other;
    size_t at = own_at != SIZE_MAX ? own_at : other_at;
    bool once = at != SIZE_MAX && str_find(figure, (struct str){&sign, 1}, at + 1) == SIZE_MAX;
    bool could_group = at != SIZE_MAX && figure.len - at - 1 == 3 && figure.ptr[0] != '0';
    if (!once) {
        ret->values[0] = read_figure(figure, 0);
        return;
    }
    if (!could_group) {
        ret->values[0] = read_figure(figure, sign);
        return;
    }
    ret->readings = 2;
    ret->values[0] = read_figure(figure, sign == own ? sign : 0);
    ret->values[1] = read_figure(figure, sign == own ? 0 : sign);
}

static void scale(struct amount *amount, double factor)
{
    for (int i = 0; i < amount->readings; i++)
        amount->values[i] *= factor;
}

/* Letters that touch the figure: 8k, 14B, $40M, 1T. */
static bool scale_by_letter(struct amount *amount, struct str word)
{
    static const struct {
        struct str letter;
        double factor;
    } letters[] = {{{"k", 1}, 1e3}, {{"m", 1}, 1e6},  {{"mm", 2}, 1e6},
                   {{"b", 1}, 1e9}, {{"bn", 2}, 1e9}, {{"t", 1}, 1e12}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (str_equal(word, letters[i].letter)) {
            scale(amount, letters[i].factor);
            return true;
        }
    }
    return false;
}

static struct str usual_unit(struct str word)
{
    static const struct {
        const char *word;
        struct str unit;
    } units[] = {
        {"dolar", {"$", 1}},       {"dolares", {"$", 1}},     {"dollar", {"$", 1}},
        {"dollars", {"$", 1}},     {"usd", {"$", 1}},         {"euro", {"€", 3}},
        {"euros", {"€", 3}},       {"eur", {"€", 3}},         {"%", {"%", 1}},
        {"percent", {"%", 1}},     {"ciento", {"%", 1}},      {"km", {"km", 2}},
        {"kilometros", {"km", 2}}, {"kilometro", {"km", 2}},  {"kilometres", {"km", 2}},
        {"kilometers", {"km", 2}}, {"metros", {"m", 1}},      {"metro", {"m", 1}},
        {"metres", {"m", 1}},      {"meters", {"m", 1}},      {"kg", {"kg", 2}},
        {"kilos", {"kg", 2}},      {"kilogramos", {"kg", 2}}, {"kilograms", {"kg", 2}},
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_equal(word, str_from(units[i].word)))
            return units[i].unit;
    return word;
}

static void add_unit(struct arena *arena, struct amount *amount, struct str word)
{
    static const char *const silent[] = {"de", "del", "of", "por", "per", "los", "las", "the", NULL};
    if (is_one_of(word, silent))
        return;
    struct str unit = usual_unit(word);
    if (amount->unit.len && !str_equal(amount->unit, unit))
        unit = str_format(arena, "%.*s %.*s", STR_ARG(amount->unit), STR_ARG(unit));
    amount->unit = unit;
}

static bool is_currency(uint32_t c)
{
    return c == '$' || c == 0x20AC || c == 0xA3 || c == 0xA5;
}

/* What may stand before the number: "más de", "unos", "~", a currency. */
static struct str skip_lead(const struct language *language, struct arena *arena, struct str text,
                            struct amount *ret)
{
    static const char *const articles[] = {"el", "la", "los", "las", "the", "a", "an", NULL};
    for (;;) {
        text = text_trim(text);
        size_t at = 0;
        uint32_t c = text.len ? utf8_next(text, &at) : 0;
        if (is_currency(c))
            ret->unit = str_slice(text, 0, at);
        if (is_currency(c) || c == '~' || c == 0x2248) {
            text = str_slice(text, at, text.len);
            continue;
        }
        struct words words = {0};
        text_words(arena, text, &words);
        struct str_list plain = {0};
        for (size_t i = 0; i < words.count && i < 6; i++)
            list_push(arena, &plain, str_slice(text, words.items[i].span.start, words.items[i].span.end));
        size_t skipped = language_phrase(language, PHRASE_QUANTIFIER, plain.items, plain.count, NULL);
        if (!skipped && plain.count > 1 && is_one_of(plain.items[0], articles))
            skipped = 1;
        if (!skipped || skipped >= plain.count)
            return text;
        text = str_slice(text, words.items[skipped].span.start, text.len);
    }
}

static bool number_word(const struct language *language, struct str word, struct sense *ret)
{
    return language_sense(language, word, SENSE_NUMBER, ret);
}

/* One word behind the figure: a scale or a part of the unit. False for a second number. */
static bool read_tail_word(const struct language *language, struct arena *arena, struct str word, bool scales,
                           struct amount *ret)
{
    struct sense sense;
    bool number = number_word(language, word, &sense);
    if (number && !sense.scale)
        return false;
    if (number)
        scale(ret, sense.value);
    else if (!(scales && scale_by_letter(ret, word)) && !str_equal(word, STR(".")) &&
             !str_equal(word, STR("°")))
        add_unit(arena, ret, text_fold(arena, word));
    return true;
}

/* Everything behind the figure; `touching` when no blank lies between. */
static bool read_tail(const struct language *language, struct arena *arena, struct str tail, bool touching,
                      struct amount *ret)
{
    struct words words = {0};
    text_words(arena, tail, &words);
    for (size_t i = 0; i < words.count; i++) {
        struct str word = str_slice(tail, words.items[i].span.start, words.items[i].span.end);
        struct str next = i + 1 < words.count
                              ? str_slice(tail, words.items[i + 1].span.start, words.items[i + 1].span.end)
                              : (struct str){0};
        if (words.items[i].kind == WORD_NUMBER)
            return false;
        if ((str_equal(word, STR("por")) && str_equal(next, STR("ciento"))) ||
            (str_equal(word, STR("per")) && str_equal(next, STR("cent")))) {
            ret->unit = STR("%");
            i++;
            continue;
        }
        /* "37 m" are metres, "37m" and "$37 m" millions. */
        bool scales = i == 0 && (touching || ret->unit.len || !str_equal(word, STR("m")));
        if (!read_tail_word(language, arena, word, scales, ret))
            return false;
    }
    return true;
}

/* "ciento doce", "dos mil quinientos", "one hundred and twelve", "twenty-five": the words that make one number; returns
 * where they end, 0 if there are none. Thousands and more with no number behind them stay for the tail. */
static size_t read_numeral(const struct language *language, struct arena *arena, struct str text,
                           struct amount *ret)
{
    struct words words = {0};
    struct sense sense;
    double total = 0, group = 0, last = 0;
    size_t end = 0;
    text_words(arena, text, &words);
    for (size_t i = 0; i < words.count; i++) {
        struct str word = str_slice(text, words.items[i].span.start, words.items[i].span.end);
        bool joins = str_equal(word, STR("y")) || str_equal(word, STR("and")) || str_equal(word, STR("-"));
        if (joins && end)
            continue;
        if (!number_word(language, word, &sense) || (last && last <= sense.value && !sense.scale))
            break;
        if (!sense.scale)
            group += sense.value;
        else if (sense.value < 1000)
            group = (group ? group : 1) * sense.value;
        else {
            total += (group ? group : 1) * sense.value;
            group = 0;
        }
        last = sense.value;
        end = words.items[i].span.end;
    }
    ret->readings = 1;
    ret->values[0] = total + group;
    return end;
}

bool amount_parse(const struct language *language, struct arena *arena, struct str text, struct amount *ret)
{
    struct amount amount = {0};
    struct str rest = skip_lead(language, arena, text_lower(arena, text), &amount);
    size_t figure = figure_length(rest);
    if (figure) {
        read_values(language, str_slice(rest, 0, figure), &amount);
    } else {
        figure = read_numeral(language, arena, rest, &amount);
        if (!figure)
            return false;
    }
    struct str tail = str_slice(rest, figure, rest.len);
    bool touching = tail.len && tail.ptr[0] != ' ';
    if (!read_tail(language, arena, tail, touching, &amount))
        return false;
    *ret = amount;
    return true;
}

bool amount_same_value(const struct amount *a, const struct amount *b)
{
    for (int i = 0; i < a->readings; i++)
        for (int j = 0; j < b->readings; j++)
            if (fabs(a->values[i] - b->values[j]) <= 1e-9 * fabs(a->values[i]))
                return true;
    return false;
}
