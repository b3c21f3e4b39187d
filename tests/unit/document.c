#include "test.h"

#include "base/arena.h"
#include "base/error.h"
#include "document/document.h"

#include "../document_check.h"
#include "../document_dump.h"

#include <stdlib.h>
#include <time.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* The dump of a text, checked for what holds for every document; an error is shown as it would be. */
static struct str dumped(struct arena *arena, const char *path, struct str source)
{
    struct document doc;
    struct error e;
    struct buffer dump = {0};
    if (document_parse(arena, str_from(path), source, (struct str){0}, &doc, &e)) {
        int block = -1;
        const char *problem = document_problem(arena, &doc, &block);
        dump_document(&dump, &doc);
        if (problem)
            buffer_format(&dump, "PROBLEM in block %d: %s\n", block, problem);
        for (size_t i = 0; i < doc.warnings.count; i++)
            buffer_format(&dump, "warning: %.*s\n", STR_ARG(doc.warnings.items[i]));
    } else {
        char text[600];
        error_describe(&e, text, sizeof text);
        buffer_format(&dump, "%s\n", text);
    }
    struct str copy = str_copy(arena, buffer_str(&dump));
    buffer_finish(&dump);
    return copy;
}

static const struct row {
    const char *name, *source, *dump;
} rows[] = {
    {"front matter gives the title and no text", "---\ntitle: \"El Título\"\nweight: 3\n---\n\nUno. Dos.\n",
     "6 paragraph [El Título]\n    Uno.\n    Dos.\n"},
    {"front matter in TOML, too", "+++\ntitle = 'Tee'\n[menu]\ntitle = 'No'\n+++\nText.\n",
     "6 paragraph [Tee]\n    Text.\n"},
    {"blank lines may stand before the front matter", "\n\n---\ntitle: T\n---\nText.\n",
     "6 paragraph [T]\n    Text.\n"},
    {"a rule between texts is no front matter", "---\nJust some words\n---\n",
     "2 heading depth=2 [Just some words]\n    Just some words\n"},
    {"headings make sections", "# A\n\nx\n\n## B\n\ny\n\nC\n=\n\nz\n",
     "1 heading depth=1 [A]\n    A\n3 paragraph [A]\n    x\n5 heading depth=2 [B]\n    B\n7 paragraph [B]\n  "
     "  y\n"
     "9 heading depth=1 [C]\n    C\n12 paragraph [C]\n    z\n"},
    {"emphasis, code and links are kept as styles",
     "A **bold *inner*** and `code` and [link](http://x.y \"t\").\n",
     "1 paragraph [ch.md]\n    A bold inner and code and link.\n"
     "    emphasis <inner>\n    strong <bold inner>\n    code <code>\n    link <link> → http://x.y\n"},
    {"references are links, their definitions no text",
     "See [the page][p] and [p].\n\n[p]: <http://a.b/c d> 'T'\n\nEnd.\n",
     "1 paragraph [ch.md]\n    See the page and p.\n    link <the page> → http://a.b/c d\n    link <p> → "
     "http://a.b/c d\n5 paragraph [ch.md]\n    End.\n"},
    {"a definition may stand right before a text", "[p]: /u\n[q]:\n/v\nSee [p] or [q].\n",
     "4 paragraph [ch.md]\n    See p or q.\n    link <p> → /u\n    link <q> → /v\n"},
    {"soft breaks are blanks, wherever they stand", "One two\n   three\nfour **five\nsix** seven.\n",
     "1 paragraph [ch.md]\n    One two three four five six seven.\n    strong <five six>\n"},
    {"hard breaks end sentences", "Name: X  \nYear: Y\\\nand more\n",
     "1 paragraph [ch.md]\n    Name: X\n    Year: Y and more\n"},
    {"items know their list, number and lead-in",
     "Three things:\n\n1. one\n2. two\n   - inner\n\n     more\n3. three\n",
     "1 paragraph [ch.md]\n    Three things:\n3 item depth=1 ordinal=1 parent=1 [ch.md]\n    one\n"
     "4 item depth=1 ordinal=2 parent=1 [ch.md]\n    two\n5 item depth=2 parent=4 [ch.md]\n    inner\n"
     "7 paragraph depth=2 parent=5 [ch.md]\n    more\n8 item depth=1 ordinal=3 parent=1 [ch.md]\n    "
     "three\n"},
    {"a full sentence leads in to nothing", "All said.\n\n- one\n",
     "1 paragraph [ch.md]\n    All said.\n3 item depth=1 [ch.md]\n    one\n"},
    {"tasks lose their boxes", "- [x] done\n- [ ] open\n",
     "1 item depth=1 [ch.md]\n    done\n2 item depth=1 [ch.md]\n    open\n"},
    {"quotes, lists in quotes, lazy lines", "> One\n> two\nlazy\n>\n> - item\n>   more\n",
     "1 quote depth=1 [ch.md]\n    One two lazy\n5 item depth=1 parent=1 [ch.md]\n    item more\n"},
    {"alerts lose their label", "> [!NOTE]\n> Careful.\n", "2 quote depth=1 [ch.md]\n    Careful.\n"},
    {"tables are rows under headers", "| Name | Year |\n|---|:-:|\n| A \\| B | **1990** |\n| C | |\n",
     "3 row [ch.md] under Name, Year\n    A | B\n    1990\n    strong <1990>\n4 row [ch.md] under Name, "
     "Year\n    C\n"},
    {"tables in HTML, too",
     "<table class=\"x\">\n<tr><th>Name</th><th>Year</th></tr>\n<tr><td>A &amp; "
     "<b>B</b></td>\n<td>1990</td></tr>\n"
     "</table>\nAfter.\n",
     "3 row [ch.md] under Name, Year\n    A & B\n    1990\n6 paragraph [ch.md]\n    After.\n"},
    {"footnotes stand where they are and know who calls them",
     "Fact one[^a].\n\n[^a]: The note.\n\nFact two [^b] [^zz].\n\n[^b]: Other.\n",
     "1 paragraph [ch.md]\n    Fact one.\n    mark <> → a\n3 note parent=1 [ch.md]\n    The note.\n"
     "5 paragraph [ch.md]\n    Fact two.\n    mark <> → b\n7 note parent=5 [ch.md]\n    Other.\n"},
    {"a footnote within a list keeps its place", "- One[^a]\n  [^a]: Note\n- Two\n",
     "1 item depth=1 [ch.md]\n    One\n    mark <> → a\n2 note parent=1 [ch.md]\n    Note\n3 item depth=1 "
     "[ch.md]\n    Two\n"},
    {"notes under their word", "Text.\n\n**Notas:**\n\n1. Una.\n\nOtra.\n\n---\n\nMás.\n",
     "1 paragraph [ch.md]\n    Text.\n3 note [ch.md]\n    Notas:\n    strong <Notas:>\n"
     "5 note depth=1 ordinal=1 parent=3 [ch.md]\n    Una.\n7 note [ch.md]\n    Otra.\n11 paragraph [ch.md]\n "
     "   Más.\n"},
    {"a remark is a note by itself", "Nota del autor: no es así.\n\nSigue.\n",
     "1 note [ch.md]\n    Nota del autor: no es así.\n3 paragraph [ch.md]\n    Sigue.\n"},
    {"questions to the reader are exercises",
     "# A\n\nText.\n\n## Review Questions\n\nWho?\n\n1. X\n2. Y\n\n### Key\n\nX\n\n## More\n\nText.\n",
     "1 heading depth=1 [A]\n    A\n3 paragraph [A]\n    Text.\n5 heading depth=2 [Review Questions]\n    "
     "Review Questions\n"
     "7 exercise [Review Questions]\n    Who?\n9 exercise depth=1 ordinal=1 [Review Questions]\n    X\n"
     "10 exercise depth=1 ordinal=2 [Review Questions]\n    Y\n12 heading depth=3 [Key]\n    Key\n14 "
     "exercise [Key]\n    X\n"
     "16 heading depth=2 [More]\n    More\n18 paragraph [More]\n    Text.\n"},
    {"options on lines are an exercise", "¿Quién?\n\nA) Uno\nB) Dos\nC) Tres\n",
     "1 paragraph [ch.md]\n    ¿Quién?\n3 exercise [ch.md]\n    A) Uno B) Dos C) Tres\n"},
    {"an exercise in attributes of HTML",
     "<div data-type=\"exercise\">\n<div class=\"p\" markdown=\"1\">\nWhy?\n\n1.  a\n{: "
     "type=\"A\"}\n\n</div>\n</div>\n\nText.\n",
     "3 exercise [ch.md]\n    Why?\n5 exercise depth=1 ordinal=1 [ch.md]\n    a\n11 paragraph [ch.md]\n    "
     "Text.\n"},
    {"code is code", "Text:\n\n```c\nint a; // <b>\n```\n\n    indented {{< x >}}\n\nEnd.\n",
     "1 paragraph [ch.md]\n    Text:\n3 code [ch.md]\n    int a; // <b>\n7 code [ch.md]\n    indented {{< x "
     ">}}\n"
     "9 paragraph [ch.md]\n    End.\n"},
    {"images are captions, or nothing within text", "![A map](m.png)\n\nText ![icon](i.png) more.\n",
     "1 caption [ch.md]\n    A map\n3 paragraph [ch.md]\n    Text more.\n"},
    {"shortcodes: containers have titles, the rest goes",
     "# A\n\n{{% details title=\"Lanzamientos de 2023\" %}}\nX (mayo).\n{{% /details %}}\n\n{{< hint info "
     ">}}\nPista.\n{{< /hint "
     ">}}\n\n{{< image src=\"a.png\" />}}\n\nVer [eso]({{< relref \"b.md\" >}}) aquí.\n",
     "1 heading depth=1 [A]\n    A\n4 paragraph [Lanzamientos de 2023]\n    X (mayo).\n8 paragraph [A]\n    "
     "Pista.\n"
     "13 paragraph [A]\n    Ver eso aquí.\n    link <eso>\n"},
    {"code in shortcodes goes", "{{< highlight go >}}\nvar x = *y\n{{< /highlight >}}\nText.\n",
     "4 paragraph [ch.md]\n    Text.\n"},
    {"details in HTML", "<details>\n<summary>Más <b>datos</b></summary>\n\nTexto.\n\n</details>\n\nFin.\n",
     "4 paragraph [Más datos]\n    Texto.\n8 paragraph [ch.md]\n    Fin.\n"},
    {"attributes, citations, includes and fences go",
     "## Title {#id .class}\n\n{: .note}\nSee [@smith2020, p. 3] the [link](x){:target=\"_blank\"} {% "
     "include a.html %} "
     "here.\n\n::: warning\nMind.\n:::\n",
     "1 heading depth=2 [Title]\n    Title\n4 paragraph [Title]\n    See the link here.\n    link <link> → "
     "x\n"
     "7 paragraph [Title]\n    Mind.\n"},
    {"tags, comments and scripts go, placeholders stay signs",
     "A <span class=\"x\">B</span> <!-- no -->C<br>D 1 < 2 <3 `<b>`.\n\n<script>\nvar "
     "a;\n</script>\n\n<p>One</p><p>Two</p>\n",
     "1 paragraph [ch.md]\n    A B C\n    D 1 < 2 <3 <b>.\n    code <<b>>\n7 paragraph [ch.md]\n    One\n7 "
     "paragraph [ch.md]\n    Two\n"},
    {"entities and escapes are letters", "A&nbsp;B &amp; C\\* &eacute;&#33;, 5\u00A0km\n",
     "1 paragraph [ch.md]\n    A B & C* é!, 5 km\n"},
    {"letters come composed, controls and overrides go", "Cancio\u0301n\u202E\x01 fin\u200B.\n",
     "1 paragraph [ch.md]\n    Canción fin.\n"},
    {"wiki links are their words", "El [[Page|texto]] y [[Otra]].\n",
     "1 paragraph [ch.md]\n    El texto y Otra.\n"},
    {"definition lists join", "Term\n: what it is\n", "1 paragraph [ch.md]\n    Term: what it is\n"},
    {"strike-through is text, tildes too", "A ~~b~~ c, ~3 USD y ~4.\n",
     "1 paragraph [ch.md]\n    A b c, ~3 USD y ~4.\n"},
    {"an address is its own text", "See <https://a.b/c>.\n",
     "1 paragraph [ch.md]\n    See https://a.b/c.\n    link <https://a.b/c> → https://a.b/c\n"},
    {"no text is an error", "---\ntitle: T\n---\n\n", "ch.md: there is no text in this file\n"},
    {"front matter must end", "---\ntitle: T\n\nText\n",
     "ch.md:1: the front matter never ends: close it with a line \"---\"\n"},
    {"text must be UTF-8", "One\nTwo \xFF\n", "ch.md:2: this line is not UTF-8: save the file in UTF-8\n"},
};

