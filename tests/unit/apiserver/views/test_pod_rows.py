import pytest

RUNNING = {"running": {}}
ENDED = {"terminated": {"exitCode": 1, "finishedAt": "2026-01-01T11:57:00Z"}}
COMPLETED = {"terminated": {"exitCode": 0, "reason": "Completed"}}
TWO = {"containers": [{"name": "a", "image": "x"}, {"name": "b", "image": "y"}]}


def container(name="a", state=RUNNING, last=None, **fields):
    return {"name": name, "state": state, **({"lastState": last} if last else {}), **fields}


def waiting(reason):
    return {"waiting": {"reason": reason}}


def ended(**fields):
    return {"terminated": fields}


def is_true(kind):
    return {"type": kind, "status": "True"}


@pytest.fixture
def cells(row):
    """READY, STATUS and RESTARTS of a Pod with two containers."""

    def cells(spec=None, metadata=None, **status):
        return row("pods", metadata=metadata or {}, spec={**TWO, **(spec or {})}, status=status)[1:4]

    return cells


@pytest.fixture
def status(cells):
    """STATUS alone."""
    return lambda *arguments, **fields: cells(*arguments, **fields)[1]


def test_a_running_pod_counts_what_is_ready(cells):
    both = [container("a", ready=True), container("b", ready=True)]
    assert cells(phase="Running", containerStatuses=both) == ["2/2", "Running", "0"]


def test_restarts_say_when_the_last_one_was(cells):
    started_again = container(restartCount=3, last=ENDED, ready=True)
    assert cells(phase="Running", containerStatuses=[started_again]) == ["1/2", "Running", "3 (3m ago)"]


def test_a_phase_is_the_status_of_a_pod_that_nobody_runs(status):
    assert status(phase="Pending") == "Pending"


def test_a_reason_goes_before_the_phase(status):
    assert status(phase="Failed", reason="Evicted") == "Evicted"


def test_a_gated_pod_says_so(status):
    gated = {"type": "PodScheduled", "status": "False", "reason": "SchedulingGated"}
    assert status(phase="Pending", conditions=[gated]) == "SchedulingGated"


def test_a_crash_loop_is_the_status(status):
    crashed = [container(state=waiting("CrashLoopBackOff")), container("b", ready=True)]
    assert status(phase="Running", containerStatuses=crashed) == "CrashLoopBackOff"


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (ended(exitCode=1, reason="Error"), "Error"),
        (ended(exitCode=3), "ExitCode:3"),
        (ended(exitCode=9, signal=9), "Signal:9"),
    ],
)
def test_how_a_container_ended_is_the_status(status, state, text):
    assert status(phase="Failed", containerStatuses=[container(state=state)]) == text


@pytest.mark.parametrize(("ready", "text"), [([is_true("Ready")], "Running"), ([], "NotReady")])
def test_a_pod_of_which_one_container_is_done_still_runs(status, ready, text):
    partly = [container(state=COMPLETED), container("b", ready=True)]
    assert status(phase="Running", conditions=ready, containerStatuses=partly) == text


def test_a_failure_counts_more_than_a_completion(status):
    both = [container(state=COMPLETED), container("b", state=ended(exitCode=1, reason="Error"))]
    assert status(phase="Failed", containerStatuses=both) == "Error"


def test_a_pod_that_ends_is_terminating(status):
    assert status(None, {"deletionTimestamp": "2026-01-01T12:00:00Z"}, phase="Running") == "Terminating"


def test_a_pod_that_is_over_does_not_end_again(status):
    assert status(None, {"deletionTimestamp": "2026-01-01T12:00:00Z"}, phase="Succeeded") == "Succeeded"


def test_nobody_knows_of_a_pod_whose_node_is_lost(status):
    assert status(None, {"deletionTimestamp": "2026-01-01T12:00:00Z"}, reason="NodeLost") == "Unknown"


INIT = {"initContainers": [{"name": "i"}, {"name": "j"}]}


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (RUNNING, "Init:0/2"),
        (waiting("PodInitializing"), "Init:0/2"),
        (waiting("ImagePullBackOff"), "Init:ImagePullBackOff"),
        (ended(exitCode=1, reason="OOMKilled"), "Init:OOMKilled"),
        (ended(exitCode=4), "Init:ExitCode:4"),
        (ended(exitCode=4, signal=5), "Init:Signal:5"),
    ],
)
def test_an_init_container_that_is_not_done_is_the_status(status, state, text):
    assert status(INIT, phase="Pending", initContainerStatuses=[container("i", state)]) == text


def test_init_containers_that_are_done_are_counted(status):
    both = [container("i", ended(exitCode=0)), container("j", waiting("PodInitializing"))]
    assert status(INIT, phase="Pending", initContainerStatuses=both) == "Init:1/2"


def test_a_sidecar_counts_as_a_container(cells):
    spec = {"initContainers": [{"name": "s", "restartPolicy": "Always"}]}
    sidecar = container("s", started=True, ready=True, restartCount=2)
    app = container("a", ready=True, restartCount=1)
    statuses = {"initContainerStatuses": [sidecar], "containerStatuses": [app]}
    assert cells(spec, phase="Running", conditions=[is_true("Initialized")], **statuses) == ["2/3", "Running", "3"]


def test_what_is_not_known_is_told_as_none(row):
    assert row("pods", spec=TWO, status={})[5:] == ["<none>"] * 4


def test_readiness_gates_are_counted(row):
    spec = TWO | {"readinessGates": [{"conditionType": "x"}, {"conditionType": "y"}]}
    assert row("pods", spec=spec, status={"conditions": [is_true("x")]})[8] == "1/2"


@pytest.mark.parametrize(
    ("phase", "said"), [("Succeeded", "The pod has completed successfully."), ("Failed", "The pod failed.")]
)
def test_a_pod_that_is_over_says_so_beside_its_row(phase, said):
    from pytest_kbevents.apiserver.views.cells import pods

    assert pods.conditions({"metadata": {}, "status": {"phase": phase}})[0]["message"] == said
