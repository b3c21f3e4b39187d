#include "test.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "cards/identity.h"
#include "cards/judge.h"
#include "cards/lint.h"
#include "cards/quantity.h"
#include "language/language.h"

#include <string.h>

static struct arena arena;

static int forget_everything(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

/* "a|b|c" as a list. */
static struct str_list list_of(const char *text)
{
    struct str_list list = {0};
    struct str rest = str_from(text), piece;
    while (text[0] && str_split(&rest, '|', &piece))
        list_push(&arena, &list, piece);
    return list;
}

static struct card card_of(const char *lang, const char *prompt, const char *answer)
{
    return (struct card){
        .lang = str_from(lang),
        .prompt = str_from(prompt),
        .answer = str_from(answer),
        .subject = STR("x"),
        .source = {.line = 1},
    };
}

/* ---- The card line ---- */

static void a_card_is_one_json_line_with_its_keys_in_order(void **state)
{
    (void)state;
    struct card card = card_of("es", "¿Quién \"fundó\" Acme?", "Ana");
    card.accepted = list_of("Ana Ruiz|A. Ruiz");
    card.confidence = 0.956;
    strcpy(card.id.text, "abc");
    card.source = (struct source){STR("a.md"), 3, 7, 10, 20, STR("Ana fundó Acme.")};
    struct buffer buffer = {0};
    card_add_json(&buffer, &card);
    assert_str(
        buffer_str(&buffer),
        "{\"id\":\"abc\",\"kind\":\"direct\",\"relation\":\"\",\"lang\":\"es\","
        "\"prompt\":\"¿Quién \\\"fundó\\\" Acme?\",\"answer\":\"Ana\",\"accepted\":[\"Ana Ruiz\",\"A. "
        "Ruiz\"],"
        "\"choices\":[],\"items\":[],\"subject\":\"x\",\"object\":\"\",\"value\":\"\",\"confidence\":0.96,"
        "\"tier\":\"auto\",\"source\":{\"file\":\"a.md\",\"line\":3,\"column\":7,\"start\":10,\"end\":20,"
        "\"quote\":\"Ana fundó Acme.\"}}\n");
    buffer_finish(&buffer);
}

static void every_kind_has_a_name_that_leads_back(void **state)
{
    (void)state;
    for (int kind = CARD_DIRECT; kind <= CARD_WHY; kind++) {
        enum card_kind back;
        assert_true(card_kind_from(card_kind_name((enum card_kind)kind), &back));
        assert_int_equal(back, kind);
    }
    enum card_kind back;
    assert_false(card_kind_from(STR("flash"), &back));
}

/* ---- Identity ---- */

static struct card_id release_of(const char *scope, const char *work, const char *agent, const char *asked)
{
    struct key key = {0};
    list_push(&arena, &key, (struct key_part){STR("work"), str_from(work)});
    if (agent[0])
        list_push(&arena, &key, (struct key_part){STR("agent"), str_from(agent)});
    return identity_of(str_from(scope), STR("release"), str_from(asked), &key, 0);
}

static void an_identity_is_what_is_asked_and_nothing_else(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *scope, *work, *agent, *asked;
        bool same;
    } cases[] = {
        {"the same question", "Libro", "DINO v3", "Acme", "time", true},
        {"another spelling of the name", "libro", "dino-V3", "ACME", "time", true},
        {"another role asked", "Libro", "DINO v3", "Acme", "place", false},
        {"another thing", "Libro", "DINO v2", "Acme", "time", false},
        {"another book", "Otro", "DINO v3", "Acme", "time", false},
        {"a question that names less", "Libro", "DINO v3", "", "time", false},
    };
    struct card_id first = release_of("Libro", "DINO v3", "Acme", "time");
    assert_int_equal(strlen(first.text), 26);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct card_id id = release_of(cases[i].scope, cases[i].work, cases[i].agent, cases[i].asked);
        if ((strcmp(id.text, first.text) == 0) != cases[i].same)
            fail_msg("%s", cases[i].name);
    }
}

