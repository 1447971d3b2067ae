"""The image with Python that our own image is put on: what its users take from a registry, made here."""

from __future__ import annotations

from pathlib import Path

import debian
import images
import place
from gobuild import digest, step

PACKAGES = ("python3", "python-is-python3")
"""Not python3-minimal, which has no http."""
UNUSED = (
    "etc/apt",
    "usr/bin/perl*",
    "usr/lib/*/gconv",
    "usr/lib/*/perl-base",
    "usr/lib/apt",
    "usr/lib/python3*/lib2to3",
    "usr/lib/systemd",
    "usr/lib/udev",
    "usr/share/perl5",
    "usr/share/bash-completion",
    "var/lib/dpkg/info/*",
)
"""Nothing is installed on top of it with apt, and Python has its own encodings."""


def ensure() -> str:
    """The tag of the image, which Docker has then. Raises CannotBuild."""
    return images.ensure("python", content(), _make)


def content() -> str:
    """The hash of what decides it."""
    return digest(Path(__file__), debian.content(PACKAGES))


def _make(tag: str) -> None:
    with place.fresh() as root:
        debian.unpack(PACKAGES, root)
        debian.remove(root, UNUSED)
        with step(f"importing {tag}"):
            images.take(root, tag, ['CMD ["python3"]', "ENV LANG=C.UTF-8"])
