#include "collection_world.h"

#include "collection/backlog.h"
#include "collection/care.h"
#include "collection/deck.h"
#include "collection/heldback.h"

static int64_t deck_named(struct world *w, const char *name)
{
    int64_t deck = 0;
    struct error e = {0};
    if (!deck_find(w->collection, str_from(name), &deck, &e))
        fail_msg("%s", e.text);
    return deck;
}

/* "A(3) A::B(2)": decks with the cards in them and below. */
static struct str tree_now(struct world *w)
{
    struct deck_rows rows;
    struct str text = {0};
    assert_true(collection_decks(w->collection, &w->arena, w->now, &rows, NULL));
    list_each (struct deck_row, deck, &rows)
        text = str_format(&w->arena, "%.*s%s%.*s(%d)", STR_ARG(text), text.len ? " " : "",
                          STR_ARG(deck->path), deck->total);
    return text;
}

static struct cards numbered(struct world *w, int first, int count)
{
    struct cards all = make_cards(&w->arena, first + count), some = {0};
    for (int i = first; i < first + count; i++)
        list_push(&w->arena, &some, all.items[i]);
    return some;
}

static void three_decks(struct world *w)
{
    struct cards a = numbered(w, 0, 2), b = numbered(w, 2, 3), c = numbered(w, 5, 4);
    add(w, "A", "a.md", &a);
    add(w, "A::B", "b.md", &b);
    add(w, "C", "c.md", &c);
}

static void undo(struct world *w)
{
    struct undone undone;
    struct error e = {0};
    w->now.at_ms += MINUTE;
    if (!collection_undo(w->collection, w->now, &undone, &e))
        fail_msg("%s", e.text);
}

/* What the log says gives the same tree. */
static void assert_tree(struct world *w, const char *expected)
{
    assert_str(tree_now(w), expected);
    struct findings findings;
    assert_true(collection_doctor(w->collection, &w->arena, false, w->now, &findings, NULL));
    assert_int_equal(findings.count, 0);
    open_again(w);
    assert_str(tree_now(w), expected);
}

static void decks_move_and_come_back(void **state)
{
    struct world *w = *state;
    three_decks(w);
    assert_tree(w, "A(5) A::B(3) C(4)");
    assert_true(deck_move(w->collection, deck_named(w, "B"), deck_named(w, "C"), w->now, NULL));
    assert_tree(w, "A(2) C(7) C::B(3)");
    assert_true(deck_move(w->collection, deck_named(w, "B"), 0, w->now, NULL));
    assert_tree(w, "A(2) B(3) C(4)");
    undo(w);
    undo(w);
    assert_tree(w, "A(5) A::B(3) C(4)");
}

static void decks_merge_and_part_again(void **state)
{
    struct world *w = *state;
    three_decks(w);
    int64_t a = deck_named(w, "A"), c = deck_named(w, "C");
    assert_true(deck_merge(w->collection, a, c, w->now, NULL));
    assert_tree(w, "C(9) C::B(3)");
    assert_int_equal(queue_now(w, QUEUE_FIRST).count, 9);
    undo(w);
    assert_tree(w, "A(5) A::B(3) C(4)");
}

static void what_would_make_two_decks_one_is_refused(void **state)
{
    struct world *w = *state;
    three_decks(w);
    struct cards more = numbered(w, 9, 1);
    add(w, "B", "top.md", &more);
    int64_t a = deck_named(w, "A"), b = deck_named(w, "A::B"), c = deck_named(w, "C");
    struct error e = {0};
    assert_false(deck_move(w->collection, b, 0, w->now, &e));
    assert_string_equal(e.text, "there is a deck \"B\" in that place already; merge the two, or rename one");
    assert_false(deck_rename(w->collection, c, STR("A"), w->now, &e));
    assert_false(deck_move(w->collection, a, b, w->now, &e));
    assert_string_equal(e.text, "a deck cannot lie below itself");
    assert_false(deck_merge(w->collection, a, b, w->now, &e));
    assert_false(deck_merge(w->collection, a, a, w->now, &e));
    assert_tree(w, "A(5) A::B(3) B(1) C(4)");
}

