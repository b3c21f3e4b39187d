#include "world.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"
#include "cards/card.h"
#include "collection/add.h"
#include "collection/answer.h"
#include "collection/cards.h"
#include "collection/deck.h"
#include "document/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HOUR_MS = 60 * 60 * 1000 };
enum { DAY_MS = 24 * HOUR_MS };

static void need(bool ok, const struct error *e)
{
    if (ok)
        return;
    char text[512];
    error_describe(e, text, sizeof text);
    fprintf(stderr, "world: %s\n", text);
    abort();
}

/* ---- Chapters and their cards ---- */

struct question_row {
    const char *prompt, *answer, *quote, *relation, *value;
    const char *choices[3];
    const char *accepted;
};

struct chapter {
    const char *deck, *title, *lang, *text;
    const struct question_row *rows;
    size_t count;
};

static const char lighthouses[] =
    "# Faros\n\n"
    "Durante siglos los barcos llegaban a puerto a ojo. El primer faro del que se guarda memoria ardía en la "
    "isla de "
    "Faro, frente a Alejandría.\n\n"
    "## La lente\n\n"
    "Antes de 1822 las luces de costa se apoyaban en espejos que perdían casi todo el resplandor. Augustin "
    "Fresnel "
    "presentó su lente escalonada en julio de 1822, y un año después alumbraba la torre de Cordouan. Con "
    "ella el haz "
    "se veía a más de 30 kilómetros.\n\n"
    "## La electricidad\n\n"
    "South Foreland fue en 1858 la primera torre con luz eléctrica. La Torre de Hércules, en La Coruña, "
    "sigue "
    "encendida desde la época romana: es el faro en servicio más antiguo del mundo.\n";

static const struct question_row lighthouse_rows[] = {
    {"¿En qué mes y año presentó Augustin Fresnel su lente escalonada?",
     "julio de 1822",
     "Augustin Fresnel presentó su lente escalonada en julio de 1822",
     "release",
     "1822-07",
     {"mayo de 1820", "julio de 1822", "octubre de 1825"},
     "1822-07"},
    {"¿Quién presentó la lente escalonada en 1822?",
     "Augustin Fresnel",
     "Augustin Fresnel presentó su lente escalonada en julio de 1822",
     "release",
     "",
     {"Augustin Fresnel", "Alan Stevenson", "James Chance"},
     "Fresnel"},
    {"¿Qué torre tuvo en 1858 la primera luz eléctrica?",
     "South Foreland",
     "South Foreland fue en 1858 la primera torre con luz eléctrica",
     "first",
     "",
     {NULL},
     NULL},
    {"¿En qué año tuvo luz eléctrica la torre de South Foreland?",
     "1858",
     "South Foreland fue en 1858 la primera torre con luz eléctrica",
     "release",
     "1858",
     {NULL},
     NULL},
    {"¿Cuál es el faro en servicio más antiguo del mundo?",
     "la Torre de Hércules",
     "La Torre de Hércules, en La Coruña, sigue encendida desde la época romana",
     "superlative",
     "",
     {"la Torre de Hércules", "Cordouan", "Kõpu"},
     "Torre de Hércules"},
    {"¿A cuántos kilómetros se veía el haz de la lente de Fresnel?",
     "más de 30 kilómetros",
     "Con ella el haz se veía a más de 30 kilómetros",
     "quantity",
     "30",
     {NULL},
     "30 km"},
    {"¿Frente a qué ciudad ardía el primer faro del que se guarda memoria?",
     "Alejandría",
     "El primer faro del que se guarda memoria ardía en la isla de Faro, frente a Alejandría",
     "deed",
     "",
     {NULL},
     NULL},
    {"¿Qué torre alumbró la lente de Fresnel un año después de presentarse?",
     "la torre de Cordouan",
     "y un año después alumbraba la torre de Cordouan",
     "deed",
     "",
     {NULL},
     "Cordouan"},
};

