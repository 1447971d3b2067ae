"""``kbevents image build``: the image that controllers and agents in Pods run from."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from pytest_kbevents.deployment.image import build
from pytest_kbevents.settings.knobs import IMAGE_BASE

BASE_VARIABLE = "KB_IMAGE_BASE"


def add(commands: Any) -> None:
    """Declare the command and what it does."""
    text = "The image that controllers and agents in Pods run from."
    parser: argparse.ArgumentParser = commands.add_parser("image", help=text, description=text)
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    text = (
        "Build the image with docker, unless it is there, and print its name. The tag is made from its content: the "
        "base and all that is put on it, so the same name is the same image."
    )
    action = actions.add_parser("build", help=text.partition(",")[0], description=text)
    option = action.add_argument
    base = f"what it is built on, with Python 3.11 or newer (default: ${BASE_VARIABLE}, else {IMAGE_BASE})"
    option("--base", default="", metavar="IMAGE", help=base)
    wheel = "the package; the one that runs this, as it is installed, when not given"
    option("--wheel", type=Path, metavar="FILE", help=wheel)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the reference; what takes time is told on stderr. Raises InputError, ClusterFailed."""
    base = options.base or os.environ.get(BASE_VARIABLE) or IMAGE_BASE
    sys.stdout.write(f"{build(base, options.wheel, _tell)}\n")
    return 0


def _tell(text: str) -> None:
    sys.stderr.write(f"kbevents: {text}\n")
