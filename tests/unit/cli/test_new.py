"""``kbevents new``."""

import pytest

from pytest_kbevents.cli import main
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read
from pytest_kbevents.scenario.skeleton import DONE, SEEN

SAYS = "A: what happens, and what must be true"
NOT_ALONE = {"two-primaries": "primary-dies", "wrong-primary": "primary-dies", "task-left": "scaled-out"}
"""What these are about happens only after that."""


@pytest.fixture
def new(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = main(["new", *arguments])
        return code, capsys.readouterr()

    return run


def written(folder):
    file = folder / "scenarios" / "late.yaml"
    return read(file.read_text(encoding="utf-8"), str(file))


@pytest.mark.parametrize("seen", SEEN)
def test_each_thing_seen_is_a_judgement_that_holds_on_fixed(new, tmp_path, seen):
    done = NOT_ALONE.get(seen, "controller-restarted")
    code, _ = new("late", "--says", SAYS, "--done", done, "--seen", seen)
    assert code == 0
    verdict = runner.run(written(tmp_path), make("embedded"), Cast("reference", "fixed", 0))
    assert verdict.finding is None or verdict.finding.vacuous


@pytest.mark.parametrize("done", DONE)
def test_each_thing_done_can_be_read(new, done):
    code, told = new("late", "--says", SAYS, "--done", done, "--seen", "no-primary", "--stdout")
    assert code == 0
    assert SAYS in told.out


def test_what_is_known_stands_in_it(new, tmp_path):
    flags = (
        "--issue",
        "#8822",
        "--issue",
        "9",
        "--fails-on",
        "1.0.0",
        "--component",
        "pg",
        "--role",
        "leader",
        "--replicas",
        "3",
    )
    new("late", "--says", SAYS, "--seen", "no-primary", *flags)
    scenario = written(tmp_path)
    assert scenario.labels == {"area": "role", "level": "MUST", "issue": "8822 9"}
    assert (scenario.releases.passes_on, scenario.releases.fails_on) == (["fixed"], ["1.0.0"])
    assert (scenario.workload.component, scenario.workload.replicas, scenario.workload.roles[0].name) == (
        "pg",
        3,
        "leader",
    )


def test_its_own_words_for_the_roles_and_the_component_stand_everywhere(new, tmp_path):
    seen = ("--seen", "two-primaries", "--seen", "wrong-primary")
    new("late", "--says", SAYS, "--done", "primary-dies", *seen, "--role", "leader", "--component", "primary")
    text = (tmp_path / "scenarios" / "late.yaml").read_text()
    assert "two_holders_of: leader" in text
    assert text.count("service: primary-rw") == 2
    assert text.count("roleProbe: leader") == 2


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["Late Event", "--seen", "no-primary"], "Late Event: a name has lower-case letters"),
        (["late"], "say what was seen, or nothing is judged: --seen with one of two-primaries"),
        (["late", "--seen", "no-primary", "--replicas", "1"], "--replicas 1: the story needs an old and a new Pod"),
    ],
)
def test_what_makes_no_scenario_is_told(new, arguments, problem):
    code, told = new(*arguments, "--says", SAYS)
    assert code == 4
    assert problem in told.err


def test_nothing_is_written_over(new, tmp_path):
    new("late", "--says", SAYS, "--seen", "no-primary")
    there = (tmp_path / "scenarios" / "late.yaml").read_text()
    code, told = new("late", "--says", "other", "--seen", "no-primary")
    assert code == 4
    assert "late.yaml is there already" in told.err
    assert (tmp_path / "scenarios" / "late.yaml").read_text() == there
