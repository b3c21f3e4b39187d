#include "facts/facts.h"

#include "base/buffer.h"
#include "base/translate.h"
#include "facts/book.h"
#include "facts/chapter.h"
#include "facts/chunks.h"
#include "facts/clauses.h"
#include "facts/explain.h"
#include "facts/names.h"
#include "facts/rule.h"
#include "facts/store.h"
#include "facts/story.h"
#include "facts/time.h"
#include "facts/types.h"

#include <string.h>

/* A longer sentence is a list, a table in disguise or an attack: its names count, it states nothing. Of one that is
 * longer still not even the words are read. */
enum { SENTENCE_MAX_TOKENS = 600, SENTENCE_MAX_BYTES = 64 << 10 };

static void (*const families[])(struct reading *) = {
    find_releases,  find_foundings,  find_roles,       find_expansions, find_names,
    find_lists,     find_sizes,      find_definitions, find_spans,      find_origins,
    find_responses, find_properties, find_offers,      find_causes,     find_availability,
    find_traits,    find_outline,    find_deeds,       find_amounts,    find_rows,
};

static void read_words(struct chapter *chapter, int sentence, struct reading *r)
{
    const struct document *doc = chapter->doc;
    *r = (struct reading){.chapter = chapter, .sentence = sentence, .at = &doc->sentences.items[sentence]};
    r->block = &doc->blocks.items[r->at->block];
    r->text = r->block->text;
    tokens_read(chapter->scratch, r);
}

static void read_names(struct chapter *chapter, int sentence, struct reading *r)
{
    read_words(chapter, sentence, r);
    if (r->tokens.count <= SENTENCE_MAX_TOKENS)
        times_read(chapter->scratch, r);
    names_read(chapter->scratch, r);
}

static bool is_read(const struct document *doc, int sentence)
{
    const struct sentence *at = &doc->sentences.items[sentence];
    enum block_kind kind = doc->blocks.items[at->block].kind;
    return at->text.end - at->text.start <= SENTENCE_MAX_BYTES && kind != BLOCK_CODE &&
           kind != BLOCK_EXERCISE;
}

void chapter_learn_spellings(struct chapter *chapter)
{
    struct reading r;
    for (int i = 0; i < (int)chapter->doc->sentences.count; i++) {
        if (!is_read(chapter->doc, i))
            continue;
        arena_reset(chapter->scratch);
        read_words(chapter, i, &r);
        names_learn(&r);
    }
}

void chapter_learn_names(struct chapter *chapter)
{
    struct reading r;
    for (int i = 0; i < (int)chapter->doc->sentences.count; i++) {
        if (!is_read(chapter->doc, i))
            continue;
        arena_reset(chapter->scratch);
        read_names(chapter, i, &r);
        types_learn(&r);
    }
    arena_reset(chapter->scratch);
}

/* A book has counted the spellings of all its chapters, this one among them. */
static void learn(struct chapter *chapter)
{
    if (!chapter->known)
        chapter_learn_spellings(chapter);
    chapter_learn_names(chapter);
    entities_settle(chapter);
    entities_link(chapter);
    chapter->settled = true;
}

static void read_sentence(struct chapter *chapter, int sentence)
{
    struct reading r;
    arena_reset(chapter->scratch);
    read_names(chapter, sentence, &r);
    if (r.tokens.count > SENTENCE_MAX_TOKENS) {
        explain_note(chapter, r.at->line, "the sentence is too long to be read");
        return;
    }
    types_apply(&r);
    if (r.block->kind == BLOCK_HEADING) {
        story_times(&r);
        story_enter(&r);
    }
    chunks_read(chapter->scratch, &r, 0, (int)r.tokens.count);
    clauses_read(chapter->scratch, &r);
    if (r.block->kind != BLOCK_HEADING)
        story_times(&r);
    explain_sentence(&r);
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        families[i](&r);
    if (r.block->kind == BLOCK_PARAGRAPH || r.block->kind == BLOCK_ITEM)
        story_advance(&r);
}

