#include "collection/chapter.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "collection/sql.h"

#include <sqlite3.h>

bool collection_chapter(struct collection *c, struct arena *arena, int64_t deck, int64_t card,
                        struct chapter_row *ret, struct error *e)
{
    sqlite3_stmt *rows =
        query(c, e,
              "SELECT ch.key, c.deck, ch.book, ch.title, ch.lang, ch.path, ch.source"
              " FROM passage p JOIN chapter ch ON ch.key = p.chapter JOIN card c ON c.key = p.card"
              " WHERE p.current AND (?2 = 0 OR c.key = ?2) AND (?2 <> 0 OR ?1 = 0 OR c.deck IN"
              " (WITH RECURSIVE below(key) AS (SELECT ?1 UNION SELECT d.key FROM deck d JOIN below b ON "
              "d.parent = b.key)"
              " SELECT key FROM below))"
              " ORDER BY p.line = 0, ch.path, c.position LIMIT 1",
              "ii", deck, card);
    bool row;
    if (!rows || !query_step(c, rows, &row, e))
        return false;
    if (!row)
        return fail(e, ERROR_NOT_FOUND, _("these cards come from no chapter"));
    struct chapter_row found = {.key = sqlite3_column_int64(rows, 0), .deck = sqlite3_column_int64(rows, 1)};
    found.book = column_copy(arena, rows, 2);
    found.title = column_copy(arena, rows, 3);
    found.lang = column_copy(arena, rows, 4);
    found.path = column_copy(arena, rows, 5);
    struct str source = {sqlite3_column_blob(rows, 6), (size_t)sqlite3_column_bytes(rows, 6)};
    found.source = str_copy(arena, source);
    query_done(rows);
    *ret = found;
    return true;
}

bool collection_chapter_marks(struct collection *c, struct arena *arena, int64_t chapter,
                              struct chapter_marks *ret, struct error *e)
{
    sqlite3_stmt *rows =
        query(c, e,
              "SELECT p.card, p.start, p.\"end\", p.line FROM passage p JOIN card c ON c.key = p.card"
              " WHERE p.chapter = ? AND p.current AND c.status <> 'retired' ORDER BY p.start, c.position",
              "i", chapter);
    struct chapter_marks found = {0};
    bool row, ok = rows != NULL;
    while (ok && (ok = query_step(c, rows, &row, e)) && row)
        list_push(arena, &found,
                  (struct chapter_mark){.card = sqlite3_column_int64(rows, 0),
                                        .start = (size_t)sqlite3_column_int64(rows, 1),
                                        .end = (size_t)sqlite3_column_int64(rows, 2),
                                        .line = sqlite3_column_int(rows, 3)});
    if (ok)
        *ret = found;
    return ok;
}
