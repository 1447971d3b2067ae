"""Hears of changes to files (event-pipeline.md section 6, Probes: reportOnFileChange)."""

from __future__ import annotations

import logging
import os
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_kbevents.agent.logs import fields

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent

_LOG = logging.getLogger(__name__)

Changed = Callable[[Path, bool], None]
"""Told of what changed, and whether it was only written."""


class FileWatch:
    """From ``start`` to ``stop``, ``changed`` is called, from a thread, with each of ``paths`` where something changed.

    A path that is a directory when it is made: something was created, removed or renamed in it. Any other path: that
    was done to a file of this name, or it was written. One whose directory is not there is passed over. ``failed`` is
    given what ``changed`` raises.
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
        self._watch = FolderWatch({*self._folders, *(file.parent for file in self._files)}, self._hear)

    def start(self) -> None:
        """When this returns, no change is missed."""
        self._watch.start()

    def stop(self) -> None:
        """Idempotent."""
        self._watch.stop()

    def _add(self, path: str) -> None:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - nothing else takes out the dots and leaves links alone
        if absolute.is_dir():
            self._folders[absolute].append(path)
        elif absolute.parent.is_dir():
            self._files[absolute].append(path)
        else:
            _LOG.warning("not watched: its directory is not there", extra=fields(path=path))

    def _hear(self, path: Path, written: bool) -> None:
        found = dict.fromkeys([] if written else self._folders.get(path.parent, ()))
        found |= dict.fromkeys(self._files.get(path, ()))
        try:
            for path_of_probe in found:
                self._changed(path_of_probe)
        except Exception as error:  # noqa: BLE001 - it ends the process, elsewhere
            self._failed(error)


class FolderWatch:
    """From ``start`` to ``stop``, ``changed`` is called, from a thread, with each path in ``folders`` that changed."""

    def __init__(self, folders: Iterable[Path], changed: Changed) -> None:
        self._folders = sorted(folders)
        self._changed = changed
        self._observer: Any = None

    def start(self) -> None:
        """When this returns, no change is missed."""
        if not self._folders:
            return
        from watchdog import events
        from watchdog.observers import Observer

        files = [events.FileCreatedEvent, events.FileModifiedEvent, events.FileDeletedEvent, events.FileMovedEvent]
        folders = [events.DirCreatedEvent, events.DirDeletedEvent, events.DirMovedEvent]
        handler = events.FileSystemEventHandler()
        handler.on_any_event = self._hear  # type: ignore[method-assign]
        self._observer = Observer()
        for folder in self._folders:
            self._observer.schedule(handler, str(folder), event_filter=[*files, *folders], follow_symlink=True)
        self._observer.start()

    def stop(self) -> None:
        """Idempotent."""
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.stop()
            if observer is not threading.current_thread():
                observer.join()

    def _hear(self, event: FileSystemEvent) -> None:
        paths = {event.src_path, event.dest_path} - {""}
        for path in paths:
            self._changed(Path(os.fsdecode(path)), event.event_type == "modified")
