#include "cards/lint.h"

#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "language/language.h"
#include "text/text.h"

#include <string.h>

enum {
    PROMPT_WORDS_MAX = 36,
    PROMPT_LETTERS_MAX = 230,
    ANSWER_WORDS_MAX = 9,
    ACCEPTED_MAX = 10,
    PAIR_WORDS_MAX = 18,
    ITEMS_MIN = 3,
    ITEMS_MAX = 6,
    CHOICES_MIN = 3
};

/* Everything that the rules look at, worked out once a card. */
struct view {
    struct arena *arena;
    const struct card *card;
    struct str prompt, answer; /* comparison keys */
    struct str_list words;     /* of the prompt in lower case, with accents */
    struct str_list answer_words;
    size_t gaps;
    bool single; /* asks one thing, so that the answer rules hold */
    bool is_set; /* order, match: the parts stand in items */
};

/* ---- Keys and words ---- */

static bool is_word_char(uint32_t c)
{
    return c == '_' || text_is_alnum(c);
}

static void add_evened(struct buffer *buffer, uint32_t c)
{
    char bytes[4];
    if (c == 0x201C || c == 0x201D)
        c = '"';
    else if (c == 0x2018 || c == 0x2019)
        c = '\'';
    else if (c == 0x2013 || c == 0x2014 || c == 0x2011 || c == 0x2010)
        c = '-';
    if (text_is_blank(c) || c == '\n' || c == '\r' || c == '\t') {
        if (buffer->len && buffer->bytes[buffer->len - 1] != ' ')
            buffer_add_char(buffer, ' ');
        return;
    }
    buffer_add(buffer, (struct str){bytes, utf8_encode(c, bytes)});
}

struct str lint_key(struct arena *arena, struct str text)
{
    struct str folded = text_fold(arena, text);
    struct buffer buffer = {0};
    for (size_t at = 0; at < folded.len;) {
        uint32_t c = utf8_next(folded, &at);
        bool run_of_underscores =
            (at < folded.len && folded.ptr[at] == '_') || (buffer.len && buffer.bytes[buffer.len - 1] == '_');
        if (c == '*' || c == '`' || (c == '_' && !run_of_underscores))
            continue;
        add_evened(&buffer, c);
    }
    struct str key = str_copy(arena, str_trim(buffer_str(&buffer)));
    buffer_finish(&buffer);
    return key;
}

/* Maximal runs of letters, digits and underscores. */
static void add_words(struct arena *arena, struct str text, struct str_list *ret)
{
    size_t start = 0, end = 0;
    bool inside = false;
    for (size_t at = 0; at <= text.len;) {
        size_t here = at;
        bool word = at < text.len && is_word_char(utf8_next(text, &at));
        if (word && !inside)
            start = here;
        if (word)
            end = at;
        if (!word && inside)
            list_push(arena, ret, str_slice(text, start, end));
        inside = word;
        if (here == text.len)
            break;
    }
}

static size_t count_blank_separated(struct str text)
{
    size_t count = 0;
    bool inside = false;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);
        bool blank = text_is_blank(c) || c == '\n';
        count += !blank && !inside;
        inside = !blank;
    }
    return count;
}

/* The words of `phrase` (blank-separated) at words[at]. */
static bool phrase_at(const struct str_list *words, size_t at, const char *phrase)
{
    struct str rest, word;
    if (at >= words->count || *words->items[at].ptr != *phrase)
        return false; /* nearly always */
    rest = str_from(phrase);
    while (str_split(&rest, ' ', &word)) {
        if (at >= words->count || !str_equal(words->items[at], word))
            return false;
        at++;
    }
    return true;
}

static bool has_phrase(const struct str_list *words, const char *const *phrases)
{
    for (; *phrases; phrases++)
        for (size_t at = 0; at < words->count; at++)
            if (phrase_at(words, at, *phrases))
                return true;
    return false;
}

static bool starts_with_phrase(const struct str_list *words, const char *const *phrases)
{
    for (; *phrases; phrases++)
        if (phrase_at(words, 0, *phrases))
            return true;
    return false;
}

/* ---- Leaks ---- */

enum { STOP_WORD_MAX = 4 }; /* bytes of the longest */

