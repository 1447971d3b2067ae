"""What a program reads of a verdict."""

import json

import pytest

from pytest_kbevents.scenario.reports.document import summary, whole


def strict(data):
    """As it is read again by a reader that knows no more than JSON."""

    def refuse(constant):
        raise AssertionError(constant)

    return json.loads(json.dumps(data), parse_constant=refuse)


def test_it_says_what_was_run_and_how(passed, origin):
    found = summary(passed, origin)
    assert found["scenario"]["name"] == "mine"
    assert found["scenario"]["labels"] == {"level": "MUST"}
    assert found["run"].items() >= {"release": "fixed", "cluster": "embedded", "controller": "reference"}.items()
    assert found["run"].items() >= {"seed": 0, "command": "pytest --kb-scenario mine"}.items()


def test_a_verdict_that_passed_has_no_finding(passed, origin):
    found = summary(passed, origin)
    assert (found["verdict"], found["finding"]) == ("passed", None)


def test_a_finding_has_both_sides_and_the_place(failed, origin):
    found = summary(failed, origin)
    assert found["verdict"] == "failed"
    assert found["finding"].items() >= {"expected": {"role": "secondary"}, "seen": {"role": "primary"}}.items()
    assert found["finding"].items() >= {"verb": "expect", "vacuous": False}.items()
    assert found["finding"]["position"] == str(failed.finding.position)


def test_each_step_has_its_outcome(failed, origin):
    assert [(each["number"], each["verb"], each["outcome"]) for each in summary(failed, origin)["steps"]] == [
        (1, "agent", "done"),
        (2, "expect", "failed"),
        (3, "wait", "not reached"),
    ]


def test_times_are_counted_from_when_the_world_began(failed, origin):
    found = summary(failed, origin)
    begun = [each["begun"] for each in found["steps"]]
    assert 0 <= begun[0] <= begun[1]
    assert begun[2] is None
    assert found["finding"]["time"] == found["time"]
    assert found["time"] == pytest.approx(begun[1] + 2_000_000)


def test_a_rule_is_told_in_words(passed, origin):
    assert [(each["text"], each["outcome"]) for each in summary(passed, origin)["invariants"]] == [
        ("never two_holders_of primary", "held")
    ]


def test_the_whole_of_it_has_every_revision_and_request(failed, origin):
    found = whole(failed, origin)
    assert len(found["revisions"]) == len(failed.history.revisions)
    assert len(found["requests"]) == len(failed.requests)
    numbers = [each["number"] for each in found["revisions"]]
    assert numbers == sorted(numbers)


def test_each_revision_says_who_wrote_what(failed, origin):
    found = whole(failed, origin)["revisions"]
    labelled = next(each for each in found if "kubeblocks.io/role (none) -> primary" in each["text"])
    assert labelled["writer"] == "event-controller"
    assert (labelled["type"], labelled["kind"], labelled["name"]) == ("MODIFIED", "Pod", "c1-mysql-0")
    assert "kubeblocks.io/role" not in labelled["before"]["metadata"]["labels"]
    assert labelled["after"]["metadata"]["labels"]["kubeblocks.io/role"] == "primary"


@pytest.mark.parametrize("verdict", ["passed", "failed"])
def test_all_of_it_is_json(request, origin, verdict):
    found = whole(request.getfixturevalue(verdict), origin)
    assert strict(found) == found


@pytest.mark.parametrize("query", ["to_number('NaN')", "to_number('inf')", "`1e999`", "sum([`1e308`, `1e308`])"])
def test_a_query_finds_no_number_that_json_has_not(perform, origin, query):
    expectation = f'{{$jmespath: "{query}", $is: 1}}'
    verdict = perform(f"expect: {{object: {{kind: Pod, name: c1-mysql-0}}, matches: {expectation}, within: 1s}}")
    assert strict(summary(verdict, origin))["verdict"] == "failed"
