#include "collection_world.h"

#include "base/file.h"
#include "base/random.h"
#include "collection/care.h"
#include "collection/chapter.h"
#include "collection/deck.h"
#include "collection/event.h"
#include "collection/reviews.h"
#include "collection/statistics.h"
#include "document/document.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Content */

static void a_chapter_added_twice_changes_nothing(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 20);
    cards.items[3].tier = TIER_REVIEW;
    struct add_report first = add(w, "Book::One", "one.md", &cards);
    assert_int_equal(first.fresh, 20);
    assert_int_equal(first.drafts, 1);
    struct str before = dump(w, ALL_CONTENT);
    w->now.at_ms += DAY_MS;
    struct add_report second = add(w, "Book::One", "one.md", &cards);
    assert_int_equal(second.fresh + second.changed + second.retired + second.restored, 0);
    assert_int_equal(second.unchanged, 20);
    assert_true(str_equal(before, dump(w, ALL_CONTENT)));
}

static void an_edited_chapter_keeps_the_history_of_what_it_still_asks(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 4);
    add(w, "Book", "one.md", &cards);
    int64_t keys[4];
    for (int i = 0; i < 4; i++) {
        keys[i] = key_of(w, &cards.items[i]);
        grade(w, keys[i], GRADE_GOOD);
    }
    struct cards edited = {0};
    list_push(&w->arena, &edited, cards.items[0]);
    list_push(&w->arena, &edited, cards.items[1]);
    list_push(&w->arena, &edited, cards.items[2]);
    list_push(&w->arena, &edited, make_card(&w->arena, "Brand new?", "yes"));
    edited.items[1].hint = STR("a better hint");
    edited.items[2].answer = STR("another answer");
    w->now.at_ms += DAY_MS;
    struct add_report report = add(w, "Book", "one.md", &edited);
    assert_int_equal(report.fresh, 1);
    assert_int_equal(report.changed, 2);
    assert_int_equal(report.unchanged, 1);
    assert_int_equal(report.retired, 1);
    struct card_row wording = row(w, keys[1]), answer = row(w, keys[2]), gone = row(w, keys[3]);
    assert_int_equal(wording.reps, 1);
    assert_str(wording.card.hint, "a better hint");
    assert_false(wording.answer_changed);
    assert_true(answer.answer_changed);
    assert_int_equal(answer.reps, 0);
    assert_true(answer.due_at_ms <= w->now.at_ms);
    assert_int_equal(gone.status, STATUS_RETIRED);
    assert_int_equal(gone.reps, 1);

    w->now.at_ms += DAY_MS;
    report = add(w, "Book", "one.md", &cards);
    assert_int_equal(report.restored, 1);
    struct card_row back = row(w, keys[3]);
    assert_int_equal(back.status, STATUS_ACTIVE);
    assert_int_equal(back.reps, 1);
}

static void another_spelling_of_the_answer_is_not_another_answer(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *before, *after, *value_before, *value_after;
        bool other;
    } cases[] = {
        {"julio de 2023", "07/2023", "2023-07", "2023-07", false},
        {"julio de 2023", "julio de 2024", "2023-07", "2024-07", true},
        {"Antropic", "Anthropic", "", "", false},
        {"El Niño", "el nino", "", "", false},
        {"GPT-3", "GPT-4", "", "", true},
        {"Madrid", "Sevilla", "", "", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cards cards = {0};
        list_push(&w->arena, &cards,
                  make_card(&w->arena, str_format(&w->arena, "Case %zu?", i).ptr, cases[i].before));
        cards.items[0].value = str_from(cases[i].value_before);
        struct str path = str_format(&w->arena, "%zu.md", i);
        add(w, "Book", path.ptr, &cards);
        int64_t key = key_of(w, &cards.items[0]);
        grade(w, key, GRADE_GOOD);
        cards.items[0].answer = str_from(cases[i].after);
        cards.items[0].value = str_from(cases[i].value_after);
        add(w, "Book", path.ptr, &cards);
        struct card_row found = row(w, key);
        if (found.answer_changed != cases[i].other)
            fail_msg("%s -> %s", cases[i].before, cases[i].after);
        assert_str(found.card.answer, cases[i].after);
    }
}

static void a_fact_of_two_chapters_is_one_card_with_two_passages(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 1), none = {0};
    cards.items[0].source = (struct source){STR("one.md"), 3, 1, 10, 20, STR("the words")};
    struct addition one = {.deck = STR("Book::1"),
                           .scope = STR("book"),
                           .path = STR("1.md"),
                           .source = STR("1"),
                           .title = STR("One"),
                           .cards = &cards};
    struct addition two = {.deck = STR("Book::2"),
                           .scope = STR("book"),
                           .path = STR("2.md"),
                           .source = STR("2"),
                           .title = STR("Two"),
                           .cards = &cards};
    struct add_report report;
    assert_true(collection_add(w->collection, &w->arena, &one, w->now, &report, NULL));
    assert_true(collection_add(w->collection, &w->arena, &two, w->now, &report, NULL));
    assert_int_equal(report.fresh, 0);
    int64_t key = key_of(w, &cards.items[0]);
    struct card_row found = row(w, key);
    assert_int_equal(found.passages.count, 2);
    assert_str(found.deck_path, "Book::1");
    /* It leaves one chapter: it stays for the other's sake. */
    one.cards = &none;
    assert_true(collection_add(w->collection, &w->arena, &one, w->now, &report, NULL));
    assert_int_equal(report.retired, 0);
    assert_int_equal(row(w, key).status, STATUS_ACTIVE);
    two.cards = &none;
    assert_true(collection_add(w->collection, &w->arena, &two, w->now, &report, NULL));
    assert_int_equal(report.retired, 1);
    assert_int_equal(row(w, key).status, STATUS_RETIRED);
}

