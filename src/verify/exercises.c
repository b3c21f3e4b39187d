#include "verify/exercises.h"

#include "base/hash.h"
#include "base/list.h"
#include "base/translate.h"
#include "cards/identity.h"
#include "cards/lint.h"
#include "text/text.h"
#include "verify/chapter.h"
#include "verify/passage.h"

#include <stdio.h>
#include <string.h>

enum {
    OPTIONS_MAX = 8,
    TYPED_WORDS_MAX = 9,
    TERM_WORDS_MAX = 6,
    DEFINITION_WORDS_MAX = 28,
    NUMBER_MAX = 500,
    SEARCH_MAX = 200000000
};

/* One question of the book while its parts are gathered. */
struct exercise {
    int block, number; /* number 0: none */
    int section;
    struct str prompt;
    struct str options[OPTIONS_MAX];
    size_t option_count;
    struct str answer;      /* as the key has it: a letter, an option, a text; empty: none */
    struct str explanation; /* what the key says besides */
};

struct exercises {
    struct exercise *items;
    size_t count, capacity;
};

struct gatherer {
    struct arena *arena;
    const struct document *doc;
    struct exercises found;
};

/* ---- Labels ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "b)", "(b)", "B.", "b:" in front of something: its index from 0, and where the rest begins; -1 if there is none. A
 * bare letter at the end of the text counts as well. */
static int letter_label(struct str text, size_t *ret_end)
{
    size_t at = text.len && text.ptr[0] == '(';
    if (at >= text.len || !is_letter(text.ptr[at]))
        return -1;
    int index = (text.ptr[at] | 32) - 'a';
    size_t end = at + 1;
    bool closed =
        end < text.len && strchr(").:", text.ptr[end]) && (end + 1 == text.len || text.ptr[end + 1] == ' ');
    if (!closed && end != text.len)
        return -1;
    *ret_end = closed ? end + 1 : end;
    return index;
}

/* "12.", "12)", "12:" in front: the number; 0 if there is none. */
static int number_label(struct str text, size_t *ret_end)
{
    int number = 0;
    size_t at = 0;
    while (at < text.len && is_digit(text.ptr[at]) && number < NUMBER_MAX)
        number = number * 10 + (text.ptr[at++] - '0');
    if (!at || at >= text.len || !strchr(".):-", text.ptr[at]))
        return 0;
    *ret_end = at + 1;
    return number;
}

static struct str rest_of(struct str text, size_t at)
{
    return str_trim(str_slice(text, at < text.len ? at : text.len, text.len));
}

/* "Answer: …", "Respuesta correcta: …": what stands behind the colon. */
static bool answer_line(struct arena *arena, struct str text, struct str *ret)
{
    static const char *const leads[] = {"answer",     "answers",    "correct answer",
                                        "the answer", "solution",   "key",
                                        "respuesta",  "respuestas", "respuesta correcta",
                                        "solucion",   "correcta",   "clave",
                                        "r",          "a",          "ans",
                                        "sol",        NULL};
    size_t colon = str_find(text, STR(":"), 0);
    if (colon == SIZE_MAX || colon > 24)
        return false;
    struct str lead = text_fold(arena, str_trim(str_slice(text, 0, colon)));
    for (const char *const *known = leads; *known; known++)
        if (str_equal(lead, str_from(*known))) {
            *ret = rest_of(text, colon + 1);
            return ret->len > 0;
        }
    return false;
}

/* ---- Options and answers inside one block ---- */

/* The next "x)" or "x." with that letter behind a blank, at or after `from`. */
static size_t find_label(struct str text, size_t from, int index)
{
    for (size_t at = from; at + 2 < text.len; at++) {
        size_t letter = at + (text.ptr[at] == '(');
        bool starts = at == 0 || text.ptr[at - 1] == ' ';
        if (starts && letter + 2 < text.len && (text.ptr[letter] | 32) == 'a' + index &&
            (text.ptr[letter + 1] == ')' || text.ptr[letter + 1] == '.') && text.ptr[letter + 2] == ' ')
            return at;
    }
    return SIZE_MAX;
}

static size_t label_end(struct str text, size_t at)
{
    return at + (text.ptr[at] == '(') + 2;
}

