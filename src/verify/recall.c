#include "verify/recall.h"

#include "base/list.h"
#include "document/document.h"
#include "facts/facts.h"
#include "verify/gist.h"
#include "verify/passage.h"

#include <stdint.h>
#include <string.h>

/* A fact is a few parts. Every part is looked for in every clause of the text; the stretch of clauses that has most of
 * them, and no more clauses than it needs, says what became of the fact. */

enum { PARTS_MAX = 16, WORDS_MAX = 64, WINDOW_MAX = 4 };

static const double BROUGHT = 0.72, NEARLY = 0.5, WORDS_ENOUGH = 0.5, CARRIED = 0.9;

enum part_kind { PART_VERB, PART_NAME, PART_WORDS, PART_TIME, PART_AMOUNT };

struct part {
    enum part_kind kind;
    struct str role;
    double weight;
    bool key;    /* without it the fact is nearly brought at best */
    bool anchor; /* without it nothing is said about the fact */
    int entity;
    struct gist gist; /* of the filler */
    const struct filler *filler;
    struct amount amount;
    struct date from, to;
};

/* A part in one clause. */
struct trace {
    uint64_t words; /* of the filler that are there */
    double quality; /* 0 to 1, for parts that are not words */
    int find, term; /* where: a find or a term of the text; -1 */
    int other;      /* a find of the same sort that says something else; -1 */
};

struct pattern {
    const struct fact *fact;
    struct part parts[PARTS_MAX];
    int count;
    int verb; /* the part that is the verb, -1 */
};

struct hearing {
    struct arena *arena, *scratch;
    const struct document *doc;
    const struct facts *facts;
    struct lexis *lexis;
    struct gist gist;
    struct trace *traces; /* of the pattern at hand: parts × clauses */
};

/* ---- What a relation's parts weigh ---- */

/* `role` of a relation; NULL for any other. The first row that fits counts. */
static const struct weight_row {
    const char *relation, *role;
    double weight;
    bool key, anchor;
} weights[] = {
    {"release", "work", 1.2, true, true},
    {"release", "agent", 1, true, false},
    {"release", "time", 1, true, false},
    {"release", "verb", 0.5, false, false},
    {"found", "work", 1.2, true, true},
    {"found", "time", 1, true, false},
    {"role", "person", 1, true, true},
    {"role", "role", 0.9, true, false},
    {"role", "org", 0.9, false, false},
    {"stands-for", NULL, 1, true, true},
    {"rename", NULL, 1, true, true},
    {"also-known", "where", 0.3, false, false},
    {"also-known", NULL, 1, true, true},
    {"part-of", NULL, 1, true, true},
    {"member", "category", 0.6, false, false},
    {"member", "owner", 0.4, false, false},
    {"member", "member", 1, false, false},
    {"successor", NULL, 1, true, true},
    {"based-on", NULL, 1, true, true},
    {"size", "work", 1, true, true},
    {"size", "value", 1, true, false},
    {"size", "unit", 0.2, false, false},
    {"size", "which", 0.2, false, false},
    {"quantity", "of", 1, true, true},
    {"quantity", "value", 1, true, false},
    {"quantity", "unit", 0.8, true, true},
    {"definition", "term", 1, true, true},
    {"definition", "genus", 1.2, true, false},
    {"property", "entity", 1, true, true},
    {"property", "value", 1.2, true, false},
    {"property", "attribute", 0.5, false, false},
    {"span", "event", 1, true, true},
    {"span", "time", 1.2, true, false},
    {"born", "person", 1, true, true},
    {"died", "person", 1, true, true},
    {"respond", "agent", 0.5, false, false},
    {"respond", "verb", 0.5, false, false},
    {"respond", NULL, 1, true, false},
    {"before", NULL, 1, true, true},
    {"purpose", NULL, 1, true, true},
    {"available", "work", 0.7, false, false},
    {"available", "place", 1, false, false},
    {"cause", "agent", 0.5, false, false},
    {"cause", NULL, 1.2, true, false},
    {"none", NULL, 1, true, true},
    {"promise", "agent", 1, false, false},
    {"promise", "content", 2, true, true},
    {"rumour", "content", 2, true, true},
    {"refuse", "agent", 1, true, true},
    {"refuse", "verb", 1.2, true, true},
    {"accept", "agent", 1, true, true},
    {"accept", "verb", 1.2, true, true},
    {"offer", "target", 1, true, true},
    {"offer", "money", 1, true, false},
    {"offer", NULL, 0.4, false, false},
    {"deed", "verb", 1, false, false},
    {"deed", "agent", 1, false, false},
    {"deed", "patient", 1.2, true, false},
    {"deed", "time", 0.7, false, false},
    {"deed", "place", 0.7, false, false},
    {"deed", NULL, 0.5, false, false},
    {NULL, "verb", 0.4, false, false},
    {NULL, "time", 0.8, true, false},
    {NULL, NULL, 1, true, false},
};

