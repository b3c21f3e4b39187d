#include "facts/store.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "cards/identity.h"
#include "facts/explain.h"
#include "facts/rule.h"
#include "facts/time.h"
#include "text/text.h"

#include <string.h>

/* A filler longer than this is a sentence, not an answer. */
enum { FILLER_MAX_WORDS = 30, FILLER_MAX_BYTES = 240 };

struct fact_index {
    int *slots; /* first fact of the key + 1 */
    size_t capacity, count;
    READING_LIST(uint64_t, keys); /* one a fact */
    READING_LIST(int, next);      /* the next fact with that key, -1 */
};

/* The roles that say which fact it is; what else it holds may change while the fact stays the same. */
static const struct {
    const char *relation, *roles;
} key_roles[] = {
    {"release", "work"},
    {"made-by", "agent,work"},
    {"found", "work"},
    {"role", "person,role,org"},
    {"part-of", "part"},
    {"member", "category,owner"},
    {"stands-for", "sign"},
    {"rename", "new"},
    {"also-known", "name,where"},
    {"based-on", "work"},
    {"successor", "work"},
    {"size", "work,which"},
    {"quantity", "of,unit"},
    {"superlative", "class"},
    {"first", "class"},
    {"definition", "term"},
    {"property", "entity,attribute"},
    {"span", "event"},
    {"born", "person"},
    {"died", "person"},
    {"respond", "to,work"},
    {"before", "earlier,later"},
    {"purpose", "work"},
    {"trait", "entity"},
    {"available", "work"},
    {"cause", "effect"},
    {"promise", "agent,content"},
    {"rumour", "content"},
    {"refuse", "agent"},
    {"accept", "agent"},
    {"origin", "entity"},
    {"offer", "target"},
};

static const char *key_of(struct str relation)
{
    for (size_t i = 0; i < sizeof key_roles / sizeof *key_roles; i++)
        if (str_equal(relation, str_from(key_roles[i].relation)))
            return key_roles[i].roles;
    return "agent,patient,to,place";
}

static struct str canonical(const struct chapter *chapter, const struct filler *filler)
{
    const struct entity *e = entity_at(chapter->entities, filler->entity);
    return e ? entity_key(e) : filler->text;
}

static void fill_key(struct chapter *chapter, const struct fact *fact, struct key *ret)
{
    const char *roles = key_of(fact->relation);
    for (size_t i = 0; i < fact->roles.count; i++) {
        const struct filler *filler = &fact->roles.items[i];
        if (word_in(filler->role, roles))
            list_push(chapter->arena, ret, (struct key_part){filler->role, canonical(chapter, filler)});
    }
    if (str_equal(fact->relation, STR("deed")))
        list_push(chapter->arena, ret, (struct key_part){STR("verb"), fact->verb.lemma});
}

static uint64_t hash_key(struct chapter *chapter, const struct fact *fact)
{
    struct key key = {0};
    uint64_t hash = hash_str(fact->relation);
    fill_key(chapter, fact, &key);
    list_each (struct key_part, part, &key)
        hash = hash_combine(
            hash, hash_combine(hash_str(part->role), hash_str(text_fold_key(chapter->scratch, part->name))));
    return hash ? hash : 1;
}

static void index_grow(struct chapter *chapter)
{
    struct fact_index *index = chapter->store;
    size_t capacity = index->capacity ? index->capacity * 2 : 256;
    int *slots = arena_array(chapter->arena, capacity, sizeof *slots);
    for (size_t i = 0; i < index->capacity; i++) {
        if (!index->slots[i])
            continue;
        size_t at = index->keys.items[index->slots[i] - 1] & (capacity - 1);
        while (slots[at])
            at = (at + 1) & (capacity - 1);
        slots[at] = index->slots[i];
    }
    index->slots = slots;
    index->capacity = capacity;
}

static int *index_slot(struct fact_index *index, uint64_t key)
{
    size_t at = key & (index->capacity - 1);
    while (index->slots[at] && index->keys.items[index->slots[at] - 1] != key)
        at = (at + 1) & (index->capacity - 1);
    return &index->slots[at];
}

/* ---- what may enter ---- */

