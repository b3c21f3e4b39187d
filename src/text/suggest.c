#include "text/suggest.h"

#include "text/text.h"

void suggestion_try(struct suggestion *suggestion, const char *name)
{
    struct str candidate = str_from(name);
    int limit = 1 + (int)candidate.len / 4;
    int distance = text_distance(suggestion->word, candidate, limit);
    if (distance > limit || (suggestion->found && distance >= suggestion->distance))
        return;
    suggestion->found = name;
    suggestion->distance = distance;
}
