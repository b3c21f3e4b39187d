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

/* Where the name of an event that a noun tells ends: "the raid on Avila, Spain"; -1 if it is not told by a name. */
static int event_end(const struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    int end = i + 1;
    bool named = false;
    for (int k = c->first; k < c->end; k++)
        named |= r->tokens.items[k].name >= 0 && !token_has(r, k, IS_DEMONYM);
    if (!named && chunk_is(r, end, CHUNK_PREPOSITION) && chunk_is(r, end + 1, CHUNK_NOUN) &&
        word_in(chunk_text(r, end), "of,on,against,at,de,contra,en,sobre") &&
        chunk_at(r, end + 1)->name >= 0) {
        named = true;
        end += 2;
        if (chunk_is(r, end, CHUNK_COMMA) && chunk_is(r, end + 1, CHUNK_NOUN) &&
            chunk_at(r, end + 1)->name >= 0 &&
            (chunk_is(r, end + 2, CHUNK_COMMA) || chunk_is(r, end + 2, CHUNK_PREPOSITION)))
            end += 2; /* ", Spain" */
    }
    return named ? end : -1;
}

/* Behind these the event is only what is spoken of, and the date may be that of the speaking. */
static bool is_topic(const struct reading *r, int i)
{
    const struct chunk *before = chunk_at(r, i - 1);
    if (!before || before->kind == CHUNK_VERB || before->kind == CHUNK_GERUND ||
        before->kind == CHUNK_INFINITIVE)
        return before != NULL;
    return before->kind == CHUNK_PREPOSITION &&
           word_in(token_at(r, before->first)->form->low, "about,on,over,to,of,sobre,de,a,acerca");
}

/* "In June 1911 the first split came: the departure of Ann Moss": what a colon explains happened then. */
static int explained(const struct reading *r, int i)
{
    for (int k = i - 1;
         k > 0 && (chunk_is(r, k, CHUNK_STOP) || chunk_is(r, k, CHUNK_NOUN) || chunk_is(r, k, CHUNK_ADVERB) ||
                   chunk_is(r, k, CHUNK_COMMA) || chunk_is(r, k, CHUNK_COORDINATOR));
         k--) {
        if (!chunk_is(r, k, CHUNK_STOP) || !token_is_mark(r, chunk_at(r, k)->first, ':'))
            continue;
        const struct clause *told = NULL;
        list_each (const struct clause, clause, &r->clauses)
            if (!clause->phrase && clause->verb < k)
                told = clause;
        bool happens = told && clause_asserts(told) &&
                       (clause_states(r, told, "event") ||
                        word_in(chunk_at(r, told->verb)->verb.lemma, "come,arrive,follow"));
        if (happens)
            return clause_time(r, told);
        return -1;
    }
    return -1;
}

/* "best known for the raid on Avila in 1611", "the eruption of Etna (1669)", "its eruption on 3 May 1911". */
static void from_nominal(struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    const struct form *head = token_at(r, c->head)->form;
    if (c->name >= 0 || c->plural || !head->noun || !str_equal(head->noun->type, STR("event")) ||
        is_topic(r, i))
        return;
    double confidence = 1;
    struct filler event = {.entity = -1};
    int end = event_end(r, i);
    bool people = chunk_is(r, i - 1, CHUNK_COORDINATOR) && chunk_is(r, i - 2, CHUNK_NOUN) &&
                  token_has(r, chunk_at(r, i - 2)->end - 1, IS_DEMONYM); /* "the Danish and Saxon raid" */
    if (end > 0)
        event = filler_phrase(r, chunk_at(r, people ? i - 2 : i)->first, chunk_at(r, end - 1)->end);
    else if (c->determiner >= 0 && token_has(r, c->determiner, IS_POSSESSIVE))
        end = i + 1, event = story_noun(r, i, &confidence);
    if (!filler_is_set(&event) || event.entity >= 0 || confidence < 0.95)
        return;
    int time = bracket_time(r, end - 1), at = chunk_is(r, end, CHUNK_COMMA) ? end + 1 : end;
    if (time < 0 && chunk_is(r, at, CHUNK_PREPOSITION) && word_in(chunk_text(r, at), "in,on,of,en,de") &&
        chunk_is(r, at + 1, CHUNK_TIME))
        time = chunk_at(r, at + 1)->time;
    if (time < 0)
        time = explained(r, i);
    if (time < 0 || r->times.items[time].duration || r->times.items[time].as_of)
        return;
    event.role = (struct str){0};
    struct fact fact = draft(r, "span", "span.nominal", 0.96);
    draft_add(r, &fact, "event", event);
    draft_time(r, &fact, time);
    if (fact.time.precision)
        draft_keep(r, &fact);
}

/* "The war began in May 1611", "la guerra terminó en 1714", "duró de … a …". */
static void from_clause(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause) || clause->phrase || clause->object > clause->verb ||
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

/* One dies in Avila, in a hospital or at a battle; not in poverty, nor at an age. */
static bool is_place(const struct reading *r, const struct chunk *c)
{
    const struct noun *noun = token_at(r, c->head)->form->noun;
    bool spot = noun && (str_equal(noun->type, STR("place")) || str_equal(noun->type, STR("event")) ||
                         str_equal(noun->kind, STR("building")) || str_equal(noun->kind, STR("institution")));
    return c->name >= 0 || spot;
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
    if (place >= 0 && is_place(r, chunk_at(r, place)))
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
    for (int i = 0; i < (int)r->chunks.count; i++)
        if (chunk_is(r, i, CHUNK_NOUN))
            from_nominal(r, i);
    list_each (const struct clause, clause, &r->clauses) {
        from_clause(r, clause);
        from_life(r, clause);
    }
}
