#include "base/arena.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "text/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* What one code point becomes is at most this many UTF-16 units (U+FDFA, a whole phrase, gives 18). */
enum { EXPANSION_MAX = 32 };

/* Bytes in an arena that become a str at the end. */
struct output {
    struct arena *arena;
    char *bytes;
    size_t len, capacity;
};

static void output_reserve(struct output *out, size_t more)
{
    if (out->len + more < out->capacity)
        return;
    size_t capacity = 2 * out->capacity + more;
    char *grown = arena_alloc(out->arena, capacity);
    if (out->len)
        memcpy(grown, out->bytes, out->len);
    out->bytes = grown;
    out->capacity = capacity;
}

static void output_add(struct output *out, uint32_t c)
{
    output_reserve(out, 5);
    out->len += utf8_encode(c, out->bytes + out->len);
}

static struct str output_finish(struct output *out)
{
    output_reserve(out, 1);
    out->bytes[out->len] = '\0';
    return (struct str){out->bytes, out->len};
}

static struct output output_start(struct arena *arena, size_t expected)
{
    return (struct output){
        .arena = arena, .bytes = arena_alloc(arena, expected + 8), .capacity = expected + 8};
}

/* NFC and NFD are always there: ICU has their data built in. */
static const UNormalizer2 *normalizer(const UNormalizer2 *(*get)(UErrorCode *))
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *found = get(&status);
    assert(U_SUCCESS(status));
    return found;
}

bool text_joins(uint32_t c)
{
    return c >= 0x300 && (u_getCombiningClass((UChar32)c) ||
                          u_getIntPropertyValue((UChar32)c, UCHAR_NFC_QUICK_CHECK) == UNORM_MAYBE);
}

/* On the heap, because it is dropped at once. */
static UChar *to_utf16(struct str s, int32_t *ret_len)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar *wide = memory_alloc((s.len + 1) * sizeof *wide);
    u_strFromUTF8WithSub(wide, (int32_t)s.len + 1, ret_len, s.ptr, (int32_t)s.len, 0xFFFD, NULL, &status);
    assert(U_SUCCESS(status));
    return wide;
}

static bool is_normalized(struct str s)
{
    int32_t len = 0;
    UChar *wide = to_utf16(s, &len);
    UErrorCode status = U_ZERO_ERROR;
    bool normalized = unorm2_isNormalized(normalizer(unorm2_getNFCInstance), wide, len, &status);
    free(wide);
    return normalized;
}

bool text_is_nfc(struct str s)
{
    uint8_t class_before = 0;
    for (size_t at = 0; at < s.len;) {
        UChar32 c = (UChar32)utf8_next(s, &at);
        if (c < 0x300) { /* nothing below combines */
            class_before = 0;
            continue;
        }
        uint8_t class_here = u_getCombiningClass(c);
        int32_t quick = u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK);
        if (quick == UNORM_NO || (class_here && class_here < class_before))
            return false;
        if (quick == UNORM_MAYBE)
            return is_normalized(s);
        class_before = class_here;
    }
    return true;
}

static struct str from_utf16(struct arena *arena, const UChar *wide, int32_t len)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t capacity = 3 * len + 1, count = 0;
    char *bytes = arena_alloc(arena, (size_t)capacity);
    u_strToUTF8(bytes, capacity, &count, wide, len, &status);
    assert(U_SUCCESS(status));
    return (struct str){bytes, (size_t)count};
}

struct str text_nfc(struct arena *arena, struct str s)
{
    if (text_is_nfc(s))
        return s;
    int32_t len = 0;
    UChar *wide = to_utf16(s, &len);
    UErrorCode status = U_ZERO_ERROR;
    int32_t capacity = 3 * len + 1; /* no code point grows more than that under NFC */
    UChar *composed = memory_alloc((size_t)capacity * sizeof *composed);
    int32_t count =
        unorm2_normalize(normalizer(unorm2_getNFCInstance), wide, len, composed, capacity, &status);
    assert(U_SUCCESS(status));
    struct str result = from_utf16(arena, composed, count);
    free(composed);
    free(wide);
    return result;
}

typedef int32_t case_mapping(UChar *, int32_t, const UChar *, int32_t, UErrorCode *);

static int32_t fold_case(UChar *ret, int32_t capacity, const UChar *source, int32_t len, UErrorCode *status)
{
    return u_strFoldCase(ret, capacity, source, len, U_FOLD_CASE_DEFAULT, status);
}

static int32_t to_lower(UChar *ret, int32_t capacity, const UChar *source, int32_t len, UErrorCode *status)
{
    return u_strToLower(ret, capacity, source, len, "", status);
}