static const char compasses[] = "# Brújulas\n\n"
                                "La aguja imantada se usó primero para adivinar, mucho antes de que nadie "
                                "navegara con ella. Shen Kuo la describió "
                                "en 1088.\n\n"
                                "En 1908 Hermann Anschütz-Kaempfe patentó el girocompás, que no se deja "
                                "engañar por el hierro del barco.\n";

static const struct question_row compass_rows[] = {
    {"¿Quién describió la aguja imantada en 1088?",
     "Shen Kuo",
     "Shen Kuo la describió en 1088",
     "deed",
     "",
     {NULL},
     NULL},
    {"¿En qué año describió Shen Kuo la aguja imantada?",
     "1088",
     "Shen Kuo la describió en 1088",
     "deed",
     "1088",
     {NULL},
     NULL},
    {"¿Quién patentó el girocompás?",
     "Hermann Anschütz-Kaempfe",
     "En 1908 Hermann Anschütz-Kaempfe patentó el girocompás",
     "release",
     "",
     {NULL},
     "Anschütz-Kaempfe"},
    {"¿Qué patentó Hermann Anschütz-Kaempfe en 1908?",
     "el girocompás",
     "En 1908 Hermann Anschütz-Kaempfe patentó el girocompás",
     "release",
     "",
     {NULL},
     "girocompás"},
};

static const char printing[] = "# Printing\n\n"
                               "Bi Sheng cut movable type of baked clay around 1040. Four centuries later "
                               "Johannes Gutenberg cast his letters in "
                               "metal at Mainz.\n\n"
                               "Aldus Manutius printed the first book in italic type in 1501.\n";

static const struct question_row printing_rows[] = {
    {"Who cut movable type of baked clay around 1040?",
     "Bi Sheng",
     "Bi Sheng cut movable type of baked clay around 1040",
     "first",
     "",
     {NULL},
     NULL},
    {"In which year was the first book in italic type printed?",
     "1501",
     "Aldus Manutius printed the first book in italic type in 1501",
     "release",
     "1501",
     {NULL},
     NULL},
    {"Where did Johannes Gutenberg cast his letters?",
     "Mainz",
     "Johannes Gutenberg cast his letters in metal at Mainz",
     "deed",
     "",
     {NULL},
     NULL},
};

static const char hard_text[] = "# Textos difíciles\n\nUna línea.\n";
#define LONG_WORD "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
#define LOREM                                                                                                 \
    "Una pregunta puede ser tan larga que no quepa en una línea, ni en dos, ni en tres, porque quien la "    \
    "escribió "                                                                                              \
    "quiso decirlo todo en ella, con sus condiciones, sus excepciones y sus ejemplos, y aun así hay que "    \
    "poder "                                                                                                  \
    "leerla entera, sin que nada se corte ni se salga de la tarjeta, también en una ventana pequeña y con " \
    "la "                                                                                                     \
    "letra al doble de su tamaño, que es como la leen quienes ven mal: ¿cuántas líneas ocupa? "
static const struct question_row hard_rows[] = {
    {LOREM LOREM, LOREM, "Una línea", "", "", {NULL}, NULL},
    {LONG_WORD " " LONG_WORD LONG_WORD "?", LONG_WORD, "Una línea", "", "", {NULL}, NULL},
    {"ما هي عاصمة مصر؟", "القاهرة", "Una línea", "", "", {NULL}, NULL},
    {"מהי בירת צרפת?", "פריז", "Una línea", "", "", {NULL}, NULL},
    {"¿Qué significa 👩🏽‍💻 y cuál es 🇪🇸?",
     "programadora; España 🎉",
     "Una línea",
     "",
     "",
     {NULL},
     NULL},
    {"Control \x01\x02 y \xE2\x80\xAE override bidi \xE2\x80\xAC fin",
     "**negrita**, *cursiva* y `código = 1`",
     "Una línea",
     "",
     "",
     {NULL},
     NULL},
};

