"""The contract of a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from pytest_kbevents.errors import Position
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.problem import Problem

Found = Iterator[tuple[Position, str]]
"""Places, and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``says`` is what is wrong, in a sentence of the reference page."""

    name: str
    says: str
    look: Callable[[Case], Found]
    is_error: bool
    in_every_case: bool
    """Only what it finds in each case of a matrix is wrong with the file."""
    needs_cluster: bool
    """Nothing can be said of a group by itself, which knows no cluster."""

    def problems(self, case: Case) -> list[Problem]:
        """What it finds, each once."""
        return list(dict.fromkeys(Problem(at, self.name, text, self.is_error) for at, text in self.look(case)))


def rule(
    name: str, level: Literal["error", "warning"], *, in_every_case: bool = False, needs_cluster: bool = True
) -> Callable[[Callable[[Case], Found]], Rule]:
    """Make a rule of the function that looks; its docstring is what the rule says."""

    def make(look: Callable[[Case], Found]) -> Rule:
        says = " ".join((look.__doc__ or "").split())
        return Rule(name, says, look, level == "error", in_every_case, needs_cluster)

    return make
