/* Sentence breaking after Unicode's rules (UAX #29), whose character classes it takes from ICU, with what
 * those rules do not know: abbreviations, initials, parentheses, quotations, and the small letters that go on
 * after "…" or "?". */
#include "base/list.h"
#include "base/utf8.h"
#include "text/text.h"

#include <pthread.h>
#include <string.h>
#include <unicode/uchar.h>

enum {
    PARENTHESIS_MAX = 600, /* bytes: a longer one is broken up like the text around it */
    QUOTATION_MAX = 300,
    NESTING_MAX = 16,
    TOKEN_MAX = 24 /* bytes: no abbreviation is longer */
};

enum { ARROW = 0x2192, ELLIPSIS = 0x2026 };

enum abbreviation {
    ABBREVIATION_NONE,
    ABBREVIATION_INSIDE, /* never ends a sentence: "Dr." */
    ABBREVIATION_NUMBER, /* goes on before a number only: "p. 5" */
    ABBREVIATION_END     /* may end one, when a word follows that likes to start sentences: "Inc." */
};

/* STR for tables. */
#define TEXT(literal)                                                                                        \
    {                                                                                                        \
        (literal), sizeof(literal) - 1                                                                       \
    }

static const struct {
    struct str text;
    enum abbreviation kind;
    char lang; /* 's': in Spanish only, 'n': in English only; 0: in either */
} abbreviations[] = {
    {TEXT("Mr"), ABBREVIATION_INSIDE, 0},     {TEXT("Mrs"), ABBREVIATION_INSIDE, 0},
    {TEXT("Ms"), ABBREVIATION_INSIDE, 0},     {TEXT("Dr"), ABBREVIATION_INSIDE, 0},
    {TEXT("Dra"), ABBREVIATION_INSIDE, 0},    {TEXT("Dres"), ABBREVIATION_INSIDE, 0},
    {TEXT("Prof"), ABBREVIATION_INSIDE, 0},   {TEXT("Profa"), ABBREVIATION_INSIDE, 0},
    {TEXT("St"), ABBREVIATION_INSIDE, 0},     {TEXT("Sto"), ABBREVIATION_INSIDE, 0},
    {TEXT("Sta"), ABBREVIATION_INSIDE, 0},    {TEXT("Sra"), ABBREVIATION_INSIDE, 0},
    {TEXT("Srta"), ABBREVIATION_INSIDE, 0},   {TEXT("Sres"), ABBREVIATION_INSIDE, 0},
    {TEXT("Sr"), ABBREVIATION_INSIDE, 's'},   {TEXT("Sr"), ABBREVIATION_END, 'n'},
    {TEXT("Ing"), ABBREVIATION_INSIDE, 0},    {TEXT("Lic"), ABBREVIATION_INSIDE, 0},
    {TEXT("Arq"), ABBREVIATION_INSIDE, 0},    {TEXT("Gral"), ABBREVIATION_INSIDE, 0},
    {TEXT("Gen"), ABBREVIATION_INSIDE, 0},    {TEXT("Cnel"), ABBREVIATION_INSIDE, 0},
    {TEXT("Col"), ABBREVIATION_INSIDE, 0},    {TEXT("Capt"), ABBREVIATION_INSIDE, 0},
    {TEXT("Lt"), ABBREVIATION_INSIDE, 0},     {TEXT("Tte"), ABBREVIATION_INSIDE, 0},
    {TEXT("Sgt"), ABBREVIATION_INSIDE, 0},    {TEXT("Sgto"), ABBREVIATION_INSIDE, 0},
    {TEXT("Maj"), ABBREVIATION_INSIDE, 0},    {TEXT("Adm"), ABBREVIATION_INSIDE, 0},
    {TEXT("Gov"), ABBREVIATION_INSIDE, 0},    {TEXT("Sen"), ABBREVIATION_INSIDE, 0},
    {TEXT("Rep"), ABBREVIATION_INSIDE, 0},    {TEXT("Rev"), ABBREVIATION_INSIDE, 0},
    {TEXT("Hon"), ABBREVIATION_INSIDE, 0},    {TEXT("Pres"), ABBREVIATION_INSIDE, 0},
    {TEXT("Pdte"), ABBREVIATION_INSIDE, 0},   {TEXT("Mons"), ABBREVIATION_INSIDE, 0},
    {TEXT("Mt"), ABBREVIATION_INSIDE, 0},     {TEXT("Ft"), ABBREVIATION_INSIDE, 0},
    {TEXT("Messrs"), ABBREVIATION_INSIDE, 0}, {TEXT("Mme"), ABBREVIATION_INSIDE, 0},
    {TEXT("Dña"), ABBREVIATION_INSIDE, 0},    {TEXT("Hno"), ABBREVIATION_INSIDE, 0},
    {TEXT("Hna"), ABBREVIATION_INSIDE, 0},    {TEXT("Excmo"), ABBREVIATION_INSIDE, 0},
    {TEXT("Ilmo"), ABBREVIATION_INSIDE, 0},   {TEXT("Av"), ABBREVIATION_INSIDE, 0},
    {TEXT("Avda"), ABBREVIATION_INSIDE, 0},   {TEXT("e.g"), ABBREVIATION_INSIDE, 0},
    {TEXT("i.e"), ABBREVIATION_INSIDE, 0},    {TEXT("p.ej"), ABBREVIATION_INSIDE, 0},
    {TEXT("ej"), ABBREVIATION_INSIDE, 0},     {TEXT("aprox"), ABBREVIATION_INSIDE, 0},
    {TEXT("approx"), ABBREVIATION_INSIDE, 0}, {TEXT("vs"), ABBREVIATION_INSIDE, 0},
    {TEXT("cf"), ABBREVIATION_INSIDE, 0},     {TEXT("cfr"), ABBREVIATION_INSIDE, 0},
    {TEXT("viz"), ABBREVIATION_INSIDE, 0},    {TEXT("ca"), ABBREVIATION_INSIDE, 0},
    {TEXT("No"), ABBREVIATION_NUMBER, 0},     {TEXT("Nos"), ABBREVIATION_NUMBER, 'n'},
    {TEXT("no"), ABBREVIATION_NUMBER, 'n'},   {TEXT("nos"), ABBREVIATION_NUMBER, 'n'},
    {TEXT("núm"), ABBREVIATION_NUMBER, 0},    {TEXT("núms"), ABBREVIATION_NUMBER, 0},
    {TEXT("num"), ABBREVIATION_NUMBER, 0},    {TEXT("nro"), ABBREVIATION_NUMBER, 0},
    {TEXT("pp"), ABBREVIATION_NUMBER, 0},     {TEXT("pág"), ABBREVIATION_NUMBER, 0},
    {TEXT("págs"), ABBREVIATION_NUMBER, 0},   {TEXT("vol"), ABBREVIATION_NUMBER, 0},
    {TEXT("vols"), ABBREVIATION_NUMBER, 0},   {TEXT("fig"), ABBREVIATION_NUMBER, 0},
    {TEXT("figs"), ABBREVIATION_NUMBER, 0},   {TEXT("art"), ABBREVIATION_NUMBER, 0},
    {TEXT("arts"), ABBREVIATION_NUMBER, 0},   {TEXT("cap"), ABBREVIATION_NUMBER, 0},
    {TEXT("caps"), ABBREVIATION_NUMBER, 0},   {TEXT("ch"), ABBREVIATION_NUMBER, 0},
    {TEXT("chap"), ABBREVIATION_NUMBER, 0},   {TEXT("sec"), ABBREVIATION_NUMBER, 0},
    {TEXT("eq"), ABBREVIATION_NUMBER, 0},     {TEXT("pt"), ABBREVIATION_NUMBER, 0},
    {TEXT("tel"), ABBREVIATION_NUMBER, 0},    {TEXT("máx"), ABBREVIATION_NUMBER, 0},
    {TEXT("mín"), ABBREVIATION_NUMBER, 0},    {TEXT("Jan"), ABBREVIATION_NUMBER, 0},
    {TEXT("Feb"), ABBREVIATION_NUMBER, 0},    {TEXT("Mar"), ABBREVIATION_NUMBER, 'n'},
    {TEXT("Apr"), ABBREVIATION_NUMBER, 0},    {TEXT("Jun"), ABBREVIATION_NUMBER, 0},
    {TEXT("Jul"), ABBREVIATION_NUMBER, 0},    {TEXT("Aug"), ABBREVIATION_NUMBER, 0},
    {TEXT("Sep"), ABBREVIATION_NUMBER, 0},    {TEXT("Sept"), ABBREVIATION_NUMBER, 0},
    {TEXT("Oct"), ABBREVIATION_NUMBER, 0},    {TEXT("Nov"), ABBREVIATION_NUMBER, 0},
    {TEXT("Dec"), ABBREVIATION_NUMBER, 0},    {TEXT("ene"), ABBREVIATION_NUMBER, 0},
    {TEXT("feb"), ABBREVIATION_NUMBER, 0},    {TEXT("abr"), ABBREVIATION_NUMBER, 0},
    {TEXT("sept"), ABBREVIATION_NUMBER, 0},   {TEXT("oct"), ABBREVIATION_NUMBER, 0},
    {TEXT("nov"), ABBREVIATION_NUMBER, 0},    {TEXT("dic"), ABBREVIATION_NUMBER, 0},
    {TEXT("Inc"), ABBREVIATION_END, 0},       {TEXT("Ltd"), ABBREVIATION_END, 0},
    {TEXT("Co"), ABBREVIATION_END, 0},        {TEXT("Corp"), ABBREVIATION_END, 0},
    {TEXT("Cía"), ABBREVIATION_END, 0},       {TEXT("Jr"), ABBREVIATION_END, 0},
    {TEXT("Bros"), ABBREVIATION_END, 0},      {TEXT("Esq"), ABBREVIATION_END, 0},
    {TEXT("al"), ABBREVIATION_END, 0},        {TEXT("Ave"), ABBREVIATION_END, 0},
    {TEXT("Blvd"), ABBREVIATION_END, 0},      {TEXT("Dept"), ABBREVIATION_END, 0},
    {TEXT("Univ"), ABBREVIATION_END, 0},      {TEXT("v"), ABBREVIATION_INSIDE, 'n'},
};

