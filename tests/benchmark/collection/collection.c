/* How fast a large collection is. Medians; the files are made in the current folder, on its real disk. */
#include "base/arena.h"
#include "base/list.h"
#include "cards/identity.h"
#include "collection/add.h"
#include "collection/answer.h"
#include "collection/cards.h"
#include "collection/care.h"
#include "collection/deck.h"
#include "collection/queue.h"
#include "collection/statistics.h"
#include "schedule/day.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static struct arena arena;
static struct moment now = {INT64_C(1780041600000), 0};

static double clock_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(bool ok, const struct error *e)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", e->text);
    exit(1);
}

static struct collection *open_file(const char *path)
{
    struct collection_options options = {.now = now, .seed = 1};
    struct collection *c;
    struct error e = {0};
    must(collection_open(path, &options, &c, &e), &e);
    return c;
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double share(double *times, int count, double part)
{
    qsort(times, (size_t)count, sizeof *times, ascending);
    return times[(int)(part * (count - 1))];
}

static void sql(const char *path, const char *text)
{
    sqlite3 *db;
    char *why = NULL;
    if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, text, NULL, NULL, &why) != SQLITE_OK) {
        fprintf(stderr, "%s\n", why ? why : "open");
        exit(1);
    }
    sqlite3_close(db);
}

/* Many cards, some due, without a history: what the queue sees. */
static void make_cards(const char *path, int cards, int due)
{
    unlink(path);
    collection_close(open_file(path));
    char text[4096];
    snprintf(
        text, sizeof text,
        "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN;"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)"
        " INSERT INTO deck(key, id, name) SELECT i, 'deck' || i, 'Chapter ' || i FROM n;"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
        " INSERT INTO card(key, id, deck, kind, prompt, answer, status, position, tier, made_at)"
        " SELECT i, printf('%%026d', i), 1 + i %% 50, 'direct', 'What is number ' || i || ' called in the "
        "book?',"
        " 'the answer ' || i, 'active', i, 'auto', 0 FROM n;"
        "INSERT INTO memory(card, deck, sibling, position, wave, asked, s, x, d, due_at_ms, last_at_ms, "
        "last_day,"
        " first_at_ms, interval_days, reps) SELECT key, deck, key / 2, position, 2, 1, 1 + key %% 97, 1 + "
        "key %% 89,"
        " 1 + key %% 9, %lld + (key * 7919 %% %d - %d) * 60000, %lld - (key %% 60 + 3) * 86400000, 20000,"
        " 1, 1 + key %% 60, 3 FROM card; COMMIT; ANALYZE;",
        cards, (long long)now.at_ms, cards, due, (long long)now.at_ms);
    sql(path, text);
}

static void measure_queue(struct collection *c, const char *what, enum queue_order order, int rounds)
{
    double times[64];
    struct queue queue = {0};
    for (int i = 0; i < rounds; i++) {
        struct queue_request request = {.order = (int)order, .new_limit = 0};
        struct error e = {0};
        double start = clock_ms();
        must(collection_queue(c, &arena, &request, now, &queue, &e), &e);
        times[i] = clock_ms() - start;
        arena_reset(&arena);
    }
    printf("%-58s %8.1f ms (%d due, %d held)\n", what, share(times, rounds, 0.5), queue.due, queue.held);
}

static void bench_queue(void)
{
    make_cards("bench-queue.db", 1000000, 10000);
    double start = clock_ms();
    struct collection *c = open_file("bench-queue.db");
    measure_queue(c, "queue of 1,000,000 cards, first time in a new process", ORDER_RECALL_DOWN, 1);
    printf("%-58s %8.1f ms\n", "  opening included", clock_ms() - start);
    measure_queue(c, "queue of 1,000,000 cards", ORDER_RECALL_DOWN, 11);
    measure_queue(c, "  by due day", ORDER_DUE, 11);
    struct deck_rows rows = {0};
    struct error e = {0};
    start = clock_ms();
    must(collection_decks(c, &arena, now, &rows, &e), &e);
    printf("%-58s %8.1f ms\n", "decks with their counts, 1,000,000 cards", clock_ms() - start);
    collection_close(c);
    make_cards("bench-queue.db", 200000, 100000);
    c = open_file("bench-queue.db");
    measure_queue(c, "queue with 100,000 due by retrievability", ORDER_RECALL_DOWN, 11);
    measure_queue(c, "  the same, by due day (no retrievability wanted)", ORDER_DUE, 11);
    collection_close(c);
    unlink("bench-queue.db");
}

static void add_chapter(struct collection *c, int first, int count)
{
    struct cards cards = {0};
    for (int i = first; i < first + count; i++) {
        struct card card = {.prompt = str_format(&arena, "What is number %d called in the book?", i),
                            .answer = str_format(&arena, "the answer %d", i),
                            .confidence = 1};
        card.id = identity_of_question(STR("b"), card.prompt);
        list_push(&arena, &cards, card);
    }
    struct str name = str_format(&arena, "Book::Chapter %d", first);
    struct addition addition = {.deck = name, .path = name, .source = name, .cards = &cards};
    struct add_report report;
    struct error e = {0};
    must(collection_add(c, &arena, &addition, now, &report, &e), &e);
}

