"""An Event's name is a hash of Pod, reason and message: the same outcome is the same Event."""

import pytest

from pytest_kbevents.agent.sending.event import Identity, fnv32a, name_of_outcome

UID = "11111111-1111-1111-1111-111111111111"
PRIMARY = '{"instance":"c1-mysql","probe":"roleProbe","code":0,"output":"cHJpbWFyeQ=="}'


def name(uid=UID, pod="c1-mysql-0", reason="roleProbe", message=PRIMARY):
    return name_of_outcome(Identity("ns", pod, uid, "node-0"), reason, message)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"uid.Ready.ok", 0xF6B271BC),
        (f"{UID}.roleProbe.{PRIMARY}".encode(), 0x81DA4B92),
        (b"", 0x811C9DC5),
        (b"a", 0xE40C292C),
        (b"foobar", 0xBF9CF968),
    ],
    ids=["ready", "primary", "nothing", "a", "foobar"],
)
def test_the_hash_is_fnv_1a_of_32_bits(data, expected):
    assert fnv32a(data) == expected


def test_a_name_is_the_pod_and_the_hash_in_hex():
    assert name() == "c1-mysql-0.81da4b92"


def test_the_hash_of_a_name_has_no_leading_zero():
    hashes = [name(message=str(number)).rpartition(".")[2] for number in range(200)]
    assert [text for text in hashes if text.startswith("0")] == []


def test_some_hashes_are_shorter_than_eight_digits():
    assert min(len(name(message=str(number)).rpartition(".")[2]) for number in range(200)) < 8


@pytest.mark.parametrize(
    "changed",
    [{"uid": "22222222-2222-2222-2222-222222222222"}, {"reason": "availableProbe"}, {"message": "{}"}],
    ids=["uid", "reason", "message"],
)
def test_another_uid_reason_or_message_is_another_name(changed):
    assert name(**changed) != name()


def test_the_pods_name_is_not_hashed():
    assert name(pod="other").rpartition(".")[2] == name().rpartition(".")[2]


def test_text_is_hashed_as_utf_8():
    assert name(uid="u", reason="r", message="\u00e9") == f"c1-mysql-0.{fnv32a(b'u.r.' + bytes([0xC3, 0xA9])):x}"
