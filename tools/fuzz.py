"""Reads, and runs, scenario files that nobody would write: ``python tools/fuzz.py [--files N] [--seed N] [--jobs N]``.

Prints what came of them, and each broken promise; the files that broke one are kept in a folder (``--keep``).
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "properties"), str(ROOT)]

READ_SECONDS = 5.0
"""Of CPU time that reading a file may take, and running one of its scenarios."""
RUN_SECONDS = 20.0
SILENT_SECONDS = 90.0
"""After which a process that says nothing is ended: it hangs where Python hears no signal."""
MOST_MEMORY = 3 << 30
SHOWN = 25
"""Kinds of messages."""


class TooLong(BaseException):
    """The CPU time is used up."""


def _expire(*_: Any) -> None:
    raise TooLong


def trial(content: bytes, folder: Path) -> list[str]:
    """What came of a file, as counters' names. Raises whatever breaks a promise."""
    scenariotrial = importlib.import_module("scenariotrial")

    signal.setitimer(signal.ITIMER_PROF, READ_SECONDS)
    try:
        found = scenariotrial.read(content, folder)
        if not isinstance(found, tuple):
            return ["refused", f"  {scenariotrial.kind(found)}"]
        scenariotrial.names(found)
        signal.setitimer(signal.ITIMER_PROF, RUN_SECONDS)
        return ["read", *(f"ran: {scenariotrial.run(scenario)}" for scenario in found[:1])]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def work(pipe: Connection, seed: int, indices: range, folder: Path) -> None:
    """Try these files, and tell of each before it is begun and when it is done."""
    scenariofuzz = importlib.import_module("scenariofuzz")

    signal.signal(signal.SIGPROF, _expire)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    for index in indices:
        pipe.send((index, None, ""))
        begun = time.process_time()
        try:
            told, problem = trial(scenariofuzz.content(seed, index), folder), ""
        except TooLong:
            told, problem = ["violations"], f"it takes more than {time.process_time() - begun:.0f}s"
        except BaseException:  # noqa: BLE001 - that is what is looked for
            told, problem = ["violations"], traceback.format_exc(limit=-6)
        pipe.send((index, told, problem))
    pipe.send((None, None, ""))


class Worker:
    """A process, and the file that it is at."""

    def __init__(self, seed: int, indices: range, folder: Path) -> None:
        self._seed, self._folder = seed, folder
        self._left = indices
        self._start()

    def _start(self) -> None:
        self.pipe, theirs = multiprocessing.Pipe()
        work_of = (theirs, self._seed, self._left, self._folder)
        self._process = multiprocessing.get_context("spawn").Process(target=work, args=work_of, daemon=True)
        self._process.start()
        theirs.close()
        self.heard = time.monotonic()
        self.index = self._left.start

    def go_on_without(self) -> None:
        """The process hangs or has died: a new one begins with the next file."""
        self._process.kill()
        self._process.join()
        self._left = range(self.index + self._left.step, self._left.stop, self._left.step)
        self._start()


def main() -> int:
    """The exit code is 1 when a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first one")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-violations"), help="where files go that break one")
    options = parser.parse_args()
    scenariofolder = importlib.import_module("scenariofolder")

    begun, counts = time.monotonic(), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = scenariofolder.furnished(Path(name))
        last = options.first + options.files
        workers = [
            Worker(options.seed, range(options.first + job, last, options.jobs), folder) for job in range(options.jobs)
        ]
        while workers:
            _hear(workers, counts, options)
    _tell(counts, time.monotonic() - begun)
    return 1 if counts["violations"] else 0


def _hear(workers: list[Worker], counts: Counter[str], options: argparse.Namespace) -> None:
    ready = wait([worker.pipe for worker in workers], timeout=1)
    for worker in list(workers):
        if worker.pipe not in ready:
            if time.monotonic() - worker.heard > SILENT_SECONDS:
                _violated(worker, "it hangs", counts, options)
            continue
        try:
            index, told, problem = worker.pipe.recv()
        except EOFError:
            _violated(worker, "the process died", counts, options)
            continue
        worker.heard = time.monotonic()
        if index is None:
            workers.remove(worker)
            continue
        worker.index = index
        counts.update(told or ())
        if problem:
            _keep(index, problem, options)


def _violated(worker: Worker, problem: str, counts: Counter[str], options: argparse.Namespace) -> None:
    counts["violations"] += 1
    _keep(worker.index, problem, options)
    worker.go_on_without()


def _keep(index: int, problem: str, options: argparse.Namespace) -> None:
    scenariofuzz = importlib.import_module("scenariofuzz")

    file = options.keep / f"{options.seed}-{index}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(scenariofuzz.content(options.seed, index))
    print(f"{file}: {problem.strip()[-1500:]}\n", flush=True)


def _tell(counts: Counter[str], seconds: float) -> None:
    kinds = Counter({name: count for name, count in counts.items() if name.startswith("  ")})
    for name, count in sorted((counts - kinds).items()):
        print(f"{count:8} {name}")
    print(f"{len(kinds):8} kinds of messages, the most frequent:")
    for name, count in kinds.most_common(SHOWN):
        print(f"{count:8} {name}")
    print(f"{seconds:8.0f} seconds")


if __name__ == "__main__":
    sys.exit(main())
