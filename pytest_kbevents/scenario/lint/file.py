"""A file's text, whatever kind of file of ours it is."""

from __future__ import annotations

import re
from pathlib import Path as FilePath

from pytest_kbevents.errors import Position, ScenarioError
from pytest_kbevents.scenario.lint.library import lint_library
from pytest_kbevents.scenario.lint.lint import lint
from pytest_kbevents.scenario.lint.problem import Problem
from pytest_kbevents.scenario.loader import read_all
from pytest_kbevents.scenario.yamlfile import parse

_OURS = re.compile(rb"^(?:\{\s*)?[\"']?apiVersion[\"']?\s*:\s*[\"']?kbevents/", re.MULTILINE)


def is_ours(content: bytes) -> bool:
    """Whether it is a file of kbevents, be it one that cannot be read."""
    return _OURS.search(content) is not None


def lint_file(content: bytes, file: str, folder: FilePath) -> list[Problem]:
    """What is wrong with it; ``file`` is how it is called, ``folder`` where what it includes is found."""
    try:
        text = content.decode("utf-8")
        document = parse(text, file)
        if isinstance(document.data, dict) and document.data.get("kind") == "Steps":
            return lint_library(document, folder)
        return lint(read_all(text, file, folder))
    except UnicodeDecodeError as error:
        return [Problem.of(ScenarioError(Position(file, 1, 1), f"this is not UTF-8 text: {error.reason}"))]
    except ScenarioError as error:
        return [Problem.of(error)]
