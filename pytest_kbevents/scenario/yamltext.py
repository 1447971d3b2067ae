"""Data as YAML text, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes what is shared as often as it is there: nobody wants to read anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


def flow(data: Mapping[str, Any]) -> str:
    """A mapping in one line, without the outermost braces."""
    text = yaml.dump(dict(data), Dumper=_Dumper, default_flow_style=True, width=10**6, **_COMMON)
    return str(text).strip().removeprefix("{").removesuffix("}")


def block(data: Mapping[str, Any]) -> str:
    """A mapping over many lines; what has no other mapping or list in it stands in one."""
    return str(yaml.dump(dict(data), Dumper=_Dumper, default_flow_style=None, width=110, **_COMMON))


_COMMON: dict[str, Any] = {"allow_unicode": True, "sort_keys": False}
