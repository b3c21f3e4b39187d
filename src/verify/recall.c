#include "verify/recall.h"

#include "verify/hearing.h"

#include <string.h>

static const double BROUGHT = 0.72, NEARLY = 0.48;

/* Is a wider stretch only better because it took the right value from a neighbour? */
static bool is_spoilt(const struct hearing *h, const struct pattern *pattern, struct score *best)
{
    for (size_t c = best->window.first; c < best->window.end; c++) {
        struct score narrow = score_window(h, pattern, (struct window){c, c + 1});
        if (!narrow.anchored || narrow.names < 1 || narrow.share >= best->share)
            continue;
        find_contradiction(h, pattern, &narrow);
        if (narrow.off >= 0) {
            *best = narrow;
            return true;
        }
    }
    return false;
}

static struct span window_span(const struct hearing *h, struct window window)
{
    int first = h->gist.clauses.items[window.first].first, end = h->gist.clauses.items[window.end - 1].end;
    return (struct span){h->gist.terms.items[first].span.start, h->gist.terms.items[end - 1].span.end};
}

static struct str stated_text(struct hearing *h, const struct pattern *pattern, const struct part *part)
{
    if (part->kind == PART_TIME)
        return pattern->fact->time.inferred ? time_iso(h->arena, &pattern->fact->time)
                                            : pattern->fact->time.text;
    return part->filler ? part->filler->text : pattern->fact->verb.text;
}

static void tell_difference(struct hearing *h, const struct pattern *pattern, int part, int said,
                            struct hit *ret)
{
    ret->role = pattern->parts[part].role;
    ret->stated = stated_text(h, pattern, &pattern->parts[part]);
    if (said >= 0)
        ret->said =
            str_slice(h->gist.text, h->gist.finds.items[said].span.start, h->gist.finds.items[said].span.end);
}

/* Of a deed it is not enough to name the doer and the like of his doings. */
static bool tells_enough(const struct pattern *pattern, const struct score *score)
{
    if (score->share < NEARLY || !score->anchored || score->matched < 2 || score->names < 1)
        return false;
    if (!str_equal(pattern->fact->relation, STR("deed")))
        return true;
    if (pattern_has(pattern, "patient"))
        return score->patient || score->told >= 2;
    return score->told >= 1 && score->verb;
}

static bool is_value(const struct part *part)
{
    return part->kind == PART_TIME || part->kind == PART_AMOUNT;
}

/* What such a fact is told for: to be a founder of something else, or to have a size at all, says nothing of it. */
static const struct {
    const char *relation, *role;
} essentials[] = {
    {"role", "org"},  {"size", "value"},       {"quantity", "value"}, {"offer", "money"},
    {"span", "time"}, {"definition", "genus"}, {"property", "value"}, {"trait", "aspect"},
};

static bool is_essential(struct str relation, struct str role)
{
    for (size_t i = 0; i < sizeof essentials / sizeof *essentials; i++)
        if (str_equal(relation, str_from(essentials[i].relation)) &&
            str_equal(role, str_from(essentials[i].role)))
            return true;
    return false;
}

static bool lacks_essential(const struct hearing *h, const struct pattern *pattern, struct window window)
{
    int find;
    for (int p = 0; p < pattern->count; p++)
        if (is_essential(pattern->fact->relation, pattern->parts[p].role) &&
            part_quality(h, &pattern->parts[p], p, window, &find) == 0)
            return true;
    return false;
}

/* Too little to be the fact, but enough to be wrong about it: "the Salt War was from 1698 to 1707". */
static bool claims_value(const struct hearing *h, const struct pattern *pattern, struct score *best)
{
    if (best->share <= 0 || !best->anchored || best->names < 1 || !pattern_has_anchor(pattern))
        return false;
    find_contradiction(h, pattern, best);
    return best->off >= 0 && is_value(&pattern->parts[best->off]);
}

