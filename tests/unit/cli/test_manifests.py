"""``kbevents manifests``."""

import socket

import pytest
import yaml

from pytest_kbevents import __version__
from pytest_kbevents.api.known import resource_of
from pytest_kbevents.api.resources import CUSTOM_RESOURCE_DEFINITIONS, KUBEBLOCKS
from pytest_kbevents.apiserver.listener import Listener
from pytest_kbevents.apiserver.server import Server
from pytest_kbevents.cli import main
from pytest_kbevents.client import kubeconfig
from pytest_kbevents.client.client import Client
from pytest_kbevents.clock import WallClock
from pytest_kbevents.cluster import crds

IMAGE = ("--image", "kbevents:abc")
KINDS = [
    *("Namespace", "ServiceAccount", "Role", "RoleBinding", "NetworkPolicy"),
    *("ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "NetworkPolicy", "Deployment"),
]


@pytest.fixture
def printed(capsys):
    """Run the command; the documents."""

    def printed(*arguments, crds="never"):
        assert main(["manifests", *IMAGE, "--crds", crds, *arguments]) == 0
        return list(yaml.safe_load_all(capsys.readouterr().out))

    return printed


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    """A kubeconfig of a cluster without any of KubeBlocks' kinds, and a client."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    server = Server(WallClock())
    listener = Listener(server, "t0ken")
    listener.start()
    kubeconfig.write(tmp_path / "kubeconfig", server=listener.address, token="t0ken")
    yield str(tmp_path / "kubeconfig"), Client(server, "tester")
    listener.stop()


def definitions(documents):
    return [each for each in documents if each["kind"] == CUSTOM_RESOURCE_DEFINITIONS.kind]


def test_all_is_printed_in_the_order_in_which_it_can_be_created(printed):
    assert [each["kind"] for each in printed()] == KINDS


def test_each_document_is_of_a_kind_that_we_know(printed):
    assert all(resource_of(each) for each in printed(crds="always"))


def test_everything_is_in_the_namespace_that_is_named(printed):
    documents = printed("--namespace", "kb-test")
    assert documents[0]["metadata"]["name"] == "kb-test"
    assert {each["metadata"].get("namespace") for each in documents} == {None, "kb-test"}


def test_image_release_replicas_and_workers_are_those_that_are_named(printed):
    spec = printed("--release", "1.0.0", "--replicas", "3", "--workers", "4")[-1]["spec"]
    (container,) = spec["template"]["spec"]["containers"]
    arguments = container["args"]
    assert (spec["replicas"], container["image"]) == (3, "kbevents:abc")
    assert arguments[arguments.index("--release") + 1] == "1.0.0"
    assert arguments[arguments.index("--workers") + 1] == "4"


def test_nothing_is_written_as_a_reference_to_something_else(capsys):
    main(["manifests", *IMAGE, "--crds", "always"])
    assert "&id" not in capsys.readouterr().out


def test_definitions_come_first_and_say_whose_they_are_and_of_which_version(printed):
    documents = printed(crds="always")
    ours = definitions(documents)
    assert documents[: len(ours)] == ours
    assert [each["metadata"]["name"] for each in ours] == [resource.qualified for resource in KUBEBLOCKS]
    said = {"pytest-kbevents/owner": "pytest-kbevents", "pytest-kbevents/version": __version__}
    assert all(each["metadata"]["annotations"] == said for each in ours)


def test_where_the_cluster_has_none_all_definitions_are_printed(printed, cluster):
    found = definitions(printed("--kubeconfig", cluster[0], crds="missing"))
    assert len(found) == len(KUBEBLOCKS)


def test_definitions_of_an_installed_kubeblocks_are_left_alone(printed, cluster):
    file, client = cluster
    crds.install(client)
    assert definitions(printed("--kubeconfig", file, crds="missing")) == []


def test_the_cluster_is_the_environments_where_none_is_named(printed, cluster, monkeypatch):
    monkeypatch.setenv("KUBECONFIG", cluster[0])
    assert len(definitions(printed(crds="missing"))) == len(KUBEBLOCKS)


def test_a_cluster_that_cannot_be_asked_is_one_line_with_the_remedy(tmp_path, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    kubeconfig.write(tmp_path / "k", server=address, token="none")
    for file in (tmp_path / "k", tmp_path / "nowhere"):
        assert main(["manifests", *IMAGE, "--kubeconfig", str(file)]) == 4
        error = capsys.readouterr().err
        assert error.startswith(f"kbevents: cannot ask the cluster of {file} which definitions it has (")
        assert error.endswith("); give --kubeconfig, or say --crds always or never\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--release", "2.0"], "--release 2.0: there is no such release; one of 0.5.0, 0.8.3, "),
        (["--namespace", "a/b"], "--namespace 'a/b': no namespace has such a name; "),
        (["--replicas", "-1"], "--replicas '-1': must be a whole number, 0 or more"),
        (["--workers", "0"], "--workers '0': must be a whole number, 1 or more"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_cannot_be_used_is_told_in_one_line(arguments, told, capsys):
    assert main(["manifests", *IMAGE, "--crds", "never", *arguments]) == 4
    error = capsys.readouterr().err
    assert (error.startswith(f"kbevents: {told}"), error.count("\n")) == (True, 1)


def test_without_an_image_it_is_told_that_one_is_needed(capsys):
    with pytest.raises(SystemExit):
        main(["manifests"])
    assert "--image" in capsys.readouterr().err
