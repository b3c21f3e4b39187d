/* What a screen may ask for. The rows that belong to these numbers (name, keys, help, what happens) are the
 * command table of app/. */
#ifndef REPASO_SCREENS_ACTION_H
#define REPASO_SCREENS_ACTION_H

enum action {
    ACTION_NONE,

    /* everywhere */
    ACTION_BACK,
    ACTION_HELP,
    ACTION_PALETTE,
    ACTION_SETTINGS,
    ACTION_UNDO,
    ACTION_THEME_NEXT,
    ACTION_LANGUAGE_NEXT,
    ACTION_ZOOM_IN,
    ACTION_ZOOM_OUT,
    ACTION_ZOOM_RESET,
    ACTION_FULL_SCREEN,
    ACTION_COPY,
    ACTION_HOME,
    ACTION_QUIT,
    ACTION_DISMISS, /* closes the help sheet, the palette, a dialog */

    /* home */
    ACTION_STUDY,      /* everything that is due */
    ACTION_STUDY_DECK, /* argument: deck */
    ACTION_DECK_FOLD,  /* argument: deck */
    ACTION_SAMPLE,     /* adds the bundled chapter */
    ACTION_READER,     /* argument: deck, 0: the one the cursor is on */
    ACTION_DRAFTS,     /* likewise */
    ACTION_BROWSER,    /* likewise */
    ACTION_STATISTICS, /* likewise */
    ACTION_NEW_CARD,
    ACTION_IMPORT,
    ACTION_FIRST,     /* the first session after reading; argument: deck */
    ACTION_PROJECTOR, /* argument: deck */
    ACTION_EXAM,      /* argument: deck */

    /* study */
    ACTION_REVEAL,
    ACTION_TYPE,
    ACTION_CHECK, /* text: what was typed */
    ACTION_HINT,
    ACTION_CHOICES,
    ACTION_PICK,       /* argument: which choice */
    ACTION_ORDER_MOVE, /* argument: which row; number: −1 or 1 */
    ACTION_ORDER_JUMP, /* argument: which row */
    ACTION_DONT_KNOW,
    ACTION_AGAIN,
    ACTION_HARD,
    ACTION_GOOD,
    ACTION_EASY,
    ACTION_ACCEPT, /* the proposed grade */
    ACTION_WAS_RIGHT,
    ACTION_BURY,
    ACTION_SUSPEND,
    ACTION_FLAG,
    ACTION_LISTEN, /* the card's sound, or a voice that reads it */
    ACTION_IMAGE,  /* larger or smaller */
    ACTION_SOURCE,
    ACTION_EDIT,
    ACTION_MORE, /* another round */
    ACTION_FOUR, /* argument: 1 four grades from now on, 0 two */

    /* what came of an exam */
    ACTION_EXAM_PENALTY,

    /* settings; each with its argument or text */
    ACTION_SET_LANGUAGE,
    ACTION_SET_THEME,
    ACTION_SET_ZOOM,
    ACTION_SET_GRADES,
    ACTION_SET_ACCENTS,
    ACTION_SET_TYPOS,
    ACTION_SET_NEW,
    ACTION_SET_RETENTION,
    ACTION_SET_HELD_BACK,
    ACTION_SET_FONT,
    ACTION_SET_MOTION,

    /* palette and help */
    ACTION_FILTER, /* text: words that the rows must have */
    ACTION_CHOOSE, /* argument: the row */

    /* reader */
    ACTION_NEXT_FACT,
    ACTION_PREVIOUS_FACT,
    ACTION_SHOW_FACT, /* argument: which */
    ACTION_CARD_FROM_SELECTION,
    ACTION_QUIZ_PAGE,
    ACTION_READER_LARGER,
    ACTION_READER_SMALLER,

    /* drafts */
    ACTION_DRAFT_SHOW, /* argument: the row */
    ACTION_DRAFT_ACCEPT,
    ACTION_DRAFT_REJECT,
    ACTION_DRAFT_REASON, /* argument: which */
    ACTION_DRAFT_ACCEPT_ALL,

    /* browser and editor */
    ACTION_BROWSE_SHOW, /* argument: the row */
    ACTION_BROWSE_STATUS,
    ACTION_BROWSE_STUDY,
    ACTION_SEARCH,
    ACTION_EDIT_PROMPT,
    ACTION_EDIT_ANSWER,
    ACTION_EDIT_ACCEPTED,
    ACTION_EDIT_HINT,
    ACTION_SAVE,
    ACTION_RETIRE,
    ACTION_RESET,

    /* statistics */
    ACTION_STATISTICS_SPAN, /* argument: which */
    ACTION_TABLE,
    ACTION_CARDS, /* argument: enum statistics_cards */
    ACTION_CARD,  /* argument: key of a card */
    ACTION_SAVE_CSV,
    ACTION_SAVE_PNG,
    ACTION_SAVE_PDF,

    /* the first session */
    ACTION_FIRST_NEXT,
    ACTION_FIRST_WHEN,    /* argument: just now, read here, days ago */
    ACTION_FIRST_AMOUNT,  /* argument: 12, 30, 0 for all */
    ACTION_FIRST_GUESS,   /* text */
    ACTION_FIRST_WRITTEN, /* text */
    ACTION_FIRST_TITLES,
    ACTION_FIRST_MARK,    /* argument: which fact */
    ACTION_FIRST_PASSAGE, /* likewise */
    ACTION_FIRST_TOGGLE,  /* argument: which card */
    ACTION_FIRST_KEEP,    /* likewise, -1 for the one with the focus */
    ACTION_FIRST_DROP,
    ACTION_FIRST_REASON, /* argument: card × FIRST_REASONS + reason */
    ACTION_FIRST_WHY,    /* text */
    ACTION_FIRST_BET,    /* number */
    ACTION_FIRST_HOUR,   /* argument: which */
    ACTION_FIRST_CALENDAR,
    ACTION_BET, /* the cards that were bet on */

    /* import */
    ACTION_IMPORT_PATH, /* text */
    ACTION_IMPORT_PASTE,
    ACTION_IMPORT_CREATE,
    ACTION_IMPORT_REMOVE, /* argument: which */

    /* projector */
    ACTION_PROJECTOR_KNEW, /* text: how many had it */

    ACTION_COUNT
};

#endif
