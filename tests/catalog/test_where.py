"""docs/reference/fidelity.md says of the catalog, as it is, what runs where."""

import re
from pathlib import Path

from pytest_kbevents.cluster.backend import CONTROLLER, REQUESTS, VIRTUAL_TIME
from pytest_kbevents.releases import RELEASES
from pytest_kbevents.scenario import catalog

RULES = (Path(__file__).parents[1] / "conformance" / "worlds.md").read_text(encoding="utf-8")
SCENARIOS = catalog.scenarios([catalog.shipped()], Path.cwd())
OF_FIXED = [scenario for scenario in SCENARIOS.values() if scenario.says_of("fixed")]


def without(*lacking):
    return str(sum(not {*lacking} & {*scenario.needs} for scenario in OF_FIXED))


def test_those_that_run_beside_the_tests_are_named():
    named = re.search(r"In the catalog: (.*?)\n2\.", RULES, re.DOTALL)[1]
    assert re.findall(r"`([\w-]+)`", named) == sorted(
        name for name, each in SCENARIOS.items() if REQUESTS in each.needs
    )


def test_as_many_run_as_is_said():
    runs = re.findall(r"^   \| `(\S+)` \| (.+?) \| (\d+) \|", RULES, re.MULTILINE)
    assert runs == [
        ("reference", "`embedded`", without()),
        ("reference", "any other", without(VIRTUAL_TIME)),
        ("exec:", "any but `embedded`", without(VIRTUAL_TIME, REQUESTS)),
        ("external", "any but `embedded`", without(VIRTUAL_TIME, REQUESTS, CONTROLLER)),
    ]


def test_as_many_cells_are_compared_as_is_said():
    everywhere = [scenario for scenario in SCENARIOS.values() if VIRTUAL_TIME not in scenario.needs]
    cells = sum(scenario.says_of(release) is not None for scenario in everywhere for release in RELEASES)
    assert f"the {len(SCENARIOS)} scenarios" in RULES
    assert f"the {len(OF_FIXED)} scenarios that speak of `fixed`" in RULES
    assert f"all {cells} cells" in RULES