/* "What is it? a) this b) that c) those": the options, and the text before them. */
static struct str split_options(struct str text, struct exercise *exercise)
{
    size_t first = find_label(text, 0, 0), at = first;
    if (first == SIZE_MAX || find_label(text, first, 1) == SIZE_MAX)
        return text;
    for (int index = 0; at != SIZE_MAX && exercise->option_count < OPTIONS_MAX; index++) {
        size_t start = label_end(text, at), next = find_label(text, start, index + 1);
        exercise->options[exercise->option_count++] =
            str_trim(str_slice(text, start, next == SIZE_MAX ? text.len : next));
        at = next;
    }
    return str_trim(str_slice(text, 0, first));
}

/* "True or false: ice floats. Answer: true": the answer behind its lead, cut off. */
static struct str cut_answer(struct str text, struct str *ret_answer)
{
    static const char *const leads[] = {
        " Answer: ", " Respuesta: ", " Solution: ", " Solución: ", " (Answer: ", " (Respuesta: ", NULL};
    for (const char *const *lead = leads; *lead; lead++) {
        size_t at = str_find(text, str_from(*lead), 0);
        if (at == SIZE_MAX || at == 0)
            continue;
        *ret_answer = rest_of(text, at + strlen(*lead));
        if (strchr(*lead, '(') && str_ends(*ret_answer, STR(")")))
            ret_answer->len--;
        return str_trim(str_slice(text, 0, at));
    }
    return text;
}

/* ---- Gathering ---- */

static struct exercise *last_exercise(struct gatherer *g)
{
    return g->found.count ? list_last(&g->found) : NULL;
}

static bool asks(struct str text)
{
    return str_contains(text, STR("?")) || str_contains(text, STR("___"));
}

static bool is_statement(struct arena *arena, struct str text)
{
    static const char *const leads[] = {"true or false", "true/false", "t/f", "verdadero o falso",
                                        "v/f",           "v o f",      NULL};
    struct str key = text_fold(arena, str_slice(text, 0, text.len < 24 ? text.len : 24));
    for (const char *const *lead = leads; *lead; lead++)
        if (str_starts(key, str_from(*lead)))
            return true;
    return false;
}

static void open_exercise(struct gatherer *g, int index, struct str text)
{
    const struct block *block = &g->doc->blocks.items[index];
    struct exercise exercise = {.block = index, .section = block->section, .number = block->ordinal};
    size_t end = 0;
    int number = number_label(text, &end);
    if (number && !exercise.number)
        exercise.number = number;
    text = number ? rest_of(text, end) : text;
    text = cut_answer(text, &exercise.answer);
    exercise.prompt = split_options(text, &exercise);
    list_push(g->arena, &g->found, exercise);
}

/* Headings under which only the answers stand. */
static bool is_key(struct arena *arena, const struct document *doc, int section)
{
    static const char *const keys[] = {
        "answer key",   "answers",  "key",      "respuestas", "soluciones",          "solutions",
        "solucionario", "solucion", "solution", "clave",      "clave de respuestas", NULL};
    struct str title = text_fold(arena, str_trim(section_title(doc, section)));
    while (title.len && strchr(":.", title.ptr[title.len - 1]))
        title.len--;
    for (const char *const *key = keys; *key; key++)
        if (str_equal(title, str_from(*key)) || str_starts(title, str_from("answers to")) ||
            str_starts(title, str_from("respuestas a")))
            return true;
    return false;
}

/* The question of that number, nearest before the key, that has no answer yet. */
static struct exercise *exercise_numbered(struct gatherer *g, int number)
{
    for (size_t i = g->found.count; i-- > 0;)
        if (g->found.items[i].number == number && !g->found.items[i].answer.len)
            return &g->found.items[i];
    return NULL;
}

/* "1: B. 2: B." or "1-b, 2-c": every number with the letter behind it. False if it is no such list. */
static bool read_short_key(struct gatherer *g, struct str text)
{
    int found = 0;
    for (size_t at = 0; at < text.len;) {
        size_t end = 0;
        int number = is_digit(text.ptr[at]) ? number_label(str_slice(text, at, text.len), &end) : 0;
        if (!number && is_digit(text.ptr[at])) { /* "1 b" */
            while (at + end < text.len && is_digit(text.ptr[at + end]))
                number = number * 10 + (text.ptr[at + end++] - '0');
        }
        if (!number) {
            at++;
            continue;
        }
        at += end;
        while (at < text.len && strchr(" .:)-–", text.ptr[at]))
            at++;
        bool letter =
            at < text.len && is_letter(text.ptr[at]) && (at + 1 == text.len || !is_letter(text.ptr[at + 1]));
        struct exercise *exercise = letter ? exercise_numbered(g, number) : NULL;
        if (exercise) {
            exercise->answer = str_slice(text, at, at + 1);
            found++;
        }
    }
    return found > 0;
}

