"""Matching: an expectation says what it cares about, and only that is looked at.

An expectation is JSON-like data. Of a mapping only the named keys are looked at; null stands for what is not there;
lists match item by item; anything else must be the same, and of the same type. A mapping whose keys all begin with
``$`` is an operator. May live here: operators, what they may be given, and the comparison. May not: anything that knows
Kubernetes, a scenario or a step.
"""
