#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/csv.h"
#include "cli/model.h"
#include "cli/print.h"
#include "schedule/plan.h"

#include <stdio.h>
#include <string.h>

enum { CARD_ID, RATING, ELAPSED_DAYS, COLUMNS };

static const char *const columns[COLUMNS] = {"card_id", "rating", "elapsed_days"};

/* What is known of one card so far. */
struct line_card {
    struct line_card *next; /* with the same hash */
    struct str id;
    struct memory memory;
    double last_days; /* interval after its last row; below 0: no row yet */
};

enum { BUCKETS = 1 << 14 };

struct schedule {
    struct arena arena;
    struct line_card *buckets[BUCKETS];
    struct fsrs fsrs;
    double retention;
    const struct plan_options *guards; /* NULL: none */
    struct buffer out;
};

static struct line_card *card_of(struct schedule *schedule, struct str id)
{
    struct line_card **bucket = &schedule->buckets[hash_str(id) % BUCKETS];
    for (struct line_card *card = *bucket; card; card = card->next)
        if (str_equal(card->id, id))
            return card;
    struct line_card *card = arena_new(&schedule->arena, struct line_card);
    *card = (struct line_card){.next = *bucket, .id = str_copy(&schedule->arena, id), .last_days = -1};
    return *bucket = card;
}

static bool read_row(const struct csv *csv, enum grade *ret_grade, double *ret_days, struct error *e)
{
    double rating, days;
    if (!csv_number(csv, RATING, columns[RATING], &rating, e) ||
        !csv_number(csv, ELAPSED_DAYS, columns[ELAPSED_DAYS], &days, e))
        return false;
    if (rating != 1 && rating != 2 && rating != 3 && rating != 4)
        fail(e, ERROR_SYNTAX, _("rating is %g; it must be 1 (again), 2 (hard), 3 (good) or 4 (easy)"),
             rating);
    else if (days < 0)
        fail(e, ERROR_SYNTAX, _("elapsed_days is %g; a card cannot be asked before it was asked last"), days);
    else if (!csv->fields[CARD_ID].len)
        fail(e, ERROR_SYNTAX, _("card_id is empty"));
    else {
        *ret_grade = (enum grade)rating;
        *ret_days = days;
        return true;
    }
    return error_at(e, str_from(csv->name), csv->line, 0);
}

static void write_row(struct schedule *schedule, const struct csv *csv, const struct line_card *card,
                      double recall)
{
    bool seven = schedule->fsrs.params.algorithm == ALGORITHM_FSRS7;
    for (int i = 0; i < COLUMNS; i++)
        buffer_format(&schedule->out, "%.*s,", STR_ARG(csv->fields[i]));
    if (recall >= 0)
        buffer_format(&schedule->out, "%.17g", recall);
    buffer_format(&schedule->out, ",%.17g,", card->memory.s);
    if (seven)
        buffer_format(&schedule->out, "%.17g", card->memory.x);
    buffer_format(&schedule->out, ",%.17g,%.17g\n", card->memory.d, card->last_days);
}

static void take_row(struct schedule *schedule, const struct csv *csv, enum grade grade, double days)
{
    struct line_card *card = card_of(schedule, csv->fields[CARD_ID]);
    bool first = card->last_days < 0;
    double recall = first ? -1 : fsrs_recall(&schedule->fsrs, card->memory, days);
    card->memory = fsrs_step(&schedule->fsrs, card->memory, grade, days);
    double interval = fsrs_days(&schedule->fsrs, card->memory, schedule->retention);
    if (schedule->guards)
        interval = plan_guard(schedule->guards, interval, card->last_days, first ? 0 : days);
    card->last_days = interval;
    write_row(schedule, csv, card, recall);
}

/* Nothing is printed before every row has been understood. */
static bool take_rows(struct schedule *schedule, struct csv *csv, struct error *e)
{
    buffer_add(&schedule->out,
               STR("card_id,rating,elapsed_days,retrievability,stability,fast_stability,difficulty,"
                   "interval_days\n"));
    struct error problem = {0};
    enum grade grade = GRADE_AGAIN;
    double days = 0;
    while (csv_next(csv, &problem) && read_row(csv, &grade, &days, &problem))
        take_row(schedule, csv, grade, days);
    if (problem.kind == ERROR_NONE)
        return true;
    *e = problem;
    return false;
}

bool run_schedule(const struct call *call, struct error *e)
{
    struct plan_options guards = plan_defaults();
    struct fsrs_params params;
    struct csv csv;
    double retention;
    if (!model_options(call, &params, e) || !model_retention(call, 0.9, &retention, e) ||
        !csv_open(&csv, call->words[0], columns, COLUMNS, e))
        return false;
    static struct schedule schedule;
    schedule.fsrs = fsrs_prepare(&params);
    schedule.retention = retention;
    schedule.guards = call_has(call, "guards") ? &guards : NULL;
    fsrs_aim(&schedule.fsrs, retention);
    bool ok = take_rows(&schedule, &csv, e);
    if (ok)
        print_buffer(stdout, &schedule.out);
    csv_close(&csv);
    buffer_finish(&schedule.out);
    arena_finish(&schedule.arena);
    return ok;
}
