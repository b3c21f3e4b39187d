"""Every command does what its help says, in an empty home."""

import json
import re
import signal
import subprocess

from support import CHAPTER, DAY_MS, DECK, PROGRAM, ROOT, Machine, main


class Help(Machine):
    def test_the_version_is_told(self):
        self.assertRegex(self.run_repaso("version").out, r"^repaso \d+\.\d+\.\d+ ")
        self.assertEqual(self.run_repaso("--version").out, self.run_repaso("version").out)

    def commands(self):
        return re.findall(r"^  (\w+)  ", self.run_repaso("help").out, re.MULTILINE)

    def test_every_command_has_help_of_its_own(self):
        self.assertIn("generate", self.commands())
        for name in self.commands():
            with self.subTest(command=name):
                told = self.run_repaso("help", name).out
                self.assertTrue(told.startswith(f"usage: repaso {name}"), told)
                self.assertEqual(self.run_repaso(name, "--help").out, told)

    def test_wrong_usage_exits_with_2(self):
        for arguments in (["nonsense"], ["generate"], ["generate", "--format", "pdf", "x"], ["decks", "--nmes"],
                          ["restore"], ["version", "now"], ["generate", "--top", "0", str(CHAPTER)]):
            with self.subTest(arguments=arguments):
                self.refused(*arguments, status=2)

    def test_help_speaks_spanish_without_any_locale(self):
        told = self.run_repaso("help", LANGUAGE="es", LC_ALL="C").out
        self.assertIn("repaso", told)

    def test_completions_are_valid_shell(self):
        script = self.write("completion.bash", self.run_repaso("help", "--format", "bash").out)
        subprocess.run(["bash", "-n", script], check=True)
        asked = (f". {script}; COMP_WORDS=(repaso gen); COMP_CWORD=1; _repaso; echo ${{COMPREPLY[@]}};"
                 f"COMP_WORDS=(repaso generate --format js); COMP_CWORD=3; _repaso; echo ${{COMPREPLY[@]}}")
        done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout.split(), ["generate", "jsonl"])


class Generate(Machine):
    def cards(self, *arguments):
        return [json.loads(line) for line in self.run_repaso("generate", "--format", "jsonl", *arguments).out.splitlines()]

    def test_two_runs_are_equal_to_the_byte(self):
        first = self.run_repaso("generate", "--format", "jsonl", CHAPTER).stdout
        self.assertEqual(first, self.run_repaso("generate", "--format", "jsonl", CHAPTER).stdout)

    def test_it_writes_nothing(self):
        self.run_repaso("generate", CHAPTER)
        self.assertEqual(list(self.home.iterdir()), [])

    def test_a_card_line_has_the_keys_that_were_promised(self):
        keys = ["id", "kind", "relation", "lang", "prompt", "answer", "accepted", "choices", "items", "subject",
                "object", "value", "confidence", "tier", "source"]
        cards = self.cards(CHAPTER)
        self.assertGreater(len(cards), 12)
        for card in cards:
            self.assertEqual(list(card), keys)
            self.assertRegex(card["id"], r"^[a-z2-7]{26}$")
            self.assertEqual((card["tier"], card["lang"]), ("auto", "es"))

    def test_passages_are_where_they_say(self):
        source = CHAPTER.read_bytes()
        for card in self.cards(CHAPTER):
            place = card["source"]
            line = source[:place["start"]].count(b"\n") + 1
            self.assertEqual(line, place["line"], card["prompt"])

    def test_top_takes_the_best(self):
        self.assertEqual(self.cards("--top", "5", CHAPTER), self.cards(CHAPTER)[:5])

    def test_all_shows_what_waits_for_review(self):
        self.assertGreaterEqual(len(self.cards("--all", CHAPTER)), len(self.cards(CHAPTER)))

    def test_a_rule_can_be_switched_off(self):
        relations = {card["relation"] for card in self.cards(CHAPTER)}
        self.assertIn("release", relations)
        without = {card["relation"] for card in self.cards("--without", "release", CHAPTER)}
        self.assertNotIn("release", without)

    def test_explain_tells_on_standard_error(self):
        done = self.run_repaso("generate", "--explain", "--format", "jsonl", CHAPTER)
        self.assertTrue(done.err)
        self.assertEqual(done.stdout, self.run_repaso("generate", "--format", "jsonl", CHAPTER).stdout)

    def test_the_yaml_is_a_deck_that_passes_the_check_and_keeps_the_identities(self):
        deck = self.write("out.repaso.yaml", self.run_repaso("generate", "--format", "yaml", CHAPTER).out)
        self.write(CHAPTER.name, CHAPTER.read_bytes())
        self.run_repaso("check", deck)
        self.run_repaso("add", CHAPTER)
        before = self.query("SELECT count(*) FROM card")
        self.run_repaso("add", deck, "--deck", self.query("SELECT name FROM deck")[0][0])
        self.assertEqual(self.query("SELECT count(*) FROM card"), before)

    def test_the_text_is_for_people(self):
        out = self.run_repaso("generate", "--top", "1", CHAPTER).out
        self.assertRegex(out, r"\?\n  → .+\n  .*ascenso-y-caida\.md:\d+  “")


