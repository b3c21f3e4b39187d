/* What letters stand for. */
#include "facts/rule.h"
#include "facts/story.h"

#include "base/utf8.h"
#include "text/text.h"

enum { SIGN_MAX = 10, MEANING_MAX_WORDS = 8 };

/* Two capitals or more, few letters: "CEM", "ZoE", "NRO". */
static bool is_sign(struct str s)
{
    int capitals = 0, letters = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        capitals += text_is_upper(c);
        letters += text_is_letter(c);
        if (!text_is_letter(c) && c != '-' && c != '&' && !text_is_digit(c))
            return false;
    }
    return capitals >= 2 && letters <= SIGN_MAX;
}

struct initials {
    struct str words[MEANING_MAX_WORDS * 2];
    int count;
};

static void split_words(struct str meaning, struct initials *ret)
{
    size_t start = 0;
    ret->count = 0;
    for (size_t at = 0; at <= meaning.len;) {
        size_t here = at;
        uint32_t c = at < meaning.len ? utf8_next(meaning, &at) : (at++, 0u);
        if (c && text_is_alnum(c))
            continue;
        if (here > start && ret->count < MEANING_MAX_WORDS * 2)
            ret->words[ret->count++] = str_slice(meaning, start, here);
        start = at;
    }
}

/* Whether the rest of the sign's letters begin the words from `word` on. Each word gives one letter or more from its
 * start ("ZoTA": Zonal Traffic Analysis); small words may be left out. */
static bool spells(struct str sign, const struct initials *initials, int word)
{
    if (word == initials->count)
        return sign.len == 0;
    struct str w = initials->words[word];
    for (size_t take = 1; take <= sign.len && take <= w.len && sign.ptr[take - 1] == w.ptr[take - 1]; take++)
        if (spells(str_slice(sign, take, sign.len), initials, word + 1) ||
            (word + 1 == initials->count && take + 1 == sign.len && w.len > 9 &&
             str_contains(str_slice(w, 3, w.len), str_slice(sign, take, sign.len))))
            return true; /* the last letter may stand inside a long compound: "SBT" of "Safe Biotechnology" */
    return w.len <= 3 && spells(sign, initials, word + 1);
}

static bool expands(const struct reading *r, struct str sign, struct str meaning)
{
    bool several = str_contains(meaning, STR(" ")) || str_contains(meaning, STR("-"));
    if (!is_sign(sign) || meaning.len <= sign.len || !several)
        return false;
    if (str_ends(sign, STR("s")))
        sign.len--;
    struct initials initials;
    split_words(text_fold(r->chapter->scratch, meaning), &initials);
    return spells(text_fold_key(r->chapter->scratch, sign), &initials, 0);
}

static void keep(struct reading *r, struct filler sign, struct filler meaning, const char *rule)
{
    struct fact fact = draft(r, "stands-for", rule, 0.97);
    draft_add(r, &fact, "sign", sign);
    draft_add(r, &fact, "meaning", meaning);
    draft_keep(r, &fact);
}

/* The part of a bracket before its first comma or semicolon. */
static int bracket_part(const struct reading *r, int open, int close)
{
    for (int i = open + 1; i < close; i++)
        if (token_is_mark(r, i, ',') || token_is_mark(r, i, ';') || token_is_mark(r, i, ':'))
            return i;
    return close;
}

/* "FOO (Full Other Object)". */
static bool sign_first(struct reading *r, int open, int close)
{
    struct str sign = token_text(r, open - 1);
    int first = open + 1, end = bracket_part(r, open, close);
    while (first < end &&
           (token_is_mark(r, first, '"') || token_is_mark(r, first, 0x201C) || token_is_mark(r, first, 0xAB)))
        first++;
    if (end - first < 1 || end - first > MEANING_MAX_WORDS || !expands(r, sign, tokens_text(r, first, end)))
        return false;
    struct filler filler = filler_tokens(r, open - 1, open);
    filler.entity =
        token_at(r, open - 1)->name >= 0 ? r->names.items[token_at(r, open - 1)->name].entity : -1;
    keep(r, filler, filler_tokens(r, first, end), "stands-for.sign-bracket");
    return true;
}

