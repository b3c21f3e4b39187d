/* One appointment as a calendar file (RFC 5545), for whatever calendar the learner has. */
#include "app/inside.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/translate.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

enum { LINE_MOST = 74 };

/* Lines longer than 75 bytes go on in the next one behind a blank; characters stay whole. */
static void add_line(struct buffer *ret, const char *name, struct str text)
{
    size_t on_line = str_from(name).len;
    buffer_format(ret, "%s", name);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool begins = ((unsigned char)c & 0xC0) != 0x80;
        if (begins && on_line > LINE_MOST - 6) {
            buffer_add(ret, STR("\r\n "));
            on_line = 1;
        }
        if (c == '\n') {
            buffer_add(ret, STR("\\n"));
            on_line += 2;
            continue;
        }
        if (c == ',' || c == ';' || c == '\\') {
            buffer_add_char(ret, '\\');
            on_line++;
        }
        buffer_add_char(ret, c);
        on_line++;
    }
    buffer_add(ret, STR("\r\n"));
}

static struct tm local_time(int64_t at_ms, int tz_min)
{
    time_t at = (time_t)(at_ms / 1000 + tz_min * 60LL);
    struct tm ret;
    gmtime_r(&at, &ret);
    return ret;
}

static struct str stamp(struct arena *arena, const struct tm *tm, const char *zone)
{
    return str_format(arena, "%04d%02d%02dT%02d%02d00%s", tm->tm_year + 1900, tm->tm_mon + 1, tm->tm_mday,
                      tm->tm_hour, tm->tm_min, zone);
}

/* Times without a zone are those of wherever the learner is. */
static void write_event(struct arena *arena, const struct appointment *what, struct buffer *ret)
{
    struct tm start = local_time(what->at.at_ms, what->at.tz_min), made = local_time(what->made.at_ms, 0);
    struct str begins = stamp(arena, &start, "");
    add_line(ret, "BEGIN:VCALENDAR", (struct str){0});
    add_line(ret, "VERSION:2.0", (struct str){0});
    add_line(ret, "PRODID:-//repaso//repaso//EN", (struct str){0});
    add_line(ret, "BEGIN:VEVENT", (struct str){0});
    add_line(ret,
             "UID:", str_format(arena, "%.*s-%lld@repaso", STR_ARG(begins), (long long)what->made.at_ms));
    add_line(ret, "DTSTAMP:", stamp(arena, &made, "Z"));
    add_line(ret, "DTSTART:", begins);
    add_line(ret, "DURATION:", str_format(arena, "PT%dM", what->minutes > 0 ? what->minutes : 1));
    add_line(ret, "SUMMARY:", what->title);
    add_line(ret, "DESCRIPTION:", what->text);
    add_line(ret, "BEGIN:VALARM", (struct str){0});
    add_line(ret, "ACTION:DISPLAY", (struct str){0});
    add_line(ret, "TRIGGER:PT0M", (struct str){0});
    add_line(ret, "DESCRIPTION:", what->title);
    add_line(ret, "END:VALARM", (struct str){0});
    add_line(ret, "END:VEVENT", (struct str){0});
    add_line(ret, "END:VCALENDAR", (struct str){0});
}

struct str app_downloads(struct arena *arena)
{
    struct stat info;
    const char *home = getenv("HOME"), *wanted = getenv("XDG_DOWNLOAD_DIR");
    if (wanted && wanted[0] == '/')
        return str_from(wanted);
    struct str folder = path_join(arena, str_from(home && home[0] ? home : "."), STR("Downloads"));
    return stat(folder.ptr, &info) == 0 && S_ISDIR(info.st_mode) ? folder
                                                                 : str_from(home && home[0] ? home : ".");
}

bool calendar_write(struct arena *arena, const struct appointment *what, struct str *ret_path,
                    struct error *e)
{
    struct buffer text = {0};
    struct tm start = local_time(what->at.at_ms, what->at.tz_min);
    struct str name =
        str_format(arena, "repaso-%04d-%02d-%02d.ics", start.tm_year + 1900, start.tm_mon + 1, start.tm_mday);
    write_event(arena, what, &text);
    *ret_path = path_join(arena, app_downloads(arena), name);
    bool ok = file_write(ret_path->ptr, buffer_str(&text), e);
    buffer_finish(&text);
    return ok;
}
