/* `repaso decks rename …`: what is done to decks from the terminal, one row an action. */
#include "cli/decks.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/context.h"
#include "collection/backlog.h"
#include "collection/deck.h"

#include <stdio.h>

/* Where a deck is asked for, this stands for all of them, or for the top. */
static const char whole[] = "-";

struct changing {
    struct collection *collection;
    struct arena arena;
    const char *const *words; /* behind the action */
    bool dry_run;
    struct error *e;
};

static bool find(struct changing *c, int word, int64_t *ret)
{
    struct str name = str_from(c->words[word]);
    *ret = 0;
    return str_equal(name, str_from(whole)) || deck_find(c->collection, name, ret, c->e);
}

/* A deck, not all. */
static bool find_one(struct changing *c, int word, int64_t *ret)
{
    return find(c, word, ret) && (*ret || fail(c->e, ERROR_USAGE, _("\"-\" is no deck here; name one")));
}

static bool do_rename(struct changing *c)
{
    int64_t deck;
    return find_one(c, 0, &deck) &&
           deck_rename(c->collection, deck, str_from(c->words[1]), context_now(), c->e);
}

static bool do_move(struct changing *c)
{
    int64_t deck, parent;
    return find_one(c, 0, &deck) && find(c, 1, &parent) &&
           deck_move(c->collection, deck, parent, context_now(), c->e);
}

static bool do_merge(struct changing *c)
{
    int64_t deck, into;
    return find_one(c, 0, &deck) && find_one(c, 1, &into) &&
           deck_merge(c->collection, deck, into, context_now(), c->e);
}

static bool do_delete(struct changing *c)
{
    int64_t deck;
    if (!find_one(c, 0, &deck) || !deck_delete(c->collection, deck, context_now(), c->e))
        return false;
    printf(_("Deleted. `repaso decks restore \"%s\"` brings it back, for %d days.\n"), c->words[0], BIN_DAYS);
    return true;
}

static bool do_bin(struct changing *c)
{
    struct bin_rows bin;
    if (!collection_bin(c->collection, &c->arena, context_now(), &bin, c->e))
        return false;
    list_each (struct bin_row, row, &bin)
        printf("%.*s: %.*s, %.*s\n", STR_ARG(row->path),
               STR_ARG(context_count(&c->arena, PLURAL("%lld card", "%lld cards"), row->cards)),
               STR_ARG(context_count(&c->arena, PLURAL("%lld day left", "%lld days left"), row->days_left)));
    if (!bin.count)
        puts(_("Nothing was deleted in the last 30 days."));
    return true;
}

static struct str last_part(struct str path)
{
    size_t at;
    while ((at = str_find(path, STR("::"), 0)) != SIZE_MAX)
        path = str_slice(path, at + 2, path.len);
    return path;
}

static bool do_restore(struct changing *c)
{
    struct bin_rows bin;
    struct str name = str_from(c->words[0]);
    if (!collection_bin(c->collection, &c->arena, context_now(), &bin, c->e))
        return false;
    list_each (struct bin_row, row, &bin)
        if (str_equal(row->path, name) || str_equal(last_part(row->path), name))
            return deck_restore(c->collection, row->key, context_now(), c->e);
    return fail(c->e, ERROR_NOT_FOUND,
                _("no deck \"%.*s\" was deleted in the last 30 days; `repaso decks bin` lists them"),
                STR_ARG(name));
}

static bool do_set(struct changing *c)
{
    int64_t deck;
    return find(c, 0, &deck) && deck_set_option(c->collection, deck, str_from(c->words[1]),
                                                str_from(c->words[2]), context_now(), c->e);
}

static enum spread_order cheapest(const struct spread *spread)
{
    enum spread_order best = SPREAD_LOSS;
    for (int order = 0; order < SPREAD_ORDERS; order++)
        if (spread->lost[order] < spread->lost[best])
            best = (enum spread_order)order;
    return best;
}

static bool do_spread(struct changing *c)
{
    static const char *const names[] = {N_("what forgets fastest first"), N_("what is known best first"),
                                        N_("what waited longest first")};
    int64_t deck;
    long days;
    struct spread spread;
    if (!find(c, 0, &deck))
        return false;
    if (!str_to_long(str_from(c->words[1]), &days) || days < 1 || days > 365)
        return fail(c->e, ERROR_USAGE, _("\"%s\" is no number of days from 1 to 365"), c->words[1]);
    struct moment now = context_now();
    if (!collection_backlog(c->collection, deck, (int)days, now, &spread, c->e))
        return false;
    if (!spread.overdue)
        return puts(_("Nothing is overdue.")) >= 0;
    enum spread_order best = cheapest(&spread);
    printf(_("%.*s overdue, %d a day for %ld days. What will be forgotten by waiting:\n"),
           STR_ARG(context_count(&c->arena, PLURAL("%lld card", "%lld cards"), spread.overdue)),
           spread.per_day, days);
    for (int order = 0; order < SPREAD_ORDERS; order++)
        printf(_("%s %s: about %.1f cards\n"), order == (int)best ? "→" : " ", _(names[order]),
               spread.lost[order]);
    return c->dry_run || collection_spread(c->collection, deck, (int)days, best, now, &spread, c->e);
}

static const struct {
    const char *name, *words;
    int count;
    bool (*run)(struct changing *c);
} actions[] = {
    {"rename", "DECK NAME", 2, do_rename},
    {"move", "DECK PARENT", 2, do_move},
    {"merge", "DECK INTO", 2, do_merge},
    {"delete", "DECK", 1, do_delete},
    {"bin", "", 0, do_bin},
    {"restore", "DECK", 1, do_restore},
    {"set", "DECK OPTION VALUE", 3, do_set},
    {"spread", "DECK DAYS", 2, do_spread},
};

bool decks_change(const struct call *call, struct error *e)
{
    const char *name = call->words[0];
    struct changing c = {.words = call->words + 1, .dry_run = call_has(call, "dry-run"), .e = e};
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (!str_equal(str_from(name), str_from(actions[i].name)))
            continue;
        if (call->count - 1 != actions[i].count)
            return fail(e, ERROR_USAGE, _("it is `repaso decks %s %s`"), name, actions[i].words);
        bool ok = context_open(call, &c.collection, e) && actions[i].run(&c);
        collection_close(c.collection);
        arena_finish(&c.arena);
        return ok;
    }
    return fail(e, ERROR_USAGE,
                _("decks cannot \"%s\"; they rename, move, merge, delete, bin, restore, set, spread"), name);
}
