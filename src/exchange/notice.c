#include "exchange/notice.h"

#include "base/arena.h"
#include "base/translate.h"
#include "base/utf8.h"

enum { EXAMPLE_SIZE = 60 };

/* Two forms of one message, for xgettext. */
#define PLURAL(one, many) (one), (many)

/* One sentence a kind, for one and for many. */
static const struct {
    const char *one, *many;
} sentences[NOTICE_KINDS] = {
    [NOTICE_NO_ANSWER] = {PLURAL("%ld card has no answer and waits among the drafts",
                                 "%ld cards have no answer and wait among the drafts")},
    [NOTICE_EMPTY_FRONT] = {PLURAL("%ld row asks nothing and was left out",
                                   "%ld rows ask nothing and were left out")},
    [NOTICE_OPEN_QUESTION] = {PLURAL("%ld open question has no answer to learn and was left out",
                                     "%ld open questions have no answer to learn and were left out")},
    [NOTICE_NO_QUESTION] = {PLURAL("%ld description asks nothing and was left out",
                                   "%ld descriptions ask nothing and were left out")},
    [NOTICE_PARTLY_RIGHT] = {PLURAL("%ld answer that is only partly right was left out",
                                    "%ld answers that are only partly right were left out")},
    [NOTICE_TWICE] = {PLURAL("%ld note is there twice; the first one counts",
                             "%ld notes are there twice; the first ones count")},
    [NOTICE_FEW_COLUMNS] = {PLURAL("%ld note has fewer fields than the others; the rest is empty",
                                   "%ld notes have fewer fields than the others; the rest is empty")},
    [NOTICE_MANY_COLUMNS] = {PLURAL("%ld note has more fields than the others; those were left out",
                                    "%ld notes have more fields than the others; those were left out")},
    [NOTICE_BAD_TEXT] = {PLURAL("%ld note has bytes that are no text; they show as �",
                                "%ld notes have bytes that are no text; they show as �")},
    [NOTICE_BAD_NUMBER] = {PLURAL(
        "%ld card has an impossible number in its schedule, which was corrected",
        "%ld cards have impossible numbers in their schedules, which were corrected")},
    [NOTICE_TOO_LONG] = {PLURAL("%ld note is longer than repaso takes and was left out",
                                "%ld notes are longer than repaso takes and were left out")},
    [NOTICE_BAD_ID] = {PLURAL("%ld row has an impossible number for a name and was left out",
                              "%ld rows have impossible numbers for names and were left out")},
    [NOTICE_NO_TYPE] = {PLURAL("%ld note is of a type that the file does not describe and was left out",
                               "%ld notes are of types that the file does not describe and were left out")},
    [NOTICE_NO_DECK] = {PLURAL(
        "%ld card is of a deck that the file does not name; it is in the default deck",
        "%ld cards are of decks that the file does not name; they are in the default deck")},
    [NOTICE_NO_TEMPLATE] = {PLURAL("%ld card is of a template that its type has not and was left out",
                                   "%ld cards are of templates that their types have not and were left out")},
    [NOTICE_CARDLESS] = {PLURAL("%ld note has no card and was left out",
                                "%ld notes have no card and were left out")},
    [NOTICE_NOTELESS] = {PLURAL("%ld card has no note and was left out",
                                "%ld cards have no note and were left out")},
    [NOTICE_CARDLESS_REVIEW] = {PLURAL(
        "%ld answer in the log is of a card that is gone and was left out",
        "%ld answers in the log are of cards that are gone and were left out")},
    [NOTICE_BAD_REVIEW] = {PLURAL("%ld line of the log is impossible and was left out",
                                  "%ld lines of the log are impossible and were left out")},
    [NOTICE_EMPTY_CARD] = {PLURAL("%ld card shows nothing to ask and waits among the drafts",
                                  "%ld cards show nothing to ask and wait among the drafts")},
    [NOTICE_CLOZE_LIMIT] = {PLURAL(
        "%ld note has gaps that are too deep or numbered too high; those show as text",
        "%ld notes have gaps that are too deep or numbered too high; those show as text")},
    [NOTICE_OCCLUSION] = {PLURAL("%ld card asks for a covered part of a picture and waits among the drafts",
                                 "%ld cards ask for covered parts of pictures and wait among the drafts")},
    [NOTICE_FILTERED] = {PLURAL("%ld card was in a filtered deck and is back in its own",
                                "%ld cards were in filtered decks and are back in their own")},
    [NOTICE_FLAG] = {PLURAL("%ld card had a coloured flag, which is not kept",
                            "%ld cards had coloured flags, which are not kept")},
    [NOTICE_ACTIVE] = {PLURAL("%ld card has scripts, frames or template commands that do nothing here",
                              "%ld cards have scripts, frames or template commands that do nothing here")},
    [NOTICE_NO_MEDIUM] = {PLURAL("%ld picture or sound is named in a note and not in the file",
                                 "%ld pictures or sounds are named in notes and not in the file")},
    [NOTICE_BAD_MEDIUM] = {PLURAL("%ld picture or sound is damaged or too large and was left out",
                                  "%ld pictures or sounds are damaged or too large and were left out")},
    [NOTICE_UNSAFE_NAME] = {PLURAL(
        "%ld picture or sound has a name that no file may have; what refers to it shows its name",
        "%ld pictures or sounds have names that no file may have; what refers to them shows their "
        "names")},
    [NOTICE_OTHER_MEDIUM] = {PLURAL("%ld file beside the cards is kept but not shown",
                                    "%ld files beside the cards are kept but not shown")},
    [NOTICE_MEDIA_UNREADABLE] = {PLURAL(
        "the list of pictures and sounds cannot be read; the cards come without them",
        "the lists of pictures and sounds cannot be read; the cards come without them")},
};

/* Some words of it, cut at a whole character. */
static struct str shorten(struct arena *arena, struct str example)
{
    size_t at = 0;
    while (at < example.len && at < EXAMPLE_SIZE)
        utf8_next(example, &at);
    return at < example.len ? str_format(arena, "%.*s…", STR_ARG(str_slice(example, 0, at)))
                            : str_copy(arena, example);
}

void notices_add(struct arena *arena, struct notices *notices, enum notice_kind kind, struct str example,
                 long line)
{
    if (!notices)
        return;
    struct notice *notice = &notices->items[kind];
    if (notice->count++ == 0)
        *notice = (struct notice){kind, 1, shorten(arena, example), line};
}

bool notices_any(const struct notices *notices)
{
    for (int i = 0; i < NOTICE_KINDS; i++)
        if (notices->items[i].count)
            return true;
    return false;
}

struct str notice_text(struct arena *arena, const struct notice *notice)
{
    const char *form = translate_plural(sentences[notice->kind].one, sentences[notice->kind].many,
                                        (unsigned long)notice->count);
    struct str text = str_format(arena, form, notice->count);
    if (notice->example.len && notice->line)
        return str_format(arena, _("%.*s (line %ld: %.*s)"), STR_ARG(text), notice->line,
                          STR_ARG(notice->example));
    if (notice->line)
        return str_format(arena, _("%.*s (line %ld)"), STR_ARG(text), notice->line);
    if (notice->example.len)
        return str_format(arena, "%.*s (%.*s)", STR_ARG(text), STR_ARG(notice->example));
    return text;
}
