/* The file of schema version N as the program of that time wrote it.
 *
 *     frozen make FILE     writes the file of today's version, the same bytes each time
 *     frozen check FILE    opens a copy and looks whether everything in it still means the same
 *
 * Until the first release a change of the schema edits version 1: make the file anew then. */
#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "base/random.h"
#include "cards/identity.h"
#include "collection/add.h"
#include "collection/answer.h"
#include "collection/cards.h"
#include "collection/care.h"
#include "collection/deck.h"
#include "collection/event.h"
#include "schedule/day.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CARDS = 12 };

static struct arena arena;
static struct moment now = {INT64_C(1780000000000), 120};

static void must(bool ok, const struct error *e)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", e->text);
    exit(1);
}

static struct collection *open_file(const char *path)
{
    struct collection_options options = {
        .now = now, .seed = 1, .device_name = STR("frozen"), .machine = STR("m")};
    struct collection *collection;
    struct error e = {0};
    must(collection_open(path, &options, &collection, &e), &e);
    return collection;
}

static void add_chapter(struct collection *collection, const char *deck, const char *path, int first,
                        bool drafts)
{
    struct cards cards = {0};
    for (int i = first; i < first + CARDS; i++) {
        struct card card = {.kind = i % 3 == 0 ? CARD_CLOZE : CARD_DIRECT,
                            .lang = STR("es"),
                            .relation = STR("release"),
                            .prompt = str_format(&arena, "¿Pregunta %d?", i),
                            .answer = str_format(&arena, "respuesta %d", i),
                            .hint = STR("pista"),
                            .explanation = STR("porque sí"),
                            .subject = STR("GPT-4"),
                            .value = STR("2023-03"),
                            .confidence = 0.97,
                            .rule = STR("release.paren-date"),
                            .tier = drafts && i % 4 == 0 ? TIER_REVIEW : TIER_AUTO};
        card.id = identity_of_question(STR("frozen"), card.prompt);
        card.source =
            (struct source){str_from(path), i + 1, 1, (size_t)i * 7, (size_t)i * 7 + 6, STR("la frase")};
        list_push(&arena, &card.accepted, str_format(&arena, "la respuesta %d", i));
        list_push(&arena, &card.tags, STR("capítulo"));
        list_push(&arena, &cards, card);
    }
    struct addition addition = {.deck = str_from(deck),
                                .scope = STR("libro"),
                                .path = str_from(path),
                                .source = str_format(&arena, "# %s\n\nTexto.\n", path),
                                .title = str_from(path),
                                .lang = STR("es"),
                                .cards = &cards};
    struct add_report report;
    struct error e = {0};
    must(collection_add(collection, &arena, &addition, now, &report, &e), &e);
}

/* One of everything that can happen to a card. */
static void live(struct collection *c, int64_t card, int step, struct random *random)
{
    struct error e = {0};
    struct undone undone;
    struct answer answer = {.grade = (enum grade)(1 + random_below(random, 4)),
                            .mode = (enum answer_mode)(step % 4),
                            .ms = 3000 + step,
                            .kind = STR("typed"),
                            .given = STR("una \"respuesta\""),
                            .options = step % 7 == 0 ? 3 : 0,
                            .sure = step % 2,
                            .read_age_s = step % 5 ? -1 : 600};
    now.at_ms += (int64_t)random_below(random, 2 * (uint64_t)DAY_MS);
    switch (step % 24) {
    case 3:
        must(card_suspend(c, card, step % 48 == 3, now, &e), &e);
        break;
    case 6:
        must(card_bury(c, card, now, &e), &e);
        break;
    case 9:
        must(card_flag(c, card, STR("dudosa"), now, &e), &e);
        break;
    case 12:
        must(card_set_due(c, card, now.at_ms + 3 * DAY_MS, now, &e), &e);
        break;
    case 15:
        must(card_edit(c, card, STR("hint"), STR("mi pista"), now, &e), &e);
        break;
    case 18:
        must(collection_undo(c, now, &undone, &e), &e);
        break;
    case 21:
        must(card_reset(c, card, now, &e), &e);
        break;
    default:
        must(collection_grade(c, card, &answer, now, NULL, &e), &e);
    }
}

