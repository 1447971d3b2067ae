"""Every knob, once: its flag, ini key, environment variable, default and documentation are derived from this table.

``python -m pytest_kbevents.settings`` prints docs/reference/settings.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from pytest_kbevents.errors import SettingError
from pytest_kbevents.releases import DEFAULT_RELEASE, RELEASES

CLUSTERS = ("embedded", "local", "envtest")
CONTROLLERS = ("reference", "none")
LEVELS = ("MUST", "SHOULD", "MAY")
SUFFIXES = (".yaml", ".yml")
"""Of files of scenarios."""


Keep = Literal["never", "failed", "always"]
"""What --kb-keep takes."""


def _text(value: str) -> str:
    return value


def _seed(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise ValueError("must be a whole number, 0 or more")
    return int(value)


def _scale(value: str) -> float:
    try:
        scale = float(value)
    except ValueError:
        scale = 0.0
    if not 0 < scale < float("inf"):
        raise ValueError("must be a number above 0, such as 2 or 0.5")
    return scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """One setting. ``name`` is its field in ``Settings``; ``help`` is a phrase without a full stop."""

    name: str
    help: str
    flag: str
    metavar: str = ""
    default: Any = None
    parse: Callable[[str], Any] = _text
    choices: tuple[str, ...] = ()
    repeatable: bool = False
    """Given more than once; in ini and environment, values are separated by white space."""
    switch: bool = False
    """A flag without a value, and nothing else."""

    @property
    def ini(self) -> str:
        """``--kb-time-scale`` is ``kb_time_scale``."""
        return self.flag.removeprefix("--").replace("-", "_")

    @property
    def env(self) -> str:
        """``--kb-time-scale`` is ``KB_TIME_SCALE``."""
        return self.ini.upper()

    def read(self, given: str, place: str) -> Any:
        """The value of a text. Raises SettingError naming ``place``."""
        values = tuple(self._one(word, place) for word in (given.split() if self.repeatable else [given]))
        return values if self.repeatable else values[0]

    def _one(self, word: str, place: str) -> Any:
        if self.choices and word not in self.choices:
            raise SettingError(f"{place}: unknown value {word!r}; one of {', '.join(self.choices)}")
        try:
            return self.parse(word)
        except ValueError as error:
            raise SettingError(f"{place}: {word!r} {error}") from None


KNOBS = (
    Knob(
        name="scenarios",
        flag="--kb-scenario",
        metavar="SELECTOR",
        default=(),
        repeatable=True,
        help="Run these scenarios: a name, a glob over names, a label as area=role, a file or a folder",
    ),
    Knob(
        name="lists",
        flag="--kb-list",
        switch=True,
        default=False,
        help="List the scenarios that would run, and run nothing",
    ),
    Knob(
        name="cluster",
        flag="--kb-cluster",
        metavar="NAME",
        choices=CLUSTERS,
        default="embedded",
        help="Where worlds run: embedded (in process, virtual time), local (the same API server over loopback HTTP, "
        "wall clock) or envtest (a real kube-apiserver and etcd from the folder KUBEBUILDER_ASSETS)",
    ),
    Knob(
        name="controller",
        flag="--kb-controller",
        metavar="NAME",
        choices=CONTROLLERS,
        default="reference",
        help="Which event controller is deployed: reference (ours) or none",
    ),
    Knob(
        name="releases",
        flag="--kb-release",
        metavar="NAME",
        choices=RELEASES,
        default=(DEFAULT_RELEASE,),
        repeatable=True,
        help="Whose behaviour reference controller and agents have; given more than once, each scenario runs with each",
    ),
    Knob(
        name="level",
        flag="--kb-level",
        metavar="LEVEL",
        choices=LEVELS,
        default="MAY",
        help="Lowest conformance level to run: MUST, SHOULD or MAY",
    ),
    Knob(
        name="report",
        flag="--kb-report",
        metavar="DIR",
        default="",
        help="Write to DIR, for every run, its verdict (JSON), its history (a JSON document a revision and line), the "
        "scenario as it was played (YAML) and a page that shows what happened (HTML, see --kb-keep); and, for all of "
        "them, conformance.json",
    ),
    Knob(
        name="keep",
        flag="--kb-keep",
        metavar="WHEN",
        choices=get_args(Keep),
        default="failed",
        help="Of which runs the report has a page: never, failed or always",
    ),
    Knob(
        name="commands",
        flag="--kb-allow-commands",
        switch=True,
        default=False,
        help="Run scenarios whose databases answer by running real commands on this machine",
    ),
    Knob(
        name="seed",
        flag="--kb-seed",
        metavar="N",
        parse=_seed,
        default=0,
        help="What fixes the order of a simulated world: the same seed gives the same run",
    ),
    Knob(
        name="time_scale",
        flag="--kb-time-scale",
        metavar="F",
        parse=_scale,
        default=1.0,
        help="Stretch every wait by this factor, on slow clusters",
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force."""

    scenarios: tuple[str, ...]
    lists: bool
    cluster: str
    controller: str
    releases: tuple[str, ...]
    level: str
    report: str
    keep: Keep
    commands: bool
    seed: int
    time_scale: float


def resolve(flags: Mapping[str, Any], ini: Mapping[str, str], env: Mapping[str, str]) -> Settings:
    """A flag beats the environment, which beats ini, which beats the default.

    Args:
        flags: by knob name, what the command line gave: None, a text, a list of texts, or True for a switch.
        ini: by ini key; empty text is not set.
        env: the process's environment.

    Raises:
        SettingError: a value cannot be used; the text names where it was given.
    """
    return Settings(**{knob.name: _value(knob, flags.get(knob.name), ini, env) for knob in KNOBS})


def _value(knob: Knob, flag: Any, ini: Mapping[str, str], env: Mapping[str, str]) -> Any:
    if knob.switch:
        return bool(flag)
    if flag:
        words = flag if isinstance(flag, list) else [flag]
        values = [knob.read(word, knob.flag) for word in words]
        return tuple(dict.fromkeys(value for each in values for value in each)) if knob.repeatable else values[0]
    for given, place in ((env.get(knob.env), knob.env), (ini.get(knob.ini), f"ini {knob.ini}")):
        if given:
            return knob.read(given, place)
    return knob.default


def reference() -> str:
    """docs/reference/settings.md."""
    lines = [
        "# Settings",
        "",
        "A flag beats its environment variable, which beats the ini key, which beats the default. Generated by",
        "`python -m pytest_kbevents.settings`.",
        "",
        "| flag | ini | environment | default | meaning |",
        "| --- | --- | --- | --- | --- |",
    ]
    for knob in KNOBS:
        flag = f"`{knob.flag} {knob.metavar}`".replace(" `", "`") + (" (repeatable)" if knob.repeatable else "")
        elsewhere = ("", "") if knob.switch else (f"`{knob.ini}`", f"`{knob.env}`")
        default = " ".join(knob.default) if knob.repeatable else "" if knob.switch else str(knob.default)
        choices = f". One of {', '.join(f'`{choice}`' for choice in knob.choices)}" if knob.choices else ""
        lines.append(
            f"| {flag} | {elsewhere[0]} | {elsewhere[1]} | {f'`{default}`' if default else ''} | {knob.help}{choices} |"
        )
    return "\n".join(lines) + "\n"


assert {field.name for field in fields(Settings)} == {knob.name for knob in KNOBS}, "every setting is a knob"

if __name__ == "__main__":
    import sys

    sys.stdout.write(reference())
