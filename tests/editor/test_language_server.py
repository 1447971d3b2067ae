"""What editors show of a scenario, through yaml-language-server and the shipped schema."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from languageserver import Editor
from pytest_kbevents.scenario import catalog
from pytest_kbevents.scenario.operations.registry import VERBS
from pytest_kbevents.scenario.reference import examples

TOOL = Path(__file__).parents[2] / "tools" / "language_server.py"
SCHEMA = catalog.shipped() / "kbevents-v1.schema.json"
HEAD = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: mine, labels: {area: role, level: MUST}}
spec:
  description: d
  cluster: {component: mysql, replicas: 2, roles: [{name: primary, exclusive: true}]}
  steps:
"""
FIRST = HEAD.count("\n") + 1
"""The line of the first step, from 0, below the line that names the schema."""


def command():
    """What starts the server; why it cannot be started."""
    done = subprocess.run(
        [sys.executable, TOOL, "--installed"], capture_output=True, text=True, check=False, timeout=60
    )
    return shlex.split(done.stdout), done.stderr.strip()


COMMAND, WHY = command()
pytestmark = [pytest.mark.editor, pytest.mark.skipif(not COMMAND, reason=WHY)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("project")


@pytest.fixture(scope="module")
def editor(folder):
    editor = Editor(COMMAND, folder)
    yield editor
    editor.close()


@pytest.fixture
def scenario(folder):
    """Writes a scenario with these steps, which names the shipped schema by a relative path."""

    def write(steps):
        file = folder / f"{len(list(folder.iterdir()))}.yaml"
        schema = os.path.relpath(SCHEMA, folder)
        file.write_text(f"# yaml-language-server: $schema={schema}\n{HEAD}{steps}")
        return file

    return write


def labels(editor, file, line, column):
    editor.open(file)
    return [item["label"] for item in editor.at("textDocument/completion", file, line, column)["items"]]


def test_a_good_file_has_no_problem(editor, scenario):
    steps = [*examples.OPERATIONS.values(), *examples.JUDGEMENTS.values(), *examples.SUBJECTS.values()]
    assert editor.open(scenario("".join(f"  - {step}\n" for step in steps))) == []


@pytest.mark.parametrize(
    ("step", "column", "problem"),
    [
        ("expct: {pod: p, role: primary}", 4, "Property expct is not allowed."),
        ("expect: {pod: p, role: primary, wihtin: 5s}", 36, "Property wihtin is not allowed."),
        ("expect: {pdo: p}", 13, "Property pdo is not allowed."),
        ("agent: {pod: p, roleProbe: {outptu: x}}", 32, "Property outptu is not allowed."),
        ("wait: 5 seconds", 10, "This is not a length of time such as 500ms, 5s or 2m."),
        ("controller: stopp", 16, 'Value is not accepted. Valid values: "start", "stop", "restart", "crash".'),
        ("expect: {object: {kind: Pod, name: p}, matches: {a: {$gtt: 1}}}", 57, "Property $gtt is not allowed."),
    ],
)
def test_a_mistake_is_shown_at_its_line_and_column(editor, scenario, step, column, problem):
    found = editor.open(scenario(f"  - {step}\n"))
    assert ({"line": FIRST, "character": column}, problem) in [
        (each["range"]["start"], each["message"]) for each in found
    ]


def test_the_verbs_are_offered_where_a_step_begins(editor, scenario):
    assert labels(editor, scenario("  - \n"), FIRST, 4) == list(VERBS)


def test_the_subjects_are_offered_in_a_judgement(editor, scenario):
    offered = labels(editor, scenario("  - expect:\n      \n"), FIRST + 1, 6)
    assert set(examples.SUBJECTS) <= set(offered)


def test_what_a_subject_can_say_is_offered_once_it_is_named(editor, scenario):
    assert "routes_to" not in labels(editor, scenario("  - expect:\n      \n"), FIRST + 1, 6)
    assert "routes_to" in labels(editor, scenario("  - expect:\n      service: s\n      \n"), FIRST + 2, 6)


def test_event_templates_are_offered(editor, scenario):
    offered = labels(editor, scenario("  - event:\n      template: \n"), FIRST + 1, 16)
    assert {"roleProbe", "availableProbe", "task"} <= set(offered)


@pytest.mark.parametrize(
    ("key", "told"),
    [("expect", "Let the world go on until the subject is as described"), ("within", "How long it may take")],
)
def test_a_key_under_the_pointer_is_explained(editor, scenario, key, told):
    step = "  - expect: {pod: p, role: primary, within: 5s}\n"
    file = scenario(step)
    editor.open(file)
    assert told in editor.at("textDocument/hover", file, FIRST, step.index(key))["contents"]["value"]