static int make(const char *path)
{
    struct error e = {0};
    unlink(path);
    struct collection *c = open_file(path);
    add_chapter(c, "Libro::Uno", "uno.md", 0, true);
    add_chapter(c, "Libro::Dos", "dos.md", CARDS, false);
    int64_t deck;
    must(deck_find(c, STR("Libro::Dos"), &deck, &e), &e);
    must(deck_set_option(c, 0, STR("new_per_day"), STR("20"), now, &e), &e);
    must(deck_set_option(c, deck, STR("algorithm"), STR("6"), now, &e), &e);
    must(deck_set_option(c, deck, STR("easy_days"), STR("nnnnnrm"), now, &e), &e);
    must(collection_record(c, EVENT_READ, deck, 0, STR("{\"age_s\":60}"), now, &e), &e);
    must(setting_set(c, STR("ui.theme"), STR("dark"), &e), &e);
    struct card_rows rows = {0};
    struct card_filter all = {.status = -2};
    must(collection_search(c, &arena, &all, &rows, &e), &e);
    struct random random = {9};
    for (int step = 0; step < 240; step++)
        live(c, rows.items[random_below(&random, rows.count)].key, step, &random);
    for (size_t i = 0; i < rows.count; i++)
        if (rows.items[i].status == STATUS_DRAFT)
            must(card_decide(c, rows.items[i].key, i % 2, STR("así es"), now, &e), &e);
    add_chapter(c, "Libro::Uno", "uno.md", 1, true); /* one card retired; one is the other chapter's too */
    collection_close(c);
    return 0;
}

/* The names and columns of all tables, indexes and triggers. */
static struct str schema_of(const char *path)
{
    sqlite3 *db;
    sqlite3_stmt *rows;
    struct str text = {0};
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "SELECT coalesce(sql, '') FROM sqlite_master ORDER BY type, name", -1, &rows,
                           NULL) != SQLITE_OK)
        exit(1);
    while (sqlite3_step(rows) == SQLITE_ROW)
        text = str_format(&arena, "%.*s%s\n", STR_ARG(text), (const char *)sqlite3_column_text(rows, 0));
    sqlite3_finalize(rows);
    sqlite3_close(db);
    return text;
}

static int check(const char *path)
{
    struct error e = {0};
    struct str bytes;
    char folder[] = "/tmp/repaso-frozen-XXXXXX";
    if (!mkdtemp(folder))
        return 1;
    const char *copy = str_format(&arena, "%s/copy.db", folder).ptr,
               *fresh = str_format(&arena, "%s/new.db", folder).ptr;
    must(file_read(&arena, path, 64 << 20, &bytes, &e) && file_write(copy, bytes, &e), &e);
    struct collection *c = open_file(copy);
    struct findings findings = {0};
    int64_t events, changed;
    must(collection_doctor(c, &arena, false, now, &findings, &e), &e);
    must(collection_rebuild(c, &events, &changed, &e), &e);
    struct card_rows rows = {0};
    struct card_filter all = {.status = -2};
    must(collection_search(c, &arena, &all, &rows, &e), &e);
    struct deck_rows decks = {0};
    must(collection_decks(c, &arena, now, &decks, &e), &e);
    collection_close(c);
    collection_close(open_file(fresh));
    bool same = str_equal(schema_of(copy), schema_of(fresh));
    list_each (struct finding, finding, &findings)
        fprintf(stderr, "%.*s\n", STR_ARG(finding->text));
    if (!same)
        fprintf(stderr, "the schema is not the one of a new file\n");
    printf("%lld events, %lld memories differ from their replay, %zu cards, %zu decks\n", (long long)events,
           (long long)changed, rows.count, decks.count);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    bool clean = system(command) == 0;
    return !(clean && same && findings.count == 0 && changed == 0 && rows.count == 2 * CARDS &&
             decks.count == 3);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    int code = strcmp(argv[1], "make") == 0 ? make(argv[2]) : check(argv[2]);
    arena_finish(&arena);
    return code;
}
