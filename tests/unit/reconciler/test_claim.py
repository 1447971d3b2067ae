"""Outputs of the role probe: ``<role>``, ``<role> <version>``, or nothing."""

import pytest

from pytest_kbevents.api.times import ZERO_MICROS
from pytest_kbevents.reconciler.agent_event import reports
from pytest_kbevents.reconciler.releases import TABLE
from pytest_kbevents.reconciler.role.claim import Claim, event_micros, parse, uint64

EVENT = {"eventTime": "2026-01-01T00:00:00.000001Z"}
MICROS = 1_767_225_600_000_001

CLAIMS = {
    "role": ("primary", ("primary", None)),
    "role-in-upper-case": ("PRIMARY", ("primary", None)),
    "role-and-line-break": ("primary\n", ("primary", None)),
    "role-within-white-space": (" \t\r\n primary \v\f", ("primary", None)),
    "role-and-version": ("primary 5", ("primary", 5)),
    "role-and-version-on-two-lines": ("primary\n5\n", ("primary", 5)),
    "role-and-version-far-apart": ("primary \t 5", ("primary", 5)),
    "version-0": ("primary 0", ("primary", 0)),
    "version-with-leading-zeros": ("primary 005", ("primary", 5)),
    "largest-version": ("primary 18446744073709551615", ("primary", 2**64 - 1)),
    "nothing": ("", ("", None)),
    "only-white-space": (" \n", ("", None)),
    "number-as-a-role": ("5", ("5", None)),
    "next-line-is-white-space": ("primary\u00855", ("primary", 5)),
    "no-break-space-is-white-space": ("primary\u00a05", ("primary", 5)),
    "ideographic-space-is-white-space": ("primary\u30005", ("primary", 5)),
    "line-separator-is-white-space": ("primary\u20285", ("primary", 5)),
    "ogham-space-is-white-space": ("primary\u16805", ("primary", 5)),
    "zero-width-space-is-part-of-the-role": ("primary\u200b5", ("primary\u200b5", None)),
    "file-separator-is-part-of-the-role": ("primary\x1c5", ("primary\x1c5", None)),
    "unit-separator-is-part-of-the-role": ("primary\x1f5", ("primary\x1f5", None)),
    "byte-order-mark-is-part-of-the-role": ("\ufeffprimary", ("\ufeffprimary", None)),
}

MALFORMED = {
    "version-is-a-word": "primary abc",
    "three-words": "primary 10 extra",
    "two-versions": "primary 1 2",
    "version-first": "5 primary",
    "version-with-a-plus": "primary +5",
    "version-with-a-minus": "primary -5",
    "version-in-hex": "primary 0x5",
    "version-with-an-underscore": "primary 1_000",
    "version-with-a-point": "primary 5.0",
    "version-with-an-exponent": "primary 1e3",
    "version-of-2-to-the-64": "primary 18446744073709551616",
    "version-in-arabic-digits": "primary \u0665",
    "version-in-fullwidth-digits": "primary \uff15",
    "version-is-superscript": "primary \u00b2",
}


@pytest.mark.parametrize(("output", "expected"), CLAIMS.values(), ids=CLAIMS)
def test_an_output_is_a_claim(output, expected):
    role, epoch = expected
    assert parse(output.encode(), EVENT, TABLE["main"]) == Claim(role, MICROS, epoch)


@pytest.mark.parametrize("output", MALFORMED.values(), ids=MALFORMED)
def test_an_output_is_malformed(output):
    assert parse(output.encode(), EVENT, TABLE["main"]) is None


def test_bytes_that_are_no_text_are_part_of_the_role():
    assert parse(b"pri\xffmary", EVENT, TABLE["main"]) == Claim("pri\ufffdmary", MICROS)


@pytest.mark.parametrize("time", [{}, {"eventTime": None}], ids=["absent", "null"])
def test_an_event_without_a_time_has_gos_zero_time(time):
    assert event_micros(time) == ZERO_MICROS == -62_135_596_800_000_000


@pytest.mark.parametrize("text", [None, "", " 5", "5 ", "+5", "-1", "5\n", "0x5", "18446744073709551616"])
def test_text_is_no_version(text):
    assert uint64(text) is None


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("005", 5), ("18446744073709551615", 2**64 - 1)])
def test_text_is_a_version(text, value):
    assert uint64(text) == value


OWN = {
    "reportingComponent": "kbagent",
    "reason": "roleProbe",
    "involvedObject": {"fieldPath": "spec.containers{kbagent}"},
}


def test_a_role_probe_of_the_agents_container_is_a_claim():
    assert reports(OWN, "roleProbe")


@pytest.mark.parametrize(
    "changed",
    [
        {"reportingComponent": "kubelet"},
        {"reportingComponent": None},
        {"reason": "availableProbe"},
        {"reason": "roleprobe"},
        {"involvedObject": {"fieldPath": "spec.containers{lorry}"}},
        {"involvedObject": {}},
        {"involvedObject": None},
    ],
    ids=["reporter", "no-reporter", "reason", "reason-in-lower-case", "container", "no-container", "nothing-involved"],
)
def test_an_event_that_lacks_one_of_the_three_is_no_claim(changed):
    assert not reports(OWN | changed, "roleProbe")


@pytest.mark.parametrize(("text", "value"), [("9" * 5000, None), ("0" * 5000 + "7", 7)], ids=["huge", "many zeros"])
def test_a_version_of_thousands_of_digits_is_decided(text, value):
    assert uint64(text) == value
