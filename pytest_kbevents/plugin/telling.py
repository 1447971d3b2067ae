"""What lint finds, as pytest tells it: errors end the collection, the rest are warnings."""

from __future__ import annotations

import warnings
from collections.abc import Iterable

from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.lint import Problem


class ScenarioWarning(UserWarning):
    """Something in a scenario is of no use, or cannot mean what it says. ``kbevents lint`` tells all of them."""


def tell(problems: Iterable[Problem]) -> None:
    """Warn of each warning. Raises ScenarioError for the errors, the others of them in its text."""
    errors = []
    for problem in problems:
        if problem.is_error:
            errors.append(problem)
        else:
            at = problem.position
            warnings.warn_explicit(f"{at}: {problem.text} ({problem.rule})", ScenarioWarning, at.file, at.line)
    if errors:
        first, *others = errors
        told = "".join(f"\n{problem.position}: {problem.text} ({problem.rule})" for problem in others)
        raise ScenarioError(first.position, f"{first.text} ({first.rule}){told}")
