"""What is not a chapter, and what is not our collection: one sentence, status 1, the learner's file untouched."""

import os
import sqlite3
import subprocess

from support import CHAPTER, DECK, PROGRAM, Machine, main

LARGE = 65 << 20


class Chapters(Machine):
    def test_what_is_no_chapter_is_refused_with_one_sentence(self):
        rows = {
            "not-utf8.md": (b"# T\n\ncaf\xe9 con leche\n", "UTF-8"),
            "empty.md": (b"", ""),
            "blank.md": (b" \n\n\t\n", ""),
            "binary.md": (bytes(range(256)) * 64, ""),
            "nul.md": (b"# T\n\na\x00b\n", ""),
            "large.md": (b"All work and no play. " * (LARGE // 22), ""),
            "front-matter-no-yaml.md": (b"---\ntitle: [unclosed\nlang: {\n---\n\n# T\n\nText.\n", ""),
            "front-matter-endless.md": (b"---\ntitle: T\n\n# T\n\nText.\n", ""),
        }
        for name, (content, says) in rows.items():
            for command in ("generate", "add"):
                with self.subTest(name=name, command=command):
                    line = self.refused(command, self.write(name, content), says=says)
                    self.assertIn(name, line)
        self.assertFalse(self.collection.exists())

    def test_a_folder_is_no_chapter(self):
        (self.home / "folder").mkdir()
        self.refused("generate", "folder", says="folder")
        self.refused("add", "folder", says="folder")

    def test_a_file_that_is_not_there_is_named(self):
        self.refused("generate", "gone.md", says="gone.md")
        self.refused("add", "gone.md", says="gone.md")
        self.refused("add", CHAPTER, "gone.md", says="gone.md")
        self.refused("check", "gone.repaso.yaml", says="gone.repaso.yaml")

    def test_monstrous_markdown_never_hurts_and_is_told_of(self):
        rows = {
            "deep-line.md": b"# T\n\n" + b"- " * 10_000 + b"end\n",
            "deep-indent.md": b"# T\n\n" + b"".join(b"  " * i + b"- x\n" for i in range(2000)),
            "quotes.md": b"# T\n\n" + b"> " * 10_000 + b"end\n",
            "links.md": b"# T\n\n" + b"[a](b) " * 100_000 + b"\n",
            "long-line.md": b"# T\n\n" + b"word " * 200_000 + b"\n",
            "brackets.md": b"# T\n\n" + b"[" * 50_000 + b"\n",
            "stars.md": b"# T\n\n" + b"*a **b " * 20_000 + b"\n",
        }
        for name, content in rows.items():
            for command in ("generate", "add"):
                with self.subTest(name=name, command=command):
                    done = self.run_repaso(command, self.write(name, content), status=1, timeout=60)
                    self.assertIn(f"{name}: No questions found", done.err)
        self.assertIn("links.md:3: ", self.run_repaso("generate", self.home / "links.md", status=1).err)
        self.assertFalse(self.collection.exists())

    def test_a_text_that_states_nothing_is_told_so(self):
        rows = {
            "It was cold.\n": "No questions found: its 1 sentence",
            "# A\n\n## B\n\n### C\n": "headings, and no text",
            "# A\n\n" + "> “I made Nube in 1998.”\n\n" * 9: "quoted",
            "# A\n\n" + "".join(f"- name{i}, other{i}\n" for i in range(40)): "lists",
            "# A\n\n" + "Orbex released Nube and " * 1000 + "stopped.\n": "put full stops",
            "# A\n\n" + ", ".join(f"Name{i}" for i in range(6000)) + ".\n": "put full stops",
        }
        for content, says in rows.items():
            with self.subTest(says=says):
                self.refused("generate", self.write("a.md", content), says=says)

    def prompts(self, content):
        done = self.run_repaso("generate", "--all", self.write("a.md", content), status=None, timeout=60)
        self.assertIn(done.returncode, (0, 1), done.err)
        return done.out

    def test_odd_chapters_are_asked_as_far_as_they_go(self):
        plain = "En mayo de 1998 la empresa Orbex lanzó Nube."
        rows = {
            plain: "mayo de 1998",
            "\u202eOrbex\u202c era grande. " + plain: "mayo de 1998",
            plain.replace("Orbex", "Or\u00adbex"): "mayo de 1998",
            plain + " In May 1999 the company Tafor released Brisa.": "mayo de 1998",
            "En 1961 Юрий Гагарин voló a Lugo. " + plain: "mayo de 1998",
            plain + " \x01\x02\x1b[31m": "mayo de 1998",
            "En mayo de 1998 la empresa Orbex lanzó " + "N" * 10_000 + ". " + plain: "mayo de 1998",
            " ".join(f"En mayo de {1700 + i} la empresa Orbex{i} lanzó Nube{i}x." for i in range(200)): "mayo de 1799",
        }
        for content, answer in rows.items():
            with self.subTest(content=content[:60]):
                self.assertTrue(answer in self.prompts("# Uno\n\n" + content + "\n"))

    def test_no_escape_reaches_the_terminal(self):
        out = self.prompts("# A\n\nEn mayo de 1998 la empresa Or\x1b[31mbex lanzó Nube. Orbex compró Tafor en 1999.\n")
        self.assertNotIn("\x1b", out)

    def test_a_chapter_that_contradicts_itself_leaves_the_decision_to_the_teacher(self):
        text = "# A\n\nLa empresa Orbex lanzó Nube en 1998. La empresa Orbex lanzó Nube en 2001.\n"
        cards = self.run_repaso("generate", self.write("a.md", text), status=None).out
        self.assertNotIn("¿En qué año se lanzó Nube?", cards)

    def test_a_book_with_a_slip_in_its_book_yaml_is_refused(self):
        (self.home / "book").mkdir()
        (self.home / "book" / "1.md").write_text("# A\n\nOrbex lanzó Nube en 1998.\n")
        (self.home / "book" / "book.yaml").write_text("book: A\nnames:\n  - name: Orbex\n    tipe: org\n")
        for command in ("generate", "add"):
            done = self.run_repaso(command, "book", status=1)
            self.assertIn("book.yaml:4:5: ", done.err)
            self.assertIn("did you mean \"type\"?", done.err)
        self.assertFalse(self.collection.exists())

    def test_a_deck_that_is_no_yaml_is_refused(self):
        for content in (b"deck: [", b"\xff\xfe", b"- a\n- b\n", b"", b"a: &a [*a]\n"):
            with self.subTest(content=content):
                self.run_repaso("check", self.write("d.repaso.yaml", content), status=1)
                self.run_repaso("add", self.home / "d.repaso.yaml", status=1)
        self.assertFalse(self.collection.exists())


class Collections(Machine):
    COMMANDS = (("add", str(CHAPTER)), ("study", "--text"), ("decks",), ("stats",), ("backup",), ("doctor",))

    def setUp(self):
        super().setUp()
        self.collection.parent.mkdir(parents=True)

    def all_refuse(self, says=""):
        before = self.collection.read_bytes()
        for command in self.COMMANDS:
            with self.subTest(command=command):
                self.refused(*command, says=says)
                self.assertEqual(self.collection.read_bytes(), before)

    def test_what_is_no_database(self):
        self.collection.write_bytes(b"Dear diary, today I learnt nothing at all.\n" * 50)
        self.all_refuse()

    def test_the_database_of_another_program(self):
        connection = sqlite3.connect(self.collection)
        connection.execute("CREATE TABLE songs (title TEXT)")
        connection.execute("PRAGMA application_id = 77")
        connection.commit()
        connection.close()
        self.all_refuse()

    def change(self, sql):
        self.run_repaso("add", DECK)
        connection = sqlite3.connect(self.collection)
        connection.execute(sql)
        connection.commit()
        connection.close()

    def test_a_collection_of_a_newer_repaso(self):
        self.change("PRAGMA user_version = 99")
        self.all_refuse("newer")

    def test_a_collection_cut_in_half(self):
        self.run_repaso("add", DECK)
        content = self.collection.read_bytes()
        self.collection.write_bytes(content[:len(content) // 2])
        self.all_refuse()

    def test_a_collection_that_another_repaso_is_writing(self):
        self.run_repaso("add", DECK)
        connection = sqlite3.connect(self.collection)
        connection.execute("BEGIN EXCLUSIVE")
        self.refused("add", CHAPTER, says="another repaso")
        connection.rollback()
        connection.close()
        self.run_repaso("add", CHAPTER)

    def test_a_disk_that_is_full(self):
        self.run_repaso("add", DECK)
        before = self.query("SELECT id, prompt FROM card ORDER BY id")
        size = self.collection.stat().st_size
        self.refused("add", CHAPTER, file_limit=size + 8192, says="")
        self.assertEqual(self.query("SELECT id, prompt FROM card ORDER BY id"), before)
        self.assertIn("All is well", self.run_repaso("doctor").out)

    def test_a_disk_that_is_full_from_the_start(self):
        self.refused("add", CHAPTER, file_limit=4096)

    def on_read_only_disk(self, *command, folder=None):
        """Runs a command in a world of its own where a folder, the collection's, may not be written, even by root."""
        script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
        return subprocess.run(["unshare", "--mount", "bash", "-c", script, "-", folder or self.collection.parent,
                               *command], capture_output=True, text=True, env=self.environment(), timeout=60)

    def test_a_disk_that_is_read_only(self):
        self.run_repaso("add", DECK)
        if os.geteuid() != 0 or self.on_read_only_disk("true").returncode != 0:
            self.skipTest("no mounts here")
        self.assertEqual(self.on_read_only_disk(PROGRAM, "decks").returncode, 0)
        self.assertEqual(self.on_read_only_disk(PROGRAM, "stats").returncode, 0)
        done = self.on_read_only_disk(PROGRAM, "add", CHAPTER)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)

    def test_a_shared_folder_that_is_read_only(self):
        self.run_repaso("add", DECK)
        stick = self.collection.parent.parent / "stick"
        stick.mkdir()
        if os.geteuid() != 0 or self.on_read_only_disk("true", folder=stick).returncode != 0:
            self.skipTest("no mounts here")
        done = self.on_read_only_disk(PROGRAM, "sync", stick, folder=stick)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        self.assertTrue(self.run_repaso("sync", stick).out.startswith("2 events sent"))
        self.assertTrue(self.run_repaso("sync", stick).out.startswith("0 events sent"))


if __name__ == "__main__":
    main()
