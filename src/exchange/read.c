#include "exchange/read.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/list.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "exchange/gift.h"
#include "exchange/inside.h"
#include "exchange/package.h"
#include "text/text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { TEXT_SIZE = 64 << 20, HEAD_SIZE = 64 << 10, DECK_DEPTH = 8, DECK_NAME = 255, DECKS_MAX = 5000 };

/* What readers share */

/* "A::::B" and a path of twenty levels are brought to what a deck may be called. */
static struct str neat_path(struct arena *arena, struct str path)
{
    struct buffer out = {0};
    int depth = 0;
    for (size_t at = 0; at <= path.len && depth < DECK_DEPTH;) {
        size_t cut = str_find(path, STR("::"), at), end = cut == SIZE_MAX ? path.len : cut;
        struct str name = text_trim(str_slice(path, at, end));
        if (name.len && out.len + name.len < DECK_NAME) {
            buffer_format(&out, "%s%.*s", out.len ? "::" : "", STR_ARG(name));
            depth++;
        }
        at = end + 2;
    }
    struct str neat = out.len ? str_copy(arena, buffer_str(&out)) : STR("Default");
    buffer_finish(&out);
    return neat;
}

bool reading_deck(struct reading *r, struct str path, size_t *ret)
{
    path = neat_path(&r->scratch, path);
    for (size_t i = r->decks.count; i-- > 0;)
        if (str_equal(r->decks.items[i], path)) {
            *ret = i;
            return true;
        }
    if (r->decks.count == DECKS_MAX)
        return fail(r->e, ERROR_LIMIT, _("there are more than %d decks in this file"), DECKS_MAX);
    *ret = r->decks.count;
    list_push(&r->scratch, &r->decks, path);
    return sink_deck(r->sink, &(struct parcel_deck){.path = path, .lang = r->options->lang}, r->e);
}

bool reading_type(struct reading *r, struct parcel_type *type, size_t *ret)
{
    for (size_t i = 0; i < r->types.count; i++)
        if (str_equal(r->types.items[i], type->name)) {
            *ret = i;
            return true;
        }
    if (r->types.count == sizeof r->known / sizeof *r->known)
        return fail(r->e, ERROR_LIMIT, _("there are too many types of notes in this file"));
    *ret = r->types.count;
    r->known[r->types.count] = type;
    list_push(&r->scratch, &r->types, type->name);
    return sink_type(r->sink, type, r->e);
}

bool reading_guid(struct reading *r, struct str deck, struct str question, struct str answer, struct str *ret)
{
    struct str whole = str_format(&r->each, "%.*s\x1F%.*s", STR_ARG(question), STR_ARG(answer));
    if (!texts_add(&r->scratch, &r->guids, parcel_guid(&r->each, deck, whole))) {
        notices_add(r->arena, &r->report.notices, NOTICE_TWICE, question, 0);
        return false;
    }
    /* The same question with another answer is another note: the second of that name. */
    *ret = parcel_guid(&r->each, deck, question);
    for (int n = 2; !texts_add(&r->scratch, &r->guids, *ret); n++)
        *ret = parcel_guid(&r->each, deck, str_format(&r->each, "%.*s\x1F%d", STR_ARG(question), n));
    return true;
}

bool reading_cancelled(struct reading *r)
{
    if (!r->options->cancelled || !r->options->cancelled(r->options->self))
        return false;
    fail(r->e, ERROR_CANCELLED, _("stopped"));
    return true;
}

/* Text of any kind */

static struct str from_utf16(struct arena *arena, struct str s, bool big)
{
    struct buffer out = {0};
    char bytes[4];
    uint32_t high = 0;
    for (size_t i = 2; i + 1 < s.len; i += 2) {
        const unsigned char *p = (const unsigned char *)s.ptr + i;
        uint32_t unit = big ? (uint32_t)(p[0] << 8 | p[1]) : (uint32_t)(p[1] << 8 | p[0]);
        if (unit >= 0xD800 && unit < 0xDC00) {
            high = unit;
            continue;
        }
        if (unit >= 0xDC00 && unit < 0xE000)
            unit = high ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD;
        high = 0;
        buffer_add(&out, (struct str){bytes, utf8_encode(unit, bytes)});
    }
    struct str copy = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return copy;
}

