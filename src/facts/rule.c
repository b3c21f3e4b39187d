#include "facts/rule.h"

#include "facts/store.h"
#include "facts/story.h"

#include <string.h>

bool word_in(struct str word, const char *list)
{
    for (const char *item = list;; item++) {
        size_t same = 0;
        while (same < word.len && item[same] && item[same] != ',' && item[same] == word.ptr[same])
            same++;
        item += same;
        if (same == word.len && (*item == ',' || !*item))
            return true;
        while (*item && *item != ',')
            item++;
        if (!*item)
            return false;
    }
}

/* ---- fillers ---- */

struct filler filler_tokens(const struct reading *r, int first, int end)
{
    const struct token *a = token_at(r, first), *b = token_at(r, end - 1);
    if (!a || !b || end <= first)
        return (struct filler){.entity = -1};
    return (struct filler){.entity = -1,
                           .text = tokens_text(r, first, end),
                           .source = block_source(r->block, (struct span){a->span.start, b->span.end})};
}

/* The article in front belongs to the name in running text: "the Dutch", "el CEM". */
static struct str with_article(const struct reading *r, int first, int end, struct str text)
{
    const struct token *behind = token_at(r, end);
    if (behind && behind->kind == TOKEN_WORD && !behind->upper && behind->blank && !r->chapter->spanish &&
        !(behind->form->flags & IS_FUNCTION) && !behind->form->verb_count)
        return text; /* "the Acme lab": the article is the lab's */
    const struct token *before = token_at(r, first - 1);
    if (!before || !(before->form->flags & IS_ARTICLE) || (before->form->flags & IS_INDEFINITE))
        return text;
    struct str article = before->form->low;
    return str_format(r->chapter->arena, "%.*s %.*s", STR_ARG(article), STR_ARG(text));
}

struct filler filler_name(const struct reading *r, int i)
{
    const struct name *name = &r->names.items[i];
    struct filler filler = filler_tokens(r, name->first, name->end);
    filler.entity = name->entity;
    filler.text = with_article(r, name->first, name->end, name->text);
    return filler;
}

struct filler filler_entity(const struct reading *r, int entity)
{
    const struct entity *e = entity_at(r->chapter->entities, entity);
    return e ? (struct filler){.entity = entity, .text = e->name} : (struct filler){.entity = -1};
}

/* Capital of the sentence's first word is not the phrase's own. */
static struct str uncapitalised(const struct reading *r, int first, struct str text)
{
    const struct token *t = token_at(r, first);
    if (!t->upper || t->name >= 0 || first > 0 || (t->form->flags & (IS_DEMONYM | IS_MONTH | IS_WEEKDAY)))
        return text;
    struct str rest = str_slice(text, t->form->text.len, text.len);
    return str_format(r->chapter->arena, "%.*s%.*s", STR_ARG(t->form->low), STR_ARG(rest));
}

struct filler filler_phrase(const struct reading *r, int first, int end)
{
    struct filler filler = filler_tokens(r, first, end);
    if (filler.text.len)
        filler.text = uncapitalised(r, first, filler.text);
    return filler;
}

struct filler filler_noun(const struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    if (!c)
        return (struct filler){.entity = -1};
    if (c->name >= 0) {
        const struct name *name = &r->names.items[c->name];
        bool whole = name->end == c->end && c->numeral < 0;
        if (whole &&
            (name->first - (c->determiner >= 0) <= c->first || c->kind_noun >= 0 || c->determiner < 0))
            return filler_name(r, c->name);
        bool leads = name->first - (c->determiner >= 0) <= c->first && cue_is(r, name->end, CUE_OF);
        if (leads && c->numeral < 0) /* "el CEM de Lugo" */
            return filler_name(r, c->name);
    }
    struct filler filler = filler_tokens(r, c->first, c->end);
    filler.text = uncapitalised(r, c->first, filler.text);
    bool named = c->name >= 0 &&
                 (r->names.items[c->name].end == c->end || r->names.items[c->name].end == c->kind_noun);
    filler.entity = named ? r->names.items[c->name].entity : -1;
    if (c->numeral >= 0) {
        filler.numeral = tokens_text(r, c->first, c->numeral + 1);
        int counted = c->numeral + 1;
        while (token_has(r, counted, IS_NUMBER) || token_is(r, counted, "de") || token_is(r, counted, "of"))
            counted++;
        filler.numeral = tokens_text(r, c->first,
                                     counted > c->numeral + 1 ? counted - (token_is(r, counted - 1, "de") ||
                                                                           token_is(r, counted - 1, "of"))
                                                              : counted);
        filler.counted = tokens_text(r, counted, c->end);
    }
    filler.numeral = filler.numeral.len ? uncapitalised(r, c->first, filler.numeral) : filler.numeral;
    return filler;
}

