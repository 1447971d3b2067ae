"""The fixture ``kb_world``: the language as methods."""

import inspect

import pytest

from pytest_kbevents.scenario import doorkeys
from pytest_kbevents.scenario.check import keys_of
from pytest_kbevents.scenario.door import KbWorld
from pytest_kbevents.scenario.operations.registry import VERBS
from pytest_kbevents.scenario.subjects.registry import SUBJECTS
from pytest_kbevents.scenario.tallies.registry import TALLIES

FAILOVER = """
def test_failover(kb_world):
    old, new, _ = kb_world.pods
    kb_world.never(two_holders_of="primary", longer_than="1s")
    kb_world.agent(old, role_probe="primary")
    kb_world.agent(new, role_probe="secondary")
    kb_world.expect(service="mysql-rw", routes_to=[old])
    kb_world.agent(old, down=True)
    kb_world.agent(new, role_probe="primary")
    kb_world.expect(service="mysql-rw", routes_to=[new])
    kb_world.event("roleProbe", pod=old, role="primary", event_time="-30s")
    kb_world.stays(service="mysql-rw", routes_to=[new], for_="30s")
"""


def test_a_failover_passes(run, pytester):
    pytester.makepyfile(FAILOVER)
    run().assert_outcomes(passed=1)


def test_it_fails_on_a_bad_release_at_the_line_of_the_test_with_the_report(run, pytester):
    pytester.makepyfile(test_mine=FAILOVER)
    result = run("--kb-release", "1.0.0")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*never two_holders_of primary: c1-mysql-0 and c1-mysql-1 hold it*", "*at *test_mine.py:9:1, step expect"]
    )


def test_what_was_still_open_is_decided_at_the_end(run, pytester):
    pytester.makepyfile("def test_it(kb_world): kb_world.never(two_holders_of='primary')")
    result = run()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*there never was a holder of primary, so that nothing was judged"])


def test_a_mistake_is_told_at_its_line(run, pytester):
    pytester.makepyfile(test_mine="def test_it(kb_world): kb_world.agent(kb_world.pods[0], roleProb='primary')")
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*test_mine.py:1:1: unknown key 'roleProb'; did you mean 'roleProbe'? *"])


def test_the_workload_can_be_another(run, pytester):
    pytester.makepyfile(
        """
        import pytest

        @pytest.fixture
        def kb_workload(kb_workload):
            return {**kb_workload, "replicas": 1, "component": "pg"}

        def test_it(kb_world):
            assert kb_world.pods == ["c1-pg-0"]
            kb_world.agent("c1-pg-0", role_probe="primary")
            kb_world.expect(pod="c1-pg-0", role="primary")
            uid = kb_world.bind("Pod", "c1-pg-0", "metadata.uid")
            kb_world.pod("c1-pg-0", "recreate")
            assert kb_world.bind("Pod", "c1-pg-0", "metadata.uid") != uid
            kb_world.exactly(1, writes={"kind": "Pod", "field": ["metadata", "labels", "kubeblocks.io/role"],
                                        "by": "event-controller"}, for_="5s")
        """
    )
    run().assert_outcomes(passed=1)


def test_courses_go_on_at_once(run, pytester):
    pytester.makepyfile(
        """
        def test_it(kb_world):
            pods = kb_world.pods
            kb_world.parallel(
                *([{"agent": {"pod": pod, "roleProbe": "secondary"}}, {"expect": {"pod": pod, "role": "secondary"}}]
                  for pod in pods[1:]),
            )
            assert kb_world.verdict.passed
        """
    )
    run().assert_outcomes(passed=1)


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "use"])  # Python has functions
def test_every_verb_is_a_method(verb):
    assert callable(getattr(KbWorld, verb))


def keyed(keys):
    return {key.rstrip("_") for key in keys.__annotations__}


@pytest.mark.parametrize(
    ("verb", "keys"),
    [
        ("agent", doorkeys.AgentKeys),
        ("event", doorkeys.EventKeys),
        ("fault", doorkeys.FaultKeys),
        ("run", doorkeys.RunKeys),
    ],
)
def test_a_method_takes_all_keys_of_its_verb(verb, keys):
    parameters = inspect.signature(getattr(KbWorld, verb)).parameters
    missing = [
        name
        for name, field in VERBS[verb].model_fields.items()
        if not {name, field.alias} & (keyed(keys) | parameters.keys())
    ]
    assert [name for name in missing if (verb, name) != ("run", "bind")] == []


@pytest.mark.parametrize(
    ("keys", "models"), [(doorkeys.SubjectKeys, SUBJECTS), (doorkeys.TallyKeys, TALLIES)], ids=["subjects", "tallies"]
)
def test_judgements_take_all_keys_of_what_they_are_about(keys, models):
    assert {key for model in models.values() for key in keys_of(model)} == keyed(keys)
