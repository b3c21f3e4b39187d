/* What the text denies, has heard, promises or supposes must not become a plain fact. */
#include "verify/checking.h"
#include "verify/passage.h"

#include "base/translate.h"

#include <stdint.h>

enum { BEFORE_VERB = 6 };

/* The words of a stretch in small letters, for phrases. */
struct lows {
    struct str *items;
    size_t count;
};

static struct lows lows_of_gist(struct arena *arena, const struct gist *gist)
{
    struct lows lows = {arena_array(arena, gist->terms.count + 1, sizeof *lows.items), gist->terms.count};
    for (size_t i = 0; i < lows.count; i++)
        lows.items[i] = gist->terms.items[i].word->low;
    return lows;
}

static struct lows lows_of_passage(const struct checking *c, int first, int end)
{
    struct lows lows = {arena_array(c->arena, (size_t)(end - first) + 1, sizeof *lows.items),
                        (size_t)(end - first)};
    for (int place = first; place < end; place++)
        lows.items[place - first] = chapter_term(c->chapter, place)->word->low;
    return lows;
}

static bool has_phrase(const struct checking *c, const struct lows *lows, enum phrase_kind kind)
{
    return language_find_phrase(lexis_language(c->chapter->lexis), kind, lows->items, lows->count, NULL) !=
           SIZE_MAX;
}

static bool has_verb_of(const struct lexeme *word, struct str relation)
{
    for (int i = 0; i < 2; i++)
        if (word->verbs[i] && word->verbs[i]->relations.count &&
            str_equal(word->verbs[i]->relations.items[0], relation))
            return true;
    return false;
}

/* ---- Not ---- */

/* "no solo … sino", "not only": denies nothing. */
static bool denies(const struct term *term, const struct term *next)
{
    static const char *const only[] = {"solo", "sólo", "solamente", "only", "just", "merely", NULL};
    for (const char *const *word = only; next && *word; word++)
        if (str_equal(next->word->low, str_from(*word)))
            return false;
    return term->negation;
}

/* "no publicó", "did not publish": a denial of a verb, not "sin éxito". */
static bool gist_denies_verb(const struct gist *gist)
{
    for (size_t i = 0; i + 1 < gist->terms.count; i++)
        if (denies(&gist->terms.items[i], &gist->terms.items[i + 1]))
            for (size_t k = i + 1; k < gist->terms.count && k <= i + 2; k++)
                if (gist->terms.items[k].word->finite)
                    return true;
    return false;
}

static bool gist_denies(const struct gist *gist)
{
    for (size_t i = 0; i < gist->terms.count; i++)
        if (denies(&gist->terms.items[i], i + 1 < gist->terms.count ? &gist->terms.items[i + 1] : NULL))
            return true;
    return false;
}

/* The clause of the passage that has most of what the question and its answer say. */
struct stretch {
    int first, end;
};

static struct stretch relevant_clause(const struct checking *c)
{
    struct stretch best = {c->first, c->end};
    double most = 0;
    for (int start = c->first; start < c->end;) {
        int clause = chapter_term(c->chapter, start)->clause,
            sentence = chapter_term(c->chapter, start)->sentence;
        int page = c->chapter->row.items[start].page, end = start;
        while (end < c->end && chapter_term(c->chapter, end)->clause == clause &&
               chapter_term(c->chapter, end)->sentence == sentence && c->chapter->row.items[end].page == page)
            end++;
        double score = 0;
        list_each (const struct term, term, &c->prompt.terms)
            score += term_is_content(term) && passage_word(c->chapter, start, end, term->word) >= 0;
        list_each (const struct term, term, &c->answer.terms)
            score += term_is_content(term) && passage_word(c->chapter, start, end, term->word) >= 0 ? 1.5 : 0;
        if (score > most)
            most = score, best = (struct stretch){start, end};
        start = end;
    }
    return best;
}

/* The question has the denying word itself: "failed to". */
static bool question_has(const struct checking *c, const struct lexeme *word)
{
    list_each (const struct term, term, &c->prompt.terms)
        if (lexeme_form(term->word, word))
            return true;
    return false;
}

/* A denial a few words before, with neither a comma nor a conjunction between. */
static bool is_denied_at(const struct checking *c, int place, int first)
{
    for (int before = place - 1; before >= first && before >= place - BEFORE_VERB; before--) {
        const struct term *term = chapter_term(c->chapter, before),
                          *next = chapter_term(c->chapter, before + 1);
        if (next->boundary >= 2 || term->word->coordinator)
            return false;
        if ((denies(term, next) || has_verb_of(term->word, STR("refuse"))) && !question_has(c, term->word))
            return true;
    }
    return false;
}

/* A denied verb with the answer behind it, and neither a comma nor a bracket between them. */
static bool denies_answer(const struct checking *c, int place, struct stretch clause)
{
    bool verb =
        place > clause.first && chapter_term(c->chapter, place - 1)->word->is_verb; /* "was no longer" */
    for (int next = place + 1; next < clause.end; next++) {
        const struct term *term = chapter_term(c->chapter, next);
        if (term->boundary >= 2)
            return false;
        verb |= term->word->is_verb && term->word->lemmas[0] >= 0;
        list_each (const struct term, said, &c->answer.terms)
            if (verb && term_is_content(said) && lexeme_form(said->word, term->word))
                return true;
    }
    return false;
}

