"""What a screen reader sees and does: opens a deck, reveals, grades and undoes over the accessibility bus.

usage: access.py PROGRAM MODULE DECKS (exits 77 where a tool of it is missing; the module need only be built)"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

TOOLS = ["Xvfb", "xvfb-run", "dbus-run-session"]
SECONDS = 30
DECK = "La Luna"


def everything(node):
    """The node and all below it, in reading order."""
    if node is None:
        return
    yield node
    for i in range(node.get_child_count()):
        yield from everything(node.get_child_at_index(i))


def find(app, role, name):
    from gi.repository import GLib
    try:
        for node in everything(app):
            if node.get_role_name() == role and name in (node.get_name() or ""):
                return node
    except GLib.Error:  # it went while we looked: the caller looks again
        pass
    return None


def wait_for(what, look):
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise SystemExit(f"not seen in {SECONDS} seconds: {what}")


def application(atspi):
    desktop = atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        app = desktop.get_child_at_index(i)
        if app and app.get_name() == "repaso":
            return app
    return None


def press(app, role, name):
    node = wait_for(f"{role} {name}", lambda: find(app, role, name))
    assert node.get_n_actions() == 1, f"{name} cannot be performed"
    node.do_action(0)


def inside(program, decks):
    """In a session of its own: see main."""
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi
    with tempfile.TemporaryDirectory() as folder:
        collection = pathlib.Path(folder) / "collection.db"
        environment = {**os.environ, "REPASO_ACCESSIBILITY": "1", "LANGUAGE": "en", "HOME": folder,
                       "SDL_VIDEODRIVER": "x11", "ASAN_OPTIONS": "detect_leaks=0"}
        subprocess.run([program, "add", decks / "luna.repaso.yaml", "--collection", collection], check=True,
                       env=environment, stdout=subprocess.DEVNULL)
        process = subprocess.Popen([program, "study", "--collection", collection], env=environment)
        try:
            app = wait_for("the application on the bus", lambda: application(Atspi))
            frame = wait_for("its window", lambda: app.get_child_count() and app.get_child_at_index(0))
            assert frame.get_role_name() == "frame", frame.get_role_name()
            for _ in range(2):
                wait_for("a question", lambda: find(app, "push button", "Show the answer"))
                press(app, "push button", "Show the answer")
                press(app, "push button", "I knew it")
                wait_for("the next card", lambda: find(app, "push button", "Show the answer"))
                press(app, "push button", "Undo")
                wait_for("what was taken back", lambda: find(app, "alert", "Taken back"))
                press(app, "push button", "Show the answer")
                press(app, "push button", "I knew it")
                press(app, "push button", "Back")
                press(app, "list item", DECK)  # the second time from the list of decks
            nameless = [node.get_role_name() for node in everything(app)
                        if node.get_state_set().contains(Atspi.StateType.FOCUSABLE) and not node.get_name()]
            assert not nameless, f"without a name: {nameless}"
        finally:
            process.terminate()
            process.wait()
    print("a deck was opened, a card revealed, graded and taken back over the accessibility bus")


def sees_bus(python):
    """Whether this interpreter has the bindings: Debian's has, another that stands before it on the path may not."""
    look = "import gi; gi.require_version('Atspi', '2.0')"
    return shutil.which(python) and subprocess.run([python, "-c", look], stderr=subprocess.DEVNULL).returncode == 0


def main():
    program, decks = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[3])
    if os.environ.get("REPASO_TEST_INSIDE"):
        inside(program, decks)
        return 0
    python = next(filter(sees_bus, [sys.executable, "/usr/bin/python3"]), None)
    if not python or any(not shutil.which(tool) for tool in TOOLS):
        return 77
    with tempfile.TemporaryDirectory() as runtime:
        os.chmod(runtime, 0o700)
        environment = {**os.environ, "REPASO_TEST_INSIDE": "1", "XDG_RUNTIME_DIR": runtime, "GIO_USE_VFS": "local"}
        return subprocess.run(["dbus-run-session", "--", "xvfb-run", "-a", python, *sys.argv], env=environment,
                              timeout=80).returncode


sys.exit(main())
