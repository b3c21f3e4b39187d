#include "test.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "yaml/yaml.h"

#include <string.h>

static struct yaml_node *read_ok(struct arena *arena, struct str text)
{
    struct yaml_node *root = NULL;
    struct error e = {0};
    if (!yaml_read(arena, text, STR("a.yaml"), 1, &root, &e))
        fail_msg("%d:%d: %s", e.line, e.column, e.text);
    return root;
}

static void a_tree_knows_its_lines_and_styles(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct yaml_node *root =
        read_ok(&arena, STR("\xEF\xBB\xBFtitle: Café\nlist:\n  - 007\n  - '007'\n  - {a: 1, b: [x]}\n"));
    assert_str(yaml_get_text(root, STR("title"), STR("")), "Café");
    const struct yaml_node *list = yaml_get(root, STR("list"));
    assert_int_equal(list->children.count, 3);
    assert_int_equal(list->children.items[0]->style, YAML_PLAIN);
    assert_int_equal(list->children.items[1]->style, YAML_QUOTED);
    assert_int_equal(list->children.items[1]->line, 4);
    assert_int_equal(list->children.items[1]->column, 5);
    const struct yaml_node *map = list->children.items[2];
    assert_str(yaml_get(map, STR("b"))->children.items[0]->text, "x");
    assert_null(yaml_get(map, STR("c")));
    assert_str(yaml_get_text(map, STR("c"), STR("none")), "none");
    arena_finish(&arena);
}

static void what_is_wrong_is_named_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
        int line, column;
        enum error_kind kind;
    } cases[] = {
        {"a: 1\nb: 2\na: 3\n", "The key \"a\" stands twice", 12, 1, ERROR_SYNTAX},
        {"a: \"never closed\n", "not YAML", 11, 1, ERROR_SYNTAX},
        {"a: *b\n", "behind *", 10, 4, ERROR_SYNTAX},
        {"? [a]\n: b\n", "A key must be", 10, 5, ERROR_SYNTAX},
        {"a: 1\n---\nb: 1\n", "second document", 11, 1, ERROR_SYNTAX},
        {"a: b: c\n", "not YAML", 10, 5, ERROR_SYNTAX},
        {"a: \xff\n", "not YAML", 10, 1, ERROR_SYNTAX},
        {"a: &x [*x]\n", "behind *", 10, 8, ERROR_SYNTAX},
        {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "Nested too deeply", 10, 33, ERROR_LIMIT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct error e = {0};
        struct yaml_node *root = NULL;
        assert_false(yaml_read(&arena, str_from(cases[i].text), STR("d.yaml"), 10, &root, &e));
        if (!strstr(e.text, cases[i].words) || e.line != cases[i].line || e.kind != cases[i].kind ||
            (cases[i].column != 1 && e.column != cases[i].column))
            fail_msg("case %zu: %d:%d: %s", i, e.line, e.column, e.text);
        assert_null(root);
        assert_string_equal(e.file, "d.yaml");
        arena_finish(&arena);
    }
}

static void aliases_share_and_cannot_explode(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct yaml_node *root = read_ok(&arena, STR("a: &x {b: 1}\nc: *x\n"));
    assert_ptr_equal(yaml_get(root, STR("a")), yaml_get(root, STR("c")));
    struct buffer laughs = {0};
    buffer_add(&laughs, STR("a0: &a0 [x,x,x,x,x,x,x,x,x]\n"));
    for (int i = 1; i < 9; i++)
        buffer_format(&laughs, "a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n", i, i, i - 1,
                      i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    struct yaml_node *never = NULL;
    struct error e = {0};
    assert_false(yaml_read(&arena, buffer_str(&laughs), STR(""), 1, &never, &e));
    assert_int_equal(e.kind, ERROR_LIMIT);
    buffer_finish(&laughs);
    arena_finish(&arena);
}

static void an_empty_text_is_an_empty_mapping(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "\n\n", "# only a comment\n", "---\n"};
    for (size_t i = 0; i < 3; i++) {
        struct arena arena = {0};
        const struct yaml_node *root = read_ok(&arena, str_from(texts[i]));
        assert_int_equal(root->kind, YAML_MAPPING);
        assert_int_equal(root->children.count, 0);
        arena_finish(&arena);
    }
}