static const struct weight_row *weight_of(const struct fact *fact, struct str role)
{
    const struct weight_row *row = weights;
    for (; row->relation || row->role; row++)
        if ((!row->relation || str_equal(fact->relation, str_from(row->relation))) &&
            (!row->role || str_equal(role, str_from(row->role))))
            break;
    return row;
}

static struct part *add_part(struct pattern *pattern, enum part_kind kind, struct str role)
{
    if (pattern->count == PARTS_MAX)
        return NULL;
    const struct weight_row *row = weight_of(pattern->fact, role);
    struct part *part = &pattern->parts[pattern->count++];
    *part = (struct part){.kind = kind,
                          .role = role,
                          .weight = row->weight,
                          .key = row->key,
                          .anchor = row->anchor,
                          .entity = -1};
    return part;
}

/* ---- From a fact to its parts ---- */

static void add_verb(struct hearing *h, struct pattern *pattern)
{
    const struct fact *fact = pattern->fact;
    bool own_cue = str_equal(fact->relation, STR("refuse")) || str_equal(fact->relation, STR("accept")) ||
                   str_equal(fact->relation, STR("respond")) || str_equal(fact->relation, STR("release")) ||
                   str_equal(fact->relation, STR("found")) || str_equal(fact->relation, STR("born")) ||
                   str_equal(fact->relation, STR("died"));
    if (!fact->verb.lemma.len && !own_cue)
        return;
    struct part *part = add_part(pattern, PART_VERB, STR("verb"));
    if (!part)
        return;
    pattern->verb = pattern->count - 1;
    struct str said = str_format(h->arena, "%.*s %.*s", STR_ARG(fact->verb.lemma), STR_ARG(fact->verb.tail));
    gist_read(h->scratch, h->lexis, said, false, &part->gist);
}

/* "40 millones", "14B", but not "12 motores". */
static bool is_amount(const struct hearing *h, const struct gist *gist, struct amount *ret)
{
    for (size_t i = 0; i < gist->terms.count; i++)
        if (!gist->terms.items[i].word->number && !gist->terms.items[i].word->count_word &&
            !gist->terms.items[i].word->function)
            return false;
    return amount_parse(lexis_language(h->lexis), h->arena, gist->text, ret);
}

static void add_filler(struct hearing *h, struct pattern *pattern, const struct filler *filler)
{
    if (str_equal(filler->role, STR("which")) || !filler->text.len)
        return;
    struct part *part = add_part(pattern, filler->entity >= 0 ? PART_NAME : PART_WORDS, filler->role);
    if (!part)
        return;
    part->filler = filler;
    part->entity = lexis_entity(h->lexis, filler->entity);
    gist_read(h->scratch, h->lexis, filler->text, false, &part->gist);
    if (part->kind == PART_WORDS && str_equal(filler->role, STR("agent")))
        part->weight *= 0.5; /* "somebody" */
    if (part->kind == PART_WORDS && is_amount(h, &part->gist, &part->amount))
        part->kind = PART_AMOUNT;
}

static void add_time(struct pattern *pattern)
{
    const struct time_value *time = &pattern->fact->time;
    if (time->precision == TIME_NONE || !time->year || time->precision > TIME_YEAR)
        return;
    struct part *part = add_part(pattern, PART_TIME, STR("time"));
    if (!part)
        return;
    part->from = (struct date){time->year, time->month, time->day, time->vague.len > 0};
    part->to =
        time->range ? (struct date){time->end_year, time->end_month, time->end_day, false} : part->from;
}

static void make_pattern(struct hearing *h, const struct fact *fact, struct pattern *ret)
{
    *ret = (struct pattern){.fact = fact, .verb = -1};
    add_verb(h, ret);
    list_each (const struct filler, filler, &fact->roles)
        add_filler(h, ret, filler);
    add_time(ret);
}

/* ---- One part in one clause ---- */

