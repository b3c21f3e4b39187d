/* Templates: the first line is one, the others are fields; what they show lies in the output, in order. */
#include "fuzz.h"
#include "parcel_check.h"

#include "base/arena.h"
#include "exchange/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct str rest = {(const char *)bytes, size}, source, value;
    struct str names[] = {STR("Front"), STR("Back"), STR("Text"), STR("A b")}, values[4] = {{0}};
    const struct str_list name_list = {names, 4, 4}, value_list = {values, 4, 4};
    struct arena arena = {0};
    if (utf8_find_bad(rest) != SIZE_MAX || !str_split(&rest, '\n', &source))
        return 0;
    for (int i = 0; i < 4 && str_split(&rest, '\n', &value); i++)
        values[i] = value;
    for (int back = 0; back < 2; back++) {
        const struct template_input input = {
            .names = &name_list, .values = &value_list, .front = STR("front"), .number = 1, .back = back};
        struct template_output out = template_render(&arena, source, &input);
        must_be_text(out.html);
        for (size_t i = 0; i < out.uses.count; i++)
            must(out.uses.items[i].field < 4 && out.uses.items[i].span.end <= out.html.len &&
                 out.uses.items[i].span.start <= out.uses.items[i].span.end);
    }
    template_cloze_fields(source, &name_list);
    arena_finish(&arena);
    return 0;
}
