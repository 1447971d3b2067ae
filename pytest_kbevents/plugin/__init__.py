"""Door one: pytest. The only package that imports pytest.

May live here: options, collection, items, fixtures, and how a verdict is shown. May not: anything that a scenario run
outside pytest would need. This file is imported with every pytest in the environment: what is heavy waits until a
scenario is wanted.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_kbevents.errors import ClusterFailed, InputError
from pytest_kbevents.plugin.gate import Gate
from pytest_kbevents.settings import KNOBS, SHARED, SUFFIXES, Settings, resolve

if TYPE_CHECKING:
    from kubernetes.client import ApiClient

    from pytest_kbevents.plugin.fixtures import Run
    from pytest_kbevents.plugin.session import KbCluster, ScenarioSession
    from pytest_kbevents.scenario.door import KbWorld

SETTINGS = pytest.StashKey[Settings]()
SESSION = pytest.StashKey["ScenarioSession"]()

_HEAD = 4096
_MARK = b"kbevents/v1"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Every knob as a flag and an ini key."""
    group = parser.getgroup("kbevents", "KubeBlocks event scenarios")
    for knob in KNOBS:
        if knob.switch:
            group.addoption(knob.flag, action="store_true", dest=f"kb_{knob.name}", help=knob.help)
            continue
        action = "append" if knob.repeatable else "store"
        group.addoption(knob.flag, action=action, dest=f"kb_{knob.name}", metavar=knob.metavar, help=knob.help)
        parser.addini(knob.ini, help=knob.help, default="")


