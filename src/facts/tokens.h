/* Sentences to tokens: names and numbers stay whole ("ZET-30B", "8x7B", "$100M", "Q.R."). */
#ifndef REPASO_FACTS_TOKENS_H
#define REPASO_FACTS_TOKENS_H

#include "facts/reading.h"

/* Fills reading->tokens from its block and sentence, in time that grows with the sentence's length. */
void tokens_read(struct arena *scratch, struct reading *reading);

static inline struct token *token_at(const struct reading *reading, int i)
{
    return i >= 0 && (size_t)i < reading->tokens.count ? &reading->tokens.items[i] : NULL;
}
struct str token_text(const struct reading *reading, int i);
/* The text from the first token to the one before `end`, as it stands in the block. */
struct str tokens_text(const struct reading *reading, int first, int end);
static inline bool token_is(const struct reading *reading, int i, const char *low)
{
    const struct token *t = token_at(reading, i);
    return t && str_equal(t->form->low, str_from(low));
}
static inline bool token_has(const struct reading *reading, int i, uint32_t flags)
{
    const struct token *t = token_at(reading, i);
    return t && (t->form->flags & flags);
}
static inline bool token_is_mark(const struct reading *reading, int i, uint32_t mark)
{
    const struct token *t = token_at(reading, i);
    return t && t->kind == TOKEN_MARK && t->mark == mark;
}

/* A number as the language writes it: "73.844" is 73844 in Spanish, "1,500" in English. False if it is none. */
bool number_value(struct str text, struct str lang, double *ret);

#endif
