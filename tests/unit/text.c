#include "test.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "text/text.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void folding_keeps_letters_and_drops_the_rest(void **state)
{
    (void)state;
    static const struct {
        const char *text, *folded, *key;
    } rows[] = {
        {"Él AÑADIÓ", "el anadio", "elanadio"},
        {"GPT-4 Turbo", "gpt-4 turbo", "gpt4turbo"},
        {"GPT‑4", "gpt‐4", "gpt4"},
        {"ﬁn", "fin", "fin"},
        {"Straße", "strasse", "strasse"},
        {"Ǳ", "dz", "dz"},
        {"A\u00A0B", "a b", "ab"},
        {"½", "1⁄2", "1⁄2"},
        {"n.º", "n.o", "n.o"},
        {"Cafe\u0301", "cafe", "cafe"},
        {"ΟΔΟΣ", "οδοσ", "οδοσ"},
        {"", "", ""},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_str(text_fold(&arena, str_from(rows[i].text)), rows[i].folded);
        assert_str(text_fold_key(&arena, str_from(rows[i].text)), rows[i].key);
    }
    arena_finish(&arena);
}

static void nfc_composes_and_leaves_composed_text_alone(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str composed = STR("canción");
    assert_ptr_equal(text_nfc(&arena, composed).ptr, composed.ptr);
    assert_str(text_nfc(&arena, STR("cancio\u0301n")), "canción");
    assert_false(text_is_nfc(STR("cancio\u0301n")));
    assert_str(text_nfc(&arena, STR("\u1112\u1161\u11ab")), "한");
    assert_str(text_upper(&arena, STR("año")), "AÑO");
    assert_str(text_lower(&arena, STR("AÑO")), "año");
    assert_str(text_capitalise(&arena, STR("¿qué")), "¿Qué");
    assert_str(text_trim(STR("\u00A0 a b\u2003\n")), "a b");
    arena_finish(&arena);
}

/* The pieces of a text between bars. */
static struct str shown(struct arena *arena, struct str s, const struct spans *spans)
{
    struct str all = STR("");
    for (size_t i = 0; i < spans->count; i++)
        all = str_format(arena, "%.*s%s%.*s", STR_ARG(all), i ? "|" : "",
                         STR_ARG(str_slice(s, spans->items[i].start, spans->items[i].end)));
    return all;
}

static void words_are_letters_numbers_and_signs(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct words words = {0};
    struct str s = STR("GPT-4 salió: 3.5 de 1,000 «años».");
    text_words(&arena, s, &words);
    struct spans spans = {0};
    struct buffer kinds = {0};
    for (size_t i = 0; i < words.count; i++) {
        list_push(&arena, &spans, words.items[i].span);
        buffer_add_char(&kinds, "LNM"[words.items[i].kind]);
    }
    assert_str(shown(&arena, s, &spans), "GPT|-|4|salió|:|3.5|de|1,000|«|años|»|.");
    assert_str(buffer_str(&kinds), "LMNLMNLNMLMM");
    buffer_finish(&kinds);
    arena_finish(&arena);
}