/* The passage opens in the chapter; when the deck lets the card go, what it quoted holds nothing back. */
static void a_new_version_leaves_what_the_learner_worded_on_top(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 3);
    struct card_row row;
    add(w, "Deck", "deck.repaso.yaml", &cards);
    assert_true(card_edit(w->collection, 1, STR("answer"), STR("my answer"), w->now, NULL));
    assert_true(card_edit(w->collection, 2, STR("hint"), STR("my hint"), w->now, NULL));

    cards.items[0].answer = STR("quite another answer");
    cards.items[1].explanation = STR("because");
    cards.count = 2;
    struct add_report report = add(w, "Deck", "deck.repaso.yaml", &cards);
    assert_int_equal(report.changed, 2);
    assert_int_equal(report.retired, 1);
    assert_int_equal(report.differences.count, 1);
    const struct difference *difference = report.differences.items;
    assert_string_equal(difference->field, "answer");
    assert_str(difference->own, "my answer");
    assert_str(difference->edition, "quite another answer");
    assert_str(difference->question, "Question 0?");
    assert_true(collection_card(w->collection, &w->arena, 1, &row, NULL));
    assert_str(row.card.answer, "my answer");

    report = add(w, "Deck", "deck.repaso.yaml", &cards);
    assert_int_equal(report.unchanged, 2);
    assert_int_equal(report.differences.count, 0);
    assert_true(card_edit(w->collection, 1, STR("answer"), STR(""), w->now, NULL));
    assert_true(collection_card(w->collection, &w->arena, 1, &row, NULL));
    assert_str(row.card.answer, "quite another answer");
}

static void a_deck_file_quotes_a_chapter(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 1), none = {0};
    struct document chapter;
    struct str text = STR("# One\n\nA lamp was lit in 1851.\n");
    assert_true(document_parse(&w->arena, STR("one.md"), text, STR("en"), &chapter, NULL));
    const struct document *sources[] = {&chapter};
    cards.items[0].source = (struct source){STR("one.md"), 3, 1, 7, 31, STR("A lamp was lit in 1851.")};
    struct addition deck = {.deck = STR("Deck"),
                            .path = STR("deck.repaso.yaml"),
                            .source = STR("deck: Deck"),
                            .deck_file = true,
                            .sources = sources,
                            .source_count = 1,
                            .cards = &cards};
    struct add_report report;
    assert_true(collection_add(w->collection, &w->arena, &deck, w->now, &report, NULL));
    struct card_row found = row(w, key_of(w, &cards.items[0]));
    assert_int_equal(found.passages.count, 1);
    assert_str(found.passages.items[0].path, "one.md");
    struct chapter_row opened;
    assert_true(collection_chapter(w->collection, &w->arena, 0, found.key, &opened, NULL));
    assert_str(opened.source, text.ptr);
    deck.cards = &none;
    deck.source_count = 0;
    assert_true(collection_add(w->collection, &w->arena, &deck, w->now, &report, NULL));
    assert_int_equal(report.retired, 1);
}

static void a_moved_chapter_is_the_same_chapter(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 3);
    struct addition addition = {.deck = STR("Book"),
                                .path = STR("old/place.md"),
                                .source = STR("words"),
                                .title = STR("T"),
                                .cards = &cards};
    struct add_report report;
    assert_true(collection_add(w->collection, &w->arena, &addition, w->now, &report, NULL));
    addition.path = STR("new/place.md");
    assert_true(collection_add(w->collection, &w->arena, &addition, w->now, &report, NULL));
    assert_int_equal(report.unchanged, 3);
    assert_int_equal(report.retired, 0);
    assert_true(str_find(dump(w, "chapter"), STR("new/place.md"), 0) != SIZE_MAX);
    assert_true(str_find(dump(w, "chapter"), STR("old/place.md"), 0) == SIZE_MAX);
}

static void my_own_words_stay_on_top_of_the_book(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 2);
    add(w, "Book", "one.md", &cards);
    int64_t key = key_of(w, &cards.items[0]);
    assert_true(card_edit(w->collection, key, STR("prompt"), STR("Quid?"), w->now, NULL));
    assert_true(card_edit(w->collection, key, STR("accepted"), STR("uno\ndos\n"), w->now, NULL));
    cards.items[0].prompt = STR("Question nought?");
    add(w, "Book", "one.md", &cards);
    struct card_row found = row(w, key);
    assert_true(found.edited);
    assert_str(found.card.prompt, "Quid?");
    assert_int_equal(found.card.accepted.count, 2);
    assert_str(found.card.accepted.items[1], "dos");
    struct undone undone;
    assert_true(collection_undo(w->collection, w->now, &undone, NULL));
    assert_true(collection_undo(w->collection, w->now, &undone, NULL));
    assert_str(row(w, key).card.prompt, "Question nought?");
    assert_false(card_edit(w->collection, key, STR("status"), STR("x"), w->now, NULL));
}

