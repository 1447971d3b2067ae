"""Keeps us away from clusters that matter."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pytest_kbevents.errors import SettingError

_SOUNDS = re.compile(r"(?<![a-z])(prod|prd|production|live)(?![a-z])", re.IGNORECASE)


def refuse_production(names: Mapping[str, str]) -> None:
    """``names`` are what is called so, by what it is: context, server, ... Raises SettingError for the first that
    sounds like production.
    """
    for what, name in names.items():
        if found := _SOUNDS.search(name):
            raise SettingError(
                f"--kb-cluster kubeconfig: {what} {name!r} sounds like production ({found[0]!r}); choose another with "
                "--kb-context, or say --kb-allow-production"
            )
