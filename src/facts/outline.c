/* Outlines without verbs: "1926: creación de X", "X, 1927", under a heading or a bullet. */
#include "facts/rule.h"
#include "facts/story.h"

/* "1926: fundación de la compañía X." */
static void from_date(struct reading *r)
{
    if (r->clauses.count || !chunk_is(r, 0, CHUNK_TIME) || !chunk_is(r, 1, CHUNK_STOP) ||
        !chunk_is(r, 2, CHUNK_NOUN))
        return;
    int end = 3;
    while (chunk_is(r, end, CHUNK_PREPOSITION) || chunk_is(r, end, CHUNK_NOUN) ||
           chunk_is(r, end, CHUNK_PARTICIPLE))
        end++;
    while (end > 3 && chunk_is(r, end - 1, CHUNK_PREPOSITION))
        end--;
    struct filler event = filler_tokens(r, chunk_at(r, 2)->first, chunk_at(r, end - 1)->end);
    struct fact fact = draft(r, "span", "span.outline", 0.95);
    draft_add(r, &fact, "event", event);
    draft_time(r, &fact, chunk_at(r, 0)->time);
    if (fact.time.precision)
        draft_keep(r, &fact);
}

void find_outline(struct reading *r)
{
    if (r->block->kind == BLOCK_ITEM || r->block->kind == BLOCK_PARAGRAPH)
        from_date(r);
}
