"""What workers make of each session on the executors: reports, parts, and the rows in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, StructField, StructType

from .schemas import PARTS, REPORTS, TABLES
from .sessions import session_lines
from .settings import Settings
from .worker import each_through

# Rows of an Arrow batch that a task hands back, and bytes of text in it, at most.
BATCH_ROWS = 256
BATCH_BYTES = 8 << 20

Batches = Iterator[pa.RecordBatch]


def pairs(batches: Batches) -> Iterator[tuple[str, str]]:
    """The identifier and the line of each session of some batches."""
    for batch in batches:
        identifiers, lines = batch.column("id"), batch.column("line")
        for row in range(batch.num_rows):
            yield identifiers[row].as_py() or "", lines[row].as_py()


def batched(rows: Iterator[dict[str, object]], schema: pa.Schema) -> Batches:
    """Rows as batches of limited size."""
    held: list[dict[str, object]] = []
    size = 0
    for row in rows:
        held.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(held) >= BATCH_ROWS or size >= BATCH_BYTES:
            yield pa.RecordBatch.from_pylist(held, schema)
            held, size = [], 0
    if held:
        yield pa.RecordBatch.from_pylist(held, schema)


def failure_of(line: str) -> dict[str, object] | None:
    """What an error object says; nothing where the line is none."""
    if not line.startswith('{"error":'):
        return None
    error = json.loads(line)["error"]
    return {"error_kind": error["kind"], "error_message": error["message"]}


def with_line(sessions: DataFrame, arguments: list[str], column: str, settings: Settings) -> DataFrame:
    """The output line of each session, or why there is none."""
    from pyspark.sql.pandas.types import to_arrow_schema

    schema = StructType(list(REPORTS.fields))
    schema = StructType([StructField(column, f.dataType, f.nullable) if f.name == "report" else f for f in schema])
    arrow = to_arrow_schema(schema)

    def work(batches: Batches) -> Batches:
        def rows() -> Iterator[dict[str, object]]:
            for identifier, line in each_through(settings, arguments, pairs(batches)):
                yield {"session": identifier, **(failure_of(line) or {column: line})}

        return batched(rows(), arrow)

    return session_lines(sessions).mapInArrow(work, schema)


def reports(sessions: DataFrame, settings: Settings | None = None) -> DataFrame:
    """A report of each session: `session`, `report` (JSON, `rapporteur/summary/1`), `error_kind`, `error_message`."""
    settings = settings or Settings()
    return with_line(sessions, ["worker", settings.named], "report", settings)


def parts(lines: DataFrame, tables: list[str], settings: Settings, plan: Callable[[], bytes] | None = None) -> DataFrame:
    """The part of each session with its key, or why there is none. `plan` gives the plan on the executors."""
    from pyspark.sql.pandas.types import to_arrow_schema

    arguments = ["worker", settings.named, "--emit", "parts", "--tables", ",".join(tables) or "none"]
    arrow = to_arrow_schema(PARTS)

    def work(batches: Batches) -> Batches:
        extra = {} if plan is None else {"plan.json": plan()}
        own = arguments if plan is None else [*arguments, "--plan", "plan.json"]
        decoder = json.JSONDecoder()

        def rows() -> Iterator[dict[str, object]]:
            for identifier, line in each_through(settings, own, pairs(batches), extra):
                failure = failure_of(line)
                if failure is not None:
                    yield {"session": identifier, **failure}
                else:
                    # The key is the first field: the rest need not be parsed here.
                    survey, _ = decoder.raw_decode(line, len('{"survey":'))
                    yield {"session": identifier, **survey, "part": line}

        return batched(rows(), arrow)

    return lines.mapInArrow(work, PARTS)


def rows_of(parts_made: DataFrame, table: str) -> DataFrame:
    """The rows of a table in parts."""
    row = TABLES[table]
    held = StructType([StructField("tables", StructType([StructField(table, ArrayType(row))]))])
    read = F.from_json("part", held, {"mode": "FAILFAST"})["tables"][table]
    found = parts_made.where(F.col("part").isNotNull()).select(F.explode(read).alias("row"))
    return found.select("row.*")


def failures_of(parts_made: DataFrame) -> DataFrame:
    """The sessions that failed, and why."""
    return parts_made.where(F.col("error_kind").isNotNull()).select("session", "error_kind", "error_message")


def rows(sessions: DataFrame, table: str, settings: Settings | None = None) -> DataFrame:
    """The rows of a table, each session understood from itself. A session that fails is left out: `reports` tells of
    it, and so does `compare`."""
    settings = settings or Settings()
    if table not in TABLES:
        raise ValueError(f"there is no table {table!r} of single sessions; there are {', '.join(TABLES)}")
    return rows_of(parts(session_lines(sessions), [table], settings), table)


def positions(sessions: DataFrame, settings: Settings | None = None) -> DataFrame:
    """Quotations that show what stakeholders put forward; see `rows`."""
    return rows(sessions, "positions", settings)


def sentences(sessions: DataFrame, settings: Settings | None = None) -> DataFrame:
    """Every sentence with its place, issue and stance; see `rows`."""
    return rows(sessions, "sentences", settings)


def stances(sessions: DataFrame, settings: Settings | None = None) -> DataFrame:
    """Where stakeholders stand on issues; see `rows`."""
    return rows(sessions, "stances", settings)


def references(sessions: DataFrame, settings: Settings | None = None) -> DataFrame:
    """Who speaks of whom; see `rows`."""
    return rows(sessions, "references", settings)
