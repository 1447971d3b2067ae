"""A ``kind`` that makes files instead of nodes: whose a cluster is can be tried without Docker."""

import json
import os
import subprocess
import sys
from dataclasses import asdict

import pytest

from pytest_kbevents.cluster.kind.claim import Claim
from pytest_kbevents.cluster.kind.task import Task

SECONDS = 30
KIND = """\
#!/bin/sh
# clusters are files in $CLUSTERS; a file named slow keeps "create" from ending
echo "$@" >> "$CLUSTERS/.told"
case "$1" in
  get) ls "$CLUSTERS" ;;
  create)
    for word in "$@"; do
      case "$word" in
        --name=*) touch "$CLUSTERS/${word#--name=}" ;;
        --kubeconfig=*) file="${word#--kubeconfig=}" ;;
      esac
    done
    printf 'apiVersion: v1\\nkind: Config\\n' > "$file"
    printf 'clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]\\n' >> "$file"
    printf 'users: [{name: u, user: {}}]\\ncontexts: [{name: c, context: {cluster: c, user: u}}]\\n' >> "$file"
    printf 'current-context: c\\n' >> "$file"
    if [ -e "$CLUSTERS/.fails" ]; then echo "no space left" >&2; exit 1; fi
    if [ -p "$CLUSTERS/.slow" ]; then echo started > "$CLUSTERS/.slow"; read -r nothing < "$CLUSTERS/.never"; fi ;;
  delete)
    for word in "$@"; do case "$word" in --name=*) rm -f "$CLUSTERS/${word#--name=}" ;; esac; done ;;
  load) echo "$3 $5" >> "$CLUSTERS/.loaded" ;;
  export) exit 0 ;;
esac
"""
KUBECTL = '#!/bin/sh\n[ ! -e "$CLUSTERS/.sick" ]\n'


class Desk:
    """Where keepers are started, and what they say."""

    def __init__(self, folder):
        self.clusters = folder / "clusters"
        self.clusters.mkdir()
        self._programs = folder / "bin"
        self._programs.mkdir()
        for name, text in (("kind", KIND), ("kubectl", KUBECTL)):
            (self._programs / name).write_text(text)
            (self._programs / name).chmod(0o755)
        self._folder = folder
        self._running = []
        self.claim = Claim("mine")

    @property
    def made(self):
        """The clusters that are there."""
        return sorted(file.name for file in self.clusters.iterdir() if not file.name.startswith("."))

    @property
    def told(self):
        """What kind was asked, by its first word."""
        file = self.clusters / ".told"
        return [line.split()[0] for line in file.read_text().splitlines()] if file.exists() else []

    def keeper(self, *, content="as it is", keep=False):
        """A keeper that has been told its task."""
        task = Task(
            name="mine",
            kind=str(self._programs / "kind"),
            kubectl=str(self._programs / "kubectl"),
            image="",
            config=str(self._folder / "config.yaml"),
            content=content,
            log=str(self._folder / "kind.log"),
            keep=keep,
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest_kbevents.cluster.kind.keeper"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"CLUSTERS": str(self.clusters)},
            cwd=self._folder,
            start_new_session=True,
        )
        self._running.append(process)
        process.stdin.write(json.dumps(asdict(task)) + "\n")
        process.stdin.flush()
        return process

    def up(self, **task):
        """A keeper whose cluster is up, and what it told before."""
        process = self.keeper(**task)
        return process, heard(process)

    def close(self):
        for process in self._running:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                pipe.close()


def heard(process):
    """All that it says up to the end of its work."""
    said = []
    for line in process.stdout:
        said.append(json.loads(line))
        if "tell" not in said[-1]:
            break
    return said


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    desk = Desk(tmp_path)
    yield desk
    desk.close()