static void sentences_break_where_readers_stop(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *sentences;
    } rows[] = {
        {"es", "Uno.|Dos."},
        {"es", "Así fue, p. ej., en 2019.|Luego cayó."},
        {"es", "El Dr. Pérez llegó a EE. UU. en 1990.|Allí vivió."},
        {"es", "Vivió en EE. UU.|Luego volvió."},
        {"es", "Nació en los EE.UU.|El resto es historia."},
        {"es", "Ningún LLM.|Publicaron DINOv2 (abril 2023).|Fin."},
        {"es", "Tiene 8 GB de VRAM.|Evidentemente, poco."},
        {"es", "Dudó… y siguió.|Calló…|Nadie supo."},
        {"es", "Vale aprox. 300.|Nada más."},
        {"es", "“¿Qué hago?|No sé qué hacer.|Nadie me dijo nada."},
        {"es", "“Ven. Te doy 14B.”|→ Ok"},
        {"es", "“Véndeme tu empresa.”|→ No.|“¿Y ahora?”|→ Ok, acepto."},
        {"es", "El paso A → B es corto."},
        {"es", "Cayó (fue en 2019. Nadie lo vio.) y se fue."},
        {"es", "Dijo «No voy. Tengo sueño» y se durmió.|Fin."},
        {"es", "¿Qué pasó?|¡Nada!|¿Seguro?"},
        {"es", "—¿Qué? —preguntó.|—Nada."},
        {"es", "Sacó X.|wav2vec llegó después.|fastText también."},
        {"es", "Murió en el año 300 a. C. en Roma.|Fue en 20 d. C.|Los demás huyeron."},
        {"es", "Véase la p. 5 y el cap. IV.|Fin."},
        {"es", "1. Primero esto.|2. Luego aquello."},
        {"es", "1992. Aparece el primero.|1993. Aparece otro."},
        {"es", "Felipe V.|España cambió."},
        {"es", "Toma vitamina C.|Pauling lo creía."},
        {"es", "El plan B.|Los demás fallaron."},
        {"es", "Escrito por J. R. R. Tolkien en 1937.|Es largo."},
        {"es", "Creó Acme Inc. en 1990.|La vendió a Globex Corp.|El resto se sabe."},
        {"en", "Mr. Smith met Dr. Jones at 5 p.m.|They talked."},
        {"en", "The U.S. Army came.|It left the U.S.|The rest stayed."},
        {"en", "George W. Bush won, i.e. he ruled.|See No. 5."},
        {"en", "He said no.|Nobody heard, e.g. Mary."},
        {"en", "World War I.|Germany lost."},
        {"en", "\"What?\" he asked.|\"Nothing.\"|She left."},
        {"en", "A 5.25\" disk.|It had \"one file. One.\" on it."},
        {"en", "St. Louis is big.|J. K. Rowling wrote it."},
        {"en", "Done (see below).|Next one."},
        {"en", "See Smith et al. (2017).|Then go."},
        {"en", "It costs $3.50.|3,000 were sold."},
        {"en", "..."},
        {"en", "! ! !"},
        {"", "これはペンです。|これは本です。"},
        {"", "यह है।|वह है।"},
        {"es", "Sin punto"},
        {"es", ""},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++) {
        /* The bars stand for one blank, where there is one; wide scripts have none. */
        struct buffer text = {0};
        for (const char *p = rows[i].sentences; *p; p++)
            if (*p != '|')
                buffer_add_char(&text, *p);
            else if (rows[i].lang[0] || (unsigned char)p[1] != 0xE3)
                buffer_add_char(&text, ' ');
        struct spans spans = {0};
        text_sentences(&arena, buffer_str(&text), str_from(rows[i].lang), &spans);
        assert_str(shown(&arena, buffer_str(&text), &spans), rows[i].sentences);
        buffer_finish(&text);
    }
    arena_finish(&arena);
}

static void a_line_feed_ends_a_sentence_unless_small_letters_go_on(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct spans spans = {0};
    struct str s = STR("Nombre: X\nAño: 5\nque siguió.\nFin");
    text_sentences(&arena, s, STR("es"), &spans);
    assert_str(shown(&arena, s, &spans), "Nombre: X|Año: 5\nque siguió.|Fin");
    arena_finish(&arena);
}

static void distance_counts_slips_up_to_a_limit(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int limit, distance;
    } rows[] = {
        {"", "", 2, 0},
        {"casa", "casa", 0, 0},
        {"casa", "cosa", 2, 1},
        {"casa", "csaa", 2, 1},
        {"casa", "acsa", 2, 1},
        {"casa", "casas", 2, 1},
        {"casa", "asa", 2, 1},
        {"kitten", "sitting", 3, 3},
        {"kitten", "sitting", 2, 3},
        {"", "abc", 5, 3},
        {"abc", "", 5, 3},
        {"año", "ano", 2, 1},
        {"ab", "ba", 1, 1},
        {"ca", "abc", 5, 3},
        {"abcdefghij", "abcdefghji", 1, 1},
        {"abcdefghij", "jihgfedcba", 3, 4},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str a = str_from(rows[i].a), b = str_from(rows[i].b);
        assert_int_equal(text_distance(a, b, rows[i].limit), rows[i].distance);
        assert_int_equal(text_distance(b, a, rows[i].limit), rows[i].distance);
    }
}

