"""A teacher writes a deck while `repaso add --watch` looks on."""

import queue
import signal
import threading
import time

from support import Machine, main

FIRST = """deck: Rivers
language: en
cards:
  - q: Which river flows through Vienna?
    a: the Danube
"""
MORE = FIRST + """  - q: Which river flows through Seville?
    a: the Guadalquivir
"""


class Watching(Machine):
    def watch(self, *paths):
        """The running program; its lines arrive in a queue."""
        self.program = self.start("add", "--watch", *paths)
        self.lines = queue.Queue()
        for stream in (self.program.stdout, self.program.stderr):
            threading.Thread(target=self.listen, args=(stream,), daemon=True).start()
        self.addCleanup(self.kill)
        self.told("Watching")

    def listen(self, stream):
        for line in stream:
            self.lines.put(line.decode("utf-8"))

    def told(self, words):
        """Lines until one with these words."""
        seen = []
        while not seen or words not in seen[-1]:
            try:
                seen.append(self.lines.get(timeout=30))
            except queue.Empty:
                self.fail(f"not told: {words}\n{''.join(seen)}")
        return "".join(seen)

    def kill(self):
        with self.program:
            self.program.kill()

    def end(self):
        self.program.send_signal(signal.SIGINT)
        self.assertEqual(self.program.wait(30), 0)

    def prompts(self):
        return {row[0] for row in self.query("SELECT prompt FROM card WHERE present")}

    def test_every_save_is_added_and_told(self):
        deck = self.write("rivers.repaso.yaml", FIRST)
        self.watch(deck)
        self.assertEqual(len(self.prompts()), 1)
        deck.write_text(MORE)
        self.assertIn("Rivers: 1 new card, 1 unchanged", self.told("new: Which river flows through Seville?"))
        deck.write_text(MORE.replace("the Guadalquivir", "the Río Guadalquivir"))
        self.told("Which river flows through Seville? (the Guadalquivir → the Río Guadalquivir)")
        deck.write_text(FIRST)
        self.told("retired: Which river flows through Seville?")
        self.end()
        self.assertEqual(len(self.prompts()), 1)

    def test_an_editor_that_replaces_the_file_is_followed(self):
        deck = self.write("rivers.repaso.yaml", FIRST)
        self.watch(deck)
        for text, words in ((MORE, "1 new card, 1 unchanged"), (FIRST, "1 retired")):
            deck.rename(self.home / "rivers.repaso.yaml~")
            self.write("4913.tmp", text).rename(deck)
            self.told(words)
        self.end()

    def test_every_problem_is_told_with_its_place_and_the_watch_goes_on(self):
        deck = self.write("rivers.repaso.yaml", FIRST)
        self.watch(deck)
        deck.write_text(MORE.replace("    a: the Danube", "    anser: the Danube") + "  - q: Which river is the longest?\n")
        told = self.told("rivers.repaso.yaml:8:")
        self.assertIn("rivers.repaso.yaml:5:5: error", told)
        self.assertEqual(len(self.prompts()), 1)
        deck.write_text("deck: [Rivers\n")
        self.told("rivers.repaso.yaml:")
        deck.unlink()
        self.told("rivers.repaso.yaml")
        deck.write_text(MORE)
        self.told("1 new card, 1 unchanged")
        self.end()

    def test_one_bad_deck_holds_up_no_other_and_new_files_of_a_folder_come_in(self):
        self.write("decks/rivers.repaso.yaml", FIRST)
        bad = self.write("decks/hills.repaso.yaml", "deck: Hills\nlanguage: en\ncards:\n  - q: Which hill?\n")
        self.watch(self.home / "decks")
        self.assertEqual(len(self.prompts()), 1)
        bad.write_text("deck: Hills\nlanguage: en\ncards:\n  - q: Which hill?\n    a: the green one\n")
        self.told("Hills: 1 new card")
        self.write("decks/more/lakes.repaso.yaml", "deck: Lakes\nlanguage: en\ncards:\n  - q: Which lake?\n    a: Como\n")
        self.told("Lakes: 1 new card")
        self.assertEqual(len(self.prompts()), 3)
        self.end()

    def test_the_chapter_that_a_deck_quotes_is_watched_too(self):
        chapter = self.write("texts/chapter.md", "# Towns\n\nSeville was founded in 1248 by Fernando.\n")
        deck = self.write("deck.repaso.yaml", "deck: Towns\nlanguage: en\ncards:\n  - q: Who founded it?\n    a: Fernando\n"
                          "    source: {file: texts/chapter.md, quote: founded in 1248}\n")
        self.watch(deck)
        chapter.write_text("# Towns\n\nSeville was founded in 1249 by Fernando.\n")
        self.told("deck.repaso.yaml:6:")
        self.end()

    def test_nothing_runs_while_nothing_changes(self):
        deck = self.write("rivers.repaso.yaml", FIRST)
        self.watch(deck)
        status = f"/proc/{self.program.pid}/status"

        def wake_ups():
            with open(status, encoding="ascii") as lines:
                return next(line for line in lines if line.startswith("voluntary_ctxt"))
        time.sleep(0.5)
        before = wake_ups()
        time.sleep(1.5)
        self.assertEqual(wake_ups(), before)
        self.end()


if __name__ == "__main__":
    main()
