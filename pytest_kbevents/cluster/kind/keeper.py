"""A process beside a session that makes its kind cluster, and deletes it when nobody uses it any more.

The session holds a pipe to it, which the system closes when the session is gone - after a signal or ``kill -9`` too, in
the middle of making the cluster as well: then what ``kind`` does is ended, and what it has done is undone. Orderly ends
go the same way, so that it is always trodden.

Run as ``python -m pytest_kbevents.cluster.kind.keeper``. Its first line of input is a JSON object, the fields of
``Task``; each line after that is an image to be loaded into the nodes. It says on stdout, a JSON object a line:
``{"tell": TEXT}`` while it works, and for each line of input, when it has done that, ``{"done": true}`` or
``{"problem": TEXT, "usage": BOOL}``. It waits for the end of its input, or SIGTERM.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from pytest_kbevents.cluster.kind.claim import Claim
from pytest_kbevents.cluster.kind.task import Task

HEALTHY_WITHIN = 20
"""Seconds for a cluster that is there to answer."""
SESSION = 3
"""The descriptor of the pipe to the session."""
LATE = 8
"""Seconds after which no container comes any more."""
TAIL = 20
"""Lines of kind's output that are told when it fails."""


class Refused(Exception):
    """The user has to decide; the text says what."""


class Keeper:
    """Keeps one cluster."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._claim = Claim(task.name)
        self._is_over = False
        self._is_making = False

    def make(self) -> None:
        """It is there and healthy when this returns. Raises Refused, CalledProcessError."""
        claim, task = self._claim, self._task
        with claim.alone():
            is_alone = claim.end_use()
            claim.use()
            if not self._exists():
                claim.forget()  # whoever has deleted it meanwhile
            elif not self._takes(is_alone=is_alone):
                self._delete()
            if self._is_over:
                return
            if claim.note is None or not claim.note.is_up:
                claim.write(task.content, is_up=False)
                say(tell=f"kind makes the cluster {task.name}, which takes about a minute")
                self._is_making = True
                try:
                    self._cluster().create(task.config)
                finally:
                    self._is_making = False
                claim.write(task.content, is_up=True)

    def end(self) -> None:
        """No longer use it; delete it if nobody does."""
        with self._claim.alone():
            note = self._claim.note
            if not self._claim.end_use() or note is None or (self._task.keep and note.is_up):
                return
            self._delete()
            if not note.is_up:
                self._delete_what_comes_late()

    def load(self, image: str) -> None:
        """Into all nodes; nothing is done where it is there. Raises CalledProcessError."""
        self._cluster().load_docker_image(image)

    def _delete_what_comes_late(self) -> None:
        """What was asked of the Docker daemon it does, though nobody waits for it any more."""
        for _ in range(LATE):
            time.sleep(1)
            if self._exists():
                self._delete()

    def stop(self) -> None:
        """From another thread: whatever is being made is not wanted any more."""
        self._is_over = True
        if self._is_making:
            self._is_making = False
            os.killpg(0, signal.SIGTERM)  # kind, and us: we hear it as another wish to end

    def _takes(self, *, is_alone: bool) -> bool:
        """Whether a cluster of that name will do. Raises Refused for one that is not to be touched."""
        note, task = self._claim.note, self._task
        if note is None:
            remedy = f"choose another --kb-kind-name, or `kind delete cluster --name {task.name}`"
            raise Refused(f"there is a kind cluster {task.name!r} that we have not made; {remedy}")
        same = note.is_up and note.content == task.content
        if not is_alone and not same:
            raise Refused(
                f"the kind cluster {task.name!r} is used by another run, with another image or configuration; "
                "choose another --kb-kind-name"
            )
        left = f"the kind cluster {task.name}, made {note.begun} by process {note.process}"
        if same and self._is_healthy():
            say(tell=f"takes {left}")
            return True
        say(tell=f"deletes {left}: {'it is not healthy' if same else 'it is not what is wanted, or unfinished'}")
        return False

    def _exists(self) -> bool:
        done = subprocess.run(  # noqa: S603
            [self._task.kind, "get", "clusters"], capture_output=True, text=True, check=True
        )
        return self._task.name in done.stdout.split()

    def _is_healthy(self) -> bool:
        """It answers, and all nodes are ready; its kubeconfig is written anew, for that may have been lost."""
        task, kubeconfig = self._task, self._claim.kubeconfig
        export = [task.kind, "export", "kubeconfig", "--name", task.name, "--kubeconfig", str(kubeconfig)]
        wait = [task.kubectl, "--kubeconfig", str(kubeconfig), "wait", "--for=condition=Ready", "nodes", "--all"]
        try:
            for command in (export, [*wait, f"--timeout={HEALTHY_WITHIN}s"]):
                subprocess.run(command, capture_output=True, check=True, timeout=2 * HEALTHY_WITHIN)  # noqa: S603
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            return False
        return True

    def _delete(self) -> None:
        self._cluster().delete()
        self._claim.forget()

    def _cluster(self) -> Any:
        from pytest_kind import KindCluster

        task = self._task
        cluster = KindCluster(
            task.name,
            self._claim.kubeconfig,
            image=task.image or None,
            kind_path=Path(task.kind),
            kubectl_path=Path(task.kubectl),
        )
        for folder in (cluster.path, cluster.path.parent):
            with suppress(OSError):
                folder.rmdir()  # pytest-kind makes it here in any case, and we need none
        return cluster


def say(**told: Any) -> None:
    """One line for the session, if that is still there: on what was stdout when we began."""
    with suppress(OSError):
        os.write(SESSION, (json.dumps(told) + "\n").encode())


class Ears:
    """Hears what the session wants: work, or the end. ``SystemExit`` would not reach the thread that reads."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self.wanted: SimpleQueue[str] = SimpleQueue()
        """Images to load; ``""`` is the end."""

    def listen(self) -> None:
        """Until the session is gone."""
        for line in sys.stdin:
            self.wanted.put(line.strip())
        self.end()

    def end(self, *_: object) -> None:
        """As a handler of signals, too, which may run in the middle of anything: ``put`` is made for that."""
        self._keeper.stop()
        self.wanted.put("")


def main() -> None:
    """Make, load what is to be loaded, end."""
    os.dup2(1, SESSION, inheritable=False)
    task = Task(**json.loads(sys.stdin.readline() or "{}"))
    keeper = Keeper(task)
    ears = Ears(keeper)
    signal.signal(signal.SIGTERM, ears.end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=ears.listen, daemon=True).start()
    log = Path(task.log)
    with log.open("w", encoding="utf-8") as output:
        for number in (1, 2):
            os.dup2(output.fileno(), number)
        _done(keeper.make, log)
        while image := ears.wanted.get():
            _done(partial(keeper.load, image), log)
        keeper.end()


def _done(work: Callable[[], None], log: Path) -> None:
    """Do it, and say so; whatever goes wrong, the session has to hear of it."""
    try:
        work()
        say(done=True)
    except Refused as refused:
        say(problem=str(refused), usage=True)
    except Exception as error:  # noqa: BLE001
        say(problem=f"{error}; the end of its log:\n{tail(log)}", usage=False)


def tail(log: Path) -> str:
    """The end of what kind has said."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL:])


if __name__ == "__main__":
    main()
