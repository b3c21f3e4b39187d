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

static void a_date_belongs_to_its_own_verb(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"en", "# A\n\nIn 1611 the Danes took Varna, and in 1612, Arno.\n", "patient=Arno time=1612"},
        {"en", "# A\n\nIn 1611 the Danes took Varna, and in 1612, Arno.\n", "!patient=Varna time=1612"},
        {"es", "# A\n\nLanzada en 1997, Corvina ganó un premio en 2001.\n",
         "!ganó patient=un premio time=1997"},
        {"es", "# A\n\nHasta 1998, Orbex vendía relojes en Lugo.\n", "!time=1998"},
        {"es", "# A\n\nOrbex lanzó Nube en marzo de 1998. En mayo lanzó Brisa.\n",
         "work=Brisa agent=Orbex time=1998-05"},
        {"es", "# A\n\nOrbex lanzó Nube en marzo de 1998. En mayo del año siguiente lanzó Brisa.\n",
         "work=Brisa agent=Orbex time=1999-05"},
        {"es", "# A\n\nSalió el mismo año que Zeta. Orbex lanzó Nube en 1990.\n", "!work=Zeta"},
        {"es", "# A\n\nTrabajó durante 1500 días en Orbex.\n", "!time=1500"},
    };
    CHECK(table);
}

static void foundings_name_who_made_what(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nMarta Ruiz fundó Orbex en Sevilla en 1997.\n",
         "found work=Orbex agent=Marta Ruiz place=Sevilla time=1997"},
        {"es", "# A\n\nEl Centro Orbex, fundado por Marta Ruiz, creció mucho.\n",
         "found work=el Centro Orbex agent=Marta Ruiz"},
        {"en", "# A\n\nOrbex was founded in 1997 by Jane Moss.\n",
         "found work=Orbex agent=Jane Moss time=1997"},
        {"es", "# A\n\nMarta Ruiz no fundó Orbex en 1997.\n", "!found"},
        {"es", "# A\n\nMarta Ruiz quería fundar Orbex si ganaba el premio.\n", "!found"},
        {"en", "# A\n\nJane Moss, whose father founded Orbex, moved to Lima.\n",
         "!found work=Orbex agent=Jane"},
    };
    CHECK(table);
}

static void lists_keep_to_their_own_kind(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nEn cerámica: Nube, Brisa y Zorzal. En vidrio: Tejo y Lince.\n",
         "member category=vidrio member=Tejo member=Lince"},
        {"es", "# A\n\nEn cerámica: Nube, Brisa y Zorzal. En vidrio: Tejo y Lince.\n",
         "!category=cerámica member=Tejo"},
        {"en", "# A\n\nIt sold lamps such as Nube and Brisa.\n",
         "member category=lamps member=Nube member=Brisa"},
        {"es", "# A\n\nPresentaron Zeta 3 (8B y 70B).\n", "size work=Zeta 3 value=8B value=70B"},
        {"es", "# A\n\nOrbex compró Zeta por 14B.\n", "!size"},
    };
    CHECK(table);
}

static void things_are_what_the_text_says_that_they_are(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"en", "# A\n\nA *moraine* is a ridge of stones that a glacier leaves behind.\n",
         "definition term=moraine genus=a ridge of stones"},
        {"es", "# A\n\nUsaban Zorbex. Zorbex es la herramienta más antigua de Galicia.\n",
         "superlative entity=Zorbex class=la herramienta más antigua"},
        {"es", "# A\n\nEl programa Zorbex, basado en Lince, salió en 1997.\n", "base=Lince"},
        {"es", "# A\n\nLa revista Zorbex fue reemplazada por Brisa en 2003.\n",
         "work=Brisa old=Zorbex time=2003"},
        {"es", "# A\n\nCorvina no es una herramienta libre.\n", "!definition"},
        {"es", "# A\n\n¿Es Corvina la herramienta más antigua?\n", "!superlative"},
        {"en", "# A\n\nThe Ford War (1611–1615), known in Spain as the Seven Bridges War, was short.\n",
         "span event=the Ford War time=1611/1615"},
    };
    CHECK(table);
}

static void what_is_said_is_not_done(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nSegún los rumores, Orbex lanzó Nube en 1998.\n", "!release"},
        {"es", "# A\n\nMarta Ruiz prometía que Nube 4 sería el mejor reloj del mundo.\n",
         "promise agent=Marta Ruiz content=Nube 4 sería"},
        {"es", "# A\n\nMarta Ruiz prometía que Nube 4 sería el mejor reloj del mundo.\n", "!superlative"},
        {"es", "# A\n\n> “Hola, Marta (fundadora de **Orbex**), véndeme tu taller.” → No.\n",
         "refuse agent=Marta what=vender Orbex"},
        {"es", "# A\n\n> “Hola, Marta (fundadora de **Orbex**), véndeme tu taller.” → No.\n", "!accept"},
        {"en", "# A\n\nIf Orbex had launched Nube in 1998, it would have won.\n", "!release"},
    };
    CHECK(table);
}

