#include "sdl/fonts.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "sdl/locate.h"
#include "ui/font.h"

#include <SDL.h>
#include <SDL_ttf.h>

#include <assert.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- Files and opened sizes ---- */

enum { SIZES = 6 }; /* of one face kept open; the least recently used goes */

struct opened {
    TTF_Font *font;
    int size;
    unsigned used;
};

struct face {
    struct face_wanted wanted;
    struct str path; /* empty until located */
    bool located, asked;
    void *bytes; /* the file, mapped: it may vanish from its folder */
    size_t len;
    struct opened sizes[SIZES];
};

struct faces {
    struct face *items;
    size_t count, capacity;
};

/* A character and the face that fontconfig named for it; NO_FACE is none. */
struct found {
    uint32_t code_point;
    int face;
};

enum { NO_FACE = -1 };

struct fonts {
    struct ui_fonts table;
    struct arena arena;
    struct faces faces; /* UI_FACE_COUNT of the interface, then the fallbacks */
    struct {
        struct found *items;
        size_t count, capacity;
    } found;
    int study; /* index into families */
    unsigned tick;
};

#define CHARIS "truetype/charis/CharisSIL-"
#define ANDIKA "truetype/andika/Andika-"
#define DYSLEXIC "opentype/opendyslexic/OpenDyslexic-"
#define NOTO "truetype/noto/NotoSerif-"
#define INTER "opentype/inter/Inter-"

static const struct {
    const char *name;
    struct face_wanted faces[4]; /* regular, italic, bold, both */
} families[] = {
    {"charis",
     {{CHARIS "Regular.ttf", "Charis SIL", 400, false},
      {CHARIS "Italic.ttf", "Charis SIL", 400, true},
      {CHARIS "Bold.ttf", "Charis SIL", 700, false},
      {CHARIS "BoldItalic.ttf", "Charis SIL", 700, true}}},
    {"inter",
     {{INTER "Regular.otf", "Inter", 400, false},
      {INTER "Italic.otf", "Inter", 400, true},
      {INTER "SemiBold.otf", "Inter", 600, false},
      {INTER "SemiBoldItalic.otf", "Inter", 600, true}}},
    {"andika",
     {{ANDIKA "Regular.ttf", "Andika", 400, false},
      {ANDIKA "Italic.ttf", "Andika", 400, true},
      {ANDIKA "Bold.ttf", "Andika", 700, false},
      {ANDIKA "BoldItalic.ttf", "Andika", 700, true}}},
    {"opendyslexic",
     {{DYSLEXIC "Regular.otf", "OpenDyslexic", 400, false},
      {DYSLEXIC "Italic.otf", "OpenDyslexic", 400, true},
      {DYSLEXIC "Bold.otf", "OpenDyslexic", 700, false},
      {DYSLEXIC "BoldItalic.otf", "OpenDyslexic", 700, true}}},
    {"noto",
     {{NOTO "Regular.ttf", "Noto Serif", 400, false},
      {NOTO "Italic.ttf", "Noto Serif", 400, true},
      {NOTO "Bold.ttf", "Noto Serif", 700, false},
      {NOTO "BoldItalic.ttf", "Noto Serif", 700, true}}},
};

static const struct face_wanted interface_faces[] = {
    [UI_FACE_REGULAR] = {INTER "Regular.otf", "Inter", 400, false},
    [UI_FACE_ITALIC] = {INTER "Italic.otf", "Inter", 400, true},
    [UI_FACE_SEMIBOLD] = {INTER "SemiBold.otf", "Inter", 600, false},
    [UI_FACE_MONO] = {"truetype/jetbrains-mono/JetBrainsMono-Regular.ttf", "JetBrains Mono,monospace", 400,
                      false},
};

/* In this order; emoji come first for characters that are pictures. */
enum { FALLBACK_EMOJI = UI_FACE_COUNT, FALLBACK_FIRST };
static const struct face_wanted fallbacks[] = {
    {"truetype/noto/NotoColorEmoji.ttf", "Noto Color Emoji", 400, false},
    {INTER "Regular.otf", "Inter", 400, false},
    {"truetype/noto/NotoSans-Regular.ttf", "Noto Sans", 400, false},
    {"truetype/dejavu/DejaVuSans.ttf", "DejaVu Sans", 400, false},
    {"truetype/ancient-scripts/Symbola_hint.ttf", "Symbola", 400, false},
};
enum { FALLBACK_COUNT = sizeof fallbacks / sizeof *fallbacks };

