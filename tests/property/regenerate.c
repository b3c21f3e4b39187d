/* A real chapter from its bytes to its rows: again, edited, and back. */
#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "collection/add.h"
#include "collection/answer.h"
#include "collection/cards.h"
#include "collection/care.h"
#include "document/document.h"
#include "facts/facts.h"
#include "questions/questions.h"
#include "schedule/day.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena arena;
static struct moment now = {INT64_C(1780000000000), 120};

static void check(bool ok, const char *what, const struct error *e)
{
    if (ok)
        return;
    fprintf(stderr, "%s %s\n", what, e ? e->text : "");
    exit(1);
}

static struct add_report add(struct collection *collection, struct str source)
{
    struct document doc;
    struct facts facts;
    struct cards cards;
    struct error e = {0};
    struct facts_options in_book = {.scope = STR("book")};
    struct questions_options options = {.scope = STR("book")};
    check(document_parse(&arena, STR("chapter.md"), source, (struct str){0}, &doc, &e), "parse", &e);
    check(facts_find(&arena, &doc, NULL, &in_book, &facts, &e), "facts", &e);
    check(questions_write(&arena, &doc, &facts, &options, &cards, &e), "questions", &e);
    check(cards.count > 20, "too few cards", NULL);
    struct addition addition = {.deck = STR("Book::Chapter"),
                                .scope = STR("book"),
                                .path = STR("chapter.md"),
                                .source = source,
                                .document = &doc,
                                .facts = &facts,
                                .cards = &cards};
    struct add_report report;
    check(collection_add(collection, &arena, &addition, now, &report, &e), "add", &e);
    printf("%d new, %d changed, %d unchanged, %d retired, %d restored\n", report.fresh, report.changed,
           report.unchanged, report.retired, report.restored);
    return report;
}

/* Everything that content is kept in. */
static struct str content(const char *path)
{
    static const char *const tables[] = {"chapter", "entity", "fact", "passage", "card", "memory", "event"};
    struct str text = {0};
    sqlite3 *db;
    check(sqlite3_open(path, &db) == SQLITE_OK, "dump", NULL);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        sqlite3_stmt *rows;
        struct str sql = str_format(&arena, "SELECT * FROM %s ORDER BY 1, 2", tables[i]);
        check(sqlite3_prepare_v2(db, sql.ptr, -1, &rows, NULL) == SQLITE_OK, "dump", NULL);
        struct str table = {0};
        while (sqlite3_step(rows) == SQLITE_ROW)
            for (int column = 0; column < sqlite3_column_count(rows); column++) {
                const char *value = (const char *)sqlite3_column_text(rows, column);
                table = str_concat(&arena, table, str_from(value ? value : "-"));
            }
        check(table.len > 0, tables[i], NULL);
        text = str_concat(&arena, text, table);
        sqlite3_finalize(rows);
    }
    sqlite3_close(db);
    return text;
}

/* `text` with a year replaced inside the first passage that a card's answer dates. */
static struct str with_another_year(struct collection *collection, struct str text)
{
    struct card_rows rows = {0};
    struct card_filter all = {.status = 1};
    check(collection_search(collection, &arena, &all, &rows, NULL), "search", NULL);
    list_each (struct card_row, found, &rows) {
        struct card_row row;
        check(collection_card(collection, &arena, found->key, &row, NULL), "card", NULL);
        const struct passage *p = &row.passages.items[0];
        struct str year = str_slice(row.card.value, 0, 4);
        size_t at = year.len == 4 && year.ptr[0] != '-' ? str_find(text, year, p->start) : SIZE_MAX;
        if (at >= p->end)
            continue;
        char *copy = (char *)str_copy(&arena, text).ptr;
        copy[at + 3] = copy[at + 3] == '1' ? '2' : '1';
        return (struct str){copy, text.len};
    }
    check(false, "no card is dated in its passage", NULL);
    return text;
}

static struct str with_a_paragraph_in_front(struct str text)
{
    size_t at = str_find(text, STR("\n## "), 0);
    check(at != SIZE_MAX, "no heading", NULL);
    struct str head = str_concat(&arena, str_slice(text, 0, at), STR("\nUna frase de más, sin datos.\n"));
    return str_concat(&arena, head, str_slice(text, at, text.len));
}

/* Every passage that is shown is marked within its words, and its bytes are the chapter's. */
static void look_at_passages(struct collection *collection, struct str source)
{
    struct card_rows rows = {0};
    struct card_filter all = {.status = -1};
    struct error e = {0};
    check(collection_search(collection, &arena, &all, &rows, &e), "search", &e);
    list_each (struct card_row, found, &rows) {
        struct card_row row;
        check(collection_card(collection, &arena, found->key, &row, &e), "card", &e);
        check(row.passages.count == 1, "a card without a passage", NULL);
        const struct passage *p = &row.passages.items[0];
        check(p->mark_start < p->mark_end && p->mark_end <= p->text.len, "a mark outside of its words", NULL);
        check(p->end <= source.len && p->start < p->end && p->line > 0, "a passage outside of its chapter",
              NULL);
        check(row.card.fact.text[0] == 0 || row.sibling != 0, "a fact that was not kept", NULL);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    char folder[] = "/tmp/repaso-regenerate-XXXXXX";
    struct str source;
    struct error e = {0};
    check(mkdtemp(folder) != NULL, "folder", NULL);
    check(file_read(&arena, argv[1], 1 << 20, &source, &e), "read", &e);
    const char *path = str_format(&arena, "%s/c.db", folder).ptr;
    struct collection_options options = {.now = now, .seed = 1};
    struct collection *collection;
    check(collection_open(path, &options, &collection, &e), "open", &e);

    struct add_report first = add(collection, source);
    check(first.fresh > 20, "too few cards", NULL);
    look_at_passages(collection, source);
    struct answer answer = {
        .grade = GRADE_GOOD, .mode = ANSWER_REVIEW, .kind = STR("typed"), .sure = -1, .read_age_s = -1};
    for (int64_t key = 1; key <= 20; key++)
        check(collection_grade(collection, key, &answer, now, NULL, &e), "grade", &e);
    struct str before = content(path);
    now.at_ms += DAY_MS;
    struct add_report again = add(collection, source);
    check(again.fresh + again.changed + again.retired + again.restored == 0,
          "the same chapter changed something", NULL);
    check(str_equal(before, content(path)), "the same chapter changed the file", NULL);

    /* A paragraph in front moves everything; another year changes a card or two. */
    struct str edited = with_a_paragraph_in_front(with_another_year(collection, source));
    struct add_report changed = add(collection, edited);
    check(changed.unchanged > first.fresh * 3 / 4, "an edit lost too many cards", NULL);
    check(changed.changed + changed.fresh + changed.retired > 0, "another year changed nothing", NULL);
    struct add_report back = add(collection, source);
    check(back.fresh == 0, "what comes back is not new", NULL);
    check(back.restored == changed.retired, "what was retired comes back", NULL);
    struct findings findings = {0};
    check(collection_doctor(collection, &arena, false, now, &findings, &e) && findings.count == 0, "doctor",
          &e);
    collection_close(collection);
    arena_finish(&arena);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) != 0;
}
