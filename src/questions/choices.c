/* Two wrong options beside the right one: real fillers of the same kind from the chapter, never invented. */
#include "questions/index.h"
#include "questions/writer.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "text/text.h"

#include <math.h>

/* So many candidates are looked at, however large the chapter is. */
enum { MOST_STEPS = 300 };

struct option {
    struct lure lure;
    double score;
};

struct options {
    struct option *items;
    size_t count, capacity;
};

static bool is_taken(const struct options *options, struct str text)
{
    list_each (struct option, option, options)
        if (str_equal(option->lure.text, text))
            return true;
    return false;
}

struct chooser {
    const struct writer *w;
    const struct question *q;
    struct str answer, prompt; /* folded */
    struct str_list forms;     /* the accepted ones, folded */
    struct options options;    /* best first */
};

/* Aliases, parts and wholes of the answer would be half right. */
static bool is_close_to_answer(const struct chooser *c, struct str key)
{
    list_each (const struct str, form, &c->forms)
        if (str_contains(*form, key) || str_contains(key, *form))
            return true;
    return str_contains(c->answer, key) || str_contains(key, c->answer) || str_contains(c->prompt, key);
}

static bool is_like(struct str a, struct str b)
{
    size_t x = utf8_count(a), y = utf8_count(b);
    return x <= 2 * y + 4 && y <= 2 * x + 4;
}

static bool shares_name(const struct question *q, const struct fact *fact)
{
    list_each (const struct filler, filler, &fact->roles)
        for (size_t j = 0; j < q->fact->roles.count && j < 32; j++)
            if ((q->named >> j & 1) && filler->entity >= 0 &&
                filler->entity == q->fact->roles.items[j].entity)
                return true;
    return false;
}

/* Fills the asked role in any fact that fits the prompt; whoever fills it very often is taken to. */
static bool makes_it_true(const struct chooser *c, int entity)
{
    const struct writer *w = c->w;
    int steps = 0, at = index_entity(w->index, c->q->fact->relation, c->q->asked, entity);
    for (; at >= 0; at = multimap_next(&w->index->fillers, at))
        if (++steps == MOST_STEPS ||
            shares_name(c->q, &w->facts->items[multimap_value(&w->index->fillers, at)]))
            return true;
    return false;
}

/* "¿Quién era la directora …?" tells a woman from a man. */
static bool differs_in_gender(const struct writer *w, const struct entity *a, const struct entity *b)
{
    return w->spanish && a->gender && b->gender && a->gender != b->gender;
}

static bool stands_in(const struct fact *fact, int entity)
{
    list_each (const struct filler, filler, &fact->roles)
        if (filler->entity == entity)
            return true;
    return false;
}

/* Two names of one thing, or a thing and its part: Bombay would be right where Mumbai is. */
static bool are_linked(const struct writer *w, int a, int b)
{
    static const char *const links[][2] = {
        {"rename", "old"},   {"rename", "new"},    {"also-known", "name"}, {"also-known", "alias"},
        {"part-of", "part"}, {"part-of", "whole"}, {"stands-for", "sign"}, {"stands-for", "meaning"}};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        int at = index_entity(w->index, str_from(links[i][0]), str_from(links[i][1]), a);
        for (; at >= 0; at = multimap_next(&w->index->fillers, at))
            if (stands_in(&w->facts->items[multimap_value(&w->index->fillers, at)], b))
                return true;
    }
    return false;
}

static bool fits_as_entity(const struct chooser *c, const struct pool_item *item)
{
    const struct entity *all = c->w->facts->entities.items;
    int right = fact_role(c->q->fact, c->q->asked)->entity, other = item->lure.entity;
    return other != right && !differs_in_gender(c->w, &all[right], &all[other]) &&
           is_like(all[other].name, all[right].name) && !is_close_to_answer(c, item->key) &&
           !makes_it_true(c, other) && !are_linked(c->w, other, right);
}

static bool fits_as_time(const struct chooser *c, const struct pool_item *item)
{
    return fabs(item->place - time_position(&c->q->fact->time)) >= 20 &&
           !str_equal(item->lure.text, c->q->answer) && !str_contains(c->q->prompt, item->lure.text);
}

static bool fits_as_value(const struct chooser *c, const struct pool_item *item)
{
    return item->fact != c->q->fact && is_like(item->lure.text, fact_role(c->q->fact, c->q->asked)->text) &&
           !is_close_to_answer(c, item->key);
}

static bool is_before(const struct option *a, const struct option *b)
{
    return a->score != b->score ? a->score > b->score : str_compare(a->lure.text, b->lure.text) < 0;
}

