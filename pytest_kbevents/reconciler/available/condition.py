"""What a policy demands of all results of a component (rule 5)."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_kbevents.api.objects import Object
from pytest_kbevents.reconciler.available import assertion
from pytest_kbevents.reconciler.available.judgement import HOLDS, Judgement, every, joined, negated, some
from pytest_kbevents.reconciler.available.policy import QUANTIFIERS
from pytest_kbevents.reconciler.available.probe_result import ProbeResult
from pytest_kbevents.reconciler.releases import Behaviours


def judged(condition: Object, results: Sequence[ProbeResult], replicas: int, behaviours: Behaviours) -> Judgement:
    """Of ``and``, ``or``, ``not`` and the condition's own expression, the first that is there counts."""

    def nested(expression: Object) -> Judgement:
        return _expression(expression, results, replicas, behaviours)

    if condition.get("and"):
        return every(map(nested, condition["and"]))
    if condition.get("or"):
        return some(map(nested, condition["or"]))
    return nested(condition) if condition.get("not") is None else negated(nested(condition["not"]))


def _expression(expression: Object, results: Sequence[ProbeResult], replicas: int, behaviours: Behaviours) -> Judgement:
    quantifier = next((key for key in QUANTIFIERS if expression.get(key) is not None), None)
    if quantifier is None:
        return HOLDS
    demanded: Object = expression[quantifier]
    if demanded.get("strict") and quantifier != "majority" and len(results) < replicas:
        return Judgement(holds=False, why=f"not all replicas are available: {len(results)}/{replicas}")
    return _quantified(quantifier, [assertion.judged(result, demanded, behaviours) for result in results], replicas)


def _quantified(quantifier: str, judgements: Sequence[Judgement], replicas: int) -> Judgement:
    match quantifier:
        case "all":
            return every(judgements)
        case "any":
            return some(judgements)
        case "none":
            return every(map(negated, judgements))
    held = sum(judgement.holds for judgement in judgements)
    return HOLDS if held > replicas // 2 else joined(judgements)
