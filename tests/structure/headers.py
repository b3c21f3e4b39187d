"""Every header of src/ compiles alone, with nothing but the system's headers in reach; inside.h, which only its
own folder includes, may need a library.

usage: headers.py SRC COMPILER…"""

import concurrent.futures
import os
import pathlib
import subprocess
import sys


def compile_alone(source, compiler, header):
    command = [*compiler, "-std=c17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", f"-I{source}",
               "-include", str(header.relative_to(source)), "-x", "c", os.devnull]
    done = subprocess.run(command, capture_output=True, text=True)
    return "" if done.returncode == 0 else f"{header} does not stand alone:\n{done.stderr}"


def main():
    source, compiler = pathlib.Path(sys.argv[1]), [word for word in sys.argv[2:] if word != "ccache"]
    headers = sorted(header for header in source.glob("*/*.h") if header.name != "inside.h")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        problems = [text for text in pool.map(lambda one: compile_alone(source, compiler, one), headers) if text]
    print("\n".join(problems) or f"{len(headers)} headers stand alone")
    return 1 if problems or not headers else 0


sys.exit(main())
