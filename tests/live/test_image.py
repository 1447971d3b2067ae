"""The image as docker builds it: its programs run as nobody, on a file system that is read, with no rights at all."""

import json
import os
import signal
import subprocess

import pytest

from needs import DOCKER
from processes import eventually
from pytest_kbevents import __version__
from pytest_kbevents.deployment.docker import Docker
from pytest_kbevents.deployment.image import build

pytestmark = DOCKER

HELD = ("--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--network", "none")
MOST_MEGABYTES = 30
"""On top of the base."""


@pytest.fixture(scope="module")
def base():
    return os.environ["KB_IMAGE_BASE"]


@pytest.fixture(scope="module")
def image(base):
    return build(base, None, lambda _: None)


@pytest.fixture
def run(image):
    """Run a program of the image to its end; the exit code, and what it said."""

    def run(*arguments, entrypoint=None):
        program = [] if entrypoint is None else ["--entrypoint", entrypoint]
        command = ["docker", "run", "--rm", *HELD, *program, image, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.fixture
def start(image):
    """Start a program of the image; the container's id. It is killed at the end."""
    started = []

    def start(entrypoint, *arguments):
        command = ["docker", "run", "--detach", *HELD, "--entrypoint", entrypoint, image, *arguments]
        started.append(subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.strip())
        return started[-1]

    yield start
    for container in started:
        subprocess.run(["docker", "rm", "--force", container], capture_output=True, timeout=60, check=False)


def asked(*arguments):
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout + done.stderr


def test_a_second_time_nothing_is_built(base, image):
    told = []
    assert (build(base, None, told.append), told) == (image, [])


def test_it_is_small(base, image):
    docker = Docker()
    added = docker.image(image).size - docker.image(base).size
    assert 0 < added < MOST_MEGABYTES * 1_000_000


def test_its_entry_point_is_the_command(run):
    assert run("--version") == (0, f"kbevents {__version__}\n")


def test_its_user_is_nobody(run):
    code = "import os; print(os.getuid(), os.getgid(), os.access('/opt/kbevents', os.W_OK))"
    assert run("-c", code, entrypoint="python3") == (0, "65532 65532 False\n")


@pytest.mark.parametrize("command", ["agent", "controller"])
def test_each_command_is_there(run, command):
    code, told = run(command, "--help")
    assert (code, told.startswith(f"usage: kbevents {command}")) == (0, True)


def test_an_agent_serves_before_it_can_log_in(start):
    container = start("kbevents", "agent")
    assert eventually(lambda: '"msg":"started"' in asked("logs", container))
    assert eventually(lambda: "the database's ConfigMap cannot be read" in asked("logs", container))


def test_a_controller_that_runs_in_no_pod_is_told_so(run):
    code, told = run("controller")
    assert (code, told) == (
        4,
        "kbevents: this runs in no Pod (Service host/port is not set.); give --kubeconfig FILE\n",
    )


@pytest.mark.parametrize(("program", "arguments"), [("database", ()), ("caller", ()), ("kbevents", ("agent",))])
def test_the_first_process_of_a_container_ends_at_once_when_it_is_told_to(start, program, arguments):
    container = start(program if program == "kbevents" else f"kbevents-{program}", *arguments)
    assert eventually(lambda: any(word in asked("logs", container) for word in ("listens", "started")))
    asked("kill", "--signal", str(int(signal.SIGTERM)), container)
    assert eventually(lambda: not json.loads(asked("inspect", container))[0]["State"]["Running"])
    assert json.loads(asked("inspect", container))[0]["State"]["ExitCode"] == 0
