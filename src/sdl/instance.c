#include "sdl/instance.h"

#include "base/hash.h"
#include "base/memory.h"

#include <SDL.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { LINE_MOST = 4200, PATIENCE_S = 2 };

struct instance {
    struct sockaddr_un address;
    int socket;
    SDL_Thread *thread;
    void (*heard)(void *self, const char *line);
    void *self;
};

/* The name of the socket is a hash of the collection's path: the same file, however it was named. */
static bool address_of(const char *collection, struct sockaddr_un *ret)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    char full[PATH_MAX], id[27];
    if (!runtime || runtime[0] != '/' || strcmp(collection, ":memory:") == 0)
        return false;
    identity_hash(str_from(realpath(collection, full) ? full : collection), id);
    *ret = (struct sockaddr_un){.sun_family = AF_UNIX};
    int length = snprintf(ret->sun_path, sizeof ret->sun_path, "%s/repaso-%s", runtime, id);
    return length > 0 && (size_t)length < sizeof ret->sun_path;
}

static bool dial(int socket, const struct sockaddr_un *address)
{
    return connect(socket, (const struct sockaddr *)address, sizeof *address) == 0;
}

bool instance_tell(const char *collection, const char *line)
{
    struct sockaddr_un address;
    if (!address_of(collection, &address))
        return false;
    int to = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (to < 0)
        return false;
    struct timeval patience = {.tv_sec = PATIENCE_S};
    setsockopt(to, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    size_t length = strlen(line);
    bool told = dial(to, &address) && send(to, line, length, MSG_NOSIGNAL) == (ssize_t)length;
    close(to);
    return told;
}

static void hear(const struct instance *instance, int from)
{
    char line[LINE_MOST];
    size_t length = 0;
    ssize_t got = 1;
    struct timeval patience = {.tv_sec = PATIENCE_S};
    setsockopt(from, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    while (got > 0 && length < sizeof line - 1) {
        got = recv(from, line + length, sizeof line - 1 - length, 0);
        length += got > 0 ? (size_t)got : 0;
    }
    line[length] = '\0';
    if (length)
        instance->heard(instance->self, line);
}

/* Ends when the socket is shut down. */
static int listen_to(void *data)
{
    const struct instance *instance = data;
    int from;
    while ((from = accept4(instance->socket, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
        hear(instance, from);
        close(from);
    }
    return 0;
}

/* A socket that nobody answers was left by a window that was killed. */
static bool take_address(int socket, const struct sockaddr_un *address)
{
    if (bind(socket, (const struct sockaddr *)address, sizeof *address) == 0)
        return true;
    return unlink(address->sun_path) == 0 &&
           bind(socket, (const struct sockaddr *)address, sizeof *address) == 0;
}

struct instance *instance_open(const char *collection, void (*heard)(void *self, const char *line),
                               void *self)
{
    enum { WAITING = 8 };
    struct sockaddr_un address;
    if (!address_of(collection, &address))
        return NULL;
    int own = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (own < 0 || !take_address(own, &address) || chmod(address.sun_path, 0600) != 0 ||
        listen(own, WAITING) != 0) {
        if (own >= 0)
            close(own);
        return NULL;
    }
    struct instance *instance = memory_alloc(sizeof *instance);
    *instance = (struct instance){address, own, NULL, heard, self};
    instance->thread = SDL_CreateThread(listen_to, "instance", instance);
    return instance;
}

void instance_close(struct instance *instance)
{
    if (!instance)
        return;
    unlink(instance->address.sun_path);
    shutdown(instance->socket, SHUT_RDWR);
    SDL_WaitThread(instance->thread, NULL);
    close(instance->socket);
    free(instance);
}