static const struct chapter chapters[] = {
    {"Historia de la navegación::Faros", "Faros", "es", lighthouses, lighthouse_rows, 8},
    {"Historia de la navegación::Brújulas", "Brújulas", "es", compasses, compass_rows, 4},
    {"The printed page", "Printing", "en", printing, printing_rows, 3},
};
static const struct chapter hard = {"Textos difíciles", "Textos difíciles", "es", hard_text, hard_rows, 6};

static struct str_list list_of(struct arena *arena, const char *const *texts, size_t count)
{
    struct str_list ret = {0};
    for (size_t i = 0; i < count && texts[i]; i++)
        list_push(arena, &ret, str_from(texts[i]));
    return ret;
}

static int line_of(struct str text, size_t at)
{
    int line = 1;
    for (size_t i = 0; i < at && i < text.len; i++)
        line += text.ptr[i] == '\n';
    return line;
}

static struct card card_of(struct arena *arena, const struct chapter *chapter, const struct question_row *row)
{
    struct str text = str_from(chapter->text), quote = str_from(row->quote);
    size_t at = str_find(text, quote, 0);
    struct card card = {.kind = CARD_DIRECT,
                        .relation = str_from(row->relation),
                        .lang = str_from(chapter->lang),
                        .prompt = str_from(row->prompt),
                        .answer = str_from(row->answer),
                        .accepted = list_of(arena, &row->accepted, 1),
                        .choices = list_of(arena, row->choices, 3),
                        .value = str_from(row->value),
                        .confidence = 0.95};
    identity_hash(str_from(row->prompt), card.id.text);
    identity_hash(quote, card.fact.text);
    if (at != (size_t)-1)
        card.source = (struct source){STR("chapter.md"), line_of(text, at), 1, at, at + quote.len, quote};
    return card;
}

static void add_chapter(struct collection *collection, struct arena *arena, const struct chapter *chapter,
                        struct moment now)
{
    struct error e = {0};
    struct cards cards = {0};
    struct add_report report;
    for (size_t i = 0; i < chapter->count; i++)
        list_push(arena, &cards, card_of(arena, chapter, &chapter->rows[i]));
    struct document document;
    need(document_parse(arena, STR("chapter.md"), str_from(chapter->text), str_from(chapter->lang), &document,
                        &e),
         &e);
    const struct addition addition = {.deck = str_from(chapter->deck),
                                      .document = &document,
                                      .path = str_format(arena, "/books/%s.md", chapter->title),
                                      .source = str_from(chapter->text),
                                      .title = str_from(chapter->title),
                                      .lang = str_from(chapter->lang),
                                      .cards = &cards};
    need(collection_add(collection, arena, &addition, now, &report, &e), &e);
}

static void add_many(struct collection *collection, struct arena *arena, struct moment now)
{
    enum { MANY = 10000 };
    struct error e = {0};
    struct cards cards = {0};
    struct add_report report;
    for (int i = 0; i < MANY; i++) {
        struct card card = {.kind = CARD_DIRECT, .lang = STR("es"), .confidence = 0.9};
        card.prompt = str_format(arena, "¿Cuál es el número %d de la lista?", i);
        card.answer = str_format(arena, "el %d", i);
        identity_hash(card.prompt, card.id.text);
        list_push(arena, &cards, card);
    }
    const struct addition addition = {.deck = STR("Lista larga"), .lang = STR("es"), .cards = &cards};
    need(collection_add(collection, arena, &addition, now, &report, &e), &e);
}

/* ---- Cards that are not one question and one answer ---- */

static void add_card(struct arena *arena, struct cards *cards, struct card card)
{
    card.lang = STR("es");
    identity_hash(card.prompt, card.id.text);
    list_push(arena, cards, card);
}

