#include "ui/text.h"

#include "base/list.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "text/text.h"
#include "ui/words.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_MAX = 200, SLOTS = 1 << 10, KEPT_FRAMES = 8, PARAGRAPHS_MAX = 4000 };
#define UNLIMITED 1e9F
static const struct str ELLIPSIS = {"…", 3};

enum {
    MAY_BREAK = 1, /* behind it */
    MUST_BREAK = 2
};

/* A word, or a part of one where the style or the direction changes. */
struct piece {
    uint32_t start, end; /* without the blanks behind */
    uint32_t next;       /* where the next piece starts */
    uint16_t size_px, span;
    uint8_t face, level, flags;
    float width, blank; /* pixels; of the blanks behind */
};

struct pieces {
    struct piece *items;
    size_t count, capacity;
};

struct line {
    uint32_t first, end; /* pieces */
    float width;         /* pixels, without the blanks at the end */
};

/* The pieces in lines for one width. */
struct text_layout {
    struct text_layout *next;
    float limit;
    int line_limit;
    uint64_t frame; /* when last used */
    struct arena arena;
    const struct piece *pieces; /* the paragraph's, or its own when long words were broken */
    size_t piece_count;
    struct lines {
        struct line *items;
        size_t count, capacity;
    } lines;
    float width;
    bool cut;
};

struct text_paragraph {
    struct text_paragraph *next;
    uint64_t key, frame;
    struct str text;
    struct arena arena;
    struct pieces pieces;
    struct text_layout *layouts;
    bool rtl, mixed; /* the base direction; whether any piece runs right to left */
    int size_px;
    enum ui_face face;
    float min, best; /* pixels */
};

struct text_cache {
    const struct ui_fonts *fonts;
    struct words_cache *words;
    struct text_paragraph *slots[SLOTS];
    size_t count;
};

struct text_cache *text_cache_new(const struct ui_fonts *fonts)
{
    struct text_cache *cache = memory_alloc(sizeof *cache);
    *cache = (struct text_cache){.fonts = fonts, .words = words_new(fonts)};
    return cache;
}

static void layout_free(struct text_layout *layout)
{
    arena_finish(&layout->arena);
    free(layout);
}

static void paragraph_free(struct text_paragraph *paragraph)
{
    while (paragraph->layouts) {
        struct text_layout *next = paragraph->layouts->next;
        layout_free(paragraph->layouts);
        paragraph->layouts = next;
    }
    arena_finish(&paragraph->arena);
    free(paragraph);
}

void text_cache_free(struct text_cache *cache)
{
    if (!cache)
        return;
    text_cache_tidy(cache, UINT64_MAX);
    words_free(cache->words);
    free(cache);
}

static void tidy_layouts(struct text_paragraph *paragraph, uint64_t frame)
{
    for (struct text_layout **at = &paragraph->layouts; *at;) {
        struct text_layout *layout = *at;
        if (layout->frame + 2 >= frame) {
            at = &layout->next;
            continue;
        }
        *at = layout->next;
        layout_free(layout);
    }
}

void text_cache_tidy(struct text_cache *cache, uint64_t frame)
{
    uint64_t keep = cache->count > PARAGRAPHS_MAX ? 2 : KEPT_FRAMES;
    for (size_t slot = 0; slot < SLOTS; slot++)
        for (struct text_paragraph **at = &cache->slots[slot]; *at;) {
            struct text_paragraph *paragraph = *at;
            if (paragraph->frame + keep >= frame && frame != UINT64_MAX) {
                tidy_layouts(paragraph, frame);
                at = &paragraph->next;
                continue;
            }
            *at = paragraph->next;
            paragraph_free(paragraph);
            cache->count--;
        }
}

/* ---- Faces ---- */

static enum ui_face face_of(enum ui_family family, uint32_t style)
{
    bool bold = style & UI_BOLD, italic = style & UI_ITALIC;
    if (family == UI_FAMILY_MONO || style & UI_CODE_STYLE)
        return UI_FACE_MONO;
    if (family == UI_FAMILY_UI)
        return bold ? UI_FACE_SEMIBOLD : italic ? UI_FACE_ITALIC : UI_FACE_REGULAR;
    if (bold)
        return italic ? UI_FACE_STUDY_BOLD_ITALIC : UI_FACE_STUDY_BOLD;
    return italic ? UI_FACE_STUDY_ITALIC : UI_FACE_STUDY;
}

static int pixels(float size, float scale)
{
    int px = (int)lrintf(size * scale);
    return px < 1 ? 1 : px > 1000 ? 1000 : px;
}

/* ---- Cutting into pieces ---- */

