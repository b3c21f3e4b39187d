/* Pictures and sounds of a package: a list that maps members to names, and the members. */
#include "base/buffer.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/translate.h"
#include "exchange/anki_inside.h"
#include "exchange/media.h"
#include "exchange/protobuf.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAP_SIZE ((size_t)16 << 20)

/* One line of the list. */
struct listed {
    struct str name;
    char member[24];
    bool unsafe;  /* the name is no text */
    bool checked; /* the list knows size and hash */
    uint64_t size;
    struct str sha1;
};

struct listing {
    struct listed *items;
    size_t count, capacity;
};

/* {"0": "name.png", …}: numbers may have gaps and come in any order. False: no such list. */
static bool list_old(struct anki *a, struct str json, struct listing *ret)
{
    bool bad = false;
    struct error e;
    struct sqlite3_stmt *rows = foreign_json(a->db, "SELECT key, value, type = 'text' FROM json_each(?1)");
    foreign_bind(rows, json);
    while (foreign_step(rows, NULL, &e)) {
        struct listed line = {0};
        line.name = foreign_text(&a->scratch, rows, 1, &line.unsafe);
        struct str member = foreign_text(&a->scratch, rows, 0, &bad);
        snprintf(line.member, sizeof line.member, "%.*s", STR_ARG(member));
        if (foreign_int(rows, 2, 0, 1, &bad))
            list_push(&a->scratch, ret, line);
        else
            anki_notice(a, NOTICE_BAD_MEDIUM, member);
    }
    foreign_done(rows);
    return e.kind == ERROR_NONE;
}

/* Repeated messages of name, size and SHA-1; the member is the place in the list. */
static bool list_new(struct anki *a, struct str bytes, struct listing *ret)
{
    struct protobuf walk = {.message = bytes};
    struct protobuf_field entry, field;
    while (protobuf_next(&walk, &entry)) {
        struct listed line = {.checked = true};
        struct protobuf inner = {.message = entry.bytes};
        if (entry.number != 1)
            continue;
        snprintf(line.member, sizeof line.member, "%zu", ret->count);
        while (protobuf_next(&inner, &field)) {
            if (field.number == 1)
                line.name = foreign_clean(&a->scratch, field.bytes, &line.unsafe);
            else if (field.number == 2)
                line.size = field.value;
            else if (field.number == 3)
                line.sha1 = str_copy(&a->scratch, field.bytes);
            else if (field.number == 255)
                snprintf(line.member, sizeof line.member, "%llu", (unsigned long long)field.value);
        }
        if (inner.bad)
            return false;
        list_push(&a->scratch, ret, line);
    }
    return !walk.bad;
}

static bool read_list(struct anki *a, struct listing *ret)
{
    struct buffer bytes = {0};
    struct error e;
    bool modern = archive_find(a->archive, "collection.anki21b") >= 0 && a->modern;
    int64_t member = archive_find(a->archive, "media");
    if (member < 0) /* old AnkiDroid */
        return true;
    const struct archive_target target = {.buffer = &bytes, .limit = MAP_SIZE, .zstd = modern};
    bool ok = archive_read(a->archive, member, &target, &e) &&
              (modern ? list_new(a, buffer_str(&bytes), ret) : list_old(a, buffer_str(&bytes), ret));
    buffer_finish(&bytes);
    return ok;
}

static bool is_as_listed(const struct listed *line, struct str bytes)
{
    uint8_t sha1[20];
    if (!line->checked)
        return true;
    sha1_of(bytes, sha1);
    return line->size == bytes.len && line->sha1.len == 20 && memcmp(sha1, line->sha1.ptr, 20) == 0;
}

static bool give_medium(struct anki *a, const struct listed *line, struct str bytes)
{
    struct anki_medium medium = {.name = text_nfc(&a->scratch, line->name), .index = a->media.count};
    sha256_hex(bytes, medium.sha256);
    struct parcel_medium given = {.name = line->name, .mime = medium_mime(bytes), .size = bytes.len};
    memcpy(given.sha256, medium.sha256, sizeof given.sha256);
    if (a->sink->wants_bytes)
        given.bytes = bytes;
    if (str_equal(given.mime, STR("application/octet-stream")))
        anki_notice(a, NOTICE_OTHER_MEDIUM, line->name);
    list_push(&a->scratch, &a->media, medium);
    return sink_medium(a->sink, &given, a->e);
}

static bool read_medium(struct anki *a, const struct listed *line, struct buffer *bytes, size_t *total)
{
    struct error e;
    bool modern = line->checked;
    int64_t member = archive_find(a->archive, line->member);
    if (line->unsafe || !medium_name_is_safe(line->name)) {
        anki_notice(a, NOTICE_UNSAFE_NAME, line->name);
        return true;
    }
    if (member < 0) {
        anki_notice(a, NOTICE_NO_MEDIUM, line->name);
        return true;
    }
    buffer_clear(bytes);
    const struct archive_target target = {.buffer = bytes, .limit = MEDIUM_SIZE, .zstd = modern};
    if (!archive_read(a->archive, member, &target, &e) || !is_as_listed(line, buffer_str(bytes)) ||
        medium_is_huge(buffer_str(bytes))) {
        anki_notice(a, NOTICE_BAD_MEDIUM, line->name);
        return true;
    }
    *total += bytes->len;
    if (*total > MEDIA_SIZE)
        return fail(a->e, ERROR_LIMIT,
                    _("the pictures and sounds of this package are larger than %zu gigabytes"),
                    MEDIA_SIZE >> 30);
    return give_medium(a, line, buffer_str(bytes));
}

static int by_name(const void *a, const void *b)
{
    return str_compare(((const struct anki_medium *)a)->name, ((const struct anki_medium *)b)->name);
}

const struct anki_medium *anki_find_medium(const struct anki *a, struct str name)
{
    const struct anki_medium key = {.name = name};
    return a->media.count ? bsearch(&key, a->media.items, a->media.count, sizeof key, by_name) : NULL;
}

bool anki_read_media(struct anki *a)
{
    struct listing list = {0};
    struct buffer bytes = {0};
    size_t total = 0;
    bool ok = true;
    if (!read_list(a, &list)) {
        anki_notice(a, NOTICE_MEDIA_UNREADABLE, (struct str){0});
        return true;
    }
    for (size_t i = 0; ok && i < list.count; i++)
        ok = read_medium(a, &list.items[i], &bytes, &total);
    buffer_finish(&bytes);
    if (a->media.count)
        qsort(a->media.items, a->media.count, sizeof *a->media.items, by_name);
    return ok;
}
