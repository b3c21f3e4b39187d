/* Shows the tree on the accessibility bus: one AtkObject for each node that somebody asked for.
 *
 * A thread of its own runs GLib's main loop, where everything of ATK happens; the window's thread only hands over
 * copies of the tree. So a slow reader never holds up a frame. */
#include "sdl/access.h"
#include "ui/ui.h"

#include <atk-bridge.h>
#include <atk/atk.h>
#include <string.h>

__attribute__((visibility("default"))) access_start_function access_module_start;
__attribute__((visibility("default"))) access_show_function access_module_show;
__attribute__((visibility("default"))) access_stop_function access_module_stop;

/* ---- A copy of the tree, with every node's children in order ---- */

struct snapshot {
    struct access_node *nodes;
    size_t count;
    GArray **children; /* indices */
    GHashTable *index; /* id → index + 1 */
    uint64_t focus;
    char *announcement;
    int x, y;
};

/* Used in the module's thread only. */
static struct snapshot *now;
static GHashTable *objects; /* id → object */
static AtkObject *root;
static GMainLoop *loop;
static GThread *thread;
static const struct access_host *host;

static void snapshot_free(struct snapshot *old)
{
    if (!old)
        return;
    for (size_t i = 0; i < old->count; i++) {
        g_free((char *)old->nodes[i].name);
        g_free((char *)old->nodes[i].value);
        g_free((char *)old->nodes[i].help);
        g_free((char *)old->nodes[i].keys);
        g_array_free(old->children[i], TRUE);
    }
    g_hash_table_destroy(old->index);
    g_free(old->nodes);
    g_free(old->children);
    g_free(old->announcement);
    g_free(old);
}

static struct snapshot *snapshot_of(const struct access_tree *tree)
{
    struct snapshot *ret = g_new0(struct snapshot, 1);
    ret->count = tree->count;
    ret->nodes = g_new0(struct access_node, tree->count);
    ret->children = g_new0(GArray *, tree->count);
    ret->index = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, NULL);
    for (size_t i = 0; i < tree->count; i++) {
        struct access_node *node = &ret->nodes[i];
        *node = tree->nodes[i];
        node->name = g_strdup(node->name);
        node->value = g_strdup(node->value);
        node->help = g_strdup(node->help);
        node->keys = g_strdup(node->keys);
        ret->children[i] = g_array_new(FALSE, FALSE, sizeof(int));
        g_hash_table_insert(ret->index, &node->id, GINT_TO_POINTER((int)i + 1));
        int at = (int)i;
        if (node->parent >= 0)
            g_array_append_val(ret->children[node->parent], at);
    }
    ret->focus = tree->focus;
    ret->announcement = g_strdup(tree->announcement);
    ret->x = tree->x;
    ret->y = tree->y;
    return ret;
}

static int index_of(const struct snapshot *snapshot, uint64_t id)
{
    return snapshot ? GPOINTER_TO_INT(g_hash_table_lookup(snapshot->index, &id)) - 1 : -1;
}

/* ---- One node as an object ---- */

typedef struct {
    AtkObject parent;
    uint64_t id;
} Node;
typedef struct {
    AtkObjectClass parent;
} NodeClass;

GType node_get_type(void);
GType application_get_type(void);

static void component_init(AtkComponentIface *iface);
static void action_init(AtkActionIface *iface);
static void text_init(AtkTextIface *iface);

G_DEFINE_TYPE_WITH_CODE(Node, node, ATK_TYPE_OBJECT,
                        G_IMPLEMENT_INTERFACE(ATK_TYPE_COMPONENT, component_init)
                            G_IMPLEMENT_INTERFACE(ATK_TYPE_ACTION, action_init)
                                G_IMPLEMENT_INTERFACE(ATK_TYPE_TEXT, text_init))

static int place_of(gpointer object)
{
    return index_of(now, ((Node *)object)->id);
}

static const struct access_node *data_of(gpointer object)
{
    int at = place_of(object);
    return at >= 0 ? &now->nodes[at] : NULL;
}

static AtkObject *object_of(int at)
{
    if (at < 0)
        return NULL;
    uint64_t id = now->nodes[at].id;
    Node *node = g_hash_table_lookup(objects, &id);
    if (!node) {
        node = g_object_new(node_get_type(), NULL);
        node->id = id;
        g_hash_table_insert(objects, &node->id, node);
    }
    return ATK_OBJECT(node);
}

static const char *node_name(AtkObject *object)
{
    const struct access_node *data = data_of(object);
    return data ? data->name : "";
}

