"""The generated pages: as the code has it, and complete."""

import re
from pathlib import Path

import jinja2.defaults
import pytest

from pytest_kbevents.environment.workload import Workload
from pytest_kbevents.scenario import template
from pytest_kbevents.scenario.eventtemplates import shipped
from pytest_kbevents.scenario.functions import FUNCTIONS, planned
from pytest_kbevents.scenario.matching.operators import OPERATORS
from pytest_kbevents.scenario.operations.registry import VERBS
from pytest_kbevents.scenario.reference import examples, pages
from pytest_kbevents.scenario.reference.__main__ import main
from pytest_kbevents.scenario.reference.templates import FILTERS, NAMES
from pytest_kbevents.scenario.subjects.registry import SUBJECTS
from pytest_kbevents.scenario.tallies.registry import TALLIES

ROOT = Path(__file__).parents[2]
PAGES = pages()
HEADINGS = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_the_code_says(name):
    page = ROOT / "docs" / "reference" / name
    assert page.is_file(), "run python -m pytest_kbevents.scenario.reference docs/reference"
    assert page.read_text() == PAGES[name], "run python -m pytest_kbevents.scenario.reference docs/reference"


def test_the_pages_are_written_into_a_folder(tmp_path):
    assert main([str(tmp_path / "new")]) == 0
    assert {file.name: file.read_text() for file in (tmp_path / "new").iterdir()} == PAGES


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_too_wide(name):
    assert [line for line in PAGES[name].splitlines() if len(line) > 120] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name):
    broken = []
    for page, anchor in re.findall(r"\]\(([\w.]*)#?([\w-]*)\)", PAGES[name]):
        known = {heading.lower() for heading in HEADINGS.findall(PAGES[page or name])}
        if anchor and anchor not in known:
            broken.append((page, anchor))
    assert broken == []


def test_every_verb_has_its_section():
    doing = [verb for verb, model in VERBS.items() if not model.judges]
    judging = [verb for verb, model in VERBS.items() if model.judges]
    assert HEADINGS.findall(PAGES["operations.md"])[: len(doing)] == doing
    assert HEADINGS.findall(PAGES["judgements.md"])[: len(judging)] == judging


def test_every_subject_and_every_count_has_its_section():
    assert {*SUBJECTS, *TALLIES} <= set(HEADINGS.findall(PAGES["judgements.md"]))


def test_every_operator_is_told():
    assert re.findall(r"^- `(\$\w+)`", PAGES["judgements.md"], re.MULTILINE) == list(OPERATORS)


def test_every_event_template_has_its_section():
    assert set(shipped()) <= set(HEADINGS.findall(PAGES["templates.md"]))


def test_every_name_that_templates_know_is_told():
    workload = Workload("c1", "mysql", 1)
    assert {*NAMES, *FUNCTIONS} == set(planned(workload).builtin)


def test_every_filter_of_ours_is_told():
    ours = set(template._environment().filters) - set(jinja2.defaults.DEFAULT_FILTERS)
    assert {name for name in ours if not name.startswith("_")} == set(FILTERS)


def test_everything_has_an_example():
    assert {*examples.OPERATIONS, *examples.JUDGEMENTS} == set(VERBS)
    assert set(examples.SUBJECTS) == set(SUBJECTS)
    assert set(examples.TALLIES) == set(TALLIES)
    assert set(examples.OPERATORS) == set(OPERATORS)
