"""A label that is there for one revision, as no sample would see it."""

from pytest_kbevents.api.names import ROLE_LABEL
from pytest_kbevents.api.resources import PODS
from pytest_kbevents.environment.world import World
from pytest_kbevents.scenario import runner
from pytest_kbevents.scenario.loader import read

TEXT = """\
apiVersion: kbevents/v1
kind: Scenario
metadata: {name: flip}
spec:
  description: Another Pod's label flips while the controller works.
  cluster: {component: mysql, replicas: 2, roles: [{name: primary, exclusive: true}]}
  never: [{pod: c1-mysql-1, role: primary}]
  steps:
  - event: {template: roleProbe, pod: c1-mysql-0, role: primary}
  - expect: {pod: c1-mysql-0, role: primary}
"""


def flipped(backend, cast):
    """Right before the controller labels the first Pod, somebody labels the second one and takes it back. The verdict,
    and the number of that revision.
    """
    scenario = read(TEXT, "flip.yaml")
    world = World(backend, "kb-flip", scenario.workload, cast)
    numbers = []

    def flip(request, handler):
        if request.method in ("PUT", "PATCH") and request.path.endswith("/pods/c1-mysql-0") and not numbers:
            for role in ("primary", None):
                patch = {"metadata": {"labels": {ROLE_LABEL: role}}}
                made = world.client.patch(PODS, world.namespace, "c1-mysql-1", patch)
                numbers.append(int(made["metadata"]["resourceVersion"]))
        return handler(request)

    world.interceptors.append(flip)
    try:
        verdict = runner.perform(scenario, world, cast)
    finally:
        world.close()  # and whoever flips has heard of it
    return verdict, numbers[0]
