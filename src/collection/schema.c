#include "collection/schema.h"

#include <stddef.h>

/* Until the first release a change edits version 1 and its frozen file in tests/databases instead of adding a
 * step. Times are milliseconds since 1970. `event` is the truth and can only grow; `memory`, `overlay`, `decision`,
 * `params`, `deck.options` and `card.status` are what a replay of it gives; `search` is an index. The rest is
 * content. */
/* clang-format off */
static const char *const version_1[] = {
    /* Who wrote what. Devices are numbers in this file and 26 characters in the log that travels. */
    "CREATE TABLE device("
    " key INTEGER PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE,"
    " person TEXT NOT NULL,"
    " label TEXT NOT NULL DEFAULT '',"
    " machine TEXT NOT NULL DEFAULT '',"
    " next_seq INTEGER NOT NULL DEFAULT 1,"
    " last_hlc INTEGER NOT NULL DEFAULT 0,"
    " me INTEGER NOT NULL DEFAULT 0 CHECK (me IN (0, 1))"
    ") STRICT",
    "CREATE UNIQUE INDEX device_me ON device(me) WHERE me = 1",

    "CREATE TABLE event("
    " device INTEGER NOT NULL REFERENCES device(key),"
    " seq INTEGER NOT NULL CHECK (seq > 0),"
    " person TEXT NOT NULL,"
    " hlc INTEGER NOT NULL,"
    " kind INTEGER NOT NULL,"
    " deck TEXT,"
    " card_id TEXT,"
    " body TEXT NOT NULL,"
    " at_ms INTEGER NOT NULL,"
    " tz_min INTEGER NOT NULL,"
    " PRIMARY KEY (device, seq)"
    ") STRICT, WITHOUT ROWID",
    "CREATE INDEX event_card ON event(card_id, hlc) WHERE card_id IS NOT NULL",
    "CREATE INDEX event_general ON event(hlc) WHERE card_id IS NULL",
    "CREATE INDEX event_at ON event(at_ms)",
    "CREATE INDEX event_undo ON event(device, seq) WHERE kind = 2",
    "CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event"
    " BEGIN SELECT raise(ABORT, 'events are never changed'); END",
    "CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event"
    " BEGIN SELECT raise(ABORT, 'events are never deleted'); END",

    "CREATE TABLE have("
    " device INTEGER PRIMARY KEY REFERENCES device(key),"
    " seq INTEGER NOT NULL"
    ") STRICT",

    /* What is learnt from. */
    "CREATE TABLE chapter("
    " key INTEGER PRIMARY KEY,"
    " book TEXT NOT NULL,"
    " title TEXT NOT NULL,"
    " lang TEXT NOT NULL,"
    " path TEXT NOT NULL,"
    " sha256 TEXT NOT NULL,"
    " source BLOB NOT NULL," /* the file as it was, byte for byte */
    " imported_at INTEGER NOT NULL"
    ") STRICT",
    "CREATE UNIQUE INDEX chapter_path ON chapter(book, path)",

    "CREATE TABLE entity("
    " key INTEGER PRIMARY KEY,"
    " book TEXT NOT NULL,"
    " canonical TEXT NOT NULL,"
    " type TEXT NOT NULL,"
    " aliases TEXT NOT NULL DEFAULT '[]',"
    " UNIQUE (book, canonical)"
    ") STRICT",

    "CREATE TABLE fact("
    " key INTEGER PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE,"
    " relation TEXT NOT NULL,"
    " roles TEXT NOT NULL,"
    " time TEXT NOT NULL DEFAULT '',"
    " confidence REAL NOT NULL,"
    " rule TEXT NOT NULL,"
    " status TEXT NOT NULL CHECK (status IN ('auto', 'review', 'accepted', 'rejected', 'retired'))"
    ") STRICT",

    "CREATE TABLE deck("
    " key INTEGER PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE,"
    " parent INTEGER REFERENCES deck(key),"
    " name TEXT NOT NULL,"
    " lang TEXT NOT NULL DEFAULT '',"
    " options TEXT NOT NULL DEFAULT '{}',"
    " origin TEXT NOT NULL DEFAULT '',"
    " deleted_at INTEGER"
    ") STRICT",
    "CREATE INDEX deck_name ON deck(coalesce(parent, 0), name) WHERE deleted_at IS NULL",

    "CREATE TABLE deck_rev("
    " deck INTEGER NOT NULL REFERENCES deck(key),"
    " rev INTEGER NOT NULL,"
    " author TEXT NOT NULL,"
    " sha256 TEXT NOT NULL,"
    " body TEXT NOT NULL,"
    " parent_rev INTEGER,"
    " PRIMARY KEY (deck, rev)"
    ") STRICT",

    /* What the fields of imported notes mean: their names, the templates that make cards of them. */
    "CREATE TABLE note_type("
    " key INTEGER PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE," /* of its name and body */
    " name TEXT NOT NULL,"
    " body TEXT NOT NULL"
    ") STRICT",

    "CREATE TABLE note("
    " key INTEGER PRIMARY KEY,"
    " guid TEXT NOT NULL UNIQUE,"
    " type INTEGER NOT NULL REFERENCES note_type(key),"
    " fields TEXT NOT NULL,"
    " mod INTEGER NOT NULL DEFAULT 0,"
    " deck INTEGER NOT NULL REFERENCES deck(key)"
    ") STRICT",

    /* `present`: the newest edition of its chapter still has it. `tier`: auto or review, as the generator said.
     * Together with the log they give `status`. `wave`: essential (0), more (1), the rest (2). */
    "CREATE TABLE card("
    " key INTEGER PRIMARY KEY,"
    " id TEXT NOT NULL UNIQUE,"
    " deck INTEGER NOT NULL REFERENCES deck(key),"
    " fact INTEGER REFERENCES fact(key),"
    " note INTEGER REFERENCES note(key),"
    " kind TEXT NOT NULL,"
    " prompt TEXT NOT NULL,"
    " answer TEXT NOT NULL,"
    " accepted TEXT NOT NULL DEFAULT '[]',"
    " choices TEXT NOT NULL DEFAULT '[]',"
    " items TEXT NOT NULL DEFAULT '[]',"
    " hint TEXT NOT NULL DEFAULT '',"
    " explanation TEXT NOT NULL DEFAULT '',"
    " tags TEXT NOT NULL DEFAULT '[]',"
    " status TEXT NOT NULL CHECK (status IN ('draft', 'active', 'suspended', 'retired')),"
    " position INTEGER NOT NULL,"
    " lang TEXT NOT NULL DEFAULT '',"
    " relation TEXT NOT NULL DEFAULT '',"
    " subject TEXT NOT NULL DEFAULT '',"
    " object TEXT NOT NULL DEFAULT '',"
    " value TEXT NOT NULL DEFAULT '',"
    " confidence REAL NOT NULL DEFAULT 1,"
    " rule TEXT NOT NULL DEFAULT '',"
    " doubt TEXT NOT NULL DEFAULT '',"
    " image TEXT NOT NULL DEFAULT '',"
    " audio TEXT NOT NULL DEFAULT '',"
    " tier TEXT NOT NULL CHECK (tier IN ('auto', 'review')),"
    " wave INTEGER NOT NULL DEFAULT 2,"
    " present INTEGER NOT NULL DEFAULT 1 CHECK (present IN (0, 1)),"
    " made_at INTEGER NOT NULL"
    ") STRICT",
    "CREATE INDEX card_deck ON card(deck, position)",
    "CREATE INDEX card_aside ON card(deck, status) WHERE status IN ('draft', 'suspended')",
    "CREATE INDEX card_fact ON card(fact) WHERE fact IS NOT NULL",
    "CREATE INDEX card_note ON card(note) WHERE note IS NOT NULL",

    /* `before` and `text` are plain words to show; `mark_start` to `mark_end` of `text` is the passage. `current`:
     * start and end fit the chapter's source as it is kept now. Line 0: no place, only the chapter. */
    "CREATE TABLE passage("
    " key INTEGER PRIMARY KEY,"
    " card INTEGER REFERENCES card(key),"
    " fact INTEGER REFERENCES fact(key),"
    " chapter INTEGER NOT NULL REFERENCES chapter(key),"
    " start INTEGER NOT NULL,"
    " \"end\" INTEGER NOT NULL,"
    " line INTEGER NOT NULL,"
    " \"column\" INTEGER NOT NULL DEFAULT 0,"
    " section TEXT NOT NULL DEFAULT '',"
    " before TEXT NOT NULL DEFAULT '',"
    " text TEXT NOT NULL DEFAULT '',"
    " mark_start INTEGER NOT NULL DEFAULT 0,"
    " mark_end INTEGER NOT NULL DEFAULT 0,"
    " current INTEGER NOT NULL DEFAULT 1 CHECK (current IN (0, 1)),"
    " CHECK (card IS NOT NULL OR fact IS NOT NULL)"
    ") STRICT",
    "CREATE UNIQUE INDEX passage_card ON passage(card, chapter) WHERE card IS NOT NULL",
    "CREATE UNIQUE INDEX passage_fact ON passage(fact, chapter) WHERE fact IS NOT NULL",
    "CREATE INDEX passage_chapter ON passage(chapter)",

    "CREATE TABLE overlay("
    " card INTEGER NOT NULL REFERENCES card(key),"
    " field TEXT NOT NULL,"
    " value TEXT NOT NULL,"
    " PRIMARY KEY (card, field)"
    ") STRICT, WITHOUT ROWID",

    /* One row a card: all that the queue needs, so that it reads nothing else. `asked`, `deck`, `sibling`, `position`,
     * `wave` repeat what card says. */
    "CREATE TABLE memory("
    " card INTEGER PRIMARY KEY REFERENCES card(key),"
    " deck INTEGER NOT NULL,"
    " sibling INTEGER NOT NULL,"
    " position INTEGER NOT NULL,"
    " wave INTEGER NOT NULL,"
    " asked INTEGER NOT NULL,"
    " algorithm INTEGER NOT NULL DEFAULT 7,"
    " s REAL,"
    " x REAL,"
    " d REAL,"
    " due_at_ms INTEGER,"
    " last_at_ms INTEGER,"
    " last_day INTEGER NOT NULL DEFAULT 0," /* in the zone of that grade */
    " first_at_ms INTEGER,"
    " interval_days REAL NOT NULL DEFAULT 0,"
    " reps INTEGER NOT NULL DEFAULT 0,"
    " lapses INTEGER NOT NULL DEFAULT 0,"
    " step INTEGER NOT NULL DEFAULT 0,"
    " mastery INTEGER NOT NULL DEFAULT 0,"
    " mastery_day INTEGER NOT NULL DEFAULT 0,"
    " buried_until_ms INTEGER NOT NULL DEFAULT 0,"
    " suspended INTEGER NOT NULL DEFAULT 0,"
    " flagged INTEGER NOT NULL DEFAULT 0,"
    " answer_changed INTEGER NOT NULL DEFAULT 0,"
    " verdict INTEGER NOT NULL DEFAULT 0," /* of the learner on a draft: 1 accepted, -1 rejected */
    " removed INTEGER NOT NULL DEFAULT 0,"
    " upto_device INTEGER NOT NULL DEFAULT 0,"
    " upto_seq INTEGER NOT NULL DEFAULT 0,"
    " upto_hlc INTEGER NOT NULL DEFAULT 0"
    ") STRICT",
    "CREATE INDEX memory_due ON memory(due_at_ms, card, deck, sibling, position, last_at_ms, s, x, d, "
    "algorithm,"
    " interval_days, step, buried_until_ms) WHERE asked = 1 AND due_at_ms IS NOT NULL",
    "CREATE INDEX memory_new ON memory(deck, wave, position, card, sibling, buried_until_ms)"
    " WHERE asked = 1 AND due_at_ms IS NULL",
    "CREATE INDEX memory_flagged ON memory(deck) WHERE asked = 1 AND flagged = 1",
    "CREATE INDEX memory_mastered ON memory(deck) WHERE asked = 1 AND mastery >= 3",
    "CREATE INDEX memory_first ON memory(first_at_ms, deck) WHERE first_at_ms IS NOT NULL",
    "CREATE INDEX memory_last ON memory(last_at_ms, deck, sibling, card, first_at_ms) WHERE last_at_ms IS "
    "NOT NULL",

    "CREATE TABLE params("
    " key INTEGER PRIMARY KEY,"
    " deck INTEGER REFERENCES deck(key)," /* NULL: all decks */
    " algorithm INTEGER NOT NULL,"
    " weights TEXT NOT NULL,"
    " retention REAL NOT NULL,"
    " fitted_at INTEGER NOT NULL,"
    " log_loss_before REAL,"
    " log_loss_after REAL"
    ") STRICT",
    "CREATE UNIQUE INDEX params_deck ON params(coalesce(deck, 0))",

    "CREATE TABLE decision("
    " key INTEGER PRIMARY KEY,"
    " fact TEXT NOT NULL DEFAULT '',"
    " rule TEXT NOT NULL DEFAULT '',"
    " card_id TEXT NOT NULL DEFAULT '',"
    " verdict TEXT NOT NULL,"
    " reason TEXT NOT NULL DEFAULT '',"
    " device INTEGER NOT NULL," /* of its event */
    " seq INTEGER NOT NULL,"
    " at_ms INTEGER NOT NULL,"
    " UNIQUE (device, seq)"
    ") STRICT",

    "CREATE TABLE import("
    " key INTEGER PRIMARY KEY,"
    " sha256 TEXT NOT NULL,"
    " file TEXT NOT NULL DEFAULT '',"
    " program TEXT NOT NULL,"
    " counts TEXT NOT NULL,"
    " at INTEGER NOT NULL,"
    " undone INTEGER NOT NULL DEFAULT 0"
    ") STRICT",

    /* What an import made (`before` empty, all keys to `upto`) or changed, for taking it back. `what`: 1 cards, 2 notes,
     * 3 decks. */
    "CREATE TABLE import_change("
    " import INTEGER NOT NULL REFERENCES import(key),"
    " what INTEGER NOT NULL,"
    " key INTEGER NOT NULL,"
    " upto INTEGER NOT NULL,"
    " before TEXT NOT NULL,"
    " PRIMARY KEY (import, what, key)"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE key_alias("
    " old TEXT PRIMARY KEY,"
    " new TEXT NOT NULL,"
    " by TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE media("
    " sha256 TEXT PRIMARY KEY,"
    " mime TEXT NOT NULL,"
    " bytes BLOB NOT NULL"
    ") STRICT",

    /* Of this machine and this file; nothing here changes when a card is due. */
    "CREATE TABLE setting("
    " name TEXT PRIMARY KEY,"
    " value TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID",

    "CREATE VIRTUAL TABLE search USING fts5(prompt, answer, tags, tokenize = 'unicode61 remove_diacritics 2')",
    NULL,
};
/* clang-format on */

const char *const *schema_step(int from)
{
    static const char *const *const steps[SCHEMA_VERSION] = {version_1};
    return from >= 0 && from < SCHEMA_VERSION ? steps[from] : NULL;
}
