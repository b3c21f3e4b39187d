/* Anki packages, made here, read in the child process that this program becomes, imported, updated, taken back, exported. */
#include "collection_world.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/hash.h"
#include "collection/care.h"
#include "collection/deck.h"
#include "collection/import.h"
#include "exchange/load.h"
#include "exchange/package.h"
#include "exchange/store.h"
#include "exchange/write.h"

/* Everything that a package is about, as text: one note a line, its cards and their log below it. */
struct picture {
    struct arena arena;
    struct buffer out;
    struct str_list decks, media;
    int notes, cards, reviews;
};

static bool see_deck(void *self, const struct parcel_deck *deck, struct error *e)
{
    struct picture *picture = self;
    (void)e;
    list_push(&picture->arena, &picture->decks, str_copy(&picture->arena, deck->path));
    return true;
}

static bool see_medium(void *self, const struct parcel_medium *medium, struct error *e)
{
    struct picture *picture = self;
    (void)e;
    list_push(&picture->arena, &picture->media,
              str_format(&picture->arena, "%.*s=%.8s", STR_ARG(medium->name), medium->sha256));
    return true;
}

static void add_list(struct buffer *out, const struct str_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        buffer_format(out, "|%.*s", STR_ARG(list->items[i]));
}

static bool see_note(void *self, const struct parcel_note *note, struct error *e)
{
    struct picture *picture = self;
    struct buffer *out = &picture->out;
    (void)e;
    picture->notes++;
    buffer_format(out, "%.*s", STR_ARG(note->guid));
    add_list(out, &note->fields);
    add_list(out, &note->tags);
    for (size_t i = 0; i < note->media.count; i++)
        buffer_format(out, " %.*s", STR_ARG(picture->media.items[note->media.items[i]]));
    list_each (const struct parcel_card, card, &note->cards) {
        picture->cards++;
        buffer_format(out, "\n  %d %.*s%s", card->ordinal, STR_ARG(picture->decks.items[card->deck]),
                      card->schedule.suspended ? " suspended" : "");
        for (size_t i = 0; i < card->review_count; i++, picture->reviews++) {
            const struct parcel_review *r = &card->reviews[i];
            buffer_format(out, " %lld:%d,%d,%d,%d,%d,%d", (long long)r->at_ms, r->grade, r->kind, r->interval,
                          r->last_interval, r->factor, r->ms);
        }
    }
    buffer_add_char(out, '\n');
    return true;
}

static struct parcel_sink see(struct picture *picture)
{
    return (struct parcel_sink){
        .self = picture, .wants_bytes = true, .deck = see_deck, .medium = see_medium, .note = see_note};
}

static void picture_finish(struct picture *picture)
{
    buffer_finish(&picture->out);
    arena_finish(&picture->arena);
}

/* A small collection of everything: both ways, gaps, media, a log with all kinds of lines. */

static void add_note(struct world *w, struct parcel_sink *sink, const char *guid, size_t type,
                     const char *fields, int cards, const struct parcel_review *reviews, size_t review_count,
                     int64_t mod_ms)
{
    struct parcel_note note = {.guid = str_from(guid), .type = type, .mod_ms = mod_ms};
    struct str rest = str_from(fields), field;
    struct error e = {0};
    while (str_split(&rest, '|', &field))
        list_push(&w->arena, &note.fields, field);
    list_push(&w->arena, &note.tags, STR("tema::uno"));
    if (str_contains(str_from(fields), STR("<img")))
        list_push(&w->arena, &note.media, (size_t)0);
    for (int i = 0; i < cards; i++) {
        struct parcel_card card = {.ordinal = i, .deck = (size_t)i % 2};
        if (i == 0 && review_count) {
            card.reviews = reviews;
            card.review_count = review_count;
            card.schedule = (struct parcel_schedule){.phase = PHASE_REVIEW,
                                                     .due_at_ms = w->now.at_ms + 5 * DAY_MS,
                                                     .last_at_ms = reviews[review_count - 1].at_ms,
                                                     .interval_days = 12,
                                                     .ease = 2500,
                                                     .reps = 3};
        }
        list_push(&w->arena, &note.cards, card);
    }
    if (!sink_note(sink, &note, &e))
        fail_msg("%s", e.text);
}

