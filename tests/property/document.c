/* What holds for every document, on random Markdown: nothing is said here about how it should be read, only that
 * text, runs, sentences and lines agree with the source, and that reading twice gives the same. */
#include "document_properties.h"

#include "../unit/test.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Pieces that mean something to a Markdown reader, and the letters between them. */
static const char *const pieces[] = {
    "word ",
    "Una frase. ",
    "J. K. Fin. ",
    "año ",
    "e\u0301",
    "\u00A0",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "  \n",
    "\\\n",
    "\t",
    "    ",
    "- ",
    "* ",
    "1. ",
    "> ",
    "# ",
    "### ",
    "\n---\n",
    "\n===\n",
    "*",
    "**",
    "_",
    "__",
    "~~",
    "`",
    "``",
    "```\n",
    "~~~\n",
    "[",
    "]",
    "](x)",
    "](<a b> \"t\")",
    "![",
    "[a]",
    "[a]: /u\n",
    "[^n]",
    "\n[^n]: Nota. ",
    "|",
    "\n|-|-|\n",
    "| a | b |\n",
    "\\|",
    "\\*",
    "&amp;",
    "&eacute;",
    "&nope;",
    "&#x41;",
    "<b>",
    "</b>",
    "<div>\n",
    "</div>\n",
    "<br>",
    "<!-- ",
    "-->",
    "<table><tr><td>x</td></tr></table>\n",
    "<details><summary>T</summary>\n",
    "</details>",
    "<http://a.b>",
    "<a b=\"",
    "<x y='z'>",
    "{{< details title=\"D\" >}}\n",
    "{{< /details >}}\n",
    "{{% x %}}",
    "{{< ",
    "{{ v }}",
    "{% y %}",
    "{#id}",
    "{: .c}\n",
    "\n:::\n",
    "[@c]",
    "[[w|v]]",
    "Notas:\n\n",
    "## Quiz\n\n",
    "→ No. ",
    "“Hola.” ",
    "(a. B) ",
    "\u202E",
    "\x01",
    "\r\n",
    "\uFEFF",
    "…",
    "日本。",
    "\U0001F600",
    "\u2028",
    ": def\n",
    "\\",
    "<",
    "&",
    "<script>",
    "</script>",
};

static struct str random_markdown(struct arena *arena, struct random *random)
{
    struct buffer text = {0};
    size_t count = 1 + random_below(random, 60);
    for (size_t i = 0; i < count; i++)
        buffer_add(&text, str_from(pieces[random_below(random, COUNT(pieces))]));
    struct str copy = str_copy(arena, buffer_str(&text));
    buffer_finish(&text);
    return copy;
}

static void random_markdown_keeps_its_bytes(void **state)
{
    (void)state;
    struct random random = {20240917};
    struct arena arena = {0};
    for (int i = 0; i < 2000; i++) {
        struct str source = random_markdown(&arena, &random);
        const char *problem = problem_of(&arena, source);
        if (problem)
            print_error("round %d: %s\n<<<%.*s>>>\n", i, problem, STR_ARG(source));
        assert_null(problem);
        arena_reset(&arena);
    }
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_markdown_keeps_its_bytes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
