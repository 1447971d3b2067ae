"""What some tests need of the machine, and a reason to skip them where it is not there."""

from importlib.util import find_spec

import pytest

from pytest_kbevents.cluster.envtest import program
from pytest_kbevents.errors import SettingError


def why_no_envtest():
    """Why a real kube-apiserver cannot be started here; empty when it can."""
    if find_spec("trustme") is None:
        return "trustme is not installed"
    try:
        for name in ("etcd", "kube-apiserver"):
            program(name)
    except SettingError as error:
        return str(error)
    return ""


ENVTEST = [pytest.mark.envtest, pytest.mark.skipif(bool(why_no_envtest()), reason=why_no_envtest())]
"""Marks of a test that starts a real kube-apiserver."""
