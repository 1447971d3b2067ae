"""Who writes what, for the bookkeeping of managedFields."""

from __future__ import annotations

from functools import lru_cache

from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.fields import fieldset
from pytest_kbevents.apiserver.fields.managed import Target, Writer
from pytest_kbevents.apiserver.served import Served
from pytest_kbevents.apiserver.verbs.call import Call
from pytest_kbevents.apiserver.verbs.options import WriteOptions


def target(call: Call) -> Target:
    """What a call writes, for the bookkeeping of managedFields."""
    return _target(call.route.served, call.route.subresource)


@lru_cache(maxsize=1024)
def _target(served: Served, subresource: str) -> Target:
    resource = served.resource
    reset = _status_reset(served.custom) if subresource == "status" else served.rules.reset
    paths = [(f"f:{field}",) for field in reset] if not served.custom or "status" in served.subresources else []
    fields = fieldset.of_paths(*paths)
    convert = None if served.custom else _never
    return Target(resource.api_version, resource.kind, served.schema, subresource, fields, convert)


def _never(obj: Object, version: str) -> None:
    """A built-in kind has one version: what stands under another group's is dropped, as in the real server."""
    del obj, version


def writer(call: Call, options: WriteOptions) -> Writer:
    """Who writes."""
    return Writer(options.manager, call.moment.now, options.force)


def _status_reset(custom: bool) -> tuple[str, ...]:
    return ("spec", "metadata") if custom else ("spec",)
