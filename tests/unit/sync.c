#include "test.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "cards/identity.h"
#include "collection/add.h"
#include "collection/answer.h"
#include "collection/cards.h"
#include "collection/care.h"
#include "collection/merge.h"
#include "schedule/day.h"
#include "sync/crc.h"
#include "sync/folder.h"
#include "sync/line.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CARDS = 3 };

struct world {
    char folder[64], shared[96];
    struct arena arena;
    struct moment now;
    struct collection *devices[3];
    int64_t keys[CARDS]; /* the same in every device: they add the same chapter first */
};

static char *path_of(struct world *w, const char *name)
{
    return (char *)str_format(&w->arena, "%s/%s", w->folder, name).ptr;
}

static struct collection *open_device(struct world *w, const char *name, uint64_t seed)
{
    struct collection_options options = {.now = w->now, .seed = seed};
    struct collection *collection;
    struct error e = {0};
    if (!collection_open(path_of(w, name), &options, &collection, &e))
        fail_msg("%s", e.text);
    return collection;
}

static void add_chapter(struct world *w, struct collection *collection)
{
    struct cards cards = {0};
    for (int i = 0; i < CARDS; i++) {
        struct card card = {
            .prompt = str_format(&w->arena, "Question %d?", i), .answer = STR("answer"), .confidence = 1};
        card.id = identity_of_question(STR("s"), card.prompt);
        list_push(&w->arena, &cards, card);
    }
    struct addition addition = {
        .deck = STR("Book"), .path = STR("one.md"), .source = STR("x"), .cards = &cards};
    struct add_report report;
    struct error e = {0};
    if (!collection_add(collection, &w->arena, &addition, w->now, &report, &e))
        fail_msg("%s", e.text);
    for (int i = 0; i < CARDS; i++)
        assert_true(card_find(collection, str_from(cards.items[i].id.text), &w->keys[i], NULL));
}

static int set_up(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    strcpy(w->folder, access("/dev/shm", W_OK) == 0 ? "/dev/shm/repaso-XXXXXX" : "/tmp/repaso-XXXXXX");
    if (!mkdtemp(w->folder))
        return -1;
    snprintf(w->shared, sizeof w->shared, "%s/stick", w->folder);
    mkdir(w->shared, 0777);
    w->now = (struct moment){INT64_C(1780000000000), 120};
    for (int i = 0; i < 3; i++) {
        w->devices[i] = open_device(w, str_format(&w->arena, "%d.db", i).ptr, (uint64_t)i + 1);
        add_chapter(w, w->devices[i]);
    }
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < 3; i++)
        collection_close(w->devices[i]);
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", w->folder);
    arena_finish(&w->arena);
    int code = system(command);
    free(w);
    return code;
}

static void grade(struct world *w, int device, int card, enum grade grade)
{
    struct answer answer = {
        .grade = grade, .mode = ANSWER_REVIEW, .kind = STR("typed"), .sure = -1, .read_age_s = -1};
    struct error e = {0};
    w->now.at_ms += 60000;
    if (!collection_grade(w->devices[device], w->keys[card], &answer, w->now, NULL, &e))
        fail_msg("%s", e.text);
}

static struct sync_report sync_device(struct world *w, int device)
{
    struct sync_report report;
    struct error e = {0};
    if (!sync_folder(w->devices[device], &w->arena, w->shared, w->now, &report, NULL, &e))
        fail_msg("%s", e.text);
    return report;
}

static struct card_row row(struct world *w, int device, int card)
{
    struct card_row found;
    assert_true(collection_card(w->devices[device], &w->arena, w->keys[card], &found, NULL));
    return found;
}

static void assert_alike(struct world *w, int a, int b)
{
    for (int i = 0; i < CARDS; i++) {
        struct card_row x = row(w, a, i), y = row(w, b, i);
        assert_int_equal(x.reps, y.reps);
        assert_true(x.due_at_ms == y.due_at_ms && x.memory.s == y.memory.s && x.status == y.status);
    }
}

