#include "verify/chapter.h"

#include "base/buffer.h"
#include "base/hash.h"

#include <stdint.h>
#include <string.h>

/* How many places of the same pair of words are looked at, and how far a near quotation may be shifted against the
 * chapter: bounds that keep a hostile quotation from costing more than its length. */
enum { CHAIN_MAX = 48, SLACK = 8, VOTES_MAX = 96 };

/* A near quotation shares at least so much of its words. */
static const double NEAR = 0.75;

const struct term *chapter_term(const struct chapter *chapter, int place)
{
    const struct place *at = &chapter->row.items[place];
    return &chapter->pages.items[at->page].gist.terms.items[at->term];
}

static int id_at(const struct chapter *chapter, int place)
{
    return chapter_term(chapter, place)->word->id;
}

static size_t pair_slot(const struct chapter *chapter, int a, int b)
{
    return (size_t)hash_combine((uint64_t)a + 1, (uint64_t)b + 1) & (chapter->head_count - 1);
}

/* Chains run from the front of the chapter to its end. */
static void index_pairs(struct chapter *chapter)
{
    chapter->head_count = 64;
    while (chapter->head_count < chapter->row.count * 2)
        chapter->head_count *= 2;
    chapter->heads = arena_array(chapter->arena, chapter->head_count, sizeof *chapter->heads);
    chapter->next = arena_array(chapter->arena, chapter->row.count + 1, sizeof *chapter->next);
    for (size_t i = 0; i < chapter->head_count; i++)
        chapter->heads[i] = -1;
    for (int i = (int)chapter->row.count - 2; i >= 0; i--) {
        size_t slot = pair_slot(chapter, id_at(chapter, i), id_at(chapter, i + 1));
        chapter->next[i] = chapter->heads[slot];
        chapter->heads[slot] = i;
    }
}

static void add_page(struct chapter *chapter, int block)
{
    struct page page = {.block = block, .first = (int)chapter->row.count};
    gist_read(chapter->arena, chapter->lexis, chapter->doc->blocks.items[block].text, false, &page.gist);
    int index = (int)chapter->pages.count;
    for (size_t i = 0; i < page.gist.terms.count; i++)
        list_push(chapter->arena, &chapter->row, (struct place){index, (int)i});
    list_push(chapter->arena, &chapter->pages, page);
}

void chapter_lay_out(struct arena *arena, const struct document *doc, const struct facts *facts,
                     struct chapter *ret)
{
    *ret = (struct chapter){.arena = arena, .doc = doc, .facts = facts};
    ret->lexis = lexis_new(arena, doc->lang, facts);
    for (size_t i = 0; i < doc->blocks.count; i++)
        lexis_learn(ret->lexis, doc->blocks.items[i].text);
    for (size_t i = 0; i < doc->blocks.count; i++)
        add_page(ret, (int)i);
    index_pairs(ret);
}

/* ---- Word by word ---- */

static bool stands_at(const struct chapter *chapter, const struct gist *quote, int from, int end, int place)
{
    if (place + (end - from) > (int)chapter->row.count)
        return false;
    for (int i = from; i < end; i++)
        if (quote->terms.items[i].word->id != id_at(chapter, place + i - from))
            return false;
    return true;
}

/* The first place at or after `at_least` where words from … end-1 of the quotation stand; -1 if none. */
static int find_exact(const struct chapter *chapter, const struct gist *quote, int from, int end,
                      int at_least)
{
    const struct term *terms = quote->terms.items;
    if (end - from == 1) {
        for (int i = at_least; i < (int)chapter->row.count; i++)
            if (id_at(chapter, i) == terms[from].word->id)
                return i;
        return -1;
    }
    int place = chapter->heads[pair_slot(chapter, terms[from].word->id, terms[from + 1].word->id)];
    for (int tries = 0; place >= 0; place = chapter->next[place])
        if (place >= at_least && tries++ < 64 * CHAIN_MAX && stands_at(chapter, quote, from, end, place))
            return place;
    return -1;
}

static bool is_left_out(struct str between)
{
    return str_contains(between, STR("…")) || str_contains(between, STR("..."));
}

/* "the first words […] the last ones": every piece stands in the chapter, in order and not far from the one before. */
static bool find_pieces(const struct chapter *chapter, const struct gist *quote, struct quote_match *ret)
{
    enum { FAR = 120 };
    int count = (int)quote->terms.count, first = -1, end = 0;
    for (int from = 0; from < count;) {
        int to = from + 1;
        while (to < count && !is_left_out(str_slice(quote->text, quote->terms.items[to - 1].span.end,
                                                    quote->terms.items[to].span.start)))
            to++;
        int place = find_exact(chapter, quote, from, to, end);
        if (place < 0 || (first >= 0 && place - end > FAR))
            return false;
        first = first < 0 ? place : first;
        end = place + to - from;
        from = to;
    }
    *ret = (struct quote_match){.fit = QUOTE_EXACT, .first = first, .end = end};
    return first >= 0;
}

