"""How fast whole books become cards, and how much memory that takes: MB of Markdown a second on one core, from 10 KB to
50 MB, chapter after chapter; and what the start costs.

usage: books.py REPASO [SIZE…]   (sizes in bytes; without any, all of them)"""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from book import Book

SIZES = [10_000, 100_000, 1_000_000, 10_000_000, 50_000_000]
LEAST_MB_S, MOST_START_MS, MOST_START_BOTH_MS = 3, 60, 90
RUNS = 9
SENTENCES = {"es": "# Uno\n\nLa empresa Orbex lanzó Nube en mayo de 1998.\n",
             "en": "# One\n\nThe company Tafor released Brisa in May 1999.\n"}


def run(program, *paths):
    """Seconds by the clock, seconds of the processor, MiB."""
    start = time.perf_counter()
    child = subprocess.Popen([program, "generate", "--format", "jsonl", *map(str, paths)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"repaso ended with status {status}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def start_up(program, folder):
    """Milliseconds to the first sentence: with each dictionary, and with both."""
    for lang, text in SENTENCES.items():
        (folder / f"{lang}.md").write_text(text, encoding="utf-8")
    def median(*names):
        return statistics.median(run(program, *(folder / name for name in names))[0] for _ in range(RUNS)) * 1000
    return median("es.md"), median("en.md"), median("es.md", "en.md")


def measure(program, folder, lang, size, start):
    chapters = folder / f"{lang}-{size}"
    written = Book(lang).write(chapters, size)
    rounds = [run(program, chapters) for _ in range(3 if size <= 1_000_000 else 1)]
    seconds = max(min(one[1] for one in rounds) - start, 1e-6)
    mib, most = max(one[2] for one in rounds), 64 + 10 * written / 2**20
    speed = written / 1e6 / seconds
    print(f"{lang} {written / 1e6:9.3f} MB  {seconds:8.3f} s  {speed:6.2f} MB/s (at least {LEAST_MB_S})  "
          f"{mib:6.0f} MiB (at most {most:.0f})", flush=True)
    return speed >= LEAST_MB_S and mib <= most


def main():
    program, sizes = sys.argv[1], [int(size) for size in sys.argv[2:]] or SIZES
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        es, en, both = start_up(program, folder)
        print(f"exec to the first sentence: es {es:.0f} ms, en {en:.0f} ms (at most {MOST_START_MS}), "
              f"both {both:.0f} ms (at most {MOST_START_BOTH_MS})")
        good = es <= MOST_START_MS and en <= MOST_START_MS and both <= MOST_START_BOTH_MS
        for lang in SENTENCES:
            start = min(run(program, folder / f"{lang}.md")[1] for _ in range(RUNS))
            for size in sizes if lang == "es" else sizes[:3]:
                good &= measure(program, folder, lang, size, start)
    return 0 if good else 1


sys.exit(main())
