"""How the processes of an agent end: by a signal, when they are done, by a panic, or by a mistake of ours."""

from __future__ import annotations

import logging
import queue
import signal
import sys
from collections.abc import Callable

from pytest_kbevents.agent.panic import Panic
from pytest_kbevents.environment.actor import Driver

LOOK_SECONDS = 0.2
"""How often it is looked whether an actor has failed; everything else is heard at once."""
DONE, MISTAKE, PANIC = 0, 1, 2
"""Exit codes."""

Heard = queue.SimpleQueue[int | Exception | None]
"""Signals, what went wrong elsewhere than in an actor, and None when there is nothing more to do."""

_LOG = logging.getLogger(__name__)


def exit_code(run: Callable[[], None]) -> int:
    """Of a process that runs this; a panic is told as Go tells it."""
    try:
        run()
    except Panic as panic:
        sys.stderr.write(f"panic: {panic}\n")
        return PANIC
    except Exception:  # noqa: BLE001 - logged, and the end
        _LOG.exception("a mistake of kbevents; please report it")
        return MISTAKE
    return DONE


def wait_for_the_end(heard: Heard, driver: Driver) -> None:
    """Until there is a signal, or nothing more to do. Raises what went wrong, in an actor or elsewhere."""
    while True:
        driver.until(lambda: True, 0)
        try:
            found = heard.get(timeout=LOOK_SECONDS)
        except queue.Empty:
            continue
        if isinstance(found, Exception):
            raise found
        if found is not None:
            _LOG.info("%s: ended", signal.Signals(found).name)
        return
