"""Makes the corpus of `package`: the same three notes in the three containers that Anki has written.

usage: packages.py FOLDER"""

import hashlib
import io
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

FRONT, BACK = "{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}"
OLD = """CREATE TABLE col(id integer PRIMARY KEY, crt integer, mod integer, scm integer, ver integer, dty integer, usn integer,
ls integer, conf text, models text, decks text, dconf text, tags text);
CREATE TABLE notes(id integer PRIMARY KEY, guid text, mid integer, mod integer, usn integer, tags text, flds text, sfld integer,
csum integer, flags integer, data text);
CREATE TABLE cards(id integer PRIMARY KEY, nid integer, did integer, ord integer, mod integer, usn integer, type integer,
queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer, left integer, odue integer, odid integer,
flags integer, data text);
CREATE TABLE revlog(id integer PRIMARY KEY, cid integer, usn integer, ease integer, ivl integer, lastIvl integer, factor integer,
time integer, type integer);"""
NEW = """CREATE TABLE notetypes(id integer PRIMARY KEY, name text, mtime_secs integer, usn integer, config blob);
CREATE TABLE fields(ntid integer, ord integer, name text, config blob, PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
CREATE TABLE templates(ntid integer, ord integer, name text, mtime_secs integer, usn integer, config blob, PRIMARY KEY (ntid,
ord)) WITHOUT ROWID;
CREATE TABLE decks(id integer PRIMARY KEY, name text, mtime_secs integer, usn integer, common blob, kind blob);"""


def field(number, value):
    """One field of a protocol buffer, of text or bytes."""
    value = value.encode() if isinstance(value, str) else value
    return bytes([number << 3 | 2, len(value)]) + value


def database(modern):
    models = {"1": {"id": 1, "name": "Basic", "type": 0, "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}],
                    "tmpls": [{"name": "Card 1", "ord": 0, "qfmt": FRONT, "afmt": BACK}], "css": ""}}
    decks = {"1": {"id": 1, "name": "Default", "dyn": 0}, "2": {"id": "2", "name": "A::B", "dyn": 0}}
    with tempfile.NamedTemporaryFile() as file:
        db = sqlite3.connect(file.name)
        db.executescript("PRAGMA page_size = 512;" + OLD + (NEW if modern else ""))
        texts = ("", "", "", "", "") if modern else ("{}", json.dumps(models), json.dumps(decks), "{}", "{}")
        db.execute("INSERT INTO col VALUES (1, 1700000000, 0, 0, ?, 0, 0, 0, ?, ?, ?, ?, ?)", (18 if modern else 11, *texts))
        if modern:
            db.execute("INSERT INTO notetypes VALUES (1, 'Basic', 0, 0, x'')")
            db.executemany("INSERT INTO fields VALUES (1, ?, ?, x'')", [(0, "Front"), (1, "Back")])
            db.execute("INSERT INTO templates VALUES (1, 0, 'Card 1', 0, 0, ?)", (field(1, FRONT) + field(2, BACK),))
            db.executemany("INSERT INTO decks VALUES (?, ?, 0, 0, x'', x'0a00')", [(1, "Default"), (2, "A\x1fB")])
        for i, fields in enumerate(["q\x1fa", "<b>x</b> [sound:s.wav]\x1f<img src=\"p.png\">", "one field"], 1):
            db.execute("INSERT INTO notes VALUES (?, ?, 1, 1, 0, ' t ', ?, '', 0, 0, '')", (i, f"g{i}", fields))
            db.execute("INSERT INTO cards VALUES (?, ?, 2, 0, 0, 0, 2, 2, 9, 5, 2500, 3, 0, 0, 0, 0, 0, ?)",
                       (i, i, '{"s":3.5,"d":5}'))
            db.execute("INSERT INTO revlog VALUES (?, ?, 0, 3, 5, 1, 2500, 900, 1)", (1700000000000 + i, i))
        db.commit()
        db.close()
        return pathlib.Path(file.name).read_bytes()


def zstd(data):
    return subprocess.run(["zstd", "-q", "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout


def package(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def main(folder):
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1"
    entry = field(1, "p.png") + bytes([2 << 3, len(picture)]) + field(3, hashlib.sha1(picture).digest())
    names = json.dumps({"0": "p.png"}).encode()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "legacy-1").write_bytes(package({"collection.anki2": database(False), "0": picture, "media": names}))
    (folder / "legacy-2").write_bytes(package({"meta": b"\x08\x02", "collection.anki21": database(False), "collection.anki2": b"x",
                                               "0": picture, "media": names}))
    (folder / "modern").write_bytes(package({"meta": b"\x08\x03", "collection.anki21b": zstd(database(True)),
                                             "collection.anki2": b"x", "0": zstd(picture), "media": zstd(field(1, entry))}))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
