#!/usr/bin/env python3
"""Builds the image of Containerfile and tries the program in it.

Where neither podman nor docker runs, the steps of the file are run here instead: its sources are looked for, its
commands run in this folder, and the program that it would copy is tried; CONTAINER_PROFILE=dev has them build with
what the tests were built of.

    python3 scripts/container.py             build and try
    python3 scripts/container.py --check     only look whether every step could be taken
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILE = ROOT / "Containerfile"
IMAGE = "rapporteur"
PROFILE = os.environ.get("CONTAINER_PROFILE", "release")
SESSION = ROOT / "fixtures/port-negotiation/port-negotiation.txt"


def steps():
    """The steps of the file: stage, instruction, and what it says."""
    stage, found = 0, []
    for line in FILE.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        match = re.match(r"([A-Z]+)\s+(.*)", line)
        if not match:
            continue
        stage += match[1] == "FROM"
        found.append((stage, match[1], match[2].strip()))
    return found


def check(found):
    """Complains where a step could not be taken."""
    stages = [text for _, instruction, text in found if instruction == "FROM"]
    assert len(stages) == 2 and stages[0].endswith(" AS build"), f"two stages are expected: {stages}"
    for _, instruction, text in found:
        words = text.split()
        if instruction == "COPY" and not words[0].startswith("--from="):
            for source in words[:-1]:
                assert (ROOT / source).exists(), f"COPY: there is no {source}"
    assert json.loads(entry(found)) == ["rapporteur"], "the program is the entry point"
    assert built(found).name == "rapporteur", "the program is what is copied"


def entry(found):
    return next(text for _, instruction, text in found if instruction == "ENTRYPOINT")


def built(found):
    """Where the first stage leaves the program, seen from this folder."""
    folder = next(text for stage, instruction, text in found if stage == 1 and instruction == "WORKDIR")
    copied = next(text.split()[1] for _, instruction, text in found if instruction == "COPY" and text.startswith("--from=build"))
    program = str(pathlib.PurePosixPath(copied).relative_to(folder))
    # Cargo puts what the profile `dev` makes into `debug`.
    return ROOT / program.replace("/release/", "/debug/" if PROFILE == "dev" else f"/{PROFILE}/")


def tool(found):
    """podman or docker, if one of them can be used and gets the images that the stages begin with."""
    images = [text.split()[0] for _, instruction, text in found if instruction == "FROM"]

    def does(*command):
        return subprocess.run(command, capture_output=True).returncode == 0

    for name in ("podman", "docker"):
        if shutil.which(name) and does(name, "info") and all(does(name, "pull", image) for image in images):
            return name
    return None


def attempt(program):
    """Has the program summarize a session from standard input."""
    done = subprocess.run([*program, "summarize", "-"], input=SESSION.read_bytes(), stdout=subprocess.PIPE, check=True)
    assert done.stdout.strip(), "nothing was summarized"
    print(subprocess.run([*program, "--version"], capture_output=True, check=True, text=True).stdout.strip(), "works")


def main():
    found = steps()
    check(found)
    if "--check" in sys.argv[1:]:
        print(f"{len(found)} steps could be taken")
        return
    container = tool(found)
    if container:
        subprocess.run([container, "build", "-f", str(FILE), "-t", IMAGE, str(ROOT)], check=True)
        attempt([container, "run", "--rm", "-i", IMAGE])
        return
    print("neither podman nor docker runs here, or gets the images to begin with: the steps of the Containerfile are run in this folder")
    for stage, instruction, text in found:
        if stage == 1 and instruction == "RUN":
            subprocess.run(text, shell=True, check=True, cwd=ROOT, env={**os.environ, "PROFILE": PROFILE})
    attempt([str(built(found))])


if __name__ == "__main__":
    main()
