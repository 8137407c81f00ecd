"""A comparison of all sessions of a DataFrame, in two passes, as `rapporteur compare` makes it on one machine.

The first pass gathers what sessions tell of people and issues; it is merged in a tree, and the driver makes a plan of
it. In the second pass workers make rows and counts of each session by that plan, and the driver adds the counts up.
All of that is done by the program itself, so that nothing is computed in two ways.
"""

from __future__ import annotations

import csv
import json
import math
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StructType

from .schemas import FACTS, OVERALL, TABLES, struct_of
from .sessions import session_lines
from .settings import Settings
from .tables import Batches, batched, failures_of, pairs, parts, rows_of
from .worker import lines_through, on_driver

# Facts that one process merges: those of so many partitions take some seconds.
FAN_IN = 16


def compare(
    sessions: DataFrame,
    settings: Settings | None = None,
    tables: list[str] | None = None,
    partitions: int | None = None,
) -> Comparison:
    """Compares the stakeholders of all sessions.

    `tables` are those that go by session and are wanted (`[]` for none: only the tables on all sessions are made
    then); all by default. `partitions` is how many tasks share the sessions; as the DataFrame has them by default.
    Each session of the DataFrame must be there once.
    """
    settings = settings or Settings()
    wanted = list(TABLES) if tables is None else list(tables)
    unknown = [name for name in wanted if name not in TABLES]
    if unknown:
        raise ValueError(f"no table of single sessions: {', '.join(unknown)}; there are {', '.join(TABLES)}")
    lines = session_lines(sessions)
    if partitions is not None:
        lines = lines.repartition(partitions, "id")
    plan = _plan(lines, settings)
    spark = lines.sparkSession
    shared = spark.sparkContext.broadcast(plan)
    made = parts(lines, wanted, settings, lambda: shared.value).persist(StorageLevel.DISK_ONLY)
    return Comparison(spark, made, plan, settings, wanted)


def _facts(lines: DataFrame, settings: Settings) -> DataFrame:
    """What the sessions of each partition tell, and the key of each."""
    from pyspark.sql.pandas.types import to_arrow_schema

    arguments = ["worker", settings.named, "--emit", "facts"]
    arrow = to_arrow_schema(FACTS)

    def work(batches: Batches) -> Batches:
        told = lines_through(settings, arguments, (line for _, line in pairs(batches)))
        return batched(({"kind": _kind(line), "text": line} for line in told), arrow)

    return lines.mapInArrow(work, FACTS)


def _kind(line: str) -> str:
    return line[2 : line.index('"', 2)]


def _merged(facts: DataFrame, n_into: int, settings: Settings) -> DataFrame:
    """The same facts in fewer rows."""
    from pyspark.sql.pandas.types import to_arrow_schema

    arrow = to_arrow_schema(FACTS)

    def work(batches: Batches) -> Batches:
        told = (text.as_py() for batch in batches for text in batch.column("text"))
        merged = lines_through(settings, ["cluster", "merge", "-"], told)
        return batched(({"kind": _kind(line), "text": line} for line in merged), arrow)

    return facts.repartition(n_into).mapInArrow(work, FACTS)


def _plan(lines: DataFrame, settings: Settings) -> bytes:
    """The plan of the comparison, made on the driver."""
    told = _facts(lines, settings).persist(StorageLevel.DISK_ONLY)
    facts = told.where("kind = 'facts'")
    n_parts = facts.count()
    while n_parts > FAN_IN:
        n_parts = math.ceil(n_parts / FAN_IN)
        facts = _merged(facts, n_parts, settings)
    surveys = told.where("kind = 'survey'")

    def all_lines() -> Iterator[str]:
        for frame in (facts, surveys):
            for row in frame.select("text").toLocalIterator(prefetchPartitions=True):
                yield row.text

    plan = on_driver(settings, ["cluster", "plan", settings.named, "-", "-o", "-"], all_lines())
    told.unpersist()
    return plan.encode("utf-8")


