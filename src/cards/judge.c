#include "cards/judge.h"

#include "base/buffer.h"
#include "base/list.h"
#include "base/utf8.h"
#include "cards/quantity.h"
#include "language/language.h"
#include "text/text.h"

#include <limits.h>
#include <string.h>

/* Costs of an alignment, in edits; what is free of meaning costs next to nothing. */
enum { COST_FUNCTION_WORD = 1, COST_CLASS_NOUN = 2, COST_EDIT = 10, COST_WORD = 60, COST_OTHER_WORD = 100 };

enum { TOKENS_MAX = 64, PARTS_MAX = 6 };

/* One word of an answer. */
struct token {
    struct str text; /* lower case, with accents */
    struct str key;  /* folded */
    bool digits, function_word, class_noun, name, mark;
    double value; /* of a numeral, an ordinal or a Roman number; 0 if it is none */
    bool ordinal;
};

struct tokens {
    struct token items[TOKENS_MAX];
    size_t count;
    bool too_many;
};

struct context {
    struct arena *arena;
    const struct judge_options *options;
    const struct card *card;
    const struct language *language;
};

/* How two words stand to each other. */
enum likeness {
    LIKE_SAME,
    LIKE_TYPO,      /* forgiven */
    LIKE_NEAR_WORD, /* close, but a word of its own or too many slips: not forgiven */
    LIKE_OTHER
};

/* ---- Words ---- */

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
            return true;
    return false;
}

static bool has_sense(const struct context *context, struct str word, enum sense_kind kind)
{
    struct sense sense;
    return context->language && language_sense(context->language, word, kind, &sense);
}

static bool is_meaningful_mark(struct str mark)
{
    return str_equal(mark, STR("+")) || str_equal(mark, STR("#")) || str_equal(mark, STR("%"));
}

/* "II", "IV": numbers in disguise, never misspelt. */
static bool is_roman(struct str key)
{
    for (size_t i = 0; i < key.len; i++)
        if (!strchr("ivxlcdm", key.ptr[i]))
            return false;
    return key.len > 0 && key.len <= 5;
}

static int roman_value(struct str key)
{
    static const char letters[] = "ivxlcdm";
    static const int values[] = {1, 5, 10, 50, 100, 500, 1000};
    int total = 0, last = 0;
    for (size_t i = key.len; i-- > 0;) {
        int value = values[strchr(letters, key.ptr[i]) - letters];
        total += value < last ? -value : value;
        last = value > last ? value : last;
    }
    return total;
}

/* "3rd", "18th", "3º": digits and what makes them an ordinal. A plain letter makes them another name: 4o. */
static bool figure_value(struct str written, double *ret_value, bool *ret_ordinal)
{
    static const char *const endings[] = {"", "st", "nd", "rd", "th", "º", "ª", NULL};
    size_t digits = 0;
    long value;
    while (digits < written.len && written.ptr[digits] >= '0' && written.ptr[digits] <= '9')
        digits++;
    for (const char *const *ending = endings; *ending; ending++)
        if (digits && str_equal(str_slice(written, digits, written.len), str_from(*ending)) &&
            str_to_long(str_slice(written, 0, digits), &value)) {
            *ret_value = (double)value;
            *ret_ordinal = ending != endings;
            return true;
        }
    return false;
}

/* Numbers written in words, figures or Roman letters are the same; "two" is not "second". */
static void read_value(const struct context *context, struct str written, struct token *token)
{
    struct sense sense;
    if (figure_value(token->text, &token->value, &token->ordinal))
        return;
    if (context->language && language_sense(context->language, token->text, SENSE_ORDINAL, &sense)) {
        token->value = sense.value;
        token->ordinal = true;
    } else if (context->language && language_sense(context->language, token->text, SENSE_NUMBER, &sense)) {
        token->value = sense.value;
    } else if (is_roman(token->key) && str_equal(written, text_upper(context->arena, written))) {
        token->value = roman_value(token->key);
    }
}

static bool is_figure(const struct token *token)
{
    return token->digits || is_roman(token->key);
}

static bool same_number(const struct token *a, const struct token *b)
{
    bool words = !is_figure(a) && !is_figure(b);
    return a->value > 0 && a->value == b->value && (!words || a->ordinal == b->ordinal);
}

