"""What a caller may ask for; functions take the smallest of these that will do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pytest_kbevents.api.http import Request, Response
from pytest_kbevents.api.objects import Object
from pytest_kbevents.api.resources import Resource


class Transport(Protocol):
    """The seam: a request goes in, an answer comes out. Nothing above knows whether there is a network."""

    def send(self, request: Request) -> Response:
        """Answer ``request``; errors of the API come back as a Response with a Status.

        Raises:
            NoAnswer: the connection failed, and the request may or may not have been carried out.
        """


Handler = Callable[[Request], Response]
"""A transport's one method, as a plain function."""


class Reader(Protocol):
    """Reads of objects, from the API server or from a cache of it. What is returned is shared: never change it."""

    def get(self, resource: Resource, namespace: str, name: str) -> Object:
        """One object. Raises NotFound."""

    def list(self, resource: Resource, namespace: str = "", label_selector: str = "") -> list[Object]:
        """The objects of a namespace (``""``: of all), ordered by namespace and name."""


class Writer(Protocol):
    """Writes of objects; each returns the object as the server stored it."""

    def create(self, resource: Resource, obj: Object) -> Object:
        """Raises AlreadyExists, Invalid."""

    def update(self, resource: Resource, obj: Object) -> Object:
        """Replace; with a ``metadata.resourceVersion``, only what was read. Raises Conflict, NotFound, Invalid."""

    def patch(self, resource: Resource, namespace: str, name: str, patch: Object, subresource: str = "") -> Object:
        """JSON merge patch. Raises Conflict only where the patch itself names a resourceVersion."""

    def delete(self, resource: Resource, namespace: str, name: str) -> Object:
        """Raises NotFound."""


class ReaderWriter(Reader, Writer, Protocol):
    """Both."""
