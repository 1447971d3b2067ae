"""Images in Docker, by the hash of what goes into them; each is kept in the cache too, for a Docker that is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import packed
import place
from command import pipe, run, succeeds
from gobuild import step


def ensure(name: str, content: str, make: Callable[[str], None]) -> str:
    """The tag of an image that Docker has then: it had it, or loads it, or it is made with that tag, and kept.

    Raises CannotBuild.
    """
    tag = f"kbevents/{name}:{content[:12]}"
    kept = packed.named(f"{name}-{content[:12]}", place.folder())
    there = succeeds("docker", "image", "inspect", tag)
    if not there and kept.is_file():
        with step(f"loading {tag}"):
            packed.unpack(kept, ["docker", "load", "--quiet"])
    elif not there:
        make(tag)
    if not kept.is_file():
        with step(f"keeping {tag}"):
            packed.pack(["docker", "save", tag], kept)
    return tag


def take(folder: Path, tag: str, changes: Sequence[str]) -> None:
    """Make an image of a folder, with Dockerfile instructions on top. Raises CannotBuild."""
    told = [word for change in changes for word in ("--change", change)]
    pipe(["tar", "-C", str(folder), "--numeric-owner", "-c", "."], ["docker", "import", *told, "-", tag])


def drop(*tags: str) -> None:
    """Forget tags; layers that other images have stay."""
    run("docker", "image", "rm", *tags)
