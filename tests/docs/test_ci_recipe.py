"""The action for GitHub, and the workflows that use it: what their linter, their structure and our settings say."""

import json
import re
import shutil
import subprocess
import sys

import jsonschema
import pytest
import yaml

from docs.action import ACTION, DEFAULTS, ROOT, SCRIPTS, STEPS
from docs.snippets import DOCS, snippets
from pytest_kbevents import __version__
from pytest_kbevents.settings import KNOBS

TOOL = ROOT / "tools" / "actionlint.py"
GUIDE = DOCS / "how-to" / "gate-ci.md"
WORKFLOW = DOCS / "how-to" / "github-actions.yml"
OURS = f"apecloud/pytest-kbevents@v{__version__}"

TEXT = {"type": "string"}
WORDS = {"type": "object", "additionalProperties": TEXT}
COMMON = {"id": TEXT, "name": TEXT, "if": TEXT, "env": WORDS, "continue-on-error": TEXT}


def closed(required, **properties):
    return {"type": "object", "required": required, "additionalProperties": False, "properties": properties}


METADATA = closed(
    ["name", "description", "inputs", "outputs", "runs"],
    name=TEXT,
    author=TEXT,
    description=TEXT,
    branding=closed(["icon", "color"], icon=TEXT, color=TEXT),
    inputs={
        "type": "object",
        "propertyNames": {"pattern": "^[a-z][a-z-]*$"},
        "additionalProperties": closed(["description", "default"], description=TEXT, default=TEXT),
    },
    outputs={"type": "object", "additionalProperties": closed(["description", "value"], description=TEXT, value=TEXT)},
    runs=closed(
        ["using", "steps"],
        using={"const": "composite"},
        steps={
            "type": "array",
            "items": {
                "oneOf": [
                    closed(["uses"], uses=TEXT, **{"with": WORDS}, **COMMON),
                    closed(
                        ["name", "run", "shell"],
                        run=TEXT,
                        shell={"const": "bash"},
                        **{"working-directory": TEXT},
                        **COMMON,
                    ),
                ]
            },
        },
    ),
)
"""What GitHub reads in the action.yml of a composite action, as far as ours has it."""


