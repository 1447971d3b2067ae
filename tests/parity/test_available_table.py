"""Section 4 of the facts as a table: what the ComponentDefinition asks, what kbagent reports, and what comes of it.

Every row runs in a world of its own, once for each release it holds for. There is one replica, its probe succeeds now,
and the policy is all, strict, within 10 seconds, unless a row says otherwise.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest

from pytest_kbevents.api.resources import COMPONENT_DEFINITIONS, COMPONENTS, INSTANCE_SETS

ONE_0 = ("1.0.0", "1.0.2", "1.0.3")
ONE_1 = ("1.1.0-beta.5", "1.1.0-beta.9", "main")
RELEASED = (*ONE_0, *ONE_1)
FIXED = ("fixed",)
EVERY = (*RELEASED, *FIXED)
NEW_REASON = ("1.1.0-beta.9", "main", "fixed")
"""They say ProbeCheckFail, the ones before say Unavailable. They mark their own Events, the ones before mark all."""

SUCCEED = {"succeed": True}
STRICT = {"all": {"succeed": True, "strict": True}}


def asks(condition, **changed):
    return {"withProbe": {"timeWindowSeconds": 10, "condition": condition, **changed}}


@dataclass
class Row:
    """``then`` is the condition afterwards: a text when it is True, a list with a text when it is False, or None."""

    events: list[dict[str, Any]] = field(default_factory=lambda: [{}])
    available: Any = field(default_factory=lambda: asks(STRICT))
    world: dict[str, Any] = field(default_factory=dict)
    pods: tuple[str, ...] = ()
    without: Any = None
    definition: dict[str, Any] = field(default_factory=dict)
    component_status: dict[str, Any] = field(default_factory=dict)
    then: Any = "the available conditions are met"
    kept: int | None = None
    marked: bool = True
    nobodys: bool = False
    warned: str | None = None
    on: tuple[str, ...] = EVERY


def says(text, **changed):
    return [{"message": text, **changed}]


def pod(ordinal, code=0, output=b"", **changed):
    return {"pod": f"c1-mysql-{ordinal}", "code": code, "output": output, **changed}


FAILED = [pod(0, -1)]
NOT_ALL = ["not all replicas are available: 0/1"]
NO_RESULT = ["no result of availableProbe within 10s"]
NOT_ZERO = ["probe code is not 0: -1"]

WHOSE = {
    "own-event": Row(kept=1, on=RELEASED),
    "own-event-keeps-nothing-in-the-status": Row(on=FIXED),
    "event-of-another-reporter": Row([{"reportingComponent": "kubelet"}], then=None, nobodys=True),
    "event-of-another-reason": Row([{"reason": "livenessProbe"}], then=None, nobodys=True),
    "event-of-another-container": Row([{"fieldPath": "spec.containers{other}"}], then=None, nobodys=True),
}

MALFORMED = {
    "plain-text": "available",
    "nothing": "",
    "a-string": '""',
    "a-list": "[]",
    "a-number": "1",
    "true": "true",
    "a-trailing-brace": '{"instance":"c1-mysql","code":0}}',
    "a-second-document": '{"instance":"c1-mysql"} {}',
    "a-byte-order-mark": '\ufeff{"instance":"c1-mysql","code":0}',
    "nan": '{"instance":"c1-mysql","code":NaN}',
    "nan-under-an-unknown-key": '{"instance":"c1-mysql","x":NaN}',
    "single-quotes": "{'instance':'c1-mysql'}",
    "a-trailing-comma": '{"instance":"c1-mysql",}',
    "a-raw-line-break-in-a-string": '{"instance":"c1-mysql","message":"a\nb"}',
    "a-text-code": '{"instance":"c1-mysql","code":"0"}',
    "a-code-with-a-point": '{"instance":"c1-mysql","code":0.0}',
    "a-code-with-an-exponent": '{"instance":"c1-mysql","code":0e0}',
    "a-code-beyond-32-bits": '{"instance":"c1-mysql","code":2147483648}',
    "a-true-code": '{"instance":"c1-mysql","code":true}',
    "a-number-for-an-instance": '{"instance":1,"code":0}',
    "a-list-for-a-message": '{"instance":"c1-mysql","message":[]}',
    "base64-without-padding": '{"instance":"c1-mysql","output":"b2s"}',
    "base64-of-the-url-alphabet": '{"instance":"c1-mysql","output":"-_-_"}',
    "base64-with-a-space": '{"instance":"c1-mysql","output":"b2 s="}',
    "base64-with-text-behind": '{"instance":"c1-mysql","output":"b2s=b2s="}',
    "a-byte-number-beyond-255": '{"instance":"c1-mysql","output":[256]}',
    "a-wrong-type-in-one-of-two": '{"code":"0","instance":"c1-mysql","code":0}',
    "nesting-without-end": '{"instance":"c1-mysql","x":' + "[" * 900,
}
MESSAGES = {
    **{f"message-is-{name}": Row(says(text), then=None, marked=False, on=RELEASED) for name, text in MALFORMED.items()},
    **{
        f"message-is-{name}-and-a-warning": Row(says(text), then=None, warned="UnreadableEvent", on=FIXED)
        for name, text in MALFORMED.items()
    },
    "nesting-without-end-of-a-mebibyte": Row(
        says('{"x":' + "[" * 2**20, at=None, eventTime=None), then=None, marked=False, on=RELEASED
    ),
    "message-is-null": Row(says("null"), then=None),
    "message-is-empty-object": Row(says("{}"), then=None),
    "message-names-no-instance": Row(says('{"code":0}'), then=None),
    "message-names-another-instance": Row(says('{"instance":"c2-mysql","code":0}'), then=None),
    "message-names-something-that-is-no-name": Row(says('{"instance":"../pods/c1-mysql-0?x=","code":0}'), then=None),
    "keys-in-another-case": Row(says('{"INSTANCE":"c1-mysql","Code":-1}'), then=NOT_ZERO),
    "key-with-a-long-s": Row(says('{"in\u017ftance":"c1-mysql","code":-1}'), then=NOT_ZERO),
    "repeated-keys": Row(says('{"instance":"x","code":0,"code":-1,"INSTANCE":"c1-mysql"}'), then=NOT_ZERO),
    "null-after-a-value": Row(says('{"instance":"c1-mysql","code":-1,"code":null}'), then=NOT_ZERO),
    "unknown-keys": Row(says('{"instance":"c1-mysql","code":-1,"x":{"y":[1e400,null]}}'), then=NOT_ZERO),
    "white-space-around": Row(says(' \t\r\n{"instance":"c1-mysql","code":-1}\n'), then=NOT_ZERO),
    "code-minus-zero": Row(says('{"instance":"c1-mysql","code":-0}')),
    "code-is-absent": Row(says('{"instance":"c1-mysql"}')),
    "nested-deeply-under-an-unknown-key": Row(says('{"instance":"c1-mysql","x":' + "[" * 400 + "]" * 400 + "}")),
}

EQUAL = asks({"all": {"stdout": {"equalTo": "ok"}}})
OUTPUTS = {
    "output-equal": Row([pod(0, output=b"ok")], EQUAL),
    "output-as-byte-numbers": Row(says('{"instance":"c1-mysql","output":[111,107]}'), EQUAL),
    "output-with-line-breaks-in-base64": Row(says('{"instance":"c1-mysql","output":"b2\\r\\ns="}'), EQUAL),
    "output-with-left-over-bits": Row(says('{"instance":"c1-mysql","output":"b2t="}'), EQUAL),
    "output-is-not-trimmed-1-0": Row([pod(0, output=b"ok\n")], EQUAL, then=["probe stdout is not match: ok"], on=ONE_0),
    "output-is-not-trimmed": Row(
        [pod(0, output=b"ok\n")], EQUAL, then=["probe stdout does not match: ok"], on=(*ONE_1, *FIXED)
    ),
    "output-is-no-utf-8": Row(
        [pod(0, output=b"\xff\xfeok")], EQUAL, then=["probe stdout does not match: ok"], on=(*ONE_1, *FIXED)
    ),
    "output-that-is-no-utf-8-contains": Row(
        [pod(0, output=b"\xff\xfeok")], asks({"all": {"stdout": {"contains": "ok"}}})
    ),
    "output-does-not-contain": Row(
        [pod(0, output=b"no")],
        asks({"all": {"stdout": {"contains": "ok"}}}),
        then=["probe stdout does not contain: ok"],
    ),
    "output-contains-nothing": Row([pod(0, output=b"no")], asks({"all": {"stdout": {"contains": ""}}})),
    "output-equal-to-nothing": Row([pod(0)], asks({"all": {"stdout": {"equalTo": ""}}})),
    "equal-counts-before-contains": Row(
        [pod(0, output=b"xyz")],
        asks({"all": {"stdout": {"equalTo": "a", "contains": "b"}}}),
        then=["probe stdout does not match: a"],
        on=(*ONE_1, *FIXED),
    ),
    "contains-counts-as-well": Row(
        [pod(0, output=b"a")],
        asks({"all": {"stdout": {"equalTo": "a", "contains": "b"}}}),
        then=["probe stdout does not contain: b"],
    ),
    "expected-text-of-16-bytes-is-shown": Row(
        [pod(0)],
        asks({"all": {"stdout": {"contains": "0123456789abcdef"}}}),
        then=["probe stdout does not contain: 0123456789abcdef"],
    ),
    "expected-text-of-17-bytes-is-cut": Row(
        [pod(0)],
        asks({"all": {"stdout": {"contains": "0123456789abcdefg"}}}),
        then=["probe stdout does not contain: 0123456789abcdef..."],
    ),
    "expected-text-is-cut-inside-a-character": Row(
        [pod(0)],
        asks({"all": {"stdout": {"contains": "0123456789abcd\u20ac"}}}),
        then=["probe stdout does not contain: 0123456789abcd\ufffd\ufffd..."],
        on=RELEASED,
    ),
    "expected-text-is-cut-between-characters": Row(
        [pod(0)],
        asks({"all": {"stdout": {"contains": "0123456789abcd\u20ac"}}}),
        then=["probe stdout does not contain: 0123456789abcd..."],
        on=FIXED,
    ),
    "error-text-is-stderr": Row([pod(0, -1, text="refused")], asks({"all": {"stderr": {"contains": "refused"}}})),
    "error-text-does-not-match-1-0": Row(
        [pod(0, -1, text="x")],
        asks({"all": {"stderr": {"equalTo": "y"}}}),
        then=["probe stderr is not match: y"],
        on=ONE_0,
    ),
    "error-text-does-not-contain": Row(
        [pod(0, -1, text="x")],
        asks({"all": {"stderr": {"contains": "y"}}}),
        then=["probe stderr does not contain: y"],
    ),
}


def three(*codes):
    return [pod(ordinal, code) for ordinal, code in enumerate(codes)]


def of_three(events, condition, then="the available conditions are met", on=EVERY):
    return Row(events, asks(condition), {"replicas": 3}, then=then, on=on)


CONDITIONS = {
    "all-succeed": of_three(three(0, 0, 0), {"all": SUCCEED}),
    "all-and-one-fails": of_three(three(0, -1, 0), {"all": SUCCEED}, NOT_ZERO),
    "all-of-those-who-said-something": of_three(three(0), {"all": SUCCEED}),
    "all-strict-of-one-of-three": of_three(three(0), STRICT, ["not all replicas are available: 1/3"]),
    "all-strict-of-three": of_three(three(0, 0, 0), STRICT),
    "all-fail-as-wanted": of_three(three(-1, -1, -1), {"all": {"succeed": False}}),
    "one-succeeds-and-failure-was-wanted": of_three(
        three(-1, 0, -1), {"all": {"succeed": False}}, ["probe code is not 0: 0"]
    ),
    "another-code": of_three(three(3), {"all": SUCCEED}, ["probe code is not 0: 3"]),
    "any-succeeds": of_three(three(-1, 0, -1), {"any": SUCCEED}),
    "any-and-all-fail-alike": of_three(three(-1, -1, -1), {"any": SUCCEED}, NOT_ZERO),
    "any-and-all-fail-differently": of_three(
        [pod(0, 1), pod(1, 2)], {"any": SUCCEED}, ["probe code is not 0: 1,probe code is not 0: 2"], FIXED
    ),
    "any-strict-of-one-of-three": of_three(
        three(0), {"any": {"succeed": True, "strict": True}}, ["not all replicas are available: 1/3"]
    ),
    "none-succeeds": of_three(three(-1, -1, -1), {"none": SUCCEED}),
    "none-is-broken-without-a-word": of_three(three(-1, 0, -1), {"none": SUCCEED}, [""]),
    "none-strict-of-one-of-three": of_three(
        three(-1), {"none": {"succeed": True, "strict": True}}, ["not all replicas are available: 1/3"]
    ),
    "majority-of-two-of-three": of_three(three(0, 0, -1), {"majority": SUCCEED}),
    "no-majority-of-one-of-three": of_three(three(0, -1, -1), {"majority": SUCCEED}, NOT_ZERO),
    "no-majority-for-lack-of-events": of_three(three(0), {"majority": SUCCEED}, [""]),
    "majority-ignores-strict": of_three(three(0, 0), {"majority": {"succeed": True, "strict": True}}),
    "half-is-no-majority": Row([pod(0), pod(1, -1)], asks({"majority": SUCCEED}), {"replicas": 2}, then=NOT_ZERO),
    "condition-is-empty": of_three(three(-1), {}),
    "assertion-is-empty": of_three(three(-1), {"all": {}}),
    "and-of-both": of_three(three(0, -1, -1), {"and": [{"any": SUCCEED}, {"any": {"succeed": False}}]}),
    "and-of-one": of_three(
        three(0), {"and": [{"any": SUCCEED}, {"any": {"succeed": False}}]}, ["probe code is not 0: 0"]
    ),
    "or-of-one": of_three(three(0, -1), {"or": [{"all": SUCCEED}, {"any": SUCCEED}]}),
    "or-of-none": of_three(
        three(-1),
        {"or": [{"all": SUCCEED}, {"all": {"stdout": {"contains": "x"}}}, {"any": SUCCEED}]},
        ["probe code is not 0: -1,probe stdout does not contain: x"],
    ),
    "not-of-a-failure": of_three(three(-1), {"not": {"all": SUCCEED}}),
    "not-is-broken-without-a-word": of_three(three(0), {"not": {"all": SUCCEED}}, [""]),
    "and-counts-before-or": of_three(three(-1), {"or": [{"none": SUCCEED}], "and": [{"all": SUCCEED}]}, NOT_ZERO),
    "or-counts-before-not": of_three(three(-1), {"not": {"all": SUCCEED}, "or": [{"all": SUCCEED}]}, NOT_ZERO),
    "not-counts-before-its-own": of_three(three(0), {"all": SUCCEED, "not": {"none": SUCCEED}}),
    "all-counts-before-any": of_three(three(0, -1), {"any": SUCCEED, "all": SUCCEED}, NOT_ZERO),
    "any-counts-before-none": of_three(three(0), {"none": SUCCEED, "any": SUCCEED}),
    "none-counts-before-majority": of_three(three(-1, -1, -1), {"majority": SUCCEED, "none": SUCCEED}),
    "assertion-and": of_three(three(0), {"all": {"and": [SUCCEED, {"succeed": False}]}}, ["probe code is not 0: 0"]),
    "assertion-or": of_three(three(0), {"all": {"or": [{"succeed": False}, SUCCEED]}}),
    "assertion-or-of-none": of_three(
        three(0),
        {"all": {"or": [{"succeed": False}, {"stderr": {"contains": "x"}}]}},
        ["probe code is not 0: 0,probe stderr does not contain: x"],
    ),
    "assertion-not": of_three(three(-1), {"all": {"not": SUCCEED}}),
    "assertion-not-is-broken-without-a-word": of_three(three(0), {"all": {"not": SUCCEED}}, [""]),
    "assertions-own-count-before-and": of_three(three(0), {"all": {"succeed": True, "and": [{"succeed": False}]}}),
    "succeed-counts-before-stdout": of_three(
        three(-1), {"all": {"stdout": {"contains": "x"}, "succeed": True}}, NOT_ZERO
    ),
}

PROBE = {"periodSeconds": 20}
POLICIES = {
    "no-policy-and-a-probe": Row(available=None, world={"probe": PROBE}, then="all replicas are available"),
    "no-policy-and-a-probe-that-fails": Row(FAILED, None, {"probe": PROBE}, then=NOT_ZERO),
    "no-policy-and-a-probe-is-strict": Row(
        available=None, world={"probe": PROBE, "replicas": 2}, then=["not all replicas are available: 1/2"]
    ),
    "no-policy-and-no-probe": Row(available=None, then=None),
    "description": Row(available=asks(STRICT, description="databases answer"), then="databases answer"),
    "description-is-for-success": Row(FAILED, asks(STRICT, description="databases answer"), then=NOT_ZERO),
    "phases": Row(available={"withPhases": "Running"}, then=None),
    "phases-beside-a-condition": Row(FAILED, {"withPhases": "Running", **asks(STRICT)}, then=NOT_ZERO),
    "roles": Row(available={"withRole": "leader"}, then=None, on=("1.0.2", "1.0.3", *ONE_1, *FIXED)),
    "roles-before-they-were-known": Row(available={"withRole": "leader"}, then=None, marked=False, on=("1.0.0",)),
    "roles-beside-a-condition": Row(FAILED, {"withRole": "leader", **asks(STRICT)}, then=NOT_ZERO),
    "no-condition-beside-phases-1-0-0": Row(
        available={"withPhases": "Running", "withProbe": {}}, then=None, on=("1.0.0",)
    ),
    "no-condition-beside-phases": Row(
        available={"withPhases": "Running", "withProbe": {}}, then=None, marked=False, on=("1.0.2", "1.0.3", *ONE_1)
    ),
    "no-condition-beside-phases-and-a-warning": Row(
        available={"withPhases": "Running", "withProbe": {}}, then=None, warned="UnusablePolicy", on=FIXED
    ),
    "nothing-asked": Row(available={}, then=None, marked=False, on=RELEASED),
    "nothing-asked-and-a-warning": Row(available={}, then=None, warned="UnusablePolicy", on=FIXED),
    "no-condition": Row(available={"withProbe": {}}, then=None, marked=False, on=RELEASED),
    "no-condition-and-a-warning": Row(available={"withProbe": {}}, then=None, warned="UnusablePolicy", on=FIXED),
}

DEFAULT = {"withProbe": {"condition": STRICT}}


def default_window(period, seconds):
    """An Event at the end of the default window is in it a second earlier, and not a second later."""
    probe = {} if period is None else {"periodSeconds": period}
    silent = [f"no result of availableProbe within {seconds}s"]
    name = f"default-window-of-period-{period}"
    return {
        f"{name}-lasts": Row([{"at": 1 - seconds}], DEFAULT, {"probe": probe}),
        f"{name}-ends": Row([{"at": -seconds}], DEFAULT, {"probe": probe}, then=NOT_ALL, on=RELEASED),
        f"{name}-ends-in-silence": Row([{"at": -seconds}], DEFAULT, {"probe": probe}, then=silent, on=FIXED),
    }


WINDOW = {
    **default_window(None, 120),
    **default_window(0, 120),
    **default_window(-1, 120),
    **default_window(1, 30),
    **default_window(15, 30),
    **default_window(16, 32),
    "young-enough": Row([{"at": -9}], kept=1, on=RELEASED),
    "as-old-as-the-window": Row([{"at": -10}], then=NOT_ALL, on=RELEASED),
    "as-old-as-the-window-is-silence": Row([{"at": -10}], then=NO_RESULT, on=FIXED),
    "of-the-future": Row([{"at": 5}]),
    "too-old-and-not-strict": Row([pod(0, -1, at=-20)], asks({"all": SUCCEED}), on=RELEASED),
    "too-old-for-any": Row([{"at": -20}], asks({"any": SUCCEED}), then=[""], on=RELEASED),
    "without-last-timestamp": Row([{"lastTimestamp": None}], then=NOT_ALL, on=RELEASED),
    "without-last-timestamp-does-not-matter": Row([{"lastTimestamp": None}], on=FIXED),
    "without-event-time-does-not-matter": Row([{"eventTime": None}], on=RELEASED),
    "without-event-time": Row([{"eventTime": None}], then=NO_RESULT, on=FIXED),
    "a-mebibyte-without-event-time": Row(
        says('{"instance":"c1-mysql","code":-1,"message":"' + "x" * 2**20 + '"}', eventTime=None),
        then=NOT_ZERO,
        on=RELEASED,
    ),
    "a-mebibyte-without-event-time-is-undated": Row(
        says('{"instance":"c1-mysql","code":-1,"message":"' + "x" * 2**20 + '"}', eventTime=None),
        then=NO_RESULT,
        on=FIXED,
    ),
    "later-one-counts": Row([pod(0, at=-5), pod(0, -1, at=-3)], then=NOT_ZERO),
    "later-one-counts-whenever-it-comes": Row([pod(0, -1, at=-3), pod(0, at=-5)], then=NOT_ZERO),
    "of-two-in-one-second-the-known-one-stays": Row([pod(0, at=-5), pod(0, -1, at=-4.5)], kept=1, on=RELEASED),
    "of-two-in-one-second-the-later-one-counts": Row([pod(0, at=-5), pod(0, -1, at=-4.5)], then=NOT_ZERO, on=FIXED),
    "one-a-pod-is-kept": of_three([*three(0, 0, 0), pod(1, at=-1)], STRICT),
    "pod-beyond-the-replicas": Row([pod(7)], pods=("c1-mysql-7",), then=NOT_ALL, on=RELEASED),
    "pod-beyond-the-replicas-is-silence": Row([pod(7)], pods=("c1-mysql-7",), then=None, on=FIXED),
    "pod-that-is-gone": Row([pod(0, uid="x")], without="pod", on=RELEASED),
    "pod-that-is-gone-says-nothing": Row([pod(0, uid="x")], without="pod", then=None, on=FIXED),
    "pod-of-another-uid": Row([pod(0, -1, uid="x")], then=NOT_ZERO, on=RELEASED),
    "pod-of-another-uid-says-nothing": Row([pod(0, -1, uid="x")], then=None, on=FIXED),
}

DISCRETE = {"flatInstanceOrdinal": True, "defaultTemplateOrdinals": {"discrete": [0, 2, 5]}}
TEMPLATE = {"instances": [{"name": "tpl", "replicas": 1}]}


def named(name, *, workload=None, component=None, replicas=1, counts=True, on=EVERY):
    """The Event of the Pod of that name counts, or not; any success does."""
    world = {"replicas": replicas, "workload": workload, "component": component}
    event = {"pod": name}
    then = (
        "the available conditions are met"
        if counts
        else [""]
        if on != FIXED
        else ["no result of availableProbe within 10s"]
    )
    return Row([event], asks({"any": SUCCEED}), world, (name,), then=then, on=on)


SET = (*ONE_1, *FIXED)
NAMES = {
    "first-ordinal": named("c1-mysql-0"),
    "last-ordinal": named("c1-mysql-2", replicas=3),
    "ordinal-of-nobody": named("c1-mysql-3", replicas=3, counts=False, on=RELEASED),
    "template": named("c1-mysql-tpl-0", workload=TEMPLATE, on=SET),
    "template-takes-the-place-of-a-default-one": named("c1-mysql-0", workload=TEMPLATE, counts=False, on=ONE_1),
    "template-of-the-component": named("c1-mysql-tpl-0", component=TEMPLATE, on=ONE_0),
    "template-of-the-component-does-not-matter": named("c1-mysql-tpl-0", component=TEMPLATE, counts=False, on=ONE_1),
    "template-of-the-instance-set-does-not-matter": named("c1-mysql-tpl-0", workload=TEMPLATE, counts=False, on=ONE_0),
    "offline-instance": named("c1-mysql-0", workload={"offlineInstances": ["c1-mysql-0"]}, counts=False, on=ONE_1),
    "offline-instance-of-the-component": named(
        "c1-mysql-0", component={"offlineInstances": ["c1-mysql-0"]}, counts=False, on=ONE_0
    ),
    "ordinal-after-an-offline-one": named("c1-mysql-1", workload={"offlineInstances": ["c1-mysql-0"]}, on=SET),
    "ordinal-after-an-offline-one-of-the-component": named(
        "c1-mysql-1", component={"offlineInstances": ["c1-mysql-0"]}, on=ONE_0
    ),
    "flat-discrete-ordinal": named("c1-mysql-5", workload=DISCRETE, replicas=3, on=SET),
    "flat-discrete-ordinal-left-out": named("c1-mysql-1", workload=DISCRETE, replicas=3, counts=False, on=ONE_1),
    "flat-template": named("c1-mysql-1", workload={"flatInstanceOrdinal": True, **TEMPLATE}, replicas=2, on=SET),
    "instance-set-is-gone": Row(without=INSTANCE_SETS, then=None, on=SET),
    "instance-set-is-not-asked": Row(without=INSTANCE_SETS, on=ONE_0),
}

OBJECTS = {
    "component-is-gone": Row(without=COMPONENTS, then=None),
    "definition-is-gone": Row(without=COMPONENT_DEFINITIONS, then=None),
    "definition-is-none": Row(world={"component": {"compDef": None}}, then=None),
    "definition-is-not-observed": Row(definition={"observedGeneration": 0}, then=None, marked=False),
    "definition-is-unavailable": Row(definition={"phase": "Unavailable"}, then=None, marked=False),
    "definition-has-no-phase": Row(definition={"phase": None}, then=None, marked=False),
    "instance-set-is-read-before-the-policy": Row(available={}, without=INSTANCE_SETS, then=None, on=SET),
}


def cache(text):
    return {"message": {"Event/available-probe": text}}


OLD = '{"podName":"c1-mysql-0","podUID":"u","timestamp":"2026-01-01T00:16:%sZ","code":-1,"stdout":"","stderr":null}'
CACHE = {
    **{
        f"cache-is-{name}": Row(component_status=cache(text), then=None, marked=False, on=RELEASED)
        for name, text in {
            "no-json": "x",
            "an-object": "{}",
            "a-list-of-numbers": "[1]",
            "has-a-text-code": '[{"podName":"c1-mysql-0","code":"0"}]',
            "has-no-time": '[{"podName":"c1-mysql-0","timestamp":"yesterday"}]',
            "has-bad-base64": '[{"podName":"c1-mysql-0","stdout":"b2s"}]',
        }.items()
    },
    "cache-is-not-asked": Row(component_status=cache("x"), on=FIXED),
    "cache-is-null": Row(component_status=cache("null"), kept=1, on=RELEASED),
    "cache-has-an-older-one": Row(component_status=cache(f"[{OLD % 39}]"), kept=1, on=RELEASED),
    "cache-has-a-newer-one": Row(component_status=cache(f"[{OLD % 41}]"), kept=1, then=NOT_ZERO, on=RELEASED),
    "cache-has-one-of-a-pod-that-is-no-more": Row(
        component_status=cache(f"[{OLD.replace('mysql-0', 'mysql-7') % 40}]"), kept=1, on=RELEASED
    ),
    "cache-has-unknown-keys": Row(component_status=cache(f"[{OLD.replace('podUID', 'x') % 39}]"), kept=1, on=RELEASED),
    "cache-becomes-empty": Row(
        [{"at": -20}], component_status=cache(f"[{OLD % 20}]"), then=NOT_ALL, kept=0, on=RELEASED
    ),
    "cache-is-not-created-empty": Row([{"at": -20}], then=NOT_ALL, kept=None, on=RELEASED),
}

TABLE = {**WHOSE, **MESSAGES, **OUTPUTS, **CONDITIONS, **POLICIES, **WINDOW, **NAMES, **OBJECTS, **CACHE}
CASES = [pytest.param(release, row, id=f"{release}-{name}") for name, row in TABLE.items() for release in row.on]


def run(make, release, row):
    """The row's world once it has settled, and the last Event's key."""
    world = make(release, available=row.available, **row.world)
    world.define(**row.definition)
    if row.component_status:
        world.patch(COMPONENTS, {"status": row.component_status}, "status")
    if row.without is not None:
        world.take_away(row.without)
    for name in row.pods:
        world.pod_if_missing(name)
    key = None
    for event in row.events:
        key = world.probe(**event)
        world.settle(0.5)
    return world, key


def expected(release, then):
    if then is None or isinstance(then, str):
        return None if then is None else ("True", "Available", then)
    return "False", "ProbeCheckFail" if release in NEW_REASON else "Unavailable", then[0]


@pytest.mark.parametrize(("release", "row"), CASES)
def test_an_available_probe_event_by_the_table(component_world, release, row):
    world, key = run(component_world, release, row)
    marked = release not in NEW_REASON if row.nobodys else row.marked
    seen = world.condition(), world.marked(key) is not None, [event["reason"] for event in world.warnings()]
    assert seen == (expected(release, row.then), marked, [row.warned] if row.warned else [])


KEEPING = [case for case in CASES if case.values[1].kept is not None]


@pytest.mark.parametrize(("release", "row"), KEEPING)
def test_the_status_keeps_that_many_results(component_world, release, row):
    world, _ = run(component_world, release, row)
    assert world.kept().count('"podName"') == row.kept