struct cutter {
    struct text_cache *cache;
    struct text_paragraph *paragraph;
    const struct ui_text_node *text;
    float scale;
    struct bidi_runs runs; /* in the order of the text */
    size_t run, span;
};

static int by_start(const void *a, const void *b)
{
    size_t left = ((const struct bidi_run *)a)->span.start, right = ((const struct bidi_run *)b)->span.start;
    return (left > right) - (left < right);
}

/* Below U+0590 everything runs from left to right, but for the marks that say otherwise. */
static bool may_run_left(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= 0xd6 && c != 0xe2)
            return true;
        if (c == 0xe2 && i + 2 < s.len && (unsigned char)s.ptr[i + 1] == 0x80) {
            unsigned char last = (unsigned char)s.ptr[i + 2];
            if (last == 0x8f || (last >= 0xaa && last <= 0xae))
                return true;
        }
    }
    return false;
}

static void find_directions(struct arena *arena, struct cutter *cutter)
{
    if (!may_run_left(cutter->text->text))
        return;
    text_bidi_runs(arena, cutter->text->text, &cutter->runs);
    if (cutter->runs.count)
        qsort(cutter->runs.items, cutter->runs.count, sizeof *cutter->runs.items, by_start);
    int least = 127;
    list_each (struct bidi_run, run, &cutter->runs) {
        cutter->paragraph->mixed |= run->level & 1;
        least = run->level < least ? run->level : least;
    }
    cutter->paragraph->rtl = cutter->runs.count && least & 1;
}

static size_t blanks_before(struct str s, size_t start, size_t end)
{
    while (end > start && (s.ptr[end - 1] == ' ' || s.ptr[end - 1] == '\n' || s.ptr[end - 1] == '\t' ||
                           s.ptr[end - 1] == '\r'))
        end--;
    return end;
}

static float blank_width(struct cutter *cutter, const struct piece *piece)
{
    struct str text = cutter->text->text;
    float space = words_width(cutter->cache->words, piece->face, piece->size_px, false, STR(" ")), width = 0;
    for (size_t i = piece->end; i < piece->next; i++)
        width += text.ptr[i] == ' ' ? space : text.ptr[i] == '\t' ? 4 * space : 0;
    return width;
}

static void measure(struct text_cache *cache, struct str text, struct piece *piece)
{
    struct str word = str_slice(text, piece->start, piece->end);
    piece->width = words_width(cache->words, piece->face, piece->size_px, piece->level & 1, word);
}

/* The stretch from `start` to `end` has one style and one direction. */
static void add_piece(struct cutter *cutter, size_t start, size_t end, uint8_t flags)
{
    const struct ui_text_node *text = cutter->text;
    uint32_t style = cutter->span < text->span_count ? text->spans[cutter->span].style : 0;
    enum ui_face face = face_of(text->family, style);
    /* Mono faces look larger than the text around them. */
    float size = style & UI_CODE_STYLE && text->family != UI_FAMILY_MONO ? text->size * 0.9F : text->size;
    struct piece piece = {
        .start = (uint32_t)start,
        .end = (uint32_t)blanks_before(text->text, start, end),
        .next = (uint32_t)end,
        .size_px = (uint16_t)pixels(size, cutter->scale),
        .span = (uint16_t)cutter->span,
        .face = (uint8_t)face,
        .level = cutter->run < cutter->runs.count ? (uint8_t)cutter->runs.items[cutter->run].level : 0,
        .flags = flags,
    };
    measure(cutter->cache, text->text, &piece);
    piece.blank = blank_width(cutter, &piece);
    list_push(&cutter->paragraph->arena, &cutter->paragraph->pieces, piece);
}

/* A megabyte without a blank is not measured as one word. */
static size_t some_letters(struct str text, size_t start)
{
    size_t at = start + PIECE_MAX;
    while (at > start && ((unsigned char)text.ptr[at] & 0xc0) == 0x80)
        at--;
    size_t letter = text_next_grapheme(text, text_previous_grapheme(text, at));
    /* Nor is one letter with a hundred marks on it. */
    return letter > start && letter < start + 2 * PIECE_MAX ? letter : at;
}

/* One unbreakable stretch, cut where style or direction changes. */
static void add_word(struct cutter *cutter, size_t start, size_t end, uint8_t flags)
{
    const struct ui_text_node *text = cutter->text;
    while (start < end) {
        while (cutter->span + 1 < text->span_count && text->spans[cutter->span].end <= start)
            cutter->span++;
        while (cutter->run + 1 < cutter->runs.count && cutter->runs.items[cutter->run].span.end <= start)
            cutter->run++;
        size_t stop = end;
        if (cutter->span + 1 < text->span_count && text->spans[cutter->span].end < stop)
            stop = text->spans[cutter->span].end;
        if (cutter->run + 1 < cutter->runs.count && cutter->runs.items[cutter->run].span.end < stop)
            stop = cutter->runs.items[cutter->run].span.end;
        bool endless = stop - start > PIECE_MAX;
        if (endless) {
            size_t some = some_letters(text->text, start);
            stop = some < stop ? some : stop;
        }
        add_piece(cutter, start, stop, stop == end ? flags : endless ? MAY_BREAK : 0);
        start = stop;
    }
}

