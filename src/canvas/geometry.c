#include "canvas/canvas.h"

#include <math.h>

bool rect_empty(struct rect r)
{
    return !(r.w > 0 && r.h > 0);
}

bool rect_has(struct rect r, float x, float y)
{
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

struct rect rect_intersect(struct rect a, struct rect b)
{
    float x0 = fmaxf(a.x, b.x), y0 = fmaxf(a.y, b.y);
    float x1 = fminf(a.x + a.w, b.x + b.w), y1 = fminf(a.y + a.h, b.y + b.h);
    if (x1 <= x0 || y1 <= y0)
        return (struct rect){x0, y0, 0, 0};
    return (struct rect){x0, y0, x1 - x0, y1 - y0};
}

struct rect rect_union(struct rect a, struct rect b)
{
    if (rect_empty(a))
        return b;
    if (rect_empty(b))
        return a;
    float x0 = fminf(a.x, b.x), y0 = fminf(a.y, b.y);
    float x1 = fmaxf(a.x + a.w, b.x + b.w), y1 = fmaxf(a.y + a.h, b.y + b.h);
    return (struct rect){x0, y0, x1 - x0, y1 - y0};
}

struct rect rect_grow(struct rect r, float by)
{
    return (struct rect){r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by};
}

uint32_t color_fade(uint32_t color, float alpha)
{
    uint32_t a = (uint32_t)lrintf((float)(color >> 24) * fminf(fmaxf(alpha, 0), 1));
    return (color & 0xffffff) | a << 24;
}

uint32_t color_mix(uint32_t a, uint32_t b, float t)
{
    uint32_t mixed = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        float from = (float)(a >> shift & 0xff), to = (float)(b >> shift & 0xff);
        mixed |= (uint32_t)lrintf(from + (to - from) * fminf(fmaxf(t, 0), 1)) << shift;
    }
    return mixed;
}
