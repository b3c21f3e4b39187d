/* Does the answer stand in the passage, or follow from it? */
#include "verify/checking.h"
#include "verify/passage.h"

#include "base/translate.h"
#include "cards/lint.h"

static const double ENOUGH = 0.7, SOME = 0.34;

/* The one find of a kind that is all that the answer says; NULL if it says more or less. */
static const struct find *whole_find(const struct gist *gist, enum find_kind kind)
{
    const struct find *found = NULL;
    list_each (const struct find, find, &gist->finds) {
        if (find->kind == kind && found)
            return NULL;
        found = find->kind == kind ? find : found;
    }
    for (int i = 0; found && i < (int)gist->terms.count; i++)
        if ((i < found->first || i >= found->end) && gist->terms.items[i].capital)
            return NULL;
    return found;
}

static bool is_only_date(const struct gist *gist, const struct find *date)
{
    int others = 0;
    for (int i = 0; i < (int)gist->terms.count; i++)
        others += (i < date->first || i >= date->end) && term_is_content(&gist->terms.items[i]);
    return others <= 2;
}

/* Elsewhere in the chapter, word by word. */
static bool stands_elsewhere(const struct checking *c)
{
    struct quote_match match;
    chapter_find_quote(c->arena, c->chapter, c->draft->card.answer, &match);
    return match.fit == QUOTE_EXACT;
}

static void blame_missing(struct checking *c)
{
    blame(c, stands_elsewhere(c) ? ANSWER_ELSEWHERE : ANSWER_UNSUPPORTED, NULL);
}

/* ---- Dates ---- */

static void check_date(struct checking *c, const struct find *said)
{
    struct spots spots = {0};
    double fits = 0;
    passage_spots(c->arena, c->chapter, c->first, c->end, FIND_DATE, &spots);
    list_each (const struct spot, spot, &spots) {
        double from = date_fits(&said->from, &spot->find->from), to = date_fits(&said->to, &spot->find->to);
        double both = from < to ? from : to;
        bool inferred = said->from.year && !spot->find->from.year;
        fits = !inferred && both > fits ? both : fits;
    }
    if (fits == 0 && passage_time_fits(c, &said->from) > 0)
        return;
    if (fits > 0)
        return;
    list_each (const struct spot, spot, &spots)
        if (!spot->find->from.year && date_fits(&said->from, &spot->find->from) > 0) {
            blame(c, ANSWER_PARTLY, _("the year is not in it"));
            return;
        }
    if (spots.count)
        blame(c, OTHER_ANSWER, "%.*s",
              STR_ARG(str_slice(
                  c->chapter->pages.items[c->chapter->row.items[spots.items[0].place].page].gist.text,
                  spots.items[0].find->span.start, spots.items[0].find->span.end)));
    else
        blame_missing(c);
}

/* ---- Amounts ---- */

static bool passage_has_amount(const struct checking *c, const struct find *said)
{
    struct spots spots = {0};
    passage_spots(c->arena, c->chapter, c->first, c->end, FIND_AMOUNT, &spots);
    list_each (const struct spot, spot, &spots)
        if (amount_same_value(&spot->find->amount, &said->amount))
            return true;
    list_each (const struct fact, fact, c->chapter->facts)
        if (chapter_fact_within(c->chapter, fact, c->first, c->end))
            list_each (const struct filler, filler, &fact->roles) {
                struct amount amount;
                if (amount_parse(lexis_language(c->chapter->lexis), c->arena, filler->text, &amount) &&
                    amount_same_value(&amount, &said->amount))
                    return true;
            }
    return false;
}

/* "three works" may follow from a list of three names. */
static bool is_count_of_names(const struct checking *c, const struct find *said)
{
    struct spots names = {0};
    passage_spots(c->arena, c->chapter, c->first, c->end, FIND_NAME, &names);
    return said->amount.values[0] >= 2 && said->amount.values[0] <= (double)names.count &&
           !c->answer.terms.items[said->first].word->number;
}