static void the_order_of_roles_does_not_count_but_the_ordinal_does(void **state)
{
    (void)state;
    struct key a = {0}, b = {0};
    list_push(&arena, &a, (struct key_part){STR("x"), STR("1")});
    list_push(&arena, &a, (struct key_part){STR("y"), STR("2")});
    list_push(&arena, &b, (struct key_part){STR("y"), STR("2")});
    list_push(&arena, &b, (struct key_part){STR("x"), STR("1")});
    struct card_id first = identity_of(STR("s"), STR("r"), STR(""), &a, 0);
    assert_string_equal(first.text, identity_of(STR("s"), STR("r"), STR(""), &b, 0).text);
    assert_string_not_equal(first.text, identity_of(STR("s"), STR("r"), STR(""), &b, 1).text);
    /* Frozen: a learner's history hangs on it. */
    assert_string_equal(identity_of_question(STR("d"), STR("¿Qué?")).text,
                        identity_of_question(STR("d"), STR("¿que?")).text);
}

/* ---- Lints ---- */

static void lints_name_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *prompt, *answer, *broken; /* "" is a clean card */
    } cases[] = {
        {"es", "¿En qué año fundó Ana la empresa Acme?", "1999", ""},
        {"es", "¿Cuándo se lanzó Acme 2?", "julio de 2023", ""},
        {"en", "Which company released Acme 2?", "Initech", ""},
        {"en", "Acme 2 was released in ____.", "May 2023", ""},
        {"es", "¿Quién fundó Acme?", "", "empty"},
        {"es", "¿Qué empresa hizo la base de datos Acme?", "Acme", "leak"},
        {"es", "¿Cuántas empresas compró Acme por 3 euros?", "tres empresas", ""},
        {"es", "Acme se fundó en 1999.", "1999", "leak"},
        {"en", "Acme was founded by Ann.", "Bob", "no-question"},
        {"en", "____ was founded by ____.", "Bob", "no-question"},
        {"es", "Nombra un modelo de Acme, ¿cuál?", "Zeta", "any-of"},
        {"es", "¿Cuál es uno de los modelos de Acme?", "Zeta", "any-of"},
        {"en", "What is one of the models of Acme?", "Zeta", "any-of"},
        {"en", "Who founded Acme?", "she", "pronoun"},
        {"es", "¿Qué hizo Acme?", "uno dos tres cuatro cinco seis siete ocho nueve diez", "long-answer"},
        {"es", "¿Qué modelos hizo Acme?", "Uno, Dos, Tres y Cuatro", "enumeration"},
        {"es", "¿Este modelo de quién es?", "Acme", "dangling"},
        {"es", "¿Qué empresa compró dicha startup?", "Acme", "dangling"},
        {"es", "¿Qué lanzó Acme meses después?", "Zeta", "dangling"},
        {"es", "¿Qué lanzó Acme tres meses después de Zeta?", "Eta", ""},
        {"es", "¿Qué lanzó Acme tres meses después del debut de Zeta?", "Eta", ""},
        {"es", "¿Quién creó Acme?", "Ana", ""},
        {"es", "¿Qué creo yo de Acme?", "Ana", "voice"},
        {"en", "What does [Acme](x) do?", "trade", "markup"},
        {"en", "What does _Acme_ do?", "trade", "markup"},
        {"en", "What does <b>Acme</b> do?", "trade", "markup"},
        {"es", "¿Cuándo se lanzó Acme 2?", "julio", "month"},
        {"es", "¿En qué mes de 2023 se lanzó Acme 2?", "julio", ""},
        {"es", "A salió en abril, B en ____ y C en junio de 2023.", "mayo de 2023", "neighbours"},
        {"es", "Cuándo se lanzó Acme 2?", "julio de 2023", "punctuation"},
        {"es", "¿Cuándo se lanzó «Acme 2?", "julio de 2023", "punctuation"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct card card = card_of(cases[i].lang, cases[i].prompt, cases[i].answer);
        if (strstr(cases[i].prompt, "____"))
            card.kind = CARD_CLOZE;
        struct lints lints = {0};
        card_lint(&arena, &card, &lints);
        const char *first = lints.count ? lints.items[0]->id : "";
        if (strcmp(first, cases[i].broken) != 0)
            fail_msg("\"%s\" => \"%s\": \"%s\", not \"%s\"", cases[i].prompt, cases[i].answer, first,
                     cases[i].broken);
    }
}

