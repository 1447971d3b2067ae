"""One inner pytest per test, in an empty directory."""

import pytest

import pytest_kbevents.plugin.listing  # noqa: F401 - with all below it, so that an inner pytest does not import it anew

SCENARIO = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: mine, labels: {area: own, level: SHOULD}}
spec:
  description: One Pod reports primary and gets the label.
  cluster: {component: mysql, replicas: 3, roles: [{name: primary, exclusive: true}]}
  values: {old: "{{ pod(0) }}"}
  steps:
  - agent: {pod: "{{ old }}", roleProbe: primary}
  - expect: {pod: "{{ old }}", role: primary, within: 5s}
"""


@pytest.fixture
def run(pytester, monkeypatch):
    """Run pytest with these arguments; warnings are errors, and no variable of the outer world is seen."""
    for name in ("KB_SCENARIO", "KB_CLUSTER", "KB_CONTROLLER", "KB_RELEASE", "KB_SEED", "KB_LEVEL", "KB_REPORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # nobody else's plugin

    def run(*arguments):
        imported = "ignore::pytest.PytestAssertRewriteWarning"  # by this very module, before the inner pytest
        plugin = ("-p", "pytest_kbevents.plugin", "-W", "error", "-W", imported)
        return pytester.runpytest_inprocess(*plugin, *arguments)

    return run


@pytest.fixture
def scenario(pytester):
    """Write a scenario of the project's own; ``old`` and ``new`` make a mistake in it."""

    def write(old="", new="", name="mine.yaml"):
        assert old in SCENARIO
        file = pytester.path / "scenarios" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(SCENARIO.replace(old, new) if old else SCENARIO)
        return file

    return write