/* `loose`: words inside a name do not count, they name something else. */
static uint64_t words_in(const struct hearing *h, const struct gist *wanted, const struct clause *clause,
                         bool loose, int *ret_term)
{
    uint64_t found = 0;
    for (int i = 0; i < (int)wanted->terms.count && i < WORDS_MAX; i++)
        for (int t = clause->first; t < clause->end; t++)
            if (!(loose && h->gist.terms.items[t].name >= 0) &&
                lexeme_same(wanted->terms.items[i].word, h->gist.terms.items[t].word)) {
                found |= UINT64_C(1) << i;
                if (term_is_content(&wanted->terms.items[i]))
                    *ret_term = t;
                break;
            }
    return found;
}

static double word_weight(const struct term *term)
{
    if (!term_is_content(term))
        return 0;
    return term->capital || term->word->number ? 2 : 1;
}

/* How much of the words is there, 0 to 1. */
static double share_of(const struct gist *wanted, uint64_t words)
{
    double all = 0, found = 0;
    for (size_t i = 0; i < wanted->terms.count && i < WORDS_MAX; i++) {
        double weight = word_weight(&wanted->terms.items[i]);
        all += weight;
        found += words >> i & 1 ? weight : 0;
    }
    return all > 0 ? found / all : 0;
}

static bool states_relation(const struct lexeme *word, struct str relation)
{
    for (int i = 0; i < 2; i++)
        if (word->verbs[i] && str_list_has(&word->verbs[i]->relations, relation))
            return true;
    return false;
}

static void trace_verb(const struct hearing *h, const struct pattern *pattern, const struct part *part,
                       const struct clause *clause, struct trace *ret)
{
    bool typed = !str_equal(pattern->fact->relation, STR("deed"));
    for (int t = clause->first; t < clause->end && ret->quality < 1; t++) {
        const struct lexeme *word = h->gist.terms.items[t].word;
        bool same = typed && states_relation(word, pattern->fact->relation);
        for (size_t i = 0; i < part->gist.terms.count; i++)
            same |= term_is_content(&part->gist.terms.items[i]) &&
                    lexeme_same(part->gist.terms.items[i].word, word);
        if (same && h->gist.terms.items[t].name < 0)
            *ret = (struct trace){.quality = 1, .term = t, .find = -1, .other = -1};
    }
}

static enum entity_type type_of(const struct hearing *h, int entity)
{
    return h->facts->entities.items[entity].type;
}

/* Organisations and persons do things, so one may be taken for the other; a work is never a maker. */
static bool same_sort(const struct hearing *h, int a, int b)
{
    enum entity_type x = type_of(h, a), y = type_of(h, b);
    bool doers = (x == ENTITY_ORG || x == ENTITY_PERSON) && (y == ENTITY_ORG || y == ENTITY_PERSON);
    return x != ENTITY_UNKNOWN && (x == y || doers);
}

static bool in_clause(const struct find *find, const struct clause *clause)
{
    return find->first >= clause->first && find->first < clause->end;
}

static void trace_name(const struct hearing *h, const struct part *part, const struct clause *clause,
                       struct trace *ret)
{
    for (size_t i = 0; i < h->gist.finds.count; i++) {
        const struct find *find = &h->gist.finds.items[i];
        if (find->kind != FIND_NAME || !in_clause(find, clause))
            continue;
        if (find->entity == part->entity) {
            *ret = (struct trace){.quality = 1, .find = (int)i, .term = find->first, .other = -1};
            return;
        }
        if (same_sort(h, find->entity, part->entity))
            ret->other = (int)i;
    }
    ret->words = words_in(h, &part->gist, clause, true, &ret->term);
    ret->quality = share_of(&part->gist, ret->words) >= 0.99 ? 0.9 : 0;
}

static double time_fits(const struct find *find, const struct part *part)
{
    double from = date_fits(&find->from, &part->from);
    bool range = part->to.year != part->from.year;
    if (!range)
        return from;
    double to = date_fits(&find->to, &part->to);
    bool said_range = find->to.year != find->from.year;
    if (said_range)
        return from < to ? from : to;
    double one = from > to ? from : to;
    bool inside = find->from.year >= part->from.year && find->from.year <= part->to.year;
    return one > 0 || inside ? 0.6 : 0;
}

static void trace_time(const struct hearing *h, const struct part *part, const struct clause *clause,
                       struct trace *ret)
{
    for (size_t i = 0; i < h->gist.finds.count; i++) {
        const struct find *find = &h->gist.finds.items[i];
        if (find->kind != FIND_DATE || !in_clause(find, clause))
            continue;
        double fits = time_fits(find, part);
        if (fits > ret->quality)
            ret->quality = fits, ret->find = (int)i, ret->term = find->first;
        else if (fits == 0)
            ret->other = (int)i;
    }
}