void chapter_open(struct chapter *chapter, struct arena *arena, struct arena *scratch,
                  const struct document *doc, const struct language *language)
{
    *chapter = (struct chapter){.doc = doc, .language = language, .arena = arena, .scratch = scratch};
    chapter->spanish = str_equal(doc->lang, STR("es"));
    chapter->story = (struct discourse){.subject = -1,
                                        .org = -1,
                                        .work = -1,
                                        .person = -1,
                                        .event = -1,
                                        .section_topic = -1,
                                        .section_subject = -1,
                                        .org_subject = -1,
                                        .promised = -1,
                                        .addressed = -1,
                                        .addressed_block = -1,
                                        .subject_sentence = -1,
                                        .org_sentence = -1,
                                        .work_sentence = -1,
                                        .person_sentence = -1,
                                        .event_sentence = -1,
                                        .lone = -1,
                                        .title_topic = -1,
                                        .event_alias = -1,
                                        .block = -1};
    chapter->block_topics = arena_array(arena, doc->blocks.count, sizeof *chapter->block_topics);
    forms_init(&chapter->forms, arena, language);
    entities_init(chapter);
}

bool facts_find(struct arena *arena, const struct document *doc, const struct book *book,
                const struct facts_options *options, struct facts *ret, struct error *e)
{
    const struct language *language = language_get(doc->lang);
    if (!language)
        return fail(e, ERROR_USAGE, _("no lexicon for the language \"%.*s\": use es or en"),
                    STR_ARG(doc->lang));
    struct arena scratch = {0};
    struct chapter chapter;
    struct facts found = {0};
    chapter_open(&chapter, arena, &scratch, doc, language);
    chapter.entities = &found.entities;
    chapter.facts = &found;
    chapter.options = options;
    book_lend(book, &chapter);
    learn(&chapter);
    for (int i = 0; i < (int)doc->sentences.count; i++)
        if (is_read(doc, i))
            read_sentence(&chapter, i);
    store_finish(&chapter);
    arena_finish(&scratch);
    *ret = found;
    return true;
}

const struct filler *fact_role(const struct fact *fact, struct str role)
{
    for (size_t i = 0; i < fact->roles.count; i++)
        if (str_equal(fact->roles.items[i].role, role))
            return &fact->roles.items[i];
    return NULL;
}

static int by_role(const struct filler *a, const struct filler *b)
{
    int order = str_compare(a->role, b->role);
    return order ? order : str_compare(a->text, b->text);
}

void fact_add_roles_json(struct buffer *buffer, const struct facts *facts, const struct fact *fact)
{
    enum { MAX = 32 };
    const struct filler *sorted[MAX];
    size_t count = 0;
    for (size_t i = 0; i < fact->roles.count && count < MAX; i++) {
        size_t at = count++;
        for (; at > 0 && by_role(sorted[at - 1], &fact->roles.items[i]) > 0; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = &fact->roles.items[i];
    }
    buffer_add_char(buffer, '{');
    for (size_t i = 0; i < count; i++) {
        bool first = i == 0 || !str_equal(sorted[i]->role, sorted[i - 1]->role);
        bool more = i + 1 < count && str_equal(sorted[i]->role, sorted[i + 1]->role);
        const struct entity *e = entity_at(&facts->entities, sorted[i]->entity);
        if (i)
            buffer_add_char(buffer, ',');
        if (first) {
            buffer_add_json(buffer, sorted[i]->role);
            buffer_add(buffer, more ? STR(":[") : STR(":"));
        }
        buffer_add_json(buffer, e ? e->name : sorted[i]->text);
        if (!more && !first)
            buffer_add_char(buffer, ']');
    }
    buffer_add_char(buffer, '}');
}

static struct str iso_point(struct arena *arena, enum time_precision precision, int year, int month, int day)
{
    const char *sign = year < 0 ? "-" : "";
    int size = year < 0 ? -year : year;
    if (precision == TIME_DAY && day)
        return str_format(arena, "%s%04d-%02d-%02d", sign, size, month, day);
    if (month)
        return str_format(arena, "%s%04d-%02d", sign, size, month);
    return str_format(arena, "%s%04d", sign, size);
}

struct str time_iso(struct arena *arena, const struct time_value *time)
{
    if (time->precision == TIME_NONE || time->year == 0)
        return (struct str){0};
    if (time->precision == TIME_DECADE)
        return str_format(arena, "%ds", time->year);
    if (time->precision == TIME_CENTURY)
        return str_format(arena, "C%d", time->year);
    struct str from = iso_point(arena, time->precision, time->year, time->month, time->day);
    if (!time->range)
        return from;
    struct str to = iso_point(arena, time->precision, time->end_year, time->end_month, time->end_day);
    return str_format(arena, "%.*s/%.*s", STR_ARG(from), STR_ARG(to));
}