static void read_key(struct gatherer *g, const struct block *block)
{
    size_t end = 0;
    struct str text = block->text;
    int number = block->ordinal ? block->ordinal : number_label(text, &end);
    struct str rest = rest_of(text, end);
    size_t label;
    bool many = !block->ordinal && (letter_label(rest, &label) >= 0 || !number || rest.len < 40);
    if (many && read_short_key(g, text))
        return;
    struct exercise *exercise = number ? exercise_numbered(g, number) : NULL;
    if (exercise && rest.len)
        exercise->answer = rest;
}

/* What stands between two blocks in the source says that the second answers the first. */
static bool is_solution(const struct gatherer *g, int question, int block)
{
    struct span between = {g->doc->blocks.items[question].source.end,
                           g->doc->blocks.items[block].source.start};
    if (between.end <= between.start || between.end - between.start > 4000)
        return false;
    struct str markup = text_lower(g->arena, str_slice(g->doc->source, between.start, between.end));
    return str_contains(markup, STR("solution")) || str_contains(markup, STR("answer")) ||
           str_contains(markup, STR("respuesta"));
}

/* An item below the question, or in the list that follows it. */
static bool is_option_of(const struct gatherer *g, const struct exercise *exercise, const struct block *block)
{
    const struct block *question = &g->doc->blocks.items[exercise->block];
    size_t end;
    bool nested = block->depth > question->depth || block->parent == exercise->block;
    bool labelled = letter_label(block->text, &end) >= 0 && end < block->text.len;
    return block->section == exercise->section && !asks(block->text) &&
           exercise->option_count < OPTIONS_MAX && (nested ? block->depth > 0 : labelled);
}

static void add_option(struct exercise *exercise, struct str text)
{
    size_t before = exercise->option_count, end;
    split_options(text, exercise);
    if (exercise->option_count > before)
        return;
    bool labelled = letter_label(text, &end) >= 0 && end < text.len;
    exercise->options[exercise->option_count++] = labelled ? rest_of(text, end) : text;
}

static void read_block(struct gatherer *g, int index)
{
    const struct block *block = &g->doc->blocks.items[index];
    struct exercise *exercise = last_exercise(g);
    struct str answer;
    size_t end;
    bool open = exercise && exercise->section == block->section && !exercise->answer.len;
    if (is_key(g->arena, g->doc, block->section)) {
        read_key(g, block);
    } else if (open && answer_line(g->arena, block->text, &answer)) {
        exercise->answer = answer;
    } else if (open && block->text.len <= 4 && letter_label(block->text, &end) >= 0) {
        exercise->answer = block->text;
    } else if (asks(block->text) || is_statement(g->arena, block->text)) {
        open_exercise(g, index, block->text);
    } else if (open && is_option_of(g, exercise, block)) {
        add_option(exercise, block->text);
    } else if (open && !exercise->option_count && is_solution(g, exercise->block, index)) {
        exercise->answer = block->text;
    }
}

/* ---- From exercise to card ---- */

static size_t count_words(struct str text)
{
    size_t count = 0;
    struct str word;
    while (str_split(&text, ' ', &word))
        count += word.len > 0;
    return count;
}

static bool same_text(struct arena *arena, struct str a, struct str b)
{
    return str_equal(lint_key(arena, a), lint_key(arena, b));
}

/* The option that the key means; its explanation is what the key says besides. */
static bool resolve_option(struct arena *arena, struct exercise *exercise)
{
    size_t end = 0;
    int index = letter_label(exercise->answer, &end);
    struct str rest = index >= 0 ? rest_of(exercise->answer, end) : exercise->answer;
    for (size_t i = 0; i < exercise->option_count; i++) {
        struct str option = exercise->options[i], key = lint_key(arena, option), said = lint_key(arena, rest);
        bool named = index >= 0 ? (size_t)index == i : key.len && str_starts(said, key);
        if (!named)
            continue;
        exercise->answer = option;
        exercise->explanation = same_text(arena, rest, option) ? (struct str){0} : rest;
        return true;
    }
    return false;
}

