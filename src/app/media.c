/* Pictures and sounds of the card at hand. The pictures last seen are kept. */
#include "app/inside.h"

#include "base/file.h"
#include "base/translate.h"
#include "collection/import.h"

#include <stdlib.h>
#include <string.h>

enum { LIMIT = 20 << 20 };
#define MEDIA "media:"

static struct picture *find(struct media_state *media, struct str path)
{
    for (int i = 0; i < PICTURES_KEPT; i++)
        if (media->pictures[i].path && str_equal(path, str_from(media->pictures[i].path)))
            return &media->pictures[i];
    return NULL;
}

static void forget(struct picture *picture)
{
    canvas_image_free(picture->image);
    free(picture->path);
    *picture = (struct picture){0};
}

/* "media:HASH", or the bare hash: 64 hexadecimal digits. */
static bool is_medium(struct str path, struct str *ret_hash)
{
    enum { HASH = 64 };
    struct str hash = str_starts(path, STR(MEDIA)) ? str_slice(path, sizeof MEDIA - 1, path.len) : path;
    for (size_t i = 0; i < hash.len; i++)
        if (!strchr("0123456789abcdef", hash.ptr[i]))
            return false;
    *ret_hash = hash;
    return hash.len == HASH;
}

/* Of a file, or out of the collection, where imported decks keep theirs. */
static bool read_bytes(struct app *app, struct arena *arena, const char *path, struct str *ret,
                       struct error *e)
{
    struct str hash, mime;
    if (!is_medium(str_from(path), &hash))
        return file_read(arena, path, LIMIT, ret, e);
    return collection_medium(app->collection, arena, hash, &mime, ret, e);
}

static void read_picture(struct app *app, struct picture *ret)
{
    struct arena arena = {0};
    struct error e = {0};
    struct str bytes;
    if (!app->window.picture)
        fail(&e, ERROR_NOT_FOUND, _("There is no window to show the picture in."));
    else if (read_bytes(app, &arena, ret->path, &bytes, &e))
        ret->image = app->window.picture(app->window.self, bytes, &e);
    struct str hash;
    if (!ret->image) {
        if (!is_medium(str_from(ret->path), &hash)) /* a hash says nothing to a learner */
            error_at(&e, path_name(str_from(ret->path)), 0, 0);
        error_describe(&e, ret->wrong, sizeof ret->wrong);
    }
    arena_finish(&arena);
}

struct canvas_image *media_picture(struct app *app, struct str path, struct str *ret_wrong)
{
    struct media_state *media = &app->media;
    *ret_wrong = (struct str){0};
    if (!path.len)
        return NULL;
    struct picture *picture = find(media, path);
    if (!picture) {
        picture = &media->pictures[media->next++ % PICTURES_KEPT];
        forget(picture);
        picture->path = strndup(path.ptr, path.len);
        read_picture(app, picture);
    }
    *ret_wrong = str_from(picture->wrong);
    return picture->image;
}

void media_finish(struct app *app)
{
    for (int i = 0; i < PICTURES_KEPT; i++)
        forget(&app->media.pictures[i]);
}

/* Sounds are played from files: what the collection keeps is laid beside it. */
static bool play(struct app *app, const char *path, struct error *e)
{
    struct arena *arena = ui_arena(app->ui);
    struct str bytes, hash;
    if (!is_medium(str_from(path), &hash))
        return app->window.play(app->window.self, path, e);
    struct str folder = path_folder(str_from(collection_path(app->collection)));
    struct str file = path_join(arena, folder, STR(".repaso-sound"));
    return read_bytes(app, arena, path, &bytes, e) && file_write(file.ptr, bytes, e) &&
           app->window.play(app->window.self, file.ptr, e);
}

/* The card's own sound, else a voice that reads what shows. */
void media_listen(struct app *app, const struct card *card, bool back)
{
    struct error e = {0};
    if (card->audio.len && app->window.play) {
        if (!play(app, str_copy(ui_arena(app->ui), card->audio).ptr, &e))
            app_toast_error(app, &e);
        return;
    }
    if (app->window.say)
        app->window.say(app->window.self, back ? card->answer : card->prompt, card->lang);
}
