"""No chapter is in the program: the names that the gold facts of the evaluation ask about occur nowhere in src/ or assets/lang/.

A name begins with a capital and has five letters or more. Words of a dictionary, months, and the first names and places
of our own lexicons do not count.

usage: chapters.py ROOT SHARED"""

import json
import pathlib
import re
import sys

DICTIONARIES = ["/usr/share/hunspell/es_ES.dic", "/usr/share/hunspell/en_US.dic"]
LISTS = re.compile(r"^(?:first-names|places|months|month-variants):.*?(?=^\S)", re.M | re.S)


def words(text):
    return re.findall(r"[^\W\d_]+", text)


def common_words(lexicons):
    common = {word.lower() for lexicon in lexicons for block in LISTS.findall(lexicon) for word in words(block)}
    for path in DICTIONARIES:
        if pathlib.Path(path).exists():
            entries = pathlib.Path(path).read_text(encoding="utf-8", errors="replace").splitlines()
            common.update(entry.split("/")[0].split()[0].lower() for entry in entries if entry.strip())
    return common


def names(gold_folder, common):
    for path in sorted(gold_folder.glob("*.json")):
        for fact in json.loads(path.read_text(encoding="utf-8"))["facts"]:
            for text in fact["answer"] + [form for group in fact["about"] for form in group]:
                strange = [word for word in words(text) if word.lower() not in common and word.lower().rstrip("s") not in common]
                if text[:1].isupper() and sum(map(str.isalpha, text)) >= 5 and strange:
                    yield text


def main():
    root, shared = map(pathlib.Path, sys.argv[1:])
    gold = shared / "eval" / "gold"
    if not gold.exists():
        return 77
    lexicons = sorted((root / "assets" / "lang").glob("*.yaml"))
    common = common_words([path.read_text(encoding="utf-8") for path in lexicons])
    wanted = sorted(set(names(gold, common)))
    problems = []
    for path in sorted(root.glob("src/**/*.[ch]")) + lexicons:
        text = path.read_text(encoding="utf-8")
        if path in lexicons:
            text = LISTS.sub(lambda block: "\n" * block.group(0).count("\n"), text)
        for name in wanted:
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                problems.append(f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {name}")
    print("\n".join(problems) or f"none of {len(wanted)} names occurs")
    return int(bool(problems) or not wanted)


sys.exit(main())
