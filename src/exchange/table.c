/* Tables of notes: Anki's text with headers, CSV, TSV, and what Quizlet lets people copy. */
#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "exchange/html.h"
#include "exchange/inside.h"
#include "exchange/rows.h"
#include "text/text.h"

#include <string.h>
#include <strings.h>

enum { COLUMNS_MAX = 60 };

/* What a column holds besides the fields in their order. */
struct table {
    struct reading *r;
    struct rows rows;
    bool has_headers; /* Anki's */
    bool html;
    struct str deck, tags, type;                             /* for all rows */
    long deck_column, tags_column, type_column, guid_column; /* from 1; 0: none */
    struct str_list names;                                   /* of the columns; may be fewer */
    size_t columns;                                          /* of most rows */
    struct parcel_type *own;                                 /* for notes that name no type */
};

/* Anki's headers */

/* Spreadsheets pad a header's line with separators. */
static struct str trim_padding(struct str value)
{
    while (value.len > 1 && strchr(",;\t| ", value.ptr[value.len - 1]))
        value.len--;
    return value;
}

static struct str read_separator(struct str value)
{
    static const struct {
        const char *name, *separator;
    } names[] = {{"comma", ","}, {"semicolon", ";"}, {"tab", "\t"},
                 {"space", " "}, {"pipe", "|"},      {"colon", ":"}};
    struct str name = value;
    for (size_t i = 1; i < name.len; i++)
        if (strchr(",;\t| ", name.ptr[i]))
            name.len = i;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (name.len == strlen(names[i].name) && strncasecmp(name.ptr, names[i].name, name.len) == 0)
            return str_from(names[i].separator);
    if (str_starts(value, STR("\\t")))
        return STR("\t");
    return str_slice(value, 0, 1);
}

static void split_tags(struct arena *arena, struct str s, struct str_list *ret)
{
    struct str tag;
    while (str_split(&s, ' ', &tag))
        if (str_trim(tag).len && !str_list_has(ret, str_trim(tag)))
            list_push(arena, ret, str_trim(tag));
}

static void take_columns(struct table *t, struct str value)
{
    struct rows rows = rows_begin(value, t->rows.separator);
    struct error e;
    rows_next(&t->r->scratch, &rows, &t->names, &e);
}

/* One "#key:value"; false: no header, but a comment. */
static bool take_header(struct table *t, struct str line)
{
    const struct {
        const char *key;
        struct str *text;
        long *column;
    } keys[] = {
        {"deck column", NULL, &t->deck_column},
        {"tags column", NULL, &t->tags_column},
        {"notetype column", NULL, &t->type_column},
        {"guid column", NULL, &t->guid_column},
        {"deck", &t->deck, NULL},
        {"tags", &t->tags, NULL},
        {"notetype", &t->type, NULL},
        {"note type", &t->type, NULL},
        {"if matches", NULL, NULL},
        {"match scope", NULL, NULL},
    };
    size_t colon = str_find(line, STR(":"), 0);
    if (line.len == 0 || line.ptr[0] != '#' || colon == SIZE_MAX)
        return false;
    struct str key = str_trim(str_slice(line, 1, colon)), value = str_slice(line, colon + 1, line.len);
    if (key.len == 9 && strncasecmp(key.ptr, "separator", 9) == 0) {
        t->rows.separator = read_separator(value);
        return true;
    }
    value = str_trim(value);
    if (key.len == 4 && strncasecmp(key.ptr, "html", 4) == 0) {
        t->html = value.len >= 4 && strncasecmp(value.ptr, "true", 4) == 0;
        return true;
    }
    if (key.len == 7 && strncasecmp(key.ptr, "columns", 7) == 0) {
        take_columns(t, value);
        return true;
    }
    value = trim_padding(value);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (key.len != strlen(keys[i].key) || strncasecmp(key.ptr, keys[i].key, key.len) != 0)
            continue;
        if (keys[i].text)
            *keys[i].text = value;
        if (keys[i].column)
            str_to_long(value, keys[i].column);
        return true;
    }
    return false;
}

/* The lines at the top that begin with #; the old form begins with "tags:". */
static void take_headers(struct table *t)
{
    struct str rest = t->rows.text, line;
    size_t begin = 0;
    long lines = 0;
    while (str_split(&rest, '\n', &line)) {
        line = line.len && line.ptr[line.len - 1] == '\r' ? str_slice(line, 0, line.len - 1) : line;
        bool old_tags = lines == 0 && line.len > 5 && strncasecmp(line.ptr, "tags:", 5) == 0;
        if (old_tags)
            t->tags = str_trim(str_slice(line, 5, line.len));
        else if (line.len && line.ptr[0] == '#')
            t->has_headers |= take_header(t, line);
        else
            break;
        lines++;
        begin = rest.ptr ? (size_t)(rest.ptr - t->rows.text.ptr) : t->rows.text.len;
    }
    t->rows.at = begin;
    t->rows.next_line = lines + 1;
    t->rows.comments = t->has_headers;
}

