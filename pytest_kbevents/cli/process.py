"""What the commands that run until they are stopped have in common."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from pytest_kbevents.errors import InputError

LARGEST = 999_999_999


def on_signals(heard: Callable[[int], None]) -> None:
    """SIGINT and SIGTERM go to ``heard``; the same one again ends the process at once.

    A handler runs in the middle of whatever the main thread does, and of all queues and locks only a SimpleQueue's put
    is made for that.
    """

    def handler(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        heard(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def whole(flag: str, text: str, least: int, most: int = LARGEST) -> int:
    """The number in the text. Raises InputError."""
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        limit = f"{least} or more" if most == LARGEST else f"{least} to {most}"
        raise InputError(f"{flag} {text!r}: must be a whole number, {limit}")
    return int(text)


def leave(code: int) -> NoReturn:
    """End now, whatever threads wait for: a command, a request, a client. An interpreter that is taken down while they
    run may crash, and then the exit code is another.
    """
    atexit._run_exitfuncs()  # noqa: SLF001 - it is left to nobody else; credentials that lie in temporary files go here
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # nobody reads it, it is closed, there is none
            stream.flush()
    os._exit(code)
