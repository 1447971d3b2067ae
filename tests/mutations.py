"""What the catalog catches: every scenario with the controller dead, with each handler taken out, and with each
behaviour that releases differ in put to each other value. ``python tests/mutations.py`` prints
docs/reference/mutations.md.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

from pytest_kbevents.agent import releases as agents
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment import releases as producers
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.reconciler import releases as controllers
from pytest_kbevents.releases import RELEASES
from pytest_kbevents.scenario import catalog, runner
from pytest_kbevents.scenario.schema import BEHAVIOURS

SCENARIOS = catalog.scenarios([catalog.shipped()], Path.cwd())
HANDLERS = ("role", "available", "task")
TABLES = (controllers.TABLE, agents.TABLE, producers.TABLE)

ELSEWHERE = {
    "max_concurrency": "tests/unit/cli/test_agent_arguments.py: how many connections where no flag says",
    "callers_say_non_blocking": "tests/unit/agent/test_calls.py: who is told of the result, and how often",
    "workers": "tests/live/test_workers.py: a write that is held up shows who works beside whom",
}
"""Behaviours that no scenario can show in one thread, and the test that shows them."""

NAMES = (
    "controller dead",
    *(f"without the {handler} handler" for handler in HANDLERS),
    *(name for name, each in BEHAVIOURS.items() if len(set(each.values.values())) > 1),
)
SHOWN = 6


def table_of(behaviour):
    """The table that has it."""
    return next(table for table in TABLES if hasattr(table["main"], behaviour))


@dataclass(frozen=True)
class Mutation:
    """``name`` is what is reported; ``field`` and ``value`` are what is put into a release's column."""

    name: str
    field: str = ""
    value: object = None

    def column(self, release):
        """The table that it changes, and what its column becomes; None where it would change nothing."""
        table = table_of(self.field)
        column = table[release]
        value = self.value
        if self.name.startswith("without"):
            value = tuple(each for each in column.handlers if each != value)
        return None if getattr(column, self.field) == value else (table, replace(column, **{self.field: value}))


def mutations() -> Iterator[Mutation]:
    """All, in the order of the table."""
    yield Mutation("controller dead")
    for handler in HANDLERS:
        yield Mutation(f"without the {handler} handler", "handlers", handler)
    for name, row in BEHAVIOURS.items():
        for value in dict.fromkeys(row.values[release] for release in RELEASES):
            yield Mutation(name, name, value)


def good_release(scenario):
    """The newest on which it passes."""
    return max((release for release in RELEASES if scenario.says_of(release) == "passes"), key=RELEASES.index)


def caught_by(name) -> list[str]:
    """The names of the mutations with which a scenario fails on a release on which it passes: the newest one; and, for
    those that it is about, any, or with which it passes on one on which it fails.
    """
    scenario = SCENARIOS[name]
    newest = good_release(scenario)
    found = [each.name for each in mutations() if _fails(scenario, newest, each)]
    about = scenario.releases.behaviours if scenario.releases else []
    found += [behaviour for behaviour in about if behaviour not in found and _differs(scenario, behaviour)]
    return list(dict.fromkeys(found))


def _fails(scenario, release, mutation) -> bool:
    if not mutation.field:
        return not _run(scenario, release, "none")
    return _passes_with(scenario, release, mutation) is False


def _differs(scenario, behaviour) -> bool:
    values = BEHAVIOURS[behaviour].values
    flips = [Mutation(behaviour, behaviour, value) for value in dict.fromkeys(values.values())]
    good = ((each, False) for each in scenario.releases.passes_on[::-1])
    bad = ((each, True) for each in scenario.releases.fails_on[::-1])
    return any(_passes_with(scenario, release, flip) is outcome for release, outcome in (*good, *bad) for flip in flips)


def _passes_with(scenario, release, mutation) -> bool | None:
    """Whether it passes; None where nothing is changed."""
    changed = mutation.column(release)
    if changed is None:
        return None
    passed, read = untouched(scenario.name, release)
    if mutation.field not in read:
        return passed
    with put(release, *changed):
        return _run(scenario, release)


@cache
def untouched(name, release) -> tuple[bool, set[str]]:
    """Whether a scenario passes as things are, and the behaviours that it asked for: no other can change that."""
    read: set[str] = set()
    with ExitStack() as stack:
        for table in TABLES:
            stack.enter_context(put(release, table, watched(table[release], read)))
        return _run(SCENARIOS[name], release), read


def watched(column, read: set[str]):
    """The same column, which notes what is asked of it."""

    class Watched(type(column)):
        def __getattribute__(self, name):
            read.add(name)
            return super().__getattribute__(name)

    return Watched(**{each.name: getattr(column, each.name) for each in fields(column)})


@contextmanager
def put(release, table, column):
    """A release with another column, for a while."""
    original, table[release] = table[release], column
    try:
        yield
    finally:
        table[release] = original


def _run(scenario, release, controller="reference") -> bool:
    return runner.run(scenario, make("embedded"), Cast(controller, release, 0)).passed


def everything() -> dict[str, list[str]]:
    """By scenario."""
    with ProcessPoolExecutor(2) as pool:
        return dict(zip(SCENARIOS, pool.map(caught_by, SCENARIOS, chunksize=4), strict=True))


def page(caught) -> str:
    """docs/reference/mutations.md."""
    lines = [
        "# What the catalog catches",
        "",
        "Every shipped scenario, on the newest release on which it passes, with the controller dead, with each",
        "handler taken out, and with each behaviour that releases differ in put to each other value: which it notices.",
        "A behaviour that it is about may also show on an older release, or by letting it pass on a bad one.",
        "Generated by `python tests/mutations.py`; a test sees that it is so.",
        "",
        "## By mutation",
        "",
        "| mutation | caught by | by it alone |",
        "| --- | --- | --- |",
        *by_mutation(caught),
        "",
        "## By scenario",
        "",
        "| scenario | release | fails with |",
        "| --- | --- | --- |",
        *(row(scenario, names) for scenario, names in caught.items()),
    ]
    return "\n".join(lines) + "\n"


def by_mutation(caught) -> Iterator[str]:
    """A row each; what no scenario catches names the test that does."""
    for name in NAMES:
        by = [scenario for scenario, names in caught.items() if name in names]
        told = ", ".join(by) if len(by) <= SHOWN else f"{len(by)} of {len(caught)}"
        yield f"| {name} | {told or ELSEWHERE.get(name, 'nothing')} | {'yes' if len(by) == 1 else ''} |"


def row(scenario, names) -> str:
    """Of one scenario."""
    return f"| {scenario} | {good_release(SCENARIOS[scenario])} | {', '.join(names)} |"


if __name__ == "__main__":
    import sys

    sys.stdout.write(page(everything()))
