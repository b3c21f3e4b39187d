/* The passage of a card as the screens show it: with the part marked that states the fact. */
#include "app/inside.h"

#include <strings.h>

struct stretch {
    size_t start, end;
    bool found;
};

/* The first place of `words` in `text` that is not within a word; case does not count for ASCII letters. */
static struct stretch find_words(struct str text, struct str words)
{
    for (size_t at = 0; words.len && at + words.len <= text.len; at++) {
        if (strncasecmp(text.ptr + at, words.ptr, words.len) != 0)
            continue;
        bool inside = at && ((text.ptr[at - 1] | 32) >= 'a' && (text.ptr[at - 1] | 32) <= 'z');
        if (!inside)
            return (struct stretch){at, at + words.len, true};
    }
    return (struct stretch){0};
}

static struct stretch find_answer(struct str text, const struct card *card)
{
    struct stretch found = find_words(text, card->answer);
    for (size_t i = 0; !found.found && i < card->accepted.count; i++)
        found = find_words(text, card->accepted.items[i]);
    return found;
}

/* A whole sentence marked says nothing: from the subject to the answer is what states the fact. */
static void narrow(struct study_passage *passage, const struct card *card)
{
    struct str marked = str_slice(passage->text, passage->mark_start, passage->mark_end);
    struct stretch answer = find_answer(marked, card), subject = find_words(marked, card->subject);
    if (!answer.found)
        return;
    if (!subject.found)
        subject = answer;
    size_t base = passage->mark_start;
    passage->mark_start = base + (subject.start < answer.start ? subject.start : answer.start);
    passage->mark_end = base + (subject.end > answer.end ? subject.end : answer.end);
}

struct study_passage passage_of(const struct card_row *row)
{
    if (!row->passages.count)
        return (struct study_passage){0};
    const struct passage *passage = &row->passages.items[0];
    struct study_passage ret = {.before = passage->before,
                                .text = passage->text,
                                .mark_start = passage->mark_start,
                                .mark_end = passage->mark_end,
                                .chapter = passage->chapter,
                                .line = passage->line};
    if (ret.mark_start <= ret.mark_end && ret.mark_end <= ret.text.len)
        narrow(&ret, &row->card);
    return ret;
}

struct str deck_title(struct arena *arena, struct str path)
{
    struct str ret = {0}, between = STR("::");
    for (size_t at = 0, end; at <= path.len; at = end + between.len) {
        end = str_find(path, between, at);
        if (end == (size_t)-1)
            end = path.len;
        struct str part = str_slice(path, at, end);
        ret = ret.len ? str_format(arena, "%.*s / %.*s", STR_ARG(ret), STR_ARG(part)) : part;
    }
    return ret;
}

double year_of(struct str value)
{
    struct str rest = value, year, month;
    long y, m = 1;
    if (!str_split(&rest, '-', &year) || year.len < 3 || year.len > 4 || !str_to_long(year, &y))
        return 0;
    if (str_split(&rest, '-', &month) && (!str_to_long(month, &m) || m < 1 || m > 12))
        return 0;
    return (double)y + (double)(m - 1) / 12;
}