static bool map_file(struct face *face)
{
    int file = open(face->path.ptr, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    struct stat info;
    void *bytes = MAP_FAILED;
    if (fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0 && info.st_size < INT32_MAX)
        bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    if (bytes == MAP_FAILED)
        return false;
    face->bytes = bytes;
    face->len = (size_t)info.st_size;
    return true;
}

/* `ask`: fontconfig may be asked. A fallback that is not where it should be is skipped instead. */
static bool face_load(struct fonts *fonts, struct face *face, bool ask)
{
    if (face->bytes)
        return true;
    if (face->located && (face->asked || !ask))
        return false;
    if (!face->path.len)
        face->path = face_locate(&fonts->arena, &face->wanted, ask);
    face->located = true;
    face->asked = ask;
    return face->path.len && map_file(face);
}

static void face_forget(struct face *face)
{
    for (int i = 0; i < SIZES; i++)
        if (face->sizes[i].font)
            TTF_CloseFont(face->sizes[i].font);
    if (face->bytes)
        munmap(face->bytes, face->len);
    face->bytes = NULL;
    memset(face->sizes, 0, sizeof face->sizes);
}

static struct opened *slot_for(struct face *face, int size)
{
    struct opened *oldest = &face->sizes[0];
    for (int i = 0; i < SIZES; i++) {
        struct opened *slot = &face->sizes[i];
        if (slot->font && slot->size == size)
            return slot;
        if (slot->used < oldest->used)
            oldest = slot;
    }
    if (oldest->font)
        TTF_CloseFont(oldest->font);
    oldest->font = NULL;
    return oldest;
}

/* NULL if there is no such font. */
static TTF_Font *font_of(struct fonts *fonts, int index, int size)
{
    struct face *face = &fonts->faces.items[index];
    bool interface = index < UI_FACE_COUNT;
    if (!face_load(fonts, face, interface))
        return NULL;
    struct opened *slot = slot_for(face, size);
    slot->used = ++fonts->tick;
    if (!slot->font) {
        slot->font = TTF_OpenFontRW(SDL_RWFromConstMem(face->bytes, (int)face->len), 1, size);
        slot->size = size;
        if (slot->font)
            TTF_SetFontHinting(slot->font, TTF_HINTING_LIGHT_SUBPIXEL);
    }
    return slot->font;
}

/* ---- Which face has a character ---- */

static bool is_joiner(uint32_t c)
{
    return c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F);
}

static bool is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || is_joiner(c) || (c >= 0xE0000 && c <= 0xE01EF);
}

static bool is_mark(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
           (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F) || (c >= 0x1F3FB && c <= 0x1F3FF);
}

/* Shown as a picture unless a variation selector says otherwise. */
static bool is_picture(uint32_t c)
{
    return (c >= 0x1F000 && c <= 0x1FAFF) || c == 0x2705 || c == 0x274C || c == 0x2728 || c == 0x2B50 ||
           c == 0x231A || c == 0x231B || c == 0x23F0 || c == 0x23F3;
}

static bool provides(struct fonts *fonts, int face, int size, uint32_t c)
{
    TTF_Font *font = font_of(fonts, face, size);
    return font && TTF_GlyphIsProvided32(font, c);
}

static int face_at_path(struct fonts *fonts, struct str path)
{
    for (size_t i = FALLBACK_EMOJI; i < fonts->faces.count; i++)
        if (str_equal(fonts->faces.items[i].path, path))
            return (int)i;
    list_push(&fonts->arena, &fonts->faces, (struct face){.path = path});
    return (int)fonts->faces.count - 1;
}

