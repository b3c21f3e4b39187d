#include "schedule/past.h"

#include "base/list.h"

#define DAY_S 86400.0

static bool is_answer(const struct anki_review *row)
{
    return row->grade >= GRADE_AGAIN && row->grade <= GRADE_EASY && row->kind >= ANKI_LEARN &&
           row->kind <= ANKI_FILTERED;
}

static bool is_practice(const struct anki_review *row)
{
    return row->kind == ANKI_FILTERED && row->factor == 0;
}

static bool is_reset(const struct anki_review *row)
{
    return row->kind == ANKI_MANUAL && row->factor == 0;
}

/* Rows that are known to be of no concern: they tell of a due date, and a later row tells another. */
static bool is_move(const struct anki_review *row)
{
    return row->kind == ANKI_MANUAL || row->kind == ANKI_RESCHEDULED;
}

static double days_of(int interval)
{
    return interval < 0 ? -interval / DAY_S : interval;
}

static struct past answer_of(const struct anki_review *row)
{
    return (struct past){
        .kind = is_practice(row) ? PAST_PRACTICE : PAST_GRADE,
        .at_ms = row->at_ms,
        .grade = (enum grade)row->grade,
        .ms = row->ms > 0 ? row->ms : 0,
        .interval_days = days_of(row->interval),
    };
}

/* Factors up to 1100 are FSRS difficulties from 1 to 10. */
static struct past memory_of(const struct anki_review *row)
{
    struct past known = {
        .kind = PAST_MEMORY,
        .at_ms = row->at_ms,
        .interval_days = days_of(row->interval),
        .ease = row->factor >= 1300 ? row->factor / 1000.0 : 2.5,
    };
    if (row->factor >= 100 && row->factor <= 1100) {
        known.s = known.interval_days;
        known.d = 1 + (row->factor - 100) * 9 / 1000.0;
    }
    return known;
}

size_t past_from_anki(struct arena *arena, const struct anki_review *rows, size_t count, struct pasts *ret)
{
    size_t unknown = 0;
    bool begun = false, other = false;
    for (size_t i = 0; i < count; i++) {
        const struct anki_review *row = &rows[i];
        bool answer = is_answer(row), practice = answer && is_practice(row);
        if (is_reset(row) || (answer && row->kind == ANKI_LEARN && other)) {
            list_push(arena, ret, (struct past){.kind = PAST_RESET, .at_ms = row->at_ms});
            begun = true;
            other = false;
        }
        if (answer)
            list_push(arena, ret, answer_of(row));
        else
            unknown += !is_move(row);
        if (!answer || practice) {
            other |= is_move(row) && !is_reset(row);
            continue;
        }
        begun |= row->kind == ANKI_LEARN;
        other |= row->kind != ANKI_LEARN;
        if (!begun && days_of(row->interval) >= 1) {
            list_push(arena, ret, memory_of(row));
            begun = true;
        }
    }
    return unknown;
}