static void search_finds_words_without_case_and_accents(void **state)
{
    struct world *w = *state;
    struct cards cards = {0};
    list_push(&w->arena, &cards, make_card(&w->arena, "¿Quién creó la máquina?", "Ada Lovelace"));
    list_push(&w->arena, &cards, make_card(&w->arena, "Who wrote \"it\"?", "Somebody else"));
    add(w, "Book", "one.md", &cards);
    static const struct {
        const char *text;
        size_t found;
    } cases[] = {{"CREO maquina", 1}, {"lovel", 1}, {"nobody", 0}, {"", 2}, {"\"it\" OR *", 0}, {"\"", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct card_filter filter = {.text = str_from(cases[i].text), .status = -1};
        struct card_rows found = {0};
        struct error e = {0};
        if (!collection_search(w->collection, &w->arena, &filter, &found, &e))
            fail_msg("%s: %s", cases[i].text, e.text);
        if (found.count != cases[i].found)
            fail_msg("\"%s\" finds %zu", cases[i].text, found.count);
    }
}

static void a_draft_is_asked_only_when_it_was_accepted(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 3);
    for (size_t i = 0; i < 3; i++)
        cards.items[i].tier = TIER_REVIEW;
    add(w, "Book", "one.md", &cards);
    assert_int_equal(queue_now(w, QUEUE_DAY).count, 0);
    assert_true(card_decide(w->collection, key_of(w, &cards.items[0]), true, STR(""), w->now, NULL));
    assert_true(card_decide(w->collection, key_of(w, &cards.items[1]), false, STR("trivial"), w->now, NULL));
    assert_int_equal(queue_now(w, QUEUE_DAY).count, 1);
    add(w, "Book", "one.md", &cards);
    assert_int_equal(row(w, key_of(w, &cards.items[0])).status, STATUS_ACTIVE);
    assert_int_equal(row(w, key_of(w, &cards.items[1])).status, STATUS_RETIRED);
    assert_int_equal(row(w, key_of(w, &cards.items[2])).status, STATUS_DRAFT);
}

static void a_rule_refused_three_times_makes_drafts_in_its_book_only(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 6), learnt = {0};
    for (size_t i = 0; i < 6; i++)
        cards.items[i].rule = i == 5 ? STR("role.lead") : STR("deed.clause");
    learnt = cards;
    learnt.count = 4;
    add(w, "Book::One", "one.md", &learnt);
    for (size_t i = 0; i < 3; i++)
        assert_true(card_decide(w->collection, key_of(w, &cards.items[i]), false, STR("weak"), w->now, NULL));
    add(w, "Book::One", "one.md", &cards);
    assert_int_equal(row(w, key_of(w, &cards.items[3])).status, STATUS_ACTIVE); /* it was there before */
    assert_int_equal(row(w, key_of(w, &cards.items[4])).status, STATUS_DRAFT);
    assert_true(row(w, key_of(w, &cards.items[4])).card.doubt.len > 0);
    assert_int_equal(row(w, key_of(w, &cards.items[5])).status, STATUS_ACTIVE);
    add(w, "Book::One", "one.md", &cards); /* and it stays so */
    assert_int_equal(row(w, key_of(w, &cards.items[4])).status, STATUS_DRAFT);
    struct cards others = make_cards(&w->arena, 8);
    others.items += 6;
    others.count = 2;
    others.items[0].rule = STR("deed.clause");
    add(w, "Another book", "two.md", &others);
    assert_int_equal(row(w, key_of(w, &others.items[0])).status, STATUS_ACTIVE);
}

/* Grades and the log */

static void a_grade_is_one_event_and_one_memory(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 1);
    add(w, "Book", "one.md", &cards);
    int64_t key = key_of(w, &cards.items[0]);
    struct preview preview;
    assert_true(collection_preview(w->collection, key, w->now, -1, &preview, NULL));
    struct graded graded = grade(w, key, GRADE_GOOD);
    assert_true(graded.due_at_ms == preview.due_at_ms[GRADE_GOOD - 1]);
    assert_true(preview.due_at_ms[0] - w->now.at_ms >= MINUTE);
    assert_true(preview.days[3] <= 21);
    struct card_row found = row(w, key);
    assert_true(found.due_at_ms == graded.due_at_ms && found.memory.s == graded.memory.s);
    assert_int_equal(found.reps, 1);
    assert_true(card_recall(w->collection, &found, w->now) > 0.98);
    struct event_rows events = {0};
    assert_true(collection_events(w->collection, &w->arena, EVENT_GRADE, 0, 0, &events, NULL));
    assert_int_equal(events.count, 1);
    assert_true(events.items[0].card == key);
}

static void an_exam_leaves_the_schedule_alone(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 1);
    add(w, "Book", "one.md", &cards);
    int64_t key = key_of(w, &cards.items[0]);
    struct graded before = grade(w, key, GRADE_GOOD);
    w->now.at_ms += DAY_MS;
    struct answer answer = {
        .grade = GRADE_AGAIN, .mode = ANSWER_EXAM, .kind = STR("typed"), .sure = -1, .read_age_s = -1};
    struct graded graded;
    assert_true(collection_grade(w->collection, key, &answer, w->now, &graded, NULL));
    struct card_row found = row(w, key);
    assert_true(found.due_at_ms == before.due_at_ms && found.memory.s == before.memory.s);
    assert_int_equal(found.reps, 1);
}