static int ask_for_character(struct fonts *fonts, int size, uint32_t c)
{
    enum { MOST_FACES = 64 };
    list_each (struct found, known, &fonts->found)
        if (known->code_point == c)
            return known->face;
    int face = NO_FACE;
    struct str path =
        fonts->faces.count < MOST_FACES ? face_for_character(&fonts->arena, c) : (struct str){0};
    if (path.len) {
        face = face_at_path(fonts, path);
        if (!provides(fonts, face, size, c))
            face = NO_FACE;
    }
    list_push(&fonts->arena, &fonts->found, (struct found){c, face});
    return face;
}

static int face_for(struct fonts *fonts, int wanted, int size, uint32_t c, bool picture)
{
    if (c < 0x20 || (c >= 0x7F && c < 0xA0))
        return NO_FACE;
    if (picture && provides(fonts, FALLBACK_EMOJI, size, c))
        return FALLBACK_EMOJI;
    if (provides(fonts, wanted, size, c))
        return wanted;
    for (size_t i = FALLBACK_FIRST; i < fonts->faces.count; i++)
        if (provides(fonts, (int)i, size, c))
            return (int)i;
    if (provides(fonts, FALLBACK_EMOJI, size, c))
        return FALLBACK_EMOJI;
    return ask_for_character(fonts, size, c);
}

/* A stretch of a run in one face. */
struct piece {
    struct str text;
    int face;
    uint32_t code_point; /* of a box */
};

struct pieces {
    struct piece *items;
    size_t count, capacity;
};

static bool all_ascii(struct str run)
{
    for (size_t i = 0; i < run.len; i++)
        if ((unsigned char)run.ptr[i] >= 0x7F || (unsigned char)run.ptr[i] < 0x20)
            return false;
    return true;
}

static bool followed_by_picture_selector(struct str run, size_t at)
{
    return at < run.len && utf8_next(run, &at) == 0xFE0F;
}

static void split(struct fonts *fonts, struct arena *arena, int wanted, int size, struct str run,
                  struct pieces *ret)
{
    if (all_ascii(run) && font_of(fonts, wanted, size)) {
        list_push(arena, ret, (struct piece){run, wanted, 0});
        return;
    }
    for (size_t at = 0; at < run.len;) {
        size_t start = at;
        uint32_t c = utf8_next(run, &at);
        struct piece *last = ret->count ? list_last(ret) : NULL;
        bool belongs = is_invisible(c) || is_mark(c);
        if (belongs && last && last->face != NO_FACE) {
            last->text.len += at - start;
            continue;
        }
        if (is_invisible(c))
            continue;
        int face = face_for(fonts, wanted, size, c, is_picture(c) || followed_by_picture_selector(run, at));
        if (last && face != NO_FACE && last->face == face &&
            last->text.ptr + last->text.len == run.ptr + start)
            last->text.len += at - start;
        else
            list_push(arena, ret, (struct piece){str_slice(run, start, at), face, c});
    }
}

/* ---- Shaping ---- */

static const char *script_of(struct str text)
{
    static const struct {
        uint32_t from, to;
        const char *script;
    } scripts[] = {
        {0x41, 0x24F, "Latn"},    {0x370, 0x3FF, "Grek"},   {0x400, 0x52F, "Cyrl"},
        {0x530, 0x58F, "Armn"},   {0x590, 0x5FF, "Hebr"},   {0x600, 0x6FF, "Arab"},
        {0x700, 0x74F, "Syrc"},   {0x750, 0x77F, "Arab"},   {0x780, 0x7BF, "Thaa"},
        {0x7C0, 0x7FF, "Nkoo"},   {0x900, 0x97F, "Deva"},   {0x980, 0x9FF, "Beng"},
        {0xA00, 0xA7F, "Guru"},   {0xA80, 0xAFF, "Gujr"},   {0xB00, 0xB7F, "Orya"},
        {0xB80, 0xBFF, "Taml"},   {0xC00, 0xC7F, "Telu"},   {0xC80, 0xCFF, "Knda"},
        {0xD00, 0xD7F, "Mlym"},   {0xD80, 0xDFF, "Sinh"},   {0xE00, 0xE7F, "Thai"},
        {0xE80, 0xEFF, "Laoo"},   {0xF00, 0xFFF, "Tibt"},   {0x1000, 0x109F, "Mymr"},
        {0x10A0, 0x10FF, "Geor"}, {0x1100, 0x11FF, "Hang"}, {0x1200, 0x139F, "Ethi"},
        {0x1780, 0x17FF, "Khmr"}, {0x1E00, 0x1EFF, "Latn"}, {0x1F00, 0x1FFF, "Grek"},
        {0x3040, 0x309F, "Hira"}, {0x30A0, 0x30FF, "Kana"}, {0x3400, 0x9FFF, "Hani"},
        {0xAC00, 0xD7AF, "Hang"}, {0xFB50, 0xFDFF, "Arab"}, {0xFE70, 0xFEFF, "Arab"},
    };
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);
        for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
            if (c >= scripts[i].from && c <= scripts[i].to && c != 0xD7 && c != 0xF7)
                return scripts[i].script;
    }
    return "Latn";
}

