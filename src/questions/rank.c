/* The order of the cards is the product: essentials first, then siblings and minor details. */
#include "questions/writer.h"

#include "base/hash.h"
#include "base/multimap.h"
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

/* Who made it is worth asking of a person; that an organisation made its own things is seen from its name or the
 * chapter's. A war that "spreads" is no doer. */
static double doer_penalty(const struct writer *w, const struct question *q)
{
    const struct filler *agent = fact_role(q->fact, STR("agent"));
    if (!str_equal(q->asked, STR("agent")) || !agent)
        return 0;
    enum entity_type type = filler_type_of(w, agent);
    return (type != ENTITY_PERSON ? 0.5 : 0) + (type == ENTITY_EVENT || type == ENTITY_WORK ? 0.7 : 0) +
           (agent->entity >= 0 && agent->entity == w->protagonist ? 0.4 : 0);
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
    score -= doer_penalty(w, q);
    return score;
}

static bool same_siblings(const struct question *a, const struct question *b)
{
    return str_equal(a->fact->relation, b->fact->relation) && str_equal(a->asked, b->asked) &&
           str_equal(a->answer, b->answer);
}

static uint64_t sibling_key(const struct question *q)
{
    return hash_combine(hash_combine(hash_str(q->fact->relation), hash_str(q->asked)), hash_str(q->answer));
}

static bool same_fact(const struct question *a, const struct question *b)
{
    return a->fact == b->fact;
}

static uint64_t fact_key(const struct question *q)
{
    return hash_combine((uint64_t)(uintptr_t)q->fact, 0);
}

/* What questions may have in common. */
struct likeness {
    uint64_t (*key)(const struct question *q);
    bool (*same)(const struct question *a, const struct question *b);
};

/* By question, the first one that is like it. */
static int *group(const struct writer *w, struct likeness like)
{
    const struct question *all = w->questions.items;
    int *groups = arena_array(w->arena, w->questions.count, sizeof *groups);
    struct multimap firsts = {0};
    for (size_t i = 0; i < w->questions.count; i++) {
        uint64_t key = like.key(&all[i]);
        int at = multimap_first(&firsts, key);
        while (at >= 0 && !like.same(&all[multimap_value(&firsts, at)], &all[i]))
            at = multimap_next(&firsts, at);
        groups[i] = at >= 0 ? multimap_value(&firsts, at) : (int)i;
        if (at < 0)
            multimap_add(w->arena, &firsts, key, (int)i);
    }
    return groups;
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

/* The second question of a fact waits for the first ones of others, and so does the fifth "Acme" in a row. What
 * stands far above does not matter: a window slides over the questions and counts what is in it. */
static void penalise(const struct writer *w)
{
    enum { WINDOW = 400 };
    const struct questions *questions = &w->questions;
    const int *fact = group(w, (struct likeness){fact_key, same_fact});
    const int *sibling = group(w, (struct likeness){sibling_key, same_siblings});
    int *directions = arena_array(w->arena, questions->count, sizeof *directions);
    int *siblings = arena_array(w->arena, questions->count, sizeof *siblings);
    for (size_t i = 0; i < questions->count; i++) {
        if (i > WINDOW) {
            directions[fact[i - WINDOW - 1]]--;
            siblings[sibling[i - WINDOW - 1]]--;
        }
        double penalty = 0.45 * directions[fact[i]] + 0.35 * siblings[sibling[i]];
        questions->items[i].score -= penalty > 1.8 ? 1.8 : penalty;
        if (directions[fact[i]] >=
            2) /* a third way of asking one thing comes when everything has been asked */
            questions->items[i].score -= 5;
        directions[fact[i]]++;
        siblings[sibling[i]]++;
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

/* The questions kept so far, by what may make the next one superfluous. */
struct kept {
    struct {
        struct seen *items;
        size_t count, capacity;
    } all;
    struct questions questions;
    struct multimap prompts, answers, siblings;
};

static bool is_asked(const struct kept *kept, const struct seen *one)
{
    int at = multimap_first(&kept->prompts, hash_str(one->prompt));
    for (; at >= 0; at = multimap_next(&kept->prompts, at))
        if (str_equal(kept->all.items[multimap_value(&kept->prompts, at)].prompt, one->prompt))
            return true;
    at = multimap_first(&kept->answers, hash_str(one->answer));
    for (; at >= 0; at = multimap_next(&kept->answers, at)) {
        const struct seen *other = &kept->all.items[multimap_value(&kept->answers, at)];
        if (str_equal(other->answer, one->answer) && overlaps(other, one))
            return true;
    }
    return false;
}

/* The fifth "Acme" teaches nothing. */
static bool has_many_siblings(const struct kept *kept, const struct question *q)
{
    size_t most = 4, like = 0;
    int at = multimap_first(&kept->siblings, sibling_key(q));
    for (; at >= 0; at = multimap_next(&kept->siblings, at))
        like += same_siblings(&kept->questions.items[multimap_value(&kept->siblings, at)], q);
    return like >= most;
}

static void keep_question(struct arena *arena, struct kept *kept, const struct question *q, struct seen one)
{
    int number = (int)kept->questions.count;
    multimap_add(arena, &kept->prompts, hash_str(one.prompt), number);
    multimap_add(arena, &kept->answers, hash_str(one.answer), number);
    multimap_add(arena, &kept->siblings, sibling_key(q), number);
    list_push(arena, &kept->all, one);
    list_push(arena, &kept->questions, *q);
}

static void drop_duplicates(struct writer *w)
{
    struct kept kept = {0};
    list_each (const struct question, q, &w->questions) {
        struct seen one = {.answer = text_fold(w->arena, q->answer), .prompt = lint_key(w->arena, q->prompt)};
        one.count = word_hashes(w, one.prompt, &one.words);
        if (is_asked(&kept, &one) || has_many_siblings(&kept, q))
            note(w, q->fact, q->asked, "asked already");
        else
            keep_question(w->arena, &kept, q, one);
    }
    w->questions = kept.questions;
}

void rank(struct writer *w)
{
    list_each (struct question, q, &w->questions)
        q->score = base_score(w, q);
    sort(&w->questions);
    drop_duplicates(w);
    penalise(w);
    sort(&w->questions);
}
