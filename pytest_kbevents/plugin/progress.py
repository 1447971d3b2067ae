"""What a scenario that takes long is about, while it runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from types import TracebackType
from typing import Any, Self

import pytest

from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.steps import Step

FIRST_SECONDS = 5.0
"""Nothing is said of what is over by then."""
AGAIN_SECONDS = {True: 1.0, False: 30.0}
"""How often it is said: on a terminal, where one line is written anew, and in a log."""


def teller(config: pytest.Config) -> Callable[[str], None]:
    """Says a line on pytest's terminal, where there is one, past what holds back the output of tests."""
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    capture: Any = config.pluginmanager.get_plugin("capturemanager")

    def tell(text: str) -> None:
        if reporter is None:
            return
        with capture.global_and_fixture_disabled() if capture is not None else nullcontext():
            reporter.ensure_newline()
            reporter.write_line(f"kbevents: {text}")

    return tell


class Progress:
    """Says on pytest's terminal, once a scenario has run for some seconds, which step it is at."""

    def __init__(self, config: pytest.Config, name: str, scenario: Scenario) -> None:
        self._name = name
        self._count = sum(not step.branches for top in scenario.steps for step in top.walk())
        self._reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
        self._capture: Any = config.pluginmanager.get_plugin("capturemanager")
        self._begun = time.monotonic()
        self._number = 0
        self._step: Step | None = None
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def heard(self, step: Step) -> None:
        """A step begins."""
        self._number += 1
        self._step = step

    def __enter__(self) -> Self:
        if self._reporter is not None:
            self._thread = threading.Thread(target=self._watch, name="kbevents progress", daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def text(self) -> str:
        """Where it is, and for how long it has run."""
        step = self._step
        at = f"step {self._number} of {self._count}, {step.verb}" if step is not None else "beginning"
        return f"kbevents: {self._name}: {at} ({time.monotonic() - self._begun:.0f}s)"

    def _watch(self) -> None:
        is_terminal = bool(self._reporter.isatty)
        wait = FIRST_SECONDS
        while not self._over.wait(wait):
            wait = AGAIN_SECONDS[is_terminal]
            self._say(self.text(), rewrite=is_terminal)

    def _say(self, text: str, *, rewrite: bool) -> None:
        """Past pytest's capture, which holds what tests write."""
        if self._capture is None:
            self._write(text, rewrite=rewrite)
            return
        with self._capture.global_and_fixture_disabled():
            self._write(text, rewrite=rewrite)

    def _write(self, text: str, *, rewrite: bool) -> None:
        if rewrite:
            self._reporter.rewrite(text, erase=True)
        else:
            self._reporter.write_line(text)
