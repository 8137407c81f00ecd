"""The peers of docs/quality.md: other summarizers on the sets that this project is measured on.

    pip install sumy numpy rouge-score
    python3 scripts/peers.py --eval ../shared/eval --data ../shared/data
    python3 scripts/peers.py --eval ../shared/eval --data ../shared/data --binary target/release/rapporteur
    python3 scripts/peers.py --eval ../shared/eval --data ../shared/data --binary target/release/rapporteur --time

The first line measures the methods of sumy and three plain baselines, the second this project's own
`methods` and `ask`, the third the running times. The scores are those of `common.py` in the folder
given as --eval, the agenda items those of its `tc39.py`, the speakers named in questions those of
its `qmsum.py`: nothing of them is repeated here.

Every peer gets the same sentences: each turn divided after `.`, `?` or `!` and white space, with
detached marks put back, bracketed noise taken out and repetitions left out. sumy's own tokenizer wants data of nltk that
has to be downloaded; words here are runs of letters, digits and apostrophes. Stemmer and stop words
are sumy's. A summary takes the sentences in the order of the method's ratings as long as they fit
what is left of the budget, and is read in the order of the session.

Peers that know no question (all but `bm25`) answer each with their summary of the whole session.
"""

import argparse
import collections
import glob
import json
import math
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

# A session: its sentences as (turn, text), its title, the budget in words, what its summaries are
# rated against, and the file for this project's own program.
Session = collections.namedtuple("Session", "sentences title budget tasks path")
# A reference: the set it counts for, the question or None, its text, the turns of its gold span.
Task = collections.namedtuple("Task", "sets question reference gold")

NOISE = re.compile(r"\{[^}]*\}|\[[^\]]*\]")
DETACHED = re.compile(r"\s+([,.;:?!])")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# The speech statistics of the panel page begin with the initials and the name of a speaker.
STATISTICS = re.compile(r"(?m)^\w{1,4}\n\n.+\n\nSpeech speed$")
# Greedy methods that rate by trying every sentence at every step stop after so many steps.
STEPS = 60


class Tokenizer:
    """What sumy asks of a tokenizer, without the data that nltk would download."""

    def to_sentences(self, paragraph):
        return divided(paragraph)

    def to_words(self, sentence):
        return tuple(WORD.findall(sentence))


def divided(turn):
    text = DETACHED.sub(r"\1", NOISE.sub(" ", turn))
    pieces = (" ".join(piece.split()) for piece in re.split(r"(?<=[.?!])\s+", text))
    return [piece for piece in pieces if WORD.search(piece)]


def sentences_of(turns):
    """The sentences with their turns, each text once: sumy adds up the ratings of those that are alike."""
    first = {}
    for number, turn in enumerate(turns):
        for sentence in divided(turn):
            first.setdefault(sentence.lower(), (number, sentence))
    return list(first.values())


# The sets.


def meetings(data, eval_qmsum):
    for path in sorted(glob.glob(os.path.join(data, "qmsum", "val", "*.json"))):
        with open(path, encoding="utf-8") as file:
            meeting = json.load(file)
        turns = meeting["meeting_transcripts"]
        names = {turn["speaker"] for turn in turns}
        tasks = [Task(["general"], None, query["answer"], None) for query in meeting["general_query_list"]]
        for query in meeting["specific_query_list"]:
            gold = {t for a, b in query["relevant_text_span"] for t in range(int(a), int(b) + 1)}
            named = eval_qmsum.speakers_in(query["query"], names)
            sets = ["specific", "speaker"] if named else ["specific"]
            tasks.append(Task(sets, query["query"], query["answer"], gold))
        yield Session(sentences_of(turn["content"] for turn in turns), "", 100, tasks, path)


def agenda_items(data, eval_tc39, folder):
    rows = eval_tc39.items(os.path.join(data, "tc39"), {"2024"})
    for number, (_, title, table, turns, lines) in enumerate(rows):
        path = os.path.join(folder, f"{number:04d}.md")
        with open(path, "w", encoding="utf-8") as out:
            out.write(f"# {title}\n\n{table}\n\n## {title}\n\n" + "\n\n".join(turns) + "\n")
        said = [eval_tc39.TURN.match(turn).group(2) for turn in turns]
        yield Session(sentences_of(said), title, 100, [Task(["tc39"], None, "\n".join(lines), None)], path)


def panel(data):
    (path,) = glob.glob(os.path.join(data, "seed", "*.txt"))
    with open(path, encoding="utf-8") as file:
        page = file.read()
    head, transcript = page.split("Session transcript", 1)
    narrative = head.split("Full session report", 1)[1]
    return Session(sentences_of(panel_turns(transcript)), "", 450, [Task(["panel"], None, narrative, None)], path)


def panel_turns(transcript):
    """What stands under each line that is a label, up to the speech statistics."""
    speech = STATISTICS.split(transcript)[0]
    return re.split(r"(?m)^[^.?!\n]{2,60}:[ ]*$", speech)[1:]


# The peers: each gives for a session the places of its sentences, the best first.