/* A first row of names */

enum column_role { ROLE_FIELD, ROLE_TAGS, ROLE_DECK };

/* What people write above their columns, folded. */
static const struct {
    const char *name;
    enum column_role role;
} names[] = {
    {"front", ROLE_FIELD},     {"back", ROLE_FIELD},        {"question", ROLE_FIELD},
    {"answer", ROLE_FIELD},    {"term", ROLE_FIELD},        {"definition", ROLE_FIELD},
    {"word", ROLE_FIELD},      {"translation", ROLE_FIELD}, {"meaning", ROLE_FIELD},
    {"prompt", ROLE_FIELD},    {"hint", ROLE_FIELD},        {"explanation", ROLE_FIELD},
    {"example", ROLE_FIELD},   {"notes", ROLE_FIELD},       {"extra", ROLE_FIELD},
    {"spanish", ROLE_FIELD},   {"english", ROLE_FIELD},     {"pregunta", ROLE_FIELD},
    {"respuesta", ROLE_FIELD}, {"termino", ROLE_FIELD},     {"definicion", ROLE_FIELD},
    {"palabra", ROLE_FIELD},   {"traduccion", ROLE_FIELD},  {"significado", ROLE_FIELD},
    {"anverso", ROLE_FIELD},   {"reverso", ROLE_FIELD},     {"frente", ROLE_FIELD},
    {"dorso", ROLE_FIELD},     {"cara", ROLE_FIELD},        {"concepto", ROLE_FIELD},
    {"pista", ROLE_FIELD},     {"explicacion", ROLE_FIELD}, {"ejemplo", ROLE_FIELD},
    {"notas", ROLE_FIELD},     {"espanol", ROLE_FIELD},     {"ingles", ROLE_FIELD},
    {"tags", ROLE_TAGS},       {"etiquetas", ROLE_TAGS},    {"deck", ROLE_DECK},
    {"mazo", ROLE_DECK},       {"category", ROLE_DECK},     {"categoria", ROLE_DECK},
};

static bool find_role(struct arena *arena, struct str cell, enum column_role *ret)
{
    struct str folded = text_fold(arena, text_trim(cell));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(folded, str_from(names[i].name))) {
            *ret = names[i].role;
            return true;
        }
    return false;
}

/* Whether a row names the columns: then every cell of it is such a name. */
static bool take_names(struct table *t, const struct str_list *row)
{
    enum column_role role;
    for (size_t i = 0; i < row->count; i++)
        if (text_trim(row->items[i]).len == 0 || !find_role(&t->r->scratch, row->items[i], &role))
            return false;
    for (size_t i = 0; i < row->count; i++) {
        find_role(&t->r->scratch, row->items[i], &role);
        if (role == ROLE_TAGS)
            t->tags_column = (long)i + 1;
        else if (role == ROLE_DECK)
            t->deck_column = (long)i + 1;
    }
    t->names = *row;
    return row->count > 1;
}

/* Types */

static bool is_field(const struct table *t, size_t column)
{
    long at = (long)column + 1;
    return at != t->deck_column && at != t->tags_column && at != t->type_column && at != t->guid_column;
}

static size_t count_fields(const struct table *t, size_t columns)
{
    size_t fields = 0;
    for (size_t i = 0; i < columns; i++)
        fields += is_field(t, i);
    return fields;
}

/* Anki's own names for its own types, in English and in Spanish. */
static const struct {
    const char *name;
    enum parcel_kind kind;
} type_names[] = {
    {"basic", KIND_BASIC},
    {"basico", KIND_BASIC},
    {"basic (and reversed card)", KIND_REVERSED},
    {"basico (y tarjeta invertida)", KIND_REVERSED},
    {"basic (optional reversed card)", KIND_OPTIONAL},
    {"basico (tarjeta invertida opcional)", KIND_OPTIONAL},
    {"basic (type in the answer)", KIND_TYPED},
    {"basico (teclea la respuesta)", KIND_TYPED},
    {"cloze", KIND_CLOZE},
    {"respuesta anidada", KIND_CLOZE},
    {"huecos", KIND_CLOZE},
};

static struct str field_name(struct table *t, size_t field)
{
    size_t at = 0;
    for (size_t i = 0; i < t->names.count && i < COLUMNS_MAX; i++)
        if (is_field(t, i) && at++ == field && text_trim(t->names.items[i]).len)
            return text_trim(t->names.items[i]);
    return field == 0   ? STR("Front")
           : field == 1 ? STR("Back")
                        : str_format(&t->r->scratch, "Extra %zu", field - 1);
}

