/* Threads that share one loop. They sleep while there is none, and cost nothing then. */
#ifndef REPASO_BASE_CREW_H
#define REPASO_BASE_CREW_H

#include <stddef.h>

struct crew;

/* How many processors this process may use. */
int crew_processors(void);
/* `hands` counts the caller: 1 starts no thread; 0 is one for each processor. Where threads cannot be had
 * there are fewer hands. */
struct crew *crew_open(int hands);
/* NULL is fine. */
void crew_close(struct crew *crew);
int crew_hands(const struct crew *crew);

/* Calls each(0) … each(count - 1), each once, in any order and on any thread, the caller's among them;
 * returns when all are done. A NULL crew does them in order on the caller's. Results that must not depend on
 * the number of threads are written by index and summed afterwards. One loop at a time: `each` must not start
 * another. */
void crew_each(struct crew *crew, size_t count, void (*each)(size_t index, void *data), void *data);

#endif
