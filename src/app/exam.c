/* A rehearsal: a clock, no help, no word until the end. Answers are recorded as such and leave the memory alone. */
#include "app/inside.h"

#include "base/list.h"
#include "base/random.h"
#include "base/translate.h"
#include "collection/queue.h"
#include "screens/exam.h"

enum { QUESTIONS = 20, SECONDS_EACH = 45 };

void exam_finish(struct app *app)
{
    arena_finish(&app->exam.arena);
    app->exam = (struct exam_state){0};
}

/* Any cards of the deck, drawn by chance; a why is no question for a clock. */
static bool draw(struct app *app, int64_t deck, struct card_keys *ret, struct error *e)
{
    struct arena *arena = ui_arena(app->ui);
    struct queue queue = {0};
    const struct queue_request request = {
        .deck = deck, .mode = QUEUE_CRAM, .order = ORDER_RANDOM, .new_limit = -1};
    struct random random = {app->options.seed ^ (uint64_t)app_now(app).at_ms};
    if (!collection_queue(app->collection, arena, &request, app_now(app), &queue, e))
        return false;
    for (size_t left = queue.count; left > 0 && ret->count < QUESTIONS; left--) {
        size_t at = random_below(&random, left);
        struct card_row row;
        if (collection_card(app->collection, arena, queue.items[at].card, &row, NULL) &&
            row.card.kind != CARD_WHY)
            list_push(arena, ret, row.key);
        queue.items[at] = queue.items[left - 1];
    }
    return true;
}

void open_exam(struct app *app, const struct ui_action *action)
{
    struct error e = {0};
    struct card_keys keys = {0};
    int64_t deck = home_deck_of(app, action);
    exam_finish(app);
    if (!draw(app, deck, &keys, &e)) {
        app_toast_error(app, &e);
        return;
    }
    if (!keys.count) {
        app_toast(app, str_from(_("No cards here to rehearse")), ACTION_NONE);
        return;
    }
    app->exam.total = (int)keys.count;
    app->exam.began_ms = app_clock_ms(app);
    app->exam.ends_ms = app->exam.began_ms + (int64_t)keys.count * SECONDS_EACH * 1000;
    study_exam(app, deck, keys.items, keys.count);
}

static int section_of(struct exam_state *exam, const struct card_row *row)
{
    struct str title = row->passages.count && row->passages.items[0].section.len
                           ? row->passages.items[0].section
                           : row->deck_path;
    for (size_t i = 0; i < exam->sections.count; i++)
        if (str_equal(exam->sections.items[i], title))
            return (int)i;
    list_push(&exam->arena, &exam->sections, str_copy(&exam->arena, title));
    return (int)exam->sections.count - 1;
}

static struct study_passage keep_passage(struct arena *arena, const struct card_row *row)
{
    struct study_passage ret = passage_of(row);
    ret.before = str_copy(arena, ret.before);
    ret.text = str_copy(arena, ret.text);
    ret.chapter = str_copy(arena, ret.chapter);
    return ret;
}

void exam_keep(struct app *app, const struct card_row *row, const struct outcome *outcome)
{
    static const enum exam_verdict verdicts[] = {
        [VERDICT_WRONG] = EXAM_WRONG, [VERDICT_NEARLY] = EXAM_NEARLY, [VERDICT_RIGHT] = EXAM_RIGHT};
    struct exam_state *exam = &app->exam;
    struct arena *arena = &exam->arena;
    list_push(arena, &exam->items,
              (struct exam_item){.prompt = str_copy(arena, row->card.prompt),
                                 .given = str_copy(arena, outcome->given),
                                 .answer = str_copy(arena, row->card.answer),
                                 .lang = str_copy(arena, row->card.lang),
                                 .verdict = outcome->given.len ? verdicts[outcome->verdict] : EXAM_UNKNOWN,
                                 .section = section_of(exam, row),
                                 .passage = keep_passage(arena, row)});
}

/* Whole minutes, then the last seconds one by one. */
long exam_seconds_left(struct app *app)
{
    int64_t ms = app->exam.ends_ms - app_clock_ms(app);
    return ms <= 0 ? 0 : (long)((ms + 999) / 1000);
}

int exam_wait_ms(struct app *app)
{
    if (!app->exam.running || app_place(app)->screen != SCREEN_STUDY)
        return -1;
    int64_t ms = app->exam.ends_ms - app_clock_ms(app);
    return ms <= 0 ? 0 : ms > 60000 ? (int)(ms % 60000) + 1 : (int)(ms % 1000) + 1;
}

bool exam_over(struct app *app)
{
    return app->exam.running && exam_seconds_left(app) == 0;
}

void exam_end(struct app *app)
{
    app->exam.running = false;
    app->exam.seconds = (long)((app_clock_ms(app) - app->exam.began_ms) / 1000);
}

void exam_penalty(struct app *app, const struct ui_action *action)
{
    (void)action;
    app->exam.penalty = !app->exam.penalty;
}

static double points(const struct exam_state *exam)
{
    static const double worth[] = {
        [EXAM_UNKNOWN] = 0, [EXAM_WRONG] = 0, [EXAM_NEARLY] = 0.5, [EXAM_RIGHT] = 1};
    double sum = 0;
    list_each (const struct exam_item, item, &exam->items)
        sum += worth[item->verdict] - (exam->penalty && item->verdict == EXAM_WRONG ? 1.0 / 3 : 0);
    return sum > 0 ? sum : 0;
}

void exam_show(struct app *app)
{
    const struct exam_state *exam = &app->exam;
    const struct exam_view view = {.sections = exam->sections.items,
                                   .section_count = exam->sections.count,
                                   .items = exam->items.items,
                                   .count = exam->items.count,
                                   .total = exam->total,
                                   .penalty = exam->penalty,
                                   .points = points(exam),
                                   .seconds = exam->seconds};
    exam_screen(app->ui, &view);
}
