"""Files of Pods on this machine: a real watch over real files."""

import queue

import pytest

from pytest_kbevents.agent.kubelet.disk import TalkingDisk, WatchedDisk

ROLE = "/etc/kubeblocks/pod-metadata/role"


@pytest.fixture
def heard():
    return queue.SimpleQueue()


@pytest.fixture
def disk(heard):
    disk = WatchedDisk()
    disk.changed = lambda pod, path: heard.put((pod, path))
    yield disk
    disk.close()


def test_what_is_written_is_heard_of_in_the_pod_s_eyes(disk, heard):
    disk.put("c1-mysql-0", ROLE, "")
    disk.write("c1-mysql-0", ROLE, "primary")
    assert heard.get(timeout=30) == ("c1-mysql-0", ROLE)


def test_what_was_there_before_is_not_heard_of(disk, heard):
    disk.put("c1-mysql-0", ROLE, "primary")
    disk.put("c1-mysql-1", ROLE, "")
    disk.write("c1-mysql-1", ROLE, "secondary")
    assert heard.get(timeout=30) == ("c1-mysql-1", ROLE)


def test_each_change_is_heard_of(disk, heard):
    disk.put("c1-mysql-0", ROLE, "")
    for text in ("primary", "secondary", ""):
        disk.write("c1-mysql-0", ROLE, text)
        assert heard.get(timeout=30) == ("c1-mysql-0", ROLE)


def test_a_file_that_is_written_as_it_is_is_no_change(disk, heard):
    disk.put("c1-mysql-0", ROLE, "primary")
    disk.write("c1-mysql-0", ROLE, "primary")
    disk.put("c1-mysql-1", ROLE, "")
    disk.write("c1-mysql-1", ROLE, "secondary")
    assert heard.get(timeout=30) == ("c1-mysql-1", ROLE)


def test_closing_twice_is_closing(disk):
    disk.close()
    disk.close()


def test_in_the_simulated_world_writing_is_telling(heard):
    disk = TalkingDisk()
    disk.changed = lambda pod, path: heard.put((pod, path))
    disk.put("c1-mysql-0", ROLE, "")
    disk.write("c1-mysql-0", ROLE, "primary")
    assert heard.get(timeout=0) == ("c1-mysql-0", ROLE)