static void markdown_becomes_blocks_and_sentences(void **state)
{
    (void)state;
    struct arena arena = {0};
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str dump = dumped(&arena, "ch.md", str_from(rows[i].source));
        if (!str_equal(dump, str_from(rows[i].dump))) {
            print_error("%s:\n%s\ngives\n%.*s\nnot\n%s\n", rows[i].name, rows[i].source, STR_ARG(dump),
                        rows[i].dump);
            wrong++;
        }
        arena_reset(&arena);
    }
    arena_finish(&arena);
    assert_int_equal(wrong, 0);
}

static struct str with_line_ends(struct arena *arena, const char *source, const char *end)
{
    struct buffer text = {0};
    buffer_add(&text, STR("\xEF\xBB\xBF"));
    for (; *source; source++)
        if (*source == '\n')
            buffer_add(&text, str_from(end));
        else
            buffer_add_char(&text, *source);
    struct str copy = str_copy(arena, buffer_str(&text));
    buffer_finish(&text);
    return copy;
}

static void line_ends_and_a_byte_order_mark_change_nothing(void **state)
{
    (void)state;
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t j = 0; j < COUNT(ends); j++) {
            struct str dump = dumped(&arena, "ch.md", with_line_ends(&arena, rows[i].source, ends[j]));
            /* Code keeps its lines, whatever they end with; the title may be the path. */
            if (!str_equal(dump, str_from(rows[i].dump)))
                print_error("%s, line end %zu\n", rows[i].name, j);
            assert_str(dump, rows[i].dump);
            arena_reset(&arena);
        }
    arena_finish(&arena);
}

