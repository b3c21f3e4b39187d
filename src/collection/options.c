#include "collection/options.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/translate.h"
#include "collection/json.h"
#include "collection/log.h"
#include "collection/queue.h"
#include "collection/tree.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum option_type { OPTION_INT, OPTION_REAL, OPTION_BOOL, OPTION_DAY, OPTION_WEEK, OPTION_STEPS };

/* What an option may be, and what it is until someone sets it. */
struct option {
    const char *name;
    enum option_type type;
    size_t offset;
    double least, most;
};

#define OPTION(field, type, least, most)                                                                     \
    {                                                                                                        \
#field, type, offsetof(struct deck_options, field), least, most                                      \
    }

static const struct option options[] = {
    OPTION(algorithm, OPTION_INT, 6, 7),
    OPTION(retention, OPTION_REAL, 0.70, 0.99),
    OPTION(new_per_day, OPTION_INT, 0, 9999),
    OPTION(reviews_per_day, OPTION_INT, 0, 9999),
    OPTION(minutes_per_day, OPTION_INT, 0, 1440),
    OPTION(maximum_days, OPTION_REAL, 1, 36500),
    OPTION(first_easy_days, OPTION_REAL, 1, 36500),
    OPTION(growth, OPTION_REAL, 1.1, 100),
    OPTION(rollover_hour, OPTION_INT, 0, 23),
    OPTION(order, OPTION_INT, 0, ORDER_DECK),
    OPTION(mix, OPTION_INT, 0, MIX_NEW_FIRST),
    OPTION(fuzz, OPTION_BOOL, 0, 1),
    OPTION(siblings_apart, OPTION_BOOL, 0, 1),
    OPTION(held_back, OPTION_BOOL, 0, 1),
    OPTION(exam_day, OPTION_DAY, 0, 1e6),
    OPTION(easy_days, OPTION_WEEK, 0, 0),
    OPTION(learn, OPTION_STEPS, 0, 0),
    OPTION(relearn, OPTION_STEPS, 0, 0),
};

const struct deck_options deck_options_default = {
    .algorithm = 7,
    .retention = 0.9,
    .new_per_day = 12,
    .reviews_per_day = 9999,
    .maximum_days = 3650,
    .first_easy_days = 21,
    .growth = 4,
    .rollover_hour = 4,
    .order = ORDER_RECALL_DOWN,
    .mix = MIX_SPREAD,
    .fuzz = true,
    .siblings_apart = true,
    .easy_days = "nnnnnnn",
};

static const struct option *find_option(struct str name)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (str_equal(name, str_from(options[i].name)))
            return &options[i];
    return NULL;
}

static bool is_week(struct str value)
{
    bool ok = value.len == 7;
    for (size_t i = 0; ok && i < 7; i++)
        ok = value.ptr[i] == 'n' || value.ptr[i] == 'r' || value.ptr[i] == 'm';
    return ok;
}

/* "1m 10m 1d"; a bare number is minutes, as Anki has it. "none" stands for no steps where a deck above has some. */
static bool read_steps(struct str text, struct steps *ret)
{
    struct steps steps = {0};
    struct str word;
    if (str_equal(text, STR("none"))) {
        *ret = steps;
        return true;
    }
    while (str_split(&text, ' ', &word)) {
        static const struct {
            char unit;
            int seconds;
        } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
        if (word.len == 0)
            continue;
        int seconds = 60;
        for (size_t i = 0; i < sizeof units / sizeof *units; i++)
            if (word.ptr[word.len - 1] == units[i].unit) {
                seconds = units[i].seconds;
                word.len--;
                break;
            }
        long number;
        if (!str_to_long(word, &number) || number < 1 || number > 30L * 86400 / seconds ||
            steps.count == PLAN_STEPS)
            return false;
        steps.delay_s[steps.count++] = (int)number * seconds;
    }
    *ret = steps;
    return steps.count > 0;
}

/* Stores a value that the option accepts; false for any other. */
static bool store(const struct option *option, struct str value, struct deck_options *ret)
{
    char *field = (char *)ret + option->offset;
    if (option->type == OPTION_WEEK) {
        if (!is_week(value))
            return false;
        memcpy(field, value.ptr, 7);
        return true;
    }
    if (option->type == OPTION_STEPS)
        return read_steps(value, (struct steps *)(void *)field);
    double number;
    if (!str_to_double(value, &number) || !(number >= option->least && number <= option->most))
        return false;
    if (option->type == OPTION_REAL)
        memcpy(field, &number, sizeof number);
    else if (option->type == OPTION_BOOL)
        *(bool *)field = number != 0;
    else if (option->type == OPTION_DAY)
        *(int64_t *)(void *)field = (int64_t)number;
    else
        *(int *)(void *)field = (int)number;
    return true;
}

