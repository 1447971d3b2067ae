"""The reference pages about scenarios, derived from what they describe: models, verbs, subjects, operators, templates.

May live here: one file a page, and how keys and their types are told. May not: a fact about the language. What a page
lacks is missing where it is defined; only the examples are written here.
"""

from pytest_kbevents.scenario.reference.pages import pages

__all__ = ["pages"]
