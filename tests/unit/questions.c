#include "test.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "questions/questions.h"

#include <string.h>

/* Facts written as text, one a line:
 *
 *   release agent=Acme:org:empresa work=Rayo 2:work:modelo time=2023-07 verb=lanzar
 *
 * A role's value ends where the next "name=" begins; behind it may stand its type, class noun and marks (p
 * plural, f feminine). `@word` in front of a value is its preposition. */
struct scene {
    struct arena arena;
    struct document doc;
    struct facts facts;
    struct cards cards;
};

static enum entity_type type_from(struct str name)
{
    static const char *const names[] = {"unknown", "org", "person", "work", "place", "event", "term"};
    for (int i = 0; i < 7; i++)
        if (str_equal(name, str_from(names[i])))
            return (enum entity_type)i;
    return ENTITY_UNKNOWN;
}

static int entity_for(struct scene *s, struct str name, struct str marks)
{
    for (size_t i = 0; i < s->facts.entities.count; i++)
        if (str_equal(s->facts.entities.items[i].name, name))
            return (int)i;
    struct entity entity = {.name = name, .mentions = 1};
    struct str part;
    if (str_split(&marks, ':', &part))
        entity.type = type_from(part);
    if (str_split(&marks, ':', &part))
        entity.class_noun = part;
    while (str_split(&marks, ':', &part)) {
        entity.plural |= str_equal(part, STR("p"));
        entity.gender = str_equal(part, STR("f")) ? 'f' : entity.gender;
    }
    list_push(&s->arena, &s->facts.entities, entity);
    return (int)s->facts.entities.count - 1;
}

static void read_time(struct time_value *time, struct str text)
{
    size_t vague = str_find(text, STR("~"), 0);
    if (vague != SIZE_MAX) {
        time->vague = str_slice(text, 0, vague);
        text = str_slice(text, vague + 1, text.len);
    }
    size_t slash = str_find(text, STR("/"), 0);
    if (slash != SIZE_MAX) {
        long end;
        assert_true(str_to_long(str_slice(text, slash + 1, text.len), &end));
        time->range = true;
        time->end_year = (int)end;
        text = str_slice(text, 0, slash);
    }
    int *fields[] = {&time->year, &time->month, &time->day};
    static const enum time_precision precisions[] = {TIME_YEAR, TIME_MONTH, TIME_DAY};
    struct str part;
    for (int i = 0; i < 3 && str_split(&text, '-', &part); i++) {
        long n;
        if (str_ends(part, STR("s")) && str_to_long(str_slice(part, 0, part.len - 1), &n)) {
            time->year = (int)n;
            time->precision = TIME_DECADE;
            return;
        }
        assert_true(str_to_long(part, &n));
        *fields[i] = (int)n;
        time->precision = precisions[i];
    }
}

static void read_verb(struct verb_use *verb, struct str text)
{
    struct str part;
    str_split(&text, ':', &verb->lemma);
    while (str_split(&text, ':', &part)) {
        verb->passive |= str_equal(part, STR("passive"));
        verb->reflexive |= str_equal(part, STR("se"));
        if (str_equal(part, STR("present")))
            verb->tense = TENSE_PRESENT;
        if (str_equal(part, STR("imperfect")))
            verb->tense = TENSE_IMPERFECT;
        if (str_starts(part, STR("+")))
            verb->tail = str_slice(part, 1, part.len);
    }
}