def fill(session, ranking):
    """The best sentences that fit the budget one after another, in reading order."""
    left, chosen = session.budget, []
    for place in ranking:
        words = len(session.sentences[place][1].split())
        if words <= left:
            left -= words
            chosen.append(place)
    return sorted(chosen)


def document_of(session):
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    tokenizer = Tokenizer()
    paragraphs = collections.defaultdict(list)
    for turn, text in session.sentences:
        paragraphs[turn].append(Sentence(text, tokenizer))
    title = [Paragraph([Sentence(session.title, tokenizer, is_heading=True)])] if session.title else []
    return ObjectDocumentModel(title + [Paragraph(paragraph) for paragraph in paragraphs.values()])


def sumy_peer(module, name, **options):
    def rank(session, _question):
        from sumy.nlp.stemmers import Stemmer
        from sumy.utils import get_stop_words

        summarizer = getattr(__import__(f"sumy.summarizers.{module}", fromlist=[name]), name)
        summarizer = summarizer(Stemmer("english"), **options)
        stop_words = get_stop_words("english")
        if name == "EdmundsonSummarizer":
            summarizer.null_words = stop_words
        else:
            summarizer.stop_words = stop_words
        ranking = []

        def all_of_them(infos):
            """sumy takes a function for the number of sentences: it sees them rated and sorted."""
            ranking.extend(info.order for info in infos)
            return infos

        summarizer(document_of(session), all_of_them)
        return ranking

    return rank


def kl(session, _question):
    """sumy's greedy KL divergence, as far as a budget can need it."""
    from sumy.summarizers.kl import KLSummarizer
    from sumy.utils import get_stop_words

    class Enough(Exception):
        pass

    left, ranking = list(range(len(session.sentences))), []

    class Picks(KLSummarizer):
        stop_words = get_stop_words("english")

        @staticmethod
        def _find_index_of_best_sentence(kls):
            at = KLSummarizer._find_index_of_best_sentence(kls)
            ranking.append(left.pop(at))
            if len(ranking) == STEPS:
                raise Enough
            return at

    try:
        Picks()(document_of(session), len(left))
    except Enough:
        pass
    return ranking


def lead(session, _question):
    return range(len(session.sentences))


def chance(session, _question):
    places = list(range(len(session.sentences)))
    random.Random(len(places)).shuffle(places)
    return places


