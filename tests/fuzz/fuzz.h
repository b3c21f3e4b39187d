/* A fuzz target is one file with this function; see tests/fuzz/meson.build. */
#ifndef REPASO_TESTS_FUZZ_FUZZ_H
#define REPASO_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Returns 0; aborts when something that must hold does not. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#endif
