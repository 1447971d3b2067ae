"""How a database hears what it is to do where no kubelet of ours tells it: its ConfigMap, over the API."""

from __future__ import annotations

import logging
from collections.abc import Callable

from pytest_kbevents.agent.database.script import Script, config_map_of, decode
from pytest_kbevents.agent.logs import fields
from pytest_kbevents.api.http import DELETED, ERROR, WatchStream
from pytest_kbevents.api.objects import Key, Object, revision_of, uid_of
from pytest_kbevents.api.resources import CONFIG_MAPS
from pytest_kbevents.client.client import Client, Listing
from pytest_kbevents.clock import SECOND, Clock
from pytest_kbevents.errors import ApiError, NoAnswer

AGAIN = SECOND
"""Between two lists, at least."""
AWAY = "cannot be read; it is asked for again each second"
GONE = "is gone; what it told goes on"
NEVER = ("", "")
MISSING = "is not there; no probe runs before it tells something"

_LOG = logging.getLogger(__name__)


class Told:
    """Follows the ConfigMap of one Pod and never gives up. Stepped when ``due``, in microseconds since the epoch.

    Only that ConfigMap is asked for, so that its name is all that a service account must be allowed. When a watch ends
    it is listed again: a watch from where the last one ended would be silent at a server that was begun anew.
    """

    def __init__(self, client: Client, pod: Key, clock: Clock, hear: Callable[[Script], None]) -> None:
        """``hear`` is called with each script, the first one too, from ``step``; what it raises, that raises."""
        self.name = f"database/{pod[1]} ear"
        self._client = client
        self._pod = pod
        self._clock = clock
        self._hear = hear
        self._next = clock.micros()
        self._stream: WatchStream | None = None
        self._heard = NEVER
        self._problem = ""

    def due(self) -> int | None:
        """Now when the watch has something, or has ended; when to list, without a watch."""
        if self._stream is None:
            return self._next
        return self._clock.micros() if self._stream.ready() else None

    def step(self) -> None:
        """List and begin to watch, or take one change."""
        if self._stream is None:
            self._begin()
        elif (item := self._stream.take()) is not None:
            if item.type == ERROR:
                self.stop()
            elif item.type == DELETED:
                self._tell_of(GONE)
            else:
                self._follow(item.object)
        elif self._stream.ended():
            self.stop()

    def stop(self) -> None:
        """End the watch; another step begins the next one."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _begin(self) -> None:
        self._next = self._clock.micros() + AGAIN
        try:
            listing = listed(self._client, self._pod)
            self._see(listing.items)
            selector = _selector(self._pod)
            self._stream = self._client.watch(CONFIG_MAPS, self._pod[0], listing.revision, field_selector=selector)
            if self._problem == AWAY:
                _LOG.info("the database's ConfigMap can be read again")
                self._problem = ""
        except (ApiError, NoAnswer) as error:
            self._next = self._clock.micros() + AGAIN
            self._tell_of(AWAY, error=str(error))

    def _see(self, listed: list[Object]) -> None:
        for config_map in listed:
            self._follow(config_map)
        if not listed:
            self._tell_of(MISSING if self._heard == NEVER else GONE)

    def _follow(self, config_map: Object) -> None:
        self._problem = AWAY if self._problem == AWAY else ""
        version = (uid_of(config_map), revision_of(config_map))
        if version != self._heard:
            self._heard = version
            script = _read(config_map)
            if script is not None:
                self._hear(script)

    def _tell_of(self, problem: str, **more: str) -> None:
        """Once, until there is something else to tell."""
        if problem != self._problem:
            self._problem = problem
            name = config_map_of(self._pod[1])
            _LOG.warning("the database's ConfigMap %s", problem, extra=fields(configMap=name, **more))


def _read(config_map: Object) -> Script | None:
    """None when it cannot be read."""
    problem = ""
    try:
        script = decode(config_map)
    except ValueError as error:
        problem = str(error)
    if problem:
        _LOG.error("the database's script cannot be read; the one before goes on", extra=fields(error=problem))
        return None
    told = fields(revision=revision_of(config_map), actions=list(script.actions))
    _LOG.info("the database was told what to do", extra=told)
    return script


def listed(client: Client, pod: Key) -> Listing:
    """The ConfigMap that tells a Pod's database what to do, if it is there. Raises ApiError, NoAnswer."""
    return client.listing(CONFIG_MAPS, pod[0], field_selector=_selector(pod))


def _selector(pod: Key) -> str:
    return f"metadata.name={config_map_of(pod[1])}"
