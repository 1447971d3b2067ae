"""PersistentVolumes and the claims to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pytest_kbevents.api.objects import Object, annotations_of
from pytest_kbevents.apiserver.views.cells import ages
from pytest_kbevents.apiserver.views.cells.texts import UNSET, name, part

_MODES = {"ReadWriteOnce": "RWO", "ReadOnlyMany": "ROX", "ReadWriteMany": "RWX", "ReadWriteOncePod": "RWOP"}
_CLASS = "volume.beta.kubernetes.io/storage-class"


def volume(obj: Object, now: int) -> list[Any]:
    """Name, Capacity, Access Modes, Reclaim Policy, Status, Claim, StorageClass, VolumeAttributesClass, Reason, Age,
    VolumeMode.
    """
    spec, status = part(obj, "spec"), part(obj, "status")
    claim = spec.get("claimRef")
    claimed = f"{claim.get('namespace', '')}/{claim.get('name', '')}" if claim else ""
    size = part(spec, "capacity").get("storage", "0")
    kept = [size, _modes(spec.get("accessModes")), spec.get("persistentVolumeReclaimPolicy", ""), _phase(obj), claimed]
    age, mode = ages.created(obj, now), spec.get("volumeMode", UNSET)
    return [name(obj), *kept, *_classes(obj), status.get("reason", ""), age, mode]


def claim(obj: Object, now: int) -> list[Any]:
    """Name, Status, Volume, Capacity, Access Modes, StorageClass, VolumeAttributesClass, Age, VolumeMode."""
    spec, status = part(obj, "spec"), part(obj, "status")
    bound = spec.get("volumeName", "")
    size = part(status, "capacity").get("storage", "0") if bound else ""
    modes = _modes(status.get("accessModes")) if bound else ""
    age, mode = ages.created(obj, now), spec.get("volumeMode", UNSET)
    return [name(obj), _phase(obj), bound, size, modes, *_classes(obj), age, mode]


def _phase(obj: Object) -> str:
    return "Terminating" if "deletionTimestamp" in obj["metadata"] else str(part(obj, "status").get("phase", ""))


def _modes(modes: Iterable[str] | None) -> str:
    given = set(modes or ())
    return ",".join(short for mode, short in _MODES.items() if mode in given)


def _classes(obj: Object) -> tuple[str, str]:
    spec = part(obj, "spec")
    storage = annotations_of(obj).get(_CLASS, spec.get("storageClassName", ""))
    return storage, spec.get("volumeAttributesClassName", UNSET)