struct filler filler_governed(const struct reading *r, int i)
{
    struct filler filler = filler_noun(r, i);
    int first = i;
    while (chunk_is(r, first - 1, CHUNK_PREPOSITION))
        first--;
    if (first < i)
        filler.before = tokens_text(r, chunk_at(r, first)->first, chunk_at(r, i - 1)->end);
    return filler;
}

bool filler_is_set(const struct filler *filler)
{
    return filler->text.len > 0;
}

bool filler_is_vague(const struct reading *r, const struct filler *filler)
{
    if (filler->entity >= 0)
        return false;
    struct str rest = filler->text, first;
    if (!str_split(&rest, ' ', &first))
        return true;
    struct form *form = forms_get(&r->chapter->forms, first);
    if (rest.len && form_has_cue(form, CUE_QUANTIFIER)) /* "both Norway and Malta" says which */
        for (size_t i = 1; i < rest.len; i++)
            if (rest.ptr[i] >= 'A' && rest.ptr[i] <= 'Z')
                return false;
    return form_has_cue(form, CUE_VAGUE);
}

enum entity_type filler_type(const struct reading *r, const struct filler *filler)
{
    const struct entity *e = entity_at(r->chapter->entities, filler->entity);
    return e ? e->type : ENTITY_UNKNOWN;
}

/* ---- drafts ---- */

struct fact draft(const struct reading *r, const char *relation, const char *rule, double confidence)
{
    return (struct fact){.relation = str_from(relation),
                         .rule = str_from(rule),
                         .confidence = confidence,
                         .sentence = r->sentence,
                         .section = r->block->section,
                         .source = r->at->source,
                         .note = r->block->kind == BLOCK_NOTE};
}

void draft_add(const struct reading *r, struct fact *fact, const char *role, struct filler filler)
{
    if (!filler_is_set(&filler))
        return;
    filler.role = str_from(role);
    filler.text = str_copy(r->chapter->arena, filler.text);
    filler.before = str_copy(r->chapter->arena, filler.before);
    filler.numeral = str_copy(r->chapter->arena, filler.numeral);
    filler.counted = str_copy(r->chapter->arena, filler.counted);
    list_push(r->chapter->arena, &fact->roles, filler);
}

void draft_time(const struct reading *r, struct fact *fact, int time)
{
    if (time < 0 || (size_t)time >= r->times.count)
        return;
    struct time_value value = r->times.items[time].value;
    if (value.precision == TIME_NONE || (value.year == 0 && value.precision <= TIME_YEAR))
        return;
    value.vague = str_copy(r->chapter->arena, value.vague);
    value.text = str_copy(r->chapter->arena, value.text);
    fact->time = value;
}

void draft_doubt(const struct reading *r, struct fact *fact, double confidence, const char *doubt)
{
    if (confidence >= fact->confidence)
        return;
    fact->confidence = confidence;
    if (confidence < 0.95)
        fact->doubt = str_copy(r->chapter->arena, str_from(doubt));
}

bool draft_said(const struct reading *r, const struct clause *clause, struct fact *fact)
{
    const struct clause *saying = clause->kind == CLAUSE_CONTENT ? clause_at(r, clause->parent) : NULL;
    const struct verb *verb = saying ? clause_verb(r, saying) : NULL;
    double confidence;
    if (!verb || !verb->attitude)
        return true;
    struct filler holder = story_subject(r, saying, &confidence);
    if (saying->negative || saying->author || confidence < 0.95 || filler_type(r, &holder) != ENTITY_PERSON)
        return false;
    fact->hedge = HEDGE_OPINION;
    fact->holder = entity_at(r->chapter->entities, holder.entity)->name;
    return true;
}

bool draft_keep(struct reading *r, struct fact *fact)
{
    return store_add(r, fact);
}

/* ---- looking around ---- */

/* A verb stands between the last border and the chunk. */
static bool follows_verb(const struct reading *r, int chunk)
{
    while (--chunk >= 0 && !chunk_is(r, chunk, CHUNK_COMMA) && !chunk_is(r, chunk, CHUNK_STOP))
        if (chunk_is(r, chunk, CHUNK_VERB) || chunk_is(r, chunk, CHUNK_PARTICIPLE))
            return true;
    return false;
}

