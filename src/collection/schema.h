/* The tables of the collection file, step by step from nothing to the newest version. */
#ifndef REPASO_COLLECTION_SCHEMA_H
#define REPASO_COLLECTION_SCHEMA_H

/* "REPA": what `file` and we know the file by. */
#define SCHEMA_APPLICATION_ID 0x52455041
enum { SCHEMA_VERSION = 1 };

/* The statements that lead from version `from` to `from + 1`, NULL behind the last; run them in one
 * transaction. */
const char *const *schema_step(int from);

#endif
