"""Instructions of fixed jobs under callgrind, against those recorded in `benches/instructions.tsv`.

    python3 benches/instructions.py            fails where a job takes 10 % more than is recorded
    python3 benches/instructions.py --record   writes down what the jobs take now

The program is the one that the tests run, built without optimisation: what it does is counted, not how well the compiler
arranges it, and nothing is built for it alone. Counts are the same on any machine and under any load; they are compared
only where the compiler is the one that they were recorded with.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
RECORD = ROOT / "benches" / "instructions.tsv"
PROGRAM = ROOT / "target" / "debug" / "rapporteur"
PANEL = "fixtures/ai-hiring-panel/ai-hiring-panel.txt"
MOST = 1.10

JOBS = {
    "version": ["--version"],
    "inspect": ["inspect", PANEL, "--format", "json"],
    "summarize": ["summarize", PANEL, "--by", "speaker", "--format", "json"],
    "compare": ["compare", PANEL, "--words", "100", "--force"],
    "ask": ["ask", PANEL, "Who opposes automated hiring?", "--format", "json"],
}


def instructions(arguments):
    """Instructions of the program with these arguments, on one thread."""
    with tempfile.TemporaryDirectory() as work:
        if arguments[0] == "compare":
            arguments = [*arguments, "-o", f"{work}/tables"]
        threads = [] if arguments == ["--version"] else ["--threads", "1"]
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={work}/out", PROGRAM, *arguments, *threads]
        done = subprocess.run(command, cwd=ROOT, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)
    counted = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not counted:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stderr[-2000:]}")
    return int(counted[1])


def main():
    if not shutil.which("valgrind"):
        sys.exit("valgrind is not installed (apt-get install valgrind)")
    compiler = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    counted = {name: instructions(arguments) for name, arguments in JOBS.items()}
    if "--record" in sys.argv:
        rows = [f"{name}\t{count}" for name, count in counted.items()]
        RECORD.write_text("\n".join([f"# job, instructions; rustc {compiler}", *rows]) + "\n", encoding="utf-8")
        return
    head, *rows = RECORD.read_text(encoding="utf-8").splitlines()
    recorded = {name: int(count) for name, count in (row.split("\t") for row in rows)}
    more = []
    for name, count in counted.items():
        ratio = count / recorded[name]
        print(f"{name:10} {count:>14,}  {ratio:.3f} of what is recorded")
        more += [name] if ratio > MOST else []
    if not head.endswith(f"rustc {compiler}"):
        print(f"not compared: recorded with {head.rsplit(' ', 1)[1]}, this is {compiler}")
    elif more:
        sys.exit(
            f"{', '.join(more)}: more than {MOST:.2f} times the recorded instructions. Where the change is worth it, "
            "record them anew (python3 benches/instructions.py --record) and say why in the commit."
        )


main()
