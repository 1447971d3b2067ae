"""What a write's query, and a deletion's body, ask for beside the object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pytest_kbevents.api.http import APPLY_YAML
from pytest_kbevents.api.resources import Resource
from pytest_kbevents.apiserver.validation import causes
from pytest_kbevents.apiserver.validation.causes import Cause, forbidden, required, too_long, unsupported
from pytest_kbevents.apiserver.verbs.call import Call
from pytest_kbevents.errors import BadRequest

MANAGER_LIMIT = 128
_POLICIES = ("Foreground", "Background", "Orphan")


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """CreateOptions, UpdateOptions and PatchOptions."""

    dry_run: bool = False
    strict: bool = False
    """Unknown and repeated fields are errors."""
    warns: bool = True
    """They are warned of."""
    manager: str = ""
    force: bool = False


def of_write(call: Call, kind: str) -> WriteOptions:
    """The options of a write; ``kind`` is CreateOptions, UpdateOptions or PatchOptions. Raises Invalid, BadRequest."""
    query = call.query
    if not query and call.media_type != APPLY_YAML:
        return _plain(call.request.user_agent)
    validation, manager, force = query.get("fieldValidation", ""), query.get("fieldManager", ""), query.get("force")
    applies = call.media_type == APPLY_YAML
    _refuse(kind, [*_dry_run(query), *_of_patch(kind, applies=applies, manager=manager, force=force), *_common(query)])
    return WriteOptions(
        dry_run=bool(query.get("dryRun")),
        strict=validation == "Strict",
        warns=validation != "Ignore",
        manager=manager or _manager(call.request.user_agent),
        force=force is not None and boolean(force),
    )


@dataclass(frozen=True, slots=True)
class DeleteOptions:
    """DeleteOptions, from the body or the query."""

    dry_run: bool = False
    grace: int | None = None
    uid: str | None = None
    revision: str | None = None
    policy: str = ""
    """Foreground, Background, Orphan, or what the kind does by itself."""


def of_delete(call: Call, body: Mapping[str, Any] | None) -> DeleteOptions:
    """The options of a deletion. Raises Invalid, BadRequest."""
    body = body or {}
    query = call.query
    grace = body.get("gracePeriodSeconds")
    if grace is None and "gracePeriodSeconds" in query:
        grace = whole(query["gracePeriodSeconds"])
    orphan = body.get("orphanDependents")
    if orphan is None and "orphanDependents" in query:
        orphan = boolean(query["orphanDependents"])
    policy = body.get("propagationPolicy") or query.get("propagationPolicy", "")
    dry = body.get("dryRun") or ([query["dryRun"]] if query.get("dryRun") else [])
    found = [] if dry in ([], ["All"]) else [unsupported("dryRun", dry, ("All",))]
    if policy and policy not in _POLICIES:
        found.append(unsupported("propagationPolicy", policy, (*_POLICIES, "nil")))
    if policy and orphan is not None:
        found.append(
            causes.invalid("propagationPolicy", policy, "orphanDependents and deletionPropagation cannot be both set")
        )
    _refuse("DeleteOptions", found)
    preconditions = body.get("preconditions") or {}
    chosen = policy or ({True: "Orphan", False: "Background"}[orphan] if orphan is not None else "")
    return DeleteOptions(bool(dry), grace, preconditions.get("uid"), preconditions.get("resourceVersion"), chosen)


def boolean(text: str) -> bool:
    """A boolean of a query: ``?force`` and ``?force=true`` are true."""
    return text.lower() not in ("false", "0")


def whole(text: str) -> int:
    """A whole number of a query. Raises BadRequest."""
    digits = text[1:] if text[:1] in "+-" else text
    if not (digits.isascii() and digits.isdigit()):
        raise BadRequest(f'strconv.ParseInt: parsing "{text}": invalid syntax')
    if len(digits) > 18:
        raise BadRequest(f'strconv.ParseInt: parsing "{text}": value out of range')
    return int(text)


@lru_cache(maxsize=1024)
def _plain(user_agent: str) -> WriteOptions:
    return WriteOptions(manager=_manager(user_agent))


def _manager(user_agent: str) -> str:
    agent = user_agent.partition("/")[0]
    return agent.encode()[:MANAGER_LIMIT].decode("utf-8", "ignore") or "unknown"


def _refuse(kind: str, found: list[Cause]) -> None:
    causes.refuse(Resource("meta.k8s.io", "v1", "", kind), "", found)


def _dry_run(query: Mapping[str, str]) -> Iterator[Cause]:
    if query.get("dryRun", "All") != "All":
        yield unsupported("dryRun", [query["dryRun"]], ("All",))


def _of_patch(kind: str, *, applies: bool, manager: str, force: str | None) -> Iterator[Cause]:
    if kind != "PatchOptions":
        return
    if not applies and force is not None:
        yield forbidden("force", "may not be specified for non-apply patch")
    if applies and not manager:
        yield required("fieldManager", "is required for apply patch")


def _common(query: Mapping[str, str]) -> Iterator[Cause]:
    manager, validation = query.get("fieldManager", ""), query.get("fieldValidation", "")
    if len(manager.encode("utf-8", "surrogatepass")) > MANAGER_LIMIT:
        yield too_long("fieldManager", MANAGER_LIMIT)
    for position, char in enumerate(manager):
        if not char.isprintable():
            yield causes.invalid(
                "fieldManager", manager, f"invalid character U+{ord(char):04X} (at position {position})"
            )
    if validation not in ("", "Ignore", "Strict", "Warn"):
        yield unsupported("fieldValidation", validation, ("", "Ignore", "Strict", "Warn"))