static void the_language_is_told_or_found(void **state)
{
    (void)state;
    static const struct {
        const char *path, *source, *lang;
    } texts[] = {
        {"a_es.md", "The cat of the house.\n", "es"},
        {"a.en.md", "El gato de la casa.\n", "en"},
        {"en/a.md", "El gato de la casa.\n", "en"},
        {"a.md", "---\nlang: en-GB\n---\nEl gato de la casa.\n", "en"},
        {"a.md", "El gato de la casa.\n", "es"},
        {"a.md", "The cat of the house.\n", "en"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct document doc;
        assert_true(document_parse(&arena, str_from(texts[i].path), str_from(texts[i].source),
                                   (struct str){0}, &doc, NULL));
        assert_str(doc.lang, texts[i].lang);
    }
    arena_finish(&arena);
}

static void positions_are_lines_and_code_points(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct document doc;
    assert_true(
        document_parse(&arena, STR("a.md"), STR("Año uno.\n> Año **dos.** Tres.\n"), STR("es"), &doc, NULL));
    assert_int_equal(doc.sentences.count, 3);
    const struct sentence *last = &doc.sentences.items[2];
    assert_int_equal(last->line, 2);
    assert_int_equal(last->column, 16);
    assert_str(str_slice(doc.source, last->source.start, last->source.end), "Tres.");
    last--;
    assert_str(str_slice(doc.source, last->source.start, last->source.end), "Año **dos.");
    arena_finish(&arena);
}

/* --- Bad input -------------------------------------------------------------------------------------------- */

static struct str repeated(struct buffer *buffer, const char *head, const char *body, size_t count,
                           const char *tail)
{
    buffer_clear(buffer);
    buffer_add(buffer, str_from(head));
    for (size_t i = 0; i < count; i++)
        buffer_add(buffer, str_from(body));
    buffer_add(buffer, str_from(tail));
    return buffer_str(buffer);
}

static void hostile_text_is_read_in_linear_time(void **state)
{
    (void)state;
    static const struct {
        const char *head, *body, *tail;
        size_t count;
    } texts[] = {
        {"", "- ", "x", 10000},
        {"", "1. ", "x", 10000},
        {"", "> ", "x", 10000},
        {"", "> - ", "x", 5000},
        {"", "[a](b) ", "", 20000},
        {"", "![[]()", "", 20000},
        {"", "[", "", 50000},
        {"", "![", "", 50000},
        {"", "[a](<b", "", 20000},
        {"", "*a **b ", "", 20000},
        {"", "_", "a", 50000},
        {"", "`a``b```c", "", 10000},
        {"", "<a b=\"", "", 20000},
        {"", "<!-- ", "", 20000},
        {"", "<pre>", "", 20000},
        {"", "<details>", "", 5000},
        {"", "{{< highlight >}}", "", 10000},
        {"", "{% comment %}", "", 10000},
        {"", "{{< ", "", 20000},
        {"", "&amp;", "", 50000},
        {"", "\\*", "", 50000},
        {"", "a|", "\n", 20000},
        {"a|\n-|\n", "x|y|z\n", "", 5000},
        {"", "word ", "", 100000},
        {"", "word\r", "", 100000},
        {"", "Una frase. ", "", 20000},
        {"", "| a. B. | ", "", 20000},
        {"[a]: b\n\n", "[a] ", "", 1000},
        {"", "[a]: b\n", "end", 5000},
        {"[^a]: note\n\n", "x[^a] ", "", 900},
        {"", "[^a]: note\n", "", 5000},
        {"e", "\u0301", "", 20000},
        {"", "......! ", "", 20000},
        {"", "( ", "", 20000},
        {"", "\" ", "", 20000},
    };
    struct arena arena = {0};
    struct buffer buffer = {0};
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct str source = repeated(&buffer, texts[i].head, texts[i].body, texts[i].count, texts[i].tail);
        struct document doc;
        struct error e;
        clock_t start = clock();
        bool good = document_parse(&arena, STR("bad.md"), source, (struct str){0}, &doc, &e);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        int block = -1;
        const char *problem = good ? document_problem(&arena, &doc, &block) : NULL;
        if (problem || seconds > 10) /* of processor time: linear is well below, also under sanitizers */
            print_error("%s: %s, %.2f s\n", texts[i].body, problem ? problem : "slow", seconds);
        assert_null(problem);
        assert_true(seconds < 10);
        arena_reset(&arena);
    }
    buffer_finish(&buffer);
    arena_finish(&arena);
}

