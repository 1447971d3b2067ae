"""A process between a session and the servers it started: they end when the session ends, however that ends.

The session holds a pipe to it, which the system closes when the session is gone - after a signal or ``kill -9`` too, on
every system; the kernel's own way (PR_SET_PDEATHSIG) is Linux's alone, ends the servers with the thread that started
them instead of the process, and leaves the folder behind. Orderly ends go the same way, so that it is always trodden.

This file is run by itself, ``python -I watchdog.py FOLDER``, and imports the standard library alone. Its first line of
input is a JSON object of command lines by name, which it starts; then it waits for the end of its input, SIGTERM, or
the end of a server. It kills the servers (their data is thrown away), deletes FOLDER and says on stdout which server
ended by itself, with the end of its log.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

TAIL = 40
"""Lines of a log that are told."""
MOST = 20_000
"""Characters: a pipe takes that much though nobody reads."""


def main(folder: Path) -> None:
    """Start, wait, take down."""
    ends: SimpleQueue[str] = SimpleQueue()
    signal.signal(signal.SIGTERM, lambda *_: ends.put(""))
    servers: list[subprocess.Popen[bytes]] = []
    problem = ""
    try:
        for name, command in json.loads(sys.stdin.readline() or "{}").items():
            with (folder / f"{name}.log").open("wb") as log:
                server = subprocess.Popen(  # noqa: S603
                    command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, process_group=0
                )
            servers.append(server)
            threading.Thread(target=_await, args=(name, server, ends), daemon=True).start()
        threading.Thread(target=_await_input, args=(ends,), daemon=True).start()
        if ended := ends.get():
            problem = f"{ended} ended by itself; the end of its log:\n{tail(folder / f'{ended}.log')}"
    except OSError as error:
        problem = str(error)
    for server in reversed(servers):
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)  # with what it started itself
        server.wait()
    shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(problem[-MOST:])


def tail(log: Path) -> str:
    """The end of a log; nothing when there is none."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-TAIL:]) if log.exists() else ""


def _await(name: str, server: subprocess.Popen[bytes], ends: SimpleQueue[str]) -> None:
    server.wait()
    ends.put(name)


def _await_input(ends: SimpleQueue[str]) -> None:
    sys.stdin.read()
    ends.put("")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
