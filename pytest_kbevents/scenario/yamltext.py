"""Data as YAML text, for people; it reads as what it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

_NO_TEXT = re.compile(r"[-+]?[0-9.]*([eE][-+]?[0-9]*)?|true|false|null|~", re.IGNORECASE)
"""What is read as something else than text when it is not quoted, or may be."""
_COMMON: dict[str, Any] = {"allow_unicode": True, "sort_keys": False}


class _Dumper(yaml.SafeDumper):
    """Texts stay texts, and what is shared is written as often as it is there: nobody wants to read anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True

    def text(self, data: str) -> yaml.Node:
        """Quoted where it must be; over several lines as it is."""
        style = '"' if _NO_TEXT.fullmatch(data) else "|" if "\n" in data else None
        return self.represent_scalar("tag:yaml.org,2002:str", str(data), style=style)


_Dumper.add_multi_representer(str, _Dumper.text)
_Dumper.add_representer(str, _Dumper.text)


def flow(data: Mapping[str, Any]) -> str:
    """A mapping in one line, without the outermost braces."""
    text = yaml.dump(dict(data), Dumper=_Dumper, default_flow_style=True, width=10**6, **_COMMON)
    return str(text).strip().removeprefix("{").removesuffix("}")


def block(data: Mapping[str, Any]) -> str:
    """A mapping over many lines; what has no other mapping or list in it stands in one."""
    return str(yaml.dump(dict(data), Dumper=_Dumper, default_flow_style=None, width=110, **_COMMON))