static const char *const stop_words[] = {
    "de",  "del",  "la",   "el",  "los",  "las",  "un", "una", "en",   "y",  "e",   "o",
    "a",   "al",   "que",  "con", "por",  "para", "su", "sus", "se",   "es", "era", "fue",
    "no",  "mas",  "como", "lo",  "the",  "of",   "in", "on",  "and",  "or", "an",  "to",
    "for", "with", "by",   "at",  "from", "its",  "is", "was", "were", "as", NULL,
};

static bool is_stop_word(struct str word)
{
    if (word.len > STOP_WORD_MAX)
        return false;
    for (const char *const *stop = stop_words; *stop; stop++)
        if (**stop == *word.ptr && str_equal(word, str_from(*stop)))
            return true;
    return false;
}

static struct str stem(struct str word)
{
    size_t letters = utf8_count(word);
    if (letters <= 6)
        return word;
    size_t keep = letters - 3 > 5 ? letters - 3 : 5, at = 0;
    while (keep--)
        utf8_next(word, &at);
    return str_slice(word, 0, at);
}

/* Words that may hold points and hyphens inside ("gpt-3.5"), as rough stems. */
static void add_stems(struct arena *arena, struct str key, struct str_list *ret)
{
    for (size_t at = 0; at < key.len;) {
        size_t start = at, end;
        uint32_t c = utf8_next(key, &at);
        if (c >= 0x80 || !(text_is_alnum(c)))
            continue;
        end = at;
        while (at < key.len) {
            c = utf8_next(key, &at);
            if (is_word_char(c))
                end = at;
            else if (c != '.' && c != '-')
                break;
        }
        at = end;
        struct str word = str_slice(key, start, end);
        if (!is_stop_word(word))
            list_push(arena, ret, stem(word));
    }
}

static bool key_leaks(struct arena *arena, struct str prompt_key, struct str answer_key)
{
    struct str_list asked = {0}, answered = {0};
    add_stems(arena, prompt_key, &asked);
    add_stems(arena, answer_key, &answered);
    for (size_t i = 0; i < answered.count; i++)
        if (!str_list_has(&asked, answered.items[i]))
            return false;
    return answered.count > 0;
}

bool lint_leaks(struct arena *arena, struct str prompt, struct str answer)
{
    return key_leaks(arena, lint_key(arena, prompt), lint_key(arena, answer));
}

/* Runs of two or more underscores, and "[…]", are gaps; they are counted and left out of `ret`. */
static size_t without_gaps(struct arena *arena, struct str prompt, struct str *ret)
{
    static const struct str brackets[] = {{"[…]", 5}, {"[...]", 5}};
    struct buffer buffer = {0};
    size_t gaps = 0;
    for (size_t at = 0; at < prompt.len;) {
        struct str rest = str_slice(prompt, at, prompt.len);
        size_t skip = 0;
        while (skip < rest.len && rest.ptr[skip] == '_')
            skip++;
        if (skip < 2)
            skip = str_starts(rest, brackets[0]) || str_starts(rest, brackets[1]) ? 5 : 0;
        gaps += skip > 0;
        buffer_add_char(&buffer, skip ? ' ' : prompt.ptr[at]);
        at += skip ? skip : 1;
    }
    *ret = str_copy(arena, buffer_str(&buffer));
    buffer_finish(&buffer);
    return gaps;
}

static bool any_form_leaks(const struct view *view)
{
    struct str bare;
    without_gaps(view->arena, view->prompt, &bare);
    if (key_leaks(view->arena, bare, view->answer))
        return true;
    const struct str_list *accepted = &view->card->accepted;
    for (size_t i = 0; i < accepted->count; i++)
        if (key_leaks(view->arena, bare, lint_key(view->arena, accepted->items[i])))
            return true;
    return false;
}

/* ---- The rules ---- */

static bool has_no_answer(const struct view *view)
{
    return view->answer.len == 0;
}

static bool leaks(const struct view *view)
{
    return view->single && view->answer.len && any_form_leaks(view);
}

static bool asks_nothing(const struct view *view)
{
    return view->single &&
           (view->gaps > 1 || (view->gaps == 0 && !str_contains(view->card->prompt, STR("?"))));
}

