"""All pages."""

from __future__ import annotations

from pytest_kbevents.scenario.reference import judgements, lint, operations, scenario, templates


def pages() -> dict[str, str]:
    """The text of each page, by the name of its file in docs/reference."""
    return {
        "scenario.md": scenario.page(),
        "operations.md": operations.page(),
        "judgements.md": judgements.page(),
        "templates.md": templates.page(),
        "lint.md": lint.page(),
    }