static void a_deleted_deck_waits_thirty_days_in_the_bin(void **state)
{
    struct world *w = *state;
    three_decks(w);
    int64_t a = deck_named(w, "A"), b = deck_named(w, "B"), cards;
    struct card card = numbered(w, 2, 1).items[0];
    grade(w, key_of(w, &card), GRADE_GOOD);
    assert_true(deck_delete(w->collection, b, w->now, NULL));
    w->now.at_ms += 10 * DAY_MS;
    assert_true(deck_delete(w->collection, a, w->now, NULL));
    assert_tree(w, "C(4)");
    struct bin_rows bin;
    assert_true(collection_bin(w->collection, &w->arena, w->now, &bin, NULL));
    assert_int_equal(bin.count, 2);
    assert_str(bin.items[0].path, "A");
    assert_str(bin.items[1].path, "A::B");
    assert_int_equal(bin.items[1].cards, 3);
    assert_int_equal(bin.items[1].days_left, 20);
    /* Its place is gone: it comes back to the top. */
    assert_true(deck_restore(w->collection, b, w->now, NULL));
    assert_tree(w, "B(3) C(4)");
    undo(w);
    assert_tree(w, "C(4)");

    w->now.at_ms += 21 * DAY_MS;
    assert_true(collection_purge(w->collection, w->now, &cards, NULL));
    assert_int_equal(cards, 3);
    assert_true(collection_purge(w->collection, w->now, &cards, NULL));
    assert_int_equal(cards, 0);
    assert_true(deck_restore(w->collection, a, w->now, NULL));
    assert_tree(w, "A(2) C(4)");
    /* The log remembers: should the chapter come back, so does what was known. */
    struct cards again = numbered(w, 2, 3);
    add(w, "A::B", "b.md", &again);
    assert_int_equal(row(w, key_of(w, &card)).reps, 1);
    assert_tree(w, "A(5) A::B(3) C(4)");
}

static void a_card_deleted_alone_goes_after_thirty_days_too(void **state)
{
    struct world *w = *state;
    three_decks(w);
    int64_t cards, key = key_of(w, &numbered(w, 0, 1).items[0]);
    assert_true(card_retire(w->collection, key, true, w->now, NULL));
    w->now.at_ms += 29 * DAY_MS;
    assert_true(collection_purge(w->collection, w->now, &cards, NULL));
    assert_int_equal(cards, 0);
    w->now.at_ms += 2 * DAY_MS;
    assert_true(collection_purge(w->collection, w->now, &cards, NULL));
    assert_int_equal(cards, 1);
    struct card_row gone;
    assert_false(collection_card(w->collection, &w->arena, key, &gone, NULL));
    assert_tree(w, "A(4) A::B(3) C(4)");
}

