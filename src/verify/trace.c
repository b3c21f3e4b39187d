/* One part in one clause. */
#include "verify/hearing.h"
#include "verify/passage.h"

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

double words_share(const struct gist *wanted, uint64_t words)
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

enum entity_type hearing_type(const struct hearing *h, int entity)
{
    return h->facts->entities.items[entity].type;
}

/* Organisations and persons do things, so one may be taken for the other; a work is never a maker. */
static bool same_sort(const struct hearing *h, int a, int b)
{
    enum entity_type x = hearing_type(h, a), y = hearing_type(h, b);
    bool doers = (x == ENTITY_ORG || x == ENTITY_PERSON) && (y == ENTITY_ORG || y == ENTITY_PERSON);
    return x != ENTITY_UNKNOWN && (x == y || doers);
}

bool find_is_in(const struct find *find, const struct clause *clause)
{
    return find->first >= clause->first && find->first < clause->end;
}

bool is_doer_role(struct str role)
{
    return str_equal(role, STR("agent")) || str_equal(role, STR("person"));
}

/* Whatever it is, it stands in front of a verb that is done to something. */
static bool is_subject(const struct hearing *h, const struct find *find)
{
    if (find->end >= (int)h->gist.terms.count || h->gist.terms.items[find->end].boundary >= 2)
        return false;
    const struct lexeme *next = h->gist.terms.items[find->end].word;
    return hearing_type(h, find->entity) == ENTITY_UNKNOWN && next->finite && next->verbs[0] &&
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

/* Such a fact is about the names themselves: one does not stand for the other. */
static bool tells_names(const struct fact *fact)
{
    return str_equal(fact->relation, STR("stands-for")) || str_equal(fact->relation, STR("also-known")) ||
           str_equal(fact->relation, STR("rename"));
}

static void trace_name(const struct hearing *h, const struct pattern *pattern, const struct part *part,
                       const struct clause *clause, struct trace *ret)
{
    for (size_t i = 0; i < h->gist.finds.count; i++) {
        const struct find *find = &h->gist.finds.items[i];
        if (!find_is_in(find, clause))
            continue;
        if (find->kind == FIND_STRANGER && is_doer_role(part->role))
            ret->other = (int)i;
        if (find->kind != FIND_NAME)
            continue;
        bool other_name = !tells_names(pattern->fact) && is_another_name(h, part, find);
        if (find->entity == part->entity || other_name) {
            *ret = (struct trace){.quality = 1, .find = (int)i, .term = find->first, .other = -1};
            return;
        }
        if (is_doer_role(part->role) && is_in_phrase(h, find))
            continue;
        if (same_sort(h, find->entity, part->entity) || (is_doer_role(part->role) && is_subject(h, find)))
            ret->other = (int)i;
    }
    ret->words = words_in(h, &part->gist, clause, true, &ret->term);
    ret->quality = words_share(&part->gist, ret->words) >= 0.99 ? 0.9 : 0;
}

double time_fits(const struct find *find, const struct part *part)
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
        if (find->kind != FIND_DATE || !find_is_in(find, clause))
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
        if (find->kind != FIND_AMOUNT || !find_is_in(find, clause))
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
        trace_name(h, pattern, part, clause, &trace);
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

const struct trace *trace_at(const struct hearing *h, int part, size_t clause)
{
    return &h->traces[(size_t)part * h->gist.clauses.count + clause];
}

void trace_pattern(struct hearing *h, const struct pattern *pattern)
{
    for (int p = 0; p < pattern->count; p++)
        for (size_t c = 0; c < h->gist.clauses.count; c++)
            h->traces[(size_t)p * h->gist.clauses.count + c] =
                trace_of(h, pattern, &pattern->parts[p], &h->gist.clauses.items[c]);
}
