/* Books: in what order chapters are read, what they share, and what a teacher says of them. */
#include "test.h"

#include "app/folder.h"
#include "app/intake.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/list.h"
#include "decks/book_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- A folder on the disk ---- */

struct page {
    const char *name, *text;
};

static void put(struct arena *arena, struct str folder, struct page page)
{
    struct error e = {0};
    struct str path = path_join(arena, folder, str_from(page.name));
    if (!file_make_folders(str_copy(arena, path_folder(path)).ptr, &e) ||
        !file_write(path.ptr, str_from(page.text), &e))
        fail_msg("%s", e.text);
}

static struct str folder_of(struct arena *arena, const struct page *pages, size_t count)
{
    static char name[64];
    snprintf(name, sizeof name, "/tmp/repaso-app-XXXXXX");
    assert_non_null(mkdtemp(name));
    struct str folder = str_copy(arena, str_from(name));
    for (size_t i = 0; i < count; i++)
        put(arena, folder, pages[i]);
    return folder;
}
#define FOLDER(arena, pages) folder_of((arena), (pages), sizeof(pages) / sizeof *(pages))

static void remove_folder(struct str folder)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%.*s'", STR_ARG(folder));
    assert_int_equal(system(command), 0);
}

/* ---- Reading order ---- */

static void check_order(const struct page *pages, size_t count, const char *expected)
{
    struct arena arena = {0};
    struct buffer names = {0};
    struct str_list files = {0};
    struct error e = {0};
    struct str folder = folder_of(&arena, pages, count);
    if (!folder_read(&arena, folder, &files, &e))
        fail_msg("%s", e.text);
    list_each (const struct str, file, &files)
        buffer_format(&names, "%.*s ", STR_ARG(str_slice(*file, folder.len + 1, file->len)));
    assert_str(str_trim(buffer_str(&names)), expected);
    remove_folder(folder);
    buffer_finish(&names);
    arena_finish(&arena);
}
#define ORDER(pages, expected) check_order((pages), sizeof(pages) / sizeof *(pages), (expected))

static void names_are_sorted_with_their_numbers_as_numbers(void **state)
{
    (void)state;
    static const struct page plain[] = {
        {"10-end.md", "x"}, {"2-middle.md", "x"}, {"1-start.md", "x"}, {"README.md", "x"}, {"b/1.md", "x"}};
    ORDER(plain, "1-start.md 2-middle.md 10-end.md b/1.md");
    assert_true(folder_compare_names(STR("a2"), STR("a10")) < 0);
    assert_true(folder_compare_names(STR("a02"), STR("a2")) != 0);
    assert_true(folder_compare_names(STR("99999999999999999999999"), STR("100000000000000000000000")) < 0);
}

static void weights_come_before_names(void **state)
{
    (void)state;
    static const struct page hugo[] = {{"hugo.toml", ""},
                                       {"content/a/_index.md", "---\nweight: 2\n---\n"},
                                       {"content/a/1.md", "x"},
                                       {"content/b/_index.md", "---\nweight: 1\n---\n"},
                                       {"content/b/1.md", "---\nweight: 20\n---\nx"},
                                       {"content/b/2.md", "---\nweight: 10\n---\nx"},
                                       {"content/b/3.md", "x"},
                                       {"themes/x.md", "x"}};
    ORDER(hugo, "content/b/2.md content/b/1.md content/b/3.md content/a/1.md");
}

