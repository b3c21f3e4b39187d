#include "test.h"

#include "base/arena.h"
#include "base/list.h"
#include "cards/identity.h"
#include "collection/add.h"
#include "collection/care.h"
#include "collection/deck.h"
#include "collection/event.h"
#include "collection/history.h"
#include "schedule/day.h"
#include "study/refit.h"
#include "study/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct world {
    struct arena arena;
    struct collection *collection;
    struct session *session;
    struct moment now;
    int64_t deck;
};

#define SECOND INT64_C(1000)

static int set_up(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    w->now = (struct moment){INT64_C(1780041600000), 0}; /* 2026-05-29, 8:00 */
    struct collection_options options = {.now = w->now, .seed = 3};
    struct error e = {0};
    if (!collection_open(":memory:", &options, &w->collection, &e))
        fail_msg("%s", e.text);
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    session_close(w->session);
    collection_close(w->collection);
    arena_finish(&w->arena);
    free(w);
    return 0;
}

/* `count` cards "Question i?" with answer "answer i" and three choices, siblings by two when asked for. */
static void add_cards(struct world *w, int count)
{
    struct cards cards = {0};
    for (int i = 0; i < count; i++) {
        struct card card = {.lang = STR("en"),
                            .prompt = str_format(&w->arena, "Question %d?", i),
                            .answer = str_format(&w->arena, "answer number%d", i),
                            .confidence = 1};
        card.id = identity_of_question(STR("test"), card.prompt);
        for (int j = 0; j < 3; j++)
            list_push(&w->arena, &card.choices, str_format(&w->arena, "answer number%d", i + j));
        card.source =
            (struct source){STR("one.md"), i + 1, 1, (size_t)i * 10, (size_t)i * 10 + 5, STR("words")};
        list_push(&w->arena, &cards, card);
    }
    struct addition addition = {
        .deck = STR("Book"), .path = STR("one.md"), .source = STR("x"), .cards = &cards};
    struct add_report report;
    struct error e = {0};
    if (!collection_add(w->collection, &w->arena, &addition, w->now, &report, &e))
        fail_msg("%s", e.text);
    w->deck = report.deck;
}

static void open_session(struct world *w, enum answer_mode mode)
{
    session_close(w->session);
    struct session_options options = {.mode = mode, .new_limit = -1, .read_age_s = -1, .seed = 5};
    struct error e = {0};
    if (!session_open(w->collection, &options, w->now, &w->session, &e))
        fail_msg("%s", e.text);
}

static const struct question *current(struct world *w)
{
    int64_t wait;
    return session_current(w->session, w->now, &wait);
}

static int number_of(const struct question *question)
{
    return atoi(question->row->card.prompt.ptr + strlen("Question "));
}

/* Answers the card at hand, rightly or not, `seconds` later. */
static struct outcome answer(struct world *w, const char *given, int seconds)
{
    struct outcome outcome = {0};
    struct error e = {0};
    assert_non_null(current(w));
    w->now.at_ms += seconds * SECOND;
    if (!session_answer(w->session, str_from(given), seconds * 1000, w->now, &outcome, &e))
        fail_msg("%s", e.text);
    return outcome;
}

static struct graded grade(struct world *w, enum grade grade)
{
    struct graded graded = {0};
    struct error e = {0};
    if (!session_grade(w->session, grade, w->now, &graded, &e))
        fail_msg("%s", e.text);
    return graded;
}

static void pass(struct world *w, bool right)
{
    const struct question *question = current(w);
    assert_non_null(question);
    struct outcome outcome = answer(w, right ? question->row->card.answer.ptr : "nonsense", 5);
    assert_int_equal(outcome.verdict, right ? VERDICT_RIGHT : VERDICT_WRONG);
    grade(w, outcome.proposed);
}

static void new_cards_come_in_the_order_of_the_chapter(void **state)
{
    struct world *w = *state;
    add_cards(w, 8);
    open_session(w, ANSWER_FIRST);
    for (int i = 0; i < 8; i++) {
        assert_int_equal(number_of(current(w)), i);
        assert_true(current(w)->first);
        pass(w, true);
    }
    assert_null(current(w));
    struct session_summary summary;
    assert_true(session_summary(w->session, w->now, &summary, NULL));
    assert_int_equal(summary.cards, 8);
    assert_int_equal(summary.answers, 8);
    assert_int_equal(summary.right, 8);
    assert_int_equal(summary.first, 8);
    assert_int_equal(summary.missed, 0);
    assert_int_equal(summary.ms, 8 * 5000);
    assert_true(summary.next_due_ms > w->now.at_ms);
}