static const char *node_description(AtkObject *object)
{
    const struct access_node *data = data_of(object);
    if (!data)
        return "";
    return data->role != UI_ROLE_EDIT && data->value[0] ? data->value : data->help;
}

static AtkObject *node_parent(AtkObject *object)
{
    const struct access_node *data = data_of(object);
    if (!data)
        return NULL;
    return data->parent >= 0 ? object_of(data->parent) : root;
}

static int node_count(AtkObject *object)
{
    int at = place_of(object);
    return at >= 0 ? (int)now->children[at]->len : 0;
}

static AtkObject *node_child(AtkObject *object, int i)
{
    int at = place_of(object);
    if (at < 0 || i < 0 || i >= (int)now->children[at]->len)
        return NULL;
    return g_object_ref(object_of(g_array_index(now->children[at], int, i)));
}

static int node_index(AtkObject *object)
{
    const struct access_node *data = data_of(object);
    if (!data || data->parent < 0)
        return data ? 0 : -1;
    const GArray *children = now->children[data->parent];
    for (guint i = 0; i < children->len; i++)
        if (g_array_index(children, int, i) == place_of(object))
            return (int)i;
    return -1;
}

static AtkRole node_role(AtkObject *object)
{
    static const AtkRole roles[UI_ROLE_COUNT] = {
        [UI_ROLE_GROUP] = ATK_ROLE_PANEL,        [UI_ROLE_WINDOW] = ATK_ROLE_PANEL,
        [UI_ROLE_HEADING] = ATK_ROLE_HEADING,    [UI_ROLE_TEXT] = ATK_ROLE_LABEL,
        [UI_ROLE_BUTTON] = ATK_ROLE_PUSH_BUTTON, [UI_ROLE_LINK] = ATK_ROLE_LINK,
        [UI_ROLE_CHECK] = ATK_ROLE_CHECK_BOX,    [UI_ROLE_RADIO] = ATK_ROLE_RADIO_BUTTON,
        [UI_ROLE_LIST] = ATK_ROLE_LIST,          [UI_ROLE_LISTITEM] = ATK_ROLE_LIST_ITEM,
        [UI_ROLE_TREEITEM] = ATK_ROLE_TREE_ITEM, [UI_ROLE_TAB] = ATK_ROLE_PAGE_TAB,
        [UI_ROLE_EDIT] = ATK_ROLE_ENTRY,         [UI_ROLE_PROGRESS] = ATK_ROLE_PROGRESS_BAR,
        [UI_ROLE_SLIDER] = ATK_ROLE_SLIDER,      [UI_ROLE_IMAGE] = ATK_ROLE_IMAGE,
        [UI_ROLE_CHART] = ATK_ROLE_CHART,        [UI_ROLE_TABLE] = ATK_ROLE_TABLE,
        [UI_ROLE_CELL] = ATK_ROLE_TABLE_CELL,    [UI_ROLE_ALERT] = ATK_ROLE_ALERT,
        [UI_ROLE_DIALOG] = ATK_ROLE_DIALOG,
    };
    const struct access_node *data = data_of(object);
    if (!data)
        return ATK_ROLE_INVALID;
    return data->parent < 0 ? ATK_ROLE_FRAME : roles[data->role];
}

static const struct {
    uint32_t ours;
    AtkStateType theirs;
} states[] = {
    {UI_FOCUSABLE, ATK_STATE_FOCUSABLE},  {UI_SELECTED, ATK_STATE_SELECTED}, {UI_CHECKED, ATK_STATE_CHECKED},
    {UI_EXPANDED, ATK_STATE_EXPANDED},    {UI_INVALID, ATK_STATE_INVALID},   {UI_BUSY, ATK_STATE_BUSY},
    {UI_MULTILINE, ATK_STATE_MULTI_LINE},
};

static AtkStateSet *node_states(AtkObject *object)
{
    AtkStateSet *set = atk_state_set_new();
    const struct access_node *data = data_of(object);
    if (!data) {
        atk_state_set_add_state(set, ATK_STATE_DEFUNCT);
        return set;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(states); i++)
        if (data->state & states[i].ours)
            atk_state_set_add_state(set, states[i].theirs);
    if (!(data->state & UI_DISABLED)) {
        atk_state_set_add_state(set, ATK_STATE_ENABLED);
        atk_state_set_add_state(set, ATK_STATE_SENSITIVE);
    }
    atk_state_set_add_state(set, ATK_STATE_VISIBLE);
    if (!(data->state & UI_HIDDEN))
        atk_state_set_add_state(set, ATK_STATE_SHOWING);
    if (data->role == UI_ROLE_EDIT)
        atk_state_set_add_state(set, ATK_STATE_EDITABLE);
    if (data->parent < 0)
        atk_state_set_add_state(set, ATK_STATE_ACTIVE);
    if (data->id == now->focus)
        atk_state_set_add_state(set, ATK_STATE_FOCUSED);
    return set;
}

