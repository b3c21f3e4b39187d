/* What sentences state, and what they do not. Every rule has its own examples: where it must fire, where it must not. */
#include "test.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "facts/facts.h"

#include <stdio.h>

struct example {
    const char *lang, *text, *fact; /* "!…" must not be found */
};

/* "release work=Foo 2 agent=Acme time=1998-05", one fact a line. */
static void add_line(struct arena *arena, struct buffer *out, const struct fact *fact)
{
    buffer_format(out, "%s%.*s", fact->negative ? "not " : "", STR_ARG(fact->relation));
    for (size_t i = 0; i < fact->roles.count; i++)
        buffer_format(out, " %.*s=%.*s", STR_ARG(fact->roles.items[i].role),
                      STR_ARG(fact->roles.items[i].text));
    if (fact->time.precision)
        buffer_format(out, " time=%.*s", STR_ARG(time_iso(arena, &fact->time)));
    buffer_add_char(out, '\n');
}

static struct str facts_of(struct arena *arena, const char *lang, const char *text, struct buffer *out)
{
    struct document doc;
    struct facts facts;
    struct error e = {0};
    if (!document_parse(arena, STR("chapter.md"), str_from(text), str_from(lang), &doc, &e) ||
        !facts_find(arena, &doc, NULL, NULL, &facts, &e)) {
        print_error("%s\n", e.text);
        fail_msg("no facts");
    }
    for (size_t i = 0; i < facts.count; i++)
        add_line(arena, out, &facts.items[i]);
    return buffer_str(out);
}

static void check(const struct example *examples, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct arena arena = {0};
        struct buffer out = {0};
        bool absent = examples[i].fact[0] == '!';
        struct str found = facts_of(&arena, examples[i].lang, examples[i].text, &out);
        if (str_contains(found, str_from(examples[i].fact + absent)) == absent) {
            print_error("%s\n  %s: %s\n  found: %.*s\n", examples[i].text,
                        absent ? "must not state" : "must state", examples[i].fact + absent, STR_ARG(found));
            wrong++;
        }
        buffer_finish(&out);
        arena_finish(&arena);
    }
    assert_int_equal(wrong, 0);
}
#define CHECK(table) check(table, sizeof table / sizeof *table)

static void releases_have_their_maker_and_date(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nLa empresa Orbex lanzó Nube 2 en mayo de 1998.\n",
         "release work=Nube 2 agent=Orbex time=1998-05"},
        {"es", "# A\n\nOrbex sacó Nube (abril 1999), Tafor sacó Brisa (mayo 2001).\n",
         "release work=Brisa agent=Tafor time=2001-05"},
        {"es", "# A\n\nOrbex sacó Nube (abril 1999), Tafor sacó Brisa (mayo 2001).\n",
         "!work=Brisa agent=Orbex"},
        {"es", "# A\n\nPublicaron Corvina (abril 1999), Lince, Tejón (mayo 2001).\n", "!work=Lince time"},
        {"es", "# A\n\nLanzada en 1997 por Rosa Gil, Corvina es una herramienta libre.\n",
         "release work=Corvina agent=Rosa Gil time=1997"},
        {"en", "# A\n\nIn May 2009 Orbex released Nube 2.\n", "release work=Nube 2 agent=Orbex time=2009-05"},
        {"en", "# A\n\nOrbex may release Nube 2 in 2009.\n", "!release"},
        {"es", "# A\n\nOrbex no lanzó Nube 2 en 1998.\n", "!release"},
        {"es", "# A\n\nOrbex podría lanzar Nube 2 en 1998.\n", "!release"},
    };
    CHECK(table);
}

static void roles_belong_to_the_name_that_they_touch(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nHabló con Marta Ruiz (fundadora de Orbex) y con Luis Paz (director de Tafor).\n",
         "role person=Luis Paz role=director org=Tafor"},
        {"es", "# A\n\nHabló con Marta Ruiz (fundadora de Orbex) y con Luis Paz (director de Tafor).\n",
         "!person=Marta Ruiz role=fundadora org=Tafor"},
        {"en", "# A\n\nJane Moss, founder of Orbex and Tafor, spoke first.\n",
         "role person=Jane Moss role=founder org=Tafor"},
    };
    CHECK(table);
}

static void letters_stand_for_words(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nEl Centro de Estudios Marinos (CEM) abrió sus puertas.\n",
         "stands-for sign=CEM meaning=Centro de Estudios Marinos"},
        {"en", "# A\n\nThe NRO (North River Office) opened.\n",
         "stands-for sign=NRO meaning=North River Office"},
        {"en", "# A\n\nThe office (NRO) opened.\n", "!stands-for"},
    };
    CHECK(table);
}

static void nothing_comes_of_nothing(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\n¿Podrá Orbex volver a lanzar Nube en 1999?\n", "!release"},
        {"es", "# A\n\nHacía frío.\n", "!="},
    };
    CHECK(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(releases_have_their_maker_and_date),
        cmocka_unit_test(roles_belong_to_the_name_that_they_touch),
        cmocka_unit_test(letters_stand_for_words),
        cmocka_unit_test(nothing_comes_of_nothing),
    };
    return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
