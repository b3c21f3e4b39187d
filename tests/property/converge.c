/* Two to five devices of one learner, each with a clock of its own, answering, undoing, suspending, changing rules; what they
 * send arrives in any order, twice, late or not at all until the end. When everything has arrived, all hold the same
 * state, and no answer is lost.
 *
 *     converge [HISTORIES [SEED]] */
#include "base/arena.h"
#include "base/list.h"
#include "base/random.h"
#include "cards/identity.h"
#include "collection/add.h"
#include "collection/answer.h"
#include "collection/cards.h"
#include "collection/care.h"
#include "collection/deck.h"
#include "collection/merge.h"
#include "schedule/day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DEVICES = 5, CARDS = 4 };

struct device {
    struct collection *collection;
    int64_t skew_ms;
    int tz_min;
    int64_t keys[CARDS];
};

struct history {
    struct arena arena;
    struct random random;
    struct device devices[MOST_DEVICES];
    int count;
    int64_t time_ms;
    int64_t events; /* made on any device */
};

static void must(bool ok, const struct error *e)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", e->text);
    exit(1);
}

static uint64_t below(struct history *h, uint64_t bound)
{
    return random_below(&h->random, bound);
}

static struct moment moment_on(const struct history *h, const struct device *device)
{
    return (struct moment){h->time_ms + device->skew_ms, device->tz_min};
}

static void add_cards(struct history *h, struct device *device)
{
    struct cards cards = {0};
    struct error e = {0};
    for (int i = 0; i < CARDS; i++) {
        struct card card = {
            .prompt = str_format(&h->arena, "Question %d?", i), .answer = STR("answer"), .confidence = 1};
        card.id = identity_of_question(STR("c"), card.prompt);
        list_push(&h->arena, &cards, card);
    }
    struct addition addition = {
        .deck = STR("Book"), .path = STR("one.md"), .source = STR("x"), .cards = &cards};
    struct add_report report;
    must(collection_add(device->collection, &h->arena, &addition, moment_on(h, device), &report, &e), &e);
    for (int i = 0; i < CARDS; i++)
        must(card_find(device->collection, str_from(cards.items[i].id.text), &device->keys[i], &e), &e);
    h->events += report.fresh > 0; /* the import itself */
}

static void make_devices(struct history *h)
{
    h->count = 2 + (int)below(h, MOST_DEVICES - 1);
    for (int i = 0; i < h->count; i++) {
        struct device *device = &h->devices[i];
        device->skew_ms = (int64_t)below(h, 6 * (uint64_t)DAY_MS) - 3 * DAY_MS;
        device->tz_min = ((int)below(h, 25) - 12) * 60;
        struct collection_options options = {.now = moment_on(h, device),
                                             .seed = h->random.state + (uint64_t)i};
        struct error e = {0};
        must(collection_open(":memory:", &options, &device->collection, &e), &e);
        /* One device gets the chapter only at the end: its cards find their history waiting. */
        if (i > 0 || below(h, 4))
            add_cards(h, device);
    }
}

/* Something the learner does; counts the events. */
static void act(struct history *h, struct device *device)
{
    struct moment now = moment_on(h, device);
    struct collection *c = device->collection;
    int64_t card = device->keys[below(h, CARDS)];
    struct error e = {0};
    struct answer answer = {.grade = (enum grade)(1 + below(h, 4)),
                            .mode = (enum answer_mode)below(h, 4),
                            .ms = 1000,
                            .kind = STR("typed"),
                            .given = STR("tab\there\nand \"there\""),
                            .hints = (int)below(h, 6) == 0,
                            .sure = -1,
                            .read_age_s = -1};
    struct undone undone;
    if (card == 0)
        return;
    switch (below(h, 14)) {
    case 0:
        must(card_suspend(c, card, below(h, 2), now, &e), &e);
        break;
    case 1:
        must(card_bury(c, card, now, &e), &e);
        break;
    case 2:
        must(card_edit(c, card, STR("hint"), str_format(&h->arena, "h%d", (int)below(h, 9)), now, &e), &e);
        break;
    case 3:
        must(card_reset(c, card, now, &e), &e);
        break;
    case 4:
        if (below(h, 4))
            return;
        must(deck_set_option(c, 0, STR("algorithm"), below(h, 2) ? STR("6") : STR("7"), now, &e), &e);
        break;
    case 5:
        if (below(h, 4))
            return;
        must(deck_set_option(c, 0, STR("rollover_hour"), below(h, 2) ? STR("2") : STR("4"), now, &e), &e);
        break;
    case 6:
    case 7:
        if (!collection_undo(c, now, &undone, &e))
            return;
        break;
    default:
        must(collection_grade(c, card, &answer, now, NULL, &e), &e);
    }
    h->events++;
}

static void shuffle(struct history *h, struct carried_events *events)
{
    for (size_t i = events->count; i > 1; i--) {
        size_t j = below(h, i);
        struct carried swapped = events->items[i - 1];
        events->items[i - 1] = events->items[j];
        events->items[j] = swapped;
    }
}