static void sum_widths(struct text_paragraph *paragraph)
{
    float line = 0, word = 0;
    list_each (struct piece, piece, &paragraph->pieces) {
        word += piece->width;
        paragraph->min = fmaxf(paragraph->min, word);
        paragraph->best = fmaxf(paragraph->best, line + piece->width);
        line = piece->flags & MUST_BREAK ? 0 : line + piece->width + piece->blank;
        word = piece->flags ? 0 : word + piece->blank;
    }
    /* A word longer than this is broken sooner than it makes everything around it narrow. */
    paragraph->min = fminf(paragraph->min, 8 * (float)paragraph->size_px);
}

static void cut(struct text_cache *cache, struct text_paragraph *paragraph, const struct ui_text_node *text,
                struct str lang, float scale)
{
    struct arena arena = {0};
    struct line_breaks breaks = {0};
    struct cutter cutter = {.cache = cache, .paragraph = paragraph, .text = text, .scale = scale};
    find_directions(&arena, &cutter);
    text_line_breaks(&arena, text->text, lang, &breaks);
    size_t start = 0;
    list_each (struct line_break, stop, &breaks) {
        bool feed = stop->at > start && text->text.ptr[stop->at - 1] == '\n';
        add_word(&cutter, start, stop->at, feed ? MUST_BREAK | MAY_BREAK : MAY_BREAK);
        start = stop->at;
    }
    add_word(&cutter, start, text->text.len, MAY_BREAK);
    arena_finish(&arena);
    sum_widths(paragraph);
}

static uint64_t key_of(const struct text_cache *cache, const struct ui_text_node *text, struct str lang,
                       float scale)
{
    uint64_t key = words_hash(cache->fonts->generation, text->text.ptr, text->text.len);
    struct {
        uint64_t end;
        uint32_t style, pad;
    } span = {0};
    for (size_t i = 0; i < text->span_count; i++) {
        span.end = text->spans[i].end;
        span.style = text->spans[i].style & (UI_BOLD | UI_ITALIC | UI_CODE_STYLE);
        key = words_hash(key, &span, sizeof span);
    }
    uint64_t rest[2] = {(uint64_t)text->family << 32 | (uint32_t)pixels(text->size, scale),
                        lang.len >= 2 ? (uint64_t)lang.ptr[0] << 8 | (uint64_t)lang.ptr[1] : 0};
    return words_hash(key, rest, sizeof rest);
}

static struct text_paragraph *find(struct text_cache *cache, const struct ui_text_node *text, struct str lang,
                                   float scale)
{
    uint64_t key = key_of(cache, text, lang, scale);
    struct text_paragraph **slot = &cache->slots[key % SLOTS], *paragraph = *slot;
    while (paragraph && !(paragraph->key == key && str_equal(paragraph->text, text->text)))
        paragraph = paragraph->next;
    if (paragraph)
        return paragraph;
    paragraph = memory_alloc(sizeof *paragraph);
    *paragraph = (struct text_paragraph){
        .next = *slot,
        .key = key,
        .size_px = pixels(text->size, scale),
        .face = face_of(text->family, text->span_count ? text->spans[0].style : 0),
    };
    paragraph->text = str_copy(&paragraph->arena, text->text);
    cut(cache, paragraph, text, lang, scale);
    *slot = paragraph;
    cache->count++;
    return paragraph;
}

static float in_dp(float px, float scale)
{
    return ceilf(px - 0.01F) / scale;
}

void text_prepare(struct text_cache *cache, struct ui_text_node *text, struct str lang, float scale,
                  uint64_t frame, float *ret_min, float *ret_best)
{
    text->paragraph = find(cache, text, lang, scale);
    text->paragraph->frame = frame;
    text->line_height = fmaxf(roundf(text->size * text->leading * scale), 1) / scale;
    *ret_best = in_dp(text->paragraph->best, scale);
    *ret_min = text->no_wrap && !text->lines ? *ret_best : in_dp(text->paragraph->min, scale);
}

/* ---- Breaking into lines ---- */

struct breaker {
    struct text_cache *cache;
    const struct text_paragraph *paragraph;
    struct text_layout *layout;
    float limit;
};