static void trace_amount(const struct hearing *h, const struct part *part, const struct clause *clause,
                         struct trace *ret)
{
    for (size_t i = 0; i < h->gist.finds.count; i++) {
        const struct find *find = &h->gist.finds.items[i];
        if (find->kind != FIND_AMOUNT || !in_clause(find, clause))
            continue;
        if (amount_same_value(&find->amount, &part->amount))
            *ret = (struct trace){.quality = 1, .find = (int)i, .term = find->first, .other = -1};
        else if (ret->quality < 1)
            ret->other = (int)i;
    }
}

static struct trace trace_of(const struct hearing *h, const struct pattern *pattern, const struct part *part,
                             const struct clause *clause)
{
    struct trace trace = {.find = -1, .term = -1, .other = -1};
    switch (part->kind) {
    case PART_VERB:
        trace_verb(h, pattern, part, clause, &trace);
        break;
    case PART_NAME:
        trace_name(h, part, clause, &trace);
        break;
    case PART_TIME:
        trace_time(h, part, clause, &trace);
        break;
    case PART_AMOUNT:
        trace_amount(h, part, clause, &trace);
        break;
    case PART_WORDS:
        trace.words = words_in(h, &part->gist, clause, false, &trace.term);
        break;
    }
    return trace;
}

static const struct trace *trace_at(const struct hearing *h, int part, size_t clause)
{
    return &h->traces[(size_t)part * h->gist.clauses.count + clause];
}

static void trace_pattern(struct hearing *h, const struct pattern *pattern)
{
    for (int p = 0; p < pattern->count; p++)
        for (size_t c = 0; c < h->gist.clauses.count; c++)
            h->traces[(size_t)p * h->gist.clauses.count + c] =
                trace_of(h, pattern, &pattern->parts[p], &h->gist.clauses.items[c]);
}

/* ---- A fact in a stretch of clauses ---- */

struct window {
    size_t first, end; /* clauses */
};

struct score {
    double share; /* of all weights */
    int matched;  /* parts */
    int names;    /* of them names, dates, amounts or most of the words */
    int told;     /* of a deed: what was done, to whom, where, when */
    bool patient;
    bool anchored; /* all anchors are there */
    int lacking;   /* the first key part that is missing or less exact; -1 */
    int off;       /* … contradicted; -1 */
    int said;      /* the find that contradicts or is less exact; -1 */
    struct window window;
};

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

static double part_quality(const struct hearing *h, const struct part *part, int p, struct window window,
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
        best = share_of(&part->gist, words);
        return best >= WORDS_ENOUGH ? best : 0;
    }
    return part->kind == PART_NAME && best == 0 ? carried(h, p, window, ret_find) : best;
}

static int other_find(const struct hearing *h, int p, struct window window)
{
    for (size_t c = window.first; c < window.end; c++)
        if (trace_at(h, p, c)->other >= 0)
            return trace_at(h, p, c)->other;
    return -1;
}

static struct score score_window(const struct hearing *h, const struct pattern *pattern, struct window window)
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

/* ---- Contradictions ---- */

/* Something else that the chapter says of the fact's names: then what was said is no error. */
static bool is_stated_elsewhere(const struct hearing *h, const struct pattern *pattern,
                                const struct part *part, const struct find *said)
{
    for (size_t i = 0; i < h->facts->count; i++) {
        const struct fact *fact = &h->facts->items[i];
        bool about = false, says = false;
        list_each (const struct filler, filler, &fact->roles) {
            for (int p = 0; p < pattern->count; p++)
                about |= &pattern->parts[p] != part && pattern->parts[p].entity >= 0 &&
                         pattern->parts[p].entity == lexis_entity(h->lexis, filler->entity);
            says |= said->kind == FIND_NAME && lexis_entity(h->lexis, filler->entity) == said->entity;
        }
        const struct time_value *time = &fact->time;
        if (said->kind == FIND_DATE && time->year) {
            struct part stated = {.from = {time->year, time->month, time->day, false}};
            stated.to = time->range ? (struct date){time->end_year, time->end_month, time->end_day, false}
                                    : stated.from;
            says |= time_fits(said, &stated) > 0;
        }
        if (about && says)
            return true;
    }
    return false;
}