/* English as it is written: contractions, "that" in front of a noun, pronouns that go on about the last topic. */
static void english_sentences_are_taken_apart(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"en", "# A\n\nOrbex couldn’t launch Nube in 1998.\n", "!release"},
        {"en", "# A\n\nOrbex didn't release any lamps. Orbex released Nube in 1998.\n",
         "release work=Nube agent=Orbex"},
        {"en", "# A\n\nThe lab Orbex opened. That lab released Nube in 1998.\n",
         "work=Nube agent=Orbex time=1998"},
        {"en", "# A\n\nThe company Orbex sold lamps. They released Nube (May 2001) and Brisa (June 2002).\n",
         "work=Nube agent=Orbex time=2001-05"},
        {"en", "# A\n\nFarmers met Orbex. They released Nube in 1998.\n", "!work=Nube agent=Orbex"},
        {"en", "# A\n\nThat helped the program Zeta. Released in 1998, it was a success.\n",
         "release work=Zeta time=1998"},
        {"en", "# A\n\nThat helped Ann Moss and Zeta. Released in 1998, it was a success.\n", "!work=Zeta"},
        {"en", "# A\n\nIn 1898 the couple announced Nube, named after a hill.\n", "work=Nube"},
        {"en", "# A\n\nWith a single stated goal, Orbex released Nube in 1998.\n",
         "release work=Nube agent=Orbex time=1998"},
        {"en", "# A\n\nIn 1911 Ann Moss received a second prize in Lima.\n", "patient=a second prize"},
        {"en", "# A\n\nAnn Moss died in 1934 of a fever, probably caused by damp.\n",
         "died person=Ann Moss time=1934"},
        {"en", "# A\n\nAnn Moss probably died in 1934.\n", "!died"},
        {"en", "# A\n\nIn 1896 Ann Moss noticed that the salts fogged the plates.\n",
         "agent=Ann Moss rest=the salts fogged the plates time=1896"},
        {"en", "# A\n\nAnn Moss (born in 1897) won. Joe Reed (d. 1901) lost.\n",
         "born person=Ann Moss time=1897"},
        {"en", "# A\n\nAnn Moss (born in 1897) won. Joe Reed (d. 1901) lost.\n",
         "died person=Joe Reed time=1901"},
        {"en", "# A\n\nAnn Moss (in 1897) won.\n", "!born"},
    };
    CHECK(table);
}

static void a_kind_behind_a_name_is_meant_as_a_whole(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"en", "# A\n\nIn 1998 Orbex launched the Nube series: 7B up to 65B.\n",
         "release work=the Nube series agent=Orbex time=1998"},
        {"en", "# A\n\nIn 1998 Orbex launched the Nube series: 7B up to 65B.\n",
         "size work=Nube value=65B which=largest"},
        {"en", "# A\n\nIn 1998 Orbex launched Nube (7B to 65B).\n", "size work=Nube value=7B which=smallest"},
        {"en", "# A\n\nIn 1998 Orbex published the Nube paper.\n", "!release work=the Nube"},
        {"en", "# A\n\nIn 1998 they met the Orbex board.\n", "!patient=Orbex"},
        {"en", "# A\n\nThey tried Zeta 3.1 and 3.2: tiny 1B models and a massive 405B variant.\n",
         "value=405B which=massive variant"},
    };
    CHECK(table);
}

static void causes_stand_behind_their_phrase(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"en", "# A\n\nThe program Zeta couldn’t see images due to the lack of a camera.\n",
         "cause agent=Zeta effect=couldn’t see images cause=the lack of a camera"},
        {"en", "# A\n\nThe company Orbex closed because of the flood of 1911.\n",
         "cause agent=Orbex effect=closed cause=the flood of 1911"},
        {"es", "# A\n\nLa empresa Orbex cerró debido a la falta de agua.\n", "cause=la falta de agua"},
        {"en", "# A\n\nOrbex might close due to the lack of money.\n", "!cause"},
        {"en", "# A\n\nHe closed it due to that.\n", "!cause"},
        {"en", "# A\n\nReportedly, Orbex closed due to the flood.\n", "!cause"},
    };
    CHECK(table);
}