static void what_was_just_read_is_asked_tomorrow(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 1);
    add(w, "Book", "one.md", &cards);
    struct answer answer = {
        .grade = GRADE_EASY, .mode = ANSWER_FIRST, .kind = STR("typed"), .sure = -1, .read_age_s = 600};
    struct graded graded;
    assert_true(collection_grade(w->collection, key_of(w, &cards.items[0]), &answer, w->now, &graded, NULL));
    int64_t day = collection_day(w->collection, w->now);
    assert_true(graded.due_at_ms == collection_day_start_ms(w->collection, day + 1, w->now));
}

static void everything_can_be_undone_also_after_a_restart(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 1);
    add(w, "Book", "one.md", &cards);
    int64_t key = key_of(w, &cards.items[0]);
    struct str before = dump(w, "memory");
    (void)before;
    grade(w, key, GRADE_GOOD);
    struct card_row graded = row(w, key);
    assert_true(card_suspend(w->collection, key, true, w->now, NULL));
    assert_true(card_bury(w->collection, key, w->now, NULL));
    assert_true(card_flag(w->collection, key, STR("no"), w->now, NULL));
    assert_true(card_set_due(w->collection, key, w->now.at_ms + 99 * DAY_MS, w->now, NULL));
    assert_true(card_reset(w->collection, key, w->now, NULL));
    assert_true(card_retire(w->collection, key, true, w->now, NULL));
    assert_true(deck_set_option(w->collection, 0, STR("new_per_day"), STR("3"), w->now, NULL));
    int64_t deck = row(w, key).deck;
    assert_true(deck_rename(w->collection, deck, STR("Tome"), w->now, NULL));
    assert_true(deck_delete(w->collection, deck, w->now, NULL));
    struct deck_rows decks = {0};
    assert_true(collection_decks(w->collection, &w->arena, w->now, &decks, NULL));
    assert_int_equal(decks.count, 0);
    open_again(w);
    static const int kinds[] = {EVENT_PLACE,   EVENT_PLACE, EVENT_OPTION, EVENT_PLACE,   EVENT_RESET,
                                EVENT_SET_DUE, EVENT_FLAG,  EVENT_BURY,   EVENT_SUSPEND, EVENT_GRADE};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct undone undone;
        struct error e = {0};
        w->now.at_ms += MINUTE;
        if (!collection_undo(w->collection, w->now, &undone, &e))
            fail_msg("%zu: %s", i, e.text);
        assert_int_equal(undone.kind, kinds[i]);
        if (kinds[i] == EVENT_SUSPEND) {
            struct card_row again = row(w, key);
            assert_true(again.due_at_ms == graded.due_at_ms && again.memory.s == graded.memory.s);
            assert_int_equal(again.status, STATUS_ACTIVE);
            assert_false(again.flagged);
        }
    }
    struct undone undone;
    struct error e = {0};
    assert_false(collection_undo(w->collection, w->now, &undone, &e));
    assert_int_equal(e.kind, ERROR_NOT_FOUND);
    assert_int_equal(row(w, key).reps, 0);
    assert_true(row(w, key).due_at_ms == 0);
    assert_true(collection_decks(w->collection, &w->arena, w->now, &decks, NULL));
    assert_str(decks.items[0].name, "Book");
    struct deck_options options;
    assert_true(deck_options(w->collection, 0, &options, NULL));
    assert_int_equal(options.new_per_day, 12);
}

static void the_log_refuses_to_be_rewritten(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 1);
    add(w, "Book", "one.md", &cards);
    grade(w, key_of(w, &cards.items[0]), GRADE_GOOD);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(w->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE event SET at_ms = 0", 0, 0, 0), SQLITE_CONSTRAINT);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM event", 0, 0, 0), SQLITE_CONSTRAINT);
    sqlite3_close(db);
}

/* A life with the collection: everything, at random. */
static void live(struct world *w, struct random *random, int64_t *keys, int count, int steps)
{
    struct error e = {0};
    struct undone undone;
    for (int i = 0; i < steps; i++) {
        int64_t key = keys[random_below(random, (uint64_t)count)];
        w->now.at_ms += (int64_t)random_below(random, 12 * 3600000);
        if (random_below(random, 40) == 0)
            w->now.at_ms -= 20 * DAY_MS; /* a clock set back */
        if (random_below(random, 30) == 0)
            w->now.tz_min = (int)random_below(random, 26) * 60 - 720;
        struct answer answer = {.grade = (enum grade)(1 + random_below(random, 4)),
                                .mode = (enum answer_mode)random_below(random, 4),
                                .options = random_below(random, 5) == 0 ? 3 : 0,
                                .kind = STR("typed"),
                                .given = STR("quo\"te\n\xC3\xB1"),
                                .sure = -1,
                                .read_age_s = random_below(random, 3) ? -1 : 60};
        struct graded graded;
        bool ok = true;
        switch (random_below(random, 16)) {
        case 0:
            ok = card_suspend(w->collection, key, random_below(random, 2), w->now, &e);
            break;
        case 1:
            ok = card_bury(w->collection, key, w->now, &e);
            break;
        case 2:
            ok = card_set_due(w->collection, key, w->now.at_ms + DAY_MS, w->now, &e);
            break;
        case 3:
            collection_undo(w->collection, w->now, &undone, NULL);
            break;
        case 4:
            ok = card_flag(w->collection, key, STR("x"), w->now, &e);
            break;
        case 5:
            if (random_below(random, 4) == 0)
                ok = card_reset(w->collection, key, w->now, &e);
            break;
        case 6:
            if (random_below(random, 4) == 0)
                ok = deck_set_option(w->collection, 0, STR("algorithm"),
                                     random_below(random, 2) ? STR("6") : STR("7"), w->now, &e);
            break;
        case 7:
            if (random_below(random, 4) == 0)
                ok = deck_set_option(w->collection, 0, STR("rollover_hour"), STR("2"), w->now, &e);
            break;
        case 8:
            ok = card_edit(w->collection, key, STR("hint"), STR("h"), w->now, &e);
            break;
        default:
            ok = collection_grade(w->collection, key, &answer, w->now, &graded, &e);
        }
        if (!ok)
            fail_msg("step %d: %s", i, e.text);
    }
}

