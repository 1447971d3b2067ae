"""Section 3 of the facts as a table: what is there and what the Event says, against what becomes of both.

Every row runs in a world of its own. The Pod c1-mysql-0 is secondary and knows nothing unless a row says otherwise; the
Event says primary as of second 100.
"""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from pytest_kbevents.api.resources import INSTANCE_SETS, INSTANCES

SET, INSTANCE = "workloads.kubeblocks.io/instance", "apps.kubeblocks.io/instance-name"
PEER_SET = {"app.kubernetes.io/managed-by": "kubeblocks", "workloads.kubeblocks.io/managed-by": "InstanceSet"}
SAME = object()
PEER = "c1-mysql-1"


@dataclass
class Row:
    """``then`` and ``peer_then`` are (label, time in seconds, version) afterwards; None in a tuple is absence."""

    event: dict[str, Any] = field(default_factory=dict)
    pod: dict[str, Any] | None = field(default_factory=dict)
    peer: dict[str, Any] | None = None
    without: Any = None
    then: Any = SAME
    peer_then: Any = SAME
    marked: bool = True


def reference(**changed):
    name = {"apiVersion": "workloads.kubeblocks.io/v1", "kind": "InstanceSet", "name": "c1-mysql"}
    return {**name, "uid": "u", "controller": True, **changed}


def says(output, **changed):
    return {"output": output, **changed}


def text(message):
    return {"message": message}


PRIMARY = ("primary", 100, None)
BARE = (None, 100, None)
ZERO = "-62135596800000000"