/* Bytes of the piece that fit into `room` pixels: whole letters, at least one. */
static size_t fitting(struct breaker *b, const struct piece *piece, float room)
{
    struct str text = b->paragraph->text;
    size_t at = text_next_grapheme(text, piece->start);
    while (at < piece->end) {
        size_t next = text_next_grapheme(text, at);
        struct str head = str_slice(text, piece->start, next > piece->end ? piece->end : next);
        const struct ui_fonts *fonts = b->cache->fonts;
        if (fonts->width(fonts->self, piece->face, piece->size_px, head, piece->level & 1) > room)
            break;
        at = next;
    }
    return at > piece->end ? piece->end : at;
}

/* Long words in parts that fit a line. To find how many letters fit costs a measurement each, so an estimate
 * from the mean width goes first. */
static size_t guess(struct breaker *b, const struct piece *piece, float room)
{
    struct str text = b->paragraph->text;
    size_t len = piece->end - piece->start;
    size_t share = (size_t)((float)len * room / piece->width);
    size_t at = piece->start;
    while (at < piece->start + share && at < piece->end)
        at = text_next_grapheme(text, at);
    for (;;) {
        struct str head = str_slice(text, piece->start, at);
        const struct ui_fonts *fonts = b->cache->fonts;
        if (at <= piece->start ||
            fonts->width(fonts->self, piece->face, piece->size_px, head, piece->level & 1) <= room)
            break;
        at = text_previous_grapheme(text, at);
    }
    return at > piece->start ? at : fitting(b, piece, room);
}

static void split_piece(struct breaker *b, struct piece piece, struct pieces *ret)
{
    struct arena *arena = &b->layout->arena;
    while (piece.width > b->limit && piece.end > piece.start) {
        struct piece head = piece;
        head.end = head.next = (uint32_t)guess(b, &piece, b->limit);
        if (head.end >= piece.end)
            break;
        head.flags = MAY_BREAK;
        head.blank = 0;
        const struct ui_fonts *fonts = b->cache->fonts;
        struct str word = str_slice(b->paragraph->text, head.start, head.end);
        head.width = fonts->width(fonts->self, head.face, head.size_px, word, head.level & 1);
        list_push(arena, ret, head);
        piece.start = head.end;
        word = str_slice(b->paragraph->text, piece.start, piece.end);
        piece.width = fonts->width(fonts->self, piece.face, piece.size_px, word, piece.level & 1);
    }
    list_push(arena, ret, piece);
}

static void split_long(struct breaker *b)
{
    const struct pieces *pieces = &b->paragraph->pieces;
    struct pieces split = {0};
    list_each (struct piece, piece, pieces)
        split_piece(b, *piece, &split);
    b->layout->pieces = split.items;
    b->layout->piece_count = split.count;
}

static void add_line(struct breaker *b, size_t first, size_t end)
{
    const struct piece *pieces = b->layout->pieces;
    float width = 0;
    for (size_t i = first; i < end; i++)
        width += pieces[i].width + (i + 1 < end ? pieces[i].blank : 0);
    b->layout->width = fmaxf(b->layout->width, width);
    list_push(&b->layout->arena, &b->layout->lines, (struct line){(uint32_t)first, (uint32_t)end, width});
}

static void break_greedily(struct breaker *b)
{
    const struct piece *pieces = b->layout->pieces;
    size_t first = 0, last_break = 0; /* a line may end before piece `last_break` */
    float x = 0;
    for (size_t i = 0; i < b->layout->piece_count; i++) {
        while (i > first && x + pieces[i].width > b->limit) {
            size_t end = last_break > first ? last_break : i;
            add_line(b, first, end);
            x = 0;
            first = end;
            for (size_t k = first; k < i; k++)
                x += pieces[k].width + pieces[k].blank;
        }
        x += pieces[i].width + pieces[i].blank;
        if (pieces[i].flags & MAY_BREAK)
            last_break = i + 1;
        if (pieces[i].flags & MUST_BREAK) {
            add_line(b, first, i + 1);
            first = i + 1;
            x = 0;
        }
    }
    if (first < b->layout->piece_count || !b->layout->lines.count)
        add_line(b, first, b->layout->piece_count);
    else if (first && pieces[first - 1].flags & MUST_BREAK)
        add_line(b, first, first);
}

