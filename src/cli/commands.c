#include "cli/commands.h"

#include "base/translate.h"
#include "cli/command.h"

const struct option global_options[] = {
    {"collection", 0, "FILE", N_("use this collection instead of your own")},
    {"help", 'h', NULL, N_("tell about the command instead of running it")},
    {0},
};

static const struct option generate_options[] = {
    {"format", 0, "text|jsonl|yaml", N_("for people, one JSON object a card, or a deck to be edited")},
    {"top", 0, "N|all", N_("only the best N of each chapter")},
    {"all", 0, NULL, N_("also what waits for a teacher's review, true or false, and the why questions")},
    {"lang", 0, "es|en", N_("the language of the chapters; else it is found out")},
    {"explain", 0, NULL, N_("tell on standard error how each fact was found")},
    {"without", 0, "RULE", N_("switch a rule or a family of rules off; may be given again")},
    {0},
};

static const struct option add_options[] = {
    {"deck", 0, "NAME", N_("put the cards into this deck; Book::Chapter is a deck below a deck")},
    {"lang", 0, "es|en", N_("the language of the chapters; else it is found out")},
    {"watch", 0, NULL, N_("stay, and add again whenever a file changes; Ctrl+C ends it")},
    {"drafts", 0, "FILE",
     N_("not the chapter's own cards but those of FILE (JSON lines), each checked against it")},
    {"json", 0, NULL, N_("with --drafts: what became of each, as one JSON object")},
    {0},
};

static const struct option proof_options[] = {
    {"format", 0, "text|json", N_("for people, or for programs")},
    {"lang", 0, "es|en", N_("the language of the chapters; else it is found out")},
    {0},
};

static const struct option diff_options[] = {
    {"format", 0, "text|markdown|json", N_("for people, for a comment on a change, or for programs")},
    {"lang", 0, "es|en", N_("the language of the chapters; else it is found out")},
    {0},
};

static const struct option prompt_options[] = {
    {"lang", 0, "es|en", N_("the language of the chapter; else it is found out")},
    {"without-text", 0, NULL, N_("only the instruction and the schema, not the chapter")},
    {0},
};

static const struct option import_options[] = {
    {"dry-run", 0, NULL, N_("tell what would come in and write nothing")},
    {"with-progress", 0, "yes|no", N_("take what was learnt elsewhere too; yes unless you say no")},
    {"format", 0, "apkg|text|gift", N_("what the files are; else it is found out")},
    {"deck", 0, "NAME", N_("where cards go that name no deck; else it is called after the file")},
    {"lang", 0, "es|en", N_("the language of the cards")},
    {"undo", 0, NULL, N_("take the last import back")},
    {"json", 0, NULL, N_("one line of JSON a file")},
    {0},
};

static const struct option learn_options[] = {
    {"lang", 0, "es|en", N_("the language of the chapters; else it is found out")},
    {0},
};

static const struct option export_options[] = {
    {"format", 0, "yaml|apkg|csv|gift|moodle|md|jsonl|html|pdf", N_("what to write; else what -o ends with")},
    {"output", 'o', "FILE", N_("where to; else a file here, called after the deck")},
    {"without-progress", 0, NULL, N_("leave out what you learnt: for handing out")},
    {"quiz", 0, NULL, N_("(pdf) a sheet of questions with a key instead of cards to cut out")},
    {"paper", 0, "a4|letter", N_("(pdf) the size of the page")},
    {"own", 0, NULL, N_("(html) the page is for your own phone: its answers count as yours")},
    {0},
};

static const struct option study_options[] = {
    {"text", 0, NULL, N_("in this terminal instead of a window")},
    {"limit", 0, "N", N_("at most N cards (with --text)")},
    {0},
};

static const struct option decks_options[] = {
    {"names", 0, NULL, N_("names only, one a line")},
    {"dry-run", 0, NULL, N_("spread: only tell what it would cost")},
    {0},
};

static const struct option stats_options[] = {
    {"json", 0, NULL, N_("all figures as one JSON object")},
    {0},
};

static const struct option check_options[] = {
    {"format", 0, "text|json|sarif", N_("for people, for editors, or for code hosts")},
    {0},
};

static const struct option format_options[] = {
    {"check", 0, NULL, N_("rewrite nothing; the status is 1 if something would be")},
    {0},
};

static const struct option recall_options[] = {
    {"lang", 0, "es|en", N_("the language of the chapter; else it is found out")},
    {"json", 0, NULL, N_("every fact with what became of it, as one JSON object")},
    {0},
};

static const struct option judge_options[] = {
    {"accents", 0, "forgive|warn|demand", N_("what a missing accent is worth; forgive")},
    {"typos", 0, "by-length|one|none", N_("how many slips of the finger are forgiven; by the word's length")},
    {0},
};

