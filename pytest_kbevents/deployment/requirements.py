"""Which distributions the image needs beside the package, each in the version that is installed here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement

from pytest_kbevents.errors import InputError

NEEDED = ("cheroot", "jinja2", "prometheus-client", "pydantic", "urllib3", "watchdog")
"""What ``kbevents agent`` and ``kbevents controller`` load in a Pod. There, nobody logs in by a kubeconfig."""
LINUX = {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"}
"""What every container says to environment markers."""


def markers(version: str) -> dict[str, str]:
    """What an image's interpreter of that version, ``3.11``, says to environment markers."""
    return {**LINUX, "python_version": version, "python_full_version": f"{version}.0"}


def pins(environment: Mapping[str, str] = LINUX) -> list[str]:
    """``name==version`` of those and of all that they need in turn, sorted. ``environment`` is what markers see where
    this interpreter says otherwise. Raises InputError when one is not installed.
    """
    found: dict[str, str] = {}
    waiting = list(NEEDED)
    while waiting:
        name = _normal(waiting.pop())
        if name not in found:
            try:
                found[name] = distribution(name).version
            except PackageNotFoundError:
                raise InputError(_missing(name)) from None
            waiting += _requirements(name, environment)
    return [f"{name}=={version}" for name, version in sorted(found.items())]


def _requirements(name: str, environment: Mapping[str, str]) -> Iterator[str]:
    for text in distribution(name).requires or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": "", **environment}):
            yield requirement.name


def _missing(name: str) -> str:
    return f"the image needs {name}, which is not installed here: pip install 'pytest-kbevents[controller]' has it"


def _normal(name: str) -> str:
    """As PEP 503 spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()