static bool switched_off(const struct chapter *chapter, const struct fact *fact)
{
    if (!chapter->options)
        return false;
    list_each (const struct str, rule, &chapter->options->without) {
        bool family =
            str_starts(fact->rule, *rule) && fact->rule.len > rule->len && fact->rule.ptr[rule->len] == '.';
        if (str_equal(*rule, fact->rule) || family)
            return true;
    }
    return false;
}

static size_t words_in(struct str s)
{
    size_t words = 0;
    for (size_t i = 0; i < s.len; i++)
        words += s.ptr[i] != ' ' && (i == 0 || s.ptr[i - 1] == ' ');
    return words;
}

static bool balanced(struct str s)
{
    int round = 0, quotes = 0;
    for (size_t i = 0; i < s.len; i++) {
        round += s.ptr[i] == '(' ? 1 : s.ptr[i] == ')' ? -1 : 0;
        quotes += s.ptr[i] == '"';
        if (round < 0)
            return false;
    }
    bool curly = str_contains(s, STR("“")) == str_contains(s, STR("”"));
    bool angled = str_contains(s, STR("«")) == str_contains(s, STR("»"));
    return round == 0 && quotes % 2 == 0 && curly && angled;
}

/* "Ada presented her work": whose it is stands in the same fact. */
static bool is_owned(struct reading *r, const struct fact *fact, const struct filler *filler)
{
    struct str rest = filler->text, first;
    const struct filler *agent = fact_role(fact, STR("agent"));
    bool aspect = str_equal(fact->relation, STR("trait"));
    if (aspect)
        agent = fact_role(fact, STR("entity"));
    if (!agent || agent == filler || agent->entity < 0 || words_in(filler->text) > (aspect ? 12 : 4) ||
        !str_split(&rest, ' ', &first) || !rest.len)
        return false;
    return (forms_get(&r->chapter->forms, first)->flags & IS_POSSESSIVE) &&
           word_in(first, "su,sus,his,her,its,their");
}

