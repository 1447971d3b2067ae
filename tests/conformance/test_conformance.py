"""Every case on every server: the same answers as a real kube-apiserver."""

import json

import pytest

from conformance import recordings
from conformance.known import KNOWN


@pytest.fixture(autouse=True)
def _known(request, server, case):
    """What is known to differ must differ."""
    backends, why = KNOWN.get(case.id, ((), ""))
    if server.name in backends:
        request.applymarker(pytest.mark.xfail(reason=why, strict=True))


def test_a_case_is_answered_as_by_a_real_server(request, server, case, answers, recorded):
    cases, transcript = recorded(case.topic), answers(case)
    if request.config.getoption("show", default=False):
        print(json.dumps(transcript, indent=1, ensure_ascii=False))  # noqa: T201 - it is what was asked for
    if server.name == "envtest" and request.config.getoption("record", default=False):
        cases[case.name] = transcript
    assert case.name in cases, "record it first, see tests/conformance/__init__.py"
    if cases[case.name] != transcript:
        pytest.fail(f"{case.sentence}\n{recordings.difference(cases[case.name], transcript)}", pytrace=False)
