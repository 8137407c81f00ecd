"""DataFrames of sessions, and of turns, as lines that the program reads."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import StringType

# Columns of a session that the program knows; others are left out.
SESSION_COLUMNS = ("id", "title", "date", "language", "source", "turns")
TURN_COLUMNS = ("speaker", "text", "start", "end")


def sessions_of_turns(turns: DataFrame, order: str, session: str = "session") -> DataFrame:
    """One row a session from one row a turn.

    `order` is the column that turns of a session follow each other by. `speaker` and `text` are needed; `start` and
    `end` (seconds), and `title` and `date`, the same in all turns of a session, may be there. Turns of a session
    come together in one partition: this shuffles.
    """
    fields = [F.col(order).alias("_order")]
    fields += [F.col(name) for name in TURN_COLUMNS if name in turns.columns]
    kept = [F.first(name, ignorenulls=True).alias(name) for name in ("title", "date", "language", "source") if name in turns.columns]
    grouped = turns.groupBy(F.col(session).alias("id")).agg(F.sort_array(F.collect_list(F.struct(*fields))).alias("_turns"), *kept)
    fields = [name for name in TURN_COLUMNS if name in turns.columns]
    said = F.transform("_turns", lambda turn: F.struct(*[turn[name].alias(name) for name in fields]))
    return grouped.withColumn("turns", said).drop("_turns")


def session_lines(sessions: DataFrame) -> DataFrame:
    """The columns `id` and `line`: each session as the program reads it.

    A DataFrame with the column `turns` has a session a row, with `id` and, where they are there, `title`, `date`
    and `language`. One with the single column `value` (`spark.read.text`) has a session a row as JSON already.
    """
    if "turns" in sessions.columns:
        known = [name for name in SESSION_COLUMNS if name in sessions.columns]
        # A date is written as the program reads it, whatever its type.
        fields = [F.col(name).cast(StringType()).alias(name) if name == "date" else F.col(name) for name in known]
        return sessions.select(F.col("id").cast(StringType()).alias("id"), F.to_json(F.struct(*fields)).alias("line"))
    if sessions.columns == ["value"]:
        identifier = F.coalesce(F.get_json_object("value", "$.id"), F.lit(""))
        return sessions.where(F.trim("value") != "").select(identifier.alias("id"), F.col("value").alias("line"))
    raise ValueError(f"sessions need the column turns, or the single column value: {sessions.columns}")
