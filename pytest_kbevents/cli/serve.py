"""``kbevents serve``: the embedded API server for other tools."""

from __future__ import annotations

import argparse
import queue
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pytest_kbevents.apiserver.controllers.imitation import CLUSTERS as IMITATED
from pytest_kbevents.cluster.local import Local
from pytest_kbevents.errors import InputError


def add(commands: Any) -> None:
    """Declare the command."""
    text = "Serve an empty cluster, with KubeBlocks' kinds, on a loopback port until it is interrupted."
    parser: argparse.ArgumentParser = commands.add_parser("serve", help=text, description=text)
    parser.add_argument(
        "--kubeconfig",
        type=Path,
        required=True,
        metavar="FILE",
        help="written once the server answers, removed at the end",
    )
    parser.add_argument("--port", type=int, default=0, metavar="N", help="the port; a free one when not given")
    parser.add_argument(
        "--imitates",
        choices=IMITATED,
        default=IMITATED[0],
        help="envtest (the default): nothing is deleted but what is asked for; kind: dependents go with their owners, "
        "and what is in a namespace with it",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM. Raises InputError when the port or the file cannot be had."""
    signals: queue.SimpleQueue[int] = queue.SimpleQueue()  # its put may interrupt its get; an Event's set not its wait
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: signals.put(number))
    if not 0 <= options.port < 65536:
        raise InputError(f"--port {options.port}: a port is a number from 0 (any that is free) to 65535")
    file, server = options.kubeconfig, Local(options.port, options.imitates)
    with _refused(f"cannot serve on port {options.port}", "choose another --port"):
        server.start()
    try:
        with _refused(f"cannot write --kubeconfig {file}", "choose a file in a folder that can be written"):
            server.write_kubeconfig(file)
        sys.stdout.write(f"serving; KUBECONFIG={file}\n")
        sys.stdout.flush()
        signals.get()
        file.unlink(missing_ok=True)
    finally:
        server.stop()
    return 0


@contextmanager
def _refused(problem: str, remedy: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"{problem}: {error.strerror or error}; {remedy}") from None
