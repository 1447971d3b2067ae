"""What a person reads of a failure."""

from types import SimpleNamespace

import pytest

from pytest_kbevents.errors import NearMiss, Position
from pytest_kbevents.scenario.reports.terminal import WIDTH, report, rows
from pytest_kbevents.scenario.verdict import Finding, Line

AT = Position("scenarios/mine.yaml", 9, 5)
REVISIONS = (
    Line(7, "+0.100000s", "kbagent/c1-mysql-0", "Event c1-mysql-0.1 (roleProbe 'primary') created"),
    Line(12, "+10.100000s", "event-controller", "Pod c1-mysql-0: kubeblocks.io/role secondary -> primary"),
)


def told(**more):
    """The rows of a finding that has this, too."""
    plain = {"expected": None, "seen": None, "revisions": (), "last_error": ""}
    finding = Finding(AT, "expect", "Pod p has role primary: not within 5s", **{**plain, **more})
    return rows(SimpleNamespace(finding=finding, opened=1_000_000), "pytest --kb-scenario mine")


def section(title, **more):
    """The rows under a title."""
    found = told(**more)
    first = next(number for number, row in enumerate(found) if row.text.startswith(title))
    end = next((number for number, row in enumerate(found) if number > first and not row.text), len(found))
    return found[first + 1 : end]


def texts(rows):
    return [row.text for row in rows]


def test_it_begins_with_the_problem_and_where_it_is():
    assert texts(told())[:3] == [
        "Pod p has role primary: not within 5s",
        "  at scenarios/mine.yaml:9:5, step expect",
        "",
    ]


def test_it_says_where_the_group_was_used():
    assert "  used at scenarios/mine.yaml:20:5" in texts(told(used_at=Position("scenarios/mine.yaml", 20, 5)))


def test_it_says_where_the_rule_stands():
    assert "  said at scenarios/mine.yaml:4:11" in texts(told(said_at=Position("scenarios/mine.yaml", 4, 11)))


def test_it_ends_with_the_command_that_runs_it_again():
    assert texts(told())[-2:] == ["run it again:", "  pytest --kb-scenario mine"]


def test_what_is_short_is_compared_in_two_lines():
    found = section("expected (-)", expected={"role": "primary"}, seen={"role": None})
    assert [(row.text, row.style) for row in found] == [
        ('  - {"role": "primary"}', "wanted"),
        ('  + {"role": null}', "seen"),
    ]


def test_of_what_is_long_the_lines_that_differ_are_marked():
    many = {f"key{number}": "x" * 20 for number in range(10)}
    found = section("expected (-)", expected={**many, "role": "a"}, seen={**many, "role": "b"})
    assert [row.text.strip() for row in found if row.style == "wanted"] == ['-   "role": "a"']
    assert [row.text.strip() for row in found if row.style == "seen"] == ['+   "role": "b"']
    assert len(found) == 14


def test_where_nothing_is_compared_there_is_no_section_of_it():
    assert not [row for row in told() if row.text.startswith("expected")]


def test_the_nearest_miss_has_its_revision_and_time():
    near = NearMiss(12, 3_500_000, {"role": "primary"})
    assert "nearest miss, at revision 12, +2.500000s:" in texts(told(nearest=near))
    assert texts(section("nearest miss", nearest=near)) == ['  + {"role": "primary"}']


def test_a_nearest_miss_may_be_how_it_was_to_begin_with():
    assert "nearest miss, to begin with, +0.000000s:" in texts(told(nearest=NearMiss(0, 1_000_000, [])))


def test_other_assertions_that_do_not_hold_are_told():
    assert texts(section("for the same cause", also=("never a", "always b"))) == ["  never a", "  always b"]


def test_what_else_was_waited_for_is_told():
    assert texts(section("also waited for", waiting=("expect c: 3s left",))) == ["  expect c: 3s left"]


def test_an_api_error_is_told_or_that_there_was_none():
    assert texts(section("last API error", last_error="409 to x, PUT /y: z")) == ["  409 to x, PUT /y: z"]
    assert texts(section("last API error")) == ["  none"]


def test_revisions_stand_in_columns():
    assert texts(section("last 2 revisions", revisions=REVISIONS)) == [
        "   7   +0.100000s  kbagent/c1-mysql-0  Event c1-mysql-0.1 (roleProbe 'primary') created",
        "  12  +10.100000s  event-controller    Pod c1-mysql-0: kubeblocks.io/role secondary -> primary",
    ]


def test_the_revision_that_broke_it_is_marked():
    found = section("last 2 revisions", revisions=REVISIONS, revision=12)
    assert [(row.text[0], row.style) for row in found] == [(" ", ""), (">", "problem")]


def test_where_nothing_happened_it_says_so():
    assert texts(section("last 0 revisions")) == ["  none"]


@pytest.mark.parametrize("part", ["last_error", "also", "waiting", "revisions"])
def test_sentences_are_wrapped(part):
    text = "word " * 60
    values = {"also": (text,), "waiting": (text,), "revisions": (Line(1, "+0s", "kbevents", text),)}
    found = told(**{part: values.get(part, text)})
    lines = [line for row in found for line in row.text.splitlines()]
    assert max(map(len, lines)) <= WIDTH


def test_a_report_is_its_rows():
    verdict = SimpleNamespace(finding=Finding(AT, "expect", "it is not", None, None, (), ""), opened=0)
    assert report(verdict, "again").startswith("it is not\n  at scenarios/mine.yaml:9:5, step expect\n")