static struct token token_of(const struct context *context, struct str written)
{
    struct str text = text_lower(context->arena, written);
    struct token token = {
        .text = text, .key = text_fold(context->arena, written), .digits = has_digit(written)};
    token.function_word = context->language && language_is_function_word(context->language, text);
    token.class_noun = has_sense(context, text, SENSE_NOUN) || has_sense(context, text, SENSE_ROLE);
    token.name = !str_equal(text, written);
    token.mark = is_meaningful_mark(written);
    read_value(context, written, &token);
    return token;
}

static void split_tokens(const struct context *context, struct str answer, struct tokens *ret)
{
    struct words words = {0};
    text_words(context->arena, answer, &words);
    ret->count = 0;
    list_each (struct word, word, &words) {
        struct str written = str_slice(answer, word->span.start, word->span.end);
        if (word->kind == WORD_MARK && !is_meaningful_mark(written))
            continue;
        ret->too_many = ret->count == TOKENS_MAX;
        if (ret->too_many)
            return;
        ret->items[ret->count++] = token_of(context, written);
    }
}

static int allowed_typos(const struct context *context, struct str key)
{
    size_t letters = utf8_count(key);
    int by_length = letters < 5 ? 0 : letters < 9 ? 1 : letters < 14 ? 2 : 3;
    if (context->options->typos == TYPOS_NONE)
        return 0;
    return context->options->typos == TYPOS_ONE && by_length > 1 ? 1 : by_length;
}

/* ---- Is a word a slip of another, or a word of its own? ---- */

/* Other things of the same kind that the card itself knows. */
static bool is_another_choice(const struct context *context, struct str key)
{
    const struct str_list *choices = &context->card->choices;
    for (size_t i = 0; i < choices->count; i++) {
        struct words words = {0};
        struct str choice = choices->items[i];
        if (str_equal(choice, context->card->answer))
            continue;
        text_words(context->arena, choice, &words);
        list_each (struct word, word, &words)
            if (str_equal(text_fold(context->arena, str_slice(choice, word->span.start, word->span.end)),
                          key))
                return true;
    }
    return false;
}

static bool names_something_else(const struct context *context, const struct token *given)
{
    struct str capital = text_capitalise(context->arena, given->text);
    return has_sense(context, capital, SENSE_FIRST_NAME) || has_sense(context, capital, SENSE_PLACE) ||
           has_sense(context, given->text, SENSE_MONTH) || has_sense(context, capital, SENSE_MONTH) ||
           has_sense(context, given->text, SENSE_NUMBER) || is_another_choice(context, given->key);
}

static bool same_first_letter(struct str a, struct str b)
{
    size_t i = 0, j = 0;
    return a.len && b.len && utf8_next(a, &i) == utf8_next(b, &j);
}

/* "licencias" for "licencia": the same word in another form. */
static bool same_stem(const struct context *context, const struct token *a, const struct token *b)
{
    struct str stem = language_stem(context->language, context->arena, a->text);
    return stem.len && str_equal(stem, language_stem(context->language, context->arena, b->text));
}

/* "Mario" for "Maria": one letter, another person. */
static bool differs_in_gender(struct str a, struct str b)
{
    if (a.len != b.len || a.len < 2 || memcmp(a.ptr, b.ptr, a.len - 1) != 0)
        return false;
    return strchr("aoe", a.ptr[a.len - 1]) && strchr("aoe", b.ptr[b.len - 1]);
}

/* The given word is close to the expected one and stands in the dictionary. */
static enum likeness likeness_of_ordinary(const struct context *context, const struct token *given,
                                          const struct token *expected)
{
    if (expected->name)
        return LIKE_NEAR_WORD;
    return same_stem(context, given, expected) ? LIKE_TYPO : LIKE_OTHER;
}

static enum likeness likeness_of(const struct context *context, const struct token *given,
                                 const struct token *expected, int *ret_edits)
{
    *ret_edits = 0;
    if (str_equal(given->key, expected->key) || same_number(given, expected))
        return LIKE_SAME;
    if (given->digits || expected->digits || (is_roman(given->key) && is_roman(expected->key)))
        return LIKE_OTHER;
    int allowed = allowed_typos(context, expected->key);
    int edits = *ret_edits = text_distance(given->key, expected->key, allowed + 1);
    if (edits > allowed + 1 || allowed == 0)
        return LIKE_OTHER;
    if (!context->language)
        return edits <= allowed ? LIKE_TYPO : LIKE_OTHER;
    if (names_something_else(context, given))
        return LIKE_OTHER;
    if (expected->name && !same_first_letter(given->key, expected->key))
        return LIKE_OTHER;
    if (expected->name && differs_in_gender(given->key, expected->key))
        return LIKE_NEAR_WORD;
    if (language_is_ordinary(context->language, given->text))
        return likeness_of_ordinary(context, given, expected);
    return edits <= allowed ? LIKE_TYPO : LIKE_NEAR_WORD;
}