class Decks(Machine):
    def test_nothing_yet_is_an_answer(self):
        self.assertIn("No decks yet", self.run_repaso("decks").out)
        self.refused("stats", says="repaso add")
        self.assertFalse(self.collection.exists())

    def test_the_first_run_says_where_the_data_is(self):
        first = self.run_repaso("add", CHAPTER)
        self.assertIn(f"{self.collection}; nothing leaves this machine", first.err)
        self.assertNotIn("nothing leaves", self.run_repaso("add", CHAPTER).err)

    def test_adding_twice_changes_nothing(self):
        self.run_repaso("add", CHAPTER)
        before = self.query("SELECT id, prompt, answer, status FROM card ORDER BY id")
        told = self.run_repaso("add", CHAPTER).out
        self.assertNotIn("new card", told)
        self.assertEqual(self.query("SELECT id, prompt, answer, status FROM card ORDER BY id"), before)

    def test_a_deck_goes_in_with_its_options(self):
        self.assertIn("new cards", self.run_repaso("add", DECK).out)
        self.assertIn("Light", self.run_repaso("decks").out)
        self.assertEqual(self.run_repaso("decks", "--names").out.strip(), "Light, and how we came to know it")

    def test_a_folder_is_a_book(self):
        self.run_repaso("add", ROOT / "decks", "--deck", "Samples")
        names = self.run_repaso("decks", "--names").out.splitlines()
        self.assertIn("Samples", names)
        self.assertTrue([name for name in names if name.startswith("Samples::")], names)

    def test_the_collection_can_be_anywhere(self):
        self.run_repaso("--collection", self.home / "my cards.db", "add", CHAPTER)
        self.assertFalse(self.collection.exists())
        self.assertIn("Auge", self.run_repaso("decks", f"--collection={self.home}/my cards.db").out)

    def test_other_formats_are_refused_with_the_command_that_converts_them(self):
        for name, command in (("a.docx", "pandoc"), ("a.odt", "pandoc"), ("a.epub", "pandoc"), ("a.html", "pandoc"),
                              ("a.pdf", "pdftotext")):
            with self.subTest(name=name):
                self.write(name, b"PK\x03\x04")
                self.refused("generate", name, says=command)
                self.refused("add", name, says=name)


class Format(Machine):
    def test_a_deck_is_rewritten_once(self):
        deck = self.write("a.repaso.yaml", "deck:   A # mine\nlanguage: en\ncards: [{q: Of Peru?, a: Lima}]\n")
        self.run_repaso("format", "--check", deck, status=1)
        self.assertIn("rewritten", self.run_repaso("format", deck).out)
        self.assertEqual(deck.read_text(), "deck: A  # mine\nlanguage: en\n\ncards:\n  - q: Of Peru?\n    a: Lima\n")
        self.assertEqual(self.run_repaso("format", "--check", deck).out, "")

    def test_the_bundled_deck_is_neat(self):
        self.run_repaso("format", "--check", DECK)


class Check(Machine):
    def test_the_bundled_deck_is_clean(self):
        self.assertIn("all well", self.run_repaso("check", DECK).out)

    def test_every_problem_is_told_in_one_run(self):
        deck = self.write("bad.repaso.yaml", "deck: A\nlanguage: en\ncards:\n  - q: What?\n  - qq: x\n    a: y\n")
        done = self.run_repaso("check", deck, status=1)
        self.assertIn("bad.repaso.yaml:4:5: error: This card has no answer", done.err)
        self.assertIn("bad.repaso.yaml:5:5: error: There is no key \"qq\"", done.err)
        self.assertIn("    ^", done.err)
        self.run_repaso("add", deck, status=1)
        self.assertFalse(self.collection.exists())


