"""What one pytest session has: settings, the scenarios, and a cluster that comes up with the first world."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pytest_kbevents.cluster.backend import REQUESTS, Backend
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast, World
from pytest_kbevents.errors import ClusterFailed, InputError, ScenarioError, SelectionError, SettingError
from pytest_kbevents.plugin.lacking import lack
from pytest_kbevents.plugin.telling import tell
from pytest_kbevents.scenario import catalog, runner
from pytest_kbevents.scenario.catalog import Choice, Entry
from pytest_kbevents.scenario.conductor import Heard
from pytest_kbevents.scenario.lint import lint
from pytest_kbevents.scenario.reports.document import Origin
from pytest_kbevents.scenario.reports.folder import Folder
from pytest_kbevents.scenario.scenario import Scenario
from pytest_kbevents.scenario.verdict import Verdict
from pytest_kbevents.settings import KNOBS, LEVELS, SUFFIXES, Settings


@dataclass(frozen=True, slots=True)
class KbCluster:
    """A cluster that is up. ``kubeconfig`` is None where no other process reaches it."""

    name: str
    has: frozenset[str]
    kubeconfig: Path | None


class ScenarioSession:
    """Shared by all items of a session; ``close`` takes the cluster down."""

    def __init__(
        self, settings: Settings, root: Path, base: Path, tell: Callable[[str], None] = lambda _: None
    ) -> None:
        """``tell`` is told what the cluster waits for while it comes up."""
        self.settings = settings
        self._tell = tell
        self._failed = False
        self._refused: SettingError | ClusterFailed | None = None
        """Why there is no cluster."""
        self._root = root
        self._base = base
        self._backend: Backend | None = None
        self._started = False
        self._entries: dict[Path, Entry] = {}
        self._seen: set[Path] = set()
        """Files that were looked through."""
        self._folder = Folder(base / settings.report, settings.keep, settings.seed) if settings.report else None
        """Where reports go, if anywhere."""

    @property
    def folders(self) -> list[Path]:
        """Where names are looked up: the project's own scenarios, then the shipped ones."""
        own = dict.fromkeys(folder / "scenarios" for folder in (self._base, self._root))
        return [folder for folder in (*own, catalog.shipped()) if folder.is_dir()]

    def select(self, *, tells: bool = True) -> list[Choice]:
        """What --kb-scenario and --kb-level choose; without a selector, all. Raises SelectionError, ScenarioError."""
        selectors = self.settings.scenarios or ("*",)
        found = catalog.select(selectors, self.folders, self._base)
        self._entries |= {choice.entry.path: choice.entry for choice in found}
        levelled = [replace(each, scenarios=tuple(filter(self.is_of_level, each.scenarios))) for each in found]
        chosen = [choice for choice in levelled if choice.scenarios]
        for choice in chosen:
            self._look_through(choice.entry, tells=tells)
        return chosen

    def is_of_level(self, scenario: Scenario) -> bool:
        """Whether --kb-level takes it."""
        return LEVELS.index(scenario.level) <= LEVELS.index(self.settings.level)

    def named(self, name: str) -> Scenario:
        """One scenario by its name or file. Raises SelectionError, ScenarioError."""
        found = catalog.select([name], self.folders, self._base)[0].scenarios
        if len(found) > 1:
            names = ", ".join(each.name for each in found)
            raise SelectionError(f"{name} has a matrix and stands for {len(found)} scenarios; name one of {names}")
        return found[0]

    def read(self, path: Path, *, tells: bool = True) -> Entry:
        """One file, read when it is first asked for. Raises ScenarioError."""
        path = path.resolve()
        if path not in self._entries:
            self._entries[path] = catalog.load(path, self._base)
        self._look_through(self._entries[path], tells=tells)
        return self._entries[path]

    def case(self, nodeid: str) -> tuple[Scenario, str] | None:
        """The scenario and the release that a test id means; None when it is no scenario's."""
        file, _, name = nodeid.partition("::")
        if not file.endswith(SUFFIXES):
            return None
        known = (entry for path, entry in self._entries.items() if self.told(path) == file)
        try:
            cases = (next(known, None) or catalog.load(self._root / file, self._base)).cases()
        except (InputError, OSError):
            return None
        names = {f"{each.name}[{release}]": (each, release) for each in cases for release in self.settings.releases}
        return names.get(name)

    def run(self, scenario: Scenario, release: str, seed: int | None = None, heard: Heard = lambda _: None) -> Verdict:
        """Run it in a world of its own, and write down what is asked for. Raises SettingError, ScenarioError."""
        self._raise_distrust(scenario)
        seed = self.settings.seed if seed is None else seed
        verdict = runner.run(
            scenario, self._cluster(), self._cast(scenario, release, seed), self.settings.time_scale, heard
        )
        self._failed = self._failed or not verdict.passed
        if self._folder is not None:
            command = self.command(scenario, release, seed)
            self._folder.write(verdict, Origin(self.settings.cluster, command))
        return verdict

    @contextmanager
    def world(self, scenario: Scenario) -> Iterator[tuple[World, Cast]]:
        """An open world, with the first release of the settings."""
        cast = self._cast(scenario, self.settings.releases[0], self.settings.seed)
        world = runner.opened(scenario, self._cluster(), cast)
        try:
            yield world, cast
        finally:
            world.close()

    def lacks(self, scenario: Scenario) -> str:
        """Why it cannot run here; ``""`` when it can. Raises SettingError, ClusterFailed: what a cluster has is known
        once it is up.
        """
        settings = self.settings
        here = f"--kb-cluster {settings.cluster} with --kb-controller {settings.controller}"
        return lack(scenario, here, self._cluster().has if scenario.needs else frozenset(), settings.controller)

    def _cast(self, scenario: Scenario, release: str, seed: int) -> Cast:
        """Faults reach requests in this process alone, and so do those who make them, where a scenario needs that."""
        keeps = self.settings.keep == "always"
        is_beside = REQUESTS in scenario.needs
        return Cast(self.settings.controller, release, seed, is_beside=is_beside, keeps_failed=keeps)

    def _look_through(self, entry: Entry, *, tells: bool) -> None:
        """Tell what is wrong though it can be read; once a file, and never of shipped ones. Raises ScenarioError."""
        if entry.path in self._seen:
            return
        self._seen.add(entry.path)
        for scenario in entry.cases():
            self._raise_distrust(scenario)
            if self._folder is not None:
                self._folder.claim(scenario)  # now, in the order in which every worker collects
        if tells and not entry.path.is_relative_to(catalog.shipped().resolve()):
            tell(lint(entry.cases()))

    def _raise_distrust(self, scenario: Scenario) -> None:
        """Raises ScenarioError when it runs real commands and that was not allowed."""
        if scenario.command is not None and not self.settings.commands:
            problem = "this runs a real command on this machine; allow it with --kb-allow-commands"
            raise ScenarioError(scenario.command, problem)

    def command(self, scenario: Scenario, release: str, seed: int) -> str:
        """The command line that repeats a run, for a shell: all that differs from the defaults, and the seed."""
        path = (self._base / scenario.document.file).resolve()
        found = any(path.is_relative_to(folder.resolve()) for folder in self.folders)
        name = scenario.name.partition("@")[0]
        alone = not any(entry.name == name for other, entry in self._entries.items() if other != path)
        selector = _whole(scenario.name) if found and alone else scenario.document.file
        parts = ["--kb-scenario", selector, "--kb-release", release]
        told = {knob.name for knob in KNOBS if self.settings.cluster in knob.only_on}
        told |= {"cluster", "controller", "time_scale", "commands"}
        for knob in KNOBS:
            value = seed if knob.name == "seed" else getattr(self.settings, knob.name)
            if knob.switch and knob.name in told and value:
                parts.append(knob.flag)
            elif knob.name == "seed" or (knob.name in told and value != knob.default):
                parts += [knob.flag, str(value)]
        return shlex.join(["pytest", *parts])

    def told(self, path: Path) -> str:
        """A file as test ids spell it."""
        for folder in (self._root, self._base):
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return f"scenarios/{path.relative_to(path.parents[1]).as_posix()}"

    def cluster(self) -> KbCluster:
        """The session's cluster, brought up if it is not. Raises SettingError, ClusterFailed."""
        backend = self._cluster()
        return KbCluster(self.settings.cluster, backend.has, backend.kubeconfig)

    def close(self) -> None:
        """Take the cluster down, if it came up."""
        if self._backend is not None and self._started:
            if self._failed and self.settings.report:
                self._backend.collect(self._base / self.settings.report / "cluster")
            self._backend.stop()
        self._backend, self._started = None, False

    def _cluster(self) -> Backend:
        backend = self._backend_made()
        if self._refused is not None:
            raise self._refused  # as it was: what takes a minute to fail is not tried for each scenario
        if not self._started:
            try:
                backend.start()
            except (SettingError, ClusterFailed) as error:
                self._refused = error
                raise
            self._started = True
        return backend

    def _backend_made(self) -> Backend:
        if self._backend is None:
            self._backend = make(self.settings.cluster, self.settings, self._tell)
        return self._backend


def _whole(name: str) -> str:
    """A selector of that name. White space would divide it: a glob then stands for it, and for all that globs know."""
    return re.sub(r"[\s\[*?]", "?", name) if re.search(r"\s", name) else name