static void check_amount(struct checking *c, const struct find *said)
{
    if (passage_has_amount(c, said))
        return;
    struct spots spots = {0};
    passage_spots(c->arena, c->chapter, c->first, c->end, FIND_AMOUNT, &spots);
    if (is_count_of_names(c, said))
        blame(c, ANSWER_PARTLY, NULL);
    else if (spots.count)
        blame(c, OTHER_ANSWER, "%.*s",
              STR_ARG(str_slice(
                  c->chapter->pages.items[c->chapter->row.items[spots.items[0].place].page].gist.text,
                  spots.items[0].find->span.start, spots.items[0].find->span.end)));
    else
        blame_missing(c);
}

/* ---- Words ---- */

static bool is_in_passage(const struct checking *c, const struct term *term)
{
    if (passage_word(c->chapter, c->first, c->end, term->word) >= 0)
        return true;
    int name = term->name;
    int entity = name >= 0 ? c->answer.finds.items[name].entity : -1;
    return entity >= 0 && (passage_names(c->chapter, c->first, c->end, entity) || passage_means(c, entity));
}

static bool is_named_before(const struct checking *c, const struct term *term)
{
    enum { NEAR_PLACES = 90 };
    int start = passage_section_start(c->chapter, c->first);
    start = start < c->first - NEAR_PLACES ? c->first - NEAR_PLACES : start;
    return passage_word(c->chapter, start, c->first, term->word) >= 0 || passage_heading_has(c, term->word);
}

/* "ninguno", "no", "none": right where the passage denies. */
static bool is_denial(const struct checking *c)
{
    bool only = c->answer.terms.count > 0 && c->answer.terms.count <= 2;
    for (size_t i = 0; i < c->answer.terms.count; i++)
        only &= c->answer.terms.items[i].negation || c->answer.terms.items[i].word->function ||
                (c->answer.terms.items[i].word->count_word && c->answer.terms.items[i].word->value == 0);
    for (int place = c->first; only && place < c->end; place++)
        if (chapter_term(c->chapter, place)->negation)
            return true;
    return false;
}

static void check_words(struct checking *c)
{
    double all = 0, found = 0, before = 0;
    bool name_missing = false;
    list_each (const struct term, term, &c->answer.terms) {
        if (!term_is_content(term))
            continue;
        double weight = term->capital || term->word->number ? 2 : 1;
        bool here = is_in_passage(c, term), near = !here && is_named_before(c, term);
        all += weight;
        found += here ? weight : 0;
        before += near ? weight : 0;
        name_missing |= !here && (term->word->number || (term->capital && term != c->answer.terms.items));
    }
    double share = all > 0 ? found / all : 1;
    if (share >= ENOUGH && !name_missing)
        return;
    if (all > 0 && (found + before) / all >= ENOUGH)
        blame(c, ANSWER_PARTLY, _("some of it stands before the passage"));
    else if (share >= SOME && !name_missing)
        blame(c, ANSWER_PARTLY, NULL);
    else
        blame_missing(c);
}

/* A statement that is said to be true has its words in the passage; one that is said to be false nobody can check. */
static void check_statement(struct checking *c)
{
    struct str key = lint_key(c->arena, c->draft->card.answer);
    bool is_true = str_equal(key, STR("verdadero")) || str_equal(key, STR("true"));
    int all = 0, found = 0;
    list_each (const struct term, term, &c->prompt.terms) {
        all += term_is_content(term);
        found += term_is_content(term) && passage_word(c->chapter, c->first, c->end, term->word) >= 0;
    }
    if (!is_true || found < ENOUGH * all)
        blame(c, ANSWER_PARTLY, NULL);
}

void check_answer(struct checking *c)
{
    const struct find *date = whole_find(&c->answer, FIND_DATE),
                      *amount = whole_find(&c->answer, FIND_AMOUNT);
    if (c->draft->card.kind == CARD_TRUEFALSE)
        check_statement(c);
    else if (is_denial(c))
        return;
    else if (date && is_only_date(&c->answer, date))
        check_date(c, date);
    else if (amount)
        check_amount(c, amount);
    else
        check_words(c);
}