static void bench_grade(void)
{
    enum { GRADES = 400 };
    double times[GRADES];
    unlink("bench-grade.db");
    struct collection *c = open_file("bench-grade.db");
    double start = clock_ms();
    for (int i = 0; i < 10; i++)
        add_chapter(c, i * 1000, 1000);
    printf("%-58s %8.1f ms\n", "adding 10 chapters of 1,000 cards", clock_ms() - start);
    struct answer answer = {.ms = 3000,
                            .kind = STR("typed"),
                            .given = STR("the answer"),
                            .mode = ANSWER_REVIEW,
                            .sure = -1,
                            .read_age_s = -1};
    for (int i = 0; i < GRADES; i++) {
        struct graded graded;
        struct error e = {0};
        answer.grade = (enum grade)(1 + i % 4);
        now.at_ms += 5000;
        start = clock_ms();
        must(collection_grade(c, 1 + i * 23 % 10000, &answer, now, &graded, &e), &e);
        times[i] = clock_ms() - start;
    }
    double p50 = share(times, GRADES, 0.5), p99 = share(times, GRADES, 0.99);
    printf("%-58s %8.2f ms (p99 %.2f)\n", "a graded card on disk, synchronous=FULL, p50", p50, p99);
    collection_close(c);
    double best = 1e9, open_only = 0;
    for (int i = 0; i < 9; i++) {
        start = clock_ms();
        c = open_file("bench-grade.db");
        double opened = clock_ms();
        struct queue_request request = {.order = -1, .new_limit = -1};
        struct queue queue;
        struct card_row row;
        struct error e = {0};
        must(collection_queue(c, &arena, &request, now, &queue, &e), &e);
        must(collection_card(c, &arena, queue.items[0].card, &row, &e), &e);
        double took = clock_ms() - start;
        if (took < best) {
            best = took;
            open_only = opened - start;
        }
        collection_close(c);
    }
    printf("%-58s %8.2f ms (opening %.2f)\n", "open 10,000 cards, queue, first card", best, open_only);
    c = open_file("bench-grade.db");
    struct deck_rows rows = {0};
    struct error e = {0};
    start = clock_ms();
    must(collection_decks(c, &arena, now, &rows, &e), &e);
    printf("%-58s %8.2f ms\n", "decks with their counts, 10,000 cards", clock_ms() - start);
    collection_close(c);
    unlink("bench-grade.db");
}

static void make_log(void)
{
    unlink("bench-rebuild.db");
    struct collection *c = open_file("bench-rebuild.db");
    for (int i = 0; i < 20; i++)
        add_chapter(c, i * 1000, 1000);
    collection_close(c);
    /* 50 grades a card, as the program writes them. */
    sql("bench-rebuild.db",
        "PRAGMA synchronous = OFF; BEGIN;"
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999999)"
        " INSERT INTO event SELECT 1, 1000 + i, 'me', (1700000000000 + i * 60000) * 16, 1, d.id, c.id,"
        " printf('{\"g\":%d,\"ms\":4200,\"kind\":\"typed\",\"mode\":\"review\",\"options\":0,\"hints\":0,"
        "\"due\":%lld,"
        "\"days\":%d,\"step\":0,\"n\":3,\"dd\":3,\"r\":0.9123,\"given\":\"the answer\"}', 1 + i * 7 % 4,"
        " 1700000000000 + i * 60000 + 864000000, 10), 1700000000000 + i * 60000, 60"
        " FROM n JOIN card c ON c.key = 1 + n.i % 20000 JOIN deck d ON d.key = c.deck;"
        "UPDATE device SET next_seq = 1001000; COMMIT;");
}

static void bench_rebuild(bool keep)
{
    if (!keep || access("bench-rebuild.db", F_OK) != 0)
        make_log();
    struct collection *c = open_file("bench-rebuild.db");
    int64_t events, changed;
    struct error e = {0};
    for (int i = 0; i < 2; i++) {
        double start = clock_ms(), cpu = cpu_ms();
        must(collection_rebuild(c, &events, &changed, &e), &e);
        printf("%-58s %8.0f ms (processor %.0f; %lld changed)\n",
               i == 0 ? "rebuild of 1,000,000 events, every memory new"
                      : "rebuild of 1,000,000 events, nothing to write",
               clock_ms() - start, cpu_ms() - cpu, (long long)changed);
    }
    struct statistics statistics;
    double start = clock_ms();
    must(collection_statistics(c, &arena, 0, 0, now, &statistics, &e), &e);
    printf("%-58s %8.0f ms\n", "statistics over 1,000,000 events", clock_ms() - start);
    collection_close(c);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%-58s %8.0f MiB\n", "peak memory", (double)usage.ru_maxrss / 1024);
    if (!keep)
        unlink("bench-rebuild.db");
}

int main(int argc, char **argv)
{
    const char *which = argc > 1 ? argv[1] : "";
    if (!*which || strcmp(which, "grade") == 0)
        bench_grade();
    if (!*which || strcmp(which, "rebuild") == 0)
        bench_rebuild(argc > 2);
    if (!*which || strcmp(which, "queue") == 0)
        bench_queue();
    arena_finish(&arena);
    return 0;
}
