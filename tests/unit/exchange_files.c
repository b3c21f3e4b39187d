/* Real files and files made to do harm, where there are any: each must give what its source says. Skipped (77) without.
 *
 *     unit-exchange-files FOLDER     the folder that holds text/, gift/, apkg/, … */
#include "test.h"

#include "exchange_dump.h"

#include "base/file.h"
#include "exchange/gift.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *folder;

/* Reads a file into the dump; the error's text on failure. */
static bool read_file(struct dump *dump, const char *name, struct read_report *ret, struct error *e)
{
    char path[4096];
    struct read_options options = {.now_ms = INT64_C(1800000000000)};
    struct parcel_sink sink = dump_sink(dump);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return parcel_read(&dump->arena, path, &options, &sink, ret, e);
}

struct counted {
    const char *file;
    int notes, cards;
    const char *part; /* occurs in what was read */
};

static void check_counts(const struct counted *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct dump dump = {0};
        struct read_report report;
        struct error e = {0};
        if (!read_file(&dump, rows[i].file, &report, &e))
            fail_msg("%s: %s", rows[i].file, e.text);
        if (dump.notes != rows[i].notes || dump.cards != rows[i].cards)
            fail_msg("%s: %d notes, %d cards", rows[i].file, dump.notes, dump.cards);
        if (rows[i].part && !str_contains(buffer_str(&dump.out), str_from(rows[i].part)))
            fail_msg("%s: \"%s\" is not in\n%.*s", rows[i].file, rows[i].part,
                     STR_ARG(buffer_str(&dump.out)));
        dump_finish(&dump);
    }
}

static void tables_give_their_rows(void **state)
{
    static const struct counted rows[] = {
        {"text/anki_notes_full.txt", 3, 3, "Historia::Cap 2: dos \"comillas\"\nlínea → campo con tab\n"},
        {"text/anki_comma_trailing.csv", 2, 2,
         "Geografía: España\n(dos líneas) → Madrid (<i>no html</i>) #geo; europa"},
        {"text/excel_semicolon_bom.csv", 3, 3, "a;b → c \"d\""},
        {"text/utf16le_bom.csv", 1, 1, "日本 → Japón"},
        {"text/tags_line_legacy.txt", 2, 2, "uno → one #foo; bar"},
        {"text/quizlet_default.txt", 3, 3, "ADN → ácido desoxirribonucleico, portador, de genes"},
        {"text/quizlet_custom.txt", 3, 3, "bien-estar → well-being"},
        {"text/ragged_and_empty.tsv", 3, 3, "solo uno → … draft"},
        {"gift/own_all_types.gift", 7, 7, "La capital de Perú es ____ desde 1535. → Lima"},
    };
    (void)state;
    check_counts(rows, sizeof rows / sizeof *rows);
}

static void what_is_not_read_is_refused_by_name(void **state)
{
    static const struct {
        const char *pattern, *part;
    } rows[] = {
        {"text/latin1.csv", "UTF-8"},
        {"text/unclosed_quote.csv", "never closed"},
        {"text/big_line.tsv", "longer than"},
        {"md/*.md", "GIFT"},
        {"md/*/*.md", "GIFT"},
        {"moodle/*.xml", "GIFT"},
        {"qti/*.xml", "GIFT"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char pattern[4096];
        glob_t found;
        snprintf(pattern, sizeof pattern, "%s/%s", folder, rows[i].pattern);
        assert_int_equal(glob(pattern, 0, NULL, &found), 0);
        for (size_t f = 0; f < found.gl_pathc; f++) {
            struct dump dump = {0};
            struct read_report report;
            struct error e = {0};
            if (read_file(&dump, found.gl_pathv[f] + strlen(folder) + 1, &report, &e))
                fail_msg("%s was read", found.gl_pathv[f]);
            if (!strstr(e.text, rows[i].part))
                fail_msg("%s: %s", found.gl_pathv[f], e.text);
            assert_true(e.file[0] != 0);
            dump_finish(&dump);
        }
        globfree(&found);
    }
}

static const char *const gift_names[] = {"Category", "Description", "Essay",     "TF",
                                         "MC",       "Short",       "Numerical", "Matching"};

/* The types that the parsed form beside a GIFT file lists, in order. */
static void expected_kinds(struct str json, struct buffer *ret)
{
    for (size_t at = str_find(json, STR("\"type\""), 0); at != SIZE_MAX;
         at = str_find(json, STR("\"type\""), at + 1)) {
        size_t start = str_find(json, STR("\""), at + 6), end = str_find(json, STR("\""), start + 1);
        struct str name = str_slice(json, start + 1, end);
        for (size_t i = 0; i < 8; i++)
            if (str_equal(name, str_from(gift_names[i])))
                buffer_format(ret, "%s ", gift_names[i]);
    }
}

static void gift_items_are_of_the_kinds_that_another_reader_finds(void **state)
{
    char pattern[4096];
    glob_t found;
    int items = 0;
    (void)state;
    snprintf(pattern, sizeof pattern, "%s/gift/pegjs/*.gift", folder);
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    for (size_t f = 0; f < found.gl_pathc; f++) {
        struct arena arena = {0};
        struct buffer wanted = {0}, got = {0};
        struct str text, json;
        struct gift_items list;
        struct error e = {0};
        size_t stem = strlen(found.gl_pathv[f]) - 5;
        assert_true(file_read(&arena, found.gl_pathv[f], 1 << 20, &text, &e));
        assert_true(file_read(&arena, str_format(&arena, "%.*s.json", (int)stem, found.gl_pathv[f]).ptr,
                              1 << 20, &json, &e));
        if (!gift_parse(&arena, text, &list, &e))
            fail_msg("%s:%d: %s", found.gl_pathv[f], e.line, e.text);
        expected_kinds(json, &wanted);
        list_each (struct gift_item, item, &list)
            buffer_format(&got, "%s ", gift_names[item->kind]);
        if (!str_equal(buffer_str(&got), buffer_str(&wanted)))
            fail_msg("%s: %.*s, not %.*s", found.gl_pathv[f], STR_ARG(buffer_str(&got)),
                     STR_ARG(buffer_str(&wanted)));
        items += (int)list.count;
        buffer_finish(&wanted);
        buffer_finish(&got);
        arena_finish(&arena);
    }
    globfree(&found);
    assert_int_equal(items, 102);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_give_their_rows),
        cmocka_unit_test(what_is_not_read_is_refused_by_name),
        cmocka_unit_test(gift_items_are_of_the_kinds_that_another_reader_finds),
    };
    folder = argc > 1 ? argv[1] : "";
    if (access(folder, R_OK) != 0)
        return 77;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