static void a_miss_returns_after_five_others_and_a_minute(void **state)
{
    struct world *w = *state;
    add_cards(w, 12);
    open_session(w, ANSWER_FIRST);
    pass(w, false);
    for (int i = 1; i < 6; i++) {
        assert_int_equal(number_of(current(w)), i);
        pass(w, true); /* 5 s each: five others, 25 s */
    }
    assert_int_equal(number_of(current(w)), 6);
    w->now.at_ms += 60 * SECOND;
    pass(w, true);
    assert_int_equal(number_of(current(w)), 0);
    assert_true(current(w)->again);
    pass(w, true);
    for (int i = 7; i < 12; i++) {
        assert_int_equal(number_of(current(w)), i);
        pass(w, true);
    }
    assert_null(current(w));
}

static void the_last_miss_waits_its_minute(void **state)
{
    struct world *w = *state;
    add_cards(w, 2);
    open_session(w, ANSWER_FIRST);
    pass(w, false);
    pass(w, true);
    int64_t wait = 0;
    assert_null(session_current(w->session, w->now, &wait));
    assert_true(wait > 50 * SECOND && wait <= 60 * SECOND);
    w->now.at_ms += wait;
    assert_int_equal(number_of(current(w)), 0);
    pass(w, false);
    w->now.at_ms += 60 * SECOND;
    pass(w, true);
    assert_null(session_current(w->session, w->now, &wait));
    assert_true(wait == 0);
    struct session_summary summary;
    assert_true(session_summary(w->session, w->now, &summary, NULL));
    assert_int_equal(summary.missed, 1);
    assert_int_equal(summary.troubles.count, 1);
    assert_str(summary.troubles.items[0].card.prompt, "Question 0?");
}

static void help_caps_the_grade_and_the_card_comes_back(void **state)
{
    struct world *w = *state;
    add_cards(w, 1);
    open_session(w, ANSWER_FIRST);
    assert_non_null(current(w));
    assert_false(session_choices(w->session)); /* never a first contact */
    assert_true(session_hint(w->session));
    assert_str(current(w)->hint, "a…");
    assert_true(session_hint(w->session)); /* the ladder's second step */
    assert_int_equal(current(w)->choices.count, 3);
    assert_false(session_hint(w->session));
    struct outcome outcome = answer(w, "answer number0", 5);
    assert_int_equal(outcome.verdict, VERDICT_RIGHT);
    assert_int_equal(outcome.highest, GRADE_HARD);
    assert_int_equal(outcome.proposed, GRADE_HARD);
    struct graded graded = grade(w, GRADE_EASY); /* is not believed */
    assert_int_equal(graded.step, 1);
    struct event_rows events = {0};
    assert_true(collection_events(w->collection, &w->arena, EVENT_GRADE, 0, 1, &events, NULL));
    assert_true(str_contains(events.items[0].body, STR("\"g\":2")));
    assert_true(str_contains(events.items[0].body, STR("\"options\":3,\"hints\":2")));
    assert_true(str_contains(events.items[0].body, STR("\"mode\":\"first\"")));
    w->now.at_ms += 60 * SECOND;
    pass(w, true);
    assert_null(current(w));
}

static void choices_are_offered_only_for_what_is_nearly_known(void **state)
{
    struct world *w = *state;
    add_cards(w, 1);
    open_session(w, ANSWER_FIRST);
    pass(w, true);
    w->now.at_ms += 12 * DAY_MS;
    open_session(w, ANSWER_REVIEW);
    assert_true(current(w)->choice_offered);
    assert_true(session_choices(w->session));
    struct str_list choices = current(w)->choices;
    assert_true(str_list_has(&choices, STR("answer number0")));
    struct outcome outcome = answer(w, "answer number1", 3);
    assert_int_equal(outcome.verdict, VERDICT_WRONG);
    grade(w, GRADE_AGAIN);
    w->now.at_ms += 4000 * DAY_MS;
    open_session(w, ANSWER_REVIEW);
    assert_false(current(w)->choice_offered);
}

static void nobody_grades_before_the_answer(void **state)
{
    struct world *w = *state;
    add_cards(w, 1);
    open_session(w, ANSWER_FIRST);
    struct graded graded;
    struct error e = {0};
    assert_non_null(current(w));
    assert_false(session_grade(w->session, GRADE_GOOD, w->now, &graded, &e));
    assert_int_equal(e.kind, ERROR_USAGE);
    struct outcome outcome;
    assert_true(session_reveal(w->session, 1000, w->now, &outcome, &e));
    assert_int_equal(outcome.proposed, GRADE_GOOD);
    assert_false(session_answer(w->session, STR("x"), 1, w->now, &outcome, &e));
    grade(w, GRADE_GOOD);
}

