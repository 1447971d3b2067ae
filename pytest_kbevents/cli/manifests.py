"""``kbevents manifests``: what runs a controller in a cluster, and lets agents run there, for ``kubectl apply``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pytest_kbevents import __version__
from pytest_kbevents.api.names import MANAGED_BY_LABEL, OWNER
from pytest_kbevents.api.resources import KUBEBLOCKS, Resource
from pytest_kbevents.api.validity import dns_label
from pytest_kbevents.cli.process import whole
from pytest_kbevents.deployment.agents import agents
from pytest_kbevents.deployment.controller import controller
from pytest_kbevents.deployment.namespaces import namespace
from pytest_kbevents.deployment.rollout import Rollout
from pytest_kbevents.errors import InputError
from pytest_kbevents.releases import DEFAULT_RELEASE, RELEASES

DEFAULT_NAMESPACE = "kbevents"
MISSING, ALWAYS, NEVER = "missing", "always", "never"

Manifest = Mapping[str, Any]


def add(commands: Any) -> None:
    """Declare the command."""
    text = (
        "Print what a controller and agents in Pods need: a namespace, accounts, rights, network policies and a "
        "Deployment, ready for `kubectl apply -f -`."
    )
    epilog = (
        "Definitions of KubeBlocks' kinds are printed only where the cluster has none: those of an installed "
        "KubeBlocks describe more, and are never replaced. Ours say so, and their version, in annotations."
    )
    parser: argparse.ArgumentParser = commands.add_parser(
        "manifests", help=text.partition(":")[0], description=text, epilog=epilog
    )
    option = parser.add_argument
    option("--image", required=True, metavar="IMAGE", help="what Pods run, see `kbevents image build`")
    option("--namespace", default=DEFAULT_NAMESPACE, metavar="NS", help="where (default: %(default)s)")
    option("--release", default=DEFAULT_RELEASE, metavar="NAME", help=f"whose behaviour; {', '.join(RELEASES)}")
    option("--replicas", default="2", metavar="N", help="of the controller, of which one works (default: %(default)s)")
    option("--workers", metavar="N", help="the release's own number when not given")
    option("--crds", choices=CRDS, default=MISSING, help="which definitions (default: %(default)s in the cluster)")
    option("--kubeconfig", metavar="FILE", help="of that cluster; $KUBECONFIG or ~/.kube/config when not given")
    option("--context", metavar="NAME", help="of the kubeconfig; its current one when not given")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one document each. Raises InputError."""
    rollout = _rollout(options)
    documents = [*_definitions(CRDS[options.crds](options)), *manifests(rollout)]
    sys.stdout.write(f"# pytest-kbevents {__version__}, release {rollout.release}\n{_written(documents)}")
    return 0


def manifests(rollout: Rollout) -> list[Manifest]:
    """All of a deployment but the definitions of kinds, in the order in which they can be created."""
    home = namespace(rollout.namespace, {MANAGED_BY_LABEL: OWNER})
    return [home, *agents(rollout.namespace), *controller(rollout)]


def _written(documents: Sequence[Manifest]) -> str:
    """As YAML for people: what stands in two places is written twice."""
    import yaml

    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, _: Any) -> bool:
            return True

    return yaml.dump_all(documents, None, Plain, sort_keys=False, explicit_start=True)


def _rollout(options: argparse.Namespace) -> Rollout:
    if options.release not in RELEASES:
        raise InputError(f"--release {options.release}: there is no such release; one of {', '.join(RELEASES)}")
    if problems := dns_label(options.namespace):
        raise InputError(f"--namespace {options.namespace!r}: no namespace has such a name; {problems[0]}")
    return Rollout(
        namespace=options.namespace,
        image=options.image,
        release=options.release,
        replicas=whole("--replicas", options.replicas, 0),
        workers=None if options.workers is None else whole("--workers", options.workers, 1),
    )


def _definitions(resources: Sequence[Resource]) -> list[Manifest]:
    from pytest_kbevents.cluster import crds
    from pytest_kbevents.deployment.ownership import owned

    return [owned(crds.manifest(resource)) for resource in resources]


def _missing(options: argparse.Namespace) -> Sequence[Resource]:
    """Those that the cluster does not know. Raises InputError when it cannot be asked."""
    from pytest_kbevents.client.client import Client
    from pytest_kbevents.client.http import HttpTransport
    from pytest_kbevents.cluster import crds

    file = options.kubeconfig or os.environ.get("KUBECONFIG") or str(Path("~/.kube/config").expanduser())
    try:
        transport = HttpTransport(file, lambda: None, options.context)
        try:
            return crds.absent(Client(transport, "kbevents"))
        finally:
            transport.close()
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - a file may be anything, and so is what the loader says of it
        text = " ".join(str(error).split()) or type(error).__name__
        remedy = f"give --kubeconfig, or say --crds {ALWAYS} or {NEVER}"
        raise InputError(f"cannot ask the cluster of {file} which definitions it has ({text}); {remedy}") from None


CRDS: dict[str, Callable[[argparse.Namespace], Sequence[Resource]]] = {
    MISSING: _missing,
    ALWAYS: lambda _: KUBEBLOCKS,
    NEVER: lambda _: (),
}
