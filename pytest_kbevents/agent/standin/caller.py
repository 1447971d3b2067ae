"""A client of databases, asked over HTTP: ``GET /connect/SERVICE/PORT`` connects there, and answers who was reached.
``caller.py [PORT]``.

``{"reached": POD}``, or ``{"error": WHY}``; both are 200. ``GET /`` is 200: it is there. This file is run by itself and
imports the standard library alone.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
from contextlib import suppress

PORT = 8080
WAITING = 128
"""Connections that nobody has taken yet."""
CONNECT_SECONDS = 1.0
"""How long a connection may take, and then what it tells."""
ASK_SECONDS = 5.0
"""How long a request may take to come."""
LONGEST = 8192
"""Bytes of a request's head, and of what a database tells."""
WORDS = {
    ConnectionRefusedError: "refused",
    TimeoutError: "timeout",
    ConnectionResetError: "reset",
    BrokenPipeError: "reset",
}
UNKNOWN_HOST = "unknown host"
NO_DNS = "no answer from DNS"
REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}

Answer = tuple[int, dict[str, str]]


def main(arguments: list[str]) -> None:
    """Serve until SIGTERM or SIGINT."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(0))  # the first process of a container dies of no signal by itself
    listening = listener(int(arguments[0]) if arguments else PORT)
    sys.stdout.write(f"listens at {listening.getsockname()[1]}\n")
    sys.stdout.flush()
    while True:
        with suppress(OSError):
            connection, _ = listening.accept()
            threading.Thread(target=serve, args=(connection,), daemon=True).start()


def listener(port: int) -> socket.socket:
    """At all addresses of the machine, of both families where it has them."""
    try:
        return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=WAITING)
    except (OSError, ValueError):  # the kernel has no IPv6, or none that takes both
        return socket.create_server(("", port), backlog=WAITING)


def serve(connection: socket.socket) -> None:
    """One request, one answer, and no more."""
    with connection, suppress(OSError):
        connection.settimeout(ASK_SECONDS)
        code, body = answer(first_line(connection))
        text = json.dumps(body).encode()
        head = f"HTTP/1.1 {code} {REASONS[code]}\r\nContent-Type: application/json\r\n"
        head += f"Content-Length: {len(text)}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode() + text)


def first_line(connection: socket.socket) -> str:
    """Of a request whose head has come; an empty one when it is none. Raises OSError."""
    head = b""
    while b"\r\n\r\n" not in head:
        more = connection.recv(LONGEST)
        head += more
        if not more or len(head) > LONGEST:
            return ""
    return head.partition(b"\r\n")[0].decode("latin-1")


def answer(line: str) -> Answer:
    """To ``GET /connect/SERVICE/PORT HTTP/1.1``."""
    try:
        method, path, _ = line.split(" ")
    except ValueError:
        return 400, {"error": "this is no request of HTTP"}
    if method != "GET":
        return 405, {"error": "GET is all there is"}
    match path.partition("?")[0].split("/"):
        case ["", ""]:
            return 200, {}
        case ["", "connect", service, port] if service and port.isascii() and port.isdigit() and int(port) < 65536:
            return 200, connect(service, int(port))
        case _:
            return 404, {"error": "there is /connect/SERVICE/PORT"}


def connect(service: str, port: int) -> dict[str, str]:
    """Who tells its name there, or why nobody does."""
    try:
        with socket.create_connection((service, port), timeout=CONNECT_SECONDS) as connection:
            told = read(connection)
    except socket.gaierror as error:
        return {"error": UNKNOWN_HOST if error.errno in (socket.EAI_NONAME, socket.EAI_NODATA) else NO_DNS}
    except UnicodeError:  # a name that no resolver takes
        return {"error": UNKNOWN_HOST}
    except OSError as error:
        return {"error": WORDS.get(type(error)) or (error.strerror or str(error)).lower()}
    return {"reached": told} if told else {"error": "closed"}


def read(connection: socket.socket) -> str:
    """All that is told until the other side closes. Raises OSError."""
    told = b""
    while (more := connection.recv(LONGEST)) and len(told) < LONGEST:
        told += more
    return told.decode("utf-8", "replace")


if __name__ == "__main__":
    main(sys.argv[1:])
