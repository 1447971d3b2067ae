"""The page as a text: what is inside it, and that nothing can get out of its place."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from pytest_kbevents.scenario import reports
from pytest_kbevents.scenario.reports.page import SCRIPTS, page

HOSTILE = "</script><script>alert(1)</script><!-- <![CDATA[ & \u2028\u2029 \ud800 \N{SNOWMAN}"


def pod(revision, role):
    return {"metadata": {"name": "p-0", "resourceVersion": str(revision), "labels": {"kubeblocks.io/role": role}}}


def revision(number, before, after, text="Pod p-0: changed"):
    common = {"type": "MODIFIED", "kind": "Pod", "name": "p-0", "writer": "event-controller", "time": number * 1000}
    return {"number": number, **common, "text": text, "before": before, "after": after}


def document(*revisions, name="failover"):
    run = {"release": "1.0.0", "cluster": "embedded", "controller": "reference", "seed": 0, "version": "0.1.0"}
    return {
        "scenario": {"name": name, "file": "failover.yaml", "description": "d", "labels": {"level": "MUST"}},
        "run": {**run, "command": "pytest --kb-scenario failover"},
        "verdict": "passed",
        "time": 5_000_000,
        "finding": None,
        "steps": [],
        "invariants": [],
        "revisions": list(revisions),
        "requests": [],
    }


def inlined(text):
    return json.loads(re.search(r'<script type="application/json" id="document">(.*?)</script>', text, re.DOTALL)[1])


def of_policy(text, directive):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
    return dict(part.split(" ", 1) for part in policy.split("; "))[directive]


@pytest.fixture(scope="module")
def plain():
    return page(document())


@pytest.mark.parametrize("place", ["text", "after"])
def test_no_text_of_an_object_ends_the_script_that_holds_it(plain, place):
    after = {"message": HOSTILE} if place == "after" else None
    text = page(document(revision(1, None, after, HOSTILE)))
    assert text.count("<script") == plain.count("<script") == 2
    assert text.count("<!--") == plain.count("<!--") == 0
    assert inlined(text)["revisions"][0]["text"] == HOSTILE


def test_the_document_is_written_without_any_sign_of_markup():
    text = page(document(revision(1, None, None, HOSTILE)))
    written = re.search(r'id="document">(.*?)</script>', text, re.DOTALL)[1]
    assert not set(written) & set("<>&\u2028\u2029")
    assert written.isascii()


def test_a_page_of_any_text_can_be_written_as_utf_8():
    assert page(document(revision(1, None, None, HOSTILE), name="\ud800")).encode()


def test_the_title_is_text():
    title = re.search(r"<title>(.*?)</title>", page(document(name="</title><b>&")))[1]
    assert title == "PASSED: &lt;/title&gt;&lt;b&gt;&amp; [1.0.0]"


@pytest.mark.parametrize(("tag", "directive"), [("script", "script-src"), ("style", "style-src")])
def test_the_policy_allows_what_is_inlined_and_nothing_else(plain, tag, directive):
    content = re.search(rf"<{tag}>(.*?)</{tag}>", plain, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    assert of_policy(plain, directive) == f"'sha256-{digest}'"
    assert of_policy(plain, "default-src") == "'none'"


def test_the_script_and_the_style_do_not_end_early(plain):
    for tag in ("script", "style"):
        assert f"</{tag}" not in re.search(rf"<{tag}>(.*?)</{tag}>", plain, re.DOTALL)[1]


def test_every_part_of_the_script_is_in_the_page():
    parts = {file.name.split(".")[1] for file in Path(reports.__file__).parent.glob("page.*.js")}
    assert parts == set(SCRIPTS)


def test_no_style_and_no_listener_stands_in_an_attribute(plain):
    assert not re.search(r"<[^>]*\s(style|on[a-z]+)=", plain.split("<body>")[1].split('<script type="')[0])


@pytest.mark.parametrize("load", ["http:", "https:", "@import", "url(", " src=", "fetch(", "import(", "XMLHttpRequest"])
def test_a_page_loads_nothing(plain, load):
    assert load not in plain


@pytest.mark.parametrize("sink", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("])
def test_no_text_becomes_html(plain, sink):
    assert sink not in plain


def test_equal_documents_give_equal_pages(plain):
    assert page(document()) == plain


def test_a_before_that_the_last_revision_of_the_object_left_is_written_once():
    first, second = pod(1, "secondary"), pod(2, "primary")
    written = inlined(page(document(revision(1, None, first), revision(2, first, second))))["revisions"]
    assert "before" not in written[1]
    assert written[0]["before"] is None


def test_a_before_that_no_revision_left_is_kept():
    first, unseen, second = pod(1, "secondary"), pod(2, "secondary"), pod(3, "primary")
    written = inlined(page(document(revision(1, None, first), revision(3, unseen, second))))["revisions"]
    assert written[1]["before"] == unseen


def test_a_document_stays_as_it_was():
    given = document(revision(1, None, pod(1, "primary")), revision(2, pod(1, "primary"), None))
    copy = json.loads(json.dumps(given))
    page(given)
    assert given == copy


def test_a_number_that_is_not_json_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        page({**document(), "time": float("nan")})
