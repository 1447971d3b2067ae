"""ConfigMaps and Secrets: data that can be frozen."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import ClassVar

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.kinds.rules import COMMON_FIELDS, Fresh, Rules
from pytest_kbevents.apiserver.validation.causes import Cause, forbidden, invalid, required, too_long
from pytest_kbevents.apiserver.validation.metadata import IMMUTABLE

LIMIT = 1024 * 1024
"""Bytes of all values together."""
_KEY = re.compile(r"[-._a-zA-Z0-9]+", re.ASCII)
_KEY_RULE = (
    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or "
    "'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
)
_OF_TYPE = {
    "kubernetes.io/tls": ("tls.crt", "tls.key"),
    "kubernetes.io/dockerconfigjson": (".dockerconfigjson",),
    "kubernetes.io/dockercfg": (".dockercfg",),
    "kubernetes.io/ssh-auth": ("ssh-privatekey",),
}
"""What a Secret of a type must have."""
_FROZEN = "field is immutable when `immutable` is set"


class _DataRules(Rules):
    """What both have in common; ``parts`` are their maps of data."""

    reset: ClassVar[tuple[str, ...]] = ()
    parts: ClassVar[tuple[str, ...]] = ()

    def validate(self, obj: Object) -> Iterator[Cause]:
        size = 0
        for part in self.parts:
            for key, value in (obj.get(part) or {}).items():
                yield from _key(key, f"{part}[{key}]")
                size += len(value.encode("utf-8", "surrogatepass"))
                if part == "data" and key in (obj.get("binaryData") or {}):
                    yield invalid(f"data[{key}]", key, "duplicate of key present in binaryData")
        if size > LIMIT:
            yield too_long(self._sized(), LIMIT)

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        if not old.get("immutable"):
            return
        if not obj.get("immutable"):
            yield forbidden("immutable", _FROZEN)
        for part in self.parts:
            if obj.get(part) != old.get(part):
                yield forbidden(part, _FROZEN)

    def _sized(self) -> str:
        return "[]"


class ConfigMapRules(_DataRules):
    """A ConfigMap."""

    parts: ClassVar[tuple[str, ...]] = ("data", "binaryData")


class SecretRules(_DataRules):
    """A Secret: its values are bytes, in base64, or texts that become them."""

    parts: ClassVar[tuple[str, ...]] = ("data",)
    returns_deleted = False
    fields: ClassVar[tuple[str, ...]] = (*COMMON_FIELDS, "type")

    def default(self, obj: Fresh) -> None:
        obj.setdefault("type", "Opaque")
        texts = obj.pop("stringData", None)
        if texts:
            encoded = {key: base64.b64encode(value.encode()).decode() for key, value in texts.items()}
            obj["data"] = {**(obj.get("data") or {}), **encoded}

    def validate(self, obj: Object) -> Iterator[Cause]:
        yield from super().validate(obj)
        data = obj.get("data") or {}
        for key in _OF_TYPE.get(obj.get("type", ""), ()):
            if key not in data:
                yield required(f"data[{key}]")
        if obj.get("type") == "kubernetes.io/basic-auth" and not {"username", "password"} & data.keys():
            yield from (required(f"data[{key}]") for key in ("username", "password"))

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        if obj.get("type") != old.get("type"):
            yield invalid("type", obj.get("type"), IMMUTABLE)
        yield from super().validate_update(obj, old)

    def _sized(self) -> str:
        return "data"


def _key(key: str, field: str) -> Iterator[Cause]:
    if not _KEY.fullmatch(key):
        yield invalid(field, key, _KEY_RULE)
    elif key in (".", "..") or key.startswith(".."):
        yield invalid(field, key, f"must not be '{key}'" if key in (".", "..") else "must not start with '..'")