static void a_list_two_thousand_deep_by_indentation_is_cut(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buffer buffer = {0};
    for (int i = 0; i < 2000; i++)
        buffer_format(&buffer, "%*s- %d\n", i * 2, "", i);
    struct document doc;
    assert_true(document_parse(&arena, STR("deep.md"), buffer_str(&buffer), (struct str){0}, &doc, NULL));
    assert_true(doc.warnings.count > 0);
    int block = -1;
    assert_null(document_problem(&arena, &doc, &block));
    buffer_finish(&buffer);
    arena_finish(&arena);
}

static void what_is_too_much_is_plain_text_with_a_warning(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buffer buffer = {0};
    struct document doc;
    repeated(&buffer, "First.\n\n", "[a](b) ", 3000, "\n\nLast.\n");
    assert_true(document_parse(&arena, STR("a.md"), buffer_str(&buffer), (struct str){0}, &doc, NULL));
    assert_int_equal(doc.blocks.count, 3);
    assert_str(doc.warnings.items[0], "3: a paragraph with more than 1,000 links is taken as plain text");
    buffer_finish(&buffer);
    arena_finish(&arena);
}

static void binary_files_are_refused_by_line(void **state)
{
    (void)state;
    struct arena arena = {0};
    assert_str(
        dumped(&arena, "a.md", ((struct str){"a\nb\0c", 5})),
        "a.md:2: this is not a text file: it holds a zero byte; save the chapter as Markdown in UTF-8\n");
    assert_str(dumped(&arena, "a.md",
                      ((struct str){"\xFF\xFE"
                                    "a",
                                    3})),
               "a.md:1: this line is not UTF-8: save the file in UTF-8\n");
    assert_str(dumped(&arena, "a.md", (struct str){0}), "a.md: there is no text in this file\n");
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markdown_becomes_blocks_and_sentences),
        cmocka_unit_test(line_ends_and_a_byte_order_mark_change_nothing),
        cmocka_unit_test(the_language_is_told_or_found),
        cmocka_unit_test(positions_are_lines_and_code_points),
        cmocka_unit_test(hostile_text_is_read_in_linear_time),
        cmocka_unit_test(a_list_two_thousand_deep_by_indentation_is_cut),
        cmocka_unit_test(what_is_too_much_is_plain_text_with_a_warning),
        cmocka_unit_test(binary_files_are_refused_by_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
