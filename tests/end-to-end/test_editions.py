"""A chapter changes, moves, vanishes: what was learnt stays."""

from support import CHAPTER, Machine, main

FIRST = """# The Ariel programme

The company Ariel Labs was founded in 1998 by Maria Duarte. In March 2004 Ariel Labs released Sirocco.

## Later

In June 2009 Ariel Labs released Mistral.
"""


class Editions(Machine):
    def setUp(self):
        super().setUp()
        self.chapter = self.write("book/chapter.md", FIRST)
        self.run_repaso("add", self.chapter)
        self.cards = self.rows()
        self.assertGreaterEqual(len(self.cards), 2)
        self.run_repaso("study", "--text", text="x\n" * 20)
        self.assertGreater(self.grades(), 0)

    def rows(self):
        return {row[0]: row[1:] for row in self.query("SELECT id, prompt, answer, status FROM card")}

    def memories(self):
        return self.query("SELECT card.id, memory.reps FROM memory JOIN card ON memory.card = card.key ORDER BY 1")

    def test_a_chapter_that_moved_is_the_same_chapter(self):
        moved = self.home / "book" / "renamed.md"
        self.chapter.rename(moved)
        self.run_repaso("add", moved)
        self.assertEqual(self.rows(), self.cards)

    def test_a_chapter_that_vanished_keeps_its_cards_and_passages(self):
        before = self.query("SELECT count(*) FROM passage")
        self.chapter.unlink()
        self.assertIn("chapter.md", self.refused("add", self.chapter))
        self.assertEqual(self.rows(), self.cards)
        self.assertEqual(self.query("SELECT count(*) FROM passage"), before)
        self.assertIn("All is well", self.run_repaso("doctor").out)

    def test_rewording_and_moving_a_paragraph_keep_the_history(self):
        memories = self.memories()
        text = FIRST.replace("## Later\n\n", "").replace("# The Ariel programme\n", "# The Ariel programme\n\nA new start.\n")
        self.chapter.write_text(text, encoding="utf-8")
        self.run_repaso("add", self.chapter)
        self.assertEqual(self.memories(), memories)

    def test_a_corrected_date_is_told_and_keeps_the_card(self):
        self.chapter.write_text(FIRST.replace("March 2004", "April 2004"), encoding="utf-8")
        told = self.run_repaso("add", self.chapter).out
        self.assertIn("answer changed", told)
        self.assertEqual(set(self.rows()), set(self.cards))

    def test_a_dropped_sentence_retires_its_cards_and_its_return_brings_them_back(self):
        self.chapter.write_text(FIRST.replace("In June 2009 Ariel Labs released Mistral.", "Nothing else."), encoding="utf-8")
        self.assertIn("retired", self.run_repaso("add", self.chapter).out)
        self.chapter.write_text(FIRST, encoding="utf-8")
        self.assertIn("back", self.run_repaso("add", self.chapter).out)
        self.assertEqual(self.rows(), self.cards)


if __name__ == "__main__":
    main()
