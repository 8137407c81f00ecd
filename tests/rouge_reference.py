"""Compares `rapporteur evaluate` with the reference implementation of ROUGE on random pairs.

    python3 tests/rouge_reference.py target/debug/rapporteur [PAIRS]

Needs `pip install rouge-score==0.1.2`. Makes 1,000 pairs of texts from a fixed seed (families of
words that share a stem, numbers, punctuation, other scripts, empty lines, much repetition), rates
them with both, with and without stemming, and fails if any figure differs by more than 1e-6.
"""
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from rouge_score import rouge_scorer

MEASURES = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
TOLERANCE = 1e-6
ROOTS = "agree oper relat form happi fl hop fail troubl electr sens geo theo control roll ceas spi d enjo l adopt".split()
SUFFIXES = (
    "* s es ies ied ed eed ing ings y ly logy logical ational tional ence ancy izer ably ibly ally alli ently ely "
    "ously ization ation ator alism iveness fulness fully ousness ality ivity ability icate ative alize icity ical "
    "ful ness al ance er ic able ible ant ement ment ent sion tion ism ate ous ive ize e ll lled tting yy"
).split()
ODD = (
    "\u2019s don't e.g. U.N. 3.14 1,000 2020s well-known na\u00efve \u0130stanbul \u212aelvin \u00df \u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2 "
    "\u0438 \u4f1a\u8b70 \U0001f600 \u2026 \u2014 -- ... <n> & % \u00a0 \u2028 \u0085 \r skies dying news innings proceed YES No A I x2 yyy"
).split(" ")


def text(random, vocabulary):
    """A text of zero to eight lines; some are empty, some without a word."""
    lines = []
    for _ in range(random.randint(0, 8)):
        words = [random.choice(vocabulary) for _ in range(random.choice([0, 1, 3, 12, 90]))]
        words = [w.capitalize() if random.random() < 0.1 else w for w in words]
        lines.append(random.choice([" ", "  ", ", ", "\t"]).join(words) + random.choice(["", ".", "?!", " "]))
    return "\n".join(lines)


def pairs(count):
    """Reference and candidate, of few or many different words, so that they share many or few."""
    source = random.Random(20240702)
    words = [root + suffix.strip("*") for root in ROOTS for suffix in SUFFIXES] + ODD * 8
    for _ in range(count):
        vocabulary = source.sample(words, source.choice([2, 6, 30, 300]))
        reference = text(source, vocabulary)
        candidate = reference if source.random() < 0.02 else text(source, vocabulary)
        yield reference, candidate


def rated_by(binary, folder, texts, flags):
    """The scores of all pairs as the program gives them, a dictionary a pair."""
    for side, name in enumerate(["references.jsonl", "candidates.jsonl"]):
        lines = (json.dumps({"session": str(i), "text": pair[side]}) for i, pair in enumerate(texts))
        Path(folder, name).write_text("\n".join(lines), encoding="utf-8")
    command = [binary, "evaluate", f"{folder}/candidates.jsonl", "--references", f"{folder}/references.jsonl"]
    command += ["--sentences", "lines", "--bootstrap", "0", "--format", "json", *flags]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\nexit {done.returncode}: {done.stderr.strip()}")
    return [pair["scores"] for pair in json.loads(done.stdout)["pairs"]]


def main():
    binary, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    texts = list(pairs(count))
    worst, not_zero = 0.0, 0
    for stemmer in (True, False):
        reference = rouge_scorer.RougeScorer(MEASURES, use_stemmer=stemmer)
        with tempfile.TemporaryDirectory() as folder:
            ours = rated_by(binary, folder, texts, [] if stemmer else ["--no-stemmer"])
        if len(ours) != count:
            sys.exit(f"{len(ours)} pairs were rated, not {count}")
        for (target, prediction), found in zip(texts, ours):
            expected = reference.score(target, prediction)
            for measure in MEASURES:
                figures = zip(("precision", "recall", "f1"), expected[measure])
                for figure, value in figures:
                    difference = abs(found[measure][figure] - value)
                    not_zero += value > 0
                    worst = max(worst, difference)
                    if difference > TOLERANCE:
                        sys.exit(f"{measure} {figure} is {found[measure][figure]}, not {value}, of\n{target!r}\n{prediction!r}")
    if not_zero < count:
        sys.exit("almost all scores are zero: the pairs test nothing")
    print(f"{count} pairs with and without stemming agree; the largest difference is {worst:.1e}")


if __name__ == "__main__":
    main()