/* ---- Nearly ---- */

struct vote {
    int shift, count;
};

static void vote_for(struct vote *votes, int *count, int shift)
{
    for (int i = 0; i < *count; i++)
        if (votes[i].shift >= shift - 2 && votes[i].shift <= shift + 2) {
            votes[i].count++;
            return;
        }
    if (*count < VOTES_MAX)
        votes[(*count)++] = (struct vote){shift, 1};
}

/* Where most pairs of the quotation would have it begin; INT32_MIN if none occurs. */
static int best_shift(const struct chapter *chapter, const struct gist *quote)
{
    struct vote votes[VOTES_MAX];
    int count = 0, best = -1;
    for (int i = 0; i + 1 < (int)quote->terms.count; i++) {
        const struct term *term = &quote->terms.items[i];
        int place = chapter->heads[pair_slot(chapter, term[0].word->id, term[1].word->id)];
        for (int tries = 0; place >= 0 && tries < CHAIN_MAX; place = chapter->next[place], tries++)
            if (id_at(chapter, place) == term[0].word->id && id_at(chapter, place + 1) == term[1].word->id)
                vote_for(votes, &count, place - i);
    }
    for (int i = 0; i < count; i++)
        if (best < 0 || votes[i].count > votes[best].count)
            best = i;
    return best < 0 ? INT32_MIN : votes[best].shift;
}

enum step { STEP_SAME, STEP_CHANGED, STEP_EXTRA, STEP_MISSING };

struct alignment {
    enum step *steps;
    size_t count;
    int first, end; /* places that the quotation covers */
};

/* The cheapest way from the quotation to a stretch of the chapter; what the stretch has before and behind is free. */
static void align(struct arena *arena, const struct chapter *chapter, const struct gist *quote, int from,
                  int to, struct alignment *ret)
{
    size_t rows = quote->terms.count + 1, columns = (size_t)(to - from) + 1, best = 0;
    int *cost = arena_array(arena, rows * columns, sizeof *cost);
    unsigned char *via = arena_array(arena, rows * columns, sizeof *via);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            size_t at = i * columns + j;
            cost[at] = i ? INT32_MAX : 0;
            if (i && j) {
                bool same = quote->terms.items[i - 1].word->id == id_at(chapter, from + (int)j - 1);
                cost[at] = cost[at - columns - 1] + !same;
                via[at] = same ? STEP_SAME : STEP_CHANGED;
            }
            if (i && cost[at - columns] + 1 < cost[at])
                cost[at] = cost[at - columns] + 1, via[at] = STEP_EXTRA;
            if (i && j && cost[at - 1] + 1 < cost[at])
                cost[at] = cost[at - 1] + 1, via[at] = STEP_MISSING;
        }
    for (size_t j = 0; j < columns; j++)
        if (cost[(rows - 1) * columns + j] < cost[(rows - 1) * columns + best])
            best = j;
    *ret = (struct alignment){.steps = arena_array(arena, rows + columns, sizeof *ret->steps),
                              .end = from + (int)best};
    size_t i = rows - 1, j = best;
    while (i) {
        enum step step = via[i * columns + j];
        ret->steps[ret->count++] = step;
        i -= step != STEP_MISSING;
        j -= step != STEP_EXTRA;
    }
    ret->first = from + (int)j;
    for (size_t a = 0, b = ret->count; a + 1 < b; a++) {
        enum step kept = ret->steps[a];
        ret->steps[a] = ret->steps[--b];
        ret->steps[b] = kept;
    }
}

static struct str word_of(const struct gist *gist, int term)
{
    return gist_slice(gist, term, term + 1);
}

static struct str word_at(const struct chapter *chapter, int place)
{
    const struct place *at = &chapter->row.items[place];
    return word_of(&chapter->pages.items[at->page].gist, at->term);
}

static void weigh_difference(const struct term *term, struct quote_match *ret)
{
    ret->other_number |= term->word->number || term->word->month || term->word->count_word;
    ret->other_name |= term->capital;
    ret->other_negation |= term->negation;
}