static void traits_are_bound_by_the_preposition_of_their_verb(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nZorbex se centra en la seguridad, la rapidez y el cuidado de los datos.\n",
         "trait entity=Zorbex aspect=la seguridad aspect=la rapidez aspect=el cuidado de los datos"},
        {"es", "# A\n\nZorbex es una revista especializada en cine y pruebas de vuelo.\n",
         "trait entity=Zorbex aspect=cine aspect=pruebas de vuelo"},
        {"es", "# A\n\nZorbex es una revista. Es conocida por sus portadas.\n",
         "trait entity=Zorbex aspect=sus portadas"},
        {"es", "# A\n\nUn escudo se compone de borde, campo y lema.\n",
         "aspect=borde aspect=campo aspect=lema"},
        {"es", "# A\n\nZorbex no se centra en la seguridad.\n", "!trait"},
        {"es", "# A\n\nLas islas Zorbex se formaron por un choque de placas.\n", "!trait"},
        {"es", "# A\n\nZorbex se vendió en Lugo por tres euros.\n", "!trait"},
    };
    CHECK(table);
}

static void parts_are_counted_and_named(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nEl concierto Zorbex consta de tres partes: alba, mediodía y ocaso.\n",
         "quantity of=el concierto Zorbex value=tres unit=partes"},
        {"es", "# A\n\nEl concierto Zorbex consta de tres partes: alba, mediodía y ocaso.\n",
         "member category=partes member=alba member=mediodía member=ocaso owner=el concierto Zorbex"},
        {"es", "# A\n\nLos versos se clasifican en dos clases: mayores y menores.\n",
         "member category=clases member=mayores member=menores owner=los versos"},
        {"es", "# A\n\nEl concierto Zorbex quizás conste de tres partes.\n", "!quantity"},
        {"es", "# A\n\nEl concierto Zorbex salió de tres ciudades: Lugo, Vigo y Ourense.\n", "!quantity"},
        {"es", "# A\n\nEl concierto Zorbex no consta de tres partes.\n", "!quantity"},
    };
    CHECK(table);
}

static void a_bare_class_noun_takes_up_its_name(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es",
         "# A\n\nEl laboratorio Orbex cambió de dueño, laboratorio que se desvinculó del estudio del "
         "polen.\n",
         "agent=Orbex from=estudio del polen"},
        {"es",
         "# A\n\nEl laboratorio Orbex cambió de dueño, taller que se desvinculó del estudio del polen.\n",
         "!agent=Orbex from=estudio del polen"},
        {"es", "# A\n\nOrbex presentó Nube, la única serie abierta y gratuita, en 1998.\n",
         "release work=Nube agent=Orbex time=1998"},
        {"es", "# A\n\nQuien lo lograría en marzo de 1999 fue Orbex. Presentaron Nube.\n",
         "release work=Nube agent=Orbex time=1999-03"},
        {"es", "# A\n\nQuien lo lograría en marzo de 1999 sería rico. Orbex presentó Nube.\n",
         "!time=1999-03"},
        {"es", "# A\n\nOrbex presentó Nube en 1998. Un vecino filtró los planos en Lugo.\n",
         "patient=los planos de Nube"},
        {"es", "# A\n\nOrbex presentó Nube en 1998. Un vecino filtró los planos del puerto en Lugo.\n",
         "!planos del puerto de Nube"},
    };
    CHECK(table);
}

static void adjectives_and_plurals_are_no_verbs(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nZorbex protege la pared celular de las plantas.\n",
         "patient=la pared celular de las plantas"},
        {"es", "# A\n\nOrbex dirigió la escuela militar de Lugo.\n", "patient=la escuela militar de Lugo"},
        {"es", "# A\n\nOrbex anunció la nueva estructura de Lugo.\n", "patient=la nueva estructura de Lugo"},
        {"es", "# A\n\nOrbex dirigió juegos y pruebas de vuelo en Lugo.\n",
         "patient=juegos y pruebas de vuelo"},
    };
    CHECK(table);
}

static void terms_are_explained_where_the_author_marks_them(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nTenía una pieza nueva: los **zarcos**, un bloque de barro que frena el agua.\n",
         "definition term=los zarcos genus=un bloque de barro"},
        {"es", "# A\n\nProbaron un molino de viento llamado Zorbex.\n",
         "definition term=Zorbex genus=un molino de viento"},
        {"es", "# A\n\nUsaron los zarcos, un bloque de barro, y ganaron.\n", "!definition"},
        {"es", "# A\n\nProbaron un molino llamado Zorbex.\n", "!definition"},
    };
    CHECK(table);
}

