#include "schedule/simulate.h"
#include "base/buffer.h"
#include "base/crew.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/model.h"
#include "cli/reviews.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { POINTS = 30, MOST_NEW = 16 };

/* What to run: retentions, or numbers of new cards a day at one retention. */
struct question {
    struct simulation simulation;
    double retentions[POINTS];
    int new_cards[MOST_NEW];
    int points, new_count;
    bool one_retention;
    int exam; /* days until it; 0: none */
};

static bool read_new_cards(const struct call *call, struct question *question, struct error *e)
{
    struct str rest = str_from(call_option(call, "new", "12")), word;
    while (str_split(&rest, ',', &word)) {
        long number;
        if (question->new_count == MOST_NEW || !str_to_long(str_trim(word), &number) || number < 0 ||
            number > 10000)
            return fail(e, ERROR_USAGE, _("--new takes up to %d numbers from 0 to 10000, such as 5,10,20."),
                        MOST_NEW);
        question->new_cards[question->new_count++] = (int)number;
    }
    return question->new_count > 0 || fail(e, ERROR_USAGE, _("--new wants a number of cards."));
}

static bool read_numbers(const struct call *call, struct question *question, struct error *e)
{
    long cards, known, days, reviews, minutes, exam, seed;
    if (!call_number(call, "cards", 1, 1000000, 1000, &cards, e) ||
        !call_number(call, "known", 0, 1000000, 0, &known, e) ||
        !call_number(call, "days", 1, 3650, 365, &days, e) ||
        !call_number(call, "reviews", 1, 100000, 9999, &reviews, e) ||
        !call_number(call, "minutes", 0, 1440, 0, &minutes, e) ||
        !call_number(call, "exam", 2, 3650, 0, &exam, e) ||
        !call_number(call, "seed", 0, 1L << 52, 1, &seed, e))
        return false;
    struct simulation *simulation = &question->simulation;
    simulation->cards = (int)cards;
    simulation->known = (int)known;
    simulation->days = (int)(exam ? exam : days);
    simulation->reviews_per_day = (int)reviews;
    simulation->minutes_per_day = (double)minutes;
    simulation->seed = (uint64_t)seed;
    simulation->plan.has_exam = exam > 0;
    simulation->plan.exam_day = exam;
    question->exam = (int)exam;
    return true;
}

/* The learner's own habits, where a log is given. */
static bool read_habits(const struct call *call, struct question *question, struct error *e)
{
    struct review_log log;
    struct reviews_left_out left_out;
    if (!call->words[0])
        return true;
    if (!reviews_read(call->words[0], context_now().at_ms, &log, &left_out, e))
        return false;
    reviews_tell_left_out(&left_out);
    question->simulation.habits = habits_of(&log);
    free(log.items);
    return true;
}

static bool read_question(const struct call *call, struct question *ret, struct error *e)
{
    struct fsrs_params params;
    struct question question = {0};
    double retention;
    if (!model_options(call, &params, e) || !model_retention(call, 0, &retention, e))
        return false;
    question.simulation = simulation_defaults(&params);
    if (!read_numbers(call, &question, e) || !read_new_cards(call, &question, e) ||
        !read_habits(call, &question, e))
        return false;
    question.one_retention = retention > 0 || question.new_count > 1;
    question.points = question.one_retention ? 1 : POINTS;
    for (int i = 0; i < question.points; i++)
        question.retentions[i] =
            question.one_retention ? (retention > 0 ? retention : 0.9) : (70 + i) / 100.0;
    *ret = question;
    return true;
}

/* JSON knows no infinity. */
static void add_number(struct buffer *out, const char *name, double number)
{
    if (isfinite(number))
        buffer_format(out, "\"%s\":%.6g", name, number);
    else
        buffer_format(out, "\"%s\":null", name);
}

static void add_point(struct buffer *out, const struct simulated *point, int new_per_day)
{
    buffer_add_char(out, '{');
    add_number(out, "retention", point->retention);
    buffer_format(out, ",\"new_per_day\":%d,", new_per_day);
    add_number(out, "minutes_per_day", point->minutes);
    buffer_add_char(out, ',');
    add_number(out, "reviews_per_day", point->reviews);
    buffer_add_char(out, ',');
    add_number(out, "met", point->met);
    buffer_add_char(out, ',');
    add_number(out, "known", point->known);
    buffer_add_char(out, ',');
    add_number(out, "minutes_per_known", point->minutes_each);
    buffer_add_char(out, '}');
}

static void add_row(struct buffer *out, const struct simulated *point, int new_per_day)
{
    buffer_format(out, "%8.2f  %8d  %11.1f  %11.1f  %9.0f\n", point->retention, new_per_day, point->minutes,
                  point->reviews, point->known);
}

static void write_head(const struct question *question, bool json, struct buffer *out)
{
    const struct simulation *simulation = &question->simulation;
    if (json) {
        buffer_format(out, "{\"algorithm\":\"fsrs%d\",\"cards\":%d,\"days\":%d,\"curve\":[",
                      (int)simulation->params.algorithm, simulation->cards, simulation->days);
        return;
    }
    if (question->exam)
        buffer_format(out, _("%d cards until the exam in %d days\n"), simulation->cards, simulation->days);
    else
        buffer_format(out, _("%d cards over %d days\n"), simulation->cards, simulation->days);
    buffer_format(out, "%8s  %8s  %11s  %11s  %9s\n", _("aim"), _("new/day"), _("minutes/day"),
                  _("answers/day"), question->exam ? _("known then") : _("known"));
}

static void write_tail(const struct simulated *suggested, bool json, struct buffer *out)
{
    if (json && suggested)
        buffer_format(out, "],\"suggested_retention\":%.6g}\n", suggested->retention);
    else if (json)
        buffer_add(out, STR("],\"suggested_retention\":null}\n"));
    else if (suggested)
        buffer_format(out, _("Most is known for each minute when cards fall due at a recall of %.0f %%.\n"),
                      suggested->retention * 100);
}

static void run_question(struct question *question, bool json, struct buffer *out)
{
    struct simulated points[POINTS];
    write_head(question, json, out);
    for (int i = 0; i < question->new_count; i++) {
        question->simulation.new_per_day = question->new_cards[i];
        simulate_curve(&question->simulation, question->retentions, question->points, points);
        for (int k = 0; k < question->points; k++) {
            if (json && i + k > 0)
                buffer_add_char(out, ',');
            (json ? add_point : add_row)(out, &points[k], question->new_cards[i]);
        }
    }
    bool curve = !question->one_retention;
    write_tail(curve ? &points[simulate_suggest(points, question->points)] : NULL, json, out);
}

bool run_simulate(const struct call *call, struct error *e)
{
    struct question question;
    if (!read_question(call, &question, e))
        return false;
    question.simulation.crew = crew_open(0);
    struct buffer out = {0};
    run_question(&question, call_has(call, "json"), &out);
    crew_close(question.simulation.crew);
    fwrite(out.bytes, 1, out.len, stdout);
    buffer_finish(&out);
    return true;
}