/* ---- Alignment of the words ---- */

enum step { STEP_PAIR, STEP_EXTRA, STEP_MISSING };

static int cost_alone(const struct token *token)
{
    if (token->function_word)
        return COST_FUNCTION_WORD;
    return token->class_noun && !token->digits ? COST_CLASS_NOUN : COST_WORD;
}

static int cost_paired(const struct context *context, const struct token *given, const struct token *expected)
{
    int edits;
    switch (likeness_of(context, given, expected, &edits)) {
    case LIKE_SAME:
        return 0;
    case LIKE_TYPO:
    case LIKE_NEAR_WORD:
        return edits * COST_EDIT;
    default:
        return COST_OTHER_WORD;
    }
}

static void reverse(enum step *steps, size_t count)
{
    for (size_t a = 0, b = count; a + 1 < b; a++) {
        enum step kept = steps[a];
        steps[a] = steps[--b];
        steps[b] = kept;
    }
}

/* The cheapest steps from the start to the end of both, in order; returns how many. */
static size_t align(const struct context *context, const struct tokens *given, const struct tokens *expected,
                    enum step ret[2 * TOKENS_MAX])
{
    static const int far = INT_MAX / 2;
    size_t rows = given->count + 1, columns = expected->count + 1, steps = 0;
    int *cost = arena_array(context->arena, rows * columns, sizeof *cost);
    enum step *via = arena_array(context->arena, rows * columns, sizeof *via);
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < columns; j++) {
            int *best = &cost[i * columns + j];
            enum step *how = &via[i * columns + j];
            int extra = i ? cost[(i - 1) * columns + j] + cost_alone(&given->items[i - 1]) : far;
            int missing = j ? cost[i * columns + j - 1] + cost_alone(&expected->items[j - 1]) : far;
            *best = i + j ? far : 0;
            if (i && j)
                *best = cost[(i - 1) * columns + j - 1] +
                        cost_paired(context, &given->items[i - 1], &expected->items[j - 1]);
            if (extra < *best)
                *best = extra, *how = STEP_EXTRA;
            if (missing < *best)
                *best = missing, *how = STEP_MISSING;
        }
    }
    for (size_t i = given->count, j = expected->count; i || j;) {
        enum step how = via[i * columns + j];
        ret[steps++] = how;
        i -= how != STEP_MISSING;
        j -= how != STEP_EXTRA;
    }
    reverse(ret, steps);
    return steps;
}

/* ---- The difference, for people ---- */

static void add_piece(struct arena *arena, struct diff *diff, enum diff_kind kind, struct str expected,
                      struct str given)
{
    if (expected.len || given.len)
        list_push(arena, diff, (struct diff_piece){.kind = kind, .expected = expected, .given = given});
}

static size_t shared_start(struct str a, struct str b)
{
    size_t at = 0;
    while (at < a.len && at < b.len) {
        size_t i = at, j = at;
        if (utf8_next(a, &i) != utf8_next(b, &j))
            break;
        at = i;
    }
    return at;
}

static size_t shared_end(struct str a, struct str b)
{
    size_t i = a.len, j = b.len;
    while (i && j) {
        size_t before_i = i, before_j = j;
        if (utf8_previous(a, &before_i) != utf8_previous(b, &before_j))
            break;
        i = before_i;
        j = before_j;
    }
    return a.len - i;
}

static void add_same(struct arena *arena, struct diff *diff, struct str text)
{
    add_piece(arena, diff, DIFF_SAME, text, text);
}

/* Shows what changed inside the word, not the whole word. */
static void add_pair(struct arena *arena, struct diff *diff, struct str given, struct str expected)
{
    size_t start = shared_start(given, expected);
    struct str g = str_slice(given, start, given.len), e = str_slice(expected, start, expected.len);
    size_t end = shared_end(g, e);
    add_same(arena, diff, str_slice(expected, 0, start));
    add_piece(arena, diff, DIFF_CHANGED, str_slice(e, 0, e.len - end), str_slice(g, 0, g.len - end));
    add_same(arena, diff, str_slice(e, e.len - end, e.len));
}

