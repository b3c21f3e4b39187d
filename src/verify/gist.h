/* The gist of a text: its words as they are compared, and the names, dates and amounts among them. The folder's
 * own. A lexis knows the language and the names and words of one chapter; texts are read against it. */
#ifndef REPASO_VERIFY_GIST_H
#define REPASO_VERIFY_GIST_H

#include "base/arena.h"
#include "base/list.h"
#include "base/span.h"
#include "cards/quantity.h"
#include "language/language.h"

struct facts;

/* What a spelling shares with others; all are numbers that the lexis gives out, -1 where there is none. */
struct lexeme {
    struct str low, key; /* small letters with accents; folded, without a possessive 's */
    int id;              /* of the key */
    int root;            /* of its rough root: lanz- for lanzamiento */
    int lemmas[2];       /* of the verbs that it may be a form of, or whose doer it names (fundador) */
    int group;           /* of words that mean about the same */
    int place;           /* of the country, for a demonym too */
    const struct verb *verbs[2]; /* the same verbs; NULL */
    bool number, function, is_verb, finite, coordinator, month, count_word, class_noun;
    bool known;   /* stands in the chapter */
    double value; /* of a numeral in words */
};

struct term {
    struct span span; /* in the text */
    const struct lexeme *word;
    int boundary; /* before it: 0 a blank, 1 a hyphen or the like, 2 a comma, 3 a bracket or colon, 4 a sentence's end */
    bool capital, negation;
    int sentence, clause;
    int name; /* the find that names an entity and covers it, -1 */
};

/* A stranger is a name that the chapter does not have. */
enum find_kind { FIND_NAME, FIND_DATE, FIND_AMOUNT, FIND_STRANGER };

struct find {
    enum find_kind kind;
    int first, end; /* terms */
    int entity;
    struct date from, to; /* equal unless it is a range */
    struct amount amount;
    struct span span;
};

struct clause {
    int first, end; /* terms */
    int sentence;
    bool negative;
};

struct gist {
    struct str text;
    struct {
        struct term *items;
        size_t count, capacity;
    } terms;
    struct {
        struct find *items;
        size_t count, capacity;
    } finds;
    struct {
        struct clause *items;
        size_t count, capacity;
    } clauses;
};

struct lexis;

/* Learns the names of the entities and all words of the facts. The facts must outlive it. */
struct lexis *lexis_new(struct arena *arena, struct str lang, const struct facts *facts);
const struct language *lexis_language(const struct lexis *lexis);
/* The entity that stands for it: several of the store may be one. */
int lexis_entity(const struct lexis *lexis, int entity);
/* Counts the words of a text as the chapter's own. */
void lexis_learn(struct lexis *lexis, struct str text);
/* The number of a verb's lemma, -1 if no word of the chapter or of a text read so far has it. */
int lexis_lemma(const struct lexis *lexis, struct str lemma);

/* `forgiving`: words that the chapter does not have and no dictionary knows are taken for slips of those that it
 * has. Strict reading is for texts that must be exact. The
 * gist lives in `arena` and in the lexis. */
void gist_read(struct arena *arena, struct lexis *lexis, struct str text, bool forgiving, struct gist *ret);

/* The same word or another form of it; unlike lexeme_same, never a synonym. */
bool lexeme_form(const struct lexeme *a, const struct lexeme *b);
/* The same word, another form of it, or one that means about the same. */
bool lexeme_same(const struct lexeme *a, const struct lexeme *b);
/* A word that carries meaning: no article, preposition, auxiliary. */
bool term_is_content(const struct term *term);
/* The text of some terms, with what stands between. */
struct str gist_slice(const struct gist *gist, int first, int end);

#endif
