"""What every process of a job is told: where the program is, and the definition with the files that it names."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

# Files that a definition names by a path, in its section `input`.
NAMED_FILES = ("roster", "issues", "background", "pseudonyms")


@dataclass(frozen=True)
class Settings:
    """How sessions are read and compared, and by which program.

    `definition` is the name of a definition that comes with the program, or the path of a file on the driver. The
    files that it names are read on the driver and sent along, so that executors need none of them; their paths must
    be relative and lie beside the definition or below it.

    `binary` is the program's path on every machine. Without it the program is looked for among the files of the job
    (`--files rapporteur` or `SparkContext.addFile`), in the working folder, and on PATH, in that order.

    `threads` is what a worker uses of its executor; leave it at the value of `spark.task.cpus`.
    """

    definition: str = "position-brief"
    binary: str | None = None
    threads: int = 1
    files: dict[str, bytes] = field(init=False, repr=False)
    named: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        files: dict[str, bytes] = {}
        named = self.definition
        if "/" in named or named.lower().endswith(".json"):
            path = Path(named)
            text = path.read_bytes()
            files[path.name] = text
            for below in _named_files(json.loads(text)):
                files[below] = (path.parent / below).read_bytes()
            named = f"./{path.name}"
        object.__setattr__(self, "files", files)
        object.__setattr__(self, "named", named)

    def program(self) -> str:
        """The program on this machine."""
        if self.binary is not None:
            return self.binary
        from pyspark import SparkFiles

        candidates = [Path("rapporteur")]
        try:
            candidates.insert(0, Path(SparkFiles.get("rapporteur")))
        except Exception:  # No job is running in this process.
            pass
        for candidate in candidates:
            if candidate.is_file() and os.access(candidate, os.X_OK):
                return str(candidate.resolve())
        on_path = shutil.which("rapporteur")
        if on_path is None:
            raise FileNotFoundError(
                "the program rapporteur is not on this machine; ship it with --files, or name it with Settings(binary=…)"
            )
        return on_path

    def lay_out(self, folder: str) -> None:
        """Writes the definition and the files that it names into a folder."""
        for name, content in self.files.items():
            target = Path(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def _named_files(definition: object) -> list[str]:
    section = definition.get("input") if isinstance(definition, dict) else None
    paths = [section[key] for key in NAMED_FILES if section.get(key)] if isinstance(section, dict) else []
    for path in paths:
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            raise ValueError(f"the definition names {path!r}: name it by a path below the definition's folder")
    return paths