/* Makes room for an ellipsis at the end of the last line that is shown. */
static void cut_lines(struct breaker *b, int line_limit)
{
    struct lines *lines = &b->layout->lines;
    struct line *last;
    bool more = lines->count > (size_t)line_limit;
    if (more)
        lines->count = (size_t)line_limit;
    last = list_last(lines);
    if (!more && last->width <= b->limit)
        return;
    float room =
        b->limit - words_width(b->cache->words, b->paragraph->face, b->paragraph->size_px, false, ELLIPSIS);
    const struct piece *pieces = b->layout->pieces;
    while (last->end > last->first && last->width > room) {
        last->end--;
        last->width -= pieces[last->end].width + (last->end > last->first ? pieces[last->end - 1].blank : 0);
    }
    if (last->end == last->first) { /* not even one word: as many letters as fit */
        struct pieces own = {0};
        for (size_t i = 0; i < b->layout->piece_count; i++)
            list_push(&b->layout->arena, &own, pieces[i]);
        struct piece *piece = &own.items[last->first];
        piece->end = piece->next = (uint32_t)fitting(b, piece, room);
        struct str word = str_slice(b->paragraph->text, piece->start, piece->end);
        piece->width = words_width(b->cache->words, piece->face, piece->size_px, piece->level & 1, word);
        last->width = piece->width;
        last->end++;
        b->layout->pieces = own.items;
    }
    b->layout->width = fminf(b->limit, UNLIMITED);
    b->layout->cut = true;
}

static bool has_long(const struct text_paragraph *paragraph, float limit)
{
    list_each (struct piece, piece, &paragraph->pieces)
        if (piece->width > limit)
            return true;
    return false;
}

static struct text_layout *lay(struct text_cache *cache, struct text_paragraph *paragraph, float limit,
                               int line_limit, bool wrap)
{
    struct text_layout *layout = memory_alloc(sizeof *layout);
    *layout = (struct text_layout){
        .next = paragraph->layouts,
        .limit = limit,
        .line_limit = line_limit,
        .pieces = paragraph->pieces.items,
        .piece_count = paragraph->pieces.count,
    };
    struct breaker b = {cache, paragraph, layout, wrap ? limit : UNLIMITED};
    if (has_long(paragraph, b.limit))
        split_long(&b);
    break_greedily(&b);
    b.limit = limit;
    if (line_limit > 0)
        cut_lines(&b, line_limit);
    paragraph->layouts = layout;
    return layout;
}

float text_break(struct text_cache *cache, struct ui_text_node *text, float width, float scale,
                 uint64_t frame)
{
    struct text_paragraph *paragraph = text->paragraph;
    /* A tenth of a pixel forgives the way from pixels to dp and back. */
    float limit = text->no_wrap && !text->lines ? UNLIMITED : fmaxf(width * scale, 1) + 0.1F;
    struct text_layout *layout = paragraph->layouts;
    while (layout && !(layout->limit == limit && layout->line_limit == text->lines))
        layout = layout->next;
    if (!layout)
        layout = lay(cache, paragraph, limit, text->lines, !text->no_wrap);
    layout->frame = frame;
    text->layout = layout;
    return (float)layout->lines.count * text->line_height;
}

float text_width(const struct ui_text_node *text, float scale)
{
    return text->layout ? in_dp(text->layout->width, scale) : 0;
}

size_t text_line_count(const struct ui_text_node *text)
{
    return text->layout ? text->layout->lines.count : 0;
}

bool text_is_cut(const struct ui_text_node *text)
{
    return text->layout && text->layout->cut;
}

/* ---- A line in the order of drawing ---- */

enum { ORDER_MAX = 512 };

/* UAX #9, rule L2: from the highest level down, every stretch at or above the level is turned round. */
static void order_pieces(const struct text_paragraph *paragraph, const struct piece *pieces,
                         const struct line *line, uint32_t *ret)
{
    size_t count = line->end - line->first;
    int highest = 0;
    for (size_t i = 0; i < count; i++) {
        ret[i] = line->first + (uint32_t)i;
        highest = pieces[ret[i]].level > highest ? pieces[ret[i]].level : highest;
    }
    if (!paragraph->mixed)
        return;
    for (int level = highest; level > 0; level--)
        for (size_t i = 0; i < count; i++) {
            size_t from = i;
            while (i < count && pieces[ret[i]].level >= level)
                i++;
            for (size_t a = from, b = i; a + 1 < b; a++, b--) {
                uint32_t swapped = ret[a];
                ret[a] = ret[b - 1];
                ret[b - 1] = swapped;
            }
        }
}

static float line_start(const struct ui_text_node *text, const struct line *line, float width_px)
{
    float spare = width_px - line->width;
    enum ui_align align = text->align;
    if (text->paragraph->rtl && align != UI_CENTER)
        align = align == UI_END ? UI_START : UI_END;
    if (spare <= 0 || align == UI_START)
        return 0;
    return align == UI_CENTER ? floorf(spare / 2) : spare;
}

/* Called for every piece of a line from left to right, `x` in pixels from the left of the text. */
typedef bool piece_visitor(void *self, const struct piece *piece, float x, float width_with_blank);