static bool asks_any_of_several(const struct view *view)
{
    static const char *const starts[] = {
        "nombra",
        "menciona",
        "cita",
        "name",
        "give",
        "cuál es un de",
        "cuál es uno de",
        "cuál es una de",
        "cuál fue uno de",
        "cuál fue una de",
        "cuál era uno de",
        "cuál era una de",
        "cual es uno de",
        "cual es una de",
        "quién es uno de",
        "quién es una de",
        "quién fue uno de",
        "quién fue una de",
        "quién era uno de",
        "quién era una de",
        "what is one of",
        "who is one of",
        "which is one of",
        "what was one of",
        "who was one of",
        "which was one of",
        "what were one of",
        NULL,
    };
    return starts_with_phrase(&view->words, starts);
}

static bool answer_is_a_pronoun(const struct view *view)
{
    static const char *const pronouns[] = {
        "el", "ella", "ellas", "ello", "ellos", "eso", "esa",  "ese",  "esto", "esta", "este",
        "he", "she",  "it",    "they", "him",   "her", "them", "this", "that", NULL,
    };
    return view->answer_words.count == 1 && starts_with_phrase(&view->answer_words, pronouns);
}

static bool accepts_too_much(const struct view *view)
{
    return view->card->accepted.count > ACCEPTED_MAX;
}

static bool prompt_is_too_long(const struct view *view)
{
    return utf8_count(view->card->prompt) > PROMPT_LETTERS_MAX ||
           count_blank_separated(view->card->prompt) > PROMPT_WORDS_MAX;
}

static bool answer_is_too_long(const struct view *view)
{
    if (view->is_set)
        return false;
    if (count_blank_separated(view->answer) > ANSWER_WORDS_MAX)
        return true;
    for (size_t i = 0; i < view->card->accepted.count; i++)
        if (count_blank_separated(view->card->accepted.items[i]) > ANSWER_WORDS_MAX)
            return true;
    return false;
}

static size_t count_of(struct str text, struct str needle)
{
    size_t count = 0;
    for (size_t at = 0; (at = str_find(text, needle, at)) != SIZE_MAX; at += needle.len)
        count++;
    return count;
}

static bool answer_lists_four(const struct view *view)
{
    struct str a = view->answer;
    return !view->is_set && count_of(a, STR(",")) + count_of(a, STR(" y ")) + count_of(a, STR(" e ")) +
                                    count_of(a, STR(" and ")) >=
                                3;
}

/* "por dicho" and "meses después de" point at nothing outside the prompt. */
static bool points_back(const struct str_list *words, size_t at)
{
    static const char *const always[] = {
        "este nuevo",         "este nueva",
        "esta nuevo",         "esta nueva",
        "mes siguiente",      "año siguiente",
        "día siguiente",      "ese mismo",
        "mientras tanto",     "the following month",
        "the following year", "meanwhile",
        "shown here",         NULL,
    };
    static const char *const unless_de_follows[] = {"meses después", "años después", "días después", NULL};
    for (const char *const *phrase = always; *phrase; phrase++)
        if (phrase_at(words, at, *phrase))
            return true;
    for (const char *const *phrase = unless_de_follows; *phrase; phrase++)
        if (phrase_at(words, at, *phrase) && !phrase_at(words, at + 2, "de") &&
            !phrase_at(words, at + 2, "del"))
            return true;
    if (phrase_at(words, at, "dicho") || phrase_at(words, at, "dicha"))
        return at == 0 || !str_equal(words->items[at - 1], STR("por"));
    return false;
}

static bool dangles(const struct view *view)
{
    static const char *const starts[] = {
        "este",  "esta",    "estos", "estas", "ese",  "esa",   "eso",     "esto", "dicho", "dicha",
        "aquel", "aquella", "ello",  "ellos", "ella", "ellas", "también", "ahí",  "aquí",  "así",
        "this",  "these",   "those", "it",    "they", "he",    "she",     NULL,
    };
    if (starts_with_phrase(&view->words, starts))
        return true;
    for (size_t at = 0; at < view->words.count; at++)
        if (points_back(&view->words, at))
            return true;
    return false;
}

static bool is_the_authors_voice(const struct view *view)
{
    static const char *const voices[] = {"yo",  "prometo", "shh",       "exagero", "imagina",
                                         "hey", "te doy",  "i promise", "let me",  NULL};
    return has_phrase(&view->words, voices) || str_contains(view->card->prompt, STR("→"));
}

static bool has_tag(struct str text)
{
    for (size_t at = 0; (at = str_find(text, STR("<"), at)) != SIZE_MAX; at++) {
        size_t name = at + 1 + (at + 1 < text.len && text.ptr[at + 1] == '/');
        if (name < text.len && ((text.ptr[name] | 32) >= 'a' && (text.ptr[name] | 32) <= 'z') &&
            str_find(text, STR(">"), name) != SIZE_MAX)
            return true;
    }
    return false;
}

