"""What makes a kind cluster possible, with a Go, a Docker and a dockerd that only note what they were asked for."""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[3] / "tools"
GO = """#!/bin/sh
if [ "$1" = env ]; then echo go1 linux amd64; exit; fi
echo "$*" >> "$LOGS/go"
while [ "$1" != -o ]; do shift; done
echo program > "$2"
"""
DOCKER = """#!/bin/sh
echo "$*" >> "$LOGS/docker"
case "$1 $2" in
  "info "*) [ -e "$LOGS/dockerd" ] ;;
  "image inspect") [ -z "$EMPTY" ] ;;
  "load "*) cat >> "$LOGS/loaded" ;;
  "save "*) echo "$2" ;;
esac
"""
DOCKERD = """#!/bin/sh
echo "$*" > "$LOGS/dockerd"
"""
AS_ROOT, AS_USER = "import os; os.geteuid = lambda: 0", "import os; os.geteuid = lambda: 1000"
RUN = "import runpy; runpy.run_path({!r}, run_name='__main__')"


@pytest.fixture
def tools(tmp_path):
    """A copy of ours, to be changed."""
    kept = shutil.ignore_patterns("__pycache__")
    for name in ("kind-node", "coredns", "pause", "informer"):
        shutil.copytree(TOOLS / name, tmp_path / "tools" / name, ignore=kept)
    for name in ("gobuild.py", "assets.py", "go.mod", "go.sum"):
        shutil.copyfile(TOOLS / name, tmp_path / "tools" / name)
    return tmp_path / "tools"


@pytest.fixture
def logs(tmp_path):
    """Where the programs note."""
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "dockerd").write_text("runs\n")
    return folder


@pytest.fixture
def programs(tmp_path):
    """What is on PATH before the system's own."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name, text in {"go": GO, "docker": DOCKER, "dockerd": DOCKERD}.items():
        put(folder / name, text)
    return folder


@pytest.fixture
def environment(tmp_path, logs, programs):
    return {"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(tmp_path), "LOGS": str(logs)}


@pytest.fixture
def kind_node(tools, environment):
    """Runs it, after some Python of the test's."""

    def kind_node(before="", script="kind-node", **changed):
        command = [sys.executable, "-c", f"{before}\n{RUN.format(str(tools / script))}"]
        return subprocess.run(command, env={**environment, **changed}, capture_output=True, text=True, check=False)

    return kind_node


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """The hashes as they are."""
    folder = tmp_path_factory.mktemp("programs")
    put(folder / "go", GO)
    return contents(TOOLS, {"PATH": f"{folder}:/usr/bin:/bin", "HOME": str(folder)})


def contents(tools, environment):
    """The hashes of what goes into the node's image and into Python's."""
    asked = "import node, pythonbase; print(node.content(), pythonbase.content())"
    told = {**environment, "PYTHONPATH": f"{tools / 'kind-node'}:{tools}", "PYTHONDONTWRITEBYTECODE": "yes"}
    command = [sys.executable, "-c", asked]
    return subprocess.run(command, env=told, capture_output=True, text=True, check=True).stdout.split()


def put(program, text):
    program.write_text(text)
    program.chmod(0o755)


def said(log):
    """The lines of a log."""
    return log.read_text().splitlines() if log.exists() else []


def tags(run):
    """The node's tag and Python's."""
    assert run.returncode == 0, run.stderr
    return [line.partition("=")[2] for line in run.stdout.splitlines()[1:]]


def test_a_shell_evaluates_what_it_prints(kind_node, tmp_path, environment):
    cache = tmp_path / "a 'folder' \"of\" $HOME"
    lines = kind_node(XDG_CACHE_HOME=str(cache)).stdout
    asked = 'eval "$1"; printf "%s\\n" "$PATH" "$KB_KIND_IMAGE" "$KB_IMAGE_BASE"'
    shell = subprocess.run(
        ["/bin/sh", "-euc", asked, "sh", lines], env=environment, capture_output=True, text=True, check=True
    )
    path, node_image, base = shell.stdout.splitlines()
    folder = Path(path.removesuffix(f":{environment['PATH']}"))
    assert folder.is_relative_to(cache)
    assert (folder / "kind").is_file()
    assert (node_image.partition(":")[0], base.partition(":")[0]) == ("kbevents/node", "kbevents/python")


def test_only_kind_and_kubectl_go_on_path(kind_node, tmp_path):
    kind_node()
    (folder,) = tmp_path.glob(".cache/kbevents/kind-node/programs-*/bin")
    assert {file.name for file in folder.iterdir() if not file.name.startswith(".")} == {
        "kind",
        "kubectl",
        "built-from",
    }