static void terms_and_measures_of_other_subjects(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nLa mitosis es un proceso que parte la célula en dos.\n",
         "definition term=la mitosis genus=un proceso que parte la célula en dos"},
        {"es", "# A\n\n## El estambre\n\nEl estambre es la parte de la flor que da polen.\n",
         "definition term=el estambre genus=la parte de la flor que da polen"},
        {"es", "# A\n\nEl problema es una falta de agua.\n", "!definition"},
        {"es", "# A\n\nLa empresa es una filial de Lugo.\n", "!definition"},
        {"es", "# A\n\nLa mitosis era un proceso.\n", "!definition"},
        {"es", "# A\n\nEl monte Orbe, con 900 metros de altitud, está en Lugo.\n",
         "entity=Orbe attribute=altitud value=900 metros"},
        {"es", "# A\n\nEl monte Orbe cedió una franja de 900 metros de ancho.\n", "!attribute=ancho"},
        {"es", "# A\n\nLa Guerra de Orbe duró seis años.\n", "attribute=duración value=seis años"},
        {"es", "# A\n\nLa Guerra de Orbe no duró seis años.\n", "!duración"},
        {"es", "# A\n\nLa Constitución de 1812 fue promulgada por Ana Ruiz en Cádiz.\n",
         "patient=la Constitución de 1812"},
        {"es", "# A\n\n| Palo | Compás |\n|---|---|\n| Zorbex | 12 tiempos |\n",
         "property entity=Zorbex attribute=compás value=12 tiempos"},
        {"es", "# A\n\n| 1 | 2 |\n|---|---|\n| Zorbex | 12 tiempos |\n", "!property"},
    };
    CHECK(table);
}

static void persons_and_what_was_done_to_whom(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nLo escribió Ana Ruiz, de la Universidad de Lugo, en 1990.\n",
         "part-of part=Ana Ruiz whole=la Universidad de Lugo"},
        {"es", "# A\n\nLo escribió Ana Ruiz, de la villa de Lugo, en 1990.\n", "!part-of"},
        {"es", "# A\n\nLa ley Orbe entró en vigor en 1990. Ana Ruiz la derogó en 1995.\n",
         "deed agent=Ana Ruiz patient=Orbe time=1995"},
        {"es", "# A\n\nAna Ruiz la derogó en 1995.\n", "!deed"},
        {"es", "# A\n\nEl primero fue Luis Paz, un guardia de 43 años, que murió en 1941.\n",
         "died person=Luis Paz time=1941"},
        {"es", "# A\n\nHabló Ana Ruiz. El primero fue un guardia de 43 años, que murió en 1941.\n",
         "!died person=Ana"},
        {"es", "# A\n\nInstituciones antes poco implicadas en la pesca fundaron Orbex.\n",
         "!poco implicadas"},
        {"es", "# A\n\nHizo la puesta a punto de los relojes libres de la época, como Nube, Brisa y Tejo.\n",
         "member category=relojes libres de la época member=Nube member=Brisa member=Tejo"},
    };
    CHECK(table);
}

static void what_somebody_says_stays_theirs(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es",
         "# A\n\nAna Ruiz habló de Nube. Afirmaba que este reloj no era un reloj normal, sino un zarco "
         "doble, con 8 "
         "cajas de 220B parámetros cada una, con un total de 1.8T de parámetros.\n",
         "quantity of=Nube value=8 unit=cajas"},
        {"es",
         "# A\n\nAna Ruiz habló de Nube. Afirmaba que este reloj no era un reloj normal, sino un zarco "
         "doble.\n",
         "definition term=Nube genus=un zarco doble"},
        {"es", "# A\n\nAlguien habló de Nube. Decían que este reloj no era un reloj, sino un zarco.\n",
         "!definition"},
        {"es", "# A\n\nAna Ruiz habló de Nube. Afirmaba que este reloj no era un zarco doble.\n",
         "!definition"},
        {"es",
         "# A\n\nOrbex empezó a ofrecer contratos enormes a herreros de Lugo, los rumores hablan de más de "
         "100 "
         "euros.\n",
         "rumour content=más de 100 euros of=los contratos enormes que Orbex empezó a ofrecer"},
        {"es", "# A\n\nLo peor es que Orbex hizo trampa en la feria de Lugo.\n",
         "agent=Orbex patient=trampa"},
        {"es", "# A\n\nAna Ruiz cree que Orbex hizo trampa en la feria de Lugo.\n", "!patient=trampa"},
    };
    CHECK(table);
}