class Comparison:
    """What a comparison says: rows on the executors, and tables on all sessions, which the driver writes."""

    def __init__(
        self, spark: SparkSession, made: DataFrame, plan: bytes, settings: Settings, tables: list[str]
    ) -> None:
        self._spark = spark
        self._made = made
        self._plan = plan
        self._settings = settings
        self._tables = tables

    @property
    def failures(self) -> DataFrame:
        """The sessions that could not be read: `session`, `error_kind`, `error_message`."""
        return failures_of(self._made)

    def table(self, name: str) -> DataFrame:
        """The rows of a table that goes by session, typed; in no particular order."""
        if name not in self._tables:
            raise ValueError(f"the comparison was not made with the table {name!r}")
        return rows_of(self._made, name)

    @property
    def positions(self) -> DataFrame:
        """Quotations that show what stakeholders put forward."""
        return self.table("positions")

    @property
    def sentences(self) -> DataFrame:
        """Every sentence with its place, issue and stance."""
        return self.table("sentences")

    @property
    def stances(self) -> DataFrame:
        """Where stakeholders stand on issues."""
        return self.table("stances")

    @property
    def references(self) -> DataFrame:
        """Who speaks of whom."""
        return self.table("references")

    def merged(self, name: str) -> DataFrame:
        """A table on all sessions, such as `stakeholders` or `similarity`, with the cells of its CSV file."""
        if name not in OVERALL:
            raise ValueError(f"there is no table {name!r} on all sessions; there are {', '.join(OVERALL)}")
        with tempfile.TemporaryDirectory(prefix="rapporteur-") as folder:
            self.write_tables(folder, [name])
            schema = _schema(Path(folder, "datapackage.json"), name)
            return self._spark.createDataFrame(_read(Path(folder, f"{name}.csv"), schema), schema)

    def write_tables(self, folder: str, tables: list[str] | None = None) -> None:
        """Writes the CSV files of `rapporteur compare` with `datapackage.json` into a folder of the driver: all
        that the comparison was made with, or these. Sessions come to the driver one after the other, in order."""
        wanted = [*self._tables, *OVERALL] if tables is None else list(tables)
        if not wanted:
            raise ValueError("name at least one table")
        keys = ["date", "id", "sha256", "path"]
        # Texts are compared byte by byte, as the program does.
        ordered = self._made.where("part is not null").orderBy(*keys).select("part")
        lines = (row.part for row in ordered.toLocalIterator(prefetchPartitions=True))
        arguments = ["cluster", "tables", self._settings.named, "-", "--plan", "plan.json"]
        arguments += ["--tables", ",".join(wanted), "-o", os.path.abspath(folder)]
        on_driver(self._settings, arguments, lines, {"plan.json": self._plan})

    def write_parquet(self, folder: str) -> None:
        """Writes each table that goes by session as Parquet, from the executors, below a folder that all reach."""
        for name in self._tables:
            self.table(name).write.mode("overwrite").parquet(f"{folder}/{name}")

    def close(self) -> None:
        """Frees what the executors hold."""
        self._made.unpersist()


def _schema(package: Path, name: str) -> StructType:
    """The schema that a description of tables gives one of them."""
    resources = json.loads(package.read_text("utf-8"))["resources"]
    fields = next(resource["schema"]["fields"] for resource in resources if resource["name"] == name)
    return struct_of([(field["name"], field["type"]) for field in fields])


def _read(file: Path, schema: StructType) -> list[tuple[object, ...]]:
    """The rows of a CSV file as a schema has them; an empty cell is nothing."""
    made = {"bigint": int, "double": float, "boolean": "true".__eq__, "string": str}
    kinds = [made[field.dataType.simpleString()] for field in schema.fields]
    with file.open(encoding="utf-8", newline="") as lines:
        cells = list(csv.reader(lines))[1:]
    return [tuple(kind(cell) if cell else None for kind, cell in zip(kinds, row, strict=True)) for row in cells]