MAIN = {
    # whose Event it is
    "own-event": Row(then=PRIMARY),
    "event-of-another-reporter": Row(says(b"primary", reportingComponent="kubelet"), marked=False),
    "event-of-another-reason": Row(says(b"primary", reason="Scheduled"), marked=False),
    "event-of-another-container": Row(says(b"primary", fieldPath="spec.containers{other}"), marked=False),
    "event-of-lorry": Row(
        {
            "message": '{"event":"Success","role":"primary"}',
            "reason": "checkRole",
            "reportingComponent": "lorry",
            "fieldPath": "spec.containers{lorry}",
        },
        marked=False,
    ),
    # rule 1: the message
    "message-is-no-json": Row(text("primary")),
    "message-is-empty": Row(text("")),
    "message-has-trailing-garbage": Row(text('{"code":0,"output":"cHJpbWFyeQ=="}}')),
    "message-has-a-text-code": Row(text('{"code":"0","output":"cHJpbWFyeQ=="}')),
    "message-has-bad-base64": Row(text('{"code":0,"output":"cHJpbWFyeQ"}')),
    "message-is-null": Row(text("null"), then=BARE),
    "message-is-empty-text-in-quotes": Row(text('""')),
    "message-is-a-list": Row(text("[]")),
    "message-is-a-number": Row(text("5")),
    "message-is-an-empty-object": Row(text("{}"), then=BARE),
    "message-has-nan": Row(text('{"code":NaN,"output":"cHJpbWFyeQ=="}')),
    "message-has-a-byte-order-mark": Row(text('\ufeff{"code":0,"output":"cHJpbWFyeQ=="}')),
    "message-has-single-quotes": Row(text("{'code':0}")),
    "message-has-a-trailing-comma": Row(text('{"code":0,"output":"cHJpbWFyeQ==",}')),
    "message-has-a-control-character": Row(text('{"code":0,"message":"\x01","output":"cHJpbWFyeQ=="}')),
    "message-has-a-second-document": Row(text('{"output":"cHJpbWFyeQ=="}{}')),
    "message-has-white-space-around": Row(text(' \n{"output":"cHJpbWFyeQ=="}\t'), then=PRIMARY),
    "message-has-a-lone-surrogate": Row(text('{"message":"\\ud800","output":"cHJpbWFyeQ=="}'), then=PRIMARY),
    "message-has-a-code-with-a-point": Row(text('{"code":0.0,"output":"cHJpbWFyeQ=="}')),
    "message-has-a-code-with-an-exponent": Row(text('{"code":0e0,"output":"cHJpbWFyeQ=="}')),
    "message-has-a-code-beyond-32-bits": Row(text('{"code":2147483648,"output":"cHJpbWFyeQ=="}')),
    "message-has-minus-zero": Row(text('{"code":-0,"output":"cHJpbWFyeQ=="}'), then=PRIMARY),
    "message-has-a-number-for-an-instance": Row(text('{"instance":5,"output":"cHJpbWFyeQ=="}')),
    "message-has-a-null-field": Row(text('{"instance":null,"code":null,"output":"cHJpbWFyeQ=="}'), then=PRIMARY),
    "message-has-a-key-twice": Row(text('{"output":"c2Vjb25kYXJ5","OUTPUT":"cHJpbWFyeQ=="}'), then=PRIMARY),
    "message-has-a-long-s": Row(text('{"in\u017ftance":5,"output":"cHJpbWFyeQ=="}')),
    "message-has-unknown-keys": Row(text('{"output":"cHJpbWFyeQ==","else":[{"a":1}]}'), then=PRIMARY),
    "message-nests-400-deep": Row(
        {"at": None, "message": f'{{"else":{"[" * 400}{"]" * 400}}}'}, then=(None, ZERO, None)
    ),
    "message-nests-100000-deep": Row({"at": None, "message": f'{{"else":{"[" * 100_000}{"]" * 100_000}}}'}),
    "message-nests-without-end": Row({"at": None, "message": f'{{"else":{"[" * 100_000}'}),
    "message-of-one-mebibyte": Row(
        {"at": None, "message": f'{{"output":"cHJpbWFyeQ==","message":"{"x" * 2**20}"}}'}, then=("primary", ZERO, None)
    ),
    "output-has-a-space-in-its-base64": Row(text('{"output":"cHJp bWFyeQ=="}')),
    "output-has-line-breaks-in-its-base64": Row(text('{"output":"cHJp\\r\\nbWFyeQ=="}'), then=PRIMARY),
    "output-is-in-the-url-alphabet": Row(text('{"output":"_-A="}')),
    "output-has-text-after-its-padding": Row(text('{"output":"cHJpbWFyeQ==x"}')),
    "output-has-left-over-bits": Row(text('{"output":"cHJpbWFyeR=="}'), then=PRIMARY),
    "output-is-no-utf-8": Row(says(b"\xff\xfe"), then=BARE),
    "output-is-a-role-and-no-utf-8": Row(says(b"primary \xff")),
    "output-with-unicode-white-space": Row(says("\u3000primary\x85".encode()), then=PRIMARY),
    "output-with-a-zero-width-space": Row(says("\u200bprimary".encode()), then=BARE),
    "output-with-a-file-separator": Row(says(b"primary\x1c"), then=BARE),
    "message-with-folded-keys": Row(text('{"CODE":0,"Output":"cHJpbWFyeQ=="}'), then=PRIMARY),
    "message-with-byte-numbers": Row(text('{"output":[112,114,105,109,97,114,121]}'), then=PRIMARY),
    "probe-failed": Row(says(b"primary", code=-1)),
    "probe-failed-with-another-code": Row(says(b"primary", code=3)),
    # rule 2: the output
    "output-is-empty": Row(says(b""), then=BARE),
    "output-is-white-space": Row(says(b" \n"), then=BARE),
    "output-with-a-line-break": Row(says(b"primary\n"), then=PRIMARY),
    "output-in-upper-case": Row(says(b"PRIMARY"), then=PRIMARY),
    "output-with-a-version": Row(says(b"primary 5"), then=("primary", None, "5")),
    "output-with-version-0": Row(says(b"primary 0"), then=("primary", None, "0")),
    "output-with-leading-zeros": Row(says(b"primary 005"), then=("primary", None, "5")),
    "output-with-the-largest-version": Row(
        says(b"primary 18446744073709551615"), then=("primary", None, "18446744073709551615")
    ),
    "output-with-too-large-a-version": Row(says(b"primary 18446744073709551616")),
    "output-with-a-word-for-a-version": Row(says(b"primary abc")),
    "output-with-a-signed-version": Row(says(b"primary +5")),
    "output-of-three-words": Row(says(b"primary 10 extra")),
    "output-is-a-snapshot": Row(says(b'{"term":"9","PodRoleNamePairs":[]}'), then=BARE),
    "output-is-a-snapshot-with-spaces": Row(says(b'{"term": "9", "PodRoleNamePairs": []}')),
    # rule 3: the Pod
    "pod-is-gone": Row(pod=None, then=None),
    "pod-has-another-uid": Row(says(b"primary", uid="22222222-2222-2222-2222-222222222222")),
    # rule 4: the owner
    "owned-by-reference-alone": Row(pod={"labels": {}, "owners": [reference()]}, then=PRIMARY),
    "reference-wins-over-a-wrong-label": Row(pod={"labels": {SET: "wrong"}, "owners": [reference()]}, then=PRIMARY),
    "reference-in-an-old-version": Row(
        pod={"labels": {}, "owners": [reference(apiVersion="workloads.kubeblocks.io/v1alpha1")]}, then=PRIMARY
    ),
    "reference-to-an-instance": Row(pod={"labels": {}, "owners": [reference(kind="Instance")]}, then=PRIMARY),
    "reference-that-is-not-the-controller": Row(
        pod={"labels": {}, "owners": [reference(controller=False)]}, marked=False
    ),
    "reference-of-another-group": Row(pod={"labels": {}, "owners": [reference(apiVersion="apps/v1")]}, marked=False),
    "reference-of-another-kind": Row(pod={"labels": {}, "owners": [reference(kind="StatefulSet")]}, marked=False),
    "owned-by-the-label-of-an-instance": Row(pod={"labels": {INSTANCE: "c1-mysql"}}, then=PRIMARY),
    "both-labels": Row(pod={"labels": {SET: "c1-mysql", INSTANCE: "c1-mysql"}}),
    "no-owner": Row(pod={"labels": {}}, marked=False),
    "label-with-an-empty-value": Row(pod={"labels": {SET: ""}}, marked=False),
    "probe-failed-without-an-owner": Row(says(b"primary", code=-1), pod={"labels": {}}),
    "malformed-output-without-an-owner": Row(says(b"a b c"), pod={"labels": {}}),
    # rule 5: staleness
    "newer-time": Row(pod={"time": 99}, then=PRIMARY),
    "equal-time": Row(pod={"time": 100}),
    "older-time": Row(pod={"time": 101}),
    "time-known-in-an-old-format": Row(pod={"time": "2024-05-24T10:00:00.1Z"}, then=PRIMARY),
    "time-known-is-empty": Row(pod={"time": ""}, then=PRIMARY),
    "time-against-a-version": Row(pod={"epoch": "5"}),
    "time-against-an-unparsable-version": Row(pod={"epoch": "five"}),
    "time-against-an-empty-version": Row(pod={"epoch": ""}, then=("primary", 100, "")),
    "empty-output-against-a-version": Row(says(b""), pod={"epoch": "5"}),
    "higher-version": Row(says(b"primary 10"), pod={"epoch": "9"}, then=("primary", None, "10")),
    "equal-version": Row(says(b"primary 5"), pod={"epoch": "5"}),
    "equal-version-of-a-lost-label": Row(says(b"primary 5"), pod={"epoch": "5", "role": None}),
    "lower-version": Row(says(b"primary 4"), pod={"epoch": "5"}),
    "version-against-an-unparsable-one": Row(says(b"primary 1"), pod={"epoch": "x"}, then=("primary", None, "1")),
    "version-against-a-newer-time": Row(says(b"primary 1"), pod={"time": 999}, then=("primary", 999, "1")),
    "untimed": Row(says(b"primary", at=None), pod={"time": 99}, then=("primary", ZERO, None)),
    "untimed-against-a-version": Row(says(b"primary", at=None), pod={"epoch": "5"}),
    "time-after-an-untimed-claim": Row(says(b"primary", at=1), pod={"time": ZERO}, then=("primary", 1, None)),
    # rule 6: the workload
    "instance-set-is-gone": Row(without=INSTANCE_SETS),
    "instance-is-gone": Row(pod={"labels": {INSTANCE: "c1-mysql"}}, without=INSTANCES),
    # rules 7 and 9: exclusive roles
    "older-holder-is-stripped-and-stamped": Row(
        peer={"role": "primary", "time": 90}, then=PRIMARY, peer_then=(None, 100, None)
    ),
    "holder-without-a-time-is-stripped-and-stamped": Row(
        peer={"role": "primary"}, then=PRIMARY, peer_then=(None, 100, None)
    ),
    "newer-holder-is-spared": Row(peer={"role": "primary", "time": 110}, then=PRIMARY),
    "holder-of-the-same-time-is-spared": Row(peer={"role": "primary", "time": 100}, then=PRIMARY),
    "holder-with-a-version-keeps-the-role": Row(peer={"role": "primary", "epoch": "5"}),
    "holder-with-an-unparsable-version-keeps-the-role": Row(peer={"role": "primary", "epoch": "x"}),
    "holder-with-an-empty-version-is-stripped": Row(
        peer={"role": "primary", "epoch": ""}, then=PRIMARY, peer_then=(None, 100, "")
    ),
    "versioned-claim-strips-a-lower-one-unstamped": Row(
        says(b"primary 5"),
        peer={"role": "primary", "epoch": "3"},
        then=("primary", None, "5"),
        peer_then=(None, None, "3"),
    ),
    "versioned-claim-strips-a-timed-holder-unstamped": Row(
        says(b"primary 5"),
        peer={"role": "primary", "time": 999},
        then=("primary", None, "5"),
        peer_then=(None, 999, None),
    ),
    "versioned-claim-strips-an-unparsable-one": Row(
        says(b"primary 5"),
        peer={"role": "primary", "epoch": "x"},
        then=("primary", None, "5"),
        peer_then=(None, None, "x"),
    ),
    "versioned-claim-yields-to-an-equal-one": Row(says(b"primary 5"), peer={"role": "primary", "epoch": "5"}),
    "versioned-claim-yields-to-a-higher-one": Row(
        says(b"primary 4"), pod={"epoch": "3"}, peer={"role": "primary", "epoch": "5"}
    ),
    "shared-role-strips-nobody": Row(
        says(b"secondary"), pod={"role": "primary"}, peer={"role": "secondary"}, then=("secondary", 100, None)
    ),
    "holder-of-another-role-is-no-peer": Row(peer={"role": "secondary", "epoch": "9"}, then=PRIMARY),
    "holder-of-another-workload-is-no-peer": Row(
        peer={"role": "primary", "labels": {**PEER_SET, SET: "c2-mysql"}}, then=PRIMARY
    ),
    "holder-without-the-managed-by-label-is-no-peer": Row(
        peer={"role": "primary", "labels": {SET: "c1-mysql"}}, then=PRIMARY
    ),
    "instance-strips-nobody": Row(
        pod={"labels": {**PEER_SET, INSTANCE: "c1-mysql"}}, peer={"role": "primary"}, then=PRIMARY
    ),
    "holder-confirms-its-role": Row(pod={"role": "primary", "time": 50}, then=PRIMARY),
    "holder-confirms-its-role-by-a-higher-version": Row(
        says(b"primary 6"), pod={"role": "primary", "epoch": "5"}, then=("primary", None, "6")
    ),
    "undefined-role-strips-nobody": Row(says(b"candidate"), peer={"role": "candidate"}, then=BARE),
    # rule 8: the write
    "label-in-lower-case-whatever-the-workload-spells": Row(says(b"WITNESS"), then=("witness", 100, None)),
    "role-that-is-not-defined": Row(says(b"candidate"), then=BARE),
    "version-of-a-role-that-is-not-defined": Row(says(b"candidate 5"), then=(None, None, "5")),
    "label-that-is-right-already": Row(says(b"secondary"), pod={"time": 50}, then=("secondary", 100, None)),
}

