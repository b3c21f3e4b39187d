/* The order of the cards is the product: essentials first, then siblings and minor details. */
#include "questions/writer.h"

#include "base/hash.h"
#include "cards/lint.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>

static double entity_weight(const struct entity *entity)
{
    double mentions = log2(1 + entity->mentions);
    return 0.35 * entity->bold + 0.35 * entity->heading + 0.12 * (mentions > 5 ? 5 : mentions);
}

/* The weightiest name of the fact counts in full, the next one by half. */
static double names_weight(const struct writer *w, const struct fact *fact)
{
    double first = 0, second = 0;
    list_each (const struct filler, filler, &fact->roles) {
        if (filler->entity < 0)
            continue;
        double weight = entity_weight(&w->facts->entities.items[filler->entity]);
        if (weight > first) {
            second = first;
            first = weight;
        } else if (weight > second) {
            second = weight;
        }
    }
    return first + second / 2;
}

static size_t names_count(const struct fact *fact)
{
    size_t count = 0;
    list_each (const struct filler, filler, &fact->roles)
        count += filler->entity >= 0;
    return count;
}

static double base_score(const struct writer *w, const struct question *q)
{
    const struct fact *fact = q->fact;
    double score = q->prior * fact->confidence + names_weight(w, fact);
    score -= q->kind == CARD_REVERSE ? 0.6 : 0;
    score -= fact->note ? 1.5 : 0;
    score -= fact->hedge == HEDGE_RUMOUR || fact->hedge == HEDGE_OPINION ? 0.8 : 0;
    score -= names_count(fact) == 0 ? 1.2 : 0;
    score -= fact->time.vague.len && str_equal(q->asked, STR("time")) ? 0.3 : 0;
    score -= 0.02 * (double)count_words(q->prompt);
    return score;
}

static bool same_siblings(const struct question *a, const struct question *b)
{
    return str_equal(a->fact->relation, b->fact->relation) && str_equal(a->asked, b->asked) &&
           str_equal(a->answer, b->answer);
}

static int by_score(const void *a, const void *b)
{
    const struct question *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    if (x->fact->sentence != y->fact->sentence)
        return x->fact->sentence < y->fact->sentence ? -1 : 1;
    return str_compare(x->prompt, y->prompt);
}

static void sort(struct questions *questions)
{
    if (questions->count > 1)
        qsort(questions->items, questions->count, sizeof *questions->items, by_score);
}

/* The second question of a fact waits for the first ones of others, and so does the fifth "Acme" in a row. */
static void penalise(struct questions *questions)
{
    for (size_t i = 0; i < questions->count; i++) {
        struct question *q = &questions->items[i];
        double penalty = 0;
        int directions = 0;
        size_t from =
            i > 400 ? i - 400 : 0; /* what stands far above does not matter, and time stays linear */
        for (size_t j = from; j < i; j++) {
            const struct question *above = &questions->items[j];
            penalty += above->fact == q->fact ? 0.45 : 0;
            directions += above->fact == q->fact;
            penalty += same_siblings(above, q) ? 0.35 : 0;
        }
        q->score -= penalty > 1.8 ? 1.8 : penalty;
        if (directions >= 2) /* a third way of asking one thing comes when everything has been asked */
            q->score -= 5;
    }
}

/* ---- Duplicates ---- */

struct seen {
    struct str answer, prompt;
    uint64_t *words;
    size_t count;
};

static size_t word_hashes(const struct writer *w, struct str prompt, uint64_t **ret)
{
    struct str rest = prompt, word;
    size_t count = 0;
    *ret = arena_array(w->arena, count_words(prompt) + 1, sizeof **ret);
    while (str_split(&rest, ' ', &word))
        if (word.len > 3)
            (*ret)[count++] = hash_str(word);
    return count;
}

/* At least four words of five shared. */
static bool overlaps(const struct seen *a, const struct seen *b)
{
    size_t shared = 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++)
            if (a->words[i] == b->words[j]) {
                shared++;
                break;
            }
    return a->count + b->count > 0 && shared * 10 >= (a->count + b->count - shared) * 8;
}

static void drop_duplicates(struct writer *w)
{
    struct questions kept = {0};
    struct {
        struct seen *items;
        size_t count, capacity;
    } all = {0};
    list_each (struct question, q, &w->questions) {
        struct seen one = {.answer = text_fold(w->arena, q->answer), .prompt = lint_key(w->arena, q->prompt)};
        one.count = word_hashes(w, one.prompt, &one.words);
        bool again = false;
        list_each (struct seen, other, &all)
            again |= str_equal(other->prompt, one.prompt) ||
                     (str_equal(other->answer, one.answer) && overlaps(other, &one));
        size_t like = 0; /* the fifth "Acme" teaches nothing */
        list_each (const struct question, other, &kept)
            like += same_siblings(other, q);
        if (like >= (str_equal(q->fact->relation, STR("property")) ? 2 : 4))
            again = true;
        if (again) {
            note(w, q->fact, q->asked, "asked already");
            continue;
        }
        list_push(w->arena, &all, one);
        list_push(w->arena, &kept, *q);
    }
    w->questions = kept;
}

void rank(struct writer *w)
{
    list_each (struct question, q, &w->questions)
        q->score = base_score(w, q);
    sort(&w->questions);
    drop_duplicates(w);
    penalise(&w->questions);
    sort(&w->questions);
}
