#include "verify/passage.h"

static const struct page *page_at(const struct chapter *chapter, int place)
{
    return &chapter->pages.items[chapter->row.items[place].page];
}

void passage_spots(struct arena *arena, const struct chapter *chapter, int first, int end,
                   enum find_kind kind, struct spots *ret)
{
    for (int page = chapter->row.items[first].page; page <= chapter->row.items[end - 1].page; page++) {
        const struct page *at = &chapter->pages.items[page];
        list_each (const struct find, find, &at->gist.finds) {
            int place = at->first + find->first;
            if (find->kind == kind && place >= first && place < end)
                list_push(arena, ret, (struct spot){find, place, at->first + find->end});
        }
    }
}

bool passage_names(const struct chapter *chapter, int first, int end, int entity)
{
    for (int place = first; place < end; place++) {
        const struct term *term = chapter_term(chapter, place);
        if (term->name >= 0 && page_at(chapter, place)->gist.finds.items[term->name].entity == entity)
            return true;
    }
    return false;
}

int passage_section_start(const struct chapter *chapter, int first)
{
    const struct document *doc = chapter->doc;
    int page = chapter->row.items[first].page,
        section = doc->blocks.items[chapter->pages.items[page].block].section;
    while (page > 0 && doc->blocks.items[chapter->pages.items[page - 1].block].section == section)
        page--;
    return chapter->pages.items[page].first;
}

bool passage_means(const struct checking *c, int entity)
{
    list_each (const struct fact, fact, c->chapter->facts) {
        if (!chapter_fact_within(c->chapter, fact, c->first, c->end))
            continue;
        list_each (const struct filler, filler, &fact->roles)
            if (filler->entity >= 0 && lexis_entity(c->chapter->lexis, filler->entity) == entity)
                return true;
    }
    return false;
}

double date_fits(const struct date *said, const struct date *stated)
{
    const int pairs[][2] = {
        {said->year, stated->year}, {said->month, stated->month}, {said->day, stated->day}};
    bool less = false;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (pairs[i][0] && pairs[i][1] && pairs[i][0] != pairs[i][1])
            return 0;
        less |= pairs[i][1] && !pairs[i][0];
    }
    return less ? 0.6 : 1;
}

double passage_time_fits(const struct checking *c, const struct date *date)
{
    double best = 0;
    list_each (const struct fact, fact, c->chapter->facts) {
        const struct time_value *time = &fact->time;
        if (!time->year || !chapter_fact_within(c->chapter, fact, c->first, c->end))
            continue;
        const struct date from = {time->year, time->month, time->day, false, 0};
        const struct date to = {time->end_year, time->end_month, time->end_day, false, 0};
        double fits = date_fits(date, &from);
        if (time->range && date_fits(date, &to) > fits)
            fits = date_fits(date, &to);
        best = fits > best ? fits : best;
    }
    return best;
}

int passage_word(const struct chapter *chapter, int first, int end, const struct lexeme *word)
{
    for (int place = first; place < end; place++)
        if (lexeme_form(chapter_term(chapter, place)->word, word))
            return place;
    return -1;
}

bool passage_heading_has(const struct checking *c, const struct lexeme *word)
{
    const struct document *doc = c->chapter->doc;
    int section = doc->blocks.items[page_at(c->chapter, c->first)->block].section;
    for (int depth = 0; section >= 0 && depth < 8; depth++, section = doc->sections.items[section].parent) {
        struct gist title;
        gist_read(c->arena, c->chapter->lexis, doc->sections.items[section].title, false, &title);
        list_each (const struct term, term, &title.terms)
            if (lexeme_form(term->word, word))
                return true;
    }
    struct gist title;
    gist_read(c->arena, c->chapter->lexis, doc->title, false, &title);
    list_each (const struct term, term, &title.terms)
        if (lexeme_form(term->word, word))
            return true;
    return false;
}

/* Roles that have one filler for the rest of the fact: another answer contradicts it. */
static const struct {
    const char *relation, *roles;
} functional[] = {
    {"release", "agent,time"}, {"found", "agent,time,place"},
    {"role", "person,org"},    {"rename", "old,new"},
    {"span", "time"},          {"born", "time,place"},
    {"died", "time,place"},    {"size", "value"},
    {"quantity", "value"},     {"offer", "money"},
    {"successor", "old"},      {"origin", "place"},
    {"member", "category"},    {"part-of", "whole"},
    {"stands-for", "meaning"}, {"deed", "time,agent"},
    {"refuse", "agent"},       {"accept", "agent"},
    {"promise", "agent"},
};

bool role_is_functional(struct str relation, struct str role)
{
    for (size_t i = 0; i < sizeof functional / sizeof *functional; i++) {
        struct str rest = str_from(functional[i].roles), one;
        if (!str_equal(relation, str_from(functional[i].relation)))
            continue;
        while (str_split(&rest, ',', &one))
            if (str_equal(one, role))
                return true;
    }
    return false;
}
