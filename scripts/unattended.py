#!/usr/bin/env python3
"""Measures what runs unattended: second runs, searches, and places that fail.

    cargo build --profile fast
    python3 scripts/unattended.py second-run --sessions 5000
    python3 scripts/unattended.py search --sessions 10000
    sudo python3 scripts/unattended.py places

Sessions are made up of invented words with the frequencies of a natural language (Zipf), so that there
are rare and common ones. `places` mounts a small tmpfs and runs the program as another user, which needs
root. The figures are in docs/unattended.md and docs/archive.md.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

PROGRAM = pathlib.Path(__file__).resolve().parent.parent / "target/fast/rapporteur"
SYLLABLES = [c + v for c in "bdfghklmnprstvz" for v in ("a", "e", "i", "o", "u", "an", "el", "or")]
NOUNS = ["levy", "quay", "night shift", "dredging plan", "pilot fee", "shore power", "fund", "register"]
STANCES = ["We support the {}", "We oppose the {}", "We are concerned about the {}", "The report mentions the {}"]


class Speech:
    """Sentences of invented words; the word of rank r is 1/r as frequent as the first."""

    def __init__(self, seed=7, words=20000):
        self.random = random.Random(seed)
        made = {}
        while len(made) < words:
            made["".join(self.random.choices(SYLLABLES, k=self.random.choice((2, 2, 3, 4))))] = None
        self.words = list(made)
        self.weights = [1 / rank for rank in range(1, words + 1)]
        self.names = [f"{self.word(9000 + 2 * n)} {self.word(9001 + 2 * n)}" for n in range(60)]

    def word(self, rank):
        return self.words[rank].capitalize()

    def sentence(self):
        words = self.random.choices(self.words, self.weights, k=self.random.randint(6, 22))
        if self.random.random() < 0.2:
            opening = self.random.choice(STANCES).format(self.random.choice(NOUNS))
            return f"{opening}, because {' '.join(words)}."
        return " ".join(words).capitalize() + "."

    def session(self, number, turns=10, sentences=5):
        names = self.random.sample(self.names, 4)
        said = [
            {"speaker": names[turn % 4], "text": " ".join(self.sentence() for _ in range(sentences))}
            for turn in range(turns)
        ]
        date = f"{2016 + number % 10}-{1 + number // 10 % 12:02}-{1 + number // 120 % 28:02}"
        return {"id": f"s{number:05}", "title": f"Session {number}", "date": date, "turns": said}


def inbox(folder, sessions):
    """Writes so many sessions, one a file, as other programs do."""
    speech, place = Speech(), folder / "inbox"
    place.mkdir()
    for number in range(sessions):
        (place / f"s{number:05}.jsonl").write_text(json.dumps(speech.session(number)) + "\n")
    return speech


def run(program, folder, *arguments, **more):
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, **more)


def timed(program, folder, *arguments):
    started = time.perf_counter()
    done = run(program, folder, *arguments)
    seconds = time.perf_counter() - started
    if done.returncode != 0:
        sys.exit(f"{arguments} ended with {done.returncode}: {done.stderr[-2000:]}")
    return seconds


def second_run(program, folder, sessions):
    inbox(folder, sessions)
    first = timed(program, folder, "run", "position-brief")
    again = [timed(program, folder, "run", "position-brief") for _ in range(5)]
    median = statistics.median(again)
    print(f"{sessions} sessions: first run {first:.1f} s, second {median:.2f} s (median of 5): {median / first:.2%}")


def queries(speech):
    """Searches of every kind, from words that are everywhere to words that are nowhere."""
    ranks = [0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10000, 19999]
    words = [speech.words[rank] for rank in ranks]
    name, common = speech.names[3], speech.words[2]
    yield from ([word] for word in words)
    yield from ([first, second] for first, second in zip(words, words[1:]))
    yield from ([f"{word[:3]}*"] for word in words[4:8])
    yield from ([f'"{words[0]} {word}"'] for word in words[1:4])
    yield from ([word, "--from", "2020", "--to", "2021-06"] for word in words)
    yield from ([word, "--stakeholder", name] for word in words)
    yield from ([word, "--issue", "levy"] for word in words)
    yield [f"{words[5]} OR {words[6]} -{words[0]}"]
    yield ["levy", "--stakeholder", name, "--issue", "levy", "--from", "2018"]
    yield [common, "--limit", "500", "--format", "json"]
    yield ["levy", "--format", "csv"]


def search(program, folder, sessions):
    speech = inbox(folder, sessions)
    issues = [{"label": noun, "terms": [noun]} for noun in NOUNS]
    definition = {"schema": 1, "name": "brief", "input": {"paths": ["inbox"]},
                  "compare": {"issues": issues}, "archive": {"path": "archive.sqlite"}}
    (folder / "brief.json").write_text(json.dumps(definition))
    timed(program, folder, "run", "brief.json")
    count = sqlite3.connect(folder / "archive.sqlite").execute
    size = (folder / "archive.sqlite").stat().st_size / 1e6
    (n_sessions,), (n_sentences,) = count("SELECT count(*) FROM sessions").fetchone(), count(
        "SELECT count(*) FROM sentences").fetchone()
    print(f"{n_sessions} sessions, {n_sentences} sentences, {size:.0f} MB")
    all_times, slowest = [], []
    for query in queries(speech):
        times = [timed(program, folder, "search", "archive.sqlite", *query) for _ in range(7)]
        all_times.extend(times)
        slowest.append((statistics.median(times), " ".join(query)))
    slowest.sort(reverse=True)
    ordered = sorted(all_times)
    print(f"{len(slowest)} searches, 7 times each: median {statistics.median(ordered) * 1e3:.0f} ms, "
          f"95 % within {ordered[int(len(ordered) * 0.95)] * 1e3:.0f} ms")
    for seconds, query in slowest[:5]:
        print(f"  {seconds * 1e3:.0f} ms  {query}")
    for arguments in (["history", "archive.sqlite", "--stakeholder", speech.names[3], "--issue", "levy"],
                      ["diff", "archive.sqlite", "2018", "2019"]):
        print(f"  {statistics.median(timed(program, folder, *arguments) for _ in range(5)) * 1e3:.0f} ms  "
              f"{' '.join(arguments)}")


def places(program, folder):
    """A disk that is full, a folder that may not be written to, inputs and archives that are gone, locked or
    damaged: what is said, the exit code, and whether all is there when the place is well again."""
    good = folder / "good"
    good.mkdir()
    inbox(good, 60)
    timed(program, good, "run", "position-brief")
    whole = content(good / "out")
    told = {}
    told["disk full"] = disk_full(program, folder, good, whole)
    told["read-only folder"] = read_only(program, folder, good, whole)
    told["vanished input"] = vanished(program, folder, good, whole)
    told["unreadable archive"] = unreadable(program, folder, good, whole)
    told["corrupt archive page"] = corrupt(program, folder, good, whole)
    for place, (code, said, lost) in told.items():
        print(f"{place}: exit code {code}, {'nothing lost' if not lost else 'LOST'}: {said}")
    if any(code == 0 or lost for code, _, lost in told.values()):
        sys.exit("a place was not as it should be")


def content(folder):
    """Every output by its path, and what the archive holds of the sessions."""
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*"))
             if path.is_file() and path.suffix in (".md", ".json") and ".manifest" not in path.name}
    archive = sqlite3.connect(folder / "position-brief.sqlite")
    assert archive.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    rows = archive.execute("SELECT session, speaker, text FROM sentences ORDER BY 1, 2, 3").fetchall()
    archive.close()
    return files, rows


def started(folder, good, name):
    """A folder with the same inputs."""
    place = folder / name
    shutil.copytree(good / "inbox", place / "inbox")
    return place


def error_of(done):
    return next((line for line in done.stderr.splitlines() if line.startswith("error: ")), done.stderr[-300:])


def nobody(program, place, *arguments):
    """Runs the program as a user who is not root, for whom rights count."""
    for path in (place, *place.parents):
        if path == pathlib.Path("/tmp"):
            break
        path.chmod(path.stat().st_mode | 0o055)
    user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    return subprocess.run([*user, program, *arguments], cwd=place, capture_output=True, text=True)


def disk_full(program, folder, good, whole):
    place = started(folder, good, "full")
    (place / "out").mkdir()
    lost, codes, said = False, [], ""
    for size in (64, 256, 512, 768, 1024, 1536):
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", place / "out"], check=True)
        try:
            done = run(program, place, "run", "position-brief")
            codes.append(done.returncode)
            said = error_of(done) if done.returncode else said
            before = {path.name for path in (place / "out").rglob("*.md")}
            subprocess.run(["mount", "-o", "remount,size=64m", place / "out"], check=True)
            again = run(program, place, "run", "position-brief")
            lost |= again.returncode != 0 or content(place / "out") != whole
            lost |= not before <= {path.name for path in (place / "out").rglob("*.md")}
            lost |= any(path.name.startswith(".rapporteur") for path in (place / "out").rglob("*"))
        finally:
            subprocess.run(["umount", place / "out"], check=True)
    return min(codes), said, lost


def read_only(program, folder, good, whole):
    place = folder / "rights"
    shutil.copytree(good, place)
    extra = place / "inbox" / "s00000.jsonl"
    text = extra.read_text()
    extra.write_text(text.replace("Session 0", "Session nought"))
    done = nobody(program, place, "run", "position-brief")
    extra.write_text(text)
    return done.returncode, error_of(done), content(place / "out") != whole


def vanished(program, folder, good, whole):
    place = started(folder, good, "vanished")
    done = run(program, place, "run", "position-brief", "inbox", "inbox/nowhere.jsonl")
    return done.returncode, error_of(done), content(place / "out") != whole


def unreadable(program, folder, good, whole):
    place = folder / "unreadable"
    shutil.copytree(good, place)
    archive = place / "out" / "position-brief.sqlite"
    archive.chmod(0o000)
    for path in (place, place / "out"):
        path.chmod(0o777)
    before = archive.read_bytes()
    done = nobody(program, place, "search", "out/position-brief.sqlite", "levy")
    again = nobody(program, place, "run", "position-brief")
    archive.chmod(0o600)
    lost = again.returncode == 0 or archive.read_bytes() != before or content(place / "out") != whole
    return done.returncode, error_of(again), lost


def corrupt(program, folder, good, whole):
    place = folder / "corrupt"
    shutil.copytree(good, place)
    archive = place / "out" / "position-brief.sqlite"
    sound, codes, said, lost, unnoticed = archive.read_bytes(), [], "", False, 0
    pages = len(sound) // 4096
    chance = random.Random(3)
    for page in chance.sample(range(pages), min(40, pages)):
        bad = bytearray(sound)
        for _ in range(64):
            bad[page * 4096 + chance.randrange(4096)] ^= 0xFF
        archive.write_bytes(bad)
        edited = place / "inbox" / "s00000.jsonl"
        edited.write_text((good / "inbox" / "s00000.jsonl").read_text() + " ")
        done = run(program, place, "run", "position-brief")
        edited.write_text((good / "inbox" / "s00000.jsonl").read_text())
        if done.returncode:
            codes.append(done.returncode)
            said = error_of(done)
        else:
            unnoticed += 1
        if "panicked" in done.stderr or done.returncode not in (0, 1, 2):
            lost = True
        for path in (place / "out").glob("position-brief.sqlite*"):
            path.unlink()
        again = run(program, place, "run", "position-brief")
        lost |= again.returncode != 0 or content(place / "out") != whole
    print(f"  {len(codes)} of {len(codes) + unnoticed} damaged pages stopped the run that met them; the others "
          f"were not met by it, or held text; after the archive was moved away all was made anew")
    return min(codes, default=0), said, lost


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["second-run", "search", "places"])
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    parser.add_argument("--sessions", type=int, default=1000)
    arguments = parser.parse_args()
    program = str(arguments.program.resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        if arguments.what == "second-run":
            second_run(program, folder, arguments.sessions)
        elif arguments.what == "search":
            search(program, folder, arguments.sessions)
        else:
            places(program, folder)


if __name__ == "__main__":
    main()