/* "true", "verdadero", "F": in full; the statement without its lead. */
static bool resolve_statement(struct arena *arena, bool spanish, struct exercise *exercise)
{
    struct str key = lint_key(arena, exercise->answer);
    size_t colon = str_find(exercise->prompt, STR(":"), 0);
    if (!key.len || !strchr("tvf", key.ptr[0]))
        return false;
    bool is_true = key.ptr[0] != 'f';
    exercise->answer =
        is_true ? (spanish ? STR("verdadero") : STR("true")) : (spanish ? STR("falso") : STR("false"));
    if (colon != SIZE_MAX && colon < 24)
        exercise->prompt = text_capitalise(arena, rest_of(exercise->prompt, colon + 1));
    return true;
}

static struct str without_final_point(struct str text)
{
    return str_ends(text, STR(".")) ? str_slice(text, 0, text.len - 1) : text;
}

/* Kind and answer of an exercise; false if the key does not answer it. */
static bool settle(struct arena *arena, bool spanish, struct exercise *exercise, enum card_kind *ret)
{
    if (!exercise->answer.len || !exercise->prompt.len)
        return false;
    *ret = str_contains(exercise->prompt, STR("__")) ? CARD_CLOZE : CARD_DIRECT;
    if (exercise->option_count)
        return resolve_option(arena, exercise);
    if (is_statement(arena, exercise->prompt)) {
        *ret = CARD_TRUEFALSE;
        return resolve_statement(arena, spanish, exercise);
    }
    size_t end;
    if (letter_label(exercise->answer, &end) >= 0 && end == exercise->answer.len)
        return false; /* a letter, and no options to be seen */
    if (count_words(exercise->answer) > TYPED_WORDS_MAX)
        *ret = CARD_WHY;
    else
        exercise->answer = without_final_point(exercise->answer);
    return true;
}

/* ---- The passage that answers ---- */

struct search {
    const struct chapter *chapter;
    int *uses; /* of each word in the body */
    size_t most;
    size_t left; /* comparisons that may still be made: a book of exercises is not searched for ever */
};

static bool is_body(const struct document *doc, const struct page *page)
{
    enum block_kind kind = doc->blocks.items[page->block].kind;
    return kind != BLOCK_EXERCISE && kind != BLOCK_HEADING && kind != BLOCK_CODE;
}

static void count_uses(struct arena *arena, struct search *search)
{
    const struct chapter *chapter = search->chapter;
    for (size_t i = 0; i < chapter->row.count; i++) {
        size_t id = (size_t)chapter_term(chapter, (int)i)->word->id;
        search->most = id > search->most ? id : search->most;
    }
    search->uses = arena_array(arena, search->most + 1, sizeof *search->uses);
    for (size_t i = 0; i < chapter->row.count; i++)
        search->uses[chapter_term(chapter, (int)i)->word->id]++;
}

/* Rare words say more than common ones. */
static double worth_of(const struct search *search, const struct term *term)
{
    size_t id = (size_t)term->word->id;
    int uses = id <= search->most ? search->uses[id] : 0;
    return term_is_content(term) ? 1.0 / (1 + uses / 4) : 0;
}

static double score_sentence(const struct search *search, const struct page *page, int first, int end,
                             const struct gist *wanted)
{
    double score = 0;
    list_each (const struct term, term, &wanted->terms)
        for (int i = first; i < end; i++)
            if (lexeme_form(term->word, page->gist.terms.items[i].word)) {
                score += worth_of(search, term);
                break;
            }
    return score;
}

/* False where no sentence has a third of what question and answer say, or three rare words of it. */
static bool find_passage(struct arena *arena, struct search *search, const struct gist *wanted,
                         struct source *ret)
{
    static const double LEAST = 0.34, PLENTY = 3;
    size_t work = search->chapter->row.count * wanted->terms.count;
    if (work > search->left)
        return false;
    search->left -= work;
    double all = 0, best = 0;
    int first = -1, end = -1;
    list_each (const struct term, term, &wanted->terms)
        all += worth_of(search, term);
    list_each (const struct page, page, &search->chapter->pages) {
        int count = (int)page->gist.terms.count;
        for (int start = 0, stop; start < count && is_body(search->chapter->doc, page); start = stop) {
            for (stop = start; stop < count && page->gist.terms.items[stop].sentence ==
                                                   page->gist.terms.items[start].sentence;)
                stop++;
            double score = score_sentence(search, page, start, stop, wanted);
            if (score > best)
                best = score, first = page->first + start, end = page->first + stop;
        }
    }
    if (first < 0 || (best < LEAST * all && best < PLENTY))
        return false;
    *ret = chapter_source(arena, search->chapter, first, end);
    return true;
}

