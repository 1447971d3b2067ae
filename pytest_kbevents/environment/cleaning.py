"""Takes out of a cluster what a world has put there, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from pytest_kbevents.api.names import LEASE
from pytest_kbevents.api.objects import name_of, namespace_of
from pytest_kbevents.api.resources import DEPLOYMENTS, EVENTS, LEASES, NAMESPACES, PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.errors import ApiError, NoAnswer, NotFound
from pytest_kbevents.history.exchange import Exchange
from pytest_kbevents.history.revision import State

CREATED = 201


def clean(client: Client, namespace: str, own: Iterable[Exchange], state: State, *, is_made: bool) -> list[str]:
    """Delete what the ``own`` requests have created, newest first; what a namespace of our own holds goes with it, and
    nobody waits for that. Where it was there already (``is_made``), what others have written about our Pods goes, too.
    Returns why something could not be deleted, one text each.
    """
    created = [path for each in own if (path := _created(each))]
    if is_made:
        paths = [*reversed(created), *_about_us(created, namespace, state)]
    else:
        paths = [path for path in reversed(created) if f"/{NAMESPACES.plural}/{namespace}/" not in path]
    return [problem for path in dict.fromkeys(paths) if (problem := _delete(client, path))]


def _created(exchange: Exchange) -> str:
    """The path of what a request has created; ``""`` when it has not."""
    if exchange.method != "POST" or exchange.code != CREATED or not isinstance(exchange.body, dict):
        return ""
    name = (exchange.body.get("metadata") or {}).get("name")
    return f"{exchange.path}/{name}" if name else ""


def _about_us(created: Sequence[str], namespace: str, state: State) -> Iterator[str]:
    """Events about our Pods, and the Lease of our controller."""
    ours = {path.rpartition("/")[2] for path in created}
    for event in state.list(EVENTS):
        told: dict[str, Any] = event.get("involvedObject") or {}
        if namespace_of(event) == namespace and told.get("name") in ours:
            yield EVENTS.path(namespace, name_of(event))
    if any(path.startswith(f"{DEPLOYMENTS.path(namespace)}/") for path in created):
        yield LEASES.path(namespace, LEASE)


def _delete(client: Client, path: str) -> str:
    grace = 0 if f"/{PODS.plural}/" in path else None
    try:
        with suppress(NotFound):
            client.remove(path, grace)
    except (ApiError, NoAnswer) as error:
        return f"{path}: {error}"
    return ""