/* Words that start sentences more often than names: behind "U.S." or "C." they decide for a break. */
static const struct str starters[] = {
    TEXT("el"),       TEXT("la"),       TEXT("los"),     TEXT("las"),   TEXT("lo"),       TEXT("un"),
    TEXT("una"),      TEXT("unos"),     TEXT("unas"),    TEXT("en"),    TEXT("de"),       TEXT("del"),
    TEXT("al"),       TEXT("a"),        TEXT("por"),     TEXT("para"),  TEXT("con"),      TEXT("sin"),
    TEXT("sobre"),    TEXT("tras"),     TEXT("desde"),   TEXT("hasta"), TEXT("entre"),    TEXT("según"),
    TEXT("su"),       TEXT("sus"),      TEXT("este"),    TEXT("esta"),  TEXT("estos"),    TEXT("estas"),
    TEXT("esto"),     TEXT("ese"),      TEXT("esa"),     TEXT("esos"),  TEXT("esas"),     TEXT("eso"),
    TEXT("aquel"),    TEXT("aquella"),  TEXT("y"),       TEXT("e"),     TEXT("o"),        TEXT("u"),
    TEXT("ni"),       TEXT("pero"),     TEXT("si"),      TEXT("no"),    TEXT("sí"),       TEXT("como"),
    TEXT("cuando"),   TEXT("mientras"), TEXT("aunque"),  TEXT("así"),   TEXT("también"),  TEXT("además"),
    TEXT("luego"),    TEXT("después"),  TEXT("antes"),   TEXT("ahora"), TEXT("entonces"), TEXT("que"),
    TEXT("quien"),    TEXT("cuál"),     TEXT("qué"),     TEXT("cómo"),  TEXT("hay"),      TEXT("era"),
    TEXT("fue"),      TEXT("es"),       TEXT("se"),      TEXT("ya"),    TEXT("más"),      TEXT("otro"),
    TEXT("otra"),     TEXT("todo"),     TEXT("todos"),   TEXT("todas"), TEXT("durante"),  TEXT("the"),
    TEXT("an"),       TEXT("in"),       TEXT("on"),      TEXT("at"),    TEXT("by"),       TEXT("for"),
    TEXT("from"),     TEXT("with"),     TEXT("to"),      TEXT("of"),    TEXT("after"),    TEXT("before"),
    TEXT("during"),   TEXT("since"),    TEXT("until"),   TEXT("and"),   TEXT("or"),       TEXT("but"),
    TEXT("nor"),      TEXT("so"),       TEXT("if"),      TEXT("when"),  TEXT("while"),    TEXT("because"),
    TEXT("although"), TEXT("though"),   TEXT("however"), TEXT("as"),    TEXT("he"),       TEXT("she"),
    TEXT("it"),       TEXT("its"),      TEXT("they"),    TEXT("we"),    TEXT("you"),      TEXT("i"),
    TEXT("his"),      TEXT("her"),      TEXT("their"),   TEXT("our"),   TEXT("this"),     TEXT("that"),
    TEXT("these"),    TEXT("those"),    TEXT("there"),   TEXT("then"),  TEXT("what"),     TEXT("who"),
    TEXT("which"),    TEXT("how"),      TEXT("why"),     TEXT("where"), TEXT("not"),      TEXT("yes"),
    TEXT("is"),       TEXT("was"),      TEXT("were"),    TEXT("are"),   TEXT("all"),      TEXT("many"),
    TEXT("most"),     TEXT("some"),     TEXT("both"),    TEXT("each"),  TEXT("every"),
};