static struct source source_of_block(const struct document *doc, int index)
{
    const struct block *block = &doc->blocks.items[index];
    struct source source = {
        .file = doc->path, .start = block->source.start, .end = block->source.end, .quote = block->text};
    document_position(doc, source.start, &source.line, &source.column);
    return source;
}

/* ---- Cards ---- */

/* A prompt's comparison key, and the card that has it. */
struct asked {
    struct str key;
    size_t card;
};

struct maker {
    struct arena *arena;
    const struct document *doc;
    const struct facts *facts;
    struct chapter chapter;
    struct search search;
    struct str scope;
    struct cards *cards;
    struct asked *asked; /* an open table */
    size_t asked_size;
};

static struct str subject_of(const struct maker *m, const struct gist *gist)
{
    list_each (const struct find, find, &gist->finds)
        if (find->kind == FIND_NAME)
            return m->facts->entities.items[find->entity].name;
    return m->doc->title;
}

static void wait_if_unclean(struct arena *arena, struct card *card)
{
    struct lints lints = {0};
    card_lint(arena, card, &lints);
    if (!lints.count)
        return;
    card->tier = TIER_REVIEW;
    card->confidence = 0.5;
    card->doubt = str_from(_(lints.items[0]->text));
}

static struct asked *asked_slot(const struct maker *m, struct str key)
{
    size_t at = (size_t)hash_str(key) & (m->asked_size - 1);
    while (m->asked[at].key.ptr && !str_equal(m->asked[at].key, key))
        at = (at + 1) & (m->asked_size - 1);
    return &m->asked[at];
}

/* Room for the cards that are there and for one a block. */
static void index_prompts(struct maker *m)
{
    m->asked_size = 64;
    while (m->asked_size < 2 * (m->cards->count + m->doc->blocks.count + 1))
        m->asked_size *= 2;
    m->asked = arena_array(m->arena, m->asked_size, sizeof *m->asked);
    for (size_t i = 0; i < m->cards->count; i++) {
        struct str key = lint_key(m->arena, m->cards->items[i].prompt);
        *asked_slot(m, key) = (struct asked){key, i};
    }
}

/* The card that asks the same already; it takes over what the book offers besides. */
static bool is_asked(struct maker *m, const struct card *card)
{
    struct str key = lint_key(m->arena, card->prompt);
    struct asked *slot = asked_slot(m, key);
    if (!slot->key.ptr) {
        *slot = (struct asked){key, m->cards->count};
        return false;
    }
    struct card *known = &m->cards->items[slot->card];
    if (same_text(m->arena, known->answer, card->answer) && card->choices.count)
        known->choices = card->choices;
    if (!known->explanation.len)
        known->explanation = card->explanation;
    return true;
}

static void add_card(struct maker *m, struct card *card, int block)
{
    struct gist wanted;
    if (is_asked(m, card))
        return;
    card->lang = m->doc->lang;
    card->relation = STR("exercise");
    card->rule = STR("exercise");
    card->confidence = 1;
    card->id = identity_of_question(m->scope, card->prompt);
    gist_read(m->arena, m->chapter.lexis,
              str_format(m->arena, "%.*s %.*s", STR_ARG(card->prompt), STR_ARG(card->answer)), false,
              &wanted);
    card->subject = subject_of(m, &wanted);
    if (!find_passage(m->arena, &m->search, &wanted, &card->source))
        card->source = source_of_block(m->doc, block);
    wait_if_unclean(m->arena, card);
    list_push(m->arena, m->cards, *card);
}

static void write_exercise(struct maker *m, struct exercise *exercise)
{
    struct card card = {0};
    if (!settle(m->arena, str_equal(m->doc->lang, STR("es")), exercise, &card.kind))
        return;
    card.prompt = exercise->prompt;
    card.answer = exercise->answer;
    card.explanation = exercise->explanation;
    for (size_t i = 0; i < exercise->option_count; i++)
        list_push(m->arena, &card.choices, exercise->options[i]);
    add_card(m, &card, exercise->block);
}