/* In the smallest stretch that is about the fact, a part is missing and something else of its sort stands there. */
static void find_contradiction(const struct hearing *h, const struct pattern *pattern, struct score *score)
{
    bool verb = pattern->verb < 0;
    int find;
    if (pattern->verb >= 0)
        verb = part_quality(h, &pattern->parts[pattern->verb], pattern->verb, score->window, &find) > 0;
    for (int p = 0; p < pattern->count && verb; p++) {
        const struct part *part = &pattern->parts[p];
        if (part->kind == PART_VERB || part->kind == PART_WORDS || part->anchor ||
            part_quality(h, part, p, score->window, &find) > 0)
            continue;
        int other = other_find(h, p, score->window);
        if (other < 0 || is_stated_elsewhere(h, pattern, part, &h->gist.finds.items[other]))
            continue;
        score->off = p;
        score->said = other;
        return;
    }
}

/* "no publicó", "did not release": a negation in front of the verb, in its own clause. */
static bool is_denied(const struct hearing *h, const struct pattern *pattern, struct window window)
{
    for (size_t c = window.first; pattern->verb >= 0 && c < window.end; c++) {
        int verb = trace_at(h, pattern->verb, c)->term;
        const struct clause *clause = &h->gist.clauses.items[c];
        for (int t = verb - 3 < clause->first ? clause->first : verb - 3; verb >= 0 && t < verb; t++)
            if (h->gist.terms.items[t].negation)
                return true;
    }
    return false;
}

static bool is_negative(const struct fact *fact)
{
    return fact->negative || str_equal(fact->relation, STR("none")) ||
           str_equal(fact->relation, STR("refuse"));
}

/* ---- The verdict ---- */

static void try_window(const struct hearing *h, const struct pattern *pattern, struct window window,
                       struct score *best)
{
    struct score score = score_window(h, pattern, window);
    if (is_better(&score, best))
        *best = score;
}

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

static struct score best_score(const struct hearing *h, const struct pattern *pattern)
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

static bool has_part(const struct pattern *pattern, const char *role)
{
    for (int p = 0; p < pattern->count; p++)
        if (str_equal(pattern->parts[p].role, str_from(role)))
            return true;
    return false;
}

/* Of a deed it is not enough to name the doer and the like of his doings. */
static bool tells_enough(const struct pattern *pattern, const struct score *score)
{
    if (score->share < NEARLY || !score->anchored || score->matched < 2 || score->names < 1)
        return false;
    if (!str_equal(pattern->fact->relation, STR("deed")))
        return true;
    return score->patient || score->told >= (has_part(pattern, "patient") ? 2 : 1);
}

static struct hit judge_fact(struct hearing *h, const struct pattern *pattern)
{
    struct hit hit = {.line = h->doc->sentences.items[pattern->fact->sentence].line};
    struct score best = best_score(h, pattern);
    if (!tells_enough(pattern, &best))
        return hit;
    hit.given = window_span(h, best.window);
    if (is_denied(h, pattern, best.window) != is_negative(pattern->fact) && pattern->verb >= 0) {
        hit.wrong = true;
        hit.role = STR("verb");
        hit.said = str_slice(h->gist.text, hit.given.start, hit.given.end);
        hit.stated = pattern->fact->verb.text;
        return hit;
    }
    if (!is_spoilt(h, pattern, &best))
        find_contradiction(h, pattern, &best);
    hit.state = RECALLED_NEARLY;
    if (best.off >= 0) {
        hit.wrong = true;
        tell_difference(h, pattern, best.off, best.said, &hit);
        hit.state = pattern->parts[best.off].kind == PART_NAME ? RECALLED_MISSED : RECALLED_NEARLY;
    } else if (best.lacking >= 0) {
        tell_difference(h, pattern, best.lacking, best.said, &hit);
    } else if (best.share >= BROUGHT) {
        hit.state = RECALLED_BROUGHT;
    }
    return hit;
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
        make_pattern(&h, fact, pattern);
        trace_pattern(&h, pattern);
        struct hit hit = judge_fact(&h, pattern);
        hits.brought += hit.state == RECALLED_BROUGHT;
        hits.nearly += hit.state == RECALLED_NEARLY;
        hits.wrong += hit.wrong;
        list_push(arena, &hits, hit);
    }
    arena_finish(&scratch);
    *ret = hits;
}

struct str recalled_name(enum recalled recalled)
{
    static const char *const names[] = {
        [RECALLED_MISSED] = "missed", [RECALLED_NEARLY] = "nearly", [RECALLED_BROUGHT] = "brought"};
    return str_from(names[recalled]);
}