static void visit_line(const struct ui_text_node *text, size_t line_number, float width_px,
                       piece_visitor *visit, void *self)
{
    const struct text_layout *layout = text->layout;
    const struct line *line = &layout->lines.items[line_number];
    size_t count = line->end - line->first;
    uint32_t few[ORDER_MAX], *order = count > ORDER_MAX ? memory_alloc(count * sizeof *order) : few;
    order_pieces(text->paragraph, layout->pieces, line, order);
    float x = line_start(text, line, width_px);
    for (size_t i = 0; i < count; i++) {
        const struct piece *piece = &layout->pieces[order[i]];
        float blank = order[i] + 1 == line->end ? 0 : piece->blank;
        /* The blank behind a word that runs left is at its left. */
        float lead = piece->level & 1 ? blank : 0;
        if (visit(self, piece, x + lead, piece->width + blank))
            break;
        x += piece->width + blank;
    }
    if (order != few)
        free(order);
}

static float baseline_px(struct text_cache *cache, const struct ui_text_node *text, float scale)
{
    struct ui_font_metrics metrics;
    cache->fonts->metrics(cache->fonts->self, text->paragraph->face, text->paragraph->size_px, &metrics);
    float line = text->line_height * scale;
    return floorf((line - metrics.ascent - metrics.descent) / 2 + metrics.ascent + 0.5F);
}

/* Pixels from the left end of the piece to the caret before `offset`. */
static float caret_in(struct text_cache *cache, const struct ui_text_node *text, const struct piece *piece,
                      size_t offset)
{
    if (offset <= piece->start)
        return piece->level & 1 ? piece->width : 0;
    if (offset >= piece->end) {
        float blank = piece->next > piece->end
                          ? piece->blank * (float)(offset - piece->end) / (float)(piece->next - piece->end)
                          : 0;
        return piece->level & 1 ? -blank : piece->width + blank;
    }
    struct str head = str_slice(text->text, piece->start, offset);
    const struct ui_fonts *fonts = cache->fonts;
    float width = fonts->width(fonts->self, piece->face, piece->size_px, head, piece->level & 1);
    return piece->level & 1 ? piece->width - width : width;
}

/* ---- Painting ---- */

struct painting {
    struct text_cache *cache;
    const struct ui_text_node *text;
    const struct text_paint *paint;
    float scale, top, baseline; /* of the line, pixels from the top of the text */
    size_t line_end;            /* bytes */
};

static const struct text_span *span_of(const struct ui_text_node *text, const struct piece *piece)
{
    static const struct text_span plain = {0};
    return piece->span < text->span_count ? &text->spans[piece->span] : &plain;
}

static struct rect in_line(const struct painting *p, float x, float width)
{
    return (struct rect){p->paint->r.x + x / p->scale, p->paint->r.y + p->top / p->scale, width / p->scale,
                         p->text->line_height};
}

/* What lies behind a piece: code, marks, tints, the selection. */
static bool paint_back(void *self, const struct piece *piece, float x, float width)
{
    const struct painting *p = self;
    const struct text_span *span = span_of(p->text, piece);
    enum ui_color back = span->style & UI_MARKED       ? UI_MARK
                         : span->style & UI_TINTED     ? span->tint
                         : span->style & UI_CODE_STYLE ? UI_SURFACE2
                                                       : UI_NONE;
    /* The blank behind the last word of a stretch is not part of it. */
    bool goes_on = piece->next < span->end && piece->next < p->line_end;
    float lead = piece->level & 1 && goes_on ? width - piece->width : 0;
    struct rect r = in_line(p, x - lead, goes_on ? width : piece->width);
    float inset = fmaxf(p->text->line_height - p->text->size * 1.3F, 0) / 2;
    r.y += inset;
    r.h -= 2 * inset;
    if (back)
        canvas_fill(p->paint->canvas, (struct rect){r.x - 1, r.y, r.w + 2, r.h},
                    ui_theme_color(p->paint->theme, back));
    size_t start = p->paint->start > piece->start ? p->paint->start : piece->start;
    size_t end = p->paint->end < piece->next ? p->paint->end : piece->next;
    if (start >= end)
        return false;
    float a = caret_in(p->cache, p->text, piece, start), b = caret_in(p->cache, p->text, piece, end);
    r = in_line(p, x + fminf(a, b), fabsf(b - a));
    canvas_fill(p->paint->canvas, r, ui_theme_color(p->paint->theme, UI_SELECTION));
    return false;
}

static enum ui_color color_of(const struct painting *p, const struct text_span *span)
{
    if (span->style & (UI_MARKED | UI_TINTED))
        return UI_TEXT;
    return span->color ? span->color : p->text->color ? p->text->color : p->paint->color;
}

