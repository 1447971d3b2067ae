"""What ``expect`` and ``stays`` share: a subject beside their own keys."""

from __future__ import annotations

from typing import Any, Self

from pydantic import Field

from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.check import checked, keys_of, unknown
from pytest_kbevents.scenario.operations.operation import Operation
from pytest_kbevents.scenario.subjects.registry import SUBJECTS
from pytest_kbevents.scenario.subjects.subject import Subject
from pytest_kbevents.scenario.yamlfile import Document, Path


class Judgement(Operation):
    """An assertion about one subject. In a file, the subject's keys stand beside the assertion's own."""

    subject: Subject = Field(exclude=True)

    @classmethod
    def own_keys(cls) -> set[str]:
        """The keys that are not the subject's."""
        return set(keys_of(cls)) - {"subject"}

    @classmethod
    def read(cls, data: Any, document: Document, path: Path) -> Self:
        """Tell the two apart, and check each. Raises ScenarioError."""
        if not isinstance(data, dict):
            raise ScenarioError(document.position(path), f"{cls.verb} must be a mapping")
        own = {key: value for key, value in data.items() if key in cls.own_keys()}
        rest = {key: value for key, value in data.items() if key not in own}
        found = [key for key in rest if key in SUBJECTS]
        if not found:
            at = document.key_position((*path, next(iter(rest)))) if rest else document.position(path)
            word = next(iter(rest), "")
            raise ScenarioError(at, unknown("subject", word, SUBJECTS) if word else f"say what: {', '.join(SUBJECTS)}")
        model = SUBJECTS[found[0]]
        known = set(keys_of(model))
        for key in rest.keys() - known:
            raise ScenarioError(document.key_position((*path, key)), unknown("key", key, known | cls.own_keys()))
        return checked(cls, {**own, "subject": checked(model, rest, document, path)}, document, path)
