"""``kbevents render``."""

import pytest
import yaml

from pytest_kbevents.cli import main
from pytest_kbevents.cluster.backends import make
from pytest_kbevents.environment.world import Cast
from pytest_kbevents.scenario import catalog, runner
from pytest_kbevents.scenario.loader import read

HEAD = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: mine, labels: {area: role}}
spec:
  description: d
  cluster: {component: mysql, replicas: 3, roles: [{name: primary, exclusive: true}, {name: secondary}]}
"""
LIBRARY = """\
apiVersion: kbevents/v1
kind: Steps
metadata: {name: lib}
spec:
  groups:
    claim:
      parameters: {pod: {}, role: {default: primary}}
      steps:
      - event: {template: theirs, pod: "{{ pod }}", role: "{{ role }}"}
      - expect: {object: {kind: Event, name: "{{ pod }}.theirs"}, matches: {message: "{{ role }}"}}
  templates:
    theirs:
      metadata: {name: "{{ pod }}.theirs", namespace: "{{ namespace }}"}
      involvedObject: {kind: Pod, namespace: "{{ namespace }}", name: "{{ pod }}"}
      message: "{{ output }}"
"""


@pytest.fixture
def render(tmp_path, monkeypatch, capsys):
    """Write a scenario, and print what it becomes."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lib.yaml").write_text(LIBRARY)

    def render(*arguments, text=""):
        (tmp_path / "mine.yaml").write_text(HEAD + text)
        assert main(["render", *arguments]) == 0
        return capsys.readouterr().out

    return render


def steps_of(text):
    return yaml.safe_load(text)["spec"]["steps"]


def played(scenario, seed=0):
    return runner.run(scenario, make("embedded"), Cast("reference", "fixed", seed))


def test_what_is_printed_plays_the_same_history_byte_by_byte(render):
    file = catalog.shipped() / "role" / "failover.yaml"
    given, printed = read(file.read_text(), "given.yaml"), read(render("failover", "--seed", "3"), "printed.yaml")
    one, other = played(given, 3), played(printed, 3)
    assert one.passed
    assert repr(one.history.revisions) == repr(other.history.revisions)
    assert repr(one.requests) == repr(other.requests)


def test_groups_and_templates_of_other_files_are_put_in(render):
    text = '  include: [lib.yaml]\n  steps: [{use: {group: claim, with: {pod: "{{ pod(1) }}"}}}]\n'
    printed = render("mine.yaml", text=text)
    assert steps_of(printed) == [
        {"event": {"template": "theirs", "pod": "c1-mysql-1", "role": "primary"}},
        {"expect": {"object": {"kind": "Event", "name": "c1-mysql-1.theirs"}, "matches": {"message": "primary"}}},
    ]
    assert played(read(printed, "printed.yaml")).passed


def test_templates_in_a_folder_are_put_in(render, tmp_path):
    (tmp_path / "events").mkdir()
    body = "metadata: {name: m, namespace: {{ namespace }}}\ninvolvedObject: {namespace: {{ namespace }}}\n"
    (tmp_path / "events" / "own.yaml.j2").write_text(body)
    text = "  template_folders: [events]\n  steps: [{event: {template: own, pod: c1-mysql-0}}]\n"
    printed = render("mine.yaml", text=text)
    assert yaml.safe_load(printed)["spec"]["templates"] == {"own": body}
    assert played(read(printed, "printed.yaml")).passed


MATRIX = "  matrix: {role: [primary, secondary], for: [1s, 2s]}\n  steps: [{wait: '{{ matrix.for }}'}]\n"


def test_each_case_is_a_document(render):
    documents = list(yaml.safe_load_all(render("mine.yaml", text=MATRIX)))
    assert [each["metadata"]["name"] for each in documents] == [
        "mine-primary-1s",
        "mine-primary-2s",
        "mine-secondary-1s",
        "mine-secondary-2s",
    ]
    assert [each["spec"]["steps"] for each in documents[:2]] == [[{"wait": "1s"}], [{"wait": "2s"}]]


def test_a_case_can_be_chosen(render):
    assert steps_of(render("mine.yaml", "--case", "role=secondary,for=2s", text=MATRIX)) == [{"wait": "2s"}]