static void read_field(struct scene *s, struct fact *fact, struct str name, struct str value)
{
    if (str_equal(name, STR("sure"))) {
        assert_true(str_to_double(value, &fact->confidence));
        return;
    }
    if (str_equal(name, STR("time"))) {
        read_time(&fact->time, value);
        return;
    }
    if (str_equal(name, STR("verb"))) {
        read_verb(&fact->verb, value);
        return;
    }
    struct filler filler = {.role = name, .entity = -1, .text = value};
    if (str_starts(value, STR("@"))) {
        size_t blank = str_find(value, STR(" "), 0);
        filler.before = str_slice(value, 1, blank);
        value = filler.text = str_slice(value, blank + 1, value.len);
    }
    size_t colon = str_find(value, STR(":"), 0);
    if (colon != SIZE_MAX) {
        filler.text = str_slice(value, 0, colon);
        struct str marks = str_slice(value, colon + 1, value.len), numeral;
        struct str rest = marks;
        if (str_split(&rest, ':', &numeral) && str_equal(numeral, STR("n"))) {
            struct str words = filler.text;
            str_split(&words, ' ', &filler.numeral);
            filler.counted = words;
        } else {
            filler.entity = entity_for(s, filler.text, marks);
        }
    }
    list_push(&s->arena, &fact->roles, filler);
}

/* Splits at " name=" where name is small letters and hyphens. */
static void read_fact(struct scene *s, struct str line)
{
    struct fact fact = {.confidence = 1, .rule = STR("test"), .source = {0, 1}, .time.anchor = -1};
    struct str word, name = {0}, value = {0};
    str_split(&line, ' ', &fact.relation);
    while (str_split(&line, ' ', &word)) {
        size_t sign = str_find(word, STR("="), 0);
        if (sign == SIZE_MAX) {
            value = (struct str){value.ptr, (size_t)(word.ptr + word.len - value.ptr)};
            continue;
        }
        if (name.len)
            read_field(s, &fact, name, value);
        name = str_slice(word, 0, sign);
        value = str_slice(word, sign + 1, word.len);
    }
    read_field(s, &fact, name, value);
    list_push(&s->arena, &s->facts, fact);
}

static void play(struct scene *s, const char *lang, const char *facts)
{
    *s = (struct scene){0};
    s->doc.lang = str_from(lang);
    s->doc.source = STR("Una frase.");
    s->doc.title = STR("Los rayos");
    list_push(&s->arena, &s->doc.blocks, ((struct block){.text = STR("Una frase."), .sentence_count = 1}));
    list_push(&s->arena, &s->doc.sentences,
              ((struct sentence){.text = {0, 10}, .source = {0, 10}, .line = 1, .column = 1}));
    list_push(&s->arena, &s->doc.sections,
              ((struct section){.heading = -1, .parent = -1, .line = 1, .title = STR("Los rayos")}));
    struct str rest = str_from(facts), line;
    while (str_split(&rest, '\n', &line))
        if (line.len)
            read_fact(s, line);
    struct error e = {0};
    struct questions_options options = {.scope = STR("test")};
    if (!questions_write(&s->arena, &s->doc, &s->facts, &options, &s->cards, &e))
        fail_msg("%s", e.text);
}

static struct str listing(struct scene *s)
{
    struct buffer out = {0};
    list_each (struct card, card, &s->cards)
        buffer_format(&out, "%.*s => %.*s\n", STR_ARG(card->prompt), STR_ARG(card->answer));
    struct str text = str_copy(&s->arena, buffer_str(&out));
    buffer_finish(&out);
    return text;
}

struct wording {
    const char *facts;
    const char *cards[6]; /* that must be among those written */
};

static void check_wordings(const char *lang, const struct wording *cases, size_t count)
{
    size_t failed = 0;
    for (size_t i = 0; i < count; i++) {
        struct scene s;
        play(&s, lang, cases[i].facts);
        struct str all = listing(&s);
        for (int j = 0; j < 6 && cases[i].cards[j]; j++)
            if (!str_contains(all, str_from(cases[i].cards[j]))) {
                print_error("%s\n  lacks: %s\n  has:\n%.*s", cases[i].facts, cases[i].cards[j], STR_ARG(all));
                failed++;
            }
        arena_finish(&s.arena);
    }
    assert_int_equal(failed, 0);
}

