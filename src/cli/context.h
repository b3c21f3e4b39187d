/* What a command finds around it: the clock, the learner's collection, the terminal. */
#ifndef REPASO_CLI_CONTEXT_H
#define REPASO_CLI_CONTEXT_H

#include "base/error.h"
#include "base/str.h"
#include "collection/collection.h"

struct arena;
struct call;

/* Now, in the zone of this machine. Tests set REPASO_CLOCK_MS: the program then starts at that moment. */
struct moment context_now(void);
/* Chance that no other run had. */
uint64_t context_seed(void);
/* Where the collection is or will be: --collection, else $XDG_DATA_HOME/repaso/collection.db. NUL-terminated. */
struct str context_collection_path(const struct call *call, struct arena *arena);
/* What tells this machine from a clone of its disk; empty if it has no such thing. */
struct str context_machine(struct arena *arena);

/* To write: makes it when there is none, and then says on standard error where the data is. */
bool context_open(const struct call *call, struct collection **ret, struct error *e);
/* To read. Without a collection: ERROR_NOT_FOUND, and what to do about it. */
bool context_open_to_read(const struct call *call, struct collection **ret, struct error *e);

/* A count with its word: context_count(arena, N_("%lld card"), N_("%lld cards"), n). */
struct str context_count(struct arena *arena, const char *one, const char *many, int64_t count);
/* Two forms of one message for xgettext, in a table or a call. */
#define PLURAL(one, many) (one), (many)
/* A count with its word: context_count(arena, PLURAL("%lld card", "%lld cards"), 12) is "12 cards". */
struct str context_count(struct arena *arena, const char *one, const char *many, int64_t count);
/* The day as people say it: "today", "tomorrow", "in 5 days", "in 3 months". */
struct str context_when(struct arena *arena, double days);
/* A path as people write it: ~ for the home folder. */
struct str context_short_path(struct arena *arena, struct str path);

/* Over the last line of a terminal on standard error; nothing elsewhere. */
void context_progress(const char *format, ...) __attribute__((format(printf, 1, 2)));
void context_progress_end(void);
/* A bar with what is being read; for intake_options.progress. */
void context_progress_bar(void *self, size_t index, size_t count, struct str path);

/* Tells a window that has the collection open, if this command opened it for writing. */
void context_tell(void);

#endif
