"""A learner's machine in a temporary folder: an empty home, no display, and the program to be tested."""

import os
import pathlib
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.environ.get("REPASO", "repaso")
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CHAPTER = ROOT / "decks" / "ascenso-y-caida.md"
DECK = ROOT / "decks" / "light.repaso.yaml"

DAY_MS = 86_400_000
START_MS = 1_780_300_800_000  # a Monday morning in 2026


class Machine(unittest.TestCase):
    """Every test has a home of its own; `self.now_ms` is what the program takes for the time."""

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="repaso-test-"))
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.now_ms = START_MS
        self.collection = self.home / "data" / "repaso" / "collection.db"

    def environment(self, **more):
        kept = {name: value for name, value in os.environ.items() if "SAN_OPTIONS" in name or name == "PATH"}
        return {**kept, "HOME": str(self.home), "XDG_DATA_HOME": str(self.home / "data"), "LC_ALL": "C.UTF-8",
                "LANGUAGE": "en", "TZ": "UTC", "REPASO_CLOCK_MS": str(self.now_ms), **more}

    def start(self, *arguments, **options):
        """The running program, its three streams piped."""
        return subprocess.Popen([PROGRAM, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=self.environment(), cwd=self.home, **options)

    def run_repaso(self, *arguments, text="", status=0, file_limit=None, timeout=120, **more):
        """What came of a run that must end with `status`; None takes any but a crash."""
        def limit():
            if file_limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))
        done = subprocess.run([PROGRAM, *map(str, arguments)], input=text.encode(), capture_output=True,
                              env=self.environment(**more), cwd=self.home, timeout=timeout, preexec_fn=limit)
        done.out = done.stdout.decode("utf-8")
        done.err = done.stderr.decode("utf-8")
        self.assertNotIn("Sanitizer", done.err)
        self.assertNotIn("runtime error", done.err)
        self.assertGreaterEqual(done.returncode, 0, done.err)
        if status is not None:
            self.assertEqual(done.returncode, status, f"{arguments}\n{done.out}\n{done.err}")
        return done

    def refused(self, *arguments, says="", status=1, **options):
        """A run that fails with one sentence."""
        done = self.run_repaso(*arguments, status=status, **options)
        lines = [line for line in done.err.splitlines() if line and "nothing leaves this machine" not in line]
        self.assertEqual(len(lines), 1, done.err)
        self.assertIn(says, lines[0])
        return lines[0]

    def write(self, name, content):
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def query(self, sql, *values):
        """Rows of the collection, read beside the program."""
        connection = sqlite3.connect(f"file:{self.collection}?mode=rw", uri=True)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def grades(self):
        return self.query("SELECT count(*) FROM event WHERE kind = 1")[0][0]


def main():
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=0)
