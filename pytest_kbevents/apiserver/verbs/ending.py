"""How an object ends: at once, or when its finalizers and whoever runs it have let go."""

from __future__ import annotations

from pytest_kbevents.api import times
from pytest_kbevents.api.objects import Object, with_metadata
from pytest_kbevents.apiserver.kinds.rules import Rules
from pytest_kbevents.apiserver.verbs.options import DeleteOptions

ORPHAN, FOREGROUND = "orphan", "foregroundDeletion"
"""The finalizers of a garbage collector."""
SECOND = 1_000_000


def is_over(obj: Object) -> bool:
    """Nothing holds an object any more that is being deleted."""
    meta = obj["metadata"]
    ending = "deletionTimestamp" in meta and not meta.get("finalizers")
    return ending and meta.get("deletionGracePeriodSeconds", 0) == 0


def finalizers(obj: Object, rules: Rules, policy: str) -> list[str]:
    """An object's finalizers under a propagation policy (``""``: what stands there, or the kind's own)."""
    present = list(obj["metadata"].get("finalizers") or ())
    others = [name for name in present if name not in (ORPHAN, FOREGROUND)]
    if policy == "Orphan" or (not policy and (ORPHAN in present or (rules.orphans and FOREGROUND not in present))):
        return [*others, ORPHAN]
    if policy == "Foreground" or (not policy and FOREGROUND in present):
        return [*others, FOREGROUND]
    return others


def marked(obj: Object, now: int, grace: int, *, counts: bool) -> Object:
    """The object, on its way out: for the first time, or with a shorter grace than before."""
    meta = obj["metadata"]
    if "deletionTimestamp" not in meta:
        generation = meta["generation"] + 1 if counts and "generation" in meta else meta.get("generation")
        stamp = times.time(now + grace * SECOND)
        return with_metadata(obj, deletionTimestamp=stamp, deletionGracePeriodSeconds=grace, generation=generation)
    begun = times.parse(meta["deletionTimestamp"]) - meta.get("deletionGracePeriodSeconds", 0) * SECOND
    ends = max(begun + grace * SECOND, now // SECOND * SECOND)
    if ends > begun + grace * SECOND and grace:
        grace = 1
    return with_metadata(obj, deletionTimestamp=times.time(ends), deletionGracePeriodSeconds=grace)


def grace_of(obj: Object, rules: Rules, options: DeleteOptions) -> int | None:
    """Seconds of grace that a deletion begins or shortens to; None where none counts: it is over, or pending."""
    asked = 1 if options.grace is not None and options.grace < 0 else options.grace
    meta = obj["metadata"]
    if not rules.graceful:
        return None
    if "deletionTimestamp" not in meta:
        return rules.grace(obj, asked)
    left = meta.get("deletionGracePeriodSeconds", 0)
    return asked if left and asked is not None and asked < left else None
