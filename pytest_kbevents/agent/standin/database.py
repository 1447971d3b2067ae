"""A database's port: tells whoever connects in which Pod it is, and closes. ``database.py [PORT]``.

This file is run by itself and imports the standard library alone.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from contextlib import suppress

PORT = 3306
WAITING = 128
"""Connections that nobody has taken yet."""


def main(arguments: list[str]) -> None:
    """Serve until SIGTERM or SIGINT."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(0))  # the first process of a container dies of no signal by itself
    name = os.environ.get("KB_POD_NAME") or socket.gethostname()
    listening = listener(int(arguments[0]) if arguments else PORT)
    sys.stdout.write(f"{name} listens at {listening.getsockname()[1]}\n")
    sys.stdout.flush()
    while True:
        with suppress(OSError):  # who has gone again, and more connections than there may be
            connection, _ = listening.accept()
            with connection:
                connection.sendall(name.encode())


def listener(port: int) -> socket.socket:
    """At all addresses of the machine, of both families where it has them."""
    try:
        return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=WAITING)
    except (OSError, ValueError):  # the kernel has no IPv6, or none that takes both
        return socket.create_server(("", port), backlog=WAITING)


if __name__ == "__main__":
    main(sys.argv[1:])
