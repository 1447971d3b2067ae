"""``kbevents controller``: the event controller of a release, as the process that it is in a cluster."""

from __future__ import annotations

import argparse
import logging
import os
import queue
import secrets
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytest_kbevents.api import status
from pytest_kbevents.api.http import Request
from pytest_kbevents.api.names import LEASE
from pytest_kbevents.api.validity import dns_label
from pytest_kbevents.cli.process import on_signals, whole
from pytest_kbevents.client.http import HttpTransport
from pytest_kbevents.clock import SECOND
from pytest_kbevents.environment.bell import Bell
from pytest_kbevents.environment.controller_process import ControllerProcess, Deployment
from pytest_kbevents.errors import InputError, NoAnswer
from pytest_kbevents.reconciler.manager import USER_AGENT
from pytest_kbevents.releases import DEFAULT_RELEASE, RELEASES

RESYNC_SECONDS = 36_000
"""10 hours (controller-runtime: SyncPeriod)."""
OWN_NAMESPACE = Path("/var/run/secrets/kubernetes.io/serviceaccount/namespace")


def add(commands: Any) -> None:
    """Declare the command."""
    text = "Run the event controller of a release against a cluster until it is interrupted."
    parser: argparse.ArgumentParser = commands.add_parser("controller", help=text, description=text)
    option = parser.add_argument
    option(
        "--kubeconfig",
        type=Path,
        metavar="FILE",
        help="how the cluster is found; when not given, as the service account of the Pod that this runs in",
    )
    option("--context", metavar="NAME", help="of the kubeconfig; its current one when not given")
    option(
        "--namespace",
        action="append",
        default=[],
        metavar="NS",
        help="whose Events are reconciled, repeatable; those of all when not given",
    )
    option("--release", default=DEFAULT_RELEASE, metavar="NAME", help=f"whose behaviour it has; {', '.join(RELEASES)}")
    option("--workers", metavar="N", help="in each namespace that is given; the release's own number when not given")
    option("--leader-elect", action="store_true", help="work only while holding a Lease, so that several may run")
    option("--lease-namespace", metavar="NS", help="where the Lease is; the Pod's own namespace when not given")
    option("--health-address", metavar="HOST:PORT", help="serve /healthz (it is alive) and /readyz (caches are filled)")
    option("--metrics", action="store_true", help="serve /metrics there, too, for Prometheus")
    again = f"after how long every object is reconciled again, 0 for never (default: {RESYNC_SECONDS}, ten hours)"
    option("--resync", default=str(RESYNC_SECONDS), metavar="SECONDS", help=again)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run until SIGINT or SIGTERM; 1 when the cluster does not answer at first, an actor fails or the lease is lost.

    Raises InputError for what a user can put right.
    """
    deployment = _checked(arguments)
    bell = Bell()
    transport = _connected(arguments, bell.ring)
    try:
        if problem := _refusal(transport):
            where = f"--kubeconfig {arguments.kubeconfig}" if arguments.kubeconfig else "this Pod"
            sys.stderr.write(f"kbevents: the cluster of {where} {problem}\n")
            return 1
        process = ControllerProcess(transport, bell, deployment)
        _log_to_stderr()
        signals: queue.SimpleQueue[int] = queue.SimpleQueue()
        on_signals(signals.put)
        return process.run(signals)
    finally:
        transport.close()


def _checked(arguments: argparse.Namespace) -> Deployment:
    if arguments.release not in RELEASES:
        raise InputError(f"--release {arguments.release}: there is no such release; one of {', '.join(RELEASES)}")
    for flag, names in (("--namespace", arguments.namespace), ("--lease-namespace", [arguments.lease_namespace])):
        for name in names:
            if name is not None and (problems := dns_label(name)):
                raise InputError(f"{flag} {name!r}: no namespace has such a name; {problems[0]}")
    if arguments.context is not None and arguments.kubeconfig is None:
        raise InputError("--context names a part of a kubeconfig; give --kubeconfig, too")
    if arguments.lease_namespace is not None and not arguments.leader_elect:
        raise InputError("--lease-namespace is for --leader-elect; give both or none")
    if arguments.metrics and arguments.health_address is None:
        raise InputError("--metrics are served at --health-address; give HOST:PORT")
    return Deployment(
        namespaces=list(dict.fromkeys(arguments.namespace)),
        release=arguments.release,
        workers=None if arguments.workers is None else whole("--workers", arguments.workers, least=1),
        lease=(_lease_namespace(arguments.lease_namespace), LEASE) if arguments.leader_elect else None,
        identity=f"{socket.gethostname()}_{secrets.token_hex(8)}",
        health=None if arguments.health_address is None else _address(arguments.health_address),
        metrics=arguments.metrics,
        resync=whole("--resync", arguments.resync, least=0) * SECOND,
    )


def _address(text: str) -> tuple[str, int]:
    host, separator, port = text.rpartition(":")
    if not (separator and port.isascii() and port.isdigit() and int(port) < 65536):
        raise InputError(f"--health-address {text!r}: must be HOST:PORT, such as 127.0.0.1:8081 or 0.0.0.0:8081")
    return host.removeprefix("[").removesuffix("]") or "0.0.0.0", int(port)  # noqa: S104 - who names no host means all


def _lease_namespace(given: str | None) -> str:
    if given is not None:
        return given
    if not OWN_NAMESPACE.is_file():
        raise InputError("--leader-elect needs --lease-namespace where this does not run in a Pod")
    return OWN_NAMESPACE.read_text(encoding="utf-8").strip()


def _connected(arguments: argparse.Namespace, wake: Callable[[], None]) -> HttpTransport:
    """Raises InputError when nothing says where the cluster is."""
    file = arguments.kubeconfig
    try:
        return HttpTransport(None if file is None else os.fspath(file), wake, arguments.context)
    except Exception as error:  # noqa: BLE001 - a file may be anything, and so is what the loader says of it
        text = " ".join(str(error).split()) or type(error).__name__
        if file is None:
            raise InputError(f"this runs in no Pod ({text}); give --kubeconfig FILE") from None
        raise InputError(f"cannot use --kubeconfig {file}: {text}; give the file that kubectl works with") from None


def _refusal(transport: HttpTransport) -> str:
    """Why the cluster is of no use; ``""`` when it answers."""
    try:
        response = transport.send(Request("GET", "/version", user_agent=USER_AGENT))
    except NoAnswer as error:
        return f"does not answer ({error}); check that it runs and can be reached from here"
    if response.status >= 400:
        return f"refuses us ({status.to_error(response.status, response.body)}); check the credentials"
    return ""


class _OneLine(logging.Formatter):
    """One line for what happened; more only for a traceback."""

    converter = staticmethod(time.gmtime)
    default_msec_format = "%s.%03dZ"

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return super().formatMessage(record).replace("\n", "\\n")


def _log_to_stderr() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(threadName)s: %(message)s", "%Y-%m-%dT%H:%M:%S"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
