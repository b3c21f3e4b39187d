#include "verify/draft.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/translate.h"
#include "cards/identity.h"
#include "cards/lint.h"
#include "verify/checking.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What a draft may measure; a card that teaches is far below. */
enum { PROMPT_MAX = 2000, ANSWER_MAX = 600, QUOTE_MAX = 4000, LINE_MAX = 64 << 10, LIST_MAX = 12 };

static const struct {
    const char *id;
    enum draft_state weight;
    const char *text;
} kinds[FINDING_KINDS] = {
    [NO_CARD] = {"no-card", DRAFT_REFUSED, N_("this line is no card")},
    [NO_QUOTE] = {"no-quote", DRAFT_REFUSED, N_("the quotation is not in the chapter")},
    [LONG_QUOTE] = {"long-quote", DRAFT_REFUSED,
                    N_("the quotation is too long; quote the sentence that answers")},
    [OTHER_QUOTE] = {"other-quote", DRAFT_REFUSED,
                     N_("the quotation has another name, number or \"not\" than the chapter")},
    [NEAR_QUOTE] = {"near-quote", DRAFT_DOUBTFUL, N_("the quotation has other words than the chapter")},
    [OTHER_ANSWER] = {"other-answer", DRAFT_REFUSED, N_("the passage says something else")},
    [ANSWER_ELSEWHERE] = {"answer-elsewhere", DRAFT_REFUSED,
                          N_("the answer stands elsewhere in the chapter, not in the quoted passage")},
    [ANSWER_UNSUPPORTED] = {"answer-unsupported", DRAFT_REFUSED,
                            N_("the answer does not stand in the quoted passage")},
    [ANSWER_PARTLY] = {"answer-partly", DRAFT_DOUBTFUL, N_("the answer stands in the passage only in part")},
    [OTHER_NAME] = {"other-name", DRAFT_REFUSED,
                    N_("the question names something that the chapter does not have")},
    [NAME_ELSEWHERE] = {"name-elsewhere", DRAFT_DOUBTFUL,
                        N_("the question names something that the passage is not about")},
    [OTHER_NUMBER] = {"other-number", DRAFT_REFUSED,
                      N_("the question has a date or number that the passage does not have")},
    [CONTRADICTS] = {"contradicts", DRAFT_REFUSED, N_("the chapter says otherwise")},
    [NEIGHBOUR] = {"neighbour", DRAFT_DOUBTFUL, N_("in the passage the answer belongs to something else")},
    [OTHER_SORT] = {"other-sort", DRAFT_DOUBTFUL, N_("the answer is not what the question asks for")},
    [NAMES_ANSWER] = {"names-answer", DRAFT_DOUBTFUL, N_("the question names its answer")},
    [SEVERAL_RIGHT] = {"several-right", DRAFT_DOUBTFUL, N_("other answers are right as well")},
    [RIGHT_CHOICE] = {"right-choice", DRAFT_REFUSED, N_("another choice is right as well")},
    [DROPPED_NOT] = {"dropped-not", DRAFT_REFUSED, N_("the passage denies it")},
    [ADDED_NOT] = {"added-not", DRAFT_DOUBTFUL, N_("the question denies what the passage says")},
    [DROPPED_HEDGE] = {"dropped-hedge", DRAFT_DOUBTFUL,
                       N_("the passage only reports, promises or supposes it")},
    [LINT] = {"lint", DRAFT_DOUBTFUL, N_("the card is not well made")},
    [BAD_LINT] = {"bad-lint", DRAFT_REFUSED, N_("the card cannot be learnt")},
    [SAME_PROMPT] = {"same-prompt", DRAFT_REFUSED, N_("an earlier line asks the same")},
    [KNOWN] = {"known", DRAFT_VERIFIED, N_("the chapter's own cards ask the same")},
};

/* Lints that no edit of a word or two would mend, or that give the answer away. */
static const char *const bad_lints[] = {"empty", "leak", "no-question", "any-of", "pronoun", "choices", NULL};

struct str draft_state_name(enum draft_state state)
{
    static const char *const names[] = {
        [DRAFT_VERIFIED] = "verified", [DRAFT_DOUBTFUL] = "doubtful", [DRAFT_REFUSED] = "refused"};
    return str_from(names[state]);
}

void blame(struct checking *c, enum finding_kind kind, const char *format, ...)
{
    char detail[400] = "";
    struct finding finding = {kinds[kind].id, kinds[kind].weight, {0}};
    if (format) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(detail, sizeof detail, format, arguments);
        va_end(arguments);
    }
    finding.text = str_format(c->arena, *detail ? "%s: %s" : "%s%s", _(kinds[kind].text), detail);
    list_push(c->arena, &c->draft->findings, finding);
    if (finding.weight > c->draft->state)
        c->draft->state = finding.weight;
}

