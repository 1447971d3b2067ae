"""``kbevents new``: the first draft of a scenario, from what a bug report says."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Any

from pytest_kbevents.errors import InputError
from pytest_kbevents.releases import DEFAULT_RELEASE, RELEASES
from pytest_kbevents.scenario.loader import read_all
from pytest_kbevents.scenario.skeleton import DONE, SEEN, Answers, skeleton
from pytest_kbevents.scenario.values import NAME
from pytest_kbevents.settings import LEVELS

FOLDER = "scenarios"


def add(commands: Any) -> None:
    """Declare the command."""
    text = (
        "Write the first draft of a scenario: what a bug report says was done and seen, as steps. It runs as it is; "
        "what it does not know of your bug, say in the file."
    )
    parser: argparse.ArgumentParser = commands.add_parser("new", help=text.partition(":")[0], description=text)
    parser.add_argument("name", help="what goes wrong, in plain words with dashes, such as late-event-wins")
    parser.add_argument("--says", required=True, metavar="TEXT", help="what happens, and what must be true")
    parser.add_argument("--done", action="append", default=[], choices=DONE, help="what was done; repeatable, in order")
    parser.add_argument("--seen", action="append", default=[], choices=SEEN, help="what was seen; repeatable")
    parser.add_argument("--fails-on", action="append", default=[], choices=RELEASES, metavar="RELEASE")
    parser.add_argument("--passes-on", action="append", default=[], choices=RELEASES, metavar="RELEASE")
    parser.add_argument(
        "--issue", action="append", default=[], metavar="NUMBER", help="its number on GitHub; repeatable"
    )
    parser.add_argument("--area", default="role", help="role (if not given), available, task, agent, delivery, ...")
    parser.add_argument("--level", default=LEVELS[0], choices=LEVELS)
    parser.add_argument("--component", default="mysql", metavar="NAME")
    parser.add_argument("--replicas", type=int, default=2, metavar="N", help="2 if not given; at least 2")
    parser.add_argument(
        "--role", action="append", metavar="NAME", help="primary and secondary if not given; the first is exclusive"
    )
    parser.add_argument("--stdout", action="store_true", help=f"print it; otherwise it becomes {FOLDER}/NAME.yaml")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the file. Raises InputError for what makes no scenario, and when there is such a file."""
    if not re.fullmatch(NAME, options.name):
        raise InputError(f"{options.name}: a name has lower-case letters, digits and dashes, such as late-event-wins")
    if options.replicas < 2:
        raise InputError(f"--replicas {options.replicas}: the story needs an old and a new Pod; say 2 or more")
    if not options.seen:
        raise InputError(f"say what was seen, or nothing is judged: --seen with one of {', '.join(SEEN)}")
    labels = {"area": options.area, "level": options.level}
    if options.issue:
        labels["issue"] = " ".join(number.lstrip("#") for number in options.issue)
    answers = Answers(
        name=options.name,
        says=options.says,
        labels=labels,
        component=options.component,
        replicas=options.replicas,
        roles=options.role or ["primary", "secondary"],
        fails_on=options.fails_on,
        passes_on=options.passes_on or ([DEFAULT_RELEASE] if options.fails_on else []),
        done=options.done,
        seen=options.seen,
    )
    text = skeleton(answers)
    path = Path(FOLDER, f"{options.name}.yaml")
    read_all(text, str(path), Path(FOLDER))
    if options.stdout:
        sys.stdout.write(text)
        return 0
    if path.exists():
        raise InputError(f"{path} is there already; choose another name, or take it away")
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"wrote {path}; now: pytest --kb-scenario {options.name} --kb-release RELEASE\n")
    return 0
