/* The ZIP container of packages. Nothing is ever written under a member's name, and sizes are counted as the bytes come
 * out, never believed. */
#ifndef REPASO_EXCHANGE_ARCHIVE_H
#define REPASO_EXCHANGE_ARCHIVE_H

#include "base/error.h"
#include "base/str.h"

#include <stdint.h>

struct archive;
struct buffer;

/* Reads the list of members from an open file, which it takes over. Refused are files that are cut short, of several disks,
 * with more than 65,535 members, or with two of one name. */
bool archive_open(int file, struct archive **ret, struct error *e);
void archive_close(struct archive *archive);
/* The member's number by its exact name; -1: there is none. */
int64_t archive_find(const struct archive *archive, const char *name);
int64_t archive_count(const struct archive *archive);
/* As it is written in the file; lives as long as the archive. */
const char *archive_name(const struct archive *archive, int64_t member);

/* Where a member's bytes go: into `buffer`, or into the open file `file` when `buffer` is NULL. */
struct archive_target {
    struct buffer *buffer;
    int file;
    size_t limit; /* more bytes than this are an error */
    bool zstd;    /* the member is a zstd frame in itself */
};

/* Checks method, encryption and checksum. The error does not name the member. */
bool archive_read(struct archive *archive, int64_t member, const struct archive_target *target,
                  struct error *e);

#endif
