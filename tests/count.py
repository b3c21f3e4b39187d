"""Adds up a run of the suite: single tests where a program tells them (cmocka, unittest), else whole programs.

usage: count.py TESTLOG.json (as meson test writes it)"""

import json
import re
import sys

CMOCKA = re.compile(r"^\[  (PASSED|FAILED|SKIPPED)\s*\] (?:\w+: )?(\d+) test", re.MULTILINE)
UNITTEST = re.compile(r"^Ran (\d+) tests? in .*\n\n(?:OK|FAILED)(?: \((.*)\))?", re.MULTILINE)


def counts_of(entry):
    """passed, failed, skipped of one test program."""
    output = entry.get("stdout", "") + "\n" + entry.get("stderr", "")
    passed = failed = skipped = 0
    for what, number in CMOCKA.findall(output):
        passed += int(number) if what == "PASSED" else 0
        failed += int(number) if what == "FAILED" else 0
        skipped += int(number) if what == "SKIPPED" else 0
    for ran, details in UNITTEST.findall(output):
        said = dict(part.split("=") for part in details.split(", ")) if details else {}
        bad = int(said.get("failures", 0)) + int(said.get("errors", 0))
        passed += int(ran) - bad - int(said.get("skipped", 0))
        failed += bad
        skipped += int(said.get("skipped", 0))
    told = passed + failed + skipped > 0
    if entry["result"] == "SKIP":
        return (0, 0, 1)
    if entry["result"] in ("OK", "EXPECTEDFAIL"):
        return (passed, failed, skipped) if told else (1, 0, 0)
    return (passed, max(failed, 1), skipped)


def main():
    passed = failed = skipped = 0
    with open(sys.argv[1], encoding="utf-8", errors="replace") as log:
        for line in log:
            one = counts_of(json.loads(line))
            passed, failed, skipped = passed + one[0], failed + one[1], skipped + one[2]
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))


main()
