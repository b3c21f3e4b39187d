/* The folder's own: from events to what is remembered of a card. One function folds one event, in the incremental path and
 * in a rebuild alike, so both give the same digits. */
#ifndef REPASO_COLLECTION_REPLAY_H
#define REPASO_COLLECTION_REPLAY_H

#include "cards/card.h"
#include "collection/log.h"
#include "schedule/plan.h"

struct state {
    enum algorithm algorithm;
    struct standing standing;
    int64_t first_at_ms; /* 0: never */
    int64_t buried_until_ms;
    bool suspended, flagged, answer_changed, removed;
    int verdict; /* on a draft: 1 accepted, -1 rejected */
    int64_t upto_device, upto_seq, upto_hlc;
};

/* What one event does to a card. False when the whole history is needed (another algorithm than before). */
bool state_fold(struct state *state, const struct entry *entry, const struct fsrs *model, int rollover);
/* All settled events of a card. */
struct state state_replay(const struct collection *collection, const struct entries *entries);

struct card_place {
    int64_t card, deck;
    struct str id, deck_id;
    bool present, review; /* content: in the newest edition; tier review */
    bool gone;            /* its deck was deleted */
    bool apart;           /* made of several facts: asked as synthesis, never from the queue */
    bool made;            /* there is a memory row */
    struct str status;    /* as written */
};

/* Reads a card's cached state and its place; ERROR_NOT_FOUND. Slices in the arena. */
bool state_read(struct collection *collection, struct arena *arena, int64_t card, struct state *ret,
                struct card_place *ret_place, struct error *e);
/* Of a row of card: it may wait in the queue. */
#define CARD_IS_ASKED "status = 'active' AND rule <> '" CARD_SYNTHESIS "'"
/* For reading many: what a row of STATE_COLUMNS says. */
#define STATE_COLUMNS                                                                                        \
    "m.algorithm, m.s, m.x, m.d, m.due_at_ms, m.last_at_ms, m.last_day, m.first_at_ms, m.interval_days,"     \
    " m.reps, m.lapses, m.step, m.mastery, m.mastery_day, m.buried_until_ms, m.suspended, m.flagged,"        \
    " m.answer_changed, m.verdict, m.removed, m.upto_device, m.upto_seq, m.upto_hlc, m.card IS NOT NULL,"    \
    " card.key, card.id, card.deck, deck.id, card.present, card.tier = 'review', card.status,"               \
    " deck.deleted_at IS NOT NULL, card.rule = '" CARD_SYNTHESIS "'"
#define STATE_TABLES "card JOIN deck ON deck.key = card.deck LEFT JOIN memory m ON m.card = card.key"
enum { STATE_COLUMN_COUNT = 23 };
struct state state_of_row(struct sqlite3_stmt *row);
struct card_place place_of_row(struct arena *arena, struct sqlite3_stmt *row);
/* Writes it, with the status and `asked` that follow. */
bool state_write(struct collection *collection, const struct card_place *place, const struct state *state,
                 struct error *e);
/* The same, with the learner's own words and verdicts. */
bool state_apply(struct collection *collection, struct arena *arena, const struct card_place *place,
                 const struct state *state, const struct entries *entries, struct error *e);
/* Computes a card's state from its log and writes it, overlays included. Makes the row when it is missing. */
bool card_refresh(struct collection *collection, int64_t card, struct error *e);
/* Appends an event of a card and takes it into its state. */
bool card_event(struct collection *collection, const struct card_place *place, struct state *state,
                enum event_kind kind, struct str body, struct moment now, struct error *e);

#endif