static void a_list_of_contents_decides(void **state)
{
    (void)state;
    static const struct page mdbook[] = {
        {"src/SUMMARY.md",
         "# Summary\n\n- [Two](two.md)\n  - [One](<one a.md>)\n- [Draft]()\n- [Gone](gone.md)\n"},
        {"src/one a.md", "x"},
        {"src/two.md", "x"},
        {"src/unlisted.md", "x"},
        {"quiz.repaso.yaml", "deck: Q\n"}};
    ORDER(mdbook, "src/two.md src/one a.md quiz.repaso.yaml");
    static const struct page mkdocs[] = {
        {"mkdocs.yml", "site_name: A\nnav:\n  - Start: index.md\n  - Part:\n    - b.md\n    - A: a.md\n"},
        {"docs/index.md", "x"},
        {"docs/a.md", "x"},
        {"docs/b.md", "x"}};
    ORDER(mkdocs, "docs/index.md docs/b.md docs/a.md");
    static const struct page without_nav[] = {
        {"mkdocs.yml", "site_name: A\n"}, {"docs/b.md", "x"}, {"docs/a.md", "x"}, {"notes.md", "x"}};
    ORDER(without_nav, "docs/a.md docs/b.md");
}

/* ---- What chapters share ---- */

static bool add_card(void *self, const struct intake *intake, struct error *e)
{
    struct buffer *out = self;
    (void)e;
    list_each (const struct card, card, &intake->cards)
        if (card->tier == TIER_AUTO && card->kind < CARD_ORDER)
            buffer_format(out, "%.*s: %.*s => %.*s\n", STR_ARG(path_name(intake->path)),
                          STR_ARG(card->prompt), STR_ARG(card->answer));
    return true;
}

static void add_problems(void *self, struct str path, struct str source, const struct problems *problems)
{
    (void)self;
    (void)source;
    list_each (const struct problem, problem, problems)
        print_message("%.*s:%d: %.*s\n", STR_ARG(path), problem->line, STR_ARG(problem->text));
}

/* The cards of a folder, one a line; its error where there is one. */
static struct str cards_of(struct arena *arena, const struct page *pages, size_t count, bool once)
{
    struct buffer out = {0};
    struct error e = {0};
    struct str folder = folder_of(arena, pages, count);
    struct str_list paths = {&folder, 1, 1};
    const struct intake_options options = {.folders = true, .once = once, .inspect = add_problems};
    if (!intake_each(&options, &paths, add_card, &out, &e))
        buffer_format(&out, "%s", e.text);
    remove_folder(folder);
    struct str cards = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return cards;
}
#define CARDS(arena, pages) cards_of((arena), (pages), sizeof(pages) / sizeof *(pages), true)

static void assert_line(struct str text, const char *line, bool there)
{
    if (str_contains(text, str_from(line)) != there)
        fail_msg("%s: %s\nin:\n%.*s", there ? "missing" : "must not be there", line, STR_ARG(text));
}

#define ONE "# Los comienzos\n\nLa empresa Orbex, fundada por Rosa Gil en 1990, hacía juguetes.\n"

static void a_name_of_chapter_one_is_known_in_chapter_two(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const struct page pages[] = {{"1.md", ONE},
                                        {"2.md", "# La caída\n\nEn mayo de 2003 Orbex lanzó Brisa.\n"}};
    assert_line(CARDS(&arena, pages), "2.md: ¿Qué empresa lanzó Brisa? => Orbex\n", true);
    arena_finish(&arena);
}

static void a_fact_told_twice_is_one_card(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const struct page pages[] = {
        {"1.md", ONE}, {"2.md", "# La caída\n\nOrbex, fundada por Rosa Gil en 1990, lanzó Brisa en 2003.\n"}};
    struct str once = CARDS(&arena, pages), twice = cards_of(&arena, pages, 2, false);
    assert_line(once, "1.md: ¿Quién fundó Orbex? => Rosa Gil\n", true);
    assert_line(once, "2.md: ¿Quién fundó Orbex? => Rosa Gil\n", false);
    assert_line(twice, "2.md: ¿Quién fundó Orbex? => Rosa Gil\n", true); /* a second passage */
    arena_finish(&arena);
}

static void what_two_chapters_tell_otherwise_is_asked_of_one(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const struct page pages[] = {
        {"1.md", ONE}, {"2.md", "# Otra\n\nOrbex, fundada por Rosa Gil en 1995, lanzó Brisa en 2003.\n"}};
    struct str cards = cards_of(&arena, pages, 2, false);
    assert_line(cards, "1.md: ¿En qué año se fundó Orbex? => 1990\n", true);
    assert_line(cards, "=> 1995\n", false);
    arena_finish(&arena);
}

