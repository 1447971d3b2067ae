"""Options, the servers, and which cases run on which."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from conformance import catalog, recordings, servers
from conformance.api import Api
from needs import ENVTEST

AT_ONCE = 8
ALONE = ("compaction",)
"""Topics whose cases take away what others need."""
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


@pytest.fixture(scope="session")
def answers(request, server):
    """What a server answers to a case; over HTTP several at once, for a real server lets one wait for a new kind."""
    if server.name == "embedded":
        yield lambda case: run(case, server)
        return
    wanted = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    cases = [params["case"] for params in wanted if params.get("server") == server.name and "case" in params]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = {case.id: pool.submit(run, case, server) for case in cases if case.topic not in ALONE}
        yield lambda case: _result(case, server, running)


def _result(case, server, running):
    if case.topic not in ALONE:
        return running[case.id].result()
    wait(running.values())
    return run(case, server)


def run(case, server):
    """The transcript of a case. One that cannot go on tells so in it: the answers before say why."""
    api = Api(server)
    try:
        case.run(api)
    except Exception as error:  # noqa: BLE001 - whatever an unexpected answer leads to
        api.transcript.append({"call": "the case cannot go on", "body": repr(error)})
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