static bool fail_encoding(struct str text, size_t bad, struct error *e)
{
    int line = 1;
    for (size_t i = 0; i < bad; i++)
        line += text.ptr[i] == '\n';
    if (memchr(text.ptr, 0, text.len))
        return fail(e, ERROR_SYNTAX,
                    _("this is no text. Read are Anki packages (.apkg, .colpkg), Anki text, CSV, TSV, "
                      "Quizlet's text and GIFT"));
    fail(e, ERROR_SYNTAX,
         _("this text is not UTF-8; save it as UTF-8, or convert it: iconv -f latin1 -t utf8 OLD > NEW"));
    return error_at(e, (struct str){0}, line, 0);
}

static bool to_utf8(struct arena *arena, struct str *text, struct error *e)
{
    if (str_starts(*text, STR("\xFF\xFE")) || str_starts(*text, STR("\xFE\xFF")))
        *text = from_utf16(arena, *text, text->ptr[0] == '\xFE');
    if (str_starts(*text, STR("\xEF\xBB\xBF")))
        *text = str_slice(*text, 3, text->len);
    size_t bad = utf8_find_bad(*text);
    const char *nul = text->len ? memchr(text->ptr, 0, text->len) : NULL;
    if (bad == SIZE_MAX && !nul)
        return true;
    return fail_encoding(*text, bad != SIZE_MAX ? bad : (size_t)(nul - text->ptr), e);
}

/* Detection */

static bool starts_line(struct str text, const char *word)
{
    size_t len = strlen(word);
    for (size_t at = 0; at != SIZE_MAX && at + len <= text.len;) {
        if (memcmp(text.ptr + at, word, len) == 0)
            return true;
        size_t end = str_find(text, STR("\n"), at);
        at = end == SIZE_MAX ? SIZE_MAX : end + 1;
    }
    return false;
}

/* Formats that are known and not read; told by a sign at the beginning, by a line, or by the name. */
static const struct {
    const char *begins, *line, *ending;
    const char *what;
} foreign[] = {
    {"SQLite format 3", NULL, NULL, N_("the database of another program (Anki can export it as a package)")},
    {"<?xml", NULL, NULL, N_("an XML file (Moodle XML, QTI)")},
    {"<quiz", NULL, NULL, N_("a Moodle XML file")},
    {"<", NULL, NULL, N_("a page of HTML or XML")},
    {"%PDF", NULL, NULL, N_("a PDF document")},
    {NULL, "ANSWER: ", NULL, N_("an Aiken quiz")},
    {NULL, NULL, ".md", N_("a Markdown file (a chapter goes in with \"repaso add\")")},
    {NULL, "Q: ", NULL, N_("a deck of hashcards")},
};

bool read_refuse(const char *what, struct error *e)
{
    return fail(
        e, ERROR_VERSION,
        _("this is %s, which is not read yet. Read are Anki packages (.apkg, .colpkg), Anki text, CSV, TSV, "
          "Quizlet's text and GIFT"),
        _(what));
}

static bool ends_with(const char *path, const char *ending)
{
    size_t len = path ? strlen(path) : 0, end = strlen(ending);
    return len >= end && strcasecmp(path + len - end, ending) == 0;
}

static bool look_at_text(const char *path, struct str text, enum parcel_format *ret, struct error *e)
{
    struct str start = text_trim(str_slice(text, 0, text.len < HEAD_SIZE ? text.len : HEAD_SIZE));
    bool gift = ends_with(path, ".gift");
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign && !gift; i++)
        if ((foreign[i].begins && str_starts(start, str_from(foreign[i].begins))) ||
            (foreign[i].line && starts_line(start, foreign[i].line)) ||
            (foreign[i].ending && ends_with(path, foreign[i].ending)))
            return read_refuse(foreign[i].what, e);
    *ret = gift || gift_detect(start) ? FORMAT_GIFT : FORMAT_TEXT;
    return true;
}

/* The beginning of a file; false when it cannot be read. */
static bool read_head(struct arena *arena, const char *path, struct str *ret, struct error *e)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    char *bytes = arena_alloc(arena, HEAD_SIZE);
    ssize_t len = file < 0 ? -1 : read(file, bytes, HEAD_SIZE);
    int cause = errno;
    if (file >= 0)
        close(file);
    if (len < 0)
        return fail(e, error_kind_of(cause), _("cannot read: %s"), strerror(cause));
    *ret = (struct str){bytes, (size_t)len};
    return true;
}

