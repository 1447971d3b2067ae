"""Which form an answer takes, of those that its Accept header allows."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.api.http import JSON, YAML
from pytest_kbevents.apiserver.registry import Route
from pytest_kbevents.apiserver.views.accept import Clause, clauses
from pytest_kbevents.errors import NotAcceptable

PROTOBUF = "application/vnd.kubernetes.protobuf"
MEDIA = (JSON, YAML)
"""What this server writes, the first by preference."""
META = ("meta.k8s.io/v1", "meta.k8s.io/v1beta1")
TABLE, PARTIAL, PARTIAL_LIST = "Table", "PartialObjectMetadata", "PartialObjectMetadataList"
_STREAMS = f"{JSON};stream=watch, {PROTOBUF};stream=watch"
_ALL = f"{JSON}, {YAML}, {PROTOBUF}"


@dataclass(frozen=True, slots=True)
class Form:
    """JSON or YAML, of the object itself or of what it is turned into."""

    media: str = JSON
    kind: str = ""
    """Table, PartialObjectMetadata, PartialObjectMetadataList; ``""`` is the object itself."""
    version: str = ""
    """The apiVersion of ``kind``."""


def of_object(header: str, route: Route, *, streams: bool = False) -> Form:
    """The form of an object, a list or, with ``streams``, of a watch's items. Raises NotAcceptable."""
    if not route.served.custom:
        _check_media(header, lists=not route.name and "list" in route.served.verbs)
    found = choose(header, tables="list" in route.served.verbs, converts=True)
    if found is None:
        raise not_acceptable(header)
    if streams and found.media != JSON:
        raise NotAcceptable(f"only the following media types are accepted: {_STREAMS}")
    return found


def choose(header: str, *, tables: bool = False, converts: bool = False) -> Form | None:
    """The best form that a header allows; None when it allows none."""
    if not header:
        return Form()
    for clause in clauses(header):
        for media in MEDIA:
            if clause.covers(media) and (form := _form(clause, media, tables=tables, converts=converts)):
                return form
    return None


def not_acceptable(header: str) -> NotAcceptable:
    """The error of a header that allows none of what is there; who asks for protobuf is told that it is not."""
    return NotAcceptable(
        f"only the following media types are accepted: {', '.join(MEDIA) if PROTOBUF in header else _ALL}"
    )


def unrepresentable(accepted: str) -> NotAcceptable:
    """The same, as the router in front of the built-in kinds says it."""
    return NotAcceptable(f"406: Not Acceptable\n\nAvailable representations: {accepted}", details={})


def names_one_of(header: str, media: tuple[str, ...]) -> bool:
    """Whether a header names one of some media types: all that the router looks at, and ``application/*`` is none."""
    given = {part.partition(";")[0].strip() for part in header.split(",")}
    return not header or bool(given & {"*/*", *media})


def _check_media(header: str, *, lists: bool) -> None:
    """The router in front of the built-in kinds. Raises NotAcceptable."""
    if not names_one_of(header, (*MEDIA, PROTOBUF)):
        raise unrepresentable(f"{_ALL}, {_STREAMS}" if lists else _ALL)


def _form(clause: Clause, media: str, *, tables: bool, converts: bool) -> Form | None:
    """What one clause asks for in a media type; None when that is not to be had."""
    parameters = clause.parameters
    stream = parameters.get("stream", "")
    if stream and (stream != "watch" or media != JSON):
        return None
    if not parameters.keys() & {"as", "g", "v"}:
        return Form(media)
    kind, version = parameters.get("as", ""), f"{parameters.get('g', '')}/{parameters.get('v', '')}"
    known = (PARTIAL, PARTIAL_LIST, TABLE) if tables else (PARTIAL, PARTIAL_LIST)
    return Form(media, kind, version) if converts and kind in known and version in META else None