static const struct option doctor_options[] = {
    {"repair", 0, NULL, N_("rebuild from the log what can be rebuilt")},
    {0},
};

static const struct option help_options[] = {
    {"format", 0, "text|man|bash|zsh|fish", N_("as a text, a man page, or a shell's completions")},
    {0},
};

static const struct option schedule_options[] = {
    {"algorithm", 0, "fsrs7|fsrs6", N_("the memory model; FSRS-7 unless the weights are FSRS-6's")},
    {"weights", 0, "W0,W1,…", N_("the model's weights instead of the default ones")},
    {"retention", 0, "R", N_("the chance of recall at which a card falls due; 0.9")},
    {"guards", 0, NULL, N_("bend intervals as the trainer does: no extremes, whole days")},
    {0},
};

static const struct option fit_options[] = {
    {"algorithm", 0, "fsrs7|fsrs6", N_("the memory model; FSRS-7")},
    {"folds", 0, "N", N_("also tell how well fits on the past foretell what came next, N times")},
    {"use", 0, NULL, N_("let the trainer use the weights, if they foretell your answers no worse")},
    {"json", 0, NULL, N_("one line of JSON")},
    {0},
};

static const struct option simulate_options[] = {
    {"algorithm", 0, "fsrs7|fsrs6", N_("the memory model; FSRS-7 unless the weights are FSRS-6's")},
    {"weights", 0, "W0,W1,…", N_("the model's weights instead of the default ones")},
    {"retention", 0, "R", N_("only this aim instead of the curve from 0.70 to 0.99")},
    {"cards", 0, "N", N_("cards in the deck; 1000")},
    {"known", 0, "N", N_("of them met before; 0")},
    {"days", 0, "N", N_("how long to look ahead; 365")},
    {"new", 0, "N,…", N_("new cards a day; several numbers are compared; 12")},
    {"reviews", 0, "N", N_("at most so many reviews a day")},
    {"minutes", 0, "N", N_("at most so many minutes a day")},
    {"exam", 0, "DAYS", N_("aim at an exam in so many days and tell what is known then")},
    {"seed", 0, "N", N_("another throw of the dice")},
    {"json", 0, NULL, N_("one line of JSON")},
    {0},
};

