"""What a definition and its versions may be called."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from pytest_kbevents.api import validity
from pytest_kbevents.apiserver.validation.causes import Cause, invalid, required

APPROVAL = "api-approved.kubernetes.io"
"""The annotation with which definitions in Kubernetes' own groups say who has agreed."""
_PROTECTED = ("k8s.io", "kubernetes.io")
_PULL = "see https://github.com/kubernetes/enhancements/pull/1111"


def group(name: str) -> Iterator[Cause]:
    """A group is a domain."""
    if not name:
        yield required("spec.group")
    elif problems := validity.dns_subdomain(name):
        yield invalid("spec.group", name, ",".join(problems))
    elif "." not in name:
        yield invalid("spec.group", name, "should be a domain with at least one dot")


def missing(names: Mapping[str, Any]) -> Iterator[Cause]:
    """The names that a definition must have."""
    yield from (
        required(f"spec.names.{word}") for word in ("plural", "singular", "kind", "listKind") if not names.get(word)
    )


def names(given: Mapping[str, Any], place: str) -> Iterator[Cause]:
    """What each name may be."""
    for word in ("plural", "singular"):
        yield from _label(given.get(word), f"{place}.{word}")
    for word in ("kind", "listKind"):
        name = given.get(word) or ""
        if name and (problems := validity.old_dns_label(name.lower())):
            told = f"may have mixed case, but should otherwise match: {','.join(problems)}"
            yield invalid(f"{place}.{word}", name, told)
    for index, name in enumerate(given.get("shortNames") or ()):
        yield from label(name, f"{place}.shortNames[{index}]")
    if given.get("kind") and given["kind"] == given.get("listKind"):
        yield invalid(f"{place}.listKind", given["listKind"], "kind and listKind may not be the same")
    for index, name in enumerate(given.get("categories") or ()):
        yield from label(name, f"{place}.categories[{index}]")


def label(name: str, place: str) -> Iterator[Cause]:
    """A label of the old kind, that begins with a letter."""
    if problems := validity.old_dns_label(name):
        yield invalid(place, name, ",".join(problems))


def deprecation(version: Mapping[str, Any], place: str) -> Iterator[Cause]:
    """What users of a version are warned with."""
    warning = version.get("deprecationWarning")
    if warning is None:
        return
    field = f"{place}.deprecationWarning"
    if not version.get("deprecated"):
        yield invalid(field, warning, "can only be set for deprecated versions")
        return
    if not warning:
        yield invalid(field, warning, "must not be an empty string")
    for index, letter in enumerate(warning):
        if letter != " " and unicodedata.category(letter)[0] in "CZ":
            at = len(warning[:index].encode())
            told = f"must only contain printable UTF-8 characters; non-printable character found at index {at}"
            yield invalid(field, warning, told)
            break


def approval(obj: Mapping[str, Any], old: Mapping[str, Any] | None = None) -> Iterator[Cause]:
    """Kubernetes' own groups need its community's consent, or a definition that says it goes without."""
    name = obj["spec"].get("group") or ""
    if not any(name == domain or name.endswith(f".{domain}") for domain in _PROTECTED):
        return
    state = _state(obj)
    if old is not None and _state(old) == state:
        return
    place = f"metadata.annotations[{APPROVAL}]"
    told = f'protected groups must have approval annotation "{APPROVAL}"'
    if state == "missing":
        yield required(place, f"{told}, {_PULL}")
    elif state == "invalid":
        detail = f'{told} with either a URL or a reason starting with "unapproved", {_PULL}'
        yield invalid(place, obj["metadata"]["annotations"][APPROVAL], detail)


def _state(obj: Mapping[str, Any]) -> str:
    text = (obj["metadata"].get("annotations") or {}).get(APPROVAL, "")
    if not text:
        return "missing"
    if text.startswith("unapproved"):
        return "bypassed"
    try:
        parts = urlsplit(text)
    except ValueError:
        return "invalid"
    return "approved" if parts.scheme and parts.netloc else "invalid"


def _label(name: str | None, place: str) -> Iterator[Cause]:
    if name:
        yield from label(name, place)