/* What one device knows of one log goes to another: all of it or a part, in any order. */
static void deliver(struct history *h, struct device *from, struct device *to, bool all)
{
    struct known_devices known;
    struct error e = {0};
    must(log_devices(from->collection, &h->arena, &known, &e), &e);
    for (size_t i = 0; i < known.count; i++) {
        struct carried_events events;
        must(log_since(from->collection, &h->arena, known.items[i].id, 0, 0, &events, &e), &e);
        if (!all && events.count) {
            shuffle(h, &events);
            events.count = below(h, events.count + 1);
        }
        struct merge_report report;
        must(log_merge(to->collection, &events, moment_on(h, to), &report, &e), &e);
        if (report.forked || report.refused) {
            fprintf(stderr, "%lld forked, %lld refused\n", (long long)report.forked,
                    (long long)report.refused);
            exit(1);
        }
    }
}

/* All that a replay gives, as text, without this file's own numbers. */
static struct str state_of(struct history *h, const struct device *device)
{
    struct str text = {0};
    struct error e = {0};
    for (int i = 0; i < CARDS; i++) {
        struct card_row row;
        must(collection_card(device->collection, &h->arena, device->keys[i], &row, &e), &e);
        text = str_format(&h->arena, "%.*s%d %d %a %a %a %lld %lld %lld %lld %d %d %d %d %d %.*s\n",
                          STR_ARG(text), (int)row.status, (int)row.algorithm, row.memory.s, row.memory.x,
                          row.memory.d, (long long)row.due_at_ms, (long long)row.last_at_ms,
                          (long long)row.first_at_ms, (long long)row.buried_until_ms, row.reps, row.lapses,
                          row.step, row.mastery, row.flagged, STR_ARG(row.card.hint));
    }
    struct deck_options options;
    must(deck_options(device->collection, 0, &options, &e), &e);
    return str_format(&h->arena, "%.*s%d %d", STR_ARG(text), options.algorithm, options.rollover_hour);
}

static void check_doctor(struct history *h, const struct device *device)
{
    struct findings findings = {0};
    struct error e = {0};
    must(collection_doctor(device->collection, &h->arena, false, moment_on(h, device), &findings, &e), &e);
    list_each (struct finding, finding, &findings) {
        fprintf(stderr, "%.*s\n", STR_ARG(finding->text));
        exit(1);
    }
    if (findings.events == h->events)
        return;
    fprintf(stderr, "%lld events of %lld\n", (long long)findings.events, (long long)h->events);
    exit(1);
}

static void end_history(struct history *h)
{
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < h->count; i++)
            for (int k = 0; k < h->count; k++)
                if (i != k)
                    deliver(h, &h->devices[i], &h->devices[k], true);
    for (int i = 0; i < h->count; i++)
        if (h->devices[i].keys[0] == 0)
            add_cards(h, &h->devices[i]);
    for (int i = 0; i < h->count; i++)
        for (int k = 0; k < h->count; k++)
            if (i != k)
                deliver(h, &h->devices[i], &h->devices[k], true);
}

static bool live(struct history *h)
{
    make_devices(h);
    int steps = 10 + (int)below(h, 40);
    for (int i = 0; i < steps; i++) {
        struct device *device = &h->devices[below(h, (uint64_t)h->count)];
        h->time_ms += (int64_t)below(h, (uint64_t)DAY_MS);
        if (below(h, 5) == 0)
            deliver(h, &h->devices[below(h, (uint64_t)h->count)], device, below(h, 2));
        else
            act(h, device);
    }
    end_history(h);
    bool same = true;
    struct str first = state_of(h, &h->devices[0]);
    for (int i = 0; i < h->count; i++) {
        struct str state = state_of(h, &h->devices[i]);
        if (!str_equal(first, state)) {
            fprintf(stderr, "device 0:\n%.*s\ndevice %d:\n%.*s\n", STR_ARG(first), i, STR_ARG(state));
            same = false;
        }
        check_doctor(h, &h->devices[i]);
    }
    for (int i = 0; i < h->count; i++)
        collection_close(h->devices[i].collection);
    arena_finish(&h->arena);
    return same;
}

int main(int argc, char **argv)
{
    int histories = argc > 1 ? atoi(argv[1]) : 100, equal = 0;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    int64_t events = 0;
    for (int i = 0; i < histories; i++) {
        struct history h = {.random = {seed + (uint64_t)i}, .time_ms = INT64_C(1780000000000)};
        bool same = live(&h);
        equal += same;
        events += h.events;
        if (!same)
            fprintf(stderr, "history %llu\n", (unsigned long long)seed + (unsigned long long)i);
    }
    printf("%d of %d histories end alike on all devices, %lld events\n", equal, histories, (long long)events);
    return equal != histories;
}
