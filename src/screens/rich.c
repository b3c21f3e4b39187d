/* The text of cards: Markdown's marks as runs, fenced code, tables. */
#include "base/list.h"
#include "screens/parts.h"

#include <string.h>

/* ---- Marks within a line ---- */

struct runs {
    struct ui_run *items;
    size_t count, capacity;
};

struct marker {
    const char *mark;
    uint32_t style;
};
static const struct marker markers[] = {
    {"**", UI_BOLD}, {"`", UI_CODE_STYLE}, {"*", UI_ITALIC}, {"$$", UI_CODE_STYLE}, {"$", UI_CODE_STYLE}};

static const struct marker *marker_at(struct str text, size_t at)
{
    for (size_t i = 0; i < sizeof markers / sizeof *markers; i++)
        if (str_starts(str_slice(text, at, text.len), str_from(markers[i].mark)))
            return &markers[i];
    return NULL;
}

/* Maths is shown as its source; two prices in a sentence are none. */
static bool is_maths(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (strchr("\\^_{}=", text.ptr[i]))
            return true;
    return false;
}

/* Where the stretch that begins behind a marker ends; SIZE_MAX when the mark is only a character. */
static size_t end_of_mark(struct str text, size_t start, const struct marker *marker)
{
    struct str mark = str_from(marker->mark);
    if (start >= text.len || text.ptr[start] == ' ')
        return (size_t)-1;
    size_t end = str_find(text, mark, start);
    if (mark.ptr[0] == '$' && (end == (size_t)-1 || !is_maths(str_slice(text, start, end))))
        return (size_t)-1;
    return end != (size_t)-1 && end > start && text.ptr[end - 1] != ' ' ? end : (size_t)-1;
}

static void add_run(struct arena *arena, struct runs *runs, struct str text, uint32_t style)
{
    if (text.len)
        list_push(arena, runs, (struct ui_run){.text = text, .style = style});
}

static void split_rich(struct arena *arena, struct runs *runs, struct str text, uint32_t style)
{
    size_t plain = 0;
    for (size_t at = 0; at < text.len;) {
        const struct marker *marker = marker_at(text, at);
        size_t inside = marker ? at + strlen(marker->mark) : 0;
        size_t end = marker ? end_of_mark(text, inside, marker) : (size_t)-1;
        if (end == (size_t)-1) {
            at += marker ? strlen(marker->mark) : 1;
            continue;
        }
        add_run(arena, runs, str_slice(text, plain, at), style);
        if (marker->style == UI_CODE_STYLE)
            add_run(arena, runs, str_slice(text, inside, end), style | UI_CODE_STYLE);
        else
            split_rich(arena, runs, str_slice(text, inside, end), style | marker->style);
        at = plain = end + strlen(marker->mark);
    }
    add_run(arena, runs, str_slice(text, plain, text.len), style);
}

/* The gap of a cloze, filled in where it stands. */
static void split_gap(struct arena *arena, struct runs *runs, struct str text, struct str filled,
                      uint32_t style)
{
    struct str gap = STR(PART_GAP);
    size_t at = filled.len ? str_find(text, gap, 0) : (size_t)-1;
    if (at == (size_t)-1) {
        split_rich(arena, runs, text, style);
        return;
    }
    split_rich(arena, runs, str_slice(text, 0, at), style);
    list_push(arena, runs,
              (struct ui_run){.text = filled, .style = UI_BOLD | UI_UNDERLINE, .color = UI_SUCCESS});
    split_rich(arena, runs, str_slice(text, at + gap.len, text.len), style);
}

/* ---- Blocks ---- */

struct look {
    struct str filled, lang;
    float size;
    enum ui_color color;
    uint32_t style;
};

static void show_text(struct ui *ui, struct str key, struct str text, const struct look *look)
{
    struct runs runs = {0};
    split_gap(ui_arena(ui), &runs, text, look->filled, look->style);
    ui_text(ui, .key = key, .runs = runs.items, .run_count = runs.count, .family = UI_FAMILY_STUDY,
            .size = look->size, .color = look->color, .selectable = true, .lang = look->lang,
            .width = UI_GROW);
}

/* As it is written: long lines scroll. */
static void show_code(struct ui *ui, struct str key, struct str text)
{
    ui_open(ui, .key = key, .layout = UI_COLUMN, .width = UI_GROW, .fill = UI_SURFACE2,
            .radius = UI_RADIUS_CONTROL, .padding = UI_SIDES(10, 14), .scroll_wide = true,
            .role = UI_ROLE_GROUP);
    ui_text(ui, .text = text, .family = UI_FAMILY_MONO, .size = UI_BODY, .no_wrap = true, .selectable = true);
    ui_close(ui);
}

