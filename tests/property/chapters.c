/* The same properties on real chapters, where there are any, and on spoilt copies of them. Skipped (77) without. */
#include "document_properties.h"

#include "base/file.h"

#include <dirent.h>
#include <stdio.h>

enum change { NOTHING, CRLF, MARK, TABS, WRAPPED, BYTES, CUT, CHANGES };

static void add_changed(struct buffer *ret, char c, enum change change, struct random *random)
{
    bool hit = random_below(random, 40) == 0;
    if (change == CRLF && c == '\n')
        buffer_add(ret, STR("\r\n"));
    else if (change == TABS && c == ' ' && hit)
        buffer_add_char(ret, '\t');
    else if (change == WRAPPED && c == ' ' && hit)
        buffer_add_char(ret, '\n');
    else if (change == BYTES && hit)
        buffer_add_char(ret, "*_[]()<>`|#-{}&\\\n \"'"[random_below(random, 20)]);
    else
        buffer_add_char(ret, c);
}

static struct str changed(struct arena *arena, struct str source, enum change change, struct random *random)
{
    struct buffer text = {0};
    if (change == MARK)
        buffer_add(&text, STR("\xEF\xBB\xBF"));
    size_t end = change == CUT ? random_below(random, source.len) : source.len;
    for (size_t i = 0; i < end; i++)
        add_changed(&text, source.ptr[i], change, random);
    struct str copy = str_copy(arena, buffer_str(&text));
    buffer_finish(&text);
    return copy;
}

static int check_chapter(const char *path)
{
    struct arena arena = {0};
    struct random random = {7};
    struct str source;
    int failed = 0;
    if (!file_read(&arena, path, 1 << 20, &source, NULL))
        return 1;
    for (int round = 0; round < 6 * CHANGES; round++) {
        enum change change = (enum change)(round % CHANGES);
        const char *problem = problem_of(&arena, changed(&arena, source, change, &random));
        if (problem)
            printf("%s, change %d, round %d: %s\n", path, change, round, problem);
        failed += problem != NULL;
    }
    arena_finish(&arena);
    return failed;
}

int main(void)
{
    DIR *folder = opendir(CHAPTERS_FOLDER);
    if (!folder)
        return 77;
    int failed = 0, count = 0;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        char path[4096];
        if (!str_ends(str_from(entry->d_name), STR(".md")))
            continue;
        snprintf(path, sizeof path, "%s/%s", CHAPTERS_FOLDER, entry->d_name);
        failed += check_chapter(path);
        count++;
    }
    closedir(folder);
    printf("%d chapters, %d problems\n", count, failed);
    return failed != 0;
}
