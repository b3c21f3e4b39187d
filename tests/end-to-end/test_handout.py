"""Decks are handed out to a colleague, as a folder or as one file."""

import pathlib
import shutil
import tempfile
import zipfile

from support import DECK, Machine, main

ROOT = DECK.parent
CARD = "deck: {0}\nlanguage: en\ncards:\n  - q: Which picture shows {0}?\n    a: this one\n    image: {1}\n"
PICTURE = (ROOT / "luna-fases.png").read_bytes()


class Handout(Machine):
    def pack(self, name, parts):
        with zipfile.ZipFile(self.home / name, "w", zipfile.ZIP_DEFLATED) as package:
            for part, content in parts.items():
                package.writestr(part, content)
        return self.home / name

    def other_machine(self):
        """A colleague, who has nothing yet."""
        self.collection.unlink()

    def cards(self):
        return self.query("SELECT id, prompt, answer, image FROM card WHERE present ORDER BY id")

    def test_a_picture_outlives_its_file(self):
        folder = self.home / "mine"
        folder.mkdir()
        for name in ("luna.repaso.yaml", "luna-fases.png"):
            shutil.copy(ROOT / name, folder)
        self.run_repaso("add", folder / "luna.repaso.yaml")
        shutil.rmtree(folder)
        self.run_repaso("export", "--format", "yaml", "-o", "out")
        self.assertEqual([file.read_bytes() for file in (self.home / "out").glob("*.png")], [PICTURE])
        page = self.run_repaso("export", "--format", "html", "-o", "page.html")
        self.assertIn("data:image/png;base64,", (self.home / "page.html").read_text(encoding="utf-8"), page.err)

    def test_what_is_handed_out_comes_in_as_the_same_cards(self):
        for deck in ("luna", "longitude"):
            self.run_repaso("add", ROOT / f"{deck}.repaso.yaml")
        mine = self.cards()
        self.run_repaso("export", "--format", "yaml", "-o", "decks.zip")
        self.other_machine()
        told = self.run_repaso("add", "decks.zip").out
        self.assertIn("new card", told)
        self.assertEqual(self.cards(), mine)
        self.assertEqual(self.query("SELECT count(*) FROM chapter WHERE path NOT LIKE '%decks.zip/%'"), [(0,)])
        first = self.run_repaso("export", "--format", "yaml", "-o", "second.zip")
        self.assertIn("second.zip", first.out)
        with zipfile.ZipFile(self.home / "decks.zip") as a, zipfile.ZipFile(self.home / "second.zip") as b:
            self.assertEqual({name: a.read(name) for name in a.namelist()}, {name: b.read(name) for name in b.namelist()})
        self.assertIn("unchanged", self.run_repaso("add", "second.zip").out)

    def test_a_folder_that_a_file_manager_packed_comes_in(self):
        self.pack("hills.zip", {"Hills/": b"", "Hills/hills.repaso.yaml": CARD.format("a hill", "hill.png"),
                                "Hills/hill.png": PICTURE, "__MACOSX/Hills/._hill.png": b"x", "Hills/notes.txt": b"x"})
        self.assertIn("a hill: 1 new card", self.run_repaso("add", "hills.zip").out)
        self.assertEqual(self.query("SELECT bytes FROM media"), [(PICTURE,)])

    def test_nothing_is_ever_written_outside(self):
        self.pack("slip.zip", {"../../slip.repaso.yaml": CARD.format("a slip", "hill.png"), "/etc/hill.png": PICTURE,
                               "..\\..\\slip.md": b"# Slip\n\nNothing.\n"})
        before = set(pathlib.Path(tempfile.gettempdir()).glob("repaso-??????"))
        self.run_repaso("add", "slip.zip", status=None)
        self.assertEqual({path.name for path in self.home.rglob("slip*")}, {"slip.zip"})
        self.assertEqual(set(pathlib.Path(tempfile.gettempdir()).glob("repaso-??????")) - before, set())

    def test_a_bad_package_is_refused_with_one_sentence(self):
        deck = CARD.format("a hill", "hill.png")
        for name, parts, says in (
                ("twins.zip", {"a/hill.png": PICTURE, "b/hill.png": PICTURE, "x.repaso.yaml": deck}, "twice"),
                ("device.zip", {"con.png": PICTURE, "x.repaso.yaml": deck}, "not every system"),
                ("empty.zip", {"readme.txt": "nothing"}, "no decks"),
                ("bomb.zip", {"bomb.md": b"a" * (80 << 20), "x.repaso.yaml": deck}, "megabytes")):
            with self.subTest(name):
                self.assertIn(name, self.refused("add", self.pack(name, parts), says=says))
        self.assertIn("text.zip", self.refused("add", self.write("text.zip", "no package"), says="no package"))
        self.assertIn("none.zip", self.refused("add", self.home / "none.zip"))

    def test_problems_are_told_with_their_place_in_the_package(self):
        self.pack("hills.zip", {"hills.repaso.yaml": CARD.format("a hill", "gone.png")})
        self.assertIn("hills.zip/hills.repaso.yaml:6:12: error", self.run_repaso("add", "hills.zip", status=1).err)


if __name__ == "__main__":
    main()