static const char png[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1";

static void give_media(struct parcel_sink *sink)
{
    struct parcel_medium medium = {
        .name = STR("mapa ñ.png"), .mime = STR("image/png"), .bytes = {png, sizeof png}, .size = sizeof png};
    struct error e = {0};
    sha256_hex(medium.bytes, medium.sha256);
    assert_true(sink_medium(sink, &medium, &e));
}

/* `edition` 2 is the same deck with one answer corrected. */
static void give_all(struct world *w, struct parcel_sink *sink, int edition)
{
    struct parcel_type basic = parcel_native_type(&w->arena, KIND_REVERSED),
                       cloze = parcel_native_type(&w->arena, KIND_CLOZE);
    struct error e = {0};
    int64_t then = w->now.at_ms - 40 * DAY_MS;
    const struct parcel_review reviews[] = {
        {then, 3, REVIEW_LEARN, -600, -60, 0, 4100},
        {then + 600000, 3, REVIEW_LEARN, 3, -600, 2500, 3000},
        {then + 3 * DAY_MS, 1, REVIEW_REVIEW, -600, 3, 2300, 9000},
        {then + 3 * DAY_MS + 600000, 3, REVIEW_RELEARN, 4, -600, 2300, 2000},
        {then + 4 * DAY_MS, 2, REVIEW_CRAM, 4, 4, 0, 1500},
        {then + 5 * DAY_MS, 0, REVIEW_RESCHEDULED, 9, 4, 600, 0},
        {then + 14 * DAY_MS, 4, REVIEW_REVIEW, 12, 9, 2450, 2500},
    };
    assert_true(sink_deck(sink, &(struct parcel_deck){.path = STR("Historia::Capítulo 1")}, &e));
    assert_true(sink_deck(sink, &(struct parcel_deck){.path = STR("日本語")}, &e));
    assert_true(sink_type(sink, &basic, &e) && sink_type(sink, &cloze, &e));
    give_media(sink);
    int64_t mod = w->now.at_ms - (edition == 2 ? 1000000 : 2000000);
    add_note(w, sink, "g<1&\"", 0,
             edition == 2 ? "Madrid|capital de <b>España</b>" : "Madrid|capital d'Espanya", 2, reviews,
             sizeof reviews / sizeof *reviews, mod);
    add_note(w, sink, "g2", 0, "ver <img src=\"mapa ñ.png\">|el mapa", 2, NULL, 0, mod);
    add_note(w, sink, "g3", 1, "La {{c1::ONU}} nació en {{c2::1945::año}}|extra", 2, NULL, 0, mod);
}

static struct str package_path(struct world *w, const char *name)
{
    return str_format(&w->arena, "%s/%s", w->folder, name);
}

static struct str make_package(struct world *w, const char *name, int edition)
{
    const struct write_format *format = write_format_find(STR("apkg"));
    struct str path = package_path(w, name);
    struct write_options options = {
        .path = path.ptr, .now_ms = w->now.at_ms, .tz_min = w->now.tz_min, .rollover_hour = 4};
    struct writer *writer;
    struct error e = {0};
    assert_true(format->open(&options, &writer, &e));
    struct parcel_sink sink = write_sink(format, writer);
    give_all(w, &sink, edition);
    if (!format->close(writer, true, &e))
        fail_msg("%s", e.text);
    return path;
}

static struct store_file file_at(struct world *w, struct str path)
{
    return (struct store_file){.path = path.ptr,
                               .read = {.now_ms = w->now.at_ms, .tz_min = w->now.tz_min},
                               .program = STR("test"),
                               .now = w->now};
}

static struct stored import_it(struct world *w, const struct store_file *file)
{
    struct stored stored;
    struct error e = {0};
    if (!store_file(w->collection, &w->arena, file, &stored, &e))
        fail_msg("%s", e.text);
    return stored;
}

static void read_package_into(struct world *w, struct str path, struct picture *picture)
{
    struct parcel_sink sink = see(picture);
    struct read_options options = {.now_ms = w->now.at_ms, .tz_min = w->now.tz_min};
    struct read_report report;
    struct error e = {0};
    if (!parcel_read(&w->arena, path.ptr, &options, &sink, &report, &e))
        fail_msg("%s", e.text);
    if (notices_any(&report.notices))
        fail_msg("there were notices");
}

static struct str export_it(struct world *w, const char *name)
{
    const struct write_format *format = write_format_find(STR("apkg"));
    struct str path = package_path(w, name);
    struct write_options options = {
        .path = path.ptr, .now_ms = w->now.at_ms, .tz_min = w->now.tz_min, .rollover_hour = 4};
    const struct load_options load = {.now = w->now, .whole_notes = true};
    struct load_counts counts;
    struct writer *writer;
    struct error e = {0};
    assert_true(format->open(&options, &writer, &e));
    struct parcel_sink sink = write_sink(format, writer);
    bool ok = parcel_load(w->collection, &load, &sink, &counts, &e);
    if (!format->close(writer, ok, &e) || !ok)
        fail_msg("%s", e.text);
    return path;
}

static struct card_row card_at(struct world *w, const char *guid, int ordinal)
{
    int64_t key;
    struct error e = {0};
    if (!card_find(w->collection, str_from(parcel_card_id(str_from(guid), ordinal).text), &key, &e))
        fail_msg("%s", e.text);
    return row(w, key);
}

/* Tests */

static void what_is_written_is_what_is_read(void **state)
{
    struct world *w = *state;
    struct picture given = {0}, read = {0};
    struct parcel_sink sink = see(&given);
    give_all(w, &sink, 1);
    read_package_into(w, make_package(w, "a.apkg", 1), &read);
    assert_int_equal(given.notes, read.notes);
    /* Notes come in the order of their ids; each is there. */
    struct str rest = buffer_str(&given.out), line;
    while (str_split(&rest, '\n', &line))
        if (!str_contains(buffer_str(&read.out), line))
            fail_msg("\"%.*s\" is not in\n%.*s", STR_ARG(line), STR_ARG(buffer_str(&read.out)));
    assert_int_equal(given.reviews, read.reviews);
    picture_finish(&given);
    picture_finish(&read);
}

static void in_and_out_again_is_the_same(void **state)
{
    struct world *w = *state;
    struct picture before = {0}, after = {0};
    struct str first = make_package(w, "a.apkg", 1);
    struct store_file file = file_at(w, first);
    import_it(w, &file);
    struct str second = export_it(w, "b.apkg");
    read_package_into(w, first, &before);
    read_package_into(w, second, &after);
    if (!str_equal(buffer_str(&before.out), buffer_str(&after.out)))
        fail_msg("in:\n%.*sout:\n%.*s", STR_ARG(buffer_str(&before.out)), STR_ARG(buffer_str(&after.out)));
    picture_finish(&before);
    picture_finish(&after);
}

static void a_dry_run_tells_what_the_import_does_and_writes_nothing(void **state)
{
    struct world *w = *state;
    struct store_file file = file_at(w, make_package(w, "a.apkg", 1));
    struct str empty = dump(w, "card note media event deck import");
    file.dry_run = true;
    struct stored dry = import_it(w, &file);
    assert_true(str_equal(dump(w, "card note media event deck import"), empty));
    file.dry_run = false;
    struct stored real = import_it(w, &file);
    assert_int_equal(dry.import.cards, 6);
    assert_int_equal(dry.import.cards, real.import.cards);
    assert_int_equal(dry.import.notes, real.import.notes);
    assert_int_equal(dry.import.media, real.import.media);
    assert_int_equal(dry.import.reviews, real.import.reviews);
}

static void the_log_makes_the_memory(void **state)
{
    struct world *w = *state;
    struct store_file file = file_at(w, make_package(w, "a.apkg", 1));
    import_it(w, &file);
    struct card_row learnt = card_at(w, "g<1&\"", 0), fresh = card_at(w, "g2", 0);
    assert_int_equal(learnt.reps, 5); /* the cramming and the move are none */
    assert_int_equal(learnt.lapses, 1);
    assert_true(learnt.memory.s > 0);
    assert_int_equal(learnt.last_at_ms, w->now.at_ms - 26 * DAY_MS);
    assert_true(learnt.due_at_ms > w->now.at_ms && learnt.due_at_ms <= w->now.at_ms + 6 * DAY_MS);
    assert_true(fresh.memory.s == 0);
    assert_true(str_starts(fresh.card.image, STR("media:")));
    int64_t events, changed;
    struct error e = {0};
    assert_true(collection_rebuild(w->collection, &events, &changed, &e));
    assert_int_equal(changed, 0);
}

static void without_progress_all_is_new(void **state)
{
    struct world *w = *state;
    struct store_file file = file_at(w, make_package(w, "a.apkg", 1));
    file.read.without_progress = true;
    struct stored stored = import_it(w, &file);
    assert_int_equal(stored.counts.reviews, 0);
    assert_true(card_at(w, "g<1&\"", 0).memory.s == 0);
}

static void importing_again_changes_nothing(void **state)
{
    struct world *w = *state;
    struct store_file file = file_at(w, make_package(w, "a.apkg", 1));
    import_it(w, &file);
    struct str once = dump(w, "card note media event deck import");
    struct stored again = import_it(w, &file);
    assert_int_equal(again.import.cards_same, 6);
    assert_true(str_equal(dump(w, "card note media event deck import"), once));
}

static void a_newer_edition_updates_and_keeps_progress(void **state)
{
    struct world *w = *state;
    struct store_file first = file_at(w, make_package(w, "a.apkg", 1)),
                      second = file_at(w, make_package(w, "b.apkg", 2));
    import_it(w, &first);
    struct card_row before = card_at(w, "g<1&\"", 0);
    struct stored stored = import_it(w, &second);
    assert_int_equal(stored.import.notes_changed, 1);
    assert_int_equal(stored.import.cards_changed, 2);
    struct card_row after = card_at(w, "g<1&\"", 0);
    assert_str(after.card.answer, "capital de España");
    assert_true(before.memory.s == after.memory.s && before.due_at_ms == after.due_at_ms);
    /* The older one does not undo it. */
    assert_int_equal(import_it(w, &first).import.notes_older, 1);
    assert_str(card_at(w, "g<1&\"", 0).card.answer, "capital de España");
}

static void an_import_is_taken_back_as_one_step(void **state)
{
    struct world *w = *state;
    struct store_file first = file_at(w, make_package(w, "a.apkg", 1)),
                      second = file_at(w, make_package(w, "b.apkg", 2));
    struct undone undone;
    struct error e = {0};
    import_it(w, &first);
    import_it(w, &second);
    assert_true(collection_undo(w->collection, w->now, &undone, &e));
    assert_int_equal(undone.kind, EVENT_IMPORT);
    assert_str(card_at(w, "g<1&\"", 0).card.answer, "capital d'Espanya");
    assert_true(collection_undo(w->collection, w->now, &undone, &e));
    assert_int_equal(card_at(w, "g<1&\"", 0).status, STATUS_RETIRED);
    struct deck_rows decks = {0};
    assert_true(collection_decks(w->collection, &w->arena, w->now, &decks, &e));
    assert_int_equal(decks.count, 0);
    assert_false(collection_undo(w->collection, w->now, &undone, &e)); /* the answers that came along stay */
    struct stored back = import_it(w, &first);
    assert_int_equal(back.import.cards_restored, 6);
    assert_int_equal(card_at(w, "g<1&\"", 0).reps, 5);
}

static void our_own_cards_come_home(void **state)
{
    struct world *w = *state;
    struct cards cards = {0};
    struct card card = {.kind = CARD_DIRECT, .prompt = STR("¿Quién?"), .answer = STR("Ana"), .confidence = 1};
    card.id = identity_of_question(STR("d"), card.prompt);
    list_push(&w->arena, &cards, card);
    struct addition addition = {
        .deck = STR("Propio"), .path = STR("c.md"), .source = STR("c"), .lang = STR("es"), .cards = &cards};
    struct add_report report;
    struct error e = {0};
    assert_true(collection_add(w->collection, &w->arena, &addition, w->now, &report, &e));
    grade(w, key_of(w, &card), GRADE_GOOD);
    struct store_file file = file_at(w, export_it(w, "own.apkg"));
    struct stored stored = import_it(w, &file);
    assert_int_equal(stored.import.own, 1);
    assert_int_equal(stored.import.cards + stored.import.notes, 0);
    assert_int_equal(stored.counts.reviews, 1);
}

static void spoilt_packages_are_refused_and_leave_nothing(void **state)
{
    struct world *w = *state;
    struct str path = make_package(w, "a.apkg", 1), bytes,
               empty = dump(w, "card note media event deck import");
    struct error e = {0};
    assert_true(file_read(&w->arena, path.ptr, 1 << 20, &bytes, &e));
    for (int i = 0; i < 8; i++) {
        char *spoilt = (char *)str_copy(&w->arena, bytes).ptr;
        size_t len = i % 2 ? bytes.len : bytes.len * (size_t)i / 8;
        if (i % 2)
            memset(spoilt + bytes.len * (size_t)i / 9, 0xA5, 64);
        struct str bad = package_path(w, "bad.apkg");
        assert_true(file_write(bad.ptr, (struct str){spoilt, len}, &e));
        struct store_file file = file_at(w, bad);
        struct stored stored;
        if (store_file(w->collection, &w->arena, &file, &stored, &e))
            continue; /* what was spoilt is not read, or is only reported */
        assert_true(e.file[0] && e.text[0]);
        assert_true(str_equal(dump(w, "card note media event deck import"), empty));
    }
}

static void a_reader_that_dies_costs_one_sentence(void **state)
{
    struct world *w = *state;
    struct store_file file = file_at(w, make_package(w, "a.apkg", 1));
    struct stored stored;
    struct error e = {0};
    file.read.reader_program = "/bin/true";
    assert_false(store_file(w->collection, &w->arena, &file, &stored, &e));
    assert_non_null(strstr(e.text, "stopped in the middle"));
    file.read.reader_program = "/nowhere";
    assert_false(store_file(w->collection, &w->arena, &file, &stored, &e));
    assert_non_null(strstr(e.text, "cannot be started"));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(what_is_written_is_what_is_read),
        WORLD_TEST(in_and_out_again_is_the_same),
        WORLD_TEST(a_dry_run_tells_what_the_import_does_and_writes_nothing),
        WORLD_TEST(the_log_makes_the_memory),
        WORLD_TEST(without_progress_all_is_new),
        WORLD_TEST(importing_again_changes_nothing),
        WORLD_TEST(a_newer_edition_updates_and_keeps_progress),
        WORLD_TEST(an_import_is_taken_back_as_one_step),
        WORLD_TEST(our_own_cards_come_home),
        WORLD_TEST(spoilt_packages_are_refused_and_leave_nothing),
        WORLD_TEST(a_reader_that_dies_costs_one_sentence),
    };
    int status;
    if (package_child(argc, argv, &status))
        return status;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
