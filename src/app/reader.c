/* Fills the reader: the chapter's blocks with their styles, and its facts tinted by how well they are remembered. */
#include "app/inside.h"

#include "base/list.h"
#include "base/translate.h"
#include "collection/chapter.h"
#include "document/document.h"
#include "screens/reader.h"
#include "screens/words.h"

#include <stdlib.h>

enum { WORDS_A_MINUTE = 200 };

/* A stretch of a block's text that a card asks for. */
struct tint {
    size_t start, end;
    int fact;
};

struct tints {
    struct tint *items;
    size_t count, capacity;
};

struct run_list {
    struct ui_run *items;
    size_t count, capacity;
};

/* ---- Where a passage stands in a block's text ---- */

/* The place in the text of a byte of the source; bytes of markup take the next place. */
static size_t text_place(const struct block *block, size_t source)
{
    list_each (const struct run, run, &block->runs) {
        if (source < run->source)
            return run->text;
        if (source < run->source + run->len)
            return run->text + (source - run->source);
    }
    return block->text.len;
}

static int block_of(const struct document *doc, size_t at)
{
    for (size_t i = 0; i < doc->blocks.count; i++) {
        const struct span *span = &doc->blocks.items[i].source;
        if (at >= span->start && at < span->end)
            return (int)i;
    }
    return -1;
}

/* ---- Runs of one block: styles and tints cut it at every change ---- */

static int by_place(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return x < y ? -1 : x > y;
}

static size_t cuts_of(struct arena *arena, const struct block *block, const struct tints *tints, size_t **ret)
{
    size_t *cuts = arena_array(arena, 2 + 2 * (block->styles.count + tints->count), sizeof *cuts), count = 0;
    cuts[count++] = 0;
    cuts[count++] = block->text.len;
    list_each (const struct style, style, &block->styles) {
        cuts[count++] = style->text.start;
        cuts[count++] = style->text.end;
    }
    list_each (const struct tint, tint, tints) {
        cuts[count++] = tint->start;
        cuts[count++] = tint->end;
    }
    qsort(cuts, count, sizeof *cuts, by_place);
    *ret = cuts;
    return count;
}

static uint32_t style_at(const struct block *block, size_t at)
{
    uint32_t ret = 0;
    list_each (const struct style, style, &block->styles) {
        if (at < style->text.start || at >= style->text.end)
            continue;
        ret |= style->kind == STYLE_STRONG     ? UI_BOLD
               : style->kind == STYLE_EMPHASIS ? UI_ITALIC
               : style->kind == STYLE_CODE     ? UI_CODE_STYLE
                                               : 0;
    }
    return ret;
}

/* Several cards may ask for one stretch: the chosen one shows. */
static const struct tint *tint_at(const struct tints *tints, size_t at, int chosen)
{
    const struct tint *found = NULL;
    list_each (const struct tint, tint, tints)
        if (at >= tint->start && at < tint->end && (!found || tint->fact == chosen))
            found = tint;
    return found;
}

/* Learnt facts are underlined, drafts dotted; what fades stands on a tint. */
static void tint_run(struct app *app, struct ui_run *run, int fact)
{
    const struct reader_state *state = &app->reader;
    enum reader_knowledge knowledge = state->facts[fact].knowledge;
    run->command = ACTION_SHOW_FACT;
    run->argument = fact;
    if (fact == state->chosen) {
        run->style |= UI_MARKED;
        run->color = UI_TEXT;
        return;
    }
    run->style |= knowledge == FACT_LEARNT ? UI_UNDERLINE : knowledge == FACT_DRAFT ? UI_DOTTED : UI_TINTED;
    run->tint = knowledge == FACT_WEAK ? UI_WARNING_SOFT : UI_ACCENT_SOFT;
    if (knowledge == FACT_WEAK || knowledge == FACT_NEW)
        run->color = UI_TEXT;
}

static void add_runs(struct app *app, const struct block *block, const struct tints *tints,
                     struct reader_block *ret)
{
    struct arena *arena = ui_arena(app->ui);
    struct run_list runs = {0};
    size_t *cuts, count = cuts_of(arena, block, tints, &cuts);
    for (size_t i = 0; i + 1 < count; i++) {
        if (cuts[i] == cuts[i + 1])
            continue;
        struct ui_run run = {.text = str_slice(block->text, cuts[i], cuts[i + 1]),
                             .style = style_at(block, cuts[i])};
        const struct tint *tint = tint_at(tints, cuts[i], app->reader.chosen);
        if (tint)
            tint_run(app, &run, tint->fact);
        list_push(arena, &runs, run);
    }
    ret->runs = runs.items;
    ret->run_count = runs.count;
}