/* ---- The checks in their order ---- */

static void check_quote(struct checking *c)
{
    struct card *card = &c->draft->card;
    chapter_find_quote(c->arena, c->chapter, card->source.quote, &c->quote);
    if (c->quote.fit == QUOTE_ABSENT) {
        blame(c, NO_QUOTE, NULL);
        return;
    }
    c->first = c->quote.first;
    c->end = c->quote.end;
    chapter_sentences(c->chapter, &c->first, &c->end);
    c->draft->difference = c->quote.difference;
    card->source = chapter_source(c->arena, c->chapter, c->quote.first, c->quote.end);
    if (c->quote.fit == QUOTE_EXACT)
        return;
    bool other = c->quote.other_number || c->quote.other_name || c->quote.other_negation;
    blame(c, other ? OTHER_QUOTE : NEAR_QUOTE, "%.*s", STR_ARG(c->quote.difference));
}

static bool is_one_of(const char *id, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(id, *list) == 0)
            return true;
    return false;
}

/* What the card is about: the first name of its question, else whatever its answer is part of. */
static struct str subject_of(const struct checking *c)
{
    list_each (const struct find, find, &c->prompt.finds)
        if (find->kind == FIND_NAME)
            return c->chapter->facts->entities.items[find->entity].name;
    for (size_t i = 1; i < c->prompt.terms.count; i++)
        if (c->prompt.terms.items[i].capital)
            return gist_slice(&c->prompt, (int)i, (int)i + 1);
    return c->chapter->doc->title;
}

static void check_lints(struct checking *c)
{
    struct lints lints = {0};
    card_lint(c->arena, &c->draft->card, &lints);
    for (size_t i = 0; i < lints.count; i++)
        blame(c, is_one_of(lints.items[i]->id, bad_lints) ? BAD_LINT : LINT, "%s", _(lints.items[i]->text));
}

static struct seen_prompt *seen_slot(const struct card_checker *checker, struct str key)
{
    size_t at = (size_t)hash_str(key) & (checker->seen_capacity - 1);
    while (checker->seen[at].line && !str_equal(checker->seen[at].key, key))
        at = (at + 1) & (checker->seen_capacity - 1);
    return &checker->seen[at];
}

static void seen_grow(struct card_checker *checker)
{
    struct seen_prompt *old = checker->seen;
    size_t capacity = checker->seen_capacity;
    checker->seen_capacity = capacity ? capacity * 2 : 128;
    checker->seen = arena_array(checker->arena, checker->seen_capacity, sizeof *checker->seen);
    for (size_t i = 0; i < capacity; i++)
        if (old[i].line)
            *seen_slot(checker, old[i].key) = old[i];
}

static void check_same_prompt(struct checking *c)
{
    struct card_checker *checker = c->checker;
    if (checker->seen_count * 2 >= checker->seen_capacity)
        seen_grow(checker);
    struct str key = lint_key(c->arena, c->draft->card.prompt);
    struct seen_prompt *slot = seen_slot(checker, key);
    if (slot->line) {
        blame(c, SAME_PROMPT, _("line %d"), slot->line);
        return;
    }
    *slot = (struct seen_prompt){.key = str_copy(checker->arena, key),
                                 .line = c->draft->line ? c->draft->line : 1};
    checker->seen_count++;
}

static void settle(struct checking *c)
{
    struct draft *draft = c->draft;
    struct card *card = &draft->card;
    card->tier = draft->state == DRAFT_VERIFIED ? TIER_AUTO : TIER_REVIEW;
    card->confidence = draft->state == DRAFT_VERIFIED ? 1 : 0.5;
    card->rule = STR("draft");
    if (draft->state != DRAFT_VERIFIED)
        list_each (const struct finding, finding, &draft->findings)
            if (finding->weight != DRAFT_VERIFIED)
                card->doubt = card->doubt.len ? str_format(c->arena, "%.*s; %.*s", STR_ARG(card->doubt),
                                                           STR_ARG(finding->text))
                                              : finding->text;
    if (!card->id.text[0])
        card->id = identity_of_question(c->checker->options.scope, card->prompt);
}

static void check_all(struct checking *c)
{
    const struct card *card = &c->draft->card;
    gist_read(c->arena, c->chapter->lexis, card->prompt, false, &c->prompt);
    gist_read(c->arena, c->chapter->lexis, card->answer, false, &c->answer);
    c->draft->card.subject = subject_of(c);
    check_quote(c);
    if (c->quote.fit != QUOTE_ABSENT) {
        check_answer(c);
        check_prompt(c);
        check_sort(c);
        check_hedge(c);
        check_facts(c);
    }
    check_lints(c);
    check_same_prompt(c);
    settle(c);
}

