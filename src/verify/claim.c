/* What is said against a fact. */
#include "text/text.h"
#include "verify/hearing.h"
#include "verify/passage.h"

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

static bool fills(const struct hearing *h, const struct fact *fact, int entity, struct str text)
{
    struct str name = entity >= 0 ? h->facts->entities.items[entity].name : text;
    list_each (const struct filler, filler, &fact->roles)
        if ((entity >= 0 && lexis_entity(h->lexis, filler->entity) == entity) ||
            str_equal(text_fold_key(h->scratch, filler->text), text_fold_key(h->scratch, name)))
            return true;
    return false;
}

bool is_another_name(const struct hearing *h, const struct part *part, const struct find *said)
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

static bool is_like_anchor(const struct hearing *h, const struct pattern *pattern, int entity)
{
    for (int p = 0; p < pattern->count; p++)
        if (pattern->parts[p].anchor && pattern->parts[p].entity >= 0 &&
            (hearing_type(h, pattern->parts[p].entity) == hearing_type(h, entity) ||
             hearing_type(h, entity) == ENTITY_UNKNOWN ||
             hearing_type(h, pattern->parts[p].entity) == ENTITY_UNKNOWN))
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
        if (pattern_is_anchor(pattern, find->entity))
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
        if ((find->kind == FIND_NAME || find->kind == FIND_STRANGER) && find_is_in(find, at) &&
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

void find_contradiction(const struct hearing *h, const struct pattern *pattern, struct score *score)
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

bool is_denied(const struct hearing *h, const struct pattern *pattern, struct window window)
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

bool is_negative(const struct hearing *h, const struct pattern *pattern)
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