static void truth_and_nothing_are_plain_words(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct yaml_node *root = read_ok(&arena, STR("a: yes\nb: 'yes'\nc: Off\nd:\ne: ''\nf: ~\n"));
    bool value = false;
    assert_true(yaml_to_bool(yaml_get(root, STR("a")), &value) && value);
    assert_false(yaml_to_bool(yaml_get(root, STR("b")), &value));
    assert_true(yaml_to_bool(yaml_get(root, STR("c")), &value) && !value);
    assert_true(yaml_is_null(yaml_get(root, STR("d"))));
    assert_false(yaml_is_null(yaml_get(root, STR("e"))));
    assert_true(yaml_is_null(yaml_get(root, STR("f"))));
    assert_true(yaml_is_null(yaml_get(root, STR("z"))));
    arena_finish(&arena);
}

static void a_written_tree_reads_back_the_same(void **state)
{
    (void)state;
    static const char *const texts[] = {"plain",
                                        "¿Qué es?",
                                        "yes",
                                        "007",
                                        "",
                                        " lead",
                                        "trail ",
                                        "a: b",
                                        "a #b",
                                        "#b",
                                        "- x",
                                        "it's",
                                        "\"q\"",
                                        "two\nlines",
                                        "two\nlines\n",
                                        "two\n\n  lines",
                                        "\ttab",
                                        "a\\b",
                                        "end:",
                                        "{x}",
                                        "*x",
                                        "null",
                                        "~",
                                        "x\r\ny",
                                        "line \nblank",
                                        "\n",
                                        "日本語",
                                        "\xE2\x80\xA8sep",
                                        "\x01",
                                        "@at",
                                        "%p",
                                        "- ",
                                        "…",
                                        "a\n\n\n"};
    struct arena arena = {0};
    struct yaml_node *list = yaml_sequence(&arena), *map = yaml_mapping(&arena), *root = yaml_mapping(&arena);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct yaml_node *item = yaml_mapping(&arena);
        yaml_put(&arena, item, STR("text"), yaml_text(&arena, str_from(texts[i])));
        yaml_put(&arena, item, STR("n"), yaml_plain(&arena, STR("1")));
        yaml_append(&arena, list, item);
        yaml_append(&arena, list, yaml_text(&arena, str_from(texts[i])));
        if (!str_equal(str_from(texts[i]), STR("")))
            yaml_put(&arena, map, str_from(texts[i]), yaml_sequence(&arena));
    }
    yaml_put(&arena, root, STR("list"), list);
    yaml_put(&arena, root, STR("map"), map);
    yaml_put(&arena, root, STR("none"), yaml_mapping(&arena));
    struct buffer out = {0};
    yaml_write(&out, root);
    const struct yaml_node *back = read_ok(&arena, buffer_str(&out));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct yaml_node *items = yaml_get(back, STR("list"));
        assert_str(yaml_get(items->children.items[2 * i], STR("text"))->text, texts[i]);
        assert_str(items->children.items[2 * i + 1]->text, texts[i]);
        if (*texts[i])
            assert_non_null(yaml_get(yaml_get(back, STR("map")), str_from(texts[i])));
    }
    buffer_finish(&out);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tree_knows_its_lines_and_styles),
        cmocka_unit_test(what_is_wrong_is_named_with_its_place),
        cmocka_unit_test(aliases_share_and_cannot_explode),
        cmocka_unit_test(an_empty_text_is_an_empty_mapping),
        cmocka_unit_test(truth_and_nothing_are_plain_words),
        cmocka_unit_test(a_written_tree_reads_back_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