static void node_class_init(NodeClass *class)
{
    AtkObjectClass *object = ATK_OBJECT_CLASS(class);
    object->get_name = node_name;
    object->get_description = node_description;
    object->get_parent = node_parent;
    object->get_n_children = node_count;
    object->ref_child = node_child;
    object->get_index_in_parent = node_index;
    object->get_role = node_role;
    object->ref_state_set = node_states;
}

static void node_init(Node *node)
{
    (void)node;
}

/* ---- Where it is ---- */

static void extents(AtkComponent *component, int *x, int *y, int *width, int *height, AtkCoordType type)
{
    const struct access_node *data = data_of(component);
    *x = *y = *width = *height = 0;
    if (!data)
        return;
    bool screen = type == ATK_XY_SCREEN;
    *x = (int)data->x + (screen ? now->x : 0);
    *y = (int)data->y + (screen ? now->y : 0);
    *width = (int)data->w;
    *height = (int)data->h;
}

static gboolean grab_focus(AtkComponent *component)
{
    host->focus(host->self, ((Node *)component)->id);
    return TRUE;
}

static void component_init(AtkComponentIface *iface)
{
    iface->get_extents = extents;
    iface->grab_focus = grab_focus;
}

/* ---- What it does ---- */

static int action_count(AtkAction *action)
{
    const struct access_node *data = data_of(action);
    return data && data->action ? 1 : 0;
}

static gboolean action_do(AtkAction *action, int i)
{
    if (i != 0 || !action_count(action))
        return FALSE;
    host->perform(host->self, ((Node *)action)->id);
    return TRUE;
}

static const char *action_name(AtkAction *action, int i)
{
    return i == 0 && action_count(action) ? "click" : NULL;
}

static const char *action_keys(AtkAction *action, int i)
{
    const struct access_node *data = data_of(action);
    return data && i == 0 && data->keys[0] ? data->keys : NULL;
}

static void action_init(AtkActionIface *iface)
{
    iface->get_n_actions = action_count;
    iface->do_action = action_do;
    iface->get_name = action_name;
    iface->get_keybinding = action_keys;
}

/* ---- What it says ---- */

static const char *text_of(gpointer object)
{
    const struct access_node *data = data_of(object);
    return !data ? "" : data->role == UI_ROLE_EDIT ? data->value : data->name;
}

static char *text_get(AtkText *text, int start, int end)
{
    const char *all = text_of(text);
    long count = g_utf8_strlen(all, -1);
    long to = end < 0 || end > count ? count : end, from = start < 0 ? 0 : start > to ? to : start;
    return g_utf8_substring(all, from, to);
}

static int text_length(AtkText *text)
{
    return (int)g_utf8_strlen(text_of(text), -1);
}

static gunichar text_letter(AtkText *text, int offset)
{
    const char *all = text_of(text);
    return offset >= 0 && offset < g_utf8_strlen(all, -1)
               ? g_utf8_get_char(g_utf8_offset_to_pointer(all, offset))
               : 0;
}

static int text_caret(AtkText *text)
{
    return text_length(text);
}

static void text_init(AtkTextIface *iface)
{
    iface->get_text = text_get;
    iface->get_character_count = text_length;
    iface->get_character_at_offset = text_letter;
    iface->get_caret_offset = text_caret;
}

/* ---- The application ---- */

typedef struct {
    AtkObject parent;
} Application;
typedef struct {
    AtkObjectClass parent;
} ApplicationClass;
G_DEFINE_TYPE(Application, application, ATK_TYPE_OBJECT)

static int application_count(AtkObject *object)
{
    (void)object;
    return now && now->count ? 1 : 0;
}

static AtkObject *application_child(AtkObject *object, int i)
{
    return i == 0 && application_count(object) ? g_object_ref(object_of(0)) : NULL;
}

static void application_class_init(ApplicationClass *class)
{
    ATK_OBJECT_CLASS(class)->get_n_children = application_count;
    ATK_OBJECT_CLASS(class)->ref_child = application_child;
}

static void application_init(Application *application)
{
    ATK_OBJECT(application)->role = ATK_ROLE_APPLICATION;
}

