"""``python -m pytest_kbevents.scenario.reference DIR`` writes the pages."""

from __future__ import annotations

import sys
from pathlib import Path

from pytest_kbevents.scenario.reference.pages import pages


def main(arguments: list[str]) -> int:
    """Write each page into the folder."""
    if len(arguments) != 1:
        sys.stderr.write("say where: python -m pytest_kbevents.scenario.reference DIR\n")
        return 4
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
