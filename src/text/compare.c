#include "base/memory.h"
#include "base/utf8.h"
#include "text/icu.h"
#include "text/text.h"

#include <assert.h>
#include <stdlib.h>
#include <unicode/ucol.h>

int text_collate(struct str a, struct str b, struct str lang)
{
    UErrorCode status = U_ZERO_ERROR;
    UCollationResult order = ucol_strcollUTF8(icu_collator(lang), a.ptr ? a.ptr : "", (int32_t)a.len,
                                              b.ptr ? b.ptr : "", (int32_t)b.len, &status);
    assert(U_SUCCESS(status));
    return order == UCOL_LESS ? -1 : order == UCOL_GREATER;
}

static size_t to_code_points(struct str s, uint32_t *ret)
{
    size_t count = 0;
    for (size_t at = 0; at < s.len;)
        ret[count++] = utf8_next(s, &at);
    return count;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Only cells within `limit` of the diagonal can matter, so the work is at most rows × (2 limit + 1). `row`
 * holds three rows of b_len + 1: the one before last, the last, this one. */
static int distance(const uint32_t *a, int a_len, const uint32_t *b, int b_len, int limit, int *row)
{
    int beyond = limit + 1;
    int *older = row, *old = row + b_len + 1, *now = row + 2 * (b_len + 1);
    for (int j = 0; j <= b_len; j++)
        older[j] = now[j] = beyond, old[j] = least(j, beyond);
    int best_before = 0;
    for (int i = 1; i <= a_len; i++) {
        int from = i > limit ? i - limit : 1, to = least(b_len, i + limit);
        now[from - 1] = from == 1 ? least(i, beyond) : beyond;
        int best = now[from - 1];
        for (int j = from; j <= to; j++) {
            int cost = old[j - 1] + (a[i - 1] != b[j - 1]);
            cost = least(cost, now[j - 1] + 1);
            cost = least(cost, old[j] + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost = least(cost, older[j - 2] + 1);
            now[j] = least(cost, beyond);
            best = least(best, now[j]);
        }
        if (to < b_len)
            now[to + 1] = beyond;
        if (best > limit && best_before > limit) /* a swap reaches back two rows, so one is not enough */
            return beyond;
        best_before = best;
        int *spare = older;
        older = old, old = now, now = spare;
    }
    return old[b_len];
}

int text_distance(struct str a, struct str b, int limit)
{
    uint32_t *points = memory_alloc((a.len + b.len + 1) * sizeof *points);
    size_t a_len = to_code_points(a, points), b_len = to_code_points(b, points + a_len);
    size_t apart = a_len > b_len ? a_len - b_len : b_len - a_len;
    int result = limit + 1;
    if (apart <= (size_t)limit) {
        int *rows = memory_alloc(3 * (b_len + 1) * sizeof *rows);
        result = distance(points, (int)a_len, points + a_len, (int)b_len, limit, rows);
        free(rows);
    }
    free(points);
    return result;
}
