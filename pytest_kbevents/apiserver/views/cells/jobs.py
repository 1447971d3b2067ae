"""Jobs and CronJobs."""

from __future__ import annotations

from typing import Any

from pytest_kbevents.api import times
from pytest_kbevents.api.objects import Object
from pytest_kbevents.apiserver.views.cells import ages
from pytest_kbevents.apiserver.views.cells.texts import NONE, UNSET, containers, name, part, selector

_OVER = {"Complete": "Complete", "Failed": "Failed"}
_HELD = {"Suspended": "Suspended", "FailureTarget": "FailureTarget", "SuccessCriteriaMet": "SuccessCriteriaMet"}


def job(obj: Object, now: int) -> list[Any]:
    """Name, Status, Completions, Duration, Age, Containers, Images, Selector."""
    spec = part(obj, "spec")
    told = [name(obj), _status(obj), _completions(obj), _duration(obj, now), ages.created(obj, now)]
    return [*told, *containers(part(spec, "template", "spec")), selector(spec.get("selector"))]


def cron_job(obj: Object, now: int) -> list[Any]:
    """Name, Schedule, Timezone, Suspend, Active, Last Schedule, Age, Containers, Images, Selector."""
    spec, status = part(obj, "spec"), part(obj, "status")
    last = status.get("lastScheduleTime")
    suspended = {None: UNSET, True: "True", False: "False"}[spec.get("suspend")]
    plan = [spec.get("schedule", ""), spec.get("timeZone", NONE), suspended, len(status.get("active") or ())]
    ran = [ages.since(last, now) if last else NONE, ages.created(obj, now)]
    of_job = part(spec, "jobTemplate", "spec")
    return [name(obj), *plan, *ran, *containers(part(of_job, "template", "spec")), selector(of_job.get("selector"))]


def _status(obj: Object) -> str:
    seen: dict[str, bool] = {}
    for item in part(obj, "status").get("conditions") or ():
        seen.setdefault(item["type"], item["status"] == "True")
    over = [text for kind, text in _OVER.items() if seen.get(kind)]
    ending = ["Terminating"] if "deletionTimestamp" in obj["metadata"] else []
    held = [text for kind, text in _HELD.items() if seen.get(kind)]
    return [*over, *ending, *held, "Running"][0]


def _completions(obj: Object) -> str:
    spec, done = part(obj, "spec"), part(obj, "status").get("succeeded", 0)
    if "completions" in spec:
        return f"{done}/{spec['completions']}"
    parallel = spec.get("parallelism", 0)
    return f"{done}/1 of {parallel}" if parallel > 1 else f"{done}/1"


def _duration(obj: Object, now: int) -> str:
    status = part(obj, "status")
    begun, ended = status.get("startTime"), status.get("completionTime")
    if not begun:
        return ""
    return ages.duration((times.parse(ended) if ended else now) - times.parse(begun))