/* A question, an answer, and columns that explain it. */
static struct parcel_type *make_wide_type(struct table *t, size_t fields)
{
    struct arena *arena = &t->r->scratch;
    struct parcel_type *type = arena_new(arena, struct parcel_type);
    struct str back = STR("{{FrontSide}}\n\n<hr id=answer>\n\n"), front = {0};
    type->kind = KIND_OTHER;
    type->name = str_format(arena, "repaso %zu", fields);
    for (size_t i = 0; i < fields; i++) {
        struct str name = field_name(t, i);
        if (str_list_has(&type->fields, name))
            name = str_format(arena, "%.*s %zu", STR_ARG(name), i + 1);
        list_push(arena, &type->fields, name);
        if (i == 0)
            front = str_format(arena, "{{%.*s}}", STR_ARG(name));
        else
            back = str_format(arena, "%.*s%s{{%.*s}}", STR_ARG(back), i > 1 ? "<br>\n" : "", STR_ARG(name));
    }
    list_push(arena, &type->templates, (struct parcel_template){STR("Card 1"), front, back});
    return type;
}

static struct parcel_type *native_type(struct table *t, enum parcel_kind kind)
{
    struct parcel_type *type = arena_new(&t->r->scratch, struct parcel_type);
    *type = parcel_native_type(&t->r->scratch, kind);
    return type;
}

/* The type of a row: as it says, else by its gaps, else by how many fields the rows have. */
static struct parcel_type *choose_type(struct table *t, struct str named, struct str first)
{
    struct str folded = text_fold(&t->r->each, text_trim(named));
    for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++)
        if (folded.len && str_equal(folded, str_from(type_names[i].name)))
            return native_type(t, type_names[i].kind);
    if (str_contains(first, STR("{{c1::")))
        return native_type(t, KIND_CLOZE);
    if (!t->own) {
        size_t fields = count_fields(t, t->names.count > t->columns ? t->names.count : t->columns);
        t->own = fields > 2 ? make_wide_type(t, fields < COLUMNS_MAX ? fields : COLUMNS_MAX)
                            : native_type(t, KIND_BASIC);
    }
    return t->own;
}

/* Rows */

static struct str cell(const struct str_list *row, long column)
{
    return column > 0 && (size_t)column <= row->count ? text_trim(row->items[column - 1]) : (struct str){0};
}

static struct str field_html(struct table *t, struct str value)
{
    value = text_trim(value);
    return t->html ? str_copy(&t->r->each, value) : html_escape(&t->r->each, value);
}

/* The row's fields, as many as its type has. */
static void take_fields(struct table *t, const struct str_list *row, const struct parcel_type *type,
                        struct str_list *ret)
{
    struct arena *arena = &t->r->each;
    bool more = false;
    for (size_t i = 0; i < row->count; i++) {
        if (!is_field(t, i))
            continue;
        if (ret->count < type->fields.count)
            list_push(arena, ret, field_html(t, row->items[i]));
        else
            more |= text_trim(row->items[i]).len > 0;
    }
    if (more)
        notices_add(t->r->arena, &t->r->report.notices, NOTICE_MANY_COLUMNS, ret->items[0], t->rows.line);
    /* The extra field of a native type is nobody's duty. */
    if (ret->count < type->fields.count && type == t->own && type->kind == KIND_OTHER)
        notices_add(t->r->arena, &t->r->report.notices, NOTICE_FEW_COLUMNS,
                    ret->count ? ret->items[0] : (struct str){0}, t->rows.line);
    while (ret->count < type->fields.count)
        list_push(arena, ret, (struct str){0});
}

static struct str all_but_first(struct arena *arena, const struct str_list *fields)
{
    struct str joined = {0};
    for (size_t i = 1; i < fields->count; i++)
        joined = str_format(arena, "%.*s\x1F%.*s", STR_ARG(joined), STR_ARG(fields->items[i]));
    return joined;
}

enum { ORDINALS_MAX = 500 };

static bool give_note(struct table *t, struct parcel_note *note, const struct parcel_type *type, size_t deck)
{
    struct reading *r = t->r;
    struct asked_input in = {.type = type,
                             .note = note,
                             .deck = r->decks.items[deck],
                             .lang = r->options->lang,
                             .notices = &r->report.notices,
                             .notice_arena = r->arena};
    int ordinals[ORDINALS_MAX];
    int count = asked_ordinals(&r->each, &in, ordinals, ORDINALS_MAX);
    if (count == 0)
        ordinals[count++] = 0;
    for (int i = 0; i < count; i++)
        list_push(&r->each, &note->cards,
                  (struct parcel_card){
                      .ordinal = ordinals[i], .deck = deck, .card = asked_card(&r->each, &in, ordinals[i])});
    return sink_note(r->sink, note, r->e);
}