static void assert_healthy(struct world *w, int device)
{
    struct findings findings = {0};
    struct error e = {0};
    if (!collection_doctor(w->devices[device], &w->arena, false, w->now, &findings, &e))
        fail_msg("%s", e.text);
    if (findings.count)
        fail_msg("%s", findings.items[0].text.ptr);
}

/* The one file of a device in the folder. */
static char *log_of(struct world *w, int device)
{
    return (char *)str_format(&w->arena, "%s/log/%.*s/202605.rlog", w->shared,
                              STR_ARG(collection_device(w->devices[device])))
        .ptr;
}

static void the_checksum_is_castagnolis(void **state)
{
    (void)state;
    assert_true(crc32c(STR("123456789")) == 0xE3069283u);
    assert_true(crc32c(STR("")) == 0);
}

static void a_line_is_read_back_and_no_other_one(void **state)
{
    struct world *w = *state;
    struct carried event = {.seq = 7,
                            .hlc = 99,
                            .kind = 1,
                            .deck = STR("d"),
                            .card = STR("c"),
                            .at_ms = -5,
                            .tz_min = -90,
                            .body = STR("{\"given\":\"a \\t b\"}")};
    struct buffer buffer = {0};
    line_add(&buffer, &event);
    struct str line = str_copy(&w->arena, str_slice(buffer_str(&buffer), 0, buffer.len - 1));
    buffer_finish(&buffer);
    struct carried back;
    assert_true(line_read(line, &back));
    assert_true(back.seq == 7 && back.hlc == 99 && back.at_ms == -5 && back.tz_min == -90);
    assert_str(back.body, "{\"given\":\"a \\t b\"}");
    for (size_t cut = 0; cut < line.len; cut++)
        assert_false(line_read(str_slice(line, 0, cut), &back));
    for (size_t i = 0; i < line.len; i++) {
        char *altered = (char *)str_copy(&w->arena, line).ptr;
        altered[i] ^= 1;
        assert_false(line_read((struct str){altered, line.len}, &back));
    }
}

static void two_devices_meet_in_a_folder(void **state)
{
    struct world *w = *state;
    grade(w, 0, 0, GRADE_GOOD);
    grade(w, 1, 0, GRADE_AGAIN);
    grade(w, 1, 1, GRADE_EASY);
    assert_int_equal(sync_device(w, 0).sent, 2); /* the import and a grade */
    struct sync_report report = sync_device(w, 1);
    assert_int_equal(report.received, 2);
    assert_int_equal(report.sent, 3);
    assert_int_equal(report.devices, 1);
    assert_int_equal(sync_device(w, 0).received, 3);
    assert_alike(w, 0, 1);
    assert_int_equal(row(w, 0, 0).reps, 2);
    report = sync_device(w, 0);
    assert_int_equal(report.received + report.sent, 0);
    assert_int_equal(sync_device(w, 2).received, 5);
    assert_alike(w, 0, 2);
    /* An undo on one takes it back everywhere, once. */
    struct undone undone;
    assert_true(collection_undo(w->devices[1], w->now, &undone, NULL));
    sync_device(w, 1);
    sync_device(w, 0);
    sync_device(w, 2);
    assert_int_equal(row(w, 0, 1).reps, 0);
    assert_alike(w, 0, 1);
    assert_alike(w, 0, 2);
    for (int i = 0; i < 3; i++)
        assert_healthy(w, i);
}

static void a_line_cut_or_altered_waits_for_the_next_time(void **state)
{
    struct world *w = *state;
    for (int i = 0; i < 6; i++)
        grade(w, 0, i % CARDS, GRADE_GOOD);
    sync_device(w, 0);
    struct str whole;
    assert_true(file_read(&w->arena, log_of(w, 0), 1 << 20, &whole, NULL));
    /* Half synced: the file ends in the middle of a line. */
    assert_true(file_write(log_of(w, 0), str_slice(whole, 0, whole.len - 40), NULL));
    struct sync_report report = sync_device(w, 1);
    assert_int_equal(report.received, 6);
    assert_int_equal(report.cut, 1);
    /* Altered in the middle: what stands before it is known, nothing is forgotten. */
    char *altered = (char *)str_copy(&w->arena, whole).ptr;
    altered[whole.len / 2] ^= 4;
    assert_true(file_write(log_of(w, 0), (struct str){altered, whole.len}, NULL));
    report = sync_device(w, 2);
    assert_int_equal(report.cut, 1);
    assert_true(report.received > 0 && report.received < 6);
    assert_true(file_write(log_of(w, 0), whole, NULL));
    assert_int_equal(sync_device(w, 1).received, 2); /* and what the third has done */
    sync_device(w, 2);
    assert_alike(w, 0, 1);
    assert_alike(w, 0, 2);
}

