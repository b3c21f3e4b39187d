"""The real window under a virtual X server: keys, typing, quitting, start-up time, idleness.

usage: window.py PROGRAM [--bench]   (exits 77 where Xvfb or xdotool is missing)

Without --bench: a smoke test, no figures. With it: exec → first card with 10,000 cards, key → pixels, and voluntary
context switches over all threads in ten idle seconds."""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time


class Display:
    """An X server of one's own."""

    def __enter__(self):
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
                                       pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            self.name = ":" + pipe.readline().strip()
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()

    def environment(self):
        return {**os.environ, "DISPLAY": self.name, "SDL_VIDEODRIVER": "x11", "LSAN_OPTIONS": "detect_leaks=0",
                "ASAN_OPTIONS": "detect_leaks=0"}

    def key(self, *keys):
        subprocess.run(["xdotool", "key", *keys], env=self.environment(), check=True,
                       stderr=subprocess.DEVNULL)  # the window may be gone before the key is up

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "5", text], env=self.environment(), check=True)


class Window:
    def __init__(self, display, program, collection, deck):
        self.started_ms = time.clock_gettime(time.CLOCK_MONOTONIC) * 1000
        self.process = subprocess.Popen([program, collection, deck], env=display.environment(), stdout=subprocess.PIPE,
                                        text=True)
        self.guard = threading.Timer(60, self.process.kill)  # a window that shows nothing must not hang the test
        self.guard.daemon = True
        self.guard.start()

    def frame(self, wanted="", seconds=20):
        """The first frame whose line has `wanted` in it: (milliseconds since the start, of a processor)."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            line = self.process.stdout.readline()
            if not line:
                break
            if wanted in line:
                return float(line.split()[0]) - self.started_ms, float(line.split()[1])
        raise SystemExit(f"no frame with {wanted!r}")

    def switches(self):
        total = 0
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            for line in (task / "status").read_text().splitlines():
                if line.startswith("voluntary_ctxt_switches"):
                    total += int(line.split()[1])
        return total


def make(program, folder, kind):
    collection = str(pathlib.Path(folder) / f"{kind}.db")
    subprocess.run([program, collection, "--make", kind], check=True)
    return collection


def smoke(program):
    with tempfile.TemporaryDirectory() as folder, Display() as display:
        window = Window(display, program, make(program, folder, "used"), "Historia de la navegación")
        window.frame("study Show the answer")
        display.key("space")
        window.frame("study I ")
        display.key("2")
        window.frame("study Show the answer")
        display.key("u")
        display.key("t")
        window.frame("study Your answer")
        display.type("Fresnel")
        display.key("Return")
        window.frame("study I ")
        display.key("question")
        window.frame("study Close")
        display.key("Escape")
        display.key("ctrl+q")
        return window.process.wait(timeout=20)


def bench(program):
    with tempfile.TemporaryDirectory() as folder, Display() as display:
        large = make(program, folder, "large")
        firsts, used = [], []
        for _ in range(9):
            window = Window(display, program, large, "")
            shown_ms, used_ms = window.frame("study")
            firsts.append(shown_ms)
            used.append(used_ms)
            display.key("ctrl+q")
            window.process.wait(timeout=20)
        print(f"exec to first card, 10,000 cards: median {statistics.median(firsts):.0f} ms (of 9: "
              f"{min(firsts):.0f} to {max(firsts):.0f}), {statistics.median(used):.0f} ms of a processor")
        sys.stdout.flush()
        subprocess.run([program, large, "--keys", "400"], env=display.environment(), check=True)
        window = Window(display, program, large, "")
        window.frame("study")
        time.sleep(1)
        before = window.switches()
        time.sleep(10)
        print(f"idle: {window.switches() - before} voluntary context switches in 10 s")
        display.key("ctrl+q")
        return window.process.wait(timeout=20)


if __name__ == "__main__":
    if not shutil.which("Xvfb") or not shutil.which("xdotool"):
        sys.exit(77)
    sys.exit(bench(sys.argv[1]) if "--bench" in sys.argv else smoke(sys.argv[1]))