static void add(struct chooser *c, struct option option)
{
    list_push(c->w->scratch, &c->options, option);
    for (size_t i = c->options.count - 1; i > 0; i--) {
        struct option *here = &c->options.items[i], before = here[-1];
        if (is_before(&before, here))
            return;
        here[-1] = *here;
        *here = before;
    }
}

/* The best option beside the first one; "Mark Low" and "Mark" may be one man. 0 if there is none. */
static size_t second_of(const struct options *options)
{
    for (size_t i = 1; i < options->count; i++)
        if (!str_contains(options->items[0].lure.text, options->items[i].lure.text) &&
            !str_contains(options->items[i].lure.text, options->items[0].lure.text))
            return i;
    return 0;
}

static double score_at(double place, double centre, double unit)
{
    return 1 / (1 + fabs(place - centre) / unit);
}

static size_t first_behind(const struct pool *pool, double place)
{
    size_t low = 0, high = pool->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (pool->items[middle].place < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Looks at the nearest ones and at those of the greatest bonus in turn, until none of the rest can be better than
 * the two that are found. */
static void search(struct chooser *c, const struct pool *pool, double centre, double unit,
                   bool (*fits)(const struct chooser *c, const struct pool_item *item))
{
    size_t right = first_behind(pool, centre), left = right, best = 0;
    for (int step = 0; step < MOST_STEPS && (left > 0 || right < pool->count); step++) {
        bool go_left = left > 0 && (right == pool->count ||
                                    centre - pool->items[left - 1].place < pool->items[right].place - centre);
        const struct pool_item *tried[2] = {&pool->items[go_left ? --left : right++]};
        if (pool->by_bonus)
            tried[1] = &pool->items[pool->by_bonus[best++]];
        for (size_t i = 0; i < 2 && tried[i]; i++)
            if (!is_taken(&c->options, tried[i]->lure.text) && fits(c, tried[i]))
                add(c, (struct option){tried[i]->lure,
                                       score_at(tried[i]->place, centre, unit) + tried[i]->bonus});
        size_t second = second_of(&c->options);
        double near = left > 0 ? score_at(pool->items[left - 1].place, centre, unit) : 0;
        if (right < pool->count)
            near = fmax(near, score_at(pool->items[right].place, centre, unit));
        double bonus = pool->by_bonus && best < pool->count ? pool->items[pool->by_bonus[best]].bonus : 0;
        if (second && c->options.items[second].score > near + bonus)
            return;
    }
}

/* Another thing's definition or purpose may be true of this one too; an expansion is seen by its initials. */
static bool is_comparable(struct str relation)
{
    return str_equal(relation, STR("size")) || str_equal(relation, STR("quantity")) ||
           str_equal(relation, STR("property"));
}

static void add_options(struct chooser *c)
{
    const struct fact *fact = c->q->fact;
    if (str_equal(c->q->asked, STR("time"))) {
        search(c, pool_of_times(c->w, &fact->time), time_position(&fact->time), 365, fits_as_time);
        return;
    }
    const struct filler *answer = fact_role(fact, c->q->asked);
    if (!answer)
        return;
    if (answer->entity >= 0)
        search(c, pool_of_entities(c->w, fact->relation, c->q->asked, answer->entity),
               c->w->facts->entities.items[answer->entity].first_sentence, 1, fits_as_entity);
    else if (is_comparable(fact->relation))
        search(c, pool_of_values(c->w, fact, answer), fact->sentence, 1, fits_as_value);
}

static uint64_t place_of(struct str choice, struct card_id id)
{
    return hash_combine(hash_str(str_from(id.text)), hash_str(choice));
}

/* Three in an order that the card's identity fixes. */
static void arrange(struct str_list *choices, struct card_id id)
{
    for (size_t i = 1; i < choices->count; i++)
        for (size_t j = i; j > 0 && place_of(choices->items[j], id) < place_of(choices->items[j - 1], id);
             j--) {
            struct str swap = choices->items[j];
            choices->items[j] = choices->items[j - 1];
            choices->items[j - 1] = swap;
        }
}

void choose(const struct writer *w, struct question *q, struct card_id id)
{
    if (str_contains(q->answer, w->spanish ? STR(" y ") : STR(" and ")))
        return;
    struct chooser c = {.w = w,
                        .q = q,
                        .answer = text_fold(w->scratch, q->answer),
                        .prompt = text_fold(w->scratch, q->prompt)};
    list_each (const struct str, form, &q->accepted)
        list_push(w->scratch, &c.forms, text_fold(w->scratch, *form));
    add_options(&c);
    size_t second = second_of(&c.options);
    if (!second)
        return;
    list_push(w->arena, &q->choices, q->answer);
    list_push(w->arena, &q->choices, c.options.items[0].lure.text);
    list_push(w->arena, &q->choices, c.options.items[second].lure.text);
    q->lure = c.options.items[0].lure;
    arrange(&q->choices, id);
}