struct breaker {
    struct arena *arena;
    struct str s, lang;
    struct spans guards; /* in order, disjoint: no break inside */
    size_t next_guard;
    size_t start;  /* of the sentence at hand */
    bool has_word; /* between `start` and here: a sentence holds at least one letter or digit */
    struct spans *ret;
};

static uint32_t char_at(struct str s, size_t at)
{
    return at < s.len ? utf8_next(s, &at) : 0;
}

static uint32_t char_before(struct str s, size_t at)
{
    return at > 0 ? utf8_previous(s, &at) : 0;
}

/* --- What must stay whole ------------------------------------------------------------------------------- */

static uint32_t closing_of(uint32_t c)
{
    switch (c) {
    case '(':
        return ')';
    case '[':
        return ']';
    case '{':
        return '}';
    case 0xAB:
        return 0xBB;
    case 0x201C:
        return 0x201D;
    default:
        return 0;
    }
}

static bool is_closing(uint32_t c)
{
    return c == ')' || c == ']' || c == '}' || c == 0xBB || c == 0x201D;
}

struct pending {
    uint32_t closing;
    size_t at;
};

struct nesting {
    struct pending items[NESTING_MAX];
    int depth;
};

/* Pairs close from the inside out, so a pair swallows those it holds. */
static void guard_add(struct breaker *b, size_t start, size_t end, uint32_t closing)
{
    bool parenthesis = closing == ')' || closing == ']' || closing == '}';
    if (end - start > (parenthesis ? PARENTHESIS_MAX : QUOTATION_MAX))
        return;
    while (b->guards.count && list_last(&b->guards)->start >= start)
        b->guards.count--;
    list_push(b->arena, &b->guards, ((struct span){start, end}));
}