/* ---- From a line to a card ---- */

static bool is_cloze(struct str prompt)
{
    return str_contains(prompt, STR("__")) || str_contains(prompt, STR("[…]")) ||
           str_contains(prompt, STR("[...]"));
}

static struct str_list few(struct str_list list)
{
    list.count = list.count > LIST_MAX ? LIST_MAX : list.count;
    return list;
}

/* Fields as the card line has them; "question" and "quote" are understood too. */
static bool card_from_json(struct checking *c, const struct json *json, struct card *ret)
{
    const struct json *source = json_get(json, "source");
    struct str kind = json_get_text(json, "kind");
    struct card card = {.lang = c->chapter->doc->lang};
    card.prompt = str_trim(json_get_text(json, json_get(json, "prompt") ? "prompt" : "question"));
    card.answer = str_trim(json_get_text(json, "answer"));
    card.accepted = few(json_get_texts(c->arena, json, "accepted"));
    card.choices = few(json_get_texts(c->arena, json, "choices"));
    card.hint = json_get_text(json, "hint");
    card.explanation = json_get_text(json, "explanation");
    card.source.quote =
        str_trim(json_get(json, "quote") ? json_get_text(json, "quote") : json_get_text(source, "quote"));
    card.kind = is_cloze(card.prompt) ? CARD_CLOZE : CARD_DIRECT;
    if (kind.len && (!card_kind_from(kind, &card.kind) || card.kind == CARD_ORDER ||
                     card.kind == CARD_MATCH || card.kind == CARD_WHY)) {
        blame(c, NO_CARD, _("kind must be direct, reverse, cloze or truefalse"));
        return false;
    }
    if (!card.prompt.len || !card.answer.len || !card.source.quote.len) {
        blame(c, NO_CARD, _("it wants prompt, answer and quote"));
        return false;
    }
    if (card.prompt.len > PROMPT_MAX || card.answer.len > ANSWER_MAX) {
        blame(c, NO_CARD, _("question or answer are too long for a card"));
        return false;
    }
    if (card.source.quote.len > QUOTE_MAX) {
        blame(c, LONG_QUOTE, NULL);
        return false;
    }
    *ret = card;
    return true;
}

static void read_line(struct checking *c, struct str line)
{
    struct json json;
    struct error e = {0};
    if (!json_parse(c->arena, line, &json, &e))
        blame(c, NO_CARD, "%s", e.text);
    else if (json.kind != JSON_OBJECT)
        blame(c, NO_CARD, _("a line is one JSON object"));
    else if (card_from_json(c, &json, &c->draft->card))
        check_all(c);
}

static void count_draft(struct drafts *drafts, const struct draft *draft)
{
    drafts->verified += draft->state == DRAFT_VERIFIED;
    drafts->doubtful += draft->state == DRAFT_DOUBTFUL;
    drafts->refused += draft->state == DRAFT_REFUSED;
}

static void read_facts(struct card_checker *checker)
{
    const struct facts *facts = checker->chapter.facts;
    struct lexis *lexis = checker->chapter.lexis;
    checker->facts = arena_array(checker->arena, facts->count + 1, sizeof *checker->facts);
    for (size_t i = 0; i < facts->count; i++) {
        const struct fact *fact = &facts->items[i];
        const struct filler *role = fact_role(fact, STR("role"));
        struct fact_words *words = &checker->facts[i];
        gist_read(checker->arena, lexis, role ? role->text : fact->verb.lemma, false, &words->verb);
        words->fillers = arena_array(checker->arena, fact->roles.count + 1, sizeof *words->fillers);
        for (size_t k = 0; k < fact->roles.count; k++)
            gist_read(checker->arena, lexis, fact->roles.items[k].text, false, &words->fillers[k]);
    }
}

/* What outlives the check of one draft. */
static struct str_list keep_list(struct arena *arena, struct str_list list)
{
    struct str_list kept = {0};
    for (size_t i = 0; i < list.count; i++)
        list_push(arena, &kept, str_copy(arena, list.items[i]));
    return kept;
}

static void keep_draft(struct arena *arena, struct draft *draft)
{
    struct card *card = &draft->card;
    struct str *const texts[] = {&card->prompt,      &card->answer,       &card->hint,
                                 &card->explanation, &card->subject,      &card->relation,
                                 &card->doubt,       &card->source.quote, &draft->difference};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = str_copy(arena, *texts[i]);
    card->accepted = keep_list(arena, card->accepted);
    card->choices = keep_list(arena, card->choices);
    struct finding *findings = arena_array(arena, draft->findings.count + 1, sizeof *findings);
    for (size_t i = 0; i < draft->findings.count; i++) {
        findings[i] = draft->findings.items[i];
        findings[i].text = str_copy(arena, findings[i].text);
    }
    draft->findings.items = findings;
    draft->findings.capacity = draft->findings.count;
}

