"""The image is built once for each content."""

import os
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from pytest_kbevents.deployment import image, requirements, sources
from pytest_kbevents.errors import ClusterFailed, InputError

DOCKER = """\
#!/bin/sh
# Docker as far as we ask it: images are files, and what it was asked is written down.
here=$(dirname "$0")/state
echo "$DOCKER_BUILDKIT|$BUILDX_BUILDER|$*" >> "$here/asked"
file() { echo "$here/images/$(echo "$1" | tr ':/' '__')"; }
if [ -f "$here/down" ]; then
    echo "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?" >&2
    exit 1
fi
case "$1 $2" in
"image inspect")
    [ -f "$(file "$3")" ] || { echo "Error response from daemon: No such image: $3" >&2; exit 1; }
    echo "[{\\"Id\\": \\"$(cat "$(file "$3")")\\", \\"Architecture\\": \\"amd64\\", \\"Size\\": 1}]" ;;
"buildx version") [ -f "$here/buildx" ] ;;
"build --tag")
    [ -f "$here/broken" ] && { printf 'Step 1/9\\nno space left on device\\n' >&2; exit 1; }
    cp -rp "$4" "$here/$(echo "$3" | tr ':/' '__')" && echo sha256:built > "$(file "$3")" ;;
"run --rm")
    [ -f "$here/nopython" ] && { echo 'exec: "python3": executable file not found in $PATH' >&2; exit 127; }
    echo '["/usr/bin/python3", "3.11", "glibc 2.36"]' ;;
"pull --quiet")
    [ -f "$here/registry" ] || { echo "Error response from daemon: no route to host" >&2; exit 1; }
    echo sha256:pulled > "$(file "$3")" ;;
*) echo "what is $*?" >&2; exit 2 ;;
esac
"""


@pytest.fixture
def docker(tmp_path, monkeypatch):
    """A docker on PATH that has the image base:1."""
    state = tmp_path / "state"
    (state / "images").mkdir(parents=True)
    (state / "images" / "base_1").write_text("sha256:base")
    program = tmp_path / "docker"
    program.write_text(DOCKER)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    for name in ("DOCKER_BUILDKIT", "BUILDX_BUILDER"):
        monkeypatch.delenv(name, raising=False)
    asked = state / "asked"
    return SimpleNamespace(
        state=state,
        set=lambda name: (state / name).touch(),
        asked=lambda word: [line for line in asked.read_text().splitlines() if word in line],
        built=lambda reference: state / reference.replace(":", "_"),
    )


@pytest.fixture(autouse=True)
def files(monkeypatch):
    """The package's, small."""
    files = {f"pytest_kbevents/{name}": name.encode() for name in ("__init__.py", "cli/__init__.py")}
    for name in ("database", "caller"):
        files[f"pytest_kbevents/agent/standin/{name}.py"] = f"name = {name!r}\n".encode()
    monkeypatch.setattr(sources, "files", lambda _: dict(files))
    return files


@pytest.fixture(autouse=True)
def fetched(monkeypatch):
    """What pip was asked for."""
    fetched = []

    def fetch(pins, python, architecture, folder):
        fetched.append((pins, python.version, architecture))
        folder.mkdir(parents=True)
        (folder / "urllib3.py").write_text("")

    monkeypatch.setattr(image, "fetch", fetch)
    return fetched


def build(base="base:1"):
    return image.build(base, None, lambda _: None)


def test_the_tag_is_made_from_the_content(docker):
    reference = build()
    name, tag = reference.split(":")
    assert (name, len(tag), set(tag) <= set("0123456789abcdef")) == ("kbevents", 12, True)
    assert docker.built(reference).is_dir()


def test_a_second_time_nothing_is_built_or_fetched(docker, fetched):
    assert build() == build()
    assert (len(docker.asked("|build ")), len(fetched)) == (2, 1)