def test_what_is_built_is_not_built_again(kind_node, logs):
    kind_node()
    once = said(logs / "go")
    kind_node()
    assert said(logs / "go") == once


def test_the_programs_of_a_node_are_not_built_for_an_image_that_is_there(kind_node, logs):
    kind_node()
    assert {line.rpartition("/")[2] for line in said(logs / "go")} == {"kind", "kubectl"}


def test_two_runs_at_once_build_once(kind_node, logs, tools, environment, tmp_path):
    kind_node(XDG_CACHE_HOME=str(tmp_path / "alone"))
    once = len(said(logs / "go"))
    both = [
        subprocess.Popen([sys.executable, str(tools / "kind-node")], env=environment, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert [run.wait() for run in both] == [0, 0]
    assert len(said(logs / "go")) == 2 * once


def test_an_image_that_docker_has_is_kept_in_the_cache(kind_node, tmp_path):
    node_image, _ = tags(kind_node())
    assert list(tmp_path.glob(f".cache/kbevents/kind-node/node-{node_image.partition(':')[2]}.tar.*"))


def test_an_empty_docker_loads_what_was_kept(kind_node, logs):
    kept = tags(kind_node())
    assert tags(kind_node(EMPTY="yes")) == kept
    assert said(logs / "loaded") == kept


@pytest.mark.parametrize(
    ("changed", "node_too", "python_too"),
    [
        ("go.mod", True, False),
        ("go.sum", True, False),
        ("gobuild.py", True, False),
        ("coredns/main.go", True, False),
        ("pause/main.go", True, False),
        ("kind-node/programs.py", True, False),
        ("kind-node/root.py", True, False),
        ("kind-node/node.py", True, False),
        ("kind-node/archive.py", True, False),
        ("kind-node/controlplane.py", True, False),
        ("kind-node/files/kind/bin/node-setup.sh", True, False),
        ("kind-node/debian.py", True, True),
        ("kind-node/pythonbase.py", False, True),
        ("kind-node/README.md", False, False),
        ("kind-node/daemon.py", False, False),
        ("informer/main.go", False, False),
    ],
)
def test_an_image_is_another_when_something_that_goes_into_it_is(
    ours, tools, environment, changed, node_too, python_too
):
    with (tools / changed).open("a") as file:
        file.write("\n")
    changes = [one != other for one, other in zip(ours, contents(tools, environment), strict=True)]
    assert changes == [node_too, python_too]


def test_a_file_of_the_node_that_moves_makes_another_node(ours, tools, environment):
    files = tools / "kind-node" / "files" / "kind"
    (files / "bin" / "node-setup.sh").rename(files / "node-setup.sh")
    assert contents(tools, environment)[0] != ours[0]


def test_the_servers_of_the_api_are_not_built_anew_for_what_only_a_node_has(kind_node, tools):
    before = kind_node(script="assets.py").stdout
    for source in ("coredns/main.go", "pause/main.go", "kind-node/programs.py"):
        with (tools / source).open("a") as file:
            file.write("\n")
    assert kind_node(script="assets.py").stdout == before


def test_another_system_is_told(kind_node):
    refused = kind_node("import sys; sys.platform = 'darwin'")
    assert (refused.returncode, refused.stderr) == (
        1,
        "kind-node: a node is made of Debian's packages, not on darwin; run this on Linux\n",
    )


def test_a_user_whose_docker_does_not_answer_is_told(kind_node, logs):
    (logs / "dockerd").unlink()
    refused = kind_node(AS_USER)
    assert (refused.returncode, refused.stdout, refused.stderr) == (
        1,
        "",
        "kind-node: Docker does not answer, and only root can start it; start it, or let this user use it\n",
    )


def test_a_docker_elsewhere_that_does_not_answer_is_not_started_here(kind_node, logs):
    (logs / "dockerd").unlink()
    refused = kind_node(AS_ROOT, DOCKER_HOST="tcp://elsewhere:2375")
    assert (refused.returncode, refused.stderr) == (
        1,
        "kind-node: Docker does not answer at DOCKER_HOST=tcp://elsewhere:2375; start it there, or unset DOCKER_HOST\n",
    )


def test_a_machine_without_docker_or_apt_is_told(kind_node, programs):
    (programs / "docker").unlink()
    (programs / "dockerd").unlink()
    refused = kind_node(AS_ROOT, PATH=str(programs))
    assert refused.returncode == 1
    assert refused.stderr == (
        "kind-node: dockerd is not on PATH; install it (Debian's package docker.io), "
        "or run this as root where apt-get is\n"
    )


def test_a_machine_without_go_is_told_where_to_get_it(kind_node, programs):
    (programs / "go").unlink()
    refused = kind_node(PATH=str(programs))
    assert (refused.returncode, refused.stderr) == (
        1,
        "kind-node: Go is not on PATH; install it from https://go.dev/dl, 1.26 or newer\n",
    )


def test_a_user_cannot_make_an_image(kind_node):
    refused = kind_node(AS_USER, EMPTY="yes")
    assert (refused.returncode, refused.stderr.splitlines()[-1]) == (
        1,
        "kind-node: an image of Debian's files is made only as root; run this as root",
    )


def test_a_machine_without_debootstrap_or_apt_is_told(kind_node, programs):
    refused = kind_node(AS_ROOT, EMPTY="yes", PATH=str(programs))
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == (
        "kind-node: debootstrap is not on PATH; install it (Debian's package debootstrap), "
        "or run this as root where apt-get is"
    )


@pytest.mark.parametrize(("bounding_set", "ours"), [("000001fffeffffff", True), ("000001ffffffffff", False)])
def test_dockerd_gets_our_runtime_where_a_capability_cannot_be_had(kind_node, tools, logs, bounding_set, ours):
    (logs / "dockerd").unlink()
    machine = f"""
{AS_ROOT}
import sys
sys.path[:0] = [{str(tools / "kind-node")!r}, {str(tools)!r}]
import daemon
read = daemon.bounding_set
daemon.bounding_set = lambda status: read("CapPrm:\\t0\\nCapBnd:\\t{bounding_set}\\n")
"""
    assert kind_node(machine).returncode == 0
    assert ("--default-runtime nosysres" in said(logs / "dockerd")[0]) == ours


def test_a_dockerd_that_does_not_start_is_told(kind_node, programs, logs):
    (logs / "dockerd").unlink()
    put(programs / "dockerd", "#!/bin/sh\necho no luck >&2\nexit 1\n")
    refused = kind_node(AS_ROOT)
    assert (refused.returncode, refused.stderr.splitlines()[-1]) == (1, "no luck")


@pytest.mark.parametrize("capabilities", ['["CAP_SYS_RESOURCE","CAP_KILL"]', '["CAP_KILL","CAP_SYS_RESOURCE"]'])
def test_our_runtime_takes_the_capability_out_of_a_bundle(programs, environment, tmp_path, capabilities):
    put(programs / "runc", '#!/bin/sh\necho "$*"\n')
    (tmp_path / "config.json").write_text(f'{{"bounding":{capabilities}}}')
    command = [str(TOOLS / "kind-node" / "runc-nosysres"), "create", "--bundle", str(tmp_path), "name"]
    done = subprocess.run(["/bin/sh", *command], env=environment, capture_output=True, text=True, check=True)
    assert (tmp_path / "config.json").read_text() == '{"bounding":["CAP_KILL"]}'
    assert done.stdout == f"create --bundle {tmp_path} name\n"


@pytest.fixture
def archived(tools, environment, tmp_path):
    """An archive of an image with one program, one more file and a link."""
    (tmp_path / "server").write_text("a program")
    (tmp_path / "library").write_text("a library")
    made = """
import pathlib, sys
from archive import Image, write
here = pathlib.Path(sys.argv[1])
image = Image("registry/server:v1", here / "server", {"usr/lib/a.so": here / "library"}, {"lib": "usr/lib"})
write([image], "amd64", here / "images.tar")
"""
    told = {**environment, "PYTHONPATH": f"{tools / 'kind-node'}:{tools}"}
    subprocess.run([sys.executable, "-c", made, str(tmp_path)], env=told, check=True)
    with tarfile.open(tmp_path / "images.tar") as archive:
        yield archive


def test_an_image_has_its_program_as_entrypoint(archived):
    (image,) = json.load(archived.extractfile("manifest.json"))
    config = json.load(archived.extractfile(image["Config"]))
    assert image["RepoTags"] == ["registry/server:v1"]
    assert config["config"]["Entrypoint"] == ["/usr/local/bin/server"]


def test_an_image_has_the_layer_that_it_says(archived):
    (image,) = json.load(archived.extractfile("manifest.json"))
    layer = archived.extractfile(image["Layers"][0]).read()
    config = json.load(archived.extractfile(image["Config"]))
    assert config["rootfs"]["diff_ids"] == [f"sha256:{hashlib.sha256(layer).hexdigest()}"]


def test_a_layer_has_files_that_run_and_links(archived):
    (image,) = json.load(archived.extractfile("manifest.json"))
    with tarfile.open(fileobj=archived.extractfile(image["Layers"][0])) as layer:
        members = {member.name: member for member in layer.getmembers()}
    assert (members["usr/local/bin/server"].mode, members["usr/lib/a.so"].size) == (0o755, 9)
    assert (members["lib"].linkname, members["tmp"].mode) == ("usr/lib", 0o1777)