def bm25(session, question):
    """Sentences as documents, the question as the query (Robertson & Zaragoza 2009; 1.2, .75)."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.utils import get_stop_words

    stem, stop_words = Stemmer("english"), get_stop_words("english")

    def terms(text):
        return [stem(word) for word in WORD.findall(text.lower()) if word not in stop_words]

    documents = [collections.Counter(terms(text)) for _, text in session.sentences]
    mean = sum(sum(d.values()) for d in documents) / max(1, len(documents))
    scores = [0.0] * len(documents)
    for term in sorted(set(terms(question))):
        n = sum(term in d for d in documents)
        idf = math.log(1 + (len(documents) - n + 0.5) / (n + 0.5))
        for place, d in enumerate(documents):
            length = 1.2 * (0.25 + 0.75 * sum(d.values()) / max(mean, 1.0))
            scores[place] += idf * d[term] * 2.2 / (d[term] + length)
    return sorted(range(len(documents)), key=lambda place: (-scores[place], place))


# name: (ranking, whether it reads the question, whether it takes long on long meetings)
PEERS = {
    "lead": (lead, False, False),
    "random": (chance, False, False),
    "bm25": (bm25, True, False),
    "luhn": (sumy_peer("luhn", "LuhnSummarizer"), False, False),
    "edmundson": (sumy_peer("edmundson", "EdmundsonSummarizer", cue_weight=0.0), False, False),
    "lsa": (sumy_peer("lsa", "LsaSummarizer"), False, True),
    "lexrank": (sumy_peer("lex_rank", "LexRankSummarizer"), False, True),
    "textrank": (sumy_peer("text_rank", "TextRankSummarizer"), False, True),
    "sumbasic": (sumy_peer("sum_basic", "SumBasicSummarizer"), False, False),
    "kl": (kl, False, True),
    "reduction": (sumy_peer("reduction", "ReductionSummarizer"), False, True),
}


# Measuring.


class Figures:
    """The scores of one method on each set."""

    def __init__(self, common):
        self.common = common
        self.scores = collections.defaultdict(list)
        self.spans = collections.defaultdict(list)

    def add(self, task, turns, texts):
        score = self.common.rouge(task.reference, texts)
        for name in task.sets:
            self.scores[name].append(score)
            if task.gold:
                self.spans[name].append(sum(turn in task.gold for turn in turns) / max(1, len(turns)))

    def print(self, method, seconds=None):
        for name in ("general", "specific", "speaker", "tc39", "panel"):
            rows = self.scores.get(name)
            if rows:
                line = "/".join(f"{value:.2f}" for value in self.common.mean(rows))
                span = self.spans.get(name)
                span = f" span {statistics.fmean(span):.3f}" if span else ""
                print(f"{method:10s} {name:8s} {line} n={len(rows)}{span}", flush=True)
        if seconds is not None:
            print(f"{method:10s} {seconds:.1f} s", file=sys.stderr, flush=True)


def measure_peer(common, name, sessions, every):
    rank, asks, slow = PEERS[name]
    figures = Figures(common)
    start = time.monotonic()
    n_meetings = 0
    for session in sessions:
        tasks = session.tasks
        if "general" in tasks[0].sets:
            n_meetings += 1
            if slow and n_meetings % every:
                continue
        if asks:
            tasks = [task for task in tasks if task.question]
        chosen = None
        for task in tasks:
            if asks or chosen is None:
                chosen = [session.sentences[place] for place in fill(session, rank(session, task.question))]
            figures.add(task, [turn for turn, _ in chosen], [text for _, text in chosen])
    figures.print(name, time.monotonic() - start)


def measure_own(common, binary, sessions, only):
    methods = [method["name"] for method in common.run_json(binary, "methods", "--format", "json")]
    for name in methods + ["ask"]:
        if only and name not in only:
            continue

        def figures_of(session, name=name):
            budget = ["--words", session.budget, "--format", "json"]
            if name == "ask":
                return [(task, common.run_json(binary, "ask", session.path, task.question, *budget))
                        for task in session.tasks if task.question]
            report = common.run_json(binary, "summarize", session.path, "--by", "session", "--method", name, *budget)
            return [(task, report) for task in session.tasks]

        figures = Figures(common)
        for pairs in common.parallel(figures_of, sessions):
            for task, report in pairs:
                items = common.evidence(report)
                figures.add(task, [item["turn"] for item in items], [common.shown(item) for item in items])
        figures.print(name)


def seconds_of(command):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def alternated(first, second, times):
    """Wall times of two commands run in turn, whole processes, in ms: a line on each, the ratio of medians."""
    runs = [(seconds_of(first), seconds_of(second)) for _ in range(times)]
    columns = [[1000 * seconds for seconds in column] for column in zip(*runs)]
    lines = [f"{statistics.median(c):.1f} ms (fastest {min(c):.1f}, {times} runs)" for c in columns]
    return *lines, statistics.median(columns[0]) / statistics.median(columns[1])


def measure_time(binary, sessions, arguments):
    page = next(session for session in sessions if session.tasks[0].sets == ["panel"])
    own = [binary, "summarize", "--quiet", page.path, "--format", "json"]
    peer = [sys.executable, __file__, "--eval", arguments.eval, "--data", arguments.data, "--only-panel", "lexrank"]
    ours, theirs, ratio = alternated(own, peer, 5)
    print(f"summarize, panel page: {ours}; sumy LexRank {theirs}; ratio 1/{1 / ratio:.0f}")

    def length(session):
        return sum(len(text.split()) for _, text in session.sentences)

    asked = [session for session in sessions if session.tasks[-1].question]
    meeting = min(asked, key=lambda session: (abs(length(session) - 9000), session.path))
    own = [binary, "ask", "--quiet", meeting.path, meeting.tasks[-1].question]
    ours, count, ratio = alternated(own, ["wc", "-w", meeting.path], 20)
    print(f"ask, meeting of {length(meeting)} words: {ours}; wc -w {count}; ratio {ratio:.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", required=True, help="folder with common.py, qmsum.py and tc39.py")
    parser.add_argument("--data", required=True, help="folder with qmsum, tc39 and seed")
    parser.add_argument("--binary", help="measure this program's methods instead of the peers")
    parser.add_argument("--methods", default="", help="only these methods, separated by commas")
    parser.add_argument("--sets", default="qmsum,tc39,panel", help="only these, separated by commas")
    parser.add_argument("--every", type=int, default=2, help="of the meetings, slow peers see every Nth")
    parser.add_argument("--time", action="store_true", help="measure running times only; needs --binary")
    parser.add_argument("--only-panel", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.only_panel:
        session = panel(arguments.data)
        for place in fill(session, PEERS[arguments.only_panel][0](session, None)):
            print(session.sentences[place][1])
        return
    if arguments.time and not arguments.binary:
        parser.error("--time measures the program given as --binary: name it")
    sys.path.insert(0, arguments.eval)
    import common
    import qmsum
    import tc39

    warnings.filterwarnings("ignore", module="sumy")
    only = [name for name in arguments.methods.split(",") if name]
    with tempfile.TemporaryDirectory() as folder:
        sources = {
            "qmsum": lambda: meetings(arguments.data, qmsum),
            "tc39": lambda: agenda_items(arguments.data, tc39, folder),
            "panel": lambda: [panel(arguments.data)],
        }
        sessions = [session for name in arguments.sets.split(",") for session in sources[name]()]
        if arguments.time:
            measure_time(arguments.binary, sessions, arguments)
        elif arguments.binary:
            measure_own(common, arguments.binary, sessions, only)
        else:
            for name in only or PEERS:
                measure_peer(common, name, sessions, arguments.every)


if __name__ == "__main__":
    main()
