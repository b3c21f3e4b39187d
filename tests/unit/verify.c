#include "test.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "document/document.h"
#include "facts/facts.h"
#include "verify/recall.h"

#include <string.h>

/* Two small chapters of nowhere. */
static const char spanish[] =
    "# El taller de Lúmina\n\n"
    "En 1998 Berta Solís fundó la empresa Lúmina en Oviedo. En marzo de 2011 Lúmina lanzó Farol 1, un "
    "modelo\n"
    "pequeño. Como respuesta a Candil, Lúmina publicó Farol 2 (junio de 2013).\n\n"
    "## La filtración\n\n"
    "Un empleado filtró los planos de Farol 2 en el foro Tuerca, en octubre del 2013. Farol 2 tenía 12 "
    "motores.\n"
    "La empresa Brasa compró Lúmina por 40 millones en 2016. Brasa no publicó ningún motor.\n";

static const char english[] = "# The harbour war\n\n"
                              "The war of the two harbours (1702–1709) began when Captain Ella Marsh "
                              "captured Fort Brink in 1702. In 1705 the\n"
                              "Norlanders signed the Treaty of Oakmere. Tobias Reed, king of Norland, "
                              "founded the Brink Company in 1711. The\n"
                              "Brink Company launched the Petrel in May 1713.\n";

struct chapter {
    struct arena arena;
    struct document doc;
    struct facts facts;
};

static void read_chapter(struct chapter *chapter, const char *source, const char *lang)
{
    struct error e = {0};
    *chapter = (struct chapter){0};
    if (!document_parse(&chapter->arena, STR("test.md"), str_from(source), str_from(lang), &chapter->doc,
                        &e) ||
        !facts_find(&chapter->arena, &chapter->doc, NULL, NULL, &chapter->facts, &e))
        fail_msg("%s", e.text);
}

/* ---- Free recall ---- */

/* The fact of that relation with a filler that holds `words`. */
static size_t fact_about(const struct chapter *chapter, const char *relation, const char *words)
{
    for (size_t i = 0; i < chapter->facts.count; i++) {
        const struct fact *fact = &chapter->facts.items[i];
        if (!str_equal(fact->relation, str_from(relation)))
            continue;
        list_each (const struct filler, filler, &fact->roles)
            if (str_contains(filler->text, str_from(words)))
                return i;
    }
    fail_msg("no fact %s about %s", relation, words);
    return 0;
}

