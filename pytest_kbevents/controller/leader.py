"""Which of several processes works: the one that holds a Lease (client-go: ``leaderelection``)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Protocol

from pytest_kbevents.api import times
from pytest_kbevents.api.objects import Key, Object
from pytest_kbevents.api.resources import LEASES, Resource
from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.errors import ApiError, NoAnswer, NotFound

_LOG = logging.getLogger(__name__)


class LeaseClient(Protocol):
    """What an elector asks of a client; from the server itself, a cache would be too late."""

    def get(self, resource: Resource, namespace: str, name: str) -> Object: ...
    def create(self, resource: Resource, obj: Object) -> Object: ...
    def update(self, resource: Resource, obj: Object) -> Object: ...


@dataclass(frozen=True, slots=True)
class Patience:
    """In microseconds. ``renew`` must be shorter than ``lease``: the leader gives up before others take over."""

    lease: int = 15 * SECOND
    """How long others wait for a leader who is not heard of."""
    renew: int = 10 * SECOND
    """How long the leader tries to renew before it gives up."""
    retry: int = 2 * SECOND
    """Between attempts."""


class LeaderElector:
    """Tries to take the Lease, then keeps it; whoever has lost it does not lead again.

    How old a Lease is, is measured from when it was seen to change: clocks of other machines are not trusted.
    """

    name = "leader election"

    def __init__(
        self, client: LeaseClient, place: Key, identity: str, clock: Clock, patience: Patience = Patience()
    ) -> None:
        self._client = client
        self._place = place
        self._identity = identity
        self._clock = clock
        self._patience = patience
        self._lease: Object | None = None
        self._seen_at = 0
        self._try_at: int | None = clock.micros()
        self._leads_until: int | None = None
        self._lost = False

    def leading(self) -> bool:
        """Whether it holds the Lease. A renewal that hangs makes it False in time, not when the answer comes."""
        until = self._leads_until
        return until is not None and not self._lost and self._clock.micros() < until

    def lost(self) -> bool:
        """Whether it led and does not any more: the process is to end, what it was about to write is another's now."""
        return self._lost or (self._leads_until is not None and not self.leading())

    def due(self) -> int | None:
        """When to try next; None once it is lost."""
        return None if self.lost() else self._try_at

    def step(self) -> None:
        """Try to take or to keep the Lease."""
        try:
            held = self._take_or_keep()
        except (ApiError, NoAnswer) as error:
            _LOG.info("lease %s/%s: %s", *self._place, error)
            held = False
        now = self._clock.micros()
        self._try_at = now + self._patience.retry
        if held and not self.lost():
            if self._leads_until is None:
                _LOG.info("%s leads, by lease %s/%s", self._identity, *self._place)
            self._leads_until = self._seen_at + self._patience.retry + self._patience.renew
        elif self._leads_until is not None and (self.lost() or not self._is_mine()):
            self._lost = True
            _LOG.error("%s leads no more, by lease %s/%s", self._identity, *self._place)

    def release(self) -> None:
        """Let another lead at once, if this one does; best effort. Steps are over by then, and none follows."""
        self._try_at = None
        if not self.leading() or self._lease is None:
            return
        self._leads_until = None
        now = times.micro_time(self._clock.micros())
        spec = {**_spec(self._lease), "leaseDurationSeconds": 1, "acquireTime": now, "renewTime": now}
        del spec["holderIdentity"]
        try:
            self._client.update(LEASES, {**self._lease, "spec": spec})
        except (ApiError, NoAnswer) as error:
            _LOG.info("lease %s/%s: %s", *self._place, error)

    def _take_or_keep(self) -> bool:
        now = self._clock.micros()
        if self._lease is not None and self._is_mine() and self._is_valid(now):
            try:
                return self._write(self._lease, now)
            except ApiError as error:
                _LOG.info("lease %s/%s changed: %s", *self._place, error)
        try:
            found = self._client.get(LEASES, *self._place)
        except NotFound:
            return self._write(None, now)
        if self._lease is None or _spec(found) != _spec(self._lease):
            self._seen_at = now
        self._lease = found
        if _spec(found).get("holderIdentity") and self._is_valid(now) and not self._is_mine():
            return False
        return self._write(found, now)

    def _write(self, old: Object | None, now: int) -> bool:
        """Hold it from now on. Whoever changed it since ``old`` was read has won: Conflict, AlreadyExists."""
        spec = {} if old is None else _spec(old)
        changed = self._record(spec, now)
        if old is None:
            namespace, name = self._place
            body = {"metadata": {"namespace": namespace, "name": name}, "spec": changed}
            self._lease = self._client.create(LEASES, body)
        else:
            self._lease = self._client.update(LEASES, {**old, "spec": {**spec, **changed}})
        self._seen_at = now
        return True

    def _record(self, spec: Object, now: int) -> dict[str, Any]:
        text = times.micro_time(now)
        mine = spec.get("holderIdentity") == self._identity
        transitions = int(spec.get("leaseTransitions") or 0)
        return {
            "holderIdentity": self._identity,
            "leaseDurationSeconds": self._patience.lease // SECOND,
            "acquireTime": spec.get("acquireTime") or text if mine else text,
            "renewTime": text,
            "leaseTransitions": transitions if mine or not spec else transitions + 1,
        }

    def _is_mine(self) -> bool:
        return self._lease is not None and _spec(self._lease).get("holderIdentity") == self._identity

    def _is_valid(self, now: int) -> bool:
        assert self._lease is not None
        return self._seen_at + int(_spec(self._lease).get("leaseDurationSeconds") or 0) * SECOND > now


def _spec(lease: Object) -> Object:
    spec: Object = lease.get("spec") or {}
    return spec