/* The text says that it was so where the chapter says it was not, or the other way round. */
static void tell_denial(const struct hearing *h, const struct pattern *pattern, struct hit *ret)
{
    ret->wrong = true;
    ret->role = STR("verb");
    ret->said = str_slice(h->gist.text, ret->given.start, ret->given.end);
    ret->stated = pattern->fact->verb.text;
}

static struct hit judge_fact(struct hearing *h, const struct pattern *pattern)
{
    struct hit hit = {.line = h->doc->sentences.items[pattern->fact->sentence].line};
    struct score best = score_best(h, pattern);
    if (!tells_enough(pattern, &best) && !claims_value(h, pattern, &best))
        return hit;
    hit.given = window_span(h, best.window);
    if (is_denied(h, pattern, best.window) != is_negative(h, pattern) && pattern->verb >= 0) {
        tell_denial(h, pattern, &hit);
        return hit;
    }
    if (!is_spoilt(h, pattern, &best))
        find_contradiction(h, pattern, &best);
    hit.state = RECALLED_NEARLY;
    if (best.off < 0 && lacks_essential(h, pattern, best.window)) {
        hit.given = (struct span){0};
        hit.state = RECALLED_MISSED;
    } else if (best.off >= 0) {
        hit.wrong = true;
        tell_difference(h, pattern, best.off, best.said, &hit);
        hit.state = is_value(&pattern->parts[best.off]) ? RECALLED_NEARLY : RECALLED_MISSED;
    } else if (best.lacking >= 0) {
        tell_difference(h, pattern, best.lacking, best.said, &hit);
    } else if (best.share >= BROUGHT) {
        hit.state = RECALLED_BROUGHT;
    }
    return hit;
}

static bool share_entity(const struct fact *a, const struct fact *b)
{
    list_each (const struct filler, x, &a->roles)
        list_each (const struct filler, y, &b->roles)
            if (x->entity >= 0 && x->entity == y->entity)
                return true;
    return false;
}

static bool is_denial(const struct hit *hit)
{
    return hit->wrong && str_equal(hit->role, STR("verb"));
}

/* "They failed to take the fort" denies no later capture, when the chapter tells of both. */
static void clear_false_alarms(const struct facts *facts, struct hits *hits)
{
    for (size_t i = 0; i < hits->count; i++)
        for (size_t k = 0; is_denial(&hits->items[i]) && k < hits->count; k++) {
            const struct hit *other = &hits->items[k];
            if (other->state == RECALLED_BROUGHT && other->given.start < hits->items[i].given.end &&
                hits->items[i].given.start < other->given.end &&
                share_entity(&facts->items[i], &facts->items[k])) {
                hits->items[i] = (struct hit){.line = hits->items[i].line};
                hits->wrong--;
            }
        }
}

void facts_match(struct arena *arena, const struct document *doc, const struct facts *facts, struct str text,
                 struct hits *ret)
{
    struct arena scratch = {0};
    struct hearing h = {.arena = arena, .scratch = &scratch, .doc = doc, .facts = facts};
    struct hits hits = {0};
    h.lexis = lexis_new(&scratch, doc->lang, facts);
    gist_read(&scratch, h.lexis, text, true, &h.gist);
    h.traces = arena_array(&scratch, PARTS_MAX * (h.gist.clauses.count + 1), sizeof *h.traces);
    list_each (const struct fact, fact, facts) {
        struct pattern *pattern = arena_new(&scratch, struct pattern);
        pattern_make(&h, fact, pattern);
        trace_pattern(&h, pattern);
        struct hit hit = judge_fact(&h, pattern);
        hits.brought += hit.state == RECALLED_BROUGHT;
        hits.nearly += hit.state == RECALLED_NEARLY;
        hits.wrong += hit.wrong;
        list_push(arena, &hits, hit);
    }
    clear_false_alarms(facts, &hits);
    arena_finish(&scratch);
    *ret = hits;
}

struct str recalled_name(enum recalled recalled)
{
    static const char *const names[] = {
        [RECALLED_MISSED] = "missed", [RECALLED_NEARLY] = "nearly", [RECALLED_BROUGHT] = "brought"};
    return str_from(names[recalled]);
}
