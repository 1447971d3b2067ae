"""Who has a role, and how long two Pods of one workload had it at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pytest_kbevents.api.names import INSTANCE_SET_LABEL, ROLE_LABEL
from pytest_kbevents.api.objects import labels_of, name_of
from pytest_kbevents.api.resources import PODS
from pytest_kbevents.history.history import History
from pytest_kbevents.history.revision import Revision, State


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two or more holders from a revision on; ``until`` is None while it lasts."""

    pods: tuple[str, ...]
    since: Revision
    until: Revision | None

    def lasted(self, now: int) -> int:
        """Microseconds, up to ``now`` if it still lasts."""
        return (self.until.micros if self.until else now) - self.since.micros


class TwoHolders:
    """Watches, revision by revision, that no two Pods of one InstanceSet hold ``role``.

    ``held`` says whether the role was ever held: without that, nothing was judged.
    """

    def __init__(self, history: History, role: str) -> None:
        self.held = False
        self._role = role.lower()
        self._replay = history.replay()
        self._open: dict[str, Overlap] = {}
        self._closed: list[Overlap] = []

    def overlaps(self) -> list[Overlap]:
        """All so far, ended or not, oldest first."""
        for revision in self._replay:
            if revision.resource == PODS:
                self._look(revision)
        return sorted([*self._closed, *self._open.values()], key=lambda overlap: overlap.since.number)

    def _look(self, revision: Revision) -> None:
        for workload, pods in _holders(self._replay.state, self._role).items():
            self.held = self.held or bool(pods)
            if len(pods) > 1 and workload not in self._open:
                self._open[workload] = Overlap(tuple(sorted(pods)), revision, None)
            elif len(pods) < 2 and (overlap := self._open.pop(workload, None)) is not None:
                self._closed.append(Overlap(overlap.pods, overlap.since, revision))


def _holders(state: State, role: str) -> dict[str, list[str]]:
    """Names of the holders by InstanceSet; every InstanceSet that has a Pod is there."""
    found: dict[str, list[str]] = defaultdict(list)
    for pod in state.list(PODS):
        holders = found[labels_of(pod).get(INSTANCE_SET_LABEL, "")]
        if labels_of(pod).get(ROLE_LABEL, "").lower() == role:
            holders.append(name_of(pod))
    return found
