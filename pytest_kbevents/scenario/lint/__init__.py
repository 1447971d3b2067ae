"""What is wrong with a scenario that can be read, and what is likely to be: told before anything runs.

May live here: one file a rule, in ``rules``, and what rules have in common. May not: a rule that guesses. Where it
depends on the run whether something is wrong, nothing is said; a false alarm is worse than silence.
"""

from pytest_kbevents.scenario.lint.lint import lint
from pytest_kbevents.scenario.lint.problem import Problem

__all__ = ["Problem", "lint"]