static void a_wrong_answer_is_shown_beside_the_text(void **state)
{
    struct world *w = *state;
    add_cards(w, 1);
    open_session(w, ANSWER_FIRST);
    struct outcome outcome = answer(w, "something", 5);
    assert_str(outcome.note, "You said \"something\"; the text: answer number0, line 1.");
    assert_true(outcome.preview.days[GRADE_AGAIN - 1] < 1);
}

static void undo_shows_the_card_again_with_nothing_left_of_the_answer(void **state)
{
    struct world *w = *state;
    add_cards(w, 4);
    open_session(w, ANSWER_FIRST);
    pass(w, false);
    pass(w, true);
    pass(w, true);
    struct progress progress = session_progress(w->session, w->now);
    assert_int_equal(progress.segments[0], SEGMENT_WRONG);
    assert_int_equal(progress.segments[2], SEGMENT_RIGHT);
    assert_int_equal(progress.done, 2);
    assert_int_equal(progress.left, 2);
    assert_non_null(current(w));
    assert_true(session_undo(w->session, w->now, NULL));
    assert_int_equal(number_of(current(w)), 2);
    assert_true(current(w)->first);
    assert_true(session_undo(w->session, w->now, NULL));
    assert_int_equal(number_of(current(w)), 1);
    assert_true(session_undo(w->session, w->now, NULL));
    assert_int_equal(number_of(current(w)), 0);
    assert_false(current(w)->again);
    struct error e = {0};
    assert_false(session_undo(w->session, w->now, &e));
    for (int i = 0; i < 4; i++) {
        assert_int_equal(number_of(current(w)), i);
        pass(w, true);
    }
    struct session_summary summary;
    assert_true(session_summary(w->session, w->now, &summary, NULL));
    assert_int_equal(summary.answers, 4);
    assert_int_equal(summary.missed, 0);
}

static void undo_reaches_behind_a_restart(void **state)
{
    struct world *w = *state;
    add_cards(w, 3);
    open_session(w, ANSWER_FIRST);
    pass(w, true);
    open_session(w, ANSWER_FIRST);
    assert_int_equal(number_of(current(w)), 1);
    assert_true(session_undo(w->session, w->now, NULL));
    assert_int_equal(number_of(current(w)), 0);
    for (int i = 0; i < 3; i++)
        pass(w, true);
    assert_null(current(w));
}

static void a_card_put_away_leaves_the_session_and_undo_brings_it_back(void **state)
{
    struct world *w = *state;
    add_cards(w, 3);
    open_session(w, ANSWER_FIRST);
    assert_non_null(current(w));
    assert_true(session_bury(w->session, w->now, NULL));
    assert_int_equal(number_of(current(w)), 1);
    assert_true(session_suspend(w->session, w->now, NULL));
    assert_int_equal(number_of(current(w)), 2);
    assert_true(session_undo(w->session, w->now, NULL));
    assert_int_equal(number_of(current(w)), 1);
    assert_true(session_undo(w->session, w->now, NULL));
    assert_int_equal(number_of(current(w)), 0);
}

static void cram_asks_everything_and_leaves_the_schedule_alone(void **state)
{
    struct world *w = *state;
    add_cards(w, 3);
    open_session(w, ANSWER_FIRST);
    for (int i = 0; i < 3; i++)
        pass(w, true);
    int64_t before, after;
    assert_true(collection_next_due(w->collection, 0, w->now, &before, NULL));
    open_session(w, ANSWER_CRAM);
    pass(w, false);
    pass(w, true);
    pass(w, true);
    w->now.at_ms += 60 * SECOND;
    pass(w, true);
    assert_null(current(w));
    assert_true(collection_next_due(w->collection, 0, w->now, &after, NULL));
    assert_true(before == after);
    open_session(w, ANSWER_EXAM);
    pass(w, false);
    pass(w, false);
    pass(w, false);
    int64_t wait;
    assert_null(session_current(w->session, w->now, &wait));
    assert_true(wait == 0);
}