static void a_clause_goes_on_with_its_subject(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nEl taller Orbex abrió. Las coladas llegaron al mar, donde formaron un delta nuevo.\n",
         "!agent=Orbex patient=un delta"},
        {"es", "# A\n\nLa mitosis es un proceso lento. Fue observada en 1882 por Ana Ruiz.\n",
         "patient=la mitosis agent=Ana Ruiz time=1882"},
        {"es", "# A\n\nLa ley aprobada por Ana Ruiz en 1882 cayó.\n",
         "patient=la ley agent=Ana Ruiz time=1882"},
        {"es", "# A\n\nUna ley aprobada por Ana Ruiz en 1882 cayó.\n", "!patient=una ley"},
        {"es",
         "# A\n\nTardaron hasta que lograron fundir vidrio en frío. La primera en lograrlo fue la empresa "
         "Orbex.\n",
         "first entity=Orbex class=la primera empresa en fundir vidrio en frío"},
        {"es", "# A\n\nHacía frío. La primera en lograrlo fue la empresa Orbex.\n", "!first"},
        {"es", "# A\n\nTres gremios tomaron la ciudad: los sastres, los herreros y los curtidores.\n",
         "member category=gremios member=los sastres member=los herreros member=los curtidores "
         "predicate=tomaron la ciudad"},
        {"es", "# A\n\nTres gremios tomaron la ciudad: los sastres y los herreros.\n", "!member"},
        {"es",
         "# A\n\nHabía dos talleres antiguos que apostaron por el vidrio. Nadie los vio. Hablo de Orbex y "
         "Tafor.\n",
         "member category=talleres antiguos member=Orbex member=Tafor predicate=apostaron por el vidrio"},
        {"es",
         "# A\n\nHabía tres talleres antiguos que apostaron por el vidrio. Nadie los vio. Hablo de Orbex y "
         "Tafor.\n",
         "!member"},
        {"es", "# A\n\nEl Estatuto Orbe creaba dos cámaras: la Sala Alta y la Sala Baja.\n",
         "member category=cámaras member=la Sala Alta member=la Sala Baja owner=el Estatuto Orbe"},
    };
    CHECK(table);
}

static void who_did_it_is_not_guessed(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es",
         "# A\n\nOrbex abrió en Lugo. Su llegada a Vigo, gracias a Ana Ruiz, revolucionó la pesca del "
         "atún.\n",
         "!patient=la pesca del atún"},
        {"es", "# A\n\nOrbex se asoció con Luis Paz, que le prestó 800 florines en 1450.\n",
         "!patient=800 florines"},
        {"es",
         "# A\n\n- **La Rueda Orbe**: Desarrollada por Ana Ruiz hacia 1400, esta rueda usa diez palas.\n",
         "!patient=diez palas time"},
        {"es", "# A\n\nZorbex es uno de los primeros relojes orientados a la pesca.\n", "!trait"},
        {"es", "# A\n\nAna Ruiz diseñó la Rueda Orbe, un aparato destinado a moler sal.\n",
         "trait entity=la Rueda Orbe aspect=moler sal"},
        {"es", "# A\n\nAna Ruiz diseñó un aparato destinado a moler sal.\n", "!trait"},
        {"es", "# A\n\nZorbex tiene un mapa y miles de programas disponibles en Lugo.\n", "!available"},
        {"es", "# A\n\nZorbex es la villa más antigua que conserva su muralla.\n",
         "superlative entity=Zorbex class=la villa más antigua que conserva su muralla"},
        {"es", "# A\n\nAna Ruiz (c. 1400-1468) fundó Orbex.\n", "born person=Ana Ruiz time=1400"},
    };
    CHECK(table);
}

static void lists_run_to_their_end(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es",
         "# A\n\nOrbex abrió la nueva sede, con varias salas: vidrio, barro, madera, hierro, todas "
         "trabajaban bien.\n",
         "member category=salas member=vidrio member=barro member=madera member=hierro owner=la nueva sede "
         "de Orbex"},
        {"es", "# A\n\nOrbex abrió una sede, con varias salas: taller y horno.\n", "!owner"},
        {"es", "# A\n\nOrbex publicó Nube (mayo 1999), Brisa (junio 1999), Tejo y Lince.\n",
         "made-by work=Nube work=Brisa work=Tejo work=Lince agent=Orbex"},
        {"es", "# A\n\nOrbex publicó Nube (mayo 1999) y Brisa (junio 1999).\n", "!made-by"},
        {"es", "# A\n\nEl 3 de mayo de 1999 ocurrió lo impensable: Orbex lanzó Nube.\n",
         "release work=Nube agent=Orbex time=1999-05-03"},
        {"es", "# A\n\nEl 3 de mayo de 1999 Ana Ruiz escribió esto: Orbex lanzó Nube.\n",
         "!work=Nube agent=Orbex time"},
        {"es", "# A\n\nOrbex presentó Nube en mayo de 1999, con 12B de parámetros.\n",
         "size work=Nube value=12B"},
        {"es", "# A\n\nSe rumorea que Orbex pedía 18 millones de euros.\n",
         "agent=Orbex patient=18 millones de euros"},
        {"es", "# A\n\nMientras tanto, Orbex abrió en Lugo en 1990. Tenía once hornos.\n",
         "agent=Orbex patient=once hornos"},
        {"es", "# A\n\nA diferencia de Nube, Orbex cabía en una mano.\n", "!to=diferencia"},
    };
    CHECK(table);
}

