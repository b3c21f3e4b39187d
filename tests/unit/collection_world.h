/* A collection in a folder of its own, for tests. */
#ifndef REPASO_TESTS_COLLECTION_WORLD_H
#define REPASO_TESTS_COLLECTION_WORLD_H

#include "test.h"

#include "base/arena.h"
#include "base/list.h"
#include "cards/identity.h"
#include "collection/add.h"
#include "collection/answer.h"
#include "collection/cards.h"
#include "collection/queue.h"
#include "schedule/day.h"
#include "schedule/plan.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Every test has a folder of its own, a collection in it, and a clock that only moves when told. */
struct world {
    char folder[64], path[96];
    struct arena arena;
    struct collection *collection;
    struct moment now;
};

#define MINUTE INT64_C(60000)

static inline struct collection_options options_at(struct moment now)
{
    return (struct collection_options){
        .now = now, .seed = 7, .device_name = STR("laptop"), .machine = STR("m1"), .busy_ms = 100};
}

static inline void open_again(struct world *w)
{
    collection_close(w->collection);
    w->collection = NULL;
    struct error e = {0};
    struct collection_options options = options_at(w->now);
    if (!collection_open(w->path, &options, &w->collection, &e))
        fail_msg("%s", e.text);
}

static inline int set_up(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    /* In memory where there is such a folder: an fsync on a busy disk takes its time. */
    strcpy(w->folder, access("/dev/shm", W_OK) == 0 ? "/dev/shm/repaso-XXXXXX" : "/tmp/repaso-XXXXXX");
    if (!mkdtemp(w->folder))
        return -1;
    snprintf(w->path, sizeof w->path, "%s/learner.db", w->folder);
    w->now = (struct moment){INT64_C(1780000000000), 120}; /* 2026-05-28 22:26 in Madrid */
    open_again(w);
    *state = w;
    return 0;
}

static inline int tear_down(void **state)
{
    struct world *w = *state;
    collection_close(w->collection);
    arena_finish(&w->arena);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", w->folder);
    int code = system(command);
    free(w);
    return code;
}

static inline struct card make_card(struct arena *arena, const char *prompt, const char *answer)
{
    struct card card = {.kind = CARD_DIRECT,
                        .lang = STR("en"),
                        .prompt = str_from(prompt),
                        .answer = str_from(answer),
                        .confidence = 1};
    card.id = identity_of_question(STR("test"), card.prompt);
    (void)arena;
    return card;
}

static inline struct cards make_cards(struct arena *arena, int count)
{
    struct cards cards = {0};
    for (int i = 0; i < count; i++)
        list_push(arena, &cards,
                  make_card(arena, str_format(arena, "Question %d?", i).ptr,
                            str_format(arena, "answer %d", i).ptr));
    return cards;
}

static inline struct add_report add(struct world *w, const char *deck, const char *path,
                                    const struct cards *cards)
{
    struct addition addition = {.deck = str_from(deck),
                                .path = str_from(path),
                                .source = str_from(path),
                                .lang = STR("en"),
                                .cards = cards};
    struct add_report report = {0};
    struct error e = {0};
    if (!collection_add(w->collection, &w->arena, &addition, w->now, &report, &e))
        fail_msg("%s", e.text);
    return report;
}

static inline struct queue queue_now(struct world *w, enum queue_mode mode)
{
    struct queue_request request = {.mode = mode, .order = -1, .new_limit = -1};
    struct queue queue = {0};
    struct error e = {0};
    if (!collection_queue(w->collection, &w->arena, &request, w->now, &queue, &e))
        fail_msg("%s", e.text);
    return queue;
}

static inline struct graded grade(struct world *w, int64_t card, enum grade grade)
{
    struct answer answer = {.grade = grade,
                            .mode = ANSWER_REVIEW,
                            .ms = 4000,
                            .kind = STR("typed"),
                            .sure = -1,
                            .read_age_s = -1};
    struct graded graded = {0};
    struct error e = {0};
    if (!collection_grade(w->collection, card, &answer, w->now, &graded, &e))
        fail_msg("%s", e.text);
    return graded;
}

static inline struct card_row row(struct world *w, int64_t card)
{
    struct card_row found = {0};
    struct error e = {0};
    if (!collection_card(w->collection, &w->arena, card, &found, &e))
        fail_msg("%s", e.text);
    return found;
}

static inline int64_t key_of(struct world *w, const struct card *card)
{
    int64_t key = 0;
    assert_true(card_find(w->collection, str_from(card->id.text), &key, NULL));
    return key;
}

/* All that the file holds, as text, for "nothing changed". */
static inline struct str dump(struct world *w, const char *tables)
{
    char command[256];
    snprintf(command, sizeof command, "%s/dump.sql", w->folder);
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(w->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    struct str text = {0};
    struct str rest = str_from(tables), table;
    while (str_split(&rest, ' ', &table)) {
        struct str sql = str_format(&w->arena, "SELECT * FROM \"%.*s\" ORDER BY 1, 2", STR_ARG(table));
        sqlite3_stmt *rows;
        assert_int_equal(sqlite3_prepare_v2(db, sql.ptr, -1, &rows, NULL), SQLITE_OK);
        while (sqlite3_step(rows) == SQLITE_ROW)
            for (int i = 0; i < sqlite3_column_count(rows); i++)
                text = str_format(&w->arena, "%.*s%s|", STR_ARG(text),
                                  (const char *)sqlite3_column_text(rows, i));
        sqlite3_finalize(rows);
    }
    sqlite3_close(db);
    return text;
}

#define ALL_CONTENT "card passage chapter fact entity deck memory event overlay decision"
#define WORLD_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
