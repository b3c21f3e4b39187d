/* Any text as a table of notes: whatever comes out of it is whole. */
#include "fuzz.h"
#include "parcel_check.h"

#include "base/arena.h"
#include "exchange/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct parcel_check check = {0};
    struct parcel_sink sink = parcel_check_sink(&check);
    struct read_options options = {.format = FORMAT_TEXT, .deck = STR("deck")};
    struct read_report report;
    struct arena arena = {0};
    struct error e = {0};
    if (!parcel_read_text(&arena, (struct str){(const char *)bytes, size}, &options, &sink, &report, &e))
        must(e.text[0] != 0);
    arena_finish(&arena);
    return 0;
}