struct str diff_text(struct arena *arena, const struct diff *diff)
{
    struct buffer buffer = {0};
    list_each (const struct diff_piece, piece, diff) {
        if (piece->kind == DIFF_SAME)
            buffer_add(&buffer, piece->expected);
        else if (piece->kind == DIFF_MISSING)
            buffer_format(&buffer, "[+%.*s]", STR_ARG(piece->expected));
        else if (piece->kind == DIFF_EXTRA)
            buffer_format(&buffer, "[-%.*s]", STR_ARG(piece->given));
        else
            buffer_format(&buffer, "[%.*s→%.*s]", STR_ARG(piece->given), STR_ARG(piece->expected));
    }
    struct str text = str_copy(arena, buffer_str(&buffer));
    buffer_finish(&buffer);
    return text;
}

/* ---- Words against words ---- */

/* What the steps of an alignment amount to. */
struct tally {
    int matched, expected_words; /* words with a meaning */
    int near, missing, extra;
    bool another; /* some other name, number, version, or a "not" */
    bool accents;
    int edits;
};

static bool is_negation(const struct context *context, const struct token *token)
{
    return context->language &&
           language_phrase(context->language, PHRASE_NEGATION, &token->text, 1, NULL) == 1;
}

static void tally_alone(const struct context *context, struct tally *tally, const struct token *token,
                        int *count)
{
    tally->another |= token->digits || token->mark || is_roman(token->key) || is_negation(context, token);
    *count += !token->function_word && !token->class_noun;
}

static void tally_pair(const struct context *context, struct tally *tally, const struct token *given,
                       const struct token *expected, struct judgement *ret)
{
    int edits;
    enum likeness likeness = likeness_of(context, given, expected, &edits);
    tally->matched += likeness <= LIKE_TYPO && !expected->function_word;
    tally->near += likeness == LIKE_NEAR_WORD;
    tally->another |= likeness == LIKE_OTHER && !(given->function_word && expected->function_word);
    tally->accents |= str_equal(given->key, expected->key) && !str_equal(given->text, expected->text);
    if (likeness != LIKE_TYPO)
        return;
    tally->edits += edits;
    list_push(context->arena, &ret->forgiven,
              str_format(context->arena, "typo: %.*s → %.*s", STR_ARG(given->text), STR_ARG(expected->text)));
}

static enum verdict verdict_of(const struct context *context, const struct tally *tally, size_t letters)
{
    if (tally->another)
        return VERDICT_WRONG;
    int found = tally->matched + tally->near;
    bool whole = !tally->near && !tally->missing && !tally->extra && tally->edits <= 1 + (int)letters / 8;
    if (whole && tally->accents && context->options->accents == ACCENTS_DEMAND)
        return VERDICT_NEARLY;
    if (whole)
        return VERDICT_RIGHT;
    return found && 2 * found >= tally->expected_words && tally->extra <= found ? VERDICT_NEARLY
                                                                                : VERDICT_WRONG;
}

static void take_step(const struct context *context, enum step step, const struct token *given,
                      const struct token *expected, struct tally *tally, struct judgement *ret)
{
    if (ret->diff.count)
        add_same(context->arena, &ret->diff, STR(" "));
    if (step == STEP_PAIR) {
        tally_pair(context, tally, given, expected, ret);
        add_pair(context->arena, &ret->diff, given->text, expected->text);
    } else if (step == STEP_EXTRA) {
        tally_alone(context, tally, given, &tally->extra);
        add_piece(context->arena, &ret->diff, DIFF_EXTRA, (struct str){0}, given->text);
    } else {
        tally_alone(context, tally, expected, &tally->missing);
        add_piece(context->arena, &ret->diff, DIFF_MISSING, expected->text, (struct str){0});
    }
}

static void judge_words(const struct context *context, struct str given, struct str expected,
                        struct judgement *ret)
{
    struct tokens *g = arena_new(context->arena, struct tokens),
                  *e = arena_new(context->arena, struct tokens);
    enum step steps[2 * TOKENS_MAX];
    struct tally tally = {0};
    split_tokens(context, given, g);
    split_tokens(context, expected, e);
    if (g->too_many || e->too_many || !g->count || !e->count)
        return;
    for (size_t i = 0; i < e->count; i++)
        tally.expected_words += !e->items[i].function_word;
    size_t count = align(context, g, e, steps), i = 0, j = 0;
    for (size_t n = 0; n < count; n++) {
        take_step(context, steps[n], &g->items[i], &e->items[j], &tally, ret);
        i += steps[n] != STEP_MISSING;
        j += steps[n] != STEP_EXTRA;
    }
    if (tally.accents)
        list_push(context->arena, &ret->forgiven, STR("accents"));
    ret->verdict = verdict_of(context, &tally, utf8_count(expected));
}

