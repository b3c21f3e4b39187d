/* Anki packages, read as the child process reads them: whatever comes out is whole. */
#include "fuzz.h"
#include "parcel_check.h"

#include "base/arena.h"
#include "exchange/anki.h"

#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct parcel_check check = {0};
    struct parcel_sink sink = parcel_check_sink(&check);
    struct read_options options = {.now_ms = INT64_C(1800000000000)};
    struct read_report report;
    struct arena arena = {0};
    struct error e = {0};
    int file = memfd_create("package", MFD_CLOEXEC), scratch = memfd_create("scratch", MFD_CLOEXEC);
    if (file < 0 || scratch < 0 || write(file, bytes, size) != (ssize_t)size)
        return 0;
    if (!anki_read(&arena, file, scratch, &options, &sink, &report, &e))
        must(e.text[0] != 0);
    close(scratch);
    arena_finish(&arena);
    return 0;
}
