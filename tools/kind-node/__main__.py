"""Makes a real kind cluster possible on a machine that reaches no image registry.

``eval "$(python3 tools/kind-node)"`` makes sure of Docker, kind, kubectl, a node image for kind and an image with
Python to put our own on, and sets PATH, KB_KIND_IMAGE and KB_IMAGE_BASE. Each step is done once: what it makes is in
the user's cache, and in Docker, under the hash of all that goes in.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent))  # for gobuild.py, which tools/assets.py uses too

import daemon
import node
import place
import programs
import pythonbase
from gobuild import CannotBuild, alone


def main() -> int:
    """Make what is missing, and print the lines for a shell."""
    try:
        print("\n".join(exports(*ready())))
    except CannotBuild as error:
        print(f"kind-node: {error}", file=sys.stderr)
        return 1
    return 0


def ready() -> tuple[Path, str, str]:
    """The folder of kind and kubectl, the tag of the node image and that of Python's, all there. Raises CannotBuild."""
    if sys.platform != "linux":
        raise CannotBuild(f"a node is made of Debian's packages, not on {sys.platform}; run this on Linux")
    with alone(place.folder()):
        daemon.ensure()
        return programs.build(programs.HOST), node.ensure(), pythonbase.ensure()


def exports(folder: Path, node_image: str, python_image: str) -> list[str]:
    """What a shell evaluates."""
    return [
        f'export PATH={shlex.quote(str(folder))}:"$PATH"',
        f"export KB_KIND_IMAGE={shlex.quote(node_image)}",
        f"export KB_IMAGE_BASE={shlex.quote(python_image)}",
    ]


if __name__ == "__main__":
    raise SystemExit(main())
