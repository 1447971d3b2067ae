"""Options, the servers, and which cases run on which."""

import pytest

from conformance import catalog, recordings, servers
from conformance.api import Api
from needs import ENVTEST

BACKENDS = ("embedded", "local", pytest.param("envtest", marks=ENVTEST))


def pytest_addoption(parser):
    group = parser.getgroup("conformance")
    group.addoption("--topic", action="append", help="Run these topics of tests/conformance only")
    group.addoption("--record", action="store_true", help="Write down what envtest answers")
    group.addoption("--show", action="store_true", help="Print what is answered")
    group.addoption("--write-fidelity", action="store_true", help="Write docs/reference/fidelity.md")


def pytest_generate_tests(metafunc):
    if "case" in metafunc.fixturenames:
        topics = metafunc.config.getoption("topic", None)
        cases = [case for case in catalog.all_cases() if not topics or case.topic in topics]
        metafunc.parametrize("server", BACKENDS, indirect=True, scope="session")
        metafunc.parametrize("case", cases, ids=lambda case: case.id)


@pytest.fixture(scope="session")
def server(request, tmp_path_factory):
    """One of the servers, for all cases."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            patch.delenv(name, raising=False)
        server = servers.start(request.param, tmp_path_factory.mktemp(request.param))
        server.name = request.param
        yield server
        server.close()


@pytest.fixture
def transcript(server, case):
    """What a server answers to a case."""
    api = Api(server)
    try:
        case.run(api)
    finally:
        api.close()
    return api.transcript


@pytest.fixture(scope="session")
def recorded(request):
    """What the real server answers, by topic; with ``--record`` what it answered in this run is written at the end."""
    topics = {}
    yield lambda topic: topics.setdefault(topic, recordings.read(topic))
    if request.config.getoption("record", default=False):
        there = {case.id for case in catalog.all_cases()}
        for topic, cases in topics.items():
            recordings.write(topic, {name: cases[name] for name in cases if f"{topic}.{name}" in there})