static void a_rebuild_gives_the_identical_memory(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 12);
    add(w, "Book", "one.md", &cards);
    int64_t keys[12];
    for (int i = 0; i < 12; i++)
        keys[i] = key_of(w, &cards.items[i]);
    struct random random = {11};
    live(w, &random, keys, 12, 400);
    struct str before = dump(w, "memory overlay params setting deck");
    int64_t events, changed;
    struct error e = {0};
    if (!collection_rebuild(w->collection, &events, &changed, &e))
        fail_msg("%s", e.text);
    assert_int_equal(changed, 0);
    assert_true(events > 300);
    assert_true(str_equal(before, dump(w, "memory overlay params setting deck")));

    /* And when the cache is nonsense. */
    sqlite3 *db;
    assert_int_equal(sqlite3_open(w->path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "UPDATE memory SET s = 3, x = NULL, due_at_ms = 5, lapses = 77, asked = 0", 0, 0, 0),
        SQLITE_OK);
    sqlite3_close(db);
    struct findings findings = {0};
    assert_true(collection_doctor(w->collection, &w->arena, false, w->now, &findings, &e));
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0].kind, FINDING_CACHE);
    assert_false(findings.items[0].repaired);
    assert_true(collection_doctor(w->collection, &w->arena, true, w->now, &findings, &e));
    assert_true(findings.items[0].repaired);
    assert_true(str_equal(before, dump(w, "memory overlay params setting deck")));
    assert_true(collection_doctor(w->collection, &w->arena, false, w->now, &findings, &e));
    assert_int_equal(findings.count, 0);
}

/* The queue */

static void the_queue_keeps_to_the_days_limits(void **state)
{
    struct world *w = *state;
    struct cards one = make_cards(&w->arena, 40), two = {0};
    for (int i = 0; i < 40; i++)
        list_push(&w->arena, &two, make_card(&w->arena, str_format(&w->arena, "Other %d?", i).ptr, "x"));
    add(w, "Book::One", "one.md", &one);
    add(w, "Book::Two", "two.md", &two);
    struct queue queue = queue_now(w, QUEUE_DAY);
    assert_int_equal(queue.fresh, 12);
    for (size_t i = 0; i < 12; i++)
        assert_true(queue.items[i].card == key_of(w, &one.items[i]));
    for (size_t i = 0; i < 5; i++)
        grade(w, queue.items[i].card, GRADE_GOOD);
    assert_int_equal(queue_now(w, QUEUE_DAY).fresh, 7);
    int64_t book, deck;
    assert_true(deck_find(w->collection, STR("book"), &book, NULL));
    assert_true(deck_find(w->collection, STR("two"), &deck, NULL));
    assert_true(deck_set_option(w->collection, book, STR("new_per_day"), STR("30"), w->now, NULL));
    assert_true(deck_set_option(w->collection, deck, STR("new_per_day"), STR("2"), w->now, NULL));
    assert_true(deck_set_option(w->collection, 0, STR("new_per_day"), STR("50"), w->now, NULL));
    queue = queue_now(w, QUEUE_DAY);
    assert_int_equal(queue.fresh, 25); /* One inherits 30, less today's 5; the book has no more */
    assert_int_equal(queue_now(w, QUEUE_FIRST).fresh, 75);
    struct deck_rows decks = {0};
    assert_true(collection_decks(w->collection, &w->arena, w->now, &decks, NULL));
    assert_int_equal(decks.count, 3);
    assert_str(decks.items[0].path, "Book");
    assert_int_equal(decks.items[0].fresh, 25);
    assert_int_equal(decks.items[0].total, 80);
    assert_int_equal(decks.items[0].answered_today, 5);
    assert_int_equal(decks.items[2].fresh, 2);
    assert_true(decks.items[0].recall > 0.9);
    w->now.at_ms += DAY_MS;
    assert_int_equal(queue_now(w, QUEUE_DAY).fresh, 30);
}

static void a_due_card_is_asked_from_the_start_of_its_day(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 1);
    add(w, "Book", "one.md", &cards);
    int64_t key = key_of(w, &cards.items[0]);
    struct graded graded = grade(w, key, GRADE_GOOD);
    assert_int_equal(queue_now(w, QUEUE_DAY).count, 0);
    int64_t next;
    assert_true(collection_next_due(w->collection, 0, w->now, &next, NULL));
    assert_true(next == graded.due_at_ms);
    w->now.at_ms = graded.due_at_ms - 1;
    assert_int_equal(queue_now(w, QUEUE_DAY).count, 0);
    w->now.at_ms = graded.due_at_ms;
    assert_int_equal(queue_now(w, QUEUE_DAY).due, 1);
    assert_true(card_suspend(w->collection, key, true, w->now, NULL));
    assert_int_equal(queue_now(w, QUEUE_DAY).count, 0);
    assert_true(card_suspend(w->collection, key, false, w->now, NULL));
    assert_true(card_bury(w->collection, key, w->now, NULL));
    assert_int_equal(queue_now(w, QUEUE_DAY).count, 0);
    w->now.at_ms += DAY_MS;
    assert_int_equal(queue_now(w, QUEUE_DAY).due, 1);
}

