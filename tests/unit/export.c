/* What other programs and people are given: every format from one little deck. */
#include "test.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "exchange/count.h"
#include "exchange/read.h"
#include "exchange/write.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* fontconfig keeps one pattern, behind offsets that the leak checker cannot follow. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

static struct card card_of(enum card_kind kind, const char *id, const char *prompt, const char *answer)
{
    struct card card = {
        .kind = kind, .lang = STR("en"), .prompt = str_from(prompt), .answer = str_from(answer)};
    strcpy(card.id.text, id);
    return card;
}

/* A card of every kind, with all that could trip a format. */
static void make_cards(struct arena *arena, struct cards *ret)
{
    struct card plain =
        card_of(CARD_DIRECT, "aaaaaaaaaaaaaaaaaaaaaaaaaa", "What is {x} = 2, \"y\" < 3?", "a~b#c");
    list_push(arena, &plain.accepted, STR("a: b"));
    list_push(arena, &plain.tags, STR("sums"));
    plain.explanation = STR("First line\nsecond </script> line");
    list_push(arena, ret, plain);
    struct card choice = card_of(CARD_DIRECT, "bbbbbbbbbbbbbbbbbbbbbbbbbb", "Of Peru?", "Lima");
    list_push(arena, &choice.choices, STR("Cusco"));
    list_push(arena, &choice.choices, STR("Lima"));
    list_push(arena, &choice.choices, STR("Ica"));
    list_push(arena, ret, choice);
    struct card cloze =
        card_of(CARD_CLOZE, "cccccccccccccccccccccccccc", "It fell in ____, at noon.", "1789");
    cloze.source = (struct source){.file = STR("books/fall.md"), .line = 7, .quote = STR("It fell in 1789.")};
    list_push(arena, ret, cloze);
    struct card order = card_of(CARD_ORDER, "dddddddddddddddddddddddddd", "In order?", "one; two; three");
    list_push(arena, &order.items, STR("one"));
    list_push(arena, &order.items, STR("two"));
    list_push(arena, &order.items, STR("three"));
    list_push(arena, ret, order);
    struct card match =
        card_of(CARD_MATCH, "eeeeeeeeeeeeeeeeeeeeeeeeee", "What goes with what?", "a → x; b → y");
    list_push(arena, &match.items, STR("a → x"));
    list_push(arena, &match.items, STR("b → y"));
    list_push(arena, ret, match);
    struct card truth = card_of(CARD_TRUEFALSE, "ffffffffffffffffffffffffff", "Water is dry.", "false");
    list_push(arena, &truth.choices, STR("true"));
    list_push(arena, &truth.choices, STR("false"));
    list_push(arena, ret, truth);
    list_push(arena, ret, card_of(CARD_WHY, "gggggggggggggggggggggggggg", "Why did it fall?", ""));
}

static void give(const struct parcel_sink *sink, struct arena *arena)
{
    struct cards cards = {0};
    struct error e;
    struct parcel_type type = parcel_native_type(arena, KIND_BASIC);
    make_cards(arena, &cards);
    assert_true(sink_deck(sink, &(struct parcel_deck){.path = STR("Book::Chapter 1/2")}, &e));
    assert_true(sink_type(sink, &type, &e));
    list_each (const struct card, card, &cards) {
        struct parcel_note note = {.guid = str_from(card->id.text), .tags = card->tags};
        list_push(arena, &note.fields, card->prompt);
        list_push(arena, &note.fields, card->answer);
        list_push(arena, &note.cards, (struct parcel_card){.card = *card});
        assert_true(sink_note(sink, &note, &e));
    }
}

/* The whole file that a format gives. `ret_path`, when wanted, is left for the caller to remove. */
static struct str write_with(struct arena *arena, const char *format_name, struct str *ret_path)
{
    char folder[] = "/tmp/repaso-export-XXXXXX";
    struct str text;
    struct error e;
    struct writer *writer;
    assert_non_null(mkdtemp(folder));
    struct str path = str_format(arena, "%s/deck.%s", folder, format_name);
    const struct write_format *format = write_format_find(str_from(format_name));
    assert_non_null(format);
    const struct write_options options = {.path = path.ptr, .title = STR("A <deck>")};
    assert_true(format->open(&options, &writer, &e));
    struct parcel_sink sink = write_sink(format, writer);
    give(&sink, arena);
    assert_true(format->close(writer, true, &e));
    assert_true(file_read(arena, path.ptr, 1 << 20, &text, &e));
    if (ret_path) {
        *ret_path = path;
        return text;
    }
    unlink(path.ptr);
    rmdir(folder);
    return text;
}

