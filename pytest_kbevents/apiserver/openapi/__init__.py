"""The types of what is served, and the operations on it, as OpenAPI documents.

May live here: what is generated of the schemas and the registry for others to read. May not: what the server itself
goes by (``schemas/``), other documents (``discovery/``).
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from pytest_kbevents.api.http import JSON, Request, Response
from pytest_kbevents.apiserver.openapi import v2, v3
from pytest_kbevents.apiserver.registry import Registry
from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.apiserver.views import negotiation

_V3 = "/openapi/v3"


def response(registry: Registry, request: Request) -> Response | None:
    """The document at a path below ``/openapi``; None where there is none."""
    served = tuple(registry.all())
    if request.path == _V3:
        text = json.dumps({"paths": {path: {"serverRelativeURL": _url(path, served)} for path in v3.paths(served)}})
        return Response(200, text)
    if request.path == "/openapi/v2":
        return _document(request, _of_all(served))
    path = request.path.removeprefix(f"{_V3}/")
    if path == request.path:
        return None
    return _document(request, _of_version(v3.part(path, served))) if path in v3.paths(served) else Response(404, b"")


def _document(request: Request, text: bytes) -> Response:
    if negotiation.choose(request.accept, media=(JSON,)) is None:
        return Response(406, b"")
    headers = {"content-type": JSON, "etag": f'"{_hash(text)}"', "vary": "Accept"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(304, b"", headers=headers)
    return Response(200, text, headers=headers)


def _url(path: str, served: tuple[Served, ...]) -> str:
    return f"{_V3}/{path}?hash={_hash(_of_version(v3.part(path, served)))}"


def _hash(text: bytes) -> str:
    return hashlib.sha512(text).hexdigest().upper()


@lru_cache(maxsize=64)
def _of_version(served: tuple[Served, ...]) -> bytes:
    """Made once for what is served: a definition that comes or goes makes other documents of its group alone."""
    return json.dumps(v3.document(served), separators=(",", ":")).encode()


@lru_cache(maxsize=2)
def _of_all(served: tuple[Served, ...]) -> bytes:
    return json.dumps(v2.document(served), separators=(",", ":")).encode()
