"""How a controller's process tells a kubelet and Prometheus how it is: a WSGI app of a few pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

PLAIN = "text/plain; charset=utf-8"

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer."""

    body: bytes = b"ok"
    status: str = "200 OK"
    content_type: str = PLAIN


def check(problem: str) -> Page:
    """``ok``, or 500 and the problem."""
    return Page(f"not ok: {problem}".encode(), "500 Internal Server Error") if problem else Page()


class HealthApp:
    """Serves ``pages`` by path to GET and HEAD, each made when it is asked for; anything else is 404 or 405."""

    def __init__(self, pages: Mapping[str, Callable[[], Page]]) -> None:
        self._pages = pages

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        page = self._page(environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/"))
        headers = [("Content-Type", page.content_type), ("Content-Length", str(len(page.body)))]
        start_response(page.status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]

    def _page(self, method: str, path: str) -> Page:
        if path not in self._pages:
            return Page(f"there is {', '.join(self._pages)}".encode(), "404 Not Found")
        if method not in ("GET", "HEAD"):
            return Page(b"GET or HEAD", "405 Method Not Allowed")
        return self._pages[path]()