static void spanish_order_puts_enye_behind_n(void **state)
{
    (void)state;
    assert_int_equal(text_collate(STR("ñu"), STR("nz"), STR("es")), 1);
    assert_int_equal(text_collate(STR("árbol"), STR("azul"), STR("es")), -1);
    assert_int_equal(text_collate(STR("a"), STR("a"), STR("en")), 0);
}

static void lines_break_at_blanks_but_not_within_a_measure(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "Sube |un |87 % |en |total",
        "El |n.º 4 |y |la |p. 12",
        "Llama 2 |salió |en |julio |de |2023",
        "« así » |dijo",
        "pesa |5 kg. |Nada",
        "una-|dos",
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buffer text = {0};
        for (const char *p = rows[i]; *p; p++)
            if (*p != '|')
                buffer_add_char(&text, *p);
        struct line_breaks breaks = {0};
        text_line_breaks(&arena, buffer_str(&text), STR("es"), &breaks);
        struct spans lines = {0};
        size_t start = 0;
        for (size_t j = 0; j < breaks.count; start = breaks.items[j++].at)
            list_push(&arena, &lines, ((struct span){start, breaks.items[j].at}));
        assert_str(shown(&arena, buffer_str(&text), &lines), rows[i]);
        buffer_finish(&text);
    }
    arena_finish(&arena);
}

static void bidi_runs_come_in_the_order_of_drawing(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct bidi_runs runs = {0};
    text_bidi_runs(&arena, STR("año"), &runs);
    assert_int_equal(runs.count, 1);
    assert_int_equal(runs.items[0].span.end, 4);
    runs.count = 0;
    text_bidi_runs(&arena, STR("a אב b"), &runs);
    assert_int_equal(runs.count, 3);
    assert_int_equal(runs.items[1].level & 1, 1);
    assert_int_equal(runs.items[1].span.start, 2);
    assert_int_equal(runs.items[1].span.end, 6);
    arena_finish(&arena);
}

static void carets_stand_between_whole_letters_and_words(void **state)
{
    (void)state;
    struct str s = STR("ae\u0301o 👩‍👧 fin");
    assert_int_equal(text_next_grapheme(s, 0), 1);
    assert_int_equal(text_next_grapheme(s, 1), 4);
    assert_int_equal(text_previous_grapheme(s, 4), 1);
    assert_int_equal(text_next_grapheme(s, 6), 17);
    assert_int_equal(text_previous_grapheme(s, 17), 6);
    assert_int_equal(text_next_grapheme(s, s.len), s.len);
    assert_int_equal(text_previous_grapheme(s, 0), 0);
    struct str words = STR("uno, dos");
    assert_int_equal(text_next_word(words, 0), 3);
    assert_int_equal(text_next_word(words, 3), 8);
    assert_int_equal(text_previous_word(words, 8), 5);
    assert_int_equal(text_previous_word(words, 5), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folding_keeps_letters_and_drops_the_rest),
        cmocka_unit_test(nfc_composes_and_leaves_composed_text_alone),
        cmocka_unit_test(words_are_letters_numbers_and_signs),
        cmocka_unit_test(sentences_break_where_readers_stop),
        cmocka_unit_test(a_line_feed_ends_a_sentence_unless_small_letters_go_on),
        cmocka_unit_test(distance_counts_slips_up_to_a_limit),
        cmocka_unit_test(spanish_order_puts_enye_behind_n),
        cmocka_unit_test(lines_break_at_blanks_but_not_within_a_measure),
        cmocka_unit_test(bidi_runs_come_in_the_order_of_drawing),
        cmocka_unit_test(carets_stand_between_whole_letters_and_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
