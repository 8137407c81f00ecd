"""Made-up sessions, the same for the same number."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

PEOPLE = ["Ana Reyes", "Bo Lindqvist", "Carla Duarte", "Dan Okoro", "Eva Novak", "Farid Haddad"]
ORGANISATIONS = ["the Dock Union", "the Port Authority", "the Harbour Council", "the Shipping Federation"]
SUBJECTS = ["the port levy", "the pension fund", "the night shift", "the safety code", "the fishing quota"]
FORMS = [
    "We support {subject} because it protects the terminals.",
    "We cannot accept {subject} in this form.",
    "I am concerned that {subject} falls on the lowest wages.",
    "We propose that {subject} is reviewed every two years.",
    "As {name} said, {subject} needs more time.",
    "I agree with {name} on {subject}.",
    "The terminals pay for {subject} already, and prices rise.",
]


def session(number: int, sentences: int = 4) -> dict[str, object]:
    """A session of about so many sentences; one of each 50 has an identifier that another has too."""
    chance = random.Random(number)
    voices = chance.sample(PEOPLE, 3)
    turns = []
    while sentences > 0:
        voice = voices[len(turns) % len(voices)]
        said = [
            chance.choice(FORMS).format(subject=chance.choice(SUBJECTS), name=chance.choice(voices))
            for _ in range(min(sentences, chance.randint(1, 3)))
        ]
        sentences -= len(said)
        if len(turns) < len(voices):
            said.insert(0, f"I am {voice} of {chance.choice(ORGANISATIONS)}.")
        turns.append({"speaker": voice if chance.random() < 0.9 else "Speaker 1", "text": " ".join(said)})
    return {
        "id": f"s{number - number % 50 if number % 50 == 1 else number:06d}",
        "title": f"Session {number}",
        "date": f"{2000 + number % 20}-{1 + number % 12:02d}-{1 + number % 28:02d}",
        "source": f"sessions/{number:06d}.jsonl",
        "turns": turns,
    }


def write(folder: Path, number: int, sentences: int = 4) -> Iterator[str]:
    """Writes sessions into files of their own below a folder; gives them as lines."""
    (folder / "sessions").mkdir()
    for each in range(number):
        made = session(each, sentences)
        line = json.dumps(made)
        (folder / str(made["source"])).write_text(line + "\n")
        yield line