static void nesting_close(struct breaker *b, struct nesting *open, uint32_t closing, size_t end)
{
    for (int i = open->depth - 1; i >= 0; i--) {
        if (open->items[i].closing != closing)
            continue;
        guard_add(b, open->items[i].at, end, closing);
        open->depth = i;
        return;
    }
}

static bool is_open(const struct nesting *open, uint32_t closing)
{
    for (int i = 0; i < open->depth; i++)
        if (open->items[i].closing == closing)
            return true;
    return false;
}

/* A straight quote opens behind a blank or an opening sign; elsewhere it closes, or means inches. */
static bool straight_quote_opens(struct str s, size_t at, const struct nesting *open)
{
    uint32_t before = char_before(s, at), after = char_at(s, at + 1);
    bool opens = (!before || text_is_blank(before) || closing_of(before)) && after && !text_is_blank(after);
    return opens && !is_open(open, '"');
}

/* Bytes that start nothing that breaks or encloses: letters, blanks and commas, also with the accents of Latin letters, are passed over. */
static bool is_plain(unsigned char c)
{
    if (c >= 0x80)
        return c < 0xC2 || (c > 0xC2 && c < 0xCC);
    return !strchr("\n!\"().?[]{}", c);
}

static bool plain_bytes[256];
static pthread_once_t plain_once = PTHREAD_ONCE_INIT;

static void find_plain_bytes(void)
{
    for (int c = 0; c < 256; c++)
        plain_bytes[c] = is_plain((unsigned char)c);
}

static size_t skip_plain(struct str s, size_t at)
{
    while (at < s.len && plain_bytes[(unsigned char)s.ptr[at]])
        at++;
    return at;
}