static void a_learners_own_words_are_heard(void **state)
{
    static const struct {
        const char *lang, *relation, *about, *said, *becomes;
        bool wrong;
        const char *part, *instead; /* nearly: which part, and what was said of it */
    } rows[] = {
        {"es", "found", "Lúmina", "Berta Solís fundó Lúmina en 1998", "brought"},
        {"es", "found", "Lúmina", "lumina la creo berta solis en oviedo alla por 1998", "brought"},
        {"es", "found", "Lúmina", "Solís es la fundadora de Lúmina (1998).", "brought"},
        {"es", "found", "Lúmina", "Berta Solís fundó Lúmina en 1989", "nearly", true, "time", "1989"},
        {"es", "found", "Lúmina", "Berta Solís fundó Lúmina", "nearly", false, "time", ""},
        {"es", "found", "Lúmina", "Me acuerdo de que había una empresa.", "missed"},
        {"es", "release", "Farol 1", "Farol 1 salió en marzo de 2011, de Lúmina", "brought"},
        {"es", "release", "Farol 1", "Lúmina sacó el Farol 1 en 03/2011", "brought"},
        {"es", "release", "Farol 1", "Lúmina sacó el Farol 1 en 2011", "nearly", false, "time", "2011"},
        {"es", "release", "Farol 1", "Lúmina sacó el Farol 2 en marzo de 2011", "missed"},
        {"es", "release", "Farol 1", "Lúmina sacó el Farol 3 en marzo de 2011", "missed"},
        {"es", "release", "Farol 1", "Brasa lanzó el Farol 1 en marzo de 2011", "missed", true, "agent",
         "Brasa"},
        {"es", "release", "Farol 1", "Lúmina no lanzó Farol 1 en marzo de 2011", "missed", true},
        {"es", "deed", "los planos", "Se filtraron los planos del Farol 2 en Tuerca en octubre de 2013",
         "brought"},
        {"es", "deed", "los planos", "hubo una filtracion de los planos de farol 2 en un foro", "nearly"},
        {"es", "deed", "los planos", "filtraron los planos de farol 2 en Tuerca en octubre de 2014", "nearly",
         true, "time", "octubre de 2014"},
        {"es", "respond", "Candil", "Farol 2 fue la respuesta de Lúmina a Candil", "brought"},
        {"es", "none", "motor", "Brasa no sacó ningún motor", "brought"},
        {"es", "none", "motor", "Brasa publicó un motor", "missed", true},
        {"es", "deed", "Brasa", "En 2016 Brasa adquirió Lúmina por 40 millones", "brought"},
        {"en", "deed", "Fort Brink", "Ella Marsh took Fort Brink in 1702", "brought"},
        {"en", "deed", "Fort Brink", "fort brink was captured by captain marsh, in 1702", "brought"},
        {"en", "deed", "Fort Brink", "Ella Marsh captured Fort Brink in 1703.", "nearly", true, "time",
         "1703"},
        {"en", "deed", "Oakmere", "The treaty of Oakmere, signed by the norlanders: 1705", "brought"},
        {"en", "role", "Tobias Reed", "The king of Norland was Tobias Reed", "brought"},
        {"en", "role", "Tobias Reed", "Tobbias Reed was king of Norland", "brought"},
        {"en", "release", "Petrel", "In May of 1713 the Brink Company launched the Petrel", "brought"},
        {"en", "release", "Petrel", "Norland launched the Petrel in May 1713", "missed", true, "agent",
         "Norland"},
    };
    int failures = 0;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct chapter chapter;
        struct hits hits;
        read_chapter(&chapter, strcmp(rows[i].lang, "es") == 0 ? spanish : english, rows[i].lang);
        facts_match(&chapter.arena, &chapter.doc, &chapter.facts, str_from(rows[i].said), &hits);
        assert_int_equal(hits.count, chapter.facts.count);
        const struct hit *hit = &hits.items[fact_about(&chapter, rows[i].relation, rows[i].about)];
        struct str becomes = recalled_name(hit->state);
        bool good = str_equal(becomes, str_from(rows[i].becomes)) && hit->wrong == rows[i].wrong;
        if (rows[i].part)
            good &= str_equal(hit->role, str_from(rows[i].part)) &&
                    str_equal(hit->said, str_from(rows[i].instead)) && hit->stated.len;
        if (!good)
            print_error("\"%s\": %s of %s is %.*s%s (%.*s, \"%.*s\")\n", rows[i].said, rows[i].relation,
                        rows[i].about, STR_ARG(becomes), hit->wrong ? ", wrong" : "", STR_ARG(hit->role),
                        STR_ARG(hit->said));
        failures += !good;
        arena_finish(&chapter.arena);
    }
    assert_int_equal(failures, 0);
}

static void any_text_can_be_recalled_against_any_chapter(void **state)
{
    static const char *const texts[] = {"",
                                        "   \n\n",
                                        "???",
                                        "1998",
                                        "(((",
                                        "日本語のテキスト",
                                        "no no no no",
                                        "$ % €",
                                        "2013-2011-1998",
                                        "Farol",
                                        "Farol 2 Farol 2 Farol 2"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct chapter chapter;
        struct hits hits;
        read_chapter(&chapter, spanish, "es");
        facts_match(&chapter.arena, &chapter.doc, &chapter.facts, str_from(texts[i]), &hits);
        assert_int_equal(hits.count, chapter.facts.count);
        assert_int_equal(hits.brought, 0);
        arena_finish(&chapter.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_learners_own_words_are_heard),
        cmocka_unit_test(any_text_can_be_recalled_against_any_chapter),
    };
    return cmocka_run_group_tests_name("verify", tests, NULL, NULL);
}