static void a_crash_while_writing_is_mended_by_its_owner(void **state)
{
    struct world *w = *state;
    grade(w, 0, 0, GRADE_GOOD);
    sync_device(w, 0);
    struct str whole;
    assert_true(file_read(&w->arena, log_of(w, 0), 1 << 20, &whole, NULL));
    assert_true(file_write(log_of(w, 0), str_slice(whole, 0, whole.len - 9), NULL));
    grade(w, 0, 1, GRADE_GOOD);
    assert_int_equal(sync_device(w, 0).sent, 2); /* the cut one again, and the new one */
    struct sync_report report = sync_device(w, 1);
    assert_int_equal(report.cut, 0);
    assert_alike(w, 0, 1);
}

static void a_cloned_device_gets_a_name_of_its_own_and_loses_nothing(void **state)
{
    struct world *w = *state;
    grade(w, 0, 0, GRADE_GOOD);
    sync_device(w, 0);
    /* The whole disk is copied: the same name twice. */
    collection_close(w->devices[0]);
    char command[256];
    snprintf(command, sizeof command, "cp %s/0.db %s/clone.db", w->folder, w->folder);
    assert_int_equal(system(command), 0);
    w->devices[0] = open_device(w, "0.db", 1);
    collection_close(w->devices[2]);
    w->devices[2] = open_device(w, "clone.db", 9);
    assert_true(str_equal(collection_device(w->devices[0]), collection_device(w->devices[2])));
    grade(w, 0, 1, GRADE_GOOD);
    grade(w, 2, 2, GRADE_HARD);
    grade(w, 2, 2, GRADE_EASY);
    struct undone undone;
    assert_true(collection_undo(w->devices[2], w->now, &undone, NULL));
    assert_false(sync_device(w, 0).renamed);
    assert_true(sync_device(w, 2).renamed);
    assert_false(str_equal(collection_device(w->devices[0]), collection_device(w->devices[2])));
    assert_false(sync_device(w, 0).renamed);
    assert_false(sync_device(w, 2).renamed);
    sync_device(w, 1);
    for (int i = 0; i < CARDS; i++)
        assert_int_equal(row(w, 1, i).reps, 1);
    assert_alike(w, 0, 2);
    assert_alike(w, 0, 1);
    for (int i = 0; i < 3; i++)
        assert_healthy(w, i);
    grade(w, 2, 0, GRADE_GOOD);
    assert_int_equal(sync_device(w, 2).sent, 1);
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
    struct world *w = *state;
    struct sync_report report;
    struct error e = {0};
    assert_false(sync_folder(w->devices[0], &w->arena, path_of(w, "unplugged"), w->now, &report, NULL, &e));
    assert_int_equal(e.kind, ERROR_NOT_FOUND);
    assert_non_null(strstr(e.text, "plugged in"));
    assert_false(sync_folder(w->devices[0], &w->arena, path_of(w, "0.db"), w->now, &report, NULL, &e));
}