static void looking_ahead_leaves_the_schedule_alone(void **state)
{
    struct world *w = *state;
    add_cards(w, 3);
    open_session(w, ANSWER_FIRST);
    for (int i = 0; i < 3; i++)
        pass(w, true);
    int64_t before, after;
    assert_true(collection_next_due(w->collection, 0, w->now, &before, NULL));
    session_close(w->session);
    struct session_options options = {
        .mode = ANSWER_REVIEW, .new_limit = 0, .read_age_s = -1, .ahead_days = 365};
    assert_true(session_open(w->collection, &options, w->now, &w->session, NULL));
    pass(w, true);
    pass(w, false);
    pass(w, true);
    assert_null(current(w));
    assert_true(collection_next_due(w->collection, 0, w->now, &after, NULL));
    assert_true(before == after);
    /* What is due by now is a review all the same. */
    w->now.at_ms = before;
    assert_true(session_undo(w->session, w->now, NULL));
    session_close(w->session);
    assert_true(session_open(w->collection, &options, w->now, &w->session, NULL));
    for (int i = 0; i < 3; i++)
        pass(w, true);
    assert_true(collection_next_due(w->collection, 0, w->now, &after, NULL));
    assert_true(after > before);
}

static void when_the_time_is_up_nothing_new_begins(void **state)
{
    struct world *w = *state;
    add_cards(w, 12);
    session_close(w->session);
    struct session_options options = {.mode = ANSWER_FIRST, .new_limit = -1, .read_age_s = -1, .minutes = 1};
    assert_true(session_open(w->collection, &options, w->now, &w->session, NULL));
    answer(w, "nonsense", 30);
    grade(w, GRADE_AGAIN);
    answer(w, "answer number1", 31);
    grade(w, GRADE_GOOD);
    /* The miss is still owed, and then it is over. */
    w->now.at_ms += 60 * SECOND;
    assert_int_equal(number_of(current(w)), 0);
    pass(w, true);
    assert_null(current(w));
    assert_int_equal(session_progress(w->session, w->now).left, 0);
}

static void what_was_read_this_morning_is_asked_tomorrow(void **state)
{
    struct world *w = *state;
    add_cards(w, 1);
    assert_true(
        collection_record(w->collection, EVENT_READ, w->deck, 0, STR("{\"age_s\":600}"), w->now, NULL));
    session_close(w->session);
    struct session_options options = {
        .deck = w->deck, .mode = ANSWER_FIRST, .new_limit = -1, .read_age_s = -1};
    assert_true(session_open(w->collection, &options, w->now, &w->session, NULL));
    answer(w, "answer number0", 5);
    struct graded graded = grade(w, GRADE_EASY);
    assert_true(graded.interval_days == 1);
    struct session_summary summary;
    assert_true(session_summary(w->session, w->now, &summary, NULL));
    assert_int_equal(summary.due_tomorrow, 1);
    assert_int_equal(summary.minutes_tomorrow, 1);
}

static void a_clock_set_back_a_year_in_mid_session_loses_nothing(void **state)
{
    struct world *w = *state;
    add_cards(w, 3);
    open_session(w, ANSWER_REVIEW);
    answer(w, "answer number0", 5);
    struct graded before = grade(w, GRADE_GOOD);
    w->now.at_ms -= 365 * DAY_MS;
    answer(w, "answer number1", 5);
    struct graded after = grade(w, GRADE_GOOD);
    assert_int_equal(after.reps, 1);
    assert_true(after.due_at_ms < before.due_at_ms);
    /* The clock is put right again; what was answered in between is there, and the log keeps its order. */
    w->now.at_ms += 365 * DAY_MS;
    answer(w, "answer number2", 5);
    grade(w, GRADE_GOOD);
    int64_t events, changed;
    assert_true(collection_rebuild(w->collection, &events, &changed, NULL));
    assert_int_equal(events, 3);
    assert_int_equal(changed, 0);
    for (int i = 0; i < 3; i++)
        assert_true(session_undo(w->session, w->now, NULL));
    assert_int_equal(number_of(current(w)), 0);
}

/* Refits */

/* A learner who still knows after twelve days what was answered once. */
static void learn_elsewhere(struct world *w, int cards, int rounds)
{
    for (int i = 0; i < cards; i++) {
        struct pasts pasts = {0};
        int64_t at_ms = w->now.at_ms - rounds * 12 * DAY_MS - i * 60 * SECOND;
        for (int k = 0; k < rounds; k++, at_ms += 12 * DAY_MS)
            list_push(&w->arena, &pasts,
                      (struct past){.at_ms = at_ms, .grade = (i + k) % 20 ? GRADE_GOOD : GRADE_AGAIN});
        struct card_history one = {i + 1, pasts};
        struct history history = {.origin = STR("test"), .cards = &one, .count = 1};
        struct history_report report;
        assert_true(collection_add_history(w->collection, &history, w->now, &report, NULL));
    }
}