static void find_guards(struct breaker *b)
{
    struct nesting open = {.depth = 0};
    for (size_t at = skip_plain(b->s, 0); at < b->s.len; at = skip_plain(b->s, at)) {
        size_t start = at;
        uint32_t c = utf8_next(b->s, &at);
        bool opens = c == '"' ? straight_quote_opens(b->s, start, &open) : closing_of(c) != 0;
        if (opens && open.depth < NESTING_MAX)
            open.items[open.depth++] = (struct pending){c == '"' ? c : closing_of(c), start};
        else if (!opens && (c == '"' || is_closing(c)))
            nesting_close(b, &open, c, at);
    }
}

/* Breaks come in order, so the guards behind are never looked at again. */
static bool is_guarded(struct breaker *b, size_t at)
{
    while (b->next_guard < b->guards.count && b->guards.items[b->next_guard].end <= at)
        b->next_guard++;
    return b->next_guard < b->guards.count && b->guards.items[b->next_guard].start < at;
}

/* --- Words around a full stop -----------------------------------------------------------------------------
 */

static bool is_opening_sign(uint32_t c)
{
    return closing_of(c) || c == '"' || c == '\'' || c == 0x2018 || c == 0xBF || c == 0xA1 || c == '-' ||
           c == 0x2013 || c == 0x2014 || c == '/' || c == '*';
}

/* What stands before `end`, back to a blank, an opening sign or the start of the sentence. */
static struct str token_before(const struct breaker *b, size_t end)
{
    size_t start = end;
    for (size_t at = end; at > b->start && end - start < TOKEN_MAX; start = at) {
        uint32_t c = utf8_previous(b->s, &at);
        if (text_is_blank(c) || (is_opening_sign(c) && c != '-' && c != '\''))
            break;
    }
    return str_slice(b->s, start, end);
}

static struct str token_before_blank(const struct breaker *b, size_t end)
{
    while (end > b->start && text_is_blank(char_before(b->s, end)))
        utf8_previous(b->s, &end);
    return token_before(b, end);
}

static struct str word_at(struct str s, size_t start)
{
    size_t end = start;
    for (size_t at = start; at < s.len && end - start < TOKEN_MAX; end = at)
        if (!text_is_alnum(utf8_next(s, &at)))
            break;
    return str_slice(s, start, end);
}

static bool equal_but_first_case(struct str word, struct str other)
{
    if (!word.len || word.len != other.len || word.ptr[word.len - 1] != other.ptr[other.len - 1])
        return false;
    if (str_equal(word, other))
        return true;
    size_t a = 0, b = 0;
    uint32_t first = utf8_next(word, &a);
    return text_is_upper(first) && text_to_lower(first) == utf8_next(other, &b) && a == b &&
           str_equal(str_slice(word, a, word.len), str_slice(other, b, other.len));
}

static bool is_starter(struct str word)
{
    for (size_t i = 0; i < sizeof starters / sizeof *starters; i++)
        if (equal_but_first_case(word, starters[i]))
            return true;
    return false;
}

static bool is_capitalised(struct str word)
{
    return text_is_upper(char_at(word, 0));
}

static bool is_single_letter(struct str token)
{
    return token.len && text_is_letter(char_at(token, 0)) && utf8_count(token) == 1;
}

/* "J." or "J.-P." with its point. */
static bool is_initial_with_point(struct str token)
{
    return token.len >= 2 && token.ptr[token.len - 1] == '.' && is_capitalised(token) &&
           is_single_letter(str_slice(token, 0, token.len - 1));
}

/* "EE", "UU": a plural written by doubling. */
static bool is_doubled(struct str token)
{
    return token.len == 2 && token.ptr[0] == token.ptr[1] && token.ptr[0] >= 'A' && token.ptr[0] <= 'Z';
}

/* "U.S", "Ph.D", "a.C": points inside, at most two letters between them. */
static bool is_dotted(struct str token)
{
    struct str rest = token, part;
    int parts = 0;
    while (str_split(&rest, '.', &part)) {
        if (!part.len || utf8_count(part) > 2 || !text_is_letter(char_at(part, 0)))
            return false;
        parts++;
    }
    return parts > 1;
}

static bool is_roman(struct str token)
{
    for (size_t i = 0; i < token.len; i++)
        if (!strchr("IVXLCDM", token.ptr[i]))
            return false;
    return token.len > 0;
}

static bool is_numeral(struct str word)
{
    return text_is_digit(char_at(word, 0)) || is_roman(word);
}

