#include "sdl/access.h"

#include "base/arena.h"
#include "base/list.h"
#include "sdl/library.h"
#include "ui/ui.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static access_start_function *start;
static access_show_function *show;
static access_stop_function *stop;
static bool running;

/* ---- Is it wanted? ---- */

/* The few functions of libdbus that one question takes. */
struct bus;
struct message;
struct iterator {
    void *opaque[16];
};

static struct bus *(*bus_get)(int kind, void *error);
static struct message *(*new_call)(const char *to, const char *path, const char *interface,
                                   const char *method);
static int (*append)(struct message *message, int type, ...);
static struct message *(*ask)(struct bus *bus, struct message *message, int timeout_ms, void *error);
static int (*begin)(struct message *message, struct iterator *ret);
static void (*recurse)(struct iterator *at, struct iterator *ret);
static void (*get)(struct iterator *at, void *ret);
static int (*type_of)(struct iterator *at);
static void (*unref)(struct message *message);

static bool open_bus_library(void)
{
    const struct library_function functions[] = {
        {"dbus_bus_get", &bus_get},
        {"dbus_message_new_method_call", &new_call},
        {"dbus_message_append_args", &append},
        {"dbus_connection_send_with_reply_and_block", &ask},
        {"dbus_message_iter_init", &begin},
        {"dbus_message_iter_recurse", &recurse},
        {"dbus_message_iter_get_basic", &get},
        {"dbus_message_iter_get_arg_type", &type_of},
        {"dbus_message_unref", &unref},
    };
    return library_open("libdbus-1.so.3", functions, sizeof functions / sizeof *functions);
}

/* The answer is a variant that holds a boolean. */
static bool read_answer(struct message *answer)
{
    struct iterator outer, inner;
    unsigned yes = 0;
    if (begin(answer, &outer) && type_of(&outer) == 'v') {
        recurse(&outer, &inner);
        if (type_of(&inner) == 'b')
            get(&inner, &yes);
    }
    return yes != 0;
}

static bool ask_bus(void)
{
    enum { SESSION = 0, TEXT = 's', END = 0, PATIENCE_MS = 1000 };
    const char *interface = "org.a11y.Status", *property = "IsEnabled";
    struct bus *bus = bus_get(SESSION, NULL);
    if (!bus)
        return false;
    struct message *question =
        new_call("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Get");
    if (!question)
        return false;
    append(question, TEXT, &interface, TEXT, &property, END);
    struct message *answer = ask(bus, question, PATIENCE_MS, NULL);
    unref(question);
    if (!answer)
        return false;
    bool yes = read_answer(answer);
    unref(answer);
    return yes;
}

bool access_wanted(void)
{
    const char *said = getenv("REPASO_ACCESSIBILITY"), *address = getenv("DBUS_SESSION_BUS_ADDRESS");
    if (said && said[0])
        return said[0] != '0';
    return address && address[0] && open_bus_library() && ask_bus();
}

/* ---- The module ---- */

static bool open_module(const char *path)
{
    const struct library_function functions[] = {
        {"access_module_start", &start}, {"access_module_show", &show}, {"access_module_stop", &stop}};
    return library_open(path, functions, sizeof functions / sizeof *functions);
}

/* Beside the program in the build folder, else where it is installed. */
static bool find_module(void)
{
    char program[4096], path[4200];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(program, '/');
    if (slash)
        *slash = '\0';
    snprintf(path, sizeof path, "%s/sdl/atk/repaso-atk.so", program);
    return open_module(path) || open_module(REPASO_MODULES "/repaso-atk.so");
}

bool access_open(const struct access_host *host)
{
    running = (start || find_module()) && start(host);
    return running;
}

/* ---- The tree ---- */

static bool is_spoken(const struct ui_node *node)
{
    bool layout = node->role == UI_ROLE_GROUP && !node->name.len;
    return !layout && !(node->state & UI_PART);
}

static const char *text(struct arena *arena, struct str s)
{
    return s.len ? str_copy(arena, s).ptr : "";
}

/* What is layout is passed over: its children belong to what is spoken above them. */
static void fill(struct arena *arena, const struct ui_node *nodes, size_t count, float scale,
                 struct access_node *ret, size_t *ret_count)
{
    int *places = arena_array(arena, count, sizeof *places);
    *ret_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct ui_node *node = &nodes[i];
        int above = node->parent >= 0 ? places[node->parent] : -1;
        places[i] = above;
        if (i > 0 && !is_spoken(node))
            continue;
        places[i] = (int)*ret_count;
        ret[(*ret_count)++] = (struct access_node){.id = node->id,
                                                   .role = node->role,
                                                   .state = node->state,
                                                   .action = node->command != 0,
                                                   .name = text(arena, node->name),
                                                   .value = text(arena, node->value),
                                                   .help = text(arena, node->help),
                                                   .keys = text(arena, node->keys),
                                                   .x = node->rect.x * scale,
                                                   .y = node->rect.y * scale,
                                                   .w = node->rect.w * scale,
                                                   .h = node->rect.h * scale,
                                                   .parent = above};
    }
}

void access_show(struct ui *ui, float scale, int x, int y)
{
    struct arena arena = {0};
    size_t count, spoken;
    if (!running)
        return;
    const struct ui_node *nodes = ui_nodes(ui, &count);
    struct access_node *copies = arena_array(&arena, count, sizeof *copies);
    fill(&arena, nodes, count, scale, copies, &spoken);
    const struct access_tree tree = {.nodes = copies,
                                     .count = spoken,
                                     .focus = ui_focus(ui),
                                     .announcement = text(&arena, ui_announcement(ui)),
                                     .x = x,
                                     .y = y};
    show(&tree);
    arena_finish(&arena);
}

void access_close(void)
{
    if (running)
        stop();
    running = false;
}