/* A verb of the question stands denied in the clause; or, where the question has none of its verbs, a denial leads to
 * the answer. */
static bool clause_denies(const struct checking *c, struct stretch clause)
{
    bool verb = false, denied = false, any = false;
    for (int place = clause.first; place < clause.end; place++) {
        const struct term *term = chapter_term(c->chapter, place);
        any |= denies(term, place + 1 < c->end ? chapter_term(c->chapter, place + 1) : NULL) &&
               !question_has(c, term->word) && denies_answer(c, place, clause);
        if (!term->word->is_verb || term->word->lemmas[0] < 0)
            continue;
        list_each (const struct term, asked, &c->prompt.terms)
            if (asked->word->is_verb && lexeme_form(asked->word, term->word)) {
                verb = true;
                denied |= is_denied_at(c, place, clause.first);
            }
    }
    return verb ? denied : any;
}

static bool passage_denies(const struct checking *c)
{
    for (int place = c->first; place < c->end; place++)
        if (chapter_term(c->chapter, place)->negation)
            return true;
    return false;
}

static void check_not(struct checking *c)
{
    bool asked = gist_denies(&c->prompt) || gist_denies(&c->answer);
    if (c->answer.terms.count && c->answer.terms.items[0].word->count_word &&
        c->answer.terms.items[0].word->value == 0)
        asked = true;
    if (!asked && clause_denies(c, relevant_clause(c)))
        blame(c, DROPPED_NOT, NULL);
    if (gist_denies_verb(&c->prompt) && !passage_denies(c))
        blame(c, ADDED_NOT, NULL);
}

/* ---- Heard, promised, supposed ---- */

static bool question_promises(const struct checking *c, const struct lows *lows)
{
    if (has_phrase(c, lows, PHRASE_PROMISE) || has_phrase(c, lows, PHRASE_RUMOUR) ||
        has_phrase(c, lows, PHRASE_HYPOTHESIS))
        return true;
    list_each (const struct term, term, &c->prompt.terms)
        for (int i = 0; i < 2; i++)
            if (term->word->verbs[i] &&
                (term->word->verbs[i]->attitude || has_verb_of(term->word, STR("promise"))))
                return true;
    return false;
}

static bool passage_promises(const struct checking *c, struct stretch clause, const struct lows *lows)
{
    if (has_phrase(c, lows, PHRASE_PROMISE))
        return true;
    for (int place = clause.first; place < clause.end; place++)
        if (has_verb_of(chapter_term(c->chapter, place)->word, STR("promise")))
            return true;
    return false;
}

/* "quizás", "could": one word in front of the answer. "For instance" supposes nothing, nor does May. */
static bool is_supposed(const struct checking *c, struct stretch clause, const struct lows *lows)
{
    for (size_t i = 0; i < lows->count; i++)
        if (!chapter_term(c->chapter, clause.first + (int)i)->capital &&
            language_phrase(lexis_language(c->chapter->lexis), PHRASE_HYPOTHESIS, lows->items + i,
                            lows->count - i, NULL) == 1)
            return true;
    return false;
}

/* From the start of the clause's sentence: "según los rumores, …" rules what follows. */
static struct stretch sentence_up_to(const struct checking *c, struct stretch clause)
{
    int sentence = chapter_term(c->chapter, clause.first)->sentence;
    while (clause.first > c->first && chapter_term(c->chapter, clause.first - 1)->sentence == sentence &&
           c->chapter->row.items[clause.first - 1].page == c->chapter->row.items[clause.first].page)
        clause.first--;
    return clause;
}

/* What rules the answer stands before it: in "two variants, and the promise of a third" the two are facts. */
static struct stretch up_to_answer(const struct checking *c, struct stretch clause)
{
    int last = -1;
    list_each (const struct term, term, &c->answer.terms) {
        int place =
            term_is_content(term) ? passage_word(c->chapter, clause.first, clause.end, term->word) : -1;
        last = place > last ? place : last;
    }
    if (last >= 0)
        clause.end = last + 1;
    return clause;
}

static void check_reported(struct checking *c)
{
    struct stretch clause = relevant_clause(c), led = sentence_up_to(c, clause);
    clause = up_to_answer(c, clause);
    struct lows question = lows_of_gist(c->arena, &c->prompt),
                passage = lows_of_passage(c, led.first, led.end),
                here = lows_of_passage(c, clause.first, clause.end);
    bool rumour = has_phrase(c, &question, PHRASE_RUMOUR);
    if (has_phrase(c, &passage, PHRASE_RUMOUR) && !rumour)
        blame(c, DROPPED_HEDGE, NULL);
    else if (passage_promises(c, clause, &here) && !question_promises(c, &question))
        blame(c, DROPPED_HEDGE, NULL);
    else if (is_supposed(c, clause, &here) && !has_phrase(c, &question, PHRASE_HYPOTHESIS) && !rumour)
        blame(c, DROPPED_HEDGE, NULL);
}

void check_hedge(struct checking *c)
{
    check_not(c);
    check_reported(c);
}
