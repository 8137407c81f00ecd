"""A summary of 100 words of each speaker of a corpus of JSON lines by sumy's Luhn, for `benches/compare.sh`.

Sentences and words are divided by regular expressions, since sumy's own way downloads a model.
"""

import json
import re
import sys
from collections import defaultdict

from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.luhn import LuhnSummarizer

SENTENCE, WORD = re.compile(r"[^.?!]+[.?!]*"), re.compile(r"\w+")


class Tokenizer:
    """What sumy asks of a tokenizer."""

    def to_sentences(self, text):
        return tuple(sentence.strip() for sentence in SENTENCE.findall(text) if sentence.strip())

    def to_words(self, sentence):
        return tuple(WORD.findall(sentence.lower()))


for line in open(sys.argv[1], encoding="utf-8"):
    speakers = defaultdict(list)
    for turn in json.loads(line)["turns"]:
        speakers[turn["speaker"]].append(turn["text"])
    for speaker, texts in speakers.items():
        document = PlaintextParser.from_string("\n".join(texts), Tokenizer()).document
        print(speaker, *LuhnSummarizer()(document, 5))
