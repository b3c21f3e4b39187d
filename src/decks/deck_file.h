/* Decks that teachers write in a text editor: NAME.repaso.yaml. decks/FORMAT.md tells the format to its
 * writers.
 *
 *     deck: The French Revolution
 *     language: en
 *     cards:
 *       - q: In what year did the Bastille fall?
 *         a: 1789
 *
 * Reading is a compiler's front end: it goes on behind a mistake, so that one run finds them all. */
#ifndef REPASO_DECKS_DECK_FILE_H
#define REPASO_DECKS_DECK_FILE_H

#include "base/error.h"
#include "cards/card.h"

struct arena;
struct buffer;
struct document;

/* One of the deck's options, by the name that collection/deck.h gives it; `exam` is a date, YYYY-MM-DD. */
struct deck_setting {
    struct str name, value;
};

struct deck_file {
    struct str path; /* as given */
    struct str title, lang, description, author, licence;
    struct str id; /* what identities stand on: `id:`, else the title */
    struct {
        struct deck_setting *items;
        size_t count, capacity;
    } settings;
    struct cards cards; /* those without an error, in the order of the file */
    struct {
        const struct document **items;
        size_t count, capacity;
    } chapters; /* that its cards come from or quote */
};

/* An error keeps a deck from being added, a warning does not. */
struct problem {
    bool warning;
    const char *rule; /* "unknown-key", "no-answer", …; for machines */
    int line, column; /* from 1 */
    struct str text;  /* what is wrong and what to do */
};

struct problems {
    struct problem *items;
    size_t count, capacity;
    int errors; /* how many are no warnings */
};

/* True also for a deck full of problems, which are in the order of the file. False only if there is nothing
 * to look at: not UTF-8, not YAML. Passages and images are looked for beside `path`. */
bool deck_read(struct arena *arena, struct str path, struct str bytes, struct deck_file *ret,
               struct problems *ret_problems, struct error *e);
/* By its name: NAME.repaso.yaml or .yml. */
bool deck_is_file_name(struct str path);

/* Appends the file in neat form, comments kept. An error if it is no YAML, or if what came out would not be read
 * back as the same values. */
bool deck_format(struct arena *arena, struct str path, struct str bytes, struct buffer *out, struct error *e);

/* Where the words stand in a chapter: line, column, start and end of `ret`; false: nowhere, as they are written. */
bool deck_find_passage(const struct document *document, struct str quote, struct source *ret);

/* The deck as a file that deck_read reads back; cards that came from facts keep their identity as `id:`. */
void deck_write(struct buffer *out, const struct deck_file *deck);

#endif