struct card_checker *card_checker_new(struct arena *arena, const struct document *doc,
                                      const struct facts *facts, const struct draft_options *options)
{
    struct card_checker *checker = arena_new(arena, struct card_checker);
    checker->arena = arena;
    checker->options = *options;
    chapter_lay_out(arena, doc, facts, &checker->chapter);
    read_facts(checker);
    return checker;
}

void drafts_check(struct arena *arena, const struct document *doc, const struct facts *facts,
                  const struct draft_options *options, struct str text, struct drafts *ret)
{
    struct card_checker *checker = card_checker_new(arena, doc, facts, options);
    struct drafts drafts = {0};
    struct str line;
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_slice(text, 3, text.len);
    struct arena scratch = {0};
    for (int number = 1; str_split(&text, '\n', &line); number++) {
        line = str_trim(line);
        if (!line.len)
            continue;
        struct draft draft = {.line = number};
        struct checking c = {
            .arena = &scratch, .checker = checker, .chapter = &checker->chapter, .draft = &draft};
        arena_reset(&scratch);
        if (line.len > LINE_MAX)
            blame(&c, line.ptr[0] == '{' ? LONG_QUOTE : NO_CARD, NULL);
        else
            read_line(&c, line);
        keep_draft(arena, &draft);
        count_draft(&drafts, &draft);
        list_push(arena, &drafts, draft);
    }
    arena_finish(&scratch);
    *ret = drafts;
}

void card_check(struct arena *arena, struct card_checker *checker, const struct card *card, struct draft *ret)
{
    struct draft draft = {.card = *card};
    struct checking c = {.arena = arena, .checker = checker, .chapter = &checker->chapter, .draft = &draft};
    if (card->source.quote.len > QUOTE_MAX)
        blame(&c, LONG_QUOTE, NULL);
    else
        check_all(&c);
    *ret = draft;
}

struct str quote_difference(struct arena *arena, const struct document *doc, struct str quote)
{
    static const struct facts none;
    struct chapter chapter;
    struct quote_match match;
    chapter_lay_out(arena, doc, &none, &chapter);
    chapter_find_quote(arena, &chapter, quote, &match);
    return match.difference;
}

/* ---- The report ---- */

static void add_field(struct buffer *buffer, const char *name, struct str value)
{
    buffer_format(buffer, ",\"%s\":", name);
    buffer_add_json(buffer, value);
}

static void add_draft_json(struct buffer *buffer, const struct draft *draft)
{
    const struct card *card = &draft->card;
    buffer_format(buffer, "{\"line\":%d", draft->line);
    add_field(buffer, "state", draft_state_name(draft->state));
    if (card->prompt.len) {
        add_field(buffer, "prompt", card->prompt);
        add_field(buffer, "answer", card->answer);
    }
    if (card->id.text[0] && draft->state != DRAFT_REFUSED)
        add_field(buffer, "id", str_from(card->id.text));
    if (card->fact.text[0] && draft->state != DRAFT_REFUSED)
        add_field(buffer, "fact", str_from(card->fact.text));
    if (card->source.line) {
        buffer_format(buffer, ",\"source\":{\"line\":%d,\"column\":%d,\"start\":%zu,\"end\":%zu",
                      card->source.line, card->source.column, card->source.start, card->source.end);
        add_field(buffer, "quote", card->source.quote);
        buffer_add_char(buffer, '}');
    }
    if (draft->difference.len)
        add_field(buffer, "difference", draft->difference);
    buffer_add(buffer, STR(",\"findings\":["));
    for (size_t i = 0; i < draft->findings.count; i++) {
        const struct finding *finding = &draft->findings.items[i];
        buffer_format(buffer, "%s{\"id\":\"%s\",\"weight\":", i ? "," : "", finding->id);
        buffer_add_json(buffer, draft_state_name(finding->weight));
        add_field(buffer, "text", finding->text);
        buffer_add_char(buffer, '}');
    }
    buffer_add(buffer, STR("]}"));
}

void drafts_add_json(struct buffer *buffer, const struct drafts *drafts)
{
    buffer_format(buffer, "{\"verified\":%zu,\"doubtful\":%zu,\"refused\":%zu,\"drafts\":[", drafts->verified,
                  drafts->doubtful, drafts->refused);
    for (size_t i = 0; i < drafts->count; i++) {
        buffer_add(buffer, i ? STR(",\n") : STR("\n"));
        add_draft_json(buffer, &drafts->items[i]);
    }
    buffer_add(buffer, STR("\n]}\n"));
}