static void things_undergo_what_se_tells(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nEl acueducto de Lugo se inauguró en 1888.\n",
         "deed patient=el acueducto de Lugo time=1888"},
        {"es", "# A\n\nEl catálogo Orbe se publicó en 1559.\n", "release work=Orbe time=1559"},
        {"es", "# A\n\nLa liga Orbe se fusionó con Tafor en 1888.\n", "!patient=la liga Orbe"},
        {"es", "# A\n\nAna Ruiz se vistió en Lugo en 1888.\n", "!patient=Ana Ruiz"},
        {"es", "# A\n\nEl embalse de Orbe tiene una capacidad de 257 millones de litros.\n",
         "property entity=el embalse de Orbe attribute=capacidad value=257 millones de litros"},
        {"es", "# A\n\nLa Guerra Orbe enfrentó a Lugo y Vigo entre el 218 y el 201 a. C.\n", "!patient=Lugo"},
        {"es", "# A\n\nLa guerra de Orbe duró entre el 218 y el 201 a. C.\n", "!time=201"},
    };
    CHECK(table);
}

static void whoever_stands_behind_an_object_pronoun_did_it(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"es", "# A\n\nLa primera rueca la patentó Marta Ruiz en 1884.\n", "agent=Marta Ruiz"},
        {"es", "# A\n\nLa primera rueca la patentó Marta Ruiz en 1884.\n", "!work=Marta Ruiz"},
        {"es", "# A\n\nLuis Paz habló. La posada abrió en 1652; la fundó Marta Ruiz, una viuda.\n",
         "!work=Marta Ruiz"},
        {"es", "# A\n\nLuis Paz habló. La posada abrió en 1652 y Marta Ruiz la vendió en 1660.\n",
         "!patient=Luis Paz"},
        {"es", "# A\n\nOrbex lo nombró director en 1990.\n", "!agent=director"},
        {"es", "# A\n\nMarta Ruiz fundó Orbex en 1884.\n", "found work=Orbex agent=Marta Ruiz time=1884"},
    };
    CHECK(table);
}

static void phrases_are_completed_by_what_was_told(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"en",
         "# A\n\nIn 1611 the Danes took the old fortress at Avila. In 1612 Orbex won control of the "
         "fortress.\n",
         "patient=control of the old fortress at Avila"},
        {"en", "# A\n\nIn 1611 the Danes built an old fortress at Avila. In 1612 Orbex sold the mill.\n",
         "!the old fortress at Avila time=1612"},
        {"en",
         "# A\n\nThe Lark War (1611–1619) was long. It ended with the Treaty of Avila. The war led Spain "
         "into debt.\n",
         "deed agent=Lark War"},
        {"en", "# A\n\nThe Lark War was long. The Ford War was short. The war led Spain into debt.\n",
         "!agent=Lark War patient=Spain"},
        {"en", "# The Lark Canal\n\n## Work\n\nThe canal opened on 3 May 1911.\n",
         "agent=Lark Canal time=1911-05-03"},
        {"en", "# The Lark Canal\n\n## Work\n\nThe bridge opened on 3 May 1911.\n", "!agent=Lark Canal"},
        {"en", "# A\n\nOrbex is an old company. Its factory in Avila closed in 1911.\n",
         "agent=Orbex’s factory"},
        {"en", "# A\n\nThe model Zeta sold. An unknown thief leaked the weights in May 1998.\n",
         "patient=the weights of Zeta time=1998-05"},
        {"en", "# A\n\nJane Moss finished Lark 2 in 1735 and tested it in 1736.\n",
         "patient=Lark 2 time=1736"},
        {"en", "# A\n\nJane Moss sold Lark 2 and Zeta 3 in 1735 and tested it in 1736.\n",
         "!patient=Zeta 3 time=1736"},
        {"en", "# A\n\nJane Moss founded the Lark Almanac, whose first edition appeared in 1766.\n",
         "agent=the Lark Almanac’s first edition time=1766"},
    };
    CHECK(table);
}

static void events_told_by_a_noun_have_their_date(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"en", "# A\n\nIt is remembered for the raid against Avila, Spain, in 1704.\n",
         "span event=the raid against Avila, Spain time=1704"},
        {"en", "# A\n\nThe eruption of Etna in 1669 was long.\n",
         "span event=the eruption of Etna time=1669"},
        {"en", "# A\n\nMount Etna is old. Its eruption on 3 May 1911 was long.\n",
         "span event=Etna’s eruption time=1911-05-03"},
        {"en", "# A\n\nJane Moss wrote about the siege of Avila in 1920.\n", "!span"},
        {"en", "# A\n\nJane Moss described the siege of Avila in 1920.\n", "!span"},
        {"en", "# A\n\nThe eruption in 1669 was long.\n", "!span"},
        {"en", "# A\n\nThe only Danish victory that year was the capture of Avila.\n", "!first"},
        {"en", "# A\n\nIn 1611 Spain won. The only Danish victory that year was the capture of Avila.\n",
         "first entity=the capture of Avila class=the only Danish victory time=1611"},
    };
    CHECK(table);
}

