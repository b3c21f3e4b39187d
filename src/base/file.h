/* Whole files in and out, with errors that name the file. */
#ifndef REPASO_BASE_FILE_H
#define REPASO_BASE_FILE_H

#include "base/error.h"
#include "base/str.h"

struct arena;

/* Reads a regular file of at most `limit` bytes; the result ends with a NUL behind its length.
 * Directories, devices and larger files are errors. */
bool file_read(struct arena *arena, const char *path, size_t limit, struct str *ret, struct error *e);
/* Writes beside `path` first, syncs and renames, so a reader sees the old file or the new one, whole. */
bool file_write(const char *path, struct str bytes, struct error *e);
/* Creates the folders that are missing on the way to `path` itself. */
bool file_make_folders(const char *path, struct error *e);
/* "a/b.c" gives "b.c"; "/" gives "/". */
struct str path_name(struct str path);
/* "a/b.c" gives "a", "b.c" gives ".". */
struct str path_folder(struct str path);
/* NUL-terminated; an absolute `name` stands alone. */
struct str path_join(struct arena *arena, struct str folder, struct str name);

#endif
