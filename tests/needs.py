"""What some tests need of the machine, and a reason to skip them where it is not there."""

import os
from importlib.util import find_spec

import pytest

from pytest_kbevents.cluster.envtest import program
from pytest_kbevents.deployment.docker import Docker
from pytest_kbevents.errors import KbEventsError, SettingError


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


def why_no_docker():
    """Why no image can be built here; empty when one can."""
    base = os.environ.get("KB_IMAGE_BASE", "")
    if not base:
        return "KB_IMAGE_BASE names no image to build on"
    try:
        found = Docker().image(base)
    except KbEventsError as error:
        return str(error)
    return "" if found else f"docker has no image {base}, which KB_IMAGE_BASE names"


DOCKER = [pytest.mark.docker, pytest.mark.skipif(bool(why_no_docker()), reason=why_no_docker())]
"""Marks of a test that builds an image, or runs one."""
