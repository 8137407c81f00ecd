"""What the Spark path costs beyond the work itself.

    python measure.py --bin target/fast/rapporteur            `reports` on two executors, against `run` and a worker
    python measure.py --bin target/fast/rapporteur --memory   memory of a worker over 100,000 sessions

Each job is timed on N and on 3 N sessions; the difference is what 2 N sessions cost beyond start-up. Beside the time on
the wall stand the CPU seconds of all processes of the job, which say the same on a machine that others use too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import corpus


def tree_seconds() -> float:
    """CPU seconds of this process, of all below it, and of those of them that have ended."""
    times: dict[int, tuple[int, float]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks = sum(int(fields[at]) for at in (11, 12, 13, 14))
        times[int(entry.parent.name)] = (int(fields[1]), ticks / os.sysconf("SC_CLK_TCK"))
    below = {os.getpid()}
    for _ in times:
        more = {pid for pid, (parent, _) in times.items() if parent in below} - below
        if not more:
            break
        below |= more
    return sum(times[pid][1] for pid in below if pid in times)


def seconds_of(job: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the wall and CPU seconds of a job."""
    started, spent = time.monotonic(), tree_seconds()
    job()
    return time.monotonic() - started, tree_seconds() - spent


def run_seconds(program: str, lines: list[str]) -> tuple[float, float]:
    """A run over sessions in files of their own, on two threads."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "inbox").mkdir()
        for number, line in enumerate(lines):
            (folder / f"inbox/{number:06d}.jsonl").write_text(line + "\n")
        definition = {
            "schema": 1,
            "name": "brief",
            "input": {"paths": ["inbox"]},
            "outputs": {"files": [{"path": "out/{id}-{date}.json"}]},
            "archive": {"path": "out/brief.sqlite"},
        }
        (folder / "brief.json").write_text(json.dumps(definition))
        command = [program, "--threads", "2", "run", "brief.json", "--quiet"]
        return seconds_of(lambda: subprocess.run(command, cwd=folder, check=True, capture_output=True))


def worker_seconds(program: str, lines: list[str]) -> tuple[float, float]:
    """One worker on two threads: the work of `reports` without Spark. A run compares for its archive too."""
    text = "\n".join(lines).encode()
    command = [program, "--threads", "2", "worker"]
    return seconds_of(lambda: subprocess.run(command, input=text, check=True, stdout=subprocess.DEVNULL))


def overhead(program: str, n_sessions: int, n_rounds: int, sentences: int) -> None:
    """Prints seconds of each round: `run`, a worker, and reports over Spark from a text file to Parquet."""
    from pyspark.sql import SparkSession

    from rapporteur_spark import Settings, reports

    lines = [json.dumps(corpus.session(number, sentences)) for number in range(3 * n_sessions)]
    few, many = lines[:n_sessions], lines
    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.executor.memory", "512m")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    settings = Settings(binary=os.path.abspath(program))
    with tempfile.TemporaryDirectory() as name:

        def spark_seconds(some: list[str]) -> tuple[float, float]:
            (Path(name) / "sessions.jsonl").write_text("\n".join(some) + "\n")
            shutil.rmtree(Path(name) / "reports", ignore_errors=True)
            sessions = spark.read.text(f"{name}/sessions.jsonl").repartition(8)
            return seconds_of(lambda: reports(sessions, settings).write.parquet(f"{name}/reports"))

        spark_seconds(few)
        ratios: dict[str, list[float]] = {}
        for number in range(n_rounds):
            by_run = (run_seconds(program, few), run_seconds(program, many))
            by_worker = (worker_seconds(program, few), worker_seconds(program, many))
            over_spark = (spark_seconds(few), spark_seconds(many))
            for against, alone in (("run", by_run), ("a worker", by_worker)):
                for at, what in enumerate(("on the wall", "of CPU")):
                    ratio = (over_spark[1][at] - over_spark[0][at]) / (alone[1][at] - alone[0][at])
                    ratios.setdefault(f"{what} against {against}", []).append(ratio)
                    one, both = (f"{few_[at]:.1f} and {all_[at]:.1f} s" for few_, all_ in (alone, over_spark))
                    print(f"round {number + 1}, seconds {what}: {against} {one}, Spark {both}, ratio {ratio:.2f}", flush=True)
    spark.stop()
    for what, found in ratios.items():
        print(f"median ratio of seconds {what}: {sorted(found)[len(found) // 2]:.2f}")


def memory(program: str, n_sessions: int) -> None:
    """Prints the memory of a worker after each tenth of its sessions."""
    command = [program, "--threads", "2", "worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as worker:
        assert worker.stdin is not None
        lines = [json.dumps(corpus.session(number)).encode() + b"\n" for number in range(2000)]
        for number in range(n_sessions):
            worker.stdin.write(lines[number % len(lines)])
            if (number + 1) % (n_sessions // 10) == 0:
                status = Path(f"/proc/{worker.pid}/status").read_text()
                kept = next(line for line in status.splitlines() if line.startswith("VmRSS"))
                print(number + 1, "sessions:", int(kept.split()[1]) // 1024, "MB", flush=True)


def main() -> None:
    """Reads the arguments and measures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", default="target/fast/rapporteur")
    parser.add_argument("--sessions", type=int, default=400)
    parser.add_argument("--sentences", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.bin)
    if arguments.memory:
        memory(program, 100_000)
    else:
        overhead(program, arguments.sessions, arguments.rounds, arguments.sentences)


if __name__ == "__main__":
    main()
