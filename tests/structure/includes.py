"""Each folder of src/ includes only what its row of the layer table allows; headers include no outside library,
but for a folder's own inside.h, which nobody else includes.

usage: includes.py ROOT   (the table is read from src/meson.build, the libraries from the top meson.build)"""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^">]+)[">]', re.MULTILINE)

# First part of an outside header's name → the name under which the build knows its library.
LIBRARIES = {
    "nettle/": "nettle", "unicode/": "icu-uc", "yaml.h": "yaml-0.1", "hunspell/": "hunspell",
    "hunspell.h": "hunspell", "libstemmer.h": "stemmer", "cmark-gfm": "libcmark-gfm", "sqlite3.h": "sqlite3",
    "cairo": "cairo", "pango/": "pangocairo", "SDL_ttf.h": "SDL2_ttf", "SDL_image.h": "SDL2_image",
    "SDL2/SDL_ttf": "SDL2_ttf", "SDL2/SDL_image": "SDL2_image", "SDL": "sdl2", "fontconfig/": "fontconfig",
    "zip.h": "libzip", "zstd.h": "libzstd", "expat.h": "expat", "seccomp.h": "libseccomp", "libpq-fe.h": "libpq",
    "speech-dispatcher/": "speech-dispatcher", "atk/": "atk", "libspeechd.h": "speech-dispatcher",
}

SYSTEM = set("""assert.h complex.h ctype.h errno.h fenv.h float.h inttypes.h iso646.h limits.h locale.h math.h
    setjmp.h signal.h stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h
    string.h strings.h threads.h time.h uchar.h wchar.h wctype.h dirent.h dlfcn.h fcntl.h ftw.h getopt.h glob.h
    langinfo.h libgen.h libintl.h poll.h pthread.h pwd.h sched.h spawn.h termios.h unistd.h""".split())


def library_of(name):
    for prefix in sorted(LIBRARIES, key=len, reverse=True):
        if name.startswith(prefix):
            return LIBRARIES[prefix]
    return None


def read_rows(root):
    """folder → (folders it may use, outside libraries it may include)."""
    top = (root / "meson.build").read_text(encoding="utf-8")
    known = dict(re.findall(r"^(\w+) = (?:dependency|\w+\.find_library)\('([^']+)'", top, re.MULTILINE))
    table = (root / "src/meson.build").read_text(encoding="utf-8")
    rows = {}
    for folder, used, libraries in re.findall(r"\['(\w+)',\s*\[([^\]]*)\],\s*\[([^\]]*)\]\]", table):
        names = re.findall(r"\w+", libraries)
        rows[folder] = (set(re.findall(r"\w+", used)), {known.get(name, name).lower() for name in names})
    return rows


def problem_of(path, folder, quotes, name, rows):
    """What is wrong with one include, or None."""
    used, libraries = rows[folder]
    if quotes == '"':
        target = name.split("/")[0] if "/" in name else folder
        if target in rows and target != folder and target != "base" and target not in used:
            return f"{folder}/ may not use {target}/ (its row in src/meson.build)"
        if target != folder and name.endswith("/inside.h"):
            return f"{name} belongs to {target}/ alone"
        return None
    if name in SYSTEM or name.startswith("sys/") or name.startswith("linux/"):
        return None
    library = library_of(name)
    if library is None:
        return f"<{name}> is of no library that the layer table knows"
    if path.suffix == ".h" and path.name != "inside.h":
        return f"a header includes <{name}>: forward-declare what it needs"
    if library.lower() not in libraries:
        return f"{folder}/ may not use {library} (its row in src/meson.build)"
    return None


def main():
    root, problems = pathlib.Path(sys.argv[1]), []
    rows = read_rows(root)
    for path in sorted(root.glob("src/*/*.[ch]")):
        folder, text = path.parent.name, path.read_text(encoding="utf-8")
        if folder not in rows:
            if path.suffix == ".c":
                problems.append(f"{path}: its folder has no row in src/meson.build")
            continue
        for match in INCLUDE.finditer(text):
            problem = problem_of(path, folder, match.group(1), match.group(2), rows)
            if problem:
                problems.append(f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {problem}")
    print("\n".join(problems) or f"{len(rows)} folders include what they may")
    return 1 if problems else 0


sys.exit(main())