/* ---- Lists: the order does not count ---- */

static bool is_joiner(const struct context *context, struct str word)
{
    struct sense sense;
    if (str_equal(word, STR(",")) || str_equal(word, STR(";")) || str_equal(word, STR("&")))
        return true;
    return context->language && language_sense(context->language, word, SENSE_CONJUNCTION, &sense) &&
           sense.value == 1;
}

/* 0 when there are too many parts. */
static size_t split_list(const struct context *context, struct str text, struct str ret[PARTS_MAX])
{
    struct words words = {0};
    struct str_list parts = {0};
    size_t start = 0;
    text_words(context->arena, text, &words);
    list_each (struct word, word, &words) {
        if (!is_joiner(context,
                       text_lower(context->arena, str_slice(text, word->span.start, word->span.end))))
            continue;
        struct str part = text_trim(str_slice(text, start, word->span.start));
        if (part.len)
            list_push(context->arena, &parts, part);
        start = word->span.end;
    }
    list_push(context->arena, &parts, text_trim(str_slice(text, start, text.len)));
    if (parts.count > PARTS_MAX)
        return 0;
    memcpy(ret, parts.items, parts.count * sizeof *ret);
    return parts.count;
}

/* Which of the given parts is most like the wanted one; `count` when none is like it at all. */
static size_t most_like(const struct context *context, const struct str *given, size_t count,
                        struct str wanted)
{
    struct str key = text_fold(context->arena, wanted);
    int least = (int)utf8_count(key) / 2 + 1;
    size_t best = count;
    for (size_t i = 0; i < count; i++) {
        int distance = text_distance(text_fold(context->arena, given[i]), key, least);
        if (distance < least)
            least = distance, best = i;
    }
    return best;
}

static struct str joined_with(const struct context *context, struct str list, struct str part)
{
    return list.len ? str_format(context->arena, "%.*s, %.*s", STR_ARG(list), STR_ARG(part)) : part;
}

/* The given parts in the order of the expected ones; those like none of them come last. */
static struct str reorder(const struct context *context, struct str *given, size_t given_count,
                          const struct str *expected, size_t expected_count)
{
    struct str joined = {0};
    for (size_t i = 0; i < expected_count && given_count; i++) {
        size_t best = most_like(context, given, given_count, expected[i]);
        if (best == given_count)
            continue;
        joined = joined_with(context, joined, given[best]);
        memmove(given + best, given + best + 1, (--given_count - best) * sizeof *given);
    }
    for (size_t i = 0; i < given_count; i++)
        joined = joined_with(context, joined, given[i]);
    return joined;
}

/* Some of the wanted parts, every one right. */
static bool is_part_of_list(const struct context *context, const struct str *given, size_t count,
                            const struct str *expected, size_t wanted)
{
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        for (size_t k = 0; k < wanted && !found; k++) {
            struct judgement judgement = {0};
            judge_words(context, given[i], expected[k], &judgement);
            found = judgement.verdict == VERDICT_RIGHT;
        }
        if (!found)
            return false;
    }
    return true;
}

static void judge_list(const struct context *context, struct str given, struct str expected,
                       struct judgement *ret)
{
    struct str g[PARTS_MAX], e[PARTS_MAX];
    size_t wanted = split_list(context, expected, e), count = split_list(context, given, g);
    if (wanted < 2 || count < 1 || count > wanted)
        return;
    if (count < wanted && ret->verdict == VERDICT_WRONG && is_part_of_list(context, g, count, e, wanted))
        ret->verdict = VERDICT_NEARLY;
    struct judgement sorted = {0};
    judge_words(context, reorder(context, g, count, e, wanted), expected, &sorted);
    if (sorted.verdict <= ret->verdict)
        return;
    list_push(context->arena, &sorted.forgiven, STR("order"));
    *ret = sorted;
}

/* ---- Dates and amounts ---- */

