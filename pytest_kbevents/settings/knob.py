"""What a setting is: its flag, ini key, environment variable, default and documentation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pytest_kbevents.errors import SettingError


def _text(value: str) -> str:
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """One setting. ``name`` is its field in ``Settings``; ``help`` is a phrase without a full stop."""

    name: str
    help: str
    flag: str
    metavar: str = ""
    default: Any = None
    parse: Callable[[str], Any] = _text
    choices: tuple[str, ...] = ()
    repeatable: bool = False
    """Given more than once; in ini and environment, values are separated by white space."""
    only_on: tuple[str, ...] = ()
    """The --kb-cluster that it is about; none: it is about any."""
    switch: bool = False
    """A flag without a value, and nothing else."""

    @property
    def ini(self) -> str:
        """``--kb-time-scale`` is ``kb_time_scale``."""
        return self.flag.removeprefix("--").replace("-", "_")

    @property
    def env(self) -> str:
        """``--kb-time-scale`` is ``KB_TIME_SCALE``."""
        return self.ini.upper()

    def read(self, given: str, place: str) -> Any:
        """The value of a text. Raises SettingError naming ``place``."""
        values = tuple(self._one(word, place) for word in (given.split() if self.repeatable else [given]))
        return values if self.repeatable else values[0]

    def _one(self, word: str, place: str) -> Any:
        if self.choices and word not in self.choices:
            raise SettingError(f"{place}: unknown value {word!r}; one of {', '.join(self.choices)}")
        try:
            return self.parse(word)
        except ValueError as error:
            raise SettingError(f"{place}: {word!r} {error}") from None
