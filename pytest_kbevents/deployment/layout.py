"""Where things are in the image, and under which names its programs run."""

from __future__ import annotations

from pytest_kbevents.deployment.security import NOBODY

HOME = "/opt/kbevents"
"""The package and what it needs; nothing else looks there."""
PROGRAMS = "/usr/local/bin"
"""On everybody's PATH, in images that say nothing of one, too."""
HOME_FOLDER, PROGRAMS_FOLDER = "home", "programs"
"""What is put there, in the folder that an image is built from."""
COMMAND = "kbevents"
COMMANDS = ("agent", "controller")
"""Of ``kbevents``, those that the image has."""
STANDINS = ("database", "caller")
"""Each is the program ``kbevents-<name>``."""
LEFT_OUT = frozenset({"apiserver", "catalog", "cluster", "faults", "history", "plugin", "scenario"})
"""Rooms that no process in a Pod enters: the image is smaller without, and the same when they change."""
ENVIRONMENT = {
    "PYTHONPATH": HOME,
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUNBUFFERED": "1",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
}
"""The last one: pydantic looks for no plugins in the metadata of distributions, as long as our models take."""


def standin_source(name: str) -> str:
    """Where a stand-in is in the package."""
    return f"agent/standin/{name}.py"


def standin(python: str, source: str) -> str:
    """The text of a stand-in's program. Python without the packages of its machine starts in half the time."""
    return f"#!{python} -SE\n{source}"


def command(python: str) -> str:
    """The text of the program ``kbevents``, which finds what it needs in ``HOME`` alone."""
    return f"#!{python} -SP\nimport sys\nfrom pytest_kbevents.cli import main\nsys.exit(main(commands={COMMANDS!r}))\n"


def needs(base: str) -> str:
    """The Dockerfile of what the package needs, on a base with Python. Nothing is fetched."""
    return f"FROM {base}\nUSER 0:0\nCOPY {HOME_FOLDER} {HOME}/\n{_COMPILE}"


def package(below: str) -> str:
    """The Dockerfile of the package, on that."""
    variables = " ".join(f"{name}={value}" for name, value in ENVIRONMENT.items())
    return (
        f"FROM {below}\n"
        f"COPY {HOME_FOLDER} {HOME}/\n"
        f"COPY {PROGRAMS_FOLDER} {PROGRAMS}/\n"
        f"{_COMPILE}"
        f"ENV {variables}\n"
        f"USER {NOBODY}:{NOBODY}\n"
        "WORKDIR /\n"
        f'ENTRYPOINT ["{COMMAND}"]\n'
        "CMD []\n"
    )


_COMPILE = f'RUN ["python3", "-m", "compileall", "-q", "{HOME}"]\n'
"""Whoever runs in it may write nothing."""
