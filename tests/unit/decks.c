#include "test.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/list.h"
#include "decks/deck_file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The text of a deck whose cards are `cards`. */
static struct str deck_of(struct arena *arena, const char *cards)
{
    return str_format(arena, "deck: A\nlanguage: en\ncards:\n%s", cards);
}

static void read_deck(struct arena *arena, struct str bytes, struct deck_file *deck,
                      struct problems *problems)
{
    struct error e = {0};
    if (!deck_read(arena, STR("a.repaso.yaml"), bytes, deck, problems, &e))
        fail_msg("%d:%d: %s", e.line, e.column, e.text);
}

static void a_card_of_every_kind(void **state)
{
    (void)state;
    static const struct {
        const char *yaml;
        enum card_kind kind;
        const char *prompt, *answer;
        size_t cards, accepted, choices, items; /* of the first card; `cards` in all */
    } rows[] = {
        {"- {q: Capital of Peru?, a: Lima}", CARD_DIRECT, "Capital of Peru?", "Lima", 1, 0, 0, 0},
        {"- {q: When?, a: 1789, accept: [in 1789]}", CARD_DIRECT, "When?", "1789", 1, 1, 0, 0},
        {"- {q: When?, a: 1789, accept: in 1789}", CARD_DIRECT, "When?", "1789", 1, 1, 0, 0},
        {"- {q: Of Peru?, a: Lima, choices: [Cusco, Lima, Ica]}", CARD_DIRECT, "Of Peru?", "Lima", 1, 0, 3,
         0},
        {"- {q: Of Peru?, a: Lima, choices: [Cusco, Ica]}", CARD_DIRECT, "Of Peru?", "Lima", 1, 0, 3, 0},
        {"- {q: Haus, a: house, reverse: true}", CARD_DIRECT, "Haus", "house", 2, 0, 0, 0},
        {"- {q: Haus, a: house, reverse: {q: house in German?, a: Haus}}", CARD_DIRECT, "Haus", "house", 2, 0,
         0, 0},
        {"- cloze: The Bastille fell in {1789}.", CARD_CLOZE, "The Bastille fell in ____.", "1789", 1, 0, 0,
         0},
        {"- cloze: The {Bastille} fell in {1789}.", CARD_CLOZE, "The ____ fell in 1789.", "Bastille", 2, 0, 0,
         0},
        {"- cloze: 'A set \\{a, b\\} has {two} items.'", CARD_CLOZE, "A set {a, b} has ____ items.", "two", 1,
         0, 0, 0},
        {"- {q: In order?, order: [a, b, c]}", CARD_ORDER, "In order?", "a; b; c", 1, 0, 0, 3},
        {"- {q: What goes with what?, match: {a: x, b: y}}", CARD_MATCH, "What goes with what?",
         "a → x; b → y", 1, 0, 0, 2},
        {"- {true: Water is wet.}", CARD_TRUEFALSE, "Water is wet.", "true", 1, 1, 2, 0},
        {"- {false: Water is dry., why: It is wet.}", CARD_TRUEFALSE, "Water is dry.", "false", 1, 1, 2, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {0};
        struct deck_file deck;
        struct problems problems;
        read_deck(&arena, deck_of(&arena, rows[i].yaml), &deck, &problems);
        if (problems.errors || deck.cards.count != rows[i].cards)
            fail_msg("%s: %zu cards, %.*s", rows[i].yaml, deck.cards.count,
                     STR_ARG(problems.count ? problems.items[0].text : STR("no problem")));
        const struct card *card = &deck.cards.items[0];
        assert_int_equal(card->kind, rows[i].kind);
        assert_str(card->prompt, rows[i].prompt);
        assert_str(card->answer, rows[i].answer);
        assert_int_equal(card->accepted.count, rows[i].accepted);
        assert_int_equal(card->choices.count, rows[i].choices);
        assert_int_equal(card->items.count, rows[i].items);
        assert_int_equal(strlen(card->id.text), 26);
        arena_finish(&arena);
    }
}

static void every_problem_has_its_place_and_its_cure(void **state)
{
    (void)state;
    static const struct {
        const char *yaml, *rule, *says;
        int line, column;
        bool warning;
    } rows[] = {
        {"language: en\ncards: [{q: a b, a: c}]", "no-title", "deck: A title", 1, 1, false},
        {"deck: A\ncards: [{q: a b, a: c}]", "no-language", "language: en", 1, 1, true},
        {"deck: A\nlanguage: fr\ncards: [{q: a b, a: c}]", "bad-language", "\"fr\"", 2, 11, false},
        {"deck: A\nlanguage: en\n", "no-cards", "has no cards", 1, 1, false},
        {"deck: A\nlanguage: en\ncards: none", "not-list", "is a list", 3, 8, false},
        {"deck: A\nlanguage: en\ntitel: x\ncards: [{q: a b, a: c}]", "unknown-key", "There are: deck", 3, 1,
         false},
        {"deck: A\nlanguage: en\nlicense: x\nauthr: x\ncards: [{q: a b, a: c}]", "unknown-key",
         "did you mean \"author\"?", 4, 1, false},
        {"deck: A\nlanguage: en\noptions: {new_per_dya: 3}\ncards: [{q: a b, a: c}]", "unknown-key",
         "\"new_per_day\"?", 3, 11, false},
        {"deck: A\nlanguage: en\noptions: {retention: 2}\ncards: [{q: a b, a: c}]", "bad-option",
         "from 0.70 to 0.99", 3, 22, false},
        {"deck: A\nlanguage: en\noptions: {exam: 2026-02-30}\ncards: [{q: a b, a: c}]", "bad-option",
         "a date such as", 3, 17, false},
        {"deck: A\nlanguage: en\ncards:\n- q: a b\n", "no-answer", "add \"a: …\"", 4, 3, false},
        {"deck: A\nlanguage: en\ncards:\n- a: c\n", "no-question", "add \"q: …\"", 4, 3, false},
        {"deck: A\nlanguage: en\ncards:\n- tags: [x]\n", "no-question", "has no question", 4, 3, false},
        {"deck: A\nlanguage: en\ncards:\n- just words\n", "not-mapping", "is written", 4, 3, false},
        {"deck: A\nlanguage: en\ncards:\n- q: a b\n  a: c\n  hnt: x\n", "unknown-key",
         "did you mean \"hint\"?", 6, 3, false},
        {"deck: A\nlanguage: en\ncards:\n- q: a b\n  a: {x: y}\n", "not-text", "A text is expected", 5, 6,
         false},
        {"deck: A\nlanguage: en\ncards:\n- q: x y\n  a: c\n  accept: [d]\n  choices: [c, d, e]\n",
         "two-right-choices", "More than one", 7, 12, false},
        {"deck: A\nlanguage: en\ncards:\n- q: x y\n  a: c\n  choices: [c, d, D]\n", "choice-twice", "twice",
         6, 12, false},
        {"deck: A\nlanguage: en\ncards:\n- q: x y\n  a: c\n  choices: [c]\n", "one-choice", "no choice", 6,
         12, false},
        {"deck: A\nlanguage: en\ncards:\n- cloze: no gap here\n", "no-gap", "put braces", 4, 10, false},
        {"deck: A\nlanguage: en\ncards:\n- cloze: an {} gap\n", "no-answer", "A gap is empty", 4, 10, false},
        {"deck: A\nlanguage: en\ncards:\n- cloze: a {b} c\n  a: b\n", "two-kinds", "do not go together", 4,
         10, false},
        {"deck: A\nlanguage: en\ncards:\n- {q: x y, order: [a]}\n", "too-few", "At least two", 4, 19, false},
        {"deck: A\nlanguage: en\ncards:\n- {q: x y, order: [a, a]}\n", "part-twice", "twice", 4, 19, false},
        {"deck: A\nlanguage: en\ncards:\n- {q: x y, match: [a, b]}\n", "bad-match", "one pair a line", 4, 19,
         false},
        {"deck: A\nlanguage: en\ncards:\n- {false: Water is dry.}\n", "no-correction", "add \"why: …\"", 4,
         11, true},
        {"deck: A\nlanguage: en\ncards:\n- {q: x y, a: c}\n- {q: 'x  Y', a: d}\n", "duplicate", "line 4", 5,
         3, false},
        {"deck: A\nlanguage: en\ncards:\n- {q: x y, a: c, image: no.png}\n", "no-image",
         "no image \"no.png\"", 4, 25, false},
        {"deck: A\nlanguage: en\ncards:\n- {q: x y, a: c, source: {file: no.md, quote: x}}\n", "no-source",
         "could not be read", 4, 33, false},
        {"deck: A\nlanguage: en\ncards:\n- {q: x y, a: c, audio: no.ogg}\n", "no-audio",
         "no recording \"no.ogg\"", 4, 25, false},
        {"deck: A\nlanguage: en\nfrom: no.md\n", "no-source", "could not be read", 3, 7, false},
        {"deck: A\nlanguage: en\ndrop: x\ncards: [{q: x y, a: c}]\n", "no-from", "name it with", 3, 7, false},
        {"deck: A\nlanguage: en\ncards:\n- {q: x y, a: c, reverse: maybe}\n", "bad-reverse", "ask for q by a",
         4, 27, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {0};
        struct deck_file deck;
        struct problems problems;
        const struct problem *found = NULL;
        read_deck(&arena, str_from(rows[i].yaml), &deck, &problems);
        list_each (struct problem, problem, &problems)
            if (strcmp(problem->rule, rows[i].rule) == 0)
                found = problem;
        if (!found)
            fail_msg("no %s in:\n%s", rows[i].rule, rows[i].yaml);
        if (!str_contains(found->text, str_from(rows[i].says)) || found->line != rows[i].line ||
            found->column != rows[i].column || found->warning != rows[i].warning)
            fail_msg("%s\n%d:%d: %.*s", rows[i].yaml, found->line, found->column, STR_ARG(found->text));
        arena_finish(&arena);
    }
}

static void one_run_finds_them_all(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct deck_file deck;
    struct problems problems;
    read_deck(
        &arena,
        deck_of(&arena,
                "- q: no answer\n- {q: x y, a: c, colour: red}\n- {q: fine?, a: yes it is}\n- {a: d}\n"),
        &deck, &problems);
    assert_int_equal(problems.errors, 3);
    assert_int_equal(deck.cards.count, 1);
    for (size_t i = 1; i < problems.count; i++)
        assert_true(problems.items[i - 1].line <= problems.items[i].line);
    arena_finish(&arena);
}

static struct card_id id_of(struct arena *arena, const char *yaml)
{
    struct deck_file deck;
    struct problems problems;
    read_deck(arena, str_from(yaml), &deck, &problems);
    assert_int_equal(problems.errors, 0);
    return list_last(&deck.cards)->id;
}

/* Identity is what is asked: neither the answer, nor the place, nor anything else of the card. */
static void a_card_keeps_its_identity(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool same;
    } rows[] = {
        {"{q: Capital of Peru?, a: Lima}", "{q: Capital of Peru?, a: Cusco, tags: [x]}", true},
        {"{q: Capital of Peru?, a: Lima}", "{q: 'capital of  peru?', a: Lima}", true},
        {"{q: Capital of Peru?, a: Lima}", "{q: Capital of Chile?, a: Lima}", false},
        {"{q: Capital of Peru?, a: Lima, id: peru}", "{q: What is the capital of Peru?, a: Lima, id: peru}",
         true},
        {"{q: Capital of Peru?, a: Lima, id: peru}", "{q: Capital of Peru?, a: Lima, id: lima}", false},
        {"{cloze: It was {1789}}", "{cloze: It was {1790}}", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {0};
        const char *format = "deck: A\nlanguage: en\ncards:\n- %s";
        bool cloze = rows[i].a[1] == 'c';
        struct str a = str_format(&arena, cloze ? "deck: A\nlanguage: en\ncards:\n- cloze: '%s'" : format,
                                  cloze ? rows[i].a + 8 : rows[i].a);
        struct str b = str_format(&arena, cloze ? "deck: A\nlanguage: en\ncards:\n- cloze: '%s'" : format,
                                  cloze ? rows[i].b + 8 : rows[i].b);
        struct card_id one = id_of(&arena, a.ptr), two = id_of(&arena, b.ptr);
        if ((strcmp(one.text, two.text) == 0) != rows[i].same)
            fail_msg("%s | %s", rows[i].a, rows[i].b);
        arena_finish(&arena);
    }
}

static void what_is_no_deck_is_an_error(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        int line;
    } rows[] = {{"just words", 1}, {"- a\n- b\n", 1}, {"deck: [1, 2\n", 2}, {"deck: A\ncards: \xff\n", 2}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {0};
        struct deck_file deck;
        struct problems problems;
        struct error e = {0};
        assert_false(deck_read(&arena, STR("a.yaml"), str_from(rows[i].bytes), &deck, &problems, &e));
        assert_int_equal(e.kind, ERROR_SYNTAX);
        assert_string_equal(e.file, "a.yaml");
        arena_finish(&arena);
    }
}

static void assert_same_cards(const struct cards *a, const struct cards *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        struct buffer one = {0}, two = {0};
        card_add_json(&one, &a->items[i]);
        card_add_json(&two, &b->items[i]);
        assert_string_equal(one.bytes, two.bytes);
        buffer_finish(&one);
        buffer_finish(&two);
    }
}

