"""Jobs and CronJobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pytest_kbevents.api.objects import Object, name_of, uid_of
from pytest_kbevents.apiserver.kinds import pod_spec
from pytest_kbevents.apiserver.kinds.rules import COMMON_FIELDS, Fresh, Moment, Rules
from pytest_kbevents.apiserver.kinds.workloads import WorkloadRules
from pytest_kbevents.apiserver.validation.causes import Cause, invalid, required
from pytest_kbevents.apiserver.validation.metadata import IMMUTABLE

_SCHEDULE_FIELDS = 5


class JobRules(WorkloadRules):
    """A Job: it labels and selects its Pods by its own uid."""

    replicated = False
    orphans = True
    fields: ClassVar[tuple[str, ...]] = (*COMMON_FIELDS, "status.successful")

    def default(self, obj: Fresh) -> None:
        super().default(obj)
        default_job(obj["spec"])

    def begin(self, obj: Fresh, moment: Moment) -> None:
        super().begin(obj, moment)
        uid, name, spec = uid_of(obj), name_of(obj), obj["spec"]
        if spec.get("manualSelector"):
            return
        spec["manualSelector"] = False
        labels = {"batch.kubernetes.io/controller-uid": uid, "batch.kubernetes.io/job-name": name}
        labels |= {"controller-uid": uid, "job-name": name}
        spec["selector"] = {"matchLabels": {"batch.kubernetes.io/controller-uid": uid}}
        template = spec["template"]["metadata"]
        template["labels"] = {**(template.get("labels") or {}), **labels}
        obj["metadata"].setdefault("labels", template["labels"])

    def validate_update(self, obj: Object, old: Object) -> Iterator[Cause]:
        yield from super().validate_update(obj, old)
        if obj["spec"]["template"] != old["spec"]["template"]:
            yield invalid("spec.template", obj["spec"]["template"], IMMUTABLE)

    def validate(self, obj: Object) -> Iterator[Cause]:
        for field in ("parallelism", "completions", "backoffLimit"):
            if (count := obj["spec"].get(field, 0)) < 0:
                yield invalid(f"spec.{field}", count, "must be greater than or equal to 0")
        yield from super().validate(obj)

    def _policies(self) -> tuple[str, ...]:
        return ("OnFailure", "Never")

    def _wrong_policy(self, policy: str) -> Cause:
        return required("spec.template.spec.restartPolicy", 'valid values: "OnFailure", "Never"')


class CronJobRules(Rules):
    """A CronJob."""

    counts_generations = True

    def default(self, obj: Fresh) -> None:
        spec = obj["spec"]
        spec.setdefault("concurrencyPolicy", "Allow")
        spec.setdefault("suspend", False)
        spec.setdefault("successfulJobsHistoryLimit", 3)
        spec.setdefault("failedJobsHistoryLimit", 1)
        pod_spec.default(spec["jobTemplate"]["spec"]["template"]["spec"])

    def begin(self, obj: Fresh, moment: Moment) -> None:
        del moment
        obj["status"] = {}

    def validate(self, obj: Object) -> Iterator[Cause]:
        schedule = obj["spec"].get("schedule", "")
        if not schedule:
            yield required("spec.schedule")
        elif not schedule.startswith("@") and len(schedule.split()) != _SCHEDULE_FIELDS:
            found = schedule.split()
            problem = f"expected exactly {_SCHEDULE_FIELDS} fields, found {len(found)}: [{' '.join(found)}]"
            yield invalid("spec.schedule", schedule, problem)
        yield from pod_spec.validate(
            obj["spec"]["jobTemplate"]["spec"]["template"]["spec"], "spec.jobTemplate.spec.template.spec"
        )


def default_job(spec: Fresh) -> None:
    """Fill in a Job's spec."""
    if "completions" not in spec and "parallelism" not in spec:
        spec |= {"completions": 1, "parallelism": 1}
    spec.setdefault("parallelism", 1)
    spec.setdefault("backoffLimit", 6)
    spec.setdefault("completionMode", "NonIndexed")
    spec.setdefault("suspend", False)
    spec.setdefault("podReplacementPolicy", "TerminatingOrFailed")
