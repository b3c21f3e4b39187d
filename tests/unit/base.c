#include "test.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/crew.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/list.h"
#include "base/multimap.h"
#include "base/place.h"
#include "base/random.h"
#include "base/utf8.h"
#include "base/worker.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void a_slice_never_leaves_its_text(void **state)
{
    (void)state;
    assert_str(str_slice(STR("repaso"), 2, 99), "paso");
    assert_str(str_slice(STR("repaso"), 4, 2), "");
    assert_true(str_find(STR("abcabc"), STR("ca"), 0) == 2);
    assert_true(str_find(STR("abc"), STR("x"), 0) == SIZE_MAX);
    assert_str(str_trim(STR(" \t a b \n")), "a b");
}

static void splitting_gives_every_piece_also_empty_ones(void **state)
{
    (void)state;
    static const char *const expected[] = {"a", "", "b", ""};
    struct str rest = STR("a,,b,"), piece;
    size_t count = 0;
    while (str_split(&rest, ',', &piece))
        assert_str(piece, expected[count++]);
    assert_int_equal(count, 4);
}

static void numbers_are_whole_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        long value;
    } cases[] = {{"42", true, 42}, {"-7", true, -7}, {" 7", false, 0},
                 {"7x", false, 0}, {"", false, 0},   {"99999999999999999999", false, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        long value = 0;
        assert_int_equal(str_to_long(str_from(cases[i].text), &value), cases[i].ok);
        assert_int_equal(value, cases[i].value);
    }
}

static void an_arena_gives_zeroed_memory_again_after_a_reset(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (int round = 0; round < 3; round++) {
        for (size_t size = 0; size < 3000; size += 7) {
            unsigned char *piece = arena_alloc(&arena, size);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(piece[i], 0);
            memset(piece, 0xAA, size);
        }
        arena_reset(&arena);
    }
    arena_finish(&arena);
    assert_null(arena.block);
}

static void a_list_keeps_its_items_while_it_grows(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct {
        int *items;
        size_t count, capacity;
    } numbers = {0};
    for (int i = 0; i < 1000; i++)
        list_push(&arena, &numbers, i);
    int expected = 0;
    list_each (int, n, &numbers)
        assert_int_equal(*n, expected++);
    assert_int_equal(expected, 1000);
    arena_finish(&arena);
}

static void numbers_come_back_from_under_their_key_in_order(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct multimap map = {0};
    assert_int_equal(multimap_first(&map, 7), -1);
    for (int i = 0; i < 3000; i++)
        multimap_add(&arena, &map, hash_combine((uint64_t)i % 1000, 0), i);
    for (int key = 0; key < 1000; key++) {
        int expected = key;
        int at = multimap_first(&map, hash_combine((uint64_t)key, 0));
        for (; at >= 0; at = multimap_next(&map, at), expected += 1000)
            assert_int_equal(multimap_value(&map, at), expected);
        assert_int_equal(expected, key + 3000);
    }
    assert_int_equal(multimap_first(&map, 7), -1);
    arena_finish(&arena);
}

static void bytes_that_are_not_utf8_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t bad;
    } cases[] = {
        {"ñ — 中 😀", SIZE_MAX},  {"a\x80", 1},   {"\xC0\xAF", 0}, {"\xED\xA0\x80", 0}, {"ab\xE2\x82", 2},
        {"\xF5\x80\x80\x80", 0}, {"", SIZE_MAX},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(utf8_find_bad(str_from(cases[i].text)) == cases[i].bad);
}

static void every_code_point_survives_encoding(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x900 ? 1 : 97) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        char bytes[4];
        struct str s = {bytes, utf8_encode(c, bytes)};
        size_t at = 0;
        assert_int_equal(utf8_next(s, &at), c);
        assert_int_equal(at, s.len);
        assert_int_equal(utf8_previous(s, &at), c);
        assert_int_equal(at, 0);
    }
}

static void json_strings_escape_what_json_forbids(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add_json(&buffer, STR("a\"\\\n\x01ñ\xFF"));
    assert_str(buffer_str(&buffer), "\"a\\\"\\\\\\n\\u0001ñ\xEF\xBF\xBD\"");
    buffer_finish(&buffer);
}

static void an_error_says_where_and_is_cut_at_a_whole_character(void **state)
{
    (void)state;
    struct error e;
    char shown[600], lots[400];
    assert_false(fail(&e, ERROR_SYNTAX, "bad %s", "thing"));
    error_at(&e, STR("a.md"), 3, 7);
    error_describe(&e, shown, sizeof shown);
    assert_string_equal(shown, "a.md:3:7: bad thing");
    for (size_t i = 0; i + 2 < sizeof lots; i += 2)
        memcpy(lots + i, "ñ", 3);
    fail(&e, ERROR_SYNTAX, "x%s", lots);
    assert_true(utf8_find_bad(str_from(e.text)) == SIZE_MAX);
    assert_int_equal(strlen(e.text), 239);
}

