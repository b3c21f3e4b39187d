#include "test.h"

#include "base/arena.h"
#include "language/language.h"

#include <string.h>

static const struct language *es, *en;

static int set_up(void **state)
{
    (void)state;
    es = language_get(STR("es"));
    en = language_get(STR("en"));
    return es && en && !language_get(STR("xx")) ? 0 : 1;
}

static void third_persons_follow_their_paradigm(void **state)
{
    (void)state;
    static const struct {
        const char *lemma;
        enum verb_form_kind kind;
        char number;
        const char *form;
    } cases[] = {
        {"lanzar", FORM_PAST, 's', "lanzó"},
        {"lanzar", FORM_PAST, 'p', "lanzaron"},
        {"lanzar", FORM_SUBJUNCTIVE, 's', "lance"},
        {"publicar", FORM_SUBJUNCTIVE, 'p', "publiquen"},
        {"vender", FORM_PRESENT, 's', "vende"},
        {"escribir", FORM_PARTICIPLE, 's', "escrito"},
        {"construir", FORM_PRESENT, 's', "construye"},
        {"construir", FORM_PAST, 's', "construyó"},
        {"construir", FORM_PAST, 'p', "construyeron"},
        {"construir", FORM_GERUND, 0, "construyendo"},
        {"leer", FORM_PAST, 's', "leyó"},
        {"leer", FORM_PARTICIPLE, 's', "leído"},
        {"poner", FORM_PAST, 'p', "pusieron"},
        {"proponer", FORM_PAST, 's', "propuso"},
        {"proponer", FORM_FUTURE, 's', "propondrá"},
        {"componer", FORM_PARTICIPLE, 's', "compuesto"},
        {"obtener", FORM_PRESENT, 's', "obtiene"},
        {"obtener", FORM_PAST, 's', "obtuvo"},
        {"hacer", FORM_PAST, 's', "hizo"},
        {"hacer", FORM_PAST, 'p', "hicieron"},
        {"hacer", FORM_CONDITIONAL, 's', "haría"},
        {"decir", FORM_PAST, 'p', "dijeron"},
        {"producir", FORM_PAST, 's', "produjo"},
        {"conducir", FORM_PAST, 'p', "condujeron"},
        {"conocer", FORM_SUBJUNCTIVE, 's', "conozca"},
        {"vencer", FORM_SUBJUNCTIVE, 's', "venza"},
        {"dirigir", FORM_SUBJUNCTIVE, 's', "dirija"},
        {"seguir", FORM_PRESENT, 's', "sigue"},
        {"seguir", FORM_PAST, 's', "siguió"},
        {"pedir", FORM_GERUND, 0, "pidiendo"},
        {"sentir", FORM_PAST, 's', "sintió"},
        {"morir", FORM_PAST, 's', "murió"},
        {"morir", FORM_PARTICIPLE, 's', "muerto"},
        {"dormir", FORM_PAST, 'p', "durmieron"},
        {"comenzar", FORM_PRESENT, 's', "comienza"},
        {"empezar", FORM_PAST, 's', "empezó"},
        {"perder", FORM_PRESENT, 'p', "pierden"},
        {"resolver", FORM_PARTICIPLE, 's', "resuelto"},
        {"volver", FORM_PRESENT, 's', "vuelve"},
        {"enviar", FORM_PRESENT, 's', "envía"},
        {"continuar", FORM_PRESENT, 'p', "continúan"},
        {"adquirir", FORM_PRESENT, 's', "adquiere"},
        {"adquirir", FORM_PAST, 's', "adquirió"},
        {"jugar", FORM_PRESENT, 's', "juega"},
        {"ser", FORM_PAST, 's', "fue"},
        {"ser", FORM_IMPERFECT, 'p', "eran"},
        {"ser", FORM_FUTURE, 's', "será"},
        {"ir", FORM_IMPERFECT, 's', "iba"},
        {"dar", FORM_PAST, 's', "dio"},
        {"ver", FORM_IMPERFECT, 's', "veía"},
        {"haber", FORM_IMPERFECT, 's', "había"},
        {"haber", FORM_PRESENT, 'p', "han"},
        {"traer", FORM_PAST, 'p', "trajeron"},
        {"caer", FORM_PAST, 's', "cayó"},
        {"prever", FORM_PAST, 's', "previó"},
        {"querer", FORM_PAST_SUBJUNCTIVE, 's', "quisiera"},
        {"averiguar", FORM_SUBJUNCTIVE, 's', "averigüe"},
        {"reunir", FORM_PRESENT, 's', "reúne"},
        {"elegir", FORM_PRESENT, 's', "elige"},
        {"nacer", FORM_PAST, 's', "nació"},
        {"estar", FORM_PAST, 's', "estuvo"},
        {"abrir", FORM_PARTICIPLE, 's', "abierto"},
        {"describir", FORM_PARTICIPLE, 's', "descrito"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(
            language_conjugate(es, &arena, str_from(cases[i].lemma), cases[i].kind, cases[i].number, 0),
            cases[i].form);
    assert_str(language_conjugate(es, &arena, STR("lanzar"), FORM_PARTICIPLE, 'p', 'f'), "lanzadas");
    arena_finish(&arena);
}

static void english_forms_are_spelled_by_rule_or_listed(void **state)
{
    (void)state;
    static const struct {
        const char *lemma;
        enum verb_form_kind kind;
        char number;
        const char *form;
    } cases[] = {
        {"release", FORM_PAST, 0, "released"},  {"release", FORM_GERUND, 0, "releasing"},
        {"carry", FORM_PAST, 0, "carried"},     {"carry", FORM_PRESENT, 's', "carries"},
        {"play", FORM_PAST, 0, "played"},       {"plan", FORM_PAST, 0, "planned"},
        {"ship", FORM_GERUND, 0, "shipping"},   {"admit", FORM_PAST, 0, "admitted"},
        {"visit", FORM_PAST, 0, "visited"},     {"launch", FORM_PRESENT, 's', "launches"},
        {"begin", FORM_PAST, 0, "began"},       {"begin", FORM_PARTICIPLE, 0, "begun"},
        {"be", FORM_PAST, 'p', "were"},         {"be", FORM_PRESENT, 's', "is"},
        {"have", FORM_PRESENT, 's', "has"},     {"do", FORM_PRESENT, 's', "does"},
        {"die", FORM_GERUND, 0, "dying"},       {"free", FORM_GERUND, 0, "freeing"},
        {"take", FORM_PRESENT, 'p', "take"},    {"quit", FORM_PAST, 0, "quit"},
        {"fix", FORM_PAST, 0, "fixed"},         {"open", FORM_PAST, 0, "opened"},
        {"undergo", FORM_PAST, 0, "underwent"}, {"equip", FORM_PAST, 0, "equipped"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(
            language_conjugate(en, &arena, str_from(cases[i].lemma), cases[i].kind, cases[i].number, 0),
            cases[i].form);
    arena_finish(&arena);
}

static bool has_relation(const struct verb *verb, const char *relation)
{
    return str_list_has(&verb->relations, str_from(relation));
}

static void a_form_leads_to_its_verb(void **state)
{
    (void)state;
    struct verb_form forms[VERB_FORMS_MAX];
    assert_int_equal(language_verb_forms(es, STR("lanzó"), false, forms), 1);
    assert_str(forms[0].verb->lemma, "lanzar");
    assert_true(has_relation(forms[0].verb, "release"));
    assert_int_equal(forms[0].kind, FORM_PAST);
    assert_int_equal(forms[0].number, 's');
    /* Cues are matched with their accents. */
    assert_true(language_verb_forms(es, STR("lanzo"), false, forms) == 1 && forms[0].person == 1);
    assert_int_equal(language_verb_forms(es, STR("guerra"), false, forms), 0);
    size_t count = language_verb_forms(en, STR("released"), false, forms);
    assert_int_equal(count, 2);
    assert_str(forms[0].verb->lemma, "release");
    assert_true(language_verb_forms(en, STR("founded"), false, forms) > 0 &&
                has_relation(forms[0].verb, "found"));
    count = language_verb_forms(es, STR("desvinculó"), false, forms);
    assert_true(count == 1 && forms[0].verb->pronominal);
    assert_str(forms[0].verb->preposition, "de");
    assert_true(language_verb_forms(es, STR("nació"), false, forms) && forms[0].verb->intransitive);
    assert_true(language_verb_forms(es, STR("hay"), false, forms) && forms[0].verb->auxiliary);
}

static void a_verb_outside_the_lexicon_is_guessed_from_its_stem(void **state)
{
    (void)state;
    if (!language_has_dictionary(es) || !language_has_dictionary(en))
        skip();
    struct verb_form forms[VERB_FORMS_MAX];
    assert_int_equal(language_verb_forms(es, STR("esquiló"), false, forms), 0);
    for (int again = 0; again < 2; again++) {
        assert_true(language_verb_forms(es, STR("esquiló"), true, forms) > 0);
        assert_str(forms[0].verb->lemma, "esquilar");
        assert_true(forms[0].guessed && forms[0].kind == FORM_PAST);
        assert_true(language_verb_forms(en, STR("quilted"), true, forms) > 0);
        assert_str(forms[0].verb->lemma, "quilt");
        assert_int_equal(language_verb_forms(es, STR("ventana"), true, forms), 0);
        assert_int_equal(language_verb_forms(en, STR("sacred"), true, forms), 0);
        assert_int_equal(language_verb_forms(es, STR("xyzzy"), true, forms), 0);
    }
}

static void words_have_their_senses(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *word;
        enum sense_kind kind;
        const char *lemma;
        double value;
        char gender, number;
    } cases[] = {
        {"es", "marzo", SENSE_MONTH, "marzo", 3, 0, 0},
        {"es", "setiembre", SENSE_MONTH, "setiembre", 9, 0, 0},
        {"en", "March", SENSE_MONTH, "March", 3, 0, 0},
        {"en", "fall", SENSE_SEASON, "fall", 3, 0, 0},
        {"es", "siete", SENSE_NUMBER, "", 7, 0, 0},
        {"es", "tercera", SENSE_ORDINAL, "", 3, 0, 0},
        {"es", "las", SENSE_ARTICLE, "", 1, 'f', 'p'},
        {"es", "una", SENSE_ARTICLE, "", 2, 'f', 's'},
        {"es", "del", SENSE_PREPOSITION, "de", 1, 0, 0},
        {"es", "siglos", SENSE_TIME_UNIT, "century", 0, 0, 0},
        {"es", "fundadora", SENSE_ROLE, "fundador", 0, 'f', 's'},
        {"es", "generales", SENSE_ROLE, "general", 0, 0, 'p'},
        {"es", "reina", SENSE_ROLE, "rey", 0, 'f', 's'},
        {"es", "CRO", SENSE_ROLE, "CRO", 0, 0, 0},
        {"en", "founders", SENSE_ROLE, "founder", 0, 0, 'p'},
        {"es", "leyes", SENSE_NOUN, "ley", 0, 'f', 'p'},
        {"es", "distribuciones", SENSE_NOUN, "distribución", 0, 'f', 'p'},
        {"en", "treaties", SENSE_NOUN, "treaty", 0, 0, 'p'},
        {"en", "countries", SENSE_NOUN, "country", 0, 0, 'p'},
        {"es", "Sofía", SENSE_FIRST_NAME, "Sofía", 0, 'f', 0},
        {"en", "United States", SENSE_PLACE, "United States", 0, 0, 0},
        {"es", "francesas", SENSE_DEMONYM, "Francia", 0, 'f', 'p'},
        {"en", "Americans", SENSE_DEMONYM, "United States", 0, 0, 'p'},
        {"es", "LLM", SENSE_STOP_NAME, "LLM", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sense sense;
        const struct language *language = language_get(str_from(cases[i].lang));
        if (!language_sense(language, str_from(cases[i].word), cases[i].kind, &sense))
            fail_msg("%s has no such sense", cases[i].word);
        assert_str(sense.lemma, cases[i].lemma);
        assert_true(sense.value == cases[i].value);
        assert_int_equal(sense.gender, cases[i].gender);
        assert_int_equal(sense.number, cases[i].number);
    }
    assert_str(language_role(es, STR("fundador"))->verb, "fundar");
    assert_true(language_role(en, STR("king"))->before_name);
    assert_str(language_noun(es, STR("empresa"))->type, "org");
    assert_str(language_month(en, 12), "December");
    assert_true(language_is_function_word(es, STR("según")) && language_is_function_word(en, STR("had")));
    assert_false(language_is_function_word(es, STR("guerra")));
    assert_true(language_is_abbreviation(es, STR("Dr")));
    struct sense scale;
    assert_true(language_sense(es, STR("millones"), SENSE_NUMBER, &scale) && scale.scale &&
                scale.value == 1e6);
}

static size_t split(const char *text, struct str words[16])
{
    struct str rest = str_from(text);
    size_t count = 0;
    while (count < 16 && str_split(&rest, ' ', &words[count]))
        count++;
    return count;
}

static void the_longest_phrase_wins(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *words;
        enum phrase_kind kind;
        size_t length;
        const char *canonical;
    } cases[] = {
        {"es", "a inicios del 2023", PHRASE_VAGUE_TIME, 3, "a inicios de"},
        {"es", "poco antes de ayer", PHRASE_BEFORE, 3, ""},
        {"es", "del año siguiente", PHRASE_NEXT_TIME, 3, "year"},
        {"es", "como respuesta a todo", PHRASE_RELATION, 3, "respond"},
        {"es", "creo que", PHRASE_AUTHOR, 1, ""},
        {"es", "creó un", PHRASE_AUTHOR, 0, ""},
        {"en", "in response to it", PHRASE_RELATION, 3, "respond"},
        {"en", "the following year", PHRASE_NEXT_TIME, 3, "year"},
        {"en", "no longer", PHRASE_NEGATION, 2, ""},
        {"en", "also known as", PHRASE_ALSO_KNOWN, 3, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str words[16];
        const struct phrase *phrase = NULL;
        size_t count = split(cases[i].words, words);
        const struct language *language = language_get(str_from(cases[i].lang));
        assert_int_equal(language_phrase(language, cases[i].kind, words, count, &phrase), cases[i].length);
        if (phrase)
            assert_str(phrase->canonical, cases[i].canonical);
    }
    struct str words[16];
    size_t count = split("la empresa todavía no existe", words);
    assert_int_equal(language_find_phrase(es, PHRASE_NEGATION, words, count, NULL), 2);
}

static void the_dictionary_knows_ordinary_words(void **state)
{
    (void)state;
    if (!language_has_dictionary(es) || !language_has_dictionary(en))
        skip();
    struct arena arena = {0};
    for (int again = 0; again < 2; again++) {
        assert_true(language_is_ordinary(es, STR("ventana")));
        assert_false(language_is_ordinary(es, STR("tambien")));
        assert_false(language_is_ordinary(es, STR("")));
        assert_true(language_is_ordinary(en, STR("window")));
        assert_false(language_is_ordinary(en, STR("xor3fish")));
    }
    assert_str(language_restore_accents(es, &arena, STR("tambien")), "también");
    assert_str(language_restore_accents(es, &arena, STR("decidio")), "decidió");
    assert_str(language_restore_accents(es, &arena, STR("xqzt")), "");
    assert_str(language_restore_accents(en, &arena, STR("cafe")), "");
    assert_str(language_stem(en, &arena, STR("windows")), "window");
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(third_persons_follow_their_paradigm),
        cmocka_unit_test(english_forms_are_spelled_by_rule_or_listed),
        cmocka_unit_test(a_form_leads_to_its_verb),
        cmocka_unit_test(a_verb_outside_the_lexicon_is_guessed_from_its_stem),
        cmocka_unit_test(words_have_their_senses),
        cmocka_unit_test(the_longest_phrase_wins),
        cmocka_unit_test(the_dictionary_knows_ordinary_words),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