/* What is drawn first at the left; its overhang moves the pen inside SDL_ttf's picture. */
static uint32_t leftmost(struct str text, bool rtl)
{
    size_t at = rtl ? text.len : 0;
    return rtl ? utf8_previous(text, &at) : utf8_next(text, &at);
}

static int overhang_left(TTF_Font *font, struct str text, bool rtl)
{
    int min_x = 0;
    if (text.len && TTF_GlyphMetrics32(font, leftmost(text, rtl), &min_x, NULL, NULL, NULL, NULL) == 0)
        return min_x < 0 ? -min_x : 0;
    return 0;
}

/* How far ink rises above the font's ascent. */
static int overhang_top(TTF_Font *font, struct str text)
{
    int most = 0, ascent = TTF_FontAscent(font);
    if (all_ascii(text))
        return 0;
    for (size_t at = 0; at < text.len;) {
        int max_y = 0;
        if (TTF_GlyphMetrics32(font, utf8_next(text, &at), NULL, NULL, NULL, &max_y, NULL) == 0 &&
            max_y - ascent > most)
            most = max_y - ascent;
    }
    return most;
}

static void direct(TTF_Font *font, struct str text, bool rtl)
{
    TTF_SetFontDirection(font, rtl ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    TTF_SetFontScriptName(font, script_of(text));
}

static bool is_emoji(const struct piece *piece)
{
    return piece->face == FALLBACK_EMOJI;
}

/* The emoji font has one size of picture, whatever size it is opened at. */
static float emoji_scale(int size)
{
    enum { STRIKE_EM = 109 };
    return (float)size / STRIKE_EM;
}

static float box_width(int size)
{
    return roundf((float)size * 0.9f);
}

/* Advances are linear in the size (hinting is vertical only), and SDL_ttf gives whole pixels: so a run is measured
 * large and the number brought down, which keeps fractions. */
enum { MEASURE_SIZE = 256 };

/* The advance of the pen, without the overhang of ink: measured with a blank behind, whose width goes off. */
static int large_width(TTF_Font *font, struct arena *arena, struct str text, bool rtl)
{
    int width = 0, blank = 0;
    direct(font, text, rtl);
    TTF_SizeUTF8(font, str_concat(arena, text, rtl ? (struct str){0} : STR(" ")).ptr, &width, NULL);
    if (!rtl)
        TTF_GlyphMetrics32(font, ' ', NULL, NULL, NULL, NULL, &blank);
    width -= blank + overhang_left(font, text, rtl);
    return width > 0 ? width : 0;
}

static float emoji_width(TTF_Font *font, struct arena *arena, struct str text, int size)
{
    int width = 0;
    direct(font, text, false);
    TTF_SizeUTF8(font, str_copy(arena, text).ptr, &width, NULL);
    return ceilf((float)width * emoji_scale(size));
}

static float piece_width(struct fonts *fonts, struct arena *arena, const struct piece *piece, int size, bool rtl)
{
    if (piece->face == NO_FACE)
        return box_width(size);
    TTF_Font *font = font_of(fonts, piece->face, MEASURE_SIZE);
    if (!font)
        return 0;
    if (is_emoji(piece))
        return emoji_width(font, arena, piece->text, size);
    return (float)large_width(font, arena, piece->text, rtl) * (float)size / MEASURE_SIZE;
}

static float run_width(void *self, enum ui_face face, int size, struct str run, bool rtl)
{
    struct fonts *fonts = self;
    struct arena arena = {0};
    struct pieces pieces = {0};
    float width = 0;
    split(fonts, &arena, (int)face, size, run, &pieces);
    list_each (struct piece, piece, &pieces)
        width += piece_width(fonts, &arena, piece, size, rtl);
    arena_finish(&arena);
    return width;
}

/* ---- Pictures ---- */

/* One piece as pixels; `x` from the pen, `y` from the baseline, down. */
struct picture {
    int x, y, width, height, stride; /* stride in pixels */
    uint32_t *pixels;                /* 0xAARRGGBB, not premultiplied */
};

static struct picture picture_of_text(struct arena *arena, TTF_Font *font, struct str text, bool rtl)
{
    direct(font, text, rtl);
    SDL_Surface *surface =
        TTF_RenderUTF8_Blended(font, str_copy(arena, text).ptr, (SDL_Color){255, 255, 255, 255});
    if (!surface)
        return (struct picture){0};
    struct picture ret = {.x = -overhang_left(font, text, rtl),
                          .y = -TTF_FontAscent(font) - overhang_top(font, text),
                          .width = surface->w,
                          .height = surface->h,
                          .stride = surface->w};
    ret.pixels = arena_array(arena, (size_t)surface->w * (size_t)surface->h, sizeof *ret.pixels);
    for (int y = 0; y < surface->h; y++)
        memcpy(ret.pixels + (size_t)y * (size_t)surface->w,
               (const char *)surface->pixels + (size_t)y * (size_t)surface->pitch, (size_t)surface->w * 4);
    SDL_FreeSurface(surface);
    return ret;
}

/* The mean colour of what lies under one target pixel, weighted by its opacity. */
static uint32_t box_average(const struct picture *from, float x0, float x1, float y0, float y1)
{
    unsigned sum[4] = {0}, count = 0;
    for (int y = (int)y0; y < (int)ceilf(y1) && y < from->height; y++) {
        for (int x = (int)x0; x < (int)ceilf(x1) && x < from->width; x++, count++) {
            uint32_t pixel = from->pixels[(size_t)y * (size_t)from->stride + (size_t)x];
            unsigned alpha = pixel >> 24;
            sum[0] += alpha;
            for (int i = 1; i < 4; i++)
                sum[i] += (pixel >> (24 - 8 * i) & 255) * alpha;
        }
    }
    if (!sum[0])
        return 0;
    return (sum[0] / count) << 24 | (sum[1] / sum[0]) << 16 | (sum[2] / sum[0]) << 8 | sum[3] / sum[0];
}

static struct picture shrink(struct arena *arena, const struct picture *from, float scale)
{
    struct picture ret = {.width = (int)ceilf((float)from->width * scale),
                          .height = (int)ceilf((float)from->height * scale)};
    ret.stride = ret.width;
    ret.pixels = arena_array(arena, (size_t)ret.width * (size_t)ret.height, sizeof *ret.pixels);
    for (int y = 0; y < ret.height; y++)
        for (int x = 0; x < ret.width; x++)
            ret.pixels[(size_t)y * (size_t)ret.width + (size_t)x] = box_average(
                from, (float)x / scale, (float)(x + 1) / scale, (float)y / scale, (float)(y + 1) / scale);
    return ret;
}

static struct picture picture_of_emoji(struct arena *arena, TTF_Font *font, struct str text, int size)
{
    struct picture large = picture_of_text(arena, font, text, false);
    if (!large.width || !large.height)
        return (struct picture){0};
    struct picture ret = shrink(arena, &large, emoji_scale(size));
    ret.y = -(int)lroundf((float)ret.height * 0.82f);
    return ret;
}

/* Sixteen digits of 3×5 points: the last resort must not need a font. */
static const uint16_t digits[16] = {075557, 026227, 071747, 071717, 055711, 074717, 074757, 071244,
                                    075757, 075717, 075755, 065656, 074447, 065556, 074647, 074644};

static void put_digit(struct picture *picture, int x0, int y0, int unit, unsigned digit)
{
    for (int point = 0; point < 15; point++) {
        if (!(digits[digit] >> (14 - point) & 1))
            continue;
        for (int i = 0; i < unit * unit; i++) {
            int x = x0 + point % 3 * unit + i % unit, y = y0 + point / 3 * unit + i / unit;
            if (x < picture->width && y < picture->height)
                picture->pixels[y * picture->stride + x] = 0xFFFFFFFF;
        }
    }
}

static void put_frame(struct picture *picture)
{
    for (int y = 0; y < picture->height; y++)
        for (int x = 0; x < picture->width; x++)
            if (x == 0 || y == 0 || x == picture->width - 1 || y == picture->height - 1)
                picture->pixels[y * picture->stride + x] = 0xC0FFFFFF;
}

/* A box with the character's number, two or three digits a line. */
static struct picture picture_of_box(struct arena *arena, uint32_t c, int size)
{
    int width = (int)box_width(size) - 1, height = (int)lroundf((float)size * 0.95f);
    if (width < 2 || height < 2)
        return (struct picture){0};
    struct picture ret = {
        .y = -(int)lroundf((float)size * 0.78f), .width = width, .height = height, .stride = width};
    ret.pixels = arena_array(arena, (size_t)width * (size_t)height, sizeof *ret.pixels);
    put_frame(&ret);
    int columns = c > 0xFFFF ? 3 : 2, unit = width / (columns * 4 + 2);
    if (unit < 1)
        return ret;
    int left = (width - (columns * 4 - 1) * unit) / 2, top = (height - 11 * unit) / 2;
    for (int i = 0; i < columns * 2; i++)
        put_digit(&ret, left + i % columns * 4 * unit, top + i / columns * 6 * unit, unit,
                  c >> 4 * (columns * 2 - 1 - i) & 15);
    return ret;
}

static struct picture picture_of(struct fonts *fonts, struct arena *arena, const struct piece *piece,
                                 int size, bool rtl)
{
    if (piece->face == NO_FACE)
        return picture_of_box(arena, piece->code_point, size);
    TTF_Font *font = font_of(fonts, piece->face, size);
    if (!font)
        return (struct picture){0};
    return is_emoji(piece) ? picture_of_emoji(arena, font, piece->text, size)
                           : picture_of_text(arena, font, piece->text, rtl);
}

static uint32_t premultiplied(uint32_t pixel)
{
    uint32_t a = pixel >> 24, r = (pixel >> 16 & 255) * a / 255, g = (pixel >> 8 & 255) * a / 255,
             b = (pixel & 255) * a / 255;
    return a << 24 | r << 16 | g << 8 | b;
}

static void put_picture(struct canvas_mask *mask, const struct picture *picture)
{
    for (int y = 0; y < picture->height; y++) {
        for (int x = 0; x < picture->width; x++) {
            uint32_t pixel = picture->pixels[(size_t)y * (size_t)picture->stride + (size_t)x];
            uint8_t *to = mask->pixels + (size_t)(picture->y - mask->top + y) * (size_t)mask->stride;
            int at = picture->x - mask->left + x;
            if (mask->colour && pixel >> 24)
                ((uint32_t *)(void *)to)[at] = premultiplied(pixel);
            else if (!mask->colour && pixel >> 24 > to[at])
                to[at] = (uint8_t)(pixel >> 24);
        }
    }
}

static struct canvas_mask *assemble(const struct picture *pictures, size_t count, bool colour)
{
    int x0 = INT32_MAX, y0 = INT32_MAX, x1 = INT32_MIN, y1 = INT32_MIN;
    for (size_t i = 0; i < count; i++) {
        const struct picture *picture = &pictures[i];
        if (!picture->width)
            continue;
        x0 = SDL_min(x0, picture->x);
        y0 = SDL_min(y0, picture->y);
        x1 = SDL_max(x1, picture->x + picture->width);
        y1 = SDL_max(y1, picture->y + picture->height);
    }
    if (x0 > x1)
        return canvas_mask_new(0, 0, false);
    struct canvas_mask *mask = canvas_mask_new(x1 - x0, y1 - y0, colour);
    mask->left = x0;
    mask->top = y0;
    for (size_t i = 0; i < count; i++)
        put_picture(mask, &pictures[i]);
    canvas_mask_ready(mask);
    return mask;
}

static struct canvas_mask *run_mask(void *self, enum ui_face face, int size, struct str run, bool rtl)
{
    struct fonts *fonts = self;
    struct arena arena = {0};
    struct pieces pieces = {0};
    split(fonts, &arena, (int)face, size, run, &pieces);
    struct picture *pictures = arena_array(&arena, pieces.count, sizeof *pictures);
    bool colour = false;
    float pen = 0;
    for (size_t i = 0; i < pieces.count; i++) {
        size_t at =
            rtl ? pieces.count - 1 - i : i; /* the last piece of a right-to-left run stands leftmost */
        const struct piece *piece = &pieces.items[at];
        pictures[at] = picture_of(fonts, &arena, piece, size, rtl);
        pictures[at].x += (int)lroundf(pen);
        pen += piece_width(fonts, &arena, piece, size, rtl);
        colour = colour || is_emoji(piece);
    }
    struct canvas_mask *mask = assemble(pictures, pieces.count, colour);
    arena_finish(&arena);
    return mask;
}

static void face_metrics(void *self, enum ui_face face, int size, struct ui_font_metrics *ret)
{
    TTF_Font *font = font_of(self, (int)face, size);
    ret->ascent = font ? (float)TTF_FontAscent(font) : (float)size * 0.95f;
    ret->descent = font ? (float)-TTF_FontDescent(font) : (float)size * 0.25f;
}

static void face_describe(void *self, enum ui_face face, struct canvas_font *ret)
{
    const struct fonts *fonts = self;
    const struct face_wanted *wanted = &fonts->faces.items[face].wanted;
    ret->family = wanted->family;
    ret->weight = wanted->weight;
    ret->italic = wanted->italic;
}

/* ---- Life ---- */

static void set_study_faces(struct fonts *fonts)
{
    static const enum ui_face slots[] = {UI_FACE_STUDY, UI_FACE_STUDY_ITALIC, UI_FACE_STUDY_BOLD,
                                         UI_FACE_STUDY_BOLD_ITALIC};
    for (int i = 0; i < 4; i++) {
        struct face *face = &fonts->faces.items[slots[i]];
        face_forget(face);
        *face = (struct face){.wanted = families[fonts->study].faces[i]};
    }
}

struct fonts *fonts_open(void)
{
    TTF_Init();
    struct fonts *fonts = memory_alloc(sizeof *fonts);
    *fonts = (struct fonts){0};
    for (int i = 0; i < UI_FACE_COUNT + FALLBACK_COUNT; i++)
        list_push(&fonts->arena, &fonts->faces, (struct face){0});
    for (int i = 0; i < UI_FACE_COUNT; i++)
        if (i < (int)(sizeof interface_faces / sizeof *interface_faces))
            fonts->faces.items[i].wanted = interface_faces[i];
    for (int i = 0; i < FALLBACK_COUNT; i++)
        fonts->faces.items[UI_FACE_COUNT + i].wanted = fallbacks[i];
    set_study_faces(fonts);
    fonts->table = (struct ui_fonts){.self = fonts,
                                     .metrics = face_metrics,
                                     .width = run_width,
                                     .mask = run_mask,
                                     .describe = face_describe,
                                     .generation = 1};
    return fonts;
}

void fonts_close(struct fonts *fonts)
{
    if (!fonts)
        return;
    list_each (struct face, face, &fonts->faces)
        face_forget(face);
    arena_finish(&fonts->arena);
    free(fonts);
    TTF_Quit();
}

const struct ui_fonts *fonts_table(struct fonts *fonts)
{
    return &fonts->table;
}

bool fonts_set_study(struct fonts *fonts, struct str family)
{
    int chosen = 0;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (str_equal(family, str_from(families[i].name)))
            chosen = (int)i;
    if (chosen == fonts->study)
        return false;
    fonts->study = chosen;
    set_study_faces(fonts);
    fonts->table.generation++;
    return true;
}
