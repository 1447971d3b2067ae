"""What an expectation may be."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.scenario.matching.operands import EXPECTED
from pytest_kbevents.scenario.matching.operators import OPERATORS


def definitions() -> dict[str, Any]:
    """The schemas that others refer to."""
    operators = {
        name: {"description": operator.says} | _operand(operator.operand.schema) for name, operator in OPERATORS.items()
    }
    has_operators = {"type": "object", "not": {"propertyNames": {"pattern": "^(?!\\$)"}}}
    return {
        "expectation": {
            "description": "What must be so: of a mapping only the named keys are looked at, null stands for what is "
            "not there, and a mapping whose keys all begin with $ is an operator.",
            "properties": operators,
            "if": has_operators,
            "then": {
                "properties": dict.fromkeys(operators, True),
                "additionalProperties": False,
                "dependencies": {name: [operator.beside] for name, operator in OPERATORS.items() if operator.beside},
            },
            "else": {"additionalProperties": EXPECTED, "items": EXPECTED},
        },
        "operators": {
            "type": "object",
            "allOf": [EXPECTED],
            "minProperties": 1,
            "propertyNames": {"pattern": "^\\$"},
        },
    }


def _operand(schema: Any) -> dict[str, Any]:
    return {"allOf": [schema]} if "$ref" in schema else dict(schema)
