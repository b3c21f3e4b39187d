#include "test.h"

#include "canvas/canvas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WHITE = 0xffffff, BLACK = 0 };

static uint32_t pixel(struct canvas *canvas, int x, int y)
{
    int stride;
    const uint32_t *pixels = canvas_pixels(canvas, &stride);
    return pixels[y * (stride / 4) + x] & 0xffffff;
}

static struct canvas *blank(float scale)
{
    struct canvas *canvas = canvas_new(100, 60, scale);
    canvas_clear(canvas, 0xffffffff);
    return canvas;
}

static void rectangles_meet(void **state)
{
    (void)state;
    struct rect a = {0, 0, 10, 10}, b = {5, 5, 10, 10}, far = {50, 50, 1, 1};
    assert_true(rect_intersect(a, b).w == 5 && rect_intersect(a, b).x == 5);
    assert_true(rect_empty(rect_intersect(a, far)));
    assert_true(rect_union(a, b).w == 15);
    assert_true(rect_union((struct rect){0, 0, 0, 0}, far).x == 50);
    assert_true(rect_has(a, 9.5F, 0) && !rect_has(a, 10, 0));
    assert_true(rect_grow(a, 2).x == -2 && rect_grow(a, 2).w == 14);
}

static void colours_fade_and_mix(void **state)
{
    (void)state;
    assert_int_equal(color_fade(0xff102030, 0.5F), 0x80102030);
    assert_int_equal(color_mix(0xff000000, 0xffffffff, 1), 0xffffffff);
    assert_int_equal(color_mix(0xff000000, 0xff0000ff, 0.5F), 0xff000080);
}

static void a_fill_snaps_to_whole_pixels(void **state)
{
    (void)state;
    struct canvas *canvas = blank(1.25F);
    canvas_fill(canvas, (struct rect){8.1F, 8.1F, 8, 8}, 0xff000000); /* 10.1…20.1 px */
    assert_int_equal(pixel(canvas, 9, 12), WHITE);
    assert_int_equal(pixel(canvas, 10, 12), BLACK);
    assert_int_equal(pixel(canvas, 19, 12), BLACK);
    assert_int_equal(pixel(canvas, 20, 12), WHITE);
    canvas_close(canvas, NULL);
}

static void a_border_lies_inside_and_is_never_thinner_than_a_pixel(void **state)
{
    (void)state;
    struct canvas *canvas = blank(0.75F);
    canvas_border(canvas, (struct rect){0, 0, 40, 40}, 0, 0.5F, 0xff000000);
    assert_int_equal(pixel(canvas, 0, 15), BLACK);
    assert_int_equal(pixel(canvas, 29, 15), BLACK);
    assert_int_equal(pixel(canvas, 1, 15), WHITE);
    assert_int_equal(pixel(canvas, 30, 15), WHITE);
    canvas_close(canvas, NULL);
}

static void corners_are_round(void **state)
{
    (void)state;
    struct canvas *canvas = blank(1);
    canvas_fill_rounded(canvas, (struct rect){0, 0, 40, 40}, 999, 0xff000000);
    assert_int_equal(pixel(canvas, 0, 0), WHITE);
    assert_int_equal(pixel(canvas, 20, 1), BLACK);
    assert_int_equal(pixel(canvas, 20, 20), BLACK);
    canvas_close(canvas, NULL);
}

static void clips_nest(void **state)
{
    (void)state;
    struct canvas *canvas = blank(1);
    canvas_clip(canvas, (struct rect){0, 0, 20, 60});
    canvas_clip(canvas, (struct rect){10, 0, 60, 60});
    canvas_fill(canvas, (struct rect){0, 0, 100, 60}, 0xff000000);
    canvas_unclip(canvas);
    canvas_unclip(canvas);
    assert_int_equal(pixel(canvas, 9, 5), WHITE);
    assert_int_equal(pixel(canvas, 10, 5), BLACK);
    assert_int_equal(pixel(canvas, 20, 5), WHITE);
    canvas_fill(canvas, (struct rect){50, 0, 1, 1}, 0xff000000);
    assert_int_equal(pixel(canvas, 50, 0), BLACK);
    canvas_close(canvas, NULL);
}

static void a_shadow_is_dark_below_and_fades(void **state)
{
    (void)state;
    struct canvas *canvas = blank(1);
    canvas_shadow(canvas, (struct rect){20, 10, 60, 30}, 8, 10, 4, 0x80000000);
    int near = (int)(pixel(canvas, 50, 44) & 0xff), far = (int)(pixel(canvas, 50, 52) & 0xff);
    assert_true(near < far && far < 256 && near < 250);
    assert_int_equal(pixel(canvas, 2, 2), WHITE);
    canvas_close(canvas, NULL);
}

static void a_mask_takes_any_colour(void **state)
{
    (void)state;
    struct canvas *canvas = blank(2);
    struct canvas_mask *mask = canvas_mask_new(3, 2, false);
    for (int y = 0; y < 2; y++)
        memset(mask->pixels + y * mask->stride, 255, 3);
    mask->left = 1;
    mask->top = -2;
    canvas_mask_ready(mask);
    canvas_mask_paint(canvas, mask, 5, 5, 0xffb3261e);
    assert_int_equal(pixel(canvas, 11, 8), 0xb3261e);
    assert_int_equal(pixel(canvas, 13, 9), 0xb3261e);
    assert_int_equal(pixel(canvas, 10, 8), WHITE);
    assert_int_equal(pixel(canvas, 11, 10), WHITE);
    canvas_mask_free(mask);
    mask = canvas_mask_new(0, 9, false);
    canvas_mask_paint(canvas, mask, 0, 0, 0xff000000);
    canvas_mask_free(mask);
    canvas_close(canvas, NULL);
}

