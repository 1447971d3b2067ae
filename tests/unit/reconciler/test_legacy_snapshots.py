"""Release 1.0.0: one leader's view of all Pods, Pod by Pod."""

import json

import pytest

POD, OTHER = "c1-mysql-0", "c1-mysql-1"


def lorry(role):
    return json.dumps({"event": "Success", "operation": "checkRole", "originalRole": "", "role": role})


@pytest.fixture
def snapshot(old):
    """A global snapshot as text; pairs of Pod and role, with the Pods' real uids unless one is given."""

    def text(term, *pairs):
        listed = [
            {"podName": name, "roleName": role, "podUid": uid[0] if uid else old.uid(name)}
            for name, role, *uid in pairs
        ]
        return json.dumps({"term": term, "PodRoleNamePairs": listed})

    return text


def test_a_snapshot_labels_every_pod(old, told, snapshot):
    old.pod(OTHER, "primary")
    told(lorry(snapshot("9", (POD, "primary"), (OTHER, "secondary"))))
    assert (old.role(POD), old.role(OTHER)) == ("primary", "secondary")


def test_a_snapshot_of_kbagent_labels_every_pod(old, snapshot):
    old.pod(OTHER, "primary")
    old.claim(POD, snapshot("9", (POD, "primary"), (OTHER, "secondary")), 100)
    assert (old.role(POD), old.role(OTHER)) == ("primary", "secondary")


def test_a_snapshots_term_becomes_the_version(old, told, snapshot):
    old.pod(OTHER)
    told(lorry(snapshot("9", (OTHER, "secondary"))))
    assert old.time(OTHER) == "9"


def test_terms_are_compared_as_text(old, told, snapshot):
    old.pod(OTHER)
    told(lorry(snapshot("9", (OTHER, "secondary"))))
    told(lorry(snapshot("10", (OTHER, "primary"))))
    assert old.role(OTHER) == "secondary"


def test_after_a_pair_with_another_uid_later_pairs_are_not_looked_at(old, told, snapshot):
    old.pod(OTHER, "secondary")
    told(lorry(snapshot("9", (POD, "secondary", "another uid"), (OTHER, "primary"))))
    assert old.role(OTHER) == "secondary"


def test_after_a_stale_pair_later_pairs_are_not_looked_at(old, told, snapshot):
    old.pod(OTHER, "secondary")
    told(lorry(snapshot("1", (POD, "primary"), (OTHER, "primary"))))
    assert old.role(OTHER) == "secondary"


def test_pairs_before_the_stale_one_are_applied(old, told, snapshot):
    old.pod(OTHER, "secondary")
    told(lorry(snapshot("1", (OTHER, "primary"), (POD, "primary"))))
    assert old.role(OTHER) == "primary"


def test_after_a_pod_that_is_gone_later_pairs_are_not_looked_at(old, told, snapshot):
    told(lorry(snapshot("9", ("c1-mysql-9", "secondary", "u"), (POD, "primary"))))
    assert old.role(POD) == "secondary"


def test_a_pod_that_is_gone_is_swallowed_and_the_event_marked(old, told, snapshot):
    assert old.mark(told(lorry(snapshot("9", ("c1-mysql-9", "secondary", "u"))))) == "1"
