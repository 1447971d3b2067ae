"""Each judgement passes, fails, and refuses to prove nothing."""

import pytest

from flips import flipped
from judgementcases import CASES, IDS, text
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read
from pytest_kbevents.scenario.operations.registry import VERBS


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_judgement_comes_to_what_it_must(case, seed):
    verdict = runner.run(read(text(case), "judged.yaml"), make("embedded"), Cast("reference", "fixed", seed))
    found = verdict.finding
    assert (found.problem if found else "").startswith(case.problem)
    assert (verdict.passed, bool(found and found.vacuous)) == (not case.problem, case.vacuous)


@pytest.mark.parametrize("kind", ["passes", "fails", "vacuous"])
def test_every_judgement_has_a_case_of_each_kind(kind):
    judging = {verb for verb, model in VERBS.items() if model.judges}
    assert {name.rpartition("-")[0] for name in IDS if name.endswith(kind)} >= judging


def test_a_flip_of_one_revision_breaks_never_and_is_named():
    verdict, number = flipped(make("embedded"), Cast("reference", "fixed", 0))
    problem = verdict.finding.problem
    assert problem.startswith(f"never Pod c1-mysql-1 has role primary: it is from revision {number} at +")
    assert f" to revision {number + 1} at +" in problem
    times = {each.number: each.micros for each in verdict.history.revisions}
    assert times[number + 1] - times[number] < 2000  # microseconds