static bool dates_deed(const struct reading *r, int chunk)
{
    const struct time_mention *t = &r->times.items[chunk_at(r, chunk)->time];
    if (t->as_of || (t->duration && !t->next) || t->value.precision == TIME_NONE)
        return false;
    bool article = chunk_is(r, chunk - 1, CHUNK_OTHER) && token_is(r, chunk_at(r, chunk - 1)->first, "the");
    const struct chunk *before = chunk_at(r, article ? chunk - 2 : chunk - 1);
    if (!before || before->kind != CHUNK_PREPOSITION)
        return true;
    if (token_is(r, before->first, "from") && chunk_is(r, chunk + 1, CHUNK_PREPOSITION) &&
        chunk_is(r, chunk + 2, CHUNK_TIME))
        return false; /* "from the late 1600s to the 1750s": when it began is not when it was */
    struct str low = token_at(r, before->end - 1)->form->low;
    if (str_equal(low, STR("of")) && chunk_is(r, chunk - 2, CHUNK_NOUN) && follows_verb(r, chunk))
        return false; /* "because of the flood of 1911": the date of the noun */
    return word_in(low, "en,in,on,el,durante,during,a,al,hacia,around,by,from,entre,between,at,de,of,for");
}

/* A date inside a participle's phrase is that phrase's own. */
static bool in_phrase(const struct reading *r, const struct clause *clause, int chunk)
{
    list_each (const struct clause, other, &r->clauses)
        if (other != clause && other->phrase && other->first <= chunk && chunk < other->end)
            return true;
    return false;
}

/* "… until 1763, when they signed it": the date that "when" takes up. */
static int taken_up(const struct reading *r, const struct clause *clause)
{
    if (clause->connector > 1 && chunk_is(r, clause->connector - 1, CHUNK_PREPOSITION) &&
        chunk_is(r, clause->connector - 2, CHUNK_TIME) &&
        word_in(token_at(r, chunk_at(r, clause->connector - 1)->first)->form->low, "in,en"))
        return chunk_at(r, clause->connector - 2)->time; /* "an accident in 1852 in which" */
    if (clause->connector < 0 ||
        !word_in(token_at(r, chunk_at(r, clause->connector)->first)->form->low, "when,cuando"))
        return -1;
    int i = clause->connector - 1;
    while (chunk_is(r, i, CHUNK_COMMA))
        i--;
    return chunk_is(r, i, CHUNK_TIME) && !r->times.items[chunk_at(r, i)->time].duration ? chunk_at(r, i)->time
                                                                                        : -1;
}

/* "1450: funda un taller", "Funda un taller (1450)": an item's date stands before the colon or closes it. */
static int item_time(const struct reading *r, const struct clause *clause)
{
    if (r->block->kind != BLOCK_ITEM || clause->phrase)
        return -1;
    int lead = chunk_is(r, 0, CHUNK_PREPOSITION) ? 1 : 0;
    if (chunk_is(r, lead, CHUNK_TIME) && chunk_is(r, lead + 1, CHUNK_STOP) &&
        !r->times.items[chunk_at(r, lead)->time].duration)
        return chunk_at(r, lead)->time;
    int last = (int)r->chunks.count - 1;
    while (last > 0 && (chunk_is(r, last, CHUNK_STOP) || chunk_is(r, last, CHUNK_COMMA)))
        last--;
    return last > clause->verb && chunk_is(r, last, CHUNK_BRACKET) ? bracket_time(r, last - 1) : -1;
}

/* "On 3 May they did it: they closed the port": what a colon explains happened then. */
static int explained_time(const struct reading *r, const struct clause *clause)
{
    if (clause->phrase || clause->first < 1 || !chunk_is(r, clause->first - 1, CHUNK_STOP) ||
        !token_is_mark(r, chunk_at(r, clause->first - 1)->first, ':'))
        return -1;
    const struct chunk *subject = chunk_at(r, clause->subject);
    bool other_subject = subject && !token_has(r, subject->first, IS_PRONOUN);
    list_each (const struct clause, other, &r->clauses)
        if (other->end == clause->first - 1 && !other->phrase) /* "El 3 de mayo ocurrió: Orbex cerró" */
            return other_subject && !clause_states(r, other, "event") ? -1 : clause_time(r, other);
    return -1;
}