/* "Full Other Object (FOO)": the shortest run of words before the bracket that spells it. */
static void meaning_first(struct reading *r, int open, int close)
{
    int sign = open + 1;
    if (close - open != 2 || !is_sign(token_text(r, sign)))
        return;
    for (int first = open - 1; first >= 0 && first > open - 1 - MEANING_MAX_WORDS; first--) {
        const struct token *t = token_at(r, first);
        if (t->kind == TOKEN_MARK && t->mark != 0x2019)
            break;
        if ((t->form->flags & IS_FUNCTION) || !expands(r, token_text(r, sign), tokens_text(r, first, open)))
            continue;
        struct filler filler = filler_tokens(r, sign, sign + 1), meaning = filler_tokens(r, first, open);
        filler.entity = token_at(r, sign)->name >= 0 ? r->names.items[token_at(r, sign)->name].entity : -1;
        keep(r, filler, meaning, "stands-for.meaning-bracket");
        return;
    }
}

/* "FOO pasó a significar “…”", "FOO stands for …". */
static void from_clause(struct reading *r, const struct clause *clause)
{
    int object =
        clause->object >= 0 ? clause->object : governed_noun(r, clause->verb + 1, clause->end, "for");
    if (!clause_asserts(clause) || object < 0)
        return;
    const struct chunk *verb = chunk_at(r, clause->verb);
    bool stands = phrase_in(r, verb->first, chunk_at(r, object)->first, PHRASE_STANDS_FOR, NULL) >= 0 ||
                  clause_states(r, clause, "stands-for");
    double confidence;
    struct filler sign = story_subject(r, clause, &confidence);
    if (!stands || !filler_is_set(&sign) || confidence < 0.95)
        return;
    struct filler meaning = filler_noun(r, object);
    if (!is_sign(sign.text))
        return;
    struct fact fact = draft(r, "stands-for", "stands-for.clause", 0.96);
    fact.verb = verb->verb;
    int first = chunk_at(r, object)->first, end = chunk_at(r, object)->end;
    if (token_at(r, first)->partner == end - 1)
        meaning = filler_tokens(r, first + 1, end - 1);
    if (meaning.text.len && str_ends(meaning.text, STR(",")))
        meaning.text.len--;
    draft_add(r, &fact, "sign", sign);
    draft_add(r, &fact, "meaning", meaning);
    draft_time(r, &fact, clause_time(r, clause));
    draft_keep(r, &fact);
}

/* "Full Other Object Inc., or simply FOO". */
static void from_or(struct reading *r, int i)
{
    if (!token_has(r, i, IS_COORDINATOR) || !token_is_mark(r, i - 1, ','))
        return;
    int sign = i + 1;
    while (token_has(r, sign, IS_ADVERB))
        sign++;
    const struct token *before = token_at(r, i - 2);
    int name = before ? before->name : -1;
    if (name < 0 && token_is_mark(r, i - 2, '.') && token_at(r, i - 3))
        name = token_at(r, i - 3)->name;
    if (name < 0 || !token_at(r, sign) || !(token_is(r, i, "o") || token_is(r, i, "or")))
        return;
    struct str meaning = r->names.items[name].text;
    struct str bare = str_ends(meaning, STR(" Inc")) || str_ends(meaning, STR(" Inc."))
                          ? str_slice(meaning, 0, str_find(meaning, STR(" Inc"), 0))
                          : meaning;
    if (!expands(r, token_text(r, sign), bare))
        return;
    struct filler filler = filler_tokens(r, sign, sign + 1);
    filler.entity = token_at(r, sign)->name >= 0 ? r->names.items[token_at(r, sign)->name].entity : -1;
    struct filler full = filler_name(r, name);
    full.text = bare; /* "Inc." stands for nothing in the letters */
    keep(r, filler, full, "stands-for.or");
}

void find_expansions(struct reading *r)
{
    for (int i = 1; i < (int)r->tokens.count; i++) {
        const struct token *t = &r->tokens.items[i];
        if (t->kind == TOKEN_WORD)
            from_or(r, i);
        if (t->mark != '(' || t->partner <= i)
            continue;
        if (!sign_first(r, i, t->partner))
            meaning_first(r, i, t->partner);
    }
    if (r->block->kind == BLOCK_QUOTE)
        return;
    list_each (const struct clause, clause, &r->clauses)
        from_clause(r, clause);
}