/* _emphasis_, but not the ____ of a cloze nor snake_case. */
static bool has_underscore_emphasis(struct str text)
{
    for (size_t at = 0; (at = str_find(text, STR("_"), at)) != SIZE_MAX; at++) {
        bool lone = (at == 0 || text.ptr[at - 1] != '_') && at + 1 < text.len && text.ptr[at + 1] != '_';
        size_t close = lone ? str_find(text, STR("_"), at + 1) : SIZE_MAX;
        if (close == SIZE_MAX || close == at + 1 || (close + 1 < text.len && text.ptr[close + 1] == '_'))
            continue;
        size_t first = at + 1;
        if (is_word_char(utf8_next(text, &first)))
            return true;
    }
    return false;
}

static bool has_markup_in(struct str text)
{
    static const char *const residue[] = {"](", "{{", "[^", "**"};
    for (size_t i = 0; i < sizeof residue / sizeof *residue; i++)
        if (str_contains(text, str_from(residue[i])))
            return true;
    return has_tag(text) || has_underscore_emphasis(text);
}

static bool has_markup(const struct view *view)
{
    return has_markup_in(view->card->prompt) || has_markup_in(view->card->answer);
}

/* Whole names only: "mar" and "sept" may be other words. */
static bool is_month(const struct view *view, const struct language *language, struct str word)
{
    for (int month = 1; month <= 12; month++) {
        struct str name = language_month(language, month);
        if (name.len == word.len && str_equal(word, text_lower(view->arena, name)))
            return true;
    }
    return false;
}

static size_t count_months(const struct view *view, const struct str_list *words)
{
    const struct language *language = language_get(view->card->lang);
    size_t count = 0;
    for (size_t i = 0; language && i < words->count; i++)
        count += is_month(view, language, words->items[i]);
    return count;
}

static bool has_year(struct str text)
{
    size_t digits = 0;
    struct str eras[] = {STR(" bc"), STR(" BC"), STR(" a c"), STR(" a. C.")};
    for (size_t i = 0; i < sizeof eras / sizeof *eras; i++)
        if (str_contains(text, eras[i]))
            return true;
    for (size_t i = 0; i < text.len; i++) {
        digits = text.ptr[i] >= '0' && text.ptr[i] <= '9' ? digits + 1 : 0;
        if (digits == 4)
            return true;
    }
    return false;
}

static bool month_lacks_its_year(const struct view *view)
{
    return count_months(view, &view->answer_words) && !has_year(view->answer) && !has_year(view->prompt);
}

static bool neighbours_give_it_away(const struct view *view)
{
    return view->gaps && count_months(view, &view->answer_words) && count_months(view, &view->words) >= 2;
}

static bool is_right(const struct view *view, struct str key)
{
    if (str_equal(key, view->answer))
        return true;
    for (size_t i = 0; i < view->card->accepted.count; i++)
        if (str_equal(key, lint_key(view->arena, view->card->accepted.items[i])))
            return true;
    return false;
}

static bool choices_are_wrong(const struct view *view)
{
    const struct str_list *choices = &view->card->choices;
    struct str_list keys = {0};
    size_t right = 0;
    for (size_t i = 0; i < choices->count; i++) {
        struct str key = lint_key(view->arena, choices->items[i]);
        if (str_list_has(&keys, key))
            return true;
        right += is_right(view, key);
        list_push(view->arena, &keys, key);
    }
    return choices->count &&
           (choices->count < CHOICES_MIN || right != 1 || !str_list_has(&keys, view->answer));
}

static bool pair_is_wrong(struct arena *arena, struct str item, struct str_list *lefts)
{
    size_t arrow = str_find(item, STR("→"), 0);
    if (arrow == SIZE_MAX || str_find(item, STR("→"), arrow + 1) != SIZE_MAX)
        return true;
    struct str left = lint_key(arena, str_slice(item, 0, arrow));
    bool seen = str_list_has(lefts, left);
    list_push(arena, lefts, left);
    return seen || left.len == 0 || count_blank_separated(item) > PAIR_WORDS_MAX;
}

