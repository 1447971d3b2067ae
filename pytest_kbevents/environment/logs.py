"""What containers in a cluster have written."""

from __future__ import annotations

import json

from pytest_kbevents.api.resources import PODS
from pytest_kbevents.client.client import Client
from pytest_kbevents.errors import ApiError, NoAnswer

LINES = 40


def log_of(client: Client, namespace: str, pod: str, container: str = "") -> str:
    """The end of a container's log; why there is none, if so."""
    query = {"tailLines": str(LINES), **({"container": container} if container else {})}
    try:
        found = client.fetch(PODS.path(namespace, pod, "log"), query)
    except (ApiError, NoAnswer) as error:
        return f"(no log: {error})"
    return found if isinstance(found, str) else json.dumps(found)  # a log of one line may be JSON
