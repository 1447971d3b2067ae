"""What a list or watch asks for, checked as Kubernetes checks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pytest_kbevents.api.resources import Resource
from pytest_kbevents.apiserver.validation import causes
from pytest_kbevents.apiserver.validation.causes import Cause, forbidden, unsupported
from pytest_kbevents.apiserver.verbs.options import boolean, whole
from pytest_kbevents.errors import ApiError, BadRequest, UnknownError

NOT_OLDER, EXACT = "NotOlderThan", "Exact"


class TimedOut(ApiError):
    """A revision that has not come yet."""

    code, reason = 504, "Timeout"


@dataclass(frozen=True, slots=True)
class ListOptions:
    """ListOptions of the meta group. ``revision`` is None when none was given."""

    watch: bool = False
    revision: int | None = None
    match: str = ""
    limit: int = 0
    token: str = ""
    seconds: int | None = None
    """How long a watch may last."""
    bookmarks: bool = False
    initial_events: bool | None = None


def of(query: Mapping[str, str]) -> ListOptions:
    """Read a query. Raises BadRequest, Invalid, UnknownError."""
    if not query:
        return ListOptions()
    watch = "watch" in query and boolean(query["watch"])
    initial = boolean(query["sendInitialEvents"]) if "sendInitialEvents" in query else None
    limit = whole(query["limit"]) if query.get("limit") else 0
    seconds = whole(query["timeoutSeconds"]) if query.get("timeoutSeconds") else None
    found = list(_of_watch(query, initial) if watch else _of_list(query, initial))
    causes.refuse(Resource("meta.k8s.io", "v1", "", "ListOptions"), "", found)
    return ListOptions(
        watch=watch,
        revision=revision(query.get("resourceVersion", ""), UnknownError if watch else BadRequest),
        match=query.get("resourceVersionMatch", ""),
        limit=max(limit, 0),
        token=query.get("continue", ""),
        seconds=seconds,
        bookmarks="allowWatchBookmarks" in query and boolean(query["allowWatchBookmarks"]),
        initial_events=initial,
    )


def too_large(revision: int, current: int) -> TimedOut:
    """The error of a revision that has not come yet."""
    cause = {"reason": "ResourceVersionTooLarge", "message": "Too large resource version"}
    return TimedOut(
        f"Timeout: Too large resource version: {revision}, current: {current}",
        details={"causes": [cause], "retryAfterSeconds": 1},
    )


def revision(given: str, wrong: type[ApiError]) -> int | None:
    """A resourceVersion; None for none. Raises ``wrong``."""
    if not given:
        return None
    if not (given.isascii() and given.isdigit()):
        problem = f'resourceVersion: Invalid value: "{given}": strconv.ParseUint: parsing "{given}": invalid syntax'
        raise wrong(f"invalid resource version: {problem}" if wrong is BadRequest else problem)
    return int(given)


def _of_list(query: Mapping[str, str], initial: bool | None) -> Iterator[Cause]:
    match, revision = query.get("resourceVersionMatch", ""), query.get("resourceVersion", "")
    if match and not revision:
        yield forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided")
    if match and query.get("continue"):
        yield forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided")
    if match not in ("", EXACT, NOT_OLDER):
        yield unsupported("resourceVersionMatch", match, (EXACT, NOT_OLDER, ""))
    if match == EXACT and revision == "0":
        yield forbidden("resourceVersionMatch", 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"')
    if initial is not None:
        yield forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list")


def _of_watch(query: Mapping[str, str], initial: bool | None) -> Iterator[Cause]:
    match = query.get("resourceVersionMatch", "")
    if initial is None and match:
        rule = "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"
        yield forbidden("resourceVersionMatch", rule)
    if initial is not None and match != NOT_OLDER:
        yield forbidden(
            "resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"
        )
    if match not in ("", NOT_OLDER):
        yield unsupported("resourceVersionMatch", match, (NOT_OLDER,))
    if query.get("continue"):
        yield forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided")
