"""Jinja2 in scenarios: sandboxed, strict, and with the place of what is wrong."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path as FilePath
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError

from pytest_kbevents.agent.sending.event import fnv32a
from pytest_kbevents.errors import InputError, Position, ScenarioError
from pytest_kbevents.sandbox.environment import Function, Sandbox, render
from pytest_kbevents.scenario.yamlfile import Document, Path

TEMPLATES = FilePath(__file__).parent / "templates"
"""The Events that ``event: {template: NAME}`` can write, as ``NAME.yaml.j2``."""

_ESCAPED_BY_GO = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_NOT_RAW_IN_YAML = re.compile("[\x7f-\x9f\ufeff\ufffe\uffff]")


class Scope:
    """The names that templates can use. A scope never changes; ``with_value`` gives a larger one."""

    def __init__(self, names: Mapping[str, Any], more: Mapping[str, Any] | None = None) -> None:
        """``names`` are what every template knows, ``more`` what this scope adds."""
        self._builtin = names
        self._names = {**names, **(more or {})}
        self._more = dict(more or {})

    def with_value(self, name: str, value: Any) -> Scope:
        """A scope that knows one name more."""
        return self.with_values({name: value})

    def with_values(self, values: Mapping[str, Any]) -> Scope:
        """A scope that knows more names."""
        return Scope(self._builtin, {**self._more, **values}) if values else self

    def bare(self) -> Scope:
        """A scope that knows what every template knows."""
        return Scope(self._builtin)

    @property
    def more(self) -> Mapping[str, Any]:
        """What this scope adds."""
        return self._more

    @property
    def builtin(self) -> Mapping[str, Any]:
        """What every template knows."""
        return self._builtin

    def render(self, data: Any, document: Document, path: Path) -> Any:
        """``data`` with every text in it rendered; a text stays a text. Raises ScenarioError at the text."""
        if isinstance(data, Mapping):
            return {key: self.render(item, document, (*path, key)) for key, item in data.items()}
        if isinstance(data, list):
            return [self.render(item, document, (*path, index)) for index, item in enumerate(data)]
        if not isinstance(data, str) or not _has_template(data):
            return data
        try:
            return render(_compiled(data), self._names)
        except Exception as error:  # noqa: BLE001 - whatever a template does wrong is its author's, at its place
            raise ScenarioError(_place(error, document, path), _problem(error, self._names)) from None


def render_text(text: str, names: Mapping[str, Any], file: str) -> str:
    """A whole template file. Raises ScenarioError at its line."""
    try:
        return render(_compiled(text), names)
    except Exception as error:  # noqa: BLE001 - whatever a template does wrong is its author's, at its place
        line = error.lineno if isinstance(error, jinja2.TemplateSyntaxError) else _line_in_template(error)
        raise ScenarioError(Position(file, line, 1), _problem(error, names)) from None


def probe_message(component: str, outcome: tuple[str, str], code: int = 0, message: str = "") -> str:
    """What kbagent writes of a probe; ``outcome`` is its action and its output."""
    probe, output = outcome
    fields = {"instance": component, "probe": probe, "code": code, "output": b64(output), "message": message}
    return _json(_present(fields))


def outcome_name(pod: str, uid: str, component: str, outcome: tuple[str, str]) -> str:
    """The name of the Event that says that a Pod's probe succeeded; ``outcome`` is its action and its output."""
    return f"{pod}.{fnv(f'{uid}.{outcome[0]}.{probe_message(component, outcome)}')}"


def _has_template(text: str) -> bool:
    return "{{" in text or "{%" in text or "{#" in text


@cache
def _environment() -> Sandbox:
    filters: dict[str, Function] = {"b64": b64, "json": _json, "scalar": _scalar, "present": _present, "fnv32a": fnv}
    return Sandbox(filters, loader=jinja2.FileSystemLoader(TEMPLATES))


@lru_cache(maxsize=10_000)
def _compiled(text: str) -> jinja2.Template:
    return _environment().from_string(text)


def _place(error: Exception, document: Document, path: Path) -> Position:
    """The line in a text that stands in the file line for line; of any other text, where it begins."""
    at = document.position(path)
    if path not in document.blocks:
        return at
    line = error.lineno if isinstance(error, jinja2.TemplateSyntaxError) else _line_in_template(error)
    return Position(at.file, at.line + line, at.column)


def _line_in_template(error: Exception) -> int:
    """The line inside the text, from the traceback that Jinja2 rewrites to template lines."""
    line, frame = 1, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == "<template>":
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


def _problem(error: Exception, names: Mapping[str, Any]) -> str:
    if isinstance(error, SecurityError):
        return f"a template may not reach into Python: {error}"
    if isinstance(error, jinja2.UndefinedError):
        return f"{error}; defined here: {', '.join(sorted(filter(str.isidentifier, names)))}"
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"this template does not parse: {error.message}"
    if isinstance(error, InputError):
        return str(error)
    if isinstance(error, (RecursionError, MemoryError, SyntaxError)):  # the last is Python's, of what Jinja2 made of it
        return "this template is nested too deeply, or uses itself"
    return f"this template cannot be rendered: {type(error).__name__}: {' '.join(str(error).split())}"


def b64(text: str) -> str:
    """Base64, of whatever bytes a text stands for."""
    return base64.b64encode(text.encode("utf-8", "surrogateescape")).decode()


def _json(value: Any) -> str:
    """Compact, and escaped as Go does it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _ESCAPED_BY_GO.sub(lambda match: "\\ufffd" if match[0] >= "\ud800" else _escape(match), text)


def _scalar(value: Any) -> str:
    """A value as YAML reads it, whatever characters it has: quoted where it is text."""
    return _NOT_RAW_IN_YAML.sub(_escape, _json(value))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _present(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What kbagent writes of a message's fields: an empty output or message is left out, and nothing else."""
    return {key: value for key, value in fields.items() if value != "" or key not in ("output", "message")}


def fnv(text: str) -> str:
    """FNV-1a of 32 bits, in hexadecimal."""
    return f"{fnv32a(text.encode()):x}"
