"""How long `repaso check` takes on a deck of 10,000 cards.

usage: check.py REPASO"""

import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

CARDS, RUNS, MOST_MS = 10_000, 5, 300


def write_deck(path):
    with path.open("w", encoding="utf-8") as deck:
        deck.write("deck: Ten thousand\nlanguage: en\ncards:\n")
        for i in range(CARDS):
            deck.write(f"  - q: What is the name of star number {i} in the list?\n    a: Alpha {i * 7}\n"
                       f"    accept: [Alpha-{i * 7}]\n    tags: [stars]\n")


def main():
    with tempfile.TemporaryDirectory() as folder:
        deck = pathlib.Path(folder) / "stars.repaso.yaml"
        write_deck(deck)
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            subprocess.run([sys.argv[1], "check", deck], check=True, stdout=subprocess.DEVNULL)
            times.append((time.perf_counter() - start) * 1000)
    ms = statistics.median(times)
    print(f"check of a deck of {CARDS} cards: {ms:.0f} ms (at most {MOST_MS})")
    return 0 if ms <= MOST_MS else 1


sys.exit(main())
