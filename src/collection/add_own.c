#include "collection/adding.h"

#include "base/list.h"
#include "collection/context.h"

#include <sqlite3.h>
#include <string.h>

static const struct edition *edition_of(const struct edition *fields, size_t count, struct str field)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(field, str_from(fields[i].field)))
            return &fields[i];
    return NULL;
}

bool adding_differences(struct adding *add, int64_t key, struct str question, const struct edition *fields,
                        size_t count, bool *ret_answer)
{
    sqlite3_stmt *rows =
        query(add->c, add->e, "SELECT field, value FROM overlay WHERE card = ? ORDER BY field", "i", key);
    bool row, ok;
    *ret_answer = false;
    while ((ok = query_step(add->c, rows, &row, add->e)) && row) {
        struct str own = column_copy(add->arena, rows, 1);
        const struct edition *edition = edition_of(fields, count, column_text(rows, 0));
        if (!edition)
            continue;
        *ret_answer |= strcmp(edition->field, "answer") == 0;
        if (!str_equal(edition->old, edition->now) && !str_equal(own, edition->now))
            list_push(add->arena, &add->report->differences,
                      ((struct difference){question, edition->field, own, edition->now}));
    }
    return ok;
}