def test_another_package_is_another_image_on_the_same_needs(docker, files, fetched):
    first = build()
    files["pytest_kbevents/cli/__init__.py"] = b"changed"
    assert build() != first
    assert (len(docker.asked("|build ")), len(fetched)) == (3, 1)


def test_another_file_name_is_another_image(docker, files):
    first = build()
    files["pytest_kbevents/cli/other.py"] = files.pop("pytest_kbevents/cli/__init__.py")
    assert (build() != first, docker.state.is_dir()) == (True, True)


def test_other_versions_are_another_image(docker, monkeypatch, fetched):
    first = build()
    monkeypatch.setattr(requirements, "pins", lambda *_: ["urllib3==0"])
    assert (build() != first, fetched[-1]) == (True, (["urllib3==0"], "3.11", "amd64"))
    assert len(docker.asked("|build ")) == 4


def test_another_base_of_the_same_name_is_another_image(docker):
    first = build()
    (docker.state / "images" / "base_1").write_text("sha256:newer")
    assert build() != first


def test_everybody_may_read_it_and_run_its_programs(docker):
    umask = os.umask(0o077)
    try:
        folder = docker.built(build())
    finally:
        os.umask(umask)
    modes = {
        path.relative_to(folder).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in folder.rglob("*")
        if path.name != "Dockerfile"
    }
    assert {name: mode for name, mode in modes.items() if "." in Path(name).name and mode != 0o644} == {}
    programs = {name: mode for name, mode in modes.items() if name.startswith("programs/")}
    assert programs == dict.fromkeys(
        ("programs/kbevents", "programs/kbevents-caller", "programs/kbevents-database"), 0o755
    )


def test_files_are_as_old_as_always(docker):
    folder = docker.built(build())
    assert {path.stat().st_mtime for path in (folder / "home").rglob("*")} == {image.EPOCH}


def test_a_stand_in_is_the_file_of_the_package_run_by_the_images_interpreter(docker):
    text = (docker.built(build()) / "programs" / "kbevents-database").read_text()
    assert text == "#!/usr/bin/python3 -SE\nname = 'database'\n"


def test_without_buildkit_the_old_builder_is_used(docker):
    build()
    assert all(line.startswith("0||build") for line in docker.asked("|build "))


def test_buildkit_is_used_where_it_is_by_the_builder_that_has_the_daemons_images(docker):
    docker.set("buildx")
    build()
    assert all(line.startswith("|default|build") for line in docker.asked("|build "))


def test_a_base_that_is_not_there_is_pulled_and_that_is_told(docker):
    docker.set("registry")
    told = []
    image.build("other:1", None, told.append)
    assert told[0] == "pulling other:1"


@pytest.mark.usefixtures("docker")
def test_a_base_that_is_nowhere_is_told_with_the_remedy():
    told = r"no image other:1 here, and it cannot be pulled \(.*no route to host\); name another with --base or "
    with pytest.raises(InputError, match=told):
        build("other:1")


def test_a_base_without_python_is_told(docker):
    docker.set("nopython")
    with pytest.raises(
        InputError, match=r"no python3 runs in the image base:1 \(.*not found.*\); name one with Python"
    ):
        build()


def test_a_daemon_that_is_not_there_is_told_with_the_remedy(docker):
    docker.set("down")
    with pytest.raises(
        ClusterFailed, match=r"docker does not answer \(Cannot connect .*\); start its daemon, or set DOCKER"
    ):
        build()


def test_a_build_that_fails_is_told_with_the_reason(docker):
    docker.set("broken")
    with pytest.raises(ClusterFailed, match=r"docker build of kbevents:needs-\w+ failed \(no space left on device\)"):
        build()


def test_without_docker_it_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="there is no program docker on PATH: install Docker"):
        build()


def test_what_docker_is_asked_to_run_reaches_no_network(docker):
    build()
    assert all("--network none" in line for line in docker.asked("|run "))