static void a_clause_takes_what_is_its_own(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"en", "# A\n\nThe Danes, aided by the Frisians, Saxons, and Angles, attacked Avila in 1611.\n",
         "agent=the Danes patient=Avila time=1611"},
        {"en", "# A\n\nIn 1884 Orbex met in Avila and chose Lugo as its seat.\n",
         "patient=Lugo as=its seat time=1884"},
        {"en", "# A\n\nOrbex ruined Avila, and in the 1760s and 1770s Lugo grew.\n",
         "!patient=Avila time=1760s"},
        {"en", "# A\n\nJane Moss led the fleet, and about 1,400 men drowned because they were lost.\n",
         "!cause agent=Jane Moss"},
        {"en", "# A\n\nOrbex closed because of the flood of 1911.\n",
         "!deed agent=Orbex rest=the flood time=1911"},
        {"en", "# A\n\nThe bridge fell at Fort Avila, a hastily built fort of wood.\n",
         "!agent=the bridge patient=fort"},
        {"en", "# A\n\nA small force attacked the town of Avila, taking 112 prisoners.\n",
         "patient=112 prisoners rest=attacking the town of Avila"},
        {"en", "# A\n\nThe Lark Bridge is 82 kilometers long.\n",
         "property entity=the Lark Bridge attribute=length value=82 kilometers"},
        {"en", "# A\n\nThe Lark Bridge is old. Its length was great.\n", "!property"},
        {"en", "# A\n\nA *caldera* is a hollow formed when a volcano falls in.\n",
         "genus=a hollow formed when a volcano falls in"},
        {"en", "# A\n\nOrbex proved three times more accurate than the prize required.\n",
         "!deed agent=Orbex patient=three"},
    };
    CHECK(table);
}

static void names_hold_together(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"en", "# A\n\nIn 1611 Orbex formed the Second Lark League.\n", "work=the Second Lark League"},
        {"en", "# A\n\nIn 1611 Orbex formed the second league.\n", "!work=the second"},
        {"en", "# A\n\nOrbex launched the Lark 2600 in 1977.\n",
         "release work=the Lark 2600 agent=Orbex time=1977"},
        {"en", "# A\n\nOrbex launched Lark in 1977.\n", "release work=Lark agent=Orbex time=1977"},
        {"en", "# A\n\nOrbex released Sonic the Badger in 1991.\n", "release work=Sonic the Badger"},
        {"en", "# A\n\nIn 1998 the Orbex the firm released won.\n", "!work=Orbex the"},
        {"en", "# A\n\nJane King sang in Avila. King received the Lark Prize in Physics in 1964.\n",
         "agent=King patient=the Lark Prize in Physics time=1964"},
        {"en", "# A\n\nJane Moss sang in Avila. The king received the Lark Prize in 1964.\n", "!agent=King"},
        {"en", "# A\n\nRosa Parks refused the Lark Prize in 1955.\n", "agent=Rosa Parks"},
        {"en", "# A\n\nGeorge Avila fled. The Danes forced Avila to surrender in 1754.\n", "patient=Avila"},
    };
    CHECK(table);
}

static void places_and_terms_are_taken_for_what_they_are(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"en", "# A\n\nJane Moss died in poverty in 1611.\n", "!place=poverty"},
        {"en", "# A\n\nJane Moss died in a hospital in 1611.\n", "place=a hospital"},
        {"en", "# A\n\nJane Moss died in Avila in 1611.\n", "place=Avila"},
        {"en", "# A\n\nThe Lark War began a reform in 1611.\n", "!span entity=the Lark War"},
        {"en", "# A\n\nThe Lark War began in 1611.\n", "the Lark War"},
        {"en", "# A\n\nBronze consists of tin in 1611.\n", "!deed agent=Bronze"},
        {"en", "# A\n\nJan Moss, a Dutch economist, founded Orbex in 1611.\n", "Moss"},
        {"en", "# A\n\nIn Jan 1611 Jane Moss founded Orbex.\n", "agent=Jane Moss"},
        {"en", "# A\n\nIn March Jane Moss founded Orbex.\n", "agent=Jane Moss"},
    };
    CHECK(table);
}

