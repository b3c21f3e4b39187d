#include "collection/reviews.h"

#include "base/arena.h"
#include "base/list.h"
#include "collection/json.h"
#include "collection/log.h"
#include "schedule/plan.h"

#include <sqlite3.h>

static bool read_ids(struct collection *c, struct arena *arena, struct str_list *ret, struct error *e)
{
    bool row, ok;
    sqlite3_stmt *rows = query(c, e, "SELECT id FROM card ORDER BY id", "");
    while ((ok = query_step(c, rows, &row, e)) && row)
        list_push(arena, ret, column_copy(arena, rows, 0));
    return ok;
}

static bool counts(const struct entry *entry)
{
    return entry->kind == EVENT_GRADE && !entry->grade.practice && entry->grade.grade >= GRADE_AGAIN &&
           entry->grade.grade <= GRADE_EASY;
}

static void add_review(struct collection *c, struct arena *arena, const struct entry *entry,
                       int64_t *last_day, struct review_log *log)
{
    int64_t day = collection_day(c, entry->at), days = *last_day == INT64_MIN ? 0 : day - *last_day;
    days = days < 0 ? 0 : days > UINT16_MAX ? UINT16_MAX : days;
    *last_day = day;
    list_push(arena, log,
              (struct review){
                  .at_ms = entry->at.at_ms,
                  .card = log->cards,
                  .days = (uint16_t)days,
                  .grade = (uint8_t)entry->grade.grade,
              });
}

/* A card's reviews go to the end of the log; a reset takes them away again. What follows a memory that another program
 * told has no beginning to learn from. */
static void add_card(struct collection *c, struct arena *arena, const struct entries *entries,
                     struct review_log *log)
{
    size_t begin = log->count;
    int64_t last_day = INT64_MIN;
    bool told = false;
    list_each (const struct entry, entry, entries) {
        if (entry->undone)
            continue;
        if (entry->kind == EVENT_RESET) {
            log->count = begin;
            last_day = INT64_MIN;
            told = json_is(entry->body, "why", "known");
        } else if (!told && counts(entry)) {
            add_review(c, arena, entry, &last_day, log);
        }
    }
    log->cards += log->count > begin;
}

bool collection_reviews(struct collection *c, struct arena *arena, struct review_log *ret, struct error *e)
{
    struct arena scratch = {0}, each = {0};
    struct str_list ids = {0};
    struct review_log log = {0};
    bool ok = read_ids(c, &scratch, &ids, e);
    for (size_t i = 0; ok && i < ids.count; i++, arena_reset(&each)) {
        struct entries entries = {0};
        ok = log_read(c, &each, ids.items[i], &entries, e);
        if (ok)
            add_card(c, arena, &entries, &log);
    }
    arena_finish(&each);
    arena_finish(&scratch);
    if (!ok)
        return false;
    review_log_sort(&log);
    *ret = log;
    return true;
}