/* "fundó [-la] empresa [Acme→Brasa]", and what sort of words differ. */
static void tell_difference(struct arena *arena, const struct chapter *chapter, const struct gist *quote,
                            const struct alignment *alignment, struct quote_match *ret)
{
    struct buffer out = {0};
    int i = 0, j = alignment->first;
    for (size_t n = 0; n < alignment->count; n++) {
        enum step step = alignment->steps[n];
        struct str given = step == STEP_MISSING ? (struct str){0} : word_of(quote, i);
        struct str stated = step == STEP_EXTRA ? (struct str){0} : word_at(chapter, j);
        if (step != STEP_SAME && step != STEP_MISSING)
            weigh_difference(&quote->terms.items[i], ret);
        if (step != STEP_SAME && step != STEP_EXTRA)
            weigh_difference(chapter_term(chapter, j), ret);
        buffer_add(&out, out.len ? STR(" ") : STR(""));
        if (step == STEP_SAME)
            buffer_add(&out, stated);
        else if (step == STEP_CHANGED)
            buffer_format(&out, "[%.*s→%.*s]", STR_ARG(given), STR_ARG(stated));
        else
            buffer_format(&out, step == STEP_EXTRA ? "[-%.*s]" : "[+%.*s]",
                          STR_ARG(step == STEP_EXTRA ? given : stated));
        i += step != STEP_MISSING;
        j += step != STEP_EXTRA;
    }
    ret->difference = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
}

static void find_near(struct arena *arena, const struct chapter *chapter, const struct gist *quote,
                      struct quote_match *ret)
{
    int shift = best_shift(chapter, quote), count = (int)quote->terms.count, same = 0;
    if (shift == INT32_MIN)
        return;
    int from = shift - SLACK < 0 ? 0 : shift - SLACK, to = shift + count + SLACK;
    to = to > (int)chapter->row.count ? (int)chapter->row.count : to;
    struct alignment alignment;
    align(arena, chapter, quote, from, to, &alignment);
    for (size_t i = 0; i < alignment.count; i++)
        same += alignment.steps[i] == STEP_SAME;
    if (same < NEAR * count || alignment.first >= alignment.end)
        return;
    *ret = (struct quote_match){.fit = QUOTE_NEAR, .first = alignment.first, .end = alignment.end};
    tell_difference(arena, chapter, quote, &alignment, ret);
}

void chapter_find_quote(struct arena *arena, const struct chapter *chapter, struct str quote,
                        struct quote_match *ret)
{
    struct gist gist;
    *ret = (struct quote_match){0};
    gist_read(arena, chapter->lexis, quote, false, &gist);
    if (!gist.terms.count || gist.terms.count > QUOTE_WORDS_MAX)
        return;
    if (!find_pieces(chapter, &gist, ret) && gist.terms.count > 2)
        find_near(arena, chapter, &gist, ret);
}

/* ---- From places to the document ---- */

static const struct page *page_of(const struct chapter *chapter, int place)
{
    return &chapter->pages.items[chapter->row.items[place].page];
}

void chapter_sentences(const struct chapter *chapter, int *first, int *end)
{
    const struct page *page = page_of(chapter, *first), *last = page_of(chapter, *end - 1);
    int sentence = chapter_term(chapter, *first)->sentence,
        last_sentence = chapter_term(chapter, *end - 1)->sentence;
    while (*first > page->first && chapter_term(chapter, *first - 1)->sentence == sentence)
        (*first)--;
    while (*end < last->first + (int)last->gist.terms.count &&
           chapter_term(chapter, *end)->sentence == last_sentence)
        (*end)++;
}

struct source chapter_source(struct arena *arena, const struct chapter *chapter, int first, int end)
{
    const struct page *page = page_of(chapter, first), *last = page_of(chapter, end - 1);
    const struct block *block = &chapter->doc->blocks.items[page->block],
                       *last_block = &chapter->doc->blocks.items[last->block];
    struct span from = chapter_term(chapter, first)->span, to = chapter_term(chapter, end - 1)->span;
    struct source source = {.file = chapter->doc->path};
    source.start = block_source(block, from).start;
    source.end = block_source(last_block, to).end;
    document_position(chapter->doc, source.start, &source.line, &source.column);
    if (page == last)
        source.quote = str_slice(block->text, from.start, to.end);
    else
        source.quote =
            str_format(arena, "%.*s … %.*s", STR_ARG(str_slice(block->text, from.start, block->text.len)),
                       STR_ARG(str_slice(last_block->text, 0, to.end)));
    return source;
}

bool chapter_fact_within(const struct chapter *chapter, const struct fact *fact, int first, int end)
{
    const struct sentence *sentence = &chapter->doc->sentences.items[fact->sentence];
    for (int page = chapter->row.items[first].page; page <= chapter->row.items[end - 1].page; page++) {
        const struct page *at = &chapter->pages.items[page];
        int last = at->first + (int)at->gist.terms.count;
        int a = first > at->first ? first : at->first, b = end < last ? end : last;
        if (at->block == sentence->block && a < b &&
            chapter_term(chapter, a)->span.start < sentence->text.end &&
            chapter_term(chapter, b - 1)->span.end > sentence->text.start)
            return true;
    }
    return false;
}