const struct command commands[] = {
    {.name = "generate",
     .arguments = "CHAPTER…",
     .least = 1,
     .most = -1,
     .completes = COMPLETE_FILE,
     .help = N_("print the questions of chapters and write nothing"),
     .details = N_(
         "Chapters are Markdown in Spanish or English. The best questions come first. Chapters that are "
         "given together, or that a folder holds, are taken for one book: what one tells of a name, the others "
         "know.\n"
         "A question that repaso is not sure of waits for a teacher's review and is shown only with --all."),
     .options = generate_options,
     .run = run_generate},
    {.name = "add",
     .arguments = "PATH…",
     .least = 1,
     .most = -1,
     .completes = COMPLETE_FILE,
     .help = N_("put chapters, folders of chapters or decks into your collection"),
     .details = N_(
         "A card is known by what it asks. So a new edition of a chapter or deck may be added again at any "
         "time: what is reworded, moved or corrected keeps your progress, what is gone retires, and a report "
         "tells the difference.\n"
         "While a deck is being written, --watch adds it at every save and tells what changed and what is "
         "wrong with it; an open window shows the change at once.\n"
         "With --drafts, cards from elsewhere are taken on no trust: the quotation must stand in the "
         "chapter, the "
         "answer in the quotation, and names, dates, figures and reservations must agree. Verified cards go "
         "to the deck, "
         "doubtful ones wait in the draft review, the rest is refused; the status is 0 if all are verified."),
     .options = add_options,
     .run = run_add},
    {.name = "import",
     .arguments = "FILE…",
     .most = -1,
     .completes = COMPLETE_FILE,
     .help = N_("bring decks from Anki, from tables and from GIFT quizzes"),
     .details = N_("Read are Anki packages (.apkg, .colpkg) with their pictures, sounds and everything you "
                   "learnt, Anki's "
                   "text, tables (CSV, TSV), what Quizlet lets you copy (\"-\" reads standard input), and "
                   "Moodle's GIFT. A "
                   "file goes in whole or not at all, and --undo takes it back.\n"
                   "Importing a file again updates its cards and keeps your progress. What cannot be taken "
                   "as it is, is "
                   "told; --dry-run tells it beforehand."),
     .options = import_options,
     .run = run_import},
    {.name = "export",
     .arguments = "[DECK…]",
     .most = -1,
     .completes = COMPLETE_DECK,
     .help = N_("write decks for other programs, for a class or for your phone"),
     .details = N_("csv is Anki's text with headers, for Anki and spreadsheets (tabs, or commas when the "
                   "file ends in .csv); gift and "
                   "moodle are for Moodle, md for reading and Obsidian, jsonl for programs of your own. pdf "
                   "is paper: cards to cut out, "
                   "printed on both sides, or with --quiz a sheet with its key.\n"
                   "html is one page that opens on any phone without a network: flashcards and a quiz with "
                   "the passages. It gives the "
                   "answers back as a small file; \"repaso sync FILE\" takes them in. Answers of other "
                   "people are kept apart.\n"
                   "yaml is to be edited and handed out: a folder with the decks, their pictures and "
                   "chapters, or with -o NAME.zip the "
                   "same as one file; \"repaso add\" takes in either.\n"
                   "Without a deck all are written."),
     .options = export_options,
     .run = run_export},
    {.name = "learn",
     .arguments = "FOLDER",
     .least = 1,
     .most = 1,
     .completes = COMPLETE_FILE,
     .help = N_("write down the names of a book, for you to correct"),
     .details = N_(
         "Looks through the chapters of a folder and writes the names that they speak of into book.yaml beside "
         "them: what kind of thing each is and what else it is called. Correct there what is wrong, and run it "
         "again whenever you like: new names come at the end, and your lines stay as they are.\n"
         "`repaso generate` and `repaso add` obey book.yaml, which may also tell words that are no names, questions "
         "to keep or to leave out, and questions of your own; decks/BOOK.md says how."),
     .options = learn_options,
     .run = run_learn},
    {.name = "study",
     .arguments = "[DECK]",
     .most = 1,
     .completes = COMPLETE_DECK,
     .help = N_("answer what is due today"),
     .details = N_(
         "In the window, or with --text in the terminal: type the answer and press Enter; :help lists what "
         "else there is. Every answer is stored at once, so you may leave at any moment."),
     .options = study_options,
     .run = run_study},
    {.name = "decks",
     .arguments = "[ACTION …]",
     .most = 4,
     .completes = COMPLETE_DECK,
     .help = N_("list your decks with what is due, or change them"),
     .details =
         N_("Actions: rename DECK NAME; move DECK PARENT (\"-\" is the top); merge DECK INTO; delete DECK; "
            "bin (what "
            "was deleted in the last 30 days); restore DECK; set DECK OPTION VALUE (\"-\" is all decks; an "
            "empty value "
            "takes the option back); spread DECK DAYS (gives an overdue backlog new days, in the order that "
            "forgets "
            "least).\n\nOptions are retention, new_per_day, reviews_per_day, minutes_per_day, maximum_days, "
            "first_easy_days, growth, rollover_hour, order, mix, fuzz, siblings_apart, held_back (three "
            "facts in twenty stay unpractised, to compare), exam_day, easy_days, "
            "learn and "
            "relearn (learning steps: \"1m 10m\"), algorithm (7 or 6)."),
     .options = decks_options,
     .run = run_decks},
    {.name = "stats",
     .arguments = "[DECK]",
     .most = 1,
     .completes = COMPLETE_DECK,
     .help = N_("tell how your learning goes"),
     .options = stats_options,
     .run = run_stats},
    {.name = "check",
     .arguments = "DECK…",
     .least = 1,
     .most = -1,
     .completes = COMPLETE_FILE,
     .help = N_("look decks over: every problem with its line and what to do"),
     .details = N_(
         "For decks written by hand, NAME.repaso.yaml. Errors keep a deck from being added, warnings do not; "
         "the status is 1 if there is an error."),
     .options = check_options,
     .run = run_check},
    {.name = "format",
     .arguments = "DECK…",
     .least = 1,
     .most = -1,
     .completes = COMPLETE_FILE,
     .help = N_("rewrite decks neatly, with their comments"),
     .options = format_options,
     .run = run_format},
    {.name = "proof",
     .arguments = "PATH…",
     .least = 1,
     .most = -1,
     .completes = COMPLETE_FILE,
     .help = N_("tell an author what may be wrong in chapters"),
     .details = N_(
         "Passages that contradict each other, names that are nearly alike or written in two ways, dates "
         "whose "
         "year is a guess, words without their accent or in no dictionary; each with its place and the other "
         "one. Chapters that are given together, or a folder, are taken for one book."),
     .options = proof_options,
     .run = run_proof},
    {.name = "diff",
     .arguments = "OLD NEW",
     .least = 2,
     .most = 2,
     .completes = COMPLETE_FILE,
     .help = N_("tell which facts, answers and cards an edit changes"),
     .details = N_("OLD and NEW are two editions of a chapter, or two folders of chapters. The status is 1 "
                   "when an answer "
                   "changed: so a book's automatic checks can ask for a second look."),
     .options = diff_options,
     .run = run_diff},
    {.name = "prompt",
     .arguments = "CHAPTER",
     .least = 1,
     .most = 1,
     .completes = COMPLETE_FILE,
     .help = N_("print an instruction for whoever is to write cards about a chapter"),
     .details = N_("Give it to a colleague or a chatbot, and what comes back to `repaso add --drafts`."),
     .options = prompt_options,
     .run = run_prompt},
    {.name = "recall",
     .arguments = "CHAPTER",
     .least = 1,
     .most = 1,
     .completes = COMPLETE_FILE,
     .help = N_("tell what your own words bring of a chapter"),
     .details = N_("Write down what you remember, without looking, and give it on standard input: what you "
                   "brought, what is nearly right and what the text says instead, and what you missed."),
     .options = recall_options,
     .run = run_recall},
    {.name = "judge",
     .arguments = "",
     .help = N_("tell of given answers whether they are right, as the trainer does"),
     .details =
         N_("Reads JSON lines with lang, kind, answer, accepted and given from standard input and prints for "
            "each its verdict (right, almost, wrong), what was forgiven, the grade, and the difference."),
     .options = judge_options,
     .run = run_judge},
    {.name = "backup",
     .arguments = "[FILE]",
     .most = 1,
     .completes = COMPLETE_FILE,
     .help = N_("copy your collection, safely also while it is in use"),
     .details =
         N_("Without FILE, or with a folder, the copy is called after the moment. Without anything it goes "
            "into the folder \"backups\" beside the collection."),
     .run = run_backup},
    {.name = "restore",
     .arguments = "FILE",
     .least = 1,
     .most = 1,
     .completes = COMPLETE_FILE,
     .help = N_("put a backup in the place of your collection"),
     .details = N_("What was there before is kept as a backup too."),
     .run = run_restore},
    {.name = "doctor",
     .arguments = "",
     .help = N_("look whether your collection is whole"),
     .options = doctor_options,
     .run = run_doctor},
    {.name = "rebuild",
     .arguments = "",
     .help = N_("compute anew from the log what is remembered of every card"),
     .run = run_rebuild},
    {.name = "sync",
     .arguments = "FOLDER|FILE",
     .least = 1,
     .most = 1,
     .completes = COMPLETE_FILE,
     .help = N_("exchange answers with your other devices through a shared folder"),
     .details = N_(
         "The folder may lie on a stick, a network drive, or in what Nextcloud or Syncthing keep alike. Each "
         "device writes only files of its own there, so nothing can clash; run it again whenever you like. "
         "Chapters are not carried: add the same ones on each device.\n\nA FILE is one such log that was "
         "handed over: its answers count as yours if they are, else they are kept apart."),
     .run = run_sync},
    {.name = "fit",
     .arguments = "[FILE]",
     .most = 1,
     .completes = COMPLETE_FILE,
     .help = N_("fit the memory model to your answers, or to a log of reviews"),
     .details = N_(
         "Without FILE: your own collection. FILE (- is standard input) has rows of "
         "card_id,review_ms,rating,elapsed_days. Tells the weights that explain the answers best. Rows with "
         "another rating than 1 to 4, with negative gaps, from the future or standing there twice are left "
         "out and counted."),
     .options = fit_options,
     .run = run_fit},
    {.name = "schedule",
     .arguments = "[FILE]",
     .most = 1,
     .completes = COMPLETE_FILE,
     .help = N_("tell what the memory model makes of a list of reviews"),
     .details =
         N_("Reads rows of card_id,rating,elapsed_days from FILE or standard input; the first line names the "
            "columns. The rows of a card are its reviews in order, with ratings from 1 (again) to 4 (easy) "
            "and the days since the row before.\n\nPrints the same rows with the chance of recall before "
            "the review, the memory after it, and the days until the next one."),
     .options = schedule_options,
     .run = run_schedule},
    {.name = "simulate",
     .arguments = "[FILE]",
     .most = 1,
     .completes = COMPLETE_FILE,
     .help = N_("tell what studying would cost and give"),
     .details =
         N_("A made learner, whose memory follows the model, studies day after day. Without --retention it "
            "goes through thirty aims and names the one that gives most for the time.\n\nFILE is a log as "
            "for fit: how often this learner misses new cards and which grades follow."),
     .options = simulate_options,
     .run = run_simulate},
    {.name = "version", .arguments = "", .help = N_("tell the version and the licence"), .run = run_version},
    {.name = "help",
     .arguments = "[COMMAND]",
     .most = 1,
     .completes = COMPLETE_COMMAND,
     .help = N_("tell what there is, or all about one command"),
     .options = help_options,
     .run = run_help},
    {0},
};
