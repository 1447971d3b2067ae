"""What editors know of a scenario file: its JSON Schema, derived from the models, the verbs and the subjects.

May live here: how each of those becomes JSON Schema, draft 07, which editors read best. May not: a rule of the
language. Those are in the models; the little that cannot be derived from them is in a table of ``generator``.
"""

from pytest_kbevents.scenario.jsonschema.document import schema

__all__ = ["schema"]