/* "In 1884 they met and chose it": a date in front holds for all that the subject did. */
static int fronted_time(const struct reading *r, const struct clause *host)
{
    if (!host || host->subject < 0)
        return -1;
    for (int i = host->first; i < host->subject; i++)
        if (chunk_is(r, i, CHUNK_TIME) && dates_deed(r, i) && !in_phrase(r, host, i))
            return chunk_at(r, i)->time;
    return -1;
}

/* "In 1763, A fell, and B gained the land": coordinated, told in the same tense. */
static bool goes_on(const struct reading *r, const struct clause *clause)
{
    const struct clause *host = clause_at(r, clause->parent);
    return host && !r->chapter->spanish && host->kind == CLAUSE_MAIN && clause->kind == CLAUSE_MAIN &&
           clause->connector < 0 && clause->first > 0 && chunk_is(r, clause->first - 1, CHUNK_COORDINATOR) &&
           token_is(r, chunk_at(r, clause->first - 1)->first, "and") &&
           chunk_at(r, host->verb)->verb.tense == chunk_at(r, clause->verb)->verb.tense;
}

int clause_time(const struct reading *r, const struct clause *clause)
{
    int found = taken_up(r, clause);
    if (found < 0)
        found = item_time(r, clause);
    bool lead = clause->lead_end > clause->lead;
    for (int i = lead ? clause->lead : clause->first; i < clause->end; i++) {
        if (lead && i == clause->lead_end)
            i = clause->first;
        if (!chunk_is(r, i, CHUNK_TIME) || !dates_deed(r, i) || in_phrase(r, clause, i))
            continue;
        int time = chunk_at(r, i)->time;
        if (found < 0) {
            found = time;
            continue;
        }
        /* "un mes después, en marzo": two ways to say one time. */
        struct time_value *x = &r->times.items[found].value, *y = &r->times.items[time].value;
        if (!x->year || (x->precision > y->precision && x->year == y->year))
            found = time;
        else if (y->year && (x->year != y->year || (x->month && y->month && x->month != y->month)))
            return -1;
    }
    if (found < 0 && !clause->phrase && (clause->shared || goes_on(r, clause)))
        found = fronted_time(r, clause_at(r, clause->parent));
    return found >= 0 ? found : explained_time(r, clause);
}

int bracket_of(const struct reading *r, int chunk)
{
    return chunk_is(r, chunk + 1, CHUNK_BRACKET) ? chunk + 1 : -1;
}

int bracket_time(const struct reading *r, int chunk)
{
    int bracket = bracket_of(r, chunk);
    if (bracket < 0)
        return -1;
    const struct chunk *b = chunk_at(r, bracket);
    int first = b->first + 1;
    while (first < b->end - 1 && (token_has(r, first, IS_PREPOSITION) || cue_is(r, first, CUE_ARTICLE) ||
                                  word_in(token_at(r, first)->form->low, "c,h,ca,hacia,circa,.")))
        first++;
    int time = token_at(r, first) ? token_at(r, first)->time : -1;
    if (time < 0 || r->times.items[time].duration || r->times.items[time].end != b->end - 1)
        return -1;
    return time;
}

const struct verb *clause_verb(const struct reading *r, const struct clause *clause)
{
    const struct chunk *verb = chunk_at(r, clause->verb);
    const struct form *form = token_at(r, verb->head)->form;
    for (int i = 0; i < form->verb_count; i++)
        if (str_equal(form->verbs[i].verb->lemma, verb->verb.lemma) || verb->verb.tail.len)
            return form->verbs[i].verb;
    return form->verb_count ? form->verbs[0].verb : NULL;
}

bool clause_states(const struct reading *r, const struct clause *clause, const char *relation)
{
    const struct verb *verb = clause_verb(r, clause);
    return verb && str_list_has(&verb->relations, str_from(relation));
}

struct str clause_opener(const struct reading *r, const struct clause *clause)
{
    for (int hops = 0; clause && hops < 8; hops++, clause = clause_at(r, clause->parent))
        if (clause->connector >= 0)
            return token_at(r, chunk_at(r, clause->connector)->first)->form->low;
    return (struct str){0};
}

int governed_noun(const struct reading *r, int first, int end, const char *prepositions)
{
    for (int i = first; i + 1 < end; i++) {
        const struct chunk *c = chunk_at(r, i);
        if (c->kind == CHUNK_PREPOSITION && chunk_is(r, i + 1, CHUNK_NOUN) &&
            word_in(token_at(r, c->first)->form->low, prepositions))
            return i + 1;
    }
    return -1;
}

int clause_doer(const struct reading *r, const struct clause *clause)
{
    return governed_noun(r, clause->verb + 1, clause->end, "por,by");
}
