#include "verify/recall.h"

#include "base/list.h"
#include "document/document.h"
#include "facts/facts.h"
#include "text/text.h"
#include "verify/gist.h"
#include "verify/passage.h"

#include <stdint.h>
#include <string.h>

/* A fact is a few parts. Every part is looked for in every clause of the text; the stretch of clauses that has most of
 * them, and no more clauses than it needs, says what became of the fact. */

enum { PARTS_MAX = 16, WORDS_MAX = 64, WINDOW_MAX = 4 };

static const double BROUGHT = 0.72, NEARLY = 0.48, WORDS_ENOUGH = 0.5, CARRIED = 0.9;

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

static int entity_at(const struct gist *gist, const struct term *term)
{
    return term->name < 0 ? -1 : gist->finds.items[term->name].entity;
}

/* Words inside a name count for that name only: "Zeta 2" has no "2" for anything else. `loose` words of the text are
 * those outside all names. */
static bool same_word(const struct hearing *h, const struct gist *wanted, const struct term *a,
                      const struct term *b, bool loose)
{
    int wants = entity_at(wanted, a), has = entity_at(&h->gist, b);
    if (has >= 0 && (loose || (wants >= 0 ? wants != has : b->word->number)))
        return false;
    return lexeme_same(a->word, b->word);
}