static enum reader_block_kind kind_of(enum block_kind kind)
{
    switch (kind) {
    case BLOCK_HEADING:
        return READER_HEADING;
    case BLOCK_ITEM:
        return READER_ITEM;
    case BLOCK_QUOTE:
        return READER_QUOTE;
    case BLOCK_CODE:
        return READER_CODE;
    case BLOCK_NOTE:
        return READER_NOTE;
    default:
        return READER_PARAGRAPH;
    }
}

static void fill_blocks(struct app *app, struct reader_view *view)
{
    const struct reader_state *state = &app->reader;
    struct arena *arena = ui_arena(app->ui);
    size_t count = state->doc.blocks.count;
    struct reader_block *blocks = arena_array(arena, count, sizeof *blocks);
    for (size_t i = 0; i < count; i++) {
        const struct block *block = &state->doc.blocks.items[i];
        struct tints tints = {0};
        for (size_t f = 0; f < state->marks.count; f++)
            if (state->facts[f].block == (int)i)
                list_push(arena, &tints,
                          (struct tint){text_place(block, state->marks.items[f].start),
                                        text_place(block, state->marks.items[f].end), (int)f});
        blocks[i] = (struct reader_block){
            .kind = kind_of(block->kind), .level = block->depth, .text = block->text, .line = block->line};
        if (tints.count || block->styles.count)
            add_runs(app, block, &tints, &blocks[i]);
    }
    view->blocks = blocks;
    view->count = count;
}

/* ---- Facts ---- */

static enum reader_knowledge knowledge_of(struct app *app, const struct card_row *row)
{
    if (row->status == STATUS_DRAFT)
        return FACT_DRAFT;
    if (!(row->memory.s > 0))
        return FACT_NEW;
    return card_recall(app->collection, row, app_now(app)) < 0.9 ? FACT_WEAK : FACT_LEARNT;
}

static struct str note_of(struct app *app, const struct card_row *row)
{
    struct arena *arena = &app->reader.arena;
    if (row->status == STATUS_DRAFT)
        return str_from(_("draft"));
    if (!(row->memory.s > 0))
        return str_from(_("new"));
    return str_format(
        arena, "%.*s · %.*s", STR_ARG(words_percent(arena, card_recall(app->collection, row, app_now(app)))),
        STR_ARG(words_interval(arena, (double)(row->due_at_ms - app_now(app).at_ms) / 86400000.0)));
}

static bool fill_facts(struct app *app, struct error *e)
{
    struct reader_state *state = &app->reader;
    state->facts = arena_array(&state->arena, state->marks.count, sizeof *state->facts);
    for (size_t i = 0; i < state->marks.count; i++) {
        struct card_row row;
        if (!collection_card(app->collection, &state->arena, state->marks.items[i].card, &row, e))
            return false;
        state->facts[i] = (struct reader_fact){.prompt = row.card.prompt,
                                               .answer = row.card.answer,
                                               .note = note_of(app, &row),
                                               .knowledge = knowledge_of(app, &row),
                                               .block = block_of(&state->doc, state->marks.items[i].start)};
    }
    return true;
}

static void choose(struct app *app, int fact)
{
    struct reader_state *state = &app->reader;
    if (fact < 0 || (size_t)fact >= state->marks.count)
        return;
    state->chosen = fact;
    state->reveal = true;
}

static void load(struct app *app)
{
    struct reader_state *state = &app->reader;
    struct error e = {0};
    const struct place *place = app_place(app);
    arena_reset(&state->arena);
    state->doc = (struct document){0};
    state->marks = (struct chapter_marks){0};
    state->stale = false;
    state->missing[0] = '\0';
    if (!collection_chapter(app->collection, &state->arena, place->deck, place->card, &state->chapter, &e) ||
        !document_parse(&state->arena, state->chapter.path, state->chapter.source, state->chapter.lang,
                        &state->doc, &e) ||
        !collection_chapter_marks(app->collection, &state->arena, state->chapter.key, &state->marks, &e) ||
        !fill_facts(app, &e)) {
        error_describe(&e, state->missing, sizeof state->missing);
        state->marks.count = 0;
        return;
    }
    for (size_t i = 0; place->card && i < state->marks.count && state->chosen < 0; i++)
        if (state->marks.items[i].card == place->card)
            choose(app, (int)i);
}

