"""``kbevents serve`` as the process that it is: how it starts, ends and fails."""

import signal
import socket
import stat

import pytest
import yaml


@pytest.fixture
def path(tmp_path):
    return tmp_path / "kubeconfig"


@pytest.fixture
def ended(serve, path, deadline):
    """Serves until a signal; the exit code."""

    def ended(number):
        process = serve(path)
        with deadline(process):
            process.send_signal(number)
            return process.wait()

    return ended


@pytest.fixture
def refused(serve, path, deadline):
    """Serves at a port that is taken; the exit code, and what was said on stderr."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = serve(path, "--port", str(taken.getsockname()[1]), waiting=False)
        with deadline(process):
            _, errors = process.communicate()
    return process.returncode, errors


def test_its_first_line_says_where_the_kubeconfig_is(serve, path):
    assert serve(path).first_line == f"serving; KUBECONFIG={path}\n"


def test_the_kubeconfig_is_there_once_it_serves(serve, path):
    serve(path)
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["kind"] == "Config"


def test_only_its_owner_can_read_the_kubeconfig(serve, path):
    serve(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_wanted_port_is_served(serve, path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serve(path, "--port", str(port))
    server = yaml.safe_load(path.read_text(encoding="utf-8"))["clusters"][0]["cluster"]["server"]
    assert server.startswith(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_well(ended, number):
    assert ended(number) == 0


def test_its_end_removes_the_kubeconfig(ended, path):
    ended(signal.SIGTERM)
    assert not path.exists()


def test_a_taken_port_is_exit_code_4(refused):
    assert refused[0] == 4


def test_a_taken_port_is_told_in_one_line(refused):
    errors = refused[1]
    assert errors.startswith("kbevents: cannot serve on port ")
    assert errors.count("\n") == 1


@pytest.mark.usefixtures("refused")
def test_a_taken_port_leaves_no_kubeconfig(path):
    assert not path.exists()


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_that_is_none_is_a_one_line_error(port, tmp_path, capsys):
    from pytest_kbevents.cli import main

    assert main(["serve", "--kubeconfig", str(tmp_path / "k"), "--port", port]) == 4
    assert capsys.readouterr().err.startswith(f"kbevents: --port {port}: a port is a number from 0")
