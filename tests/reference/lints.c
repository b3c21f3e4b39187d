/* Lints cards from standard input, one a line, fields apart by tabs: language, kind, prompt, answer, accepted forms apart by bars.
 * Prints the ids of the broken rules, one line a card. lints.py compares them with the scorer's. */
#include "base/arena.h"
#include "base/list.h"
#include "cards/lint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct card read_card(struct arena *arena, struct str line)
{
    struct str fields[5] = {0}, form;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        str_split(&line, '\t', &fields[i]);
    struct card card = {.lang = fields[0],
                        .prompt = fields[2],
                        .answer = fields[3],
                        .subject = STR("x"),
                        .source = {.line = 1}};
    card_kind_from(fields[1], &card.kind);
    while (fields[4].len && str_split(&fields[4], '|', &form))
        list_push(arena, &card.accepted, form);
    return card;
}

int main(void)
{
    char *line = NULL;
    size_t size = 0;
    for (ssize_t len; (len = getline(&line, &size, stdin)) > 0;) {
        struct arena arena = {0};
        struct lints lints = {0};
        struct card card = read_card(&arena, str_trim((struct str){line, (size_t)len}));
        card_lint(&arena, &card, &lints);
        list_each (const struct lint *, lint, &lints)
            printf("%s ", (*lint)->id);
        printf("\n");
        arena_finish(&arena);
    }
    free(line);
    return 0;
}
