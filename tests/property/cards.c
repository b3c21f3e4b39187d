/* What holds of every card of every chapter. usage: property-cards FOLDER…; folders that are not there are passed over. */
#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "cards/lint.h"
#include "document/document.h"
#include "facts/facts.h"
#include "questions/questions.h"
#include "text/text.h"

#include <dirent.h>
#include <stdio.h>

static bool is_synthesis(const struct card *card)
{
    return str_equal(card->rule, STR(CARD_SYNTHESIS));
}

/* Digits as 9, so that dates and figures of one look are equal. */
static struct str look_of_numbers(struct arena *arena, struct str text)
{
    struct str copy = str_copy(arena, text);
    char *bytes = arena_array(arena, text.len + 1, 1);
    for (size_t i = 0; i < copy.len; i++)
        bytes[i] = copy.ptr[i] >= '0' && copy.ptr[i] <= '9' ? '9' : 'a';
    return (struct str){bytes, copy.len};
}

static size_t count_digits(struct str look)
{
    size_t count = 0;
    for (size_t i = 0; i < look.len; i++)
        count += look.ptr[i] == '9';
    return count;
}

/* Three, different, none a part of another, one of them the answer and no other accepted; dates beside dates. */
static const char *problem_of_choices(struct arena *arena, const struct card *card)
{
    size_t right = 0;
    if (!card->choices.count)
        return NULL;
    if (card->choices.count != 3)
        return "not three choices";
    for (size_t i = 0; i < 3; i++) {
        struct str one = text_fold(arena, card->choices.items[i]);
        right += str_equal(card->choices.items[i], card->answer);
        for (size_t j = 0; j < i; j++) {
            struct str other = text_fold(arena, card->choices.items[j]);
            if (str_contains(one, other) || str_contains(other, one))
                return "one choice holds another";
        }
        if (!str_equal(card->choices.items[i], card->answer) &&
            str_list_has(&card->accepted, card->choices.items[i]))
            return "a wrong choice is accepted";
        bool figure = count_digits(look_of_numbers(arena, card->choices.items[i])) > 0,
             asked = count_digits(look_of_numbers(arena, card->answer)) > 0;
        if (card->value.len && figure != asked)
            return "a figure beside words";
    }
    return right == 1 ? NULL : "not one choice is the answer";
}

static const char *problem_of_card(struct arena *arena, const struct card *card)
{
    struct lints lints = {0};
    card_lint(arena, card, &lints);
    if (lints.count)
        return lints.items[0]->text;
    if ((card->tier == TIER_REVIEW) != (card->doubt.len > 0))
        return "review and doubt do not go together";
    if (card->kind == CARD_TRUEFALSE && !card->explanation.len &&
        (str_equal(card->answer, STR("falso")) || str_equal(card->answer, STR("false"))))
        return "a false statement without its correction";
    if (card->kind == CARD_WHY && card->items.count < 2)
        return "a why without anything to tick off";
    return problem_of_choices(arena, card);
}

/* Identities differ, synthesis stands behind, the budget is kept, and no answer comes a third time among thirty. */
static const char *problem_of_deck(struct arena *arena, const struct document *doc, const struct cards *cards)
{
    size_t facts = 0;
    bool behind = false;
    for (size_t i = 0; i < cards->count; i++) {
        const struct card *card = &cards->items[i];
        size_t same = 0;
        if (behind && !is_synthesis(card))
            return "a card of a fact stands behind synthesis";
        behind |= is_synthesis(card);
        facts += !is_synthesis(card) && card->tier == TIER_AUTO;
        for (size_t j = 0; j < i; j++) {
            if (str_equal(str_from(cards->items[j].id.text), str_from(card->id.text)))
                return "two cards have one identity";
            same +=
                j < 30 && str_equal(text_fold(arena, cards->items[j].answer), text_fold(arena, card->answer));
        }
        size_t plenty = cards->count > 60; /* small chapters have nothing else to show */
        if (plenty && i < 30 && !is_synthesis(card) && same >= 2)
            return "an answer comes a third time among the first thirty";
    }
    return facts <= questions_budget(doc) ? NULL : "more cards than the budget";
}

static int check_chapter(const char *path)
{
    struct arena arena = {0};
    struct document doc;
    struct facts facts;
    struct cards cards;
    struct str source;
    struct error e = {0};
    int failed = 0;
    bool ok = file_read(&arena, path, 1 << 20, &source, &e) &&
              document_parse(&arena, str_from(path), source, (struct str){0}, &doc, &e) &&
              facts_find(&arena, &doc, NULL, NULL, &facts, &e) &&
              questions_write(&arena, &doc, &facts, NULL, &cards, &e);
    if (!ok) {
        printf("%s: %s\n", path, e.text);
        return 1;
    }
    list_each (const struct card, card, &cards) {
        const char *problem = problem_of_card(&arena, card);
        if (problem)
            printf("%s:%d: %.*s => %.*s: %s\n", path, card->source.line, STR_ARG(card->prompt),
                   STR_ARG(card->answer), problem);
        failed += problem != NULL;
    }
    const char *problem = problem_of_deck(&arena, &doc, &cards);
    if (problem)
        printf("%s: %s\n", path, problem);
    arena_finish(&arena);
    return failed + (problem != NULL);
}

static int check_folder(const char *folder, int *count)
{
    int failed = 0;
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        char path[1024];
        if (!str_ends(str_from(entry->d_name), STR(".md")) || entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        failed += check_chapter(path);
        ++*count;
    }
    if (dir)
        closedir(dir);
    return failed;
}

int main(int argc, char **argv)
{
    int count = 0, failed = 0;
    for (int i = 1; i < argc; i++)
        failed += check_folder(argv[i], &count);
    printf("%d chapters, %d problems\n", count, failed);
    return failed || !count;
}