static void what_was_shown_is_told_with_who_showed_it(void **state)
{
    (void)state;
    static const struct example table[] = {
        {"en",
         "# A\n\nIn 1838 Jane Moss concluded that all plants are made of cells, and a year later Joe Reed "
         "agreed.\n",
         "agent=Jane Moss rest=all plants are made of cells time=1838"},
        {"en", "# A\n\nJane Moss showed in 1961 that cells divide only fifty times.\n",
         "rest=cells divide only fifty times time=1961"},
        {"en", "# A\n\nJane Moss insisted that they have no home, cannot plan.\n", "!cannot plan"},
        {"en", "# A\n\nJane Moss did not show that cells divide.\n", "!rest=cells divide"},
        {"en", "# A\n\nThe Lark Act, signed by Jane Moss on 2 July 1964, banned bells.\n",
         "patient=the Lark Act agent=Jane Moss time=1964-07-02"},
        {"en", "# A\n\nThe Lark Act, known to Jane Moss, banned bells.\n", "!agent=Jane Moss"},
        {"en", "# A\n\nJane Moss was arrested and deported in 1911.\n", "patient=Jane Moss time=1911"},
        {"en", "# A\n\nJane Moss was arrested and fined 14 dollars.\n", "!agent=Jane Moss patient=14"},
        {"en", "# A\n\nOrbex was sold with Zeta, which led to a trial in 1998.\n", "!agent=Zeta"},
        {"en", "# A\n\nBetween 58 and 50 BC the Danes conquered Avila.\n", "patient=Avila time=-0058/-0050"},
        {"en", "# A\n\nBetween 58 and 60 men the Danes lost Avila in 50 BC.\n", "!time=-0058"},
        {"en", "# A\n\nIn 1756 and 1757 Orbex lost Avila.\n", "patient=Avila time=1756/1757"},
        {"en", "# A\n\nIn 1763, Spain fell, and Orbex gained Avila.\n",
         "agent=Orbex patient=Avila time=1763"},
        {"en", "# A\n\nIn 1763, Spain fell, but Orbex owns Avila.\n", "!agent=Orbex patient=Avila time"},
        {"en", "# A\n\nOrbex secured an estimated valuation of 10 million dollars.\n",
         "attribute=estimated valuation"},
        {"en", "# A\n\nIn 1927 a new island rose from the sea: Anak Lark.\n",
         "agent=Anak Lark from=the sea time=1927"},
        {"en", "# A\n\nPompey fled to Greece. He was killed in Avila in 1611.\n", "!deed patient=Jane"},
    };
    CHECK(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(releases_have_their_maker_and_date),
        cmocka_unit_test(roles_belong_to_the_name_that_they_touch),
        cmocka_unit_test(letters_stand_for_words),
        cmocka_unit_test(a_date_belongs_to_its_own_verb),
        cmocka_unit_test(foundings_name_who_made_what),
        cmocka_unit_test(lists_keep_to_their_own_kind),
        cmocka_unit_test(things_are_what_the_text_says_that_they_are),
        cmocka_unit_test(what_is_said_is_not_done),
        cmocka_unit_test(nothing_comes_of_nothing),
        cmocka_unit_test(english_sentences_are_taken_apart),
        cmocka_unit_test(a_kind_behind_a_name_is_meant_as_a_whole),
        cmocka_unit_test(phrases_are_completed_by_what_was_told),
        cmocka_unit_test(events_told_by_a_noun_have_their_date),
        cmocka_unit_test(a_clause_takes_what_is_its_own),
        cmocka_unit_test(names_hold_together),
        cmocka_unit_test(places_and_terms_are_taken_for_what_they_are),
        cmocka_unit_test(what_was_shown_is_told_with_who_showed_it),
        cmocka_unit_test(causes_stand_behind_their_phrase),
        cmocka_unit_test(traits_are_bound_by_the_preposition_of_their_verb),
        cmocka_unit_test(parts_are_counted_and_named),
        cmocka_unit_test(a_bare_class_noun_takes_up_its_name),
        cmocka_unit_test(adjectives_and_plurals_are_no_verbs),
        cmocka_unit_test(terms_are_explained_where_the_author_marks_them),
        cmocka_unit_test(terms_and_measures_of_other_subjects),
        cmocka_unit_test(persons_and_what_was_done_to_whom),
        cmocka_unit_test(what_somebody_says_stays_theirs),
        cmocka_unit_test(a_clause_goes_on_with_its_subject),
        cmocka_unit_test(who_did_it_is_not_guessed),
        cmocka_unit_test(lists_run_to_their_end),
        cmocka_unit_test(things_undergo_what_se_tells),
        cmocka_unit_test(whoever_stands_behind_an_object_pronoun_did_it),
    };
    return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
