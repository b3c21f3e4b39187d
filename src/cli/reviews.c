#include "cli/reviews.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/translate.h"
#include "cli/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CARD_ID, REVIEW_MS, RATING, ELAPSED_DAYS, COLUMNS };

static const char *const columns[COLUMNS] = {"card_id", "review_ms", "rating", "elapsed_days"};

/* Numbers for card names, as 64-bit hashes in an open table: two of a million cards meet once in 40 million logs. */
struct names {
    uint64_t *hashes;
    uint32_t *numbers;
    size_t size; /* a power of two */
    uint32_t count;
};

static void names_grow(struct names *names)
{
    struct names old = *names;
    names->size = old.size ? old.size * 2 : 1024;
    names->hashes = memory_alloc(names->size * sizeof *names->hashes);
    names->numbers = memory_alloc(names->size * sizeof *names->numbers);
    memset(names->hashes, 0, names->size * sizeof *names->hashes);
    for (size_t i = 0; i < old.size; i++) {
        if (!old.hashes[i])
            continue;
        size_t at = old.hashes[i] & (names->size - 1);
        while (names->hashes[at])
            at = (at + 1) & (names->size - 1);
        names->hashes[at] = old.hashes[i];
        names->numbers[at] = old.numbers[i];
    }
    free(old.hashes);
    free(old.numbers);
}

static uint32_t number_of(struct names *names, struct str name)
{
    if ((size_t)names->count * 2 >= names->size)
        names_grow(names);
    uint64_t hash = hash_str(name) | 1;
    size_t at = hash & (names->size - 1);
    while (names->hashes[at] && names->hashes[at] != hash)
        at = (at + 1) & (names->size - 1);
    if (!names->hashes[at]) {
        names->hashes[at] = hash;
        names->numbers[at] = names->count++;
    }
    return names->numbers[at];
}

struct named {
    uint64_t hash;
    uint32_t number;
};

static int by_hash(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

/* Numbers the cards by their names instead of by their place in the file: the same log gives the same fit, to the bit,
 * however its rows are ordered. */
static void number_by_name(const struct names *names, struct review_log *log)
{
    struct named *cards = memory_alloc((names->count + 1) * sizeof *cards);
    uint32_t *numbers = memory_alloc((names->count + 1) * sizeof *numbers);
    for (size_t i = 0, k = 0; i < names->size; i++)
        if (names->hashes[i])
            cards[k++] = (struct named){names->hashes[i], names->numbers[i]};
    qsort(cards, names->count, sizeof *cards, by_hash);
    for (uint32_t i = 0; i < names->count; i++)
        numbers[cards[i].number] = i;
    for (size_t i = 0; i < log->count; i++)
        log->items[i].card = numbers[log->items[i].card];
    free(cards);
    free(numbers);
}

/* The log grows on the heap: in an arena every doubling would leave its old half behind. */
static void add_review(struct review_log *log, struct review review)
{
    if (log->count == log->capacity) {
        log->capacity = log->capacity ? log->capacity + log->capacity / 4 : 4096;
        log->items = memory_realloc(log->items, log->capacity * sizeof *log->items);
    }
    log->items[log->count++] = review;
}

static bool take_row(const struct csv *csv, struct names *names, int64_t now_ms, struct review_log *log,
                     struct reviews_left_out *left_out, struct error *e)
{
    double at_ms, rating, days;
    if (!csv_number(csv, REVIEW_MS, columns[REVIEW_MS], &at_ms, e) ||
        !csv_number(csv, RATING, columns[RATING], &rating, e) ||
        !csv_number(csv, ELAPSED_DAYS, columns[ELAPSED_DAYS], &days, e))
        return false;
    if (rating != 1 && rating != 2 && rating != 3 && rating != 4)
        left_out->ratings++;
    else if (days < 0)
        left_out->gaps++;
    else if (at_ms > (double)now_ms + 86400000.0)
        left_out->future++;
    else
        add_review(log, (struct review){
                            .at_ms = (int64_t)at_ms,
                            .card = number_of(names, csv->fields[CARD_ID]),
                            .days = (uint16_t)(days < 65535 ? days : 65535),
                            .grade = (uint8_t)rating,
                        });
    return true;
}

/* In a sorted log, doubles stand among the reviews of the same moment. */
static void drop_doubles(struct review_log *log, struct reviews_left_out *left_out)
{
    size_t kept = 0;
    for (size_t i = 0; i < log->count; i++) {
        bool doubled = false;
        for (size_t k = kept; k-- > 0 && log->items[k].at_ms == log->items[i].at_ms && !doubled;)
            doubled = log->items[k].card == log->items[i].card;
        left_out->doubled += doubled;
        if (!doubled)
            log->items[kept++] = log->items[i];
    }
    log->count = kept;
}

bool reviews_read(const char *path, int64_t now_ms, struct review_log *ret,
                  struct reviews_left_out *ret_left_out, struct error *e)
{
    struct csv csv;
    if (!csv_open(&csv, path, columns, COLUMNS, e))
        return false;
    struct review_log log = {0};
    struct reviews_left_out left_out = {0};
    struct names names = {0};
    struct error problem = {0};
    while (csv_next(&csv, &problem) && take_row(&csv, &names, now_ms, &log, &left_out, &problem))
        ;
    csv_close(&csv);
    log.cards = names.count;
    number_by_name(&names, &log);
    free(names.hashes);
    free(names.numbers);
    if (problem.kind != ERROR_NONE) {
        free(log.items);
        *e = problem;
        return false;
    }
    review_log_sort(&log);
    drop_doubles(&log, &left_out);
    *ret = log;
    *ret_left_out = left_out;
    return true;
}

void reviews_tell_left_out(const struct reviews_left_out *left_out)
{
    if (left_out->ratings)
        fprintf(stderr, _("Left out: %ld reviews whose rating is not 1 to 4.\n"), left_out->ratings);
    if (left_out->gaps)
        fprintf(stderr, _("Left out: %ld reviews with negative elapsed_days.\n"), left_out->gaps);
    if (left_out->doubled)
        fprintf(stderr, _("Left out: %ld reviews that stand there twice (same card, same moment).\n"),
                left_out->doubled);
    if (left_out->future)
        fprintf(stderr, _("Left out: %ld reviews from the future; was a clock wrong?\n"), left_out->future);
}