static void a_full_disk_leaves_the_log_as_it_was(void **state)
{
    struct world *w = *state;
    grade(w, 0, 0, GRADE_GOOD);
    sync_device(w, 0);
    struct str before, after;
    assert_true(file_read(&w->arena, log_of(w, 0), 1 << 20, &before, NULL));
    for (int i = 0; i < 40; i++)
        grade(w, 0, i % CARDS, GRADE_GOOD);
    collection_close(w->devices[0]);
    w->devices[0] = NULL;
    pid_t child = fork();
    if (child == 0) {
        w->devices[0] = open_device(w, "0.db", 1);
        signal(SIGXFSZ, SIG_IGN);
        struct rlimit limit = {(rlim_t)before.len + 1000, (rlim_t)before.len + 1000};
        setrlimit(RLIMIT_FSIZE, &limit);
        struct sync_report report;
        struct error e = {0};
        bool ok = sync_folder(w->devices[0], &w->arena, w->shared, w->now, &report, NULL, &e);
        _exit(!ok && (e.kind == ERROR_FULL || e.kind == ERROR_IO || e.kind == ERROR_LIMIT) ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    w->devices[0] = open_device(w, "0.db", 1);
    assert_true(file_read(&w->arena, log_of(w, 0), 1 << 20, &after, NULL));
    assert_true(str_equal(before, after));
    assert_int_equal(sync_device(w, 0).sent, 40);
    sync_device(w, 1);
    assert_alike(w, 0, 1);
}

static void a_clock_far_ahead_is_kept_but_not_followed(void **state)
{
    struct world *w = *state;
    int64_t now_ms = w->now.at_ms;
    w->now.at_ms += 400 * DAY_MS;
    grade(w, 0, 0, GRADE_GOOD);
    sync_device(w, 0);
    w->now.at_ms = now_ms;
    struct sync_report report = sync_device(w, 1);
    assert_int_equal(report.ahead, 1);
    grade(w, 1, 0, GRADE_EASY);
    grade(w, 1, 1, GRADE_EASY);
    sync_device(w, 1);
    sync_device(w, 0);
    assert_alike(w, 0, 1);
    assert_healthy(w, 1);
}

static void a_file_that_was_handed_over_counts_as_ones_own_or_is_kept_apart(void **state)
{
    struct world *w = *state;
    grade(w, 0, 1, GRADE_GOOD);
    sync_device(w, 0);
    struct sync_report report;
    struct str person, bytes;
    struct error e = {0};
    assert_true(sync_file(w->devices[1], &w->arena, log_of(w, 0), w->now, &report, &person, NULL, &e));
    assert_true(report.received > 0 && report.cards > 0 && person.len == 0);
    assert_int_equal(row(w, 1, 1).reps, 1);
    assert_true(sync_file(w->devices[1], &w->arena, log_of(w, 0), w->now, &report, &person, NULL, &e));
    assert_int_equal(report.received, 0);
    assert_false(sync_file(w->devices[0], &w->arena, log_of(w, 0), w->now, &report, &person, NULL, &e));
    assert_int_equal(e.kind, ERROR_USAGE);
    /* The same answers, of somebody else. */
    assert_true(file_read(&w->arena, log_of(w, 0), 1 << 20, &bytes, &e));
    size_t end = str_find(bytes, STR("\n"), 0);
    struct str theirs =
        str_format(&w->arena, "%.*s ana%.*s", 13 + 26, bytes.ptr, (int)(bytes.len - end), bytes.ptr + end);
    assert_true(file_write(path_of(w, "ana.rlog"), theirs, &e));
    assert_true(
        sync_file(w->devices[2], &w->arena, path_of(w, "ana.rlog"), w->now, &report, &person, NULL, &e));
    assert_str(person, "ana");
    assert_true(report.received > 0);
    assert_int_equal(row(w, 2, 1).reps, 0);
    assert_true(file_write(path_of(w, "x.txt"), STR("dear teacher\n"), &e));
    assert_false(
        sync_file(w->devices[2], &w->arena, path_of(w, "x.txt"), w->now, &report, &person, NULL, &e));
    assert_int_equal(e.kind, ERROR_SYNTAX);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_checksum_is_castagnolis),
        TEST(a_line_is_read_back_and_no_other_one),
        TEST(two_devices_meet_in_a_folder),
        TEST(a_line_cut_or_altered_waits_for_the_next_time),
        TEST(a_crash_while_writing_is_mended_by_its_owner),
        TEST(a_cloned_device_gets_a_name_of_its_own_and_loses_nothing),
        TEST(a_file_that_was_handed_over_counts_as_ones_own_or_is_kept_apart),
        TEST(a_folder_that_is_not_there_is_an_error),
        TEST(a_full_disk_leaves_the_log_as_it_was),
        TEST(a_clock_far_ahead_is_kept_but_not_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