static void a_miss_comes_back_the_same_day(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 2);
    add(w, "Book", "one.md", &cards);
    int64_t key = key_of(w, &cards.items[0]);
    struct graded graded = grade(w, key, GRADE_AGAIN);
    assert_int_equal(graded.step, 1);
    struct queue queue = queue_now(w, QUEUE_DAY);
    assert_int_equal(queue.learning, 1);
    assert_true(queue.items[queue.count - 1].card == key);
    w->now.at_ms = graded.due_at_ms;
    queue = queue_now(w, QUEUE_DAY);
    assert_true(queue.items[0].card == key);
    assert_int_equal(grade(w, key, GRADE_GOOD).step, 0);
}

static void queue_orders_do_what_they_say(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 30);
    add(w, "Book", "one.md", &cards);
    for (int i = 0; i < 30; i++) {
        w->now.at_ms += MINUTE;
        grade(w, key_of(w, &cards.items[i]), i % 3 == 0 ? GRADE_EASY : i % 3 == 1 ? GRADE_HARD : GRADE_GOOD);
    }
    w->now.at_ms += 60 * DAY_MS;
    for (int order = ORDER_RECALL_DOWN; order <= ORDER_DECK; order++) {
        struct queue_request request = {.order = order, .new_limit = -1};
        struct queue queue = {0};
        assert_true(collection_queue(w->collection, &w->arena, &request, w->now, &queue, NULL));
        assert_int_equal(queue.count, 30);
        for (size_t i = 1; i < queue.count; i++) {
            const struct queue_item *a = &queue.items[i - 1], *b = &queue.items[i];
            bool right = order == ORDER_RECALL_DOWN ? a->recall >= b->recall
                         : order == ORDER_RECALL_UP ? a->recall <= b->recall
                         : order == ORDER_DUE       ? a->due_at_ms <= b->due_at_ms
                         : order == ORDER_DECK      ? a->position <= b->position
                                                    : true;
            if (!right)
                fail_msg("order %d at %zu", order, i);
        }
    }
    assert_int_equal(queue_now(w, QUEUE_CRAM).count, 30);
}

/* Files */

static void a_file_that_cannot_be_used_says_why_and_stays_as_it_is(void **state)
{
    struct world *w = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/bad.db", w->folder);
    static const struct {
        const char *sql; /* NULL: plain text */
        enum error_kind kind;
        const char *says;
    } cases[] = {
        {NULL, ERROR_CORRUPT, "not a collection"},
        {"CREATE TABLE bookmarks(a)", ERROR_VERSION, "another program"},
        {"PRAGMA application_id = 1380274241; PRAGMA user_version = 99; CREATE TABLE t(a)", ERROR_VERSION,
         "newer"},
        {"PRAGMA application_id = 1380274241; PRAGMA user_version = 1; CREATE TABLE t(a)", ERROR_CORRUPT,
         "doctor"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unlink(path);
        sqlite3 *db;
        if (cases[i].sql) {
            assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
            assert_int_equal(sqlite3_exec(db, cases[i].sql, 0, 0, 0), SQLITE_OK);
            sqlite3_close(db);
        } else {
            assert_true(file_write(path,
                                   STR("Dear diary, this is no database at all. Dear diary, this is no "
                                       "database at all. Dear diary, it is not."),
                                   NULL));
        }
        struct str before, after;
        assert_true(file_read(&w->arena, path, 1 << 20, &before, NULL));
        struct collection_options options = options_at(w->now);
        struct collection *collection;
        struct error e = {0};
        assert_false(collection_open(path, &options, &collection, &e));
        if (e.kind != cases[i].kind || !strstr(e.text, cases[i].says))
            fail_msg("case %zu: kind %d, \"%s\"", i, (int)e.kind, e.text);
        assert_true(file_read(&w->arena, path, 1 << 20, &after, NULL));
        assert_true(str_equal(before, after));
    }
    struct collection_options options = options_at(w->now);
    struct collection *collection;
    struct error e = {0};
    assert_false(collection_open(w->folder, &options, &collection, &e));
    assert_int_equal(e.kind, ERROR_IO);
    options.read_only = true;
    snprintf(path, sizeof path, "%s/none.db", w->folder);
    assert_false(collection_open(path, &options, &collection, &e));
    assert_int_equal(e.kind, ERROR_NOT_FOUND);
}

static void a_file_cut_in_half_is_refused_and_a_backup_puts_it_right(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 50);
    add(w, "Book", "one.md", &cards);
    grade(w, key_of(w, &cards.items[0]), GRADE_GOOD);
    struct str backup;
    struct error e = {0};
    if (!collection_backup(w->collection, &w->arena, w->folder, w->now, &backup, &e))
        fail_msg("%s", e.text);
    collection_close(w->collection);
    w->collection = NULL;
    struct stat status;
    assert_int_equal(stat(w->path, &status), 0);
    assert_int_equal(truncate(w->path, status.st_size / 2), 0);
    struct collection_options options = options_at(w->now);
    assert_false(collection_open(w->path, &options, &w->collection, &e));
    assert_int_equal(e.kind, ERROR_CORRUPT);
    w->collection = NULL;
    if (!collection_restore(w->path, backup.ptr, w->now, &e))
        fail_msg("%s", e.text);
    open_again(w);
    assert_int_equal(row(w, key_of(w, &cards.items[0])).reps, 1);
    struct findings findings = {0};
    assert_true(collection_doctor(w->collection, &w->arena, false, w->now, &findings, &e));
    assert_int_equal(findings.count, 0);
}

