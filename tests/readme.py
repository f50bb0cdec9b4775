#!/usr/bin/env python3
"""Runs every command of the README's tour on a copy of data/ and says which printed lines no longer come out.

Usage: tests/readme.py PATH/TO/dossier [-v]      (-v prints what came instead)
A line that ends in `…` counts as its beginning; a line `…` stands for any number of lines.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def commands(readme):
    """(command, printed lines) of each `$` line in a console block."""
    for block in re.findall(r"```console\n(.*?)```", readme, re.S):
        for part in re.split(r"(?m)^\$ ", block)[1:]:
            command, *printed = part.rstrip("\n").split("\n")
            while command.endswith("\\"):
                command = command[:-1] + printed.pop(0)
            yield command, [line.rstrip() for line in printed if line.strip() not in ("", "…")]


def is_printed(line, out):
    return any(o == line or (line.endswith("…") and o.startswith(line[:-1].rstrip())) for o in out)


def main():
    program, verbose = os.path.abspath(sys.argv[1]), "-v" in sys.argv
    home = tempfile.mkdtemp()
    os.mkdir(f"{home}/bin")
    os.symlink(program, f"{home}/bin/dossier")
    shutil.copytree(f"{ROOT}/data", f"{home}/data")
    env = dict(os.environ, PATH=f"{home}/bin:{os.environ['PATH']}", NO_COLOR="1", COLUMNS="100")
    wrong = 0
    with open(f"{ROOT}/README.md", encoding="utf-8") as readme:
        tour = list(commands(readme.read()))
    for command, printed in tour:
        run = subprocess.run(command, shell=True, cwd=home, env=env, capture_output=True, text=True, timeout=120)
        out = [line.rstrip() for line in (run.stderr + run.stdout).split("\n")]
        missing = [line for line in printed if not is_printed(line, out)]
        wrong += bool(missing)
        print("differs" if missing else "ok     ", command)
        for line in missing:
            print("    -", line)
        for line in out if missing and verbose else []:
            print("    +", line)
    shutil.rmtree(home)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
