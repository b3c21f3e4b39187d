/* Real files and files made to do harm, where there are any: each must give what its source says. Skipped (77) without.
 *
 *     unit-exchange-files FOLDER     the folder that holds text/, gift/, apkg/, … */
#include "test.h"

#include "exchange_dump.h"

#include "base/file.h"
#include "exchange/gift.h"
#include "exchange/package.h"

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

static void add_notices(struct dump *dump, const struct notices *notices)
{
    for (int i = 0; i < NOTICE_KINDS; i++)
        if (notices->items[i].count)
            buffer_format(&dump->out, "! %.*s\n", STR_ARG(notice_text(&dump->arena, &notices->items[i])));
}

static void check_counts(const struct counted *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct dump dump = {0};
        struct read_report report;
        struct error e = {0};
        bool ok = read_file(&dump, rows[i].file, &report, &e);
        if (ok)
            add_notices(&dump, &report.notices);
        else
            buffer_format(&dump.out, "%s: %s", e.file, e.text);
        if (ok != (rows[i].notes >= 0) ||
            (ok && (dump.notes != rows[i].notes || dump.cards != rows[i].cards)))
            fail_msg("%s: %d notes, %d cards\n%.*s", rows[i].file, dump.notes, dump.cards,
                     STR_ARG(buffer_str(&dump.out)));
        if (rows[i].part && !str_contains(buffer_str(&dump.out), str_from(rows[i].part)))
            fail_msg("%s: \"%s\" is not in\n%.*s", rows[i].file, rows[i].part,
                     STR_ARG(buffer_str(&dump.out)));
        if (!ok && !strstr(e.file, rows[i].file))
            fail_msg("%s: the file is not named", rows[i].file);
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

static void packages_give_what_is_in_them(void **state)
{
    static const struct counted rows[] = {
        {"apkg/aap_new_deck.apkg", 5, 6, "Test deck: Simple card → Back simple card"},
        {"apkg/aap_legacy_deck.apkg", 5, 6, "optional reversed card → back"},
        {"apkg/aap_deck_media_new.apkg", 6, 8, NULL},
        {"apkg/aap_deck_media_old.apkg", 6, 8, NULL},
        {"apkg/aap_deck_sheduling_media_new.apkg", 6, 8, NULL},
        {"apkg/aap_collection_nomedia_new.colpkg", 6, 8, "87 answers in the log"},
        {"apkg/zh_zhongwen.apkg", 3, 6, "→ xiàng liàng"},
        {"apkg/ja_itpassport.colpkg", 0, 0, NULL},
        {"apkg/sanskrit_pratyahara.apkg", 52, 52, "अण्"},
        {"apkg/aae_output.apkg", 3, 3, "deck-name: card #3 with image [anki.png] → card #3 back"},
        {"made/rich_modern.apkg", 15, 22,
         "La ____ se fundó en 1945 en ____. → ONU; San Francisco (extra) #cloze"},
        {"made/rich_modern.colpkg", 15, 22, "covered parts of pictures"},
        {"made/rich_legacy2.apkg", 15, 22, "Historia::Capítulo 1: Canberra, ____ es la capital → ACT"},
        {"made/rich_legacy1.apkg", 15, 22, "日本語: 日本[にほん]の首都は？ 𠮷野家 → 東京"},
        {"made/npm_genanki-js.apkg", 4, 9, "Cloze::Sub: uno y dos y ____ → cinco"},
        {"made/npm_anki-apkg-export.apkg", 2, 2,
         "Clase::Ñandú 🦤: ñ [á.png] → עברית #t1; con_espacio"},
    };
    (void)state;
    check_counts(rows, sizeof rows / sizeof *rows);
}

/* notes below 0: refused, with `part` in the sentence; else read, with `part` among what was noticed. */
static void hostile_packages_do_no_harm(void **state)
{
    static const struct counted rows[] = {
        {"apkg/aap_broken_deck.apkg", -1, 0, "empty"},
        {"malformed/01_empty.apkg", -1, 0, "empty"},
        {"malformed/02_not_a_zip.apkg", -1, 0, "no package"},
        {"malformed/03_truncated_60pct.apkg", -1, 0, "cut short"},
        {"malformed/04_no_central_dir.apkg", -1, 0, "cut short"},
        {"malformed/05_bad_crc_media.apkg", 15, 22, "damaged or too large"},
        {"malformed/06_bad_deflate_collection.apkg", -1, 0, "cannot be unpacked"},
        {"malformed/07_huge_claimed_size.apkg", 15, 22, NULL},
        {"malformed/08_encrypted_flag.apkg", -1, 0, "encrypted"},
        {"malformed/09_lzma_method.apkg", -1, 0, "LZMA"},
        {"malformed/10_duplicate_members.apkg", -1, 0, "package"},
        {"malformed/11_many_members.apkg", -1, 0, "65535"},
        {"malformed/12_deflate_bomb_media.apkg", 15, 22, "damaged or too large"},
        {"malformed/13_zstd_bomb_collection_1GiB.apkg", -1, 0, "512 megabytes"},
        {"malformed/14_zstd_truncated.apkg", -1, 0, "cannot be unpacked"},
        {"malformed/15_no_collection.apkg", -1, 0, "no collection"},
        {"malformed/16_meta_version_99.apkg", -1, 0, "newer program"},
        {"malformed/17_meta_garbage.apkg", -1, 0, "makes no sense"},
        {"malformed/18_meta_missing_21b.apkg", -1, 0, "newer program"},
        {"malformed/20_media_names_evil_legacy.apkg", 15, 22, "names that no file may have"},
        {"malformed/21_media_names_evil_modern.apkg", 15, 22, "names that no file may have"},
        {"malformed/22_member_name_traversal.apkg", 15, 22, NULL},
        {"malformed/23_symlink_member.apkg", 15, 22, NULL},
        {"malformed/24_media_not_json.apkg", 15, 22, "cannot be read"},
        {"malformed/25_media_values_not_strings.apkg", 15, 22, "damaged or too large"},
        {"malformed/26_media_missing_member.apkg", 15, 22, "not in the file"},
        {"malformed/27_media_bad_sha1.apkg", 15, 22, "3 pictures or sounds are damaged"},
        {"malformed/28_media_protobuf_truncated.apkg", 15, 22, "cannot be read"},
        {"malformed/30_schema_250.apkg", -1, 0, "schema 250"},
        {"malformed/31_schema_3.apkg", -1, 0, "schema 3;"},
        {"malformed/32_notes_table_missing.apkg", -1, 0, "no table \"notes\""},
        {"malformed/33_col_empty.apkg", -1, 0, "empty"},
        {"malformed/34_db_is_text.apkg", -1, 0, "no database"},
        {"malformed/35_db_pages_corrupt.apkg", -1, 0, "damaged"},
        {"malformed/36_notes_is_endless_view.apkg", -1, 0, "no table \"notes\""},
        {"malformed/37_trigger_and_gencol.apkg", 15, 22, NULL},
        {"malformed/40_dangling_refs.apkg", 11, 17, "2 cards have no note"},
        {"malformed/41_bad_text_and_numbers.apkg", 14, 21, "3 notes have bytes that are no text"},
        {"malformed/42_field_8MiB.apkg", 14, 21, "longer than repaso takes"},
        {"malformed/43_models_json_broken.apkg", -1, 0, "models cannot be read"},
        {"malformed/44_models_json_deep.apkg", -1, 0, "cannot be read"},
        {"malformed/45_hostile_html_latex_cloze.apkg", 15, 22, "scripts"},
        {"qti/qti12_cc.zip", -1, 0, "GIFT"},
        {"qti/qti21_item.zip", -1, 0, "GIFT"},
        {"xlsx/kahoot_like_inline.xlsx", -1, 0, "GIFT"},
        {"xlsx/kahoot_like_shared.xlsx", -1, 0, "GIFT"},
        {"xlsx/quizizz_like.xlsx", -1, 0, "GIFT"},
        {"mnemosyne/hand_made.cards", -1, 0, "GIFT"},
    };
    (void)state;
    check_counts(rows, sizeof rows / sizeof *rows);
}

static void the_four_containers_hold_the_same(void **state)
{
    static const char *const names[] = {"made/rich_modern.apkg", "made/rich_modern.colpkg",
                                        "made/rich_legacy2.apkg", "made/rich_legacy1.apkg"};
    struct dump first = {0};
    struct read_report report;
    struct error e = {0};
    (void)state;
    assert_true(read_file(&first, names[0], &report, &e));
    for (size_t i = 1; i < sizeof names / sizeof *names; i++) {
        struct dump other = {0};
        assert_true(read_file(&other, names[i], &report, &e));
        if (!str_equal(buffer_str(&first.out), buffer_str(&other.out)))
            fail_msg("%s differs:\n%.*s", names[i], STR_ARG(buffer_str(&other.out)));
        assert_int_equal(first.media, other.media);
        dump_finish(&other);
    }
    dump_finish(&first);
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
        cmocka_unit_test(packages_give_what_is_in_them),
        cmocka_unit_test(hostile_packages_do_no_harm),
        cmocka_unit_test(the_four_containers_hold_the_same),
        cmocka_unit_test(gift_items_are_of_the_kinds_that_another_reader_finds),
    };
    int status;
    if (package_child(argc, argv, &status))
        return status;
    folder = argc > 1 ? argv[1] : "";
    if (access(folder, R_OK) != 0)
        return 77;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