static void learning_steps_are_an_option_of_a_deck(void **state)
{
    struct world *w = *state;
    three_decks(w);
    int64_t c = deck_named(w, "C"), key = key_of(w, &numbered(w, 5, 1).items[0]);
    static const struct {
        const char *text;
        int count, first_s;
    } rows[] = {{"1m 10m", 2, 60}, {"10", 1, 600}, {"30s 2h 1d", 3, 30}, {"none", 0, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct deck_options options;
        assert_true(deck_set_option(w->collection, c, STR("learn"), str_from(rows[i].text), w->now, NULL));
        assert_true(deck_options(w->collection, c, &options, NULL));
        assert_int_equal(options.learn.count, rows[i].count);
        assert_int_equal(options.learn.delay_s[0], rows[i].first_s);
    }
    static const char *const wrong[] = {"1x", "0m", "-1m", "99d", "m", "1 2 3 4 5 6 7 8 9"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(deck_set_option(w->collection, c, STR("learn"), str_from(wrong[i]), w->now, NULL));
    assert_true(deck_set_option(w->collection, c, STR("learn"), STR("2m 15m"), w->now, NULL));
    struct graded first = grade(w, key, GRADE_GOOD);
    assert_true(first.timed && first.due_at_ms == w->now.at_ms + 15 * MINUTE);
    w->now.at_ms += 15 * MINUTE;
    struct graded last = grade(w, key, GRADE_GOOD);
    assert_false(last.timed);
    assert_true(last.interval_days >= 1);
    assert_tree(w, "A(5) A::B(3) C(4)");
}

static void a_backlog_is_spread_at_the_least_cost_and_one_undo_takes_it_back(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 20);
    add(w, "A", "a.md", &cards);
    for (int i = 0; i < 20; i++) {
        grade(w, key_of(w, &cards.items[i]), i % 3 ? GRADE_GOOD : GRADE_EASY);
        w->now.at_ms += i % 4 * DAY_MS / 8;
    }
    w->now.at_ms += 60 * DAY_MS;
    struct str before = dump(w, "memory");
    struct spread looked, done;
    assert_true(collection_backlog(w->collection, 0, 7, w->now, &looked, NULL));
    assert_int_equal(looked.overdue, 20);
    assert_int_equal(looked.per_day, 3);
    assert_true(looked.lost[SPREAD_LOSS] > 0);
    assert_true(looked.lost[SPREAD_LOSS] <= looked.lost[SPREAD_DUE] + 1e-9);
    assert_true(str_equal(before, dump(w, "memory")));
    assert_true(collection_spread(w->collection, 0, 7, SPREAD_LOSS, w->now, &done, NULL));
    assert_int_equal(queue_now(w, QUEUE_DAY).count, 3);
    struct moment then = w->now;
    for (int day = 1; day < 7; day++) {
        w->now.at_ms = then.at_ms + day * DAY_MS;
        assert_int_equal(queue_now(w, QUEUE_DAY).count, day < 6 ? 3 * (day + 1) : 20);
    }
    w->now = then;
    undo(w);
    assert_int_equal(queue_now(w, QUEUE_DAY).count, 20);
    assert_tree(w, "A(20)");
    undo(w); /* the last grade */
    assert_int_equal(row(w, key_of(w, &cards.items[19])).reps, 0);
}

/* Held back */

static struct answer typed(enum grade grade)
{
    return (struct answer){
        .grade = grade, .mode = ANSWER_REVIEW, .kind = STR("typed"), .sure = -1, .read_age_s = -1};
}

static struct probes probes_now(struct world *w)
{
    struct probes probes;
    assert_true(collection_probes(w->collection, &w->arena, 0, w->now, &probes, NULL));
    return probes;
}

static void some_facts_stay_unpractised_and_are_asked_once(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 100);
    add(w, "A", "a.md", &cards);
    int64_t deck = deck_named(w, "A");
    size_t all = queue_now(w, QUEUE_FIRST).count;
    assert_int_equal(all, 100);
    assert_true(deck_set_option(w->collection, deck, STR("held_back"), STR("1"), w->now, NULL));
    struct queue queue = queue_now(w, QUEUE_FIRST);
    size_t held = all - queue.count;
    assert_in_range(held, 8, 24);
    assert_int_equal(probes_now(w).count, 0); /* nothing was begun */
    list_each (struct queue_item, item, &queue)
        grade(w, item->card, GRADE_GOOD);
    assert_int_equal(probes_now(w).count, 0);
    w->now.at_ms += DAY_MS;
    struct probes early = probes_now(w);
    assert_in_range(early.count, 1, held - 1);
    struct answer wrong = typed(GRADE_AGAIN), right = typed(GRADE_GOOD);
    list_each (struct probe, probe, &early) {
        assert_int_equal(probe->day, PROBE_EARLY);
        assert_true(
            collection_probe(w->collection, probe, probe == early.items ? &wrong : &right, w->now, NULL));
        assert_int_equal(row(w, probe->card).reps, 0);
    }
    assert_int_equal(probes_now(w).count, 0);
    assert_int_equal(queue_now(w, QUEUE_FIRST).count, early.count); /* free to be learnt */
    undo(w);
    assert_int_equal(probes_now(w).count, 1);
    assert_int_equal(queue_now(w, QUEUE_FIRST).count, early.count - 1);

    w->now.at_ms += 13 * DAY_MS;
    struct probes late = probes_now(w);
    assert_int_equal(late.count, held - early.count + 1);
    list_each (struct probe, probe, &late)
        assert_true(collection_probe(w->collection, probe, &wrong, w->now, NULL));
    struct queue due = queue_now(w, QUEUE_DAY);
    grade(w, due.items[0].card, GRADE_GOOD);
    grade(w, due.items[1].card, GRADE_AGAIN);
    struct held_back report;
    assert_true(collection_held_back(w->collection, &report, NULL));
    assert_int_equal(report.early.asked, early.count);
    assert_int_equal(report.early.right, early.count - 2);
    assert_int_equal(report.late.asked, held - early.count);
    assert_int_equal(report.late.right, 0);
    assert_int_equal(report.practised.asked, 2);
    assert_int_equal(report.practised.right, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(decks_move_and_come_back),
        WORLD_TEST(decks_merge_and_part_again),
        WORLD_TEST(what_would_make_two_decks_one_is_refused),
        WORLD_TEST(a_deleted_deck_waits_thirty_days_in_the_bin),
        WORLD_TEST(a_card_deleted_alone_goes_after_thirty_days_too),
        WORLD_TEST(learning_steps_are_an_option_of_a_deck),
        WORLD_TEST(some_facts_stay_unpractised_and_are_asked_once),
        WORLD_TEST(a_backlog_is_spread_at_the_least_cost_and_one_undo_takes_it_back),
    };
    return cmocka_run_group_tests_name("collection decks", tests, NULL, NULL);
}
