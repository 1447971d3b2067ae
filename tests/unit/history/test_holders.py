"""Who has a role."""

from pytest_kbevents.history.holders import holders


def test_the_holders_are_told_by_their_instance_set(script):
    script.pod("b", "primary", owner="one")
    script.pod("a", "primary", owner="one")
    script.pod("c", "primary", owner="two")
    script.pod("d", "secondary", owner="three")
    assert holders(script.history.state, "primary") == {"one": ["a", "b"], "two": ["c"], "three": []}


def test_a_deleted_pod_holds_nothing(script):
    script.pod("a", "primary")
    script.pod("a", "primary", kind="DELETED")
    assert holders(script.history.state, "primary") == {}


def test_the_spelling_of_the_role_hides_no_holder(script):
    script.pod("a", "Primary")
    assert holders(script.history.state, "PRIMARY") == {"its": ["a"]}