static struct refit refit(struct world *w)
{
    struct fit_options options = {0};
    struct refit refit;
    struct error e = {0};
    if (!refit_compute(w->collection, &options, &refit, &e) ||
        !refit_commit(w->collection, &refit, w->now, &e))
        fail_msg("%s", e.text);
    return refit;
}

static void a_refit_waits_for_enough_answers_and_then_says_what_changed(void **state)
{
    struct world *w = *state;
    add_cards(w, 40);
    struct refit few = refit(w);
    assert_int_equal(few.outcome, REFIT_TOO_FEW);
    assert_str(refit_sentence(&w->arena, &few),
               "The plan is not yet fitted to you: that takes 64 more reviews.");
    learn_elsewhere(w, 40, 8);
    struct refit taken = refit(w);
    assert_int_equal(taken.outcome, REFIT_TAKEN);
    assert_true(taken.against_default > 1.05 && taken.update.interval_change > 1.05);
    struct str sentence = refit_sentence(&w->arena, &taken);
    assert_true(str_starts(sentence, STR("You forget more slowly than most: intervals are about ")));
    assert_true(str_contains(sentence, STR("Today's answers made them about ")));
    struct fsrs_params params;
    assert_true(collection_params(w->collection, 0, &params, NULL));
    assert_memory_equal(params.w, taken.update.params.w, sizeof params.w);
    assert_int_equal(refit(w).outcome, REFIT_NO_NEWS);
}

static void a_refit_can_be_cancelled(void **state)
{
    struct world *w = *state;
    add_cards(w, 40);
    learn_elsewhere(w, 40, 8);
    atomic_bool cancelled = true;
    struct fit_options options = {.cancelled = &cancelled};
    struct refit refit;
    struct error e = {0};
    assert_false(refit_compute(w->collection, &options, &refit, &e));
    assert_int_equal(e.kind, ERROR_CANCELLED);
}

static void a_probe_is_asked_first_without_help_and_leaves_no_memory(void **state)
{
    struct world *w = *state;
    add_cards(w, 60);
    assert_true(deck_set_option(w->collection, 0, STR("held_back"), STR("1"), w->now, NULL));
    struct answer known = {
        .grade = GRADE_GOOD, .mode = ANSWER_REVIEW, .kind = STR("typed"), .sure = -1, .read_age_s = -1};
    struct graded graded;
    struct queue queue;
    struct queue_request request = {.mode = QUEUE_FIRST, .order = -1, .new_limit = -1};
    assert_true(collection_queue(w->collection, &w->arena, &request, w->now, &queue, NULL));
    assert_true(collection_grade(w->collection, queue.items[0].card, &known, w->now, &graded, NULL));
    w->now.at_ms += DAY_MS;
    open_session(w, ANSWER_REVIEW);
    const struct question *question = session_current(w->session, w->now, NULL);
    assert_true(question->probe && question->first && !question->choice_offered);
    assert_false(session_hint(w->session));
    int64_t probed = question->row->key;
    struct outcome outcome;
    assert_true(session_answer(w->session, question->row->card.answer, 2000, w->now, &outcome, NULL));
    assert_true(session_grade(w->session, GRADE_GOOD, w->now, &graded, NULL));
    struct card_row row;
    assert_true(collection_card(w->collection, &w->arena, probed, &row, NULL));
    assert_int_equal(row.reps, 0);
    assert_true(session_undo(w->session, w->now, NULL));
    question = session_current(w->session, w->now, NULL);
    assert_true(question->probe && question->row->key == probed);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(new_cards_come_in_the_order_of_the_chapter),
        TEST(a_miss_returns_after_five_others_and_a_minute),
        TEST(the_last_miss_waits_its_minute),
        TEST(help_caps_the_grade_and_the_card_comes_back),
        TEST(choices_are_offered_only_for_what_is_nearly_known),
        TEST(nobody_grades_before_the_answer),
        TEST(a_wrong_answer_is_shown_beside_the_text),
        TEST(undo_shows_the_card_again_with_nothing_left_of_the_answer),
        TEST(undo_reaches_behind_a_restart),
        TEST(a_card_put_away_leaves_the_session_and_undo_brings_it_back),
        TEST(cram_asks_everything_and_leaves_the_schedule_alone),
        TEST(looking_ahead_leaves_the_schedule_alone),
        TEST(when_the_time_is_up_nothing_new_begins),
        TEST(what_was_read_this_morning_is_asked_tomorrow),
        TEST(a_refit_waits_for_enough_answers_and_then_says_what_changed),
        TEST(a_clock_set_back_a_year_in_mid_session_loses_nothing),
        TEST(a_refit_can_be_cancelled),
        TEST(a_probe_is_asked_first_without_help_and_leaves_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
