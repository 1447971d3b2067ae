"""Server processes in a folder of their own, which end with us."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pytest_kbevents.cluster import watchdog
from pytest_kbevents.errors import ClusterFailed

ENDS_WITHIN = 30
"""Seconds for killing the servers and deleting their folder."""


class Servers:
    """Up between ``start`` and ``stop``; gone, with the folder, when this process is, see ``watchdog``."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        """``environment`` is that of the servers; ours, if None."""
        self.folder = Path(tempfile.mkdtemp(prefix="kbevents-"))
        self._watchdog = subprocess.Popen(  # noqa: S603 - our own file
            [sys.executable, "-I", watchdog.__file__, str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            start_new_session=True,  # a Ctrl-C in the terminal is for us, who then say what is to end
        )

    def start(self, commands: Mapping[str, Sequence[str]]) -> None:
        """Start each command line. Raises ClusterFailed."""
        self._say(json.dumps(commands) + "\n")

    def check(self) -> None:
        """Raises ClusterFailed when a server has ended by itself, with the end of its log."""
        if self._watchdog.poll() is not None:
            assert self._watchdog.stdout is not None
            problem = "" if self._watchdog.stdout.closed else self._watchdog.stdout.read()
            raise ClusterFailed(problem or "the servers were taken down from outside")

    def log(self, name: str) -> str:
        """The end of a server's log."""
        return watchdog.tail(self.folder / f"{name}.log")

    def stop(self) -> None:
        """Kill the servers and delete the folder. Idempotent."""
        self._watchdog.terminate()
        self._watchdog.communicate(timeout=ENDS_WITHIN)

    def _say(self, line: str) -> None:
        assert self._watchdog.stdin is not None
        try:
            self._watchdog.stdin.write(line)
            self._watchdog.stdin.flush()
        except OSError:
            self._watchdog.wait()
            self.check()


def free_ports(count: int) -> list[int]:
    """Free a moment ago, all at once and so all different."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [server.getsockname()[1] for server in held]
    for server in held:
        server.close()
    return ports
