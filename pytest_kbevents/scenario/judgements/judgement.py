"""What judgements share: a subject beside their own keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, Field

from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.check import checked, keys_of, unknown
from pytest_kbevents.scenario.operation import Operation
from pytest_kbevents.scenario.subjects.registry import SUBJECTS
from pytest_kbevents.scenario.subjects.subject import Subject
from pytest_kbevents.scenario.yamlfile import Document, Path

M = TypeVar("M", bound=BaseModel)


class Judgement(Operation):
    """An assertion about one subject. In a file, the subject's keys stand beside the assertion's own."""

    judges: ClassVar[bool] = True
    says: ClassVar[bool] = True
    """Whether it is said what must be so; otherwise only what is looked at."""

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
        subject = read_subject(rest, document, path, cls.own_keys(), says=cls.says)
        return checked(cls, {**own, "subject": subject}, document, path)


def read_subject(data: Any, document: Document, path: Path, others: Iterable[str] = (), *, says: bool) -> Subject:
    """The subject that a mapping describes; ``others`` are keys that may stand beside it. Raises ScenarioError."""
    model = chosen(data, document, path, SUBJECTS, "subject")
    known = set(keys_of(model)) if says else set(keys_of(model)) - set(model.said)
    for key in data.keys() - known:
        raise ScenarioError(document.key_position((*path, key)), unknown("key", key, {*known, *others}))
    subject = checked(model, data, document, path)
    if says and not model.says_enough and not subject.model_fields_set & set(model.said):
        raise ScenarioError(
            document.key_position((*path, model.key)), f"say what must be so: {' or '.join(model.said)}"
        )
    return subject


def chosen(data: Any, document: Document, path: Path, models: dict[str, type[M]], what: str) -> type[M]:
    """The model that is known by one of the mapping's keys. Raises ScenarioError."""
    if not isinstance(data, dict):
        raise ScenarioError(document.position(path), f"say what: a mapping with {', '.join(models)}")
    found = [key for key in data if key in models]
    if not found:
        at = document.key_position((*path, next(iter(data)))) if data else document.position(path)
        word = next(iter(data), "")
        raise ScenarioError(at, unknown(what, word, models) if word else f"say what: {', '.join(models)}")
    return models[found[0]]