/* "entre el 218 y …": half of a range that was not read. */
static bool is_bare_number(struct str text)
{
    if (!str_starts(text, STR("el ")))
        return false;
    for (size_t i = 3; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return text.len > 3;
}

static const char *objection(struct reading *r, const struct fact *fact)
{
    if (switched_off(r->chapter, fact))
        return "rule is off";
    if (r->block->kind == BLOCK_CODE || r->block->kind == BLOCK_EXERCISE)
        return "no facts in this kind of block";
    if (!fact->roles.count)
        return "nothing is known of it";
    for (size_t i = 0; i < fact->roles.count; i++) {
        const struct filler *f = &fact->roles.items[i];
        if (filler_is_vague(r, f) && !f->numeral.len && !is_owned(r, fact, f) &&
            !word_in(f->before, "that,que") && !str_equal(f->role, STR("which")))
            return "a part of it is a pronoun";
        if (is_bare_number(f->text))
            return "a part of it is a number that counts nothing";
        if (f->text.len > FILLER_MAX_BYTES || words_in(f->text) > FILLER_MAX_WORDS)
            return "a part of it is too long";
        if (!balanced(f->text))
            return "a part of it is cut";
    }
    return NULL;
}

/* ---- merging ---- */

static bool same_filler(const struct chapter *chapter, const struct filler *a, const struct filler *b)
{
    if (a->entity >= 0 && a->entity == b->entity)
        return true;
    return str_equal(text_fold_key(chapter->scratch, a->text), text_fold_key(chapter->scratch, b->text));
}

static const struct filler *role_of(const struct fact *fact, struct str role)
{
    for (size_t i = 0; i < fact->roles.count; i++)
        if (str_equal(fact->roles.items[i].role, role))
            return &fact->roles.items[i];
    return NULL;
}

/* Everything that `b` tells has its place in `a`. */
static bool covers(const struct fact *a, const struct fact *b)
{
    for (size_t i = 0; i < b->roles.count; i++)
        if (!role_of(a, b->roles.items[i].role))
            return false;
    return b->time.precision == TIME_NONE || a->time.precision != TIME_NONE;
}

/* Nothing that one says contradicts the other. */
static bool compatible(const struct chapter *chapter, const struct fact *a, const struct fact *b)
{
    if (a->negative != b->negative || a->hedge != b->hedge || !time_agrees(&a->time, &b->time))
        return false;
    if (str_equal(a->relation, STR("deed")) && a->sentence != b->sentence && !covers(a, b) && !covers(b, a))
        return false; /* two deeds that only share a verb and somebody */
    for (size_t i = 0; i < a->roles.count; i++) {
        const struct filler *other = role_of(b, a->roles.items[i].role);
        if (other && !same_filler(chapter, &a->roles.items[i], other))
            return false;
    }
    return true;
}

static void merge(struct chapter *chapter, struct fact *old, const struct fact *found)
{
    for (size_t i = 0; i < found->roles.count; i++)
        if (!role_of(old, found->roles.items[i].role))
            list_push(chapter->arena, &old->roles, found->roles.items[i]);
    bool better =
        old->time.precision == TIME_NONE ||
        (found->time.precision && found->time.precision < old->time.precision) ||
        (old->time.inferred && !found->time.inferred && found->time.precision == old->time.precision);
    if (better)
        old->time = found->time;
    if (found->confidence > old->confidence) {
        old->confidence = found->confidence;
        old->doubt = found->doubt;
        old->rule = found->rule;
    }
    old->note = old->note && found->note;
}

bool store_add(struct reading *r, const struct fact *fact)
{
    struct chapter *chapter = r->chapter;
    const char *why = objection(r, fact);
    explain_fact(r, fact, why);
    if (why)
        return false;
    if (!chapter->store)
        chapter->store = arena_new(chapter->arena, struct fact_index);
    struct fact_index *index = chapter->store;
    if (chapter->facts->count * 2 >= index->capacity)
        index_grow(chapter);
    uint64_t key = hash_key(chapter, fact);
    int *slot = index_slot(index, key), last_with_key = -1, steps = 0;
    for (int at = *slot - 1; at >= 0 && steps < 16; at = index->next.items[at], steps++) {
        struct fact *old = &chapter->facts->items[at];
        if (compatible(chapter, old, fact)) {
            merge(chapter, old, fact);
            return true;
        }
        last_with_key = at;
    }
    int added = (int)chapter->facts->count;
    struct fact copy = *fact;
    copy.verb.text = str_copy(chapter->arena, copy.verb.text);
    copy.verb.tail = str_copy(chapter->arena, copy.verb.tail);
    list_push(chapter->arena, chapter->facts, copy);
    list_push(chapter->arena, &index->keys, key);
    list_push(chapter->arena, &index->next, -1);
    if (*slot == 0)
        *slot = added + 1;
    else if (last_with_key >= 0 && index->next.items[last_with_key] < 0)
        index->next.items[last_with_key] = added;
    return true;
}

/* ---- at the end ---- */

/* Of these a thing has one at a time: two that disagree doubt each other. */
static bool is_functional(struct str relation)
{
    return word_in(relation, "release,found,span,born,died,stands-for");
}

static void doubt_each_other(struct chapter *chapter)
{
    struct fact_index *index = chapter->store;
    for (size_t i = 0; i < chapter->facts->count; i++) {
        struct fact *a = &chapter->facts->items[i];
        int other = index->next.items[i];
        if (other < 0 || !is_functional(a->relation))
            continue;
        struct fact *b = &chapter->facts->items[other];
        if (time_agrees(&a->time, &b->time) || a->note || b->note)
            continue;
        a->confidence = a->confidence < 0.6 ? a->confidence : 0.6;
        b->confidence = b->confidence < 0.6 ? b->confidence : 0.6;
        a->doubt = b->doubt = str_from(N_("the chapter gives two dates"));
    }
}

static void number(struct chapter *chapter)
{
    struct fact_index *index = chapter->store;
    struct str scope = chapter->options ? chapter->options->scope : (struct str){0};
    for (size_t i = 0; i < chapter->facts->count; i++) {
        struct fact *fact = &chapter->facts->items[i];
        struct key key = {0};
        fill_key(chapter, fact, &key);
        fact->id = identity_of(scope, fact->relation, (struct str){0}, &key, fact->ordinal);
        int next = index->next.items[i];
        if (next >= 0)
            chapter->facts->items[next].ordinal = fact->ordinal + 1;
    }
}

void store_finish(struct chapter *chapter)
{
    if (!chapter->store)
        return;
    doubt_each_other(chapter);
    number(chapter);
}
