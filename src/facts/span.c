/* When: wars, reigns, lives and works dated in brackets, and what a dated outline says. */
#include "facts/rule.h"
#include "facts/story.h"

static const double sure = 0.97;

/* A date in the bracket behind a name, alone or first before a comma. */
static int dated(const struct reading *r, const struct name *name)
{
    int open = name->end;
    if (!token_is_mark(r, open, '(') || token_at(r, open)->partner < 0)
        return -1;
    int first = open + 1, close = token_at(r, open)->partner;
    while (first < close &&
           (token_has(r, first, IS_PREPOSITION) || word_in(token_at(r, first)->form->low, "c,h,ca,circa,.")))
        first++;
    int time = token_at(r, first)->time;
    if (time < 0 || r->times.items[time].duration || r->times.items[time].end != close)
        return -1;
    return time;
}

static void keep(struct reading *r, const char *relation, const char *rule, const char *role,
                 struct filler who, struct time_value value)
{
    struct fact fact = draft(r, relation, rule, sure);
    draft_add(r, &fact, role, who);
    fact.time = value;
    draft_keep(r, &fact);
}

static struct time_value end_of(const struct time_value *range)
{
    struct time_value end = {.precision = range->end_month ? TIME_MONTH : TIME_YEAR,
                             .year = range->end_year,
                             .month = range->end_month,
                             .day = range->end_day};
    if (end.day)
        end.precision = TIME_DAY;
    return end;
}

static struct time_value start_of(struct time_value range)
{
    range.range = false;
    range.end_year = range.end_month = range.end_day = 0;
    range.text = (struct str){0};
    return range;
}

/* "Ann (born in 1897)", "Ann (b. 1897)", "Ana (nacida en Lugo en 1897)". */
static void from_life_bracket(struct reading *r, const struct name *name)
{
    static const struct {
        const char *words, *relation, *rule;
    } lives[] = {
        {"born,b,b.,nacido,nacida", "born", "born.bracket-word"},
        {"died,d,d.,fallecido,fallecida,muerto,muerta", "died", "died.bracket-word"},
    };
    int open = name->end, close = token_is_mark(r, open, '(') ? token_at(r, open)->partner : -1;
    struct filler person = filler_name(r, (int)(name - r->names.items));
    enum entity_type type = filler_type(r, &person);
    if (close < 0 || close - open > 8 || (type != ENTITY_PERSON && type != ENTITY_UNKNOWN))
        return;
    for (size_t k = 0; k < sizeof lives / sizeof *lives; k++) {
        if (!word_in(token_at(r, open + 1)->form->low, lives[k].words))
            continue;
        struct fact fact = draft(r, lives[k].relation, lives[k].rule, sure);
        draft_add(r, &fact, "person", person);
        for (int i = open + 2; i < close; i++) {
            if (r->tokens.items[i].time >= 0 && !fact.time.precision)
                draft_time(r, &fact, r->tokens.items[i].time);
            if (r->tokens.items[i].name >= 0 && !fact_role(&fact, STR("place")))
                draft_add(r, &fact, "place", filler_name(r, r->tokens.items[i].name));
        }
        if (fact.time.precision || fact.roles.count > 1)
            draft_keep(r, &fact);
    }
}

static void from_bracket(struct reading *r, const struct name *name)
{
    int time = dated(r, name);
    if (time < 0)
        return;
    struct fact probe = {0};
    draft_time(r, &probe, time);
    struct time_value value = probe.time;
    if (!value.precision)
        return;
    struct filler who = filler_name(r, (int)(name - r->names.items));
    enum entity_type type = filler_type(r, &who);
    if (type == ENTITY_PERSON && value.range && value.end_year - value.year > 15) {
        keep(r, "born", "born.bracket", "person", who, start_of(value));
        keep(r, "died", "died.bracket", "person", who, end_of(&value));
    } else if (type == ENTITY_EVENT || (value.range && type != ENTITY_PERSON && type != ENTITY_WORK)) {
        keep(r, "span", "span.bracket", "event", who, value);
    } else if (type == ENTITY_WORK && !value.range && !value.inferred) {
        keep(r, "release", "release.bracket-alone", "work", who, value);
    }
}

/* "The war began in May 1611", "la guerra terminó en 1714", "duró de … a …". */
static void from_clause(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause) || clause->phrase ||
        !(clause_states(r, clause, "event") || clause_states(r, clause, "span")))
        return;
    double confidence;
    struct filler event = story_subject(r, clause, &confidence);
    int time = clause_time(r, clause);
    if (!filler_is_set(&event) || confidence < 0.9 || time < 0 || event.entity < 0)
        return;
    struct fact fact = draft(r, "deed", "deed.dated-event", confidence < sure ? confidence : sure);
    fact.verb = chunk_at(r, clause->verb)->verb;
    draft_add(r, &fact, "agent", event);
    draft_time(r, &fact, time);
    if (confidence < 0.95)
        draft_doubt(r, &fact, confidence, N_("the event is not named in this sentence"));
    if (fact.time.precision)
        draft_keep(r, &fact);
}

/* "nació en Parma en 1815", "died in 1901". */
static void from_life(struct reading *r, const struct clause *clause)
{
    bool born = clause_states(r, clause, "born"), died = clause_states(r, clause, "died");
    if (!clause_asserts(clause) || (!born && !died))
        return;
    double confidence;
    struct filler person = story_subject(r, clause, &confidence);
    if (!filler_is_set(&person) || person.entity < 0 || confidence < 0.9)
        return;
    struct fact fact = draft(r, born ? "born" : "died", born ? "born.clause" : "died.clause",
                             confidence < sure ? confidence : sure);
    fact.verb = chunk_at(r, clause->verb)->verb;
    draft_add(r, &fact, "person", person);
    int place = governed_noun(r, clause->verb + 1, clause->end, "en,in,at");
    if (place >= 0)
        draft_add(r, &fact, "place", filler_governed(r, place));
    draft_time(r, &fact, clause_time(r, clause));
    if (confidence < 0.95)
        draft_doubt(r, &fact, confidence, N_("the person is not named in this sentence"));
    if (fact.roles.count > 1 || fact.time.precision)
        draft_keep(r, &fact);
}

void find_spans(struct reading *r)
{
    if (r->block->kind == BLOCK_QUOTE)
        return;
    list_each (const struct name, name, &r->names) {
        from_bracket(r, name);
        from_life_bracket(r, name);
    }
    if (r->block->kind == BLOCK_HEADING)
        return;
    list_each (const struct clause, clause, &r->clauses) {
        from_clause(r, clause);
        from_life(r, clause);
    }
}