void reader_finish(struct app *app)
{
    arena_finish(&app->reader.arena);
}

void reader_open(struct app *app, int64_t deck, int64_t card)
{
    app->reader.chosen = -1;
    app->reader.stale = true;
    app_go(app, (struct place){SCREEN_READER, deck, card});
}

int64_t reader_card(struct app *app)
{
    const struct reader_state *state = &app->reader;
    return state->chosen >= 0 && (size_t)state->chosen < state->marks.count
               ? state->marks.items[state->chosen].card
               : 0;
}

void reader_show(struct app *app)
{
    struct reader_state *state = &app->reader;
    if (state->stale)
        load(app);
    struct reader_view view = {.deck = deck_title(ui_arena(app->ui), state->chapter.book),
                               .title = state->doc.title.len ? state->doc.title : str_from(_("Chapter")),
                               .lang = state->chapter.lang,
                               .facts = state->facts,
                               .fact_count = state->marks.count,
                               .chosen = state->chosen,
                               .size = state->size > 0 ? state->size : UI_READING,
                               .minutes = (int)(state->doc.words / WORDS_A_MINUTE),
                               .missing = str_from(state->missing)};
    struct str end = str_format(ui_arena(app->ui), " / %.*s", STR_ARG(view.title));
    if (str_equal(view.deck, view.title))
        view.deck = (struct str){0};
    else if (str_ends(view.deck, end)) /* the chapter's deck below the book's */
        view.deck = str_slice(view.deck, 0, view.deck.len - end.len);
    fill_blocks(app, &view);
    reader_screen(app->ui, &view);
}

/* After a tree is built: brings what was chosen into sight, which needs another tree. */
bool reader_after_build(struct app *app)
{
    struct reader_state *state = &app->reader;
    if (!state->reveal || app_place(app)->screen != SCREEN_READER || state->chosen < 0)
        return false;
    state->reveal = false;
    int block = state->facts[state->chosen].block;
    if (block < 0)
        return false;
    uint64_t id = ui_id_of(app->ui, reader_block_key(ui_arena(app->ui), (size_t)block));
    if (id)
        ui_reveal(app->ui, id);
    return id != 0;
}

/* ---- Actions ---- */

void open_reader(struct app *app, const struct ui_action *action)
{
    reader_open(app, home_deck_of(app, action), 0);
}

void open_source(struct app *app, const struct ui_action *action)
{
    (void)action;
    int64_t card = app_card_at_hand(app);
    if (card)
        reader_open(app, app_place(app)->deck, card);
}

void show_fact(struct app *app, const struct ui_action *action)
{
    choose(app, (int)action->argument);
}

void next_fact(struct app *app, const struct ui_action *action)
{
    (void)action;
    choose(app, app->reader.chosen + 1);
}

void previous_fact(struct app *app, const struct ui_action *action)
{
    (void)action;
    choose(app, app->reader.chosen < 0 ? (int)app->reader.marks.count - 1 : app->reader.chosen - 1);
}

static void resize_text(struct app *app, float factor)
{
    float size = (app->reader.size > 0 ? app->reader.size : UI_READING) * factor;
    app->reader.size = size < 14 ? 14 : size > 48 ? 48 : size;
}

void larger_text(struct app *app, const struct ui_action *action)
{
    (void)action;
    resize_text(app, 1.1f);
}

void smaller_text(struct app *app, const struct ui_action *action)
{
    (void)action;
    resize_text(app, 1 / 1.1f);
}

void quiz_page(struct app *app, const struct ui_action *action)
{
    (void)action;
    if (app->reader.chapter.deck)
        study_open(app, app->reader.chapter.deck);
}

void card_from_selection(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct str selection = ui_selection(app->ui, ui_arena(app->ui));
    if (selection.len)
        new_card_from(app, app->reader.chapter.deck, selection);
    else
        app_toast(app, str_from(_("Select the answer in the text first")), ACTION_NONE);
}
