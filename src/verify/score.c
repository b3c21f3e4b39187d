/* A fact in a stretch of clauses. */
#include "verify/hearing.h"

enum { WINDOW_MAX = 4 };

static const double WORDS_ENOUGH = 0.5, CARRIED = 0.9;

/* Somebody named in the sentence before goes on doing things, as long as nobody else is named. */
static double carried(const struct hearing *h, int p, struct window window, int *ret_find)
{
    int sentence = h->gist.clauses.items[window.first].sentence;
    for (size_t c = window.first; c < window.end; c++)
        if (trace_at(h, p, c)->other >= 0)
            return 0;
    for (size_t c = window.first; c-- > 0 && h->gist.clauses.items[c].sentence >= sentence - 1;)
        if (trace_at(h, p, c)->find >= 0) {
            *ret_find = trace_at(h, p, c)->find;
            return CARRIED;
        }
    return 0;
}

double part_quality(const struct hearing *h, const struct part *part, int p, struct window window,
                    int *ret_find)
{
    double best = 0;
    uint64_t words = 0;
    *ret_find = -1;
    for (size_t c = window.first; c < window.end; c++) {
        const struct trace *trace = trace_at(h, p, c);
        words |= trace->words;
        if (trace->quality > best)
            best = trace->quality, *ret_find = trace->find;
    }
    if (part->kind == PART_WORDS) {
        best = words_share(&part->gist, words);
        return best >= WORDS_ENOUGH ? best : 0;
    }
    return part->kind == PART_NAME && best == 0 ? carried(h, p, window, ret_find) : best;
}

struct score score_window(const struct hearing *h, const struct pattern *pattern, struct window window)
{
    struct score score = {.anchored = true, .lacking = -1, .off = -1, .said = -1, .window = window};
    double all = 0, found = 0;
    for (int p = 0; p < pattern->count; p++) {
        const struct part *part = &pattern->parts[p];
        int find;
        double quality = part_quality(h, part, p, window, &find);
        all += part->weight;
        found += part->weight * quality;
        score.matched += quality > 0;
        score.names += quality > 0 && part->kind != PART_VERB;
        score.anchored &= !part->anchor || quality > 0;
        score.told += quality > 0 && part->kind != PART_VERB && !str_equal(part->role, STR("agent"));
        score.verb |= quality > 0 && part->kind == PART_VERB;
        score.patient |= quality > 0 && str_equal(part->role, STR("patient"));
        if (part->key && quality < (part->kind == PART_WORDS ? WORDS_ENOUGH : 0.9) && score.lacking < 0)
            score.lacking = p, score.said = find;
    }
    score.share = all > 0 ? found / all : 0;
    return score;
}

static bool is_better(const struct score *a, const struct score *b)
{
    if (a->anchored != b->anchored)
        return a->anchored;
    if (a->share != b->share)
        return a->share > b->share;
    return a->window.end - a->window.first < b->window.end - b->window.first;
}

static void try_window(const struct hearing *h, const struct pattern *pattern, struct window window,
                       struct score *best)
{
    struct score score = score_window(h, pattern, window);
    if (is_better(&score, best))
        *best = score;
}

struct score score_best(const struct hearing *h, const struct pattern *pattern)
{
    const size_t count = h->gist.clauses.count;
    struct score best = {.share = -1};
    for (size_t size = 1; size <= WINDOW_MAX; size++)
        for (size_t c = 0; c + size <= count; c++) {
            if (h->gist.clauses.items[c].sentence == h->gist.clauses.items[c + size - 1].sentence)
                try_window(h, pattern, (struct window){c, c + size}, &best);
        }
    return best;
}