static bool items_are_wrong(const struct view *view)
{
    const struct str_list *items = &view->card->items;
    if (!view->is_set)
        return false;
    if (items->count < ITEMS_MIN || items->count > ITEMS_MAX)
        return true;
    struct str_list lefts = {0};
    for (size_t i = 0; view->card->kind == CARD_MATCH && i < items->count; i++)
        if (pair_is_wrong(view->arena, items->items[i], &lefts))
            return true;
    return false;
}

static bool lacks_its_subject(const struct view *view)
{
    return view->card->source.line > 0 && view->card->subject.len == 0;
}

static bool balanced(struct str text, const char *open, const char *close)
{
    return count_of(text, str_from(open)) == count_of(text, str_from(close));
}

static bool is_badly_punctuated(const struct view *view)
{
    struct str prompt = view->card->prompt;
    if (str_equal(view->card->lang, STR("es")) && !balanced(prompt, "¿", "?"))
        return true;
    return !balanced(prompt, "(", ")") || !balanced(prompt, "«", "»") || !balanced(prompt, "“", "”") ||
           count_of(prompt, STR("\"")) % 2 || str_contains(prompt, STR("  ")) ||
           str_contains(prompt, STR("{")) || str_contains(prompt, STR("}")) ||
           str_contains(prompt, STR(" ?")) || str_contains(prompt, STR(" ,"));
}

static const struct rule {
    struct lint lint;
    bool (*breaks)(const struct view *view);
} rules[] = {
    {{"empty", N_("there is no answer")}, has_no_answer},
    {{"leak", N_("the answer stands in the question")}, leaks},
    {{"no-question", N_("neither a question nor a text with one gap")}, asks_nothing},
    {{"any-of", N_("asks for any one of several")}, asks_any_of_several},
    {{"pronoun", N_("the answer is a pronoun")}, answer_is_a_pronoun},
    {{"accepted", N_("more than ten accepted forms")}, accepts_too_much},
    {{"long-prompt", N_("the question is longer than 36 words or 230 letters")}, prompt_is_too_long},
    {{"long-answer", N_("the answer is longer than nine words")}, answer_is_too_long},
    {{"enumeration", N_("the answer lists four things or more")}, answer_lists_four},
    {{"dangling", N_("the question points at something outside itself")}, dangles},
    {{"voice", N_("the author speaks in the question")}, is_the_authors_voice},
    {{"markup", N_("markup is left in the text")}, has_markup},
    {{"month", N_("a month without its year")}, month_lacks_its_year},
    {{"neighbours", N_("neighbouring dates give the answer away")}, neighbours_give_it_away},
    {{"choices", N_("the choices are fewer than three, repeat, or do not hold exactly one right answer")},
     choices_are_wrong},
    {{"items", N_("the items are fewer than three, more than six, or no pairs")}, items_are_wrong},
    {{"subject", N_("nothing says what the card is about")}, lacks_its_subject},
    {{"punctuation", N_("quotation marks, brackets or question marks do not match")}, is_badly_punctuated},
};

static struct view view_of(struct arena *arena, const struct card *card)
{
    struct view view = {.arena = arena, .card = card};
    struct str bare;
    view.prompt = lint_key(arena, card->prompt);
    view.answer = lint_key(arena, card->answer);
    view.is_set = card->kind == CARD_ORDER || card->kind == CARD_MATCH;
    view.single = !view.is_set && card->kind != CARD_TRUEFALSE;
    view.gaps = without_gaps(arena, card->prompt, &bare);
    add_words(arena, text_lower(arena, card->prompt), &view.words);
    add_words(arena, text_lower(arena, card->answer), &view.answer_words);
    return view;
}

void card_lint(struct arena *arena, const struct card *card, struct lints *ret)
{
    if (card->kind == CARD_WHY)
        return; /* open questions with a checklist: nothing to judge by machine */
    struct view view = view_of(arena, card);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i].breaks(&view))
            list_push(arena, ret, &rules[i].lint);
}

bool card_is_clean(const struct card *card)
{
    struct arena arena = {0};
    struct lints lints = {0};
    card_lint(&arena, card, &lints);
    arena_finish(&arena);
    return lints.count == 0;
}

const struct lint *lint_rules(void)
{
    enum { COUNT = sizeof rules / sizeof *rules };
    static struct lint list[COUNT + 1];
    for (size_t i = 0; i < COUNT; i++)
        list[i] = rules[i].lint;
    return list;
}