def program():
    """Where actionlint is; why there is none."""
    done = subprocess.run(
        [sys.executable, TOOL, "--installed"], capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout.strip(), done.stderr.strip()


LINTER, WHY = program()
SHELLCHECK = shutil.which("shellcheck")
linted = pytest.mark.skipif(not LINTER, reason=WHY)


@pytest.fixture
def lint(tmp_path):
    """What actionlint finds in a workflow of a project that is ours: what it says of the action is held against it."""

    def lint(text):
        folder = tmp_path / ".github" / "workflows"
        folder.mkdir(parents=True, exist_ok=True)
        (tmp_path / ".git").mkdir(exist_ok=True)
        shutil.copy(ROOT / "action.yml", tmp_path)
        by_version = re.sub(r"@[0-9a-f]{40} # (v\d+)\S*", r"@\1", text)  # it knows the inputs of others by their tags
        (folder / "workflow.yml").write_text(by_version.replace(OURS, "./"))
        done = subprocess.run([LINTER, "-no-color"], cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    return lint


def as_workflow():
    """The action's steps as those of a workflow that is called with the same inputs."""
    inputs = {name: {"type": "string"} for name in ACTION["inputs"]}
    outputs = {name: each["value"] for name, each in ACTION["outputs"].items()}
    job = {"runs-on": "ubuntu-latest", "outputs": outputs, "steps": STEPS}
    return yaml.safe_dump({"on": {"workflow_call": {"inputs": inputs}}, "jobs": {"action": job}}, sort_keys=False)


def workflows():
    """All that the documentation shows, by where."""
    found = {WORKFLOW.name: WORKFLOW.read_text()}
    shown = (each for each in snippets(GUIDE) if each.language == "yaml" and "\njobs:" in each.text)
    return found | {f"{GUIDE.name}:{each.line}": each.text for each in shown}


def used(text):
    """The actions that a text uses, each with what follows it on its line."""
    return re.findall(r"uses: (\S+)(.*)", text)


def rows():
    """The inputs as the guide tells of them: name, default, what it is."""
    return re.findall(r"^\| `([a-z-]+)` \| (.*?) \| (.*?) \|$", GUIDE.read_text(), re.MULTILINE)


@pytest.mark.actionlint
@linted
@pytest.mark.parametrize("place", workflows())
def test_a_workflow_of_the_documentation_is_one(lint, place):
    assert lint(workflows()[place]) == ""


@pytest.mark.actionlint
@linted
def test_the_linter_knows_what_the_action_takes(lint):
    assert 'input "clusters" is not defined' in lint(WORKFLOW.read_text().replace("cluster: kind", "clusters: kind"))


@pytest.mark.actionlint
@linted
def test_the_steps_of_the_action_are_those_of_a_workflow(lint):
    assert lint(as_workflow()) == ""


@pytest.mark.actionlint
@linted
def test_the_linter_reads_the_steps_of_the_action(lint):
    assert '"scenario" is not defined' in lint(as_workflow().replace("inputs.scenarios", "inputs.scenario"))


@pytest.mark.skipif(SHELLCHECK is None, reason="shellcheck is not on PATH")
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_shell_snippet_has_no_usual_mistake(name):
    command = [SHELLCHECK, "--norc", "--shell", "bash", "-"]
    done = subprocess.run(command, input=SCRIPTS[name]["run"], capture_output=True, text=True, check=False)
    assert done.stdout == ""


def test_the_action_is_one():
    jsonschema.validate(ACTION, METADATA)


def test_names_of_steps_are_there_once():
    names = [step.get(key) for step in STEPS for key in ("id", "name") if step.get(key)]
    assert len(names) == len(set(names))


def test_no_input_is_put_into_a_shell_snippet():
    """It could end the command that it stands in: a snippet hears of it in its environment."""
    assert [name for name, step in SCRIPTS.items() if "${{" in step["run"]] == []


def test_every_input_is_used_and_every_one_that_is_used_is_there():
    assert set(re.findall(r"inputs\.([a-z-]+)", json.dumps(STEPS))) == set(ACTION["inputs"])


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_snippet_uses_what_it_is_given(name):
    given = set(SCRIPTS[name]["env"])
    assert {each for each in given if f"${each}" not in SCRIPTS[name]["run"]} == set()


def test_flags_that_are_passed_are_flags_of_ours():
    passed = set(re.findall(r"--kb-[a-z-]+", json.dumps([ACTION, *workflows().values()])))
    assert passed <= {knob.flag for knob in KNOBS}


def test_flags_of_one_cluster_alone_are_passed_for_that_one():
    script = SCRIPTS["Run the scenarios"]["run"]
    bound = {knob.flag for knob in KNOBS if knob.only_on and knob.flag in script}
    assert bound == set(re.findall(r'= kind \]; then command\+=\((\S+) "', script))


@pytest.mark.parametrize("name", ["cluster", "controller", "level"])
def test_a_default_is_that_of_the_setting(name):
    knob = next(knob for knob in KNOBS if knob.name == name)
    assert DEFAULTS[name] == knob.default


def test_others_actions_are_pinned_by_commit_and_say_their_version():
    texts = [(ROOT / "action.yml").read_text(), *workflows().values()]
    foreign = [(name, rest) for text in texts for name, rest in used(text) if name != OURS]
    assert foreign
    pinned = [(name, rest) for name, rest in foreign if re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name) and " # v" in rest]
    assert pinned == foreign
    assert len({name.partition("@")[0] for name, _ in foreign}) == len({name for name, _ in foreign})


def test_our_own_version_is_this_one():
    assert DEFAULTS["install"] == f"pytest-kbevents=={__version__}"
    assert all(OURS in text for text in workflows().values())


def test_kind_is_the_release_that_we_are_tried_with():
    pinned = re.search(r"sigs\.k8s\.io/kind (v\S+)", (ROOT / "tools" / "go.mod").read_text())[1]
    assert DEFAULTS["kind-version"] == pinned


def test_the_guide_tells_of_every_input_and_its_default():
    told = {name: default.strip("`") for name, default, _ in rows()}
    assert told == DEFAULTS
