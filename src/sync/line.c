#include "sync/line.h"

#include "sync/crc.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char magic[] = "repaso-log 1 ";
enum { IDENTITY = 26, CHECKSUM = 8 };

void line_add_header(struct buffer *buffer, struct str device, struct str person)
{
    buffer_format(buffer, "%s%.*s %.*s\n", magic, STR_ARG(device), STR_ARG(person));
}

void line_add(struct buffer *buffer, const struct carried *event)
{
    size_t start = buffer->len;
    buffer_format(buffer, "%" PRId64 "\t%" PRId64 "\t%d\t%.*s\t%.*s\t%" PRId64 "\t%d\t", event->seq,
                  event->hlc, event->kind, STR_ARG(event->deck), STR_ARG(event->card), event->at_ms,
                  event->tz_min);
    buffer_add(buffer, event->body);
    struct str all = buffer_str(buffer);
    buffer_format(buffer, "\t%08x\n", crc32c(str_slice(all, start, all.len)));
}

bool line_read_header(struct str line, struct str *ret_device, struct str *ret_person)
{
    struct str head = str_from(magic);
    if (!str_starts(line, head) || line.len < head.len + IDENTITY + 2 || line.ptr[head.len + IDENTITY] != ' ')
        return false;
    *ret_device = str_slice(line, head.len, head.len + IDENTITY);
    *ret_person = str_slice(line, head.len + IDENTITY + 1, line.len);
    return ret_person->len < 64;
}

static bool read_number(struct str *rest, int64_t least, int64_t most, int64_t *ret)
{
    struct str field;
    long number;
    if (!str_split(rest, '\t', &field) || !str_to_long(field, &number) || number < least || number > most)
        return false;
    *ret = number;
    return true;
}

static bool checksum_fits(struct str line)
{
    if (line.len <= CHECKSUM + 1 || line.ptr[line.len - CHECKSUM - 1] != '\t')
        return false;
    char digits[CHECKSUM + 1] = {0}, *end;
    memcpy(digits, line.ptr + line.len - CHECKSUM, CHECKSUM);
    unsigned long sum = strtoul(digits, &end, 16);
    return *end == 0 && sum == crc32c(str_slice(line, 0, line.len - CHECKSUM - 1));
}

bool line_read(struct str line, struct carried *ret)
{
    if (!checksum_fits(line))
        return false;
    struct str rest = str_slice(line, 0, line.len - CHECKSUM - 1);
    struct carried event = {0};
    int64_t kind, zone;
    if (!read_number(&rest, 1, INT64_MAX, &event.seq) || !read_number(&rest, 1, INT64_MAX, &event.hlc) ||
        !read_number(&rest, 1, 1000000, &kind) || !str_split(&rest, '\t', &event.deck) ||
        !str_split(&rest, '\t', &event.card) || !read_number(&rest, INT64_MIN, INT64_MAX, &event.at_ms) ||
        !read_number(&rest, -1440, 1440, &zone) || !str_split(&rest, '\t', &event.body) || rest.ptr)
        return false;
    event.kind = (int)kind;
    event.tz_min = (int)zone;
    *ret = event;
    return true;
}
