"""From data to models; what does not fit is said with its place and, for a misspelt key, the nearest known one."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from pytest_kbevents.agent.database.script import LANGUAGE
from pytest_kbevents.errors import ScenarioError
from pytest_kbevents.scenario.yamlfile import Document, Path


class Placed(ValueError):
    """What a validator finds wrong at a path inside of what it was given."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(problem)
        self.path = path


M = TypeVar("M", bound=BaseModel)

_PLAIN = {
    "missing": "{key} is missing",
    "string_type": "{key} must be text",
    "string_pattern_mismatch": "{key} must match {pattern}",
    "int_parsing": "{key} must be a whole number",
    "int_type": "{key} must be a whole number",
    "int_from_float": "{key} must be a whole number",
    "bool_parsing": "{key} must be true or false",
    "bool_type": "{key} must be true or false",
    "list_type": "{key} must be a list",
    "dict_type": "{key} must be a mapping",
    "model_type": "{key} must be a mapping",
    "string_too_short": "{key} must not be empty",
    "greater_than_equal": "{key} must be at least {ge}",
    "less_than_equal": "{key} must be at most {le}",
    "literal_error": "{key} must be {expected}",
}


def checked(model: type[M], data: Any, document: Document, path: Path) -> M:
    """The model of ``data``, which stands at ``path``. Raises ScenarioError for the first thing that does not fit."""
    try:
        return model.model_validate(data, context=LANGUAGE)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    within = tuple(part for part in first["loc"] if isinstance(part, (str, int)))
    at = (*path, *within, *getattr(first.get("ctx", {}).get("error"), "path", ()))
    if first["type"] == "extra_forbidden":
        known = _keys(model, within[:-1])
        raise ScenarioError(document.key_position(at), unknown("key", str(within[-1]), known))
    if first["type"] == "missing":
        raise ScenarioError(document.position(at[:-1]), f"{at[-1]} is missing here")
    raise ScenarioError(document.position(at), _problem(first, at))


def keys_of(model: type[BaseModel]) -> list[str]:
    """A model's keys as files spell them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """``unknown verb 'wiat'; did you mean 'wait'?``, or the known ones when none is near; of keys both."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1)
    hints = [f"did you mean {near[0]!r}?"] if near else []
    hints += [] if near and what != "key" else [f"known here: {', '.join(names) or 'none'}"]
    return f"unknown {what} {word!r}; {' '.join(hints)}"


def one_of(what: str, known: Collection[str]) -> Callable[[str], str]:
    """A validator of a word that must be a known one."""

    def validate(word: str) -> str:
        if word not in known:
            raise ValueError(unknown(what, word, known))
        return word

    return validate


def _problem(error: Any, at: Path) -> str:
    key = next((str(part) for part in reversed(at) if isinstance(part, str)), "the document")
    if error["type"] == "value_error":
        return f"{key}: {error['ctx']['error']}"
    if error["type"] == "too_short":
        least = error["ctx"]["min_length"]
        return f"{key} must not be empty" if least == 1 else f"{key} must have at least {least} entries"
    if error["type"] == "string_type" and isinstance(error["input"], (int, float)):
        return f"{key} must be text: write it in quotes"
    template = _PLAIN.get(error["type"])
    return template.format(key=key, **error.get("ctx", {})) if template else f"{key}: {error['msg']}"


def _keys(model: type[BaseModel], within: Path) -> list[str]:
    """The keys that the model allows at a place inside it."""
    for part in within:
        if isinstance(part, str):
            inner = next((f.annotation for name, f in model.model_fields.items() if part in (name, f.alias)), None)
            model = _model_in(inner) or model
    return keys_of(model)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