void options_apply(struct arena *arena, struct str json, struct deck_options *ret)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        struct str value = json_text(arena, json, options[i].name);
        if (value.len)
            store(&options[i], value, ret);
    }
}

bool options_general(struct collection *c, struct deck_options *ret, struct error *e)
{
    *ret = deck_options_default;
    sqlite3_stmt *rows =
        query(c, e, "SELECT substr(name, 8), value FROM setting WHERE name GLOB 'option.*'", "");
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row) {
        const struct option *option = find_option(column_text(rows, 0));
        if (option)
            store(option, column_text(rows, 1), ret);
    }
    return ok;
}

bool options_write(struct collection *c, int64_t deck, struct str name, struct str value, struct error *e)
{
    struct arena arena = {0};
    struct str setting = str_format(&arena, "option.%.*s", STR_ARG(name));
    struct str path = str_format(&arena, "$.%.*s", STR_ARG(name));
    sqlite3_stmt *write;
    if (deck == 0)
        write = value.len ? query(c, e, "INSERT OR REPLACE INTO setting VALUES (?, ?)", "tt", setting, value)
                          : query(c, e, "DELETE FROM setting WHERE name = ?", "t", setting);
    else
        write = value.len ? query(c, e, "UPDATE deck SET options = json_set(options, ?, ?) WHERE key = ?",
                                  "tti", path, value, deck)
                          : query(c, e, "UPDATE deck SET options = json_remove(options, ?) WHERE key = ?",
                                  "ti", path, deck);
    bool ok = query_run(c, write, e);
    arena_finish(&arena);
    return ok;
}

bool deck_options(struct collection *c, int64_t deck, struct deck_options *ret, struct error *e)
{
    struct arena arena = {0};
    struct tree tree;
    bool ok = tree_load(c, &arena, &tree, e);
    int at = ok ? tree_find(&tree, deck) : -1;
    const struct fsrs *model = NULL;
    ok = ok &&
         (deck == 0 || at >= 0 ||
          fail(e, ERROR_NOT_FOUND, _("that deck is not in the collection any more"))) &&
         model_now(c, deck, &model, e);
    if (ok) {
        *ret = at >= 0 ? tree.items[at].options : tree.general;
        ret->algorithm = model->params.algorithm;
    }
    arena_finish(&arena);
    return ok;
}

static bool check_option(struct str name, struct str value, struct error *e)
{
    const struct option *option = find_option(name);
    if (!option)
        return fail(e, ERROR_USAGE, _("there is no option \"%.*s\""), STR_ARG(name));
    struct deck_options scratch;
    if (value.len == 0 || store(option, value, &scratch))
        return true;
    if (option->type == OPTION_WEEK)
        return fail(e, ERROR_USAGE,
                    _("%s wants seven letters from Monday on: n normal, r reduced, m minimum"), option->name);
    if (option->type == OPTION_STEPS)
        return fail(e, ERROR_USAGE, _("%s wants up to %d delays such as \"1m 10m 1d\", or \"none\""),
                    option->name, PLAN_STEPS);
    return fail(e, ERROR_USAGE, _("%s must lie between %g and %g"), option->name, option->least,
                option->most);
}

static void option_body(struct buffer *body, struct str option, struct str value)
{
    buffer_add(body, STR("{\"option\":"));
    buffer_add_json(body, option);
    buffer_add(body, STR(",\"value\":"));
    buffer_add_json(body, value);
    buffer_add_char(body, '}');
}

/* Weights belong to the algorithm: choosing it begins with its defaults. */
static bool choose_algorithm(struct collection *c, int64_t deck, struct str value, struct moment now,
                             struct error *e)
{
    struct fsrs_params params = fsrs_defaults(str_equal(value, STR("6")) ? ALGORITHM_FSRS6 : ALGORITHM_FSRS7);
    return collection_set_params(c, deck, &params, NULL, now, e);
}

bool deck_set_option(struct collection *c, int64_t deck, struct str option, struct str value,
                     struct moment now, struct error *e)
{
    if (!check_option(option, value, e))
        return false;
    if (str_equal(option, STR("algorithm")))
        return choose_algorithm(c, deck, value, now, e);
    if (str_equal(option, STR("rollover_hour")))
        deck = 0; /* a day is a day in every deck */
    if (!transaction_begin(c, e))
        return false;
    struct arena arena = {0};
    struct buffer body = {0};
    option_body(&body, option, value);
    enum event_kind kind = str_equal(option, STR("exam_day")) ? EVENT_EXAM : EVENT_OPTION;
    bool ok = log_append(c, kind, deck_identity(c, &arena, deck), (struct str){0}, buffer_str(&body), now,
                         NULL, e) &&
              options_write(c, deck, option, value, e);
    buffer_finish(&body);
    arena_finish(&arena);
    regime_forget(c);
    return transaction_end(c, ok, e);
}
