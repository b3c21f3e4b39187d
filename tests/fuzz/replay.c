/* Runs a fuzz target over the files of a corpus, as an ordinary test. */
#include "fuzz.h"

#include "base/arena.h"
#include "base/file.h"

#include <dirent.h>
#include <stdio.h>

static int replay(const char *path)
{
    struct arena arena = {0};
    struct str bytes;
    struct error e;
    bool good = file_read(&arena, path, 64 << 20, &bytes, &e);
    if (good)
        LLVMFuzzerTestOneInput((const uint8_t *)bytes.ptr, bytes.len);
    else
        fprintf(stderr, "%s: %s\n", path, e.text);
    arena_finish(&arena);
    return good;
}

int main(int argc, char **argv)
{
    int count = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        if (!folder) {
            count += replay(argv[i]);
            continue;
        }
        for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
            char path[4096];
            snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
            count += entry->d_name[0] != '.' && replay(path);
        }
        closedir(folder);
    }
    printf("%d files\n", count);
    return count == 0;
}
