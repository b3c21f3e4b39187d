"""Every message of the sources has its Spanish, with the same %-signs; none waits for a look.

usage: translations.py ROOT   (exits 77 where xgettext is not installed)"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

KEYWORDS = ["--keyword=_", "--keyword=N_", "--keyword=translate_plural:1,2", "--keyword=PLURAL:1,2"]
def messages(po):
    """msgid → (msgstrs, flags) of a PO file, without its header."""
    found = {}
    for entry in po.read_text(encoding="utf-8").split("\n\n"):
        fields = re.findall(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:"(?:[^"\\]|\\.)*"\s*)+)', entry, re.MULTILINE)
        texts = {name: "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', value)) for name, value in fields}
        flags = " ".join(re.findall(r"^#, (.*)$", entry, re.MULTILINE))
        if texts.get("msgid"):
            found[texts["msgid"]] = ([value for name, value in texts.items() if name.startswith("msgstr")], flags)
    return found


def main(root):
    if not shutil.which("xgettext"):
        return 77
    spanish = root / "assets/po/es.po"
    sources = sorted(str(path.relative_to(root)) for path in (root / "src").rglob("*.c"))
    with tempfile.TemporaryDirectory() as folder:
        pot = pathlib.Path(folder) / "repaso.pot"
        subprocess.run(["xgettext", "--from-code=UTF-8", "-o", pot, *KEYWORDS, *sources], cwd=root, check=True,
                       stderr=subprocess.DEVNULL)
        wanted = messages(pot)
    have = messages(spanish)
    problems = [f'"{text}" has no Spanish' for text in wanted if text not in have or not all(have[text][0])]
    problems += [f'"{text}" is marked fuzzy' for text, (_, flags) in have.items() if "fuzzy" in flags]
    check = subprocess.run(["msgfmt", "--check-format", "-o", "/dev/null", spanish], capture_output=True, text=True)
    if check.returncode:
        problems.append(check.stderr.strip())
    for problem in problems:
        print("assets/po/es.po:", problem)
    print(len(wanted), "messages")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