def pytest_configure(config: pytest.Config) -> None:
    """Read the settings; where scenarios are wanted and no paths are given, collect nothing else."""
    settings = _settings(config)
    config.stash[SETTINGS] = settings
    if settings.scenarios and config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args = []
    config.pluginmanager.register(Gate(config, settings, lambda nodeid: _told(config, nodeid)), "kbevents gate")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the cluster down, if one was brought up."""
    session = config.stash.get(SESSION, None)
    if session is not None:
        session.close()


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """``--kb-list`` instead of a run."""
    if not config.getoption("kb_lists"):
        return None
    from pytest_kbevents.plugin.listing import listing

    settings = _settings(config)
    with _usage_errors():
        print(listing(settings, config.rootpath, config.invocation_params.dir))  # noqa: T201 - it is what was asked for
    return 0


def pytest_report_header(config: pytest.Config) -> str | None:
    """What a run's verdicts depend on."""
    settings = config.stash[SETTINGS]
    if not settings.scenarios and SESSION not in config.stash:
        return None
    from pytest_kbevents import __version__

    releases = ", ".join(settings.releases)
    return (
        f"kbevents {__version__}: cluster {settings.cluster}, controller {settings.controller}, "
        f"release {releases}, seed {settings.seed}"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """A scenario file named on the command line must be readable. Where xdist's workers collect, what they select is
    selected here, too: nobody hears a worker's usage error.
    """
    config = session.config
    tells = not _is_worker(config)
    with _usage_errors():
        for arg in config.args:
            path = Path(arg.partition("::")[0])
            if path.is_file() and _is_scenario(path):
                _session(config).read(path, tells=tells)
        if config.stash[SETTINGS].scenarios and config.pluginmanager.has_plugin("dsession"):
            _session(config).select()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the selected scenarios to what the paths gave, of which those stay that are of the level."""
    if config.stash[SETTINGS].scenarios:
        from pytest_kbevents.plugin.items import selected

        with _usage_errors():
            items.extend(selected(_session(config), session, tells=not _is_worker(config)))
    if SESSION in config.stash:
        from pytest_kbevents.plugin.items import below

        if left := below(_session(config), items):
            items[:] = [item for item in items if item not in left]
            config.hook.pytest_deselected(items=left)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """Bring the cluster up where scenarios are to run: one that cannot be used is a usage error, and no test's. Where
    xdist's workers run them, one that they share comes up here, so that it is told what it waits for.
    """
    config = session.config
    if SESSION not in config.stash or config.option.collectonly or _is_worker(config):
        return
    from pytest_kbevents.plugin.items import ScenarioItem

    shared = config.pluginmanager.has_plugin("dsession") and config.stash[SETTINGS].cluster in SHARED
    if shared or any(isinstance(item, ScenarioItem) for item in session.items):
        with _usage_errors(), suppress(ClusterFailed):  # the tests tell that, each for itself
            _session(config).cluster()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A scenario file in a folder ``scenarios``, or named on the command line."""
    named = str(file_path) in {str(Path(arg.partition("::")[0]).absolute()) for arg in parent.config.args}
    if not (named or "scenarios" in file_path.parent.parts) or not _is_scenario(file_path):
        return None
    from pytest_kbevents.plugin.items import ScenarioFile
    from pytest_kbevents.scenario.catalog import is_included

    if is_included(file_path.read_bytes()):
        return None

    return ScenarioFile.from_parent(parent, path=file_path, scenarios=_session(parent.config))


@pytest.fixture(scope="session")
def kb_cluster(request: pytest.FixtureRequest) -> KbCluster:
    """The cluster of this session, up: its name, what it has, and the kubeconfig by which other programs find it."""
    return _session(request.config).cluster()


@pytest.fixture
def kb_client(kb_world: KbWorld) -> Iterator[ApiClient]:
    """An official ``kubernetes`` ApiClient for the cluster of ``kb_world``; its namespace is ``kb_world.namespace``."""
    from pytest_kbevents.plugin.fixtures import api_client

    with api_client(kb_world) as client:
        yield client


@pytest.fixture
def kb_run(request: pytest.FixtureRequest) -> Run:
    """Run a scenario given by name, path, mapping or text; returns its ``Verdict``."""
    from pytest_kbevents.plugin.fixtures import Run

    return Run(_session(request.config))


@pytest.fixture
def kb_workload() -> Mapping[str, Any]:
    """What ``kb_world`` begins with: the keys of a scenario's ``cluster``. To be overridden."""
    roles = [{"name": "primary", "exclusive": True}, {"name": "secondary"}]
    return {
        "component": "mysql",
        "replicas": 3,
        "roles": roles,
        "services": [{"name": "mysql-rw", "role": "primary"}, {"name": "mysql-ro", "role": "secondary"}],
    }


@pytest.fixture
def kb_needs() -> Sequence[str]:
    """What ``kb_world`` must have beyond what every cluster has, such as ``requests`` for faults. To be overridden."""
    return ()


@pytest.fixture
def kb_world(
    request: pytest.FixtureRequest, kb_workload: Mapping[str, Any], kb_needs: Sequence[str]
) -> Iterator[KbWorld]:
    """A world of this test's own, with a controller and agents; the language's operations and judgements are methods.
    At the end what is still open is decided.
    """
    from pytest_kbevents.plugin.fixtures import opened

    with opened(_session(request.config), request.node.name, kb_workload, kb_needs) as world:
        yield world


def _settings(config: pytest.Config) -> Settings:
    flags = {knob.name: config.getoption(f"kb_{knob.name}") for knob in KNOBS}
    ini = {knob.ini: str(config.getini(knob.ini)) for knob in KNOBS if not knob.switch}
    with _usage_errors():
        return resolve(flags, ini, os.environ)


def _session(config: pytest.Config) -> ScenarioSession:
    if SESSION not in config.stash:
        from pytest_kbevents.plugin.progress import teller
        from pytest_kbevents.plugin.session import ScenarioSession

        config.stash[SESSION] = ScenarioSession(
            config.stash[SETTINGS], config.rootpath, config.invocation_params.dir, teller(config)
        )
    return config.stash[SESSION]


def _told(config: pytest.Config, nodeid: str) -> list[tuple[str, str]]:
    """The properties of a test that ran, or would have, in another process; none if it is no scenario's."""
    from pytest_kbevents.plugin.conformance import properties

    found = _session(config).case(nodeid)
    return properties(*found, config.stash[SETTINGS]) if found else []


def _is_worker(config: pytest.Config) -> bool:
    """Whether this is a process of xdist's that runs tests."""
    return hasattr(config, "workerinput")


def _is_scenario(path: Path) -> bool:
    if path.suffix not in SUFFIXES:
        return False
    with path.open("rb") as file:
        return _MARK in file.read(_HEAD)


@contextmanager
def _usage_errors() -> Iterator[None]:
    """What users wrote wrong is told by pytest in one line, with exit code 4."""
    try:
        yield
    except InputError as error:
        raise pytest.UsageError(str(error)) from None
    except UserWarning as warning:  # where warnings are errors
        raise pytest.UsageError(str(warning)) from None