static void spanish_questions_are_natural(void **state)
{
    (void)state;
    static const struct wording cases[] = {
        {"release agent=Acme:org:empresa work=Rayo 2:work:modelo time=2023-07 verb=lanzar",
         {"¿Cuándo se lanzó Rayo 2? => julio de 2023", "¿Qué empresa lanzó Rayo 2? => Acme"}},
        {"release work=Rayo 2:work:modelo time=2022 verb=salir", {"¿En qué año salió Rayo 2? => 2022"}},
        {"release work=Rayo 2:work:modelo time=2022 verb=lanzar:passive",
         {"¿En qué año se lanzó Rayo 2? => 2022"}},
        {"release agent=Acme:org:empresa work=la serie Rayo:work:serie time=a inicios de~2023 verb=anunciar",
         {"¿Cuándo se anunció la serie Rayo? => a inicios de 2023"}},
        {"found agent=Juana Ruiz:person work=Solaris:org:laboratorio time=1999 place=@en Oslo:place "
         "verb=fundar",
         {"¿Quién fundó Solaris? => Juana Ruiz", "¿En qué ciudad se fundó Solaris? => Oslo",
          "¿Qué laboratorio fundó Juana Ruiz en 1999? => Solaris"}},
        {"deed agent=los británicos:org::p patient=Torvik:place time=1659 verb=tomar",
         {"¿En qué año tomaron los británicos Torvik? => 1659",
          "¿Quiénes tomaron Torvik en 1659? => los británicos"}},
        {"deed patient=Ana Paz:person::f time=1821-03-04 verb=destituir:passive",
         {"¿Cuándo fue destituida Ana Paz? => 4 de marzo de 1821"}},
        {"deed agent=el general Ruiz:person patient=@a Ana Paz:person::f verb=derrotar place=@en Lima:place",
         {"¿A quién derrotó el general Ruiz en Lima? => Ana Paz",
          "¿Quién derrotó a Ana Paz en Lima? => el general Ruiz"}},
        {"deed agent=Solaris:org:laboratorio verb=desvincular:se from=@de el proyecto Luna:work",
         {"¿De qué proyecto se desvinculó Solaris? => el proyecto Luna"}},
        {"deed agent=Acme:org:empresa patient=112 prisioneros:n verb=tomar time=1704",
         {"¿Cuántos prisioneros tomó Acme en 1704? => 112"}},
        {"role person=Juana Ruiz:person role=fundadora org=Solaris:org:laboratorio",
         {"¿Quién fundó Solaris? => Juana Ruiz", "¿Qué laboratorio fundó Juana Ruiz? => Solaris"}},
        {"role person=Luis Gil:person role=director org=Solaris:org:laboratorio",
         {"¿Quién era el director de Solaris? => Luis Gil",
          "¿De qué laboratorio era director Luis Gil? => Solaris",
          "¿Qué cargo tenía Luis Gil en Solaris? => director"}},
        {"stands-for sign=OTAN meaning=Organización del Tratado del Atlántico Norte",
         {"¿Qué significan las siglas OTAN? => Organización del Tratado del Atlántico Norte"}},
        {"stands-for sign=ONU meaning=Obra Nueva Unida\nstands-for sign=ONU meaning=Otra Nueva Unida",
         {"¿Qué pasaron a significar más tarde las siglas ONU?"}},
        {"before earlier=Rayo:work:modelo later=Trueno:work:modelo agent=Acme:org:empresa verb=lanzar",
         {"¿Qué modelo lanzó Acme antes de Trueno? => Rayo"}},
        {"rename old=Bombay:place new=Mumbai:place time=1995",
         {"¿Cómo se llamaba antes Mumbai? => Bombay",
          "¿En qué año cambió Bombay su nombre a Mumbai? => 1995"}},
        {"also-known name=la Guerra Fría:event:guerra alias=la Paz Caliente:event:guerra",
         {"¿Con qué otro nombre se conoce la Guerra Fría? => la Paz Caliente"}},
        {"based-on work=Zorro:work:distribución base=Lobo:work:distribución",
         {"¿En qué distribución se basa Zorro? => Lobo"}},
        {"successor work=Zorro:work:distribución old=Lobo:work:distribución time=2013",
         {"¿A qué distribución sucedió Zorro? => Lobo", "¿En qué año reemplazó Zorro a Lobo? => 2013"}},
        {"size work=Rayo:work:modelo value=7B which=smallest\nsize work=Rayo:work:modelo value=65B "
         "which=largest",
         {"¿Qué tamaño tenía la versión más pequeña de Rayo? => 7B",
          "¿Qué tamaño tenía la versión más grande de Rayo? => 65B"}},
        {"span event=la Guerra Larga:event:guerra time=1688/1697",
         {"¿Entre qué años tuvo lugar la Guerra Larga? => 1688–1697"}},
        {"first entity=Zorro:work:distribución class=distribución con instalador",
         {"¿Cuál fue la primera distribución con instalador? => Zorro"}},
        {"property entity=Zorro:work:distribución attribute=lema value=Siempre adelante",
         {"¿Qué lema tiene Zorro? => Siempre adelante"}},
        {"member category=imagen member=Rayo:work owner=Acme:org\n"
         "superlative entity=Trueno:work class=el proyecto más influyente de todos",
         {"¿Cuál es el proyecto más influyente de Acme, según el capítulo? => Trueno"}},
        {"release agent=ACME:unknown work=Rayo:work:modelo verb=lanzar",
         {"¿Qué organización lanzó Rayo? => ACME"}},
        {"release agent=Ana Paz:person work=Rayo:work:modelo verb=lanzar", {"¿Quién lanzó Rayo? => Ana Paz"}},
        {"origin entity=Rayo:work:modelo place=los Países Bajos:place::p",
         {"¿De qué país es Rayo? => los Países Bajos"}},
        {"property entity=Rayo:work:modelo attribute=licencia value=libre\n"
         "property entity=Trueno:work:modelo attribute=licencia value=libre\n"
         "property entity=Granizo:work:modelo attribute=licencia value=libre",
         {"¿Qué licencia tienen Rayo, Trueno y Granizo? => libre"}},
        {"respond to=Trueno:work:modelo work=Rayo:work:modelo agent=Acme:org:empresa",
         {"¿Con qué modelo respondió Acme a Trueno? => Rayo"}},
        {"respond to=Trueno:work:modelo work=Rayo:work:modelo",
         {"¿Qué modelo fue la respuesta a Trueno? => Rayo"}},
        {"deed agent=Ana Paz:person patient=la campaña contra el mosquito verb=dirigir",
         {"¿Qué dirigió Ana Paz? => la campaña contra el mosquito"}},
        {"deed agent=Solaris:org:laboratorio verb=desvincular:se from=@de el estudio de las mareas",
         {"¿De qué se desvinculó Solaris? => el estudio de las mareas"}},
        {"deed agent=Acme:org:empresa patient=trampa rest=@en la tabla de posiciones de Nube verb=hacer",
         {"¿En qué tabla de posiciones hizo Acme trampa? => Nube"}},
        {"deed agent=Acme:org:empresa patient=Rayo:work:modelo with=@con un formulario de acceso verb=lanzar",
         {"¿Con qué lanzó Acme Rayo? => un formulario de acceso"}},
        {"deed agent=Acme:org:empresa patient=contratos to=@a investigadores de Luna, Sol, Norte, Sur "
         "verb=ofrecer",
         {"Además de Norte y Sur, ¿a investigadores de qué otras organizaciones ofreció Acme contratos? => "
          "Luna y Sol",
          "Además de Luna y Sol, ¿a investigadores de qué otras organizaciones ofreció Acme contratos? => "
          "Norte y Sur"}},
        {"made-by agent=Solaris:org:laboratorio work=Alba:work work=Brisa:work work=Lago:work verb=publicar",
         {"¿Qué laboratorio publicó Alba, Brisa y Lago? => Solaris"}},
        {"trait entity=Zorro:work:distribución aspect=@en la sencillez aspect=@en la rapidez "
         "verb=centrar:se:present",
         {"¿En qué se centra Zorro? => la sencillez y la rapidez"}},
        {"member category=fases member=alba member=mañana member=tarde member=ocaso owner=Zorro:work",
         {"Además de tarde y ocaso, ¿qué otras dos fases tiene Zorro? => alba y mañana",
          "Además de alba y mañana, ¿qué otras dos fases tiene Zorro? => tarde y ocaso"}},
    };
    check_wordings("es", cases, sizeof cases / sizeof *cases);
}

