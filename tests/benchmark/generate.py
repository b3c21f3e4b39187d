"""How long `repaso generate` takes on one chapter, the whole process, and how much memory.

usage: generate.py REPASO CHAPTER…   (the first chapter that is there)"""

import os
import pathlib
import statistics
import subprocess
import sys
import time

RUNS, MOST_MS, MOST_MIB = 15, 150, 64


def run_once(program, chapter):
    """Milliseconds and MiB of one run."""
    start = time.perf_counter()
    child = subprocess.Popen([program, "generate", "--format", "jsonl", chapter], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"repaso ended with status {status}")
    return (time.perf_counter() - start) * 1000, usage.ru_maxrss / 1024


def main():
    program, *chapters = sys.argv[1:]
    chapter = next((one for one in chapters if pathlib.Path(one).exists()), None)
    if not chapter:
        sys.exit(77)
    run_once(program, chapter)
    runs = [run_once(program, chapter) for _ in range(RUNS)]
    ms, mib = statistics.median(run[0] for run in runs), max(run[1] for run in runs)
    print(f"generate {pathlib.Path(chapter).name}, whole process: {ms:.0f} ms (at most {MOST_MS}), "
          f"{mib:.0f} MiB (at most {MOST_MIB})")
    return 0 if ms <= MOST_MS and mib <= MOST_MIB else 1


sys.exit(main())
