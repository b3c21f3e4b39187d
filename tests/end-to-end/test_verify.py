"""The fact store at work: drafts, free recall, proofreading, editions, exercises, as their commands show them."""

import json
import unittest

from support import Machine, main

CHAPTER = """# El taller de Lúmina

En 1998 Berta Solís fundó la empresa Lúmina en Oviedo. En marzo de 2011 Lúmina lanzó Farol 1, un modelo pequeño.

Un empleado filtró los planos de Farol 1 en el foro Tuerca. Brasa no publicó ningún motor.
"""
GOOD = {"prompt": "¿Quién fundó Lúmina?", "answer": "Berta Solís", "quote": "Berta Solís fundó la empresa Lúmina en Oviedo"}
DOUBTFUL = {"prompt": "¿Dónde se fundó Lúmina?", "answer": "En Oviedo", "quote": "Berta Solís creó la empresa Lúmina en Oviedo"}
WRONG = {"prompt": "¿En qué año fundó Berta Solís Lúmina?", "answer": "1999", "quote": "En 1998 Berta Solís fundó la empresa Lúmina"}


class Verify(Machine):
    def setUp(self):
        super().setUp()
        self.chapter = self.write("taller.md", CHAPTER)

    def drafts(self, *drafts):
        return self.write("drafts.jsonl", "\n".join(json.dumps(draft) if isinstance(draft, dict) else draft for draft in drafts))


class Drafts(Verify):
    def test_a_prompt_holds_instruction_schema_and_text(self):
        out = self.run_repaso("prompt", self.chapter).out
        self.assertIn("una tarjeta por línea", out)
        schema = out[out.index('{"$schema"'):]
        self.assertEqual(json.JSONDecoder().raw_decode(schema)[0]["required"], ["prompt", "answer", "quote"])
        self.assertIn("Berta Solís", out)
        self.assertNotIn("Berta Solís", self.run_repaso("prompt", "--without-text", self.chapter).out)

    def test_all_verified_is_success(self):
        done = self.run_repaso("add", "--drafts", self.drafts(GOOD), self.chapter)
        self.assertIn("1 verified, 0 doubtful, 0 refused", done.out)
        self.assertEqual(self.query("SELECT prompt, answer, tier FROM card"), [("¿Quién fundó Lúmina?", "Berta Solís", "auto")])

    def test_doubtful_ones_wait_and_wrong_ones_stay_out(self):
        done = self.run_repaso("add", "--json", "--drafts", self.drafts(GOOD, DOUBTFUL, WRONG, "{half"), self.chapter, status=1)
        report = json.loads(done.out)
        self.assertEqual([draft["state"] for draft in report["drafts"]], ["verified", "doubtful", "refused", "refused"])
        self.assertIn("[creó→fundó]", report["drafts"][1]["difference"])
        self.assertIn("1998", report["drafts"][2]["findings"][0]["text"])
        rows = self.query("SELECT prompt, tier, doubt <> '' FROM card ORDER BY tier")
        self.assertEqual(rows, [("¿Quién fundó Lúmina?", "auto", 0), ("¿Dónde se fundó Lúmina?", "review", 1)])

    def test_nothing_goes_in_when_all_is_refused(self):
        self.run_repaso("add", "--drafts", self.drafts(WRONG, "no JSON"), self.chapter, status=1)
        self.assertFalse(self.collection.exists())

    def test_the_chapters_own_cards_and_drafts_live_together(self):
        own = {"prompt": "¿Cómo era el modelo Farol 1?", "answer": "pequeño", "quote": "Lúmina lanzó Farol 1, un modelo pequeño."}
        self.run_repaso("add", "--drafts", self.drafts(own), self.chapter, status=None)
        self.run_repaso("add", self.chapter)
        self.run_repaso("add", self.chapter)
        self.assertEqual(self.query("SELECT present FROM card WHERE rule = 'draft'"), [(1,)])

    def test_drafts_go_with_one_chapter(self):
        self.refused("add", "--drafts", self.drafts(GOOD), self.chapter, self.chapter, says="one chapter", status=2)
        self.refused("add", "--drafts", "nowhere.jsonl", self.chapter, says="nowhere.jsonl")

    def test_a_deck_that_quotes_is_held_to_its_source(self):
        deck = self.write("a.repaso.yaml", "deck: A\nlanguage: es\ncards:\n  - q: ¿En qué año fundó Berta Solís Lúmina?\n    a: 1999\n"
                          "    source:\n      file: taller.md\n      quote: En 1998 Berta Solís fundó la empresa Lúmina\n")
        self.assertIn("a.repaso.yaml:4:5: warning: the passage says something else", self.run_repaso("check", deck).err)


