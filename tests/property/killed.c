/* A learner's program that is killed at any moment loses at most the card on screen.
 *
 *     killed [TIMES]
 *
 * A child studies, undoes, backs up, puts fitted weights in force and writes its log into a shared folder, and reports each
 * event whose call has returned on a pipe. It is killed after a random while. Then the file must open, be whole, and hold
 * every event that was reported: at most one more. Another device reads the folder every time and is whole too; in the end
 * both hold the same events. */
#include "base/arena.h"
#include "base/list.h"
#include "base/random.h"
#include "cards/identity.h"
#include "collection/add.h"
#include "collection/care.h"
#include "collection/deck.h"
#include "schedule/day.h"
#include "study/refit.h"
#include "study/session.h"
#include "sync/folder.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char folder[64], path[96], other_path[96], stick[96];

static _Noreturn void give_up(const char *what, const struct error *e)
{
    fprintf(stderr, "%s: %s\n", what, e ? e->text : "");
    exit(1);
}

static struct collection *open_at(const char *at, uint64_t seed, struct moment now)
{
    struct collection_options options = {.now = now, .seed = seed};
    struct collection *collection;
    struct error e = {0};
    if (!collection_open(at, &options, &collection, &e))
        give_up("open", &e);
    return collection;
}

static struct collection *open_collection(struct moment now)
{
    return open_at(path, 1, now);
}

static void sync_stick(struct collection *collection, struct arena *arena, struct moment now)
{
    struct sync_report report;
    struct error e = {0};
    if (!sync_folder(collection, arena, stick, now, &report, NULL, &e))
        give_up("sync", &e);
}

/* What a fit ends with; the fit itself writes nothing. */
static void take_weights(struct collection *collection, struct random *random, struct moment now)
{
    struct refit refit = {.outcome = REFIT_TAKEN, .reviews = 100, .targets = 100};
    struct error e = {0};
    refit.update.params = fsrs_defaults(ALGORITHM_FSRS7);
    refit.update.params.w[0] += 0.001 * (double)random_below(random, 100);
    if (!refit_commit(collection, &refit, now, &e))
        give_up("weights", &e);
}

static void add_chapter(struct collection *collection, struct arena *arena, int edition, struct moment now)
{
    struct cards cards = {0};
    for (int i = edition; i < edition + 60; i++) {
        struct card card = {.prompt = str_format(arena, "Question %d?", i),
                            .answer = str_format(arena, "answer %d", i),
                            .confidence = 1};
        card.id = identity_of_question(STR("t"), card.prompt);
        list_push(arena, &cards, card);
    }
    struct addition addition = {.deck = STR("Book"),
                                .path = STR("one.md"),
                                .source = str_format(arena, "edition %d", edition),
                                .cards = &cards};
    struct add_report report;
    struct error e = {0};
    if (!collection_add(collection, arena, &addition, now, &report, &e))
        give_up("add", &e);
}

/* Everything the child does is one event, so that the parent can count. A pipe write of a byte is atomic. */
static void report(int fd)
{
    if (write(fd, "x", 1) != 1)
        _exit(1);
}

static void answer_one(struct session *session, struct moment now, struct random *random)
{
    const struct question *question = session_current(session, now, NULL);
    struct outcome outcome;
    struct graded graded;
    struct error e = {0};
    if (!question)
        return;
    struct str given = random_below(random, 4) ? question->row->card.answer : STR("nonsense");
    if (!session_answer(session, given, 3000, now, &outcome, &e) ||
        !session_grade(session, outcome.proposed, now, &graded, &e))
        give_up("grade", &e);
}

