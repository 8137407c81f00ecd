"""The columns of the tables, with their types: those of `datapackage.json`.

A test compares them with the `datapackage.json` that the program writes.
"""

from __future__ import annotations

from pyspark.sql.types import (
    BooleanType,
    DataType,
    DateType,
    DoubleType,
    LongType,
    StringType,
    StructField,
    StructType,
)

KINDS: dict[str, DataType] = {
    "string": StringType(),
    "integer": LongType(),
    "number": DoubleType(),
    "boolean": BooleanType(),
    "date": DateType(),
}


def struct_of(columns: list[tuple[str, str]]) -> StructType:
    """A schema of columns with the types of `datapackage.json`; every cell may be empty."""
    return StructType([StructField(name, KINDS[kind]) for name, kind in columns])


def _table(**kinds: str) -> StructType:
    return struct_of(list(kinds.items()))


# Tables that go by session.
TABLES: dict[str, StructType] = {
    "sessions": struct_of(
        [
            ("session", "string"),
            ("title", "string"),
            ("date", "date"),
            ("language", "string"),
            ("turns", "integer"),
            ("sentences", "integer"),
            ("words", "integer"),
            ("source", "string"),
            ("format", "string"),
            ("sha256", "string"),
        ]
    ),
    "speakers": struct_of(
        [
            ("session", "string"),
            ("speaker", "string"),
            ("stakeholder", "string"),
            ("group", "string"),
            ("role", "string"),
            ("turns", "integer"),
            ("sentences", "integer"),
            ("words", "integer"),
            ("share", "number"),
            ("seconds", "number"),
            ("wpm", "number"),
            ("published_words", "integer"),
            ("published_seconds", "number"),
            ("published_wpm", "number"),
            ("aliases", "string"),
        ]
    ),
    "sentences": struct_of(
        [
            ("session", "string"),
            ("turn", "integer"),
            ("sentence", "integer"),
            ("speaker", "string"),
            ("label", "string"),
            ("stakeholder", "string"),
            ("start", "integer"),
            ("end", "integer"),
            ("time_start", "number"),
            ("time_end", "number"),
            ("issue", "string"),
            ("stance", "string"),
            ("cue", "string"),
            ("score", "number"),
            ("selected", "boolean"),
            ("text", "string"),
            ("kind", "string"),
            ("words", "integer"),
            ("issue_score", "number"),
            ("stance_on_issue", "string"),
        ]
    ),
    "sentence_issues": struct_of(
        [
            ("session", "string"),
            ("turn", "integer"),
            ("sentence", "integer"),
            ("issue", "string"),
            ("relevance", "number"),
            ("score", "number"),
        ]
    ),
    "positions": struct_of(
        [
            ("session", "string"),
            ("stakeholder", "string"),
            ("speaker", "string"),
            ("label", "string"),
            ("issue", "string"),
            ("kind", "string"),
            ("rank", "integer"),
            ("score", "number"),
            ("stance", "string"),
            ("turn", "integer"),
            ("sentence", "integer"),
            ("start", "integer"),
            ("end", "integer"),
            ("time_start", "number"),
            ("text", "string"),
            ("display", "string"),
            ("context", "string"),
        ]
    ),
    "stances": struct_of(
        [
            ("session", "string"),
            ("stakeholder", "string"),
            ("issue", "string"),
            ("stance", "string"),
            ("basis", "string"),
            ("confidence", "number"),
            ("n_support", "integer"),
            ("n_oppose", "integer"),
            ("n_concern", "integer"),
            ("n_sentences", "integer"),
            ("salience", "number"),
            ("evidence", "string"),
            ("score", "number"),
            ("because", "string"),
        ]
    ),
    "references": struct_of(
        [
            ("session", "string"),
            ("speaker", "string"),
            ("target", "string"),
            ("kind", "string"),
            ("turn", "integer"),
            ("sentence", "integer"),
            ("text", "string"),
        ]
    ),
    "agreement": struct_of(
        [
            ("session", "string"),
            ("issue", "string"),
            ("stakeholder_a", "string"),
            ("stakeholder_b", "string"),
            ("relation", "string"),
            ("strength", "number"),
            ("turn_a", "integer"),
            ("sentence_a", "integer"),
            ("text_a", "string"),
            ("turn_b", "integer"),
            ("sentence_b", "integer"),
            ("text_b", "string"),
        ]
    ),
    "ledger": struct_of(
        [
            ("session", "string"),
            ("speaker", "string"),
            ("class", "string"),
            ("words", "integer"),
        ]
    ),
}

# Tables on all sessions.
OVERALL = (
    "stakeholders",
    "issues",
    "stakeholder_issue",
    "stakeholder_stance",
    "stakeholder_stance_basis",
    "stakeholder_term",
    "similarity",
)

# A report of each session, or why there is none.
REPORTS = _table(session="string", report="string", error_kind="string", error_message="string")

# A session's part of a comparison, with the key by which sessions are in order, or why there is none.
PARTS = _table(
    session="string",
    date="string",
    id="string",
    sha256="string",
    path="string",
    part="string",
    error_kind="string",
    error_message="string",
)

# Lines of what sessions tell of each other: `survey`, `facts` or `error`.
FACTS = _table(kind="string", text="string")
