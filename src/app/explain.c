/* What else a wrong answer belongs to, and cards out of what was mixed up. */
#include "app/inside.h"

#include "base/list.h"
#include "cards/identity.h"
#include "collection/add.h"
#include "text/text.h"

enum { CANDIDATES = 24 };

static bool same(struct arena *arena, struct str a, struct str b)
{
    return a.len && b.len && str_equal(text_fold_key(arena, a), text_fold_key(arena, b));
}

static const struct card_row *about(struct arena *arena, const struct card_rows *rows, struct str thing,
                                    int64_t besides)
{
    const struct card_row *second = NULL;
    list_each (const struct card_row, row, rows) {
        if (row->key == besides)
            continue;
        if (same(arena, row->card.answer, thing))
            return row;
        if (!second && same(arena, row->card.subject, thing))
            second = row;
    }
    return second;
}

bool explain(struct app *app, struct arena *arena, struct str thing, int64_t besides,
             struct study_passage *ret)
{
    struct card_rows rows = {0};
    struct card_row row;
    const struct card_filter filter = {.text = thing, .status = -1, .limit = CANDIDATES};
    if (!thing.len || !collection_search(app->collection, arena, &filter, &rows, NULL))
        return false;
    const struct card_row *found = about(arena, &rows, thing, besides);
    if (!found || !collection_card(app->collection, arena, found->key, &row, NULL) || !row.passages.count)
        return false;
    *ret = passage_of(&row);
    return true;
}

/* ---- Contrasts ---- */

static struct card contrast(struct arena *arena, const struct card_row *row, struct str first,
                            struct str second)
{
    const char *question = str_equal(row->card.lang, STR("es")) ? "¿Qué fue antes: %.*s o %.*s?"
                                                                : "Which came first: %.*s or %.*s?";
    struct card ret = {.kind = CARD_DIRECT,
                       .lang = row->card.lang,
                       .relation = STR("before"),
                       .answer = first,
                       .confidence = 1,
                       .source = row->card.source};
    /* By the alphabet: the order of the names must not give the answer away. */
    bool swap = str_compare(first, second) > 0;
    struct str left = swap ? second : first, right = swap ? first : second;
    ret.prompt = str_format(arena, question, STR_ARG(left), STR_ARG(right));
    list_push(arena, &ret.choices, left);
    list_push(arena, &ret.choices, right);
    ret.id = identity_of_question(row->deck_path, ret.prompt);
    return ret;
}

int add_contrasts(struct app *app, const struct card_row *row, const int *order)
{
    struct arena arena = {0};
    struct cards cards = {0};
    struct add_report report = {0};
    const struct str_list *items = &row->card.items;
    for (size_t i = 0; row->card.kind == CARD_ORDER && i + 1 < items->count; i++)
        if (order[i] > order[i + 1])
            list_push(&arena, &cards,
                      contrast(&arena, row, items->items[order[i + 1]], items->items[order[i]]));
    const struct addition addition = {.deck = row->deck_path,
                                      .lang = row->card.lang,
                                      .path = STR(""),
                                      .cards = &cards,
                                      .keep_missing = true};
    struct error e = {0};
    if (cards.count && !collection_add(app->collection, &arena, &addition, app_now(app), &report, &e))
        app_toast_error(app, &e);
    arena_finish(&arena);
    return report.fresh;
}