static uint64_t words_in(const struct hearing *h, const struct gist *wanted, const struct clause *clause,
                         bool loose, int *ret_term)
{
    uint64_t found = 0;
    for (int i = 0; i < (int)wanted->terms.count && i < WORDS_MAX; i++)
        for (int t = clause->first; t < clause->end; t++)
            if (same_word(h, wanted, &wanted->terms.items[i], &h->gist.terms.items[t], loose)) {
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
    return (term->capital && term->word->place < 0) || term->word->number ? 2 : 1;
}

/* How much of the words is there, 0 to 1: of all, and where there are others than names, of those as well. */
static double share_of(const struct gist *wanted, uint64_t words)
{
    double all = 0, found = 0, plain = 0, plain_found = 0;
    for (size_t i = 0; i < wanted->terms.count && i < WORDS_MAX; i++) {
        const struct term *term = &wanted->terms.items[i];
        double weight = word_weight(term), here = words >> i & 1 ? weight : 0;
        all += weight;
        found += here;
        plain += term->name < 0 ? weight : 0;
        plain_found += term->name < 0 ? here : 0;
    }
    if (all == 0)
        return 0;
    return plain > 0 && plain_found / plain < found / all ? plain_found / plain : found / all;
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
        if (h->gist.terms.items[t].capital && !word->is_verb)
            continue; /* "War" is no fighting */
        bool same = typed && word->finite && states_relation(word, pattern->fact->relation);
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

/* Whom a name that the chapter does not have may stand for. */
static bool is_doer_role(struct str role)
{
    return str_equal(role, STR("agent")) || str_equal(role, STR("person"));
}

/* Whatever it is, it stands in front of a verb that is done to something. */
static bool is_subject(const struct hearing *h, const struct find *find)
{
    if (find->end >= (int)h->gist.terms.count || h->gist.terms.items[find->end].boundary >= 2)
        return false;
    const struct lexeme *next = h->gist.terms.items[find->end].word;
    return type_of(h, find->entity) == ENTITY_UNKNOWN && next->finite && next->verbs[0] &&
           !next->verbs[0]->intransitive && !next->function;
}

/* "in America": where, not who; "by the Crown" is who. */
static bool is_in_phrase(const struct hearing *h, const struct find *find)
{
    const struct language *language = lexis_language(h->lexis);
    int t = find->first - 1;
    struct sense sense;
    while (t >= 0 && language_sense(language, h->gist.terms.items[t].word->low, SENSE_ARTICLE, &sense))
        t--;
    if (t < 0 || h->gist.terms.items[t + 1].boundary >= 2)
        return false;
    struct str word = h->gist.terms.items[t].word->low;
    return language_sense(language, word, SENSE_PREPOSITION, &sense) && !str_equal(word, STR("por")) &&
           !str_equal(word, STR("by"));
}

static void trace_name(const struct hearing *h, const struct part *part, const struct clause *clause,
                       struct trace *ret)
{
    for (size_t i = 0; i < h->gist.finds.count; i++) {
        const struct find *find = &h->gist.finds.items[i];
        if (!in_clause(find, clause))
            continue;
        if (find->kind == FIND_STRANGER && is_doer_role(part->role))
            ret->other = (int)i;
        if (find->kind != FIND_NAME)
            continue;
        if (find->entity == part->entity) {
            *ret = (struct trace){.quality = 1, .find = (int)i, .term = find->first, .other = -1};
            return;
        }
        if (is_doer_role(part->role) && is_in_phrase(h, find))
            continue;
        if (same_sort(h, find->entity, part->entity) || (is_doer_role(part->role) && is_subject(h, find)))
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
    return from > 0 || to > 0 ? 0.6 : 0;
}

/* A year in the middle of a war says nothing about how long it was. */
static bool is_within(const struct find *find, const struct part *part)
{
    return find->from.year == find->to.year && part->to.year != part->from.year &&
           find->from.year > part->from.year && find->from.year < part->to.year;
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
        else if (fits == 0 && !is_within(find, part))
            ret->other = (int)i;
    }
}

static bool has_scale(struct str text)
{
    return text.len > 1 && ((text.ptr[text.len - 1] | 32) >= 'a' && (text.ptr[text.len - 1] | 32) <= 'z');
}

/* Another number of the same make: "65B" against "70B", but no year. */
static bool is_like_amount(const struct hearing *h, const struct find *find, const struct part *part)
{
    for (size_t i = 0; i < h->gist.finds.count; i++) {
        const struct find *date = &h->gist.finds.items[i];
        if (date->kind == FIND_DATE && find->first >= date->first && find->first < date->end)
            return false;
    }
    return has_scale(str_slice(h->gist.text, find->span.start, find->span.end)) ==
           has_scale(part->filler->text);
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
        else if (ret->quality < 1 && is_like_amount(h, find, part))
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
    bool patient, verb;
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

/* The clause tells of the fact itself, not only of something near it. */
static bool is_told_in(const struct hearing *h, const struct pattern *pattern, size_t clause)
{
    if (pattern->verb >= 0)
        return trace_at(h, pattern->verb, clause)->quality > 0;
    for (int p = 0; p < pattern->count; p++)
        if (pattern->parts[p].anchor &&
            (trace_at(h, p, clause)->quality > 0 || trace_at(h, p, clause)->words))
            return true;
    return false;
}

static int other_find(const struct hearing *h, const struct pattern *pattern, int p, struct window window)
{
    for (size_t c = window.first; c < window.end; c++)
        if (trace_at(h, p, c)->other >= 0 && is_told_in(h, pattern, c))
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

/* ---- Contradictions ---- */

static bool fills(const struct hearing *h, const struct fact *fact, int entity, struct str text)
{
    struct str name = entity >= 0 ? h->facts->entities.items[entity].name : text;
    list_each (const struct filler, filler, &fact->roles)
        if ((entity >= 0 && lexis_entity(h->lexis, filler->entity) == entity) ||
            str_equal(text_fold_key(h->scratch, filler->text), text_fold_key(h->scratch, name)))
            return true;
    return false;
}

/* An acronym, an old name or another name of what the fact has. */
static bool is_another_name(const struct hearing *h, const struct part *part, const struct find *said)
{
    struct str text = str_slice(h->gist.text, said->span.start, said->span.end);
    list_each (const struct fact, fact, h->facts)
        if ((str_equal(fact->relation, STR("stands-for")) || str_equal(fact->relation, STR("also-known")) ||
             str_equal(fact->relation, STR("rename"))) &&
            fills(h, fact, said->entity, text) && part->filler &&
            fills(h, fact, part->entity, part->filler->text))
            return true;
    return false;
}

static bool has_comma_between(const struct hearing *h, const struct find *a, const struct find *b)
{
    int first = a->first < b->first ? a->end : b->end, last = a->first < b->first ? b->first : a->first;
    for (int t = first; t <= last && t < (int)h->gist.terms.count; t++)
        if (h->gist.terms.items[t].boundary >= 2)
            return true;
    return false;
}

static bool is_anchor(const struct pattern *pattern, int entity)
{
    for (int p = 0; p < pattern->count; p++)
        if (pattern->parts[p].anchor && pattern->parts[p].entity == entity)
            return true;
    return false;
}

static bool is_like_anchor(const struct hearing *h, const struct pattern *pattern, int entity)
{
    for (int p = 0; p < pattern->count; p++)
        if (pattern->parts[p].anchor && pattern->parts[p].entity >= 0 &&
            (type_of(h, pattern->parts[p].entity) == type_of(h, entity) ||
             type_of(h, entity) == ENTITY_UNKNOWN || type_of(h, pattern->parts[p].entity) == ENTITY_UNKNOWN))
            return true;
    return false;
}

/* A date may belong to another thing of the same sort in the clause: "Zeta came a month after Eta, in March"; not so
 * where a comma cuts that off and nothing stands between the date and the fact's own name. */
static bool has_rival(const struct hearing *h, const struct pattern *pattern, const struct find *said)
{
    int clause = h->gist.terms.items[said->first].clause;
    bool own_is_near = false, near = false, far = false;
    for (size_t i = 0; i < h->gist.finds.count; i++) {
        const struct find *find = &h->gist.finds.items[i];
        if (find->kind != FIND_NAME || h->gist.terms.items[find->first].clause != clause)
            continue;
        bool comma = has_comma_between(h, find, said);
        if (is_anchor(pattern, find->entity))
            own_is_near |= !comma;
        else if (is_like_anchor(h, pattern, find->entity))
            *(comma ? &far : &near) = true;
    }
    return near || (far && !own_is_near);
}

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

/* Whoever stands in front of the clause's verb, or of the one before where the clause goes on with "and". */
static int doer_in(const struct hearing *h, size_t clause)
{
    const struct clause *at = &h->gist.clauses.items[clause];
    for (size_t i = 0; i < h->gist.finds.count; i++) {
        const struct find *find = &h->gist.finds.items[i];
        if ((find->kind == FIND_NAME || find->kind == FIND_STRANGER) && in_clause(find, at) &&
            find->end < at->end && h->gist.terms.items[find->end].word->finite &&
            !h->gist.terms.items[find->end].word->function)
            return (int)i;
    }
    bool goes_on = h->gist.terms.items[at->first].word->coordinator && clause > 0 &&
                   h->gist.clauses.items[clause - 1].sentence == at->sentence;
    return goes_on ? doer_in(h, clause - 1) : -1;
}

/* "The Spanish attacked" for an attack by "a small French force". */
static int other_doer(const struct hearing *h, const struct part *part, struct window window)
{
    bool named = false;
    list_each (const struct term, term, &part->gist.terms)
        named |= term->capital && term_is_content(term);
    int doer = named ? doer_in(h, window.first) : -1;
    if (doer < 0)
        return -1;
    const struct find *find = &h->gist.finds.items[doer];
    for (int t = find->first; t < find->end; t++)
        list_each (const struct term, term, &part->gist.terms)
            if (lexeme_same(term->word, h->gist.terms.items[t].word))
                return -1;
    return doer;
}

/* "Britain and France fought": one of them is the doer, if by another form of his name. */
static bool is_half_named(const struct hearing *h, const struct part *part, struct window window)
{
    int first = h->gist.clauses.items[window.first].first, end = h->gist.clauses.items[window.end - 1].end;
    list_each (const struct term, term, &part->gist.terms)
        for (int t = first; term_is_content(term) && t < end; t++)
            if (lexeme_same(term->word, h->gist.terms.items[t].word))
                return true;
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
        bool doer = is_doer_role(part->role) && !part->anchor;
        if (part->kind == PART_VERB || (part->kind == PART_WORDS && !doer) || part->anchor ||
            !role_is_functional(pattern->fact->relation, part->role) ||
            part_quality(h, part, p, score->window, &find) > 0)
            continue;
        int other = other_find(h, pattern, p, score->window);
        if (other < 0 && doer)
            other = other_doer(h, part, score->window);
        if (doer && is_half_named(h, part, score->window))
            continue;
        const struct find *said = other < 0 ? NULL : &h->gist.finds.items[other];
        if (!said || is_stated_elsewhere(h, pattern, part, said) || is_another_name(h, part, said) ||
            (said->kind == FIND_DATE && has_rival(h, pattern, said)))
            continue;
        score->off = p;
        score->said = other;
        return;
    }
}

static bool has_another_part(const struct hearing *h, const struct pattern *pattern, size_t clause)
{
    for (int p = 0; p < pattern->count; p++)
        if (p != pattern->verb && (trace_at(h, p, clause)->quality > 0 || trace_at(h, p, clause)->words))
            return true;
    return false;
}

/* "no publicó", "did not release": a negation in front of the verb, in its own clause, which is about the fact. */
static bool is_denied(const struct hearing *h, const struct pattern *pattern, struct window window)
{
    for (size_t c = window.first; pattern->verb >= 0 && c < window.end; c++) {
        int verb = trace_at(h, pattern->verb, c)->term;
        const struct clause *clause = &h->gist.clauses.items[c];
        for (int t = verb - 3 < clause->first ? clause->first : verb - 3; verb >= 0 && t <= verb; t++)
            if (h->gist.terms.items[t].negation && has_another_part(h, pattern, c))
                return true;
    }
    return false;
}

static bool is_negative(const struct hearing *h, const struct pattern *pattern)
{
    const struct fact *fact = pattern->fact;
    struct gist verb;
    struct str said =
        str_format(h->scratch, "%.*s to %.*s", STR_ARG(fact->verb.text), STR_ARG(fact->verb.tail));
    gist_read(h->scratch, h->lexis, said, false, &verb); /* "ceased to exist" */
    list_each (const struct term, term, &verb.terms)
        if (term->negation)
            return true;
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
    if (has_part(pattern, "patient"))
        return score->patient || score->told >= 2;
    return score->told >= 1 && score->verb;
}

static bool has_anchor(const struct pattern *pattern)
{
    for (int p = 0; p < pattern->count; p++)
        if (pattern->parts[p].anchor)
            return true;
    return false;
}

static bool is_value(const struct part *part)
{
    return part->kind == PART_TIME || part->kind == PART_AMOUNT;
}

/* A founder of something else is not yet the founder of this. */
static bool lacks_org(const struct hearing *h, const struct pattern *pattern, struct window window)
{
    int find;
    for (int p = 0; str_equal(pattern->fact->relation, STR("role")) && p < pattern->count; p++)
        if (str_equal(pattern->parts[p].role, STR("org")))
            return part_quality(h, &pattern->parts[p], p, window, &find) == 0;
    return false;
}

/* Too little to be the fact, but enough to be wrong about it: "the Salt War was from 1698 to 1707". */
static bool claims_value(const struct hearing *h, const struct pattern *pattern, struct score *best)
{
    if (best->share <= 0 || !best->anchored || best->names < 1 || !has_anchor(pattern))
        return false;
    find_contradiction(h, pattern, best);
    return best->off >= 0 && is_value(&pattern->parts[best->off]);
}

static struct hit judge_fact(struct hearing *h, const struct pattern *pattern)
{
    struct hit hit = {.line = h->doc->sentences.items[pattern->fact->sentence].line};
    struct score best = best_score(h, pattern);
    if (!tells_enough(pattern, &best) && !claims_value(h, pattern, &best))
        return hit;
    hit.given = window_span(h, best.window);
    if (is_denied(h, pattern, best.window) != is_negative(h, pattern) && pattern->verb >= 0) {
        hit.wrong = true;
        hit.role = STR("verb");
        hit.said = str_slice(h->gist.text, hit.given.start, hit.given.end);
        hit.stated = pattern->fact->verb.text;
        return hit;
    }
    if (!is_spoilt(h, pattern, &best))
        find_contradiction(h, pattern, &best);
    hit.state = RECALLED_NEARLY;
    if (best.off < 0 && lacks_org(h, pattern, best.window)) {
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

/* "They failed to take the fort" denies no later capture, when the chapter tells of both. */
static void clear_false_alarms(const struct facts *facts, struct hits *hits)
{
    for (size_t i = 0; i < hits->count; i++)
        for (size_t k = 0; hits->items[i].wrong && k < hits->count; k++) {
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
        make_pattern(&h, fact, pattern);
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
