/* Do the names, dates and numbers of the question belong to the passage? */
#include "verify/checking.h"
#include "verify/passage.h"

#include "text/text.h"

/* A name may be carried on from so many words before. */
enum { CARRIED_PLACES = 160 };

static int near_start(const struct checking *c)
{
    return c->first > CARRIED_PLACES ? c->first - CARRIED_PLACES : 0;
}

/* Whom the whole chapter is about may be named in any question. */
static bool is_topic(const struct checking *c, int entity)
{
    const struct entities *entities = &c->chapter->facts->entities;
    int most = 0;
    for (size_t i = 0; i < entities->count; i++)
        most = entities->items[i].mentions > most ? entities->items[i].mentions : most;
    return entities->items[entity].mentions > 4 && entities->items[entity].mentions * 2 > most;
}

static struct str find_text(const struct gist *gist, const struct find *find)
{
    return str_slice(gist->text, find->span.start, find->span.end);
}

static bool heading_names(const struct checking *c, const struct find *find)
{
    for (int i = find->first; i < find->end; i++)
        if (!passage_heading_has(c, c->prompt.terms.items[i].word))
            return false;
    return true;
}

static bool names_entity(const struct gist *gist, int entity)
{
    list_each (const struct find, find, &gist->finds)
        if (find->kind == FIND_NAME && find->entity == entity)
            return true;
    return false;
}

/* "Zeta" and "Zeta 2" are of one family: one may stand for the other. */
static bool shares_word(const struct checking *c, int a, int b)
{
    struct gist x, y;
    gist_read(c->arena, c->chapter->lexis, c->chapter->facts->entities.items[a].name, false, &x);
    gist_read(c->arena, c->chapter->lexis, c->chapter->facts->entities.items[b].name, false, &y);
    list_each (const struct term, term, &x.terms)
        list_each (const struct term, other, &y.terms)
            if (term_is_content(term) && !term->word->number && term->word->id == other->word->id)
                return true;
    return false;
}

/* The passage speaks of something else of the same sort, which neither question nor answer names. */
static bool has_rival(const struct checking *c, int entity)
{
    const struct entity *entities = c->chapter->facts->entities.items;
    struct spots spots = {0};
    passage_spots(c->arena, c->chapter, c->quote.first, c->quote.end, FIND_NAME, &spots);
    list_each (const struct spot, spot, &spots)
        if (entities[spot->find->entity].type == entities[entity].type &&
            entities[entity].type != ENTITY_UNKNOWN && !shares_word(c, entity, spot->find->entity) &&
            !names_entity(&c->prompt, spot->find->entity) && !names_entity(&c->answer, spot->find->entity))
            return true;
    return false;
}

static void check_name(struct checking *c, const struct find *find)
{
    if (passage_names(c->chapter, c->first, c->end, find->entity) || passage_means(c, find->entity))
        return;
    bool whole = true; /* its words stand there, though not as this name */
    for (int i = find->first; i < find->end; i++)
        whole &= passage_word(c->chapter, c->first, c->end, c->prompt.terms.items[i].word) >= 0;
    bool before =
        is_topic(c, find->entity) || passage_names(c->chapter, near_start(c), c->first, find->entity);
    if (whole || (before && !has_rival(c, find->entity)) || heading_names(c, find))
        return;
    blame(c, NAME_ELSEWHERE, "%.*s", STR_ARG(find_text(&c->prompt, find)));
}

/* Words that look like names and are none that the chapter is known to have. */
static void check_stranger(struct checking *c, const struct term *term, bool first)
{
    const struct lexeme *word = term->word;
    if (!term->capital || first || term->name >= 0 || word->function || word->month || !term_is_content(term))
        return;
    if (passage_word(c->chapter, near_start(c), c->end, word) >= 0 || passage_heading_has(c, word))
        return;
    struct sense sense;
    if (language_sense(lexis_language(c->chapter->lexis),
                       gist_slice(&c->prompt, (int)(term - c->prompt.terms.items),
                                  (int)(term - c->prompt.terms.items) + 1),
                       SENSE_STOP_NAME, &sense))
        return;
    if (word->known)
        blame(c, NAME_ELSEWHERE, "%.*s", STR_ARG(word->low));
    else if (!language_is_ordinary(lexis_language(c->chapter->lexis), word->low))
        blame(c, OTHER_NAME, "%.*s", STR_ARG(word->low));
}

static bool date_is_near(const struct checking *c, const struct date *date)
{
    struct spots spots = {0};
    passage_spots(c->arena, c->chapter, near_start(c), c->end, FIND_DATE, &spots);
    list_each (const struct spot, spot, &spots)
        if (date_fits(date, &spot->find->from) > 0 || date_fits(date, &spot->find->to) > 0 ||
            (date->year > spot->find->from.year && date->year < spot->find->to.year))
            return true;
    return passage_time_fits(c, date) > 0;
}

static void check_date(struct checking *c, const struct find *find)
{
    if (date_is_near(c, &find->from) || heading_names(c, find))
        return;
    blame(c, OTHER_NUMBER, "%.*s", STR_ARG(find_text(&c->prompt, find)));
}

/* Only figures: "two projects of Acme" counts what the question lists. */
static void check_number(struct checking *c, const struct term *term)
{
    if (!term->word->number || term->name >= 0)
        return;
    if (passage_word(c->chapter, near_start(c), c->end, term->word) >= 0 ||
        passage_heading_has(c, term->word))
        return;
    blame(c, OTHER_NUMBER, "%.*s", STR_ARG(term->word->low));
}

static bool inside_date(const struct gist *gist, int term)
{
    list_each (const struct find, find, &gist->finds)
        if (find->kind == FIND_DATE && term >= find->first && term < find->end)
            return true;
    return false;
}

void check_prompt(struct checking *c)
{
    list_each (const struct find, find, &c->prompt.finds) {
        if (find->kind == FIND_NAME)
            check_name(c, find);
        else if (find->kind == FIND_DATE)
            check_date(c, find);
    }
    int sentence = -1;
    for (int i = 0; i < (int)c->prompt.terms.count; i++) {
        const struct term *term = &c->prompt.terms.items[i];
        bool first = term->sentence != sentence;
        sentence = term->sentence;
        check_stranger(c, term, first);
        if (!inside_date(&c->prompt, i))
            check_number(c, term);
    }
}