static int32_t to_upper(UChar *ret, int32_t capacity, const UChar *source, int32_t len, UErrorCode *status)
{
    return u_strToUpper(ret, capacity, source, len, "", status);
}

static void add_folded(struct output *out, UChar32 c, bool drop_joiners)
{
    if (c < 0x80 && c != '-' && c != ' ') {
        output_add(out, (uint32_t)c);
        return;
    }
    if (text_is_mark((uint32_t)c) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
        return;
    bool joiner = text_is_blank((uint32_t)c) || u_charType(c) == U_DASH_PUNCTUATION || c == 0x2212;
    if (!joiner || !drop_joiners)
        output_add(out, (uint32_t)c);
}

/* Letters, their decomposition and their case folding feed each other: ϓ decomposes to what folds again. */
static void fold_char(struct output *out, UChar32 c, bool drop_joiners)
{
    UChar parts[EXPANSION_MAX], folded[EXPANSION_MAX];
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfkd = normalizer(unorm2_getNFKDInstance);
    int32_t part_len = unorm2_getDecomposition(nfkd, c, parts, EXPANSION_MAX, &status);
    if (part_len < 0) {
        part_len = 0;
        U16_APPEND_UNSAFE(parts, part_len, c);
    }
    if (parts[0] < 0x80 && part_len == 2 && text_is_mark(parts[1])) { /* a Latin letter with its accent */
        add_folded(out, u_tolower(parts[0]), drop_joiners);
        return;
    }
    int32_t folded_len = fold_case(folded, EXPANSION_MAX, parts, part_len, &status);
    part_len = unorm2_normalize(nfkd, folded, folded_len, parts, EXPANSION_MAX, &status);
    assert(U_SUCCESS(status));
    for (int32_t i = 0; i < part_len;) {
        UChar32 part;
        U16_NEXT_UNSAFE(parts, i, part);
        add_folded(out, part, drop_joiners);
    }
}

static struct str fold(struct arena *arena, struct str s, bool drop_joiners)
{
    struct output out = output_start(arena, s.len);
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        if (c == UTF8_BAD)
            c = 0xFFFD;
        if (c >= 0x80)
            fold_char(&out, (UChar32)c, drop_joiners);
        else if (!drop_joiners || !(c == '-' || text_is_blank(c)))
            output_add(&out, c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
    }
    return output_finish(&out);
}

struct str text_fold(struct arena *arena, struct str s)
{
    return fold(arena, s, false);
}

struct str text_fold_key(struct arena *arena, struct str s)
{
    return fold(arena, s, true);
}

static struct str map_case(struct arena *arena, struct str s, case_mapping *map)
{
    int32_t len = 0;
    UChar *wide = to_utf16(s, &len);
    UErrorCode status = U_ZERO_ERROR;
    int32_t capacity = 3 * len + 1; /* ΐ in upper case is three, the most there is */
    UChar *mapped = memory_alloc((size_t)capacity * sizeof *mapped);
    int32_t count = map(mapped, capacity, wide, len, &status);
    assert(U_SUCCESS(status));
    struct str result = from_utf16(arena, mapped, count);
    free(mapped);
    free(wide);
    return result;
}

/* Below this, case changes letter by letter, but for ß. */
enum { PLAIN_CASE = 0x130 };

static bool is_plain(struct str s)
{
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        if (c >= PLAIN_CASE || c == 0xDF)
            return false;
    }
    return true;
}

static struct str map_plain(struct arena *arena, struct str s, uint32_t (*map)(uint32_t c))
{
    struct output out = output_start(arena, s.len);
    for (size_t at = 0; at < s.len;)
        output_add(&out, map(utf8_next(s, &at)));
    return output_finish(&out);
}

struct str text_lower(struct arena *arena, struct str s)
{
    if (is_plain(s))
        return map_plain(arena, s, text_to_lower);
    return map_case(arena, s, to_lower);
}

struct str text_upper(struct arena *arena, struct str s)
{
    if (is_plain(s))
        return map_plain(arena, s, text_to_upper);
    return map_case(arena, s, to_upper);
}

struct str text_capitalise(struct arena *arena, struct str s)
{
    for (size_t at = 0; at < s.len;) {
        size_t start = at;
        uint32_t c = utf8_next(s, &at);
        if (!text_is_letter(c))
            continue;
        if (!text_is_lower(c))
            return s;
        struct output out = output_start(arena, s.len);
        output_reserve(&out, s.len + 8);
        memcpy(out.bytes, s.ptr, start);
        out.len = start;
        output_add(&out, (uint32_t)u_totitle((UChar32)c));
        memcpy(out.bytes + out.len, s.ptr + at, s.len - at);
        out.len += s.len - at;
        return output_finish(&out);
    }
    return s;
}
