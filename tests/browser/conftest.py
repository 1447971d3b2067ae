"""A page in a real browser, opened from a disk, offline."""

import os
import re
import shutil
from contextlib import ExitStack

import pytest

from browser import documents
from pytest_kbevents.scenario.reports.page import page

CHROMIUM = os.environ.get("KB_CHROMIUM") or shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OVERLAPS = """selectors => {
  const boxes = [...document.querySelectorAll(selectors)].map(one => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.width > 0 && box.height > 0);
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;
  const found = [];
  boxes.forEach(([one, a], index) => boxes.slice(index + 1).forEach(([other, b]) => {
    if (!one.contains(other) && !other.contains(one) && meet(a, b)) found.push([one.outerHTML, other.outerHTML]);
  }));
  return found;
}"""
PATIENCE = 5_000
STARTS_IN = 30_000
"""Milliseconds; a machine at work on other things takes seconds to start a browser."""


class Opened:
    """A page, with what the browser said of it and asked for."""

    def __init__(self, tab):
        self.tab = tab
        self.said = []
        self.asked = []
        tab.on("console", lambda message: self.said.append(message.text))
        tab.on("pageerror", lambda error: self.said.append(str(error)))
        tab.on("request", lambda request: self.asked.append(request.url))

    def __getattr__(self, name):
        return getattr(self.tab, name)

    def text(self, selector):
        return self.tab.locator(selector).first.inner_text()

    def axis(self):
        return self.tab.locator(".tick").all_inner_texts()

    def focused(self, what="textContent"):
        return self.tab.evaluate(f"document.activeElement.{what}")

    def press_button(self, name):
        self.tab.get_by_role("button", name=name, exact=True).click()

    def press(self, *keys):
        for key in keys:
            self.tab.keyboard.press(key)

    def tab_to_lanes(self):
        """By the Tab key alone, to the one mark that it stops at."""
        for _ in range(40):
            self.press("Tab")
            if self.focused("closest('#lanes button') !== null"):
                return
        pytest.fail("the Tab key never came to a mark")

    def wait_for(self, selector, text):
        """Until an element says this and nothing else. The page's policy forbids to wait for a script's condition."""
        self.tab.locator(selector, has_text=re.compile(f"^{re.escape(text)}$")).wait_for()

    def overlaps(self, selectors):
        """Pairs of elements that lie on each other, and neither is inside the other."""
        return self.tab.evaluate(OVERLAPS, selectors)

    def mark(self, text):
        """The first mark of the lanes whose label has this text."""
        return self.tab.locator(f'#lanes button[aria-label*="{text}"]').first


@pytest.fixture(scope="module")
def chromium():
    """Of a module and not of the session: while it runs, so does its event loop, and asyncio.run cannot."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if CHROMIUM is None:
        pytest.skip("needs Chromium on PATH, or KB_CHROMIUM")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=STARTS_IN)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, tmp_path):
    """Opens the page of a document; whatever the browser complains of fails the test."""
    pages = []
    with ExitStack() as contexts:

        def opened(document, width=1280, scheme="light", at=""):
            file = tmp_path / "page.html"
            file.write_text(page(document), "utf-8")
            viewport = {"width": width, "height": 900}
            context = contexts.enter_context(
                chromium.new_context(viewport=viewport, color_scheme=scheme, offline=True, reduced_motion="reduce")
            )
            context.set_default_timeout(PATIENCE)
            pages.append(Opened(context.new_page()))
            pages[-1].goto(f"{file.as_uri()}{at}")
            return pages[-1]

        yield opened
        assert [page.said for page in pages if page.said] == []


@pytest.fixture(scope="session")
def failed():
    return documents.failed()