static void restoring_goes_on_under_a_new_identity(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 2);
    add(w, "Book", "one.md", &cards);
    int64_t key = key_of(w, &cards.items[0]);
    struct str id = str_copy(&w->arena, collection_device(w->collection)), backup;
    assert_true(collection_backup(w->collection, &w->arena, w->folder, w->now, &backup, NULL));
    grade(w, key, GRADE_GOOD);
    struct error e = {0};
    if (!collection_restore(w->path, backup.ptr, w->now, &e))
        fail_msg("%s", e.text);
    open_again(w);
    assert_false(str_equal(id, collection_device(w->collection)));
    assert_int_equal(row(w, key).reps, 0);
    grade(w, key, GRADE_EASY);
    /* What was there before the restoring is kept too. */
    char command[256];
    snprintf(command, sizeof command, "test $(ls %s/backups | wc -l) -eq 1", w->folder);
    assert_int_equal(system(command), 0);
    assert_false(collection_restore(w->path, "/nowhere/at/all.db", w->now, &e));
    assert_int_equal(e.kind, ERROR_NOT_FOUND);
}

static void a_copy_on_another_machine_gets_an_identity_of_its_own(void **state)
{
    struct world *w = *state;
    struct str id = str_copy(&w->arena, collection_device(w->collection));
    open_again(w);
    assert_true(str_equal(id, collection_device(w->collection)));
    collection_close(w->collection);
    struct collection_options options = options_at(w->now);
    options.machine = STR("m2");
    assert_true(collection_open(w->path, &options, &w->collection, NULL));
    assert_false(str_equal(id, collection_device(w->collection)));
}

static void there_is_one_automatic_backup_a_day_and_old_ones_thin_out(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 1);
    assert_true(collection_backup_daily(w->collection, w->now, false, NULL));
    add(w, "Book", "one.md", &cards);
    for (int day = 0; day < 100; day++) {
        struct error e = {0};
        for (int round = 0; round < 2; round++) {
            w->now.at_ms += 3600000;
            if (!collection_backup_daily(w->collection, w->now, false, &e))
                fail_msg("%s", e.text);
        }
        w->now.at_ms += 22 * 3600000;
    }
    char command[256];
    snprintf(command, sizeof command,
             "test $(ls %s/backups | wc -l) -le 14 -a $(ls %s/backups | wc -l) -ge 10", w->folder, w->folder);
    assert_int_equal(system(command), 0);
}

static void two_repasos_do_not_write_at_once(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 1);
    add(w, "Book", "one.md", &cards);
    int64_t key = key_of(w, &cards.items[0]);
    sqlite3 *other;
    assert_int_equal(sqlite3_open(w->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", 0, 0, 0), SQLITE_OK);
    sqlite3_busy_timeout(other, 0);
    struct error e = {0};
    assert_false(card_suspend(w->collection, key, true, w->now, &e));
    assert_int_equal(e.kind, ERROR_BUSY);
    assert_non_null(strstr(e.text, "another repaso is writing"));
    assert_int_equal(sqlite3_exec(other, "COMMIT", 0, 0, 0), SQLITE_OK);
    sqlite3_close(other);
    assert_true(card_suspend(w->collection, key, true, w->now, &e));
}

static void a_second_connection_sees_and_is_seen(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 1);
    add(w, "Book", "one.md", &cards);
    struct collection *other;
    struct collection_options options = options_at(w->now);
    assert_true(collection_open(w->path, &options, &other, NULL));
    assert_false(collection_changed(w->collection));
    assert_true(setting_set(other, STR("ui.theme"), STR("dark"), NULL));
    assert_true(collection_changed(w->collection));
    assert_false(collection_changed(w->collection));
    assert_str(setting_text(w->collection, &w->arena, STR("ui.theme"), STR("")), "dark");
    assert_true(setting_set(other, STR("n"), STR("42"), NULL));
    assert_int_equal(setting_number(w->collection, STR("n"), 0), 42);
    assert_true(setting_set(other, STR("n"), STR(""), NULL));
    assert_int_equal(setting_number(w->collection, STR("n"), 5), 5);
    collection_close(other);
    options.read_only = true;
    assert_true(collection_open(w->path, &options, &other, NULL));
    struct error e = {0};
    assert_false(setting_set(other, STR("n"), STR("1"), &e));
    collection_close(other);
}

/* In a child, so that its limit and its death are its own. */
static int in_child(void (*work)(struct world *, int), struct world *w, int fd)
{
    collection_close(w->collection);
    w->collection = NULL;
    pid_t child = fork();
    if (child == 0) {
        open_again(w);
        work(w, fd);
        _exit(0);
    }
    return (int)child;
}

