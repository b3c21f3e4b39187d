/* What a teacher's decisions say of cards to come: a fact that was refused once, and a rule that was refused often,
 * are looked at first. */
#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "collection/adding.h"

#include <sqlite3.h>

enum { RULE_REFUSED = 3 };

static bool read_list(struct adding *add, sqlite3_stmt *rows, struct str_list *ret)
{
    bool row, ok;
    while ((ok = query_step(add->c, rows, &row, add->e)) && row)
        list_push(add->arena, ret, column_copy(add->arena, rows, 0));
    return ok;
}

/* All decks of one book count: those below the topmost deck above this one. A rule's cards that were accepted weigh
 * against those that were refused. */
bool adding_doubts(struct adding *add)
{
    return read_list(
               add,
               query(add->c, add->e,
                     "WITH RECURSIVE up(key, parent) AS (SELECT key, parent FROM deck WHERE key = ?1 UNION"
                     " SELECT d.key, d.parent FROM deck d JOIN up ON d.key = up.parent),"
                     " book(key) AS (SELECT key FROM up WHERE parent IS NULL UNION"
                     " SELECT d.key FROM deck d JOIN book b ON d.parent = b.key)"
                     " SELECT n.rule FROM decision n JOIN card c ON c.id = n.card_id"
                     " WHERE n.rule <> '' AND c.deck IN (SELECT key FROM book) GROUP BY n.rule"
                     " HAVING sum(CASE n.verdict WHEN 'reject' THEN 1 ELSE -1 END) >= ?2",
                     "ii", add->deck, (int64_t)RULE_REFUSED),
               &add->doubted_rules) &&
           read_list(add,
                     query(add->c, add->e,
                           "SELECT DISTINCT fact FROM decision WHERE verdict = 'reject' AND fact <> ''", ""),
                     &add->doubted_facts);
}

static const char *doubt_about(const struct adding *add, const struct card *card)
{
    if (card->fact.text[0] && str_list_has(&add->doubted_facts, str_from(card->fact.text)))
        return N_("another question about this fact was rejected");
    if (card->rule.len && str_list_has(&add->doubted_rules, card->rule))
        return N_("questions of this kind were rejected several times");
    return NULL;
}

/* A card that is in the deck already stays there: whoever has learnt it would miss it. */
struct card adding_doubted(const struct adding *add, const struct card *card, bool is_in_deck)
{
    struct card doubted = *card;
    const char *doubt = is_in_deck || card->tier == TIER_REVIEW ? NULL : doubt_about(add, card);
    if (doubt) {
        doubted.tier = TIER_REVIEW;
        doubted.doubt = str_from(_(doubt));
    }
    return doubted;
}