static void every_format_says_what_it_can(void **state)
{
    (void)state;
    static const struct {
        const char *format, *holds;
    } rows[] = {
        {"csv", "#separator:comma\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags "
                "column:6\n"},
        {"csv", "aaaaaaaaaaaaaaaaaaaaaaaaaa,Basic,Book::Chapter 1/2,\"What is {x} = 2, \"\"y\"\" < "
                "3?\",a~b#c,sums\n"},
        {"gift",
         "$CATEGORY: $course$/top/Book/Chapter 1//2\n\n// [id:aaaaaaaaaaaaaaaaaaaaaaaaaa] [tag:sums]\n"},
        {"gift", "What is \\{x\\} \\= 2, \"y\" < 3? {\n  =a\\~b\\#c\n  =a\\: b\n"
                 "  ####First line\\nsecond </script> line\n}\n"},
        {"gift", "Of Peru? {\n  =Lima\n  ~Cusco\n  ~Ica\n}\n"},
        {"gift", "It fell in {\n  =1789\n  ####“It fell in 1789.” (fall.md\\:7)\n}, at noon.\n"},
        {"gift", "In order? {\n  =1 -> one\n  =2 -> two\n  =3 -> three\n}\n"},
        {"gift", "What goes with what? {\n  =a -> x\n  =b -> y\n}\n"},
        {"gift", "Water is dry. {F}\n"},
        {"gift", "Why did it fall? {}\n"},
        {"moodle", "<category><text>$course$/top/Book/Chapter 1//2</text></category>"},
        {"moodle",
         "<question type=\"shortanswer\">\n  <name><text>What is {x} = 2, \"y\" &lt; 3?</text></name>"},
        {"moodle", "<generalfeedback format=\"html\"><text>First line&lt;br&gt;second "
                   "&amp;lt;/script&amp;gt; line</text>"},
        {"moodle", "<idnumber>bbbbbbbbbbbbbbbbbbbbbbbbbb</idnumber>\n  <single>true</single>"},
        {"moodle",
         "<answer fraction=\"100\"><text>Lima</text></answer>\n  <answer fraction=\"0\"><text>Ica</text>"},
        {"moodle",
         "<subquestion format=\"html\"><text>a</text><answer><text>x</text></answer></subquestion>"},
        {"moodle",
         "<answer fraction=\"0\"><text>true</text></answer>\n  <answer fraction=\"100\"><text>false</text>"},
        {"moodle", "<question type=\"essay\">"},
        {"md", "# A <deck>\n\n## Chapter 1/2\n\n#flashcards/Book/Chapter-1-2\n\n"},
        {"md", "What is {x} = 2, \"y\" < 3?\n?\na~b#c\n(a: b)\nFirst line\nsecond </script> line\n\n"},
        {"md", "It fell in ==1789==, at noon.\n“It fell in 1789.” (fall.md:7)\n\n"},
        {"md", "In order?\n?\n1. one\n2. two\n3. three\n\n"},
        {"jsonl", "{\"id\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"kind\":\"direct\","},
        {"jsonl", "\"deck\":\"Book::Chapter 1/2\",\"hint\":\"\",\"explanation\":\"First line\\nsecond "
                  "</script> line\","
                  "\"tags\":[\"sums\"],\"reps\":0,\"lapses\":0,\"due_ms\":0}\n"},
        {"html", "<html lang=\"en\">"},
        {"html", "<title>A &#60;deck&#62;</title>"},
        {"html", "\"why\":\"First line\\nsecond \\u003c/script> line\""},
        {"html", "default-src 'none'"},
        {"pdf", "%PDF-1."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {0};
        struct str text = write_with(&arena, rows[i].format, NULL);
        if (!str_contains(text, str_from(rows[i].holds)))
            fail_msg("%s lacks:\n%s\nin:\n%.4000s", rows[i].format, rows[i].holds, text.ptr);
        arena_finish(&arena);
    }
}

/* What only this program reads differently from others is worth little. */
static void what_is_written_is_read_back(void **state)
{
    (void)state;
    static const struct {
        const char *format;
        long cards;
    } rows[] = {{"csv", 7}, {"gift", 6}}; /* GIFT has no card for an open question */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {0};
        struct str path;
        struct read_options options = {0};
        struct read_report report;
        struct parcel_counts counts = {.arena = &arena};
        struct error e = {0};
        write_with(&arena, rows[i].format, &path);
        struct parcel_sink sink = count_sink(&counts);
        if (!parcel_read(&arena, path.ptr, &options, &sink, &report, &e))
            fail_msg("%s: %s", rows[i].format, e.text);
        assert_int_equal(counts.cards, rows[i].cards);
        assert_str(counts.deck_paths.items[0], "Book::Chapter 1/2");
        assert_str(counts.preview.items[0].prompt, "What is {x} = 2, \"y\" < 3?");
        assert_str(counts.preview.items[0].answer, "a~b#c");
        unlink(path.ptr);
        rmdir(str_copy(&arena, path_folder(path)).ptr);
        arena_finish(&arena);
    }
}

static void what_fails_leaves_nothing_behind(void **state)
{
    (void)state;
    static const char *const names[] = {"csv", "gift", "moodle", "md", "jsonl", "html", "pdf"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct error e = {0};
        struct writer *writer;
        const struct write_format *format = write_format_find(str_from(names[i]));
        assert_non_null(format);
        assert_true(format->open(&(struct write_options){.path = "/nowhere/deck"}, &writer, &e));
        assert_false(format->close(writer, true, &e));
        assert_true(e.kind != ERROR_NONE);
        assert_true(format->open(&(struct write_options){.path = "/tmp/repaso-nothing"}, &writer, &e));
        assert_false(format->close(writer, false, &e));
        assert_int_not_equal(access("/tmp/repaso-nothing", F_OK), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_says_what_it_can),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(what_fails_leaves_nothing_behind),
    };
    return cmocka_run_group_tests_name("export", tests, NULL, NULL);
}
