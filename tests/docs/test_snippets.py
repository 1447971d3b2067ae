"""Every snippet of the documentation is run: scenarios are read, commands give what the page shows."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs.snippets import DOCS, PAGES, snippets
from pytest_kbevents.scenario.loader import read

CLUSTER = """\
  component: mysql
  replicas: 3
  roles: [{name: primary, exclusive: true}, {name: secondary}, {name: leader, exclusive: true}]
  services: [{name: mysql-rw, role: primary}, {name: mysql-ro, role: secondary}]
  availableProbe: {periodSeconds: 15}
  available: {withProbe: {condition: {all: {succeed: true}}, timeWindowSeconds: 60}}
  actions: {dataDump: {}, dataLoad: {}}
"""
HEAD = "apiVersion: kbevents/v1\nkind: Scenario\nmetadata: {name: snippet}\nspec:\n  description: d\n"
STEP = '- agent: {pod: "{{ pod(0) }}", roleProbe: primary}\n'


def indented(text, by=2):
    return "".join(f"{' ' * by}{line}\n" for line in text.splitlines())


def as_scenario(text):
    """A whole file, steps alone, or keys of the spec, as a whole file."""
    if text.lstrip("# \n").startswith(("apiVersion:", "---")) or "\nkind: " in text:
        return text
    if text.startswith("- "):
        return f"{HEAD}  cluster:\n{indented(CLUSTER)}  steps:\n{indented(text)}"
    cluster = "" if re.search(r"^cluster:", text, re.MULTILINE) else f"  cluster:\n{indented(CLUSTER)}"
    steps = "" if re.search(r"^steps:", text, re.MULTILINE) else f"  steps:\n{indented(STEP)}"
    return HEAD + cluster + indented(text) + steps


class Reader:
    """Goes through a page, in a folder of its own."""

    def __init__(self, page, folder):
        self.page = page
        self.folder = folder
        self.output = None

    def take(self, snippet):
        word, _, rest = snippet.directive.partition(": ")
        if word == "file":
            file = self.folder / rest
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(snippet.text)
        if word == "not run":
            assert rest, "say why it is not run"
        elif word == "output":
            self.shown(snippet)
        elif snippet.language == "sh":
            self.run(snippet, int(rest.removeprefix("exit ") or 0))
        elif snippet.language == "python" and word != "file":
            compile(snippet.text, str(self.page), "exec")
        elif snippet.language == "json":
            json.loads(snippet.text)
        elif snippet.language == "yaml" and "kind: Steps" not in snippet.text and not self.is_foreign(word, rest):
            read(as_scenario(snippet.text), str(self.page), self.folder)
        else:
            assert word == "file", f"say what a {snippet.language} block is: file, output, run or not run"

    def is_foreign(self, word, name):
        """A file that is no scenario: of GitHub, of pre-commit."""
        return word == "file" and not name.startswith("scenarios/")

    def run(self, snippet, code):
        environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        environment |= {"COLUMNS": "100", "PYTEST_ADDOPTS": "-p no:cacheprovider"}
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", snippet.text],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        self.output = done.stdout + done.stderr
        assert done.returncode == code, self.output

    def shown(self, snippet):
        """Each part of it, between lines of three dots, stands in what was written, in that order."""
        at = 0
        for part in re.split(r"^\.\.\.\n", snippet.text, flags=re.MULTILINE):
            text = part.strip("\n")
            found = self.output.find(text, at)
            assert found >= 0, f"not in the output: {text!r}\n{self.output}"
            at = found + len(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_every_snippet_of_a_page_is_what_happens(page, tmp_path):
    reader = Reader(page, tmp_path)
    for snippet in snippets(page):
        try:
            reader.take(snippet)
        except Exception as error:  # noqa: BLE001 - whatever it is, its place is wanted
            pytest.fail(f"{page}:{snippet.line}: {error}")


def test_every_link_leads_somewhere():
    broken = [
        f"{page}: {target}"
        for page in [*PAGES, DOCS.parent / "README.md"]
        for target in re.findall(r"\]\(([^)#:]+)[)#]", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