def test_some_cases_can_be_chosen(render):
    assert render("mine.yaml", "--case", "for=2s", text=MATRIX).count("kind: Scenario") == 2


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("rol=primary", "unknown key of the matrix 'rol'; did you mean 'role'?"),
        ("role=other", "no such case; there are: mine@role=primary,for=1s, "),
        ("role", "write KEY=VALUE, with commas between several"),
    ],
)
def test_a_case_that_is_not_there_is_told(tmp_path, monkeypatch, capsys, case, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(HEAD + MATRIX)
    assert main(["render", "mine.yaml", "--case", case]) == 4
    assert told in capsys.readouterr().err


def test_a_name_that_is_not_there_is_told_with_the_nearest(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["render", "failovr"]) == 4
    assert capsys.readouterr().err.startswith(
        "kbevents: failovr: no scenario of that name, glob, label or file; did you"
    )


def test_the_seed_chooses(render):
    text = '  values: {n: "{{ rand(1000000) }}"}\n  steps: [{wait: "{{ n }}ms"}]\n'
    one, same, other = (render("mine.yaml", "--seed", seed, text=text) for seed in ("1", "1", "2"))
    assert one == same != other


def test_what_depends_on_the_moment_stays_a_template(render):
    text = """\
  values: {only: "{{ pod(0) }}", told: "{{ event_name(only, 'primary') }}", plain: "{{ only }}!"}
  steps:
  - event: {template: roleProbe, pod: "{{ only }}", role: primary, eventTime: "{{ now('-10s') }}"}
  - expect: {object: {kind: Event, name: "{{ told }}"}, matches: {count: 1}}
"""
    printed = render("mine.yaml", text=text)
    spec = yaml.safe_load(printed)["spec"]
    assert spec["values"] == {"only": "c1-mysql-0", "told": "{{ event_name(only, 'primary') }}", "plain": "c1-mysql-0!"}
    assert spec["steps"][0]["event"]["eventTime"] == "{{ now('-10s') }}"
    assert spec["steps"][1]["expect"]["object"]["name"] == "{{ told }}"
    given = read((HEAD + text), "given.yaml")
    assert repr(played(given).history.revisions) == repr(played(read(printed, "printed.yaml")).history.revisions)


def test_what_is_bound_is_handed_through_groups(render):
    text = """\
  groups:
    note:
      parameters: [text, pod]
      steps:
      - apply: {kind: ConfigMap, metadata: {name: note}, data: {a: "{{ text }} of {{ pod }}", b: "{{ text ~ pod }}"}}
      - stays: {object: {kind: ConfigMap, name: note}, matches: {data: {a: c1 of c1-mysql-0, b: c1c1-mysql-0}}, for: 1s}
  steps:
  - bind: {name: made, object: {kind: Pod, name: "{{ pod(0) }}"}, query: "metadata.name"}
  - use: {group: note, with: {text: "{{ made | replace('-mysql-0', '') }}", pod: "{{ pod(0) }}"}}
"""
    assert played(read(render("mine.yaml", text=text), "printed.yaml")).passed


@pytest.mark.parametrize(
    "value",
    [
        "08",
        "1e5",
        "tRue",
        "~",
        "yes",
        "12",
        "-30s",
        "2026-01-01",
        "{{ 1 }}",
        "a: b",
        "line\nline\n",
        " ",
        "",
        "#",
        "0x1F",
    ],
)
def test_a_text_stays_the_text_that_it_is(render, value):
    text = f"  values: {{v: {yaml.safe_dump(value, default_style=chr(34)).strip()}}}\n" if "{" not in value else ""
    text = text or "  values: {v: \"{{ '{{ 1 }}' }}\"}\n"
    step = '  steps: [{apply: {kind: ConfigMap, metadata: {name: x}, data: {v: "{{ v }}"}}}]\n'
    printed = render("mine.yaml", text=text + step)
    one, other = played(read(HEAD + text + step, "given.yaml")), played(read(printed, "printed.yaml"))
    assert repr(one.history.revisions) == repr(other.history.revisions)


def test_what_is_printed_prints_the_same(render, tmp_path):
    step = '{parallel: [{use: {group: claim, with: {pod: "{{ pod(1) }}"}}}, {wait: 1s}]}'
    text = f"  include: [lib.yaml]\n  steps: [{step}]\n"
    printed = render("mine.yaml", text=text)
    (tmp_path / "again.yaml").write_text(printed)
    assert render("again.yaml") == printed