class Study(Machine):
    def study(self, *answers, arguments=()):
        return self.run_repaso("study", "--text", *arguments, text="".join(answer + "\n" for answer in answers))

    def answers(self):
        rows = self.query("SELECT prompt, answer FROM card")
        return dict(rows)

    def test_a_chapter_is_learnt_and_comes_back_tomorrow(self):
        self.run_repaso("add", CHAPTER)
        known = self.answers()
        with self.start("study", "--text") as program:
            self.answer_all(program, known)
        self.assertGreater(self.grades(), 0)
        self.assertIn("Nothing is due now", self.study().out)
        first = self.grades()
        self.now_ms += DAY_MS
        with self.start("study", "--text") as program:
            self.answer_all(program, known)
        self.assertGreater(self.grades(), first)

    def answer_all(self, program, known):
        """Answers every question that shows, from what the collection knows."""
        shown = ""
        while True:
            piece = program.stdout.read1(4096).decode("utf-8")
            if not piece:
                break
            shown += piece
            if not shown.endswith("> "):
                continue
            prompts = [prompt for prompt in known if prompt in shown]
            answer = known[max(prompts, key=shown.rfind)] if prompts and "Did you know" not in shown else "y"
            shown = ""
            program.stdin.write(answer.encode() + b"\n")
            program.stdin.flush()
        self.assertEqual(program.wait(), 0, program.stderr.read().decode())

    def test_right_and_wrong_are_told_apart(self):
        self.run_repaso("add", self.write("d.repaso.yaml", "deck: D\nlanguage: en\ncards:\n- {q: Capital of Peru?, a: Lima}\n"))
        self.assertIn("✓", self.study("lima").out)
        self.run_repaso("add", self.write("e.repaso.yaml", "deck: E\nlanguage: en\ncards:\n- {q: Capital of Chile?, a: Santiago}\n"))
        self.assertIn("✗", self.study("Lima", arguments=("E",)).out)

    def test_undo_takes_the_grade_back(self):
        self.run_repaso("add", self.write("d.repaso.yaml", "deck: D\nlanguage: en\ncards:\n- {q: Capital of Peru?, a: Lima}\n"
                                          "- {q: Capital of Chile?, a: Santiago}\n"))
        self.assertIn("Taken back", self.study("no", ":undo").out)
        self.assertEqual(self.query("SELECT count(*) FROM event WHERE kind = 2")[0][0], 1)

    def read_prompt(self, program):
        shown = b""
        while not shown.endswith(b"> "):
            piece = program.stdout.read1(4096)
            self.assertTrue(piece, shown)
            shown += piece

    def test_an_interrupt_loses_nothing(self):
        self.run_repaso("add", DECK)
        with self.start("study", "--text") as program:
            self.read_prompt(program)
            program.stdin.write(b"no idea\n")
            program.stdin.flush()
            self.read_prompt(program)
            program.send_signal(signal.SIGINT)
        self.assertEqual(program.returncode, -signal.SIGINT)
        self.assertEqual(self.grades(), 1)

    def test_a_deck_that_is_not_there_is_named(self):
        self.run_repaso("add", DECK)
        self.refused("study", "--text", "Nope", says="Nope")

    def test_without_a_display_the_window_says_what_to_do(self):
        self.refused("study", says="--text")
        self.refused(says="--text")


class Care(Machine):
    def test_a_backup_can_be_restored(self):
        self.run_repaso("add", DECK)
        backup = self.home / "kept.db"
        self.run_repaso("backup", backup)
        self.run_repaso("add", CHAPTER)
        self.run_repaso("restore", backup)
        self.assertEqual(self.run_repaso("decks", "--names").out.strip(), "Light, and how we came to know it")

    def test_a_backup_needs_no_name(self):
        self.run_repaso("add", DECK)
        told = self.run_repaso("backup").out
        self.assertRegex(told, r"backups/.+-\d{8}-\d{6}\.db")

    def test_the_doctor_finds_nothing_wrong(self):
        self.run_repaso("add", DECK)
        self.assertIn("All is well", self.run_repaso("doctor").out)

    def test_statistics_are_numbers(self):
        self.run_repaso("add", DECK)
        self.assertEqual(json.loads(self.run_repaso("stats", "--json").out)["answers"], 0)
        self.assertIn("Cards", self.run_repaso("stats").out)


if __name__ == "__main__":
    main()