/* ---- Glossaries ---- */

static bool is_glossary(struct arena *arena, const struct document *doc, int section)
{
    static const char *const titles[] = {
        "glossary",        "glosario",     "key terms",   "key term",    "terminos clave",
        "terminos",        "vocabulary",   "vocabulario", "definitions", "definiciones",
        "conceptos clave", "key concepts", NULL};
    struct str title = text_fold(arena, str_trim(section_title(doc, section)));
    for (const char *const *known = titles; *known; known++)
        if (str_equal(title, str_from(*known)))
            return true;
    return false;
}

/* "Term: what it means", "Term — what it means"; false if it is no entry. */
static bool split_entry(struct str text, struct str *ret_term, struct str *ret_meaning)
{
    static const struct str joints[] = {{": ", 2}, {" — ", 5}, {" – ", 5}, {" - ", 3}, {" | ", 3}};
    size_t best = SIZE_MAX, length = 0;
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        size_t at = str_find(text, joints[i], 0);
        if (at < best)
            best = at, length = joints[i].len;
    }
    if (best == SIZE_MAX || best == 0)
        return false;
    *ret_term = str_trim(str_slice(text, 0, best));
    *ret_meaning = rest_of(text, best + length);
    return count_words(*ret_term) <= TERM_WORDS_MAX && count_words(*ret_meaning) > 1;
}

/* Up to its first semicolon or point: what follows says more, not what it is. */
static struct str first_part(struct str meaning)
{
    size_t semicolon = str_find(meaning, STR("; "), 0), point = str_find(meaning, STR(". "), 0);
    size_t end = semicolon < point ? semicolon : point;
    return without_final_point(end == SIZE_MAX ? meaning : str_slice(meaning, 0, end));
}

static void write_entry(struct maker *m, int block)
{
    bool spanish = str_equal(m->doc->lang, STR("es"));
    struct str term, meaning;
    struct card card = {.kind = CARD_REVERSE};
    if (!split_entry(m->doc->blocks.items[block].text, &term, &meaning))
        return;
    struct str part = first_part(meaning);
    if (count_words(part) > DEFINITION_WORDS_MAX || lint_leaks(m->arena, part, term)) {
        card.kind = count_words(part) > TYPED_WORDS_MAX ? CARD_WHY : CARD_DIRECT;
        card.prompt = str_format(m->arena, spanish ? "¿Qué significa «%.*s»?" : "What does “%.*s” mean?",
                                 STR_ARG(term));
        card.answer = meaning;
    } else {
        card.prompt = str_format(
            m->arena, spanish ? "¿Qué término significa «%.*s»?" : "Which term means “%.*s”?", STR_ARG(part));
        card.answer = term;
        card.explanation = str_equal(part, without_final_point(meaning)) ? (struct str){0} : meaning;
    }
    add_card(m, &card, block);
}

void exercises_write(struct arena *arena, const struct document *doc, const struct facts *facts,
                     struct str scope, struct cards *ret)
{
    struct gatherer g = {.arena = arena, .doc = doc};
    bool glossary = false;
    for (size_t i = 0; i < doc->blocks.count; i++) {
        if (doc->blocks.items[i].kind == BLOCK_EXERCISE)
            read_block(&g, (int)i);
        glossary |= doc->blocks.items[i].kind == BLOCK_HEADING &&
                    is_glossary(arena, doc, doc->blocks.items[i].section);
    }
    bool answered = false;
    list_each (const struct exercise, exercise, &g.found)
        answered |= exercise->answer.len > 0;
    if (!answered && !glossary)
        return;
    struct maker m = {.arena = arena, .doc = doc, .facts = facts, .scope = scope, .cards = ret};
    chapter_lay_out(arena, doc, facts, &m.chapter);
    m.search.chapter = &m.chapter;
    m.search.left = SEARCH_MAX;
    count_uses(arena, &m.search);
    index_prompts(&m);
    list_each (struct exercise, exercise, &g.found)
        write_exercise(&m, exercise);
    for (size_t i = 0; glossary && i < doc->blocks.count; i++) {
        const struct block *block = &doc->blocks.items[i];
        bool entry = block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_ITEM || block->kind == BLOCK_ROW;
        if (entry && is_glossary(arena, doc, block->section))
            write_entry(&m, (int)i);
    }
}
