"""No file of the project names a path of somebody's machine, and only tests may look beside the project.

usage: places.py ROOT"""

import pathlib
import re
import sys

ANYWHERE = re.compile(r"(?<![\w.$}/-])/(?:home|root|work|Users|tmp/[a-z]+)/[\w.]+")
OUTSIDE_TESTS = re.compile(r"\.\./shared|\bproject_source_root\(\)\s*/\s*'\.\.'")
SKIPPED = {".git", "build", "shots", "__pycache__"}
TEXT = {".c", ".h", ".py", ".md", ".yaml", ".yml", ".txt", ".build", ".po", ".pot", ".sh", ".desktop", ".xml", ""}


def files(root):
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if path.is_file() and path.suffix in TEXT and not any(part in SKIPPED or part.startswith("build") and
                                                              len(parts) > 1 for part in parts[:1]):
            yield path, parts


def main():
    root, problems = pathlib.Path(sys.argv[1]), []
    for path, parts in files(root):
        text = path.read_text(encoding="utf-8", errors="replace")
        patterns = [ANYWHERE] if parts[0] == "tests" else [ANYWHERE, OUTSIDE_TESTS]
        for pattern in patterns:
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                problems.append(f"{path}:{line}: {match.group(0)}")
    print("\n".join(problems) or "no file names a place outside the project")
    return 1 if problems else 0


sys.exit(main())
