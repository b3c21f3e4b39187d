/* How fast decks come in and go out, and in how much memory. The files are made in the current folder, on its real disk. */
#include "base/arena.h"
#include "base/list.h"
#include "collection/care.h"
#include "exchange/load.h"
#include "exchange/package.h"
#include "exchange/store.h"
#include "exchange/write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const struct moment now = {INT64_C(1780041600000), 60};
static const char package[] = "bench.apkg", out[] = "bench-out.apkg", collection_file[] = "bench-exchange.db";

static double clock_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double cpu_ms(const struct rusage *usage)
{
    return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1e3 +
           (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e3;
}

static void must(bool ok, const struct error *e)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", e->text);
    exit(1);
}

static struct collection *open_collection(void)
{
    struct collection_options options = {.now = now, .seed = 1};
    struct collection *c;
    struct error e = {0};
    must(collection_open(collection_file, &options, &c, &e), &e);
    return c;
}

/* One note of two lines, of a deck in four; every second one learnt, with four answers. */
static void give_note(struct arena *arena, struct parcel_sink *sink, int i)
{
    struct parcel_review reviews[4];
    struct parcel_note note = {.guid = str_format(arena, "bench%d", i), .mod_ms = now.at_ms};
    struct parcel_card card = {.deck = (size_t)i % 4};
    struct error e = {0};
    list_push(arena, &note.fields,
              str_format(arena, "¿En qué año pasó lo que cuenta la frase número %d del <b>libro</b>?", i));
    list_push(arena, &note.fields,
              str_format(arena, "%d, según la página %d, que lo explica con detalle", 1000 + i % 1000, i));
    list_push(arena, &note.tags, str_format(arena, "tema%d", i % 20));
    for (int r = 0; r < 4; r++)
        reviews[r] = (struct parcel_review){.at_ms = now.at_ms - (int64_t)(40 - 10 * r) * 86400000 + i,
                                            .grade = 3,
                                            .kind = r ? REVIEW_REVIEW : REVIEW_LEARN,
                                            .interval = 3 * r + 1,
                                            .factor = 2500,
                                            .ms = 4000};
    if (i % 2) {
        card.reviews = reviews;
        card.review_count = 4;
        card.schedule = (struct parcel_schedule){.phase = PHASE_REVIEW,
                                                 .due_at_ms = now.at_ms + i % 30 * INT64_C(86400000),
                                                 .interval_days = 10,
                                                 .ease = 2500,
                                                 .reps = 4};
    }
    list_push(arena, &note.cards, card);
    must(sink_note(sink, &note, &e), &e);
}

static void make_package(int notes)
{
    const struct write_format *format = write_format_find(STR("apkg"));
    const struct write_options options = {
        .path = package, .now_ms = now.at_ms, .tz_min = now.tz_min, .rollover_hour = 4};
    struct arena arena = {0};
    struct writer *writer;
    struct error e = {0};
    must(format->open(&options, &writer, &e), &e);
    struct parcel_sink sink = write_sink(format, writer);
    for (int i = 0; i < 4; i++)
        must(sink_deck(&sink, &(struct parcel_deck){.path = str_format(&arena, "Libro::Capítulo %d", i)}, &e),
             &e);
    struct parcel_type type = parcel_native_type(&arena, KIND_BASIC);
    must(sink_type(&sink, &type, &e), &e);
    for (int i = 0; i < notes; i++) {
        struct arena each = {0};
        give_note(&each, &sink, i);
        arena_finish(&each);
    }
    must(format->close(writer, true, &e), &e);
    arena_finish(&arena);
}

static void import_package(int notes)
{
    struct collection *collection = open_collection();
    struct arena arena = {0};
    struct stored stored;
    struct error e = {0};
    const struct store_file file = {.path = package,
                                    .read = {.now_ms = now.at_ms, .tz_min = now.tz_min},
                                    .program = STR("bench"),
                                    .now = now};
    must(store_file(collection, &arena, &file, &stored, &e), &e);
    if (stored.counts.cards != notes)
        fprintf(stderr, "%ld cards of %d\n", stored.counts.cards, notes);
    arena_finish(&arena);
    collection_close(collection);
}

static void export_package(int notes)
{
    const struct write_format *format = write_format_find(STR("apkg"));
    const struct write_options options = {
        .path = out, .now_ms = now.at_ms, .tz_min = now.tz_min, .rollover_hour = 4};
    const struct load_options load = {.now = now, .whole_notes = true};
    struct collection *collection = open_collection();
    struct load_counts counts;
    struct writer *writer;
    struct error e = {0};
    must(format->open(&options, &writer, &e), &e);
    struct parcel_sink sink = write_sink(format, writer);
    must(parcel_load(collection, &load, &sink, &counts, &e), &e);
    must(format->close(writer, true, &e), &e);
    if (counts.cards != notes)
        fprintf(stderr, "%d cards of %d\n", (int)counts.cards, notes);
    collection_close(collection);
}

static void remove_all(void)
{
    static const char *const files[] = {package, out, collection_file};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        remove(files[i]);
    if (system("rm -rf backups") != 0)
        exit(1);
}

/* In a process of its own, so that its memory is its own; the reader's is counted with it. */
static void measure(const char *what, void (*work)(int notes), int notes, double goal_ms)
{
    double start = clock_ms();
    fflush(stdout);
    pid_t process = fork();
    if (process == 0) {
        struct rusage self, children;
        work(notes);
        getrusage(RUSAGE_SELF, &self);
        getrusage(RUSAGE_CHILDREN, &children);
        if (goal_ms > 0)
            printf("%s %d notes: %.0f ms (goal %.0f), %.0f ms of it computing; resident %ld MiB, its reader "
                   "%ld MiB (goal "
                   "256)\n",
                   what, notes, clock_ms() - start, goal_ms, cpu_ms(&self) + cpu_ms(&children),
                   self.ru_maxrss >> 10, children.ru_maxrss >> 10);
        fflush(stdout);
        _exit(0);
    }
    int status = 0;
    if (process < 0 || waitpid(process, &status, 0) < 0 || status != 0)
        exit(1);
}

int main(int argc, char **argv)
{
    int status;
    if (package_child(argc, argv, &status))
        return status;
    remove_all();
    measure("making", make_package, 2500, 0);
    measure("importing", import_package, 2500, 500);
    remove_all();
    measure("making", make_package, 100000, 0);
    measure("importing", import_package, 100000, 10000);
    measure("importing again", import_package, 100000, 10000);
    measure("exporting", export_package, 100000, 10000);
    remove_all();
    return 0;
}