static bool is_package(const char *path, struct str head)
{
    return str_starts(head, STR("PK\x03\x04")) || str_starts(head, STR("PK\x05\x06")) ||
           ends_with(path, ".apkg") || ends_with(path, ".colpkg");
}

bool parcel_detect(const char *path, enum parcel_format *ret, struct error *e)
{
    struct arena arena = {0};
    struct str head;
    *ret = FORMAT_UNKNOWN;
    bool ok = read_head(&arena, path, &head, e);
    if (ok && is_package(path, head)) {
        *ret = FORMAT_APKG;
    } else if (ok && str_starts(head, STR("SQLite format 3"))) {
        ok = read_refuse(foreign[0].what, e);
    } else if (ok) {
        /* A character may be cut in two at the end of what was read. */
        for (int i = 0; i < 3 && head.len == HEAD_SIZE && (head.ptr[head.len - 1] & 0x80); i++)
            head.len--;
        ok = to_utf8(&arena, &head, e) && look_at_text(path, head, ret, e) &&
             (text_trim(head).len > 0 || fail(e, ERROR_SYNTAX, _("the file is empty")));
    }
    arena_finish(&arena);
    return ok || error_at(e, str_from(path), e->line, 0);
}

/* Reading */

static struct str stem_of(struct str path)
{
    struct str name = path_name(path);
    for (size_t i = name.len; i > 1; i--)
        if (name.ptr[i - 1] == '.')
            return str_slice(name, 0, i - 1);
    return name;
}

static struct reading begin(struct arena *arena, const struct read_options *options,
                            const struct parcel_sink *sink, struct str deck, struct error *e)
{
    return (struct reading){.arena = arena,
                            .options = options,
                            .sink = sink,
                            .deck = options->deck.len ? options->deck : deck,
                            .e = e};
}

static bool read_any_text(struct reading *r, struct str text)
{
    return to_utf8(&r->scratch, &text, r->e) &&
           (r->report.format == FORMAT_GIFT ? read_questions(r, text) : read_table(r, text));
}

static bool end(struct reading *r, bool ok, struct str file, struct read_report *ret)
{
    arena_finish(&r->scratch);
    arena_finish(&r->each);
    if (ok)
        *ret = r->report;
    return ok || (file.len && !r->e->file[0] ? error_at(r->e, file, r->e->line, r->e->column) : false);
}

bool parcel_read(struct arena *arena, const char *path, const struct read_options *options,
                 const struct parcel_sink *sink, struct read_report *ret, struct error *e)
{
    struct reading r = begin(arena, options, sink, stem_of(str_from(path)), e);
    struct str text;
    enum parcel_format found;
    if (options->format == FORMAT_UNKNOWN && !parcel_detect(path, &found, e))
        return false;
    r.report.format = options->format ? options->format : found;
    bool ok = r.report.format == FORMAT_APKG
                  ? read_package(&r, path)
                  : file_read(&r.scratch, path, TEXT_SIZE, &text, e) && read_any_text(&r, text);
    return end(&r, ok, str_from(path), ret);
}

bool parcel_read_text(struct arena *arena, struct str text, const struct read_options *options,
                      const struct parcel_sink *sink, struct read_report *ret, struct error *e)
{
    struct reading r = begin(arena, options, sink, str_from(_("Pasted text")), e);
    r.report.format = options->format;
    bool ok = (r.report.format != FORMAT_UNKNOWN || look_at_text(NULL, text, &r.report.format, e)) &&
              read_any_text(&r, text);
    return end(&r, ok, (struct str){0}, ret);
}

enum parcel_format parcel_format_from(struct str name)
{
    static const struct {
        const char *name;
        enum parcel_format format;
    } formats[] = {{"apkg", FORMAT_APKG}, {"colpkg", FORMAT_APKG}, {"text", FORMAT_TEXT},
                   {"csv", FORMAT_TEXT},  {"tsv", FORMAT_TEXT},    {"gift", FORMAT_GIFT}};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (str_equal(name, str_from(formats[i].name)))
            return formats[i].format;
    return FORMAT_UNKNOWN;
}
