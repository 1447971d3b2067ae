"""The types of what is served, and the operations on it, as OpenAPI documents.

May live here: what is generated of the schemas and the registry for others to read. May not: what the server itself
goes by (``schemas/``), other documents (``discovery/``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pytest_kbevents.api.http import JSON, Request, Response
from pytest_kbevents.apiserver.openapi import v2, v3
from pytest_kbevents.apiserver.registry import Registry
from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.apiserver.views import negotiation

_V3 = "/openapi/v3"


@dataclass(frozen=True, slots=True)
class Made:
    """A document, and the hash that tells whether a client has it."""

    document: Mapping[str, Any]
    tag: str


def response(registry: Registry, request: Request) -> Response | None:
    """The document at a path below ``/openapi``; None where there is none."""
    served = tuple(registry.all())
    if request.path == _V3:
        urls = {path: {"serverRelativeURL": _url(path, served)} for path in v3.paths(served)}
        return Response(200, {"paths": urls}, headers={"content-type": "text/plain; charset=utf-8"})
    if request.path == "/openapi/v2":
        return _document(request, _of_all(served))
    path = request.path.removeprefix(f"{_V3}/")
    if path == request.path:
        return None
    found = v3.part(path, served)
    return _document(request, _of_version(found)) if found else Response(404, "")


def _document(request: Request, made: Made) -> Response:
    if negotiation.choose(request.accept, media=(JSON,)) is None:
        return Response(406, "")
    headers = {"content-type": JSON, "etag": f'"{made.tag}"', "vary": "Accept"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(304, "", headers=headers)
    return Response(200, made.document, headers=headers)


def _url(path: str, served: tuple[Served, ...]) -> str:
    return f"{_V3}/{path}?hash={_of_version(v3.part(path, served)).tag}"


@lru_cache(maxsize=64)
def _of_version(served: tuple[Served, ...]) -> Made:
    """Made once for what is served: a definition that comes or goes makes other documents of its group alone."""
    return _made(v3.document(served))


@lru_cache(maxsize=2)
def _of_all(served: tuple[Served, ...]) -> Made:
    return _made(v2.document(served))


def _made(document: Mapping[str, Any]) -> Made:
    return Made(document, hashlib.sha512(json.dumps(document).encode()).hexdigest().upper())