static void english_questions_are_natural(void **state)
{
    (void)state;
    static const struct wording cases[] = {
        {"release agent=Acme:org:company work=Ray 2:work:model time=2023-07 verb=launch",
         {"When was Ray 2 launched? => July 2023", "Which company launched Ray 2? => Acme"}},
        {"deed agent=the British:org::p patient=Torvik:place time=1659 verb=take",
         {"In what year did the British take Torvik? => 1659", "Who took Torvik in 1659? => the British"}},
        {"deed patient=Ann Low:person time=1821-03-04 verb=remove:passive as=@as CEO",
         {"When was Ann Low removed as CEO? => March 4, 1821"}},
        {"deed agent=the colonists:org::p patient=112 prisoners:n verb=take time=1704",
         {"How many prisoners did the colonists take in 1704? => 112"}},
        {"role person=Jane Roe:person role=founder org=Solaris:org:lab",
         {"Who founded Solaris? => Jane Roe", "Which lab did Jane Roe found? => Solaris"}},
        {"role person=Jane Roe:person role=chief scientist org=Solaris:org:lab",
         {"Who was the chief scientist of Solaris? => Jane Roe",
          "Of which lab was Jane Roe chief scientist? => Solaris"}},
        {"stands-for sign=NATO meaning=North Atlantic Treaty Organization",
         {"What does NATO stand for? => North Atlantic Treaty Organization"}},
        {"also-known name=Queen Olga's War:event:war alias=the War of Northern Succession:event:war "
         "where=@in "
         "Europe",
         {"By what other name is Queen Olga's War known in Europe? => the War of Northern Succession"}},
        {"span event=the Long War:event:war time=1688/1697",
         {"Between what years did the Long War take place? => 1688–1697"}},
        {"died person=General Low:person time=1755 place=@in Ohio:place",
         {"In what year did General Low die in Ohio? => 1755",
          "In which region did General Low die in 1755? => Ohio"}},
        {"born person=Ann Low:person time=1867 place=Warsaw:place",
         {"In what year was Ann Low born? => 1867", "In which city was Ann Low born? => Warsaw"}},
        {"deed agent=the board:org patient=Ann Low:person verb=remove as=@as CEO time=1999",
         {"The board removed Ann Low as ____ in 1999. => CEO"}},
        {"deed agent=Acme:org:company verb=expand to=@to Oslo:place time=early~2023",
         {"When did Acme expand to Oslo? => early 2023"}},
        {"deed agent=the Quaker movement:event time=1760s verb=begin",
         {"In what decade did the Quaker movement begin? => the 1760s"}},
    };
    check_wordings("en", cases, sizeof cases / sizeof *cases);
}