static enum verdict verdict_of_dates(const struct date *given, const struct date *expected)
{
    const int pairs[][2] = {
        {given->year, expected->year}, {given->month, expected->month}, {given->day, expected->day}};
    bool less = false, common = false;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int g = pairs[i][0], e = pairs[i][1];
        if (g && e && g != e)
            return VERDICT_WRONG;
        less |= e && !g;
        common |= e && g;
    }
    bool other_stage = given->stage && expected->stage && given->stage != expected->stage;
    return !common ? VERDICT_WRONG : less || other_stage ? VERDICT_NEARLY : VERDICT_RIGHT;
}

/* "1754–1763", "from 1754 to 1763": the years at both ends. */
static bool range_parse(const struct context *context, struct str text, struct date ret[2])
{
    static const struct str joiners[] = {{"–", 3},     {"—", 3},       {"-", 1},     {" a ", 3},
                                         {" al ", 4},  {" hasta ", 7}, {" y ", 3},   {" to ", 4},
                                         {" and ", 5}, {" until ", 7}, {" till ", 6}};
    static const struct str leads[] = {{"de ", 3},    {"del ", 4},  {"desde ", 6},
                                       {"entre ", 6}, {"from ", 5}, {"between ", 8}};
    text = text_lower(context->arena, text);
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
        if (str_starts(text, leads[i]))
            text = str_slice(text, leads[i].len, text.len);
    for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++) {
        size_t at = str_find(text, joiners[i], 0);
        if (at != SIZE_MAX &&
            date_parse(context->language, context->arena, str_slice(text, 0, at), &ret[0]) &&
            date_parse(context->language, context->arena, str_slice(text, at + joiners[i].len, text.len),
                       &ret[1]) &&
            ret[0].year && ret[1].year > ret[0].year)
            return true;
    }
    return false;
}

static enum verdict verdict_of_ranges(const struct date *given, size_t count, const struct date expected[2])
{
    enum verdict from = verdict_of_dates(&given[0], &expected[0]),
                 to = verdict_of_dates(&given[count - 1], &expected[1]);
    if (count == 1)
        return from != VERDICT_WRONG || to != VERDICT_WRONG ? VERDICT_NEARLY : VERDICT_WRONG;
    return from < to ? from : to;
}

/* One end of a stretch is half of the answer. */
static bool judge_range(const struct context *context, struct str given, struct str expected,
                        struct judgement *ret)
{
    struct date g[2], e[2];
    if (!range_parse(context, expected, e))
        return false;
    size_t count =
        range_parse(context, given, g) ? 2 : date_parse(context->language, context->arena, given, g);
    if (!count)
        return false;
    ret->verdict = verdict_of_ranges(g, count, e);
    if (ret->verdict == VERDICT_RIGHT)
        list_push(context->arena, &ret->forgiven, STR("form"));
    return true;
}

static bool judge_date(const struct context *context, struct str given, struct str expected,
                       struct judgement *ret)
{
    struct date g, e;
    if (!date_parse(context->language, context->arena, expected, &e) ||
        !date_parse(context->language, context->arena, given, &g))
        return false;
    ret->verdict = verdict_of_dates(&g, &e);
    if (ret->verdict == VERDICT_RIGHT)
        list_push(context->arena, &ret->forgiven, STR("form"));
    return true;
}

/* An amount, or a word for none at all. */
static bool read_amount(const struct context *context, struct str text, struct amount *ret)
{
    struct str low = text_lower(context->arena, text);
    if (language_phrase(context->language, PHRASE_NEGATION, &low, 1, NULL) == 1 && low.len > 2) {
        *ret = (struct amount){.readings = 1};
        return true;
    }
    return amount_parse(context->language, context->arena, text, ret);
}

/* A slip in a long unit; "m" is not "km". */
static bool unit_is_misspelt(struct str given, struct str expected)
{
    return utf8_count(given) > 4 && utf8_count(expected) > 4 && text_distance(given, expected, 2) <= 2;
}

static bool judge_amount(const struct context *context, struct str given, struct str expected,
                         struct judgement *ret)
{
    struct amount g, e;
    if (!read_amount(context, expected, &e) || !read_amount(context, given, &g))
        return false;
    bool same_unit = str_equal(g.unit, e.unit);
    bool unit_will_do = same_unit || !g.unit.len || !e.unit.len || unit_is_misspelt(g.unit, e.unit);
    if (!amount_same_value(&g, &e))
        ret->verdict = VERDICT_WRONG;
    else
        ret->verdict = unit_will_do ? VERDICT_RIGHT : VERDICT_NEARLY;
    if (ret->verdict == VERDICT_RIGHT)
        list_push(context->arena, &ret->forgiven, same_unit || !e.unit.len ? STR("form") : STR("unit"));
    return true;
}