static AtkObject *get_root(void)
{
    return root;
}

static const char *get_toolkit(void)
{
    return "repaso";
}

static const char *get_version(void)
{
    return "1";
}

/* ---- A new tree: what changed is told ---- */

static void tell_state(AtkObject *object, uint32_t before, uint32_t after)
{
    for (gsize i = 0; i < G_N_ELEMENTS(states); i++)
        if ((before ^ after) & states[i].ours)
            atk_object_notify_state_change(object, states[i].theirs, (after & states[i].ours) != 0);
}

/* Children that are gone, and those that are new. */
static void tell_children(const struct snapshot *before, int old, int at)
{
    AtkObject *object = object_of(at);
    const GArray *gone = before->children[old], *come = now->children[at];
    for (guint i = gone->len; i-- > 0;) {
        uint64_t id = before->nodes[g_array_index(gone, int, i)].id;
        Node *child = g_hash_table_lookup(objects, &id);
        int place = index_of(now, id);
        if (child && (place < 0 || now->nodes[place].parent != at))
            g_signal_emit_by_name(object, "children-changed::remove", i, child);
    }
    for (guint i = 0; i < come->len; i++) {
        int place = g_array_index(come, int, i);
        int was = index_of(before, now->nodes[place].id);
        if (was < 0 || before->nodes[was].parent != old)
            g_signal_emit_by_name(object, "children-changed::add", i, object_of(place));
    }
}

static void tell_node(const struct snapshot *before, int old, int at)
{
    const struct access_node *was = &before->nodes[old], *is = &now->nodes[at];
    AtkObject *object = g_hash_table_lookup(objects, &is->id);
    if (!object)
        return;
    tell_state(object, was->state, is->state);
    if (strcmp(was->name, is->name) != 0)
        g_object_notify(G_OBJECT(object), "accessible-name");
    if (strcmp(was->value, is->value) != 0)
        g_object_notify(G_OBJECT(object), "accessible-description");
    tell_children(before, old, at);
}

static void tell_focus(uint64_t before)
{
    if (before == now->focus)
        return;
    Node *old = g_hash_table_lookup(objects, &before);
    if (old)
        atk_object_notify_state_change(ATK_OBJECT(old), ATK_STATE_FOCUSED, FALSE);
    int at = index_of(now, now->focus);
    if (at >= 0)
        atk_object_notify_state_change(object_of(at), ATK_STATE_FOCUSED, TRUE);
}

static gboolean is_gone(gpointer id, gpointer object, gpointer data)
{
    (void)object;
    (void)data;
    return index_of(now, *(uint64_t *)id) < 0;
}

static gboolean take(gpointer data)
{
    struct snapshot *before = now;
    now = data;
    if (!before) {
        g_signal_emit_by_name(root, "children-changed::add", 0, object_of(0));
        return G_SOURCE_REMOVE;
    }
    for (size_t i = 0; i < now->count; i++) {
        int old = index_of(before, now->nodes[i].id);
        if (old >= 0)
            tell_node(before, old, (int)i);
    }
    tell_focus(before->focus);
    if (now->announcement[0])
        g_signal_emit_by_name(object_of(0), "announcement", now->announcement);
    g_hash_table_foreach_remove(objects, is_gone, NULL);
    snapshot_free(before);
    return G_SOURCE_REMOVE;
}

/* ---- Life ---- */

static gpointer run(gpointer data)
{
    (void)data;
    AtkUtilClass *util = g_type_class_ref(ATK_TYPE_UTIL);
    util->get_root = get_root;
    util->get_toolkit_name = get_toolkit;
    util->get_toolkit_version = get_version;
    objects = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_object_unref);
    root = g_object_new(application_get_type(), NULL);
    atk_object_set_name(root, "repaso");
    loop = g_main_loop_new(NULL, FALSE);
    if (atk_bridge_adaptor_init(NULL, NULL) == 0)
        g_main_loop_run(loop);
    atk_bridge_adaptor_cleanup();
    return NULL;
}

bool access_module_start(const struct access_host *wanted)
{
    host = wanted;
    thread = g_thread_new("accessibility", run, NULL);
    return thread;
}

void access_module_show(const struct access_tree *tree)
{
    g_idle_add(take, snapshot_of(tree));
}

static gboolean quit(gpointer data)
{
    (void)data;
    g_main_loop_quit(loop);
    return G_SOURCE_REMOVE;
}

void access_module_stop(void)
{
    g_idle_add(quit, NULL);
    g_thread_join(thread);
}
