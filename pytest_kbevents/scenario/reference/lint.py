"""docs/reference/lint.md: what is told of scenario files before anything runs."""

from __future__ import annotations

from pytest_kbevents.scenario.lint.problem import STRUCTURE
from pytest_kbevents.scenario.lint.registry import RULES
from pytest_kbevents.scenario.reference.keys import GENERATED, item, paragraph


def page() -> str:
    """Errors, then warnings."""
    lines = ["# Lint", ""]
    lines += paragraph(
        "`kbevents lint` reads scenario files and files of steps, and tells what is wrong with them, a line each: "
        "`file:line:column: error: text (rule)`. pytest tells the same when it collects them. Where it depends on the "
        f"run whether something is wrong, nothing is said. {GENERATED}"
    )
    for title, is_error, meaning in _KINDS:
        rules = {rule.name: rule.says for rule in RULES.values() if rule.is_error == is_error}
        told = {STRUCTURE: _UNREADABLE} | rules if is_error else rules
        lines += [f"## {title}", "", *paragraph(meaning)]
        lines += [line for name, says in told.items() for line in item(name, (), says)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


_KINDS = (
    ("Errors", True, "Such a scenario cannot be right."),
    ("Warnings", False, "It may be meant so, and shows less than it seems to. With `--strict` these count, too."),
)
_UNREADABLE = "What cannot be read at all: YAML, keys, values, templates, and groups that nothing uses."