static enum abbreviation listed(struct str token, struct str lang)
{
    for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations; i++)
        if (equal_but_first_case(token, abbreviations[i].text) &&
            (!abbreviations[i].lang || (lang.len == 2 && lang.ptr[1] == abbreviations[i].lang)))
            return abbreviations[i].kind;
    return ABBREVIATION_NONE;
}

/* "J. K. Rowling", "por J. Smith", "George W. Bush"; but "vitamina C. Pauling", "Felipe V. España". */
static bool is_initial(struct str token, struct str before)
{
    if (!before.len || is_initial_with_point(before))
        return true;
    if (is_capitalised(before))
        return !str_contains(STR("IVX"), token);
    return is_starter(before);
}

static enum abbreviation classify(const struct breaker *b, struct str token, struct str next,
                                  bool next_has_point)
{
    enum abbreviation kind = listed(token, b->lang);
    if (kind)
        return kind;
    size_t start = (size_t)(token.ptr - b->s.ptr);
    struct str before = token_before_blank(b, start);
    if (is_doubled(token)) {
        if (is_doubled(next) && next_has_point)
            return ABBREVIATION_INSIDE;
        bool second = before.len == 3 && before.ptr[2] == '.' && is_doubled(str_slice(before, 0, 2));
        return second ? ABBREVIATION_END : ABBREVIATION_NONE;
    }
    if (is_dotted(token))
        return ABBREVIATION_END;
    if (!is_single_letter(token))
        return ABBREVIATION_NONE;
    if (is_single_letter(next) && next_has_point)
        return ABBREVIATION_INSIDE; /* "J. K.", "a. C." */
    if (!is_capitalised(token))
        return ABBREVIATION_NUMBER; /* "p. 5", "s. XIX" */
    if (before.len == 2 && before.ptr[1] == '.' && !is_capitalised(before))
        return ABBREVIATION_END; /* "a. C." */
    return is_initial(token, before) ? ABBREVIATION_END : ABBREVIATION_NONE;
}

/* "1.", "b.", "IV.", "1992." at the start of a sentence counts it and does not end it. */
static bool is_enumerator(const struct breaker *b, struct str token)
{
    size_t start = (size_t)(token.ptr - b->s.ptr);
    if (text_trim(str_slice(b->s, b->start, start)).len || token.len > 4)
        return false;
    return is_single_letter(token) || is_numeral(token);
}

/* --- Terminators ------------------------------------------------------------------------------------------
 */

enum terminator { TERMINATOR_NONE, TERMINATOR_POINT, TERMINATOR_DOTS, TERMINATOR_STRONG, TERMINATOR_WIDE };

static enum terminator terminator_of(uint32_t c)
{
    if (c == '.')
        return TERMINATOR_POINT;
    if (c == '!' || c == '?')
        return TERMINATOR_STRONG;
    if (c == ELLIPSIS)
        return TERMINATOR_DOTS;
    if (c < 0x300)
        return TERMINATOR_NONE;
    int class = u_getIntPropertyValue((UChar32)c, UCHAR_SENTENCE_BREAK);
    if (class != U_SB_STERM && class != U_SB_ATERM)
        return TERMINATOR_NONE;
    bool wide = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH) >= U_EA_FULLWIDTH;
    return wide ? TERMINATOR_WIDE : TERMINATOR_STRONG;
}

static bool is_closer(uint32_t c)
{
    return is_closing(c) || c == '"' || c == '\'' || c == 0x2019 || (c >= 0x300C && c <= 0x300F);
}

/* A run such as `...` or `?!»` with the blanks behind it. */
struct stop {
    enum terminator kind;
    size_t at, end; /* from the first sign to behind the last closing one */
    size_t next;    /* behind the blanks */
};

static struct stop read_stop(struct str s, size_t at)
{
    struct stop stop = {.at = at};
    int points = 0;
    size_t end = at;
    for (size_t i = at; i < s.len; end = i) {
        enum terminator kind = terminator_of(utf8_next(s, &i));
        if (!kind)
            break;
        points += kind == TERMINATOR_POINT;
        if (kind > stop.kind)
            stop.kind = kind;
    }
    if (stop.kind == TERMINATOR_POINT && points > 1)
        stop.kind = TERMINATOR_DOTS;
    for (size_t i = end; i < s.len; end = i)
        if (!is_closer(utf8_next(s, &i)))
            break;
    stop.end = stop.next = end;
    for (size_t i = end; i < s.len; stop.next = i)
        if (!text_is_blank(utf8_next(s, &i)))
            break;
    return stop;
}