static struct str next_cell(struct str *row)
{
    struct str cell = {0};
    str_split(row, '|', &cell);
    return str_trim(cell);
}

/* "| a | b |" without its outer bars. */
static struct str row_of(struct str line)
{
    struct str row = str_trim(line);
    size_t end = str_ends(row, STR("|")) ? row.len - 1 : row.len;
    return end > 1 ? str_slice(row, 1, end) : (struct str){0};
}

static bool is_rule(struct str line)
{
    for (size_t i = 0; i < line.len; i++)
        if (!strchr("|-: ", line.ptr[i]))
            return false;
    return true;
}

static int columns_of(struct str line)
{
    int count = 0;
    struct str row = row_of(line), cell;
    while (str_split(&row, '|', &cell))
        count++;
    return count ? count : 1;
}

static void show_table(struct ui *ui, struct str key, struct str text, const struct look *look)
{
    struct str rest = text, line = {0};
    size_t end = str_find(text, STR("\n"), 0);
    int columns = columns_of(end == (size_t)-1 ? text : str_slice(text, 0, end));
    bool head = true;
    ui_open(ui, .key = key, .role = UI_ROLE_TABLE, .layout = UI_GRID, .columns = columns, .gap = 20,
            .row_gap = 8, .width = UI_GROW, .scroll_wide = true);
    while (str_split(&rest, '\n', &line)) {
        if (is_rule(line))
            continue;
        struct look cell = *look;
        cell.style |= head ? UI_BOLD : 0;
        struct str row = row_of(line);
        for (int i = 0; i < columns; i++)
            show_text(ui, (struct str){0}, next_cell(&row), &cell);
        head = false;
    }
    ui_close(ui);
}

enum block { BLOCK_TEXT, BLOCK_CODE, BLOCK_TABLE };

static bool is_fence(struct str line)
{
    return str_starts(line, STR("```"));
}

static enum block block_of(struct str line)
{
    return is_fence(line) ? BLOCK_CODE : str_starts(line, STR("|")) ? BLOCK_TABLE : BLOCK_TEXT;
}

/* Cuts the next block off: lines of one kind, or what stands between two fences. */
static struct str next_block(struct str *rest, enum block *ret)
{
    struct str line, before = *rest;
    if (!str_split(rest, '\n', &line))
        return (struct str){0};
    *ret = block_of(line);
    size_t start = *ret == BLOCK_CODE ? (size_t)(rest->ptr - before.ptr) : 0;
    size_t end = start ? start : line.len;
    while (rest->len) {
        struct str after = *rest;
        str_split(&after, '\n', &line);
        if (*ret == BLOCK_CODE && is_fence(line)) {
            *rest = after;
            break;
        }
        if (*ret != BLOCK_CODE && block_of(line) != *ret)
            break;
        end = (size_t)(line.ptr + line.len - before.ptr);
        *rest = after;
    }
    return str_slice(before, start, end);
}

static bool is_plain(struct str text)
{
    return !str_contains(text, STR("```")) && !str_starts(text, STR("|")) && !str_contains(text, STR("\n|"));
}

static void show_blocks(struct ui *ui, struct str key, struct str text, const struct look *look)
{
    if (is_plain(text)) {
        show_text(ui, key, text, look);
        return;
    }
    ui_open(ui, .key = key, .layout = UI_COLUMN, .gap = 12, .width = UI_GROW);
    enum block kind = BLOCK_TEXT;
    for (int i = 0; text.len; i++) {
        struct str block = next_block(&text, &kind), name = str_format(ui_arena(ui), "block-%d", i);
        if (kind == BLOCK_CODE)
            show_code(ui, name, block);
        else if (kind == BLOCK_TABLE)
            show_table(ui, name, block, look);
        else if (str_trim(block).len)
            show_text(ui, name, block, look);
    }
    ui_close(ui);
}

void part_prompt(struct ui *ui, struct str prompt, struct str filled, float size, struct str lang)
{
    show_blocks(ui, STR("prompt"), prompt,
                &(struct look){.filled = filled, .lang = lang, .size = size, .color = UI_TEXT});
}

void part_rich_text(struct ui *ui, struct str key, struct str text, float size, enum ui_color color,
                    uint32_t style, struct str lang)
{
    show_blocks(ui, key, text, &(struct look){.lang = lang, .size = size, .color = color, .style = style});
}