/* A deck of `lines` beside a chapter that asks two questions about a lighthouse. */
static void read_beside_chapter(struct arena *arena, const char *lines, struct deck_file *deck,
                                struct problems *problems)
{
    static const char chapter[] = "# Lamps\n\nIn 1851 Clara Hobbs founded Hobbs Optics in Dover. "
                                  "Hobbs Optics released the Meridian Lamp in 1853.\n";
    char folder[] = "/tmp/repaso-decks-XXXXXX";
    struct error e = {0};
    assert_non_null(mkdtemp(folder));
    struct str path = str_format(arena, "%s/lamps.md", folder);
    assert_true(file_write(path.ptr, STR(chapter), &e));
    struct str bytes = str_format(arena, "deck: A\nlanguage: en\nfrom: lamps.md\n%s", lines);
    assert_true(deck_read(arena, str_format(arena, "%s/a.repaso.yaml", folder), bytes, deck, problems, &e));
    unlink(path.ptr);
    rmdir(folder);
}

static const struct card *find_prompt(const struct deck_file *deck, const char *part)
{
    list_each (const struct card, card, &deck->cards)
        if (str_contains(card->prompt, str_from(part)))
            return card;
    return NULL;
}

static void a_deck_stands_on_a_chapter_and_changes_it(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct deck_file plain, edited;
    struct problems problems;
    read_beside_chapter(&arena, "", &plain, &problems);
    assert_int_equal(problems.count, 0);
    const struct card *kept = find_prompt(&plain, "founded"), *dropped = find_prompt(&plain, "Meridian Lamp");
    assert_non_null(kept);
    assert_non_null(dropped);
    assert_int_equal(kept->source.line, 3);
    struct str lines =
        str_format(&arena,
                   "drop: [\"%.*s\"]\nedit:\n- {card: %s, q: Who began Hobbs Optics?, hint: a C}\n"
                   "- {card: Who never was?, a: nobody}\nadd:\n- {q: Why Dover?, a: for the ships}\n",
                   STR_ARG(dropped->prompt), kept->id.text);
    read_beside_chapter(&arena, lines.ptr, &edited, &problems);
    assert_int_equal(problems.errors, 0);
    assert_int_equal(problems.count, 1);
    assert_string_equal(problems.items[0].rule, "no-such-card");
    assert_int_equal(edited.cards.count, plain.cards.count);
    assert_null(find_prompt(&edited, dropped->prompt.ptr));
    const struct card *changed = find_prompt(&edited, "Who began Hobbs Optics?");
    assert_non_null(changed);
    assert_string_equal(changed->id.text, kept->id.text);
    assert_str(changed->hint, "a C");
    assert_true(str_equal(changed->answer, kept->answer));
    assert_non_null(find_prompt(&edited, "Why Dover?"));
    arena_finish(&arena);
}

