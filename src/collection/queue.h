/* What to ask now, in which order. Reading it changes nothing. */
#ifndef REPASO_COLLECTION_QUEUE_H
#define REPASO_COLLECTION_QUEUE_H

#include "collection/collection.h"

enum queue_order {
    ORDER_RECALL_DOWN, /* most likely recalled first: saves most of a backlog; the default */
    ORDER_RECALL_UP,
    ORDER_DUE,        /* the longest due first */
    ORDER_OVERDUE,    /* relative to each card's own interval */
    ORDER_INTERVAL,   /* short intervals first */
    ORDER_DIFFICULTY, /* hard ones first */
    ORDER_RANDOM,
    ORDER_DECK /* chapter by chapter */
};

enum queue_mix { MIX_SPREAD, MIX_NEW_LAST, MIX_NEW_FIRST };

enum queue_mode {
    QUEUE_DAY,   /* what the plan has for today: due reviews and as many new cards as the limits allow */
    QUEUE_FIRST, /* only new cards, in chapter order, without the day's limit */
    QUEUE_CRAM,  /* all cards of the deck, the weakest first; answers leave the schedule alone */
    QUEUE_AHEAD  /* cards due in the next `ahead_days` days */
};

struct queue_request {
    int64_t deck; /* 0: all decks */
    enum queue_mode mode;
    int order;      /* enum queue_order; -1: the deck's option */
    int new_limit;  /* -1: what the options leave for today */
    int limit;      /* at most so many cards in all; 0: no limit */
    int ahead_days; /* QUEUE_AHEAD */
};

struct queue_item {
    int64_t card; /* key */
    int64_t deck;
    int64_t sibling;   /* cards with the same number come from one fact or note; 0: alone */
    int64_t due_at_ms; /* 0: new */
    int64_t position;  /* of the card in its chapter */
    float recall;      /* predicted, now; 0: new */
    bool learning;     /* missed today, or new today, and not yet known once */
};

struct queue {
    struct queue_item *items;
    size_t count, capacity;
    int due, fresh, learning; /* how many of each are in `items` */
    int held;                 /* due, but kept for another day: siblings of today's cards, or over a limit */
};

bool collection_queue(struct collection *collection, struct arena *arena, const struct queue_request *request,
                      struct moment now, struct queue *ret, struct error *e);
/* When the next card of the deck falls due after `now`; 0: never. */
bool collection_next_due(struct collection *collection, int64_t deck, struct moment now, int64_t *ret_ms,
                         struct error *e);

#endif