LORRY = {"reason": "checkRole", "reportingComponent": "lorry", "fieldPath": "spec.containers{lorry}"}
SUCCESS = '{"event":"Success","operation":"checkRole","originalRole":"","role":"primary"}'

ONE_0 = {
    "own-event": Row(then=PRIMARY),
    "event-of-another-container": Row(says(b"primary", fieldPath="spec.containers{other}"), then=PRIMARY),
    "event-of-lorry": Row({**LORRY, "message": SUCCESS}, then=PRIMARY),
    "event-of-lorry-in-kubelets-text": Row({**LORRY, "message": f"Readiness probe failed: {SUCCESS}"}, then=PRIMARY),
    "event-of-lorry-that-failed": Row({**LORRY, "message": '{"event":"Failed","role":"primary"}'}),
    "event-of-another-reporter": Row(says(b"primary", reportingComponent="kubelet")),
    "event-of-another-reason": Row(says(b"primary", reason="Scheduled")),
    "message-is-no-json": Row(text("primary")),
    "probe-failed": Row(says(b"primary", code=-1)),
    "output-with-a-line-break": Row(says(b"\nprimary\n"), then=PRIMARY),
    "output-with-a-version-is-undefined": Row(says(b"primary 4"), then=BARE),
    "output-of-three-words-is-undefined": Row(says(b"primary 10 extra"), then=BARE),
    "output-is-empty": Row(says(b""), then=BARE),
    "output-is-an-empty-snapshot": Row(says(b'{"term":"9"}')),
    "label-as-the-workload-spells-it": Row(says(b"witness"), then=("Witness", 100, None)),
    "newer-time": Row(pod={"time": 99}, then=PRIMARY),
    "equal-time": Row(pod={"time": 100}),
    "older-time": Row(pod={"time": 101}),
    "times-are-compared-as-text": Row(pod={"time": "2"}),
    "time-known-in-an-old-format": Row(pod={"time": "2024-05-24T10:00:00.1Z"}, then=PRIMARY),
    "time-known-is-empty": Row(pod={"time": ""}, then=PRIMARY),
    "untimed": Row(says(b"primary", at=None), pod={"time": 99}),
    "untimed-on-a-new-pod": Row(says(b"primary", at=None), then=("primary", ZERO, None)),
    "version-known-does-not-matter": Row(pod={"epoch": "5"}, then=("primary", 100, "5")),
    "holder-keeps-an-exclusive-role": Row(peer={"role": "primary", "time": 90}, then=PRIMARY),
    "newer-holder": Row(peer={"role": "primary", "time": 110}, then=PRIMARY),
    "holder-with-a-version-does-not-matter": Row(peer={"role": "primary", "epoch": "5"}, then=PRIMARY),
    "pod-is-gone": Row(pod=None, then=None),
    "pod-has-another-uid": Row(says(b"primary", uid="22222222-2222-2222-2222-222222222222")),
    "instance-set-is-gone": Row(without=INSTANCE_SETS),
    "reference-does-not-count": Row(pod={"labels": {SET: "wrong"}, "owners": [reference()]}),
    "no-owner": Row(pod={"labels": {}}),
    "both-labels": Row(pod={"labels": {SET: "c1-mysql", INSTANCE: "x"}}, then=PRIMARY),
}


