"""Installs yaml-language-server, what editors check YAML with, from npm; our own tests ask it about scenarios.

``python tools/language_server.py`` prints the command that starts it. It is installed once for each version, into a
folder of the user's cache; ``--installed`` installs nothing, and fails when it is not there.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

VERSION = "1.19.2"
"""A version that Node.js 18 and newer run."""
START = Path("node_modules", "yaml-language-server", "bin", "yaml-language-server")


class NotThere(Exception):
    """The text says why, and the remedy."""


def main() -> int:
    """Install what is missing, and print the command."""
    parser = argparse.ArgumentParser(description="Install yaml-language-server and print the command that starts it.")
    parser.add_argument("--installed", action="store_true", help="install nothing")
    try:
        print(shlex.join(installed() if parser.parse_args().installed else install()))
    except NotThere as error:
        print(f"language_server: {error}", file=sys.stderr)
        return 1
    return 0


def installed() -> list[str]:
    """The command of the server that is there. Raises NotThere."""
    node = shutil.which("node")
    if node is None:
        raise NotThere("Node.js is not on PATH; install it from https://nodejs.org, 18 or newer")
    start = place() / START
    if not start.is_file():
        raise NotThere("yaml-language-server is not there; run python tools/language_server.py")
    return [node, str(start), "--stdio"]


def install() -> list[str]:
    """The same, installed if it is not there. It appears whole or not at all. Raises NotThere."""
    folder = place()
    if not (folder / START).is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as fresh:
            _npm_install(Path(fresh, "server"))
            if not (folder / START).is_file():  # another run may have been faster
                Path(fresh, "server").rename(folder)
    return installed()


def place() -> Path:
    """A folder of the cache, by the version."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "kbevents" / f"yaml-language-server-{VERSION}"


def _npm_install(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NotThere("npm is not on PATH; it comes with Node.js, https://nodejs.org")
    folder.mkdir()
    command = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(
        [*command, f"yaml-language-server@{VERSION}"], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise NotThere(f"npm could not install it:\n{done.stderr.strip()}")


if __name__ == "__main__":
    raise SystemExit(main())
