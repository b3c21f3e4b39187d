"""The program's lints are those of the scorer: compared on its gold statements, made into questions and gaps, and damaged.

usage: lints.py LINTS SHARED
"""
import glob
import json
import os
import random
import subprocess
import sys

SAME = {
    "empty answer": "empty", "answer leaks into the prompt": "leak", "asks for any one of several": "any-of",
    "neither a question nor a cloze with one gap": "no-question", "a pronoun as the answer": "pronoun",
    "more than ten accepted forms": "accepted", "prompt over 36 words or 230 characters": "long-prompt",
    "answer over 9 words": "long-answer", "enumeration of four or more as the answer": "enumeration",
    "dangling reference": "dangling", "the author's voice": "voice", "markup left in the text": "markup",
    "date without its year": "month", "neighbouring dates give the answer away": "neighbours",
}
OURS_ALONE = {"punctuation"}
DAMAGE = ["dicho", "Este", "meses después", "→", "**x**", "también", "imagina", "yo", "uno de", "[^1]", "mes siguiente"]


def made_cards(shared):
    chance = random.Random(1)
    for path in sorted(glob.glob(f"{shared}/eval/gold/*.json")):
        with open(path, encoding="utf-8") as file:
            gold = json.load(file)
        facts, lang = gold["facts"], gold["lang"]
        for fact in facts:
            statement, answers = fact["statement"].rstrip("."), fact["answer"]
            yield lang, f"¿{statement}?" if lang == "es" else f"{statement}?", answers[0], answers[1:5]
            yield lang, statement.replace(answers[0], "____"), answers[0], []
            other = chance.choice(facts)["statement"]
            yield lang, other.replace(chance.choice(other.split()), chance.choice(DAMAGE)), chance.choice(facts)["answer"][0], []


def main():
    program, shared = sys.argv[1:]
    if not os.path.exists(f"{shared}/eval/evaluate.py"):
        return 77
    sys.dont_write_bytecode = True
    sys.path.insert(0, f"{shared}/eval")
    import evaluate
    cards = [(lang, "cloze" if "__" in prompt else "direct", prompt, answer, accepted)
             for lang, prompt, answer, accepted in made_cards(shared)]
    lines = "".join("\t".join([*card[:4], "|".join(card[4])]) + "\n" for card in cards)
    found = subprocess.run([program], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    wrong = 0
    for (lang, kind, prompt, answer, accepted), ids in zip(cards, found, strict=True):
        card = {"prompt": prompt, "answer": answer, "accepted": accepted, "kind": kind, "subject": "x", "source": {"line": 1}}
        want, have = {SAME[rule] for rule in evaluate.lint(card)}, set(ids.split()) - OURS_ALONE
        if want != have:
            wrong += 1
            print(f"{prompt} => {answer}: scorer {sorted(want)}, program {sorted(have)}")
    print(f"{len(cards)} cards, {wrong} judged otherwise")
    return int(wrong > 0 or not cards)


sys.exit(main())
