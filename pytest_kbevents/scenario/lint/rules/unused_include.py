"""Files that are included for nothing."""

from __future__ import annotations

import posixpath

from pytest_kbevents.scenario.eventtemplates import DataTemplate, TextTemplate, shipped
from pytest_kbevents.scenario.lint.case import Case
from pytest_kbevents.scenario.lint.groups import written_events
from pytest_kbevents.scenario.lint.names import undeclared
from pytest_kbevents.scenario.lint.rule import Found, rule


@rule("unused-include", "warning", in_every_case=True)
def unused_include(case: Case) -> Found:
    """An included file of which neither a group nor an Event template is used."""
    folder = posixpath.dirname(case.document.file)
    included = [posixpath.normpath(posixpath.join(folder, name)) for name in case.spec.get("include") or ()]
    used = _files(case) if included else None
    if used is None or used - {*included, case.document.file}:  # what an included file includes, it may be here for
        return
    for index, file in enumerate(included):
        if file not in used:
            at = case.document.position(("spec", "include", index))
            yield at, f"nothing of {case.spec['include'][index]} is used: take it away"


def _files(case: Case) -> set[str] | None:
    """Where the groups and templates in use come from; None when that is not known of all."""
    found = {step.group.document.file for step in case.steps() if step.group is not None}
    for event in written_events(case):
        name = str(event.get("template", ""))
        if undeclared(name):
            return None
        template = case.scenario.plan.templates.get(name)
        if isinstance(template, DataTemplate):
            found.add(template.document.file)
        elif isinstance(template, TextTemplate) and name not in shipped():
            found.add(template.file.removesuffix(f" (template {name})"))
    return found