def run(world, row):
    """Makes the row's world and lets it settle; what was before, and the Event's mark."""
    if row.pod is not None:
        world.pod(**{"role": "secondary"} | row.pod)
    if row.peer is not None:
        world.pod(PEER, **row.peer)
    if row.without is not None:
        world.delete(row.without)
    before = world.seen(), world.seen(PEER)
    key = world.report(**row.event)
    world.settle()
    return before, world.marked(key)


def spelled(then, before, stamp):
    if then is SAME or then is None:
        return before if then is SAME else None
    label, time, epoch = then
    return label, stamp(time) if isinstance(time, int) else time, epoch


def check(world, row, stamp):
    (pod, peer), mark = run(world, row)
    expected = spelled(row.then, pod, stamp), spelled(row.peer_then, peer, stamp), "1" if row.marked else None
    assert (world.seen(), world.seen(PEER), mark) == expected


def versioned(label, epoch):
    """A version of the database's own, which ``fixed`` dates, too."""
    return {"then": (label, 100, epoch)}


LOWER = {"label-as-the-workload-spells-it": {"then": ("witness", 100, None)}}
"""From the first beta of 1.0.3 on."""

DIFFERENT = {
    # 0.9.5 knows lorry alone, and marks an Event with the handler's own mark
    "0.9.5": {name: {"marked": False, **({} if "lorry" in name else {"then": SAME})} for name in ONE_0}
    | {"pod-is-gone": {"marked": False}},
    "1.0.0": {},
    "1.0.2": {},
    # an exclusive role is taken from whoever has it
    "1.0.3-beta.1": LOWER
    | {
        "holder-keeps-an-exclusive-role": {"peer_then": (None, 90, None)},
        "holder-with-a-version-does-not-matter": {"peer_then": (None, None, "5")},
        "newer-holder": {"peer_then": (None, 110, None)},
    },
    # only from those whose claim is older, and they are stamped
    "1.0.3": LOWER
    | {
        "holder-keeps-an-exclusive-role": {"peer_then": (None, 100, None)},
        "holder-with-a-version-does-not-matter": {"peer_then": (None, 100, "5")},
    },
    "1.1.0-beta.9": {},
    "main": {},
    # known problems, repaired: O-02, O-03, O-09, O-12, O-14, O-16, O-18
    "fixed": {
        "untimed": {"then": SAME},
        "newer-holder-is-spared": {"then": BARE},
        "holder-with-a-version-keeps-the-role": {"then": BARE},
        "holder-with-an-unparsable-version-keeps-the-role": {"then": BARE},
        "versioned-claim-yields-to-an-equal-one": versioned(None, "5"),
        "versioned-claim-yields-to-a-higher-one": versioned(None, "4"),
        "holder-of-the-same-time-is-spared": {"peer_then": (None, 100, None)},
        "equal-version": versioned("primary", "5"),
        "equal-version-of-a-lost-label": versioned("primary", "5"),
        "empty-output-against-a-version": {"then": (None, 100, "5")},
        "output-with-a-version": versioned("primary", "5"),
        "output-with-version-0": versioned("primary", "0"),
        "output-with-leading-zeros": versioned("primary", "5"),
        "output-with-the-largest-version": versioned("primary", "18446744073709551615"),
        "higher-version": versioned("primary", "10"),
        "version-against-an-unparsable-one": versioned("primary", "1"),
        "versioned-claim-strips-a-lower-one-unstamped": versioned("primary", "5"),
        "versioned-claim-strips-a-timed-holder-unstamped": versioned("primary", "5"),
        "versioned-claim-strips-an-unparsable-one": versioned("primary", "5"),
        "holder-confirms-its-role-by-a-higher-version": versioned("primary", "6"),
        "version-of-a-role-that-is-not-defined": versioned(None, "5"),
        "holder-confirms-its-role": {"then": SAME},
        "label-that-is-right-already": {"then": SAME},
        "label-in-lower-case-whatever-the-workload-spells": {"then": ("Witness", 100, None)},
        "holder-without-the-managed-by-label-is-no-peer": {"peer_then": (None, 100, None)},
    },
}
"""Release -> row -> what is otherwise there: the other releases read Events as 1.0.0 or as main does."""

CELLS = {
    f"{release}-{name}": (release, replace(row, **different.get(name, {})))
    for release, different in DIFFERENT.items()
    for name, row in (ONE_0 if release.startswith(("0.", "1.0.")) else MAIN).items()
}


@pytest.mark.parametrize(("release", "row"), CELLS.values(), ids=CELLS)
def test_a_role_event_by_the_table(world, stamp, release, row):
    check(world(release), row, stamp)
