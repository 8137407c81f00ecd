"""Processes of the program, fed with lines and read line by line."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .settings import Settings

# Exit codes of the program after which all output is there: all done, or some sessions failed and are told of.
DONE = (0, 1)
# What is shown of the messages of a process that failed.
SHOWN = 4000


class WorkerError(RuntimeError):
    """A process of the program ended otherwise than it should."""


@contextmanager
def _laid_out(settings: Settings, extra: dict[str, bytes]) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="rapporteur-") as folder:
        settings.lay_out(folder)
        for name, content in extra.items():
            Path(folder, name).write_bytes(content)
        yield folder


def lines_through(
    settings: Settings, arguments: list[str], lines: Iterable[str], extra: dict[str, bytes] | None = None
) -> Generator[str, None, None]:
    """The output lines of the program for these input lines, while they come.

    The process takes lines as fast as its output is read, so that no more than a few are in memory. `extra` are files
    in its folder.
    """
    with _laid_out(settings, extra or {}) as folder, tempfile.TemporaryFile() as messages:
        command = [settings.program(), "--threads", str(settings.threads), "--quiet", *arguments]
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=messages
        )
        feeder = _Feeder(process, lines)
        feeder.start()
        try:
            assert process.stdout is not None
            for line in process.stdout:
                yield line.decode("utf-8").rstrip("\n")
            process.wait()
        finally:
            # Where nobody reads on, the process has nothing left to do.
            if process.poll() is None:
                process.kill()
                process.wait()
            feeder.join()
            process.stdout.close()
        if feeder.failure is not None:
            raise feeder.failure
        if process.returncode not in DONE:
            messages.seek(0)
            said = messages.read()[-SHOWN:].decode("utf-8", "replace").strip()
            raise WorkerError(f"`{' '.join(command[:1] + arguments)}` ended with {process.returncode}: {said}")


class _Feeder(threading.Thread):
    """Writes lines to a process beside the one who reads from it."""

    def __init__(self, process: subprocess.Popen[bytes], lines: Iterable[str]) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.lines = lines
        self.failure: BaseException | None = None

    def run(self) -> None:
        stdin = self.process.stdin
        assert stdin is not None
        try:
            for line in self.lines:
                stdin.write(line.encode("utf-8") + b"\n")
        except BrokenPipeError:
            pass  # The process has ended; its exit code says why.
        except BaseException as failure:  # noqa: BLE001 - handed to the thread that reads
            self.failure = failure
            self.process.kill()
        finally:
            try:
                stdin.close()
            except BrokenPipeError:
                pass


def each_through(
    settings: Settings,
    arguments: list[str],
    sessions: Iterable[tuple[str, str]],
    extra: dict[str, bytes] | None = None,
) -> Generator[tuple[str, str], None, None]:
    """The identifier of each session with the one output line that came of it, in order."""
    waiting: list[str] = []
    lock = threading.Lock()

    def told() -> Iterator[str]:
        for identifier, line in sessions:
            with lock:
                waiting.append(identifier)
            yield line

    n_read = 0
    for line in lines_through(settings, arguments, told(), extra):
        with lock:
            if not waiting:
                raise WorkerError("a worker wrote more lines than it was given")
            identifier = waiting.pop(0)
        n_read += 1
        yield identifier, line
    if waiting:
        raise WorkerError(f"a worker left out {len(waiting)} of {n_read + len(waiting)} sessions")


def on_driver(
    settings: Settings, arguments: list[str], lines: Iterable[str], extra: dict[str, bytes] | None = None
) -> str:
    """The whole output of the program on this machine."""
    return "\n".join(lines_through(settings, arguments, lines, extra))