static void add_sets(struct collection *collection, struct arena *arena, struct moment now)
{
    static const char *const years[] = {"el faro de Cordouan", "la lente de Fresnel", "South Foreland"};
    static const char *const pairs[] = {"Fresnel → la lente escalonada", "Stevenson → los faros escoceses",
                                        "Winstanley → Eddystone"};
    struct error e = {0};
    struct cards cards = {0};
    struct add_report report;
    add_card(arena, &cards,
             (struct card){.kind = CARD_ORDER,
                           .prompt = STR("Ordena del más antiguo al más reciente"),
                           .answer = STR("el faro de Cordouan; la lente de Fresnel; South Foreland"),
                           .items = list_of(arena, years, 3),
                           .confidence = 1});
    add_card(arena, &cards,
             (struct card){.kind = CARD_MATCH,
                           .prompt = STR("¿Quién hizo qué?"),
                           .answer = STR("Fresnel → la lente escalonada; Stevenson → los faros escoceses; "
                                         "Winstanley → Eddystone"),
                           .items = list_of(arena, pairs, 3),
                           .confidence = 1});
    add_card(arena, &cards,
             (struct card){.kind = CARD_CLOZE,
                           .prompt = STR("La lente de Fresnel se montó por primera vez en ____, en 1823."),
                           .answer = STR("Cordouan"),
                           .confidence = 1});
    add_card(
        arena, &cards,
        (struct card){
            .kind = CARD_DIRECT,
            .prompt = STR("¿Qué fase es la *tercera*?"),
            .answer = STR("**luna llena**: $E = mc^2$ no tiene que ver\n```\nif (luna == LLENA)\n    "
                          "brilla(1.0);\n```\n| fase | luz |\n|---|---|\n| nueva | 0 % |\n| llena | 100 % "
                          "|"),
            .image = STR(SOURCE_ROOT "/decks/luna-fases.png"),
            .confidence = 1});
    for (int i = 0; i < 4; i++)
        add_card(arena, &cards,
                 (struct card){.kind = CARD_DIRECT,
                               .tier = TIER_REVIEW,
                               .prompt = str_format(arena, "¿Qué faro se encendió en %d?", 1810 + 7 * i),
                               .answer = STR("Bell Rock"),
                               .doubt = STR("el año se deduce del párrafo anterior"),
                               .confidence = i ? 0.7 : 0.93});
    const struct addition addition = {
        .deck = STR("Líneas"), .lang = STR("es"), .cards = &cards, .path = STR("")};
    need(collection_add(collection, arena, &addition, now, &report, &e), &e);
}

/* ---- Three weeks of study, always the same ---- */

static void study_days(struct collection *collection, struct arena *arena, int64_t now_ms)
{
    struct error e = {0};
    struct card_rows rows = {0};
    struct card_filter filter = {.status = -1};
    need(collection_search(collection, arena, &filter, &rows, &e), &e);
    for (int days_ago = 20; days_ago > 0; days_ago--) {
        for (size_t i = 0; i < rows.count; i++) {
            bool asked = (i + (size_t)days_ago) % 4 == 0 && i < 13;
            bool missed = (i * 7 + (size_t)days_ago) % 5 == 0;
            if (!asked)
                continue;
            struct answer answer = {.grade = missed ? GRADE_AGAIN : GRADE_GOOD,
                                    .mode = ANSWER_REVIEW,
                                    .ms = 4000 + (int)i * 300,
                                    .kind = STR("self"),
                                    .sure = -1,
                                    .read_age_s = -1};
            struct moment at = {now_ms - days_ago * (int64_t)DAY_MS + (int64_t)i * 60000, 60};
            struct graded graded;
            need(collection_grade(collection, rows.items[i].key, &answer, at, &graded, &e), &e);
        }
    }
}

