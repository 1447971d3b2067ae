"""Every knob, once: its flag, ini key, environment variable, default and documentation are derived from this table."""

from __future__ import annotations

import re
import shlex
from typing import Literal, get_args

from pytest_kbevents.releases import DEFAULT_RELEASE, RELEASES
from pytest_kbevents.settings.knob import Knob

CLUSTERS = ("embedded", "local", "envtest", "kind", "kubeconfig")
SHARED = ("kind", "kubeconfig")
"""Those of them that all processes of a session share."""
CONTROLLERS = ("reference", "none", "external")
EXEC = "exec:"
"""Before the command line of a controller that is run beside the tests."""
IMAGE_BASE = "python:3.11-slim"
LEVELS = ("MUST", "SHOULD", "MAY")
SUFFIXES = (".yaml", ".yml")
"""Of files of scenarios."""


Keep = Literal["never", "failed", "always"]
"""What --kb-keep takes."""


def _controller(value: str) -> str:
    if value in CONTROLLERS:
        return value
    if not value.startswith(EXEC):
        raise ValueError(f"is unknown; one of {', '.join(CONTROLLERS)}, {EXEC}COMMAND")
    try:
        words = shlex.split(value.removeprefix(EXEC))
    except ValueError as error:
        raise ValueError(f"is no command line: {error}") from None
    if not words:
        raise ValueError("names no command, such as exec:manager --kubeconfig {kubeconfig}")
    return value


def _seed(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise ValueError("must be a whole number, 0 or more")
    return int(value)


def _cluster_name(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]{0,38}[a-z0-9])?", value):
        raise ValueError("must be lower-case letters, digits, dots and dashes, 40 at most")
    return value


def _scale(value: str) -> float:
    try:
        scale = float(value)
    except ValueError:
        scale = 0.0
    if not 0 < scale < float("inf"):
        raise ValueError("must be a number above 0, such as 2 or 0.5")
    return scale


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
        "wall clock), envtest (a real kube-apiserver and etcd from the folder KUBEBUILDER_ASSETS), kind (a cluster of "
        "this session's own, with kubelets) or kubeconfig (a cluster that is there)",
    ),
    Knob(
        name="controller",
        flag="--kb-controller",
        metavar="NAME",
        parse=_controller,
        default="reference",
        help="Which event controller is under test: reference (ours), none, external (it runs in the cluster) or "
        "exec:COMMAND (run beside the tests for each world; {kubeconfig}, {namespace}, {release} and {health}, a free "
        "HOST:PORT whose /readyz is waited for, are replaced)",
    ),
    Knob(
        name="releases",
        flag="--kb-release",
        metavar="NAME",
        choices=RELEASES,
        default=(DEFAULT_RELEASE,),
        repeatable=True,
        help="Whose behaviour reference controller and agents have, and which is expected of any other; given more "
        "than once, each scenario runs with each",
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
        name="record",
        flag="--kb-track-record",
        metavar="FILE",
        default="",
        help="Run each scenario on every release, unless --kb-release says which, and write to FILE (Markdown) what "
        "came of it; a test passes when the scenario does what it says of the release, for the reason that it gives",
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
        help="Of which runs the report has a page: never, failed or always; with always, a kind cluster stays, and "
        "what failed runs have put into clusters",
    ),
    Knob(
        name="kubeconfig",
        only_on=("kubeconfig",),
        flag="--kb-kubeconfig",
        metavar="FILE",
        default="",
        help="Of the cluster kubeconfig; without it, what KUBECONFIG names, or ~/.kube/config",
    ),
    Knob(
        name="context",
        only_on=("kubeconfig",),
        flag="--kb-context",
        metavar="NAME",
        default="",
        help="Of that file; without it, its current one",
    ),
    Knob(
        name="namespace",
        only_on=("kubeconfig",),
        flag="--kb-namespace",
        metavar="NS",
        default="",
        help="Of the cluster kubeconfig: run in this namespace, which is there, and touch no other",
    ),
    Knob(
        name="production",
        only_on=("kubeconfig",),
        flag="--kb-allow-production",
        switch=True,
        default=False,
        help="Take a context, a server or a namespace though its name sounds like production",
    ),
    Knob(
        name="image",
        only_on=("kind", "kubeconfig"),
        flag="--kb-image",
        metavar="IMAGE",
        default="",
        help="What kubelets start for agents and controller (see kbevents image build): on kind it is built when not "
        "given; on kubeconfig, agents and controller then run beside the tests",
    ),
    Knob(
        name="image_base",
        only_on=("kind",),
        flag="--kb-image-base",
        metavar="IMAGE",
        default=IMAGE_BASE,
        help="What the image is built on: anything with Python 3.11 or newer",
    ),
    Knob(
        name="kind_name",
        only_on=("kind",),
        flag="--kb-kind-name",
        metavar="NAME",
        default="kbevents",
        parse=_cluster_name,
        help="The kind cluster, which is made, or taken again if it is there and was made by us",
    ),
    Knob(
        name="kind_image",
        only_on=("kind",),
        flag="--kb-kind-image",
        metavar="IMAGE",
        default="",
        help="Of the kind cluster's nodes; without it, kind's own choice",
    ),
    Knob(
        name="kind_config",
        only_on=("kind",),
        flag="--kb-kind-config",
        metavar="FILE",
        default="",
        help="The kind cluster's configuration; without it, a control plane and a worker, both for Pods",
    ),
    Knob(
        name="tools",
        only_on=("kind",),
        flag="--kb-tools",
        metavar="DIR",
        default="",
        help="Where kind, kubectl and docker are looked for before PATH",
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
