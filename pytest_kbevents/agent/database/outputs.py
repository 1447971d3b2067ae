"""Outputs that differ from run to run: ``[[ ]]``, rendered by Jinja2 when the command runs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any


def rendered(text: str, names: Mapping[str, Any]) -> str:
    """Raises what a template that goes wrong, or does too much, raises."""
    if not is_template(text):
        return text
    from pytest_kbevents.sandbox.environment import render

    return render(_compiled(text), names)


def checked(text: str) -> str:
    """The text. Raises ValueError when it is a template that does not parse, or no text."""
    encodable(text)
    if is_template(text):
        try:
            _compiled(text)
        except Exception as error:  # noqa: BLE001 - Python's own compiler may stumble over what Jinja2 makes of it, too
            raise ValueError(f"{text!r} does not parse: {getattr(error, 'message', error)}") from None
    return text


def encodable(text: str) -> str:
    """The text. Raises ValueError when it is none: half a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{text!r} has half a character") from None
    return text


def is_template(text: str) -> bool:
    """Whether it differs from run to run."""
    return "[[" in text or "[%" in text


@lru_cache(maxsize=10_000)
def _compiled(text: str) -> Any:
    return _environment().from_string(text)


@cache
def _environment() -> Any:
    from pytest_kbevents.sandbox.environment import Sandbox

    return Sandbox(
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
    )
