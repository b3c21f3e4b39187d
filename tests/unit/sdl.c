#include "test.h"

#include "base/arena.h"
#include "base/file.h"
#include "canvas/canvas.h"
#include "sdl/pictures.h"

#include <string.h>

static const char *folder; /* of the sample decks */

static void a_picture_is_decoded_as_large_as_it_is(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct error e = {0};
    struct str bytes;
    struct str path = path_join(&arena, str_from(folder), STR("luna-fases.png"));
    assert_true(file_read(&arena, path.ptr, 1 << 20, &bytes, &e));
    struct canvas_image *image = picture_decode(bytes, &e);
    if (!image && e.kind == ERROR_NOT_FOUND) /* SDL2_image is not installed */
        skip();
    assert_non_null(image);
    assert_true(canvas_image_width(image) > 100 && canvas_image_height(image) > 10);
    canvas_image_free(image);
    arena_finish(&arena);
}

static void what_is_no_picture_says_so(void **state)
{
    (void)state;
    static const unsigned char many[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\6\0\0\0";
    const struct str rows[] = {
        {"", 0},
        STR("no picture at all, but longer than any head"),
        STR("\x89PNG\r\n\x1a\n and then nothing that could be one"),
        {(const char *)many, sizeof many - 1}, /* 65,536 by 65,536 */
        STR("\xFF\xD8\xFF\xE0\0\4\0\0 and so on and so on and so on"),
        STR("RIFF    WEBPVP8 and so on and so on and so on"),
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error e = {0};
        assert_null(picture_decode(rows[i], &e));
        if (e.kind == ERROR_NOT_FOUND)
            skip();
        assert_true(e.kind == ERROR_SYNTAX || e.kind == ERROR_LIMIT);
        assert_true(strlen(e.text) > 10);
    }
}

int main(int argc, char **argv)
{
    folder = argc > 1 ? argv[1] : "decks";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_is_decoded_as_large_as_it_is),
        cmocka_unit_test(what_is_no_picture_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
