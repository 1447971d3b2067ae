"""What a user is told when a real kube-apiserver cannot be started."""

import sys

import pytest

from pytest_kbevents.cluster import certificates
from pytest_kbevents.cluster.envtest import Envtest
from pytest_kbevents.errors import SettingError


def test_programs_that_are_missing(monkeypatch, tmp_path):
    monkeypatch.setenv("KUBEBUILDER_ASSETS", str(tmp_path))
    with pytest.raises(
        SettingError, match=rf"KUBEBUILDER_ASSETS={tmp_path} has no program 'etcd'; get it with `setup-en"
    ):
        Envtest().start()


def test_no_folder_that_is_named(monkeypatch):
    monkeypatch.delenv("KUBEBUILDER_ASSETS", raising=False)
    monkeypatch.setattr("pytest_kbevents.cluster.envtest.USUAL_PLACE", "/nonexistent")
    with pytest.raises(SettingError, match="KUBEBUILDER_ASSETS is not set, and /nonexistent has no program"):
        Envtest().start()


def test_the_extra_that_is_not_installed(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "trustme", None)
    with pytest.raises(SettingError, match=r"pip install 'pytest-kbevents\[envtest\]'"):
        certificates.write(tmp_path)