static void paint_lines(const struct painting *p, const struct text_span *span, float x, float width,
                        uint32_t color)
{
    struct canvas *canvas = p->paint->canvas;
    float left = p->paint->r.x + x / p->scale, right = left + width / p->scale;
    float base = p->paint->r.y + (p->top + p->baseline) / p->scale;
    float thin = fmaxf(p->text->size / 16, 1 / p->scale);
    if (span->style & UI_UNDERLINE)
        canvas_fill(canvas, (struct rect){left, base + 2.5F * thin, right - left, thin}, color);
    if (span->style & UI_STRIKE)
        canvas_fill(canvas, (struct rect){left, base - p->text->size * 0.28F, right - left, thin}, color);
    if (span->style & UI_DOTTED) {
        canvas_move_to(canvas, left, base + 3 * thin);
        canvas_line_to(canvas, right, base + 3 * thin);
        canvas_stroke_path(canvas, thin, 2 * thin, color);
    }
}

static void paint_run(const struct painting *p, enum ui_face face, int size_px, bool rtl, struct str run,
                      float x, uint32_t color)
{
    struct canvas *canvas = p->paint->canvas;
    float left = p->paint->r.x + x / p->scale, base = p->paint->r.y + (p->top + p->baseline) / p->scale;
    if (!canvas_is_paper(canvas)) {
        canvas_mask_paint(canvas, words_mask(p->cache->words, face, size_px, rtl, run), left, base, color);
        return;
    }
    text_line_paint(p->cache, canvas, face, (float)size_px / p->scale, run, left, base, color);
}

static bool paint_front(void *self, const struct piece *piece, float x, float width)
{
    const struct painting *p = self;
    const struct text_span *span = span_of(p->text, piece);
    uint32_t color = ui_theme_color(p->paint->theme, color_of(p, span));
    float left = p->paint->r.x + x / p->scale, spare = p->text->size;
    if (left > p->paint->visible.x + p->paint->visible.w + spare)
        return true;
    if (left + width / p->scale < p->paint->visible.x - spare)
        return false;
    if (piece->end > piece->start)
        paint_run(p, piece->face, piece->size_px, piece->level & 1,
                  str_slice(p->text->text, piece->start, piece->end), x, color);
    if (span->style & (UI_UNDERLINE | UI_DOTTED | UI_STRIKE))
        paint_lines(p, span, x, piece->next < span->end && piece->next < p->line_end ? width : piece->width,
                    color);
    return false;
}

static void paint_ellipsis(const struct painting *p, const struct line *line, float width_px)
{
    const struct text_paragraph *paragraph = p->text->paragraph;
    float start = line_start(p->text, line, width_px);
    float x = paragraph->rtl
                  ? start - words_width(p->cache->words, paragraph->face, paragraph->size_px, false, ELLIPSIS)
                  : start + line->width;
    enum ui_color color = p->text->color ? p->text->color : p->paint->color;
    paint_run(p, paragraph->face, paragraph->size_px, false, ELLIPSIS, x,
              ui_theme_color(p->paint->theme, color));
}

void text_paint(struct text_cache *cache, const struct ui_text_node *text, const struct text_paint *paint)
{
    const struct text_layout *layout = text->layout;
    float scale = canvas_scale(paint->canvas), line_px = text->line_height * scale;
    float width_px = paint->r.w * scale;
    if (!layout)
        return;
    struct painting p = {.cache = cache,
                         .text = text,
                         .paint = paint,
                         .scale = scale,
                         .baseline = baseline_px(cache, text, scale)};
    /* Accents and descenders reach beyond their line, so one more is drawn at each side. */
    float above = (paint->visible.y - paint->r.y) / text->line_height - 1;
    float below = (paint->visible.y + paint->visible.h - paint->r.y) / text->line_height + 1;
    size_t first = above > 0 ? (size_t)above : 0;
    for (size_t i = first; i < layout->lines.count && (float)i <= below; i++) {
        const struct line *line = &layout->lines.items[i];
        p.top = (float)i * line_px;
        p.line_end = line->end > line->first ? layout->pieces[line->end - 1].end : 0;
        visit_line(text, i, width_px, paint_back, &p);
        visit_line(text, i, width_px, paint_front, &p);
        if (layout->cut && i + 1 == layout->lines.count)
            paint_ellipsis(&p, line, width_px);
    }
}

/* ---- Carets ---- */

struct seeking {
    struct text_cache *cache;
    const struct ui_text_node *text;
    float x; /* wanted; then that of the caret */
    size_t offset;
    float nearest;
    int span;
    bool found;
};