/* Behind opening signs, where the next sentence has its first word. */
static size_t skip_opening(struct str s, size_t at)
{
    for (size_t next = at; next < s.len; at = next) {
        uint32_t c = utf8_next(s, &next);
        if (!is_opening_sign(c) && !text_is_blank(c))
            break;
    }
    return at;
}

/* A name that is written with a small first letter: wav2vec, fastText, iPhone. */
static bool is_odd_name(struct str word)
{
    for (size_t at = 0; at < word.len;) {
        uint32_t c = utf8_next(word, &at);
        if (text_is_upper(c) || text_is_digit(c))
            return true;
    }
    return false;
}

static bool point_ends(const struct breaker *b, const struct stop *stop, size_t word_start, struct str word)
{
    struct str token = token_before(b, stop->at);
    if (token.len && is_enumerator(b, token))
        return false;
    bool word_has_point = char_at(b->s, word_start + word.len) == '.';
    switch (token.len ? classify(b, token, word, word_has_point) : ABBREVIATION_NONE) {
    case ABBREVIATION_INSIDE:
        return false;
    case ABBREVIATION_NUMBER:
        return !is_numeral(word);
    case ABBREVIATION_END:
        if (word_start > stop->next) /* a sign between: only parentheses go on about the abbreviation */
            return char_at(b->s, stop->next) != '(';
        return is_starter(word) && !word_has_point;
    default:
        return true;
    }
}

static bool stop_ends(const struct breaker *b, const struct stop *stop)
{
    if (stop->next == stop->end && stop->kind != TERMINATOR_WIDE)
        return false;
    size_t word_start = skip_opening(b->s, stop->next);
    struct str word = word_at(b->s, word_start);
    if (!word.len)
        return false;
    uint32_t first = char_at(word, 0);
    if (text_is_lower(first) && (stop->kind == TERMINATOR_DOTS || !is_odd_name(word)))
        return false;
    if (stop->kind == TERMINATOR_DOTS)
        return !text_is_digit(first);
    return stop->kind != TERMINATOR_POINT || point_ends(b, stop, word_start, word);
}

/* --- The pass ---------------------------------------------------------------------------------------------
 */

static void break_at(struct breaker *b, size_t end, size_t next)
{
    struct str whole = str_slice(b->s, b->start, end), trimmed = text_trim(whole);
    if (!trimmed.len)
        return;
    size_t start = (size_t)(trimmed.ptr - b->s.ptr);
    list_push(b->arena, b->ret, ((struct span){start, start + trimmed.len}));
    b->start = next;
    b->has_word = false;
}

/* "→" behind a finished turn is the reply to it; between two words it is just a sign. */
static bool arrow_replies(const struct breaker *b, size_t at)
{
    if (!b->has_word)
        return false;
    struct str turn = text_trim(str_slice(b->s, b->start, at));
    uint32_t last = char_before(turn, turn.len);
    return terminator_of(last) || (is_closer(last) && last != ')' && last != ']');
}

static bool line_feed_ends(const struct breaker *b, size_t at)
{
    struct str word = word_at(b->s, skip_opening(b->s, at + 1));
    return !word.len || !text_is_lower(char_at(word, 0)) || is_odd_name(word);
}

void text_sentences(struct arena *arena, struct str s, struct str lang, struct spans *ret)
{
    pthread_once(&plain_once, find_plain_bytes);
    struct breaker b = {.arena = arena, .s = s, .lang = lang, .ret = ret};
    find_guards(&b);
    for (size_t at = 0; at < s.len;) {
        if (b.has_word && (at = skip_plain(s, at)) == s.len)
            break;
        size_t here = at;
        uint32_t c = utf8_next(s, &at);
        b.has_word = b.has_word || text_is_alnum(c);
        if (c == ARROW && !is_guarded(&b, here) && arrow_replies(&b, here)) {
            break_at(&b, here, here);
        } else if (c == '\n' && !is_guarded(&b, here) && line_feed_ends(&b, here)) {
            break_at(&b, here, at);
        } else if (terminator_of(c)) {
            struct stop stop = read_stop(s, here);
            at = stop.end;
            if (b.has_word && !is_guarded(&b, stop.end) && stop_ends(&b, &stop)) {
                break_at(&b, stop.end, stop.next);
                at = stop.next;
            }
        }
    }
    break_at(&b, s.len, s.len);
}