static void a_png_comes_back_as_it_went(void **state)
{
    (void)state;
    struct canvas *canvas = blank(1), *copy = NULL;
    struct error e = {0};
    char path[] = "/tmp/repaso-canvas-XXXXXX";
    close(mkstemp(path));
    canvas_fill_rounded(canvas, (struct rect){5, 5, 50, 40}, 9, 0xff2456c7);
    assert_true(canvas_write_png(canvas, path, &e));
    assert_true(canvas_read_png(path, &copy, &e));
    assert_true(canvas_difference(canvas, copy, 0) == 0);
    canvas_fill(copy, (struct rect){0, 0, 10, 6}, 0xff000000);
    double difference = canvas_difference(canvas, copy, 8);
    assert_true(difference > 0.009 && difference <= 0.0101);
    unlink(path);
    canvas_close(copy, NULL);
    canvas_close(canvas, NULL);
}

static void a_file_that_cannot_be_says_why(void **state)
{
    (void)state;
    struct error e = {0};
    struct canvas *canvas = NULL;
    assert_false(canvas_read_png("/nowhere/at-all.png", &canvas, &e));
    assert_int_equal(e.kind, ERROR_NOT_FOUND);
    assert_string_equal(e.file, "/nowhere/at-all.png");
    assert_null(canvas_pdf("/nowhere/at-all.pdf", 100, 100, &e));
    assert_int_equal(e.kind, ERROR_IO);
    assert_true(canvas_close(NULL, NULL));
}

static void shapes_go_to_paper(void **state)
{
    (void)state;
    struct error e = {0};
    char path[] = "/tmp/repaso-canvas-XXXXXX";
    close(mkstemp(path));
    struct canvas *canvas = canvas_svg(path, 200, 100, &e);
    assert_non_null(canvas);
    assert_true(canvas_is_paper(canvas));
    canvas_fill_rounded(canvas, (struct rect){5, 5, 50, 40}, 9, 0xff2456c7);
    assert_true(canvas_close(canvas, &e));
    FILE *file = fopen(path, "r");
    char start[200] = "";
    assert_non_null(fgets(start, sizeof start, file));
    assert_non_null(strstr(start, "<?xml"));
    fclose(file);
    unlink(path);
}

static void a_large_picture_is_made_small_and_follows_its_pixels(void **state)
{
    (void)state;
    struct canvas *canvas = blank(1);
    struct canvas_image *image = canvas_image_new(400, 200);
    for (int round = 0; round < 2; round++) {
        int stride;
        uint32_t *pixels = canvas_image_pixels(image, &stride), color = round ? 0xff102030 : 0xffb3261e;
        for (int i = 0; i < 200 * stride / 4; i++)
            pixels[i] = color;
        canvas_image_ready(image);
        for (int i = 0; i < 2; i++) {
            canvas_image_paint(canvas, image, (struct rect){10, 10, 40, 20}, 1);
            assert_int_equal(pixel(canvas, 10, 10), color & 0xffffff);
            assert_int_equal(pixel(canvas, 49, 29), color & 0xffffff);
            assert_int_equal(pixel(canvas, 50, 30), WHITE);
        }
    }
    canvas_image_free(image);
    canvas_close(canvas, NULL);
}

static void odd_sizes_do_no_harm(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_new(-5, 0, 0);
    assert_int_equal(canvas_width(canvas), 1);
    canvas_fill(canvas, (struct rect){0, 0, -3, 5}, 0xff000000);
    canvas_fill_rounded(canvas, (struct rect){0, 0, 0, 0}, 5, 0xff000000);
    canvas_border(canvas, (struct rect){0, 0, 1, 1}, 5, 3, 0xff000000);
    canvas_shadow(canvas, (struct rect){0, 0, 2, 2}, 50, 30, 3, 0xff000000);
    canvas_clip(canvas, (struct rect){0, 0, -1, -1});
    canvas_unclip(canvas);
    canvas_close(canvas, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rectangles_meet),
        cmocka_unit_test(colours_fade_and_mix),
        cmocka_unit_test(a_fill_snaps_to_whole_pixels),
        cmocka_unit_test(a_border_lies_inside_and_is_never_thinner_than_a_pixel),
        cmocka_unit_test(corners_are_round),
        cmocka_unit_test(clips_nest),
        cmocka_unit_test(a_shadow_is_dark_below_and_fades),
        cmocka_unit_test(a_mask_takes_any_colour),
        cmocka_unit_test(a_png_comes_back_as_it_went),
        cmocka_unit_test(a_file_that_cannot_be_says_why),
        cmocka_unit_test(shapes_go_to_paper),
        cmocka_unit_test(a_large_picture_is_made_small_and_follows_its_pixels),
        cmocka_unit_test(odd_sizes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