void world_make(const char *path, enum world_kind kind, int64_t now_ms)
{
    struct arena arena = {0};
    struct error e = {0};
    struct collection *collection = NULL;
    struct moment start = {now_ms - 21 * (int64_t)DAY_MS, 60}, now = {now_ms, 60};
    const struct collection_options options = {.now = start, .seed = 7};
    need(collection_open(path, &options, &collection, &e), &e);
    if (kind == WORLD_NEW)
        add_chapter(collection, &arena, &chapters[0], now);
    if (kind == WORLD_USED) {
        for (size_t i = 0; i < sizeof chapters / sizeof *chapters; i++)
            add_chapter(collection, &arena, &chapters[i], start);
        study_days(collection, &arena, now_ms);
        need(setting_set(collection, STR("ui.seen"), STR("1"), &e), &e);
    }
    if (kind == WORLD_HARD)
        add_chapter(collection, &arena, &hard, now);
    if (kind == WORLD_SETS)
        add_sets(collection, &arena, now);
    if (kind == WORLD_LARGE) {
        add_many(collection, &arena, now);
        need(deck_set_option(collection, 0, STR("new_per_day"), STR("5000"), now, &e), &e);
    }
    collection_close(collection);
    arena_finish(&arena);
}

/* ---- The app without a window ---- */

static int64_t now_ms(void *self, int *ret_tz_min)
{
    const struct world *world = self;
    *ret_tz_min = 60;
    return world->now_ms;
}

static int64_t clock_ms(void *self)
{
    return ((const struct world *)self)->clock_ms;
}

static void copy(void *self, struct str text)
{
    struct world *world = self;
    world->copied = str_copy(&world->arena, text);
}

static struct str paste(void *self, struct arena *arena)
{
    return str_copy(arena, ((const struct world *)self)->copied);
}

struct canvas_image *(*world_picture)(struct str bytes, struct error *e);

static struct canvas_image *picture(void *self, struct str bytes, struct error *e)
{
    (void)self;
    return world_picture(bytes, e);
}

void world_open(struct world *world, enum world_kind kind, const struct app_options *options,
                const struct ui_fonts *fonts)
{
    enum { NOVEMBER_2026 = 1795600000 }; /* a Wednesday, 10 in the morning */
    *world = (struct world){.now_ms = NOVEMBER_2026 * 1000LL, .clock_ms = 1000};
    strcpy(world->folder, "/tmp/repaso-world-XXXXXX");
    if (!mkdtemp(world->folder))
        abort();
    world->path = str_format(&world->arena, "%s/collection.db", world->folder);
    setenv("XDG_DOWNLOAD_DIR", world->folder, 1); /* what a screen saves goes there */
    if (kind != WORLD_EMPTY)
        world_make(world->path.ptr, kind, world->now_ms);
    struct app_options full = *options;
    full.collection = world->path.ptr;
    full.seed = 7;
    const struct app_window window = {.self = world,
                                      .fonts = fonts,
                                      .copy = copy,
                                      .paste = paste,
                                      .now_ms = now_ms,
                                      .clock_ms = clock_ms,
                                      .picture = world_picture ? picture : NULL};
    struct error e = {0};
    need(app_open(&full, &window, &world->app, &e), &e);
    app_build(world->app);
}

void world_close(struct world *world)
{
    app_close(world->app);
    static const char *const ends[] = {"", "-journal", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        unlink(str_format(&world->arena, "%.*s%s", STR_ARG(world->path), ends[i]).ptr);
    char *command = NULL;
    if (asprintf(&command, "rm -rf '%s'", world->folder) > 0 && system(command) != 0)
        fprintf(stderr, "world: %s stays\n", world->folder);
    free(command);
    arena_finish(&world->arena);
}

void world_wait(struct world *world, int64_t ms)
{
    world->now_ms += ms;
    world->clock_ms += ms;
}

void world_finish_session(struct world *world)
{
    for (int i = 0; i < 200 && str_equal(app_screen(world->app), STR("study")); i++) {
        app_command(world->app, STR("study.reveal"), 0, (struct str){0});
        app_command(world->app, i % 3 == 1 ? STR("study.again") : STR("study.good"), 0, (struct str){0});
        world_wait(world, 20000);
        app_tick(world->app);
        app_build(world->app);
    }
}
