"""Hears of changes to files (event-pipeline.md section 6, Probes: reportOnFileChange)."""

from __future__ import annotations

import logging
import os
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_kbevents.agent.logs import fields

if TYPE_CHECKING:
    from watchfiles.main import FileChange

GROUPED, QUIET = 200, 50
"""Milliseconds: changes are told together once there was none for the latter, and after the former in any case."""

_LOG = logging.getLogger(__name__)


class FileWatch:
    """From ``start`` to ``stop``, ``changed`` is called, from a thread, with each of ``paths`` where something changed.

    A path that is a directory when it is made: something was created, removed or renamed in it. Any other path: that
    was done to a file of this name, or it was written. One whose directory is not there is passed over. ``failed`` is
    given what ``changed`` raises, and what ends the watch.
    """

    def __init__(
        self, paths: Iterable[str], changed: Callable[[str], None], failed: Callable[[Exception], None]
    ) -> None:
        self._changed = changed
        self._failed = failed
        self._folders: dict[Path, list[str]] = defaultdict(list)
        self._files: dict[Path, list[str]] = defaultdict(list)
        for path in dict.fromkeys(paths):
            self._add(path)
        self._seen = {file: _content(file) for file in self._files}
        self._stop = _Stop()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """When this returns, no change is missed."""
        if self._folders or self._files:
            self._thread = threading.Thread(target=self._watch, name="kbevents files", daemon=True)
            self._thread.start()
            self._stop.asked.wait()

    def stop(self) -> None:
        """Idempotent."""
        self._stop.wanted.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _add(self, path: str) -> None:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - nothing else takes out the dots and leaves links alone
        if absolute.is_dir():
            self._folders[absolute].append(path)
        elif absolute.parent.is_dir():
            self._files[absolute].append(path)
        else:
            _LOG.warning("not watched: its directory is not there", extra=fields(path=path))

    def _watch(self) -> None:
        try:
            for changes in _changes({*self._folders, *(file.parent for file in self._files)}, self._stop):
                self._tell(changes)
        except Exception as error:  # noqa: BLE001 - it ends the process, elsewhere
            self._failed(error)
        finally:
            self._stop.asked.set()

    def _tell(self, changes: Iterable[FileChange]) -> None:
        """A path is told once, however much was done to it."""
        from watchfiles import Change

        found: dict[str, None] = {}
        for kind, text in changes:
            path = Path(text)
            if kind != Change.modified:
                found |= dict.fromkeys(self._folders.get(path.parent, ()))
            if path in self._files and (self._is_other(path) or kind != Change.modified):
                found |= dict.fromkeys(self._files[path])
        for path_of_probe in found:
            self._changed(path_of_probe)

    def _is_other(self, file: Path) -> bool:
        """Whether it has been written, and not only got other permissions."""
        before, self._seen[file] = self._seen[file], _content(file)
        return before != self._seen[file]


class _Stop:
    """What the watch asks, again and again, whether it is to end: for the first time when it watches."""

    def __init__(self) -> None:
        self.asked, self.wanted = threading.Event(), threading.Event()

    def is_set(self) -> bool:
        self.asked.set()
        return self.wanted.is_set()


def _changes(folders: Iterable[Path], stop: _Stop) -> Iterator[set[FileChange]]:
    from watchfiles import watch

    return watch(
        *folders,
        watch_filter=None,
        debounce=GROUPED,
        step=QUIET,
        stop_event=stop,
        rust_timeout=0,
        raise_interrupt=False,
        recursive=False,
    )


def _content(file: Path) -> object:
    """Changes when the content does."""
    with suppress(OSError):
        found = file.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino
    return None
