"""Decks through programs that no one here wrote: what they read of ours, and what we read of theirs.

usage: test_peers.py PEERS FOLDER   (PEERS installs them from npm into FOLDER; exits 77 where it or npm is missing)"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

REPASO = os.environ["REPASO"]
TABLE = "pregunta\trespuesta\n¿Qué es H<sub>2</sub>O?\tagua\nEl año de la {{c1::ONU}} fue {{c2::1945}}\t\nuno\tone\ndos\ttwo\n"
PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f"
                        "00010501012718e3660000000049454e44ae426082")


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=600, **options)
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


def repaso(home, *words):
    return run(REPASO, words[0], "--collection", home / "collection.db", *words[1:], cwd=home)


def install(peers, folder):
    if not (folder / "installed").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        run("sh", peers / "npm_peers.sh", cwd=folder)
        (folder / "installed").touch()


def number_behind(word, text):
    return int(re.search(rf"\b{word} (\d+)", text).group(1))


def they_read_ours(home, folder):
    (home / "palabras.tsv").write_text(TABLE, encoding="utf-8")
    counts = json.loads(repaso(home, "import", "--json", "palabras.tsv"))
    repaso(home, "export", "--format", "apkg", "--output", "palabras.apkg")
    repaso(home, "export", "--format", "gift", "--output", "palabras.gift")
    seen = run("node", "rd.mjs", home / "palabras.apkg", cwd=folder)
    assert number_behind("notes", seen) == counts["notes"] and number_behind("cards", seen) == counts["cards"], seen
    seen = run("node", "rd2.mjs", home / "palabras.apkg", cwd=folder)
    assert number_behind("cards", seen) == counts["cards"], seen
    seen = run("node", "g.cjs", home / "palabras.gift", cwd=folder)
    assert number_behind("bad", seen) == 0 and number_behind("ok", seen) == 1, seen


def mnemosyne_reads_ours(home):
    """Where it is installed; the file was written by they_read_ours."""
    python = "/usr/bin/python3"
    if subprocess.run([python, "-c", "import mnemosyne"], capture_output=True).returncode:
        print("Mnemosyne is not installed; it was left out")
        return
    counts = json.loads(repaso(home, "import", "--json", "palabras.apkg"))
    seen = run(python, pathlib.Path(__file__).parent / "mnemosyne_reads.py", home / "palabras.apkg", cwd=home)
    assert f"facts {counts['notes']} cards {counts['cards']}" in seen, seen


def we_read_theirs(home, folder):
    (home / "p.png").write_bytes(PICTURE)
    for writer, cards in (("w1.cjs", 2), ("w2.mjs", 9)):
        run("node", writer, home / "p.png", home / "theirs.apkg", cwd=folder)
        counts = json.loads(repaso(home, "import", "--json", "theirs.apkg"))
        assert counts["cards"] == cards and counts["media"] == 1, counts


def main(peers, folder):
    if not shutil.which("npm") or not (peers / "npm_peers.sh").exists():
        return 77
    install(peers, folder)
    with tempfile.TemporaryDirectory() as home:
        they_read_ours(pathlib.Path(home), folder)
        mnemosyne_reads_ours(pathlib.Path(home))
        we_read_theirs(pathlib.Path(home), folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(pathlib.Path, sys.argv[1:3])))
