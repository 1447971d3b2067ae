import pytest

from pytest_kbevents.api.selectors import field_selector, field_terms, label_selector, matching_labels
from pytest_kbevents.errors import BadRequest


def labelled(**labels):
    return {"metadata": {"labels": labels}}


@pytest.mark.parametrize(
    ("text", "labels", "holds"),
    [
        ("role=leader", {"role": "leader"}, True),
        ("role=leader", {"role": "follower"}, False),
        ("role=leader", {}, False),
        ("role==leader", {"role": "leader"}, True),
        ("role = leader", {"role": "leader"}, True),
        ("role=", {"role": ""}, True),
        ("role=", {}, False),
        ("role!=leader", {"role": "leader"}, False),
        ("role!=leader", {"role": "follower"}, True),
        ("role!=leader", {}, True),
        ("role", {"role": ""}, True),
        ("role", {}, False),
        ("!role", {}, True),
        ("!role", {"role": "leader"}, False),
        ("role in (leader,follower)", {"role": "follower"}, True),
        ("role in ( leader , follower )", {"role": "follower"}, True),
        ("role in (leader,follower)", {"role": "learner"}, False),
        ("role in (leader)", {}, False),
        ("role notin (leader)", {"role": "leader"}, False),
        ("role notin (leader)", {"role": "follower"}, True),
        ("role notin (leader)", {}, True),
        ("role in (a,b),zone=x", {"role": "b", "zone": "x"}, True),
        ("role in (a,b),zone=x", {"role": "b", "zone": "y"}, False),
        ("", {}, True),
    ],
)
def test_a_label_selector_holds_as_in_kubernetes(text, labels, holds):
    assert label_selector(text)(labelled(**labels)) is holds


def test_a_label_key_may_have_a_prefix():
    assert label_selector("apps.kubeblocks.io/role=leader")(labelled(**{"apps.kubeblocks.io/role": "leader"}))


@pytest.mark.parametrize("obj", [{}, {"metadata": {}}, {"metadata": {"labels": None}}])
def test_an_object_without_labels_has_none(obj):
    assert not label_selector("role")(obj)


@pytest.mark.parametrize("text", ["role in leader", "a b", "role in (a", "=leader", "!role=leader", "role=a=b"])
def test_a_text_that_is_no_label_selector_is_a_bad_request(text):
    with pytest.raises(BadRequest):
        label_selector(text)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("metadata.name=one", True),
        ("metadata.name==one", True),
        ("metadata.name!=one", False),
        ("metadata.name=two", False),
        ("metadata.name=one,spec.nodeName=n", True),
        ("metadata.name=one,spec.nodeName!=n", False),
        ("", True),
    ],
)
def test_a_field_selector_holds_as_in_kubernetes(text, holds):
    obj = {"metadata": {"name": "one"}, "spec": {"nodeName": "n"}}
    assert field_selector(field_terms(text))(obj) is holds


@pytest.mark.parametrize(("text", "holds"), [("spec.nodeName=", True), ("spec.nodeName!=", False)])
def test_a_field_that_is_not_there_is_the_empty_text(text, holds):
    assert field_selector(field_terms(text))({"metadata": {}}) is holds


@pytest.mark.parametrize("text", ["metadata.name", "metadata.name in (a)", "a=b=c"])
def test_a_text_that_is_no_field_selector_is_a_bad_request(text):
    with pytest.raises(BadRequest, match=r"invalid (field )?selector"):
        field_selector(field_terms(text))


def test_a_services_selector_wants_every_label():
    assert not matching_labels({"a": "1", "b": "2"})(labelled(a="1"))


def test_a_services_selector_does_not_mind_other_labels():
    assert matching_labels({"a": "1"})(labelled(a="1", b="2"))
