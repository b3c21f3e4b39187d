/* A learner's devices meet in a shared folder: a stick, Nextcloud, Syncthing, a network drive. Each device appends to files
 * of its own, log/DEVICE/YYYYMM.rlog, and reads the others'; nobody writes another's file, so copies cannot conflict, and
 * whatever order they arrive in, all devices reach the same state. The collection itself is never shared. */
#ifndef REPASO_SYNC_FOLDER_H
#define REPASO_SYNC_FOLDER_H

#include "collection/collection.h"

struct str_list;

struct sync_report {
    int64_t sent, received;
    int64_t cards;   /* whose memory changed with what came */
    int64_t ahead;   /* events of a clock more than two days ahead: kept, our clock does not follow */
    int64_t refused; /* lines that are whole but no events */
    int devices;     /* others in the folder */
    int cut; /* files with a line that is cut or altered: what stands before it was taken, the rest next time */
    bool renamed; /* this device had been cloned and goes on under a new name */
};

/* `notes` (may be NULL) gets a sentence for each thing worth knowing, in `arena`. The folder must be there: a stick that is not
 * plugged in is not a new, empty folder. */
bool sync_folder(struct collection *collection, struct arena *arena, const char *folder, struct moment now,
                 struct sync_report *ret, struct str_list *notes, struct error *e);

/* One log file that was handed over: answers given on a printed or sent page, another device's file. Events of this
 * collection's person count like its own; of anybody else they are kept apart, for a view of the class, and change no memory.
 * `ret_person` (in `arena`): whose they are; empty for this collection's own person. */
bool sync_file(struct collection *collection, struct arena *arena, const char *path, struct moment now,
               struct sync_report *ret, struct str *ret_person, struct str_list *notes, struct error *e);

#endif
