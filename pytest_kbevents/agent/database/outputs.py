"""Outputs that differ from run to run: ``[[ ]]``, rendered by Jinja2 when the command runs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any


def rendered(text: str, names: Mapping[str, Any]) -> str:
    """Raises what a template that goes wrong raises."""
    return text if not is_template(text) else str(_compiled(text).render(names))


def checked(text: str) -> str:
    """The text. Raises ValueError when it is a template that does not parse, or no text."""
    encodable(text)
    if is_template(text):
        import jinja2

        try:
            _compiled(text)
        except jinja2.TemplateSyntaxError as error:
            raise ValueError(f"{text!r} does not parse: {error.message}") from None
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


@cache
def _compiled(text: str) -> Any:
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
    )
    environment.globals.clear()
    return environment.from_string(text)
