"""All rules, in the order of the reference page."""

from __future__ import annotations

from pytest_kbevents.scenario.lint.rule import Rule
from pytest_kbevents.scenario.lint.rules.broken_rule import broken_rule
from pytest_kbevents.scenario.lint.rules.contradiction import contradiction
from pytest_kbevents.scenario.lint.rules.controller_state import controller_state
from pytest_kbevents.scenario.lint.rules.deleted_pod import deleted_pod
from pytest_kbevents.scenario.lint.rules.far_future import far_future
from pytest_kbevents.scenario.lint.rules.long_patience import long_patience
from pytest_kbevents.scenario.lint.rules.no_tasks import no_tasks
from pytest_kbevents.scenario.lint.rules.no_time import no_time
from pytest_kbevents.scenario.lint.rules.refused_apply import refused_apply
from pytest_kbevents.scenario.lint.rules.refused_event import refused_event
from pytest_kbevents.scenario.lint.rules.refused_patch import refused_patch
from pytest_kbevents.scenario.lint.rules.same_behaviour import same_behaviour
from pytest_kbevents.scenario.lint.rules.same_sides import same_sides
from pytest_kbevents.scenario.lint.rules.same_time import same_time
from pytest_kbevents.scenario.lint.rules.stopped_controller import stopped_controller
from pytest_kbevents.scenario.lint.rules.too_soon import too_soon
from pytest_kbevents.scenario.lint.rules.undeclared_role import undeclared_role
from pytest_kbevents.scenario.lint.rules.unjudged_availability import unjudged_availability
from pytest_kbevents.scenario.lint.rules.unknown_subject import unknown_subject
from pytest_kbevents.scenario.lint.rules.untold import untold
from pytest_kbevents.scenario.lint.rules.unused_binding import unused_binding
from pytest_kbevents.scenario.lint.rules.unused_group import unused_group
from pytest_kbevents.scenario.lint.rules.unused_id import unused_id
from pytest_kbevents.scenario.lint.rules.unused_include import unused_include
from pytest_kbevents.scenario.lint.rules.unused_matrix import unused_matrix
from pytest_kbevents.scenario.lint.rules.unused_parameter import unused_parameter
from pytest_kbevents.scenario.lint.rules.unused_template import unused_template
from pytest_kbevents.scenario.lint.rules.unused_value import unused_value

_UNUSED: tuple[Rule, ...] = (
    *(unused_value, unused_matrix, unused_parameter, unused_group),
    *(unused_include, unused_template, unused_binding, unused_id),
)
_REFUSED: tuple[Rule, ...] = (refused_event, refused_apply, refused_patch)
_UNREACHABLE: tuple[Rule, ...] = (
    *(unknown_subject, untold, undeclared_role, unjudged_availability, no_tasks),
    *(stopped_controller, no_time, too_soon, same_sides),
)
_CONTRADICTING: tuple[Rule, ...] = (contradiction, broken_rule, controller_state, deleted_pod)
_TIMES: tuple[Rule, ...] = (same_time, long_patience, far_future)

RULES: dict[str, Rule] = {
    each.name: each for each in (*_UNUSED, *_REFUSED, *_UNREACHABLE, *_CONTRADICTING, *_TIMES, same_behaviour)
}
