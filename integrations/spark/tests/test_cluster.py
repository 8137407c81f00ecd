"""The package on a cluster of two executors, each a process of its own: what it makes is what one machine makes.

`RAPPORTEUR` names the program, and `SPARK_SESSIONS` how many sessions are compared.
"""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

from pyspark.sql import SparkSession

import corpus
from rapporteur_spark import TABLES, Settings, compare, positions, reports, sessions_of_turns
from rapporteur_spark.schemas import OVERALL, struct_of
from rapporteur_spark.worker import WorkerError, on_driver

BINARY = os.path.abspath(os.environ.get("RAPPORTEUR", "target/debug/rapporteur"))
N_SESSIONS = int(os.environ.get("SPARK_SESSIONS", "2000"))
PARTITIONS = 24
# A session in which nobody says a word, which no machine can read.
MUTE = json.dumps({"id": "mute", "source": "sessions/mute.jsonl", "turns": []})


def executors(application: str) -> list[int]:
    """The processes of the executors of an application."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"org.apache.spark.executor.CoarseGrainedExecutorBackend" in words and application.encode() in words:
            found.append(int(entry.parent.name))
    return found


class Killer(threading.Thread):
    """Kills an executor when a stage of so many tasks is in its middle."""

    def __init__(self, spark: SparkSession, n_tasks: int) -> None:
        super().__init__(daemon=True)
        self.context = spark.sparkContext
        self.n_tasks = n_tasks
        self.completed: int | None = None
        self.ended = threading.Event()

    def run(self) -> None:
        tracker = self.context.statusTracker()
        while not self.ended.is_set():
            for stage in map(tracker.getStageInfo, tracker.getActiveStageIds()):
                if stage is None or stage.numTasks != self.n_tasks:
                    continue
                if self.n_tasks // 4 <= stage.numCompletedTasks < self.n_tasks - 2 and stage.numActiveTasks > 0:
                    os.kill(executors(self.context.applicationId)[0], signal.SIGKILL)
                    self.completed = stage.numCompletedTasks
                    return
            time.sleep(0.02)


class ClusterTest(unittest.TestCase):
    """All of it on one corpus."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        cls.lines = list(corpus.write(cls.folder, N_SESSIONS))
        (cls.folder / "sessions/mute.jsonl").write_text(MUTE + "\n")
        definition = {"schema": 1, "name": "brief", "compare": {"words": 40}}
        (cls.folder / "brief.json").write_text(json.dumps(definition))
        command = [BINARY, "compare", "sessions", "--words", "40", "-o", "one", "--quiet"]
        done = subprocess.run(command, cwd=cls.folder, capture_output=True, text=True)
        assert done.returncode == 1 and done.stderr.count("error: ") == 1, done.stderr
        cls.spark = (
            SparkSession.builder.master("local-cluster[2,1,1024]")
            .config("spark.executor.memory", "512m")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()
        )
        # A lost executor is expected here, and told at length.
        cls.spark.sparkContext.setLogLevel("OFF")
        cls.settings = Settings(str(cls.folder / "brief.json"), binary=BINARY)
        cls.sessions = cls.spark.createDataFrame([(line,) for line in [*cls.lines, MUTE]], "value string")

    @classmethod
    def tearDownClass(cls) -> None:
        cls.spark.stop()
        cls.temporary.cleanup()

    def test_a_comparison_is_that_of_one_machine_though_an_executor_is_killed(self) -> None:
        before = set(executors(self.spark.sparkContext.applicationId))
        comparison = compare(self.sessions, self.settings, partitions=PARTITIONS)
        killer = Killer(self.spark, PARTITIONS)
        killer.start()
        try:
            comparison.write_tables(str(self.folder / "many"))
        finally:
            killer.ended.set()
        killer.join()
        self.assertIsNotNone(killer.completed, "no executor was killed")
        print(f"killed one of two executors when {killer.completed} of {PARTITIONS} tasks were done")
        self.assertEqual(len(before), 2)
        self.assertNotEqual(before, set(executors(self.spark.sparkContext.applicationId)))
        one, many = self.folder / "one", self.folder / "many"
        self.assertEqual(sorted(os.listdir(one)), sorted(os.listdir(many)))
        for file in sorted(os.listdir(one)):
            self.assertEqual((one / file).read_bytes(), (many / file).read_bytes(), file)
        self.check_frames(comparison)
        comparison.close()

    def check_frames(self, comparison) -> None:
        """Frames have the rows and types of the tables."""
        resources = json.loads((self.folder / "one/datapackage.json").read_text())["resources"]
        self.assertEqual(sorted(resource["name"] for resource in resources), sorted([*TABLES, *OVERALL]))
        for resource in resources:
            name = resource["name"]
            columns = [(field["name"], field["type"]) for field in resource["schema"]["fields"]]
            if name in TABLES:
                self.assertEqual(TABLES[name], struct_of(columns), name)
        comparison.write_parquet(str(self.folder / "parquet"))
        for name in ("positions", "sentences", "stances", "references", "ledger"):
            with (self.folder / f"one/{name}.csv").open(newline="") as file:
                n_rows = sum(1 for _ in csv.reader(file)) - 1
            stored = self.spark.read.parquet(str(self.folder / "parquet" / name))
            self.assertEqual(stored.schema, TABLES[name], name)
            self.assertEqual(stored.count(), n_rows, name)
        with (self.folder / "one/stakeholders.csv").open(newline="") as file:
            expected = [row["stakeholder"] for row in csv.DictReader(file)]
        merged = comparison.merged("stakeholders")
        self.assertEqual([row.stakeholder for row in merged.collect()], expected)
        failures = [row.asDict() for row in comparison.failures.collect()]
        self.assertEqual([(f["session"], f["error_kind"]) for f in failures], [("mute", "no_turns")])

    def test_reports_are_those_of_one_process_and_failures_are_rows(self) -> None:
        some = [*self.lines[:60], MUTE]
        frame = self.spark.createDataFrame([(line,) for line in some], "value string").repartition(5)
        made = reports(frame, self.settings).collect()
        expected = on_driver(self.settings, ["worker", self.settings.named], self.lines[:60]).split("\n")
        self.assertEqual(sorted(row.report for row in made if row.report is not None), sorted(expected))
        for row in made:
            if row.report is not None:
                self.assertEqual(json.loads(row.report)["session"]["id"], row.session)
        failed = [(row.session, row.error_kind) for row in made if row.report is None]
        self.assertEqual(failed, [("mute", "no_turns")])

    def test_turns_become_sessions(self) -> None:
        rows = []
        for number in range(10):
            made = corpus.session(number)
            turns = list(enumerate(made["turns"]))
            rows += [(f"t{number}", at, turn["speaker"], turn["text"], made["date"]) for at, turn in reversed(turns)]
        frame = self.spark.createDataFrame(rows, "session string, number int, speaker string, text string, date string")
        sessions = sessions_of_turns(frame, order="number")
        made = {row.session: json.loads(row.report) for row in reports(sessions, self.settings).collect()}
        lines = [json.dumps({**corpus.session(number), "id": f"t{number}"}) for number in range(10)]
        told = on_driver(self.settings, ["worker", self.settings.named], lines).split("\n")
        self.assertEqual(len(made), 10)
        for report in map(json.loads, told):
            same = made[report["session"]["id"]]
            self.assertEqual((same["summaries"], same["session"]["date"]), (report["summaries"], report["session"]["date"]))
        quoted = positions(sessions, self.settings)
        self.assertEqual(quoted.schema, TABLES["positions"])
        self.assertEqual(quoted.select("session").distinct().count(), 10)

    def test_a_program_that_is_missing_or_fails_ends_the_job_with_a_reason(self) -> None:
        with self.assertRaisesRegex(Exception, "No such file or directory: '/nowhere/rapporteur'"):
            reports(self.sessions.limit(1), Settings(binary="/nowhere/rapporteur")).collect()
        with self.assertRaisesRegex(Exception, "there is no definition “brief”"):
            reports(self.sessions.limit(1), Settings("brief", binary=BINARY)).collect()
        with self.assertRaisesRegex(WorkerError, "made with another definition"):
            plan = {"plan.json": on_driver(self.settings, ["cluster", "plan", self.settings.named, "-", "-o", "-"], []).encode()}
            arguments = ["worker", "position-brief", "--emit", "parts", "--plan", "plan.json"]
            on_driver(self.settings, arguments, [], plan)
        (self.folder / "away.json").write_text(json.dumps({"schema": 1, "input": {"roster": "../roster.csv"}}))
        with self.assertRaisesRegex(ValueError, "below the definition's folder"):
            Settings(str(self.folder / "away.json"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