static void hashes_are_those_of_the_standard(void **state)
{
    (void)state;
    char hex[65], id[27];
    sha256_hex(STR("abc"), hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    identity_hash(STR("abc"), id);
    assert_string_equal(id, "xj4bnp4pahh6uqkbidpf3lrcem");
}

static void chance_repeats_itself_for_the_same_seed(void **state)
{
    (void)state;
    struct random a = {1234567}, b = {1234567};
    assert_true(random_next(&a) ==
                6457827717110365317u); /* published first value of SplitMix64 for this seed */
    random_next(&b);
    for (int i = 0; i < 1000; i++) {
        assert_true(random_below(&a, 10) == random_below(&b, 10));
        double unit = random_unit(&a);
        assert_true(unit >= 0 && unit < 1);
        random_unit(&b);
    }
}

static void files_are_written_whole_and_read_back(void **state)
{
    (void)state;
    char folder[] = "/tmp/repaso-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct arena arena = {0};
    struct error e = {0};
    struct str inner = path_join(&arena, str_from(folder), STR("a/b"));
    assert_true(file_make_folders(inner.ptr, &e));
    struct str path = path_join(&arena, inner, STR("c.txt")), back;
    assert_true(file_write(path.ptr, STR("uno\0dos"), &e));
    assert_true(file_read(&arena, path.ptr, 100, &back, &e));
    assert_true(str_equal(back, STR("uno\0dos")));
    assert_false(file_read(&arena, path.ptr, 3, &back, &e));
    assert_int_equal(e.kind, ERROR_LIMIT);
    assert_false(file_read(&arena, folder, 100, &back, &e));
    assert_int_equal(e.kind, ERROR_IO);
    unlink(path.ptr);
    assert_false(file_read(&arena, path.ptr, 100, &back, &e));
    assert_int_equal(e.kind, ERROR_NOT_FOUND);
    rmdir(inner.ptr);
    rmdir(path_folder(inner).ptr ? str_copy(&arena, path_folder(inner)).ptr : "");
    rmdir(folder);
    arena_finish(&arena);
}

static void paths_come_apart_and_together(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_str(path_name(STR("a/b.c")), "b.c");
    assert_str(path_name(STR("a/b/")), "b");
    assert_str(path_folder(STR("a/b.c")), "a");
    assert_str(path_folder(STR("b.c")), ".");
    assert_str(path_folder(STR("/b")), "/");
    assert_str(path_join(&arena, STR("a"), STR("b")), "a/b");
    assert_str(path_join(&arena, STR("a"), STR("/b")), "/b");
    arena_finish(&arena);
}

static void translations_are_found_beside_the_program_or_where_they_are_installed(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str folder = place_translations(&arena);
    assert_true(str_ends(folder, STR("assets/po")) || str_ends(folder, STR("locale")));
    assert_int_equal(folder.ptr[folder.len], 0);
    assert_int_equal(place_data(&arena, STR("no/such/file")).len, 0);
    arena_finish(&arena);
}

static void count_one(size_t index, void *data)
{
    atomic_fetch_add(&((atomic_int *)data)[index], 1);
}

static void a_crew_takes_each_index_once(void **state)
{
    (void)state;
    for (int hands = 1; hands <= 4; hands++) {
        struct crew *crew = crew_open(hands);
        assert_int_equal(crew_hands(crew), hands);
        for (size_t count = 0; count < 200; count = count * 2 + 1) {
            atomic_int seen[200] = {0};
            crew_each(crew, count, count_one, seen);
            for (size_t i = 0; i < 200; i++)
                assert_int_equal(seen[i], i < count);
        }
        crew_close(crew);
    }
    atomic_int seen[3] = {0};
    crew_each(NULL, 3, count_one, seen);
    assert_int_equal(seen[0] + seen[1] + seen[2], 3);
    crew_close(NULL);
}

struct sum {
    atomic_int parts[50];
    int total, done, dropped;
};

static void sum_up(struct job *job, void *data)
{
    struct sum *sum = data;
    crew_each(job_crew(job), 50, count_one, sum->parts);
    int *total = arena_new(job_arena(job), int);
    for (int i = 0; i < 50; i++)
        *total += sum->parts[i];
    sum->total += *total;
    job_set_progress(job, 1);
}

static void note_done(struct job *job, void *data)
{
    ((struct sum *)data)->done += job_cancelled(job) ? 100 : 1;
}

static void note_dropped(void *data)
{
    ((struct sum *)data)->dropped++;
}

static void notify(void *data)
{
    atomic_fetch_add((atomic_int *)data, 1);
}

static void a_worker_runs_jobs_in_order_and_its_owner_commits_them(void **state)
{
    (void)state;
    atomic_int notified = 0;
    struct worker *worker =
        worker_open(&(struct worker_options){.notify = notify, .data = &notified, .hands = 2});
    struct sum sum = {0};
    struct job_options options = {.run = sum_up, .done = note_done, .drop = note_dropped, .data = &sum};
    for (int i = 0; i < 3; i++)
        worker_start(worker, &options);
    worker_finish(worker);
    assert_int_equal(sum.total, 50 + 100 + 150);
    assert_int_equal(sum.done, 3);
    assert_int_equal(sum.dropped, 3);
    assert_false(worker_poll(worker));
    worker_close(worker);
    assert_int_equal(notified, 3);
}

static void run_until_cancelled(struct job *job, void *data)
{
    (void)data;
    while (!job_cancelled(job))
        usleep(1000);
}

static void a_cancelled_job_stops_and_one_that_waits_never_begins(void **state)
{
    (void)state;
    struct worker *worker = worker_open(&(struct worker_options){0});
    struct sum sum = {0};
    struct job_options endless = {.run = run_until_cancelled, .done = note_done, .data = &sum};
    struct job_options other = {.run = sum_up, .done = note_done, .drop = note_dropped, .data = &sum};
    struct job *first = worker_start(worker, &endless), *second = worker_start(worker, &other);
    job_cancel(second);
    job_cancel(first);
    worker_finish(worker);
    assert_int_equal(sum.done, 200);
    assert_int_equal(sum.total, 0);
    worker_start(worker, &endless);
    worker_start(worker, &other);
    worker_close(worker);
    assert_int_equal(sum.done, 200);
    assert_int_equal(sum.dropped, 2);
    worker_close(NULL);
}

static void json_is_read_strictly(void **state)
{
    static const struct {
        const char *text, *a; /* what "a" holds; NULL: no JSON */
    } rows[] = {
        {"{\"a\":\"b\"}", "b"},
        {" { \"x\" : [1, {\"y\": null}], \"a\" : \"c\\u00e9\\n\" } ", "cé\n"},
        {"{\"a\":\"\\ud83d\\ude00\\/\"}", "😀/"},
        {"{\"a\":\"\\ud83d\"}", "\xEF\xBF\xBD"},
        {"{\"a\":\"first\",\"a\":\"last\"}", "last"},
        {"[]", ""},
        {"-1.5e+3", ""},
        {"{\"a\":1}", ""},
        {"", NULL},
        {"{", NULL},
        {"{\"a\":}", NULL},
        {"{\"a\":1,}", NULL},
        {"[1,]", NULL},
        {"{'a':1}", NULL},
        {"01", NULL},
        {"1.", NULL},
        {"nul", NULL},
        {"\"a\nb\"", NULL},
        {"\"\\x\"", NULL},
        {"\"\\u12g4\"", NULL},
        {"\"open", NULL},
        {"\"open\\", NULL},
        {"{} {}", NULL},
        {"\"\xff\"", NULL},
    };
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json json;
        struct error e = {0};
        bool ok = json_parse(&arena, str_from(rows[i].text), &json, &e);
        if (ok != (rows[i].a != NULL))
            fail_msg("%s: %s", rows[i].text, e.text);
        if (ok)
            assert_str(json_get_text(&json, "a"), rows[i].a);
        else
            assert_true(e.column > 0);
    }
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slice_never_leaves_its_text),
        cmocka_unit_test(splitting_gives_every_piece_also_empty_ones),
        cmocka_unit_test(numbers_are_whole_or_refused),
        cmocka_unit_test(an_arena_gives_zeroed_memory_again_after_a_reset),
        cmocka_unit_test(a_list_keeps_its_items_while_it_grows),
        cmocka_unit_test(numbers_come_back_from_under_their_key_in_order),
        cmocka_unit_test(bytes_that_are_not_utf8_are_found),
        cmocka_unit_test(every_code_point_survives_encoding),
        cmocka_unit_test(json_strings_escape_what_json_forbids),
        cmocka_unit_test(json_is_read_strictly),
        cmocka_unit_test(an_error_says_where_and_is_cut_at_a_whole_character),
        cmocka_unit_test(hashes_are_those_of_the_standard),
        cmocka_unit_test(chance_repeats_itself_for_the_same_seed),
        cmocka_unit_test(files_are_written_whole_and_read_back),
        cmocka_unit_test(paths_come_apart_and_together),
        cmocka_unit_test(translations_are_found_beside_the_program_or_where_they_are_installed),
        cmocka_unit_test(a_crew_takes_each_index_once),
        cmocka_unit_test(a_worker_runs_jobs_in_order_and_its_owner_commits_them),
        cmocka_unit_test(a_cancelled_job_stops_and_one_that_waits_never_begins),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
