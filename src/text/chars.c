#include "base/utf8.h"
#include "text/text.h"

#include <unicode/uchar.h>

static bool is_of(uint32_t c, uint32_t categories)
{
    return U_MASK(u_charType((UChar32)c)) & categories;
}

bool text_is_letter_beyond(uint32_t c)
{
    return is_of(c, U_GC_L_MASK);
}

bool text_is_upper_beyond(uint32_t c)
{
    return is_of(c, U_GC_LU_MASK | U_GC_LT_MASK);
}

bool text_is_lower_beyond(uint32_t c)
{
    return is_of(c, U_GC_LL_MASK);
}

bool text_is_digit_beyond(uint32_t c)
{
    return is_of(c, U_GC_ND_MASK);
}

bool text_is_mark_beyond(uint32_t c)
{
    return is_of(c, U_GC_M_MASK);
}

bool text_is_blank_beyond(uint32_t c)
{
    return c == 0x85 || is_of(c, U_GC_Z_MASK);
}

uint32_t text_to_lower(uint32_t c)
{
    return (uint32_t)u_tolower((UChar32)c);
}

uint32_t text_to_upper(uint32_t c)
{
    return (uint32_t)u_toupper((UChar32)c);
}

struct str text_trim(struct str s)
{
    size_t start = 0, end = s.len;
    for (size_t at = start; at < end && text_is_blank(utf8_next(s, &at));)
        start = at;
    for (size_t at = end; at > start && text_is_blank(utf8_previous(s, &at));)
        end = at;
    return str_slice(s, start, end);
}