static void fill_the_disk(struct world *w, int fd)
{
    struct stat status;
    stat(w->path, &status);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {(rlim_t)status.st_size + 8192, (rlim_t)status.st_size + 8192};
    setrlimit(RLIMIT_FSIZE, &limit);
    struct cards cards = make_cards(&w->arena, 2000);
    struct addition addition = {
        .deck = STR("Big"), .path = STR("big.md"), .source = STR("big"), .cards = &cards};
    struct add_report report;
    struct error e = {0};
    bool ok = collection_add(w->collection, &w->arena, &addition, w->now, &report, &e);
    char said = (char)(!ok && e.kind == ERROR_FULL && strstr(e.text, "no space left") ? 'y' : 'n');
    if (said == 'n')
        fprintf(stderr, "%d %s\n", ok, e.text);
    if (write(fd, &said, 1) != 1)
        _exit(1);
}

static void a_full_disk_costs_nothing_that_was_there(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 5);
    add(w, "Book", "one.md", &cards);
    struct str before = dump(w, ALL_CONTENT);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    int child = in_child(fill_the_disk, w, ends[1]), status;
    waitpid(child, &status, 0);
    char said = 0;
    assert_int_equal(read(ends[0], &said, 1), 1);
    assert_int_equal(said, 'y');
    close(ends[0]);
    close(ends[1]);
    open_again(w);
    assert_true(str_equal(before, dump(w, ALL_CONTENT)));
}

static void a_fit_sees_the_grades_that_count(void **state)
{
    struct world *w = *state;
    struct cards cards = make_cards(&w->arena, 4);
    add(w, "Deck", "d.md", &cards);
    int64_t first = key_of(w, &cards.items[0]), second = key_of(w, &cards.items[1]),
            third = key_of(w, &cards.items[2]);
    grade(w, first, GRADE_AGAIN);
    w->now.at_ms += MINUTE;
    grade(w, second, GRADE_GOOD);
    w->now.at_ms += MINUTE;
    grade(w, third, GRADE_GOOD);
    w->now.at_ms += 3 * DAY_MS;
    grade(w, first, GRADE_GOOD);
    assert_true(card_reset(w->collection, second, w->now, NULL));
    w->now.at_ms += MINUTE;
    grade(w, third, GRADE_HARD);
    assert_true(collection_undo(w->collection, w->now, &(struct undone){0}, NULL));
    struct answer exam = {
        .grade = GRADE_AGAIN, .mode = ANSWER_EXAM, .kind = STR("typed"), .sure = -1, .read_age_s = -1};
    assert_true(collection_grade(w->collection, third, &exam, w->now, &(struct graded){0}, NULL));
    struct review_log log;
    assert_true(collection_reviews(w->collection, &w->arena, &log, NULL));
    assert_int_equal(log.count, 3);
    assert_int_equal(log.cards, 2);
    assert_int_equal(log.items[0].grade, GRADE_AGAIN);
    assert_int_equal(log.items[1].grade, GRADE_GOOD);
    assert_int_equal(log.items[2].card, log.items[0].card);
    assert_int_equal(log.items[2].days, 3);
    assert_true(log.items[1].at_ms == log.items[0].at_ms + 2 * MINUTE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(a_chapter_added_twice_changes_nothing),
        WORLD_TEST(a_fit_sees_the_grades_that_count),
        WORLD_TEST(an_edited_chapter_keeps_the_history_of_what_it_still_asks),
        WORLD_TEST(another_spelling_of_the_answer_is_not_another_answer),
        WORLD_TEST(a_fact_of_two_chapters_is_one_card_with_two_passages),
        WORLD_TEST(a_deck_file_quotes_a_chapter),
        WORLD_TEST(a_new_version_leaves_what_the_learner_worded_on_top),
        WORLD_TEST(a_moved_chapter_is_the_same_chapter),
        WORLD_TEST(my_own_words_stay_on_top_of_the_book),
        WORLD_TEST(search_finds_words_without_case_and_accents),
        WORLD_TEST(a_draft_is_asked_only_when_it_was_accepted),
        WORLD_TEST(a_rule_refused_three_times_makes_drafts_in_its_book_only),
        WORLD_TEST(a_grade_is_one_event_and_one_memory),
        WORLD_TEST(an_exam_leaves_the_schedule_alone),
        WORLD_TEST(what_was_just_read_is_asked_tomorrow),
        WORLD_TEST(everything_can_be_undone_also_after_a_restart),
        WORLD_TEST(the_log_refuses_to_be_rewritten),
        WORLD_TEST(a_rebuild_gives_the_identical_memory),
        WORLD_TEST(the_queue_keeps_to_the_days_limits),
        WORLD_TEST(a_due_card_is_asked_from_the_start_of_its_day),
        WORLD_TEST(a_miss_comes_back_the_same_day),
        WORLD_TEST(queue_orders_do_what_they_say),
        WORLD_TEST(a_file_that_cannot_be_used_says_why_and_stays_as_it_is),
        WORLD_TEST(a_file_cut_in_half_is_refused_and_a_backup_puts_it_right),
        WORLD_TEST(restoring_goes_on_under_a_new_identity),
        WORLD_TEST(a_copy_on_another_machine_gets_an_identity_of_its_own),
        WORLD_TEST(there_is_one_automatic_backup_a_day_and_old_ones_thin_out),
        WORLD_TEST(two_repasos_do_not_write_at_once),
        WORLD_TEST(a_second_connection_sees_and_is_seen),
        WORLD_TEST(a_full_disk_costs_nothing_that_was_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
