"""The pages of a controller's process."""

import pytest

from pytest_kbevents.controller.health import HealthApp, Page, check


@pytest.fixture
def problem():
    """What is wrong; put it in."""
    return []


@pytest.fixture
def ask(problem):
    """Status, headers and body of an answer."""
    app = HealthApp({"/healthz": Page, "/readyz": lambda: check(", ".join(problem))})

    def ask(path, method="GET"):
        told = []
        body = b"".join(app({"REQUEST_METHOD": method, "PATH_INFO": path}, lambda *args: told.append(args)))
        status, headers = told[0]
        return status, dict(headers), body

    return ask


def test_what_is_well_says_ok(ask):
    status, _, body = ask("/readyz")
    assert (status, body) == ("200 OK", b"ok")


def test_what_is_not_well_says_what_is_wrong(ask, problem):
    problem.append("pods are not cached yet")
    status, _, body = ask("/readyz")
    assert (status, body) == ("500 Internal Server Error", b"not ok: pods are not cached yet")


def test_one_page_is_not_asked_for_another(ask, problem):
    problem.append("pods are not cached yet")
    assert ask("/healthz")[0] == "200 OK"


def test_a_head_has_no_body_and_says_how_long_it_would_be(ask):
    _, headers, body = ask("/healthz", "HEAD")
    assert (headers["Content-Length"], body) == ("2", b"")


def test_another_path_is_not_found_and_says_what_there_is(ask):
    status, _, body = ask("/metrics")
    assert (status, body) == ("404 Not Found", b"there is /healthz, /readyz")


def test_another_method_is_not_allowed(ask):
    assert ask("/healthz", "POST")[0] == "405 Method Not Allowed"