/* ---- True and false ---- */

static bool is_listed(struct str key, const char *const *list)
{
    for (; *list; list++)
        if (str_equal(key, str_from(*list)))
            return true;
    return false;
}

/* 1 true, 0 false, -1 neither. */
static int truth_of(struct arena *arena, struct str text)
{
    static const char *const yes[] = {"verdadero", "v", "cierto", "si", "true", "t", "yes", "y", NULL};
    static const char *const no[] = {"falso", "f", "no", "false", "n", NULL};
    struct str key = text_fold(arena, text_trim(text));
    return is_listed(key, yes) ? 1 : is_listed(key, no) ? 0 : -1;
}

static bool same_truth(struct arena *arena, struct str given, struct str expected)
{
    int truth = truth_of(arena, expected);
    return truth >= 0 && truth == truth_of(arena, given);
}

/* ---- One right form, and the best of them ---- */

/* Blanks, hyphens and, where there are no figures, points do not count: "open ai", "gpt 4", "U.S.". */
static struct str compact_key(const struct context *context, struct str text)
{
    struct str key = text_fold_key(context->arena, text);
    char *bytes = arena_alloc(context->arena, key.len);
    size_t len = 0;
    if (has_digit(key))
        return key;
    for (size_t i = 0; i < key.len; i++)
        if (key.ptr[i] != '.')
            bytes[len++] = key.ptr[i];
    return (struct str){bytes, len};
}

static void judge_text(const struct context *context, struct str given, struct str expected,
                       struct judgement *ret)
{
    judge_words(context, given, expected, ret);
    if (ret->verdict != VERDICT_RIGHT)
        judge_list(context, given, expected, ret);
    if (ret->verdict == VERDICT_RIGHT || context->options->accents == ACCENTS_DEMAND ||
        !str_equal(compact_key(context, given), compact_key(context, expected)))
        return;
    ret->verdict = VERDICT_RIGHT;
    list_push(context->arena, &ret->forgiven, STR("form"));
}

static struct judgement judge_form(const struct context *context, struct str given, struct str expected)
{
    struct judgement judgement = {.expected = expected};
    bool same = str_equal(text_lower(context->arena, given), text_lower(context->arena, expected));
    if (context->card->kind == CARD_TRUEFALSE)
        same = same_truth(context->arena, given, expected);
    if (same)
        judgement.verdict = VERDICT_RIGHT;
    if (same || context->card->kind == CARD_TRUEFALSE)
        return judgement;
    if (!context->language || (!judge_range(context, given, expected, &judgement) &&
                               !judge_date(context, given, expected, &judgement) &&
                               !judge_amount(context, given, expected, &judgement)))
        judge_text(context, given, expected, &judgement);
    judgement.expected = expected;
    return judgement;
}

static bool is_better(const struct judgement *a, const struct judgement *b)
{
    if (a->verdict != b->verdict)
        return a->verdict > b->verdict;
    return a->verdict != VERDICT_WRONG && a->forgiven.count < b->forgiven.count;
}

struct judgement judge(struct arena *arena, const struct judge_options *options, const struct card *card,
                       struct str given)
{
    struct context context = {
        .arena = arena, .options = options, .card = card, .language = language_get(card->lang)};
    struct str written = text_trim(text_nfc(arena, given));
    if (!written.len)
        return (struct judgement){.expected = card->answer, .grade = 1};
    struct judgement best = judge_form(&context, written, card->answer);
    for (size_t i = 0; i < card->accepted.count && best.verdict != VERDICT_RIGHT; i++) {
        struct judgement next = judge_form(&context, written, card->accepted.items[i]);
        if (is_better(&next, &best))
            best = next;
    }
    best.grade = best.verdict == VERDICT_RIGHT ? 3 : best.verdict == VERDICT_NEARLY ? 2 : 1;
    return best;
}

struct str verdict_name(enum verdict verdict)
{
    static const char *const names[] = {
        [VERDICT_WRONG] = "wrong", [VERDICT_NEARLY] = "almost", [VERDICT_RIGHT] = "right"};
    return str_from(names[verdict]);
}