/* ---- What a teacher says ---- */

static void a_teacher_corrects_a_book(void **state)
{
    (void)state;
    static const struct {
        const char *book, *text, *line;
        bool there;
    } rows[] = {
        {"names:\n- {name: Orbex, type: org, kind: museo}", "Orbex lanzó Nube en 1998.",
         "¿Qué museo lanzó Nube? => Orbex", true},
        {"names:\n- {name: Vega, type: person}", "Vega lanzó Nube en 1998.", "¿Quién lanzó Nube? => Vega",
         true},
        {"names:\n- {name: Orbex, aliases: [Tafor], type: org, kind: empresa}",
         "Orbex era grande. En 1998 Tafor lanzó Nube.", "¿Qué empresa lanzó Nube? => Tafor", true},
        {"not_names: [Nube]", "La empresa Orbex lanzó Nube en 1998.", "¿En qué año se lanzó Nube?", false},
        {"drop: [¿En qué año se lanzó Nube?]", "La empresa Orbex lanzó Nube en 1998.",
         "¿En qué año se lanzó Nube?", false},
        {"pin: [¿En qué año se lanzó Nube?]", "La empresa Orbex lanzó Nube en 1998.",
         "1.md: ¿En qué año se lanzó Nube? => 1998\n", true},
        {"cards: [{q: ¿De qué color era Nube?, a: verde}]", "La empresa Orbex lanzó Nube en 1998.",
         "1.md: ¿De qué color era Nube? => verde", true},
        {"names:\n- {name: Orbex, typ: org}", "Orbex lanzó Nube en 1998.", "correct the errors", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {0};
        const struct page pages[] = {
            {"1.md", str_format(&arena, "# A\n\n%s\n", rows[i].text).ptr},
            {"book.yaml", str_format(&arena, "book: A\nlanguage: es\n%s\n", rows[i].book).ptr}};
        assert_line(CARDS(&arena, pages), rows[i].line, rows[i].there);
        arena_finish(&arena);
    }
}

static void a_renamed_entry_with_an_id_keeps_its_cards(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const char *const names[] = {"Orbex", "Orbex Hermanos"};
    struct card_id ids[2];
    for (size_t i = 0; i < 2; i++) {
        struct intakes intakes = {0};
        struct error e = {0};
        const struct page pages[] = {
            {"1.md", "# A\n\nEn mayo de 1998 Orbex lanzó Nube.\n"},
            {"book.yaml", str_format(&arena,
                                     "book: A\nnames:\n- {name: %s, id: orbex, aliases: [Orbex], type: org}\n"
                                     "- {name: Nube, type: work}\n",
                                     names[i])
                              .ptr}};
        struct str folder = FOLDER(&arena, pages);
        struct str_list paths = {&folder, 1, 1};
        if (!intake_read(&arena, &(struct intake_options){.folders = true}, &paths, &intakes, &e))
            fail_msg("%s", e.text);
        remove_folder(folder);
        assert_true(intakes.items[0].cards.count > 0);
        ids[i] = intakes.items[0].cards.items[0].id;
    }
    assert_string_equal(ids[0].text, ids[1].text);
    arena_finish(&arena);
}

static void learning_again_leaves_the_teachers_lines_alone(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buffer out = {0};
    struct error e = {0};
    size_t added;
    static const char *const files[][2] = {
        {"book: A # mine\nnames:\n  - name: Orbex # a firm\n    type: org\n\n# the end\ndrop: [x]\n",
         "book: A # mine\nnames:\n  - name: Orbex # a firm\n    type: org\n  - name: \"Nube\"\n    type: "
         "work\n\n"
         "# the end\ndrop: [x]\n"},
        {"book: A\nnames:\ndrop: [x]\n",
         "book: A\nnames:\n  - name: \"Orbex\"\n    type: org\n  - name: \"Nube\"\n"
         "    type: work\ndrop: [x]\n"},
        {"book: A\nnames:\n- Orbex\n- Nube", "book: A\nnames:\n- Orbex\n- Nube\n"},
        {"book: A\nnames:\n- name: Orbex\n  aliases: [a,\n    b\n  ]\n- |\n  Nube\n",
         "book: A\nnames:\n- name: Orbex\n  aliases: [a,\n    b\n  ]\n- |\n  Nube\n"},
        {"book: A\nnames:\n- name: Nube\n  aliases: [a,\n    b\n  ]\n...\n",
         "book: A\nnames:\n- name: Nube\n  aliases: [a,\n    b\n  ]\n- name: \"Orbex\"\n  type: org\n...\n"},
        {"book: A\nnot_names: [Orbex, Nube]\n", "book: A\nnot_names: [Orbex, Nube]\nnames:\n"},
    };
    struct entity items[] = {{.name = STR("Orbex"), .type = ENTITY_ORG},
                             {.name = STR("Nube"), .type = ENTITY_WORK}};
    struct entities names = {items, 2, 2};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        buffer_clear(&out);
        if (!book_file_add_names(&arena, STR("book.yaml"), str_from(files[i][0]), STR("A"), STR("es"), &names,
                                 &out, &added, &e))
            fail_msg("%s", e.text);
        assert_str(buffer_str(&out), files[i][1]);
    }
    assert_int_equal(added, 0);
    assert_false(book_file_add_names(&arena, STR("book.yaml"), STR("book: A\nnames: [Orbex]\n"), STR("A"),
                                     STR("es"), &names, &out, &added, &e));
    assert_int_equal(e.line, 2);
    buffer_finish(&out);
    arena_finish(&arena);
}

