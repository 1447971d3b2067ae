"""``kbevents serve``: the embedded API server for other tools."""

from __future__ import annotations

import argparse
import random
import secrets
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from pytest_kbevents.apiserver.listener import Listener
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.client import kubeconfig
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import WallClock
from pytest_kbevents.cluster import crds
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
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM. Raises InputError when the port or the file cannot be had."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    server = Server(WallClock(), random.Random())
    crds.install(Client(server, "kbevents"))
    token = secrets.token_hex(16)
    listener = Listener(server, token, options.port)
    try:
        listener.start()
    except OSError as error:
        raise InputError(
            f"cannot serve on port {options.port}: {error.strerror or error}; choose another --port"
        ) from None
    try:
        _write(options.kubeconfig, listener.address, token)
        sys.stdout.write(f"serving; KUBECONFIG={options.kubeconfig}\n")
        sys.stdout.flush()
        ended.wait()
    finally:
        listener.stop()
        options.kubeconfig.unlink(missing_ok=True)
    return 0


def _write(path: Path, address: str, token: str) -> None:
    try:
        kubeconfig.write(path, server=address, token=token)
    except OSError as error:
        raise InputError(f"cannot write --kubeconfig {path}: {error.strerror or error}") from None
