"""A corpus of JSON lines, one session a line, about so many megabytes: the plain transcripts of a folder over and over.

    python3 benches/corpus.py MEGABYTES FOLDER

Every copy of a session has an identifier of its own.
"""

import json
import pathlib
import re
import sys

LABEL = re.compile(r"^([^\s:][^:\n]{0,60}):\s+(.+)$")


def turns(text):
    """Turns of `Name: text` lines; lines without a label go on with the turn before."""
    found = []
    for line in text.splitlines():
        label = LABEL.match(line)
        if label:
            found.append({"speaker": label[1].strip("*"), "text": label[2]})
        elif line.strip() and found:
            found[-1]["text"] += " " + line.strip()
    return found


def main():
    size, folder = float(sys.argv[1]) * 1e6, pathlib.Path(sys.argv[2])
    sessions = [(path.stem, turns(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*/*.txt"))]
    sessions = [(name, found) for name, found in sessions if len(found) > 5]
    written = copy = 0
    while written < size:
        for name, found in sessions:
            line = json.dumps({"id": f"{name}-{copy}", "title": name, "turns": found}, ensure_ascii=False)
            written += len(line.encode()) + 1
            print(line)
        copy += 1


main()
