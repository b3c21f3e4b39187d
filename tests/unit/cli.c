#include "test.h"

#include "base/buffer.h"
#include "cli/command.h"
#include "cli/manual.h"

#include <string.h>

/* Splits "a b c" into words; the parser moves them about. */
static int split(char *line, char **words)
{
    int count = 0;
    for (char *word = strtok(line, " "); word; word = strtok(NULL, " "))
        words[count++] = word;
    words[count] = NULL;
    return count;
}

static void what_a_command_line_means(void **state)
{
    (void)state;
    static const struct {
        const char *line, *command, *option, *value;
        int words;
    } rows[] = {
        {"version", "version", NULL, NULL, 0},
        {"help version", "help", NULL, NULL, 1},
        {"help --format man", "help", "format", "man", 0},
        {"help --format=fish", "help", "format", "fish", 0},
        {"help --format man --format zsh", "help", "format", "zsh", 0},
        {"--collection a.db version", "version", "collection", "a.db", 0},
        {"version --collection=a.db", "version", "collection", "a.db", 0},
        {"help -h too many words", "help", "help", "", 3},
        {"help -- --format", "help", NULL, NULL, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char line[80], *words[12];
        struct call call;
        struct error e = {0};
        strcpy(line, rows[i].line);
        if (!call_parse(split(line, words), words, &call, &e))
            fail_msg("%s: %s", rows[i].line, e.text);
        assert_string_equal(call.command->name, rows[i].command);
        assert_int_equal(call.count, rows[i].words);
        if (rows[i].option)
            assert_string_equal(call_option(&call, rows[i].option, ""), rows[i].value);
    }
}

static void what_is_wrong_with_a_command_line(void **state)
{
    (void)state;
    static const struct {
        const char *line, *says;
    } rows[] = {
        {"verson", "Did you mean version?"},
        {"xyzzy", "`repaso help` lists them"},
        {"help --fromat man", "Did you mean --format?"},
        {"help --format pdf", "--format takes one of text|man|bash|zsh|fish, not \"pdf\"."},
        {"help --format", "--format wants a value"},
        {"help --help=yes", "--help takes no value"},
        {"version now", "does not take \"now\""},
        {"help a b", "does not take \"b\""},
        {"help -x", "There is no option --x"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char line[80], *words[12];
        struct call call;
        struct error e = {0};
        strcpy(line, rows[i].line);
        assert_false(call_parse(split(line, words), words, &call, &e));
        assert_int_equal(e.kind, ERROR_USAGE);
        if (!strstr(e.text, rows[i].says))
            fail_msg("%s: %s", rows[i].line, e.text);
    }
}

static void no_command_is_the_window(void **state)
{
    (void)state;
    char line[] = "--collection b.db", *words[4];
    struct call call;
    struct error e = {0};
    assert_true(call_parse(split(line, words), words, &call, &e));
    assert_null(call.command);
    assert_string_equal(call_option(&call, "collection", ""), "b.db");
}

static void every_row_of_the_table_is_in_every_text(void **state)
{
    (void)state;
    void (*const texts[])(struct buffer *) = {manual_overview, manual_roff, manual_bash, manual_zsh,
                                              manual_fish};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buffer out = {0};
        texts[i](&out);
        for (const struct command *command = commands; command->name; command++)
            if (!strstr(out.bytes, command->name))
                fail_msg("%s is missing in text %zu", command->name, i);
        buffer_finish(&out);
    }
}

/* Help lines share a look: they start small, end without a full stop, and fit the table. */
static void help_texts_look_alike(void **state)
{
    (void)state;
    for (const struct command *command = commands; command->name; command++) {
        size_t len = strlen(command->help);
        if (!(command->help[0] >= 'a' && command->help[0] <= 'z') || command->help[len - 1] == '.' ||
            len > 72)
            fail_msg("%s: %s", command->name, command->help);
        for (const struct option *option = command->options; option && option->name; option++)
            if (option->help[strlen(option->help) - 1] == '.')
                fail_msg("%s --%s: %s", command->name, option->name, option->help);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_command_line_means),
        cmocka_unit_test(what_is_wrong_with_a_command_line),
        cmocka_unit_test(no_command_is_the_window),
        cmocka_unit_test(every_row_of_the_table_is_in_every_text),
        cmocka_unit_test(help_texts_look_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
