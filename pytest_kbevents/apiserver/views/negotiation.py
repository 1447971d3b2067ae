"""Which form an answer takes, of those that its Accept header allows."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_kbevents.api.http import JSON, PROTOBUF, YAML
from pytest_kbevents.apiserver.registry import Route
from pytest_kbevents.apiserver.views.accept import Clause, clauses
from pytest_kbevents.errors import NotAcceptable

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


def of_object(header: str, route: Route, verb: str) -> Form:
    """The form of what a verb answers: an object, a list, or the items of a watch. Raises NotAcceptable."""
    if not route.served.custom:
        check_router(header, lists=verb in ("list", "watch"))
    found = choose(header, (PARTIAL, PARTIAL_LIST, *((TABLE,) if "list" in route.served.verbs else ())))
    if found is None:
        raise not_acceptable(header)
    if verb == "watch" and found.media != JSON:
        raise NotAcceptable(f"only the following media types are accepted: {_STREAMS}")
    return found


def choose(header: str, kinds: tuple[str, ...] = (), media: tuple[str, ...] = MEDIA) -> Form | None:
    """The best form that a header allows of some media types and kinds to turn into; None when it allows none."""
    if not header:
        return Form()
    for clause in clauses(header):
        for each in media:
            if clause.covers(each) and (form := _form(clause, each, kinds)):
                return form
    return None


def not_acceptable(header: str) -> NotAcceptable:
    """The error of a header that allows none of what is there; who asks for protobuf is told that it is not."""
    return NotAcceptable(
        f"only the following media types are accepted: {', '.join(MEDIA) if PROTOBUF in header else _ALL}"
    )


def check_router(header: str, *, lists: bool = False) -> None:
    """The router in front of the built-in kinds; with ``lists`` it knows streams too. Raises NotAcceptable."""
    if not names_one_of(header, (*MEDIA, PROTOBUF)):
        raise unrepresentable(f"{_ALL}, {_STREAMS}" if lists else _ALL)


def unrepresentable(accepted: str) -> NotAcceptable:
    """The same, as the router in front of the built-in kinds says it."""
    return NotAcceptable(f"406: Not Acceptable\n\nAvailable representations: {accepted}", details={})


def names_one_of(header: str, media: tuple[str, ...]) -> bool:
    """Whether a header names one of some media types: all that the router looks at, and ``application/*`` is none."""
    given = {part.partition(";")[0].strip() for part in header.split(",")}
    return not header or bool(given & {"*/*", *media})


def _form(clause: Clause, media: str, kinds: tuple[str, ...]) -> Form | None:
    """What one clause asks for in a media type; None when that is not to be had."""
    parameters = clause.parameters
    stream = parameters.get("stream", "")
    if stream and (stream != "watch" or media != JSON):
        return None
    if not parameters.keys() & {"as", "g", "v"}:
        return Form(media)
    kind, version = parameters.get("as", ""), f"{parameters.get('g', '')}/{parameters.get('v', '')}"
    return Form(media, kind, version) if kind in kinds and version in META else None
