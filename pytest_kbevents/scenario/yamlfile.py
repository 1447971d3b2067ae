"""YAML with the place of everything in it, so that an error can point at what is wrong."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from pytest_kbevents.errors import Position, ScenarioError

Path = tuple[str | int, ...]
"""From the document's root: mapping keys and list indices."""

MOST_DIGITS = 4000
"""Of a number: Python reads no longer ones."""
MOST_NODES = 100_000
"""Aliases can make a small file huge; beyond this it is refused."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAGS = {
    f"tag:yaml.org,2002:{kind}"
    for kind in ["null", "bool", "int", "float", "str", "timestamp", "merge", "value", "seq", "map"]
}
_LITERAL = "|"
_QUOTED = ("'", '"', _LITERAL, ">")
_STRANGE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""No character of a YAML file, as it stands."""
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_INT = re.compile(r"-?[0-9]+")
"""A sign before it makes a number one more, or a time from now: +1 and +5s are texts."""
_FLOAT = re.compile(r"-?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(slots=True)
class Document:
    """The data of a file and the positions of its keys and values."""

    file: str
    text: str = ""
    data: Any = None
    keys: dict[Path, Position] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)
    blocks: set[Path] = field(default_factory=set)
    """Paths of texts in literal block style: line for line as in the file, from the one after the position on."""

    def position(self, path: Path) -> Position:
        """Of the value at a path, or of the nearest thing around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Position(self.file, 1, 1))

    def key_position(self, path: Path) -> Position:
        """Of the key that the path ends in."""
        return self.keys.get(path) or self.position(path)


def glance(text: str, key: str) -> Any:
    """The value of one key of a document in block style, without a look at the rest; None when it is not to be had."""
    found = re.search(rf"^{re.escape(key)}:.*(?:\n(?:[ \t].*)?)*", text, re.MULTILINE)
    try:
        return yaml.load(found[0], Loader=_LOADER)[key] if found else None  # noqa: S506 - the safe one
    except (yaml.YAMLError, ValueError, TypeError, KeyError):
        return None


def parse(text: str, file: str) -> Document:
    """Read one YAML 1.2 document of plain data.

    Raises:
        ScenarioError: it does not parse, a key stands twice, or something in it is no plain data.
    """
    document = Document(file, text)
    _check_characters(text, file)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Position(file, mark.line + 1, mark.column + 1) if mark else Position(file, 1, 1)
        raise ScenarioError(at, f"this is not YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise ScenarioError(Position(file, 1, 1), f"this is not YAML: {' '.join(str(error).split())}") from None
    if node is not None:
        document.data = _construct(node, (), document)
    return document


def _check_characters(text: str, file: str) -> None:
    found = _STRANGE.search(text)
    if found is not None:
        before = _BREAK.split(text[: found.start()])
        problem = f"the character U+{ord(found[0]):04X} cannot stand in YAML as it is"
        raise ScenarioError(Position(file, len(before), len(before[-1]) + 1), problem)


def _construct(node: yaml.Node, path: Path, document: Document) -> Any:
    position = _position(node, document)
    document.values[path] = position
    if len(document.values) > MOST_NODES or len(path) > 100:
        raise ScenarioError(position, "this document is too large or too deep (is an alias inside what it stands for?)")
    if node.tag not in _TAGS:
        raise ScenarioError(position, f"the tag {node.tag} is not used here: write plain data")
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, path, document)
    if isinstance(node, yaml.SequenceNode):
        return [_construct(item, (*path, index), document) for index, item in enumerate(node.value)]
    return {key: _construct(item, (*path, key), document) for key, item in _entries(node, path, document)}


def _entries(node: yaml.Node, path: Path, document: Document) -> list[tuple[str, yaml.Node]]:
    entries: dict[str, yaml.Node] = {}
    for key_node, item in node.value:
        position = _position(key_node, document)
        if not isinstance(key_node, yaml.ScalarNode):
            raise ScenarioError(position, 'a key must be plain text (a template must be quoted: "{{ ... }}")')
        key = str(key_node.value)
        if key in entries:
            raise ScenarioError(
                position, f"the key {key!r} stands here twice; the first is at {document.keys[*path, key]}"
            )
        document.keys[*path, key] = position
        entries[key] = item
    return list(entries.items())


def _scalar(node: yaml.ScalarNode, path: Path, document: Document) -> Any:
    text = str(node.value)
    if node.style == _LITERAL:
        document.blocks.add(path)
    if node.style in _QUOTED:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    return _number(text, document.values[path]) if _FLOAT.fullmatch(text) else text


def _number(text: str, position: Position) -> int | float:
    """Raises ScenarioError when there is none so large."""
    if _INT.fullmatch(text) and len(text) <= MOST_DIGITS:
        return int(text)
    number = float(text)
    if not math.isfinite(number):
        raise ScenarioError(position, "this number is beyond measure; what is meant as text needs quotes")
    return number


def _position(node: yaml.Node, document: Document) -> Position:
    return Position(document.file, node.start_mark.line + 1, node.start_mark.column + 1)
