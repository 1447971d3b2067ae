"""Judgements in threads, on the wall's clock, mean what they mean in the simulated world."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from flips import flipped
from judgementcases import CASES, IDS, text
from needs import ENVTEST
from pytest_kbevents.cluster import backends
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read

AT_ONCE = 8
CAST = Cast("reference", "fixed", 0)


@pytest.fixture(scope="module", params=["local", pytest.param("envtest", marks=ENVTEST)])
def backend(request):
    backend = backends.make(request.param)
    backend.start()
    yield backend
    backend.stop()


@pytest.fixture(scope="module")
def verdicts(backend):
    """Of all cases, some at once."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        runs = [
            pool.submit(runner.run, read(text(case).replace("judged", f"judged-{number}"), "j.yaml"), backend, CAST)
            for number, case in enumerate(CASES)
        ]
        return [run.result() for run in runs]


@pytest.mark.parametrize("number", range(len(CASES)), ids=IDS)
def test_a_judgement_comes_to_what_it_must(verdicts, number):
    case, found = CASES[number], verdicts[number].finding
    assert (found.problem if found else "").startswith(case.problem)
    assert (verdicts[number].passed, bool(found and found.vacuous)) == (not case.problem, case.vacuous)


def test_a_flip_of_one_revision_breaks_never_and_is_named(backend):
    verdict, number = flipped(backend, CAST)
    assert f"it is from revision {number} at +" in verdict.finding.problem
