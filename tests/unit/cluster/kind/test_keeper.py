"""Who makes a kind cluster, who takes it again, and who deletes it."""

import os
import signal
import subprocess

import pytest

from unit.cluster.kind.conftest import SECONDS, heard

pytest.importorskip("pytest_kind")


def ended(process):
    """Its input is closed: the session is gone."""
    process.communicate(timeout=SECONDS)
    return process.returncode


def test_it_makes_the_cluster_and_says_what_takes_long(desk):
    _, said = desk.up()
    assert (desk.made, said[-1]) == (["mine"], {"done": True})
    assert "kind makes the cluster mine" in said[0]["tell"]


def test_it_deletes_the_cluster_when_the_session_is_gone(desk):
    process, _ = desk.up()
    assert (ended(process), desk.made, desk.claim.note) == (0, [], None)


def test_it_leaves_nothing_where_the_tests_are(desk, tmp_path):
    process, _ = desk.up()
    ended(process)
    assert not (tmp_path / ".pytest-kind").exists()


def test_a_signal_ends_it_too(desk):
    process, _ = desk.up()
    process.send_signal(signal.SIGTERM)
    process.wait(SECONDS)
    assert desk.made == []


def test_one_that_is_kept_is_taken_by_the_next(desk):
    ended(desk.up(keep=True)[0])
    assert desk.made == ["mine"]
    process, said = desk.up()
    assert "takes the kind cluster mine" in said[0]["tell"]
    assert desk.told.count("create") == 1
    ended(process)
    assert desk.made == []


def test_one_of_another_image_is_made_anew(desk):
    ended(desk.up(keep=True)[0])
    _, said = desk.up(content="another image")
    assert [each["tell"].split()[0] for each in said[:-1]] == ["deletes", "kind"]
    assert desk.told.count("create") == 2


def test_one_that_does_not_answer_is_made_anew(desk):
    ended(desk.up(keep=True)[0])
    (desk.clusters / ".sick").touch()
    _, said = desk.up()
    assert "it is not healthy" in said[0]["tell"]
    assert desk.made == ["mine"]


def test_one_that_we_have_not_made_is_never_touched(desk):
    (desk.clusters / "mine").touch()
    process, said = desk.up()
    assert said == [
        {
            "problem": "there is a kind cluster 'mine' that we have not made; choose another --kb-kind-name, or `kind "
            "delete cluster --name mine`",
            "usage": True,
        }
    ]
    ended(process)
    assert desk.made == ["mine"]


def test_two_share_one_and_the_last_deletes_it(desk):
    first, _ = desk.up()
    second, said = desk.up()
    assert "takes the kind cluster mine" in said[0]["tell"]
    ended(first)
    assert desk.made == ["mine"]
    ended(second)
    assert desk.made == []


def test_one_that_others_use_is_not_made_anew(desk):
    first, _ = desk.up()
    _, said = desk.up(content="another image")
    assert "is used by another run, with another image or configuration" in said[0]["problem"]
    ended(first)


def test_what_a_crash_has_left_is_found_named_and_deleted(desk):
    process, _ = desk.up()
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(SECONDS)
    note = desk.claim.note
    assert desk.made == ["mine"]
    second, said = desk.up()
    assert f"made {note.begun} by process {note.process}" in said[0]["tell"]
    ended(second)
    assert desk.made == []


def test_a_session_that_goes_while_it_is_made_leaves_nothing(desk):
    for name in (".slow", ".never"):
        os.mkfifo(desk.clusters / name)
    process = desk.keeper()
    with (desk.clusters / ".slow").open() as started:
        assert started.read() == "started\n"
    process.stdin.close()
    process.wait(SECONDS)
    assert (desk.made, desk.claim.note) == ([], None)


def test_why_kind_fails_is_told_with_the_end_of_its_log(desk):
    (desk.clusters / ".fails").touch()
    process, said = desk.up()
    assert "no space left" in said[-1]["problem"]
    assert said[-1]["usage"] is False
    ended(process)
    assert desk.made == []


def test_images_are_loaded_one_after_the_other(desk):
    process, _ = desk.up()
    process.stdin.write("kbevents:1\n")
    process.stdin.flush()
    assert heard(process) == [{"done": True}]
    assert (desk.clusters / ".loaded").read_text() == "--name kbevents:1\n"


def test_the_keeper_is_in_nobody_s_terminal(desk):
    process, _ = desk.up()
    assert os.getsid(process.pid) == process.pid
    assert subprocess.run(["kill", "-INT", str(process.pid)], check=True).returncode == 0
    process.stdin.write("kbevents:1\n")
    process.stdin.flush()
    assert heard(process) == [{"done": True}]


def test_one_that_somebody_has_deleted_by_hand_is_made_anew(desk):
    ended(desk.up(keep=True)[0])
    (desk.clusters / "mine").unlink()
    _, said = desk.up()
    assert "kind makes the cluster mine" in said[0]["tell"]
    assert desk.made == ["mine"]
