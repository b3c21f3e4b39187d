/* What decks from elsewhere come to, whatever their format, and how it travels.
 *
 * A reader gives decks, note types, media and notes to a sink, one at a time and in this order; a sink counts them, puts
 * them into the collection or writes another format. So a file of any length needs memory for one note, a dry run is the
 * same walk with another sink, and every reader can be tied to every writer:
 *
 *     reader (read.h) ──▶ sink ◀── collection (load.h)
 *                          ├─ counting (count.h): the dry run
 *                          ├─ storing (store.h): the import
 *                          └─ writing (write.h): the export
 *
 * All slices live until the call returns; a sink copies what it keeps. */
#ifndef REPASO_EXCHANGE_PARCEL_H
#define REPASO_EXCHANGE_PARCEL_H

#include "base/error.h"
#include "cards/card.h"

#include <stdint.h>

struct arena;

/* Decks, types and media are known by their index: the how-manieth the sink was given. */
struct parcel_deck {
    struct str path; /* "Parent::Child"; parents need not come on their own */
    struct str lang; /* may be empty */
    struct str description;
};

/* What the fields of a note mean and which cards they give: Anki's note types, of which the first six are native. */
enum parcel_kind {
    KIND_BASIC,
    KIND_REVERSED, /* both ways */
    KIND_OPTIONAL, /* both ways, where a third field is not empty */
    KIND_TYPED,
    KIND_CLOZE,
    KIND_OCCLUSION, /* parts of a picture */
    KIND_OTHER      /* templates of its own */
};

struct parcel_template {
    struct str name, front, back; /* Anki's template language */
};

struct parcel_type {
    struct str name, css;
    enum parcel_kind kind;
    struct str_list fields; /* their names */
    struct {
        struct parcel_template *items;
        size_t count, capacity;
    } templates;
    int sort_field;
};

struct parcel_medium {
    struct str name;  /* a label: what fields call it. Never a path, and never used as one */
    char sha256[65];  /* of its bytes, in hexadecimal */
    struct str mime;  /* told from its bytes; "application/octet-stream": kept, never opened */
    struct str bytes; /* empty when the sink did not ask for them */
    size_t size;
};

/* One line of a review log, as Anki counts: intervals above 0 are days, below 0 seconds. */
struct parcel_review {
    int64_t at_ms;
    int grade; /* 1 to 4; 0: no answer, the schedule was changed by hand */
    int kind;  /* enum review_kind */
    int interval, last_interval;
    int factor; /* 1300 and above: ease in permille; 100 to 1100: difficulty; 0: none */
    int ms;
};

enum review_kind {
    REVIEW_LEARN,
    REVIEW_REVIEW,
    REVIEW_RELEARN,
    REVIEW_CRAM,
    REVIEW_MANUAL,
    REVIEW_RESCHEDULED
};

enum parcel_phase { PHASE_NEW, PHASE_LEARN, PHASE_REVIEW, PHASE_RELEARN };

/* What the other program would do next with a card. 0 means not known throughout. */
struct parcel_schedule {
    enum parcel_phase phase;
    bool suspended, buried;
    int64_t due_at_ms; /* the beginning of the day, for intervals of days */
    int64_t last_at_ms;
    double interval_days;
    int ease; /* permille */
    int reps, lapses;
    double stability, difficulty, retention, decay;
    int64_t position; /* of a new card among the new */
    int flag;
};

struct parcel_card {
    int ordinal; /* the template's number, or a cloze's number minus 1 */
    size_t deck;
    struct card card; /* ready to be asked; its tags are the note's */
    struct parcel_schedule schedule;
    const struct parcel_review *reviews; /* by time */
    size_t review_count;
};

struct parcel_note {
    struct str guid; /* who the note is, for everybody and for ever */
    size_t type;
    int64_t mod_ms;         /* 0: not known */
    struct str_list fields; /* HTML as it was written; as many as the type has */
    struct str_list tags;
    struct {
        struct parcel_card *items;
        size_t count, capacity;
    } cards; /* at least one */
    struct {
        size_t *items;
        size_t count, capacity;
    } media; /* those that the fields name */
};

/* The text that passages stand in, for formats that keep it beside the cards. */
struct parcel_chapter {
    struct str name;   /* of the file, without folders: what card.source.file ends with */
    struct str source; /* its bytes */
    struct str lang;
};

/* A call that may not be of interest is NULL. False stops the reader, with its error. */
struct parcel_sink {
    void *self;
    bool wants_bytes; /* of media */
    bool (*deck)(void *self, const struct parcel_deck *deck, struct error *e);
    bool (*type)(void *self, const struct parcel_type *type, struct error *e);
    bool (*medium)(void *self, const struct parcel_medium *medium, struct error *e);
    bool (*note)(void *self, const struct parcel_note *note, struct error *e);
    /* Before the first note that quotes it; only the collection gives these. */
    bool (*chapter)(void *self, const struct parcel_chapter *chapter, struct error *e);
};

bool sink_deck(const struct parcel_sink *sink, const struct parcel_deck *deck, struct error *e);
bool sink_type(const struct parcel_sink *sink, const struct parcel_type *type, struct error *e);
bool sink_medium(const struct parcel_sink *sink, const struct parcel_medium *medium, struct error *e);
bool sink_note(const struct parcel_sink *sink, const struct parcel_note *note, struct error *e);
bool sink_chapter(const struct parcel_sink *sink, const struct parcel_chapter *chapter, struct error *e);

/* Identity of an imported card: SHA-256 over `anki \0 guid \0 ordinal`. */
struct card_id parcel_card_id(struct str guid, int ordinal);
/* Which of a note's cards has the identity; 0 when none of the first hundreds has. */
int parcel_ordinal(struct str guid, struct str card_id);
/* A guid for a note that came without one, so that the same file gives the same: of the deck's name and of what is asked. */
struct str parcel_guid(struct arena *arena, struct str deck, struct str question);
/* The native type of a kind, as Anki's own are: for notes that have none, and for whoever writes them. */
struct parcel_type parcel_native_type(struct arena *arena, enum parcel_kind kind);

#endif
