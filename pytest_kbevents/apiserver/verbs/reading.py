"""get and list."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any

from pytest_kbevents.api.objects import Key, Object, key_of
from pytest_kbevents.apiserver.schemas import syntax
from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.apiserver.store import Store
from pytest_kbevents.apiserver.verbs import list_options, selecting
from pytest_kbevents.apiserver.verbs.call import Call
from pytest_kbevents.apiserver.verbs.list_options import EXACT, ListOptions, too_large
from pytest_kbevents.apiserver.verbs.refusals import not_found
from pytest_kbevents.apiserver.verbs.selecting import Selects
from pytest_kbevents.errors import BadRequest, Gone, UnknownError

_OF_TOKENS = "meta.k8s.io/v1"


class Reading:
    """Reads from one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, call: Call) -> Object:
        """Raises NotFound."""
        if call.query and call.query.get("resourceVersion"):
            revision = list_options.revision(call.query["resourceVersion"], UnknownError) or 0
            if revision > self._store.revision:
                raise too_large(revision, self._store.revision)
        obj = self._store.get(call.route.served.shelf, call.route.key)
        if obj is None:
            raise not_found(call)
        return call.route.served.shown(obj)

    def listing(self, call: Call) -> Object:
        """All that match the selectors, or as many of them as were asked for. Raises BadRequest, Gone, Invalid."""
        options = list_options.of(call.query)
        revision, after = self._place(options, call.route.served)
        objects = self._objects(call, revision, after)
        found, left = _limited(objects, selecting.of(call.route, call.query), options.limit)
        served = call.route.served
        metadata: dict[str, Any] = {"resourceVersion": str(revision), **({"continue": ""} if served.custom else {})}
        if left:
            metadata["continue"] = _token(revision, key_of(found[-1]))
            if not call.query.get("labelSelector") and not call.query.get("fieldSelector"):
                metadata["remainingItemCount"] = left
        return {
            "kind": f"{served.resource.kind}List",
            "apiVersion": served.resource.api_version,
            "metadata": metadata,
            "items": _items(served, found),
        }

    def selected(self, call: Call) -> list[Object]:
        """The stored objects that a request's selectors select now. Raises BadRequest."""
        objects = self._objects(call, self._store.revision, None)
        return _limited(objects, selecting.of(call.route, call.query), 0)[0]

    def _objects(self, call: Call, revision: int, after: Key | None) -> list[Object]:
        """The stored objects of the route's namespace at a revision, behind a key."""
        shelf, namespace = call.route.served.shelf, call.route.namespace
        if revision == self._store.revision:
            objects = self._store.select(shelf, namespace)
        else:
            objects = self._past(shelf, namespace, revision, after)
        if after is not None:
            objects = [obj for obj in objects if "/".join(key_of(obj)) > "/".join(after)]
        return objects

    def _past(self, shelf: str, namespace: str, revision: int, after: Key | None) -> list[Object]:
        try:
            return self._store.select_at(shelf, namespace, revision)
        except Gone:
            if after is None:
                raise Gone("The resourceVersion for the provided list is too old.") from None
            told = (
                "The provided continue parameter is too old to display a consistent list result. You can start a new "
                "list without the continue parameter, or use the continue token in this response to retrieve the "
                "remainder of the results. Continuing with the provided token results in an inconsistent list - "
                "objects that were created, modified, or deleted between the time the first chunk was returned and "
                "now may show up in the list."
            )
            raise Gone(told, metadata={"continue": _token(-1, after)}) from None

    def _place(self, options: ListOptions, served: Served) -> tuple[int, Key | None]:
        """The revision to read at, and the key to go on after."""
        del served
        if options.token:
            if options.revision:
                raise BadRequest("specifying resource version is not allowed when using continue")
            return _read_token(options.token, self._store.revision)
        if options.revision and options.revision > self._store.revision:
            raise too_large(options.revision, self._store.revision)
        exact = options.match == EXACT or (options.limit and options.revision and not options.match)
        return (options.revision if exact and options.revision else self._store.revision), None


def _limited(objects: list[Object], selects: Selects, limit: int) -> tuple[list[Object], int]:
    """As many as there may be of those that match, and how many objects, matching or not, come behind the last."""
    if not limit:
        return (objects if selects is selecting.everything else [obj for obj in objects if selects(obj)]), 0
    found: list[Object] = []
    for index, obj in enumerate(objects):
        if len(found) == limit:
            return found, len(objects) - index
        if selects(obj):
            found.append(obj)
    return found, 0


def _items(served: Served, objects: list[Object]) -> Sequence[Object]:
    """The items of a list: of built-in kinds without what the list itself says of them."""
    if served.custom:
        return [served.shown(obj) for obj in objects]
    own = served.shelf == served.resource.qualified  # shown as they are stored
    items = [dict(obj if own else served.shown(obj)) for obj in objects]
    for item in items:
        del item["kind"], item["apiVersion"]
    return items


def _token(revision: int, key: Key) -> str:
    start = "/".join(key).lstrip("/") + "\0"
    text = json.dumps({"v": _OF_TOKENS, "rv": revision, "start": start}, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_token(token: str, current: int) -> tuple[int, Key]:
    try:
        content = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode("latin-1"))
        if content["v"] != _OF_TOKENS:
            problem = f"server does not recognize this encoded version {content['v']}"
            raise BadRequest(f"invalid continue token: continue key is not valid: {problem}")
        namespace, _, name = content["start"].removesuffix("\0").rpartition("/")
        revision = int(content["rv"])
    except json.JSONDecodeError as error:
        raise BadRequest(f"invalid continue token: continue key is not valid: {syntax.problem(error)}") from None
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        problem = f"continue key is not valid: {error}"
        raise BadRequest(f"invalid continue token: {problem}") from None
    return (revision if revision > 0 else current), (namespace, name)
