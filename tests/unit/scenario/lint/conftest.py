"""Scenarios written in a test, and what the rules find in them."""

import pytest

from pytest_kbevents.scenario.lint import lint
from pytest_kbevents.scenario.loader import read_all

CLUSTER = """\
    component: mysql
    replicas: 2
    roles: [{name: primary, exclusive: true}, {name: secondary}]
    services: [{name: rw, role: primary}, {name: all}]
"""


@pytest.fixture
def problems():
    """Read steps, given as YAML list items, and lint them; ``head`` is more of the spec, ``cluster`` of its cluster.
    With a rule's name: the texts of its problems alone.
    """

    def problems(*steps, head="", cluster="", rule=None, folder=None):
        text = (
            "apiVersion: kbevents/v1\nkind: Scenario\nmetadata: {name: mine}\nspec:\n  description: d\n"
            + "".join(f"  {line}\n" for line in head.splitlines())
            + f"  cluster:\n{CLUSTER}"
            + "".join(f"    {line}\n" for line in cluster.splitlines())
            + "  steps:\n"
            + "".join(f"  - {step}\n" for step in steps)
        )
        found = lint(read_all(text, "mine.yaml", folder))
        return found if rule is None else [each.text for each in found if each.rule == rule]

    return problems
