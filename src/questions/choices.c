/* Two wrong options beside the right one: real fillers of the same kind from the chapter, never invented. */
#include "questions/writer.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* Aliases, parts and wholes of the answer would be half right. */
static bool is_close_to_answer(const struct writer *w, const struct question *q, struct str text)
{
    struct str key = text_fold(w->arena, text);
    list_each (const struct str, form, &q->accepted) {
        struct str other = text_fold(w->arena, *form);
        if (str_contains(other, key) || str_contains(key, other))
            return true;
    }
    struct str answer = text_fold(w->arena, q->answer);
    return str_contains(answer, key) || str_contains(key, answer) ||
           str_contains(text_fold(w->arena, q->prompt), key);
}

static bool is_like(struct str a, struct str b)
{
    size_t x = utf8_count(a), y = utf8_count(b);
    return x <= 2 * y + 4 && y <= 2 * x + 4;
}

/* Fills the asked role in any fact that fits the prompt. */
static bool makes_it_true(const struct writer *w, const struct question *q, int entity)
{
    list_each (const struct fact, fact, w->facts) {
        if (!str_equal(fact->relation, q->fact->relation))
            continue;
        bool fills = false, shares = false;
        for (size_t i = 0; i < fact->roles.count; i++) {
            const struct filler *filler = &fact->roles.items[i];
            fills |= str_equal(filler->role, q->asked) && filler->entity == entity;
            for (size_t j = 0; j < q->fact->roles.count && j < 32; j++)
                shares |= (q->named >> j & 1) && filler->entity >= 0 &&
                          filler->entity == q->fact->roles.items[j].entity;
        }
        if (fills && shares)
            return true;
    }
    return false;
}

/* Without a class noun, what fills the same role elsewhere is of the same kind. */
static bool fills_role(const struct writer *w, const struct question *q, int entity)
{
    list_each (const struct fact, fact, w->facts)
        if (str_equal(fact->relation, q->fact->relation))
            list_each (const struct filler, filler, &fact->roles)
                if (filler->entity == entity && str_equal(filler->role, q->asked))
                    return true;
    return false;
}

static bool is_same_kind(const struct writer *w, const struct question *q, const struct entity *right,
                         int entity)
{
    const struct entity *other = &w->facts->entities.items[entity];
    if (other->type != right->type || !str_equal(other->class_noun, right->class_noun))
        return false;
    if (w->spanish && right->gender && other->gender && right->gender != other->gender)
        return false; /* "¿Quién era la directora …?" tells a woman from a man */
    bool shown = right->class_noun.len || right->type == ENTITY_PERSON;
    return shown || fills_role(w, q, entity);
}

static void add_entities(const struct writer *w, const struct question *q, const struct filler *answer,
                         struct options *options)
{
    const struct entity *right = &w->facts->entities.items[answer->entity];
    for (size_t i = 0; i < w->facts->entities.count; i++) {
        const struct entity *other = &w->facts->entities.items[i];
        if (other == right || !is_same_kind(w, q, right, (int)i) || other->plural != right->plural ||
            !is_like(other->name, right->name) || is_taken(options, other->name) ||
            is_close_to_answer(w, q, other->name) || makes_it_true(w, q, (int)i))
            continue;
        double near = 1.0 / (1 + abs(other->first_sentence - right->first_sentence));
        list_push(w->arena, options,
                  ((struct option){{other->name, (int)i, NULL}, near + 0.1 * other->mentions}));
    }
}

/* Dates of the chapter with the same precision; the same look, so that none stands out. */
static void add_times(const struct writer *w, const struct question *q, struct options *options)
{
    const struct time_value *right = &q->fact->time;
    list_each (const struct fact, fact, w->facts) {
        const struct time_value *time = &fact->time;
        if (!time_is_set(time) || time->precision != right->precision || time->range != right->range ||
            (time->vague.len > 0) != (right->vague.len > 0))
            continue;
        struct str text = (time_answer(w, time));
        double distance = fabs(time_position(time) - time_position(right));
        if (str_equal(text, q->answer) || is_taken(options, text) || str_contains(q->prompt, text) ||
            distance < 20)
            continue;
        list_push(w->arena, options, ((struct option){{text, -1, time}, 1 / (1 + distance / 365)}));
    }
}

/* Another thing's definition or purpose may be true of this one too; an expansion is seen by its initials. */
static bool is_comparable(struct str relation)
{
    return str_equal(relation, STR("size")) || str_equal(relation, STR("quantity")) ||
           str_equal(relation, STR("property"));
}

/* Other values that the same relation gives elsewhere: sizes, amounts. */
static void add_values(const struct writer *w, const struct question *q, const struct filler *answer,
                       struct options *options)
{
    list_each (const struct fact, fact, w->facts) {
        if (fact == q->fact || !str_equal(fact->relation, q->fact->relation))
            continue;
        list_each (const struct filler, filler, &fact->roles) {
            bool same_kind = str_equal(filler->role, q->asked) &&
                             str_equal(filler->counted, answer->counted) &&
                             is_like(filler->text, answer->text);
            struct str text = (filler->text);
            if (same_kind && filler->entity < 0 && !is_taken(options, text) &&
                !is_close_to_answer(w, q, text))
                list_push(
                    w->arena, options,
                    ((struct option){{text, -1, NULL}, 1.0 / (1 + abs(fact->sentence - q->fact->sentence))}));
        }
    }
}

static int by_score(const void *a, const void *b)
{
    const struct option *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return str_compare(x->lure.text, y->lure.text);
}

static void add_options(const struct writer *w, const struct question *q, struct options *options)
{
    if (str_equal(q->asked, STR("time"))) {
        add_times(w, q, options);
        return;
    }
    const struct filler *answer = fact_role(q->fact, q->asked);
    if (!answer)
        return;
    if (answer->entity >= 0)
        add_entities(w, q, answer, options);
    else if (is_comparable(q->fact->relation))
        add_values(w, q, answer, options);
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
    struct options options = {0};
    if (str_contains(q->answer, w->spanish ? STR(" y ") : STR(" and ")))
        return;
    add_options(w, q, &options);
    if (options.count < 2)
        return;
    qsort(options.items, options.count, sizeof *options.items, by_score);
    size_t second = 1; /* "Mark Low" and "Mark" may be one man */
    while (second < options.count &&
           (str_contains(options.items[0].lure.text, options.items[second].lure.text) ||
            str_contains(options.items[second].lure.text, options.items[0].lure.text)))
        second++;
    if (second == options.count)
        return;
    list_push(w->arena, &q->choices, q->answer);
    list_push(w->arena, &q->choices, options.items[0].lure.text);
    list_push(w->arena, &q->choices, options.items[second].lure.text);
    q->lure = options.items[0].lure;
    arrange(&q->choices, id);
}