class Recall(Verify):
    def test_own_words_are_heard(self):
        done = self.run_repaso("recall", self.chapter, text="Lúmina la creo berta solis en 1989. El farol 1 salio en 03/2011, de Lumina.")
        self.assertIn("you said \"1989\"; the text: 1998 (line 3)", done.out)
        self.assertIn("✓ ¿Cuándo se lanzó Farol 1?", done.out)
        report = json.loads(self.run_repaso("recall", "--json", self.chapter, text="Berta Solís fundó Lúmina en 1998").out)
        found = [fact for fact in report["facts"] if fact["relation"] == "found"]
        self.assertEqual(found[0]["state"], "brought")

    def test_answers_are_judged_line_by_line(self):
        lines = [{"lang": "es", "answer": "Zeta 2", "given": "zeta 3"}, {"lang": "es", "answer": "julio de 2023", "given": "07/2023"},
                 {"lang": "es", "answer": "Berta Solís", "given": "berta solis"}]
        done = self.run_repaso("judge", text="\n".join(map(json.dumps, lines)))
        verdicts = [json.loads(line) for line in done.out.splitlines()]
        self.assertEqual([verdict["verdict"] for verdict in verdicts], ["wrong", "right", "right"])
        self.assertEqual(verdicts[2]["forgiven"], ["accents"])
        self.refused("judge", text="{\"answer\":\"x\"", says="-:1:", status=1)


class Authors(Verify):
    def test_a_book_is_proofread_across_its_chapters(self):
        other = self.write("otro.md", "# Otro\n\nBerta Solís fundó la empresa Lúmina en 1999. Nadie lo decidio.\n")
        out = self.run_repaso("proof", self.chapter, other).out
        self.assertIn("Lúmina: ", out)
        self.assertIn("\"decidio\" lacks its accent: \"decidió\"?", out)
        remarks = json.loads(self.run_repaso("proof", "--format", "json", self.chapter, other).out)
        self.assertIn("contradiction", [remark["kind"] for remark in remarks])

    def test_a_changed_answer_asks_for_a_second_look(self):
        edited = self.write("nuevo.md", CHAPTER.replace("marzo de 2011", "mayo de 2011"))
        done = self.run_repaso("diff", self.chapter, edited, status=1)
        self.assertIn("marzo de 2011 ⇒ mayo de 2011", done.out)
        self.assertEqual(json.loads(self.run_repaso("diff", "--format", "json", self.chapter, edited, status=1).out)["answers_changed"], 1)
        self.assertIn("No fact, answer or card changes.", self.run_repaso("diff", self.chapter, self.chapter).out)

    def test_a_quiz_with_a_key_becomes_cards(self):
        self.chapter.write_text(CHAPTER + "\n## Preguntas\n\n1. ¿De quién es Farol 1?\n   a) Brasa\n   b) Lúmina\n   c) Tuerca\n\n"
                                "## Respuestas\n\n1. b\n")
        cards = [json.loads(line) for line in self.run_repaso("generate", "--format", "jsonl", self.chapter).out.splitlines()]
        exercise = [card for card in cards if card["relation"] == "exercise"]
        self.assertEqual([(card["answer"], card["choices"]) for card in exercise], [("Lúmina", ["Brasa", "Lúmina", "Tuerca"])])


if __name__ == "__main__":
    main()