/* The caret position in the piece nearest to x, by trying every letter of the piece the point is in. */
static bool seek_offset(void *self, const struct piece *piece, float x, float width)
{
    struct seeking *s = self;
    if (s->x >= x && s->x < x + piece->width)
        s->span = piece->span;
    bool inside = s->x >= x && s->x < x + width;
    for (size_t at = piece->start;;) {
        float distance = fabsf(x + caret_in(s->cache, s->text, piece, at) - s->x);
        if (distance < s->nearest) {
            s->nearest = distance;
            s->offset = at;
        }
        if (at >= piece->end)
            break;
        size_t next = inside ? text_next_grapheme(s->text->text, at) : piece->end;
        at = next > piece->end ? piece->end : next;
    }
    return inside;
}

size_t text_offset_at(struct text_cache *cache, const struct ui_text_node *text, float width, float scale,
                      float x, float y, int *ret_span)
{
    const struct text_layout *layout = text->layout;
    *ret_span = -1;
    if (!layout || !layout->lines.count)
        return 0;
    float number = floorf(y / text->line_height);
    size_t line = number < 0 ? 0 : (size_t)number;
    if (line >= layout->lines.count)
        line = layout->lines.count - 1;
    const struct line *found = &layout->lines.items[line];
    struct seeking seeking = {.cache = cache, .text = text, .x = x * scale, .nearest = UNLIMITED, .span = -1};
    if (found->end == found->first) {
        seeking.offset =
            found->first < layout->piece_count ? layout->pieces[found->first].start : text->text.len;
        return seeking.offset;
    }
    visit_line(text, line, width * scale, seek_offset, &seeking);
    if (number >= 0 && (size_t)number < layout->lines.count)
        *ret_span = seeking.span;
    return seeking.offset;
}

static bool seek_caret(void *self, const struct piece *piece, float x, float width)
{
    struct seeking *s = self;
    (void)width;
    if (s->offset < piece->start || s->offset > piece->next)
        return false;
    s->x = x + caret_in(s->cache, s->text, piece, s->offset);
    s->found = true;
    return s->offset < piece->next;
}

static size_t line_of(const struct text_layout *layout, size_t offset)
{
    size_t line = 0;
    while (line + 1 < layout->lines.count) {
        const struct line *next = &layout->lines.items[line + 1];
        size_t start = next->first < layout->piece_count ? layout->pieces[next->first].start
                       : layout->piece_count             ? layout->pieces[layout->piece_count - 1].next
                                                         : 0;
        if (offset < start)
            break;
        line++;
    }
    return line;
}

struct rect text_caret(struct text_cache *cache, const struct ui_text_node *text, float width, float scale,
                       size_t offset)
{
    const struct text_layout *layout = text->layout;
    if (!layout || !layout->lines.count)
        return (struct rect){0, 0, 0, text->line_height};
    size_t line = line_of(layout, offset);
    struct seeking seeking = {
        .cache = cache,
        .text = text,
        .offset = offset,
        .x = line_start(text, &layout->lines.items[line], width * scale),
    };
    visit_line(text, line, width * scale, seek_caret, &seeking);
    return (struct rect){seeking.x / scale, (float)line * text->line_height, 0, text->line_height};
}

/* ---- Single lines ---- */

static struct canvas_font paper_font(const struct text_cache *cache, enum ui_face face, float size)
{
    struct canvas_font font = {.family = "sans-serif", .weight = face == UI_FACE_SEMIBOLD ? 600 : 400};
    if (cache->fonts->describe)
        cache->fonts->describe(cache->fonts->self, face, &font);
    font.size = size;
    return font;
}

float text_line_width(struct text_cache *cache, struct canvas *canvas, enum ui_face face, float size,
                      struct str text)
{
    float scale = canvas_scale(canvas);
    struct canvas_font font = paper_font(cache, face, size);
    if (canvas_is_paper(canvas))
        return canvas_text_width(canvas, &font, text);
    return words_width(cache->words, face, pixels(size, scale), false, text) / scale;
}

void text_line_paint(struct text_cache *cache, struct canvas *canvas, enum ui_face face, float size,
                     struct str text, float x, float baseline, uint32_t color)
{
    struct canvas_font font = paper_font(cache, face, size);
    if (canvas_is_paper(canvas))
        canvas_text(canvas, &font, text, x, baseline, color);
    else if (text.len)
        canvas_mask_paint(canvas,
                          words_mask(cache->words, face, pixels(size, canvas_scale(canvas)), false, text), x,
                          baseline, color);
}

float text_word_width(struct text_cache *cache, enum ui_face face, int size_px, struct str text)
{
    return words_width(cache->words, face, size_px, false, text);
}
