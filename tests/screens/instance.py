"""One window a collection: a second start hands its wish to the first and ends at once.

usage: instance.py PROGRAM DECKS (exits 77 where Xvfb is missing)"""

import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time


def wait_for(what, look, seconds=20):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if look():
            return
        time.sleep(0.05)
    raise SystemExit(f"not so after {seconds} seconds: {what}")


def answers(path):
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(str(path)) == 0


def run(program, decks, folder):
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "HOME": str(folder), "REPASO_ACCESSIBILITY": "0",
                   "ASAN_OPTIONS": "detect_leaks=0", "SDL_VIDEODRIVER": "x11"}
    collection = ["--collection", folder / "collection.db"]
    subprocess.run([program, "add", decks / "light.repaso.yaml", *collection], env=environment, check=True,
                   stdout=subprocess.DEVNULL)
    first = subprocess.Popen([program, *collection], env=environment)
    try:
        wait_for("the first window listens", lambda: any(map(answers, runtime.glob("repaso-*"))))
        for words in (["study"], [], [decks / "longitude.md"]):
            second = subprocess.run([program, *words, *collection], env=environment, timeout=20)
            assert second.returncode == 0, f"a second start failed: {words}"
        subprocess.run([program, "add", decks / "luna.repaso.yaml", *collection], env=environment, check=True,
                       stdout=subprocess.DEVNULL)
        assert first.poll() is None, "the first window is gone"
        first.kill()
        first.wait()
        # what a killed window leaves behind keeps nobody from starting
        first = subprocess.Popen([program, *collection], env=environment)
        wait_for("another window listens", lambda: answers(next(runtime.glob("repaso-*"))))
    finally:
        first.terminate()
        first.wait()
    print("a second start hands over to the first window")


def main():
    program, decks = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    if not shutil.which("xvfb-run"):
        return 77
    if not os.environ.get("REPASO_TEST_INSIDE"):
        environment = {**os.environ, "REPASO_TEST_INSIDE": "1"}
        return subprocess.run(["xvfb-run", "-a", sys.executable, *sys.argv], env=environment, timeout=80).returncode
    with tempfile.TemporaryDirectory() as folder:
        run(program, decks, pathlib.Path(folder))
    return 0


sys.exit(main())
