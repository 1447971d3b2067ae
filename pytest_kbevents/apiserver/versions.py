"""The order of versions: v2, v1, v1beta1, v1alpha1, and then what is no version of Kubernetes' kind."""

from __future__ import annotations

import re

_VERSION = re.compile(r"v(\d+)(?:(alpha|beta)(\d+))?")
_STABILITY = ("alpha", "beta", None)


def newest(version: str) -> tuple[bool, int, int, int, str]:
    """What sorts versions, the newest first."""
    match = _VERSION.fullmatch(version)
    if match is None:
        return True, 0, 0, 0, version
    return False, -_STABILITY.index(match[2]), -int(match[1]), -int(match[3] or 0), ""