static void choices_hold_exactly_one_right_answer(void **state)
{
    (void)state;
    static const struct {
        const char *choices;
        bool clean;
    } cases[] = {
        {"", true},
        {"Ana|Eva|Luz", true},
        {"Ana|Eva", false},
        {"Eva|Luz|Sol", false},
        {"Ana|ana|Luz", false},
        {"Ana|Ana Ruiz|Luz", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct card card = card_of("es", "¿Quién fundó Acme?", "Ana");
        card.accepted = list_of("Ana Ruiz");
        card.choices = list_of(cases[i].choices);
        if (card_is_clean(&card) != cases[i].clean)
            fail_msg("%s", cases[i].choices);
    }
}

static void matches_are_three_to_six_pairs_without_a_left_side_twice(void **state)
{
    (void)state;
    static const struct {
        const char *items;
        bool clean;
    } cases[] = {
        {"A → 1|B → 2|C → 3", true},
        {"A → 1|B → 2", false},
        {"A → 1|B → 2|A → 3", false},
        {"A → 1|B → 2|C", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct card card = card_of("es", "Une cada cosa con su número", "A → 1; B → 2");
        card.kind = CARD_MATCH;
        card.items = list_of(cases[i].items);
        if (card_is_clean(&card) != cases[i].clean)
            fail_msg("%s", cases[i].items);
    }
}

/* ---- The judge ---- */

static const struct judge_case {
    const char *lang, *answer, *accepted, *given, *verdict;
} judge_cases[] = {
    /* case, marks, blanks, articles */
    {"es", "París", "", "paris", "right"},
    {"es", "el metaverso", "", "metaverso", "right"},
    {"es", "Meta", "", "la empresa Meta", "right"},
    {"en", "the Royal Society", "", "royal society", "right"},
    {"en", "OpenAI", "", "open ai", "right"},
    {"en", "GPT-4", "", "gpt 4", "right"},
    /* slips of the finger, by length */
    {"es", "aprendizaje por refuerzo", "", "aprendizaje por refuerso", "right"},
    {"es", "aprendizaje por refuerzo con retroalimentación humana", "",
     "aprendizaje por refuerso con retroalimentacion humana", "right"},
    {"en", "Cloudesley Shovell", "", "Cloudesly Shovell", "right"},
    {"es", "Zuckerberg", "", "Zukerberg", "right"},
    {"en", "radioactivity", "", "radioactivty", "right"},
    /* never another name, number, version */
    {"es", "Llama 2", "", "Llama 3", "wrong"},
    {"es", "Llama 2", "", "Llama", "wrong"},
    {"es", "Llama", "", "Llama 2", "wrong"},
    {"es", "Meta", "", "Beta", "wrong"},
    {"en", "Anna", "", "Hannah", "wrong"},
    {"en", "George II", "", "George III", "wrong"},
    {"en", "GPT-4", "", "GPT-4o", "wrong"},
    {"es", "2013", "", "2023", "wrong"},
    {"es", "marzo", "", "mayo", "wrong"},
    {"en", "Austria", "", "Australia", "wrong"},
    {"es", "no publicó ninguno", "", "publicó ninguno", "wrong"},
    /* dates in any usual form */
    {"es", "julio de 2023", "", "07/2023", "right"},
    {"es", "julio de 2023", "", "2023-07", "right"},
    {"es", "julio de 2023", "", "jul 2023", "right"},
    {"es", "julio de 2023", "", "en julio del 2023", "right"},
    {"es", "julio de 2023", "", "agosto de 2023", "wrong"},
    {"es", "julio de 2023", "", "2023", "almost"},
    {"es", "julio de 2023", "", "2022", "wrong"},
    {"en", "4 July 1776", "", "July 4, 1776", "right"},
    {"en", "4 July 1776", "", "July 4th 1776", "right"},
    {"en", "4 July 1776", "", "1776-07-04", "right"},
    {"en", "4 July 1776", "", "July 1776", "almost"},
    {"es", "a inicios de 2023", "2023", "2023", "right"},
    {"es", "44 a. C.", "", "44 AC", "right"},
    {"es", "44 a. C.", "", "44", "wrong"},
    /* amounts */
    {"es", "14 000 millones de dólares", "", "14B", "right"},
    {"es", "14 000 millones de dólares", "", "14 mil millones", "right"},
    {"es", "14 000 millones de dólares", "", "15 mil millones", "wrong"},
    {"es", "405B", "", "405b", "right"},
    {"es", "405B", "", "409B", "wrong"},
    {"es", "dos", "", "2", "right"},
    {"en", "1,400 men", "", "1400", "right"},
    {"en", "37 metres", "", "37 m", "right"},
    {"en", "37 metres", "", "73 m", "wrong"},
    {"en", "0.4 °C", "", "0.4", "right"},
    {"es", "87 %", "", "87 por ciento", "right"},
    /* accepted forms, lists in any order, parts of a name */
    {"es", "Yann LeCun", "LeCun", "lecun", "right"},
    {"es", "Yann LeCun", "", "LeCun", "almost"},
    {"es", "infraestructura y producto", "", "producto e infraestructura", "right"},
    {"en", "WhatsApp, Facebook and Instagram", "", "instagram, whatsapp, facebook", "right"},
    {"en", "WhatsApp, Facebook and Instagram", "", "instagram, whatsapp", "almost"},
    /* the same as a table of what learners type */
    {"es", "Llama 2", "", "llama2", "right"},
    {"es", "Llama 3.1", "", "Llama 3", "wrong"},
    {"es", "GPT-4", "", "GPT-4o", "wrong"},
    {"es", "GPT-4o", "", "GPT-4", "wrong"},
    {"es", "GPT-4", "", "gpt 4", "right"},
    {"es", "Mask R-CNN", "", "mask rcnn", "right"},
    {"es", "2013", "", "2013", "right"},
    {"es", "2013", "", "en 2013", "right"},
    {"es", "2013", "", "el año 2013", "right"},
    {"es", "2013", "", "13", "wrong"},
    {"es", "julio de 2023", "", "julio del 2023", "right"},
    {"es", "julio de 2023", "", "Julio 2023", "right"},
    {"es", "julio de 2023", "", "julio", "almost"},
    {"es", "julio de 2023", "", "junio de 2023", "wrong"},
    {"es", "julio de 2023", "", "julio de 2022", "wrong"},
    {"es", "julio de 2023", "", "14 de julio de 2023", "right"},
    {"es", "julio de 2023", "", "14/7/2023", "right"},
    {"es", "14 de julio de 1789", "", "14-07-1789", "right"},
    {"es", "14 de julio de 1789", "", "julio de 1789", "almost"},
    {"es", "14 de julio de 1789", "", "1789", "almost"},
    {"es", "14 de julio de 1789", "", "15 de julio de 1789", "wrong"},
    {"es", "14 de julio de 1789", "", "14 jul 1789", "right"},
    {"es", "2023", "", "julio de 2023", "right"},
    {"es", "2023", "", "mediados de 2023", "right"},
    {"es", "inicios de 2023", "2023", "2023", "right"},
    {"es", "inicios de 2023", "", "a inicios de 2023", "right"},
    {"es", "inicios de 2023", "", "finales de 2023", "almost"},
    {"es", "44 a. C.", "", "44 antes de Cristo", "right"},
    {"es", "44 a. C.", "", "44 ac", "right"},
    {"es", "44 a. C.", "", "44 d. C.", "wrong"},
    {"es", "siglo XVIII", "", "siglo 18", "right"},
    {"es", "siglo XVIII", "", "siglo XVII", "wrong"},
    {"es", "siglo XVIII", "", "el siglo dieciocho", "right"},
    {"es", "112 prisioneros", "", "112", "right"},
    {"es", "112", "", "ciento doce", "right"},
    {"es", "112", "", "113", "wrong"},
    {"es", "112 prisioneros", "", "112 soldados", "almost"},
    {"es", "2", "", "dos", "right"},
    {"es", "dos", "", "tres", "wrong"},
    {"es", "ninguno", "", "0", "right"},
    {"es", "ninguno", "", "cero", "right"},
    {"es", "14B", "", "14 mil millones", "right"},
    {"es", "14B", "", "14", "wrong"},
    {"es", "14B", "", "14 billones", "wrong"},
    {"es", "$100M", "", "100 millones de dólares", "right"},
    {"es", "$100M", "", "100 millones", "right"},
    {"es", "80 km", "", "80 kilómetros", "right"},
    {"es", "80 km", "", "80", "right"},
    {"es", "80 km", "", "80 m", "almost"},
    {"es", "80 km", "", "80 millas", "almost"},
    {"es", "5.250", "", "5250", "right"},
    {"es", "3,5", "", "3.5", "right"},
    {"es", "15 %", "", "15 por ciento", "right"},
    {"es", "15 %", "", "15", "right"},
    {"es", "405B", "", "405 B", "right"},
    {"es", "8B y 70B", "", "70B y 8B", "right"},
    {"es", "8B y 70B", "", "8B", "almost"},
    {"es", "8B y 70B", "", "8B y 7B", "wrong"},
    {"es", "Berta Solís", "", "berta solis", "right"},
    {"es", "Berta Solís", "", "Solís", "almost"},
    {"es", "Berta Solís", "", "Berta", "almost"},
    {"es", "Berta Solís", "", "Berta Soliz", "right"},
    {"es", "Berta Solís", "", "Marta Solís", "wrong"},
    {"es", "Berta Solís", "", "Berto Solís", "almost"},
    {"es", "Carlos I", "", "Carlos V", "wrong"},
    {"es", "Felipe II", "", "Felipe III", "wrong"},
    {"es", "Felipe II", "", "Felipe 2", "right"},
    {"es", "Felipe II", "", "felipe ii", "right"},
    {"es", "Juan", "", "Juana", "wrong"},
    {"es", "Austria", "", "Australia", "wrong"},
    {"es", "Irán", "", "Irak", "wrong"},
    {"es", "Irán", "", "iran", "right"},
    {"es", "fotosíntesis", "", "fotosintesis", "right"},
    {"es", "fotosíntesis", "", "fotosintesys", "right"},
    {"es", "aprendizaje por refuerzo", "", "aprendizaje supervisado", "wrong"},
    {"es", "visión por computadora", "", "vision por computador", "right"},
    {"es", "ácido", "", "álcali", "wrong"},
    {"es", "no", "", "sí", "wrong"},
    {"es", "fundador", "", "fundadora", "right"},
    {"es", "Meta AI", "", "Meta", "almost"},
    {"es", "Meta", "", "Meta AI", "almost"},
    {"es", "SAM 2", "", "SAM", "wrong"},
    {"es", "SAM", "", "SAM 2", "wrong"},
    {"es", "GPT-3", "", "GPT-2", "wrong"},
    {"en", "the Treaty of Paris", "", "treaty of paris", "right"},
    {"en", "the Treaty of Paris", "", "Treaty of Versailles", "wrong"},
    {"en", "1754–1763", "", "1754-1763", "right"},
    {"en", "1754–1763", "", "1754 to 1763", "right"},
    {"en", "1754–1763", "", "from 1754 to 1763", "right"},
    {"en", "1754–1763", "", "1754", "almost"},
    {"en", "1754–1763", "", "1756-1763", "wrong"},
    {"en", "1754–1763", "", "1754–1764", "wrong"},
    {"en", "July 14, 1776", "", "14 July 1776", "right"},
    {"en", "July 14, 1776", "", "7/14/1776", "right"},
    {"en", "July 14, 1776", "", "July 4, 1776", "wrong"},
    {"en", "July 14, 1776", "", "Jul 14 1776", "right"},
    {"en", "July 1776", "", "july of 1776", "right"},
    {"en", "George Washington", "", "washington", "almost"},
    {"en", "George Washington", "", "George Washingtn", "right"},
    {"en", "George III", "", "George II", "wrong"},
    {"en", "George III", "", "George the Third", "right"},
    {"en", "color", "", "colour", "right"},
    {"en", "$40 million", "", "40 million dollars", "right"},
    {"en", "$40 million", "", "$40m", "right"},
    {"en", "$40 million", "", "$4 million", "wrong"},
    {"en", "0.4 °C", "", "0,4 °C", "right"},
    {"en", "three", "", "3", "right"},
    {"en", "third", "", "3rd", "right"},
    {"en", "New France", "", "France", "almost"},
    {"en", "Spain and France", "", "France and Spain", "right"},
    {"en", "Spain and France", "", "Spain", "almost"},
    {"en", "Spain and France", "", "Spain and Portugal", "wrong"},
    {"en", "mitochondria", "", "mitocondria", "right"},
    {"en", "hypothermia", "", "hyperthermia", "wrong"},
    {"en", "ionic", "", "iconic", "wrong"},
    {"en", "1.5 million", "", "1,500,000", "right"},
    {"en", "twenty-five", "", "25", "right"},
    {"en", "not guilty", "", "guilty", "wrong"},
    {"en", "U.S.", "", "US", "right"},
    {"en", "the USA", "United States", "United States", "right"},
    {"en", "King William's War", "", "King Williams War", "right"},
    {"en", "King William’s War", "", "king william's war", "right"},
    {"en", "about 1500", "", "1500", "right"},
    {"en", "around 1500 BC", "", "1500 bc", "right"},
    {"en", "5 October 1582", "", "1582-10-05", "right"},
    {"en", "the 1600s", "", "1600s", "right"},
    {"en", "the 17th century", "", "17th century", "right"},
    {"en", "the 17th century", "", "the 16th century", "wrong"},
    {"en", "the 17th century", "", "seventeenth century", "right"},
    {"en", "H2O", "", "H20", "wrong"},
    {"en", "C++", "", "C", "wrong"},
    {"en", "C#", "", "C", "wrong"},
    {"en", "3.11", "", "3.1", "wrong"},
    {"en", "version 3.11", "", "3.11", "right"},
    {"en", "Python 3", "", "Python 2", "wrong"},
    /* nothing, and something else */
    {"es", "París", "", "", "wrong"},
    {"es", "París", "", "Londres", "wrong"},
    {"es", "casa", "", "caza", "wrong"},
    {"en", "中文", "", "中文", "right"},
};

static void answers_are_judged_fairly(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof judge_cases / sizeof *judge_cases; i++) {
        const struct judge_case *c = &judge_cases[i];
        struct card card = card_of(c->lang, "¿?", c->answer);
        card.accepted = list_of(c->accepted);
        struct judge_options options = {0};
        struct judgement judgement = judge(&arena, &options, &card, str_from(c->given));
        if (!str_equal(verdict_name(judgement.verdict), str_from(c->verdict)))
            print_error("%s: \"%s\" for \"%s\" is %s\n", c->verdict, c->given, c->answer,
                        verdict_name(judgement.verdict).ptr);
        assert_str(verdict_name(judgement.verdict), c->verdict);
    }
}

static void accents_count_as_the_learner_wishes(void **state)
{
    (void)state;
    struct card card = card_of("es", "¿?", "París");
    static const struct {
        enum accent_policy policy;
        enum verdict verdict;
        size_t forgiven;
    } cases[] = {{ACCENTS_FORGIVE, VERDICT_RIGHT, 1},
                 {ACCENTS_WARN, VERDICT_RIGHT, 1},
                 {ACCENTS_DEMAND, VERDICT_NEARLY, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct judge_options options = {.accents = cases[i].policy};
        struct judgement judgement = judge(&arena, &options, &card, STR("paris"));
        assert_int_equal(judgement.verdict, cases[i].verdict);
        assert_int_equal(judgement.forgiven.count, cases[i].forgiven);
    }
}

static void a_choice_of_the_card_is_never_a_slip_of_its_answer(void **state)
{
    (void)state;
    struct card card = card_of("es", "¿?", "Kalarix");
    struct judge_options options = {0};
    assert_int_equal(judge(&arena, &options, &card, STR("Kalarin")).verdict, VERDICT_RIGHT);
    card.choices = list_of("Kalarix|Kalarin|Otro");
    assert_int_equal(judge(&arena, &options, &card, STR("Kalarin")).verdict, VERDICT_WRONG);
}

static void the_difference_shows_what_changed_inside_a_word(void **state)
{
    (void)state;
    static const struct {
        const char *answer, *given, *diff;
    } cases[] = {
        {"aprendizaje por refuerzo", "aprendizaje por refuerso", "aprendizaje por refuer[s→z]o"},
        {"organización", "organizacion", "organizaci[o→ó]n"},
        {"el metaverso", "metaverso", "[+el] metaverso"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct card card = card_of("es", "¿?", cases[i].answer);
        struct judge_options options = {0};
        struct judgement judgement = judge(&arena, &options, &card, str_from(cases[i].given));
        assert_str(diff_text(&arena, &judgement.diff), cases[i].diff);
    }
}

/* ---- Dates and amounts ---- */

static void dates_are_read_in_every_usual_form(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *text;
        int year, month, day; /* year 0: no date */
    } cases[] = {
        {"es", "julio de 2023", 2023, 7, 0},
        {"es", "14 de julio de 1789", 1789, 7, 14},
        {"es", "14/07/1789", 1789, 7, 14},
        {"en", "07/14/1789", 1789, 7, 14},
        {"en", "July 14, 1789", 1789, 7, 14},
        {"es", "2023-07", 2023, 7, 0},
        {"es", "07.2023", 2023, 7, 0},
        {"es", "1914", 1914, 0, 0},
        {"es", "en 1914", 1914, 0, 0},
        {"es", "44 a. C.", -44, 0, 0},
        {"en", "44 BC", -44, 0, 0},
        {"es", "405B", 0, 0, 0},
        {"es", "22.000", 0, 0, 0},
        {"es", "12.000", 0, 0, 0},
        {"es", "tres", 0, 0, 0},
        {"es", "13/13/2023", 0, 0, 0},
        {"es", "Llama 2", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct date date = {0};
        bool ok = date_parse(language_get(str_from(cases[i].lang)), &arena, str_from(cases[i].text), &date);
        if (ok != (cases[i].year != 0) || date.year != cases[i].year || date.month != cases[i].month ||
            date.day != cases[i].day)
            fail_msg("%s: %d-%d-%d", cases[i].text, date.year, date.month, date.day);
    }
}

static void amounts_are_read_with_their_scales_and_units(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *text;
        double value;
        const char *unit; /* NULL: no amount */
    } cases[] = {
        {"es", "14B", 14e9, ""},
        {"es", "$14B", 14e9, "$"},
        {"es", "40 millones de dólares", 40e6, "$"},
        {"es", "5.250", 5250, ""},
        {"en", "5,250", 5250, ""},
        {"en", "0.4", 0.4, ""},
        {"es", "0,4 %", 0.4, "%"},
        {"es", "unos 22.000", 22000, ""},
        {"es", "más de 100 millones", 100e6, ""},
        {"en", "two", 2, ""},
        {"en", "80 km", 80, "km"},
        {"en", "109B y 409B", 0, NULL},
        {"en", "Llama 2", 0, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct amount amount = {0};
        bool ok =
            amount_parse(language_get(str_from(cases[i].lang)), &arena, str_from(cases[i].text), &amount);
        if (ok != (cases[i].unit != NULL))
            fail_msg("%s", cases[i].text);
        if (ok && amount.values[0] != cases[i].value)
            fail_msg("%s: %g", cases[i].text, amount.values[0]);
        if (ok)
            assert_str(amount.unit, cases[i].unit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_is_one_json_line_with_its_keys_in_order),
        cmocka_unit_test(every_kind_has_a_name_that_leads_back),
        cmocka_unit_test(an_identity_is_what_is_asked_and_nothing_else),
        cmocka_unit_test(the_order_of_roles_does_not_count_but_the_ordinal_does),
        cmocka_unit_test(lints_name_what_is_wrong),
        cmocka_unit_test(choices_hold_exactly_one_right_answer),
        cmocka_unit_test(matches_are_three_to_six_pairs_without_a_left_side_twice),
        cmocka_unit_test(answers_are_judged_fairly),
        cmocka_unit_test(accents_count_as_the_learner_wishes),
        cmocka_unit_test(a_choice_of_the_card_is_never_a_slip_of_its_answer),
        cmocka_unit_test(the_difference_shows_what_changed_inside_a_word),
        cmocka_unit_test(dates_are_read_in_every_usual_form),
        cmocka_unit_test(amounts_are_read_with_their_scales_and_units),
    };
    return cmocka_run_group_tests_name("cards", tests, NULL, forget_everything);
}
