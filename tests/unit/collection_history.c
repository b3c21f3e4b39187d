#include "collection_world.h"

#include "collection/care.h"
#include "collection/deck.h"
#include "collection/history.h"
#include "collection/reviews.h"

static void push(struct world *w, struct pasts *pasts, int days_ago, enum past_kind kind, enum grade grade,
                 double interval_days)
{
    list_push(&w->arena, pasts,
              (struct past){.kind = kind,
                            .at_ms = w->now.at_ms - days_ago * DAY_MS,
                            .grade = grade,
                            .interval_days = interval_days,
                            .ease = 2.5});
}

static struct history_report add_history(struct world *w, int64_t card, const struct pasts *pasts,
                                         int64_t deck, const struct fsrs_params *params)
{
    struct card_history one = {card, *pasts};
    struct history history = {STR("anki"), w->now.tz_min, &one, 1, deck, params};
    struct history_report report = {0};
    struct error e = {0};
    if (!collection_add_history(w->collection, &history, w->now, &report, &e))
        fail_msg("%s", e.text);
    return report;
}

static int64_t one_card(struct world *w)
{
    struct cards cards = make_cards(&w->arena, 3);
    add(w, "Deck", "d.md", &cards);
    return key_of(w, &cards.items[0]);
}

static void a_log_from_elsewhere_replays_under_its_own_weights(void **state)
{
    struct world *w = *state;
    int64_t card = one_card(w), deck = row(w, card).deck;
    struct fsrs_params params = fsrs_defaults(ALGORITHM_FSRS6);
    params.w[2] = 4;
    struct pasts pasts = {0};
    push(w, &pasts, 20, PAST_GRADE, GRADE_GOOD, 4);
    push(w, &pasts, 16, PAST_PRACTICE, GRADE_AGAIN, 4);
    push(w, &pasts, 14, PAST_GRADE, GRADE_HARD, 9);
    push(w, &pasts, 5, PAST_GRADE, GRADE_GOOD, 21);
    struct history_report report = add_history(w, card, &pasts, deck, &params);
    assert_int_equal(report.added, 4);
    struct memory memory = fsrs_next(&params, (struct memory){0}, GRADE_GOOD, 0);
    memory = fsrs_next(&params, memory_round(memory), GRADE_HARD, 6);
    memory = memory_round(fsrs_next(&params, memory_round(memory), GRADE_GOOD, 9));
    struct card_row found = row(w, card);
    assert_int_equal(found.algorithm, ALGORITHM_FSRS6);
    assert_true(found.memory.s == memory.s && found.memory.d == memory.d);
    assert_int_equal(found.reps, 3);
    assert_int_equal(collection_day(w->collection, (struct moment){found.due_at_ms, w->now.tz_min}),
                     collection_day(w->collection, w->now) + 16);

    struct str before = dump(w, ALL_CONTENT);
    report = add_history(w, card, &pasts, deck, &params);
    assert_int_equal(report.added, 0);
    assert_int_equal(report.known, 4);
    assert_true(str_equal(before, dump(w, ALL_CONTENT)));
    int64_t events, changed;
    assert_true(collection_rebuild(w->collection, &events, &changed, NULL));
    assert_int_equal(changed, 0);
}

static void what_came_before_is_put_before_what_was_answered_here(void **state)
{
    struct world *w = *state;
    int64_t card = one_card(w);
    grade(w, card, GRADE_GOOD);
    struct pasts pasts = {0};
    push(w, &pasts, 30, PAST_GRADE, GRADE_GOOD, 10);
    push(w, &pasts, 20, PAST_GRADE, GRADE_GOOD, 20);
    add_history(w, card, &pasts, 0, NULL);
    struct fsrs_params params = fsrs_defaults(ALGORITHM_FSRS7);
    struct memory memory = fsrs_next(&params, (struct memory){0}, GRADE_GOOD, 0);
    memory = fsrs_next(&params, memory_round(memory), GRADE_GOOD, 10);
    memory = memory_round(fsrs_next(&params, memory_round(memory), GRADE_GOOD, 20));
    assert_true(row(w, card).memory.s == memory.s);
    /* Undo takes back what was done here and nothing that came along. */
    struct undone undone;
    assert_true(collection_undo(w->collection, w->now, &undone, NULL));
    assert_int_equal(row(w, card).reps, 2);
    assert_false(collection_undo(w->collection, w->now, &undone, NULL));
}

static void a_memory_told_by_another_program_goes_on_from_there(void **state)
{
    struct world *w = *state;
    int64_t card = one_card(w);
    struct pasts pasts = {0};
    push(w, &pasts, 30, PAST_GRADE, GRADE_GOOD, 30);
    push(w, &pasts, 30, PAST_MEMORY, GRADE_GOOD, 30);
    push(w, &pasts, 1, PAST_DUE, GRADE_GOOD, 0);
    list_last(&pasts)->due_at_ms = w->now.at_ms + 3 * DAY_MS;
    add_history(w, card, &pasts, 0, NULL);
    struct card_row told = row(w, card);
    assert_true(card_recall(w->collection, &told, w->now) > 0.899);
    assert_true(card_recall(w->collection, &told, w->now) < 0.901);
    assert_int_equal(told.due_at_ms, w->now.at_ms + 3 * DAY_MS);
    assert_int_equal(grade(w, card, GRADE_GOOD).reps, 2);
    /* A fit cannot learn from a card whose beginning nobody knows. */
    struct review_log log;
    assert_true(collection_reviews(w->collection, &w->arena, &log, NULL));
    assert_int_equal(log.count, 0);
}

static void several_changes_are_one_when_they_are_begun_as_one(void **state)
{
    struct world *w = *state;
    int64_t card = one_card(w);
    struct str before = dump(w, ALL_CONTENT " device");
    struct error e = {0};
    assert_true(collection_begin(w->collection, &e));
    grade(w, card, GRADE_GOOD);
    struct cards more = make_cards(&w->arena, 5);
    add(w, "More", "m.md", &more);
    assert_true(queue_now(w, QUEUE_DAY).count > 0);
    assert_false(card_suspend(w->collection, 12345, true, w->now, &e));
    assert_true(card_flag(w->collection, card, STR("why"), w->now, &e));
    assert_false(collection_end(w->collection, false, &e));
    assert_true(str_equal(before, dump(w, ALL_CONTENT " device")));

    assert_true(collection_begin(w->collection, &e));
    assert_false(card_suspend(w->collection, 12345, true, w->now, &e));
    grade(w, card, GRADE_GOOD);
    assert_true(collection_end(w->collection, true, &e));
    struct findings findings;
    assert_true(collection_doctor(w->collection, &w->arena, false, w->now, &findings, &e));
    assert_int_equal(findings.count, 0);
    assert_int_equal(row(w, card).reps, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(a_log_from_elsewhere_replays_under_its_own_weights),
        WORLD_TEST(what_came_before_is_put_before_what_was_answered_here),
        WORLD_TEST(a_memory_told_by_another_program_goes_on_from_there),
        WORLD_TEST(several_changes_are_one_when_they_are_begun_as_one),
    };
    return cmocka_run_group_tests_name("collection history", tests, NULL, NULL);
}
