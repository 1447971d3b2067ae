"""Answers as YAML, in the style of Kubernetes' writer: keys sorted, long texts as blocks, no anchors."""

from __future__ import annotations

from functools import cache
from typing import Any


def dumped(value: Any) -> str:
    """A JSON value as one YAML document."""
    import yaml

    text = yaml.dump(value, Dumper=_dumper(), allow_unicode=True, default_flow_style=False)
    return text.encode("utf-8", "replace").decode()


@cache
def _dumper() -> Any:
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            del data
            return True

    def text(dumper: Any, value: str) -> Any:
        plain = dumper.resolve(yaml.ScalarNode, value, (True, False))
        style = "|" if "\n" in value else None if plain == "tag:yaml.org,2002:str" else '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    def mapping(dumper: Any, value: Any) -> Any:
        return dumper.represent_dict(dict(value))

    Dumper.add_representer(str, text)
    Dumper.add_multi_representer(dict, mapping)
    return Dumper
