"""rapporteur over a Spark cluster.

Sessions come as a DataFrame, one a row; each partition goes through a `rapporteur worker` of its own, so that a
cluster computes what one machine computes. What fails is a row with a reason, never a lost task.
"""

from .comparison import Comparison, compare
from .schemas import TABLES
from .sessions import session_lines, sessions_of_turns
from .settings import Settings
from .tables import positions, references, reports, rows, sentences, stances
from .worker import WorkerError

__all__ = [
    "TABLES",
    "Comparison",
    "Settings",
    "WorkerError",
    "compare",
    "positions",
    "references",
    "reports",
    "rows",
    "sentences",
    "session_lines",
    "sessions_of_turns",
    "stances",
]