static void a_prompt_with_two_right_answers_is_not_asked(void **state)
{
    (void)state;
    struct scene s;
    play(&s, "es",
         "found agent=Acme:org:empresa work=Rayo:work:modelo time=2023-07 verb=crear\n"
         "found agent=Acme:org:empresa work=Trueno:work:modelo time=2023-07 verb=crear");
    assert_false(str_contains(listing(&s), STR("¿Qué modelo creó Acme en julio de 2023?")));
    arena_finish(&s.arena);
}

static const struct card *find_card(const struct scene *s, const char *prompt)
{
    list_each (const struct card, card, &s->cards)
        if (str_equal(card->prompt, str_from(prompt)))
            return card;
    fail_msg("no card \"%s\"", prompt);
    return NULL;
}

static void dates_are_accepted_as_people_type_them(void **state)
{
    (void)state;
    struct scene s;
    play(&s, "es", "release agent=Acme:org:empresa work=Rayo 2:work:modelo time=2023-07 verb=lanzar");
    const struct card *card = find_card(&s, "¿Cuándo se lanzó Rayo 2?");
    static const char *const forms[] = {"julio del 2023", "julio 2023", "07/2023", "2023-07"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        assert_true(str_list_has(&card->accepted, str_from(forms[i])));
    assert_str(card->value, "2023-07");
    assert_str(card->subject, "Rayo 2");
    assert_true(card->accepted.count <= 10);
    arena_finish(&s.arena);
}

static void choices_are_real_fillers_of_the_same_kind(void **state)
{
    (void)state;
    struct scene s;
    play(&s, "es",
         "release agent=Acme:org:empresa work=Rayo 2:work:modelo time=2023-07 verb=lanzar\n"
         "release agent=Borg:org:empresa work=Trueno:work:modelo time=2023-09 verb=lanzar\n"
         "release agent=Cima:org:empresa work=Granizo:work:modelo time=2024-01 verb=lanzar\n"
         "deed agent=Zeta:org:partido patient=el Senado:org verb=disolver");
    const struct card *date = find_card(&s, "¿Cuándo se lanzó Rayo 2?");
    assert_int_equal(date->choices.count, 3);
    assert_true(str_list_has(&date->choices, STR("septiembre de 2023")));
    const struct card *maker = find_card(&s, "¿Qué empresa lanzó Rayo 2?");
    assert_int_equal(maker->choices.count, 3);
    assert_true(str_list_has(&maker->choices, STR("Borg")) && str_list_has(&maker->choices, STR("Cima")));
    arena_finish(&s.arena);
}

static void an_identity_is_what_is_asked(void **state)
{
    (void)state;
    struct scene before, after;
    play(&before, "es", "release agent=Acme:org:empresa work=Rayo 2:work:modelo time=2023-07 verb=lanzar");
    play(&after, "es", "release agent=Acme:org:empresa work=Rayo 2:work:modelo time=2023-08 verb=presentar");
    const struct card *old = find_card(&before, "¿Cuándo se lanzó Rayo 2?");
    const struct card *new = find_card(&after, "¿Cuándo se presentó Rayo 2?");
    assert_string_equal(old->id.text, new->id.text);
    assert_str(new->answer, "agosto de 2023");
    arena_finish(&before.arena);
    arena_finish(&after.arena);
}

/* "order: prompt => items" for all that is made of several facts. */
static struct str synthesis(struct scene *s)
{
    struct buffer out = {0};
    list_each (struct card, card, &s->cards) {
        if (!str_equal(card->rule, STR(CARD_SYNTHESIS)))
            continue;
        buffer_format(&out, "%.*s: %.*s => %.*s", STR_ARG(card_kind_name(card->kind)), STR_ARG(card->prompt),
                      STR_ARG(card->answer));
        if (card->explanation.len)
            buffer_format(&out, " (%.*s)", STR_ARG(card->explanation));
        buffer_add_char(&out, '\n');
    }
    struct str text = str_copy(&s->arena, buffer_str(&out));
    buffer_finish(&out);
    return text;
}

static const char four_releases[] =
    "release agent=Acme:org:empresa work=Rayo:work:modelo time=2020-07 verb=lanzar\n"
    "release agent=Borg:org:empresa work=Trueno:work:modelo time=2019-02 verb=sacar\n"
    "release agent=Cima:org:empresa work=Granizo:work:modelo time=2023-05 verb=publicar\n"
    "release agent=Duna:org:empresa work=Niebla:work:modelo time=2022-01 verb=presentar";

static void facts_together_make_orders_matches_and_statements(void **state)
{
    (void)state;
    struct scene s;
    play(&s, "es", four_releases);
    struct str all = synthesis(&s);
    static const char *const wanted[] = {
        "order: Ordena estos hechos de «Los rayos», del más antiguo al más reciente. => ",
        "Borg sacó Trueno; Acme lanzó Rayo; Duna presentó Niebla; Cima publicó Granizo\n",
        "match: Relaciona cada creación con quien la lanzó. => ",
        "Trueno → Borg",
        "match: Relaciona cada hecho con su fecha. => ",
        "Duna presentó Niebla → enero de 2022",
        "truefalse: ",
        "why: Explica con tus palabras «Los rayos». => ",
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!str_contains(all, str_from(wanted[i])))
            fail_msg("lacks %s in\n%.*s", wanted[i], STR_ARG(all));
    arena_finish(&s.arena);
}

/* A false statement always comes with what is right, and says something else. */
static void a_false_statement_is_corrected(void **state)
{
    (void)state;
    struct scene s;
    size_t truths = 0, lies = 0;
    play(&s, "es", four_releases);
    list_each (struct card, card, &s.cards) {
        if (card->kind != CARD_TRUEFALSE)
            continue;
        bool lie = str_equal(card->answer, STR("falso"));
        truths += !lie;
        lies += lie;
        assert_true(lie == (card->explanation.len > 0));
        assert_false(str_equal(card->explanation, card->prompt));
        assert_int_equal(card->choices.count, 0);
    }
    assert_true(truths > 0 && lies > 0);
    arena_finish(&s.arena);
}

/* They follow the cards of facts, of which nothing is lost. */
static void synthesis_stands_behind_the_facts(void **state)
{
    (void)state;
    struct scene s;
    bool behind = false;
    play(&s, "es", four_releases);
    list_each (struct card, card, &s.cards) {
        bool set = str_equal(card->rule, STR(CARD_SYNTHESIS));
        assert_false(behind && !set);
        behind |= set;
    }
    assert_true(behind);
    arena_finish(&s.arena);
}

static void what_lies_too_close_is_not_put_in_order(void **state)
{
    (void)state;
    struct scene s;
    play(&s, "en",
         "release agent=Acme:org:company work=Ray:work:model time=2020-07 verb=launch\n"
         "release agent=Borg:org:company work=Bolt:work:model time=2020-08 verb=launch\n"
         "release agent=Cima:org:company work=Hail:work:model time=2020 verb=launch");
    assert_false(str_contains(synthesis(&s), STR("order:")));
    arena_finish(&s.arena);
}

static void what_is_doubtful_waits_with_its_doubt(void **state)
{
    (void)state;
    static const struct {
        const char *facts, *prompt, *doubt;
    } cases[] = {
        {"release work=Rayo:work:modelo time=2020 verb=lanzar sure=0.9", "¿En qué año se lanzó Rayo?",
         "the sentence does not say this in so many words"},
        {"release work=Rayo:work:modelo time=2020 verb=lanzar\nrelease work=Rayo:work:modelo time=2021 "
         "verb=lanzar",
         "¿En qué año se lanzó Rayo?", "line 1 gives another answer"},
        {"found agent=Elena:person work=Solaris:org:laboratorio verb=fundar", "¿Qué laboratorio fundó Elena?",
         "only a first name says who is meant"},
        {"respond to=Trueno:work work=Rayo:work verb=lanzar", "¿Qué fue la respuesta a Trueno?",
         "the maker is not named in this sentence"},
        {"release work=Rayo:work:modelo time=2020 verb=lanzar", "¿En qué año se lanzó Rayo?", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene s;
        play(&s, "es", cases[i].facts);
        const struct card *card = find_card(&s, cases[i].prompt);
        assert_str(card->doubt, cases[i].doubt);
        assert_int_equal(card->tier, cases[i].doubt[0] ? TIER_REVIEW : TIER_AUTO);
        arena_finish(&s.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spanish_questions_are_natural),
        cmocka_unit_test(english_questions_are_natural),
        cmocka_unit_test(a_prompt_with_two_right_answers_is_not_asked),
        cmocka_unit_test(dates_are_accepted_as_people_type_them),
        cmocka_unit_test(choices_are_real_fillers_of_the_same_kind),
        cmocka_unit_test(an_identity_is_what_is_asked),
        cmocka_unit_test(what_is_doubtful_waits_with_its_doubt),
        cmocka_unit_test(facts_together_make_orders_matches_and_statements),
        cmocka_unit_test(a_false_statement_is_corrected),
        cmocka_unit_test(synthesis_stands_behind_the_facts),
        cmocka_unit_test(what_lies_too_close_is_not_put_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
