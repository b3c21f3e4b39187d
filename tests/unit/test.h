/* cmocka with the headers it wants before itself. */
#ifndef REPASO_TESTS_TEST_H
#define REPASO_TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* This order is cmocka's. */
#include <cmocka.h>

/* cmocka's fail() takes no words; ours does. */
#undef fail
/* fail_msg stands on it. */
#undef fail_msg
#define fail_msg(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#include "base/str.h"

/* Fails with both texts shown. */
#define assert_str(actual, expected) assert_str_at((actual), (expected), __FILE__, __LINE__)

static inline void assert_str_at(struct str actual, const char *expected, const char *file, int line)
{
    if (!str_equal(actual, str_from(expected))) {
        print_error("\"%.*s\" != \"%s\"\n", STR_ARG(actual), expected);
        _fail(file, line);
    }
}

#endif
