"""Changes to real files."""

import queue

import pytest

from pytest_kbevents.agent.files import FileWatch

PATIENCE = 30
"""Seconds; nothing here takes that long."""


class Heard:
    """What was told; what went wrong is raised where it is waited for."""

    def __init__(self):
        self._told = queue.SimpleQueue()
        self.put = self._told.put

    def until(self, path):
        """All that was told, to the first time that ``path`` was."""
        told = []
        while str(path) not in told:
            found = self._told.get(timeout=PATIENCE)
            if isinstance(found, Exception):
                raise found
            told.append(found)
        return told


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


@pytest.fixture
def last(folder):
    """A file whose creation ends a test that waits for nothing else."""
    (folder.parent / "last").mkdir()
    return folder.parent / "last" / "file"


@pytest.fixture
def watch(heard):
    """Watches paths until the end of the test."""
    watches = []

    def watch(*paths):
        watches.append(FileWatch([str(path) for path in paths], heard.put, heard.put))
        watches[-1].start()

    yield watch
    for each in watches:
        each.stop()


CHANGES = {
    "created": lambda file: None if file.exists() else file.write_text("new"),
    "written": lambda file: file.write_text("longer than before"),
    "removed": lambda file: file.unlink(),
    "renamed away": lambda file: file.rename(file.with_name("elsewhere")),
    "replaced": lambda file: file.with_name("new").replace(file),
}


@pytest.mark.parametrize("change", CHANGES)
def test_of_a_file_this_is_told(watch, heard, folder, change):
    file = folder / "role"
    if change != "created":
        file.write_text("old")
    (folder / "new").write_text("new")
    watch(file)
    CHANGES[change](file)
    assert heard.until(file) == [str(file)]


def test_a_file_that_is_written_by_the_same_bytes_is_told(watch, heard, folder):
    (folder / "role").write_text("same")
    watch(folder / "role")
    (folder / "role").write_text("same")
    assert heard.until(folder / "role")


def test_of_a_file_its_permissions_are_not_told(watch, heard, folder, last):
    (folder / "role").write_text("old")
    watch(folder / "role", last)
    (folder / "role").chmod(0o600)
    last.touch()
    assert heard.until(last) == [str(last)]


def test_of_a_file_its_neighbours_are_not_told(watch, heard, folder, last):
    watch(folder / "role", last)
    (folder / "other").touch()
    last.touch()
    assert heard.until(last) == [str(last)]


FOLDER_CHANGES = {
    "created": lambda folder: (folder / "new").touch(),
    "removed": lambda folder: (folder / "old").unlink(),
    "renamed": lambda folder: (folder / "old").rename(folder / "other"),
    "a folder made": lambda folder: (folder / "new").mkdir(),
    "a link swapped": lambda folder: (folder / "link").replace(folder / "old"),
}


@pytest.mark.parametrize("change", FOLDER_CHANGES)
def test_of_a_folders_children_this_is_told(watch, heard, folder, change):
    (folder / "old").touch()
    (folder / "link").symlink_to("old")
    watch(folder)
    FOLDER_CHANGES[change](folder)
    assert heard.until(folder) == [str(folder)]


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "old").write_text("written"),
        lambda folder: (folder / "old").chmod(0o600),
        lambda folder: (folder / "deep" / "new").touch(),
        lambda folder: folder.chmod(0o700),
    ],
    ids=["written", "permissions", "deeper", "its-own-permissions"],
)
def test_of_a_folder_this_is_not_told(watch, heard, folder, last, change):
    (folder / "old").touch()
    (folder / "deep").mkdir()
    watch(folder, last)
    change(folder)
    last.touch()
    assert heard.until(last) == [str(last)]


def test_a_path_whose_folder_is_not_there_is_passed_over(watch, heard, folder, last, caplog):
    watch(folder / "nowhere" / "role", last)
    last.touch()
    assert heard.until(last) == [str(last)]
    assert "its directory is not there" in caplog.text


def test_a_path_that_becomes_a_folder_later_was_a_file(watch, heard, folder):
    watch(folder / "later")
    (folder / "later").mkdir()
    assert heard.until(folder / "later") == [str(folder / "later")]


def test_a_path_is_told_as_it_was_given(watch, heard, folder, monkeypatch):
    monkeypatch.chdir(folder)
    watch("./role")
    (folder / "role").touch()
    assert heard.until("./role") == ["./role"]


def test_a_folder_behind_a_link_is_watched(watch, heard, folder):
    link = folder.with_name("link")
    link.symlink_to(folder)
    watch(link)
    (folder / "new").touch()
    assert heard.until(link) == [str(link)]


def test_hidden_files_are_told(watch, heard, folder):
    """Those that tools of developers pass over, such as the links that the kubelet swaps."""
    watch(folder)
    (folder / "..data").symlink_to(".git")
    assert heard.until(folder)


def test_nothing_to_be_watched_is_nothing(watch, heard):
    watch()
    assert heard._told.empty()


def test_what_the_hearer_raises_is_given_to_who_is_told_of_failures(folder, heard):
    def fail(path):
        raise KeyError(path)

    watch = FileWatch([str(folder)], fail, heard.put)
    watch.start()
    (folder / "new").touch()
    with pytest.raises(KeyError, match="folder"):
        heard.until(folder)
    watch.stop()


def test_stopping_twice_is_stopping_once(folder, heard):
    watch = FileWatch([str(folder)], heard.put, heard.put)
    watch.start()
    watch.stop()
    watch.stop()
    assert heard._told.empty()