static _Noreturn void live(int fd, uint64_t seed, struct moment now)
{
    struct random random = {seed};
    struct arena arena = {0};
    struct error e = {0};
    struct collection *collection = open_collection(now);
    struct session_options options = {.mode = ANSWER_REVIEW, .new_limit = 100, .read_age_s = -1};
    struct session *session = NULL;
    for (int i = 0;; i++) {
        now.at_ms += 61000;
        if (i % 40 == 0) {
            session_close(session);
            if (!session_open(collection, &options, now, &session, &e))
                give_up("session", &e);
        }
        if (!session_current(session, now, NULL)) {
            now.at_ms += DAY_MS;
            i = 39;
            continue;
        }
        uint64_t what = random_below(&random, 14);
        if (what == 0 && session_undo(session, now, NULL)) {
            report(fd);
        } else if (what == 1) {
            if (!collection_backup(collection, &arena, folder, now, NULL, &e))
                give_up("backup", &e);
        } else if (what == 2) {
            sync_stick(collection, &arena, now);
        } else if (what == 3) {
            take_weights(collection, &random, now);
            report(fd);
        } else if (what > 3) {
            answer_one(session, now, &random);
            report(fd);
        }
        arena_reset(&arena);
    }
}

static void wait_ms(uint64_t ms)
{
    struct timespec pause = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000};
    nanosleep(&pause, NULL);
}

static int64_t examine_file(struct collection *collection, struct arena *arena, struct moment now)
{
    struct findings findings = {0};
    struct error e = {0};
    if (!collection_doctor(collection, arena, false, now, &findings, &e))
        give_up("doctor", &e);
    list_each (struct finding, finding, &findings)
        give_up(finding->text.ptr, NULL);
    return findings.events;
}

static int64_t examine(struct moment now)
{
    struct arena arena = {0};
    struct collection *collection = open_collection(now);
    int64_t events = examine_file(collection, &arena, now);
    collection_close(collection);
    arena_finish(&arena);
    return events;
}

/* Whatever the killed one left in the folder; returns how many events the other device then has. */
static int64_t read_elsewhere(struct moment now)
{
    struct arena arena = {0};
    struct collection *collection = open_at(other_path, 2, now);
    sync_stick(collection, &arena, now);
    int64_t events = examine_file(collection, &arena, now);
    collection_close(collection);
    arena_finish(&arena);
    return events;
}

/* Returns how many events were reported before the end. */
static int64_t kill_one(uint64_t seed, struct random *random, struct moment now)
{
    int ends[2];
    if (pipe(ends) != 0)
        exit(1);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        live(ends[1], seed, now);
    }
    close(ends[1]);
    char bytes[4096];
    int64_t reported = 0;
    ssize_t got = read(ends[0], bytes, 1); /* it is at work */
    wait_ms(random_below(random, 30));
    kill(child, SIGKILL);
    int status;
    waitpid(child, &status, 0);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
        give_up("the child ended by itself", NULL);
    for (; got > 0; got = read(ends[0], bytes, sizeof bytes))
        reported += got;
    close(ends[0]);
    return reported;
}

int main(int argc, char **argv)
{
    int times = argc > 1 ? atoi(argv[1]) : 50, lost = 0, more = 0;
    struct moment now = {INT64_C(1780000000000), 120};
    struct random random = {42};
    strcpy(folder, access("/dev/shm", W_OK) == 0 ? "/dev/shm/repaso-XXXXXX" : "/tmp/repaso-XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    snprintf(path, sizeof path, "%s/learner.db", folder);
    snprintf(other_path, sizeof other_path, "%s/other.db", folder);
    snprintf(stick, sizeof stick, "%s/stick", folder);
    if (mkdir(stick, 0700) != 0)
        return 1;
    struct arena arena = {0};
    struct collection *collection = open_collection(now);
    add_chapter(collection, &arena, 0, now);
    collection_close(collection);
    arena_finish(&arena);

    int64_t known = examine(now), graded = 0;
    for (int i = 0; i < times; i++) {
        now.at_ms += DAY_MS;
        int64_t reported = kill_one((uint64_t)i, &random, now), events = examine(now);
        lost += events < known + reported;
        more += events > known + reported;
        if (events > known + reported + 1)
            give_up("events that nobody made", NULL);
        graded += reported;
        known = events;
        read_elsewhere(now);
    }
    collection = open_collection(now);
    sync_stick(collection, &arena, now);
    collection_close(collection);
    arena_finish(&arena);
    if (read_elsewhere(now) != known)
        give_up("the other device has other events", NULL);
    printf("killed %d times in %lld events: %d reported events lost, %d times the last one was on disk "
           "unreported\n",
           times, (long long)graded, lost, more);
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) != 0 || lost != 0;
}