static void a_written_deck_reads_back(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct deck_file deck, again;
    struct problems problems;
    struct buffer out = {0};
    read_deck(
        &arena,
        STR("deck: A\nlanguage: en\nid: a-deck\noptions: {new_per_day: 5}\ncards:\n"
            "- {q: When was it?, a: 1789, accept: [in 1789], hint: late, why: so, tags: [x, y], id: when}\n"
            "- cloze: 'A set \\{a\\} in {1789}: yes'\n"
            "- {q: In order?, order: [a, b]}\n- {q: Which with which?, match: {a: x, b: y}}\n"
            "- {false: Water is dry., why: It is wet.}\n"),
        &deck, &problems);
    assert_int_equal(problems.errors, 0);
    deck_write(&out, &deck);
    read_deck(&arena, buffer_str(&out), &again, &problems);
    assert_int_equal(problems.errors, 0);
    assert_str(again.id, "a-deck");
    assert_int_equal(again.settings.count, 1);
    assert_same_cards(&deck.cards, &again.cards);
    buffer_finish(&out);
    arena_finish(&arena);
}

static void a_file_is_written_neatly_with_its_comments(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after;
    } rows[] = {
        {"deck:   A\ncards: [ {q: x, a: y} ]\n", "deck: A\n\ncards:\n  - q: x\n    a: y\n"},
        {"# top\ndeck: A # side\n\n\ncards:\n# of x\n- q: x #1\n  # of a\n  a: y # two\n- {q: z, a: w}\n# "
         "end\n",
         "# top\ndeck: A  # side\n\ncards:\n  # of x\n  - q: x  #1\n    # of a\n    a: y  # two\n\n  - q: "
         "z\n "
         "   a: w\n"
         "# end\n"},
        {"deck: A\ncards:\n- q: x\n  a: y\n  tags:\n  - b\n  - 'c, d'\n",
         "deck: A\n\ncards:\n  - q: x\n    a: y\n    tags: [b, \"c, d\"]\n"},
        {"deck: A\ncards:\n- q: 'what # is'\n  a: it's # fine\n",
         "deck: A\n\ncards:\n  - q: \"what # is\"\n    a: it's  # fine\n"},
        {"deck: A\ndescription: |\n    two # no comment\n    lines\ncards: []\n",
         "deck: A\ndescription: |\n  two # no comment\n  lines\ncards: []\n"},
        {"deck: A\ncards:\n- q: x\n  match: {a: b, c: 'd'}\n  source: {file: x.md, quote: \"a: b\"}\n",
         "deck: A\n\ncards:\n  - q: x\n    match:\n      a: b\n      c: \"d\"\n    source:\n      file: "
         "x.md\n"
         "      quote: \"a: b\"\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {0};
        struct buffer out = {0}, twice = {0};
        struct error e = {0};
        if (!deck_format(&arena, STR("a.yaml"), str_from(rows[i].before), &out, &e))
            fail_msg("%s\n%s", rows[i].before, e.text);
        assert_str(buffer_str(&out), rows[i].after);
        assert_true(deck_format(&arena, STR("a.yaml"), buffer_str(&out), &twice, &e));
        assert_string_equal(out.bytes, twice.bytes);
        buffer_finish(&out);
        buffer_finish(&twice);
        arena_finish(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_of_every_kind),
        cmocka_unit_test(every_problem_has_its_place_and_its_cure),
        cmocka_unit_test(one_run_finds_them_all),
        cmocka_unit_test(a_card_keeps_its_identity),
        cmocka_unit_test(what_is_no_deck_is_an_error),
        cmocka_unit_test(a_deck_stands_on_a_chapter_and_changes_it),
        cmocka_unit_test(a_written_deck_reads_back),
        cmocka_unit_test(a_file_is_written_neatly_with_its_comments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