static bool take_row(struct table *t, const struct str_list *row)
{
    struct reading *r = t->r;
    struct parcel_note note = {0};
    struct str first = {0};
    for (size_t i = row->count; i > 0; i--)
        if (is_field(t, i - 1))
            first = text_trim(row->items[i - 1]);
    if (first.len == 0) {
        notices_add(r->arena, &r->report.notices, NOTICE_EMPTY_FRONT, (struct str){0}, t->rows.line);
        return true;
    }
    struct str named_deck = cell(row, t->deck_column), named_type = cell(row, t->type_column);
    struct parcel_type *type = choose_type(t, named_type.len ? named_type : t->type, first);
    struct str path = named_deck.len ? named_deck : t->deck.len ? t->deck : r->deck;
    size_t deck;
    if (!reading_deck(r, path, &deck) || !reading_type(r, type, &note.type))
        return false;
    type = r->known[note.type];
    take_fields(t, row, type, &note.fields);
    split_tags(&r->each, t->tags, &note.tags);
    split_tags(&r->each, cell(row, t->tags_column), &note.tags);
    note.guid = cell(row, t->guid_column);
    if (note.guid.len == 0 &&
        !reading_guid(r, path, note.fields.items[0], all_but_first(&r->each, &note.fields), &note.guid))
        return true;
    return give_note(t, &note, type, deck);
}

static bool looks_like_html(struct str text)
{
    static const char *const signs[] = {"<br", "<b>", "<i>", "<div", "<img ", "</", "&nbsp;"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_contains(text, str_from(signs[i])))
            return true;
    return false;
}

static struct str separator_name(const struct rows *rows)
{
    struct str s = rows->separator;
    return str_equal(s, STR("\t"))  ? str_from(_("tabs"))
           : str_equal(s, STR(";")) ? str_from(_("semicolons"))
           : str_equal(s, STR(",")) ? str_from(_("commas"))
                                    : s;
}

static void tell_how(struct table *t, bool named)
{
    struct reading *r = t->r;
    r->report.how = str_format(r->arena,
                               named ? _("a table: %zu columns between \"%.*s\", named by the first row")
                               : t->has_headers ? _("Anki text: %zu columns between \"%.*s\"")
                                                : _("a table: %zu columns between \"%.*s\""),
                               t->columns, STR_ARG(separator_name(&t->rows)));
}

static bool find_shape(struct table *t)
{
    struct row_shape shape = {0};
    struct str body = str_slice(t->rows.text, t->rows.at, t->rows.text.len);
    bool guessed = rows_guess(&t->r->scratch, body, &shape);
    t->columns = shape.columns ? shape.columns : 1;
    if (t->rows.separator.len) { /* a header said it */
        struct rows rows = t->rows;
        struct str_list row;
        struct error e;
        t->columns = rows_next(&t->r->scratch, &rows, &row, &e) ? row.count : 1;
        return true;
    }
    t->rows.separator = shape.separator;
    t->rows.record = shape.record;
    if (guessed || t->tags.len)
        return true;
    return fail(t->r->e, ERROR_SYNTAX,
                _("this text is no table of cards: put question and answer on one line with a tab, semicolon "
                  "or comma "
                  "between them"));
}

bool read_table(struct reading *r, struct str text)
{
    struct table t = {.r = r, .rows = rows_begin(text, (struct str){0})};
    struct str_list row;
    long rows = 0;
    take_headers(&t);
    if (!find_shape(&t)) {
        /* What is wrong with the rows tells more than that they are none. */
        struct error broken;
        struct rows lines = t.rows;
        while (rows_next(&r->scratch, &lines, &row, &broken))
            ;
        if (broken.kind != ERROR_NONE)
            *r->e = broken;
        return false;
    }
    if (!t.has_headers)
        t.html = looks_like_html(text);
    tell_how(&t, false);
    struct error ended = {0};
    while (rows_next(&r->scratch, &t.rows, &row, &ended)) {
        bool named = rows++ == 0 && !t.has_headers && take_names(&t, &row);
        if (named)
            tell_how(&t, true);
        else if (!take_row(&t, &row) || (rows % 256 == 0 && reading_cancelled(r)))
            return false;
        arena_reset(&r->each);
    }
    if (ended.kind != ERROR_NONE)
        *r->e = ended;
    return ended.kind == ERROR_NONE;
}
