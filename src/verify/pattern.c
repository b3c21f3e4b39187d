/* From a fact to its parts. */
#include "verify/hearing.h"

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

void pattern_make(struct hearing *h, const struct fact *fact, struct pattern *ret)
{
    *ret = (struct pattern){.fact = fact, .verb = -1};
    add_verb(h, ret);
    list_each (const struct filler, filler, &fact->roles)
        add_filler(h, ret, filler);
    add_time(ret);
}

bool pattern_has(const struct pattern *pattern, const char *role)
{
    for (int p = 0; p < pattern->count; p++)
        if (str_equal(pattern->parts[p].role, str_from(role)))
            return true;
    return false;
}

bool pattern_has_anchor(const struct pattern *pattern)
{
    for (int p = 0; p < pattern->count; p++)
        if (pattern->parts[p].anchor)
            return true;
    return false;
}

bool pattern_is_anchor(const struct pattern *pattern, int entity)
{
    for (int p = 0; p < pattern->count; p++)
        if (pattern->parts[p].anchor && pattern->parts[p].entity == entity)
            return true;
    return false;
}