static void a_slip_in_book_yaml_is_told_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line;
        const char *says;
    } rows[] = {
        {"book: A\nnams: []\n", 2, "did you mean \"names\""},
        {"book: A\nnames:\n- name: X\n  type: plase\n", 4, "did you mean \"place\""},
        {"book: A\nnames:\n- name: X\n  type: 7\n", 4, "A type is one of"},
        {"book: A\nnames:\n- type: org\n", 3, "no name"},
        {"book: A\nnames:\n- X\n- x\n", 4, "line 3"},
        {"book: A\nnames: X\n", 2, "is a list"},
        {"book: A\nnames:\n- {name: X, gender: neuter}\n", 3, "m or f"},
        {"book: A\nlanguage: fr\n", 2, "\"es\" or \"en\""},
        {"book: A\nlanguage: es\nnames:\n- {name: X, kind: chisme}\n", 4, "no kind of thing"},
        {"book: A\ncards:\n- a: 7\n", 3, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {0};
        struct book_file book;
        struct problems problems;
        struct error e = {0};
        if (!book_file_read(&arena, STR("book.yaml"), str_from(rows[i].text), &book, &problems, &e))
            fail_msg("%s", e.text);
        assert_true(problems.count > 0);
        assert_int_equal(problems.items[0].line, rows[i].line);
        if (!str_contains(problems.items[0].text, str_from(rows[i].says)))
            fail_msg("%.*s", STR_ARG(problems.items[0].text));
        arena_finish(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_sorted_with_their_numbers_as_numbers),
        cmocka_unit_test(weights_come_before_names),
        cmocka_unit_test(a_list_of_contents_decides),
        cmocka_unit_test(a_name_of_chapter_one_is_known_in_chapter_two),
        cmocka_unit_test(a_fact_told_twice_is_one_card),
        cmocka_unit_test(what_two_chapters_tell_otherwise_is_asked_of_one),
        cmocka_unit_test(a_teacher_corrects_a_book),
        cmocka_unit_test(a_renamed_entry_with_an_id_keeps_its_cards),
        cmocka_unit_test(learning_again_leaves_the_teachers_lines_alone),
        cmocka_unit_test(a_slip_in_book_yaml_is_told_with_its_line),
    };
    return cmocka_run_group_tests_name("app", tests, NULL, NULL);
}
