"""What the server puts right in metadata without being asked, and tells the writer of."""

from __future__ import annotations

from pytest_kbevents.apiserver.kinds.rules import Fresh
from pytest_kbevents.apiserver.verbs.call import Call
from pytest_kbevents.apiserver.verbs.ending import FOREGROUND, ORPHAN

_OWNED_TWICE = (
    ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject "
    "such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: "
)
_PREFER = "prefer a domain-qualified finalizer name"
_AVOID = "to avoid accidental conflicts with other finalizer writers"


def tidy(call: Call, obj: Fresh) -> None:
    """Take repeated owners out; warn of them, and of a custom resource's finalizers without a domain."""
    metadata = obj["metadata"]
    owners = metadata.get("ownerReferences") or []
    kept = [owner for index, owner in enumerate(owners) if owner not in owners[:index]]
    if len(kept) < len(owners):
        repeated = dict.fromkeys(owner["uid"] for index, owner in enumerate(owners) if owner in owners[:index])
        call.warnings.append(_OWNED_TWICE + ", ".join(repeated))
        metadata["ownerReferences"] = kept
    if call.route.served.custom:
        for name in metadata.get("finalizers") or ():
            if "/" not in name and name not in (ORPHAN, FOREGROUND):
                path = " including a path (/)" if "." in name else ""
                call.warnings.append(f'metadata.finalizers: "{name}": {_PREFER}{path} {_AVOID}')
