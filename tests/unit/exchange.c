#include "test.h"

#include "exchange/cloze.h"
#include "exchange/gift.h"
#include "exchange/html.h"
#include "exchange/template.h"
#include "exchange_dump.h"

#include <string.h>

struct pair {
    const char *in, *out;
};

static void html_becomes_the_words_that_are_read(void **state)
{
    static const struct pair rows[] = {
        {"plain", "plain"},
        {"  <b>bold</b> and <i>not</i>  ", "bold and not"},
        {"one<br>two<div>three</div><p>four</p>", "one\ntwo\nthree\nfour"},
        {"a&nbsp;b &lt;c&gt; &amp; &eacute;&#241;&#x1F600; &unknown; & d", "a b <c> & éñ😀 &unknown; & d"},
        {"<ul><li>one</li><li>two</li></ul>", "• one\n• two"},
        {"<ol><li>one<li>two</ol>after", "1. one\n2. two\nafter"},
        {"x<sup>2</sup> H<sub>2</sub>O e<sup>iπ</sup> x<sup>n</sup>", "x² H₂O e^(iπ) x^n"},
        {"<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "漢(かん)"},
        {"see <img src=\"a%20b&amp;c.png\"> and [sound:x.mp3] here", "see [a b&c.png] and here"},
        {"<a href='https://example.org'>there</a>", "there (https://example.org)"},
        {"<a href=\"https://example.org\">https://example.org</a>", "https://example.org"},
        {"<script>alert(1)</script>words<style>b{}</style>", "words"},
        {"<a href=\"javascript:x()\" onclick=\"y()\">go</a>", "go"},
        {"[latex]$x^2$[/latex] [$]y[/$] \\(z\\)", "$x^2$ y \\(z\\)"},
        {"3 < 4 > 2 <3", "3 < 4 > 2 <3"},
        {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
        {"<pre>  two\n  lines</pre>", "two\n  lines"},
        {"evil\xE2\x80\xAEtxt.exe", "eviltxt.exe"},
        {"<!-- hidden -->shown", "shown"},
        {"<b", "<b"},
        {"", ""},
    };
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_str(html_words(&arena, str_from(rows[i].in)).text, rows[i].out);
    assert_true(html_words(&arena, STR("<img src=x onerror=y>")).active);
    assert_true(html_words(&arena, STR("<iframe src='file:///etc/passwd'></iframe>")).active);
    assert_false(html_words(&arena, STR("<img src=\"x.png\">")).active);
    arena_finish(&arena);
}

static void gaps_open_one_number_at_a_time(void **state)
{
    static const struct {
        const char *html;
        int number;
        const char *shown, *filled, *answers, *hint;
    } rows[] = {
        {"{{c1::a}} {{c2::b}}", 1, "____ b", "a b", "a", ""},
        {"{{c1::a}} {{c2::b::hint}}", 2, "a ____", "a b", "b", "hint"},
        {"{{c1::a}} x {{c1::b}}", 1, "____ x ____", "a x b", "a|b", ""},
        {"{{c1::out {{c2::in}}}} end", 1, "____ end", "out in end", "out in", ""},
        {"{{c1::out {{c2::in}}}} end", 2, "out ____ end", "out in end", "in", ""},
        {"{{c1,3::a}} {{c2::b}}", 3, "____ b", "a b", "a", ""},
        {"{{c1::never closed", 1, "{{c1::never closed", "{{c1::never closed", "", ""},
        {"not }} one", 1, "not }} one", "not }} one", "", ""},
        {"{{c::a}} {{cx::b}}", 1, "{{c::a}} {{cx::b}}", "{{c::a}} {{cx::b}}", "", ""},
    };
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cloze_text text = cloze_open(&arena, str_from(rows[i].html), rows[i].number);
        struct buffer answers = {0};
        for (size_t a = 0; a < text.answers.count; a++)
            buffer_format(&answers, "%s%.*s", a ? "|" : "", STR_ARG(text.answers.items[a]));
        assert_str(text.shown, rows[i].shown);
        assert_str(text.filled, rows[i].filled);
        assert_str(buffer_str(&answers), rows[i].answers);
        assert_str(text.hint, rows[i].hint);
        buffer_finish(&answers);
    }
    arena_finish(&arena);
}

static void gap_numbers_have_limits(void **state)
{
    (void)state;
    struct cloze_numbers numbers = {0};
    cloze_find(STR("{{c0::a}} {{c1,5::b}} {{c499::c}} {{c500::d}} {{c99999999999::e}}"), &numbers);
    assert_int_equal(numbers.count, 3);
    assert_true(cloze_has(&numbers, 5) && cloze_has(&numbers, 499) && !cloze_has(&numbers, 500));
    assert_true(numbers.beyond);
    struct buffer deep = {0};
    for (int i = 0; i < 5000; i++)
        buffer_format(&deep, "{{c%d::", i % 400 + 1);
    struct cloze_numbers found = {0};
    cloze_find(buffer_str(&deep), &found);
    assert_int_equal(found.count, CLOZE_DEPTH);
    buffer_finish(&deep);
}

static void templates_show_fields_sections_and_filters(void **state)
{
    static const struct pair rows[] = {
        {"{{Front}}", "<b>q</b>"},
        {"{{#Empty}}no{{/Empty}}{{^Empty}}yes{{/Empty}}", "yes"},
        {"{{#Front}}a{{#Empty}}b{{/Empty}}c{{/Front}}", "ac"},
        {"{{text:Front}}|{{hint:Back}}|{{type:Back}}|{{tts en_US:Front}}", "q|||"},
        {"{{FrontSide}}<hr>{{Back}}", "front<hr>a"},
        {"{{kanji:Ruby}} {{kana:Ruby}} {{furigana:Ruby}}", "日本 にほん 日本(にほん)"},
        {"{{Unknown}}{{unknown:Back}}", "a"},
        {"{{Front", "{{Front"},
        {"{{{Back}}}", "a"},
    };
    (void)state;
    struct arena arena = {0};
    struct str names[] = {STR("Front"), STR("Back"), STR("Empty"), STR("Ruby")};
    struct str values[] = {STR("<b>q</b>"), STR("a"), STR("<br>"), STR("日本[にほん]")};
    const struct str_list names_list = {names, 4, 4}, values_list = {values, 4, 4};
    struct template_input input = {.names = &names_list, .values = &values_list, .front = STR("front")};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_str(template_render(&arena, str_from(rows[i].in), &input).html, rows[i].out);
    arena_finish(&arena);
}

static void tables_are_read_however_they_are_cut(void **state)
{
    static const struct pair rows[] = {
        {"a\tb\nc\td\n", "d: a → b\nd: c → d\n"},
        {"Pregunta;Respuesta\r\n¿2+2?;4\r\n\"a;b\";\"c \"\"d\"\"\"\r\n", "d: ¿2+2? → 4\nd: a;b → c \"d\"\n"},
        {"hola - hello; adiós - goodbye; bien-estar - well-being",
         "d: hola → hello\nd: adiós → goodbye\nd: bien-estar → well-being\n"},
        {"x\ty, with, commas\nz\tw\n", "d: x → y, with, commas\nd: z → w\n"},
        {"question,answer,tags\nq,a,one two\n", "d: q → a #one; two\n"},
        {"term,definition,example\nq,a,e\n", "d: q → a (e)\n"},
        {"a\tb\na\tb\na\tc\n", "d: a → b\nd: a → c\n! 1 note is there twice; the first one counts (a)\n"},
        {"a;\nb;c\n", "d: a → … draft\nd: b → c\n! 1 card has no answer and waits among the drafts (a)\n"},
        {"a,b\n\"not closed,c\n",
         "d: a → b\nline 2: the quotation mark that begins here is never closed; close it, or double it if "
         "it is one"},
        {"nothing to cut here",
         "line 0: this text is no table of cards: put question and answer on one line with a tab, "
         "semicolon or comma between them"},
        {"#separator:Comma,,\n#html:false,,\n#deck:Geo,,\n#tags:t u,,\nx,<i>y</i>,\n",
         "Geo: x → <i>y</i> #t; u\n"},
        {"#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
         "g1\tBasic\tA::B\tq\t<b>a</b>\tt\n# a comment\n\"#g2\"\tCloze\tC\t{{c1::x}} y {{c2::z}}\t\t\n",
         "A::B: q → a #t\nC: ____ y z → x\nC: x y ____ → z\n"},
        {"#notetype:Basic (and reversed card)\n#separator:tab\nuno\tone\n", "d: uno → one\nd: one → uno\n"},
        {"tags:foo bar\nuno\tone\n", "d: uno → one #foo; bar\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct dump dump = {0};
        assert_str(dump_text(&dump, rows[i].in, "d"), rows[i].out);
        dump_finish(&dump);
    }
}

static void gift_questions_become_cards(void **state)
{
    static const struct pair rows[] = {
        {"Who is buried there?{~Grant ~Jefferson =no one}",
         "d: Who is buried there? → no one [Grant; Jefferson; no one]\n"},
        {"Grant is {~buried =entombed} in a tomb.",
         "d: Grant is ____ in a tomb. → entombed [buried; entombed]\n"},
        {"Two plus two {=four =4} equals.", "d: Two plus two ____ equals. → four {4}\n"},
        {"He was from {=Nazareth =%50%Bethlehem}.", "d: He was from ____. → Nazareth\n! 1 answer that is "
                                                    "only partly right was left out (line 1: He was from "
                                                    "____.)\n"},
        {"The sun is a star.{TRUE#wrong#right}", "d: The sun is a star. → true {t} [true; false] (wrong)\n"},
        {"El sol es frío.{F####Quema}", "d: El sol es frío. → falso {f} [verdadero; falso] (Quema)\n"},
        {"When?{#1822:2}", "d: When? → 1822 {1820; 1821; 1823; 1824}\n"},
        {"Pi?{#3.141..3.142}", "d: Pi? → 3.141 {3.142}\n"},
        {"$CATEGORY: $course$/top/A/B\n\nMatch. {=x -> 1 =y -> 2 = -> 3}",
         "d::A::B: Match. → x → 1; y → 2\n"},
        {"Primes {~%50%2 ~%50%3 ~%-100%4}", "d: Primes\n• 2\n• 3\n• 4 → 2; 3\n"},
        {"::t::[markdown]The *first*\\: one\\=1 {=a}", "d: The first: one=1 → a\n"},
        {"// [tag:x] [id:i]\nQ{=a}", "d: Q → a #x\n"},
        {"Explain. {}\n\nNo question at all.",
         "! 1 open question has no answer to learn and was left out (line 1: Explain.)\n"
         "! 1 description asks nothing and was left out (line 3: No question at all.)\n"},
        {"Q{=a\n\nnext {T}", "d: Q → a next {T\n"},
        {"fine {=a}\n\nQ{=never closed",
         "line 3: the answers of this question begin with { and have no } at their end"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct dump dump = {0};
        assert_str(dump_text(&dump, rows[i].in, "d"), rows[i].out);
        dump_finish(&dump);
    }
}

static void a_note_is_who_it_is_wherever_it_is_read(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str one = parcel_guid(&arena, STR("d"), STR("e\xCC\x81")),
               two = parcel_guid(&arena, STR("d"), STR(" é "));
    assert_true(str_equal(one, two));
    assert_false(str_equal(one, parcel_guid(&arena, STR("other"), STR("é"))));
    struct str own = STR("abcdefghijklmnopqrstuvwxyz");
    assert_string_equal(parcel_card_id(own, 0).text, own.ptr);
    assert_string_not_equal(parcel_card_id(own, 1).text, own.ptr);
    assert_int_equal(strlen(parcel_card_id(STR("gA01"), 0).text), 26);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_becomes_the_words_that_are_read),
        cmocka_unit_test(gaps_open_one_number_at_a_time),
        cmocka_unit_test(gap_numbers_have_limits),
        cmocka_unit_test(templates_show_fields_sections_and_filters),
        cmocka_unit_test(tables_are_read_however_they_are_cut),
        cmocka_unit_test(gift_questions_become_cards),
        cmocka_unit_test(a_note_is_who_it_is_wherever_it_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
